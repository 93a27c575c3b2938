import Kernel
import Persistence

/// The only SQL on receivers and what they were told of.
struct ReceiverStore: Sendable {
    static let roundMax = 200

    func insert(_ receiver: Receiver, place: [UInt8], in connection: any Connection) throws {
        let wish = receiver.wish
        try connection.execute(
            """
            INSERT INTO reminder_receiver (id, kind, account, post, unit, label, host, place, state, occasions,
                days_before, manner, language, next_at, failures, revision, code_tries, codes_since, codes_sent)
            VALUES (\(receiver.id), \(receiver.kind.rawValue), \(receiver.account), \(receiver.post),
                \(receiver.unit), \(receiver.label), \(receiver.host), \(place), \(receiver.state.rawValue),
                \(Self.written(wish.occasions)), \(wish.daysBefore), \(try Document(wish.manner)),
                \(wish.language.rawValue), \(receiver.nextAt), 0, 1, 0, 0, 0)
            """)
    }

    func remove(_ id: ReceiverID, in connection: any Connection) throws {
        try connection.execute("DELETE FROM reminder_told WHERE receiver = \(id)")
        try connection.execute("DELETE FROM reminder_message WHERE receiver = \(id)")
        try connection.execute("DELETE FROM reminder_receiver WHERE id = \(id)")
    }

