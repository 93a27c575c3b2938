import Catalogue
import Foundation
import HTTPTypes
import Identity
import Kernel
import Server
import TestKit
import Testing

@testable import Hooking

@Suite struct `The pages of hooking refuse` {
    @Test func `whoever is not signed in, and another department`() async throws {
        try await HookPageWorld.with { world in
            let visitor = try await world.app.ask(.get, world.source, headers: ["Accept": "text/html"])
            #expect(visitor.status == 303 && visitor.location?.hasPrefix("/sign-in") == true)

            let own = try await world.browser("steward")
            let hooked = try await world.hook("code,amount\na,1\n", by: own)
            let begun = try await own.post("\(hooked.location ?? "")/publications", [("revision", "1")])
            let attempt = try await world.ended(begun)
            let stranger = try await world.browser("market-steward")
            for path in [
                world.source, "/catalogue/\(world.entry)/hook", "/catalogue/\(world.entry)/hook/reading",
                hooked.location ?? "", "\(hooked.location ?? "")/pause", "/publications/\(attempt.id)",
                "/publications/\(attempt.id)/rejects", "/publications/\(attempt.id)/rejects/file",
                "/publications/\(attempt.id)/rejects/file?format=excel",
            ] {
                #expect(try await stranger.get(path).status == 404, "\(path)")
            }
            _ = try await stranger.get("/hooks")
            #expect(
                try await stranger.post("\(hooked.location ?? "")/publications", [("revision", "2")]).status
                    == 404)
            let leader = try await world.browser("leader")
            #expect(try await leader.get("/hooks").status == 403)
        }
    }

    @Test func `an upload of another department as a source`() async throws {
        try await HookPageWorld.with { world in
            let own = try await world.browser("steward")
            let reading = try await world.upload(Array("a,b\n1,2\n".utf8), as: "t.csv", by: own)
            let query = try #require(reading.location?.split(separator: "?").last)
            let others = try #require(SampleEntry.all.first { $0.steward == "market-steward" })
            let steward = try world.people.principal("market-steward")
            let owner = try #require(steward.party)
            let entry = try await world.node.catalogue.draft(others.card, owner: owner, by: steward)
            let stranger = try await world.browser("market-steward")
            #expect(try await stranger.get("/catalogue/\(entry.id)/hook/reading?\(query)").status == 404)
        }
    }

    @Test func `forms without their proof`() async throws {
        try await HookPageWorld.with { world in
            let browser = try await world.browser("steward")
            _ = try await browser.get(world.source)
            let upload = try await browser.upload(
                "/catalogue/\(world.entry)/hook/upload", [],
                file: ("file", "t.csv", Array("a\n1\n".utf8)), csrf: "made-up")
            #expect(upload.status == 403)
            let define = try await browser.post(
                "/catalogue/\(world.entry)/hook/definition", [], csrf: "made-up")
            #expect(define.status == 403)
            let folder = world.node.hooking.uploadsFolder
            #expect((try? FileManager.default.contentsOfDirectory(atPath: folder))?.isEmpty ?? true)
        }
    }

    @Test func `a file that is too large, naming the limit and its unit`() async throws {
        try await HookPageWorld.with(environment: ["HEADWATERS_HOOKING_UPLOAD_BYTES_MAX": "2048"]) { world in
            let browser = try await world.browser("steward")
            let row = Array("a,1\n".utf8)
            let little = try await world.upload(
                Array("code,amount\n".utf8) + Array(repeating: row, count: 600).flatMap { $0 },
                as: "t.csv", by: browser)
            #expect(little.status == 413)
            #expect(little.text.contains("2.0 KiB"))
            // Far beyond the limit the rest is not even read.
            let much = try await world.upload(
                [UInt8](repeating: 65, count: 200_000), as: "t.csv", by: browser)
            #expect(much.status == 413)
            let folder = world.node.hooking.uploadsFolder
            #expect((try? FileManager.default.contentsOfDirectory(atPath: folder))?.isEmpty ?? true)
        }
    }

    struct BadFile: Sendable {
        let name: String
        let bytes: [UInt8]
        let said: [String]
    }

    private static let badFiles = [
        BadFile(name: "empty.csv", bytes: [], said: ["the file is empty (0 bytes)", "has finished"]),
        BadFile(
            name: "notes.docx", bytes: [80, 75, 3, 4, 1, 2],
            said: ["notes.docx", "save an old xls or an ods as xlsx first"]),
        BadFile(
            name: "old.xlsx", bytes: [0xD0, 0xCF, 0x11, 0xE0] + [UInt8](repeating: 7, count: 400),
            said: ["Excel (xls)", "save it as an Excel workbook"]),
        BadFile(
            name: "cut.json", bytes: Array("[{\"a\": 1}".utf8),
            said: ["Line 1 is no valid JSON", "export it again"]),
        BadFile(
            name: "book.csv", bytes: [0xD0, 0xCF, 0x11, 0xE0] + [UInt8](repeating: 7, count: 400),
            said: ["not a text table", "save it as CSV"]),
        BadFile(
            name: "cut.zip", bytes: [80, 75, 3, 4] + [UInt8](repeating: 7, count: 400),
            said: ["packed file is damaged", "pack it anew"]),
        BadFile(
            name: "rows.parquet", bytes: Array("a,b\n1,2\n".utf8), said: ["is not a valid Parquet file"]),
    ]

    @Test(arguments: badFiles) func `a file that is no table, saying what to do`(_ file: BadFile) async throws
    {
        try await HookPageWorld.with { world in
            let browser = try await world.browser("steward")
            let answer = try await world.upload(file.bytes, as: file.name, by: browser)
            let page = answer.status == 303 ? try await browser.follow(answer) : answer
            #expect(page.status == 422)
            for sentence in file.said {
                #expect(page.text.contains(sentence), "\(file.name): \(sentence)")
            }
        }
    }

    @Test func `no rows in silence: ragged ones are counted, with the first line`() async throws {
        try await HookPageWorld.with { world in
            let browser = try await world.browser("steward")
            let page = try await browser.follow(
                try await world.upload(
                    Array("a,b,c\n1,2,3\n4,5\n6,7,8\n9\n".utf8), as: "t.csv", by: browser))
            #expect(page.status == 200)
            #expect(page.text.contains("2 of 4 sampled rows") && page.text.contains("the first on line 3"))
        }
    }

    @Test func `a database host that is not on the list`() async throws {
        try await HookPageWorld.with(environment: ["HEADWATERS_HOOKING_SOURCE_HOSTS": "10.0.0.8:5432"]) {
            world in
            let browser = try await world.browser("steward")
            let page = try await browser.get(world.source)
            #expect(page.text.contains("10.0.0.8:5432"))
            let answer = try await browser.post(
                "/catalogue/\(world.entry)/hook/table",
                [
                    ("host", "127.0.0.1:22"), ("database", "x"), ("schema", "public"), ("table", "t"),
                    ("user", "u"), ("password", "not to be seen again"),
                ])
            #expect(answer.status == 422)
            #expect(answer.text.contains("not on the list"))
            #expect(!answer.text.contains("not to be seen again"))
        }
    }

    @Test func `another department's inbox`() async throws {
        let inbox = FileManager.default.temporaryDirectory.appending(
            path: "headwaters-inbox-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: inbox) }
        for (unit, name) in [(SamplePeople.assistance, "own.csv"), (SamplePeople.market, "theirs.csv")] {
            let folder = inbox.appending(path: unit)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data("code,amount\na,1\n".utf8).write(to: folder.appending(path: name))
        }
        try await HookPageWorld.with(environment: ["HEADWATERS_HOOKING_INBOX_FOLDERS": inbox.path]) { world in
            let browser = try await world.browser("steward")
            let page = try await browser.get(world.source)
            #expect(page.text.contains("own.csv") && !page.text.contains("theirs.csv"))
            let reading = "/catalogue/\(world.entry)/hook/reading?inbox="
            #expect(try await browser.get(reading + "own.csv").status == 200)
            #expect(try await browser.get(reading + "theirs.csv").status == 404)
            #expect(try await browser.get(reading + "../\(SamplePeople.market)/theirs.csv").status == 404)
        }
    }
}
