import Casework
import Identity
import Kernel
import Web

/// Cases as rows: on the inbox, on the front page, where several are done at once.
struct InboxTable {
    let tray: Inbox.Tray
    let lines: [Inbox.Line]
    let naming: InboxPage.Naming
    var query: TableQuery?
    var mayChoose = false

    private enum Field: CaseIterable { case title, applicant, state, due, provider, holders, since, changed }

    func table(filter: Table.Filter?, count: Int?, next: String?, empty: EmptyState) -> Table {
        let waits: [Field] = [.title, .applicant, .provider, .state, .holders, .since, .due, .changed]
        let plain: [Field] = [.title, .applicant, .state, .due, .provider, .changed]
        return table(
            tray == .waiting || tray == .watched ? waits : plain, filter: filter, count: count, next: next,
            empty: empty)
    }

    /// For the front page, without the last columns.
    func short(count: Int?) -> Table {
        table(
            [.title, .applicant, .state, .due], filter: nil, count: count, next: nil,
            empty: EmptyState(
                Message("exchange.inbox-empty"), act: Act(Message("exchange.find-data"), "/catalogue")))
    }

    private func table(
        _ fields: [Field], filter: Table.Filter?, count: Int?, next: String?, empty: EmptyState
    ) -> Table {
        Table(
            id: "cases", caption: tray.word, columns: fields.map(column),
            rows: lines.map { line in fields.map { cell($0, line) } }, filter: filter, count: count,
            countMax: Inbox.countMax, nextHref: query?.nextHref(next), firstHref: query?.firstHref,
            exportHref: query?.exportHref, workbookHref: query?.workbookHref, empty: empty)
    }

    private func column(_ field: Field) -> Table.Column {
        func sortable(_ key: InboxOrder.Key, _ title: Message) -> Table.Column {
            query?.column(key.rawValue, title) ?? Table.Column(title)
        }
        return switch field {
        case .title: Table.Column(Message("exchange.column.case"))
        case .applicant: Table.Column(Message("exchange.column.asks"))
        case .state: Table.Column(Message("exchange.column.state"))
        case .due: sortable(.due, Message("exchange.column.due"))
        case .provider: Table.Column(Message("exchange.column.asked"))
        case .holders: Table.Column(Message("exchange.column.waits-for"))
        case .since: Table.Column(Message("exchange.column.waits-since"))
        case .changed: sortable(.changed, Message("exchange.column.changed"))
        }
    }

    private func cell(_ field: Field, _ line: Inbox.Line) -> Table.Cell {
        func unit(_ party: PartyID?) -> Table.Cell {
            Table.Cell(party.map { .data(naming.party($0)) } ?? .nothing)
        }
        return switch field {
        case .title:
            Table.Cell(
                .data(line.title), href: CaseLinks.page(line.id, kind: line.kind),
                note: line.hasPaper
                    ? .word(Message("paper.chip"))
                    : line.kind == SharingWorkflow.kind ? nil : .word(CaseLinks.kindWord(line.kind)),
                choice: mayChoose
                    ? Self.choice(BatchChoice(id: line.id, revision: line.revision), line.title) : nil)
        case .applicant: unit(CaseLinks.asking(line.seats))
        case .state:
            Table.Cell(CaseLinks.chip(line.state, kind: line.kind))
        case .due:
            Table.Cell(
                line.due.map { .date($0) } ?? .nothing,
                note: line.isOverdue
                    ? .word(Message("casework.clock.overdue"))
                    : line.isProvisional ? .word(Message("exchange.provisional")) : nil)
        case .provider: unit(CaseLinks.asked(line.seats))
        case .holders: holders(line)
        case .since: Table.Cell(line.since.map { .moment($0) } ?? .nothing)
        case .changed: Table.Cell(.moment(line.changedAt))
        }
    }

    /// The units whose turn it is, and beneath them the posts or roles.
    private func holders(_ line: Inbox.Line) -> Table.Cell {
        guard let first = line.holders.first else { return Table.Cell(.nothing) }
        let units = line.holders.reduce(into: [String]()) { names, holder in
            let name = naming.party(holder.party)
            if !names.contains(name) { names.append(name) }
        }
        let post = first.post.flatMap(naming.post)
        return Table.Cell(
            .data(units.joined(separator: "、")),
            note: post.map { .data($0) } ?? .word(Message("web.role.\(first.role.rawValue)")))
    }

    static func choice(_ choice: BatchChoice, _ title: String, isChosen: Bool = false) -> Table.Choice {
        Table.Choice(
            form: InboxPage.batchForm, name: "case", value: choice.text, isChosen: isChosen,
            title: Message("exchange.batch-choose", ["title": title]))
    }

    static let sampleReminder = Table(
        id: "reminders", caption: Message("exchange.inbox"),
        columns: [Table.Column(Message("exchange.column.case"))], rows: [[Table.Cell(.data("低保对象信息"))]],
        empty: EmptyState(Message("exchange.inbox-empty")))
}

extension Inbox.Line {
    static let sample = Inbox.Line(
        id: CaseID(high: 1 << 48, low: 1 << 63), kind: SharingWorkflow.kind, title: "法人单位基本信息",
        state: "decision", revision: 4, due: CalendarDate(daysSince1970: 20_790), isOverdue: true,
        isProvisional: true, changedAt: Instant(microseconds: 1_795_600_000_000_000),
        seats: [SharingWorkflow.Seat.applicant: PartyID(high: 2 << 48, low: 1 << 63)],
        holders: [
            CaseHolder(
                party: PartyID(high: 2 << 48, low: 1 << 63), role: .departmentCDO,
                post: PostID(high: 4 << 48, low: 1 << 63))
        ], since: Instant(microseconds: 1_795_600_000_000_000), hasPaper: true)
}

extension Casework.Notice {
    static let sampleNotice = Casework.Notice(
        id: NoticeID(high: 3 << 48, low: 1 << 63), caseID: Inbox.Line.sample.id, kind: SharingWorkflow.kind,
        party: PartyID(high: 2 << 48, low: 1 << 63), role: .consumer, occasion: "agree",
        message: Message("exchange.told.agree", ["title": "法人单位基本信息"]),
        at: Instant(microseconds: 1_795_600_000_000_000), seenAt: nil)
}

extension WatchNews {
    static let sample = WatchNews(
        id: Inbox.Line.sample.id, kind: SharingWorkflow.kind, title: "法人单位基本信息", state: "granted",
        at: Instant(microseconds: 1_795_600_000_000_000))
}