    /// False: it was changed since `seen`.
    func setWish(
        _ wish: Receiver.Wish, of id: ReceiverID, seen revision: Int, nextAt: Instant,
        in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE reminder_receiver SET occasions = \(Self.written(wish.occasions)),
                days_before = \(wish.daysBefore), manner = \(try Document(wish.manner)),
                language = \(wish.language.rawValue), next_at = \(nextAt), revision = revision + 1
            WHERE id = \(id) AND revision = \(revision)
            """) == 1
    }

    /// False: it was changed since `seen`.
    func setState(
        _ state: Receiver.State, of id: ReceiverID, seen revision: Int, nextAt: Instant,
        because problem: Message? = nil, in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE reminder_receiver SET state = \(state.rawValue), next_at = \(nextAt), failures = 0,
                problem = \(try problem.map { try Document($0) }), revision = revision + 1
            WHERE id = \(id) AND revision = \(revision)
            """) == 1
    }

    func revision(of id: ReceiverID, in connection: any Connection) throws -> Int? {
        try connection.row("SELECT revision FROM reminder_receiver WHERE id = \(id)")?.value("revision")
    }

    func receiver(_ id: ReceiverID, in connection: any Connection) throws -> Receiver? {
        try connection.row("SELECT * FROM reminder_receiver WHERE id = \(id)").map(Self.receiver)
    }

    func mail(of account: AccountID, in connection: any Connection) throws -> Receiver? {
        try connection.row(
            "SELECT * FROM reminder_receiver WHERE account = \(account) AND kind = 'mail'"
        ).map(Self.receiver)
    }

    /// Of one unit, or of all.
    func channels(of unit: PartyID?, in connection: any Connection) throws -> [Receiver] {
        let only: SQL = unit.map { " AND unit = \($0)" } ?? ""
        return try connection.rows(
            "SELECT * FROM reminder_receiver WHERE kind <> 'mail'\(only) ORDER BY unit, id LIMIT 1000"
        ).map(Self.receiver)
    }

    func place(of id: ReceiverID, in connection: any Connection) throws -> [UInt8]? {
        try connection.row("SELECT place FROM reminder_receiver WHERE id = \(id)")?.value("place")
    }

    // MARK: - Codes

    struct Code {
        let sealed: [UInt8]?
        let until: Instant?
        let tries: Int
        /// Codes of the hour that began then.
        let since: Instant
        let sent: Int
    }

    func code(of id: ReceiverID, in connection: any Connection) throws -> Code? {
        try connection.row(
            "SELECT code, code_until, code_tries, codes_since, codes_sent FROM reminder_receiver WHERE id = \(id)"
        ).map { row in
            Code(
                sealed: try row.optional("code"), until: try row.optional("code_until"),
                tries: try row.value("code_tries"), since: try row.value("codes_since"),
                sent: try row.value("codes_sent"))
        }
    }

    /// Another address, which nothing is sent to before its code came back.
    func ask(
        _ id: ReceiverID, at place: [UInt8], code: Code, in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE reminder_receiver SET place = \(place), state = 'unconfirmed', code = \(code.sealed),
                code_until = \(code.until), code_tries = 0, codes_since = \(code.since),
                codes_sent = \(code.sent), problem = NULL, failures = 0, revision = revision + 1
            WHERE id = \(id)
            """)
    }

    func noteTry(_ id: ReceiverID, in connection: any Connection) throws {
        try connection.execute(
            "UPDATE reminder_receiver SET code_tries = code_tries + 1 WHERE id = \(id)")
    }

    func confirm(_ id: ReceiverID, nextAt: Instant, in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE reminder_receiver SET state = 'active', code = NULL, code_until = NULL, code_tries = 0,
                next_at = \(nextAt), problem = NULL, failures = 0, revision = revision + 1
            WHERE id = \(id)
            """)
    }

    // MARK: - Rounds

    func due(at now: Instant, in connection: any Connection) throws -> [Receiver] {
        try connection.rows(
            """
            SELECT * FROM reminder_receiver WHERE state = 'active' AND next_at <= \(now)
            ORDER BY next_at, id LIMIT \(Self.roundMax)
            """
        ).map(Self.receiver)
    }

    /// Whoever moves it from the moment that was seen looks at it; false: another process does, or somebody changed it.
    func look(_ receiver: Receiver, again nextAt: Instant, in connection: any Connection) throws -> Bool {
        try connection.execute(
            """
            UPDATE reminder_receiver SET next_at = \(nextAt)
            WHERE id = \(receiver.id) AND state = 'active' AND next_at = \(receiver.nextAt)
                AND revision = \(receiver.revision)
            """) == 1
    }

    /// False: it was told before.
    func tell(_ id: ReceiverID, _ topic: String, at now: Instant, in connection: any Connection) throws
        -> Bool
    {
        try connection.execute(
            """
            INSERT INTO reminder_told (receiver, topic, at) VALUES (\(id), \(topic), \(now))
            ON CONFLICT (receiver, topic) DO NOTHING
            """) == 1
    }

    func noteSent(_ id: ReceiverID, at now: Instant, in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE reminder_receiver SET sent_at = \(now), failures = 0, problem = NULL
            WHERE id = \(id) AND state = 'active'
            """)
    }

    func noteFailed(_ id: ReceiverID, _ problem: Message, in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE reminder_receiver SET failures = failures + 1, problem = \(try Document(problem))
            WHERE id = \(id)
            """)
    }

    func forgetTold(before moment: Instant, in connection: any Connection) throws {
        try connection.execute("DELETE FROM reminder_told WHERE at < \(moment)")
    }

    // MARK: - Rows

    private static func written(_ occasions: Set<Receiver.Occasion>) -> String {
        occasions.sorted().map(\.rawValue).joined(separator: ",")
    }

    private static func receiver(_ row: Row) throws -> Receiver {
        let occasions: String = try row.value("occasions")
        return Receiver(
            id: try row.value("id"), kind: Receiver.Kind(rawValue: try row.value("kind")) ?? .mail,
            account: try row.value("account"), post: try row.optional("post"), unit: try row.optional("unit"),
            label: try row.value("label"), host: try row.value("host"),
            state: Receiver.State(rawValue: try row.value("state")) ?? .paused,
            wish: Receiver.Wish(
                occasions: Set(
                    occasions.split(separator: ",").compactMap { Receiver.Occasion(rawValue: String($0)) }),
                daysBefore: try row.value("days_before"),
                manner: try row.value("manner", as: Document<Manner>.self).content,
                language: Language(rawValue: try row.value("language")) ?? .simplifiedChinese),
            nextAt: try row.value("next_at"), sentAt: try row.optional("sent_at"),
            failures: try row.value("failures"),
            problem: try row.optional("problem", as: Document<Message>.self)?.content,
            revision: try row.value("revision"))
    }
}
