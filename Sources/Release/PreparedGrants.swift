import Cryptography
package import Kernel
package import Lake
package import Persistence
package import Policy
import Synchronization

/// A grant made ready to answer: what was signed, compiled against what is served now.
package final class PreparedGrant: Sendable {
    /// Where its rows are.
    package enum Basis: Sendable {
        case version(ServedVersion, RowStore)
        case live(LiveRows)
    }

    package let grant: Grant
    package let plan: Plan
    package let program: RowProgram
    package let basis: Basis
    let preparedAt: Instant

    init(grant: Grant, plan: Plan, program: RowProgram, basis: Basis, preparedAt: Instant) {
        self.grant = grant
        self.plan = plan
        self.program = program
        self.basis = basis
        self.preparedAt = preparedAt
    }

    /// Of the rows that the program runs on.
    package var schema: Schema {
        switch basis {
        case .version(let served, _): served.schema
        case .live(let live): live.schema
        }
    }

    /// For deliveries that only a version can serve. Signing refuses them of live entries; a grant from before its entry became one is
    /// refused here.
    package func stored() throws(ReleaseError) -> (served: ServedVersion, rows: RowStore) {
        guard case .version(let served, let rows) = basis else { throw .nothingPublished }
        return (served, rows)
    }
}

/// A grant as it stands, and whether anything can leave under it. Who asks is judged by the grant before they hear what stands
/// against it.
package struct Preparation: Sendable {
    package let grant: Grant
    package let outcome: Result<PreparedGrant, any Error>
}

/// Keeps prepared grants for a moment, so that a look-up costs microseconds. A stale one harms nothing: the transaction that
/// authorises the release sees that the grant has moved, and a new version is served within `secondsMax`.
package actor PreparedGrants {
    static let secondsMax = 1.0
    static let grantsMax = 1_000

    private let database: any Database
    private let grants: GrantStore
    private let sources: ReleaseSources
    private let clock: Clock
    /// Read by every call, without waiting for the actor.
    private let ready = Mutex<[GrantID: PreparedGrant]>([:])
    private var underWay: [GrantID: Task<Preparation, any Error>] = [:]

    package init(
        _ database: any Database, grants: GrantStore, sources: ReleaseSources, clock: Clock
    ) {
        self.database = database
        self.grants = grants
        self.sources = sources
        self.clock = clock
    }

    /// The outcome holds what stands against releasing under the grant today: `PolicyError`, `ReleaseError.nothingPublished`,
    /// `LakeError`. Throws `PolicyError.grantNotFound`, or why the grant could not be read.
    package nonisolated func prepared(_ id: GrantID) async throws -> Preparation {
        if let prepared = ready.withLock({ $0[id] }) {
            let age = clock.now() - prepared.preparedAt
            if age >= .zero, age < .seconds(Self.secondsMax) {
                return Preparation(grant: prepared.grant, outcome: .success(prepared))
            }
        }
        return try await preparedAgain(id)
    }

    private func preparedAgain(_ id: GrantID) async throws -> Preparation {
        if let task = underWay[id] { return try await task.value }
        let task = Task { try await prepare(id) }
        underWay[id] = task
        defer { underWay[id] = nil }
        do {
            let preparation = try await task.value
            ready.withLock { ready in
                if ready.count >= Self.grantsMax { ready.removeAll() }
                ready[id] = try? preparation.outcome.get()
            }
            return preparation
        } catch {
            forget(id)
            throw error
        }
    }

    /// After a refusal that said the grant has moved.
    package nonisolated func forget(_ id: GrantID) { ready.withLock { $0[id] = nil } }

    private func prepare(_ id: GrantID) async throws -> Preparation {
        let grants = self.grants
        let grant = try await database.read { try grants.get(id, in: $0) }
        do {
            return Preparation(grant: grant, outcome: .success(try await ready(grant, at: clock.now())))
        } catch {
            return Preparation(grant: grant, outcome: .failure(error))
        }
    }

    private func ready(_ grant: Grant, at now: Instant) async throws -> PreparedGrant {
        let facts = try await sources.facts(grant.entry)
        let plan = try grant.plan(facts: facts, on: now.date())
        let key = plan.usesPseudonyms ? MAC(.sm3, key: try sources.pseudonymKey(plan.purpose)) : nil
        let basis = try await basis(of: grant, plan)
        let schema =
            switch basis {
            case .version(let served, _): served.schema
            case .live(let live): live.schema
            }
        return PreparedGrant(
            grant: grant, plan: plan, program: try RowProgram(plan, rows: schema, pseudonymKey: key),
            basis: basis, preparedAt: now)
    }

    private func basis(of grant: Grant, _ plan: Plan) async throws -> PreparedGrant.Basis {
        if let live = try await sources.live(grant.entry) { return .live(live) }
        guard let served = try await sources.served(grant.entry, plan.circumstances.asOf) else {
            throw ReleaseError.nothingPublished
        }
        if case .version(let known, let rows)? = ready.withLock({ $0[grant.id] })?.basis,
            known.version == served.version
        {
            return .version(served, rows)
        }
        return .version(served, try await sources.rowStore(served))
    }
}
