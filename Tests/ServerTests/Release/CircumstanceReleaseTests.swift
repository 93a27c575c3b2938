import Evidence
import Foundation
import HTTPTypes
import Hooking
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Release
import Server
import Synchronization
import TestKit
import Testing

extension GrantedTable {
    /// A grant of the same data to the same unit under other terms, as a decision would sign it.
    func signed(_ further: [Clause], deliveries: Set<DeliveryKind>) async throws -> GrantedTable {
        let (node, old) = (node, grant)
        let base = try await node.database.read { [grants = node.grants] in try grants.get(old, in: $0) }
        let facts = try await node.releaseSources.facts(base.entry)
        let replaced = Set(further.map(\.kind))
        let clauses =
            base.clauses.filter { $0.kind != .delivery && (!replaced.contains($0.kind) || $0.kind == .mask) }
            + [.delivery(deliveries)] + further
        let subject = Subject.new(kind: "request", owner: base.provider, recipient: base.consumer)
        let permit = try node.permissions.permit(
            .decideRequest, on: subject, for: people.principal("cdo"))
        let now = node.clock.now()
        let made = try await node.database.write(under: permit) {
            [grants = node.grants] connection, mandate in
            try grants.sign(
                GrantProposal(
                    entry: base.entry, consumer: base.consumer, origin: base.origin, clauses: clauses),
                facts: facts, under: mandate, at: now, in: connection)
        }
        return GrantedTable(self, under: made.id)
    }

    private init(_ other: GrantedTable, under grant: GrantID) {
        node = other.node
        people = other.people
        release = other.release
        consumer = other.consumer
        self.grant = grant
    }

    /// The provider's next version: one row more, which is not under this grant.
    func publishAgain() async throws -> PublishedVersion {
        let steward = try people.principal("steward")
        let entry = release.entry
        let hook = try #require(try await node.hooking.hook(of: entry, for: steward))
        guard case .text(let path) = hook.source else { throw HookingError.notFound }
        var lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\r\n").map(
            String.init)
        let last = try #require(lines.last { $0.contains(",在保") })
        lines.append(last.replacing(",在保", with: ",停保"))
        try (lines.joined(separator: "\r\n") + "\r\n").write(
            toFile: path, atomically: true, encoding: .utf8)
        let attempt = try await node.hooking.publish(hook.id, by: steward)
        guard case .published(let id) = attempt.outcome else {
            throw Problem(.conflict, Message("test.not-published", ["outcome": "\(attempt.outcome)"]))
        }
        return try #require(try await node.hooking.version(id))
    }

    func make(_ delivery: DeliveryKind = .csv, by principal: Principal? = nil) async throws -> FileRelease {
        try await node.files.make(delivery, under: grant, by: principal ?? consumer)
    }
}

