import Identity
import Persistence

/// Which use reports a list shows.
package struct UseReportFilter: Sendable, Hashable {
    /// One that is over; nil: the last.
    package var year: Int?
    package var isGiven: Bool?
    /// Only those that the reader's own unit gives.
    package var isOwn = false

    package init(year: Int? = nil, isGiven: Bool? = nil, isOwn: Bool = false) {
        self.year = year
        self.isGiven = isGiven
        self.isOwn = isOwn
    }

    func condition(_ year: Int, for principal: Principal) -> SQL {
        var condition: SQL = ""
        if let isGiven {
            let there: SQL =
                "EXISTS (SELECT 1 FROM exchange_use_report u WHERE u.grant_id = g.id AND u.year = \(year))"
            condition = isGiven ? " AND \(there)" : " AND NOT \(there)"
        }
        if isOwn {
            let own = Set([principal.party].compactMap(\.self)).union(principal.forebears).sorted()
            condition = condition + (own.isEmpty ? " AND 1 = 0" : " AND g.consumer IN \(list: own)")
        }
        return condition
    }
}
