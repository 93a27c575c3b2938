import Evidence
import Foundation
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `The grant store` {
    static let now = PolicySample.now

    /// Remembers the leaves' types in a table of the test's own, in the act's transaction.
    static let migrations =
        policyMigrations + [
            Migration(
                "policytest", 1,
                "CREATE TABLE test_leaf (id TEXT NOT NULL PRIMARY KEY, type TEXT NOT NULL, payload TEXT NOT NULL)"
            )
        ]
    static let store = GrantStore { leaf, connection in
        try connection.execute(
            "INSERT INTO test_leaf (id, type, payload) VALUES (\(leaf.id), \(leaf.type), \(leaf.payload))")
    }

    static func sign(
        _ clauses: [Clause] = PolicySample.clauses, at now: Instant = now, in connection: any Connection
    ) throws -> Grant {
        try store.sign(
            GrantProposal(
                entry: PolicySample.entry, consumer: PolicySample.consumer,
                origin: .sharingRequest(PolicySample.request),
                clauses: clauses), facts: PolicySample.facts(),
            under: PolicySample.mandate(.decideRequest, in: connection), at: now, in: connection)
    }

    static func change(_ grant: Grant, _ action: Action, in connection: any Connection) throws -> Grant {
        let mandate = try PolicySample.mandate(action, on: store.subject(grant), in: connection)
        switch action {
        case .suspendGrant:
            return try store.suspend(grant.id, reason: "核查", under: mandate, at: now, in: connection)
        case .resumeGrant:
            return try store.resume(grant.id, reason: "", under: mandate, at: now, in: connection)
        default: return try store.revoke(grant.id, reason: "", under: mandate, at: now, in: connection)
        }
    }

    @Test(arguments: Dialect.available)
    func `a signed grant is remembered whole and makes the plan that was signed`(_ dialect: Dialect)
        async throws
    {
        try await withDatabase(dialect, Self.migrations) { database in
            let (grant, read) = try await database.write { connection in
                let grant = try Self.sign(in: connection)
                return (grant, try Self.store.get(grant.id, in: connection))
            }
            #expect(grant == read)
            let plan = try read.plan(facts: PolicySample.facts(), on: PolicySample.today)
            #expect(plan.digest == read.planDigest)
            let leaves = try await database.read { try $0.rows("SELECT type, payload FROM test_leaf") }
            #expect(try leaves.map { try $0.value("type", as: String.self) } == ["grant.signed"])
            #expect(try !(leaves[0].value("payload", as: String.self)).contains("在业"))
        }
    }

    @Test(arguments: Dialect.available)
    func `a grant that cannot be enforced is not signed and leaves nothing`(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, Self.migrations) { database in
            await #expect(throws: PolicyError.self) {
                try await database.write { _ = try Self.sign([.columns(["备注"])], in: $0) }
            }
            let counts = try await database.read { connection in
                try connection.rows("SELECT id FROM policy_grant").count
                    + connection.rows("SELECT id FROM test_leaf").count
            }
            #expect(counts == 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `each change of state is a revision, a leaf and history; revoked is final`(_ dialect: Dialect)
        async throws
    {
        try await withDatabase(dialect, Self.migrations) { database in
            let id = try await database.write { connection in
                var grant = try Self.sign(in: connection)
                for action in [Action.suspendGrant, .resumeGrant, .revokeGrant] {
                    grant = try Self.change(grant, action, in: connection)
                }
                #expect(grant.revision == 4)
                return grant.id
            }
            let (grant, changes, types) = try await database.read { connection in
                (
                    try Self.store.get(id, in: connection), try Self.store.changes(of: id, in: connection),
                    try connection.rows("SELECT type FROM test_leaf ORDER BY id").map {
                        try $0.value("type", as: String.self)
                    }
                )
            }
            #expect(changes.map(\.state) == [.active, .suspended, .active, .revoked])
            #expect(changes[1].reason == "核查")
            #expect(types == ["grant.signed", "grant.suspended", "grant.resumed", "grant.revoked"])
            #expect(throws: PolicyError.grantNotActive(id, .revoked)) {
                try grant.plan(facts: PolicySample.facts(), on: PolicySample.today)
            }
            await #expect(throws: PolicyError.stateChangeRefused(from: .revoked, to: .active)) {
                try await database.write { _ = try Self.change(grant, .resumeGrant, in: $0) }
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a permit for a grant that moved is worth nothing`(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, Self.migrations) { database in
            let grant = try await database.write { try Self.sign(in: $0) }
            let permit = try Permissions().permit(
                .revokeGrant, on: Self.store.subject(grant), for: PolicySample.principal(.securityOfficer))
            _ = try await database.write { try Self.change(grant, .suspendGrant, in: $0) }
            do {
                try await database.write(under: permit) { connection, mandate in
                    _ = try Self.store.revoke(
                        grant.id, reason: "", under: mandate, at: Self.now, in: connection)
                }
                Issue.record("the permit was taken")
            } catch {
                #expect(error as? PolicyError == .moved(kind: "grant", id: grant.id.text))
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a grade that rose or went missing stops the grant`(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, Self.migrations) { database in
            let grant = try await database.write { try Self.sign(in: $0) }
            for grade in [GradeLevel.core, nil] {
                let facts = PolicySample.facts { $0[4] = ColumnFacts($0[4].column, grade: grade) }
                #expect(throws: PolicyError.self) { try grant.plan(facts: facts, on: PolicySample.today) }
            }
            let facts = PolicySample.facts {
                $0[4] = ColumnFacts("金额", .decimal(precision: 14, scale: 2), grade: .l2)
            }
            #expect(throws: PolicyError.planChanged(grant.id)) {
                try grant.plan(facts: facts, on: PolicySample.today)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `list, count and the single grant agree for every role`(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, Self.migrations) { database in
            let grants = try await database.write { connection in
                try (0..<5).map { _ in try Self.sign(in: connection) }
            }
            let stranger = PartyID(high: 5, low: 5)
            for role in Role.allCases {
                for party in [PolicySample.provider, PolicySample.consumer, stranger] {
                    let scope = Permissions().scope(
                        of: .grant, for: PolicySample.principal(role, party: party))
                    try await database.read { connection in
                        let listed = try Self.store.list(scope: scope, in: connection)
                        #expect(try Self.store.count(scope: scope, in: connection) == listed.count)
                        for grant in grants {
                            let found = (try? Self.store.find(grant.id, scope: scope, in: connection)) != nil
                            #expect(found == listed.contains(grant))
                            #expect(
                                found
                                    == scope.admits(
                                        owner: grant.provider, recipient: grant.consumer, published: true,
                                        open: grant.consumer == nil))
                        }
                    }
                }
            }
            let scope = Permissions().scope(of: .grant, for: PolicySample.principal(.bureauReviewer))
            let pages = try await database.read { connection in
                let first = try Self.store.list(scope: scope, limit: 2, in: connection)
                return first
                    + (try Self.store.list(scope: scope, before: first.last?.id, limit: 9, in: connection))
            }
            #expect(pages.map(\.id) == grants.map(\.id).sorted(by: >))
        }
    }

    @Test(arguments: Dialect.available)
    func `grants past their last day expire`(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, Self.migrations) { database in
            let grant = try await database.write { try Self.sign(in: $0) }
            let early = try await database.write { try Self.store.expire(at: Self.now, in: $0) }
            #expect(early.isEmpty)
            let late = Self.now + .seconds(86_400 * 31)
            #expect(try await database.write { try Self.store.expire(at: late, in: $0) } == [grant.id])
            #expect(try await database.read { try Self.store.get(grant.id, in: $0).state } == .expired)
        }
    }
}