@Suite struct `A rate` {
    @Test(arguments: Dialect.available)
    func `of N calls answers exactly N of sixty-four who ask at once, and evidence stays small`(
        _ dialect: Dialect
    ) async throws {
        try await withGrantedTable(dialect) { whole in
            let table = try await whole.signed([.rate(RateLimit(callsPerDay: 7))], deliveries: [.lookup])
            let key = try await table.keys(1)
            let outcomes = await withTaskGroup(of: Result<Int, any Error>.self) { group in
                for _ in 0..<64 {
                    group.addTask {
                        do { return .success(try await table.lookUp(key).rows.count) } catch {
                            return .failure(error)
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.compactMap { try? $0.get() }.count == 7)
            for case .failure(let error) in outcomes {
                guard
                    case .rateExceeded(table.grant, .callsPerDay, 7, let seconds, _)? = error as? PolicyError
                else {
                    Issue.record("\(error)")
                    continue
                }
                #expect((1...86_400).contains(seconds))
            }
            // 57 refusals: told at 1, 2, 4, 8, 16 and 32.
            let told = try await table.leaves("release.refused").compactMap { $0["refusals"]?.integer }
            #expect(told.sorted() == [1, 2, 4, 8, 16, 32])
            #expect(try await table.use().total == 7)
            let row = try await table.node.database.read {
                try $0.row("SELECT refused FROM policy_rate_use WHERE span = 'day'")
            }
            #expect(try row?.value("refused", as: Int.self) == 57)
        }
    }

    @Test func `begins anew with the next minute and is held for files and pages alike`() async throws {
        let shift = Mutex(Duration.zero)
        let clock = Clock { Clock.system.now() + shift.withLock { $0 } }
        // At the first moment of a minute, so that none ends in the middle.
        func nextMinute() {
            let left = 60_000_000 - clock.now().microseconds % 60_000_000
            shift.withLock { $0 += .microseconds(left) }
        }
        try await withGrantedTable(
            .sqlite, environment: [Setting.checkpointAge.environmentName: "3600"], clock: clock
        ) { whole in
            let table = try await whole.signed(
                [.rate(RateLimit(callsPerMinute: 2, rowsPerMinute: 400))],
                deliveries: [.csv, .lookup, .pages])
            let key = try await table.keys(1)
            nextMinute()
            _ = try await table.lookUp(key)
            _ = try await table.page(limit: 3)
            for _ in 0..<2 {
                await #expect(throws: PolicyError.self) { try await table.make() }
                await #expect(throws: PolicyError.self) { try await table.page(limit: 3) }
            }
            await #expect(throws: PolicyError.callBeyondRate(table.grant, rowsMax: 400)) {
                try await table.lookUp((0..<401).map { "44160000000000\(1000 + $0)" })
            }
            nextMinute()
            #expect(try await table.make().state == .settled)
            #expect(try await table.lookUp(key).rows.count == 1)
        }
    }

    @Test func `over HTTP is 429 with the seconds to wait`() async throws {
        try await withGrantedTable(.sqlite) { whole in
            let table = try await whole.signed([.rate(RateLimit(callsPerDay: 1))], deliveries: [.lookup])
            let api = try APICaller(table.node)
            let token = try #require(table.people.members["consumer"]?.token)
            let body: JSON = ["column": "身份证号", "keys": [.string(try await table.keys(1)[0])]]
            let path = "/api/v1/grants/\(table.grant)/lookups"
            #expect(try await api.post(path, token, body).status == 200)
            let refused = try await api.post(path, token, body)
            #expect(refused.status == 429)
            #expect(try refused.json()["code"]?.string == "policy.rate-calls-per-day")
            let seconds = try #require(refused.header("Retry-After").flatMap { Int($0) })
            #expect((1...86_400).contains(seconds))
        }
    }
}

@Suite struct `Where, when and how much` {
    @Test func `a grant for some networks answers nobody else, by no way`() async throws {
        try await withGrantedTable(.sqlite) { whole in
            let range = try #require(NetworkRange("10.20.0.0/16"))
            let table = try await whole.signed([.networks([range])], deliveries: [.csv, .lookup, .pages])
            let key = try await table.keys(1)[0]
            let app = try APICaller(table.node).app
            let token = try #require(table.people.members["consumer"]?.token)
            func ask(_ tail: String, _ body: JSON?, from peer: String, via forwarded: String? = nil)
                async throws
                -> TestApp.Answer
            {
                var headers = ["Authorization": "Bearer \(token)", "Content-Type": "application/json"]
                headers["X-Forwarded-For"] = forwarded
                return try await app.ask(
                    body == nil ? .get : .post, tail, headers: headers, body: body?.canonicalBytes ?? [],
                    from: peer)
            }
            let path = "/api/v1/grants/\(table.grant)"
            let look: JSON = ["column": "身份证号", "keys": [.string(key)]]
            // Directly, and through the proxy that is trusted.
            #expect(try await ask("\(path)/lookups", look, from: "10.20.1.2").status == 200)
            #expect(
                try await ask("\(path)/lookups", look, from: "127.0.0.1", via: "10.20.1.2").status == 200)
            let made = try await ask("\(path)/releases", ["format": "csv"], from: "10.20.1.2")
            #expect(made.status == 201)
            let file = "/api/v1/releases/\(try made.json()["id"]?.string ?? "")/file"
            #expect(try await ask(file, nil, from: "10.20.1.2").status == 200)
            // From elsewhere; by the proxy itself; and with a header that nobody vouches for.
            for (peer, forwarded) in [
                ("10.21.0.1", nil), ("127.0.0.1", nil), ("203.0.113.9", "10.20.1.2"),
                ("127.0.0.1", "10.20.1.2, 203.0.113.9"), ("127.0.0.1", "nonsense"),
            ] as [(String, String?)] {
                for (tail, body) in [
                    ("\(path)/lookups", look), ("\(path)/releases", ["format": "csv"]), ("\(path)/rows", nil),
                    (file, nil),
                ] as [(String, JSON?)] {
                    let answer = try await ask(tail, body, from: peer, via: forwarded)
                    #expect(answer.status == 403, "\(tail) from \(peer) via \(forwarded ?? "nobody")")
                    #expect(try answer.json()["code"]?.string == "policy.outside-networks")
                }
            }
            // Whoever is at the machine itself is in no network.
            await #expect(throws: PolicyError.outsideNetworks(table.grant)) { try await table.lookUp([key]) }
            await #expect(throws: PolicyError.outsideNetworks(table.grant)) { try await table.make() }
            #expect(try await table.leaves("release.refused").count >= 21)
        }
    }

    @Test func `outside its hours a grant gives nothing, not even a file made within them`() async throws {
        let minutes = Mutex(0)
        let now = Clock.system.now()
        let noon = now.date().start + .seconds(43_200)
        let offset = noon - now
        let clock = Clock { Clock.system.now() + offset + .seconds(minutes.withLock { $0 } * 60) }
        try await withGrantedTable(.sqlite, clock: clock) { whole in
            let hours = OpeningHours(days: .every, from: 720, to: 780)
            let table = try await whole.signed([.hours(hours)], deliveries: [.csv, .lookup, .pages])
            let key = try await table.keys(1)
            let made = try await table.make()
            #expect(try await table.lookUp(key).rows.count == 1)
            minutes.withLock { $0 = 61 }
            for _ in 0..<200 {
                do { try await table.node.freshness.require() } catch {
                    try await Task.sleep(for: .milliseconds(50))
                    continue
                }
                break
            }
            let refusal = PolicyError.outsideHours(table.grant, hours)
            await #expect(throws: refusal) { try await table.lookUp(key) }
            await #expect(throws: refusal) { try await table.page() }
            await #expect(throws: refusal) { try await table.make() }
            await #expect(throws: refusal) {
                try await table.node.receipts.download(made.id, by: table.consumer)
            }
            minutes.withLock { $0 = 0 }
        }
    }

