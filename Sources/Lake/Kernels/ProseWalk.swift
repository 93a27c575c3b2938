import Kernel

/// Identifiers among other words: in remarks, petitions, the notes of a call. One pass over the bytes, and nothing is allocated.
///
/// A word is a run of ASCII letters, digits and `_`, as `\b` means it in ASCII mode: a Han character is none, so that a number is found
/// right behind 电话, and eleven digits of twelve are not.
package enum ProseWalk {
    package struct Finding: Hashable, Sendable {
        package let kind: IdentifierKind
        /// Otherwise it has the form, and its check digit is wrong.
        package let isRight: Bool
        /// Of the bytes.
        package let place: Range<Int>
    }

    /// What it looks for. Names, addresses and illnesses have no form that stands out among words.
    package static let kinds: [IdentifierKind] = [
        .citizenID, .uscc, .mobile, .bankCard, .email, .passport, .plate, .ipAddress, .landLine,
    ]
    /// Of these what has the form and a wrong check digit is told too: serial numbers with a date have the form of a citizen number, and
    /// one in eleven has its check digit.
    package static let checkedKinds: [IdentifierKind] = [.citizenID, .bankCard]
    /// So much higher stands the bit of a kind of which only the form was found.
    static let formShift = 16

    static func bits(of text: UnsafeBufferPointer<UInt8>) -> Int32 {
        var bits: Int32 = 0
        walk(text) { finding in
            bits |= 1 &<< Int32(finding.kind.rawValue &+ (finding.isRight ? 0 : formShift))
        }
        return bits
    }

    @inline(__always)
    package static func walk(_ text: UnsafeBufferPointer<UInt8>, _ found: (Finding) -> Void) {
        guard let bytes = text.baseAddress else { return }
        let count = text.count
        let highBits: UInt64 = 0x8080_8080_8080_8080
        var at = 0
        while at < count {
            // Most of the bytes belong to Han characters: those are passed eight at a time, up to the first of ASCII.
            if count &- at >= 8 {
                let eight = UInt64(littleEndian: UnsafeRawPointer(bytes + at).loadUnaligned(as: UInt64.self))
                let ascii = ~eight & highBits
                if ascii == 0 {
                    at &+= 8
                    continue
                }
                at &+= ascii.trailingZeroBitCount &>> 3
            }
            let byte = bytes[at]
            if isWord(byte) {
                var end = at &+ 1
                while end < count, isWord(bytes[end]) { end &+= 1 }
                if let finding = judge(bytes, count, at, end) { found(finding) }
                at = end
            } else {
                if byte == UInt8(ascii: "@"), let finding = email(bytes, count, at) { found(finding) }
                at &+= 1
            }
        }
    }

    @inline(__always)
    private static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_")
    }
    private static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// Its length says what a word can be.
    private static func judge(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ start: Int, _ end: Int)
        -> Finding?
    {
        let word = bytes + start
        let length = end - start
        func finding(_ kind: IdentifierKind, _ holds: Bool) -> Finding? {
            holds ? Finding(kind: kind, isRight: true, place: start..<end) : nil
        }
        switch length {
        case 1 where isUpper(word[0]): return pointedPlate(bytes, count, start)
        case 1...4: return isDigit(word[0]) ? number(bytes, count, start, end) : nil
        case 5...7: return plate(bytes, count, start, end)
        case 9:
            return finding(.passport, IdentifierKind.isPassport(UnsafeBufferPointer(start: word, count: 9)))
        case 11: return finding(.mobile, MobileNumber.isValid(word, length))
        case 13: return abroad(bytes, start, end)
        case 16, 17, 19: return card(word, start, end)
        case 18: return eighteen(word, start, end)
        default: return nil
        }
    }

    /// A citizen number (its X may be small: people write it so), a social credit code, or a card, in the order in which their checks are
    /// strong.
    private static func eighteen(_ word: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Finding? {
        let verdict = CitizenID.verdict(word, 18)
        if verdict == .valid || verdict == .lowerCase {
            return Finding(kind: .citizenID, isRight: true, place: start..<end)
        }
        if SocialCreditCode.isValid(word, 18) {
            return Finding(kind: .uscc, isRight: true, place: start..<end)
        }
        let card = card(word, start, end)
        if verdict == .checkCharacter, card?.isRight != true {
            return Finding(kind: .citizenID, isRight: false, place: start..<end)
        }
        return card
    }

    /// Of UnionPay: of other sixteen digits one number in ten is right by chance, and prose is full of order numbers.
    private static func card(_ word: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Finding? {
        guard word[0] == UInt8(ascii: "6"), word[1] == UInt8(ascii: "2") else { return nil }
        for position in 2..<(end - start) where !isDigit(word[position]) { return nil }
        return Finding(kind: .bankCard, isRight: BankCard.isValid(word, end - start), place: start..<end)
    }

    /// The word begins with the letter of an office; the province stands before it, and 挂, 学 and their like may stand behind. The plates of
    /// embassies are left out, as 使 is a common word before a number.
    private static func plate(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ start: Int, _ end: Int)
        -> Finding?
    {
        guard start >= 3, isUpper(bytes[start]), bytes[start - 1] >= 0x80 else { return nil }
        let until = end - start == 5 ? end + 3 : end
        guard until <= count, NumberPlate.isValid(bytes + start - 3, until - start + 3) else { return nil }
        return Finding(kind: .plate, isRight: true, place: (start - 3)..<until)
    }

    /// As plates have it painted: 粤P·12345.
    private static func pointedPlate(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ start: Int) -> Finding? {
        let rest = start + 3
        guard start >= 3, rest < count, bytes[start + 1] == 0xC2, bytes[start + 2] == 0xB7 else { return nil }
        var end = rest
        while end < count, end - rest <= 6, isWord(bytes[end]) { end += 1 }
        let until = end - rest == 4 ? end + 3 : end
        guard (5...7).contains(until - rest), until <= count else { return nil }
        let holds = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 11) { plate in
            guard let start = plate.baseAddress else { return false }
            start.update(from: bytes + rest - 6, count: 4)
            (start + 4).update(from: bytes + rest, count: until - rest)
            return NumberPlate.isValid(start, 4 + until - rest)
        }
        return holds ? Finding(kind: .plate, isRight: true, place: (start - 3)..<until) : nil
    }

    /// +8613800138000, which is one word.
    private static func abroad(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Finding? {
        let number = bytes + start
        guard start >= 1, bytes[start - 1] == UInt8(ascii: "+"), number[0] == UInt8(ascii: "8"),
            number[1] == UInt8(ascii: "6"), MobileNumber.isValid(number + 2, 11)
        else { return nil }
        return Finding(kind: .mobile, isRight: true, place: (start + 2)..<end)
    }

    /// What a short number begins: a land line, or four numbers with points between them.
    private static func number(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ start: Int, _ end: Int)
        -> Finding?
    {
        guard end < count else { return nil }
        if bytes[end] == UInt8(ascii: "-"), bytes[start] == UInt8(ascii: "0") {
            var until = end + 1
            while until < count, until - end <= 9, isWord(bytes[until]) { until += 1 }
            guard LandLine.isValid(bytes + start, until - start) else { return nil }
            return Finding(kind: .landLine, isRight: true, place: start..<until)
        }
        guard bytes[end] == UInt8(ascii: ".") else { return nil }
        return internetAddress(bytes, count, start)
    }

    /// Five numbers or more are those of a section, a version or an object identifier.
    private static func internetAddress(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ start: Int) -> Finding?
    {
        let point = UInt8(ascii: ".")
        if start >= 2, bytes[start - 1] == point, isDigit(bytes[start - 2]) { return nil }
        var at = start
        for part in 0..<4 {
            if part > 0 {
                guard at < count, bytes[at] == point else { return nil }
                at += 1
            }
            let begin = at
            while at < count, at - begin < 4, isDigit(bytes[at]) { at += 1 }
            guard (1...3).contains(at - begin) else { return nil }
        }
        if at < count, isWord(bytes[at]) { return nil }
        if at + 1 < count, bytes[at] == point, isDigit(bytes[at + 1]) { return nil }
        guard IdentifierKind.isIPv4(UnsafeBufferPointer(start: bytes + start, count: at - start)) else {
            return nil
        }
        return Finding(kind: .ipAddress, isRight: true, place: start..<at)
    }

    /// Around its `@`: what may stand before it, from the first letter or digit on, and the longest domain behind it. Neither run passes
    /// another `@`, so that each byte is looked at twice at most.
    private static func email(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ at: Int) -> Finding? {
        func isLocal(_ byte: UInt8) -> Bool {
            isWord(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "+")
                || byte == UInt8(ascii: "%")
        }
        func isDomain(_ byte: UInt8) -> Bool {
            isWord(byte) && byte != UInt8(ascii: "_") || byte == UInt8(ascii: ".")
                || byte == UInt8(ascii: "-")
        }
        var start = at
        while start > 0, isLocal(bytes[start - 1]) { start -= 1 }
        while start < at, !isWord(bytes[start]) { start += 1 }
        guard start < at else { return nil }
        var end = at + 1
        while end < count, isDomain(bytes[end]) { end += 1 }
        // The last point behind which a word of letters alone stands.
        var until = end
        var letters = 0
        var position = end
        while position > at + 2 {
            position -= 1
            if bytes[position] == UInt8(ascii: "."), letters >= 2, until == count || !isWord(bytes[until]) {
                guard EmailAddress.isValid(bytes + start, until - start) else { return nil }
                return Finding(kind: .email, isRight: true, place: start..<until)
            }
            if (bytes[position] | 0x20) &- 0x61 < 26 {
                letters += 1
            } else {
                until = position
                letters = 0
            }
        }
        return nil
    }
}
