package import Kernel
package import Web

/// Certificates of destruction that are owed, overdue or given.
package struct EndOfUseListPage: Page {
    package static let template = "exchange/ends"
    package let title: Message
    package let head: Head
    package let table: Table

    struct Line {
        let end: EndOfUse
        let entry: String
        let provider: String
        let recipient: String
    }

    init(_ lines: [Line], count: Int, on today: CalendarDate, query: TableQuery, next: String?) {
        title = Message("life.ends")
        head = Head(.word(title), subtitle: .word(Message("life.ends-why")))
        let standing = query.value("standing")
        let filter = query.filter([
            .select(
                "standing", Message("life.column.standing"),
                [Field.Option("", .word(Message("exchange.any")), isChosen: standing.isEmpty)]
                    + EndOfUse.Standing.allCases.map {
                        Field.Option(
                            $0.rawValue, .word(Message("life.standing.\($0.rawValue)")),
                            isChosen: standing == $0.rawValue)
                    })
        ])
        table = Self.table(
            lines, count: count, on: today, caption: title, filter: filter, query: query, next: next)
    }

    static func table(
        _ lines: [Line], count: Int, on today: CalendarDate, caption: Message, filter: Table.Filter? = nil,
        query: TableQuery? = nil, next: String? = nil
    ) -> Table {
        Table(
            id: "ends", caption: caption,
            columns: ["entry", "recipient", "provider", "ended", "due", "taken", "standing"].map {
                Table.Column(Message("life.column.\($0)"), isFigure: $0 == "taken")
            },
            rows: lines.map { line in
                [
                    Table.Cell(.data(line.entry), href: "/end-of-use/\(line.end.grant)"),
                    Table.Cell(.data(line.recipient)), Table.Cell(.data(line.provider)),
                    Table.Cell(.date(line.end.endedAt.date())), Table.Cell(.date(line.end.dueOn)),
                    Table.Cell(.count(line.end.taken.count)),
                    Table.Cell(chip(line.end.standing(on: today))),
                ]
            }, filter: filter, count: count, nextHref: query?.nextHref(next), firstHref: query?.firstHref,
            exportHref: query?.exportHref, empty: EmptyState(Message("life.ends-empty")))
    }

    static func chip(_ standing: EndOfUse.Standing) -> Chip {
        let word = Message("life.standing.\(standing.rawValue)")
        return switch standing {
        case .owed: Chip(word, .warn)
        case .overdue: Chip(word, .bad)
        case .given: Chip(word, .good)
        }
    }

    package static let samples: [EndOfUseListPage] = {
        let query = TableQuery(path: "/end-of-use", query: SubmittedForm(), sortable: [], order: "due")
        return [
            EndOfUseListPage([], count: 0, on: EndOfUse.sample.dueOn, query: query, next: nil),
            EndOfUseListPage(
                [.sample], count: 2, on: EndOfUse.sample.dueOn.adding(days: 1), query: query, next: "x"),
        ]
    }()
}

