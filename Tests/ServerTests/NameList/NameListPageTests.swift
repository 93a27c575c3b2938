import Foundation
import HTTPTypes
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing
import Web

@Suite struct `The pages and the API of name lists` {
    private func csv(_ keys: [String]) -> [UInt8] {
        Array("受理编号,身份证号\r\n".utf8)
            + Array(keys.enumerated().map { "LS-\($0.offset),\($0.element)\r\n" }.joined().utf8)
    }

    private func enter(_ world: NameListWorld, _ key: String) async throws -> TestBrowser {
        let app = TestApp(try world.node.site { _ in }, world.node.routes)
        let browser = TestBrowser(app)
        _ = try await browser.get("/sign-in")
        let password = try #require(world.table.people.members[key]?.password)
        _ = try await browser.post("/sign-in", [("name", key), ("password", password)])
        return browser
    }

    private static let boundary = "list-boundary"

    private static func form(_ grant: String, _ list: [UInt8]) -> [UInt8] {
        var body: [UInt8] = []
        for (name, value) in [
            ("unclassified", "1"), ("key", "身份证号"), ("kind", "citizen-id"), ("case", ""),
            ("grants", "\(grant)|身份证号"),
        ] {
            body += Array(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        body += Array(
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"list\"; filename=\"a.csv\"\r\n\r\n".utf8)
        return body + list + Array("\r\n--\(boundary)--\r\n".utf8)
    }

    @Test func `carry an officer from the file to the workbook, step by step`() async throws {
        try await withNameLists(.sqlite) { world in
            let keys = try await world.table.keys(3) + ["441600199001019999"]
            let officer = try await enter(world, "consumer")
            #expect(try await officer.get("/name-lists").text.contains("No list yet"))
            _ = try await officer.get("/name-lists/new")
            let empty = try await officer.upload(
                "/name-lists", [], file: ("list", "caseload.docx", Array("x".utf8)))
            #expect(empty.status == 422 && empty.text.contains("caseload.docx"))
            let brought = try await officer.upload(
                "/name-lists", [], file: ("list", "caseload.csv", csv(keys)))
            #expect(brought.status == 303)
            let form = try await officer.follow(brought)
            // What the rows look like is proposed; grants are too, where the key is called alike.
            #expect(form.text.contains("value=\"citizen-id\" checked"))
            #expect(form.text.contains("<option value=\"身份证号\" selected>"))
            let path = try #require(brought.location)
            #expect(try await officer.post(path + "/reading", [("header", "40")]).status == 422)
            let moved = try await officer.follow(
                try await officer.post(path + "/reading", [("header", "2")]))
            #expect(moved.text.contains("<option value=\"LS-0\""))
            _ = try await officer.follow(try await officer.post(path + "/reading", [("header", "1")]))
            let nothing = try await officer.upload(
                path + "/choice", [("key", "身份证号"), ("kind", "citizen-id"), ("case", "")],
                file: ("authorisations", "consent.pdf", Array("%PDF".utf8)))
            #expect(nothing.status == 422 && nothing.text.contains("Choose at least one grant"))
            let chosen = try await officer.upload(
                path + "/choice",
                [
                    ("key", "身份证号"), ("kind", "citizen-id"), ("case", "受理编号"),
                    ("grants", "\(world.second)|身份证号"), ("grants", "\(world.table.grant)|身份证号"),
                ], file: ("authorisations", "consent.pdf", Array("%PDF".utf8)))
            #expect(chosen.status == 303)
            let preview = try await officer.follow(chosen)
            #expect(preview.text.contains("Match it") && preview.text.contains("no valid citizen number"))
            #expect(preview.text.contains("consent.pdf"))
            var shown = try await officer.follow(try await officer.post(path + "/release", []))
            for _ in 0..<200 where !shown.text.contains("Take the workbook back") {
                try await Task.sleep(for: .milliseconds(50))
                shown = try await officer.get(path)
            }
            #expect(shown.text.contains("headwaters verify"))
            let file = try await officer.get(path + "/file")
            #expect(file.status == 200 && file.bytes.starts(with: [0x50, 0x4B]))
            #expect(file.header("Content-Disposition")?.contains("caseload-") == true)
            #expect(try await officer.get(path + "/receipt").json()["receipt"] != nil)
            #expect(try await officer.get("/name-lists").text.contains("caseload.csv"))
            // From its part to the list, and from the grant to a new list.
            let id = try #require(ReleaseID(String(path.split(separator: "/")[1])))
            let list = try await world.desk.find(id, for: world.consumer)
            let part = try await officer.get("/releases/\(list.parts[0].release)")
            #expect(part.text.contains("/name-lists/\(id)"))
            #expect(try await officer.get("/releases/\(list.parts[0].release)/file").status == 404)
            #expect(try await officer.get("/grants/\(world.second)").text.contains("/name-lists/new"))
        }
    }

    @Test func `show the provider what is held, and let it be lifted with a reason`() async throws {
        let environment = ["HEADWATERS_RELEASE_LIST_UNMATCHED_KEYS_MIN": "5"]
        try await withNameLists(.sqlite, environment: environment) { world in
            _ = try await world.matched(NameListWorld.strangers(6), [world.second])
            let provider = try await enter(world, "cdo")
            let page = try await provider.get("/grants/\(world.second)")
            #expect(page.text.contains("of 6 keys asked lately, 6 were nobody"))
            let path = "/grants/\(world.second)/name-lists/resumption"
            #expect(page.text.contains(path))
            _ = try await provider.get(path)
            #expect(try await provider.post(path, [("reason", "")]).status == 422)
            let lifted = try await provider.post(path, [("reason", "Spoken to"), ("expected", "1")])
            #expect(lifted.status == 303)
            #expect(!(try await provider.follow(lifted)).text.contains("keys asked lately"))
            let officer = try await enter(world, "consumer")
            #expect(try await officer.get(path).status == 403)
        }
    }

    @Test func `tell programs the same, as the description of the API says`() async throws {
        try await withNameLists(.sqlite) { world in
            let app = TestApp(try world.node.site { _ in }, world.node.routes)
            let token = try #require(world.table.people.members["consumer"]?.token)
            let check = SchemaCheck(try await app.ask(.get, "/openapi.json").json())
            func ask(
                _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8] = [],
                _ headers: [String: String] = [:]
            ) async throws -> TestApp.Answer {
                try await app.ask(
                    method, path,
                    headers: ["Authorization": "Bearer \(token)", "Accept-Language": "en"].merging(headers) {
                        $1
                    }, body: body)
            }
            func hold(_ method: String, _ template: String, _ answer: TestApp.Answer, _ status: Int) throws {
                #expect(answer.status == status, "\(template): \(answer.text.prefix(300))")
                let faults = check.faults(method, template, status: answer.status, try answer.json())
                #expect(faults == [], "\(method) \(template)")
            }
            let multipart = [
                "Content-Type": "multipart/form-data; boundary=\(Self.boundary)", "Idempotency-Key": "a-1",
            ]
            let offers = try await ask(.get, "/api/v1/name-list-offers")
            try hold("GET", "/api/v1/name-list-offers", offers, 200)
            #expect(try offers.json()["offers"]?.array?.count == 2)
            let keys = try await world.table.keys(2)
            let lists = "/api/v1/name-lists"
            let json = ["Content-Type": "application/json"]
            try hold("POST", lists, try await ask(.post, lists, Self.form("x", csv(keys)), multipart), 422)
            let made = try await ask(.post, lists, Self.form(world.second.text, csv(keys)), multipart)
            try hold("POST", lists, made, 201)
            let again = try await ask(.post, lists, Self.form(world.second.text, csv(keys)), multipart)
            let id = try #require(try made.json()["id"]?.string)
            #expect(try again.json()["id"]?.string == id)
            try hold("GET", "\(lists)/{id}", try await ask(.get, "\(lists)/\(id)"), 200)
            let begun = try await ask(.post, "\(lists)/\(id)/release", Array("{}".utf8), json)
            try hold("POST", "\(lists)/{id}/release", begun, 202)
            var list = try await ask(.get, "\(lists)/\(id)")
            for _ in 0..<200 where try list.json()["state"] != "settled" {
                try await Task.sleep(for: .milliseconds(50))
                list = try await ask(.get, "\(lists)/\(id)")
            }
            try hold("GET", "\(lists)/{id}", list, 200)
            #expect(try list.json()["parts"]?.array?[0]["matched"] == 2)
            try hold("GET", lists, try await ask(.get, lists), 200)
            try hold("GET", "\(lists)/{id}/receipt", try await ask(.get, "\(lists)/\(id)/receipt"), 200)
            let size = try list.json()["result"]?["bytes"]?.integer ?? -1
            #expect(try await ask(.get, "\(lists)/\(id)/file").bytes.count == Int(size))
            try hold(
                "POST", "\(lists)/{id}/cancellation",
                try await ask(.post, "\(lists)/\(id)/cancellation", Array("{}".utf8), json), 409)
            #expect(try await ask(.delete, "\(lists)/\(id)").status == 409)
            #expect(try await ask(.get, "\(lists)/\(ReleaseID.new())").status == 404)
        }
    }
}
