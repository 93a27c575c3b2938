import Casework
import Exchange
import Hooking
import Kernel
import Persistence
import Server
import TestKit
import Testing

/// The calendar as the bureau and the administrator work with it.
@Suite struct `The calendar's pages` {
    private static let year =
        "year\t2027\t2027\t国务院办公厅关于2027年部分节假日安排的通知\nholiday\t2027-01-01\t2027-01-03\t元旦\n"

    @Test func `show a year, look before publishing, publish, and take it back`() async throws {
        let time = MovedClock(to: ScheduleWorld.start)
        try await SampleNode.with(.sqlite, clock: time.clock, inBackground: false) { node, people in
            let reviewer = try await TrialPages.browser(node, people, "reviewer")
            let shown = try await reviewer.get("/calendar")
            #expect(shown.status == 200 && shown.text.contains("Working days of 2026"))
            #expect(shown.text.contains("国办发明电〔2025〕7号") && shown.text.contains("Publish a year"))
            let unknown = try await reviewer.get("/calendar?year=2027")
            #expect(unknown.text.contains("provisional"))
            #expect(try await reviewer.get("/calendar?year=77").status == 404)
            #expect(try await reviewer.get("/calendar/years/new?year=2027").text.contains("2027-01-01"))

            let wrong = try await reviewer.upload(
                "/calendar/years/preview",
                [("lines", Self.year + "working\t2027-01-05\t\t元旦\nfeast\t2027-05-01\t\tx")],
                file: ("file", "", []))
            #expect(wrong.status == 422 && wrong.text.contains("Line 3 is wrong"))
            #expect(wrong.text.contains("Line 4 is wrong") && wrong.text.contains("feast"))
            let gibberish = try await reviewer.upload(
                "/calendar/years/preview", [("lines", "")], file: ("file", "2027.csv", [0xC4, 0xEA, 0xB6]))
            #expect(gibberish.status == 422 && gibberish.text.contains("UTF-8"))

            let preview = try await reviewer.upload(
                "/calendar/years/preview", [("lines", "")],
                file: ("file", "2027.tsv", Array(Self.year.utf8)))
            #expect(preview.status == 200 && preview.text.contains("No deadline will move"))
            #expect(try await node.workingCalendar.publications().isEmpty)
            let unlooked = try await reviewer.post("/calendar/years", [("lines", Self.year)])
            #expect(unlooked.status == 400)
            let published = try await reviewer.post(
                "/calendar/years", [("lines", Self.year), ("revision", "0")])
            #expect(published.location == "/calendar/publications/1")
            let stale = try await reviewer.post(
                "/calendar/years", [("lines", Self.year), ("revision", "0")])
            #expect(stale.status == 409)
            #expect(try await reviewer.get("/calendar/publications/1").text.contains("No deadline moved"))
            #expect(try await reviewer.get("/calendar?year=2027").text.contains("元旦"))

            let withdrawal = "/calendar/publications/1/withdrawal"
            #expect(try await reviewer.get(withdrawal).status == 200)
            #expect(try await reviewer.post(withdrawal, [("reason", ""), ("revision", "1")]).status == 422)
            let back = try await reviewer.post(withdrawal, [("reason", "有误"), ("revision", "1")])
            #expect(back.location == "/calendar/publications/2")
            #expect(try await reviewer.get(withdrawal).status == 409)
            #expect(node.calendar.years[2027] == nil)
            #expect(try await reviewer.get("/calendar/publications/9").status == 404)

            let steward = try await TrialPages.browser(node, people, "steward")
            let read = try await steward.get("/calendar")
            #expect(read.status == 200 && !read.text.contains("Publish a year"))
            #expect(try await steward.get("/calendar/years/new").status == 403)
        }
    }

