import Evidence
import Foundation
import Identity
import Kernel
import Lake
import Persistence
import Policy

/// What joint tests do at a target. It is no release, and in none of their tables.
extension PushDesk {
    static let testRunnerSeconds = 20
    /// Of the removal of a table, before it is left to whoever keeps the database.
    static let testDropTriesMax = 40
    private static let restSecondsMax = 3_600

    /// What a table of tests says of itself in the database. The same word for all tests of this node.
    var testMark: String { "headwaters joint-test \(parts.evidence.node) \(JointTest.mark)" }

    func order(_ push: JointPush) -> PushOrder { push.order(hosts: parts.hosts, mark: testMark) }

    /// Where a test of a target would go.
    ///
    /// - Throws: as a push into it would be refused by rights, and by what its table is.
    func testable(_ id: PushTargetID, for schema: Schema, by principal: Principal) async throws -> PushTarget
    {
        let target = try await ownTarget(id, by: principal)
        let (order, password) = (order(target), try await password(of: target.id))
        _ = try await unquoted { try await parts.engine.look(at: order, password: password, for: schema) }
        return target
    }

    /// Takes away what a test has at its target: rows on their way, and its table unless another test's rows are in it. What cannot be
    /// reached is tried again by the round. Nil: somebody else is at it.
    @discardableResult
    func clear(
        _ id: JointTestID, because problem: Message? = nil, actor: String = "system"
    ) async throws -> JointPush.TableState? {
        let (store, now, runner) = (JointPushStore(), parts.clock.now(), UUID().uuidString)
        let end = now + .seconds(Self.testRunnerSeconds)
        let claimed = try await parts.database.write { connection -> JointPush? in
            guard let push = try store.push(id, in: connection) else { return nil }
            return try store.claim(push, by: runner, until: end, at: now, in: connection) ? push : nil
        }
        guard let push = claimed else { return nil }
        return try await clear(push, runner, because: problem, actor: actor)
    }

    /// By whoever has it.
    func clear(
        _ push: JointPush, _ runner: String, because problem: Message?, actor: String
    ) async throws -> JointPush.TableState {
        let why =
            problem ?? (push.state == .running ? JointTestError.interrupted.problem.message : push.problem)
        do {
            let isDropped = try await takeAway(push)
            let end: JointPush.TableState = isDropped || push.table == .there ? .dropped : .none
            try await note(push, end, push.state == .done ? nil : why, runner, actor)
            return end
        } catch {
            let found = (error as? any ProblemConvertible)?.problem.message ?? why ?? Message("release.fault")
            guard push.tries + 1 < Self.testDropTriesMax else {
                try await note(push, .left, found, runner, actor)
                return .left
            }
            let then = parts.clock.now() + .seconds(min(Self.restSecondsMax, 10 << min(push.tries, 9)))
            let (store, state) = (JointPushStore(), push.state)
            try await parts.database.writeEvenIfCancelled { connection in
                if state == .running {
                    try store.fail(
                        push.id, .clearing, why ?? found, by: runner, again: then, in: connection)
                } else {
                    try store.rest(push.id, by: runner, found, until: then, in: connection)
                }
            }
            return state == .running ? .clearing : push.table
        }
    }

    /// True: its table was there, and is gone.
    private func takeAway(_ push: JointPush) async throws -> Bool {
        let (store, order) = (JointPushStore(), order(push))
        let password = try await password(of: push.target)
        let holder = try await parts.database.read { try store.holder(beside: push, in: $0) }
        let engine = parts.engine
        // A task of its own: also what is cancelled must leave nothing at the target.
        return try await Task {
            if push.state != .done { _ = try await engine.abandon(order, password: password) }
            guard holder == nil else { return false }
            do { return try await engine.dropTest(order, password: password) } catch let error as Problem
                where error.message.key == PushError.testTableForeign("").problem.message.key
            {
                // Ours is gone; what is there is the recipient's own.
                return false
            }
        }.value
    }

    private func note(
        _ push: JointPush, _ end: JointPush.TableState, _ problem: Message?, _ runner: String, _ actor: String
    ) async throws {
        let (store, evidence, now) = (JointPushStore(), parts.evidence, parts.clock.now())
        let type = push.state == .running ? "joint-test.push-failed" : "joint-test.table-dropped"
        try await parts.database.writeEvenIfCancelled { connection in
            guard
                try store.end(push.id, end, problem: problem, by: runner, at: now, in: connection),
                push.state == .running || end == .dropped
            else { return }
            try evidence.append(
                Leaf(
                    id: .new(at: now), type: type, at: now, actor: actor, subjects: push.subjects,
                    payload: [
                        "synthetic": true, "target": push.place.json, "table": .string(end.rawValue),
                        "problem": .optional(problem?.key),
                    ]), in: connection)
        }
    }

    /// Broken tests, tables beyond their days, and those of grants that are over. Safe beside the rounds of other processes.
    @discardableResult
    package func jointTestRound() async throws -> Int {
        let (store, now) = (JointPushStore(), parts.clock.now())
        var done = 0
        for id in try await parts.database.read({ try store.due(at: now, in: $0) }) {
            if try await clear(id) != nil { done += 1 }
        }
        return done
    }

    /// Before a target is forgotten: afterwards nobody could reach its tables.
    ///
    /// - Throws: `PushFault.targetInUse` while a test is under way.
    func clearTests(at target: PushTargetID, actor: String) async throws {
        let store = JointPushStore()
        let standing = try await parts.database.read { try store.standing(at: target, in: $0) }
        guard standing.allSatisfy({ $0.state != .running }) else { throw PushFault.targetInUse }
        for push in standing {
            switch try await clear(push.id, actor: actor) {
            case .dropped, .none?, .left: continue
            case nil: throw PushFault.targetInUse
            case .there, .passedOn, .clearing: try await leave(push.id)
            }
        }
    }

    /// Where the database does not answer: the page says that its keeper has to remove the table.
    private func leave(_ id: JointTestID) async throws {
        let (store, now, runner) = (JointPushStore(), parts.clock.now(), UUID().uuidString)
        try await parts.database.write { connection in
            guard let push = try store.push(id, in: connection) else { return }
            try store.take(id, by: runner, in: connection)
            _ = try store.end(id, .left, problem: push.problem, by: runner, at: now, in: connection)
        }
    }
}

extension JointPush {
    var subjects: [Leaf.Subject] { [Leaf.Subject(id), Leaf.Subject(grant), Leaf.Subject(target)] }
}
