package import Cryptography
package import Evidence
package import Kernel
package import Persistence
package import Policy

/// Evidence before effect, for releases: quota, the grant's revision and the record are one transaction, shared by all who wait.
///
/// A release is two records. *Authorised* is durable before the first byte leaves. *Settled* follows: for answers that were whole
/// before their first byte it is gathered for many at a time, at least every second; what never settles counts as unknown and
/// stays charged.
package final class ReleaseJournal: Sendable {
    package struct Authorisation: Sendable {
        package let request: QuotaLedger.Request
        package let leaf: Leaf
        /// Recorded instead of `leaf` when the grant or its quota refuses.
        package let refusal: @Sendable (PolicyError) -> Leaf

        package init(
            request: QuotaLedger.Request, leaf: Leaf, refusal: @escaping @Sendable (PolicyError) -> Leaf
        ) {
            self.request = request
            self.leaf = leaf
            self.refusal = refusal
        }
    }

    /// One answer whose bytes were handed to the connection.
    package struct Answered: Sendable, Hashable {
        package let release: ReleaseID
        package let grant: GrantID
        package let rows: Int64

        package init(release: ReleaseID, grant: GrantID, rows: Int64) {
            self.release = release
            self.grant = grant
            self.rows = rows
        }
    }

    /// Told once a grant, by each process, when its first rows have gone out.
    package typealias Delivered = @Sendable (GrantID, Instant, any Connection) throws -> Void

    private enum Item: Sendable {
        case authorise(Authorisation)
        case record(Leaf)
    }

    package static let settledPerLeafMax = 400

    private let committer: GroupCommitter<Item, Digest>
    private let database: any Database
    private let delivered: Delivered
    private let clock: Clock
    private let mark: AnsweringMark
    private let pending = PendingSettlements()

    package init(
        _ database: any Database, evidence: EvidenceLog, ledger: QuotaLedger,
        delivered: @escaping Delivered = { _, _, _ in }, clock: Clock
    ) {
        self.database = database
        self.delivered = delivered
        self.clock = clock
        let mark = AnsweringMark(at: clock.now())
        self.mark = mark
        committer = GroupCommitter(database) { connection, items in
            let now = clock.now()
            try mark.renew(at: now, in: connection)
            return try Self.commit(items, evidence, ledger, at: now, in: connection)
        }
    }

    /// Returns the leaf's digest once record and quota are durable. Throws `PolicyError` when the grant moved or its quota or rate is
    /// used up (that refusal is durable too, of refusals by the rate one for each doubling), or why the record could not be written:
    /// then nothing may leave.
    package func authorise(_ authorisation: Authorisation) async throws -> Digest {
        let digest = try await durable(.authorise(authorisation))
        mark.confirm()
        return digest
    }

    /// A record beside the authorisations, durable on return: a refusal that came before any quota was asked for.
    package func record(_ leaf: Leaf) async throws { _ = try await durable(.record(leaf)) }

    private func durable(_ item: Item) async throws -> Digest {
        do {
            return try await committer.submit(item)
        } catch { throw EvidenceError.meaning(of: error) }
    }

    /// Notes that an authorised answer was given; durable with the next settlement.
    package func note(_ answered: Answered) { pending.add(answered) }

    /// Records what has been answered since the last call. Called every second, and at a graceful stop.
    package func settle() async throws {
        while true {
            let batch = pending.take(Self.settledPerLeafMax)
            if batch.isEmpty { break }
            do {
                _ = try await committer.submit(.record(Self.leaf(of: batch, at: clock.now())))
            } catch {
                pending.giveBack(batch)
                throw error
            }
        }
        try await tell()
    }

    /// One write for the first answer under a grant, none for those that follow.
    private func tell() async throws {
        let grants = pending.untold
        guard !grants.isEmpty else { return }
        let (delivered, now) = (delivered, clock.now())
        try await database.write { connection in
            for grant in grants { try delivered(grant, now, connection) }
        }
        pending.wasTold(grants)
    }

    /// Until the task is cancelled; a settlement that fails is tried again with the next.
    package func run(reporting report: @Sendable (any Error) -> Void) async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(1))
            do { try await settle() } catch { report(error) }
        }
    }

    private static func leaf(of batch: [Answered], at now: Instant) -> Leaf {
        Leaf(
            id: LeafID.new(at: now), type: "release.settled", at: now, actor: "system",
            subjects: batch.map { Leaf.Subject($0.release) },
            payload: [
                "outcome": "answered",
                "releases": .array(batch.map { [.string($0.release.text), .integer($0.rows)] }),
            ])
    }

    private static func commit(
        _ items: [Item], _ evidence: EvidenceLog, _ ledger: QuotaLedger, at now: Instant,
        in connection: any Connection
    ) throws -> [Result<Digest, any Error>] {
        let requests = items.compactMap { item -> QuotaLedger.Request? in
            if case .authorise(let authorisation) = item { authorisation.request } else { nil }
        }
        var outcomes = try ledger.reserve(requests, at: now, in: connection).makeIterator()
        var leaves: [Leaf] = []
        // For each item the position of its leaf, and why it is refused. A refusal that evidence does not tell has no leaf.
        let told = items.map { item -> (leaf: Int?, refusal: PolicyError?) in
            switch item {
            case .record(let leaf): leaves.append(leaf)
            case .authorise(let authorisation):
                if case .failure(let error)? = outcomes.next() {
                    guard error.isTold else { return (nil, error) }
                    leaves.append(authorisation.refusal(error))
                    return (leaves.count - 1, error)
                }
                leaves.append(authorisation.leaf)
            }
            return (leaves.count - 1, nil)
        }
        let digests = leaves.isEmpty ? [] : try evidence.append(leaves, in: connection)
        return told.map { leaf, refusal in
            if let refusal { return .failure(refusal) }
            guard let leaf else { return .failure(EvidenceError.leafUnknown) }
            return .success(digests[leaf])
        }
    }
}
