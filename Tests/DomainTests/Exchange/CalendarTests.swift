import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

/// What the city publishes on its calendar, and what that does to deadlines that run.
@Suite struct `Exchange: the working-day calendar` {
    private static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    private static func closure(_ from: String, _ to: String? = nil) throws -> CalendarChange {
        .closure(
            LocalClosure(
                from: try day(from), to: try day(to ?? from), reason: "台风停工停课", document: "防总〔2026〕1号"))
    }

    private static let year2027 =
        "year\t2027\t2027\tsample announcement of 2027\nholiday\t2027-01-01\t2027-01-03\t元旦\n"

    private static func due(_ city: SharingCity) async throws -> [String?] {
        try await city.database.read { connection in
            try connection.rows("SELECT due_on FROM case_clock WHERE is_open = 1 ORDER BY case_id, position")
                .map { try $0.optional("due_on") }
        }
    }

    @Test(arguments: Dialect.available)
    func `a closure moves what its preview said, once, and its withdrawal puts it back`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let pending = try await city.accepted()
            let calendar = city.calendar
            let closure = try Self.closure("2026-01-14", "2026-01-15")
            let preview = try await calendar.preview(closure, by: city.reviewer)
            #expect(preview.movedCount == 1 && preview.revision == 0)
            #expect(preview.moves.map(\.caseID) == [pending.id])
            #expect(preview.moves.first?.from == CalendarDate("2026-01-19"))
            #expect(preview.moves.first?.to == CalendarDate("2026-01-21"))
            // To look does nothing.
            #expect(try await Self.due(city) == ["2026-01-19"])
            #expect(try await city.leaves("calendar.closed") == 0)

