import Evidence
import Exchange
import Foundation
import HTTPTypes
import Hooking
import Kernel
import Lake
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing
import Web

/// What goes wrong with another's service, and what nobody may ever find of it here.
@Suite struct `A live source` {
    @Test func `that fails rests, is tried once, and is asked again when that went well`() async throws {
        let time = MovedClock(to: Clock.system.now())
        // A clock that is moved on makes the newest checkpoint old.
        let patient = [Setting.checkpointAge.environmentName: "3600"]
        try await LiveWorld.with(.sqlite, environment: patient, clock: time.clock) { world in
            world.service.answers { _ in .init("{}", status: 503) }
            let hook = world.hook.id
            for _ in 0..<LiveBreaker.faultsMax {
                await #expect(throws: LiveFault.status(503)) { try await world.lookUp() }
            }
            var asked = world.service.asked.count
            await #expect(throws: LiveFault.resting(retryAfterSeconds: 30)) { try await world.lookUp() }
            #expect(world.service.asked.count == asked)
            #expect(await world.node.hooking.standing(of: hook).lastFault == .status(503))
            let metrics = try await TestApp(try world.node.site { _ in }, world.node.routes).ask(
                .get, "/metrics"
            ).text
            #expect(metrics.contains("headwaters_live_sources_resting 1"))
            #expect(metrics.contains("headwaters_live_calls_total{outcome=\"failed\"} 5"))

            // Tried once; it fails still, and rests for twice as long.
            time.move(seconds: 31)
            await #expect(throws: LiveFault.status(503)) { try await world.lookUp() }
            asked = world.service.asked.count
            time.move(seconds: 31)
            await #expect(throws: LiveFault.self) { try await world.lookUp() }
            #expect(world.service.asked.count == asked)

            world.service.answers { LiveWorld.answer($0) }
            time.move(seconds: 31)
            #expect(try await world.lookUp().rows.count == 1)
            #expect(await world.node.hooking.standing(of: hook).breaker.state == .closed)

            // Or whoever keeps the hook says that it is well.
            world.service.answers { _ in .init("{}", status: 503) }
            for _ in 0..<LiveBreaker.faultsMax { _ = try? await world.lookUp() }
            world.service.answers { LiveWorld.answer($0) }
            await #expect(throws: LiveFault.self) { try await world.lookUp() }
            try await world.node.hooking.resetBreaker(of: hook, by: world.people.principal("steward"))
            #expect(try await world.lookUp().rows.count == 1)
            await #expect(throws: HookingError.notFound) {
                try await world.node.hooking.resetBreaker(
                    of: hook, by: world.people.principal("market-steward"))
            }
        }
    }

    @Test func `of which one record is wrong does not rest`() async throws {
        try await LiveWorld.with(.sqlite) { world in
            world.service.answers { _ in .init(LiveWorld.record(money: #""much""#)) }
            for _ in 0..<8 {
                await #expect(throws: LiveFault.misfit(column: "月保障金额", reason: .notDecimal)) {
                    try await world.lookUp()
                }
            }
            world.service.answers { _ in .init(LiveWorld.record(LiveWorld.other)) }
            await #expect(throws: LiveFault.otherKey(column: "身份证号")) { try await world.lookUp() }
            #expect(try await world.use() == 0)
            let failed = try await world.leaves("release.failed")
            let authorised = try await world.leaves("release.authorised")
            #expect(failed.count == 9 && authorised.isEmpty)
        }
    }

    @Test
    func `is told to whoever asks as a gateway's problem, without its address, the key or a word of it`()
        async throws
    {
        try await LiveWorld.with(.sqlite, secondsMax: 3) { world in
            let app = TestApp(try world.node.site { _ in }, world.node.routes)
            let member = try #require(world.people.members["consumer"])
            func ask() async throws -> TestApp.Answer {
                try await app.ask(
                    .post, "/api/v1/grants/\(world.grant)/lookups",
                    headers: [
                        "Authorization": "Bearer \(member.token)", "Content-Type": "application/json",
                    ], body: Array(#"{"column":"身份证号","keys":["\#(LiveWorld.key)"]}"#.utf8))
            }
            #expect(try await ask().status == 200)
            let body = #"{"error":"stack trace of \#(LiveWorld.key)"}"#
            for (reply, status) in [
                (TestService.Reply(body, status: 500), 502), (.init("<html>"), 502),
                (.init(LiveWorld.record(), afterMilliseconds: 5_000), 504),
                (.init(body, status: 302, headers: ["Location": "http://127.0.0.1/secret"]), 502),
                (.init(LiveWorld.record(money: #""secret""#)), 502),
            ] {
                world.service.answers { _ in reply }
                let answer = try await ask()
                #expect(answer.status == status)
                for word in [
                    LiveWorld.key, "127.0.0.1", "\(world.service.port)", "/person", "stack", "secret",
                ] {
                    #expect(!answer.text.contains(word), "\(word)")
                }
            }
            #expect(try await ask().status == 502)
            world.service.answers { _ in .init(body, status: 500) }
            for _ in 0..<LiveBreaker.faultsMax { _ = try await ask() }
            let resting = try await ask()
            #expect(resting.status == 503 && resting.header("Retry-After") != nil)
        }
    }

    @Test func `has its secret and its answers nowhere on this node`() async throws {
        try await LiveWorld.with(.sqlite) { world in
            #expect(try await world.lookUp().rows.count == 1)
            world.service.answers { _ in .init(LiveWorld.record(money: #""not-a-number-77""#)) }
            _ = try? await world.lookUp()
            try await world.node.journal.settle()
            // The name is in the answer alone; the street is in no column of the mapping.
            for word in [LiveWorld.secret, "张三丰", "never-granted", "not-a-number-77", LiveWorld.key] {
                #expect(try world.files(with: [word]).isEmpty, "\(word)")
            }
            let texts = try await world.node.database.read { connection in
                try connection.rows("SELECT payload FROM evidence_leaf").map {
                    try $0.value("payload", as: String.self)
                }
            }
            for text in texts {
                #expect(
                    !text.contains(LiveWorld.secret) && !text.contains("张三丰") && !text.contains(LiveWorld.key)
                )
            }
            let hook = try #require(try await world.node.hooking.liveHook(of: world.entry))
            #expect(!"\(hook)".contains(LiveWorld.secret))
        }
    }

    @Test func `serves neither files, pages nor lists, and is granted by a key that may leave`() async throws
    {
        try await LiveWorld.hooked(.sqlite) { node, people, _, hook in
            let facts = try await node.releaseSources.facts(hook.entry)
            #expect(facts.live == LiveFacts(keyColumns: ["身份证号"]))
            func refusals(_ deliveries: Set<DeliveryKind>, _ further: [Clause] = []) throws -> [Refusal] {
                let clauses = try LiveWorld.wish(node, deliveries).clauses() + LiveWorld.masks + further
                do {
                    _ = try Terms(clauses, facts: facts, on: node.clock.now().date())
                    return []
                } catch PolicyError.refused(let found) { return found }
            }
            #expect(try refusals([.lookup]).isEmpty)
            let others: [DeliveryKind] = [.csv, .parquet, .excel, .pages, .nameList, .push]
            for kind in others {
                #expect(
                    try refusals([.lookup, kind]).map { "\($0.code.rawValue) \($0.operation ?? "")" }
                        == ["delivery-not-live \(kind.rawValue)"])
            }
            #expect(try refusals([.lookup], [.asOf(.version(number: 1))]).map(\.code) == [.asOfLive])
            let clauses = try LiveWorld.wish(node, [.lookup]).clauses().filter { $0.kind != .columns }
            #expect(throws: PolicyError.self) {
                try Terms(
                    clauses + [.columns(["救助类别"])], facts: facts, on: node.clock.now().date())
            }
        }
    }

    @Test func `is asked no more when it is paused or its host is not allowed, and makes no version`()
        async throws
    {
        try await LiveWorld.with(.sqlite) { world in
            let (hooking, steward) = (world.node.hooking, try world.people.principal("steward"))
            let asked = world.service.asked.count
            await #expect(throws: HookingError.live) { try await hooking.publish(world.hook.id, by: steward) }
            try await hooking.setState(.paused, of: world.hook.id, by: steward)
            world.node.prepared.forget(world.grant)
            await #expect(throws: LiveFault.paused) { try await world.lookUp() }
            #expect(world.service.asked.count == asked)
            try await hooking.setState(.active, of: world.hook.id, by: steward)
            world.node.prepared.forget(world.grant)
            #expect(try await world.lookUp().rows.count == 1)

            // A secret goes to the place that it was given for.
            var moved = LiveWorld.source(world.service.port)
            moved.base = "http://localhost:\(world.service.port)/person"
            await #expect(throws: HookingError.self) {
                try await hooking.define(
                    world.entry, source: .live(moved), mapping: world.hook.mapping, keyColumns: ["身份证号"],
                    by: steward)
            }
            moved.base = "http://127.0.0.1:1/person"
            await #expect(throws: HookingError.self) {
                try await hooking.define(
                    world.entry, source: .live(moved), mapping: world.hook.mapping, keyColumns: ["身份证号"],
                    password: "x", by: steward)
            }
        }
    }

    @Test func `is not asked by more than it stands at once`() async throws {
        try await LiveWorld.with(.sqlite) { world in
            let most = Most()
            world.service.answers { asked in
                most.enter()
                try await Task.sleep(for: .milliseconds(60))
                most.leave()
                return LiveWorld.answer(asked)
            }
            let given = await withTaskGroup(of: Int.self) { group in
                for _ in 0..<24 {
                    group.addTask {
                        do { return try await world.lookUp().rows.count } catch {
                            Issue.record(error)
                            return 0
                        }
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(given == 24)
            #expect(most.count <= world.hook.source.live?.limits.callsMax ?? 0)
        }
    }

    private final class Most: @unchecked Sendable {
        private let lock = NSLock()
        private var now = 0
        private var highest = 0
        var count: Int { lock.withLock { highest } }
        func enter() {
            lock.withLock {
                now += 1
                highest = max(highest, now)
            }
        }
        func leave() { lock.withLock { now -= 1 } }
    }
}
