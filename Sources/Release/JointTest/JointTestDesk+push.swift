import Evidence
import Foundation
package import Identity
package import Kernel
import Lake
import Persistence
import Policy

/// Made-up rows into a table beside the recipient's own, by the machinery of pushes.
extension JointTestDesk {
    private static let watchMilliseconds = 250
    private static let renewMilliseconds = 5_000

    /// The recipient's targets, for whoever may test.
    package func targets(for principal: Principal) async throws -> [PushTarget] {
        guard permissions.mayEver(.manageTargets, principal) else { return [] }
        return try await parts.pushes.targets(for: principal)
    }

    package func push(of test: JointTestID) async throws -> JointPush? {
        try await database.read { try JointPushStore().push(test, in: $0) }
    }

    /// Recorded before anything is touched at the target; whatever breaks it, nothing of it stays there.
    func push(
        _ work: Work, under grant: Grant, into target: PushTargetID?, _ account: AccountID,
        _ principal: Principal
    ) async throws -> JointTest {
        guard let target else { throw JointTestError.targetNeeded }
        let place = try await parts.pushes.testable(
            target, for: work.test.plan.outputSchema, by: principal)
        let now = clock.now()
        let push = JointPush(
            id: JointTestID.new(at: now), grant: grant.id, target: place.id, place: place.place.forTests,
            ownTable: place.place.table, manner: place.manner, keyColumns: place.keyColumns, state: .running,
            table: .none, seed: work.seed, rowsMade: work.made.rows.count, found: nil, problem: nil,
            tries: 0, madeBy: account, madeAt: now, dropAt: now + .seconds(JointTest.keptDays * 86_400),
            droppedAt: nil)
        let runner = UUID().uuidString
        try await begin(push, grant, runner, principal)
        do {
            let report = try await bring(push, work, grant, runner)
            let made = test(
                push.id, of: work, try answered(work, bytes: report.bytes), under: grant, by: account,
                at: now)
            let found = JointPush.Found(
                rowsBefore: report.rowsBefore, rowsOut: report.rowsOut, rowsAfter: report.rowsAfter,
                contentDigest: report.contentDigest, columns: report.columns)
            try await keep(
                made, grant, by: principal,
                naming: [
                    "target": push.place.json, "manner": .string(push.manner.rawValue),
                    "contentDigest": .string(found.contentDigest),
                ]
            ) { connection in
                guard try JointPushStore().finish(push, found, by: runner, in: connection) else {
                    throw JointTestError.interrupted
                }
            }
            return made
        } catch {
            let problem = (error as? any ProblemConvertible)?.problem.message ?? Message("release.fault")
            _ = try await parts.pushes.clear(push, runner, because: problem, actor: principal.actor)
            throw error
        }
    }

    private func begin(
        _ push: JointPush, _ grant: Grant, _ runner: String, _ principal: Principal
    ) async throws {
        let (store, evidence, now) = (store, parts.evidence, push.madeAt)
        let permit = try permissions.permit(.runJointTest, on: grant, for: principal)
        let end = now + .seconds(PushDesk.testRunnerSeconds)
        do {
            try await database.write(under: permit) { connection, mandate in
                try store.demandRoom(under: grant.id, since: now + .seconds(-86_400), in: connection)
                guard try JointPushStore().insert(push, runner: runner, until: end, in: connection) else {
                    throw JointTestError.targetBusy
                }
                try evidence.append(
                    Leaf(
                        id: .new(at: now), type: "joint-test.push-begun", at: now, actor: mandate.actor,
                        subjects: push.subjects,
                        payload: [
                            "synthetic": true, "target": push.place.json, "seed": .integer(push.seed),
                            "rowsMade": .integer(Int64(push.rowsMade)), "plan": .string(grant.planDigest),
                        ]), in: connection)
            }
        } catch DatabaseError.constraint(let name) where name.contains("joint_test_push") {
            throw JointTestError.targetBusy
        }
    }

    /// Beside it the grant is watched, as it is beside a push of real rows.
    private func bring(
        _ push: JointPush, _ work: Work, _ grant: Grant, _ runner: String
    ) async throws -> PushTestReport {
        let pushes = parts.pushes
        let stream = pushes.parts.watch.stream(grant.id, revision: grant.revision)
        try await pushes.parts.watch.poll(database)
        let password = try await pushes.password(of: push.target)
        let making = try WorkFolder("\(parts.folder)/\(push.id).making")
        let (engine, desk) = (parts.engine, self)
        return try await withThrowingTaskGroup(of: PushTestReport?.self) { group in
            group.addTask {
                try await unquoted {
                    try await engine.push(
                        work.test, over: work.made.rows, of: work.made.schema, as: pushes.order(push),
                        password: password, in: making.path, pseudonymKey: Self.noPurposesKey)
                }
            }
            group.addTask {
                var silent = 0
                while !Task.isCancelled {
                    try await Task.sleep(for: .milliseconds(Self.watchMilliseconds))
                    try? await pushes.parts.watch.poll(desk.database)
                    try stream.check()
                    silent += Self.watchMilliseconds
                    guard silent >= Self.renewMilliseconds else { continue }
                    silent = 0
                    try await desk.renew(push, runner)
                }
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw LakeError.cancelled
        }
    }

    private func renew(_ push: JointPush, _ runner: String) async throws {
        let end = clock.now() + .seconds(PushDesk.testRunnerSeconds)
        guard
            try await database.write({
                try JointPushStore().renew(push.id, by: runner, until: end, in: $0)
            })
        else { throw JointTestError.interrupted }
    }

    /// What broken tests left, and tables whose time is over. Safe beside the rounds of other processes.
    package func round() async throws {
        WorkFolder.removeAbandoned(in: parts.folder) { $0.hasSuffix(".making") }
        try await parts.pushes.jointTestRound()
    }

    /// The recipient has the table of a test removed before its day.
    ///
    /// - Throws: `JointTestError.noTable`, `.targetBusy`; the problem that the database has with it.
    @discardableResult
    package func drop(_ id: JointTestID, by principal: Principal) async throws -> JointPush {
        let store = store
        let found = try await database.read { connection in
            (try JointPushStore().push(id, in: connection), try store.test(id, in: connection))
        }
        guard let push = found.0 else {
            throw found.1 == nil ? JointTestError.notFound : JointTestError.otherDelivery
        }
        let grant: Grant
        do { grant = try await self.grant(push.grant, for: principal) } catch PolicyError.grantNotFound {
            throw JointTestError.notFound
        }
        _ = try permissions.permit(.runJointTest, on: grant, for: principal)
        guard push.state != .running, push.table == .there || push.table == .clearing else {
            throw JointTestError.noTable
        }
        guard let end = try await parts.pushes.clear(id, actor: principal.actor),
            let after = try await self.push(of: id)
        else { throw JointTestError.targetBusy }
        if end == .there || end == .clearing {
            throw Problem(
                .unavailable, after.problem ?? Message("release.fault"),
                remedy: Message("joint-test.drop-later"))
        }
        return after
    }
}
