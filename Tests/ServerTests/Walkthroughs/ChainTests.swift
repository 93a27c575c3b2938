import Cryptography
import Evidence
import Foundation
import Kernel
import Lake
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@testable import Hooking

@Suite struct `One table through the whole chain` {
    @Test(arguments: Dialect.available)
    func `reaches its consumer under an enforced, provable grant`(_ dialect: Dialect) async throws {
        try await SampleNode.with(dialect) { node, people in
            let outcome = try await SampleChain(node, people, rows: 3_000) { _ in }.run()
            #expect(outcome.release.state == .settled)
            #expect(outcome.findings.fileCompared)

            let text = try String(contentsOfFile: node.files.path(of: outcome.release.id), encoding: .utf8)
            let lines = text.split(separator: "\r\n")
            #expect(lines.count == Int(outcome.release.rowsOut ?? -1) + 1)
            // The grant is the query plan: six columns, one county, masked as signed.
            #expect(lines.first?.hasSuffix("身份证号,姓名,户籍县区,救助类别,月保障金额,状态") == true)
            for line in lines.dropFirst() {
                let cells = line.split(separator: ",", omittingEmptySubsequences: false)
                #expect(cells.count == 6 && cells[2] == "源城区" && cells[5] == "在保")
                #expect(cells[0].contains("********"))
                #expect(cells[1].isEmpty || cells[1].contains("*"))
            }
        }
    }

    @Test func `can be proven from an export of the evidence, and every change to it is found`() async throws
    {
        try await SampleNode.with(.sqlite) { node, people in
            _ = try await SampleChain(node, people, rows: 500) { _ in }.run()
            let folder = node.folder.root.appending(path: "export").path
            let export = EvidenceExport(node.evidence, in: node.database, publicKeys: node.keys.publicKeys)
            let leaves = try await export.write(to: folder)
            let report = try Verification(trusting: node.keys.trustedKeys).check(folder: folder)
            #expect(report.leaves == leaves && leaves > 100)

            // The browser has a word for every type of record that it left.
            let types = try await node.database.read { connection in
                try connection.rows("SELECT DISTINCT type FROM evidence_leaf").map {
                    try $0.value("type", as: String.self)
                }
            }
            #expect(Set(types).subtracting(EvidenceTypes.all) == [])

            let path = "\(folder)/\(EvidenceExport.leavesName)"
            let whole = try String(contentsOfFile: path, encoding: .utf8)
            try whole.replacing("release.authorised", with: "release.authorized", maxReplacements: 1).write(
                toFile: path, atomically: true, encoding: .utf8)
            #expect(throws: VerificationFault.self) {
                try Verification(trusting: node.keys.trustedKeys).check(folder: folder)
            }
        }
    }

    @Test func `makes no new version of the same content`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            _ = try await SampleChain(node, people, rows: 300) { _ in }.run()
            let steward = try people.principal("steward")
            let hook = try #require(try await node.hooking.hooks(for: steward).first)
            #expect(try await node.hooking.publish(hook.id, by: steward).outcome == .unchanged)

            // The same rows in another order and another file are the same content.
            guard case .text(let path) = hook.source else { return }
            var lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\r\n")
            let header = lines.removeFirst()
            try ([header] + lines.reversed()).joined(separator: "\r\n").write(
                toFile: path, atomically: true, encoding: .utf8)
            #expect(try await node.hooking.publish(hook.id, by: steward).outcome == .unchanged)
            #expect(try await node.hooking.versions(of: hook.entry).count == 1)
        }
    }

    @Test func `stops before publishing when the source's columns have changed`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            _ = try await SampleChain(node, people, rows: 300) { _ in }.run()
            let steward = try people.principal("steward")
            let hook = try #require(try await node.hooking.hooks(for: steward).first)
            guard case .text(let path) = hook.source else { return }
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try text.replacing("手机号", with: "联系方式", maxReplacements: 1).write(
                toFile: path, atomically: true, encoding: .utf8)
            let attempt = try await node.hooking.publish(hook.id, by: steward)
            guard case .failed(let problem) = attempt.outcome else {
                Issue.record("published in spite of a renamed column: \(attempt.outcome)")
                return
            }
            #expect(problem.message.key == "hooking.drifted")
            #expect(try await node.hooking.currentVersion(of: hook.entry)?.number == 1)
        }
    }

    @Test func `stops before publishing when a blocking rule fails, and the last version is still served`()
        async throws
    {
        try await SampleNode.with(.sqlite) { node, people in
            let outcome = try await SampleChain(node, people, rows: 300) { _ in }.run()
            let steward = try people.principal("steward")
            let hook = try #require(try await node.hooking.hooks(for: steward).first)
            guard case .text(let path) = hook.source else { return }
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try text.replacing(",男,", with: ",雄,").write(toFile: path, atomically: true, encoding: .utf8)
            let attempt = try await node.hooking.publish(hook.id, by: steward)
            guard case .failed(let problem) = attempt.outcome else {
                Issue.record("published in spite of a blocking rule: \(attempt.outcome)")
                return
            }
            #expect(problem.message.key == "quality.blocked")
            #expect(problem.places.first?.name.hasPrefix("性别") == true)
            let again = try await node.files.make(
                .csv, under: outcome.grant, by: people.principal("consumer"))
            #expect(again.versionNumber == 1)
        }
    }

    @Test func `ends at once when the grant is revoked`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let outcome = try await SampleChain(node, people, rows: 300) { _ in }.run()
            let chief = try people.principal("cdo")
            let grants = node.grants
            let grant = try await node.database.read { try grants.get(outcome.grant, in: $0) }
            let permit = try node.permissions.permit(.revokeGrant, on: grants.subject(grant), for: chief)
            let now = node.clock.now()
            _ = try await node.database.write(under: permit) { connection, mandate in
                try grants.revoke(grant.id, reason: "用途终止", under: mandate, at: now, in: connection)
            }
            let consumer = try people.principal("consumer")
            await #expect(throws: PolicyError.grantNotActive(grant.id, .revoked)) {
                try await node.files.make(.csv, under: grant.id, by: consumer)
            }
            // What was written before does not leave any more either.
            await #expect(throws: PolicyError.self) {
                try await node.receipts.download(outcome.release.id, by: consumer)
            }
        }
    }
}
