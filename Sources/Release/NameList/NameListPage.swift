package import Kernel
import Lake
import Policy
package import Web

/// One list: what would be asked, how far it is, or what came of it.
package struct NameListPage: Page {
    package struct Confirming: Sendable {
        package let action: String
        package let consequence: Message
        package let editHref: String
        package let discardAction: String
        /// Nothing may be released as the list is: the button is not there.
        package let mayRelease: Bool
    }

    package static let template = "release/name-list"
    package let title: Message
    package let head: Head
    package let errors: FormErrors?
    package let problem: Message?
    /// What stands against the list as it is.
    package let stops: [Line]
    package let hasStops: Bool
    package let running: WorkProgress?
    package let parts: Table
    package let faults: Table
    package let hasFaults: Bool
    package let facts: Facts
    package let confirming: Confirming?
    package let verifyCommand: String?
    package let receiptHref: String?
    package let evidenceHref: String?

    package struct Line: Sendable { package let text: Message }

    struct Surroundings {
        let entries: [EntryID: String]
        let actors: Actors
        /// Of the draft: entry, key column and what is left of each grant chosen.
        let offers: [NameListDesk.Offer]
        let limits: NameListLimits
        let isOwn: Bool
        let mayReadEvidence: Bool
    }

    init(_ list: NameList, _ around: Surroundings, errors: FormErrors? = nil) {
        let path = "/name-lists/\(list.id)"
        title = Message("name-list.list-title", ["file": list.file.name])
        let hasFile = list.state == .settled && around.isOwn
        head = Head(
            .data(list.file.name), subtitle: .word(Message("name-list.state-why.\(list.state.rawValue)")),
            crumbs: [Head.Crumb(.word(Message("name-list.lists")), "/name-lists")],
            chips: [.state(list.state)],
            act: hasFile ? Act(Message("name-list.download"), "\(path)/file") : nil,
            otherActs: list.state == .settled
                ? [Act(Message("release.download-receipt"), "\(path)/receipt")] : [])
        self.errors = errors
        problem = list.problem
        let stops = list.state == .draft ? Self.stops(list, around) : []
        self.stops = stops.map(Line.init)
        hasStops = !stops.isEmpty
        running =
            list.state == .authorised
            ? WorkProgress(
                id: "running", region: "name-list",
                title: Message(
                    "name-list.running",
                    [
                        "rows": Written.count(Int(list.rowsDone)),
                        "total": Written.count(Int(list.findings?.rows ?? 0)),
                    ]), done: Int(list.rowsDone), total: max(1, Int(list.findings?.rows ?? 1)), href: path,
                cancelAction: around.isOwn ? "\(path)/cancellation" : nil, isOver: false) : nil
        parts = list.state == .draft ? Self.wanted(list, around) : Self.answered(list, around)
        let faults = list.state == .draft ? list.findings?.faults ?? [] : []
        self.faults = Self.faults(faults)
        hasFaults = !faults.isEmpty
        facts = Self.facts(list, around)
        confirming =
            list.state == .draft && around.isOwn
            ? Confirming(
                action: "\(path)/release",
                consequence: Message(
                    "name-list.consequence",
                    [
                        "keys": Written.count(Int(list.findings?.keys ?? 0)),
                        "grants": String(list.choice?.parts.count ?? 0),
                    ]), editHref: "\(path)?edit=1", discardAction: "\(path)/discard",
                mayRelease: stops.isEmpty) : nil
        let number = String(list.id.text.suffix(12))
        verifyCommand =
            list.state == .settled
            ? "headwaters verify receipt-\(number).json --trust \(ReleaseAPI.keysFile) --released \(list.resultName)"
            : nil
        receiptHref = list.state == .settled ? "\(path)/receipt" : nil
        evidenceHref =
            around.mayReadEvidence && list.authorisedLeaf != nil
            ? EvidenceSubjects.recordsHref("release", list.id.text) : nil
    }

    private static func stops(_ list: NameList, _ around: Surroundings) -> [Message] {
        guard let findings = list.findings, let choice = list.choice else { return [] }
        var stops: [Message] = []
        func stop(_ error: NameListError) { stops.append(error.problem.message) }
        if findings.unreadable > 0 { stop(.unreadable(count: findings.unreadable, [])) }
        if findings.keys == 0 { stop(.noKeys) }
        if let run = findings.run, run.length >= around.limits.runMax {
            stop(.counted(run: run.length, max: around.limits.runMax, place: run.place))
        }
        for part in choice.parts {
            guard let offer = around.offers.first(where: { $0.grant.id == part.grantID }) else {
                stop(.grantNotOffered(part.grant))
                continue
            }
            let missing = choice.caseNumber == nil ? findings.rows : findings.casesMissing
            if offer.requiresCase, missing > 0 {
                stop(.caseNumbersMissing(entry: offer.entry, rows: missing))
            }
        }
        return stops
    }

    /// Before: what each grant would be asked for.
    private static func wanted(_ list: NameList, _ around: Surroundings) -> Table {
        let keys = list.findings?.keys ?? 0
        return Table(
            id: "parts", caption: Message("name-list.wanted"),
            columns: [
                Table.Column(Message("release.column.entry")),
                Table.Column(Message("release.column.provider")),
                Table.Column(Message("name-list.fact-key-column")),
                Table.Column(Message("name-list.column-as-of")),
                Table.Column(Message("name-list.takes"), isFigure: true),
                Table.Column(Message("name-list.left"), isFigure: true),
            ],
            rows: (list.choice?.parts ?? []).compactMap { part -> [Table.Cell]? in
                guard let offer = around.offers.first(where: { $0.grant.id == part.grantID }) else {
                    return nil
                }
                let left = [
                    offer.grant.totalQuota.map { $0 - offer.use.total },
                    offer.grant.dailyQuota.map { $0 - offer.use.today },
                ].compactMap { $0 }.min()
                return [
                    Table.Cell(.data(offer.entry), href: "/grants/\(offer.grant.id)"),
                    Table.Cell(.data(offer.provider)), Table.Cell(.data(part.keyColumn)),
                    Table.Cell(.date(offer.asOf.date())), Table.Cell(.count(Int(keys))),
                    Table.Cell(left.map { .count(Int(max(0, $0))) } ?? .word(Message("name-list.no-quota"))),
                ]
            }, empty: EmptyState(Message("name-list.no-grant")))
    }

    private static func answered(_ list: NameList, _ around: Surroundings) -> Table {
        Table(
            id: "parts", caption: Message("name-list.answered"),
            columns: [
                Table.Column(Message("release.column.entry")),
                Table.Column(Message("name-list.column-as-of")),
                Table.Column(Message("name-list.fact-asked"), isFigure: true),
                Table.Column(Message("name-list.state-matched"), isFigure: true),
                Table.Column(Message("name-list.fact-ambiguous"), isFigure: true),
                Table.Column(Message("name-list.unmatched"), isFigure: true),
                Table.Column(Message("name-list.its-release")),
            ],
            rows: list.parts.map { part in
                func figure(_ value: Int64?) -> Table.Cell {
                    Table.Cell(value.map { .count(Int($0)) } ?? .nothing)
                }
                return [
                    Table.Cell(.data(around.entries[part.entry] ?? ""), href: "/grants/\(part.grant)"),
                    Table.Cell(.date(part.asOf.date())), figure(part.keysAsked),
                    figure(part.figures?.matched), figure(part.figures?.ambiguous),
                    figure(part.figures?.unmatched),
                    Table.Cell(
                        .data(String(part.release.text.suffix(12))), href: "/releases/\(part.release)"),
                ]
            }, empty: EmptyState(Message("name-list.no-grant")))
    }

    private static func faults(_ faults: [NameListFindings.Fault]) -> Table {
        Table(
            id: "faults", caption: Message("name-list.faults"),
            columns: [
                Table.Column(Message("name-list.place")), Table.Column(Message("name-list.what-is-wrong")),
            ],
            rows: faults.map { [Table.Cell(.data($0.place), isCode: true), Table.Cell(.word($0.message))] },
            empty: EmptyState(Message("name-list.faults-none")))
    }

    private static func facts(_ list: NameList, _ around: Surroundings) -> Facts {
        func rows(_ value: Int64?) -> Table.Cell { Table.Cell(value.map { .count(Int($0)) } ?? .nothing) }
        var facts: [(Message, Table.Cell)] = [
            (Message("name-list.by"), Table.Cell(around.actors["account:\(list.account)"])),
            (Message("name-list.made-at"), Table.Cell(.moment(list.madeAt))),
            (Message("name-list.fact-key"), Table.Cell(.data(list.choice?.key ?? ""))),
            (
                Message("name-list.fact-case"),
                Table.Cell(list.choice?.caseNumber.map { .data($0) } ?? .nothing)
            ),
            (Message("name-list.fact-rows"), rows(list.findings?.rows)),
            (Message("name-list.fact-keys"), rows(list.findings?.keys)),
            (Message("name-list.fact-repeated"), rows(list.findings?.repeated)),
            (Message("name-list.blank"), rows(list.findings?.blank)),
            (Message("name-list.invalid"), rows(list.findings?.invalid)),
            (
                Message("name-list.authorisations"),
                Table.Cell(
                    list.attachments.isEmpty
                        ? .nothing : .data(list.attachments.map(\.name).joined(separator: "、")))
            ),
        ]
        if let settled = list.settledAt {
            facts.append((Message("name-list.ended-at"), Table.Cell(.moment(settled))))
        }
        if let result = list.result {
            facts.append((Message("release.file-bytes"), Table.Cell(.bytes(Int(result.bytes)))))
            facts.append(
                (Message("release.file-sha256"), Table.Cell(.data(result.sha256), isCode: true)))
        }
        return Facts(facts)
    }

    package static let samples: [NameListPage] = {
        let offer = NameListDesk.Offer(
            grant: .sample, entry: "最低生活保障对象信息", provider: "市民政局", keyColumns: ["身份证号"], columns: [],
            requiresCase: true, versionNumber: 3, asOf: Grant.sample.signedAt,
            use: QuotaLedger.Use(total: 12, today: 0))
        let around = Surroundings(
            entries: [Grant.sample.entry: "最低生活保障对象信息"], actors: Actors(), offers: [offer],
            limits: NameListLimits(), isOwn: true, mayReadEvidence: true)
        let other = Surroundings(
            entries: [:], actors: Actors(), offers: [], limits: NameListLimits(), isOwn: false,
            mayReadEvidence: false)
        let ready = NameListDesk.Offer(
            grant: .sample, entry: "最低生活保障对象信息", provider: "市民政局", keyColumns: ["身份证号"], columns: [],
            requiresCase: false, versionNumber: 3, asOf: Grant.sample.signedAt,
            use: QuotaLedger.Use(total: 12, today: 0))
        let whole = Surroundings(
            entries: [:], actors: Actors(), offers: [ready], limits: NameListLimits(), isOwn: true,
            mayReadEvidence: false)
        return NameList.State.allCases.map { NameListPage(.sample($0), around) } + [
            NameListPage(.sample(.draft), whole),
            NameListPage(
                .sample(.draft), other, errors: FormErrors(NameListError.noKeys.problem)),
        ]
    }()
}

