package import Kernel
package import Web

/// What a department files for one hook: this period's file, where each period stands, and what came so far.
package struct FilingsPage: Page {
    package struct Sending: Sendable {
        package let action: String
        package let fields: [Field]
        /// Where the word is given that there is nothing to report; nil when every period is settled.
        package let nothingHref: String?
    }

    package static let template = "hooking/filings"
    package let title: Message
    package let head: Head
    /// Nil for whoever may only look, and while the hook is paused.
    package let sending: Sending?
    package let errors: FormErrors?
    package let facts: Facts?
    package let periods: Table?
    package let filings: Table
    /// Nothing is agreed yet: where a steward does that.
    package let dutyHref: String?

    struct Content {
        let hook: Hook
        let duty: FilingDuty?
        let periods: [PeriodStanding]
        let filings: [Filing]
        let names: [AccountID: String]
        let bytesMax: Int
        let mayFile: Bool
        let mayAgree: Bool
        /// What was typed, when it has to be put right.
        var typed = SubmittedForm()
        var errors = FormErrors()
    }

    init(_ place: HookingPlace, _ content: Content) {
        title = Message("hooking.filings")
        let links = FilingLinks(content.hook.id)
        let agree = Act(Message("hooking.duty-change"), links.duty)
        let foremost = content.periods.foremost
        head = Head(
            .word(title), subtitle: .data(place.entryTitle), crumbs: place.crumbs,
            chain: place.chain(at: .hook), chips: foremost.map { $0.chips } ?? [],
            otherActs: content.duty != nil && content.mayAgree ? [agree] : [])
        let form = content.duty.flatMap { duty in
            content.mayFile && content.hook.state == .active
                ? Self.sending(content, duty, foremost, links) : nil
        }
        sending = form
        errors = content.errors.summary(of: form?.fields ?? [])
        facts = content.duty.map(Self.facts)
        periods = content.duty.map { _ in Self.periods(content, links) }
        filings = Self.filings(content)
        dutyHref = content.duty == nil && content.mayAgree ? links.duty : nil
    }

    private static func sending(
        _ content: Content, _ duty: FilingDuty, _ foremost: PeriodStanding?, _ links: FilingLinks
    ) -> Sending {
        let typed = content.typed
        let period = typed.has("period") ? typed["period"] : foremost?.period.description ?? ""
        let manner = typed.has("manner") ? typed["manner"] : duty.terms.manner.rawValue
        let manners = Filing.Manner.allCases.filter { $0 != .overlay || !duty.terms.rowKey.isEmpty }
        let fields = [
            Field.select(
                "period", Message("hooking.period"),
                content.periods.map { standing in
                    Field.Option(
                        standing.period.description, .word(standing.period.message),
                        isChosen: standing.period.description == period)
                }
            ).required(),
            Field.radios(
                "manner", Message("hooking.manner"),
                manners.map { each in
                    Field.Option(
                        each.rawValue, .word(each.message),
                        hint: Message("hooking.manner-hint.\(each.rawValue)"),
                        isChosen: each.rawValue == manner)
                }
            ).required(),
            Field.file(
                "file", Message("hooking.file"), accept: "\(Upload.accepted),\(DataPackage.ending)",
                bytesMax: content.bytesMax
            )
            .required().hint(Message("hooking.filing-file-hint")),
        ].map { $0.checked(content.errors) }
        let isOpen = content.periods.contains { $0.filing == nil }
        return Sending(
            action: links.filings, fields: fields, nothingHref: isOpen ? links.nothing(nil) : nil)
    }

    private static func facts(_ duty: FilingDuty) -> Facts {
        Facts([
            (Message("hooking.cadence"), Table.Cell(.word(duty.terms.cadence.message))),
            (Message("hooking.deadline"), Table.Cell(.word(duty.deadlineMessage))),
            (
                Message("hooking.row-key"),
                Table.Cell(
                    duty.terms.rowKey.isEmpty ? .nothing : .data(duty.terms.rowKey.joined(separator: "、")))
            ),
            (Message("hooking.since"), Table.Cell(.word(duty.firstPeriod.message))),
        ])
    }

    private static func periods(_ content: Content, _ links: FilingLinks) -> Table {
        Table(
            id: "periods", caption: Message("hooking.periods"),
            columns: [
                .init(Message("hooking.period")), .init(Message("hooking.deadline")),
                .init(Message("hooking.state")), .init(Message("hooking.filed-at")),
                .init(Message("hooking.filed-what")),
            ],
            rows: content.periods.map { standing in
                let filing = standing.filing
                let nothing = content.mayFile && filing == nil
                return [
                    Table.Cell(.word(standing.period.message)),
                    Table.Cell(
                        .date(standing.deadline),
                        note: standing.isProvisional ? .word(Message("hooking.provisional")) : nil),
                    Table.Cell(standing.chips),
                    filing.map {
                        Table.Cell(.moment($0.filedAt), href: $0.attempt.map(HookingLinks.attempt))
                    } ?? Table.Cell(.nothing),
                    nothing
                        ? Table.Cell(
                            .word(Message("hooking.nothing-act")), href: links.nothing(standing.period))
                        : filing.map { Table.Cell($0.what) } ?? Table.Cell(.nothing),
                ]
            }, count: content.periods.count, empty: EmptyState(Message("hooking.no-periods")))
    }

    private static func filings(_ content: Content) -> Table {
        let current = content.hook.currentVersion
        return Table(
            id: "filings", caption: Message("hooking.filings-so-far"),
            columns: [
                .init(Message("hooking.filed-at")), .init(Message("hooking.period")),
                .init(Message("hooking.filed-what")), .init(Message("hooking.manner")),
                .init(Message("hooking.channel")), .init(Message("hooking.outcome")),
                .init(Message("hooking.by")), .init(Message("hooking.undo")),
            ],
            rows: content.filings.map { filing in
                let mayUndo = content.mayFile && filing.canBeUndone(serving: current)
                return [
                    Table.Cell(.moment(filing.filedAt), href: filing.attempt.map(HookingLinks.attempt)),
                    Table.Cell(filing.period.map { .word($0.message) } ?? .nothing),
                    Table.Cell(filing.what),
                    Table.Cell(filing.kind == .file ? .word(filing.manner.message) : .nothing),
                    Table.Cell(.word(filing.channel.message)), Table.Cell(filing.chip),
                    Table.Cell(content.names[filing.filedBy].map { .data($0) } ?? .nothing),
                    mayUndo
                        ? Table.Cell(
                            .word(Message("hooking.undo-act")), href: FilingLinks.undoing(filing.id))
                        : Table.Cell(.nothing),
                ]
            }, empty: EmptyState(Message("hooking.no-filings")))
    }

    package static let samples: [FilingsPage] = {
        var typed = FormErrors()
        typed.add("file", Message("web.field-needed"))
        let full = Content(
            hook: HookPage.sampleHook, duty: .sample, periods: PeriodStanding.samples,
            filings: Filing.samples, names: [:], bytesMax: 4 << 30, mayFile: true, mayAgree: true,
            errors: typed)
        let bare = Content(
            hook: HookPage.sampleHook, duty: nil, periods: [], filings: [], names: [:], bytesMax: 4 << 30,
            mayFile: true, mayAgree: true)
        let settled = Content(
            hook: HookPage.sampleHook, duty: .sample,
            periods: PeriodStanding.samples.filter { $0.filing != nil }, filings: [], names: [:],
            bytesMax: 4 << 30, mayFile: true, mayAgree: false)
        return [full, bare, settled].map { FilingsPage(.sample, $0) }
    }()
}

/// Where the pages of filings are.
struct FilingLinks {
    static let board = "/filings"

    private let hook: HookID
    init(_ hook: HookID) { self.hook = hook }

    var filings: String { "\(HookingLinks.hook(hook))/filings" }
    var duty: String { "\(HookingLinks.hook(hook))/duty" }
    var dutyEnd: String { "\(duty)/end" }
    func nothing(_ period: Period?) -> String {
        "\(filings)/nothing" + (period.map { "?period=\($0)" } ?? "")
    }
    static func undoing(_ id: FilingID) -> String { "/filings/\(id)/undoing" }
}
