import Identity
package import Kernel
package import Web

/// The form that announces an end, below what it would end: of one grant, or of all of an entry.
package struct AnnounceEndPage: Page {
    package static let template = "exchange/announce-end"
    package let title: Message
    package let head: Head
    package let why: Message
    package let rule: Message
    /// Nothing can be announced.
    package let refusal: Message?
    package let affected: Table
    package let action: String
    package let key: String
    /// The grants that were looked at.
    package let seen: String?
    package let fields: [Field]
    package let errors: FormErrors?
    package let backHref: String

    struct Line: Sendable {
        let prospect: EndProspect
        let recipient: String
    }

    struct Wanted {
        let entry: EntryID
        let entryTitle: String
        /// Nil: all of the entry.
        let grant: GrantID?
        let purpose: String
        let earliest: CalendarDate
        let clause: String
        let workingDays: Int
        let key: String
    }

    init(
        _ wanted: Wanted, _ lines: [Line], typed: SubmittedForm = SubmittedForm(),
        errors: FormErrors? = nil
    ) {
        let isWhole = wanted.grant == nil
        title = Message("announced-end.announce")
        backHref = wanted.grant.map { "/grants/\($0)" } ?? "/catalogue/\(wanted.entry)"
        action = wanted.grant.map(AnnouncedEndLinks.of) ?? AnnouncedEndLinks.all(of: wanted.entry)
        head = Head(
            .word(title), subtitle: .data(isWhole ? wanted.entryTitle : wanted.purpose),
            crumbs: [
                isWhole
                    ? Head.Crumb(.word(Message("exchange.catalogue")), "/catalogue")
                    : Head.Crumb(.word(Message("announced-end.grants")), "/grants"),
                Head.Crumb(.data(wanted.entryTitle), backHref),
            ])
        let open = lines.filter(\.prospect.canBeAnnounced)
        why = Message(isWhole ? "announced-end.announce-all-why" : "announced-end.announce-why")
        rule = Message(
            "announced-end.rule",
            [
                "earliest": wanted.earliest.description, "days": "\(wanted.workingDays)",
                "clause": wanted.clause,
            ])
        refusal =
            !open.isEmpty
            ? nil : isWhole ? Message("announced-end.none-to-end") : lines.first.map { Self.standing($0) }
        affected = Self.table(lines)
        key = wanted.key
        seen = isWhole ? open.map(\.prospect.grant.text).joined(separator: ",") : nil
        let fields = [
            Field.date(
                "day", Message("announced-end.day"),
                value: typed.has("day") ? typed["day"] : wanted.earliest.description
            ).required().hint(Message("announced-end.day-hint")),
            Field.area("reason", Message("announced-end.reason"), value: typed["reason"], rows: 2)
                .required().hint(Message("announced-end.reason-hint")),
            Field.text("basis", Message("announced-end.basis"), value: typed["basis"])
                .hint(Message("announced-end.basis-hint")),
            Field.text("successor", Message("announced-end.successor"), value: typed["successor"])
                .hint(Message("announced-end.successor-hint")),
        ].map { field in errors.map { field.checked($0) } ?? field }
        self.fields = fields
        self.errors = errors.flatMap { $0.summary(of: fields) }
    }

    private static func standing(_ line: Line) -> Message {
        switch line.prospect.standing {
        case .open: Message("announced-end.standing.open")
        case .endsBefore: Message("announced-end.standing.ends-before")
        case .announced(_, let day): Message("announced-end.standing.announced", ["day": day.description])
        case .bound: Message("announced-end.standing.bound")
        case .unconfirmed: Message("announced-end.standing.unconfirmed")
        }
    }

    private static func deliveries(of one: EndProspect) -> [Chip] {
        one.deliveries.map { Chip(Message("exchange.delivery.\($0)")) }
            + (one.scheduled > 0
                ? [Chip(Message("announced-end.scheduled", ["count": "\(one.scheduled)"]), .warn)] : [])
    }

    private static func href(_ one: EndProspect) -> String? {
        guard case .announced(let id, _) = one.standing else { return nil }
        return AnnouncedEndLinks.one(id)
    }

    private static func table(_ lines: [Line]) -> Table {
        Table(
            id: "affected", caption: Message("announced-end.affected"),
            columns: ["recipient", "purpose", "until", "deliveries", "last-use", "rows", "standing"].map {
                Table.Column(Message("announced-end.column.\($0)"), isFigure: $0 == "rows")
            },
            rows: lines.map { line in
                let one = line.prospect
                return [
                    Table.Cell(.data(line.recipient), href: "/grants/\(one.grant)"),
                    Table.Cell(
                        .data(one.purpose),
                        note: one.isSuspended ? .word(Message("announced-end.suspended")) : nil),
                    Table.Cell(one.lastDay.map { .date($0) } ?? .nothing),
                    Table.Cell(deliveries(of: one)),
                    Table.Cell(
                        one.lastUse.map { .date($0) } ?? .word(Message("announced-end.never-used"))),
                    Table.Cell(.count(Int(one.rowsUsed))),
                    Table.Cell(.word(standing(line)), href: href(one)),
                ]
            }, count: lines.count, empty: EmptyState(Message("announced-end.none-to-end")))
    }

    package static let samples: [AnnounceEndPage] = {
        let day = CalendarDate(daysSince1970: 20_820)
        func line(_ number: UInt64, _ standing: EndProspect.Standing) -> Line {
            Line(
                prospect: EndProspect(
                    grant: GrantID(high: number << 48, low: 1 << 63),
                    recipient: PartyID(high: 2 << 48, low: 1 << 63), purpose: "行政审批核验",
                    isSuspended: number == 2, lastDay: number == 3 ? nil : day.adding(days: 200),
                    deliveries: ["csv", "lookup"], scheduled: number == 1 ? 2 : 0,
                    lastUse: number == 1 ? day.adding(days: -40) : nil, rowsUsed: 1_532,
                    standing: standing), recipient: "源城区人民政府")
        }
        func wanted(_ grant: GrantID?) -> Wanted {
            Wanted(
                entry: RequestedEntry.sample.id, entryTitle: "法人单位基本信息", grant: grant, purpose: "行政审批核验",
                earliest: day, clause: "本平台数据共享工作规则", workingDays: 20, key: "k")
        }
        let errors = FormErrors(
            Problem(
                .invalid, Message("exchange.fields-invalid"),
                places: [
                    Problem.Place(
                        "day", Message("announced-end.day-early", ["earliest": day.description]))
                ]))
        return [
            AnnounceEndPage(
                wanted(nil),
                [
                    line(1, .open), line(2, .announced(CaseID(high: 1 << 48, low: 1 << 63), day)),
                    line(3, .endsBefore), line(4, .bound), line(5, .unconfirmed),
                ], errors: errors),
            AnnounceEndPage(wanted(GrantID(high: 1 << 48, low: 1 << 63)), [line(1, .endsBefore)]),
        ]
    }()
}
