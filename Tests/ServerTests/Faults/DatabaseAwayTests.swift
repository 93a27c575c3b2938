import Foundation
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `The control database goes away` {
    @Test(.enabled(if: TestServer.isAvailable))
    func `PostgreSQL crashes under a running serve: 503 meanwhile, and work goes on when it is back`()
        async throws
    {
        let server = try TestServer()
        try await server.start()
        let environment = [Setting.database.environmentName: server.url]
        try await SampleSite.with(.sqlite, environment: environment) { site in
            let told = Told()
            let load = try Load(site, told: told)
            let served = try await site.serve()
            let clients = Task { await load.run(on: served) }
            try await until { told.lookUps.count > 5 }
            try await server.stop()
            try await Task.sleep(for: .milliseconds(200))
            let before = told.lookUps.count
            for _ in 0..<3 { try await requireRefused(served, site) }
            #expect(told.lookUps.count <= before + 3)
            #expect(try await served.readiness() == (503, "database-unreachable"))
            #expect(try await served.get("/healthz").status == 200)
            let page = try await served.get("/catalogue", headers: ["Accept": "text/html"])
            #expect(page.status == 503 && page.headers["retry-after"] == "5")
            #expect(page.headers["content-type"]?.hasPrefix("text/html") == true)

            try await server.start()
            try await until { try await served.readiness().status == 200 }
            let known = told.lookUps.count
            try await until { told.lookUps.count > known + 5 }
            clients.cancel()
            await clients.value
            #expect(told.surprises.isEmpty, "\(told.surprises.prefix(3))")
            served.program.send(SIGTERM)
            #expect(try await served.program.ended(secondsMax: 40).status == 0)
            let recovery = Recovery(site: site, told: told, witness: "\(site.data)-witness")
            try await site.open { node in
                try await recovery.settle(node)
                try await recovery.requireAcknowledged(in: node.database)
                try await recovery.requireExactQuota(node)
                try await recovery.requireTidy(node)
                try await recovery.requireVerifiableEvidence(node)
            }
            try? FileManager.default.removeItem(atPath: recovery.witness)
        }
    }

    private func requireRefused(_ served: ServedSite, _ site: SampleSite) async throws {
        let answer = try await served.post(
            "/api/v1/grants/\(site.outcome.grant)/lookups", token: try site.token("consumer"),
            json: ["column": "身份证号", "keys": ["441600000000000000"]])
        #expect(answer.status == 503 && answer.headers["retry-after"] == "5")
        #expect(
            ["database.unreachable", "evidence.unwritable"].contains(answer.code), "\(answer.code ?? "")")
        #expect(answer.json["remedy"]?.string?.isEmpty == false)
    }

    @Test
    func
        `another program holds SQLite for long: 503 meanwhile, reading goes on, and so does work afterwards`()
        async throws
    {
        try await SampleSite.with(.sqlite) { site in
            let told = Told()
            let load = try Load(site, told: told)
            let served = try await site.serve([Setting.databaseWait.environmentName: "200"])
            try await load.lookUp(served)
            let holder = try await openDatabase(location: site.location, connectionsMax: 1)
            let (held, isHeld) = AsyncStream.makeStream(of: Void.self)
            let open = DispatchSemaphore(value: 0)
            let holding = Task {
                try await holder.write { _ in
                    isHeld.yield()
                    _ = open.wait(timeout: .now() + 30)
                }
            }
            for await _ in held { break }
            let answers = try await withThrowingTaskGroup(of: ServedSite.Answer.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await served.post(
                            "/api/v1/grants/\(site.outcome.grant)/lookups", token: try site.token("consumer"),
                            json: ["column": "身份证号", "keys": ["441600000000000000"]])
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for answer in answers {
                #expect(answer.status == 503 && answer.code == "database.busy")
                #expect(answer.headers["retry-after"] == "5")
            }
            #expect(try await served.readiness() == (503, "database-busy"))
            #expect(try await served.get("/catalogue").status == 200)
            open.signal()
            try await holding.value
            await holder.close()
            try await until { try await served.readiness().status == 200 }
            let before = told.lookUps.count
            try await load.lookUp(served)
            #expect(told.lookUps.count == before + 1)
            served.program.send(SIGTERM)
            #expect(try await served.program.ended(secondsMax: 40).status == 0)
        }
    }
}
