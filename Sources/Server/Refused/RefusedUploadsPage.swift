package import Kernel
import Policy
package import Web

/// What was refused for a mark of secrecy, newest first: for the security officer.
package struct RefusedUploadsPage: Page {
    package static let template = "server/refused-uploads"
    package let title: Message
    package let head: Head
    package let table: Table

    struct Line {
        let refused: RefusedUpload
        let party: String?
        /// Of whoever brought it, and of whoever released it.
        let actors: Actors
    }

    init(_ lines: [Line], count: Int, query: TableQuery, next: String?, at now: Instant) {
        title = Message("refused.uploads")
        head = Head(.word(title), subtitle: .word(Message("refused.why")))
        table = Self.table(lines, count: count, query: query, next: next, at: now)
    }

    private static func table(
        _ lines: [Line], count: Int, query: TableQuery, next: String?, at now: Instant
    ) -> Table {
        Table(
            id: "refused", caption: Message("refused.uploads"), columns: columns,
            rows: lines.map { line in
                let refused = line.refused
                return [
                    Table.Cell(
                        .moment(refused.at),
                        href: refused.release == nil ? RefusedLinks.release(refused.id) : nil),
                    Table.Cell(.word(Message("upload.door.\(refused.door.rawValue)"))),
                    Table.Cell(.word(refused.finding.message)),
                    Table.Cell(
                        line.party.map { .data($0) } ?? .nothing,
                        note: refused.account.map { line.actors["account:\($0)"] }),
                    Table.Cell(.bytes(Int(refused.bytes))),
                    Table.Cell(.data(refused.digest), isCode: true),
                    state(line, at: now),
                ]
            }, count: count, nextHref: query.nextHref(next), firstHref: query.firstHref,
            exportHref: query.exportHref, empty: EmptyState(Message("refused.none")))
    }

    private static let columns: [Table.Column] = [
        Table.Column(Message("refused.at")), Table.Column(Message("refused.door")),
        Table.Column(Message("refused.finding")), Table.Column(Message("refused.by")),
        Table.Column(Message("refused.bytes"), isFigure: true), Table.Column(Message("refused.digest")),
        Table.Column(Message("refused.state")),
    ]

    private static func state(_ line: Line, at now: Instant) -> Table.Cell {
        guard let release = line.refused.release else {
            return Table.Cell(Chip(Message("refused.state.refused"), .bad))
        }
        return release.until > now
            ? Table.Cell(Chip(Message("refused.state.released"), .warn))
            : Table.Cell(Chip(Message("refused.state.over")))
    }

    /// For the inbox; nil when there is nothing to hear of.
    static func reminder(_ refused: [RefusedUpload]) -> Table? {
        guard !refused.isEmpty else { return nil }
        return Table(
            id: "refused", caption: Message("refused.reminder"),
            columns: [
                Table.Column(Message("refused.at")), Table.Column(Message("refused.door")),
                Table.Column(Message("refused.finding")),
            ],
            rows: refused.map { each in
                [
                    Table.Cell(.moment(each.at), href: RefusedLinks.release(each.id)),
                    Table.Cell(.word(Message("upload.door.\(each.door.rawValue)"))),
                    Table.Cell(.word(each.finding.message)),
                ]
            }, count: refused.count, empty: EmptyState(Message("refused.none")))
    }

    package static let samples: [RefusedUploadsPage] = {
        let query = TableQuery(path: RefusedLinks.all, query: SubmittedForm(), sortable: [], order: "")
        let (at, account) = (Instant(microseconds: 0), AccountID.new())
        func line(_ place: SecrecyFinding.Place, _ release: RefusedUpload.Release? = nil) -> Line {
            Line(
                refused: RefusedUpload(
                    id: .new(), door: .filing, digest: String(repeating: "a1", count: 32), bytes: 20_480,
                    finding: SecrecyFinding("机密", place), party: nil, account: account, at: at,
                    release: release), party: "市民政局", actors: Actors())
        }
        let release = RefusedUpload.Release(
            by: account, at: at, until: at + .seconds(86_400), reason: "文件为密级代码表，核实不涉密")
        return [
            RefusedUploadsPage([], count: 0, query: query, next: nil, at: at),
            RefusedUploadsPage(
                [
                    line(.cell(sheet: 1, address: "A1")), line(.name, release), line(.headerOrFooter),
                ], count: 3, query: query, next: nil, at: at),
        ]
    }()
}

enum RefusedLinks {
    static let all = "/refused-uploads"
    static func release(_ id: RefusedUploadID) -> String { "\(all)/\(id)/release" }
}
