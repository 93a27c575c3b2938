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

@Suite struct `A stop in order` {
    @Test func `lets running requests end, and what they were told is settled`() async throws {
        try await SampleSite.with(.sqlite) { site in
            let told = Told()
            let load = try Load(site, told: told)
            for _ in 0..<3 {
                let served = try await site.serve()
                let before = told.count
                let clients = Task { await load.run(on: served) }
                try await until { told.count > before + 3 }
                try await Task.sleep(for: .microseconds(Int.random(in: 0...200_000)))
                served.program.send(SIGTERM)
                let ended = try await served.program.ended(secondsMax: 40)
                #expect(ended.status == 0 && !ended.isSignalled)
                clients.cancel()
                await clients.value
            }
            #expect(told.surprises.isEmpty, "\(told.surprises.prefix(3))")
            try await site.open { node in
                // Nothing is left for a lease to end: every release is closed, every answer settled, every leaf sealed.
                let open = try await node.database.read { connection in
                    try connection.row(
                        """
                        SELECT (SELECT COUNT(*) FROM release WHERE state NOT IN ('settled', 'failed')) AS releases,
                            (SELECT COUNT(*) FROM policy_reservation WHERE state = 'open') AS reservations,
                            (SELECT COUNT(*) FROM evidence_waiting) AS leaves
                        """)
                }
                #expect(open?["releases"] == .integer(0) && open?["reservations"] == .integer(0))
                #expect(open?["leaves"] == .integer(0))
                let settled = try await node.database.read { connection in
                    try connection.rows("SELECT subjects FROM evidence_leaf WHERE type = 'release.settled'")
                        .map { try $0.value("subjects", as: String.self) }.joined()
                }
                for lookUp in told.lookUps { #expect(settled.contains(lookUp.release)) }
                let recovery = Recovery(site: site, told: told, witness: "\(site.data)-witness")
                try await recovery.requireAcknowledged(in: node.database)
                try await recovery.requireExactQuota(node)
                try await node.removeLeftovers()
                try await recovery.requireTidy(node)
            }
        }
    }

    @Test func `cancels and records a release that takes longer than it may`() async throws {
        try await SampleSite.with(.sqlite, rows: 12_000) { site in
            let served = try await site.serve([Setting.stopSeconds.environmentName: "1"])
            let token = try site.token("consumer")
            let asked = try await askedAndHeld(served, of: site, token)
            served.program.send(SIGTERM)
            let ended = try await served.program.ended(secondsMax: 40)
            #expect(ended.status == 0 && !ended.isSignalled)
            _ = try? await asked.value
            try await site.open { node in
                let row = try await node.database.read { connection in
                    try connection.row(
                        "SELECT state, problem FROM release ORDER BY authorised_at DESC LIMIT 1")
                }
                #expect(row?["state"] == .text("failed"))
                let recovery = Recovery(site: site, told: Told(), witness: "\(site.data)-witness")
                try await recovery.requireExactQuota(node)
                try await node.removeLeftovers()
                try await recovery.requireTidy(node)
            }
        }
    }

    /// Asks for a workbook and holds the child that writes it, as a stalled disk would.
    private func askedAndHeld(
        _ served: ServedSite, of site: SampleSite, _ token: String
    ) async throws -> Task<Int, any Error> {
        let drafts = "\(site.data)/releases"
        func making() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: drafts).filter { $0.hasSuffix(".making") }
        }
        // A file may be whole before its writer is held: then another is asked for.
        for _ in 0..<20 {
            let asked = Task {
                try await served.post(
                    "/api/v1/grants/\(site.outcome.grant)/releases", token: token, json: ["format": "excel"]
                ).status
            }
            let deadline = ContinuousClock.now + .seconds(10)
            while try making().isEmpty, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(1))
            }
            let children = try making().isEmpty ? [] : served.program.children
            for child in children { kill(child, SIGSTOP) }
            // A workbook's file is there only at its end: held before that, it cannot be whole.
            let folders = try making()
            if !children.isEmpty, !folders.isEmpty,
                !folders.contains(where: { FileManager.default.fileExists(atPath: "\(drafts)/\($0)/file") })
            {
                return asked
            }
            for child in children { kill(child, SIGCONT) }
            _ = try? await asked.value
        }
        throw NeverHeld()
    }

    private struct NeverHeld: Error {}

    /// Ctrl-C at a terminal reaches every process of its group.
    @Test func `Ctrl-C cancels a publication, and the last version is still served`() async throws {
        try await SampleSite.with(.sqlite) { site in
            let hook = try await site.open { node in
                let steward = try site.people.principal("steward")
                let hook = try #require(
                    try await node.hooking.hooks(for: steward).first {
                        $0.entry == site.outcome.release.entry
                    })
                guard case .text(let path) = hook.source else { throw HookingError.notFound }
                try SampleTables().writeAssistance(to: URL(filePath: path), rows: 30_000, seed: 7)
                return hook.id
            }
            let program = try Program(
                [
                    "hook", "publish", hook.text, "--data", site.data, "--token", try site.token("steward"),
                    "--language", "en",
                ], environment: site.environment)
            try await until { !program.children.isEmpty && program.errors.contains("%") }
            #expect(getpgid(program.pid) == program.pid)
            program.sendGroup(SIGINT)
            let ended = try await program.ended(secondsMax: 30)
            #expect(ended.status == 130 && !ended.isSignalled, "\(ended)")
            try await site.open { node in
                let attempt = try #require(try await node.hooking.attempts(of: hook).first)
                #expect(attempt.outcome == .cancelled)
                #expect(try await node.hooking.currentVersion(of: attempt.entry)?.number == 1)
                let recovery = Recovery(site: site, told: Told(), witness: "\(site.data)-witness")
                try await node.removeLeftovers()
                try await recovery.requireTidy(node)
            }
        }
    }
}
