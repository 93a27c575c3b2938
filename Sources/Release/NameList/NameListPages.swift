package import Kernel
import Lake
import Policy
package import Web

/// Lists that were matched or are being prepared, newest first.
package struct NameListsPage: Page {
    package static let template = "release/name-lists"
    package let title: Message
    package let head: Head
    package let table: Table

    init(_ lists: [NameList], actors: Actors, mayBring: Bool, count: Int, query: TableQuery, next: String?) {
        title = Message("name-list.lists")
        head = Head(
            .word(title), subtitle: .word(Message("name-list.lists-why")),
            act: mayBring ? Act(Message("name-list.new"), "/name-lists/new") : nil)
        table = Table(
            id: "name-lists", caption: title,
            columns: [
                Table.Column(Message("release.column.at")), Table.Column(Message("name-list.fact-file")),
                Table.Column(Message("name-list.by")),
                Table.Column(Message("name-list.grants-asked"), isFigure: true),
                Table.Column(Message("name-list.fact-rows"), isFigure: true),
                Table.Column(Message("name-list.state-matched"), isFigure: true),
                Table.Column(Message("release.column.state")),
            ],
            rows: lists.map { Self.cells($0, actors) }, count: count, nextHref: query.nextHref(next),
            firstHref: query.firstHref, exportHref: query.exportHref,
            empty: EmptyState(
                Message("name-list.lists-empty"),
                act: mayBring ? Act(Message("name-list.new"), "/name-lists/new") : nil))
    }

    private static func cells(_ list: NameList, _ actors: Actors) -> [Table.Cell] {
        let figures = list.parts.compactMap(\.figures)
        return [
            Table.Cell(.moment(list.authorisedAt ?? list.madeAt), href: "/name-lists/\(list.id)"),
            Table.Cell(.data(list.file.name)), Table.Cell(actors["account:\(list.account)"]),
            Table.Cell(.count(list.choice?.parts.count ?? 0)),
            Table.Cell(list.findings.map { .count(Int($0.rows)) } ?? .nothing),
            Table.Cell(
                figures.isEmpty ? .nothing : .count(Int(figures.reduce(0) { $0 + $1.matched }))),
            Table.Cell(Chip.state(list.state)),
        ]
    }

    package static let samples = [
        NameListsPage(
            [], actors: Actors(), mayBring: true, count: 0, query: .sample("/name-lists"), next: nil),
        NameListsPage(
            [.sample(.settled), .sample(.draft)], actors: Actors(), mayBring: false, count: 2,
            query: .sample("/name-lists"), next: "x"),
    ]
}

/// The first step: bring the file.
package struct NewNameListPage: Page {
    package static let template = "release/name-list-new"
    package let title: Message
    package let head: Head
    package let errors: FormErrors?
    package let file: Field
    package let steps: [Line]

    package struct Line: Sendable { package let text: Message }

    init(bytesMax: Int, rowsMax: Int, errors: FormErrors? = nil) {
        title = Message("name-list.new")
        head = Head(
            .word(title), subtitle: .word(Message("name-list.new-why")),
            crumbs: [Head.Crumb(.word(Message("name-list.lists")), "/name-lists")])
        var field = Field.file(
            "list", Message("name-list.file"), accept: NameListLimits.endings.joined(separator: ","),
            bytesMax: bytesMax
        ).required().hint(
            Message(
                "name-list.file-hint",
                ["rows": Written.count(rowsMax), "bytes": Written.bytes(bytesMax)]))
        if let errors { field = field.checked(errors) }
        file = field
        self.errors = errors?.summary(of: [field])
        steps = (1...4).map { Line(text: Message("name-list.step-\($0)")) }
    }

    package static let samples = [
        NewNameListPage(bytesMax: 64 << 20, rowsMax: 100_000),
        NewNameListPage(
            bytesMax: 64 << 20, rowsMax: 100_000, errors: FormErrors(NameListError.headerMissing.problem)),
    ]
}

