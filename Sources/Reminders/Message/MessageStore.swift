import Kernel
import Persistence

/// The only SQL on messages.
struct MessageStore: Sendable {
    static let roundMax = 50
    static let listMax = 50

    func insert(_ message: ReminderMessage, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO reminder_message (id, receiver, cause, topics, counts, state, made_at, next_at,
                lease_until, tries)
            VALUES (\(message.id), \(message.receiver), \(message.cause.rawValue),
                \(try Document(message.topics)), \(try Document(message.counts)), \(message.state.rawValue),
                \(message.madeAt), \(message.nextAt), \(message.leaseUntil), 0)
            """)
    }

    func due(at now: Instant, in connection: any Connection) throws -> [ReminderMessage] {
        try connection.rows(
            """
            SELECT * FROM reminder_message WHERE state = 'waiting' AND next_at <= \(now) AND lease_until <= \(now)
            ORDER BY next_at, id LIMIT \(Self.roundMax)
            """
        ).map(Self.message)
    }

    /// A try, which no other process makes until the lease ends. False: another was first.
    func claim(
        _ message: ReminderMessage, until lease: Instant, at now: Instant, in connection: any Connection
    )
        throws -> Bool
    {
        try connection.execute(
            """
            UPDATE reminder_message SET lease_until = \(lease), tries = tries + 1
            WHERE id = \(message.id) AND state = 'waiting' AND lease_until <= \(now) AND tries = \(message.tries)
            """) == 1
    }

    /// Nothing happens to one that another has ended.
    @discardableResult
    func end(
        _ id: ReminderMessageID, _ state: ReminderMessage.State, problem: Message? = nil, bytes: Int? = nil,
        at now: Instant, in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE reminder_message SET state = \(state.rawValue), ended_at = \(now), bytes = \(bytes),
                problem = \(try problem.map { try Document($0) }), topics = '[]'
            WHERE id = \(id) AND state = 'waiting'
            """) == 1
    }

    func postpone(
        _ id: ReminderMessageID, to nextAt: Instant, because problem: Message?, in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE reminder_message SET next_at = \(nextAt), lease_until = 0,
                problem = COALESCE(\(try problem.map { try Document($0) }), problem)
            WHERE id = \(id) AND state = 'waiting'
            """)
    }

    func message(_ id: ReminderMessageID, in connection: any Connection) throws -> ReminderMessage? {
        try connection.row("SELECT * FROM reminder_message WHERE id = \(id)").map(Self.message)
    }

    /// Newest first.
    func list(of receiver: ReceiverID, in connection: any Connection) throws -> [ReminderMessage] {
        try connection.rows(
            """
            SELECT * FROM reminder_message WHERE receiver = \(receiver) ORDER BY id DESC LIMIT \(Self.listMax)
            """
        ).map(Self.message)
    }

    /// When the messages since `moment` were made, oldest first.
    func made(for receiver: ReceiverID, since moment: Instant, in connection: any Connection) throws
        -> [Instant]
    {
        try connection.rows(
            """
            SELECT made_at FROM reminder_message
            WHERE receiver = \(receiver) AND made_at > \(moment) AND state <> 'dropped' ORDER BY made_at
            """
        ).map { try $0.value("made_at") }
    }

    /// What waits for a receiver that is gone quiet is about nothing any more.
    func drop(of receiver: ReceiverID, at now: Instant, in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE reminder_message SET state = 'dropped', ended_at = \(now), topics = '[]'
            WHERE receiver = \(receiver) AND state = 'waiting'
            """)
    }

    func forget(before moment: Instant, in connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM reminder_message WHERE made_at < \(moment) AND state <> 'waiting'")
    }

    func figures(since moment: Instant, in connection: any Connection) throws -> ReminderFigures {
        var counts: [ReminderMessage.State: Int] = [:]
        for row in try connection.rows(
            """
            SELECT state, COUNT(*) AS n FROM reminder_message WHERE made_at > \(moment) GROUP BY state
            """)
        {
            if let state = ReminderMessage.State(rawValue: try row.value("state")) {
                counts[state] = try row.value("n")
            }
        }
        let receivers = try connection.row(
            """
            SELECT COUNT(*) AS n, COALESCE(SUM(CASE WHEN problem IS NOT NULL THEN 1 ELSE 0 END), 0) AS troubled
            FROM reminder_receiver WHERE state <> 'unconfirmed'
            """)
        let last = try connection.row(
            """
            SELECT problem FROM reminder_message WHERE problem IS NOT NULL AND state IN ('waiting', 'failed')
                AND made_at > \(moment)
            ORDER BY id DESC LIMIT 1
            """)
        return ReminderFigures(
            counts: counts, troubled: try receivers?.value("troubled") ?? 0,
            receivers: try receivers?.value("n") ?? 0,
            lastProblem: try last?.value("problem", as: Document<Message>.self).content)
    }

    private static func message(_ row: Row) throws -> ReminderMessage {
        ReminderMessage(
            id: try row.value("id"), receiver: try row.value("receiver"),
            cause: ReminderMessage.Cause(rawValue: try row.value("cause")) ?? .atOnce,
            topics: try row.value("topics", as: Document<[String]>.self).content,
            counts: try row.value("counts", as: Document<[String: Int]>.self).content,
            state: ReminderMessage.State(rawValue: try row.value("state")) ?? .failed,
            madeAt: try row.value("made_at"), nextAt: try row.value("next_at"),
            leaseUntil: try row.value("lease_until"), tries: try row.value("tries"),
            endedAt: try row.optional("ended_at"),
            problem: try row.optional("problem", as: Document<Message>.self)?.content)
    }
}
