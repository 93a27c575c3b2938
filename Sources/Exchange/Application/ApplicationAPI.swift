import Casework
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Policy
import Web

/// `/api/v1/applications`: several entries asked for in one go, for programs.
func applicationCalls(_ routes: inout Routes, _ exchange: Exchange, for actions: [Action]) {
    routes.get("/api/v1/applications", .anyOf(actions), describing: .listApplications) { visit in
        let standing = ApplicationLines.Standing(rawValue: visit.query["standing"])
        guard standing != nil || visit.query["standing"].isEmpty else {
            throw ExchangeError.fieldsInvalid([
                Problem.Place("standing", Message("exchange.inbox-parameter", ["name": "standing"]))
            ])
        }
        let own = try await exchange.ownApplications(
            of: visit.principal, .init(words: visit.query["q"], standing: standing),
            after: visit.query["after"].isEmpty ? nil : visit.query["after"],
            linesMax: visit.query.integer("limit") ?? 100)
        return visit.json(items: own.lines.map(\.json), next: own.next)
    }
    routes.get("/api/v1/applications/:id", .anyOf(actions), describing: .readApplication) { visit in
        let application = try await exchange.application(visit.id(), for: visit.principal)
        return visit.json(try await whole(application, exchange))
    }
    routes.post(
        "/api/v1/applications", .action(.requestShare), body: .json(), describing: .draftApplication
    ) { visit in
        let application = try await exchange.draftApplication(
            try ApplicationContent(json: visit.json), by: visit.principal, key: key(of: visit))
        return visit.json(try await whole(application, exchange), status: .created)
    }
    routes.put("/api/v1/applications/:id", .action(.requestShare), describing: .saveApplication) { visit in
        let call = try ApplicationCall(visit.json, members: ["revision", "content"])
        let application = try await exchange.perform(
            .save(try ApplicationContent(json: visit.json["content"] ?? .null)), onWhole: visit.id(),
            seen: call.revision, by: visit.principal)
        return visit.json(try await whole(application, exchange))
    }
    routes.post(
        "/api/v1/applications/:id/acts", .anyOf(actions), body: .json(), describing: .actOnApplication
    ) { visit in
        let call = try ApplicationCall(visit.json, members: ["act", "revision", "comment", "step"])
        let id: CaseID = try visit.id()
        let form = SubmittedForm([("step", visit.json["step"]?.integer.map { "\($0)" } ?? "")])
        guard let act = visit.json["act"]?.string.flatMap({ ApplicationActs.act($0, form) }) else {
            throw ExchangeError.bodyMalformed(member: "act")
        }
        let opinion = Opinion(comment: visit.json["comment"]?.string)
        if act == .withdrawRest {
            _ = try await exchange.withdrawRest(
                of: id, seen: call.revision, by: visit.principal, opinion, key: key(of: visit))
        } else {
            _ = try await exchange.perform(
                act, onWhole: id, seen: call.revision, by: visit.principal, opinion, key: key(of: visit))
        }
        let application = try await exchange.application(id, for: visit.principal)
        return visit.json(try await whole(application, exchange))
    }
    exchange.watchCalls(&routes, at: "/api/v1/applications", tag: "requests", .anyOf(actions))
}

/// The same key again answers what the first call did.
private func key(of visit: Visit) -> String? {
    HTTPField.Name("Idempotency-Key").flatMap { visit.request.headers[$0] }
}

private struct ApplicationCall {
    let revision: Int

    init(_ body: JSON, members known: Set<String>) throws(ExchangeError) {
        if let unknown = (body.object ?? [:]).keys.sorted().first(where: { !known.contains($0) }) {
            throw .bodyMalformed(member: unknown)
        }
        guard let revision = body["revision"]?.integer else { throw .bodyMalformed(member: "revision") }
        self.revision = Int(clamping: revision)
    }
}

/// With its requests, and what a draft still lacks.
private func whole(_ application: Application, _ exchange: Exchange) async throws -> JSON {
    var members = application.json.object ?? [:]
    members["content"] = application.content.json
    let isDraft = ["draft", "sign-off"].contains(application.file.state)
    members["lacks"] = .array(
        isDraft
            ? try await exchange.faults(of: application).map {
                ["field": .string($0.name), "message": .string($0.message.key)]
            } : [])
    members["requests"] = .array(
        try await exchange.progress(of: application).lines.map { line in
            [
                "place": .integer(Int64(line.request.place?.position ?? 0)),
                "id": .string(line.request.id.text), "entry": .string(line.request.entry.text),
                "provider": .string(line.request.provider.text),
                "state": .string(line.request.file.state), "standing": .string(line.standing.rawValue),
                "isOver": .boolean(line.isOver),
                "due": line.due.map { .string($0.description) } ?? .null,
                "grant": line.request.grant.map { .string($0.text) } ?? .null,
            ]
        })
    return .object(members)
}