/// What one grant left behind, and the certificate that it is gone.
package struct EndOfUsePage: Page {
    package static let template = "exchange/end"
    package let title: Message
    package let head: Head
    package let due: Message?
    package let taken: Table
    package let certificate: Facts?
    package let attachments: Table?
    package let action: String?
    package let fields: [Field]
    package let errors: FormErrors?

    init(
        _ line: EndOfUseListPage.Line, on today: CalendarDate, mayCertify: Bool,
        typed: SubmittedForm = SubmittedForm(), errors: FormErrors? = nil
    ) {
        let end = line.end
        title = Message("life.end", ["entry": line.entry])
        head = Head(
            .data(line.entry), subtitle: .data("\(line.provider) → \(line.recipient)"),
            crumbs: [Head.Crumb(.word(Message("life.ends")), "/end-of-use")],
            chain: ChainBar(
                at: .release,
                [
                    .entry: ChainBar.Link("/catalogue/\(end.entry)"),
                    .grant: ChainBar.Link("/grants/\(end.grant)"),
                ]), chips: [EndOfUseListPage.chip(end.standing(on: today))])
        due =
            end.certificate == nil
            ? Message("life.due", ["due": end.dueOn.description, "clause": end.clause]) : nil
        taken = Table(
            id: "taken", caption: Message("life.taken"),
            columns: ["release", "delivery", "rows", "digest"].map {
                Table.Column(Message("life.column.\($0)"), isFigure: $0 == "rows")
            },
            rows: end.taken.map { each in
                [
                    Table.Cell(.moment(each.at), href: "/releases/\(each.release)"),
                    Table.Cell(
                        .word(Message("exchange.delivery.\(each.delivery)")),
                        note: each.target.map { .data($0) }),
                    Table.Cell(.count(Int(each.rows))),
                    Table.Cell(each.sha256.map { .data($0) } ?? .nothing, isCode: true),
                ]
            }, count: end.taken.count, empty: EmptyState(Message("life.taken-empty")))
        certificate = end.certificate.map(Self.facts)
        attachments = end.certificate.flatMap { given in
            given.attachments.isEmpty ? nil : Self.table(given.attachments)
        }
        action = mayCertify ? "/end-of-use/\(end.grant)/certificate" : nil
        let shown =
            mayCertify ? Self.fields(typed).map { field in errors.map { field.checked($0) } ?? field } : []
        fields = shown
        self.errors = errors?.summary(of: shown)
    }

    private static func facts(_ given: DestructionCertificate) -> Facts {
        Facts([
            (Message("life.what"), Table.Cell(.data(given.what))),
            (Message("life.how"), Table.Cell(.data(given.how))),
            (Message("life.on"), Table.Cell(.date(given.on))),
            (Message("life.by-whom"), Table.Cell(.data(given.byWhom))),
            (Message("life.witness"), Table.Cell(.data(given.witness))),
            (Message("life.given-at"), Table.Cell(given.givenAt.map { .moment($0) } ?? .nothing)),
        ])
    }

    private static func table(_ attachments: [DestructionCertificate.Attachment]) -> Table {
        Table(
            id: "attachments", caption: Message("life.attachments"),
            columns: ["file", "digest"].map { Table.Column(Message("life.column.\($0)")) },
            rows: attachments.map {
                [
                    Table.Cell(.data($0.name), note: .bytes($0.bytes)),
                    Table.Cell(.data($0.sha256), isCode: true),
                ]
            }, count: attachments.count, empty: EmptyState(Message("life.taken-empty")))
    }

    private static func fields(_ typed: SubmittedForm) -> [Field] {
        [
            Field.area("what", Message("life.what"), value: typed["what"], rows: 2).required().hint(
                Message("life.what-hint")),
            Field.area("how", Message("life.how"), value: typed["how"], rows: 2).required().hint(
                Message("life.how-hint")),
            Field.date("on", Message("life.on"), value: typed["on"]).required(),
            Field.text("byWhom", Message("life.by-whom"), value: typed["byWhom"]).required(),
            Field.text("witness", Message("life.witness"), value: typed["witness"]).required(),
            Field.files("attachments", Message("life.attachments"), accept: "").hint(
                Message("life.attachments-hint")),
        ]
    }

    package static let samples: [EndOfUsePage] = {
        let line = EndOfUseListPage.Line.sample
        let errors = FormErrors(
            Problem(
                .invalid, Message("exchange.fields-invalid"),
                places: [Problem.Place("how", Message("exchange.field-required"))]))
        var given = line.end
        given.certificate = DestructionCertificate(
            what: "全部 CSV 文件及其副本", how: "介质消磁", on: line.end.dueOn, byWhom: "信息科", witness: "办公室",
            attachments: [.init(name: "销毁记录.pdf", bytes: 1_024, sha256: "5a963cc073e7aba15f916e33a8877565")])
        return [
            EndOfUsePage(line, on: line.end.dueOn, mayCertify: true, errors: errors),
            EndOfUsePage(
                .init(end: given, entry: line.entry, provider: line.provider, recipient: line.recipient),
                on: line.end.dueOn, mayCertify: false),
        ]
    }()
}

extension EndOfUse {
    static let sample = EndOfUse(
        grant: GrantID(high: 1 << 48, low: 1 << 63), entry: RequestedEntry.sample.id,
        provider: RequestedEntry.sample.provider, recipient: PartyID(high: 3 << 48, low: 1 << 63),
        endedAt: Instant(microseconds: 1_795_600_000_000_000), dueOn: CalendarDate(daysSince1970: 20_810),
        clause: "本平台数据共享工作规则",
        taken: [
            Taken(
                release: ReleaseID(high: 7 << 48, low: 1 << 63),
                at: Instant(microseconds: 1_795_500_000_000_000), delivery: "csv", rows: 1_532,
                sha256: "5a963cc073e7aba15f916e33a8877565"),
            Taken(
                release: ReleaseID(high: 7 << 48, low: 1 << 62),
                at: Instant(microseconds: 1_795_500_000_000_000), delivery: "push", rows: 1_532,
                sha256: nil, target: "县级业务库（10.0.0.8/civil public.low_income）"),
        ], certificate: nil)
}

extension EndOfUseListPage.Line {
    static let sample = EndOfUseListPage.Line(
        end: .sample, entry: "法人单位基本信息", provider: "市市场监督管理局", recipient: "源城区人民政府")
}
