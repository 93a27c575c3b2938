import Identity
package import Kernel
import Persistence

/// Which certificates of destruction a list shows.
package struct EndFilter: Sendable, Hashable {
    package var standing: EndOfUse.Standing?
    /// What the reader must do or look into: of their own unit whatever is owed, of others what is overdue.
    package var isPressing = false

    package init(standing: EndOfUse.Standing? = nil, isPressing: Bool = false) {
        self.standing = standing
        self.isPressing = isPressing
    }

    func condition(on today: CalendarDate, for principal: Principal) -> SQL {
        var condition: SQL =
            switch standing {
            case .given: " AND certificate IS NOT NULL"
            case .owed: " AND certificate IS NULL AND due_on >= \(today)"
            case .overdue: " AND certificate IS NULL AND due_on < \(today)"
            case nil: ""
            }
        if isPressing {
            let own = Set([principal.party].compactMap(\.self)).union(principal.forebears).sorted()
            let ours: SQL = own.isEmpty ? "" : " OR recipient IN \(list: own)"
            condition = condition + " AND certificate IS NULL AND (due_on < \(today)\(ours))"
        }
        return condition
    }
}

extension EndOfUse {
    /// Where in the order of the list one stands.
    package struct Place: Sendable, Hashable {
        package let isGiven: Bool
        package let dueOn: CalendarDate
        package let grant: GrantID

        /// As `text` writes it; nil for anything else.
        package init?(_ text: String) {
            let parts = text.split(separator: "_").map(String.init)
            guard parts.count == 3, let given = ["0": false, "1": true][parts[0]],
                let due = CalendarDate(parts[1]), let grant = GrantID(parts[2])
            else { return nil }
            isGiven = given
            dueOn = due
            self.grant = grant
        }

        package init(_ end: EndOfUse) {
            isGiven = end.certificate != nil
            dueOn = end.dueOn
            grant = end.grant
        }

        package var text: String { "\(isGiven ? 1 : 0)_\(dueOn)_\(grant)" }

        var condition: SQL {
            let later: SQL = "(due_on > \(dueOn) OR (due_on = \(dueOn) AND grant_id > \(grant)))"
            return isGiven
                ? " AND certificate IS NOT NULL AND \(later)"
                : " AND (certificate IS NOT NULL OR \(later))"
        }
    }
}
