import Exchange
import Foundation
import Kernel
import Lake
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `serve killed while it pushes` {
    private static let tables = (0..<5).map { "table_\($0)" }

    private func grant(_ site: SampleSite, _ target: TestTarget) async throws -> (GrantID, [PushTargetID]) {
        try await site.open { node in
            let today = node.clock.now().date()
            let wish = RequestWish(
                columns: ["救助类别", "月保障金额"], purpose: "临时救助发放核对", legalBasis: "社会救助暂行办法第四十八条",
                businessItem: "临时救助发放", deliveries: [.push], expectedRows: 1_000_000, from: today,
                to: today.adding(days: 100), retentionDays: 30, isCommitted: true, contactPost: "民政业务经办岗")
            let grant = try await SampleChain(node, site.people, rows: 1) { _ in }.granted(
                site.outcome.release.entry, wish, offering: [.mask(column: "救助类别", .surname)])
            var targets: [PushTargetID] = []
            for table in Self.tables {
                let draft = PushTargetDraft(
                    label: table, place: target.place(table), manner: .replace, keyColumns: [])
                targets.append(
                    try await node.pushes.addTarget(
                        draft, password: "", by: try site.people.principal("consumer")
                    ).id)
            }
            return (grant, targets)
        }
    }

    /// Each table gets its rows once and its receipt once, however the processes end.
    @Test(arguments: Dialect.available, TestTarget.available)
    func `every push that was acknowledged is in its table once, and settled once`(
        _ dialect: Dialect, _ kind: PushPlace.Kind
    ) async throws {
        let target = try TestTarget(kind)
        let environment = [
            Setting.pushHosts.environmentName: target.host, Setting.workers.environmentName: "3",
        ]
        try await SampleSite.with(dialect, rows: 3_000, environment: environment) { site in
            let (grant, targets) = try await self.grant(site, target)
            let token = try site.token("consumer")
            var pushes: [String] = []
            for targetID in targets {
                let served = try await site.serve()
                let begun = try await served.post(
                    "/api/v1/grants/\(grant)/pushes", token: token, json: ["target": .string(targetID.text)])
                #expect(begun.status == 202)
                if let id = begun.json["id"]?.string { pushes.append(id) }
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...700)))
                served.program.kill()
                _ = try await served.program.ended(secondsMax: 10)
            }
            let served = try await site.serve()
            for id in pushes {
                var push = JSON.null
                for _ in 0..<400 {
                    push = try await served.get("/api/v1/pushes/\(id)", token: token).json
                    if push["state"]?.string != "authorised" { break }
                    try await Task.sleep(for: .milliseconds(200))
                }
                #expect(push["state"]?.string == "settled", "\(push)")
                let table = push["place"]?["table"]?.string ?? ""
                #expect(try target.count(table).map { Int64($0) } == push["rowsOut"]?.integer)
            }
            served.program.send(SIGTERM)
            _ = try await served.program.ended(secondsMax: 40)
            #expect(try target.tables() == ["headwaters_push"] + Self.tables)
            let done = try target.rows(
                "SELECT count(*) FROM \(target.name("headwaters_push")) WHERE state = 'done'")
            #expect(done == [["\(pushes.count)"]])
            try await site.open { node in
                let settled = try await node.database.read { connection in
                    try connection.rows(
                        "SELECT id FROM evidence_leaf WHERE type = 'release.settled'"
                    ).count
                }
                #expect(settled == pushes.count + 1)
            }
        }
    }
}
