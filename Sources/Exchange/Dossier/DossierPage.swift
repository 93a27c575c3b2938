import Casework
import Cryptography
import Evidence
package import Kernel
package import Web

/// A case as one bundle with an index, made to be printed: what was asked, what was granted, who did what, how the deadlines were
/// reckoned, and under which records of evidence.
package struct DossierPage: Page {
    package struct IndexLine: Sendable {
        package let number: Int
        package let title: Message
        package let href: String
        /// How many sheets, acts or records the part has.
        package let note: Message?
    }

    package static let template = "exchange/dossier"
    package let title: Message
    package let head: Head
    package let facts: Facts
    package let index: [IndexLine]
    package let request: RequestPage
    package let records: Table
    /// Scans of what was signed on paper; nil without any.
    package let papers: Table?

    init(_ dossier: CaseDossier, of request: RequestPage, grant: GrantID?, at now: Instant) {
        let link = "/requests/\(dossier.id)"
        title = Message("exchange.dossier-of", ["title": dossier.title])
        head = Head(
            .word(title),
            crumbs: [
                Head.Crumb(.word(Message("exchange.inbox")), "/inbox"),
                Head.Crumb(.data(dossier.title), link),
            ], otherActs: [Act(Message("exchange.dossier-download"), "\(link)/dossier.json")])
        facts = Facts([
            (Message("exchange.dossier-number"), Table.Cell(.data(dossier.id.text), isCode: true)),
            (
                Message("exchange.column.state"),
                Table.Cell(
                    Chip(
                        Message("\(dossier.kind).state.\(dossier.state)"), RequestPage.tone(dossier.state)))
            ),
            (
                Message("exchange.dossier-grant"),
                Table.Cell(
                    grant.map { .data($0.text) } ?? .nothing, href: grant.map { "/grants/\($0)" },
                    isCode: grant != nil)
            ),
            (Message("exchange.dossier-made"), Table.Cell(.moment(now))),
        ])
        self.request = request
        records = Self.table(dossier.records)
        papers = dossier.scans.isEmpty ? nil : Self.table(dossier.scans, of: dossier.id)
        let parts: [(String, Message?)] =
            [
                ("asked", nil), ("granted", nil),
                ("history", Message("exchange.dossier-acts", ["count": String(dossier.history.count)])),
                ("clocks", nil),
                ("records", Message("exchange.dossier-records", ["count": String(dossier.records.count)])),
            ]
            + (papers == nil
                ? []
                : [("papers", Message("exchange.dossier-scans", ["count": String(dossier.scans.count)]))])
        index = parts.enumerated().map { position, part in
            IndexLine(
                number: position + 1, title: Message("exchange.dossier.\(part.0)"), href: "#\(part.0)",
                note: part.1)
        }
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
        func dossier(_ id: UInt64, _ record: CaseDossier.Record?) -> CaseDossier? {
            let opening = CaseOpening(
                id: CaseID(high: id << 48, low: 1 << 63), kind: SharingWorkflow.kind, title: "法人单位基本信息",
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
        guard let full = dossier(1, .sample), let bare = dossier(2, nil) else { return [] }
        return [
            DossierPage(
                full, of: request, grant: GrantID(high: 7, low: 3),
                at: Instant(microseconds: 0)),
            DossierPage(bare, of: request, grant: nil, at: Instant(microseconds: 0)),
        ]
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
