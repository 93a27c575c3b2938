package import Kernel
import Policy
package import Web

/// Releases and their receipts, newest first.
package struct ReleaseListPage: Page {
    package static let template = "release/releases"
    package let title: Message
    package let head: Head
    package let table: Table

    init(_ releases: [FileRelease], count: Int, next: String?) {
        title = Message("release.releases")
        head = Head(.word(Message("release.releases")))
        table = Self.table(releases, count: count, next: next)
    }

    static func table(_ releases: [FileRelease], count: Int, next: String?) -> Table {
        Table(
            id: "releases", caption: Message("release.releases"),
            columns: [
                Table.Column(Message("release.column.release")), Table.Column(Message("release.column.at")),
                Table.Column(Message("release.format")),
                Table.Column(Message("release.column.rows-out"), isFigure: true),
                Table.Column(Message("release.column.withheld"), isFigure: true),
                Table.Column(Message("release.column.state")),
            ],
            rows: releases.map { release in
                [
                    Table.Cell(
                        .data(String(release.id.text.suffix(12))), href: "/releases/\(release.id)",
                        isCode: true),
                    Table.Cell(.moment(release.authorisedAt)),
                    Table.Cell(.word(Message("release.delivery.\(release.delivery.rawValue)"))),
                    Table.Cell(release.rowsOut.map { .count(Int($0)) } ?? .nothing),
                    Table.Cell(release.rowsWithheld.map { .count(Int($0)) } ?? .nothing),
                    Table.Cell(Chip.state(release.state)),
                ]
            }, count: count, nextHref: next, empty: EmptyState(Message("release.releases-empty")))
    }

    package static let samples = [
        ReleaseListPage([], count: 0, next: nil),
        ReleaseListPage([.sample], count: 1, next: "/receipts?after=x"),
    ]
}

/// One release: what left, under which grant, and the proof of it.
package struct ReleasePage: Page {
    package static let template = "release/release"
    package let title: Message
    package let head: Head
    package let problem: Message?
    package let facts: Facts
    package let fileHref: String?
    package let fileName: String?
    package let receiptHref: String?
    package let verifyCommand: String?
    package let evidenceHref: String?

    init(_ release: FileRelease, mayDownload: Bool, mayReadEvidence: Bool) {
        title = Message("release.release-title", ["release": String(release.id.text.suffix(12))])
        var chain: [ChainBar.Stage: ChainBar.Link] = [
            .entry: ChainBar.Link("/catalogue/\(release.entry)"),
            .grant: ChainBar.Link("/grants/\(release.grant)"),
        ]
        if release.hasReceipt { chain[.receipt] = ChainBar.Link("/api/v1/releases/\(release.id)/receipt") }
        head = Head(
            .data(String(release.id.text.suffix(12))),
            crumbs: [Head.Crumb(.word(Message("release.releases")), "/receipts")],
            chain: ChainBar(at: .release, chain), chips: [.state(release.state)])
        problem = release.problem
        func figure(_ value: Int64?) -> Table.Cell { Table.Cell(value.map { .count(Int($0)) } ?? .nothing) }
        facts = Facts([
            (Message("release.column.at"), Table.Cell(.moment(release.authorisedAt))),
            (Message("release.settled-at"), Table.Cell(release.settledAt.map { .moment($0) } ?? .nothing)),
            (
                Message("release.format"),
                Table.Cell(.word(Message("release.delivery.\(release.delivery.rawValue)")))
            ),
            (Message("release.column.rows-out"), figure(release.rowsOut)),
            (Message("release.column.withheld"), figure(release.rowsWithheld)),
            (Message("release.rows-reserved"), figure(release.rowsReserved)),
            (Message("release.version-number"), figure(Int64(release.versionNumber))),
            (Message("release.file-bytes"), Table.Cell(release.bytes.map { .bytes(Int($0)) } ?? .nothing)),
            (
                Message("release.file-sha256"),
                Table.Cell(release.sha256.map { .data($0) } ?? .nothing, isCode: true)
            ),
        ])
        let isSettled = release.state == .settled
        fileHref = isSettled && mayDownload ? "/releases/\(release.id)/file" : nil
        fileName = isSettled && mayDownload ? release.fileName : nil
        receiptHref = release.hasReceipt ? "/releases/\(release.id)/receipt" : nil
        verifyCommand =
            release.hasReceipt
            ? "headwaters verify receipt-\(release.id.text.suffix(12)).json --trust node.pem --released \(release.fileName)"
            : nil
        evidenceHref = mayReadEvidence ? "/evidence?kind=release&subject=\(release.id)" : nil
    }

    package static let samples = [
        ReleasePage(.sample, mayDownload: true, mayReadEvidence: true),
        ReleasePage(.failedSample, mayDownload: false, mayReadEvidence: false),
    ]
}

extension Chip {
    static func state(_ state: FileRelease.State) -> Chip {
        let word = Message("release.state.\(state.rawValue)")
        return switch state {
        case .authorised: Chip(word, .info)
        case .settled: Chip(word, .good)
        case .failed: Chip(word, .bad)
        case .unknown: Chip(word, .warn)
        }
    }
}

extension FileRelease {
    static let sample = sample(.settled)
    static let failedSample = sample(.failed)

    private static func sample(_ state: State) -> FileRelease {
        let isSettled = state == .settled
        return FileRelease(
            id: ReleaseID(high: 7 << 48, low: 1 << 63), grant: Grant.sample.id, revision: 1,
            entry: Grant.sample.entry, version: VersionID(high: 8 << 48, low: 1 << 63), versionNumber: 3,
            provider: Grant.sample.provider, recipient: PartyID(high: 4 << 48, low: 1 << 63), delivery: .csv,
            state: state, rowsReserved: 1_532, rowsOut: isSettled ? 1_532 : nil,
            rowsWithheld: isSettled ? 8_454 : nil, bytes: isSettled ? 54_440 : nil,
            sha256: isSettled ? "5a963cc073e7aba15f916e33a8877565" : nil,
            problem: isSettled ? nil : Message("release.fault"), requestedBy: Grant.sample.signedBy,
            authorisedAt: Grant.sample.signedAt, leaseUntil: Grant.sample.signedAt + .seconds(3_600),
            settledAt: Grant.sample.signedAt + .seconds(2),
            authorisedLeaf: LeafID(high: 9 << 48, low: 1 << 63),
            settledLeaf: LeafID(high: 10 << 48, low: 1 << 63), hasReceipt: isSettled)
    }
}
