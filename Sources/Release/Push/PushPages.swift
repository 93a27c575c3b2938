package import Kernel
import Lake
import Policy
package import Web

/// Pushes, newest first.
package struct PushListPage: Page {
    package static let template = "release/pushes"
    package let title: Message
    package let head: Head
    package let table: Table

    init(_ pushes: [Push], titles: [EntryID: String], count: Int, query: TableQuery, next: String?) {
        title = Message("pushing.pushes")
        head = Head(
            .word(title), subtitle: .word(Message("pushing.pushes-why")),
            otherActs: [Act(Message("pushing.targets"), "/push-targets")])
        table = Table(
            id: "pushes", caption: title, columns: Self.columns, rows: pushes.map { Self.cells($0, titles) },
            count: count, nextHref: query.nextHref(next), firstHref: query.firstHref,
            exportHref: query.exportHref,
            empty: EmptyState(
                Message("pushing.pushes-empty"), act: Act(Message("release.to-grants"), "/grants")))
    }

    /// On the page of a target.
    static func table(_ pushes: [Push], _ titles: [EntryID: String], count: Int) -> Table {
        Table(
            id: "pushes", caption: Message("pushing.pushes"), columns: columns,
            rows: pushes.map { cells($0, titles) }, count: count,
            empty: EmptyState(Message("pushing.pushes-empty")))
    }

    private static let columns = [
        Table.Column(Message("release.column.at")), Table.Column(Message("release.column.entry")),
        Table.Column(Message("pushing.table")),
        Table.Column(Message("release.column.rows-out"), isFigure: true),
        Table.Column(Message("release.column.state")), Table.Column(Message("release.receipt")),
    ]

    private static func cells(_ push: Push, _ titles: [EntryID: String]) -> [Table.Cell] {
        [
            Table.Cell(.moment(push.authorisedAt), href: "/pushes/\(push.id)"),
            Table.Cell(.data(titles[push.entry] ?? ""), href: "/grants/\(push.grant)"),
            Table.Cell(.data("\(push.place.server) \(push.place.name)")),
            Table.Cell(push.rowsOut.map { .count(Int($0)) } ?? .nothing),
            Table.Cell(Chip.state(push.state)),
            push.hasReceipt
                ? Table.Cell(
                    .word(Message("release.download-receipt")), href: "/releases/\(push.id)/receipt")
                : Table.Cell(.nothing),
        ]
    }

    package static let samples = [
        PushListPage([], titles: [:], count: 0, query: .sample("/pushes"), next: nil),
        PushListPage(
            [.sample(.settled), .sample(.authorised)],
            titles: [Push.sample(.settled).entry: "最低生活保障对象信息"], count: 2, query: .sample("/pushes"),
            next: "x"),
    ]
}

