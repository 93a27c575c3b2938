/// The citizen number of GB 11643-1999: six digits of division, eight of birth date, three of sequence (odd: male), one check
/// character (ISO 7064 MOD 11-2).
///
/// The raw-byte functions allocate nothing and may run in any thread, a million times a second and more.
package enum CitizenID {
    package enum Verdict: UInt8, Sendable, CaseIterable {
        case valid = 0
        case length
        case character
        /// Right but for a small `x`: the same number would be two different texts.
        case lowerCase
        case birthDate
        case checkCharacter
    }

    package enum Sex: UInt8, Sendable {
        /// As GB/T 2261.1 numbers them.
        case male = 1
        case female = 2

        /// As registers write it.
        package var word: String { self == .male ? "男" : "女" }
        package static let words = [Sex.male.word, Sex.female.word]
    }

    package static let length = 18
    /// The oldest birth a number can have been issued for, with room to spare; earlier years are typing errors.
    package static let birthYearMin = 1850

    /// Division codes are not looked up: they change and are abolished, and the number stays. `latestBirth`, usually today in
    /// days since 1970, is what no birth may exceed.
    package static func verdict(
        _ bytes: UnsafePointer<UInt8>, _ count: Int, latestBirth: Int32 = .max
    ) -> Verdict {
        guard count == length else { return .length }
        var sum: UInt32 = 0
        for index in 0..<17 {
            let digit = bytes[index] &- 48
            guard digit < 10 else { return .character }
            sum = sum &* 2 &+ UInt32(digit)
        }
        let last = bytes[17]
        let check: UInt32
        switch last {
        case 48...57: check = UInt32(last &- 48)
        case UInt8(ascii: "X"), UInt8(ascii: "x"): check = 10
        default: return .character
        }
        let born = birthDay(bytes)
        guard born != .min, born <= latestBirth else { return .birthDate }
        guard (sum &* 2 &+ check) % 11 == 1 else { return .checkCharacter }
        return last == UInt8(ascii: "x") ? .lowerCase : .valid
    }

    package static func isValid(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        verdict(bytes, count) == .valid
    }

    /// Days since 1970, or `Int32.min` when the text cannot have a birth date. The check character is not looked at.
    package static func birthDay(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
        guard count == length else { return .min }
        for index in 6..<14 where bytes[index] &- 48 > 9 { return .min }
        return birthDay(bytes)
    }

    /// 0 when the text cannot tell.
    package static func sex(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt8 {
        guard count == length else { return 0 }
        let digit = bytes[16] &- 48
        guard digit < 10 else { return 0 }
        return digit & 1 == 1 ? Sex.male.rawValue : Sex.female.rawValue
    }

    private static func birthDay(_ bytes: UnsafePointer<UInt8>) -> Int32 {
        func number(_ from: Int, _ to: Int) -> Int {
            var value = 0
            for index in from..<to { value = value &* 10 &+ Int(bytes[index] &- 48) }
            return value
        }
        let year = number(6, 10)
        guard year >= birthYearMin,
            let date = CalendarDate(year: year, month: number(10, 12), day: number(12, 14))
        else { return .min }
        return Int32(truncatingIfNeeded: date.daysSince1970)
    }
}

extension CitizenID {
    package static func verdict(_ text: String, onOrBefore latest: CalendarDate? = nil) -> Verdict {
        text.withRawBytes {
            verdict($0, $1, latestBirth: latest.map { Int32(clamping: $0.daysSince1970) } ?? .max)
        }
    }

    package static func isValid(_ text: String) -> Bool { verdict(text) == .valid }

    package static func birthDate(_ text: String) -> CalendarDate? {
        let day = text.withRawBytes { birthDay($0, $1) }
        return day == .min ? nil : CalendarDate(daysSince1970: Int(day))
    }

    package static func sex(_ text: String) -> Sex? { Sex(rawValue: text.withRawBytes { sex($0, $1) }) }
}

extension String {
    /// The UTF-8 bytes and their count, for the raw-byte kernels.
    func withRawBytes<Result>(_ body: (UnsafePointer<UInt8>, Int) -> Result) -> Result {
        var text = self
        return text.withUTF8 { buffer in
            guard let base = buffer.baseAddress else {
                return withUnsafePointer(to: UInt8(0)) { body($0, 0) }
            }
            return body(base, buffer.count)
        }
    }
}
