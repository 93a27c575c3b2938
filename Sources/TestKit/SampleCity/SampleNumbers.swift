package import Kernel

/// Numbers that pass their check digits and belong to nobody: citizen numbers carry the city's code 441600, which no person's
/// number has; credit codes carry a registration authority's letter and the same code.
package enum SampleNumbers {
    package static func citizenID(birth: CalendarDate, serial: Int) -> String {
        let (year, month, day) = birth.components
        let body = "441600\(padded(year, 4))\(padded(month, 2))\(padded(day, 2))\(padded(serial % 1000, 3))"
        let digits = body.utf8.map { Int($0) - 48 }
        let sum = zip(digits, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]).reduce(0) {
            $0 + $1.0 * $1.1
        }
        return body + String(Array("10X98765432")[sum % 11])
    }

    /// An enterprise's.
    static func uscc(serial: Int) -> String {
        uscc(authority: "91", organisation: "MA" + padded(serial % 1_000_000, 6))
    }

    /// An organ's, made from its name so that it is the same everywhere.
    static func organUSCC(of unit: String) -> String {
        let number = unit.unicodeScalars.reduce(7) { ($0 * 31 + Int($1.value)) % 100_000 }
        return uscc(authority: "11", organisation: "007" + padded(number, 5))
    }

    private static func uscc(authority: String, organisation: String) -> String {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        let organisationSum = zip(organisation.utf8, [3, 7, 9, 10, 5, 8, 4, 2]).reduce(0) { sum, pair in
            let digit = pair.0 >= 65 ? Int(pair.0) - 55 : Int(pair.0) - 48
            return sum + digit * pair.1
        }
        let organisationCheck: Character =
            switch 11 - organisationSum % 11 {
            case 10: "X"
            case 11: "0"
            case let digit: Character(String(digit))
            }
        let body = authority + "441600" + organisation + String(organisationCheck)
        var weight = 1
        var sum = 0
        for character in body {
            sum += (alphabet.firstIndex(of: character) ?? 0) * weight
            weight = weight * 3 % 31
        }
        return body + String(alphabet[(31 - sum % 31) % 31])
    }

    static func mobile(serial: Int) -> String { "1990762" + padded(serial % 10_000, 4) }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
