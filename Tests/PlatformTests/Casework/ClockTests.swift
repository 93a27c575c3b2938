import Casework
import Kernel
import TestKit
import Testing

/// 2026's spring, as announced in the manner of 国办发明电: holidays over weekdays, worked weekends in exchange.
private func calendar() throws -> WorkingDayCalendar {
    try WorkingDayCalendar(
        tsv: """
            year\t2026\t2026\tsample announcement
            holiday\t2026-02-15\t2026-02-23\t春节
            working\t2026-02-14\t2026-02-14\t春节
            working\t2026-02-28\t2026-02-28\t春节
            """)
}

private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

private func rule(
    _ days: Int, extension extensionDaysMax: Int = 0, after: DeadlineRule.AfterPause = .resume
) throws -> DeadlineRule {
    DeadlineRule(
        name: "answer", effectiveFrom: try day("2021-01-01"), workingDays: days,
        extensionDaysMax: extensionDaysMax, afterPause: after, clause: "sample clause")
}

@Suite struct `Casework: a clock in working days` {
    @Test func `the day of the act does not count and weekends are skipped`() throws {
        // Friday 2026-01-09 + 5 working days = Friday 2026-01-16.
        let clock = CaseClock(name: "answer", rule: try rule(5), startedOn: try day("2026-01-09"))
        let reading = clock.reading(on: try day("2026-01-12"), calendar: try calendar())
        #expect(reading.due == CalendarDate("2026-01-16"))
        #expect(reading.status == .running)
        #expect(reading.countedDays == 1)
        #expect(reading.remainingDays == 4)
        #expect(reading.spans.map(\.nature) == [.start, .weekend, .counted])
        #expect(reading.spans.last?.counted == 5)
    }

    @Test func `a holiday does not count and an exchanged Saturday does`() throws {
        // Thursday 02-12: Fri 13 (1), Sat 14 exchanged (2), holiday 15–23, Tue 24 (3), Wed 25 (4).
        let clock = CaseClock(name: "answer", rule: try rule(4), startedOn: try day("2026-02-12"))
        let reading = clock.reading(on: try day("2026-02-12"), calendar: try calendar())
        #expect(reading.due == CalendarDate("2026-02-25"))
        #expect(reading.spans.map(\.nature) == [.start, .counted, .exchanged, .holiday, .counted])
        #expect(!reading.isProvisional)
    }

    @Test func `it is overdue from the day after its deadline, counted in working days`() throws {
        let clock = CaseClock(name: "answer", rule: try rule(5), startedOn: try day("2026-01-09"))
        #expect(clock.reading(on: try day("2026-01-16"), calendar: try calendar()).status == .running)
        let monday = clock.reading(on: try day("2026-01-19"), calendar: try calendar())
        #expect(monday.status == .overdue)
        #expect(monday.overdueDays == 1)
        #expect(clock.reading(on: try day("2026-01-17"), calendar: try calendar()).overdueDays == 0)
    }

    @Test func `a pause holds it and counting goes on after the answer`() throws {
        // Mon 01-05; Tue 6 (1), Wed 7 (2) notice that day; answered Wed 14; Thu 15 (3) Fri 16 (4) Mon 19 (5).
        let running = CaseClock(name: "check", rule: try rule(5), startedOn: try day("2026-01-05"))
        let paused = try running.paused(on: try day("2026-01-07"), reason: "补正")
        let held = paused.reading(on: try day("2026-01-30"), calendar: try calendar())
        #expect(held.status == .paused)
        #expect(held.due == nil)
        #expect(held.countedDays == 2)
        let resumed = try paused.resumed(on: try day("2026-01-14"))
        let reading = resumed.reading(on: try day("2026-01-14"), calendar: try calendar())
        #expect(reading.due == CalendarDate("2026-01-19"))
        #expect(reading.remainingDays == 3)
        #expect(reading.spans.contains { $0.nature == .paused && $0.to == CalendarDate("2026-01-14") })
    }

    @Test func `where the rule says so the days are counted anew after the answer`() throws {
        let paused = try CaseClock(
            name: "check", rule: try rule(5, after: .restart), startedOn: try day("2026-01-05")
        ).paused(on: try day("2026-01-07"), reason: "补正")
        let resumed = try paused.resumed(on: try day("2026-01-14"))
        let reading = resumed.reading(on: try day("2026-01-14"), calendar: try calendar())
        #expect(reading.due == CalendarDate("2026-01-21"))
        #expect(resumed.earlierStarts == [try day("2026-01-05")])
    }