extension Application {
    fileprivate var json: JSON {
        [
            "id": .string(id.text), "title": .string(file.title), "state": .string(file.state),
            "revision": .integer(Int64(file.revision)), "applicant": .string(applicant.text),
            "entries": .integer(Int64(content.parts.count)),
        ]
    }
}

extension JSONShape {
    private static let head: [Member] = [
        .needed("id", .id), .needed("title", .text), .needed("state", .text),
        .needed("revision", .integer), .needed("applicant", .id), .needed("entries", .integer),
    ]
    fileprivate static let applicationLine = JSONShape.named("ApplicationLine", .object(head))
    private static let part = JSONShape.object([
        .needed("entry", .id), .optional("columns", .array(.text)), .optional("treatments", .any),
        .optional("rows", .text), .optional("deliveries", .array(.word(DeliveryKind.self))),
        .optional("expectedRows", .nullable(.integer)), .optional("dailyRows", .nullable(.integer)),
    ])
    private static let common = JSONShape.object([
        .optional("purpose", .text), .optional("legalBasis", .text), .optional("businessItem", .text),
        .optional("from", .nullable(.date)), .optional("to", .nullable(.date)),
        .optional("retentionDays", .nullable(.integer)), .optional("contactPost", .text),
        .optional("isCommitted", .boolean),
    ])
    fileprivate static let applicationContent = JSONShape.named(
        "ApplicationContent",
        .object([
            .needed("common", common),
            .needed("entries", .array(part, max: ApplicationContent.Limits.entriesMax)),
        ]))
    private static let request = JSONShape.object([
        .needed("place", .integer), .needed("id", .id), .needed("entry", .id), .needed("provider", .id),
        .needed("state", .text), .needed("standing", .word(ApplicationProgress.Standing.self)),
        .needed("isOver", .boolean), .needed("due", .nullable(.date)), .needed("grant", .nullable(.id)),
    ])
    fileprivate static let application = JSONShape.named(
        "Application",
        .object(
            head + [
                .needed("content", applicationContent),
                .needed(
                    "lacks",
                    .array(.object([.needed("field", .text), .needed("message", .text)]))),
                .needed("requests", .array(request)),
            ]))
    fileprivate static let applicationSave = JSONShape.object([
        .needed("revision", .integer), .needed("content", applicationContent),
    ])
    fileprivate static let applicationAct = JSONShape.object([
        .needed(
            "act",
            .word(["submit", "sign-off", "send-back", "return-sign-off", "withdraw", "withdraw-rest"])),
        .needed("revision", .integer), .optional("comment", .nullable(.text)),
        .optional("step", .nullable(.integer)),
    ])
}

extension Operation {
    private static let content: JSON = [
        "common": [
            "businessItem": "低保家庭经济状况核对", "purpose": "社会救助核对", "legalBasis": "社会救助暂行办法",
            "from": "2026-12-01", "to": "2027-11-30", "retentionDays": 30, "contactPost": "救助科经办岗",
            "isCommitted": true,
        ],
        "entries": [
            [
                "entry": .string(EntryID(high: 1 << 48, low: 1 << 63).text),
                "columns": ["身份证号", "姓名"], "treatments": ["姓名": "surname"], "rows": "",
                "deliveries": ["lookup"], "expectedRows": 10_000,
            ]
        ],
    ]

    fileprivate static let listApplications = Operation(
        "requests", Message("exchange.api.applications"),
        query: [
            Parameter("q", .text, Message("exchange.business-item")),
            Parameter(
                "standing", .word(ApplicationLines.Standing.self), Message("application.column.state")),
            Parameter("after", .text, Message("web.api-after")),
            Parameter("limit", .integer, Message("web.api-limit")),
        ],
        answers: [Answer(200, Message("exchange.api.ok"), .json(.page(of: .applicationLine)))])

    fileprivate static let readApplication = Operation(
        "requests", Message("exchange.api.application"),
        answers: [Answer(200, Message("exchange.api.ok"), .json(.application))])

    fileprivate static let draftApplication = Operation(
        "requests", Message("exchange.api.application-draft"),
        about: Message("exchange.api.application-draft-about"), takes: .applicationContent,
        sample: content,
        answers: [Answer(201, Message("exchange.api.application-made"), .json(.application))],
        problems: [.refused, .notFound])

    fileprivate static let saveApplication = Operation(
        "requests", Message("exchange.api.application-save"), takes: .applicationSave,
        sample: ["revision": 1, "content": content],
        answers: [Answer(200, Message("exchange.api.ok"), .json(.application))],
        problems: [.conflict, .refused])

    fileprivate static let actOnApplication = Operation(
        "requests", Message("exchange.api.application-act"),
        about: Message("exchange.api.application-act-about"), takes: .applicationAct,
        sample: ["act": "submit", "revision": 2],
        answers: [Answer(200, Message("exchange.api.ok"), .json(.application))],
        problems: [.conflict, .refused])
}
