import Foundation
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

@Suite(.enabled(if: SmallDisk.missing == nil, "only root may mount a small disk")) struct `A full disk` {
    private static let mebibytes = 96

    @Test func `stops releases with the reason, and they go on by themselves when there is room again`()
        async throws
    {
        let disk = try SmallDisk(mebibytes: Self.mebibytes)
        try await SampleSite.with(.sqlite, in: disk.folder) { site in
            let told = Told()
            let load = try Load(site, told: told)
            let served = try await site.serve()
            try await load.lookUp(served)
            disk.fill()
            // The database's journal may still have room of its own; then answers are recorded, and right.
            let refusal = try await firstRefusal(served, site)
            #expect(refusal?.status == 503 && refusal?.code == "evidence.unwritable")
            #expect(refusal?.headers["retry-after"] == "5")
            #expect(refusal?.json["remedy"]?.string?.isEmpty == false)
            #expect(try await served.readiness() == (503, "database-full"))
            #expect(try await served.get("/healthz").status == 200)
            let file = try await served.post(
                "/api/v1/grants/\(site.outcome.grant)/releases", token: try site.token("consumer"),
                json: ["format": "csv"])
            #expect(file.status == 503 && ["evidence.unwritable", "lake.disk-full"].contains(file.code))

            disk.free()
            try await until { try await served.readiness().status == 200 }
            let before = told.lookUps.count
            try await load.lookUp(served)
            #expect(told.lookUps.count == before + 1)
            served.program.send(SIGTERM)
            #expect(try await served.program.ended(secondsMax: 40).status == 0)
            try await site.open { node in
                let recovery = Recovery(site: site, told: told, witness: "\(site.data)-witness")
                try await recovery.settle(node)
                try await recovery.requireAcknowledged(in: node.database)
                try await recovery.requireExactQuota(node)
                try await recovery.requireTidy(node)
                try await recovery.requireVerifiableEvidence(node)
            }
        }
    }

    private func firstRefusal(_ served: ServedSite, _ site: SampleSite) async throws -> ServedSite.Answer? {
        for _ in 0..<3_000 {
            let answer = try await served.post(
                "/api/v1/grants/\(site.outcome.grant)/lookups", token: try site.token("consumer"),
                json: ["column": "身份证号", "keys": ["441600000000000000"]])
            if answer.status != 200 { return answer }
        }
        return nil
    }

    /// With the control database elsewhere, the lake's own writers are what meets the end of the disk.
    @Test(arguments: Dialect.available.filter { $0 == .postgres })
    func `leaves the last version in place and no file half written, whatever was being made`(
        _ dialect: Dialect
    ) async throws {
        let disk = try SmallDisk(mebibytes: Self.mebibytes)
        try await SampleSite.with(dialect, rows: 1_500, in: disk.folder) { site in
            try await site.open { node in
                let steward = try site.people.principal("steward")
                let consumer = try site.people.principal("consumer")
                let hook = try #require(
                    try await node.hooking.hooks(for: steward).first {
                        $0.entry == site.outcome.release.entry
                    })
                guard case .text(let path) = hook.source else { return }
                let text = try String(contentsOfFile: path, encoding: .utf8)
                try text.replacing("解放路", with: "沿江东路").write(
                    toFile: path, atomically: false, encoding: .utf8)
                // From no room at all to room for the first steps only.
                for kibibytes in [0, 40, 80, 120, 200] {
                    disk.fill(leavingKibibytes: kibibytes)
                    let attempt = try await node.hooking.publish(hook.id, by: steward)
                    disk.free()
                    guard case .failed(let problem) = attempt.outcome else {
                        if case .published = attempt.outcome { break }
                        Issue.record("\(kibibytes) KiB: \(attempt.outcome)")
                        continue
                    }
                    #expect(
                        ["lake.disk-full", "source.unwritable"].contains(problem.message.key),
                        "\(kibibytes) KiB: \(problem)")
                    #expect(problem.remedy != nil)
                    #expect(try await node.hooking.currentVersion(of: hook.entry)?.number == 1)
                }
                for format in [DeliveryKind.csv, .excel] {
                    try await requireNoFile(format, node, site, disk, consumer)
                }
                try await requireNoUpload(node, disk, steward, path, hook.entry)
                let release = try await node.files.make(.csv, under: site.outcome.grant, by: consumer)
                #expect(release.state == .settled)
                let last = try await node.hooking.publish(hook.id, by: steward)
                #expect(!last.isRunning)
                let recovery = Recovery(site: site, told: Told(), witness: "\(site.data)-witness")
                try await recovery.settle(node)
                try await recovery.requireExactQuota(node)
                try await recovery.requireTidy(node)
            }
        }
    }

    private func requireNoFile(
        _ format: DeliveryKind, _ node: Node, _ site: SampleSite, _ disk: SmallDisk, _ consumer: Principal
    ) async throws {
        let (ledger, now) = (node.ledger, node.clock.now())
        let grant = site.outcome.grant
        func used() async throws -> Int64 {
            try await node.database.read { try ledger.use(of: grant, at: now, in: $0).total }
        }
        let before = try await used()
        disk.fill(leavingKibibytes: 4)
        let error = await #expect(throws: (any Error).self) {
            try await node.files.make(format, under: grant, by: consumer)
        }
        disk.free()
        let problem = (error as? any ProblemConvertible)?.problem
        #expect(
            problem?.message.key == "lake.disk-full" && problem?.remedy != nil,
            "\(format): \(String(describing: error))")
        let after = try await used()
        #expect(after == before)
    }

    private func requireNoUpload(
        _ node: Node, _ disk: SmallDisk, _ steward: Principal, _ file: String, _ entry: EntryID
    ) async throws {
        let before = try FileManager.default.contentsOfDirectory(atPath: node.hooking.uploadsFolder)
        disk.fill(leavingKibibytes: 8)
        let error = await #expect(throws: (any Error).self) {
            try await node.hooking.upload(file, named: "另一份.csv", .copying, for: entry, by: steward)
        }
        disk.free()
        #expect((error as? any ProblemConvertible)?.problem.message.key == "hooking.upload-unwritable")
        #expect(try FileManager.default.contentsOfDirectory(atPath: node.hooking.uploadsFolder) == before)
    }
}

/// Waits for what happens by itself.
func until(secondsMax: Double = 60, _ isSo: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(secondsMax)
    while try await !isSo() {
        guard ContinuousClock.now < deadline else {
            Issue.record("not so within \(secondsMax) s")
            return
        }
        try await Task.sleep(for: .milliseconds(50))
    }
}