    @Test func `it cannot be paused twice at once, nor resumed when it runs`() throws {
        let running = CaseClock(name: "check", rule: try rule(5), startedOn: try day("2026-01-05"))
        #expect(throws: CaseError.clockNotPaused(name: "check")) {
            try running.resumed(on: try day("2026-01-06"))
        }
        let paused = try running.paused(on: try day("2026-01-06"), reason: "补正")
        #expect(throws: CaseError.clockNotRunning(name: "check")) {
            try paused.paused(on: try day("2026-01-07"), reason: "补正")
        }
    }

    @Test func `it is extended once, with a reason, before the deadline, within the rule`() throws {
        let running = CaseClock(
            name: "answer", rule: try rule(5, extension: 5), startedOn: try day("2026-01-09"))
        let calendar = try calendar()
        let today = try day("2026-01-13")
        #expect(throws: CaseError.extensionTooLong(name: "answer", daysMax: 5)) {
            try running.extended(by: 6, reason: "量大", on: today, calendar: calendar)
        }
        #expect(throws: CaseError.inputMissing(["reason"])) {
            try running.extended(by: 5, reason: " ", on: today, calendar: calendar)
        }
        #expect(throws: CaseError.clockOverdue(name: "answer")) {
            try running.extended(by: 5, reason: "量大", on: try day("2026-01-20"), calendar: calendar)
        }
        let extended = try running.extended(by: 5, reason: "量大", on: today, calendar: calendar)
        #expect(extended.reading(on: today, calendar: calendar).due == CalendarDate("2026-01-23"))
        #expect(throws: CaseError.clockExtendedBefore(name: "answer")) {
            try extended.extended(by: 1, reason: "再延", on: today, calendar: calendar)
        }
    }

    @Test func `a deadline beyond the announced years is provisional`() throws {
        let clock = CaseClock(name: "answer", rule: try rule(10), startedOn: try day("2026-12-25"))
        let reading = clock.reading(on: try day("2026-12-25"), calendar: try calendar())
        #expect(reading.isProvisional)
        #expect(reading.due == CalendarDate("2027-01-08"))
        #expect(reading.spans.filter(\.isProvisional).first?.from == CalendarDate("2027-01-01"))
    }

    @Test func `stopped in time it is met, stopped late it stays overdue`() throws {
        let running = CaseClock(name: "answer", rule: try rule(5), startedOn: try day("2026-01-09"))
        let later = try day("2026-06-01")
        let met = try running.stopped(on: try day("2026-01-16"))
        #expect(met.reading(on: later, calendar: try calendar()).status == .met)
        let late = try running.stopped(on: try day("2026-01-20"))
        let reading = late.reading(on: later, calendar: try calendar())
        #expect(reading.status == .overdue)
        #expect(reading.overdueDays == 2)
        #expect(throws: CaseError.clockNotRunning(name: "answer")) {
            try met.stopped(on: later)
        }
    }

    @Test func `with whole pauses the deadline equals the calendar's own plus the days held`() throws {
        let calendar = try calendar()
        var generator = SampleRandom(seed: 11)
        for _ in 0..<300 {
            let start = try day("2026-01-01").adding(days: Int.random(in: 0..<300, using: &generator))
            let days = Int.random(in: 1...30, using: &generator)
            let clock = CaseClock(name: "answer", rule: try rule(days), startedOn: start)
            let plain = try calendar.deadline(from: start, workingDays: days)
            #expect(clock.reading(on: start, calendar: calendar).due == plain.date)
            let from = start.adding(days: Int.random(in: 0...5, using: &generator))
            guard from < plain.date else { continue }
            let to = from.adding(days: Int.random(in: 0...20, using: &generator))
            let resumed = try clock.paused(on: from, reason: "补正").resumed(on: to)
            let counted = calendar.workingDays(after: start, through: from)
            let expected = try calendar.deadline(from: max(to, from), workingDays: days - counted)
            #expect(resumed.reading(on: to, calendar: calendar).due == expected.date)
        }
    }
}

@Suite struct `Casework: deadline rules are data with dates` {
    @Test func `a clock keeps the edition in force on its first day`() throws {
        let rules = try DeadlineRules([
            DeadlineRule(
                name: "answer", effectiveFrom: try day("2021-01-01"), effectiveTo: try day("2025-07-31"),
                workingDays: 15, clause: "old"),
            DeadlineRule(
                name: "answer", effectiveFrom: try day("2025-08-01"), workingDays: 10, clause: "new"),
        ])
        #expect(try rules.rule("answer", on: try day("2025-07-31")).workingDays == 15)
        #expect(try rules.rule("answer", on: try day("2025-08-01")).workingDays == 10)
        #expect(throws: CaseError.deadlineRuleMissing(name: "answer", day: try day("2020-12-31"))) {
            try rules.rule("answer", on: try day("2020-12-31"))
        }
    }

    @Test func `editions that overlap, lack a clause or end before they begin are refused`() throws {
        func edition(_ from: String, _ to: String?, clause: String = "c", days: Int = 5) throws
            -> DeadlineRule
        {
            DeadlineRule(
                name: "x", effectiveFrom: try day(from), effectiveTo: try to.map(day), workingDays: days,
                clause: clause)
        }
        #expect(throws: DeadlineRuleFault.editionsOverlap(rule: "x")) {
            try DeadlineRules([try edition("2021-01-01", nil), try edition("2022-01-01", nil)])
        }
        #expect(throws: DeadlineRuleFault.clauseMissing(rule: "x")) {
            try DeadlineRules([try edition("2021-01-01", nil, clause: "")])
        }
        #expect(throws: DeadlineRuleFault.endsBeforeItBegins(rule: "x")) {
            try DeadlineRules([try edition("2021-01-01", "2020-01-01")])
        }
        #expect(throws: DeadlineRuleFault.daysOutOfRange(rule: "x")) {
            try DeadlineRules([try edition("2021-01-01", nil, days: -1)])
        }
    }
}