@Suite struct `The quota ledger` {
    static let ledger = QuotaLedger()
    static let now = PolicySample.now

    static func request(_ grant: Grant, _ rows: Int64, revision: Int? = nil, lease: Bool = true)
        -> QuotaLedger.Request
    {
        QuotaLedger.Request(
            grant: grant.id, revision: revision ?? grant.revision, release: ReleaseID.new(), rows: rows,
            leaseUntil: lease ? now + .seconds(60) : nil)
    }

    @Test(arguments: Dialect.available)
    func `quota is exact under concurrency`(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, `The grant store`.migrations) { database in
            let grant = try await database.write { try `The grant store`.sign(in: $0) }
            let taken = await withTaskGroup(of: Int64.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let rows = Int64(1 + number % 7)
                        do {
                            try await database.write { connection in
                                try Self.ledger.reserve(
                                    Self.request(grant, rows), at: Self.now, in: connection)
                            }
                            return rows
                        } catch { return 0 }
                    }
                }
                return await group.reduce(0, +)
            }
            let use = try await database.read { try Self.ledger.use(of: grant.id, at: Self.now, in: $0) }
            #expect(use.today == taken)
            #expect(use.total == taken)
            #expect(taken <= 100)
            #expect(taken > 93)
        }
    }

    @Test(arguments: Dialect.available)
    func `a batch takes in order, and one refusal takes nothing from the others`(_ dialect: Dialect)
        async throws
    {
        try await withDatabase(dialect, `The grant store`.migrations) { database in
            let (first, second) = try await database.write { connection in
                (try `The grant store`.sign(in: connection), try `The grant store`.sign(in: connection))
            }
            let outcomes = try await database.write { connection in
                try Self.ledger.reserve(
                    [
                        Self.request(first, 60, lease: false), Self.request(second, 100),
                        Self.request(first, 41),
                        Self.request(first, 40), Self.request(second, 1), Self.request(first, 0, revision: 9),
                    ], at: Self.now, in: connection)
            }
            let errors = outcomes.map { outcome -> PolicyError? in
                if case .failure(let error) = outcome { error } else { nil }
            }
            #expect(
                errors == [
                    nil, nil, .quotaExceeded(first.id, .daily, remaining: 40), nil,
                    .quotaExceeded(second.id, .daily, remaining: 0), .grantMoved(first.id),
                ])
        }
    }

    @Test(arguments: Dialect.available)
    func `a new day has its own quota and the total goes on`(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, `The grant store`.migrations) { database in
            let grant = try await database.write { try `The grant store`.sign(in: $0) }
            for day in 0..<10 {
                let moment = Self.now + .seconds(86_400 * day)
                try await database.write {
                    try Self.ledger.reserve(Self.request(grant, 100), at: moment, in: $0)
                }
            }
            let moment = Self.now + .seconds(86_400 * 10)
            await #expect(throws: PolicyError.quotaExceeded(grant.id, .total, remaining: 0)) {
                try await database.write {
                    try Self.ledger.reserve(Self.request(grant, 1), at: moment, in: $0)
                }
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `settling gives back what was not used; past the lease all stays charged`(_ dialect: Dialect)
        async throws
    {
        try await withDatabase(dialect, `The grant store`.migrations) { database in
            let grant = try await database.write { try `The grant store`.sign(in: $0) }
            let settled = Self.request(grant, 50)
            let lost = Self.request(grant, 30)
            try await database.write { connection in
                _ = try Self.ledger.reserve([settled, lost], at: Self.now, in: connection)
                try Self.ledger.settle(settled.release, rows: 20, at: Self.now, in: connection)
            }
            let late = Self.now + .seconds(61)
            #expect(try await database.write { try Self.ledger.lapse(at: late, in: $0) } == [lost.release])
            for (release, moment) in [(lost.release, Self.now), (settled.release, Self.now)] {
                await #expect(throws: PolicyError.reservationLapsed(release)) {
                    try await database.write { try Self.ledger.settle(release, rows: 1, at: moment, in: $0) }
                }
            }
            let use = try await database.read { try Self.ledger.use(of: grant.id, at: Self.now, in: $0) }
            #expect(use == QuotaLedger.Use(total: 50, today: 50))
            let unknown = ReleaseID.new()
            await #expect(throws: PolicyError.reservationNotFound(unknown)) {
                try await database.write { try Self.ledger.settle(unknown, rows: 1, at: Self.now, in: $0) }
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `nothing is reserved under a grant that moved, is suspended or is over`(_ dialect: Dialect)
        async throws
    {
        try await withDatabase(dialect, `The grant store`.migrations) { database in
            let grant = try await database.write { try `The grant store`.sign(in: $0) }
            let late = Self.now + .seconds(86_400 * 40)
            await #expect(throws: PolicyError.grantEnded(grant.id, to: PolicySample.today.adding(days: 30))) {
                try await database.write { try Self.ledger.reserve(Self.request(grant, 1), at: late, in: $0) }
            }
            let moved = try await database.write {
                try `The grant store`.change(grant, .suspendGrant, in: $0)
            }
            await #expect(throws: PolicyError.grantNotActive(grant.id, .suspended)) {
                try await database.write {
                    try Self.ledger.reserve(Self.request(moved, 1), at: Self.now, in: $0)
                }
            }
            _ = try await database.write { try `The grant store`.change(moved, .resumeGrant, in: $0) }
            await #expect(throws: PolicyError.grantMoved(grant.id)) {
                try await database.write {
                    try Self.ledger.reserve(Self.request(grant, 1), at: Self.now, in: $0)
                }
            }
        }
    }
}

