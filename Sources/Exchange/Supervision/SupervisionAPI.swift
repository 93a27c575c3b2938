import Casework
import Hummingbird
import Identity
package import Kernel
import Policy
import Web

/// `/api/v1/supervisions`: 督办 for programs.
func supervisionCalls(_ routes: inout Routes, _ supervisions: Supervisions) {
    let readers = SupervisionSite.readers
    routes.get("/api/v1/supervisions", .anyOf(readers), describing: .listSupervisions) { visit in
        let query = visit.query
        let standing = SupervisionFilter.Standing(rawValue: query["standing"])
        if !query["standing"].isEmpty, standing == nil {
            throw ExchangeError.fieldsInvalid([
                Problem.Place("standing", Message("exchange.inbox-parameter", ["name": "standing"]))
            ])
        }
        let page = try await supervisions.page(
            SupervisionFilter(
                standing: standing, unit: query.id("unit"),
                level: query.integer("level").flatMap { SupervisionLevel(rawValue: $0) },
                about: query.id("case"), words: query["q"]),
            for: visit.principal, before: query.id("after"))
        return visit.json(items: page.lines.map { $0.apiJSON() }, next: page.next?.text)
    }
    routes.get("/api/v1/supervision-figures", .anyOf(readers), describing: .countSupervisions) { visit in
        let figures = try await supervisions.figures(for: visit.principal)
        return visit.json(items: figures.map(\.json), next: nil)
    }
    routes.post(
        "/api/v1/supervisions", .action(.superviseUnit), body: .json(), describing: .openSupervision
    ) { visit in
        let body = visit.json
        try body.demand(only: ["case", "unit", "subject", "basis", "due", "key"])
        let one = try await supervisions.open(
            SupervisionDraft(
                about: try body.caseID("case"), unit: try body.partyID("unit"),
                subject: body["subject"]?.string ?? "", basis: body["basis"]?.string ?? "",
                due: try body.day("due")), by: visit.principal, key: body["key"]?.string)
        return visit.json(one.apiJSON(history: true), status: .created)
    }
    routes.get("/api/v1/supervisions/:id", .anyOf(readers), describing: .readSupervision) { visit in
        let one = try await supervisions.find(visit.id(), for: visit.principal)
        return visit.json(
            one.apiJSON(history: true, acts: try supervisions.possibleActs(on: one, for: visit.principal)))
    }
    actingCalls(&routes, supervisions)
}

private func actingCalls(_ routes: inout Routes, _ supervisions: Supervisions) {
    let readers = SupervisionSite.readers
    routes.post(
        "/api/v1/supervisions/:id/acts", .anyOf(SupervisionSite.acts), body: .json(),
        describing: .actOnSupervision
    ) { visit in
        let body = visit.json
        try body.demand(only: ["act", "revision", "comment", "day", "letter", "key"])
        guard let revision = body["revision"]?.integer else {
            throw ExchangeError.bodyMalformed(member: "revision")
        }
        let one = try await supervisions.perform(
            try SupervisionAct(body), on: visit.id(), seen: Int(clamping: revision), by: visit.principal,
            comment: body["comment"]?.string, key: body["key"]?.string)
        return visit.json(
            one.apiJSON(history: true, acts: try supervisions.possibleActs(on: one, for: visit.principal)))
    }
    supervisions.exchange.watchCalls(
        &routes, at: "/api/v1/supervisions", tag: "supervisions", .anyOf(readers))
}

extension JSON {
    fileprivate func demand(only known: Set<String>) throws(ExchangeError) {
        if let unknown = (object ?? [:]).keys.sorted().first(where: { !known.contains($0) }) {
            throw .bodyMalformed(member: unknown)
        }
    }

    fileprivate func caseID(_ member: String) throws(ExchangeError) -> CaseID? {
        guard let value = self[member], value != .null else { return nil }
        guard let id = value.string.flatMap({ CaseID($0) }) else { throw .bodyMalformed(member: member) }
        return id
    }

    fileprivate func partyID(_ member: String) throws(ExchangeError) -> PartyID? {
        guard let value = self[member], value != .null else { return nil }
        guard let id = value.string.flatMap({ PartyID($0) }) else { throw .bodyMalformed(member: member) }
        return id
    }

    fileprivate func day(_ member: String) throws(ExchangeError) -> CalendarDate? {
        guard let value = self[member], value != .null else { return nil }
        guard let day = value.string.flatMap({ CalendarDate($0) }) else {
            throw .bodyMalformed(member: member)
        }
        return day
    }
}

extension SupervisionAct {
    /// Of a call's body: `{"act": "promise", "day": "2026-12-10"}`.
    fileprivate init(_ body: JSON) throws(ExchangeError) {
        let name = body["act"]?.string ?? ""
        let day = try body.day("day")
        if let plain = Self.plain[name] {
            self = plain
            return
        }
        switch name {
        case "promise":
            guard let day else { throw .bodyMalformed(member: "day") }
            self = .promise(day)
        case "instruct": self = .instruct(by: day)
        case "issue-notice":
            guard let letter = body["letter"], letter != .null else {
                self = .issueNotice(letter: nil)
                return
            }
            guard let series = letter["series"]?.string, let title = letter["title"]?.string else {
                throw .bodyMalformed(member: "letter")
            }
            self = .issueNotice(
                letter: SupervisionLetter(
                    series: series, title: title,
                    body: letter["body"]?.string ?? body["comment"]?.string ?? ""))
        default: throw .bodyMalformed(member: "act")
        }
    }
}

