import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `Exchange: an announced end of units that merge` {
    @Test(arguments: Dialect.available)
    func `goes with its grant to the unit that follows, and still comes on its day`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            try await city.register()
            let other = try #require(city.stranger.party)
            let grant = try await city.granted()
            let one = try await city.announce(grant, on: try #require(CalendarDate("2026-03-02")))
            let id = try await city.successions.draft(
                city.merger([city.applicant], other), by: .system(), at: city.now)
            _ = try await city.successions.confirm(id, seen: 1, by: .system(), at: city.now)
            let after = try await city.announcedEnds.find(one.id, for: city.stranger)
            #expect(after.recipient == other && after.file.seats.values.contains(other))
            #expect(try await city.grant(grant).announcedEnd == one.day)
            #expect(try city.announcedEnds.possibleActs(on: after, for: city.stranger) == ["object"])
            let objected = try await city.say(.object, after, by: city.stranger, "业务由本单位承接")
            #expect(objected.file.state == "objected")
            city.wait(days: 60)
            #expect(try await city.announcedEnds.round() == [grant])
        }
    }
}
