/// An administrative division: six digits of GB/T 2260, or those with a local extension for a zone that has no code of its own
/// (`441602-JD`). An extension is never passed off as a national code.
package struct DivisionCode: Hashable, Sendable, Comparable {
    package let text: String

    /// The six digits of GB/T 2260.
    package var national: String { String(text.prefix(6)) }
    package var isLocalExtension: Bool { text.utf8.count > 6 }
    package var province: String { String(text.prefix(2)) + "0000" }
    package var city: String { String(text.prefix(4)) + "00" }
    package var isProvince: Bool { text.hasSuffix("0000") && !isLocalExtension }
    package var isCity: Bool { !isProvince && text.hasSuffix("00") && !isLocalExtension }

    /// Whether `other` lies within this division; every division contains itself.
    package func contains(_ other: DivisionCode) -> Bool {
        if isLocalExtension { return self == other }
        if isProvince { return other.province == text }
        if isCity { return other.city == text }
        return other.national == text
    }

    /// The first two digits that GB/T 2260 has given to provinces, autonomous regions, municipalities and special regions.
    private static let provinces: Set<UInt8> = [
        11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53,
        54, 61,
        62, 63, 64, 65, 71, 81, 82,
    ]

    /// By structure alone: six digits of a province that there is, no county without its city. Whether the code was in force on a
    /// day is what a rule that refers to a table of codes tells.
    package static func isValid(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count == 6 else { return false }
        for position in 0..<6 where bytes[position] &- 48 > 9 { return false }
        func pair(_ at: Int) -> UInt8 { (bytes[at] &- 48) * 10 + (bytes[at + 1] &- 48) }
        return provinces.contains(pair(0)) && (pair(2) != 0 || pair(4) == 0)
    }

    package static func < (left: DivisionCode, right: DivisionCode) -> Bool { left.text < right.text }
}

extension DivisionCode: LosslessStringConvertible, Codable {
    package var description: String { text }

    /// Nil unless `text` is six digits, the first not 0, or those, a hyphen and one to eight capital letters or digits.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
        func isCapital(_ byte: UInt8) -> Bool { (65...90).contains(byte) }
        guard bytes.count >= 6, bytes[0] != 48, bytes[..<6].allSatisfy(isDigit) else { return nil }
        if bytes.count > 6 {
            let extra = bytes[7...]
            guard bytes[6] == UInt8(ascii: "-"), (1...8).contains(extra.count),
                extra.allSatisfy({ isDigit($0) || isCapital($0) })
            else { return nil }
        }
        self.text = text
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let code = DivisionCode(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is no division code")
        }
        self = code
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
