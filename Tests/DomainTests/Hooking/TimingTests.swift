import Kernel
import Server
import Testing

@testable import Hooking

@Suite struct `A schedule's time` {
    private let calendar: WorkingDayCalendar

    init() throws {
        calendar = try WorkingDayCalendar(tsv: try Profile.shared("china/working-days.tsv"))
    }

    /// `2026-11-25 10:30` in Beijing.
    private func moment(_ text: String) throws -> Instant {
        let parts = text.split(separator: " ").map(String.init)
        let day = try #require(CalendarDate(parts[0]))
        let minute = try #require(Timing.minute(parts[1]))
        return Instant(
            microseconds: Int64(day.daysSince1970 * 86_400 + minute * 60 - 28_800) * 1_000_000)
    }

    @Test func `is of Beijing, daily, on working days, weekly or on the n-th working day`() throws {
        // Wednesday, 30 September 2026; 1 to 7 October are holidays, Saturday the 10th is worked.
        let now = try moment("2026-09-30 10:30")
        func next(_ timing: Timing) throws -> Instant { timing.next(after: now, by: calendar) }
        #expect(try next(Timing(.daily, minute: 630)) == moment("2026-10-01 10:30"))
        #expect(try next(Timing(.daily, minute: 631)) == moment("2026-09-30 10:31"))
        #expect(try next(Timing(.workingDays, minute: 60)) == moment("2026-10-08 01:00"))
        #expect(try next(Timing(.weekly, minute: 0, weekday: 3)) == moment("2026-10-07 00:00"))
        #expect(try next(Timing(.monthly, minute: 60, workingDay: 1)) == moment("2026-10-08 01:00"))
        let third = Timing(.workingDays, minute: 60).next(3, after: now, by: calendar)
        #expect(
            third == [
                try moment("2026-10-08 01:00"), try moment("2026-10-09 01:00"),
                try moment("2026-10-10 01:00"),
            ])
    }

    @Test func `always comes after the moment that is asked about, for each kind of days`() throws {
        for days in Timing.Days.allCases {
            let timing = Timing(days, minute: 150, weekday: 5, workingDay: 15)
            var last = try moment("2025-12-30 23:00")
            for _ in 0..<40 {
                let next = timing.next(after: last, by: calendar)
                #expect(next > last)
                last = next
            }
        }
    }

    @Test(arguments: ["", "2:30", "24:00", "12:60", "12.30", "12:3", "１２:30", "12:30 "])
    func `is refused when it is written otherwise`(_ text: String) { #expect(Timing.minute(text) == nil) }

    @Test func `is tried again after one, four and sixteen minutes, then every hour`() {
        #expect((1...6).map(Timing.backOff) == [60, 240, 960, 3_600, 3_600, 3_600])
    }

    @Test func `has limits for everything`() {
        let terms = Schedule.Terms(
            timing: Timing(.monthly, minute: 1_440, weekday: 8, workingDay: 16), retriesMax: 11,
            alertAfterFailures: 0, lateAfterMinutes: 4)
        #expect(
            terms.faults.map(\.name) == [
                "weekday", "workingDay", "minute", "retriesMax", "alertAfterFailures", "lateAfterMinutes",
            ])
    }
}

@Suite struct `The name of a file that is taken` {
    @Test func `may have one star`() throws {
        let pattern = try #require(NamePattern("低保-*.csv"))
        #expect(pattern.matches("低保-2026-10.csv") && pattern.matches("低保-.csv"))
        for other in ["低保.csv", "x低保-1.csv", "低保-1.csv.part", ".低保-1.csv", "低保-1.csv.ready"] {
            #expect(!pattern.matches(other), "\(other)")
        }
        #expect(try #require(NamePattern("a.csv")).matches("a.csv"))
        // Head and tail may not share characters.
        #expect(!(try #require(NamePattern("ab*b.csv")).matches("ab.csv")))
    }

    @Test(arguments: [
        "", "*", "a/b*.csv", "../*.csv", ".*.csv", "a*b*.csv", "*.exe", "*.csv\n",
        String(repeating: "a", count: 300) + ".csv",
    ])
    func `is no path, not hidden, and ends like a table`(_ text: String) {
        #expect(NamePattern(text) == nil)
    }

    @Test func `says its period, once`() {
        #expect(Period(.month, inName: "低保-2026-10.csv")?.description == "2026-10")
        #expect(Period(.quarter, inName: "2026-Q3 低保.xlsx")?.description == "2026-Q3")
        #expect(Period(.week, inName: "x2026-W40.csv")?.description == "2026-W40")
        #expect(Period(.year, inName: "年报2025.csv")?.description == "2025")
        for name in ["低保.csv", "低保-2026-13.csv", "2026-10至2026-11.csv"] {
            #expect(Period(.month, inName: name) == nil, "\(name)")
        }
    }
}