@Suite struct `The watch on grants` {
    @Test(arguments: Dialect.available)
    func `a running stream stops at its next batch when another process revokes`(_ dialect: Dialect)
        async throws
    {
        try await withDatabase(dialect, `The grant store`.migrations) { database in
            let grant = try await database.write { try `The grant store`.sign(in: $0) }
            let watch = GrantWatch()
            try await watch.poll(database)
            let stream = watch.stream(grant.id, revision: grant.revision)
            try await watch.poll(database)
            try stream.check()
            _ = try await database.write { try `The grant store`.change(grant, .revokeGrant, in: $0) }
            try await watch.poll(database)
            #expect(throws: PolicyError.grantMoved(grant.id)) { try stream.check() }
        }
    }

    @Test func `a change of this process is seen at once`() throws {
        let watch = GrantWatch()
        let grant = GrantID.new()
        let stream = watch.stream(grant, revision: 3)
        try stream.check()
        watch.note(grant, revision: 4)
        #expect(throws: PolicyError.grantMoved(grant)) { try stream.check() }
    }

    @Test func `a watch that cannot read its record stops every stream`() throws {
        let time = TestTime()
        let watch = GrantWatch(clock: Clock { time.now })
        let stream = watch.stream(GrantID.new(), revision: 1)
        try stream.check()
        time.pass(seconds: 6)
        #expect(throws: PolicyError.watchLost) { try stream.check() }
    }

    final class TestTime: @unchecked Sendable {
        private let lock = NSLock()
        private var moment = PolicySample.now
        var now: Instant { lock.withLock { moment } }
        func pass(seconds: Int) { lock.withLock { moment = moment + .seconds(seconds) } }
    }
}
