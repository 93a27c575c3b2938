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

    /// Of the page that was asked for.
    struct Found {
        let entries: [EvidenceEntry]
        let actors: Actors
        let firstHref: String?
        let nextHref: String?
        let exportHref: String?
    }

    init(_ found: Found, health: EvidenceHealth, isStale: Bool, query: EvidenceQuery) {
        title = Message("evidence.browser")
        head = Head(
            .word(title), subtitle: .word(Message("evidence.browser-why")),
            otherActs: [Act(Message("evidence.reveals"), "/reveals")])
        let unit = Message("evidence.unit-records")
        self.health = Facts([
            (Message("evidence.leaves"), Table.Cell(.count(Int(health.size)), unit: unit)),
            (
                Message("evidence.checkpoint-size"),
                Table.Cell(.count(Int(health.checkpointSize)), unit: unit)
            ),
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
            rows: found.entries.map { Self.cells($0, found.actors) },
            filter: Table.Filter(
                action: "/evidence", fields: Self.fields(query),
                clearHref: query == EvidenceQuery() ? nil : "/evidence"), nextHref: found.nextHref,
            firstHref: found.firstHref, exportHref: found.exportHref,
            empty: EmptyState(Message("evidence.none-found")))
    }

    private static func cells(_ entry: EvidenceEntry, _ actors: Actors) -> [Table.Cell] {
        let record = entry.record
        return [
            Table.Cell(.moment(record.at)),
            Table.Cell(EvidenceTypes.label(record.type), href: "/evidence/\(record.id)"),
            Table.Cell(actors[record.actor]),
            record.subjects.isEmpty
                ? Table.Cell(.nothing)
                : Table.Cell(record.subjects.map { Chip(EvidenceSubjects.label($0.kind)) }),
            Table.Cell(entry.index.map { .count(Int($0)) } ?? .word(Message("evidence.waiting"))),
        ]
    }

    private static func fields(_ query: EvidenceQuery) -> [Field] {
        func select(
            _ name: String, _ label: Message, _ values: [String], _ chosen: String?,
            _ word: (String) -> Label
        ) -> Field {
            // What a link asked for stays chosen, though no longer in the list.
            let all = chosen.map { values.contains($0) || $0.isEmpty ? values : values + [$0] } ?? values
            return .select(
                name, label,
                [Field.Option("", .word(Message("evidence.any")), isChosen: chosen == nil)]
                    + all.map { Field.Option($0, word($0), isChosen: $0 == chosen) })
        }
        return [
            select(
                "type", Message("evidence.column.type"), EvidenceTypes.all, query.type, EvidenceTypes.label),
            select(
                "kind", Message("evidence.subject-kind"), EvidenceSubjects.all, query.subject?.kind,
                EvidenceSubjects.label),
            .text("subject", Message("evidence.subject-id"), value: query.subject?.id ?? ""),
            .date("from", Message("evidence.from"), value: query.from?.date().description ?? ""),
            .date("to", Message("evidence.to"), value: query.to.map(Self.lastDay) ?? ""),
        ]
    }

    /// The query's end is exclusive; the field names the last day.
    private static func lastDay(_ end: Instant) -> String { end.date().adding(days: -1).description }

    package static let samples: [EvidencePage] = {
        let waiting = EvidenceHealth(size: 0, checkpointSize: 0, checkpointAt: nil, waitingSince: nil)
        let sealed = EvidenceHealth(
            size: 164, checkpointSize: 164, checkpointAt: Instant(microseconds: 1_795_600_000_000_000),
            waitingSince: nil)
        let none = Found(entries: [], actors: Actors(), firstHref: nil, nextHref: nil, exportHref: nil)
        let second = Found(
            entries: [], actors: Actors(), firstHref: "/evidence", nextHref: "/evidence?after=x",
            exportHref: "/evidence?format=csv")
        return [
            EvidencePage(none, health: waiting, isStale: true, query: EvidenceQuery(type: "grant.signed")),
            EvidencePage(second, health: sealed, isStale: false, query: EvidenceQuery()),
        ]
    }()
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
        title = Message("evidence.leaf-title")
        head = Head(
            EvidenceTypes.label(type), subtitle: .word(title),
            crumbs: [Head.Crumb(.word(Message("evidence.browser")), "/evidence")])
        self.facts = facts
        self.payload = payload.pretty
        self.proof = proof?.json.pretty
        waiting = proof == nil ? Message("evidence.no-proof-yet") : nil
    }

    /// `href` says where the reader may see the thing itself.
    init(
        _ entry: EvidenceEntry, proof: LeafProof?, actors: Actors, href: (Leaf.Subject) -> String?
    ) {
        let record = entry.record
        func subject(_ subject: Leaf.Subject) -> (Message, Table.Cell) {
            let known = EvidenceSubjects.all.contains(subject.kind)
            return (
                known
                    ? Message("evidence.kind.\(subject.kind)") : Message("evidence.column.subjects"),
                Table.Cell(
                    .data(subject.id),
                    href: href(subject) ?? EvidenceSubjects.recordsHref(subject.kind, subject.id),
                    note: known ? nil : .data(subject.kind), isCode: true)
            )
        }
        self.init(
            record.id, type: record.type,
            facts: Facts(
                [
                    (Message("evidence.column.at"), Table.Cell(.moment(record.at))),
                    (Message("evidence.column.actor"), Table.Cell(actors[record.actor])),
                    (
                        Message("evidence.column.index"),
                        Table.Cell(entry.index.map { .count(Int($0)) } ?? .word(Message("evidence.waiting")))
                    ),
                    (Message("evidence.code"), Table.Cell(.data(record.type), isCode: true)),
                    (Message("evidence.id"), Table.Cell(.data(record.id.text), isCode: true)),
                    (Message("evidence.digest"), Table.Cell(.data(entry.digest.text), isCode: true)),
                ] + record.subjects.map(subject)), payload: record.payload, proof: proof)
    }

    package static let samples = [
        LeafPage(
            LeafID(high: 1 << 48, low: 1 << 63), type: "grant.signed",
            facts: Facts([(Message("evidence.column.actor"), Table.Cell(.data("system")))]),
            payload: ["revision": 1], proof: nil)
    ]
}
