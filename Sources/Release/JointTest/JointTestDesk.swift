import Cryptography
package import Evidence
import Foundation
package import Identity
package import Kernel
package import Lake
package import Persistence
package import Policy

/// 联调测试: made-up rows through the plan of a grant, and what both sides say of them. No quota, no bill, no release: a test is on a record
/// of its own.
package struct JointTestDesk: Sendable {
    package struct Parts: Sendable {
        let database: any Database
        let grants: GrantStore
        let permissions: Permissions
        let evidence: EvidenceLog
        let engine: Engine
        /// Knows the targets of units, and how to get at them.
        let pushes: PushDesk
        /// Reads lists that are tried out, and writes what goes back.
        let lists: NameListDesk
        let facts: @Sendable (EntryID) async throws -> EntryFacts
        /// What is published of the columns of an entry, in the order of the schema.
        let columns: @Sendable (EntryID, Schema) async throws -> [MadeColumn]
        let keyColumns: @Sendable (EntryID) async throws -> [String]
        /// The code of the whole city.
        let division: String
        let folder: String
        let rowsMax: Int
        let pageRowsMax: Int
        let keysMax: Int
        let calendars: CalendarInForce
        let clock: Clock

        package init(
            database: any Database, grants: GrantStore, permissions: Permissions, evidence: EvidenceLog,
            engine: Engine, pushes: PushDesk, lists: NameListDesk,
            facts: @escaping @Sendable (EntryID) async throws -> EntryFacts,
            columns: @escaping @Sendable (EntryID, Schema) async throws -> [MadeColumn],
            keyColumns: @escaping @Sendable (EntryID) async throws -> [String], division: String,
            folder: String, rowsMax: Int, pageRowsMax: Int, keysMax: Int, calendars: CalendarInForce,
            clock: Clock
        ) {
            self.database = database
            self.grants = grants
            self.permissions = permissions
            self.evidence = evidence
            self.engine = engine
            self.pushes = pushes
            self.lists = lists
            self.facts = facts
            self.columns = columns
            self.keyColumns = keyColumns
            self.division = division
            self.folder = folder
            self.rowsMax = rowsMax
            self.pageRowsMax = pageRowsMax
            self.keysMax = keysMax
            self.calendars = calendars
            self.clock = clock
        }
    }

    let parts: Parts
    let store = JointTestStore()
    var database: any Database { parts.database }
    var permissions: Permissions { parts.permissions }
    var clock: Clock { parts.clock }
    package var rowsMax: Int { parts.rowsMax }
    var pageRowsMax: Int { parts.pageRowsMax }
    var listBytesMax: Int { parts.lists.limits.fileBytesMax }

    package init(_ parts: Parts) { self.parts = parts }

    // MARK: - Looking

    package func grant(_ id: GrantID, for principal: Principal) async throws -> Grant {
        let (grants, scope) = (parts.grants, permissions.scope(of: .grant, for: principal))
        return try await database.read { try grants.find(id, scope: scope, in: $0) }
    }

    /// For whoever may know of the grant.
    package func record(of id: GrantID, for principal: Principal) async throws -> JointTestRecord {
        let grant = try await grant(id, for: principal)
        let store = store
        return try await database.read { try store.record(of: grant, in: $0) }
    }

    /// - Throws: `JointTestError.notFound` also where the principal may not know of the grant.
    package func test(
        _ id: JointTestID, for principal: Principal
    ) async throws -> (test: JointTest, grant: Grant) {
        let store = store
        guard let test = try await database.read({ try store.test(id, in: $0) }) else {
            throw JointTestError.notFound
        }
        do {
            return (test, try await grant(test.grant, for: principal))
        } catch PolicyError.grantNotFound { throw JointTestError.notFound }
    }

    /// Grants of the principal's unit of whose tests something waits for it.
    package func waiting(for principal: Principal) async throws -> [(grant: Grant, record: JointTestRecord)] {
        let answers = permissions.mayEver(.answerJointTest, principal)
        let accepts = permissions.mayEver(.acceptJointTest, principal)
        guard let party = principal.party, answers || accepts else { return [] }
        let (grants, store) = (parts.grants, store)
        return try await database.read { connection in
            try store.candidates(of: party, in: connection).compactMap { id in
                let grant = try grants.get(id, in: connection)
                let record = try store.record(of: grant, in: connection)
                let isWaiting =
                    answers && grant.provider == party && record.waits(for: .provider)
                    || accepts && grant.consumer == party && record.waits(for: .recipient)
                return isWaiting ? (grant, record) : nil
            }
        }
    }

    // MARK: - Trying

    /// A test under a grant: its file, what its calls are answered from, or what was pushed. `seed` nil: one that nobody chose.
    /// `target` is where a push goes.
    ///
    /// - Throws: `JointTestError`; what a release by that delivery could be refused for by rights, state, network, hours and rows.
    package func make(
        _ delivery: DeliveryKind, under id: GrantID, rows: Int = JointTest.rowsStandard, seed: Int64? = nil,
        into target: PushTargetID? = nil, by principal: Principal
    ) async throws -> JointTest {
        let grant = try await grant(id, for: principal)
        _ = try permissions.permit(.runJointTest, on: grant, for: principal)
        guard let account = principal.account else { throw PolicyError.notPermitted(.runJointTest) }
        let bounds = MadeRows.rowsMin...max(MadeRows.rowsMin, parts.rowsMax)
        guard bounds.contains(rows) else {
            throw JointTestError.rowsOutOfRange(min: bounds.lowerBound, max: bounds.upperBound)
        }
        guard seed.map({ (0...JointTest.seedMax).contains($0) }) ?? true else {
            throw JointTestError.seedMalformed
        }
        let work = try await prepare(
            grant, delivery, rows: rows, seed: try seed ?? Self.freshSeed(), principal)
        if delivery == .push { return try await push(work, under: grant, into: target, account, principal) }
        let now = clock.now()
        let test = JointTestID.new(at: now)
        let made = self.test(test, of: work, try await write(work, test), under: grant, by: account, at: now)
        do {
            try await keep(made, grant, by: principal)
        } catch {
            try? FileManager.default.removeItem(atPath: path(of: test))
            throw error
        }
        return made
    }

    func test(
        _ id: JointTestID, of work: Work, _ written: Written, under grant: Grant, by account: AccountID,
        at now: Instant
    ) -> JointTest {
        JointTest(
            id: id, grant: grant.id, revision: grant.revision, planDigest: grant.planDigest,
            delivery: work.test.delivery, seed: work.seed, rowsMade: work.made.rows.count,
            rowsOut: written.rowsOut, bytes: written.bytes, sha256: written.sha256, madeBy: account,
            madeAt: now, leaf: LeafID.new(at: now))
    }

    struct Work: Sendable {
        let test: TestPlan
        let made: MadeRows
        let seed: Int64
    }

    /// The rows of a test, as they come of its seed, and the plan they go through.
    func prepare(
        _ grant: Grant, _ delivery: DeliveryKind, rows: Int, seed: Int64, _ principal: Principal
    ) async throws -> Work {
        let now = clock.now()
        // A test comes before the first day.
        let day = max(now.date(), grant.validity?.from ?? now.date())
        guard grant.state == .active else { throw PolicyError.grantNotActive(grant.id, grant.state) }
        if let endsAt = grant.endsAt, endsAt <= now { throw PolicyError.grantEndedAtHour(grant.id, endsAt) }
        let plan = try grant.plan(facts: try await parts.facts(grant.entry), on: day)
        let test = try plan.jointTest(
            by: delivery, on: Occasion(at: now, from: principal.address, calendar: parts.calendars.now))
        let places = Dictionary(
            plan.outputs.compactMap { output -> (String, [String])? in
                guard case .county(let names)? = output.mask else { return nil }
                return (output.source.name, names)
            }, uniquingKeysWith: { first, _ in first })
        let columns = try await parts.columns(grant.entry, plan.reads).map { column in
            var column = column
            column.places = places[column.column.name] ?? []
            return column
        }
        let made = try MadeRows(plan, columns, seed: seed, count: rows, division: parts.division)
        try plan.circumstances.demand(rows: Int64(made.passing), under: grant.id)
        return Work(test: test, made: made, seed: seed)
    }

    struct Written: Sendable {
        let rowsOut: Int
        let bytes: Int64?
        let sha256: String
    }

    private func write(_ work: Work, _ id: JointTestID) async throws -> Written {
        guard let format = JointTest.format(work.test.delivery) else { return try answered(work) }
        let making = try WorkFolder("\(parts.folder)/\(id).making")
        let file = Egress(format, to: "\(making.path)/file", footLine: JointTest.mark, mark: JointTest.mark)
        let engine = parts.engine
        let report = try await unquoted {
            try await engine.write(
                work.test, over: work.made.rows, of: work.made.schema, to: file, in: making.path,
                pseudonymKey: Self.noPurposesKey)
        }
        try making.handOver("file", to: path(of: id))
        return Written(rowsOut: Int(report.rowsOut), bytes: report.bytes, sha256: report.sha256)
    }

    /// What has no file: the rows as JSON.
    func answered(_ work: Work, bytes: Int64? = nil) throws -> Written {
        let rows = try answers(work).map { JSON.array($0.values.map(AnswerText.json)) }
        let digest = DigestAlgorithm.sha256.digest(JSON.array(rows).canonicalBytes).hex
        return Written(rowsOut: rows.count, bytes: bytes, sha256: digest)
    }

    /// A pseudonym of a test joins with nothing: the key is no purpose's.
    static let noPurposesKey = [UInt8](repeating: 0, count: 32)

    func program(_ work: Work) throws -> RowProgram {
        try RowProgram(
            work.test.plan, rows: work.made.schema, pseudonymKey: MAC(.sm3, key: Self.noPurposesKey))
    }

    /// What leaves of the rows, with their keys as they were made; by the program that answers calls.
    func answers(_ work: Work) throws -> [(row: [Value], values: [Value])] {
        let program = try program(work)
        return work.made.rows.compactMap { row in program.output(of: row).map { (row, $0) } }
    }

    /// `also` is in the same transaction, with what the record names beside it.
    func keep(
        _ test: JointTest, _ grant: Grant, by principal: Principal, naming more: [String: JSON] = [:],
        also: @escaping @Sendable (any Connection) throws -> Void = { _ in }
    ) async throws {
        let (store, evidence) = (store, parts.evidence)
        let permit = try permissions.permit(.runJointTest, on: grant, for: principal)
        try await database.write(under: permit) { connection, mandate in
            let since = test.madeAt + .seconds(-86_400)
            try store.demandRoom(under: grant.id, since: since, in: connection)
            try store.insert(test, in: connection)
            try also(connection)
            let members: [String: JSON] = [
                "synthetic": true, "delivery": .string(test.delivery.rawValue),
                "plan": .string(test.planDigest), "seed": .integer(test.seed),
                "rowsMade": .integer(Int64(test.rowsMade)), "rowsOut": .integer(Int64(test.rowsOut)),
                "sha256": .string(test.sha256),
            ]
            try evidence.append(
                Leaf(
                    id: test.leaf, type: "joint-test.made", at: test.madeAt, actor: mandate.actor,
                    subjects: [Leaf.Subject(test.id)] + Self.subjects(grant),
                    payload: .object(members.merging(more) { $1 })), in: connection)
        }
        discardOld()
    }

    private static func freshSeed() throws -> Int64 {
        let number = try Secrets.random(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int64(number % UInt64(JointTest.seedMax)) + 1
    }

    /// Of the grant, and of the request that it came of: its dossier has them too.
    static func subjects(_ grant: Grant) -> [Leaf.Subject] {
        let request: [Leaf.Subject] =
            if case .sharingRequest(let id) = grant.origin { [Leaf.Subject(id)] } else { [] }
        return [Leaf.Subject(grant.id), Leaf.Subject(grant.entry)] + request
    }

    // MARK: - The file

    func path(of test: JointTestID) -> String { "\(parts.folder)/\(test)" }

    /// Where the file of a test lies, for its recipient, while the grant is in force.
    package func file(of id: JointTestID, by principal: Principal) async throws -> (
        test: JointTest, path: String
    ) {
        let (test, grant) = try await test(id, for: principal)
        _ = try permissions.permit(.runJointTest, on: grant, for: principal)
        guard grant.state == .active else { throw PolicyError.grantNotActive(grant.id, grant.state) }
        guard test.isFile else { throw JointTestError.otherDelivery }
        let path = path(of: id)
        guard test.isKept(at: clock.now()), FileManager.default.fileExists(atPath: path) else {
            throw JointTestError.fileGone
        }
        return (test, path)
    }

    /// Files beyond their days. What cannot be removed now is found by the next test.
    private func discardOld() {
        let oldest = Date(timeIntervalSinceNow: -Double(JointTest.keptDays * 86_400))
        let manager = FileManager.default
        for name in (try? manager.contentsOfDirectory(atPath: parts.folder)) ?? [] {
            let path = "\(parts.folder)/\(name)"
            guard JointTestID(name) != nil,
                let made = (try? manager.attributesOfItem(atPath: path))?[.modificationDate] as? Date,
                made < oldest
            else { continue }
            try? manager.removeItem(atPath: path)
        }
    }
}