extension Supervision {
    package func apiJSON(history: Bool = false, acts: [String]? = nil) -> JSON {
        func day(_ day: CalendarDate?) -> JSON { day.map { .string($0.description) } ?? .null }
        var members: [String: JSON] = [
            "id": .string(id.text), "unit": .string(unit.text), "bureau": .string(bureau.text),
            "subject": .string(subject), "basis": .string(basis), "state": .string(file.state),
            "revision": .integer(Int64(file.revision)), "level": .integer(Int64(level.rawValue)),
            "automatic": .boolean(isAutomatic), "case": about.map { .string($0.id.text) } ?? .null,
            "clock": about?.clock.map { .string($0) } ?? .null, "due": day(due),
            "answerDue": day(answerDue), "answeredOn": day(answeredOn), "promisedOn": day(promisedOn),
            "closedOn": day(closedOn), "openedAt": .string(file.openedAt.description),
            "noticeNumber": notice.map { .string($0.number) } ?? .null,
            "instruction": instruction?.comment.map { .string($0) } ?? .null,
        ]
        if history {
            members["history"] = file.historyJSON
        }
        if let acts { members["acts"] = .array(acts.map { .string($0) }) }
        return .object(members)
    }
}

extension SupervisionFigures {
    package var json: JSON {
        [
            "unit": .string(unit.text), "open": .integer(Int64(open)), "overdue": .integer(Int64(overdue)),
            "closed": .integer(Int64(closed)), "inTime": .integer(Int64(inTime)),
            "late": .integer(Int64(late)),
            "meanDays": meanDays.map { .string(String(Double(Int(($0 * 10).rounded())) / 10)) } ?? .null,
        ]
    }
}

extension JSONShape {
    fileprivate static let supervision = JSONShape.named(
        "Supervision",
        .object([
            .needed("id", .id), .needed("unit", .id), .needed("bureau", .id), .needed("subject", .text),
            .needed("basis", .text), .needed("state", .text), .needed("revision", .integer),
            .needed("level", .integer), .needed("automatic", .boolean), .needed("case", .nullable(.id)),
            .needed("clock", .nullable(.text)), .needed("due", .nullable(.date)),
            .needed("answerDue", .nullable(.date)), .needed("answeredOn", .nullable(.date)),
            .needed("promisedOn", .nullable(.date)), .needed("closedOn", .nullable(.date)),
            .needed("openedAt", .moment), .needed("noticeNumber", .nullable(.text)),
            .needed("instruction", .nullable(.text)),
            .optional(
                "history",
                .array(
                    .object([
                        .needed("act", .text), .needed("at", .moment), .needed("unit", .nullable(.id)),
                        .needed("comment", .nullable(.text)), .needed("content", .any),
                    ]))), .optional("acts", .array(.text)),
        ]))
    fileprivate static let supervisionFigures = JSONShape.named(
        "SupervisionFigures",
        .object([
            .needed("unit", .id), .needed("open", .integer), .needed("overdue", .integer),
            .needed("closed", .integer), .needed("inTime", .integer), .needed("late", .integer),
            .needed("meanDays", .nullable(.text)),
        ]))
    fileprivate static let supervisionDraft = JSONShape.object([
        .optional("case", .nullable(.id)), .needed("unit", .id), .optional("subject", .nullable(.text)),
        .needed("basis", .text), .needed("due", .date), .optional("key", .nullable(.text)),
    ])
    fileprivate static let supervisionAct = JSONShape.object([
        .needed("act", .text), .needed("revision", .integer), .optional("comment", .nullable(.text)),
        .optional("day", .nullable(.date)),
        .optional(
            "letter",
            .nullable(
                .object([
                    .needed("series", .id), .needed("title", .text), .optional("body", .nullable(.text)),
                ]))), .optional("key", .nullable(.text)),
    ])
}

extension Operation {
    fileprivate static let listSupervisions = Operation(
        "supervisions", Message("supervision.api.list"), about: Message("supervision.api.list-about"),
        query: [
            Parameter(
                "standing", .word(SupervisionFilter.Standing.self), Message("supervision.standing")),
            Parameter("unit", .id, Message("supervision.column.unit")),
            Parameter("level", .integer, Message("supervision.column.level")),
            Parameter("case", .id, Message("supervision.api.case")),
            Parameter("q", .text, Message("supervision.search")),
            Parameter("after", .text, Message("web.api-after")),
        ], answers: [Answer(200, Message("exchange.api.ok"), .json(.page(of: .supervision)))],
        problems: [.invalid])

    fileprivate static let countSupervisions = Operation(
        "supervisions", Message("supervision.overview"), about: Message("supervision.overview-why"),
        answers: [Answer(200, Message("exchange.api.ok"), .json(.page(of: .supervisionFigures)))])

    fileprivate static let openSupervision = Operation(
        "supervisions", Message("supervision.open"), about: Message("supervision.open-note"),
        takes: .supervisionDraft,
        sample: [
            "unit": .string(PartyID(high: 3 << 48, low: 1 << 63).text), "subject": "补齐目录条目",
            "basis": "政务数据共享条例", "due": "2026-12-10",
        ], answers: [Answer(201, Message("exchange.api.ok"), .json(.supervision))], problems: [.conflict])

    fileprivate static let readSupervision = Operation(
        "supervisions", Message("supervision.api.read"),
        answers: [Answer(200, Message("exchange.api.ok"), .json(.supervision))])

    fileprivate static let actOnSupervision = Operation(
        "supervisions", Message("supervision.api.act"), about: Message("supervision.api.act-about"),
        takes: .supervisionAct,
        sample: ["act": "promise", "revision": 2, "day": "2026-12-10", "comment": "已排期"],
        answers: [Answer(200, Message("exchange.api.ok"), .json(.supervision))], problems: [.conflict])
}
