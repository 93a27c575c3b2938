import Evidence
import Foundation
import Hooking
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `Look-ups and pages under a grant` {
    /// Citizen numbers of the sample table's rows: those that the grant lets out, and those that it keeps back.
    private func numbers(_ node: Node) throws -> (granted: [String], withheld: [String]) {
        let path = "\(node.hooking.uploadsFolder)/最低生活保障对象.csv"
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\r\n").dropFirst()
        var granted: [String] = []
        var withheld: [String] = []
        for line in lines where !line.contains("2019-02-30") {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            if cells[5] == "源城区", cells[11] == "在保" {
                granted.append(cells[0])
            } else {
                withheld.append(cells[0])
            }
        }
        return (granted, withheld)
    }

    @Test(arguments: Dialect.available)
    func `give masked rows of the keys that the grant lets out, and each answer is in the evidence`(
        _ dialect: Dialect
    ) async throws {
        try await SampleNode.with(dialect) { node, people in
            let outcome = try await SampleChain(node, people, rows: 600) { _ in }.run()
            let keys = try numbers(node)
            let consumer = try people.principal("consumer")
            let answer = try await node.rowDesk.lookUp(
                LookUp(
                    grant: outcome.grant, column: "身份证号",
                    keys: [keys.granted[0], keys.withheld[0], "441600000000000000"]), by: consumer)
            #expect(answer.rows.map(\.key) == [0])
            guard case .text(let number)? = answer.rows.first?.values.first else {
                Issue.record("no number in \(answer.rows)")
                return
            }
            #expect(number.hasPrefix(String(keys.granted[0].prefix(6)) + "********"))
            let evidence = node.evidence
            let entry = try await node.database.read { try evidence.entry(answer.leafID, in: $0) }
            #expect(entry?.digest == answer.leaf && entry?.record.type == "release.authorised")
            // Keys are named by keyed digests only.
            #expect(entry?.record.payload.canonical.contains(keys.granted[0]) == false)
        }
    }

    @Test func `take the quota exactly, however many ask at once`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let outcome = try await SampleChain(node, people, rows: 600) { _ in }.run()
            let key = try #require(try numbers(node).granted.first)
            let consumer = try people.principal("consumer")
            let (ledger, now) = (node.ledger, node.clock.now())
            let before = try await node.database.read { try ledger.use(of: outcome.grant, at: now, in: $0) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        _ = try await node.rowDesk.lookUp(
                            LookUp(grant: outcome.grant, column: "身份证号", keys: [key]), by: consumer)
                    }
                }
                try await group.waitForAll()
            }
            let after = try await node.database.read { try ledger.use(of: outcome.grant, at: now, in: $0) }
            #expect(after.total == before.total + 200)
        }
    }

    @Test func `are refused to another unit, for a column that is no key, and for a cursor of elsewhere`()
        async throws
    {
        try await SampleNode.with(.sqlite) { node, people in
            let outcome = try await SampleChain(node, people, rows: 300) { _ in }.run()
            let key = try #require(try numbers(node).granted.first)
            let consumer = try people.principal("consumer")
            let stranger = try people.principal("steward")
            await #expect(throws: PolicyError.notPermitted(.releaseRows)) {
                try await node.rowDesk.lookUp(
                    LookUp(grant: outcome.grant, column: "身份证号", keys: [key]), by: stranger)
            }
            await #expect(throws: (any Error).self) {
                try await node.rowDesk.lookUp(
                    LookUp(grant: outcome.grant, column: "手机号", keys: ["19907620001"]), by: consumer)
            }
            await #expect(throws: ReleaseError.cursorUnknown) {
                try await node.rowDesk.page(
                    of: outcome.grant, after: "\(VersionID.new()).0.00", limit: 10, by: consumer)
            }
            await #expect(throws: ReleaseError.tooManyKeys(max: 1_000)) {
                try await node.rowDesk.lookUp(
                    LookUp(
                        grant: outcome.grant, column: "身份证号", keys: Array(repeating: key, count: 1_001)),
                    by: consumer)
            }
        }
    }

    @Test func `page through exactly the rows that a file holds`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let outcome = try await SampleChain(node, people, rows: 500) { _ in }.run()
            let consumer = try people.principal("consumer")
            var seen = 0
            var cursor: String?
            repeat {
                let answer = try await node.rowDesk.page(
                    of: outcome.grant, after: cursor, limit: 7, by: consumer)
                seen += answer.rows.count
                cursor = answer.next
            } while cursor != nil
            #expect(seen == Int(outcome.release.rowsOut ?? -1))
        }
    }
}
