import Foundation
import Kernel
import Persistence

/// Attempts are rows with a lease: a process that dies leaves one that the next process closes as interrupted.
struct AttemptStore: Sendable {
    static let leaseSeconds = 30

    /// Fails with the constraint `publication_running` when the hook is being published already.
    func begin(_ publication: PublishAttempt, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO publication (id, hook, entry, owner, outcome, stage, version, problem, rows_read,
                rows_rejected, permille, started_at, ended_at, lease_until, cancel_asked, started_by)
            VALUES (\(publication.id), \(publication.hook), \(publication.entry), \(publication.owner), 'running',
                \(PublishAttempt.Stage.probing.rawValue), NULL, NULL, 0, 0, 0, \(publication.startedAt), NULL,
                \(publication.startedAt + .seconds(Self.leaseSeconds)), 0, \(publication.startedBy))
            """)
    }

    /// Moves stage and figures on and renews the lease. False: somebody asked to cancel, or the attempt was closed.
    func advance(
        _ id: JobID, stage: PublishAttempt.Stage, permille: Int, rowsRead: Int64, rowsRejected: Int64,
        at now: Instant,
        in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE publication SET stage = \(stage.rawValue), permille = \(permille), rows_read = \(rowsRead),
                rows_rejected = \(rowsRejected), lease_until = \(now + .seconds(Self.leaseSeconds))
            WHERE id = \(id) AND outcome = 'running' AND cancel_asked = 0
            """) == 1
    }

    /// False when the attempt is no longer running: ended already, or closed by another process after its lease ran out; and when
    /// it was to end only if nobody asked to cancel, but somebody did.
    @discardableResult
    func end(
        _ id: JobID, _ outcome: PublishAttempt.Outcome, rowsRead: Int64, rowsRejected: Int64, at now: Instant,
        unlessCancelled: Bool = false, in connection: any Connection
    ) throws -> Bool {
        let (word, version, problem) = try Self.columns(of: outcome)
        let cancelAskedMax = unlessCancelled ? 0 : 1
        return try connection.execute(
            """
            UPDATE publication SET outcome = \(word), version = \(version), problem = \(problem),
                rows_read = \(rowsRead), rows_rejected = \(rowsRejected), ended_at = \(now), permille = 1000
            WHERE id = \(id) AND outcome = 'running' AND cancel_asked <= \(cancelAskedMax)
            """) == 1
    }

    func askToCancel(_ id: JobID, in connection: any Connection) throws -> Bool {
        try connection.execute(
            "UPDATE publication SET cancel_asked = 1 WHERE id = \(id) AND outcome = 'running'") == 1
    }

    /// Those whose process is gone.
    func abandoned(at now: Instant, in connection: any Connection) throws -> [PublishAttempt] {
        try connection.rows(
            "SELECT * FROM publication WHERE outcome = 'running' AND lease_until < \(now) ORDER BY id LIMIT 100"
        ).map(Self.publication)
    }

    /// Whether an attempt that published nothing was under way then.
    func failed(of entry: EntryID, at instant: Instant, in connection: any Connection) throws -> Bool {
        try connection.row(
            """
            SELECT id FROM publication WHERE entry = \(entry) AND outcome IN ('failed', 'cancelled', 'unchanged')
                AND started_at <= \(instant) AND ended_at >= \(instant) LIMIT 1
            """) != nil
    }

    func publication(_ id: JobID, in connection: any Connection) throws -> PublishAttempt? {
        try connection.row("SELECT * FROM publication WHERE id = \(id)").map(Self.publication)
    }

    func running(of hook: HookID, in connection: any Connection) throws -> JobID? {
        try connection.row("SELECT id FROM publication WHERE hook = \(hook) AND outcome = 'running'")?
            .value("id")
    }

    /// In no order.
    func publications(_ ids: [JobID], in connection: any Connection) throws -> [PublishAttempt] {
        guard !ids.isEmpty else { return [] }
        return try connection.rows("SELECT * FROM publication WHERE id IN \(list: ids)").map(Self.publication)
    }

    /// Newest first.
    func publications(of hook: HookID, limit: Int, in connection: any Connection) throws -> [PublishAttempt] {
        try connection.rows(
            "SELECT * FROM publication WHERE hook = \(hook) ORDER BY started_at DESC, id DESC LIMIT \(limit)"
        ).map(Self.publication)
    }

    private static func columns(
        of outcome: PublishAttempt.Outcome
    ) throws -> (word: String, version: VersionID?, problem: Document<StoredProblem>?) {
        switch outcome {
        case .running: ("running", nil, nil)
        case .published(let version): ("published", version, nil)
        case .unchanged: ("unchanged", nil, nil)
        case .failed(let problem): ("failed", nil, try Document(StoredProblem(problem)))
        case .cancelled: ("cancelled", nil, nil)
        }
    }

    private static func publication(_ row: Row) throws -> PublishAttempt {
        let outcome: PublishAttempt.Outcome
        switch try row.value("outcome", as: String.self) {
        case "running":
            outcome = .running(PublishAttempt.Stage(rawValue: try row.value("stage")) ?? .probing)
        case "published": outcome = .published(try row.value("version"))
        case "unchanged": outcome = .unchanged
        case "cancelled": outcome = .cancelled
        default:
            outcome = .failed(try row.value("problem", as: Document<StoredProblem>.self).content.problem)
        }
        return PublishAttempt(
            id: try row.value("id"), hook: try row.value("hook"), entry: try row.value("entry"),
            owner: try row.value("owner"), outcome: outcome, rowsRead: try row.value("rows_read"),
            rowsRejected: try row.value("rows_rejected"), permille: try row.value("permille"),
            startedAt: try row.value("started_at"), endedAt: try row.optional("ended_at"),
            startedBy: try row.value("started_by"))
    }
}

/// A problem as it is kept: keys and arguments, so that each reader sees it in a language of theirs.
private struct StoredProblem: Codable, Sendable {
    let kind: Problem.Kind
    let message: Message
    let remedy: Message?
    let places: [Problem.Place]

    init(_ problem: Problem) {
        kind = problem.kind
        message = problem.message
        remedy = problem.remedy
        places = problem.places
    }

    var problem: Problem { Problem(kind, message, remedy: remedy, places: places) }
}
