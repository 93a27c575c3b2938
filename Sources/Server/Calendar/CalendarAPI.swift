package import Casework
import Hummingbird
import Identity
package import Kernel
import Policy
import Web

/// `/api/v1/calendar`: the working days for programs, and publishing them from a script.
struct CalendarAPI {
    let calendar: WorkingCalendar
    let permissions: Permissions

    func routes(_ routes: inout Routes) {
        routes.get("/api/v1/calendar/:year", .signedIn, describing: .readYear) { visit in
            guard let year = Int(try visit.parameter("year")), (2_000...2_100).contains(year) else {
                throw Visit.notFound
            }
            return visit.json(calendar.calendars.now.apiJSON(ofYear: year))
        }
        routes.post(
            "/api/v1/calendar/years", .action(.publishCalendar), body: .json(), describing: .publishYear
        ) { visit in
            let body = try Body(visit.json, knows: ["lines"])
            return try await act(visit, body, .year(try calendar.year(of: try body.text("lines"))))
        }
        routes.post(
            "/api/v1/calendar/closures", .action(.publishCalendar), body: .json(), describing: .closeOffices
        ) { visit in
            let body = try Body(visit.json, knows: ["from", "to", "reason", "document"])
            return try await act(
                visit, body,
                .closure(
                    LocalClosure(
                        from: try body.day("from"), to: try body.day("to"), reason: try body.text("reason"),
                        document: try body.text("document"))))
        }
        routes.post(
            "/api/v1/calendar/publications/:number/withdrawal", .action(.publishCalendar), body: .json(),
            describing: .withdraw
        ) { visit in
            guard let number = Int(try visit.parameter("number")) else { throw Visit.notFound }
            let body = try Body(visit.json, knows: ["reason"])
            return try await act(visit, body, .withdrawal(of: number, reason: try body.text("reason")))
        }
    }

    private func act(_ visit: Visit, _ body: Body, _ change: CalendarChange) async throws -> Response {
        let preview = try await calendar.preview(change, by: visit.principal)
        let showsCases =
            permissions.scope(of: .shareRequest, for: visit.principal).reasons == [.everything]
        if body.isDryRun { return visit.json(preview.apiJSON(showsCases: showsCases)) }
        let publication = try await calendar.publish(
            change, seen: body.revision ?? preview.revision, by: visit.principal)
        try await calendar.reckon(casesMax: CalendarSite.casesPerAnswerMax)
        let (moves, count, outstanding) = try await calendar.recomputation(of: publication.revision)
        return visit.json([
            "revision": .integer(Int64(publication.revision)), "moved": .integer(Int64(count)),
            "outstanding": .integer(Int64(outstanding)),
            "moves": .array(moves.map { $0.apiJSON(showsCase: showsCases) }),
        ])
    }

    /// Members of a body; what is not known or of another type is told by name.
    private struct Body {
        let members: [String: JSON]
        let revision: Int?
        let isDryRun: Bool

        init(_ json: JSON, knows names: Set<String>) throws(CalendarFault) {
            members = json.object ?? [:]
            let known = names.union(["revision", "dryRun"])
            if let unknown = members.keys.sorted().first(where: { !known.contains($0) }) {
                throw .fieldsInvalid([Problem.Place(unknown, Message("calendar.member-unknown"))])
            }
            isDryRun = members["dryRun"] == .boolean(true)
            if let revision = members["revision"], revision != .null {
                guard case .integer(let number) = revision else {
                    throw .fieldsInvalid([Problem.Place("revision", Message("calendar.member-wrong"))])
                }
                self.revision = Int(number)
            } else {
                revision = nil
            }
        }

        func text(_ name: String) throws(CalendarFault) -> String {
            guard let text = members[name]?.string else {
                throw .fieldsInvalid([Problem.Place(name, Message("calendar.member-wrong"))])
            }
            return text
        }

        func day(_ name: String) throws(CalendarFault) -> CalendarDate {
            guard let day = CalendarDate(try text(name)) else {
                throw .fieldsInvalid([Problem.Place(name, Message("calendar.day-unreadable"))])
            }
            return day
        }
    }
}

