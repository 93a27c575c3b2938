import Foundation
import HTTPTypes
import Kernel
import Persistence
import Policy
import Server
import TestKit
import Testing

@testable import Hooking

@Suite struct `A file with a mark of secrecy` {
    private static let marked = Array("机密★20年,,\ncode,amount,x\na1,10,1\n".utf8)
    private static let harmless = Array("code,amount\nb1,30\n".utf8)

    private struct World {
        let filing: FilingWorld
        var node: Node { filing.node }
        var token: String { filing.pages.people.members["steward"]?.token ?? "" }
        var api: String { "/api/v1/hooks/\(filing.hook)/filings" }

        func send(_ bytes: [UInt8], _ name: String = "a.csv", _ more: [(String, String)] = []) async throws
            -> TestApp.Answer
        {
            try await filing.pages.app.upload(
                api, [("period", "2026-09")] + more, file: ("file", name, bytes), token: token)
        }

        /// Everything that lies where files arrive.
        func files() throws -> Set<String> {
            let paths = try FileManager.default.subpathsOfDirectory(atPath: node.hooking.uploadsFolder)
            return Set(
                paths.filter { path in
                    let kind =
                        try? FileManager.default.attributesOfItem(
                            atPath: "\(node.hooking.uploadsFolder)/\(path)")[.type] as? FileAttributeType
                    return kind == .typeRegular
                })
        }

        func leaves(_ type: String) async throws -> [String] {
            try await node.database.read { connection in
                try connection.rows("SELECT payload FROM evidence_leaf WHERE type = \(type) ORDER BY at, id")
                    .map { try $0.value("payload", as: String.self) }
            }
        }
    }

    @Test(arguments: Dialect.allCases)
    func `is refused, deleted, put on record and told to the security officer`(
        _ dialect: Dialect
    ) async throws {
        try await FilingWorld.with(dialect) { filing in
            let world = World(filing: filing)
            let before = try world.files()
            let refused = try await world.send(Self.marked, "name-list.csv")
            #expect(refused.status == 422, "\(refused.text)")
            let problem = try refused.json()
            #expect(problem["code"] == "upload.classified")
            #expect(problem["errors"]?.array?.first?["name"] == "file")
            #expect(problem["errors"]?.array?.first?["code"] == "secrecy.at.line")
            #expect(try world.files() == before)
            let leaves = try await world.leaves("upload.refused-classified")
            #expect(leaves.count == 1)
            #expect(leaves.allSatisfy { $0.contains("\"door\":\"filing\"") && !$0.contains("name-list") })
            #expect(leaves.allSatisfy { !$0.contains("机密") })
            let officer = try filing.pages.people.principal("security")
            let notices = try await world.node.refusedUploads.notices(for: officer)
            #expect(notices.map(\.finding.place) == [.line(1)])
            let inbox = try await filing.pages.browser("security").get("/inbox")
            #expect(inbox.text.contains("/refused-uploads/\(notices.first?.id.text ?? "")/release"))
            #expect(try await world.node.refusedUploads.notices(for: filing.steward).isEmpty)
        }
    }

