import Casework
import Cryptography
import Evidence
package import Kernel
package import Web

/// A case as one bundle with an index, made to be printed: what it is about, what came of it, who did what, how the deadlines were
/// reckoned, and under which records of evidence.
package struct DossierPage: Page {
    package struct IndexLine: Sendable {
        package let number: Int
        package let title: Message
        package let href: String
        /// How many sheets, acts or records the part has.
        package let note: Message?
    }

    /// One part of the bundle.
    package struct Part: Sendable {
        package let name: String
        package let title: Message
        package var note: Message?
        package fileprivate(set) var number = 0
        package var told: Facts?
        package var lines: [RequestPage.Line] = [] { didSet { hasLines = !lines.isEmpty } }
        package private(set) var hasLines = false
        package var oaths: [RequestPage.Line] = [] { didSet { hasOaths = !oaths.isEmpty } }
        package private(set) var hasOaths = false
        package var tried: CaseJointTest?
        package var words: [CoordinationPage.Position] = [] { didSet { hasWords = !words.isEmpty } }
        package private(set) var hasWords = false
        package var sittings: [CoordinationPage.Meeting] = []
        package var done: [RequestSteps.Step] = [] { didSet { hasDone = !done.isEmpty } }
        package private(set) var hasDone = false
        package var reckoned: [RequestClock] = []
        package var list: Table?
        /// Nothing is in it: said, so that nobody looks for a sheet that is missing.
        package fileprivate(set) var isBare = false

        fileprivate var hasNothing: Bool {
            told == nil && lines.isEmpty && oaths.isEmpty && tried == nil && words.isEmpty && sittings.isEmpty
                && done.isEmpty && reckoned.isEmpty && list == nil
        }

        init(_ name: String, _ title: Message? = nil, note: Message? = nil) {
            self.name = name
            self.title = title ?? Message("exchange.dossier.\(name)")
            self.note = note
        }
    }

    package static let template = "exchange/dossier"
    package let title: Message
    package let head: Head
    package let facts: Facts
    package let index: [IndexLine]
    package let parts: [Part]

    private init(
        _ dossier: CaseDossier, _ parts: [Part], from crumb: Head.Crumb, at link: String, grant: GrantID?,
        now: Instant
    ) {
        title = Message("exchange.dossier-of", ["title": dossier.title])
        head = Head(
            .word(title), crumbs: [crumb, Head.Crumb(.data(dossier.title), link)],
            otherActs: [Act(Message("exchange.dossier-download"), "\(link)/dossier.json")])
        var told = [
            (Message("exchange.dossier-number"), Table.Cell(.data(dossier.id.text), isCode: true)),
            (
                Message("exchange.column.state"),
                Table.Cell(CaseLinks.chip(dossier.state, kind: dossier.kind))
            ),
        ]
        // Of an application or a supervision none comes.
        if grant != nil || dossier.kind == SharingWorkflow.kind {
            let cell = Table.Cell(
                grant.map { .data($0.text) } ?? .nothing, href: grant.map { "/grants/\($0)" },
                isCode: grant != nil)
            told.append((Message("exchange.dossier-grant"), cell))
        }
        facts = Facts(told + [(Message("exchange.dossier-made"), Table.Cell(.moment(now)))])
        var records = Part(
            "records", note: Message("exchange.dossier-records", ["count": String(dossier.records.count)]))
        records.list = Self.table(dossier.records)
        var numbered = parts + [records]
        if !dossier.scans.isEmpty {
            var papers = Part(
                "papers", note: Message("exchange.dossier-scans", ["count": String(dossier.scans.count)]))
            papers.list = Self.table(dossier.scans, of: dossier.id)
            numbered.append(papers)
        }
        for position in numbered.indices {
            numbered[position].number = position + 1
            numbered[position].isBare = numbered[position].hasNothing
        }
        self.parts = numbered
        index = numbered.map {
            IndexLine(number: $0.number, title: $0.title, href: "#\($0.name)", note: $0.note)
        }
    }

    /// What was done and how its deadlines were reckoned: of every case.
    private static func common(
        _ dossier: CaseDossier, _ steps: [RequestSteps.Step], _ clocks: [RequestClock]
    ) -> [Part] {
        var history = Part(
            "history", note: Message("exchange.dossier-acts", ["count": String(dossier.history.count)]))
        history.done = steps
        var reckoning = Part("clocks")
        reckoning.reckoned = clocks.map(\.unfolded)
        return [history, reckoning]
    }

    init(_ dossier: CaseDossier, of request: RequestPage, grant: GrantID?, at now: Instant) {
        var asked = Part("asked")
        asked.told = request.asked
        var granted = Part("granted")
        granted.lines = request.controls
        granted.oaths = request.promises
        granted.tried = request.jointTest
        self.init(
            dossier,
            [asked, granted] + Self.common(dossier, request.steps, request.clocks + request.endedClocks),
            from: Head.Crumb(.word(Message("exchange.inbox")), "/inbox"), at: "/requests/\(dossier.id)",
            grant: grant, now: now)
    }

    init(_ dossier: CaseDossier, of supervision: SupervisionPage, at now: Instant) {
        var owed = Part("owed", Message("supervision.owed"))
        owed.told = supervision.facts
        owed.lines = [supervision.instruction].compactMap(\.self).map(RequestPage.Line.init)
        self.init(
            dossier,
            [owed] + Self.common(dossier, supervision.steps, supervision.clocks + supervision.endedClocks),
            from: Head.Crumb(.word(Message("supervision.supervisions")), SupervisionLinks.all),
            at: SupervisionLinks.one(dossier.id), grant: nil, now: now)
    }

    init(_ dossier: CaseDossier, of coordination: CoordinationPage, grant: GrantID?, at now: Instant) {
        var dispute = Part("dispute", Message("coordination.dispute"))
        dispute.told = coordination.facts
        var positions = Part("positions", Message("coordination.positions"))
        positions.words = coordination.positions
        var meetings = Part("meetings", Message("coordination.meetings"))
        meetings.sittings = coordination.meetings
        var outcome = Part("outcome", Message("coordination.outcome"))
        outcome.told = coordination.outcome
        outcome.lines = coordination.terms
        self.init(
            dossier,
            [dispute, positions, meetings, outcome]
                + Self.common(dossier, coordination.steps, coordination.clocks),
            from: Head.Crumb(.word(Message("coordination.coordinations")), CoordinationLinks.all),
            at: CoordinationLinks.one(dossier.id), grant: grant, now: now)
    }

    init(_ dossier: CaseDossier, of end: AnnouncedEndPage, grant: GrantID, at now: Instant) {
        var announced = Part("announced", Message("announced-end.what"))
        announced.told = end.facts
        self.init(
            dossier, [announced] + Self.common(dossier, end.steps, end.reckonings),
            from: Head.Crumb(.word(Message("announced-end.list")), AnnouncedEndLinks.all),
            at: AnnouncedEndLinks.one(dossier.id), grant: grant, now: now)
    }

    /// An application: what is common to all entries, each entry, and the requests that it was parted into.
    init(_ dossier: CaseDossier, of application: ApplicationPage, at now: Instant) {
        var common = Part("asked", Message("application.common"))
        common.told = application.common
        var entries = Part("entries", Message("application.entries"))
        entries.lines = application.parts.flatMap { part in
            [Message("application.dossier-entry", ["entry": part.title, "provider": part.note])] + part.facts
        }.map(RequestPage.Line.init)
        entries.list = application.children
        self.init(
            dossier, [common, entries] + Self.common(dossier, application.steps, []),
            from: Head.Crumb(.word(Message("application.applications")), "/applications"),
            at: "/applications/\(dossier.id)", grant: nil, now: now)
    }

    private static func table(_ scans: [CaseDossier.Scan], of id: CaseID) -> Table {
        Table(
            id: "scans", caption: Message("exchange.dossier.papers"),
            columns: ["name", "signed-on", "bytes", "sha256"].map {
                Table.Column(Message("paper.dossier-column.\($0)"), isFigure: $0 == "bytes")
            },
            rows: scans.map { scan in
                [
                    Table.Cell(
                        .data(scan.name),
                        href: PaperApprovalID(scan.approval).map { PaperLinks.one($0, of: id) }),
                    Table.Cell(CalendarDate(scan.signedOn).map { .date($0) } ?? .nothing),
                    Table.Cell(.count(Int(scan.bytes))), Table.Cell(.data(scan.sha256), isCode: true),
                ]
            }, count: scans.count, empty: EmptyState(Message("exchange.dossier-none")))
    }

    private static func table(_ records: [CaseDossier.Record]) -> Table {
        Table(
            id: "leaves", caption: Message("exchange.dossier.records"),
            columns: [
                .init(Message("exchange.dossier-index"), isFigure: true),
                .init(Message("exchange.dossier-type")), .init(Message("exchange.dossier-at")),
                .init(Message("exchange.dossier-digest")),
            ],
            rows: records.map { record in
                let payload = record.leaf.record["payload"]
                let act = payload?["act"]?.string.map { act in
                    Message("\(payload?["kind"]?.string ?? "").act.\(act)")
                }
                let at = record.leaf.record["at"]?.integer ?? 0
                return [
                    Table.Cell(.count(Int(record.leaf.proof.index))),
                    Table.Cell(act.map { .word($0) } ?? .data(record.leaf.type)),
                    Table.Cell(.moment(Instant(microseconds: at))),
                    Table.Cell(.data(record.leaf.proof.leaf.text), isCode: true),
                ]
            }, count: records.count, empty: EmptyState(Message("exchange.dossier-none")))
    }

    package static let samples: [DossierPage] = {
        guard let request = RequestPage.samples.first, let workflow = try? SharingWorkflow.declared()
        else { return [] }
        let unit = PartyID(high: 3 << 48, low: 1 << 63)
        func dossier(
            _ id: UInt64, _ record: CaseDossier.Record?, _ kind: String,
            _ workflow: Workflow
        ) -> CaseDossier? {
            let opening = CaseOpening(
                id: CaseID(high: id << 48, low: 1 << 63), kind: kind, title: "法人单位基本信息",
                about: Case.Subject(EntryID(high: 2 << 48, low: 1 << 63)),
                seats: Dictionary(
                    workflow.seats.map { ($0, unit) }, uniquingKeysWith: { one, _ in one }),
                by: .sample, at: Instant(microseconds: 0))
            return (try? Case(opening, under: workflow)).map {
                CaseDossier(
                    $0, records: [record].compactMap(\.self), names: [:],
                    papers: record == nil ? [] : [.sample(.confirmed, counted: 4)])
            }
        }
        guard let full = dossier(1, .sample, SharingWorkflow.kind, workflow),
            let bare = dossier(2, nil, SharingWorkflow.kind, workflow),
            let duty = try? SupervisionWorkflow.declared(),
            let dispute = try? CoordinationWorkflow.declared(),
            let owed = dossier(3, nil, SupervisionWorkflow.kind, duty),
            let disputed = dossier(4, nil, CoordinationWorkflow.kind, dispute)
        else { return [] }
        let supervisions = SupervisionPage.samples.prefix(1).map {
            DossierPage(owed, of: $0, at: Instant(microseconds: 0))
        }
        let coordinations = CoordinationPage.samples.map {
            DossierPage(disputed, of: $0, grant: nil, at: Instant(microseconds: 0))
        }
        let applications = ApplicationPage.samples.suffix(1).compactMap { page in
            (try? ApplicationWorkflow.declared()).flatMap {
                dossier(5, nil, ApplicationWorkflow.kind, $0)
            }.map { DossierPage($0, of: page, at: Instant(microseconds: 0)) }
        }
        let ends = AnnouncedEndPage.samples.prefix(1).compactMap { page in
            (try? AnnouncedEndWorkflow.declared()).flatMap {
                dossier(6, nil, AnnouncedEndWorkflow.kind, $0)
            }.map {
                DossierPage($0, of: page, grant: GrantID(high: 7, low: 3), at: Instant(microseconds: 0))
            }
        }
        return [
            DossierPage(
                full, of: request, grant: GrantID(high: 7, low: 3),
                at: Instant(microseconds: 0)),
            DossierPage(bare, of: request, grant: nil, at: Instant(microseconds: 0)),
        ] + supervisions + coordinations + applications + ends
    }()
}

extension CaseDossier.Record {
    /// For pages that show what a record may look like; it proves nothing.
    fileprivate static let sample: CaseDossier.Record? = {
        guard let digest = Digest("sm3:" + String(repeating: "5a", count: 32)) else { return nil }
        let envelope: JSON = [
            "type": "checkpoint", "version": 1, "alg": "SM2", "kid": "k", "payload": [:], "signature": "",
        ]
        guard let checkpoint = try? Envelope(envelope) else { return nil }
        return CaseDossier.Record(
            leaf: ProvenLeaf(
                record: [
                    "type": "case.acted", "at": 1_795_600_000_000_000,
                    "payload": ["kind": "sharing-request", "act": "agree"],
                ], proof: LeafProof(leaf: digest, index: 41, path: [], checkpoint: checkpoint)),
            personal: nil)
    }()
}
