package import Kernel

package enum ApplicationListNoun: Noun { package static let kind = "application-list" }
package typealias ApplicationListID = ID<ApplicationListNoun>

/// 批量申请清单: a sheet that says for each entry what is asked of it. Until it is drafted it is looked at anew each time, because entries
/// move; then its good rows are drafts of applications, and those that were not taken stay with it, each fault at its cell.
package struct ApplicationList: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable { case open, drafted, dropped }

    package typealias Refused = ReturnedRow<ApplicationColumn>

    package let id: ApplicationListID
    package let fileName: String
    package let party: PartyID
    package let broughtBy: AccountID
    package let broughtAt: Instant
    package let state: State
    /// What would be drafted, or was.
    package let contents: [ApplicationContent]
    package let refused: [Refused]
    /// What it was drafted into, one for each of `contents`.
    package let applications: [CaseID]

    package var taken: Int { contents.reduce(0) { $0 + $1.parts.count } }

    func with(_ reading: Reading) -> ApplicationList {
        ApplicationList(
            id: id, fileName: fileName, party: party, broughtBy: broughtBy, broughtAt: broughtAt,
            state: state, contents: reading.contents, refused: reading.refused, applications: applications)
    }

    /// What its rows come to.
    struct Reading: Sendable {
        private(set) var contents: [ApplicationContent] = []
        private(set) var refused: [Refused] = []
        /// By what rows have to share to be one application.
        private var open: [RequestWish: Int] = [:]
        private var numbers: [String: Int] = [:]

        mutating func refuse(_ row: Refused) { refused.append(row) }

        /// Rows of one matter with the same purpose, basis, term, retention and contact are one application; what it has no more room for
        /// is in another of its name with a number.
        ///
        /// - Returns: false when the entry is asked for in it already.
        mutating func take(_ wish: RequestWish, for entry: EntryID) -> Bool {
            typealias Limits = ApplicationContent.Limits
            var common = wish
            (common.columns, common.treatments, common.rows, common.deliveries) = ([], [:], "", [])
            (common.expectedRows, common.dailyRows) = (nil, nil)
            let isThere = contents.contains { content in
                var named = content.common
                named.businessItem = common.businessItem
                return named == common && content.common.businessItem.hasPrefix(common.businessItem)
                    && content.part(of: entry) != nil
            }
            if isThere { return false }
            var place = open[common]
            if let known = place {
                let items = contents[known].parts.reduce(0) { $0 + $1.wish.columns.count }
                if contents[known].parts.count >= Limits.entriesMax
                    || items + wish.columns.count > Limits.itemsMax
                {
                    place = nil
                }
            }
            let target = place ?? contents.count
            if place == nil {
                let number = (numbers[common.businessItem] ?? 0) + 1
                numbers[common.businessItem] = number
                open[common] = target
                var named = common
                if number > 1 { named.businessItem += "（\(number)）" }
                contents.append(ApplicationContent(common: named))
            }
            contents[target].parts.append(ApplicationPart(entry: entry, wish: wish.ofPart))
            return true
        }
    }
}

extension RequestWish {
    /// What is asked of one entry alone.
    fileprivate var ofPart: RequestWish {
        var own = RequestWish(
            columns: columns, rows: rows, deliveries: deliveries, expectedRows: expectedRows,
            dailyRows: dailyRows)
        own.treatments = treatments
        return own
    }
}
