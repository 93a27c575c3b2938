import Casework
import Hummingbird
import Identity
import Kernel
import Policy
import Web

/// `/api/v1/inbox`: the trays, as the page shows them, for programs.
func inboxCalls(_ routes: inout Routes, _ exchange: Exchange, for actions: [Action]) {
    routes.get("/api/v1/inbox", .anyOf(actions), describing: .listInbox) { visit in
        let states = try CaseLinks.kinds.flatMap { try exchange.cases.workflow($0).states.map(\.name) }
        let query = try InboxQuery.strict(visit, states: Set(states))
        let page = try await exchange.inbox(
            query.tray, of: visit.principal, query.filter, order: query.order, after: query.table.after,
            linesMax: TableQuery.rowsMax)
        return visit.json(items: page.lines.map(\.json), next: page.next)
    }
    routes.get("/api/v1/inbox/counts", .anyOf(actions), describing: .countInbox) { visit in
        let counts = try await exchange.counts(of: visit.principal)
        return visit.json(
            .object(Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value.json) })))
    }
    routes.post("/api/v1/inbox/acts", .anyOf(actions), body: .json(), describing: .actOnSeveral) { visit in
        let asked = try BatchCall(visit.json)
        let lines =
            asked.isPreview
            ? try await exchange.rehearse(
                asked.act, on: asked.choices, by: visit.principal, asked.opinion)
            : try await exchange.perform(asked.act, on: asked.choices, by: visit.principal, asked.opinion)
        return visit.json(["items": .array(lines.map { $0.json(visit) })])
    }
    exchange.watchCalls(&routes, at: "/api/v1/requests", tag: "requests", .anyOf(actions))
}

private struct BatchCall {
    let act: BatchAct
    let choices: [BatchChoice]
    let opinion: Opinion
    let isPreview: Bool

    init(_ body: JSON) throws(ExchangeError) {
        let known: Set = ["act", "cases", "comment", "legalBasis", "preview"]
        if let unknown = (body.object ?? [:]).keys.sorted().first(where: { !known.contains($0) }) {
            throw .bodyMalformed(member: unknown)
        }
        guard let act = body["act"]?.string.flatMap(BatchAct.init(rawValue:)) else {
            throw .batchActUnknown
        }
        guard let cases = body["cases"]?.array, !cases.isEmpty else { throw .bodyMalformed(member: "cases") }
        guard cases.count <= BatchAct.casesMax else {
            throw .batchTooLarge(casesMax: BatchAct.casesMax)
        }
        var choices: [BatchChoice] = []
        for (position, one) in cases.enumerated() {
            guard let id = one["id"]?.string.flatMap({ CaseID($0) }),
                let revision = one["revision"]?.integer, !choices.contains(where: { $0.id == id })
            else { throw .bodyMalformed(member: "cases[\(position)]") }
            choices.append(BatchChoice(id: id, revision: Int(clamping: revision)))
        }
        self.act = act
        self.choices = choices
        opinion = Opinion(comment: body["comment"]?.string, legalBasis: body["legalBasis"]?.string)
        isPreview = body["preview"] == .boolean(true)
    }
}

extension BatchLine {
    fileprivate func json(_ visit: Visit) -> JSON {
        var members: [String: JSON] = [
            "id": .string(choice.id.text), "ok": .boolean(problem == nil),
            "revision": .integer(Int64(file?.revision ?? choice.revision)),
        ]
        members["state"] = file.map { .string($0.state) } ?? .null
        members["act"] = act.map { .string($0) } ?? .null
        members["problem"] = problem.map { visit.document(of: $0) } ?? .null
        return .object(members)
    }
}

extension Inbox.Count {
    fileprivate var json: JSON {
        func number(_ count: Int) -> JSON { .integer(Int64(min(count, Inbox.countMax))) }
        return [
            "all": number(all), "overdue": number(overdue), "dueSoon": number(dueSoon),
            "isMore": .boolean(all > Inbox.countMax),
        ]
    }
}

