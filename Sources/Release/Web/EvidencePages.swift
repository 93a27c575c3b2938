import Cryptography
import Evidence
package import Kernel
package import Web

/// The record, newest first, with what it is searched by.
package struct EvidencePage: Page {
    package static let template = "release/evidence"
    package let title: Message
    package let head: Head
    package let health: Facts
    package let stale: Message?
    package let table: Table

    init(
        _ page: EvidencePage.Found, health: EvidenceHealth, isStale: Bool, query: EvidenceQuery, next: String?
    ) {
        title = Message("evidence.browser")
        head = Head(.word(Message("evidence.browser")))
        self.health = Facts([
            (Message("evidence.leaves"), Table.Cell(.count(Int(health.size)))),
            (Message("evidence.checkpoint-size"), Table.Cell(.count(Int(health.checkpointSize)))),
            (
                Message("evidence.checkpoint-at"),
                Table.Cell(health.checkpointAt.map { .moment($0) } ?? .nothing)
            ),
        ])
        stale = isStale ? Message("evidence.stale-notice") : nil
        table = Table(
            id: "leaves", caption: Message("evidence.leaves"),
            columns: [
                Table.Column(Message("evidence.column.at")), Table.Column(Message("evidence.column.type")),
                Table.Column(Message("evidence.column.actor")),
                Table.Column(Message("evidence.column.subjects")),
                Table.Column(Message("evidence.column.index"), isFigure: true),
            ],
            rows: page.entries.map { entry in
                [
                    Table.Cell(.moment(entry.record.at), href: "/evidence/\(entry.record.id)"),
                    Table.Cell(.data(entry.record.type), isCode: true),
                    Table.Cell(.data(entry.record.actor), isCode: true),
                    Table.Cell(.data(entry.record.subjects.map(\.kind).joined(separator: ", "))),
                    Table.Cell(entry.index.map { .count(Int($0)) } ?? .word(Message("evidence.waiting"))),
                ]
            },
            filter: Table.Filter(
                action: "/evidence",
                fields: [
                    Field.text("type", Message("evidence.column.type"), value: query.type ?? ""),
                    Field.text("kind", Message("evidence.subject-kind"), value: query.subject?.kind ?? ""),
                    Field.text("subject", Message("evidence.subject-id"), value: query.subject?.id ?? ""),
                    Field.text("actor", Message("evidence.column.actor"), value: query.actor ?? ""),
                ], clearHref: query == EvidenceQuery() ? nil : "/evidence"), nextHref: next,
            empty: EmptyState(Message("evidence.none-found")))
    }

    struct Found { let entries: [EvidenceEntry] }

    package static let samples = [
        EvidencePage(
            Found(entries: []),
            health: EvidenceHealth(size: 0, checkpointSize: 0, checkpointAt: nil, waitingSince: nil),
            isStale: true, query: EvidenceQuery(type: "grant.signed"), next: nil),
        EvidencePage(
            Found(entries: []),
            health: EvidenceHealth(
                size: 164, checkpointSize: 164, checkpointAt: Instant(microseconds: 1_795_600_000_000_000),
                waitingSince: nil), isStale: false, query: EvidenceQuery(), next: "/evidence?after=x"),
    ]
}

/// One record: what it says, its digest, and its place under a signed checkpoint.
package struct LeafPage: Page {
    package static let template = "release/leaf"
    package let title: Message
    package let head: Head
    package let facts: Facts
    package let payload: String
    package let proof: String?
    package let waiting: Message?

    init(_ id: LeafID, type: String, facts: Facts, payload: JSON, proof: LeafProof?) {
        title = Message("evidence.leaf-title", ["type": type])
        head = Head(
            .data(type), subtitle: .data(id.text),
            crumbs: [Head.Crumb(.word(Message("evidence.browser")), "/evidence")])
        self.facts = facts
        self.payload = payload.pretty
        self.proof = proof?.json.pretty
        waiting = proof == nil ? Message("evidence.no-proof-yet") : nil
    }

    init(_ entry: EvidenceEntry, proof: LeafProof?) {
        let record = entry.record
        self.init(
            record.id, type: record.type,
            facts: Facts(
                [
                    (Message("evidence.column.at"), Table.Cell(.moment(record.at))),
                    (Message("evidence.column.actor"), Table.Cell(.data(record.actor), isCode: true)),
                    (
                        Message("evidence.column.index"),
                        Table.Cell(entry.index.map { .count(Int($0)) } ?? .word(Message("evidence.waiting")))
                    ),
                    (Message("evidence.digest"), Table.Cell(.data(entry.digest.text), isCode: true)),
                ]
                    + record.subjects.map { subject in
                        (
                            Message("evidence.subject", ["kind": subject.kind]),
                            Table.Cell(
                                .data(subject.id),
                                href: "/evidence?kind=\(subject.kind)&subject=\(subject.id)",
                                isCode: true)
                        )
                    }), payload: record.payload, proof: proof)
    }

    package static let samples = [
        LeafPage(
            LeafID(high: 1 << 48, low: 1 << 63), type: "grant.signed",
            facts: Facts([(Message("evidence.column.actor"), Table.Cell(.data("system")))]),
            payload: ["revision": 1], proof: nil)
    ]
}
