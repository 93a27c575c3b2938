import Foundation
import Kernel
import TestKit
import Testing

/// The working-day calendar as a script of the bureau keeps it.
@Suite struct `The calendar by commands alone` {
    @Test func `is looked at, published, closed on a day, and taken back`() async throws {
        try await CommandSite.with { site in
            _ = try await site.json(["init"])
            try await site.appoint("reviewer", "市政务服务数据管理局", "数据管理科审核岗", "bureau-reviewer")
            let year = Clock.system.now().date().components.year + 1
            let first = "year\t\(year)\t\(year)\t节假日安排通知\nholiday\t\(year)-01-01\t\t元旦\n"
            let file = try site.write(first, to: "year.tsv")
            let looked = try await site.json(["calendar", "import", file, "--dry-run"], as: "reviewer")
            #expect(looked["revision"] == 0 && looked["moved"] == 0)
            #expect(try await site.json(["calendar", "publications"], as: "reviewer").array == [])
            let published = try await site.json(["calendar", "import", file], as: "reviewer")
            #expect(published["revision"] == 1)
            let shown = try await site.json(["calendar", "show", "\(year)"], as: "reviewer")
            #expect(shown["document"] == "节假日安排通知" && shown["isProvisional"] == false)

            let wrong = try site.write(first + "feast\t\(year)-05-01\t\tx\n", to: "wrong.tsv")
            let refused = try await site.run(["calendar", "import", wrong], as: "reviewer")
            #expect(refused.status != 0 && refused.errors.contains("Line 3 is wrong"))
            let endless = try site.write(String(repeating: "#", count: 70_000), to: "endless.tsv")
            let tooLarge = try await site.run(["calendar", "import", endless], as: "reviewer")
            #expect(tooLarge.status != 0 && tooLarge.errors.contains("is larger than 65536 bytes"))
            let again = try await site.run(["calendar", "import", file], as: "reviewer")
            #expect(again.status != 0 && again.errors.contains("nothing to publish"))

            var day = Clock.system.now().date().adding(days: 10)
            while day.weekday > 5 { day = day.adding(days: 1) }
            let closed = try await site.json(
                ["calendar", "close", day.description, "--reason", "台风", "--document", "1号"], as: "reviewer")
            #expect(closed["revision"] == 2)
            let back = try await site.json(
                ["calendar", "withdraw", "2", "--reason", "警报解除"], as: "reviewer")
            #expect(back["revision"] == 3)
            let all = try await site.json(["calendar", "publications"], as: "reviewer")
            #expect(all.array?.map { $0["kind"]?.string } == ["withdrawal", "closure", "year"])
        }
    }
}
