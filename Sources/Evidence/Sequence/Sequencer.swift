package import Cryptography
internal import Foundation
package import Kernel
package import Persistence

/// Gives waiting leaves their place in the chain and the tree, and signs checkpoints.
///
/// Any number of processes may run one; a lease with a fencing token keeps to one at a time, so that they do not contend. What
/// keeps the log right is not the lease but the transaction: places, chain, tree and checkpoint of a step are read and
/// written together or not at all, so a sequencer may be killed anywhere and another goes on.
package actor Sequencer {
    package struct Settings: Sendable {
        /// How long the others wait for a sequencer that died.
        package var leaseMilliseconds = 3000
        /// Between looks for waiting leaves.
        package var pauseMilliseconds = 100
        /// Between checkpoints while leaves keep coming.
        package var checkpointMilliseconds = 400
        package var leavesPerStepMax = 4000
        package init() {}
    }

    package enum Step: Sendable, Hashable {
        /// Another sequencer holds the lease.
        case notHolder
        case idle
        /// `checkpoint` is nil while more leaves wait and the last one is fresh.
        case sequenced(leaves: Int, checkpoint: Checkpoint?)
    }

    private let log: EvidenceLog
    private let database: any Database
    private let signer: Signer
    private let clock: Clock
    private let settings: Settings
    private let witness: WitnessFile?
    private let holder = "\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString)"
    private var token: Int64 = -1
    private var isWitnessCurrent = false

    /// `witness` also gets every checkpoint, outside of the database; what it lacks after a crash is added at the next step.
    package init(
        _ log: EvidenceLog, in database: any Database, signer: Signer, witness: WitnessFile? = nil,
        clock: Clock = .system, settings: Settings = Settings()
    ) {
        self.log = log
        self.database = database
        self.signer = signer
        self.witness = witness
        self.clock = clock
        self.settings = settings
    }

    /// Until the task is cancelled. What fails is reported and tried again: the log's `health` tells how long it has failed.
    package func run(reporting report: @Sendable (any Error) -> Void) async {
        while !Task.isCancelled {
            var pauseMilliseconds = settings.pauseMilliseconds
            do {
                if case .sequenced(_, nil) = try await step() { pauseMilliseconds = 0 }
            } catch is CancellationError {
                return
            } catch {
                report(error)
                pauseMilliseconds = 500
            }
            if pauseMilliseconds > 0 { try? await Task.sleep(for: .milliseconds(pauseMilliseconds)) }
        }
    }

    /// The witness file lacks checkpoints: it could not be written, or has not been looked at yet.
    package var isWitnessBehind: Bool { witness != nil && !isWitnessCurrent }

    /// One transaction: places for the leaves that wait, and a checkpoint when all have theirs or the last is old.
    package func step() async throws -> Step {
        let hasWork = try await database.read { connection in
            let state = try connection.row(
                """
                SELECT (SELECT MIN(leaf) FROM evidence_waiting) AS waiting, size,
                    (SELECT MAX(size) FROM evidence_checkpoint) AS signed FROM evidence_state WHERE id = 1
                """)
            guard let state else { throw EvidenceError.notPrepared }
            let signed: Int64 = try state.optional("signed") ?? 0
            let size: Int64 = try state.value("size")
            return state["waiting"] != .null || signed != size
        }
        if hasWork || !isWitnessCurrent {
            let (step, token) = try await sequence()
            self.token = token
            if let witness, step != .notHolder {
                isWitnessCurrent = false
                try await witness.catchUp(with: database)
                isWitnessCurrent = true
            } else if witness == nil {
                isWitnessCurrent = true
            }
            return step
        }
        return .idle
    }

    /// Gives the lease back, so that another need not wait for its end.
    package func resign() async throws {
        let (holder, token) = (holder, token)
        try await database.write { connection in
            _ = try connection.execute(
                "UPDATE evidence_state SET until_at = 0 WHERE id = 1 AND holder = \(holder) AND token = \(token)"
            )
        }
    }

    private func sequence() async throws -> (Step, token: Int64) {
        let (log, signer, settings, holder, token, now) = (log, signer, settings, holder, token, clock.now())
        return try await database.write { connection -> (Step, token: Int64) in
            var state = try SequenceState(in: connection, of: log)
            if state.holder != holder || state.token != token {
                guard state.until <= now else { return (.notHolder, token) }
                state.token += 1
                state.holder = holder
            }
            state.until = now + .milliseconds(settings.leaseMilliseconds)
            let leaves = try Self.place(max: settings.leavesPerStepMax, with: &state, in: connection, of: log)
            let last = try connection.row(
                "SELECT size, at, digest FROM evidence_checkpoint ORDER BY size DESC LIMIT 1")
            let lastSize: Int64 = try last?.value("size") ?? 0
            let lastAt: Instant? = try last?.value("at")
            let isOld = lastAt.map { now - $0 >= .milliseconds(settings.checkpointMilliseconds) } ?? true
            var checkpoint: Checkpoint?
            if state.edge.size > lastSize && (leaves < settings.leavesPerStepMax || isOld) {
                let made = Checkpoint(
                    node: log.node, size: state.edge.size, root: try log.digest(state.edge.root),
                    chain: try log.digest(state.chain), at: now,
                    previous: try last.flatMap { Digest(try $0.value("digest", as: String.self)) })
                try connection.execute(
                    """
                    INSERT INTO evidence_checkpoint (size, at, digest, envelope)
                    VALUES (\(made.size), \(now), \(made.digest.text), \(try made.signed(with: signer).json))
                    """)
                checkpoint = made
            }
            try state.save(in: connection)
            return (.sequenced(leaves: leaves, checkpoint: checkpoint), state.token)
        }
    }

    private static let intoChain = Insertion(
        into: "evidence_chain", ["position", "leaf", "at", "type", "actor", "chain"])
    private static let intoSubjects = Insertion(
        into: "evidence_subject", ["kind", "subject", "at", "leaf"])
    private static let intoTiles = Insertion(into: "evidence_tile", ["level", "position", "hash"])

    /// In order of their ids, which is the order of their birth.
    private static func place(
        max: Int, with state: inout SequenceState, in connection: any Connection, of log: EvidenceLog
    ) throws -> Int {
        let first = state.edge.size
        let rows = try connection.rows(
            """
            SELECT w.leaf AS leaf, l.digest AS digest, l.at AS at, l.type AS type, l.actor AS actor,
                l.subjects AS subjects FROM evidence_waiting w
            JOIN evidence_leaf l ON l.id = w.leaf ORDER BY w.leaf LIMIT \(max)
            """)
        var chain: [[SQLValue]] = []
        var tiles: [[SQLValue]] = []
        var subjects: [[SQLValue]] = []
        chain.reserveCapacity(rows.count)
        for row in rows {
            guard let digest = TreeHash(try row.value("digest", as: [UInt8].self)) else {
                throw EvidenceError.damaged("digest of \(row["leaf"])")
            }
            state.chain = log.hasher.chain(state.chain, digest)
            chain.append([
                .integer(state.edge.size), row["leaf"], row["at"], row["type"], row["actor"],
                .bytes(state.chain.bytes),
            ])
            for subject in Set(try LeafRecord.subjects(row)) {
                subjects.append([.text(subject.kind), .text(subject.id), row["at"], row["leaf"]])
            }
            state.edge.add(digest) { tile in
                tiles.append([.integer(Int64(tile.level)), .integer(tile.position), .bytes(tile.hash.bytes)])
            }
        }
        guard !rows.isEmpty else { return 0 }
        try connection.insert(chain, Self.intoChain)
        try connection.insert(subjects, Self.intoSubjects)
        try connection.insert(tiles, Self.intoTiles)
        try connection.execute(
            """
            DELETE FROM evidence_waiting WHERE leaf IN
                (SELECT leaf FROM evidence_chain WHERE position >= \(first))
            """)
        return rows.count
    }
}
