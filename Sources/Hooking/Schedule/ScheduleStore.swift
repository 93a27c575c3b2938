import Kernel
import Persistence

/// The only SQL on schedules.
struct ScheduleStore: Sendable {
    static let roundMax = 100

    func put(_ schedule: Schedule, in connection: any Connection) throws {
        let terms = schedule.terms
        try connection.execute(
            """
            INSERT INTO schedule (hook, entry, owner, timing, retries_max, alert_after, late_after, state, account,
                post, next_at, is_settled, failures, revision)
            VALUES (\(schedule.hook), \(schedule.entry), \(schedule.owner), \(try Document(terms.timing)),
                \(terms.retriesMax), \(terms.alertAfterFailures), \(terms.lateAfterMinutes),
                \(schedule.state.rawValue), \(schedule.account), \(schedule.post), \(schedule.nextAt), 1, 0, 1)
            ON CONFLICT (hook) DO UPDATE SET timing = excluded.timing, retries_max = excluded.retries_max,
                alert_after = excluded.alert_after, late_after = excluded.late_after, state = excluded.state,
                account = excluded.account, post = excluded.post, next_at = excluded.next_at,
                retry_at = NULL, failures = 0, problem = NULL, due_at = NULL,
                revision = schedule.revision + 1
            """)
    }

    func remove(_ hook: HookID, in connection: any Connection) throws {
        try connection.execute("DELETE FROM schedule WHERE hook = \(hook)")
    }

    func setState(
        _ state: Schedule.State, of hook: HookID, nextAt: Instant, because problem: Message? = nil,
        in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE schedule SET state = \(state.rawValue), next_at = \(nextAt), retry_at = NULL, due_at = NULL,
                failures = 0, problem = \(try problem.map { try Document($0) }), revision = revision + 1
            WHERE hook = \(hook)
            """)
    }

    func schedule(of hook: HookID, in connection: any Connection) throws -> Schedule? {
        try connection.row("SELECT * FROM schedule WHERE hook = \(hook)").map(Self.schedule)
    }

    func schedules(
        where condition: SQL, limit: Int = roundMax, in connection: any Connection
    ) throws -> [Schedule] {
        try connection.rows("SELECT * FROM schedule WHERE \(condition) ORDER BY hook LIMIT \(limit)")
            .map(Self.schedule)
    }

    /// Active, due or to be tried again, and nothing of it under way. Of paused hooks nothing is.
    func due(at now: Instant, in connection: any Connection) throws -> [Schedule] {
        try schedules(
            where: """
                state = 'active' AND is_settled = 1 AND (next_at <= \(now) OR retry_at <= \(now))
                AND EXISTS (SELECT 1 FROM hook h WHERE h.id = schedule.hook AND h.state = 'active')
                """, in: connection)
    }

    func waiting(at now: Instant, in connection: any Connection) throws -> [Schedule] {
        try connection.rows(
            "SELECT * FROM schedule WHERE state = 'active' AND next_at > \(now) ORDER BY hook"
        ).map(Self.schedule)
    }

    /// Nothing happens to one that ran or was changed meanwhile.
    func retime(_ schedule: Schedule, to nextAt: Instant, in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE schedule SET next_at = \(nextAt)
            WHERE hook = \(schedule.hook) AND revision = \(schedule.revision) AND next_at = \(schedule.nextAt)
            """)
    }

    func unsettled(in connection: any Connection) throws -> [Schedule] {
        try schedules(where: "is_settled = 0", in: connection)
    }

    /// False when another runner was first, or somebody changed the schedule: then nothing is to be started.
    func claim(
        _ schedule: Schedule, for attempt: JobID, dueAt: Instant, nextAt: Instant,
        in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE schedule SET attempt = \(attempt), due_at = \(dueAt), next_at = \(nextAt), retry_at = NULL,
                is_settled = 0, problem = NULL
            WHERE hook = \(schedule.hook) AND revision = \(schedule.revision) AND is_settled = 1
                AND next_at = \(schedule.nextAt) AND state = 'active'
            """) == 1
    }

    func succeed(_ schedule: Schedule, at now: Instant, in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE schedule SET is_settled = 1, failures = 0, retry_at = NULL, succeeded_at = \(now)
            WHERE hook = \(schedule.hook) AND attempt = \(schedule.attempt) AND is_settled = 0
            """)
    }

    func fail(_ schedule: Schedule, retryAt: Instant?, in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE schedule SET is_settled = 1, failures = failures + 1, retry_at = \(retryAt)
            WHERE hook = \(schedule.hook) AND attempt = \(schedule.attempt) AND is_settled = 0
            """)
    }

    private static func schedule(_ row: Row) throws -> Schedule {
        Schedule(
            hook: try row.value("hook"), entry: try row.value("entry"), owner: try row.value("owner"),
            terms: Schedule.Terms(
                timing: try row.value("timing", as: Document<Timing>.self).content,
                retriesMax: try row.value("retries_max"), alertAfterFailures: try row.value("alert_after"),
                lateAfterMinutes: try row.value("late_after")),
            state: Schedule.State(rawValue: try row.value("state")) ?? .paused,
            account: try row.value("account"), post: try row.optional("post"),
            nextAt: try row.value("next_at"), dueAt: try row.optional("due_at"),
            attempt: try row.optional("attempt"), isSettled: try row.value("is_settled"),
            failures: try row.value("failures"), retryAt: try row.optional("retry_at"),
            succeededAt: try row.optional("succeeded_at"),
            problem: try row.optional("problem", as: Document<Message>.self)?.content,
            revision: try row.value("revision"))
    }
}
