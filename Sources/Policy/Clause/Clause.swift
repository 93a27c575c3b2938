package import Kernel

/// One term of a grant. A *control* compiles into what the engine runs; a *promise* binds the recipient and is shown apart.
/// A clause this build does not know is refused by name when it is read, never skipped.
package enum Clause: Hashable, Sendable {
    // Controls
    case columns([String])
    case rows(Expression)
    case mask(column: String, Mask)
    case purpose(String)
    /// Both days included, by the civil time of the node.
    case validity(from: CalendarDate, to: CalendarDate)
    case totalQuota(rows: Int64)
    case dailyQuota(rows: Int64)
    case delivery(Set<DeliveryKind>)
    // Promises
    case retention(days: Int)
    case noRedistribution

    package enum Nature: String, Hashable, Sendable, Codable, CaseIterable {
        /// The engine enforces it.
        case control
        /// The recipient undertakes it; nothing of ours can enforce it once the rows are out.
        case promise
    }

    /// Written in JSON, on pages and in refusals.
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case columns, rows, mask, purpose, validity
        case totalQuota = "total-quota"
        case dailyQuota = "daily-quota"
        case delivery, retention
        case noRedistribution = "no-redistribution"

        package var nature: Nature {
            switch self {
            case .retention, .noRedistribution: .promise
            default: .control
            }
        }
    }

    package var kind: Kind {
        switch self {
        case .columns: .columns
        case .rows: .rows
        case .mask: .mask
        case .purpose: .purpose
        case .validity: .validity
        case .totalQuota: .totalQuota
        case .dailyQuota: .dailyQuota
        case .delivery: .delivery
        case .retention: .retention
        case .noRedistribution: .noRedistribution
        }
    }

    package var nature: Nature { kind.nature }

    package enum Limits {
        package static let clausesMax = 600
        package static let columnsMax = 500
        package static let purposeCharactersMax = 500
        package static let keepCharactersMax = 64
        package static let validityDaysMax = 3_660
        package static let retentionDaysMax = 36_600
    }
}

/// What happens to a value of one column on its way out.
package enum Mask: Hashable, Sendable {
    /// `441602********1234` is `keepEnds(first: 6, last: 4)`: every character between becomes `*`; a value not longer than
    /// `first + last` is masked whole.
    case keepEnds(first: Int, last: Int)
    /// 张*, 欧阳**: the surname stays (compound surnames by list), each further character becomes `*`.
    case surname
    /// A date or timestamp becomes its year.
    case yearOnly
    /// The column is not in the output at all.
    case drop
    /// HMAC-SM3 of the normalised value under a key of the grant's purpose, hex: joinable inside one purpose, nowhere else.
    case pseudonym

    package enum Name: String, Hashable, Sendable, Codable, CaseIterable {
        case keepEnds = "keep-ends"
        case surname
        case yearOnly = "year-only"
        case drop, pseudonym
    }

    package var name: Name {
        switch self {
        case .keepEnds: .keepEnds
        case .surname: .surname
        case .yearOnly: .yearOnly
        case .drop: .drop
        case .pseudonym: .pseudonym
        }
    }

    /// What leaves in place of a value of `type`; nil when the mask cannot be applied to it.
    package func output(of type: ColumnType) -> ColumnType? {
        switch (self, type) {
        case (.keepEnds, .text), (.surname, .text), (.pseudonym, .text), (.pseudonym, .integer): .text
        case (.yearOnly, .date), (.yearOnly, .timestamp): .integer
        case (.drop, _): type
        default: nil
        }
    }
}

package enum DeliveryKind: String, Hashable, Sendable, Codable, CaseIterable {
    case csv, parquet, excel
    /// `POST /api/v1/grants/{id}/lookups`
    case lookup
    /// Cursor pages.
    case pages
}
