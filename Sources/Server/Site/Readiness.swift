package import Evidence
package import Kernel
package import Persistence

/// Whether this node can do its work: evidence can be written, and what was written is being sealed. Found out by doing it, at
/// most once a second however many ask.
package actor Readiness {
    package struct Status: Sendable, Hashable {
        /// `ready`, `evidence-stale`, or what stands against writing: `database-full`, `database-busy`, `database-unreachable`.
        package let word: String
        package var isReady: Bool { word == "ready" }
    }

    private static let cacheMilliseconds = 1_000

    private let evidence: EvidenceLog
    private let database: any Database
    private let secondsMax: Int
    private var known: (status: Status, at: Instant)?
    private var asking: Task<Status, Never>?

    /// `secondsMax`: how long records may wait for their checkpoint.
    package init(_ evidence: EvidenceLog, in database: any Database, secondsMax: Int) {
        self.evidence = evidence
        self.database = database
        self.secondsMax = secondsMax
    }

    package func status(at now: Instant) async -> Status {
        if let known, now >= known.at, now - known.at < .milliseconds(Self.cacheMilliseconds) {
            return known.status
        }
        let task = asking ?? Task { await look(now) }
        asking = task
        let status = await task.value
        if asking == task {
            asking = nil
            known = (status, now)
        }
        return status
    }

    private func look(_ now: Instant) async -> Status {
        do {
            try await evidence.probe(database, at: now)
            let health = try await evidence.health(of: database)
            let isStale = health.isStale(at: now, secondsMax: secondsMax)
            return Status(word: isStale ? "evidence-stale" : "ready")
        } catch DatabaseError.busy {
            return Status(word: "database-busy")
        } catch EvidenceError.unwritable(let cause) where cause == DatabaseError.full.problem {
            return Status(word: "database-full")
        } catch EvidenceError.unwritable, DatabaseError.unreachable {
            return Status(word: "database-unreachable")
        } catch {
            return Status(word: "evidence-unreadable")
        }
    }
}
