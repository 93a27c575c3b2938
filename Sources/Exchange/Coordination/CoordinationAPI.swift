import Casework
import Hummingbird
import Identity
package import Kernel
import Policy
import Web

/// `/api/v1/coordinations`: 协调 for programs.
func coordinationCalls(_ routes: inout Routes, _ coordinations: Coordinations) {
    let readers = ExchangeSite.actsOfRequests
    routes.get("/api/v1/coordinations", .anyOf(readers), describing: .listCoordinations) { visit in
        let page = try await coordinations.page(
            openOnly: visit.query["standing"] == "open", for: visit.principal,
            before: visit.query.id("after"))
        return visit.json(items: page.lines.map { $0.apiJSON() }, next: page.next?.text)
    }
    routes.get("/api/v1/coordinations/:id", .anyOf(readers), describing: .readCoordination) { visit in
        let one = try await coordinations.find(visit.id(), for: visit.principal)
        return visit.json(
            one.apiJSON(acts: try coordinations.possibleActs(on: one, for: visit.principal)))
    }
    routes.post(
        "/api/v1/coordinations/:id/acts", .anyOf(CoordinationSite.acts), body: .json(),
        describing: .actOnCoordination
    ) { visit in
        let body = visit.json
        guard let revision = body["revision"]?.integer else {
            throw ExchangeError.bodyMalformed(member: "revision")
        }
        let one = try await coordinations.perform(
            try CoordinationAct(body), on: visit.id(), seen: Int(clamping: revision), by: visit.principal,
            comment: body["comment"]?.string, key: body["key"]?.string)
        return visit.json(
            one.apiJSON(acts: try coordinations.possibleActs(on: one, for: visit.principal)))
    }
    coordinations.exchange.watchCalls(
        &routes, at: "/api/v1/coordinations", tag: "coordinations", .anyOf(readers))
}

extension CoordinationAct {
    private static let members: Set<String> = [
        "act", "revision", "comment", "key", "unit", "on", "place", "chair", "agenda", "meeting", "attendees",
        "outcome", "order",
    ]

    /// Of a call's body: `{"act": "confirm-minutes", "meeting": 1}`.
    package init(_ body: JSON) throws {
        if let unknown = (body.object ?? [:]).keys.sorted().first(where: { !Self.members.contains($0) }) {
            throw ExchangeError.bodyMalformed(member: unknown)
        }
        func member<Value>(_ name: String, _ read: (JSON) -> Value?) throws -> Value {
            guard let value = body[name].flatMap(read) else {
                throw ExchangeError.bodyMalformed(member: name)
            }
            return value
        }
        func text(_ name: String) throws -> String { try member(name) { $0.string } }
        func number(_ name: String) throws -> Int { Int(clamping: try member(name) { $0.integer }) }
        func day(_ name: String) throws -> CalendarDate {
            try member(name) { $0.string.flatMap { CalendarDate($0) } }
        }
        func outcome() throws -> CoordinationOutcome {
            try CoordinationOutcome(try member("outcome") { $0 })
        }
        switch body["act"]?.string ?? "" {
        case "state-position": self = .statePosition
        case "assent": self = .assent
        case "decline": self = .decline
        case "recall": self = .recall
        case "invite": self = .invite(try member("unit") { $0.string.flatMap { PartyID($0) } })
        case "call-meeting":
            self = .callMeeting(
                on: try day("on"), place: try text("place"), chair: try text("chair"),
                agenda: try text("agenda"))
        case "record-minutes":
            self = .recordMinutes(
                meeting: try number("meeting"),
                attendees: try member("attendees") { $0.array?.compactMap(\.string) },
                files: [])
        case "confirm-minutes": self = .confirmMinutes(meeting: try number("meeting"))
        case "object-minutes": self = .objectMinutes(meeting: try number("meeting"))
        case "propose": self = .propose(try outcome())
        case "rule":
            var order: CoordinationOrder?
            if let asked = body["order"], asked != .null {
                guard let unit = asked["unit"]?.string.flatMap({ PartyID($0) }),
                    let subject = asked["subject"]?.string,
                    let due = asked["due"]?.string.flatMap({ CalendarDate($0) })
                else { throw ExchangeError.bodyMalformed(member: "order") }
                order = CoordinationOrder(unit: unit, subject: subject, due: due)
            }
            self = .rule(try outcome(), order: order)
        default: throw ExchangeError.bodyMalformed(member: "act")
        }
    }
}

