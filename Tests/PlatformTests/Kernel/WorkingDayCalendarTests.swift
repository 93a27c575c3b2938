import Foundation
import Kernel
import TestKit
import Testing

@Suite struct `Kernel: the working-day calendar` {
    private let calendar: WorkingDayCalendar

    init() throws {
        calendar = try WorkingDayCalendar(
            tsv: String(
                contentsOf: Golden.root.appending(path: "profiles/china/working-days.tsv"), encoding: .utf8))
    }

    private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    @Test func `each announced year has the number of days off that its notice counts`() throws {
        // The notices' own totals: 2024 1+8+3+5+1+3+7, 2025 1+8+3+5+3+8, 2026 3+9+3+5+3+3+7.
        for (year, off, exchanged) in [(2024, 28, 8), (2025, 28, 5), (2026, 33, 6)] {
            let first = try date("\(year)-01-01")
            let days = (0..<366).map(first.adding(days:)).filter { $0.components.year == year }
            #expect(days.count { if case .holiday = calendar.day($0) { true } else { false } } == off)
            #expect(days.count { if case .exchanged = calendar.day($0) { true } else { false } } == exchanged)
            #expect(calendar.years[year]?.announcement.contains("国办发明电") == true)
        }
    }

    @Test func `a deadline across Spring Festival 2026 shows each day and its reason`() throws {
        let deadline = try calendar.deadline(from: date("2026-02-12"), workingDays: 5)
        #expect(deadline.date.description == "2026-02-26" && !deadline.isProvisional)
        #expect(
            deadline.steps.map { "\($0.date) \($0.day.reason.key) \($0.number.map(String.init) ?? "-")" } == [
                "2026-02-13 calendar.working 1", "2026-02-14 calendar.exchanged 2",
                "2026-02-15 calendar.holiday -", "2026-02-16 calendar.holiday -",
                "2026-02-17 calendar.holiday -", "2026-02-18 calendar.holiday -",
                "2026-02-19 calendar.holiday -", "2026-02-20 calendar.holiday -",
                "2026-02-21 calendar.holiday -", "2026-02-22 calendar.holiday -",
                "2026-02-23 calendar.holiday -", "2026-02-24 calendar.working 3",
                "2026-02-25 calendar.working 4", "2026-02-26 calendar.working 5",
            ])
    }

    @Test func `the start rule decides whether the first day counts`() throws {
        let monday = try date("2026-03-02")
        #expect(try calendar.deadline(from: monday, workingDays: 1).date.description == "2026-03-03")
        #expect(
            try calendar.deadline(from: monday, workingDays: 1, startRule: .sameDay).date == monday)
        let saturday = try date("2026-03-07")
        #expect(
            try calendar.deadline(from: saturday, workingDays: 1, startRule: .sameDay).date.description
                == "2026-03-09")
        #expect(try calendar.deadline(from: monday, workingDays: 0).date == monday)
    }

    @Test func `a deadline in a year nobody has announced is provisional`() throws {
        let deadline = try calendar.deadline(from: date("2026-12-28"), workingDays: 5)
        #expect(deadline.isProvisional && deadline.date.description == "2027-01-04")
        #expect(
            deadline.steps.filter(\.isProvisional).map(\.date.components.year) == [2027, 2027, 2027, 2027])
        #expect(calendar.day(try date("2027-10-01")) == .working)
    }

    @Test func `counting back agrees with counting forward from every day of three years`() throws {
        let first = try date("2024-01-01")
        for offset in stride(from: 0, to: 1000, by: 7) {
            let start = first.adding(days: offset)
            for days in [1, 5, 20] {
                let end = try calendar.deadline(from: start, workingDays: days).date
                #expect(calendar.day(end).isWorking)
                #expect(calendar.workingDays(after: start, through: end) == days)
                #expect(calendar.workingDays(after: end, through: start) == -days)
            }
        }
    }

    @Test func `a year is read as spreadsheets write it, in either language`() throws {
        let text =
            "\u{FEFF}年度,2027,2027,\"通知, 第 1 号\"\r\n放假,2027-01-01,2027-01-03,元旦\r\n\r\n上班,2026-12-26,,元旦\r\n"
        let (years, faults) = CalendarYear.read(text)
        let year = try #require(years.first)
        #expect(faults.isEmpty && years.count == 1)
        #expect(year.announcement == "通知, 第 1 号" && year.spans.map(\.kind) == [.holiday, .working])
        // An announcement may speak of the December before it.
        let published = calendar.publishing([year], closures: [:], revision: 1)
        #expect(try published.day(date("2026-12-26")) == .exchanged(for: "元旦"))
        #expect(try !published.isProvisional(date("2027-03-01")))
        #expect(CalendarYear.read(year.tsv).years == [year])
    }

    @Test func `a closure takes a working day away, and nothing from a holiday`() throws {
        let (monday, holiday) = (try date("2026-11-30"), try date("2026-10-01"))
        let closed = calendar.publishing([], closures: [monday: "台风", holiday: "台风"], revision: 1)
        #expect(closed.day(monday) == .closed("台风") && closed.day(holiday) == .holiday("国庆节"))
        #expect(closed.workingDays(inYear: 2026) == calendar.workingDays(inYear: 2026) - 1)
        #expect(closed.firstDifference(from: calendar) == monday)
        #expect(calendar.firstDifference(from: calendar) == nil)
        let inForce = CalendarInForce(calendar)
        inForce.take(closed)
        inForce.take(calendar)
        #expect(inForce.now.revision == 1)
    }

    @Test func `limits are said by name`() throws {
        let day = try date("2026-01-01")
        #expect(throws: WorkingDayCalendar.Fault.tooManyDays(max: 1000)) {
            try calendar.deadline(from: day, workingDays: 1001)
        }
        #expect(throws: WorkingDayCalendar.Fault.negativeDays) {
            try calendar.deadline(from: day, workingDays: -1)
        }
    }

    @Test(arguments: [
        ("year\t2026\t2026", 1, CalendarYear.Wrong.fourCells),
        ("year\t2026\t2025\tx", 1, CalendarYear.Wrong.year),
        ("holiday\t2026-01-01\t2026-01-01\t元旦", 1, CalendarYear.Wrong.announcement),
        ("year\t2026\t2026\tx\nholiday\t2026-01-03\t2026-01-01\t元旦", 2, CalendarYear.Wrong.dates),
        ("year\t2026\t2026\tx\nholiday\t2026-02-30\t2026-02-30\t元旦", 2, CalendarYear.Wrong.dates),
        ("year\t2026\t2026\tx\nfeast\t2026-01-01\t2026-01-01\t元旦", 2, CalendarYear.Wrong.kind),
        ("year\t2026\t2026\tx\nworking\t2026-01-05\t2026-01-05\t元旦", 2, CalendarYear.Wrong.weekday),
        (
            "year\t2026\t2026\tx\nholiday\t2026-01-01\t2026-01-03\t元旦\nworking\t2026-01-03\t2026-01-03\t元旦",
            3, CalendarYear.Wrong.saidTwice
        ),
    ])
    func `a wrong line is named`(tsv: String, line: Int, what: CalendarYear.Wrong) {
        #expect(throws: WorkingDayCalendar.Fault.line(line, what)) { try WorkingDayCalendar(tsv: tsv) }
    }
}
