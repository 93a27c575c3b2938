import Foundation
import Kernel
import Lake
import TestKit
import Testing

@Suite struct `Lake workers` {
    @Test func `a child answers`() async throws {
        let engine = try TestEngine()
        #expect(try await engine.supervisor.run(PingTask()) == 42)
    }

    @Test func `a warm child is used again`() async throws {
        let engine = try TestEngine(childrenMax: 1)
        _ = try await engine.supervisor.run(PingTask())
        let first = await engine.supervisor.processes
        _ = try await engine.supervisor.run(PingTask())
        #expect(await engine.supervisor.processes == first)
        #expect(first.count == 1)
    }

    @Test func `a child killed in mid-request fails that request alone, and the next one gets a new child`()
        async throws
    {
        let engine = try TestEngine(childrenMax: 2)
        _ = try await engine.supervisor.run(PingTask())
        let victim = try #require(await engine.supervisor.processes.first)
        let doomed = Task { try await engine.supervisor.run(PingTask(sleepMilliseconds: 30_000)) }
        try await Task.sleep(for: .milliseconds(300))
        let other = Task { try await engine.supervisor.run(PingTask(sleepMilliseconds: 500)) }
        try await Task.sleep(for: .milliseconds(200))
        kill(victim, SIGKILL)
        let failure = await #expect(throws: LakeError.self) { try await doomed.value }
        guard case .workerDied("lake.ping", let how) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(how.contains("signal 9"))
        #expect(try await other.value == 42)
        #expect(try await engine.supervisor.run(PingTask()) == 42)
        #expect(await !engine.supervisor.processes.contains(victim))
    }

    @Test func `a cancelled request ends soon and leaves its child usable`() async throws {
        let engine = try TestEngine(childrenMax: 1)
        _ = try await engine.supervisor.run(PingTask())
        let child = await engine.supervisor.processes
        let request = Task { try await engine.supervisor.run(PingTask(sleepMilliseconds: 30_000)) }
        try await Task.sleep(for: .milliseconds(200))
        let began = ContinuousClock.now
        request.cancel()
        await #expect(throws: (any Error).self) { try await request.value }
        #expect(ContinuousClock.now - began < .seconds(20))
        #expect(try await engine.supervisor.run(PingTask()) == 42)
        #expect(await engine.supervisor.processes == child)
    }

    @Test func `a request past its time is stopped by name`() async throws {
        let engine = try TestEngine { $0.secondsMax = 1 }
        await #expect(throws: LakeError.workerTimedOut(task: "lake.ping", secondsMax: 1)) {
            try await engine.supervisor.run(PingTask(sleepMilliseconds: 30_000))
        }
    }

    @Test func `more requests than children wait in line, and one too many is refused`() async throws {
        let engine = try TestEngine(childrenMax: 1, waitingMax: 2)
        _ = try await engine.supervisor.run(PingTask())
        let waiting = (0..<3).map { _ in
            Task { try await engine.supervisor.run(PingTask(sleepMilliseconds: 400)) }
        }
        try await Task.sleep(for: .milliseconds(200))
        await #expect(throws: LakeError.queueFull(waitingMax: 2)) {
            try await engine.supervisor.run(PingTask())
        }
        for request in waiting { #expect(try await request.value == 42) }
    }

    @Test func `a binary that is not there is named`() async throws {
        let supervisor = try Supervisor(
            .init(executable: "/nonexistent/headwaters"),
            limits: WorkerLimits(temporaryFolder: NSTemporaryDirectory()))
        let failure = await #expect(throws: LakeError.self) { try await supervisor.run(PingTask()) }
        #expect(failure?.problem.message.arguments["reason"]?.contains("/nonexistent/headwaters") == true)
    }

    @Test func `children end when nobody holds their supervisor`() async throws {
        var engine: TestEngine? = try TestEngine(childrenMax: 1)
        _ = try await engine?.supervisor.run(PingTask())
        let child = try #require(await engine?.supervisor.processes.first)
        engine = nil
        for _ in 0..<100 where kill(child, 0) == 0 { try await Task.sleep(for: .milliseconds(50)) }
        #expect(kill(child, 0) != 0)
    }
}