/// One push: how far it is, or what came of it.
package struct PushPage: Page {
    package static let template = "release/push"
    package let title: Message
    package let head: Head
    package let problem: Message?
    package let running: WorkProgress?
    package let facts: Facts
    package let verifyCommand: String?
    package let receiptHref: String?
    package let evidenceHref: String?

    struct Surroundings {
        let entry: String
        let provider: String
        let recipient: String
        let actors: Actors
        let isOwn: Bool
        let mayReadEvidence: Bool
    }

    init(_ push: Push, _ around: Surroundings) {
        let number = String(push.id.text.suffix(12))
        let path = "/pushes/\(push.id)"
        title = Message("pushing.push-title", ["number": number])
        var chain: [ChainBar.Stage: ChainBar.Link] = [
            .entry: ChainBar.Link("/catalogue/\(push.entry)"),
            .version: ChainBar.Link("/catalogue/\(push.entry)#versions", note: .count(push.versionNumber)),
            .grant: ChainBar.Link("/grants/\(push.grant)"),
        ]
        if push.hasReceipt { chain[.receipt] = ChainBar.Link("#receipt") }
        head = Head(
            .data(around.entry), subtitle: .data("\(push.place.server) \(push.place.name)"),
            crumbs: [Head.Crumb(.word(Message("pushing.pushes")), "/pushes")],
            chain: ChainBar(at: .release, chain), chips: [.state(push.state)],
            otherActs: push.hasReceipt
                ? [Act(Message("release.download-receipt"), "/releases/\(push.id)/receipt")] : [])
        problem = push.problem
        running =
            push.isRunning
            ? WorkProgress(
                id: "running", region: "push",
                title: Message(
                    "pushing.stage-\(push.stage.rawValue)",
                    [
                        "rows": Written.count(Int(push.rowsDone)),
                        "total": Written.count(Int(push.rowsReserved)),
                    ]), done: Int(push.rowsDone), total: max(1, Int(push.rowsReserved)), href: path,
                cancelAction: around.isOwn && !push.isCancelAsked ? "\(path)/cancellation" : nil,
                isOver: false) : nil
        facts = Self.facts(push, around)
        receiptHref = push.hasReceipt ? "/releases/\(push.id)/receipt" : nil
        verifyCommand =
            push.hasReceipt
            ? "headwaters verify receipt-\(number).json --trust \(ReleaseAPI.keysFile)" : nil
        evidenceHref =
            around.mayReadEvidence ? EvidenceSubjects.recordsHref("release", push.id.text) : nil
    }

    private static func facts(_ push: Push, _ around: Surroundings) -> Facts {
        func rows(_ value: Int64?) -> Table.Cell {
            value.map { Table.Cell(.count(Int($0)), unit: Message("release.rows")) } ?? Table.Cell(.nothing)
        }
        return Facts([
            (Message("release.column.provider"), Table.Cell(.data(around.provider))),
            (Message("release.column.consumer"), Table.Cell(.data(around.recipient))),
            (Message("pushing.by"), Table.Cell(around.actors["account:\(push.account)"])),
            (Message("release.column.at"), Table.Cell(.moment(push.authorisedAt))),
            (Message("release.settled-at"), Table.Cell(push.settledAt.map { .moment($0) } ?? .nothing)),
            (Message("pushing.server"), Table.Cell(.data(push.place.server))),
            (Message("pushing.database"), Table.Cell(.data(push.place.database))),
            (Message("pushing.table"), Table.Cell(.data(push.place.name))),
            (Message("pushing.manner"), Table.Cell(.word(Message("pushing.manner-\(push.manner.rawValue)")))),
            (
                Message("pushing.keys"),
                Table.Cell(push.keyColumns.isEmpty ? .nothing : .data(push.keyColumns.joined(separator: "、")))
            ),
            (Message("release.rows-reserved"), rows(push.rowsReserved)),
            (Message("release.column.rows-out"), rows(push.rowsOut)),
            (Message("pushing.tries"), Table.Cell(.count(push.tries + 1))),
            (
                Message("release.version-number"),
                Table.Cell(.count(push.versionNumber), href: "/catalogue/\(push.entry)#versions")
            ),
            (
                Message("pushing.digest"),
                Table.Cell(push.contentDigest.map { .data($0) } ?? .nothing, isCode: true)
            ),
        ])
    }

    package static let samples: [PushPage] = FileRelease.State.allCases.map { state in
        PushPage(
            .sample(state),
            Surroundings(
                entry: "最低生活保障对象信息", provider: "市民政局", recipient: "源城区人民政府", actors: Actors(),
                isOwn: state != .unknown, mayReadEvidence: state == .settled))
    }
}

extension Push {
    static func sample(_ state: FileRelease.State) -> Push {
        let isSettled = state == .settled
        let target = PushTarget.sample
        let grant = Grant.sample
        return Push(
            id: ReleaseID(high: 22 << 48, low: 1 << 63), target: target.id, recipient: target.unit,
            place: target.place, manner: target.manner, keyColumns: target.keyColumns, state: state,
            stage: state == .authorised ? .staging : .over, rowsDone: 800_000, tries: 1,
            runnerUntil: grant.signedAt, isCancelAsked: false,
            problem: state == .failed ? PushError.keyRepeated(["身份证号"], count: 2).problem.message : nil,
            contentDigest: isSettled ? "lt1:5a963cc073e7aba15f916e33a8877565" : nil, entry: grant.entry,
            grant: grant.id, revision: 1, provider: grant.provider,
            version: VersionID(high: 8 << 48, low: 1 << 63), versionNumber: 3, rowsReserved: 1_000_000,
            rowsOut: isSettled ? 1_000_000 : nil, account: grant.signedBy, authorisedAt: grant.signedAt,
            settledAt: isSettled ? grant.signedAt + .seconds(4) : nil, hasReceipt: isSettled)
    }
}