extension Coordination {
    package func apiJSON(acts: [String]? = nil) -> JSON {
        var members: [String: JSON] = [
            "id": .string(id.text), "request": .string(request.text), "title": .string(file.title),
            "applicant": .string(applicant.text), "provider": .string(provider.text),
            "bureau": .string(bureau.text), "invited": .array(invited.map { .string($0.text) }),
            "state": .string(file.state), "revision": .integer(Int64(file.revision)),
            "openedAt": .string(file.openedAt.description),
            "closedOn": closedOn.map { .string($0.description) } ?? .null,
            "outcome": outcome?.json ?? .null, "grant": grant.map { .string($0.text) } ?? .null,
            "meetings": .array(meetings.map(\.json)),
        ]
        if let acts {
            members["acts"] = .array(acts.map { .string($0) })
            members["history"] = file.historyJSON
        }
        return .object(members)
    }
}

extension CoordinationMeeting {
    fileprivate var json: JSON {
        [
            "number": .integer(Int64(number)), "on": on.map { .string($0.description) } ?? .null,
            "place": .string(place), "chair": .string(chair), "agenda": .string(agenda),
            "minutes": minutes.map { .string($0.text) } ?? .null,
            "files": .array((minutes?.files ?? []).map(\.json)),
            "stands": .array(
                (minutes?.stands ?? [:]).sorted { $0.key < $1.key }.map { unit, stand in
                    ["unit": .string(unit.text), "isConfirmed": .boolean(stand == .confirmed)]
                }),
        ]
    }
}

extension JSONShape {
    static let coordination = JSONShape.named(
        "Coordination",
        .object([
            .needed("id", .id), .needed("request", .id), .needed("title", .text), .needed("applicant", .id),
            .needed("provider", .id), .needed("bureau", .id), .needed("invited", .array(.id)),
            .needed("state", .text), .needed("revision", .integer), .needed("openedAt", .moment),
            .needed("closedOn", .nullable(.date)), .needed("outcome", .nullable(.any)),
            .needed("grant", .nullable(.id)),
            .needed(
                "meetings",
                .array(
                    .object([
                        .needed("number", .integer), .needed("on", .nullable(.date)), .needed("place", .text),
                        .needed("chair", .text), .needed("agenda", .text),
                        .needed("minutes", .nullable(.text)), .needed("files", .array(.any)),
                        .needed(
                            "stands",
                            .array(.object([.needed("unit", .id), .needed("isConfirmed", .boolean)]))),
                    ]))), .optional("acts", .array(.text)), .optional("history", .array(.any)),
        ]))
    fileprivate static let coordinationAct = JSONShape.object([
        .needed("act", .text), .needed("revision", .integer), .optional("comment", .nullable(.text)),
        .optional("unit", .nullable(.id)), .optional("on", .nullable(.date)),
        .optional("place", .nullable(.text)), .optional("chair", .nullable(.text)),
        .optional("agenda", .nullable(.text)), .optional("meeting", .nullable(.integer)),
        .optional("attendees", .nullable(.array(.text))),
        .optional("outcome", .nullable(.any)), .optional("order", .nullable(.any)),
        .optional("key", .nullable(.text)),
    ])
}

extension Operation {
    fileprivate static let listCoordinations = Operation(
        "coordinations", Message("coordination.api.list"), about: Message("coordination.api.list-about"),
        query: [
            Parameter("standing", .text, Message("coordination.api.standing")),
            Parameter("after", .text, Message("web.api-after")),
        ], answers: [Answer(200, Message("exchange.api.ok"), .json(.page(of: .coordination)))])

    fileprivate static let readCoordination = Operation(
        "coordinations", Message("coordination.api.read"),
        answers: [Answer(200, Message("exchange.api.ok"), .json(.coordination))])

    fileprivate static let actOnCoordination = Operation(
        "coordinations", Message("coordination.api.act"), about: Message("coordination.api.act-about"),
        takes: .coordinationAct, sample: ["act": "state-position", "revision": 2, "comment": "确需使用"],
        answers: [Answer(200, Message("exchange.api.ok"), .json(.coordination))], problems: [.conflict])
}
