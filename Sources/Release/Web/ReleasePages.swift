package import Kernel
import Policy
package import Web

/// Releases and their receipts, newest first.
package struct ReleaseListPage: Page {
    package static let template = "release/releases"
    package let title: Message
    package let head: Head
    package let table: Table

    init(
        _ releases: [FileRelease], titles: [EntryID: String], names: [PartyID: String], count: Int,
        query: TableQuery, next: String?
    ) {
        title = Message("release.releases")
        head = Head(.word(title), subtitle: .word(Message("release.releases-why")))
        let state = query.value("state")
        table = Table(
            id: "releases", caption: Message("release.releases"),
            columns: [
                Table.Column(Message("release.column.at")), Table.Column(Message("release.column.entry")),
                Table.Column(Message("release.column.consumer")),
            ] + Self.columns,
            rows: releases.map { release in
                [
                    Table.Cell(.moment(release.authorisedAt), href: "/releases/\(release.id)"),
                    Table.Cell(
                        .data(titles[release.entry] ?? ""), href: "/grants/\(release.grant)"),
                    Table.Cell(.data(names[release.recipient] ?? "")),
                ] + Self.cells(release)
            },
            filter: query.filter([
                .select(
                    "state", Message("release.column.state"),
                    [Field.Option("", .word(Message("release.any")), isChosen: state.isEmpty)]
                        + FileRelease.State.allCases.map {
                            Field.Option(
                                $0.rawValue, .word(Message("release.state.\($0.rawValue)")),
                                isChosen: $0.rawValue == state)
                        })
            ]), count: count, nextHref: query.nextHref(next), firstHref: query.firstHref,
            exportHref: query.exportHref,
            empty: EmptyState(
                Message("release.releases-empty"), act: Act(Message("release.to-grants"), "/grants")))
    }

    /// On the page of the grant they were made under.
    static func table(of releases: [FileRelease], count: Int) -> Table {
        Table(
            id: "releases", caption: Message("release.releases"),
            columns: [Table.Column(Message("release.column.at"))] + columns,
            rows: releases.map { release in
                [Table.Cell(.moment(release.authorisedAt), href: "/releases/\(release.id)")] + cells(release)
            }, count: count, empty: EmptyState(Message("release.releases-empty")))
    }

    private static let columns = [
        Table.Column(Message("release.format")),
        Table.Column(Message("release.column.rows-out"), isFigure: true),
        Table.Column(Message("release.column.withheld"), isFigure: true),
        Table.Column(Message("release.column.state")), Table.Column(Message("release.receipt")),
    ]

    private static func cells(_ release: FileRelease) -> [Table.Cell] {
        [
            Table.Cell(.word(Message("release.delivery.\(release.delivery.rawValue)"))),
            Table.Cell(release.rowsOut.map { .count(Int($0)) } ?? .nothing),
            Table.Cell(release.rowsWithheld.map { .count(Int($0)) } ?? .nothing),
            Table.Cell(Chip.state(release.state)),
            release.hasReceipt
                ? Table.Cell(
                    .word(Message("release.download-receipt")), href: "/releases/\(release.id)/receipt")
                : Table.Cell(.nothing),
        ]
    }

    package static let samples = [
        ReleaseListPage(
            [], titles: [:], names: [:], count: 0, query: .sample("/receipts"), next: nil),
        ReleaseListPage(
            [.sample, .failedSample], titles: [FileRelease.sample.entry: "最低生活保障对象信息"],
            names: [FileRelease.sample.recipient: "源城区人民政府"], count: 2, query: .sample("/receipts"), next: "x"
        ),
    ]
}