/// The second step: which column holds the keys, and which grants are asked.
package struct NameListChoicePage: Page {
    package static let template = "release/name-list-choice"
    package let title: Message
    package let head: Head
    package let errors: FormErrors?
    package let action: String
    package let fields: [Field]
    package let noOffer: Bool
    package let refused: Table
    package let hasRefused: Bool
    package let discardAction: String
    package let readAction: String
    package let readFields: [Field]

    init(
        _ list: NameList, _ offers: NameListDesk.Offers, form: SubmittedForm? = nil, errors: FormErrors? = nil
    ) {
        title = Message("name-list.choose")
        head = Head(
            .data(list.file.name), subtitle: .word(Message("name-list.choose-why")),
            crumbs: [Head.Crumb(.word(Message("name-list.lists")), "/name-lists")])
        action = "/name-lists/\(list.id)/choice"
        discardAction = "/name-lists/\(list.id)/discard"
        readAction = "/name-lists/\(list.id)/reading"
        let reading = Self.readFields(list).map { field in errors.map { field.checked($0) } ?? field }
        readFields = reading
        noOffer = offers.offers.isEmpty
        let fields = Self.fields(list, offers, form).map { field in errors.map { field.checked($0) } ?? field
        }
        self.fields = fields
        self.errors = errors.flatMap { $0.summary(of: fields + reading) }
        refused = Table(
            id: "refused", caption: Message("name-list.refused"),
            columns: [
                Table.Column(Message("release.column.entry")), Table.Column(Message("name-list.why-not")),
            ],
            rows: offers.refused.map { [Table.Cell(.data($0.entry)), Table.Cell(.word($0.why))] },
            empty: EmptyState(Message("name-list.refused-none")))
        hasRefused = !offers.refused.isEmpty
    }

    /// Where the table is in the file, when it was not found rightly.
    private static func readFields(_ list: NameList) -> [Field] {
        let header = Field.number(
            "header", Message("name-list.header-line"), value: String(list.headerLine)
        ).required()
        guard list.sheets.count > 1 else { return [header] }
        let sheet = Field.select(
            "sheet", Message("name-list.sheet-choice"),
            list.sheets.map {
                Field.Option($0, .data($0), isChosen: $0 == list.reading.sheet?.name)
            })
        return [sheet, header]
    }

    private static func fields(
        _ list: NameList, _ offers: NameListDesk.Offers, _ form: SubmittedForm?
    ) -> [Field] {
        let key = form?["key"] ?? list.choice?.key ?? ""
        let kind = form?["kind"] ?? list.choice?.kind.rawValue ?? NameListKey.citizenID.rawValue
        let caseNumber = form?["case"] ?? list.choice?.caseNumber ?? ""
        let chosen =
            form?.all("grants") ?? list.choice?.parts.map { "\($0.grant)|\($0.keyColumn)" } ?? []
        func columns(_ value: String) -> [Field.Option] {
            list.columns.map { Field.Option($0, .data($0), isChosen: $0 == value) }
        }
        let grants = offers.offers.flatMap { offer in
            offer.keyColumns.map { column in
                let value = "\(offer.grant.id)|\(column)"
                let isSuggested = chosen.isEmpty && form == nil && column == key
                return Field.Option(
                    value, .data("\(offer.entry) · \(offer.grant.purpose)"), hint: hint(offer, column),
                    isChosen: chosen.contains(value) || isSuggested)
            }
        }
        return [
            Field.select("key", Message("name-list.key-column"), columns(key)).required(),
            Field.radios(
                "kind", Message("name-list.key-kind"),
                NameListKey.allCases.map {
                    Field.Option(
                        $0.rawValue, .word(Message("name-list.kind-\($0.rawValue)")),
                        isChosen: $0.rawValue == kind)
                }
            ).required(),
            Field.select(
                "case", Message("name-list.case-column"),
                [Field.Option("", .word(Message("name-list.case-none")), isChosen: caseNumber.isEmpty)]
                    + columns(caseNumber)
            ).hint(Message("name-list.case-hint")),
            Field.files(
                "authorisations", Message("name-list.authorisations"),
                accept: NameListLimits.attachmentEndings.joined(separator: ","),
                bytesMax: NameListLimits.attachmentBytesMax
            ).hint(
                Message(
                    "name-list.authorisations-hint", ["count": String(list.attachments.count)])),
            Field.ticks("grants", Message("name-list.grants"), grants).required(),
        ]
    }

    private static func hint(_ offer: NameListDesk.Offer, _ column: String) -> Message {
        let left = [
            offer.grant.totalQuota.map { $0 - offer.use.total },
            offer.grant.dailyQuota.map { $0 - offer.use.today },
        ].compactMap { $0 }.min()
        return Message(
            left == nil ? "name-list.offer-hint" : "name-list.offer-hint-quota",
            [
                "provider": offer.provider, "column": column,
                "columns": offer.columns.map(\.column.name).filter { $0 != column }
                    .joined(separator: "、"),
                "asOf": offer.asOf.date().description,
                "left": Written.count(Int(max(0, left ?? 0))),
            ])
    }

    package static let samples: [NameListChoicePage] = {
        let offer = NameListDesk.Offer(
            grant: .sample, entry: "最低生活保障对象信息", provider: "市民政局", keyColumns: ["身份证号"], columns: [],
            requiresCase: false, versionNumber: 3, asOf: Grant.sample.signedAt,
            use: QuotaLedger.Use(total: 12, today: 0))
        return [
            NameListChoicePage(
                .sample(.draft),
                NameListDesk.Offers(
                    offers: [offer], refused: [("不动产登记信息", Message("release.nothing-published"))])),
            NameListChoicePage(
                .sample(.draft), NameListDesk.Offers(offers: [], refused: []),
                errors: FormErrors(NameListError.noGrant.problem)),
        ]
    }()
}

extension Chip {
    static func state(_ state: NameList.State) -> Chip {
        let word = Message("name-list.list-state.\(state.rawValue)")
        return switch state {
        case .draft: Chip(word)
        case .authorised: Chip(word, .info)
        case .settled: Chip(word, .good)
        case .failed: Chip(word, .bad)
        case .unknown: Chip(word, .warn)
        }
    }
}
