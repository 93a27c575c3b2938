/// Vehicle identification numbers: seventeen characters without I, O and Q, the ninth a check (GB 16735).
package enum VehicleNumber {
    /// What the letters A–Z stand for; -1 for those that no number has.
    private static let values: [Int8] = [
        1, 2, 3, 4, 5, 6, 7, 8, -1, 1, 2, 3, 4, 5, -1, 7, -1, 9, 2, 3, 4, 5, 6, 7, 8, 9,
    ]
    private static let weights: [Int] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]

    package static func isValid(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count == 17 else { return false }
        var sum = 0
        for position in 0..<17 {
            let byte = bytes[position]
            let value = isDigit(byte) ? Int(byte) - 0x30 : isUpper(byte) ? Int(values[Int(byte) - 0x41]) : -1
            guard value >= 0 else { return false }
            sum += value * weights[position]
        }
        let check = sum % 11
        return bytes[8] == (check == 10 ? UInt8(ascii: "X") : UInt8(0x30 + check))
    }
}

/// 机动车号牌: a province, its office's letter, then five characters, or six for new energy. The last may be 挂, 学, 警, 港, 澳 or
/// 领; embassies have 使 and six digits (GA 36).
package enum NumberPlate {
    private static let provinces = Set(
        "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼".map(key))
    private static let endings = Set("挂学警港澳领".map(key))
    private static let embassy = key("使")

    package static func isValid(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count >= 9 else { return false }
        if count == 9, key(bytes) == embassy { return (3..<9).allSatisfy { isDigit(bytes[$0]) } }
        guard provinces.contains(key(bytes)), isUsed(bytes[3]), !isDigit(bytes[3]) else {
            return false
        }
        let hasEnding = bytes[count - 3] >= 0x80
        let plain = hasEnding ? count - 7 : count - 4
        guard hasEnding ? plain == 4 && endings.contains(key(bytes + count - 3)) : plain == 5 || plain == 6
        else { return false }
        var digits = 0
        for position in 4..<(4 + plain) {
            guard isUsed(bytes[position]) else { return false }
            if isDigit(bytes[position]) { digits += 1 }
        }
        guard plain == 6 else { return digits > 0 }
        // Small cars bear the letter of their drive first, large ones last; four or five digits follow or lead.
        func isDrive(_ byte: UInt8) -> Bool { byte &- 0x41 < 11 && byte != UInt8(ascii: "I") }
        func areDigits(_ range: Range<Int>) -> Bool { range.allSatisfy { isDigit(bytes[$0]) } }
        return isDrive(bytes[4]) && areDigits(6..<10) || isDrive(bytes[9]) && areDigits(4..<9)
    }

    /// A digit or a letter other than I and O.
    private static func isUsed(_ byte: UInt8) -> Bool {
        isDigit(byte) || isUpper(byte) && byte != UInt8(ascii: "I") && byte != UInt8(ascii: "O")
    }

    private static func key(_ bytes: UnsafePointer<UInt8>) -> UInt32 {
        UInt32(bytes[0]) << 16 | UInt32(bytes[1]) << 8 | UInt32(bytes[2])
    }

    private static func key(_ character: Character) -> UInt32 {
        String(character).utf8.reduce(0) { $0 << 8 | UInt32($1) }
    }
}
