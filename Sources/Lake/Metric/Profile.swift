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
        /// Counted where a rule could be made of it: nearly all values differ, and there are not too many.
        package let distinctExactly: Int64?
        package let minimum: String?
        package let maximum: String?
        /// The commonest values, most frequent first; approximate for columns with many distinct values.
        package let top: [Top]
        /// Rows by number of characters, text columns only.
        package let lengths: [Int: Int64]
        /// Rows in which each kind of identifier was recognised, check digits included; text columns only.
        package let identifiers: [IdentifierKind: Int64]
        /// Rows in which an identifier of each kind stands among other words (`ProseWalk`); text columns only.
        package let identifiersWithin: [IdentifierKind: Int64]
        /// Rows in which something stands, alone or among other words, that has the form of the kind and a wrong check digit.
        package let wrongChecks: [IdentifierKind: Int64]
        /// What the texts look like, as `hw_shape` writes it, the commonest first. Empty where there are too many shapes, and in
        /// profiles that do not look for rules.
        package let shapes: [Top]

        package init(
            name: String, type: String, nulls: Int64, distinctApproximately: Int64, minimum: String?,
            maximum: String?, top: [Top], lengths: [Int: Int64], identifiers: [IdentifierKind: Int64],
            identifiersWithin: [IdentifierKind: Int64] = [:], wrongChecks: [IdentifierKind: Int64] = [:],
            shapes: [Top] = [], distinctExactly: Int64? = nil
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
            self.identifiersWithin = identifiersWithin
            self.wrongChecks = wrongChecks
            self.shapes = shapes
            self.distinctExactly = distinctExactly
        }

        /// Of a profile of so many rows; nil where none has it.
        package func prose(_ kind: IdentifierKind, of rows: Int64) -> Prose? {
            guard let found = identifiersWithin[kind], found > 0 else { return nil }
            return Prose(rows: found, of: rows - nulls, wrong: wrongChecks[kind] ?? 0)
        }

        /// What was written before prose was looked through has nothing to say of it.
        package init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            func counts(_ key: CodingKeys) throws -> [IdentifierKind: Int64] {
                try values.decodeIfPresent([IdentifierKind: Int64].self, forKey: key) ?? [:]
            }
            name = try values.decode(String.self, forKey: .name)
            type = try values.decode(String.self, forKey: .type)
            nulls = try values.decode(Int64.self, forKey: .nulls)
            distinctApproximately = try values.decode(Int64.self, forKey: .distinctApproximately)
            distinctExactly = try values.decodeIfPresent(Int64.self, forKey: .distinctExactly)
            minimum = try values.decodeIfPresent(String.self, forKey: .minimum)
            maximum = try values.decodeIfPresent(String.self, forKey: .maximum)
            top = try values.decode([Top].self, forKey: .top)
            lengths = try values.decode([Int: Int64].self, forKey: .lengths)
            identifiers = try values.decode([IdentifierKind: Int64].self, forKey: .identifiers)
            identifiersWithin = try counts(.identifiersWithin)
            wrongChecks = try counts(.wrongChecks)
            shapes = try values.decode([Top].self, forKey: .shapes)
        }
    }

    /// How often a kind of identifier stands in the texts of a column among other words.
    package struct Prose: Hashable, Sendable {
        package let rows: Int64
        /// Rows that have a text at all.
        package let present: Int64
        /// Rows with the form of the kind and a wrong check digit; 0 for a kind without one.
        package let wrong: Int64

        package init(rows: Int64, of present: Int64, wrong: Int64 = 0) {
            self.rows = rows
            self.present = present
            self.wrong = wrong
        }

        package var share: Int { present > 0 ? Int(min(rows, present) * 100 / present) : 0 }
        /// A serial number of the same form has the right check digit one time in ten or eleven: so few that are right among so many that
        /// are not tell nothing.
        package var isChance: Bool { rows * 4 < wrong }
        /// Less than half of what has the form has the check digit too.
        package var isDoubtful: Bool { rows < wrong }
    }

    /// Rows that agree in one column agree in another.
    package struct Dependency: Codable, Hashable, Sendable {
        package let by: String
        package let column: String
        /// Values of `by` that at least two of the rows bear.
        package let groups: Int64
        /// Rows in these groups.
        package let rows: Int64

        package init(by: String, column: String, groups: Int64, rows: Int64) {
            self.by = by
            self.column = column
            self.groups = groups
            self.rows = rows
        }
    }

    /// The day or moment of one column was never after that of another, and before it at least once.
    package struct Order: Codable, Hashable, Sendable {
        package let first: String
        package let second: String
        /// Rows that have both.
        package let rows: Int64

        package init(first: String, second: String, rows: Int64) {
            self.first = first
            self.second = second
            self.rows = rows
        }
    }

    /// How closely a profile looks.
    package enum Purpose: String, Codable, Hashable, Sendable {
        /// What the columns hold: enough to suggest grades.
        case grades
        /// Also longer lists of values, shapes of texts, and which columns determine which.
        case rules
    }

    package let rows: Int64
    package let columns: [ColumnProfile]
    /// Only those that hold in every row that was looked at.
    package let dependencies: [Dependency]
    package let orders: [Order]

    package init(
        rows: Int64, columns: [ColumnProfile], dependencies: [Dependency] = [], orders: [Order] = []
    ) {
        self.rows = rows
        self.columns = columns
        self.dependencies = dependencies
        self.orders = orders
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
    /// Places down to a number, or to a village.
    case address = 12
    /// A diagnosis, an illness or a treatment in words, or a code of ICD-10.
    case health = 13
}
