package import Kernel
package import Persistence
import Synchronization

/// How the log stands now.
package struct EvidenceHealth: Sendable, Hashable {
    /// Leaves with a place in the chain.
    package let size: Int64
    package let checkpointSize: Int64
    package let checkpointAt: Instant?
    /// When the oldest leaf without a checkpoint was written; nil when all have one.
    package let waitingSince: Instant?

    package init(size: Int64, checkpointSize: Int64, checkpointAt: Instant?, waitingSince: Instant?) {
        self.size = size
        self.checkpointSize = checkpointSize
        self.checkpointAt = checkpointAt
        self.waitingSince = waitingSince
    }

    /// Leaves have waited longer than releases may go on.
    package func isStale(at now: Instant, secondsMax: Int) -> Bool {
        waitingSince.map { now - $0 > .seconds(secondsMax) } ?? false
    }
}

extension EvidenceLog {
    package func health(of database: any Database) async throws -> EvidenceHealth {
        try await database.read { try health(in: $0) }
    }

    package func health(in connection: any Connection) throws -> EvidenceHealth {
        let state = try connection.row("SELECT size FROM evidence_state WHERE id = 1")
        guard let state else { throw EvidenceError.notPrepared }
        let last = try connection.row("SELECT size, at FROM evidence_checkpoint ORDER BY size DESC LIMIT 1")
        let checkpointSize: Int64 = try last?.value("size") ?? 0
        let waiting = try connection.row(
            """
            SELECT MIN(at) AS at FROM (
                SELECT l.at AS at FROM (SELECT leaf FROM evidence_waiting ORDER BY leaf LIMIT 1) w
                JOIN evidence_leaf l ON l.id = w.leaf
                UNION ALL
                SELECT at FROM evidence_chain WHERE position = \(checkpointSize)
            ) oldest
            """)
        return EvidenceHealth(
            size: try state.value("size"), checkpointSize: checkpointSize,
            checkpointAt: try last?.value("at"),
            waitingSince: try waiting?.optional("at"))
    }
}

extension EvidenceLog {
    /// Writes what nobody reads, durably, to see that evidence could be written now.
    ///
    /// - Throws: `EvidenceError.unwritable`, or the database's own error.
    package func probe(_ database: any Database, at now: Instant) async throws {
        do {
            try await database.write { connection in
                _ = try connection.execute(
                    """
                    INSERT INTO evidence_probe (id, at) VALUES (1, \(now))
                    ON CONFLICT (id) DO UPDATE SET at = excluded.at
                    """)
            }
        } catch { throw EvidenceError.meaning(of: error) }
    }
}

/// Answers whether releases may go on, asking the database at most every `cacheMilliseconds`: fail closed, but not per row.
package actor EvidenceFreshness {
    private let log: EvidenceLog
    private let database: any Database
    private let clock: Clock
    let secondsMax: Int
    private let cacheMilliseconds: Int
    /// Read by every call, without waiting for the actor.
    private let known = Mutex<(health: EvidenceHealth, at: Instant)?>(nil)
    private var asking: Task<EvidenceHealth, any Error>?

    package init(
        _ log: EvidenceLog, in database: any Database, secondsMax: Int, cacheMilliseconds: Int = 250,
        clock: Clock = .system
    ) {
        self.log = log
        self.database = database
        self.secondsMax = secondsMax
        self.cacheMilliseconds = cacheMilliseconds
        self.clock = clock
    }

    /// Throws `EvidenceError.stale`, or why the database could not be asked.
    package nonisolated func require() async throws {
        let now = clock.now()
        if let known = known.withLock({ $0 }), now - known.at < .milliseconds(cacheMilliseconds),
            now >= known.at
        {
            return try judge(known.health, at: now)
        }
        try await ask(at: now)
    }

    private func ask(at now: Instant) async throws {
        let task = asking ?? Task { [log, database] in try await log.health(of: database) }
        asking = task
        let result = await task.result
        if asking == task {
            asking = nil
            known.withLock { $0 = try? (result.get(), now) }
        }
        do {
            try judge(try result.get(), at: clock.now())
        } catch { throw EvidenceError.meaning(of: error) }
    }

    private nonisolated func judge(_ health: EvidenceHealth, at now: Instant) throws {
        if health.isStale(at: now, secondsMax: secondsMax) {
            throw EvidenceError.stale(secondsMax: secondsMax)
        }
    }
}