extension NameList {
    static func sample(_ state: State) -> NameList {
        let grant = Grant.sample
        let at = grant.signedAt
        var findings = NameListFindings()
        findings.rows = 302
        findings.keys = 298
        findings.invalid = 1
        findings.faults = [
            NameListFindings.Fault(place: "B17", message: Message("name-list.fault-citizen-id"))
        ]
        let isEnded = state == .settled
        return NameList(
            id: ReleaseID(high: 11 << 48, low: 1 << 63), recipient: grant.provider, account: grant.signedBy,
            post: nil, state: state, file: BroughtFile(name: "临时救助申请名单.xlsx", bytes: 18_201, sha256: "5a"),
            reading: SourceMapping(
                encoding: nil, dialect: nil,
                columns: [
                    ColumnMapping(position: 0, sourceName: "受理编号", name: "受理编号", type: .text),
                    ColumnMapping(position: 1, sourceName: "身份证号", name: "身份证号", type: .text),
                ], sheet: SheetReading(name: "Sheet1", header: .line(3))), sheets: ["Sheet1", "说明"],
            choice: NameListChoice(
                key: "身份证号", kind: .citizenID, caseNumber: nil,
                parts: [NameListChoice.Part(grant: grant.id, keyColumn: "身份证号")],
                language: .simplifiedChinese), findings: findings,
            attachments: [BroughtFile(name: "授权书.pdf", bytes: 90_000, sha256: "6b")],
            parts: state == .draft
                ? []
                : [
                    NameListPart(
                        release: ReleaseID(high: 12 << 48, low: 1 << 63), grant: grant.id, revision: 1,
                        entry: grant.entry, provider: grant.provider, keyColumn: "身份证号",
                        version: VersionID(high: 8 << 48, low: 1 << 63), versionNumber: 3, asOf: at,
                        keysAsked: 298,
                        figures: isEnded
                            ? NameListPart.Figures(matched: 201, ambiguous: 2, unmatched: 95) : nil)
                ], rowsDone: 120, madeAt: at, authorisedAt: state == .draft ? nil : at,
            leaseUntil: state == .draft ? nil : at + .seconds(3_600), settledAt: isEnded ? at : nil,
            result: isEnded ? ResultFigures(bytes: 20_140, sha256: "7c") : nil,
            problem: state == .failed || state == .unknown ? Message("name-list.cancelled") : nil,
            authorisedLeaf: state == .draft ? nil : LeafID(high: 9 << 48, low: 1 << 63),
            settledLeaf: isEnded ? LeafID(high: 10 << 48, low: 1 << 63) : nil)
    }
}