    @Test func `a file of too few rows is refused before anything of it is written`() async throws {
        try await withGrantedTable(.sqlite) { whole in
            let rows = try #require(whole.release.rowsOut)
            let enough = try await whole.signed([.minimumRows(rows)], deliveries: [.csv, .excel])
            #expect(try await enough.make().rowsOut == rows)
            let table = try await whole.signed([.minimumRows(rows + 1)], deliveries: [.csv, .excel])
            for kind in [DeliveryKind.csv, .excel] {
                await #expect(throws: PolicyError.tooFewRows(table.grant, rowsMin: rows + 1)) {
                    try await table.make(kind)
                }
            }
            #expect(try await table.use().total == 0)
            let told = try await table.leaves("release.refused").compactMap { $0["problem"]?.string }
            #expect(told == ["policy.too-few-rows", "policy.too-few-rows"])
        }
    }

    @Test func `a grant that holds to a version goes on with it when another is served`() async throws {
        try await withGrantedTable(.sqlite) { whole in
            let table = try await whole.signed(
                [.asOf(.version(number: 1))], deliveries: [.csv, .lookup, .pages])
            let newest = try await whole.signed([], deliveries: [.csv, .lookup, .pages])
            let key = try await table.keys(1)
            let before = try await table.lookUp(key)
            let next = try await table.publishAgain()
            #expect(next.number == 2)
            table.node.prepared.forget(table.grant)
            table.node.prepared.forget(newest.grant)
            let after = try await table.lookUp(key)
            #expect(after.version == before.version && after.versionNumber == 1)
            #expect(try await table.page(limit: 2).versionNumber == 1)
            #expect(try await table.make().versionNumber == 1)
            #expect(try await newest.lookUp(key).versionNumber == 2)
            #expect(try await newest.make().version == next.id)
        }
    }
}
