import Casework
import Identity
import Kernel
import Web

/// What a page, a call of the API and an export of the inbox were asked for, by the same names.
struct InboxQuery {
    static let sortable: Set<String> = Set(InboxOrder.Key.allCases.map(\.rawValue))
    static let fields = ["q", "kind", "state", "unit", "due", "since"]

    let tray: Inbox.Tray
    let filter: InboxFilter
    let order: InboxOrder
    let table: TableQuery

    /// A page falls back to what it knows: a link of yesterday still opens the inbox.
    init(_ visit: Visit) {
        self.init(TableQuery(visit, sortable: Self.sortable, order: InboxOrder.Key.due.rawValue))
    }

    init(_ table: TableQuery) {
        self.table = table
        tray = Inbox.Tray(rawValue: table.value("tray")) ?? .mine
        order = InboxOrder(InboxOrder.Key(rawValue: table.sort) ?? .due, isDescending: table.isDescending)
        func text(_ name: String) -> String? {
            let value = table.value(name)
            return value.isEmpty ? nil : value
        }
        filter = InboxFilter(
            words: String(table.words.prefix(InboxFilter.wordsCharactersMax)),
            kind: text("kind").flatMap { CaseLinks.kinds.contains($0) ? $0 : nil },
            state: text("state"), unit: text("unit").flatMap { PartyID($0) },
            due: text("due").flatMap { InboxFilter.Due($0) },
            changedSince: text("since").flatMap { CalendarDate($0) })
    }

    /// A program is told what it wrote wrong; `states` are those that a case can be in.
    static func strict(_ visit: Visit, states: Set<String>) throws(ExchangeError) -> InboxQuery {
        let asked = InboxQuery(visit)
        let wrong: [(String, Bool)] = [
            ("tray", Inbox.Tray(rawValue: visit.query["tray"]) != nil),
            ("kind", asked.filter.kind != nil), ("state", states.contains(asked.filter.state ?? "")),
            ("due", asked.filter.due != nil), ("unit", asked.filter.unit != nil),
            ("since", asked.filter.changedSince != nil),
            (
                "sort",
                sortable.contains(String(visit.query["sort"].drop { $0 == "-" }))
            ),
        ].filter { !visit.query[$0.0].isEmpty && !$0.1 }
        guard wrong.isEmpty else {
            throw .fieldsInvalid(
                wrong.map { Problem.Place($0.0, Message("exchange.inbox-parameter", ["name": $0.0])) })
        }
        return asked
    }
}
