import Foundation
import Postgres

/// One connection and what it needs to run transactions: a second try after a lost connection, more after lost races.
final class PostgresSession: DatabaseSession {
    private static let translationsMax = 1000
    private let url: String
    private let lockMilliseconds: Int
    private var connection: PostgresConnection?
    private var translations: [String: PostgresText] = [:]
    var isBroken: Bool { connection?.isLost ?? true }

    init(url: String, lockMilliseconds: Int) throws {
        self.url = url
        self.lockMilliseconds = lockMilliseconds
        try connect()
    }

    func close() { connection = nil }

    private func connect() throws {
        do {
            let opened = try PostgresConnection(url: url)
            try opened.command(
                "SET lock_timeout = \(lockMilliseconds); SET idle_in_transaction_session_timeout = '60s'; "
                    + "SET extra_float_digits = 1"
            )
            connection = opened
        } catch {
            throw DatabaseError.unreachable(error.message)
        }
    }

    func transaction<Answer>(
        _ begin: String, attemptsMax: Int, _ body: (any Connection) throws -> Answer
    ) throws -> Answer {
        var attempt = 1
        while true {
            do {
                return try attemptTransaction(begin, body)
            } catch let race as LostRace {
                guard attempt < attemptsMax else { throw DatabaseError.busy }
                // Growing, random pauses, so that the same two do not meet again.
                usleep(UInt32.random(in: 0...UInt32(min(500 << min(attempt, 7), 50_000))))
                attempt += 1
                _ = race
            }
        }
    }

    private func attemptTransaction<Answer>(
        _ begin: String, _ body: (any Connection) throws -> Answer
    ) throws -> Answer {
        try self.begin(begin)
        let view = PostgresView(session: self)
        do {
            let answer = try body(view)
            if let failure = view.failure { throw failure }
            try commit()
            return answer
        } catch {
            if connection?.isLost == false { _ = try? connection?.command("ROLLBACK") }
            // A race that the body caught and renamed is a race all the same.
            if case .some(let failure as LostRace) = view.failure { throw failure }
            throw error
        }
    }

    /// A connection that died while idle is replaced; nothing has been asked of it yet.
    private func begin(_ text: String) throws {
        do {
            try connected().command(text)
        } catch let failure as PostgresFailure {
            guard failure.connectionLost else { throw Self.error(failure, sql: text) }
            try connect()
            do {
                try connected().command(text)
            } catch let failure as PostgresFailure {
                throw Self.error(failure, sql: text)
            }
        }
    }

    private func commit() throws {
        do {
            let tag = try connected().command("COMMIT")
            guard tag == "COMMIT" else {
                throw DatabaseError.statement("the transaction was rolled back", sql: "COMMIT")
            }
        } catch let failure as PostgresFailure {
            if failure.connectionLost {
                throw DatabaseError.unreachable(
                    "lost during COMMIT, whose outcome is not known: \(failure.message)")
            }
            throw Self.error(failure, sql: "COMMIT")
        }
    }

    private func connected() throws -> PostgresConnection {
        guard let connection else { throw DatabaseError.unreachable("no connection") }
        return connection
    }

    func answer(_ sql: SQL) throws -> PostgresAnswer {
        let text = translated(sql.text)
        guard text.places == sql.values.count else {
            throw DatabaseError.statement(
                "\(sql.values.count) values for \(text.places) places", sql: sql.text)
        }
        do {
            let values = sql.values.map(PostgresValue.init)
            return try connected().query(text.text, values, types: text.types(of: values))
        } catch let failure as PostgresFailure {
            throw Self.error(failure, sql: sql.text)
        }
    }

    func rows(_ sql: SQL) throws -> [Row] {
        let answer = try answer(sql)
        let columns = Row.Columns(answer.columnNames)
        do {
            return try (0..<answer.rowCount).map { row in
                Row(
                    columns: columns,
                    values: try (0..<columns.names.count).map { column in
                        SQLValue(try answer.value(row: row, column: column))
                    })
            }
        } catch let failure as PostgresFailure {
            throw Self.error(failure, sql: sql.text)
        }
    }

    private func translated(_ text: String) -> PostgresText {
        if let known = translations[text] { return known }
        if translations.count >= Self.translationsMax { translations.removeAll(keepingCapacity: true) }
        let made = PostgresText(text)
        translations[text] = made
        return made
    }

    private static func error(_ failure: PostgresFailure, sql: String) -> any Error {
        switch failure.sqlState {
        case "40001", "40P01": return LostRace()
        case "55P03": return DatabaseError.busy
        case "53100": return DatabaseError.full
        // The only text that is none for the server, as every string here is well-formed.
        case "22021": return DatabaseError.nulInText
        case "23502":
            return DatabaseError.constraint(
                name: [failure.table, failure.column].compactMap(\.self).joined(separator: "."))
        case .some(let state) where state.hasPrefix("23"):
            return DatabaseError.constraint(name: failure.constraint ?? state)
        default:
            return failure.connectionLost
                ? DatabaseError.unreachable(failure.message)
                : DatabaseError.statement(failure.message, sql: sql)
        }
    }
}

/// Another transaction won (40001, 40P01): run again from the start.
private struct LostRace: Error {}

/// One transaction on PostgreSQL.
private final class PostgresView: Connection {
    let dialect = Dialect.postgres
    private let session: PostgresSession
    var failure: (any Error)?

    init(session: PostgresSession) { self.session = session }

    func execute(_ sql: SQL) throws -> Int { try noting { try session.answer(sql).changed } }
    func rows(_ sql: SQL) throws -> [Row] { try noting { try session.rows(sql) } }

    func nested<Answer>(_ body: () throws -> Answer) throws -> Answer {
        let before = failure
        return try nested(
            forgettingFailure: { if !(self.failure is LostRace) { self.failure = before } }, body)
    }

    private func noting<Answer>(_ statement: () throws -> Answer) throws -> Answer {
        do {
            return try statement()
        } catch {
            failure = failure ?? error
            throw error
        }
    }
}

/// A statement with `$1`, `$2` … for `?`, found once for its text.
struct PostgresText {
    let text: String
    let places: Int
    /// Places before `IS [NOT] NULL`, whose type the server cannot infer.
    private let testedForNull: Set<Int>

    init(_ source: String) {
        var out = ""
        var places = 0
        var tested: Set<Int> = []
        var quote: Character?
        for (offset, character) in zip(source.indices, source) {
            if let open = quote {
                out.append(character)
                if character == open { quote = nil }
            } else if character == "?" {
                places += 1
                out += "$\(places)"
                if source[offset...].hasPrefix("? IS ") { tested.insert(places - 1) }
            } else {
                if character == "'" || character == "\"" { quote = character }
                out.append(character)
            }
        }
        text = out
        self.places = places
        testedForNull = tested
    }

    func types(of values: [PostgresValue]) -> [UInt32] {
        values.enumerated().map { position, value in
            value == .null && testedForNull.contains(position) ? PostgresValue.textTypeID : value.typeID
        }
    }
}

extension PostgresValue {
    init(_ value: SQLValue) {
        self =
            switch value {
            case .null: .null
            case .integer(let number): .integer(number)
            case .text(let text): .text(text)
            case .bytes(let bytes): .bytes(bytes)
            }
    }
}

extension SQLValue {
    init(_ value: PostgresValue) {
        self =
            switch value {
            case .null: .null
            case .integer(let number): .integer(number)
            case .text(let text): .text(text)
            case .bytes(let bytes): .bytes(bytes)
            }
    }
}
