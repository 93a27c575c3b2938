package import Kernel

/// 使用情况报告: what a recipient did with a grant in a calendar year. The figures are the ledger's; what it was good for is the recipient's
/// word.
package struct UseReport: Sendable, Hashable {
    /// Counted, never typed.
    package struct Figures: Sendable, Hashable, Codable {
        /// Files, name lists and pushes.
        package let releases: Int
        package let releasedRows: Int64
        /// All rows that the ledger charged, look-ups and pages included.
        package let rows: Int64
        /// On which anything left.
        package let days: Int

        package init(releases: Int, releasedRows: Int64, rows: Int64, days: Int) {
            self.releases = releases
            self.releasedRows = releasedRows
            self.rows = rows
            self.days = days
        }

        /// By look-up, page or stream.
        package var calledRows: Int64 { max(0, rows - releasedRows) }
    }

    /// What it was used for, and what came of it.
    package struct Account: Sendable, Hashable {
        package let use: String
        package let benefit: String
        package let at: Instant
        package let by: AccountID
    }

    package static let textCharactersMax = 1_000

    package let grant: GrantID
    package let year: Int
    package let entry: EntryID
    package let provider: PartyID
    package let recipient: PartyID
    package let dueOn: CalendarDate
    package let figures: Figures
    package internal(set) var account: Account?

    package func standing(on day: CalendarDate) -> EndOfUse.Standing {
        account != nil ? .given : day > dueOn ? .overdue : .owed
    }
}