            let published = try await calendar.publish(
                closure, seen: preview.revision, by: city.reviewer)
            #expect(published.revision == 1)
            #expect(try await calendar.recomputation(of: 1).outstanding == 1)
            #expect(try await calendar.reckon().moved == [pending.id])
            #expect(try await Self.due(city) == ["2026-01-21"])
            let (moves, count, outstanding) = try await calendar.recomputation(of: 1)
            #expect(moves == preview.moves && count == 1 && outstanding == 0)
            #expect(try await city.leaves("calendar.closed") == 1)
            #expect(try await city.leaves("case.deadline-moved") == 1)
            #expect(
                try await city.exchange.notices(of: city.providerChief).contains {
                    $0.occasion == "calendar.1.answer"
                })
            #expect(try await calendar.reckon().moved.isEmpty)
            #expect(try await city.exchange.dailyRound().swept.moved.isEmpty)
            #expect(try await city.leaves("case.deadline-moved") == 1)

            let back = CalendarChange.withdrawal(of: 1, reason: "警报解除")
            #expect(
                try await calendar.preview(back, by: city.reviewer).moves.first?.to
                    == CalendarDate("2026-01-19"))
            try await calendar.publish(back, seen: 1, by: city.reviewer)
            try await calendar.reckon()
            #expect(try await Self.due(city) == ["2026-01-19"])
            #expect(try await calendar.publication(1).withdrawnBy == 2)
            await #expect(throws: CalendarFault.withdrawnBefore) {
                try await calendar.publish(back, seen: 2, by: city.reviewer)
            }
            await #expect(throws: CalendarFault.withdrawsWithdrawal) {
                try await calendar.publish(
                    .withdrawal(of: 2, reason: "x"), seen: 2, by: city.reviewer)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `of two who publish on what both saw, one succeeds and the other hears of it`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let calendar = city.calendar
            let days = ["2026-01-14", "2026-01-15"]
            let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
                for day in days {
                    let closure = try Self.closure(day)
                    group.addTask {
                        do {
                            try await calendar.publish(closure, seen: 0, by: city.reviewer)
                            return true
                        } catch PolicyError.moved {
                            return false
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count(where: \.self) == 1)
            #expect(try await calendar.publications().count == 1)
            #expect(try await city.leaves("calendar.closed") == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `another process acts by it at once, and shows it with its next look`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let (cases, calendar) = try city.elsewhere()
            try await city.calendar.publish(
                try Self.closure("2026-01-14"), seen: 0, by: city.reviewer)
            let day = try Self.day("2026-01-14")
            #expect(city.exchange.cases.calendar.day(day) == .closed("台风停工停课"))
            #expect(cases.calendar.day(day) == .working)
            #expect(
                try await city.database.read { try cases.calendar(in: $0).day(day) } == .closed("台风停工停课"))
            #expect(try await calendar.refresh() == 1)
            #expect(cases.calendar.day(day) == .closed("台风停工停课"))
        }
    }

    @Test(arguments: Dialect.available)
    func `a clock over an unpublished year is provisional, is told of, and is certain afterwards`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let calendar = city.calendar
            #expect(try await calendar.gaps().isEmpty)
            city.wait(days: 352)  // 2026-12-23
            #expect(try await calendar.gaps() == [CalendarGap(year: 2027, clocks: 0)])
            let pending = try await city.accepted()
            #expect(try await calendar.gaps() == [CalendarGap(year: 2027, clocks: 1)])
            let change = CalendarChange.year(try calendar.year(of: Self.year2027))
            let preview = try await calendar.preview(change, by: city.reviewer)
            #expect(preview.settledCount == 1 && preview.moves.map(\.caseID) == [pending.id])
            #expect(preview.moves.first?.from == CalendarDate("2027-01-06"))
            #expect(preview.moves.first?.to == CalendarDate("2027-01-07"))
            try await calendar.publish(change, seen: 0, by: city.reviewer)
            try await calendar.reckon()
            #expect(try await Self.due(city) == ["2027-01-07"])
            #expect(try await calendar.gaps().isEmpty)
            await #expect(throws: CalendarFault.unchanged) {
                try await calendar.publish(change, seen: 1, by: city.reviewer)
            }
            // A correction is another publication; the first stays to be read and is past withdrawing.
            let corrected = Self.year2027.replacing("2027-01-03", with: "2027-01-04")
            try await calendar.publish(
                .year(try calendar.year(of: corrected)), seen: 1, by: city.reviewer)
            try await calendar.reckon()
            #expect(try await Self.due(city) == ["2027-01-08"])
            await #expect(throws: CalendarFault.superseded) {
                try await calendar.preview(.withdrawal(of: 1, reason: ""), by: city.reviewer)
            }
        }
    }

    @Test func `what is wrong with a text is said line by line, and nothing is taken`() async throws {
        try await inCity(.sqlite) { city in
            let calendar = city.calendar
            func fault(_ text: String) -> CalendarFault? {
                do throws(CalendarFault) {
                    _ = try calendar.year(of: text)
                    return nil
                } catch {
                    return error
                }
            }
            func lines(_ text: String) -> [String] {
                guard case .lines(let faults) = fault(text) else { return [] }
                return faults.map { "\($0.line) \($0.what.rawValue)" }
            }
            let first = "year\t2027\t2027\tx\n"
            let wrong =
                "holiday\t2027-01-01\t2027-01-03\t元旦\nworking\t2027-01-03\t\t元旦\nworking\t2027-01-05\t\t元旦\n"
                + "holiday\t2028-02-01\t\t春节\nfeast\t2027-05-01\t\t劳动节\nholiday\t2027-02-30\t\t春节\nholiday"
            #expect(
                lines(first + wrong) == [
                    "3 said-twice", "4 weekday", "5 announcement", "6 kind", "7 dates", "8 four-cells",
                ])
            #expect(lines("holiday\t2027-01-01\t\t元旦\n") == ["1 announcement"])
            #expect(fault("") == .notOneYear(found: 0))
            #expect(fault(first + "year\t2028\t2028\ty\n") == .notOneYear(found: 2))
            #expect(fault("year\t2077\t2077\tx\n") == .yearOutOfRange(first: 2021, last: 2031))
            #expect(
                fault(String(repeating: "#\n", count: WorkingCalendar.linesMax + 1))
                    == .linesTooMany(linesMax: WorkingCalendar.linesMax))
        }
    }

    @Test func `a closure needs days, a reason and a document, and somebody who may`() async throws {
        try await inCity(.sqlite) { city in
            let calendar = city.calendar
            let change = try Self.closure("2026-01-14")
            for who in [city.chief, city.drafter, city.leader] {
                await #expect(throws: PolicyError.notPermitted(.publishCalendar)) {
                    try await calendar.preview(change, by: who)
                }
                await #expect(throws: PolicyError.notPermitted(.publishCalendar)) {
                    try await calendar.publish(change, seen: 0, by: who)
                }
            }
            for (closure, fields) in [
                (("2026-01-15", "2026-01-14", "台风", "1号"), ["to"]),
                (("2026-01-14", "2026-03-14", "台风", "1号"), ["to"]),
                (("2028-01-14", "2028-01-14", "台风", "1号"), ["from"]),
                (("2026-01-14", "2026-01-14", " ", ""), ["reason", "document"]),
            ] {
                let (from, to, reason, document) = closure
                let change = CalendarChange.closure(
                    LocalClosure(
                        from: try Self.day(from), to: try Self.day(to), reason: reason, document: document))
                do {
                    try await calendar.publish(change, seen: 0, by: city.reviewer)
                    Issue.record("\(closure) was taken")
                } catch let fault as CalendarFault {
                    #expect(fault.problem.places.map(\.name) == fields)
                }
            }
            // A weekend is closed already.
            await #expect(throws: CalendarFault.unchanged) {
                try await calendar.publish(
                    try Self.closure("2026-01-17", "2026-01-18"), seen: 0, by: city.reviewer)
            }
            await #expect(throws: CalendarFault.notFound) {
                try await calendar.publish(.withdrawal(of: 9, reason: "x"), seen: 0, by: city.reviewer)
            }
            #expect(try await calendar.publications().isEmpty)
        }
    }
}