    @Test func `is refused on the page with the form kept, and without the declaration so is any`()
        async throws
    {
        try await FilingWorld.with { filing in
            let world = World(filing: filing)
            let browser = try await filing.pages.browser("steward")
            let path = "/hooks/\(filing.hook)/filings"
            let page = try await browser.get(path)
            #expect(page.text.contains("name=\"unclassified\""))
            let refused = try await browser.upload(
                path, [("period", "2026-10"), ("manner", "replace")], file: ("file", "a.csv", Self.marked))
            #expect(refused.status == 422)
            #expect(refused.text.contains("line 1 bears the mark 机密"))
            #expect(refused.text.contains("value=\"2026-10\" selected"))
            for undeclared in ["0", "false"] {
                let answer = try await browser.upload(
                    path, [("period", "2026-10"), ("unclassified", undeclared)],
                    file: ("file", "a.csv", Self.harmless))
                #expect(
                    answer.status == 422 && answer.text.contains("tick this declaration"), "\(undeclared)")
            }
            let program = try await world.send(Self.harmless, "a.csv", [("unclassified", "0")])
            #expect(program.status == 400)
            #expect(try program.json()["code"] == "upload.undeclared")
            for path in ["/catalogue/\(filing.pages.entry)/hook/upload", "/catalogue/import"] {
                let refused = try await browser.upload(path, [], file: ("file", "a.csv", Self.marked))
                #expect(refused.status == 422 && refused.text.contains("bears the mark"), "\(path)")
                let undeclared = try await browser.upload(
                    path, [("unclassified", "0")], file: ("file", "a.csv", Self.harmless))
                #expect(undeclared.text.contains("tick this declaration"), "\(path)")
            }
            #expect(try await world.leaves("upload.refused-classified").count == 3)
        }
    }

    @Test func `comes in after the security officer's word: these bytes, this door, one day`() async throws {
        let shift = Shift()
        let clock = Clock { FilingWorld.november.now() + .seconds(shift.seconds) }
        try await FilingWorld.with(clock: clock) { filing in
            let world = World(filing: filing)
            _ = try await world.send(Self.marked)
            let officer = try filing.pages.people.principal("security")
            let uploads = world.node.refusedUploads
            let refused = try #require(try await uploads.notices(for: officer).first)
            await #expect(throws: PolicyError.notPermitted(.releaseUpload)) {
                try await uploads.release(refused.id, because: "x", by: filing.steward)
            }
            let browser = try await filing.pages.browser("security")
            let list = try await browser.get("/refused-uploads")
            #expect(list.text.contains(refused.digest))
            let form = "/refused-uploads/\(refused.id)/release"
            #expect(try await browser.get(form).text.contains("24 hours"))
            #expect(try await browser.post(form, [("reason", " ")]).status == 422)
            #expect(try await browser.post(form, [("reason", "code list, not classified")]).status == 303)
            #expect(try await browser.post(form, [("reason", "again")]).status == 409)
            #expect(try await uploads.notices(for: officer).isEmpty)
            #expect(try await world.leaves("upload.released").count == 1)
            // Another door, and other bytes.
            let steward = try await filing.pages.browser("steward")
            let source = "/catalogue/\(filing.pages.entry)/hook/upload"
            _ = try await steward.get("/catalogue/\(filing.pages.entry)/hook/source")
            let elsewhere = try await steward.upload(source, [], file: ("file", "a.csv", Self.marked))
            #expect(elsewhere.status == 422)
            #expect(try await world.send(Self.marked + Array("b\n".utf8)).status == 422)
            // Taken, whatever its rows are worth.
            #expect(try await world.send(Self.marked).status == 201)
            shift.seconds = 25 * 3_600
            #expect(try await world.send(Self.marked, "b.csv").status == 422)
        }
    }

    @Test func `is refused by the API of the security officer without a reason, and told by it`() async throws
    {
        try await FilingWorld.with { filing in
            let world = World(filing: filing)
            _ = try await world.send(Self.marked)
            let token = try #require(filing.pages.people.members["security"]?.token)
            let headers = ["Authorization": "Bearer \(token)", "Content-Type": "application/json"]
            let path = "/api/v1/refused-uploads"
            let list = try await filing.pages.app.ask(.get, path, headers: headers)
            let id = try #require(try list.json()["items"]?.array?.first?["id"]?.string)
            #expect(try list.json()["items"]?.array?.first?["place"] == "line 1")
            let bare = try await filing.pages.app.ask(
                .post, "\(path)/\(id)/release", headers: headers, body: Array("{}".utf8))
            #expect(bare.status == 400)
            let done = try await filing.pages.app.ask(
                .post, "\(path)/\(id)/release", headers: headers,
                body: Array("{\"reason\":\"code list\"}".utf8))
            #expect(done.status == 200)
            let mine = try await filing.pages.app.ask(
                .get, path, headers: ["Authorization": "Bearer \(world.token)"])
            #expect(mine.status == 403)
        }
    }

    @Test func `is refused of a command and a package as well, and nothing of it stays`() async throws {
        try await FilingWorld.with { filing in
            let world = World(filing: filing)
            let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv").path
            try Data(Self.marked).write(to: URL(filePath: path))
            defer { try? FileManager.default.removeItem(atPath: path) }
            let before = try world.files()
            for door in [UploadDoor.filing, .package, .watchedFolder, .dropTable] {
                await #expect(throws: ClassifiedUpload.self) {
                    try await world.node.hooking.upload(
                        path, named: "a.csv", .copying, for: filing.pages.entry, under: .publishVersion,
                        through: door, by: filing.steward)
                }
            }
            #expect(try world.files() == before)
            #expect(try await world.leaves("upload.refused-classified").count == 4)
        }
    }

    private final class Shift: @unchecked Sendable {
        var seconds = 0
    }
}