/// One release: what left, under which grant, and the proof of it.
package struct ReleasePage: Page {
    package static let template = "release/release"
    package let title: Message
    package let head: Head
    package let problem: Message?
    package let facts: Facts
    package let fileName: String?
    package let receiptHref: String?
    package let verifyCommand: String?
    package let evidenceHref: String?
    /// What was taken away on media; nil for what cannot be.
    package let handOvers: Table?

    struct Surroundings {
        let entry: String
        let provider: String
        let recipient: String
        /// Of which this release is a part.
        let list: ReleaseID?
        let handOvers: [HandOver]
        let mayDownload: Bool
        let mayReadEvidence: Bool
        /// Of the grant.
        var nature = Grant.Nature.ordinary
    }

    init(_ release: FileRelease, _ around: Surroundings) {
        let number = String(release.id.text.suffix(12))
        title = Message("release.release-title", ["release": number])
        var chain: [ChainBar.Stage: ChainBar.Link] = [
            .entry: ChainBar.Link("/catalogue/\(release.entry)"),
            .version: ChainBar.Link(
                "/catalogue/\(release.entry)#versions",
                note: .count(release.versionNumber)),
            .grant: ChainBar.Link("/grants/\(release.grant)"),
        ]
        if release.hasReceipt { chain[.receipt] = ChainBar.Link("#receipt") }
        let hasFile =
            release.state == .settled && around.mayDownload && DeliveryKind.files.contains(release.delivery)
        head = Head(
            .data(around.entry), subtitle: .word(title),
            crumbs: [Head.Crumb(.word(Message("release.releases")), "/receipts")],
            chain: ChainBar(at: .release, chain), chips: [.state(release.state)] + Chip.nature(around.nature),
            act: hasFile ? Act(Message("release.download-file"), "/releases/\(release.id)/file") : nil,
            otherActs: Self.acts(release, around, hasFile: hasFile))
        problem = release.problem
        facts = Self.facts(release, around)
        fileName = hasFile ? release.fileName : nil
        receiptHref = release.hasReceipt ? "/releases/\(release.id)/receipt" : nil
        verifyCommand =
            release.hasReceipt
            ? "headwaters verify receipt-\(number).json --trust \(ReleaseAPI.keysFile)"
                + (DeliveryKind.files.contains(release.delivery) ? " --released \(release.fileName)" : "")
            : nil
        evidenceHref =
            around.mayReadEvidence ? EvidenceSubjects.recordsHref("release", release.id.text) : nil
        handOvers = hasFile || !around.handOvers.isEmpty ? HandOver.table(of: around.handOvers) : nil
    }

    private static func acts(
        _ release: FileRelease, _ around: Surroundings, hasFile: Bool
    ) -> [Act] {
        var acts: [Act] = []
        if release.hasReceipt {
            acts.append(Act(Message("release.download-receipt"), "/releases/\(release.id)/receipt"))
        } else if let list = around.list {
            acts.append(Act(Message("name-list.its-list"), "/name-lists/\(list)"))
        }
        if release.hasReceipt, hasFile {
            acts.append(Act(Message("hand-over.new"), "/releases/\(release.id)/hand-overs/new"))
        }
        if release.delivery == .push {
            let number = String(release.id.text.suffix(12))
            acts.append(
                Act(Message("pushing.push-title", ["number": number]), "/pushes/\(release.id)"))
        }
        return acts
    }

    private static func facts(_ release: FileRelease, _ around: Surroundings) -> Facts {
        func rows(_ value: Int64?) -> Table.Cell {
            value.map { Table.Cell(.count(Int($0)), unit: Message("release.rows")) } ?? Table.Cell(.nothing)
        }
        return Facts([
            (Message("release.column.provider"), Table.Cell(.data(around.provider))),
            (Message("release.column.consumer"), Table.Cell(.data(around.recipient))),
            (Message("release.column.at"), Table.Cell(.moment(release.authorisedAt))),
            (Message("release.settled-at"), Table.Cell(release.settledAt.map { .moment($0) } ?? .nothing)),
            (
                Message("release.format"),
                Table.Cell(.word(Message("release.delivery.\(release.delivery.rawValue)")))
            ),
            (Message("release.column.rows-out"), rows(release.rowsOut)),
            (Message("release.column.withheld"), rows(release.rowsWithheld)),
            (Message("release.rows-reserved"), rows(release.rowsReserved)),
            (
                Message("release.version-number"),
                Table.Cell(
                    .count(release.versionNumber), href: "/catalogue/\(release.entry)#versions")
            ),
            (Message("release.revision"), Table.Cell(.count(release.revision))),
            (Message("release.file-bytes"), Table.Cell(release.bytes.map { .bytes(Int($0)) } ?? .nothing)),
            (
                Message("release.file-sha256"),
                Table.Cell(release.sha256.map { .data($0) } ?? .nothing, isCode: true)
            ),
        ])
    }

    package static let samples = [
        ReleasePage(
            .sample,
            Surroundings(
                entry: "最低生活保障对象信息", provider: "市民政局", recipient: "源城区人民政府", list: nil,
                handOvers: [.sample(isSealed: true, volumes: 2)], mayDownload: true, mayReadEvidence: true)),
        ReleasePage(
            .failedSample,
            Surroundings(
                entry: "最低生活保障对象信息", provider: "市民政局", recipient: "源城区人民政府", list: nil,
                handOvers: [], mayDownload: false, mayReadEvidence: false)),
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

extension TableQuery {
    static func sample(_ path: String) -> TableQuery {
        TableQuery(path: path, query: SubmittedForm(), sortable: [], order: "")
    }
}
