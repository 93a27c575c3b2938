import Kernel
import Persistence
import Server
import Testing

@testable import Hooking

@Suite struct `A period` {
    private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    @Test(arguments: [
        ("2026-11", "2026-11-01", "2026-11-30"), ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"), ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"), ("2026", "2026-01-01", "2026-12-31"),
        // ISO 8601: week 53 of 2026 runs into the new year, week 1 of 2025 begins in the old one.
        ("2026-W53", "2026-12-28", "2027-01-03"), ("2025-W01", "2024-12-30", "2025-01-05"),
    ])
    func `has a first and a last day`(_ text: String, _ first: String, _ last: String) throws {
        let period = try #require(Period(text))
        #expect(period.description == text)
        #expect(period.first.description == first && period.last.description == last)
        #expect(Period(period.cadence, containing: period.last) == period)
    }

    @Test(arguments: [
        "", "2026-13", "2026-0", "2026-1", "2026-Q5", "2026-q1", "2026-W54", "2025-W53", "2026-W1", "26-01",
        "2026-", "-2026", "2026-11-01", "20261",
    ])
    func `is refused when it is written otherwise`(_ text: String) { #expect(Period(text) == nil) }

    @Test(arguments: Cadence.allCases)
    func `follows the one before without a gap, for forty years`(_ cadence: Cadence) throws {
        var period = Period(cadence, containing: try day("1999-12-31"))
        while period.first < (try day("2040-01-01")) {
            let next = period.next
            #expect(next.first == period.last.adding(days: 1))
            #expect(next.previous == period)
            #expect(Period(period.description) == period)
            period = next
        }
    }
}

@Suite struct `What a department owes` {
    private static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    private let calendar: WorkingDayCalendar

    init() throws {
        calendar = try WorkingDayCalendar(tsv: try Profile.shared("china/working-days.tsv"))
    }

    private func duty(_ cadence: Cadence = .month, since: String, days: Int = 5) throws -> FilingDuty {
        FilingDuty(
            hook: HookID(high: 1, low: 1), entry: EntryID(high: 1, low: 2), owner: PartyID(high: 1, low: 3),
            terms: FilingDuty.Terms(
                cadence: cadence, deadlineWorkingDays: days, remindWorkingDays: 3, manner: .replace,
                since: try Self.day(since)),
            revision: 1, setBy: AccountID(high: 1, low: 4), setAt: Instant(microseconds: 0))
    }

    private func filing(
        _ period: String, at day: String, _ outcome: PublishAttempt.Outcome? = nil, undone: Bool = false
    ) throws -> Filing {
        let at = Instant(
            microseconds: Int64(try Self.day(day).daysSince1970) * 86_400_000_000 + 3_600_000_000)
        return Filing(
            id: FilingID.new(at: at), hook: HookID(high: 1, low: 1), entry: EntryID(high: 1, low: 2),
            owner: PartyID(high: 1, low: 3), period: Period(period), kind: outcome == nil ? .nothing : .file,
            manner: .replace, channel: .page, package: nil, upload: nil, sha256: nil, fileName: nil,
            attempt: nil,
            outcome: outcome, servedBefore: nil, reason: nil, filedBy: AccountID(high: 1, low: 4),
            filedAt: at, undoneBy: undone ? AccountID(high: 1, low: 4) : nil, undoneAt: undone ? at : nil)
    }

    @Test func `is due by the n-th working day, over holidays and exchanged days`() throws {
        // 1 to 8 October 2026 are holidays, Saturday the 10th is worked in exchange.
        let duty = try duty(since: "2026-09-01")
        let deadline = try duty.deadline(of: try #require(Period("2026-09")), by: calendar)
        var worked = 0
        var date = try Self.day("2026-09-30")
        while worked < 5 {
            date = date.adding(days: 1)
            if calendar.day(date).isWorking { worked += 1 }
        }
        #expect(deadline.date == date)
        #expect(deadline.date > (try Self.day("2026-10-08")))
        #expect(
            try self.duty(since: "2026-09-01", days: 0).deadline(
                of: try #require(Period("2026-09")), by: calendar
            ).date.description == "2026-09-30")
    }

    @Test func `goes from open over due and late to missing`() throws {
        let duty = try duty(since: "2026-03-01")
        func state(_ period: String, on day: String) throws -> PeriodStanding.State? {
            try duty.standings([], on: try Self.day(day), by: calendar)
                .first { $0.period.description == period }?.state
        }
        #expect(try state("2026-03", on: "2026-03-31") == .open)
        #expect(try state("2026-03", on: "2026-04-01") == .due)
        let deadline = try duty.deadline(of: try #require(Period("2026-03")), by: calendar).date
        #expect(try state("2026-03", on: deadline.description) == .due)
        #expect(try state("2026-03", on: deadline.adding(days: 1).description) == .late)
        let next = try duty.deadline(of: try #require(Period("2026-04")), by: calendar).date
        #expect(try state("2026-03", on: next.description) == .late)
        #expect(try state("2026-03", on: next.adding(days: 1).description) == .missing)
        // Nothing is owed before the first period.
        #expect(try state("2026-02", on: "2026-04-01") == nil)
    }

    @Test func `is settled by a file or a nil report, but not by one that failed or was taken back`() throws {
        let duty = try duty(since: "2026-03-01")
        let today = try Self.day("2026-07-20")
        let failure = PublishAttempt.Outcome.failed(Problem(.refused, Message("x")))
        let standings = try duty.standings(
            [
                try filing("2026-03", at: "2026-04-02", .unchanged),
                try filing("2026-04", at: "2026-06-20", .published(VersionID(high: 1, low: 9))),
                try filing("2026-05", at: "2026-06-02", failure),
                try filing("2026-06", at: "2026-07-02"),
                try filing("2026-07", at: "2026-07-15", .unchanged, undone: true),
            ], on: today, by: calendar)
        #expect(
            standings.map(\.period.description) == ["2026-07", "2026-06", "2026-05", "2026-04", "2026-03"])
        #expect(standings.map(\.state) == [.open, .nothing, .missing, .arrived, .arrived])
        #expect(standings.map(\.cameLate) == [false, false, false, true, false])
        #expect(standings.foremost?.period.description == "2026-05")
        #expect(standings.filter(\.isUrgent).map(\.period.description) == ["2026-05"])
    }

    @Test func `is in the inbox so many working days before the deadline`() throws {
        let duty = try duty(since: "2026-03-01")
        let deadline = try duty.deadline(of: try #require(Period("2026-03")), by: calendar).date
        var date = deadline
        while calendar.workingDays(after: date, through: deadline) < 3 { date = date.adding(days: -1) }
        func isUrgent(_ day: CalendarDate) throws -> Bool {
            try duty.standings([], on: day, by: calendar).contains { $0.isUrgent }
        }
        #expect(try isUrgent(date))
        while calendar.workingDays(after: date, through: deadline) < 4 { date = date.adding(days: -1) }
        #expect(try !isUrgent(date))
    }

    @Test func `is refused when its terms cannot be`() throws {
        var terms = try duty(since: "2026-03-01").terms
        #expect(FilingDuty.faults(terms, columns: ["code"]).isEmpty)
        terms.deadlineWorkingDays = 121
        terms.remindWorkingDays = -1
        terms.manner = .overlay
        #expect(FilingDuty.faults(terms, columns: ["code"]).map(\.name) == ["deadline", "remind", "rowKey"])
        terms.rowKey = ["code", "other"]
        #expect(
            FilingDuty.faults(terms, columns: ["code"]).map(\.message.key).contains("hooking.key-unknown"))
    }
}
