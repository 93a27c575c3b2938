import Foundation
import HTTPTypes
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing
import Web

@Suite(.enabled(if: TestTarget.available.contains(.postgres))) struct `The pages and the API of pushes` {
    private func enter(_ world: PushDeskWorld, _ key: String) async throws -> TestBrowser {
        let app = TestApp(try world.node.site { _ in }, world.node.routes)
        let browser = TestBrowser(app)
        _ = try await browser.get("/sign-in")
        let password = try #require(world.table.people.members[key]?.password)
        _ = try await browser.post("/sign-in", [("name", key), ("password", password)])
        return browser
    }

    private func form(_ world: PushDeskWorld, table: String = "dibao") -> [(String, String)] {
        let place = world.target.place()
        return [
            ("label", "front"), ("kind", "postgres"), ("host", place.server), ("database", place.database),
            ("schema", place.schema), ("table", table), ("user", place.user),
            ("password", "not-a-secret-42"), ("manner", "upsert"), ("keys", "身份证号"),
        ]
    }

    @Test func `carry an officer from the target to the receipt`() async throws {
        try await withPushes(.sqlite) { world in
            let officer = try await enter(world, "consumer")
            #expect(try await officer.get("/push-targets").text.contains("no push target yet"))
            #expect(try await officer.get("/push-targets/new").text.contains(world.target.host))
            let wrong = try await officer.post("/push-targets", form(world, table: ""))
            #expect(
                wrong.status == 422 && wrong.text.contains("front") && !wrong.text.contains("not-a-secret"))
            let added = try await officer.post("/push-targets", form(world))
            #expect(added.status == 303)
            let path = try #require(added.location)
            let shown = try await officer.follow(added)
            #expect(shown.text.contains("GRANT") && !shown.text.contains("not-a-secret"))
            let tried = try await officer.post(path + "/test", [])
            #expect(tried.status == 200 && tried.text.contains("PostgreSQL 15"))
            #expect(tried.text.contains("the first push makes it"))

            let page = try await officer.get("/grants/\(world.grant)")
            #expect(page.text.contains("/grants/\(world.grant)/pushes"))
            let target = try #require(path.split(separator: "/").last.map(String.init))
            let begun = try await officer.post("/grants/\(world.grant)/pushes", [("target", target)])
            #expect(begun.status == 303)
            let push = try #require(begun.location)
            let id = try #require(push.split(separator: "/").last.flatMap { ReleaseID(String($0)) })
            let ended = try await world.wait(for: id) { !$0.isRunning }
            // Keys repeat under their mask: said with how many, and nothing is written.
            #expect(ended.state == .failed || ended.state == .settled)
            let after = try await officer.get(push)
            #expect(after.status == 200)
            #expect(after.text.contains("dibao"))
            #expect(try await officer.get("/pushes").text.contains("dibao"))
            #expect(try await officer.get("/releases/\(id)").text.contains("/pushes/\(id)"))

            _ = try await officer.get(path + "/removal")
            let removed = try await officer.post(path + "/removal", [])
            #expect(removed.status == 303)
            #expect(try await officer.get(path).status == 404)
        }
    }

    @Test(arguments: Dialect.available)
    func `name the deliveries into a target before it is removed`(_ dialect: Dialect) async throws {
        try await withPushes(dialect) { world in
            let officer = try await enter(world, "consumer")
            let target = try await world.add()
            let path = "/push-targets/\(target.id)/removal"
            #expect(try await officer.get(path).text.contains("action=\"\(path)\""))

            let delivery = try await world.node.deliveries.add(
                Delivery.Terms(format: .push, target: target.id, timing: Timing(.daily, minute: 150)),
                under: world.grant, by: world.consumer)
            let kept = try await officer.get(path).text
            #expect(kept.contains("href=\"/deliveries/\(delivery.id)\""))
            #expect(kept.contains("active deliveries push into it; there are: 1"))
            #expect(!kept.contains("action=\"\(path)\""))
            #expect(try await officer.post(path, []).status == 409)
            #expect(try await officer.get("/push-targets/\(target.id)").status == 200)

            try await world.node.deliveries.set(.paused, delivery.id, by: world.consumer)
            let paused = try await officer.get(path).text
            #expect(paused.contains("Paused deliveries into it: 1"))
            #expect(
                paused.contains("href=\"/deliveries/\(delivery.id)\"")
                    && paused.contains("action=\"\(path)\""))
            #expect(try await officer.post(path, []).status == 303)
            #expect(try await officer.post("/deliveries/\(delivery.id)/resumption", []).status == 409)
        }
    }

    @Test func `say on the page what the target answered`() async throws {
        try await withPushes(.sqlite) { world in
            let officer = try await enter(world, "consumer")
            _ = try await officer.get("/push-targets/new")
            var wrong = form(world)
            wrong[3] = ("database", "nowhere")
            let added = try await officer.post("/push-targets", wrong)
            let path = try #require(added.location)
            let tried = try await officer.post(path + "/test", [])
            #expect(tried.status == 200 && tried.text.contains("nowhere"))
        }
    }

    @Test func `let a program push once, and read how it ended`() async throws {
        try await withPushes(.sqlite) { world in
            let account = try #require(world.consumer.account)
            let post = try #require(world.consumer.post)
            let (_, token) = try await world.node.tokens.issue(
                for: account, in: post, label: "test",
                scopes: ["release.*", "receipt.*", "push-target.*"], days: 1, by: .system())
            let app = TestApp(try world.node.site { _ in }, world.node.routes)
            let place = world.target.place()
            let headers = ["Authorization": "Bearer \(token)", "Content-Type": "application/json"]
            func send(_ path: String, _ body: JSON, _ more: [String: String] = [:]) async throws
                -> TestApp.Answer
            {
                try await app.ask(
                    .post, path, headers: headers.merging(more) { $1 }, body: body.canonicalBytes)
            }
            let added = try await send(
                "/api/v1/push-targets",
                [
                    "label": "program", "kind": "postgres", "host": .string(place.host),
                    "port": .integer(Int64(place.port)), "database": .string(place.database),
                    "schema": .string(place.schema), "table": "dibao", "user": .string(place.user),
                    "password": "not-a-secret-42",
                ])
            #expect(added.status == 201)
            #expect(!added.text.contains("not-a-secret"))
            let target = try #require(try JSON.parse(added.text)["id"]?.string)
            #expect(try await send("/api/v1/push-targets/\(target)/test", [:]).status == 200)
            let key = ["Idempotency-Key": "november"]
            let path = "/api/v1/grants/\(world.grant)/pushes"
            let begun = try await send(path, ["target": .string(target)], key)
            let again = try await send(path, ["target": .string(target)], key)
            #expect(begun.status == 202 && again.status == 202)
            let id = try #require(try JSON.parse(begun.text)["id"]?.string)
            #expect(try JSON.parse(again.text)["id"]?.string == id)
            let release = try #require(ReleaseID(id))
            _ = try await world.wait(for: release) { !$0.isRunning }
            let read = try JSON.parse(
                try await app.ask(.get, "/api/v1/pushes/\(id)", headers: headers).text)
            #expect(read["state"]?.string == "settled")
            #expect(read["contentDigest"]?.string?.hasPrefix("lt1:") == true)
            let receipt = try await app.ask(.get, "/api/v1/releases/\(id)/receipt", headers: headers)
            #expect(receipt.status == 200)
            #expect(try await send(path, ["target": "x"]).status == 400)
            #expect(try await send("/api/v1/pushes/\(id)/cancellation", [:]).status == 409)
        }
    }
}