extension WorkingDayCalendar {
    package func apiJSON(ofYear year: Int) -> JSON {
        let known = years[year]
        let closed = closures.filter { $0.key.components.year == year }.sorted { $0.key < $1.key }
        return [
            "year": .integer(Int64(year)), "document": known.map { .string($0.announcement) } ?? .null,
            "isProvisional": .boolean(known == nil),
            "workingDays": .integer(Int64(workingDays(inYear: year))),
            "days": .array(
                (known?.spans ?? []).map { span in
                    [
                        "kind": .string(span.kind.rawValue), "from": .string(span.from.description),
                        "to": .string(span.to.description), "name": .string(span.name),
                    ]
                }),
            "closures": .array(
                closed.map { ["date": .string($0.key.description), "reason": .string($0.value)] }),
            "revision": .integer(Int64(revision)),
        ]
    }
}

extension ClockMove {
    package func apiJSON(showsCase: Bool) -> JSON {
        [
            "case": showsCase ? .string(caseID.text) : .null, "clock": .string(clock),
            "from": from.map { .string($0.description) } ?? .null,
            "to": to.map { .string($0.description) } ?? .null,
        ]
    }
}

extension CalendarPreview {
    package func apiJSON(showsCases: Bool) -> JSON {
        [
            "revision": .integer(Int64(revision)), "moved": .integer(Int64(movedCount)),
            "settled": .integer(Int64(settledCount)),
            "moves": .array(moves.map { $0.apiJSON(showsCase: showsCases) }),
        ]
    }
}

extension JSONShape {
    private static let move = JSONShape.named(
        "DeadlineMove",
        .object([
            .needed("case", .nullable(.id)), .needed("clock", .text), .needed("from", .nullable(.date)),
            .needed("to", .nullable(.date)),
        ]))

    fileprivate static let calendarYear = JSONShape.named(
        "CalendarYear",
        .object([
            .needed("year", .integer), .needed("document", .nullable(.text)),
            .needed("isProvisional", .boolean), .needed("workingDays", .integer),
            .needed(
                "days",
                .array(
                    .object([
                        .needed("kind", .word(CalendarYear.Kind.self)), .needed("from", .date),
                        .needed("to", .date), .needed("name", .text),
                    ]))),
            .needed("closures", .array(.object([.needed("date", .date), .needed("reason", .text)]))),
            .needed("revision", .integer),
        ]))

    fileprivate static let calendarOutcome = JSONShape.named(
        "CalendarOutcome",
        .object([
            .needed("revision", .integer), .needed("moved", .integer), .needed("moves", .array(move)),
            .optional("settled", .integer), .optional("outstanding", .integer),
        ]))

    fileprivate static func calendarChange(_ members: [Member]) -> JSONShape {
        .object(
            members + [.optional("revision", .nullable(.integer)), .optional("dryRun", .boolean)])
    }
}

extension Operation {
    private static let year: JSON = [
        "lines": "year\t2027\t2027\t国务院办公厅关于2027年部分节假日安排的通知\nholiday\t2027-01-01\t2027-01-03\t元旦\n",
        "dryRun": true,
    ]

    fileprivate static let readYear = Operation(
        "calendar", Message("calendar.api.read"),
        answers: [Answer(200, Message("calendar.api.ok"), .json(.calendarYear))])

    fileprivate static let publishYear = change(
        Message("calendar.api.publish"), [.needed("lines", .text)], sample: year)

    fileprivate static let closeOffices = change(
        Message("calendar.api.close"),
        [
            .needed("from", .date), .needed("to", .date), .needed("reason", .text),
            .needed("document", .text),
        ],
        sample: [
            "from": "2026-09-24", "to": "2026-09-24", "reason": "防御台风，全市停工停课", "document": "防总〔2026〕1号",
            "dryRun": true,
        ])

    fileprivate static let withdraw = change(
        Message("calendar.api.withdraw"), [.needed("reason", .text)], sample: ["reason": "文件已撤销"])

    private static func change(
        _ summary: Message, _ members: [JSONShape.Member], sample: JSON
    ) -> Operation {
        Operation(
            "calendar", summary, about: Message("calendar.api.about"), takes: .calendarChange(members),
            sample: sample,
            answers: [Answer(200, Message("calendar.api.ok"), .json(.calendarOutcome))],
            problems: [.conflict, .refused])
    }
}
