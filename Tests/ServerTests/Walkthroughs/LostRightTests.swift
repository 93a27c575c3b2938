import Exchange
import HTTPTypes
import Identity
import Kernel
import Persistence
import Policy
import Server
import TestKit
import Testing
import Web

/// Between the page that somebody opened and the button that they press, their right or what they sign may have gone.
@Suite struct `Whoever has lost the right` {
    /// Calls that change something and that need a role, with an id for every parameter.
    private static func acts(_ node: Node) throws -> [(HTTPRequest.Method, String)] {
        try node.site { _ in }.routes(with: node.routes).all.compactMap { route in
            switch route.guardedBy {
            case .public, .signedIn: return nil
            case .action, .anyOf: break
            }
            guard route.method != .get, route.path.hasPrefix("/api/") else { return nil }
            let parts = route.path.split(separator: "/").map {
                $0.hasPrefix(":") ? PartyID(high: 1 << 48, low: 1 << 63).text : String($0)
            }
            return (route.method, "/" + parts.joined(separator: "/"))
        }
    }

    @Test func `by the revocation of their token does nothing`() async throws {
        try await SampleNode.with(.sqlite, inBackground: false) { node, people in
            let app = TestApp(try node.site { _ in }, node.routes)
            let cdo = try people.principal("cdo")
            let (account, token) = (
                try #require(cdo.account), try #require(people.members["cdo"]?.token)
            )
            let headers = ["Authorization": "Bearer \(token)", "Content-Type": "application/json"]
            #expect(try await app.ask(.get, "/api/v1/inbox", headers: headers).status == 200)
            for key in try await node.tokens.all(of: account) {
                try await node.tokens.revoke(key.id, by: .system())
            }
            let calls = try Self.acts(node)
            #expect(calls.count > 60)
            for (method, path) in calls {
                let answer = try await app.ask(method, path, headers: headers, body: Array("{}".utf8))
                #expect(answer.status == 401, "\(method) \(path)")
            }
        }
    }

    @Test func `to see what they sign signs nothing: a running exchange in the terms that were shown`()
        async throws
    {
        try await SampleNode.with(.sqlite) { node, people in
            let entry = try await TrialPages.pending(node, people).entry
            let title = try await node.exchange.entry(entry).title
            let titles = RunningColumn.allCases.map { Node.words.text($0.title, in: .simplifiedChinese) }
            let cells = [
                SamplePeople.assistance, SamplePeople.county, title, "状态", "救助核对", "社会救助暂行办法", "全部",
                "CSV 文件", "2024-01-01", "2030-12-31", "河民协〔2024〕1号",
            ]
            let batch = try await node.runningExchanges.bring(
                BroughtSheet(header: titles, rows: [BroughtSheet.Row(line: 2, cells: cells)]),
                named: "存量.csv", by: people.principal("reviewer"))
            #expect(batch.taken == 1)
            let chief = try people.principal("cdo")
            let running = try #require(
                try await node.runningExchanges.list(RunningFilter(batch: batch.id), for: chief).lines.first)
            let cdo = try await TrialPages.browser(node, people, "cdo")
            let path = "/running-exchanges/\(running.id)"
            let page = try await cdo.get(path).text
            #expect(page.contains("name=\"revision\" value=\"\(running.revision)\""))
            let list = "/running-exchanges/batches/\(batch.id)"
            let all = try await cdo.get(list).text
            let seen = try #require(all.firstMatch(of: /name="seen" value="([0-9a-f]+)"/)?.1)
            // A colleague corrects it meanwhile.
            var other = cells
            other[4] = "另一用途"
            try await node.runningExchanges.complete(
                running, with: BroughtSheet.Row(line: 2, cells: other), by: people.principal("reviewer"))
            let signed = try await cdo.post(
                path + "/signature", [("revision", "\(running.revision)")])
            #expect(signed.status == 409 && signed.text.contains("另一用途"))
            let batchwise = try await cdo.post(list + "/signature", [("seen", String(seen))])
            #expect(batchwise.status == 409 && batchwise.text.contains("has changed since you opened it"))
            let typed = zip(RunningColumn.allCases, cells).map { ($0.rawValue, $1) }
            let stale = try await cdo.post(
                path + "/terms", typed + [("revision", "\(running.revision)")])
            #expect(stale.status == 409 && stale.text.contains("救助核对"), "what was typed stays")
            let now = try await node.runningExchanges.find(running.id, for: chief)
            #expect(now.byProvider == nil && now.terms.wish.purpose == "另一用途")
            // Looked at again, it is signed.
            let again = try await cdo.get(list).text
            let fresh = try #require(again.firstMatch(of: /name="seen" value="([0-9a-f]+)"/)?.1)
            let done = try await cdo.post(list + "/signature", [("seen", String(fresh))])
            #expect(done.status == 200 && done.text.contains("1 signed"))
        }
    }
}
