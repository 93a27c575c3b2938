package import Kernel
import Lake
package import Web

/// All tables of a database, to be chosen from as candidates for the catalogue.
package struct DiscoveryPage: Page {
    package struct Candidate: Sendable {
        package let key: String
        package let name: String
        package let comment: String?
        package let isView: Bool
        package let rows: Label
        package let columns: Label
        /// The first of them.
        package let columnNames: String
        /// The hook that reads it already.
        package let hookHref: String?
        package let isFree: Bool
    }

    package struct Found: Sendable {
        package let heading: Message
        package let note: Message?
        package let action: String
        package let carried: [Table.Pair]
        package let candidates: [Candidate]
        package let hasCandidates: Bool
    }

    package static let template = "hooking/discovery"
    package let title: Message
    package let head: Head
    package let errors: FormErrors?
    package let problem: ShownProblem?
    package let action: String
    package let sealed: String?
    package let fields: [Field]
    package let hasDatabases: Bool
    package let found: Found?

    struct State {
        var draft = DatabaseDraft()
        var words = ""
        var sealed: String?
        var problem: Problem?
        var tables: [DiscoveredTable]?
        var isCut = false
    }

    init(_ databases: DatabaseChoices, _ state: State = State(), errors: FormErrors = FormErrors()) {
        title = Message("hooking.discovery")
        head = Head(
            .word(title), subtitle: .word(Message("hooking.discovery-why")),
            crumbs: [Head.Crumb(.word(Message("hooking.hooks")), "/hooks")])
        problem = state.problem.map(ShownProblem.init)
        action = HookingLinks.discovery
        sealed = state.sealed
        fields =
            state.draft.fields(databases, asksTable: false, hasPassword: state.sealed != nil, errors)
            + [
                Field.text("words", Message("hooking.discovery-words"), value: state.words)
                    .hint(Message("hooking.discovery-words-hint"))
            ]
        hasDatabases = !databases.isEmpty
        self.errors = errors.summary(of: fields)
        let shown = state.tables.map { Self.matching($0, state.words) }
        found = shown.map { tables in
            Found(
                heading: Message("hooking.discovered", ["count": Written.count(tables.count)]),
                note: state.isCut
                    ? Message("hooking.discovered-cut", ["max": Written.count(FoundTables.tablesMax)]) : nil,
                action: HookingLinks.candidates,
                carried: state.draft.carried + [Table.Pair("sealed", state.sealed ?? "")],
                candidates: tables.map(Candidate.init), hasCandidates: !tables.isEmpty)
        }
    }

    private static func matching(_ tables: [DiscoveredTable], _ words: String) -> [DiscoveredTable] {
        let words = words.lowercased().split(whereSeparator: \.isWhitespace)
        return tables.filter { found in
            let text = "\(found.table.schema).\(found.table.name) \(found.table.comment ?? "")".lowercased()
            return words.allSatisfy { text.contains($0) }
        }
    }

    package static let samples: [DiscoveryPage] = {
        let databases = DatabaseChoices(hosts: ["10.0.0.8:5432"], odbcSources: ["dm8"])
        var state = State()
        state.sealed = "00"
        state.isCut = true
        state.tables = [
            DiscoveredTable(
                table: FoundTable(
                    schema: "public", name: "person", comment: "低保对象信息", estimatedRows: 12_000,
                    columns: [
                        .init(name: "id", declared: "char(18)", type: "text", comment: "公民身份号码"),
                        .init(name: "photo", declared: "bytea", type: nil, comment: nil),
                    ]), hook: nil, entry: nil),
            DiscoveredTable(
                table: FoundTable(schema: "", name: "recent", isView: true), hook: HookID(high: 9, low: 2),
                entry: EntryID(high: 9, low: 1)),
        ]
        var none = State()
        none.tables = []
        var errors = FormErrors()
        errors.add("database", Message("web.field-needed"))
        return [
            DiscoveryPage(databases, state), DiscoveryPage(databases, none),
            DiscoveryPage(databases, State(problem: HookingError.secretUnreadable.problem), errors: errors),
            DiscoveryPage(DatabaseChoices()),
        ]
    }()
}

extension DiscoveryPage.Candidate {
    init(_ found: DiscoveredTable) {
        let table = found.table
        key = table.key
        name = table.schema.isEmpty ? table.name : "\(table.schema).\(table.name)"
        comment = table.comment
        isView = table.isView
        rows = table.estimatedRows.map { .count(Int($0)) } ?? .nothing
        columns = .count(table.columns.count)
        let names = table.columns.prefix(6).map(\.name).joined(separator: ", ")
        columnNames = table.columns.count > 6 ? names + " …" : names
        hookHref = found.hook.map(HookingLinks.hook)
        isFree = found.hook == nil
    }
}
