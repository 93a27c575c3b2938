import Foundation
import Hooking
import Kernel
import Lake
import Persistence
import Server
import TestKit
import Testing

/// The same tables as a steward's browser brings them in: upload, look, confirm, publish.
@Suite(.enabled(if: SharedTable.isPresent)) struct `Real tables by page` {
    private func signedIn(_ node: Node, _ city: RealCity) async throws -> TestBrowser {
        let browser = TestBrowser(TestApp(try node.site { _ in }, node.routes))
        let steward = try #require(city.site.people.members["steward"])
        _ = try await browser.get("/sign-in")
        let answer = try await browser.post(
            "/sign-in", [("name", "steward"), ("password", steward.password)])
        try #require(answer.status == 303)
        return browser
    }

    /// Uploads and looks; the fields of the reading form as the page fills them in.
    private func look(
        at table: SharedTable, _ entry: String, _ browser: TestBrowser
    ) async throws -> (page: String, fields: [(String, String)]) {
        _ = try await browser.get("/catalogue/\(entry)/hook/source")
        let name = URL(filePath: table.path).lastPathComponent
        let uploaded = try await browser.upload(
            "/catalogue/\(entry)/hook/upload", [], file: ("file", name, table.bytes))
        #expect(uploaded.status == 303, "\(table.file): \(uploaded.text.prefix(2_000))")
        let page = try await browser.follow(uploaded)
        #expect(page.status == 200)
        return (page.text, FilledForm(page.text, id: "reading").fields)
    }

    @Test(arguments: [
        SharedTable.townships, .streets, .epidemic, .air, .airParquet, .equities, .people, .companyWords,
    ]) func `are seen before anything is confirmed: encoding, columns, rows`(_ table: SharedTable)
        async throws
    {
        try await RealCity.with([table]) { city in
            try await city.site.open { node in
                let browser = try await signedIn(node, city)
                let (page, fields) = try await look(at: table, try city.entry(table), browser)
                let included = fields.filter { $0.0.hasSuffix(".in") }
                #expect(included.count == table.columns)
                if let encoding = table.encoding { #expect(page.contains(encoding)) }
                for key in table.keys { #expect(page.contains(key)) }
            }
        }
    }

    @Test(arguments: [SharedTable.streets, .equities, .people, .companyWords])
    func `are published by page, and the command line finds nothing new in them`(
        _ table: SharedTable
    ) async throws {
        try await RealCity.with([table]) { city in
            let entry = try city.entry(table)
            let hook = try await city.site.open { node in
                let browser = try await signedIn(node, city)
                try await addRules(of: table, entry, browser)
                let (_, fields) = try await look(at: table, entry, browser)
                let keyed = fields.filter { table.keys.contains($0.1) && $0.0.hasSuffix(".source") }
                let keys = keyed.map { ($0.0.replacing(".source", with: ".key"), "1") }
                let defined = try await browser.post(
                    "/catalogue/\(entry)/hook/definition", fields + keys)
                #expect(defined.status == 303, "\(defined.text.prefix(3_000))")
                let place = try #require(defined.location)
                let attempt = try await publish(place, browser)
                #expect(!attempt.contains("role=\"alert\""), "\(attempt)")
                let id = try #require(EntryID(entry))
                let versions = try await node.hooking.versions(of: id)
                let version = try #require(versions.first)
                #expect(version.rows == table.rows && version.rejectedRows == table.rejected)
                return String(place.split(separator: "/").last ?? "")
            }
            let report = try await city.command("steward", "rule", "report", entry)
            #expect(report["results"]?.array?.map { $0["failed"]?.integer } == table.failing)
            let again = try await city.command("steward", "hook", "publish", hook)
            #expect(again["outcome"]?.string == "unchanged")
        }
    }

    @Test func `that went wrong are refused on the page, and what is served stays`() async throws {
        try await RealCity.with([.streets]) { city in
            let table = SharedTable.streets
            let entry = try city.entry(table)
            let published = try await city.publish(table)
            try await city.site.open { node in
                let browser = try await signedIn(node, city)
                let bad: [(String, [UInt8])] = [
                    ("renamed.csv", Array("PK\u{3}\u{4}xl/workbook.xml".utf8)),
                    ("open.csv", Array("code,name\n1,\"open\n".utf8)),
                    ("wide.csv", Array(String(repeating: "c,", count: 3_000).utf8) + Array("c\n1\n".utf8)),
                    ("cut.parquet", Array("PAR1 and nothing else".utf8)),
                ]
                for (name, bytes) in bad {
                    _ = try await browser.get("/catalogue/\(entry)/hook/source")
                    let uploaded = try await browser.upload(
                        "/catalogue/\(entry)/hook/upload", [], file: ("file", name, bytes))
                    let page = try await browser.follow(uploaded)
                    #expect(page.status == 422, "\(name)")
                    #expect(page.text.contains("role=\"alert\""), "\(name)")
                }
                for name in ["table.xls", "empty.csv", "empty.xlsx"] {
                    _ = try await browser.get("/catalogue/\(entry)/hook/source")
                    let refused = try await browser.upload(
                        "/catalogue/\(entry)/hook/upload", [], file: ("file", name, []))
                    #expect(refused.status == 422, "\(name)")
                }
                let id = try #require(EntryID(entry))
                let served = try await node.hooking.currentVersion(of: id)
                #expect(served?.contentDigest == published.version["contentDigest"]?.string)
            }
        }
    }

    private func addRules(
        of table: SharedTable, _ entry: String, _ browser: TestBrowser
    ) async throws {
        for rule in table.rules.array ?? [] {
            _ = try await browser.get("/catalogue/\(entry)/rules")
            var fields: [(String, String)] = []
            for (name, value) in rule.object ?? [:] {
                let text = value.string ?? (value.array ?? []).compactMap(\.string).joined(separator: ",")
                fields.append((name == "columns" ? "column" : name, text))
            }
            let answer = try await browser.post("/catalogue/\(entry)/rules", fields)
            #expect(answer.status == 303, "\(answer.text.prefix(2_000))")
        }
    }

    /// Publishes from the hook's page and waits for the attempt's page to settle.
    private func publish(_ hook: String, _ browser: TestBrowser) async throws -> String {
        let page = try await browser.get(hook)
        let revision = try #require(page.text.firstMatch(of: /name="revision" value="([0-9]+)"/))
        let begun = try await browser.post(
            "\(hook)/publications", [("revision", String(revision.output.1))])
        #expect(begun.status == 303, "\(begun.text.prefix(2_000))")
        for _ in 0..<1_200 {
            let attempt = try await browser.follow(begun)
            if !attempt.text.contains("hw-progress") { return attempt.text }
            try await Task.sleep(for: .milliseconds(50))
        }
        return "still running"
    }
}

/// What a browser would send of a form that nobody touched.
private struct FilledForm {
    let fields: [(String, String)]

    init(_ page: String, id: String) {
        var fields: [(String, String)] = []
        guard let start = page.firstRange(of: "<form id=\"\(id)\""),
            let end = page[start.upperBound...].firstRange(of: "</form>")
        else {
            self.fields = []
            return
        }
        var select: String?
        for match in page[start.lowerBound..<end.lowerBound].matches(of: /<(input|select|option)\b([^>]*)>/) {
            let found = Self.attributes(String(match.output.2))
            switch match.output.1 {
            case "select": select = found["name"]
            case "option":
                if let select, found["selected"] != nil { fields.append((select, found["value"] ?? "")) }
            default:
                let isTicked = found["type"] != "checkbox" && found["type"] != "radio"
                guard let name = found["name"], name != "csrf", isTicked || found["checked"] != nil else {
                    continue
                }
                fields.append((name, found["value"] ?? ""))
            }
        }
        self.fields = fields
    }

    private static func attributes(_ text: String) -> [String: String] {
        var found: [String: String] = [:]
        for match in text.matches(of: /([a-z-]+)(?:="([^"]*)")?/) {
            let name = String(match.output.1)
            guard found[name] == nil else { continue }
            found[name] = String(match.output.2 ?? "").replacing("&lt;", with: "<")
                .replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
                .replacing("&amp;", with: "&")
        }
        return found
    }
}
