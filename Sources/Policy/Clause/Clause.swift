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
}

package enum DeliveryKind: String, Hashable, Sendable, Codable, CaseIterable {
    case csv, parquet, excel
    /// `POST /api/v1/grants/{id}/lookups`
    case lookup
    /// Cursor pages.
    case pages
}
