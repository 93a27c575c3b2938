import Kernel
import Policy

extension IdentifierKind {
    /// Longer cells are prose, not identifiers.
    private static let bytesMax = 320

    /// One look at the shape decides which checks are worth making.
    static func bits(of text: UnsafeBufferPointer<UInt8>) -> Int32 {
        guard let base = text.baseAddress, text.count >= 4, text.count <= bytesMax else { return 0 }
        var digits = 0
        var upper = 0
        var letters = 0
        var high = 0
        for byte in text {
            if byte &- 0x30 < 10 {
                digits += 1
            } else if byte >= 0x80 {
                high += 1
            } else if byte | 0x20 &- 0x61 < 26 {
                letters += 1
                if byte & 0x20 == 0 { upper += 1 }
            }
        }
        var bits: Int32 = 0
        func set(_ kind: IdentifierKind, _ holds: Bool) { if holds { bits |= 1 << Int32(kind.rawValue) } }
        let count = text.count
        let plain = digits + letters == count
        if high > 0 {
            set(.plate, NumberPlate.isValid(base, count))
            set(.personName, high == count && isPersonName(text))
            set(.address, StreetAddress.isValid(base, count))
            set(.health, HealthWords.holds(text))
            return bits
        }
        if count == 18, plain {
            set(.citizenID, digits >= 17 && CitizenID.isValid(base, count))
            set(.uscc, SocialCreditCode.isValid(base, count))
        }
        if digits >= 10 { set(.mobile, MobileNumber.isValid(base, count)) }
        if digits == count, (13...19).contains(count) { set(.bankCard, BankCard.isValid(base, count)) }
        if letters == 1, (5...7).contains(count) { set(.health, HealthWords.isICD(text)) }
        if count == 17, plain { set(.vin, VehicleNumber.isValid(base, count)) }
        if count == 9, plain, letters > 0, digits >= 7 { set(.passport, isPassport(text)) }
        if count == 17, !plain { set(.macAddress, isMAC(text)) }
        if letters > 0, !plain { set(.email, EmailAddress.isValid(base, count)) }
        if letters == 0, digits < count, (7...15).contains(count) {
            set(.ipAddress, isIPv4(text))
            set(.landLine, LandLine.isValid(base, count))
        }
        return bits
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    private static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

    /// `^[EG]\d{8}$`, `^E[A-HJ-NP-Z]\d{7}$`, `^(SE|PE|DE)\d{7}$`
    static func isPassport(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text[2...].allSatisfy(isDigit) else { return false }
        let (first, second) = (text[0], text[1])
        if isDigit(second) { return first == UInt8(ascii: "E") || first == UInt8(ascii: "G") }
        if second == UInt8(ascii: "E"), "SPD".utf8.contains(first) { return true }
        return first == UInt8(ascii: "E") && isUpper(second) && second != UInt8(ascii: "I")
            && second != UInt8(ascii: "O")
    }

    private static func isMAC(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let mark = text[2]
        guard mark == UInt8(ascii: ":") || mark == UInt8(ascii: "-") else { return false }
        for (position, byte) in text.enumerated() {
            if position % 3 == 2 {
                guard byte == mark else { return false }
            } else {
                guard isDigit(byte) || (byte | 0x20) &- 0x61 < 6 else { return false }
            }
        }
        return true
    }

    static func isIPv4(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var parts = 0
        var number = -1
        for byte in text {
            if isDigit(byte) {
                if number == 0 { return false }
                number = max(0, number) * 10 + Int(byte - 0x30)
                if number > 255 { return false }
            } else if byte == UInt8(ascii: "."), number >= 0 {
                parts += 1
                number = -1
            } else {
                return false
            }
        }
        return parts == 3 && number >= 0
    }

    /// The hundred or so surnames that nine tenths of the population bear (ranking of the 2020 census), and the compound ones.
    private static let surnames: Set<[UInt8]> = Set(
        """
        王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦\
        邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤赖巫骆
        """.map { Array(String($0).utf8) })

    /// 2–4 Han characters of three bytes each, the first a surname.
    private static func isPersonName(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count % 3 == 0, (2...4).contains(text.count / 3) else { return false }
        for start in stride(from: 0, to: text.count, by: 3) {
            guard (0xE4...0xE9).contains(text[start]) else { return false }
        }
        if surnames.contains(Array(text[..<3])) { return text.count <= 9 }
        let two = String(decoding: text[..<6], as: UTF8.self)
        return text.count >= 9 && Surnames.compound.contains(two)
    }
}
