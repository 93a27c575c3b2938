import Casework
import Hummingbird
import Identity
package import Kernel
import Policy
import Web

/// `/api/v1/announced-ends`: 预告终止 for programs.
func announcedEndCalls(_ routes: inout Routes, _ ends: AnnouncedEnds) {
    routes.get("/api/v1/announced-ends", .signedIn, describing: .listAnnouncedEnds) { visit in
        let page = try await ends.page(
            openOnly: visit.query["standing"] == "open", of: visit.query.id("grant"), for: visit.principal,
            before: visit.query.id("after"))
        return visit.json(items: page.lines.map { $0.apiJSON() }, next: page.next?.text)
    }
    routes.get("/api/v1/announced-ends/:id", .signedIn, describing: .readAnnouncedEnd) { visit in
        let one = try await ends.find(visit.id(), for: visit.principal)
        return visit.json(one.apiJSON(acts: try ends.possibleActs(on: one, for: visit.principal)))
    }
    ends.exchange.watchCalls(&routes, at: "/api/v1/announced-ends", tag: "grants", .signedIn)
    routes.post(
        "/api/v1/announced-ends/:id/acts", .anyOf(AnnouncedEndSite.acts), body: .json(),
        describing: .actOnAnnouncedEnd
    ) { visit in
        let body = visit.json
        guard let revision = body["revision"]?.integer else {
            throw ExchangeError.bodyMalformed(member: "revision")
        }
        let one = try await ends.perform(
            try AnnouncedEndAct(body), on: visit.id(), seen: Int(clamping: revision), by: visit.principal,
            comment: body["comment"]?.string, key: body["key"]?.string)
        return visit.json(one.apiJSON(acts: try ends.possibleActs(on: one, for: visit.principal)))
    }
    routes.post(
        "/api/v1/grants/:id/announced-end", .action(.announceEnd), body: .json(), describing: .announceEnd
    ) { visit in
        let one = try await ends.announce(
            try AnnouncedEndTerms(visit.json), of: visit.id(), by: visit.principal,
            key: visit.json["key"]?.string)
        return visit.json(
            one.apiJSON(acts: try ends.possibleActs(on: one, for: visit.principal)), status: .created)
    }
    routes.get(
        "/api/v1/entries/:id/announced-ends", .action(.announceEnd), describing: .readProspects
    ) { visit in
        let (earliest, grants) = try await ends.prospects(of: visit.id(), for: visit.principal)
        return visit.json([
            "earliest": .string(earliest.description), "grants": .array(grants.map(\.apiJSON)),
        ])
    }
    routes.post(
        "/api/v1/entries/:id/announced-ends", .action(.announceEnd), body: .json(),
        describing: .announceAllEnds
    ) { visit in
        var seen: Set<GrantID>?
        if let named = visit.json["grants"], named != .null {
            let ids = named.array?.compactMap { $0.string.flatMap { GrantID($0) } }
            guard let ids, ids.count == named.array?.count else {
                throw ExchangeError.bodyMalformed(member: "grants")
            }
            seen = Set(ids)
        }
        let announced = try await ends.announce(
            try AnnouncedEndTerms(visit.json), ofAll: visit.id(), seen: seen, by: visit.principal,
            key: visit.json["key"]?.string)
        return visit.json(["items": .array(announced.map { $0.apiJSON() })], status: .created)
    }
}

extension AnnouncedEndTerms {
    private static let members: Set<String> = ["day", "reason", "basis", "successor", "grants", "key"]

    init(_ body: JSON) throws {
        if let unknown = (body.object ?? [:]).keys.sorted().first(where: { !Self.members.contains($0) }) {
            throw ExchangeError.bodyMalformed(member: unknown)
        }
        guard let day = body["day"]?.string.flatMap({ CalendarDate($0) }) else {
            throw ExchangeError.bodyMalformed(member: "day")
        }
        self.init(
            day: day, reason: body["reason"]?.string ?? "", basis: body["basis"]?.string ?? "",
            successor: body["successor"]?.string ?? "")
    }
}

extension AnnouncedEndAct {
    private static let members: Set<String> = ["act", "revision", "comment", "day", "key"]

    init(_ body: JSON) throws {
        if let unknown = (body.object ?? [:]).keys.sorted().first(where: { !Self.members.contains($0) }) {
            throw ExchangeError.bodyMalformed(member: unknown)
        }
        switch body["act"]?.string ?? "" {
        case "object": self = .object
        case "maintain": self = .maintain
        case "withdraw": self = .withdraw
        case "dispute": self = .dispute
        case "move":
            guard let day = body["day"]?.string.flatMap({ CalendarDate($0) }) else {
                throw ExchangeError.bodyMalformed(member: "day")
            }
            self = .move(day)
        default: throw ExchangeError.bodyMalformed(member: "act")
        }
    }
}

