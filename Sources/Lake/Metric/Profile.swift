/// What the columns of a source look like; the ground of rule and grade suggestions.
package struct Profile: Codable, Hashable, Sendable {
    package struct Top: Codable, Hashable, Sendable {
        /// As text; the column's own type is in `type`.
        package let value: String
        package let rows: Int64
        package init(value: String, rows: Int64) {
            self.value = value
            self.rows = rows
        }
    }

    package struct ColumnProfile: Codable, Hashable, Sendable {
        package let name: String
        package let type: String
        package let nulls: Int64
        /// HyperLogLog: about ±2 %.
        package let distinctApproximately: Int64
        package let minimum: String?
        package let maximum: String?
        /// The commonest values, most frequent first; approximate for columns with many distinct values.
        package let top: [Top]
        /// Rows by number of characters, text columns only.
        package let lengths: [Int: Int64]
        /// Rows in which each kind of identifier was recognised, check digits included; text columns only.
        package let identifiers: [IdentifierKind: Int64]

        package init(
            name: String, type: String, nulls: Int64, distinctApproximately: Int64, minimum: String?,
            maximum: String?, top: [Top], lengths: [Int: Int64], identifiers: [IdentifierKind: Int64]
        ) {
            self.name = name
            self.type = type
            self.nulls = nulls
            self.distinctApproximately = distinctApproximately
            self.minimum = minimum
            self.maximum = maximum
            self.top = top
            self.lengths = lengths
            self.identifiers = identifiers
        }
    }

    package let rows: Int64
    package let columns: [ColumnProfile]

    package init(rows: Int64, columns: [ColumnProfile]) {
        self.rows = rows
        self.columns = columns
    }
}

/// What a whole cell can be recognised as. The raw value is the bit that `hw_identifier_kinds` sets.
package enum IdentifierKind: Int, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    /// GB 11643, check digit and date right.
    case citizenID = 0
    /// GB 32100, check digit right.
    case uscc = 1
    /// 11 digits, the first 1, the second 3 to 9.
    case mobile = 2
    /// 13–19 digits, Luhn right: one number in ten is, so judge by the share.
    case bankCard = 3
    case email = 4
    /// 普通护照, 公务护照
    case passport = 5
    /// 号牌, new energy included.
    case plate = 6
    case ipAddress = 7
    case macAddress = 8
    /// GB 16735, check digit right.
    case vin = 9
    /// 2–4 Han characters that begin with a known surname.
    case personName = 10
    /// A land line with area code.
    case landLine = 11
}