extension Inbox.Line {
    fileprivate var json: JSON {
        [
            "id": .string(id.text), "kind": .string(kind), "title": .string(title), "state": .string(state),
            "revision": .integer(Int64(revision)), "due": due.map { .string($0.description) } ?? .null,
            "isOverdue": .boolean(isOverdue), "isProvisional": .boolean(isProvisional),
            "changedAt": .string(changedAt.description),
            "seats": .array(
                seats.sorted { $0.key < $1.key }.map {
                    ["seat": .string($0.key), "unit": .string($0.value.text)]
                }),
            "waitsFor": .array(
                holders.map {
                    [
                        "unit": .string($0.party.text), "role": .string($0.role.rawValue),
                        "post": $0.post.map { .string($0.text) } ?? .null,
                    ]
                }),
            "waitsSince": since.map { .string($0.description) } ?? .null,
            "hasPaper": .boolean(hasPaper),
        ]
    }
}

extension JSONShape {
    fileprivate static let inboxLine = JSONShape.named(
        "InboxLine",
        .object([
            .needed("id", .id), .needed("kind", .text), .needed("title", .text), .needed("state", .text),
            .needed("revision", .integer), .needed("due", .nullable(.date)), .needed("isOverdue", .boolean),
            .needed("isProvisional", .boolean), .needed("changedAt", .moment),
            .needed("seats", .array(.object([.needed("seat", .text), .needed("unit", .id)]))),
            .needed(
                "waitsFor",
                .array(
                    .object([
                        .needed("unit", .id), .needed("role", .word(Role.self)),
                        .needed("post", .nullable(.id)),
                    ]))), .needed("waitsSince", .nullable(.moment)), .needed("hasPaper", .boolean),
        ]))
    private static let count = JSONShape.object([
        .needed("all", .integer), .needed("overdue", .integer), .needed("dueSoon", .integer),
        .needed("isMore", .boolean),
    ])
    fileprivate static let inboxCounts = JSONShape.named(
        "InboxCounts", .object(Inbox.Tray.allCases.map { .needed($0.rawValue, count) }))
    fileprivate static let batch = JSONShape.object([
        .needed("act", .word(BatchAct.self)),
        .needed(
            "cases",
            .array(.object([.needed("id", .id), .needed("revision", .integer)]), max: BatchAct.casesMax)),
        .optional("comment", .nullable(.text)), .optional("legalBasis", .nullable(.text)),
        .optional("preview", .boolean),
    ])
    fileprivate static let batchAnswer = JSONShape.object([
        .needed(
            "items",
            .array(
                .object([
                    .needed("id", .id), .needed("ok", .boolean), .needed("revision", .integer),
                    .needed("state", .nullable(.text)), .needed("act", .nullable(.text)),
                    .needed("problem", .nullable(.any)),
                ])))
    ])
}

extension Operation {
    fileprivate static let listInbox = Operation(
        "requests", Message("exchange.api.inbox"), about: Message("exchange.api.inbox-about"),
        query: [
            Parameter("tray", .word(Inbox.Tray.self), Message("exchange.api.inbox-tray")),
            Parameter("q", .text, Message("exchange.api.inbox-q")),
            Parameter("kind", .text, Message("exchange.api.inbox-kind")),
            Parameter("state", .text, Message("exchange.api.inbox-state")),
            Parameter("unit", .id, Message("exchange.api.inbox-unit")),
            Parameter("due", .text, Message("exchange.api.inbox-due")),
            Parameter("since", .date, Message("exchange.api.inbox-since")),
            Parameter("sort", .text, Message("exchange.api.inbox-sort")),
            Parameter("after", .text, Message("web.api-after")),
        ], answers: [Answer(200, Message("exchange.api.ok"), .json(.page(of: .inboxLine)))],
        problems: [.invalid])

    fileprivate static let countInbox = Operation(
        "requests", Message("exchange.api.inbox-counts"),
        about: Message("exchange.api.inbox-counts-about", ["max": "\(Inbox.countMax)"]),
        answers: [Answer(200, Message("exchange.api.ok"), .json(.inboxCounts))])

    fileprivate static let actOnSeveral = Operation(
        "requests", Message("exchange.api.batch"), about: Message("exchange.api.batch-about"),
        takes: .batch,
        sample: [
            "act": "accept",
            "cases": [["id": .string(CaseID(high: 1 << 48, low: 1 << 63).text), "revision": 4]],
        ], answers: [Answer(200, Message("exchange.api.batch-done"), .json(.batchAnswer))])
}
