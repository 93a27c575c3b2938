package import Kernel
import Policy
package import Web

enum ApplicationListLinks {
    static let all = "/application-lists"
    static func one(_ id: ApplicationListID) -> String { "\(all)/\(id)" }
}

/// Bringing a list of what is to be asked for.
package struct ApplicationSheetNewPage: Page {
    package struct Step: Sendable { package let text: Message }
    package static let template = "exchange/application-list-new"
    package let title: Message
    package let head: Head
    package let action: String
    package let file: Field
    package let errors: FormErrors?
    package let steps: [Step]

    init(errors: FormErrors? = nil) {
        title = Message("application.list-new")
        head = Head(
            .word(title),
            crumbs: [Head.Crumb(.word(Message("application.applications")), "/applications")],
            otherActs: [Act(Message("application.list-template"), "\(ApplicationListLinks.all)/template")])
        action = ApplicationListLinks.all
        let field = Field.file("file", Message("application.list-file"), accept: ".xlsx,.csv").required()
        file = errors.map { field.checked($0) } ?? field
        self.errors = errors.flatMap { $0.summary(of: [field]) }
        steps = ["columns", "items", "rows", "matter", "look"].map {
            Step(
                text: Message(
                    "application.list-how-\($0)",
                    $0 == "look"
                        ? ["rowsMax": "\(ApplicationLists.rowsMax)"]
                        : $0 == "matter"
                            ? ["entriesMax": "\(ApplicationContent.Limits.entriesMax)"] : [:]))
        }
    }

    package static let samples = [
        ApplicationSheetNewPage(),
        ApplicationSheetNewPage(
            errors: FormErrors(
                Problem(
                    .invalid, Message("running.sheet-empty"),
                    places: [Problem.Place("file", Message("running.sheet-empty"))]))),
    ]
}

/// A list: what would be drafted of it and what is wrong, and once it is drafted what it was drafted into.
package struct ApplicationSheetPage: Page {
    package struct Drafting: Sendable {
        package let action: String
        package let dropAction: String
        package let fields: [Field]
        package let errors: FormErrors?
        package let button: Message
    }

    package static let template = "exchange/application-list"
    package let title: Message
    package let head: Head
    package let summary: Message
    package let hasFaults: Bool
    package let returned: String?
    package let drafting: Drafting?
    /// Where nothing can be drafted it can still be dropped.
    package let dropAction: String?
    package let applications: Table
    package let faults: Table?

    private static let faultsShownMax = 200

    init(_ list: ApplicationList, mayDraft: Bool, errors: FormErrors? = nil) {
        let path = ApplicationListLinks.one(list.id)
        let (isOpen, isDropped) = (list.state == .open, list.state == .dropped)
        title = Message("application.list-one", ["file": list.fileName])
        head = Head(
            .data(list.fileName), subtitle: .moment(list.broughtAt),
            crumbs: [Head.Crumb(.word(Message("application.applications")), "/applications")],
            chips: [list.state.chip])
        summary =
            isDropped
            ? Message("application.list-dropped")
            : Message(
                isOpen ? "application.list-would" : "application.list-did",
                [
                    "taken": "\(list.taken)", "applications": "\(list.contents.count)",
                    "refused": "\(list.refused.count)",
                ])
        hasFaults = !list.refused.isEmpty
        returned = list.refused.isEmpty ? nil : "\(path)/returned"
        let commitment = Field.tick("isCommitted", Message("exchange.commitment")).required()
        let checked = errors.map { commitment.checked($0) } ?? commitment
        let canDraft = isOpen && mayDraft && !list.contents.isEmpty
        drafting =
            canDraft
            ? Drafting(
                action: "\(path)/drafts", dropAction: "\(path)/removal", fields: [checked],
                errors: errors.flatMap { $0.summary(of: [checked]) },
                button: Message(
                    "application.list-draft", ["applications": "\(list.contents.count)"])) : nil
        dropAction = isOpen && mayDraft && !canDraft ? "\(path)/removal" : nil
        applications = Self.applications(list)
        faults = list.refused.isEmpty ? nil : Self.faults(list.refused)
    }

    private static func applications(_ list: ApplicationList) -> Table {
        Table(
            id: "applications", caption: Message("application.applications"),
            columns: [
                Table.Column(Message("exchange.business-item")), Table.Column(Message("exchange.purpose")),
                Table.Column(Message("application.entries"), isFigure: true),
                Table.Column(Message("application.list-items"), isFigure: true),
                Table.Column(Message("exchange.from")), Table.Column(Message("exchange.to")),
            ],
            rows: list.contents.enumerated().map { place, content in
                let common = content.common
                return [
                    Table.Cell(
                        .data(common.businessItem),
                        href: place < list.applications.count
                            ? "/applications/\(list.applications[place])" : nil),
                    Table.Cell(.data(common.purpose)), Table.Cell(.count(content.parts.count)),
                    Table.Cell(.count(content.parts.reduce(0) { $0 + $1.wish.columns.count })),
                    Table.Cell(common.from.map { .date($0) } ?? .nothing),
                    Table.Cell(common.to.map { .date($0) } ?? .nothing),
                ]
            }, count: list.contents.count, empty: EmptyState(Message("application.list-nothing")))
    }

    private static func faults(_ refused: [ApplicationList.Refused]) -> Table {
        let faults = refused.flatMap { row in row.faults.map { (row, $0) } }
        return Table(
            id: "faults", caption: Message("running.faults"),
            columns: [
                Table.Column(Message("running.column.cell")),
                Table.Column(ApplicationColumn.matter.title), Table.Column(ApplicationColumn.entry.title),
                Table.Column(Message("running.column.faults")),
            ],
            rows: faults.prefix(faultsShownMax).map { row, fault in
                func cell(_ column: ApplicationColumn) -> Table.Cell {
                    let place = ApplicationColumn.allCases.firstIndex(of: column) ?? 0
                    return Table.Cell(.data(place < row.cells.count ? row.cells[place] : ""))
                }
                return [
                    Table.Cell(.data(fault.cell), isCode: true), cell(.matter), cell(.entry),
                    Table.Cell(.word(fault.message)),
                ]
            }, count: faults.count, empty: EmptyState(Message("running.faults-empty")))
    }

    package static let samples: [ApplicationSheetPage] = {
        let missing = FormErrors(
            Problem(
                .invalid, Message("exchange.fields-invalid"),
                places: [Problem.Place("isCommitted", Message("exchange.commitment-missing"))]))
        return [
            ApplicationSheetPage(.sample(.open), mayDraft: true),
            ApplicationSheetPage(.sample(.open), mayDraft: true, errors: missing),
            ApplicationSheetPage(.sample(.open, isGood: false), mayDraft: true),
            ApplicationSheetPage(.sample(.drafted), mayDraft: false),
            ApplicationSheetPage(.sample(.dropped, isGood: false), mayDraft: false),
        ]
    }()
}