    @Test
    func `close offices with the deadlines that move in sight, and hold titles back from who may not know`()
        async throws
    {
        try await SampleNode.with(.sqlite) { node, people in
            let request = try await TrialPages.pending(node, people)
            let due = try #require(
                request.file.clocks.last(where: \.isOpen)?.reading(
                    on: node.clock.now().date(), calendar: node.calendar
                ).due)
            let fields = [
                ("from", due.description), ("to", due.description), ("reason", "台风停工停课"),
                ("document", "防总〔2026〕1号"),
            ]
            let administrator = try await TrialPages.browser(node, people, "administrator")
            _ = try await administrator.get("/calendar/closures/new")
            let empty = try await administrator.post(
                "/calendar/closures/preview", [("from", ""), ("to", "x"), ("reason", ""), ("document", "")])
            #expect(empty.status == 422 && empty.text.contains("Give a day that exists"))
            let unnamed = try await administrator.post("/calendar/closures/preview", fields)
            #expect(unnamed.status == 200 && unnamed.text.contains("Time to answer"))
            #expect(!unnamed.text.contains(request.file.title))

            let reviewer = try await TrialPages.browser(node, people, "reviewer")
            _ = try await reviewer.get("/calendar/closures/new")
            let preview = try await reviewer.post("/calendar/closures/preview", fields)
            // The answer to this request, and the acceptance of what the sample city delivered.
            #expect(preview.text.contains("2 open deadline(s) will move"))
            #expect(preview.text.contains("/requests/\(request.id)"))
            let done = try await reviewer.post("/calendar/closures", fields + [("revision", "0")])
            let page = try await reviewer.follow(done)
            #expect(page.text.contains("/requests/\(request.id)") && page.text.contains("台风停工停课"))
            let cdo = try await TrialPages.browser(node, people, "cdo")
            #expect(try await cdo.get("/inbox").text.contains("because the working-day calendar changed"))
            #expect(try await cdo.get("/requests/\(request.id)").text.contains("offices closed"))
        }
    }

    @Test func `tell administrator and bureau of a year that is missing`() async throws {
        // 2026-12-30, when a request reaches into a year of which nothing is published.
        let time = MovedClock(to: ScheduleWorld.start + .seconds(35 * 86_400))
        try await SampleNode.with(.sqlite, clock: time.clock) { node, people in
            _ = try await TrialPages.pending(node, people)
            let administrator = try await TrialPages.browser(node, people, "administrator")
            #expect(
                try await administrator.get("/health").text.contains(
                    "The holidays of 2027 are not published; 2 open"))
            let reviewer = try await TrialPages.browser(node, people, "reviewer")
            #expect(try await reviewer.get("/inbox").text.contains("Years without published holidays"))
            let principal = try people.principal("reviewer")
            let year = try node.workingCalendar.year(of: Self.year)
            try await node.workingCalendar.publish(.year(year), seen: 0, by: principal)
            try await node.workingCalendar.reckon()
            #expect(!(try await administrator.get("/health").text.contains("are not published")))
        }
    }

    @Test(arguments: Dialect.available)
    func `are followed by schedules, which wait for the next day that is worked`(
        _ dialect: Dialect
    ) async throws {
        try await ScheduleWorld.with(dialect) { world in
            let set = try await world.schedule { terms in
                terms = Schedule.Terms(timing: Timing(.workingDays, minute: 150))
            }
            let day = set.nextAt.date()
            #expect(day == CalendarDate("2026-11-26"))
            let reviewer = try world.pages.people.principal("reviewer")
            let closure = LocalClosure(from: day, to: day, reason: "台风", document: "1号")
            try await world.node.calendarRound()
            #expect(try await world.present().nextAt == set.nextAt)
            try await world.node.workingCalendar.publish(.closure(closure), seen: 0, by: reviewer)
            try await world.node.calendarRound()
            #expect(try await world.present().nextAt.date() == CalendarDate("2026-11-27"))
            try await world.node.workingCalendar.publish(
                .withdrawal(of: 1, reason: "解除"), seen: 1, by: reviewer)
            try await world.node.calendarRound()
            #expect(try await world.present().nextAt == set.nextAt)
        }
    }

    @Test func `have an API that says what would move and holds to the revision that was looked at`()
        async throws
    {
        let time = MovedClock(to: ScheduleWorld.start)
        try await SampleNode.with(.sqlite, clock: time.clock, inBackground: false) { node, people in
            let api = try APICaller(node)
            let (token, other) = (people.members["reviewer"]?.token, people.members["steward"]?.token)
            let check = SchemaCheck(try await api.get("/openapi.json", nil).json())
            let read = try await api.get("/api/v1/calendar/2026", token)
            #expect(read.status == 200)
            #expect(
                check.faults("GET", "/api/v1/calendar/{year}", status: 200, try read.json()) == [])
            #expect(try await api.get("/api/v1/calendar/x", token).status == 404)
            let path = "/api/v1/calendar/years"
            let looked = try await api.post(path, token, ["lines": .string(Self.year), "dryRun": true])
            #expect(check.faults("POST", path, status: 200, try looked.json()) == [])
            #expect(try await node.workingCalendar.publications().isEmpty)
            let made = try await api.post(path, token, ["lines": .string(Self.year), "revision": 0])
            #expect(made.status == 200)
            #expect(check.faults("POST", path, status: 200, try made.json()) == [])
            let stale = try await api.post(
                "/api/v1/calendar/closures", token,
                [
                    "from": "2026-12-01", "to": "2026-12-01", "reason": "台风", "document": "1号",
                    "revision": 0,
                ])
            #expect(stale.status == 409)
            #expect(try await api.post(path, token, ["lines": "x", "when": "now"]).status == 400)
            #expect(try await api.post(path, token, ["lines": 7]).status == 400)
            #expect(try await api.post(path, other, ["lines": .string(Self.year)]).status == 403)
            let back = try await api.post(
                "/api/v1/calendar/publications/1/withdrawal", token, ["reason": "有误"])
            #expect(back.status == 200 && node.calendar.years[2027] == nil)
        }
    }
}