extension AnnouncedEnd {
    package func apiJSON(acts: [String]? = nil) -> JSON {
        var members: [String: JSON] = [
            "id": .string(id.text), "title": .string(file.title), "grant": .string(grant.text),
            "entry": .string(entry.text), "provider": .string(provider.text),
            "recipient": .string(recipient.text), "day": .string(day.description),
            "reason": .string(reason), "basis": .string(basis),
            "successor": successor.map { .string($0.text) } ?? .null, "state": .string(file.state),
            "revision": .integer(Int64(file.revision)), "announcedAt": .string(file.openedAt.description),
            "closedOn": closedOn.map { .string($0.description) } ?? .null,
        ]
        if let acts {
            members["acts"] = .array(acts.map { .string($0) })
            members["history"] = file.historyJSON
        }
        return .object(members)
    }
}

extension EndProspect {
    package var apiJSON: JSON {
        let (word, announcement): (String, CaseID?) =
            switch standing {
            case .open: ("open", nil)
            case .endsBefore: ("ends-before", nil)
            case .announced(let id, _): ("announced", id)
            case .bound: ("bound", nil)
            case .unconfirmed: ("unconfirmed", nil)
            }
        return [
            "grant": .string(grant.text), "recipient": .string(recipient.text), "purpose": .string(purpose),
            "isSuspended": .boolean(isSuspended), "until": lastDay.map { .string($0.description) } ?? .null,
            "deliveries": .array(deliveries.map { .string($0) }), "scheduled": .integer(Int64(scheduled)),
            "lastUse": lastUse.map { .string($0.description) } ?? .null, "rows": .integer(rowsUsed),
            "standing": .string(word), "announcedEnd": announcement.map { .string($0.text) } ?? .null,
        ]
    }
}

extension JSONShape {
    fileprivate static let announcedEnd = JSONShape.named(
        "AnnouncedEnd",
        .object([
            .needed("id", .id), .needed("title", .text), .needed("grant", .id), .needed("entry", .id),
            .needed("provider", .id), .needed("recipient", .id), .needed("day", .date),
            .needed("reason", .text), .needed("basis", .text), .needed("successor", .nullable(.id)),
            .needed("state", .text), .needed("revision", .integer), .needed("announcedAt", .moment),
            .needed("closedOn", .nullable(.date)), .optional("acts", .array(.text)),
            .optional("history", .array(.any)),
        ]))

    fileprivate static let endTerms: [JSONShape.Member] = [
        .needed("day", .date), .needed("reason", .text), .optional("basis", .nullable(.text)),
        .optional("successor", .nullable(.text)), .optional("key", .nullable(.text)),
    ]

    fileprivate static let prospect = JSONShape.object([
        .needed("grant", .id), .needed("recipient", .id), .needed("purpose", .text),
        .needed("isSuspended", .boolean), .needed("until", .nullable(.date)),
        .needed("deliveries", .array(.text)), .needed("scheduled", .integer),
        .needed("lastUse", .nullable(.date)), .needed("rows", .integer), .needed("standing", .text),
        .needed("announcedEnd", .nullable(.id)),
    ])
}

extension Operation {
    private static let terms: JSON = [
        "day": "2027-01-29", "reason": "业务系统更新换代，原库停用", "basis": "河市监〔2026〕12号", "successor": "",
    ]

    fileprivate static let listAnnouncedEnds = Operation(
        "grants", Message("announced-end.api.list"),
        query: [
            Parameter("standing", .text, Message("announced-end.api.standing")),
            Parameter("grant", .id, Message("announced-end.api.grant")),
            Parameter("after", .text, Message("web.api-after")),
        ], answers: [Answer(200, Message("exchange.api.ok"), .json(.page(of: .announcedEnd)))])

    fileprivate static let readAnnouncedEnd = Operation(
        "grants", Message("announced-end.api.read"),
        answers: [Answer(200, Message("exchange.api.ok"), .json(.announcedEnd))])

    fileprivate static let actOnAnnouncedEnd = Operation(
        "grants", Message("announced-end.api.act"), about: Message("announced-end.api.act-about"),
        takes: .object([
            .needed("act", .text), .needed("revision", .integer), .optional("comment", .nullable(.text)),
            .optional("day", .nullable(.date)), .optional("key", .nullable(.text)),
        ]), sample: ["act": "object", "revision": 1, "comment": "业务尚未切换"],
        answers: [Answer(200, Message("exchange.api.ok"), .json(.announcedEnd))],
        problems: [.refused, .conflict])

    fileprivate static let announceEnd = Operation(
        "grants", Message("announced-end.api.announce"), about: Message("announced-end.api.announce-about"),
        takes: .object(JSONShape.endTerms), sample: terms,
        answers: [Answer(201, Message("exchange.api.ok"), .json(.announcedEnd))],
        problems: [.refused, .conflict])

    fileprivate static let readProspects = Operation(
        "grants", Message("announced-end.api.prospects"),
        answers: [
            Answer(
                200, Message("exchange.api.ok"),
                .json(.object([.needed("earliest", .date), .needed("grants", .array(.prospect))])))
        ])

    fileprivate static let announceAllEnds = Operation(
        "grants", Message("announced-end.api.announce-all"),
        about: Message("announced-end.api.announce-all-about"),
        takes: .object(JSONShape.endTerms + [.optional("grants", .nullable(.array(.id)))]), sample: terms,
        answers: [
            Answer(
                201, Message("exchange.api.ok"),
                .json(.object([.needed("items", .array(.announcedEnd))])))
        ], problems: [.refused, .conflict])
}