extension ApplicationList.State {
    var chip: Chip {
        let word = Message("application.list-state.\(rawValue)")
        return switch self {
        case .open: Chip(word, .info)
        case .drafted: Chip(word, .good)
        case .dropped: Chip(word)
        }
    }
}

extension ApplicationList {
    static func sample(_ state: State, isGood: Bool = true) -> ApplicationList {
        let content = ApplicationContent(
            common: RequestWish(
                purpose: "社会救助核对", businessItem: "低保家庭经济状况核对", from: CalendarDate("2026-12-01"),
                to: CalendarDate("2027-11-30")),
            parts: [
                ApplicationPart(
                    entry: RequestedEntry.sample.id,
                    wish: RequestWish(columns: ["status"], deliveries: [.csv], expectedRows: 10))
            ])
        return ApplicationList(
            id: ApplicationListID(high: 9 << 48, low: 1 << 63), fileName: "批量申请清单.xlsx",
            party: PartyID(high: 3 << 48, low: 1 << 63), broughtBy: AccountID(high: 5 << 48, low: 1 << 63),
            broughtAt: Instant(microseconds: 1_795_600_000_000_000), state: state,
            contents: isGood ? [content] : [],
            refused: state == .dropped
                ? []
                : [
                    Refused(
                        line: 4, cells: ["低保家庭经济状况核对", "法人单位基本信息"],
                        faults: [
                            Refused.Fault(
                                cell: "C4", column: .items, message: Message("exchange.columns-none"))
                        ])
                ],
            applications: state == .drafted ? [CaseID(high: 8 << 48, low: 1 << 63)] : [])
    }

    /// The lists of a unit, on the page of its applications.
    static func table(_ lists: [ApplicationList]) -> Table? {
        guard !lists.isEmpty else { return nil }
        return Table(
            id: "lists", caption: Message("application.lists"),
            columns: [
                Table.Column(Message("running.column.file")), Table.Column(Message("running.column.at")),
                Table.Column(Message("application.column.state")),
            ],
            rows: lists.map { list in
                [
                    Table.Cell(.data(list.fileName), href: ApplicationListLinks.one(list.id)),
                    Table.Cell(.moment(list.broughtAt)), Table.Cell(list.state.chip),
                ]
            }, count: lists.count, empty: EmptyState(Message("application.none")))
    }
}
