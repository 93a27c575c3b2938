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

@Suite struct `The description of the API` {
    @Test func `has every route of the API in it, and every reference resolves`() async throws {
        try await SampleNode.with(.sqlite) { node, _ in
            for language in Language.allCases {
                let document = OpenAPIDocument(node.routes, words: Node.words, in: language).json
                var described: Set<String> = []
                for (path, item) in document["paths"]?.object ?? [:] {
                    for (method, operation) in item.object ?? [:] {
                        described.insert("\(method.uppercased()) \(path)")
                        let name = "\(method) \(path)"
                        #expect(operation["summary"]?.string?.isEmpty == false, "\(name)")
                        #expect(operation["responses"]?.object?.isEmpty == false, "\(name)")
                        let isPublic = operation["x-guard"] == "public"
                        #expect(operation["security"] == (isPublic ? [] : [["token": []]]), "\(name)")
                        let inPath = path.split(separator: "/").filter { $0.hasPrefix("{") }
                        let named = (operation["parameters"]?.array ?? []).filter { $0["in"] == "path" }
                        #expect(named.count == inPath.count, "\(name)")
                    }
                }
                let served = Set(
                    node.routes.all.filter { $0.path.hasPrefix("/api/v1/") }.map { route in
                        let path = route.path.split(separator: "/")
                            .map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }
                        return "\(route.method.rawValue) /\(path.joined(separator: "/"))"
                    })
                #expect(described == served)
                // A form with files is described by its parts; a body of JSON beside them would be lost.
                for route in node.routes.all {
                    guard case .upload = route.body, let operation = route.operation else { continue }
                    #expect(
                        operation.takes == nil && operation.form.contains(where: \.isFile), "\(route.path)")
                }
                #expect(SchemaCheck(document).danglingReferences.isEmpty)
                // A key nobody wrote would be shown in brackets.
                #expect(!document.canonical.contains("[web.") && !document.canonical.contains("[release."))
            }
        }
    }

    @Test func `tells what is answered: a live node's answers hold to it`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let api = try APICaller(table.node)
            let token = try #require(table.people.members["consumer"]?.token)
            let document = try await api.get("/openapi.json", nil)
            #expect(document.status == 200)
            let check = SchemaCheck(try document.json())
            func hold(
                _ method: String, _ template: String, _ answer: TestApp.Answer, _ status: Int
            ) throws {
                #expect(answer.status == status, "\(template): \(answer.text.prefix(300))")
                let faults = check.faults(method, template, status: answer.status, try answer.json())
                #expect(faults == [], "\(method) \(template)")
            }
            let grant = "/api/v1/grants/\(table.grant)"
            let key = JSON.string(try await table.keys(1)[0])
            let entry = table.release.entry
            try hold("GET", "/api/v1/entries", await api.get("/api/v1/entries?limit=3", token), 200)
            try hold("GET", "/api/v1/entries/{id}", await api.get("/api/v1/entries/\(entry)", token), 200)
            try hold("GET", "/api/v1/grants", await api.get("/api/v1/grants", token), 200)
            try hold("GET", "/api/v1/grants/{id}", await api.get(grant, token), 200)
            let lookups = "/api/v1/grants/{id}/lookups"
            let answer = try await api.post("\(grant)/lookups", token, ["column": "身份证号", "keys": [key]])
            try hold("POST", lookups, answer, 200)
            try hold("POST", lookups, await api.post("\(grant)/lookups", token, ["keys": []]), 400)
            try hold(
                "POST", lookups,
                await api.post("\(grant)/lookups", token, ["column": "手机号", "keys": [key]]), 422)
            try hold("POST", lookups, await api.post("\(grant)/lookups", nil, [:]), 401)
            try hold("GET", "/api/v1/grants/{id}/rows", await api.get("\(grant)/rows?limit=3", token), 200)
            try hold("GET", "/api/v1/grants/{id}/rows", await api.get("\(grant)/rows?after=x", token), 400)
            let made = try await api.post("\(grant)/releases", token, ["format": "excel"])
            try hold("POST", "/api/v1/grants/{id}/releases", made, 201)
            #expect(made.location == "/api/v1/releases/\(try made.json()["id"]?.string ?? "")")
            try hold(
                "POST", "/api/v1/grants/{id}/releases",
                await api.post("\(grant)/releases", token, ["format": "pdf"]), 400)
            let release = "/api/v1/releases/\(table.release.id)"
            try hold("GET", "/api/v1/releases/{id}", await api.get(release, token), 200)
            try hold("GET", "/api/v1/releases/{id}/receipt", await api.get("\(release)/receipt", token), 200)
            #expect(try await api.get("\(release)/file", token).bytes.count == Int(table.release.bytes ?? -1))
            try hold(
                "GET", "/api/v1/releases/{id}", await api.get("/api/v1/releases/\(ReleaseID.new())", token),
                404)
            let leaf = try answer.json()["leafId"]?.string ?? ""
            let proof = "/api/v1/leaves/{id}/proof"
            var proven = try await api.get("/api/v1/leaves/\(leaf)/proof", token)
            for _ in 0..<100 where proven.status == 202 {
                #expect(proven.header("Retry-After") == "1")
                try hold("GET", proof, proven, 202)
                try await Task.sleep(for: .milliseconds(50))
                proven = try await api.get("/api/v1/leaves/\(leaf)/proof", token)
            }
            try hold("GET", proof, proven, 200)
        }
    }

    @Test func `gives every request a number that the problem and the log tell alike`() async throws {
        try await SampleNode.with(.sqlite) { node, _ in
            let lines = Lines()
            let app = TestApp(try node.site { lines.add($0) }, node.routes)
            let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
            let answer = try await app.ask(
                .get, "/api/v1/entries/\(EntryID.new())",
                headers: ["traceparent": "00-\(trace)-00f067aa0ba902b7-01"])
            #expect(answer.header("X-Trace-Id") == trace)
            #expect(try answer.json()["trace"]?.string == trace)
            #expect(try answer.json()["instance"] != nil)
            #expect(lines.all.last?["trace"]?.string == trace)
            #expect(answer.header("Vary")?.contains("Authorization") == true)
            for bad in ["", "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "00-<script>-1-1"] {
                let other = try await app.ask(.get, "/healthz", headers: ["traceparent": bad])
                #expect(other.header("X-Trace-Id")?.count == 32 && other.header("X-Trace-Id") != trace)
            }
        }
    }

    @Test(arguments: Language.allCases)
    func `is readable by people, with a call to copy for every route`(_ language: Language) async throws {
        try await SampleNode.with(.sqlite) { node, _ in
            let app = TestApp(try node.site { _ in }, node.routes)
            let page = try await app.ask(.get, "/api", headers: ["Accept-Language": language.rawValue])
            #expect(page.status == 200)
            for route in node.routes.all where route.path.hasPrefix("/api/v1/") {
                let path = route.path.split(separator: "/").map {
                    $0.hasPrefix(":") ? "$\($0.dropFirst().uppercased())" : String($0)
                }
                #expect(page.text.contains("$NODE/\(path.joined(separator: "/"))&quot;"), "\(route.path)")
            }
        }
    }
}

private final class Lines: @unchecked Sendable {
    private let lock = NSLock()
    private var lines: [JSON] = []
    var all: [JSON] { lock.withLock { lines } }
    func add(_ line: JSON) { lock.withLock { lines.append(line) } }
}
