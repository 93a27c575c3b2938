/// The unified social credit code of GB 32100-2015: registering body, kind, division (6), organisation code (9), check.
package enum SocialCreditCode {
    package enum Verdict: UInt8, Sendable, CaseIterable {
        case valid = 0
        case length
        case character
        case lowerCase
        /// Positions 9–17 are no organisation code of GB 11714.
        case organisationCode
        case checkCharacter
    }

    package static let length = 18

    /// Letters are allowed in the first two places (`N2` village collectives, `A1` military, `Y1` others); the division is digits.
    package static func verdict(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Verdict {
        guard count == length else { return .length }
        var sum: UInt32 = 0
        var weight: UInt32 = 1
        var lower = false
        for index in 0..<18 {
            var byte = bytes[index]
            if byte &- UInt8(ascii: "a") < 26 {
                byte &-= 32
                lower = true
            }
            let value = value(byte)
            guard value < 31, !(2..<8).contains(index) || value < 10 else { return .character }
            // The check character itself has weight 1 once the sum is taken to be a multiple of 31.
            sum &+= UInt32(value) &* (index == 17 ? 1 : weight)
            weight = weight &* 3 % 31
        }
        if lower { return .lowerCase }
        guard OrganisationCode.holds(bytes + 8) else { return .organisationCode }
        return sum % 31 == 0 ? .valid : .checkCharacter
    }

    package static func isValid(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        verdict(bytes, count) == .valid
    }

    /// The place in `0123456789ABCDEFGHJKLMNPQRTUWXY`; 255 for what is not there (I, O, S, V, Z and everything else).
    @inline(__always)
    private static func value(_ byte: UInt8) -> UInt8 {
        let digit = byte &- 48
        if digit < 10 { return digit }
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "H"): return byte &- 55
        case UInt8(ascii: "J")...UInt8(ascii: "N"): return byte &- 56
        case UInt8(ascii: "P")...UInt8(ascii: "R"): return byte &- 57
        case UInt8(ascii: "T"), UInt8(ascii: "U"): return byte &- 58
        case UInt8(ascii: "W")...UInt8(ascii: "Y"): return byte &- 59
        default: return 255
        }
    }
}

/// The organisation code of GB 11714-1997: eight characters and a check, written with or without a hyphen before it.
package enum OrganisationCode {
    package enum Verdict: UInt8, Sendable, CaseIterable {
        case valid = 0
        case length
        case character
        case checkCharacter
    }

    package static func verdict(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Verdict {
        let hyphen = count == 10 && bytes[8] == UInt8(ascii: "-")
        guard count == 9 || hyphen else { return .length }
        guard let sum = sum(bytes) else { return .character }
        let last = bytes[hyphen ? 9 : 8]
        guard last &- 48 < 10 || last == UInt8(ascii: "X") else { return .character }
        return last == check(sum) ? .valid : .checkCharacter
    }

    package static func isValid(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        verdict(bytes, count) == .valid
    }

    /// Whether the nine bytes are a code with its check.
    static func holds(_ bytes: UnsafePointer<UInt8>) -> Bool {
        guard let sum = sum(bytes) else { return false }
        return bytes[8] == check(sum)
    }

    @inline(__always)
    private static func check(_ sum: UInt32) -> UInt8 {
        switch 11 &- sum % 11 {
        case 10: UInt8(ascii: "X")
        case 11: UInt8(ascii: "0")
        case let digit: UInt8(truncatingIfNeeded: digit &+ 48)
        }
    }

    @inline(__always)
    private static func sum(_ bytes: UnsafePointer<UInt8>) -> UInt32? {
        // Weights 3 7 9 10 5 8 4 2 are 2^(8−i) mod 11, so that Horner's rule needs no table.
        var sum: UInt32 = 0
        for index in 0..<8 {
            let byte = bytes[index]
            let value: UInt8
            switch byte {
            case 48...57: value = byte &- 48
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte &- 55
            default: return nil
            }
            sum = sum &* 2 &+ UInt32(value)
        }
        return sum &* 2
    }
}

extension SocialCreditCode {
    package static func verdict(_ text: String) -> Verdict { text.withRawBytes { verdict($0, $1) } }
    package static func isValid(_ text: String) -> Bool { verdict(text) == .valid }
}

extension OrganisationCode {
    package static func verdict(_ text: String) -> Verdict { text.withRawBytes { verdict($0, $1) } }
    package static func isValid(_ text: String) -> Bool { verdict(text) == .valid }
}
