import Evidence
import Foundation
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Postgres
import Release
import Server
import TestKit
import Testing

/// Pushes that are begun by themselves.
@Suite(.enabled(if: TestTarget.available.contains(.postgres))) struct `A scheduled push` {
    private struct World {
        let pushes: PushDeskWorld
        let time: MovedClock

        var desk: DeliveryDesk { pushes.node.deliveries }
        var consumer: Principal { pushes.consumer }

        static func with(_ dialect: Dialect = .sqlite, _ body: (World) async throws -> Void) async throws {
            let time = MovedClock(to: ScheduleWorld.start)
            try await withPushes(dialect, clock: time.clock) { pushes in
                try await body(World(pushes: pushes, time: time))
            }
        }

        func add(_ target: PushTarget, skips: Bool = true) async throws -> Delivery {
            try await desk.add(
                Delivery.Terms(
                    format: .push, target: target.id, timing: Timing(.monthly, minute: 510, workingDay: 3),
                    skipsUnchanged: skips), under: pushes.grant, by: consumer)
        }

        func present(_ delivery: Delivery) async throws -> Delivery {
            try await desk.find(delivery.id, for: consumer)
        }

        /// The newest occurrence once `count` of them are over.
        func run(_ count: Int, of delivery: Delivery, at moment: Instant? = nil) async throws -> DeliveryRun {
            if let moment { time.move(to: moment) } else { time.move(to: try await present(delivery).nextAt) }
            time.move(seconds: 1)
            // The node's own sequencer may be at it: then the records are sealed all the same.
            _ = try? await pushes.node.sequencer.step()
            return try await ended(count, of: delivery)
        }

        func ended(_ count: Int, of delivery: Delivery) async throws -> DeliveryRun {
            var runs: [DeliveryRun] = []
            for _ in 0..<400 {
                _ = try await desk.round()
                runs = try await desk.runs(of: delivery.id, for: consumer)
                if runs.count >= count, runs.allSatisfy({ $0.outcome != .running }) { break }
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(runs.count == count)
            return try #require(runs.first)
        }
    }

    @Test(arguments: Dialect.available)
    func `brings the rows into the table each month, with a receipt, and none when nothing is new`(
        _ dialect: Dialect
    ) async throws {
        try await World.with(dialect) { world in
            let target = try await world.pushes.add()
            let delivery = try await world.add(target)
            let first = try await world.run(1, of: delivery)
            #expect(first.outcome == .made && first.format == .push)
            let push = try await world.pushes.desk.find(try #require(first.release), for: world.consumer)
            #expect(push.state == .settled && push.hasReceipt && push.target == target.id)
            #expect(try world.pushes.target.count("dibao").map(Int64.init) == push.rowsOut)
            #expect(push.account == world.consumer.account)
            let used = try await world.pushes.use()
            #expect(used == push.rowsOut)

            #expect(try await world.run(2, of: delivery).outcome == .skipped)
            #expect(try await world.pushes.use() == used)
            let days = Set(
                try await world.desk.runs(of: delivery.id, for: world.consumer).map { $0.dueAt.date() })
            #expect(days.count == 2)
        }
    }

    @Test func `goes on without the process that began it`() async throws {
        try await World.with { world in
            let target = try await world.pushes.add()
            let holder = try world.pushes.hold()
            let delivery = try await world.add(target)
            world.time.move(to: delivery.nextAt)
            world.time.move(seconds: 1)
            _ = try? await world.pushes.node.sequencer.step()
            var begun: DeliveryRun?
            for _ in 0..<200 {
                _ = try await world.desk.round()
                begun = try await world.desk.runs(of: delivery.id, for: world.consumer).first
                if begun?.release != nil { break }
                try await Task.sleep(for: .milliseconds(50))
            }
            let running = try #require(begun)
            #expect(running.outcome == .running)
            let push = try #require(running.release)
            // It died before it could say which push it had begun, and long ago.
            try await world.pushes.node.database.write {
                _ = try $0.execute(
                    "UPDATE delivery_run SET release_id = NULL, lease_until = 0 WHERE id = \(running.id)")
            }
            _ = try await world.desk.round()
            #expect(
                try await world.desk.runs(of: delivery.id, for: world.consumer).map(\.outcome) == [.running])
            try holder.command("ROLLBACK")
            let ended = try await world.ended(1, of: delivery)
            #expect(ended.outcome == .made && ended.release == push)
        }
    }

    @Test func `that its target refuses is told, and goes on into another`() async throws {
        try await World.with { world in
            let place = world.pushes.target.place("dibao")
            let wrong = try await world.pushes.desk.addTarget(
                PushTargetDraft(
                    label: "elsewhere",
                    place: PushPlace(
                        kind: .postgres, host: place.host, port: place.port, database: "nowhere",
                        user: place.user, schema: place.schema, table: place.table),
                    manner: .replace, keyColumns: []), password: "", by: world.consumer)
            let delivery = try await world.add(wrong)
            let before = try await world.pushes.use()
            let failed = try await world.run(1, of: delivery)
            #expect([.failed, .refused].contains(failed.outcome) && failed.problem != nil)
            #expect(try await world.pushes.use() == before)
            #expect(try await world.desk.alarming(for: world.consumer).map(\.id) == [delivery.id])

            // Somebody sets it right: another target, from now on.
            let target = try await world.pushes.add()
            let changed = try await world.desk.change(
                delivery.id,
                to: Delivery.Terms(format: .push, target: target.id, timing: delivery.terms.timing),
                seen: world.present(delivery).revision, by: world.consumer)
            #expect(changed.failures == 0)
            #expect(try await world.run(2, of: delivery).outcome == .made)
        }
    }

    @Test func `behind another into the same table waits its turn`() async throws {
        try await World.with { world in
            let target = try await world.pushes.add()
            let holder = try world.pushes.hold()
            let other = try await world.pushes.stalled(target)
            // At once: a clock that is moved on would end the lease of the other.
            let delivery = try await world.desk.add(
                Delivery.Terms(format: .push, target: target.id, timing: nil), under: world.pushes.grant,
                by: world.consumer)
            let failed = try await world.ended(1, of: delivery)
            #expect(failed.outcome == .failed && failed.problem?.key == "pushing.target-busy")
            let retryAt = try #require(try await world.present(delivery).retryAt)
            try holder.command("ROLLBACK")
            _ = try await world.pushes.wait(for: other.id) { !$0.isRunning }
            #expect(try await world.run(2, of: delivery, at: retryAt).outcome == .made)
        }
    }

    @Test(arguments: Dialect.available)
    func `keeps its target while it is active; paused, it needs another before it goes on`(
        _ dialect: Dialect
    ) async throws {
        try await World.with(dialect) { world in
            let (pushes, consumer) = (world.pushes.desk, world.consumer)
            let target = try await world.pushes.add()
            let delivery = try await world.add(target)
            await #expect(throws: PushFault.targetScheduled(deliveries: 1)) {
                try await pushes.removeTarget(target.id, by: consumer)
            }
            #expect(try await pushes.target(target.id, for: consumer) == target)
            #expect(try await pushes.deliveries(into: target.id, for: consumer).map(\.id) == [delivery.id])

            try await world.desk.set(.paused, delivery.id, by: consumer)
            try await pushes.removeTarget(target.id, by: consumer)
            let present = try await world.present(delivery)
            #expect(present.state == .paused && present.terms == delivery.terms)
            await #expect(throws: DeliveryError.targetGone) {
                try await world.desk.set(.active, delivery.id, by: consumer)
            }
            let other = try await world.pushes.add(label: "another")
            var terms = delivery.terms
            terms.target = other.id
            let changed = try await world.desk.change(
                delivery.id, to: terms, seen: present.revision, by: consumer)
            #expect(changed.state == .active)
            #expect(try await world.run(1, of: delivery).outcome == .made)

            // What has been removed holds nothing back.
            try await world.desk.remove(delivery.id, by: consumer)
            try await pushes.removeTarget(other.id, by: consumer)
            #expect(try await pushes.targets(for: consumer).isEmpty)
        }
    }

    @Test func `whose target went by another way is refused, and told`() async throws {
        try await World.with { world in
            let target = try await world.pushes.add()
            let delivery = try await world.add(target)
            // Removed before targets were kept for their deliveries.
            try await world.pushes.node.database.write {
                _ = try $0.execute("UPDATE push_target SET removed_at = 1 WHERE id = \(target.id)")
            }
            let refused = try await world.run(1, of: delivery)
            #expect(refused.outcome == .refused && refused.problem?.key == "pushing.target-not-found")
            #expect(try await world.desk.alarming(for: world.consumer).map(\.id) == [delivery.id])
        }
    }

    @Test func `needs a target, one of the unit's own, and a grant that may be pushed`() async throws {
        try await World.with { world in
            func faults(_ terms: Delivery.Terms, under grant: GrantID) async -> [String] {
                do {
                    _ = try await world.desk.add(terms, under: grant, by: world.consumer)
                    return []
                } catch DeliveryError.invalid(let places) { return places.map(\.name) } catch {
                    return ["\(error)"]
                }
            }
            let timing = Timing(.daily, minute: 150)
            #expect(
                await faults(Delivery.Terms(format: .push, timing: timing), under: world.pushes.grant)
                    == ["target"])
            let unknown = PushTargetID.new(at: world.pushes.node.clock.now())
            #expect(
                await faults(
                    Delivery.Terms(format: .push, target: unknown, timing: timing), under: world.pushes.grant)
                    == ["target"])
            let target = try await world.pushes.add()
            #expect(
                await faults(
                    Delivery.Terms(format: .push, target: target.id, timing: timing),
                    under: world.pushes.table.grant) == ["format"])
            #expect(
                await faults(Delivery.Terms(format: .csv, timing: timing), under: world.pushes.grant)
                    == ["format"])
        }
    }
}
