import Foundation
import Identity
import Kernel
import Lake
import Persistence
import Server
import TestKit
import Testing

@testable import Hooking

/// A clock that a test moves on.
final class MovedClock: @unchecked Sendable {
    private let lock = NSLock()
    private var ahead: Duration

    init(to instant: Instant) { ahead = instant - Clock.system.now() }

    var clock: Clock { Clock { self.lock.withLock { Clock.system.now() + self.ahead } } }
    func move(seconds: Int) { lock.withLock { ahead = ahead + .seconds(seconds) } }
    /// Forward to the moment.
    func move(to instant: Instant) {
        lock.withLock { ahead = max(ahead, instant - Clock.system.now()) }
    }
}

/// A hook whose source is a file that the test rewrites, and a clock that it moves. The node's background does not run.
struct ScheduleWorld: Sendable {
    let pages: HookPageWorld
    let hook: HookID
    let steward: Principal
    let time: MovedClock
    let source: String

    var node: Node { pages.node }

    /// Wednesday, 25 November 2026, about 17:46 in Beijing.
    static let start = Instant(microseconds: 1_795_600_000_000_000)

    static func with(
        _ dialect: Dialect = .sqlite, environment: [String: String] = [:],
        _ body: (ScheduleWorld) async throws -> Void
    ) async throws {
        let time = MovedClock(to: start)
        try await SampleNode.with(
            dialect, environment: environment, clock: time.clock, inBackground: false
        ) { node, people in
            try await body(try await ScheduleWorld(HookPageWorld(node, people), time))
        }
    }

    init(_ pages: HookPageWorld, _ time: MovedClock) async throws {
        self.pages = pages
        self.time = time
        steward = try pages.people.principal("steward")
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv").path
        try "code,amount\na1,1\n".write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        let upload = try await pages.node.hooking.upload(
            file, named: "daily.csv", .copying, for: pages.entry, by: steward)
        let from = pages.node.hooking.source(of: upload)
        guard case .text(let path) = from else { throw HookingError.uploadNotFound }
        source = path
        let probe = try await pages.node.hooking.probe(from, for: pages.entry, by: steward)
        hook = try await pages.node.hooking.define(
            pages.entry, source: from, mapping: probe.mapping, keyColumns: [], by: steward
        ).id
    }

    /// Every day at 02:30 unless said otherwise.
    @discardableResult
    func schedule(_ change: (inout Schedule.Terms) -> Void = { _ in }) async throws -> Schedule {
        var terms = Schedule.Terms(timing: Timing(.daily, minute: 150))
        change(&terms)
        return try await node.hooking.setSchedule(terms, of: hook, by: steward)
    }

    func present() async throws -> Schedule {
        try #require(try await node.hooking.schedule(of: hook, for: steward))
    }

    func write(_ text: String) throws {
        try text.write(toFile: source, atomically: true, encoding: .utf8)
    }

    /// Waits until nothing of the hook is under way, then lets the runner take note.
    func settled() async throws -> Schedule {
        while try await node.hooking.attempts(of: hook).contains(where: \.isRunning) {
            try await Task.sleep(for: .milliseconds(50))
        }
        try await node.hooking.scheduleRound()
        return try await present()
    }
}
