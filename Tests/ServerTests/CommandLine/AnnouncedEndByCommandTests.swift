import Identity
import Kernel
import Persistence
import Server
import TestKit
import Testing

/// 预告终止, as a script does it.
@Suite struct `An announced end by commands` {
    @Test
    func `is announced, moved, objected to, maintained and withdrawn; what is wrong ends with its code`()
        async throws
    {
        try await SampleSite.with(.sqlite, rows: 50) { site in
            let work = ByCommand(site)
            let grant = work.grant
            let entry = try await work.entry()
            let listed = try await work.json(["grant", "end-prospects", entry], as: "cdo")
            let earliest = try #require(listed.array?.first?["earliest"]?.string)
            func announce(_ on: String, as who: String) async throws -> Int32 {
                try await work.status(
                    ["grant", "announce-end", grant, "--on", on, "--reason", "业务系统更新换代"], as: who)
            }
            #expect(try await announce("someday", as: "cdo") == 2)
            #expect(try await announce(ByCommand.day(in: 1), as: "cdo") == 2)
            #expect(try await announce(earliest, as: "consumer") == 4)
            #expect(try await announce(earliest, as: "cdo") == 0)
            #expect(try await announce(earliest, as: "cdo") == 6, "announced already")
            let later = ByCommand.day(in: 90)
            func say(_ act: String, _ more: String..., as who: String) async throws -> Int32 {
                try await work.status(["grant", act, grant, "--reason", "说明"] + more, as: who)
            }
            #expect(try await say("move-end", "--on", later, as: "cdo") == 0)
            #expect(try await say("object-to-end", as: "cdo") == 4)
            #expect(try await say("object-to-end", as: "consumer") == 0)
            #expect(try await say("maintain-end", as: "cdo") == 0)
            let shown = try await work.json(["grant", "announced-end", grant], as: "consumer")
            #expect(shown["day"]?.string == later && shown["state"] == "maintained")
            #expect(
                try await work.json(["grant", "announced-ends", "--open"], as: "reviewer").array?.count == 1)
            #expect(try await say("withdraw-end", as: "cdo") == 0)
            #expect(try await work.json(["grant", "show", grant], as: "cdo")["announcedEnd"] == .null)
        }
    }
}
