/// Numbers of mainland mobile subscribers: eleven digits, the first `1`, the second 3 to 9. Number ranges are not looked up: new
/// ones are given out every year, and carriers cannot be told from them since 2019.
package enum MobileNumber {
    package static func isValid(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count == 11, bytes[0] == UInt8(ascii: "1"), bytes[1] >= UInt8(ascii: "3") else { return false }
        for index in 1..<11 where bytes[index] &- 48 > 9 { return false }
        return true
    }

    package static func isValid(_ text: String) -> Bool { text.withRawBytes { isValid($0, $1) } }
}

/// Bank cards (ISO/IEC 7812): 13 to 19 digits of which the last is Luhn's check.
package enum BankCard {
    package static func isValid(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        (13...19).contains(count) && Luhn.isValid(bytes, count)
    }

    package static func isValid(_ text: String) -> Bool { text.withRawBytes { isValid($0, $1) } }
}

/// ISO/IEC 7812-1 annex B: every second digit from the right is doubled; the digits' sum ends in 0.
package enum Luhn {
    package static func isValid(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count > 1 else { return false }
        var sum: UInt32 = 0
        for index in 0..<count {
            var digit = bytes[index] &- 48
            guard digit < 10 else { return false }
            if (count &- index) & 1 == 0 {
                digit &*= 2
                if digit > 9 { digit &-= 9 }
            }
            sum &+= UInt32(digit)
        }
        return sum % 10 == 0
    }

    package static func isValid(_ text: String) -> Bool { text.withRawBytes { isValid($0, $1) } }
}
