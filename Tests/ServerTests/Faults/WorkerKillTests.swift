import Foundation
import Glibc
import Hooking
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `Workers killed at any point` {
    private static let kills = 12

    /// Kills every child once, when `moment` has come and as soon as there is one.
    private func killing<Result: Sendable>(
        _ node: Node, at moment: @escaping @Sendable () async throws -> Void,
        during work: @Sendable () async throws -> Result
    ) async throws -> Result {
        let killer = Task {
            try await moment()
            while !Task.isCancelled {
                let children = await node.supervisor.processes
                for child in children { kill(child, SIGKILL) }
                if !children.isEmpty { return }
                try await Task.sleep(for: .milliseconds(1))
            }
        }
        defer { killer.cancel() }
        return try await work()
    }

    private func measured(_ work: () async throws -> Void) async throws -> Duration {
        let clock = ContinuousClock()
        return try await clock.measure { try await work() }
    }

    @Test func `a publication fails with its reason, the last version is served, and the next try works`()
        async throws
    {
        try await SampleNode.with(.sqlite) { node, people in
            let outcome = try await SampleChain(node, people, rows: 600) { _ in }.run()
            let steward = try people.principal("steward")
            let hook = try #require(
                try await node.hooking.hooks(for: steward).first { $0.entry == outcome.release.entry })
            guard case .text(let path) = hook.source else { return }
            let usual = try await measured {
                try Self.append(1, to: path)
                let attempt = try await node.hooking.publish(hook.id, by: steward)
                guard case .published = attempt.outcome else { throw HookingError.interrupted }
            }
            var served = 2
            var failures = 0
            for round in 0..<Self.kills {
                try Self.append(round + 2, to: path)
                let attempt = try await killing(node) {
                    try await Task.sleep(for: usual * round / Self.kills)
                } during: {
                    try await node.hooking.publish(hook.id, by: steward)
                }
                switch attempt.outcome {
                case .published: served += 1
                case .failed(let problem):
                    failures += 1
                    #expect(problem.kind == .unavailable && problem.remedy != nil, "\(problem)")
                default: Issue.record("\(attempt.outcome)")
                }
                #expect(try await node.hooking.currentVersion(of: hook.entry)?.number == served)
            }
            #expect(failures > 0)
            try Self.append(1_000, to: path)
            guard case .published = try await node.hooking.publish(hook.id, by: steward).outcome else {
                Issue.record("not published after \(failures) failures")
                return
            }
            try await node.removeLeftovers()
            #expect(try Self.names(node, "lake/staging").isEmpty)
            #expect(try Self.names(node, "lake/\(hook.entry)").count == served + 1)
            #expect(try Self.names(node, "cache/rows").count == served + 2)
        }
    }

    @Test func `a file release gives its quota back, leaves no file, and the next try works`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let outcome = try await SampleChain(node, people, rows: 600) { _ in }.run()
            let consumer = try people.principal("consumer")
            let (ledger, now) = (node.ledger, node.clock.now())
            @Sendable func used() async throws -> Int64 {
                try await node.database.read { try ledger.use(of: outcome.grant, at: now, in: $0).total }
            }
            let usual = try await measured {
                _ = try await node.files.make(.excel, under: outcome.grant, by: consumer)
            }
            var files = 2
            var failures = 0
            for round in 0..<Self.kills {
                let before = try await used()
                let format: DeliveryKind = round % 2 == 0 ? .excel : .csv
                do {
                    let release = try await killing(node) {
                        // By the clock, and in the midst of writing.
                        if round % 3 > 0 { return try await Task.sleep(for: usual * round / Self.kills) }
                        while try !Self.names(node, "releases").contains(where: { $0.hasSuffix(".making") }) {
                            try Task.checkCancellation()
                            await Task.yield()
                        }
                    } during: {
                        try await node.files.make(format, under: outcome.grant, by: consumer)
                    }
                    files += 1
                    #expect(try await used() == before + (release.rowsOut ?? 0))
                } catch let problem as any ProblemConvertible {
                    failures += 1
                    #expect(problem.problem.kind == .unavailable && problem.problem.remedy != nil)
                    #expect(try await used() == before)
                }
                #expect(try Self.names(node, "releases").count == files)
            }
            #expect(failures > 0)
            let again = try await node.files.make(.csv, under: outcome.grant, by: consumer)
            #expect(again.state == .settled)
            // Each failure is a record: refused before anything was reserved, or failed after.
            let recorded = try await node.database.read { connection in
                try connection.row(
                    "SELECT COUNT(*) AS number FROM evidence_leaf WHERE type IN ('release.failed', 'release.refused')"
                )?
                .value("number", as: Int.self)
            }
            #expect(recorded == failures)
        }
    }

    /// Another row that reads as well as the others.
    private static func append(_ serial: Int, to path: String) throws {
        let number = "4416021983091\(10_000 + serial)"
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        defer { try? handle.close() }
        try handle.seekToEnd()
        let row = "\(number),测试,男,1983-09-10,13800000000,源城区,源城区解放路1号,城镇低保,1,500.00,2019-01-01,在保\r\n"
        try handle.write(contentsOf: Data(row.utf8))
    }

    private static func names(_ node: Node, _ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(node.folder.path)/\(folder)")
    }
}
