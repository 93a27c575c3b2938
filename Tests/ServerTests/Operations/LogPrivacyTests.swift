import Foundation
import HTTPTypes
import Kernel
import Persistence
import Policy
import Release
import Server
import Synchronization
import TestKit
import Testing
import Web

@Suite struct `The log of a site` {
    private final class Kept: Sendable {
        private let lines = Mutex<[String]>([])
        var text: String { lines.withLock { $0.joined() } }
        var entries: [JSON] { get throws { try lines.withLock { try $0.map { try JSON.parse($0) } } } }
        func add(_ data: Data) { lines.withLock { $0.append(String(decoding: data, as: UTF8.self)) } }
    }

    @Test func `has no number, name, password or token of anybody, whatever is asked`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let outcome = try await SampleChain(node, people, rows: 300) { _ in }.run()
            let kept = Kept()
            let log = JSONLog(least: .debug) { kept.add($0) }
            let app = TestApp(try node.site { log.write($0) }, node.routes)
            let consumer = try #require(people.members["consumer"])
            let bearer = ["Authorization": "Bearer \(consumer.token)", "Content-Type": "application/json"]
            let number = "441602199001011234"
            let lookups = "/api/v1/grants/\(outcome.grant)/lookups"
            func look(_ body: String) async throws -> Int {
                try await app.ask(.post, lookups, headers: bearer, body: Array(body.utf8)).status
            }
            #expect(try await look(#"{"column":"身份证号","keys":["\#(number)"]}"#) == 200)
            #expect(try await look(#"{"column":"\#(number)","keys":["\#(number)"]}"#) >= 400)
            #expect(try await look("{\(number)") == 400)
            _ = try await app.ask(.get, "/catalogue/\(number)")
            _ = try await app.ask(.get, "/nowhere/\(number)?name=%E5%BC%A0%E4%B8%89&id=\(number)")
            _ = try await app.ask(.get, "/catalogue?q=\(number)")
            _ = try await app.ask(.get, "/", headers: ["Authorization": "Bearer hw_\(number)"])

            let browser = TestBrowser(app)
            _ = try await browser.get("/sign-in")
            _ = try await browser.post("/sign-in", [("name", "张三"), ("password", "wrong-\(number)")])
            let signedIn = try await browser.post(
                "/sign-in", [("name", "consumer"), ("password", consumer.password)])
            #expect(signedIn.status == 303)
            // Refused to the consumer; the department's own steward gets as far as the look at it.
            let entry = outcome.release.entry
            _ = try await browser.upload(
                "/catalogue/\(entry)/hook/upload", [],
                file: ("file", "张三\(number).csv", Array("身份证号\n\(number)\n".utf8)))

            let steward = try #require(people.members["steward"])
            let uploader = TestBrowser(app)
            _ = try await uploader.get("/sign-in")
            _ = try await uploader.post(
                "/sign-in", [("name", "steward"), ("password", steward.password)])
            _ = try await uploader.get("/catalogue/\(entry)/hook/source")
            let uploaded = try await uploader.upload(
                "/catalogue/\(entry)/hook/upload", [],
                file: ("file", "张三\(number).csv", Array("身份证号,姓名\n\(number),张三\n".utf8)))
            #expect(uploaded.status == 303)
            #expect(try await uploader.follow(uploaded).status == 200)

            let text = kept.text
            let session = try #require(await browser.cookie(CookieName.session))
            for secret in [
                number, "张三", "%E5%BC%A0", consumer.password, consumer.token, "consumer", "wrong-",
                steward.password,
                session,
            ] { #expect(!text.contains(secret), "\(secret)") }
            try checkRequests(kept)
        }
    }

    /// Each line says what was asked by its template, and how it ended.
    private func checkRequests(_ kept: Kept) throws {
        let requests = try kept.entries.filter { $0["event"]?.string == "request" }
        #expect(requests.count >= 10)
        for line in requests {
            let route = try #require(line["route"]?.string)
            // Templates only: `/api/v1/grants/{id}/lookups`.
            #expect(!route.contains(where: \.isNumber) || route.contains("/v1/"), "\(route)")
            #expect(route == "-" || route.hasPrefix("/"), "\(route)")
            #expect(line["trace"]?.string?.utf8.count == 32)
            #expect((100...599).contains(line["status"]?.integer ?? 0))
            #expect((line["microseconds"]?.integer ?? -1) >= 0)
        }
    }
}
