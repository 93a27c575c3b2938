package import Kernel

/// The control plane's database: SQLite by default, PostgreSQL by URL.
///
/// Bodies run on a dedicated thread, may run again after a serialization failure, and so have no effects outside the
/// connection. A `write` body's statements commit together or not at all: SQLite BEGIN IMMEDIATE with synchronous=FULL,
/// PostgreSQL SERIALIZABLE with bounded retry.
package protocol Database: Sendable {
    var dialect: Dialect { get }
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result
    func close() async
}

extension Database {
    /// As `write`, also for a task that was cancelled: how something ended is recorded whoever no longer waits for it.
    package func writeEvenIfCancelled<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await Task { try await write(body) }.value
    }
}

package enum Dialect: String, Sendable, CaseIterable {
    case sqlite
    case postgres
}

/// One transaction's view of the database. Not to be kept beyond the body it was passed to.
package protocol Connection {
    var dialect: Dialect { get }
    /// Rows changed.
    @discardableResult func execute(_ sql: SQL) throws -> Int
    func rows(_ sql: SQL) throws -> [Row]
    /// What `body` did is undone when it throws, and the transaction goes on: the one way to outlive a refused statement.
    /// A statement that fails outside fails the transaction, even if the error is caught.
    func nested<Result>(_ body: () throws -> Result) throws -> Result
}

extension Connection {
    package func row(_ sql: SQL) throws -> Row? { try rows(sql).first }

    func nested<Result>(forgettingFailure forget: () -> Void, _ body: () throws -> Result) throws -> Result {
        try execute("SAVEPOINT nested")
        do {
            let result = try body()
            try execute("RELEASE SAVEPOINT nested")
            return result
        } catch {
            forget()
            try execute("ROLLBACK TO SAVEPOINT nested")
            try execute("RELEASE SAVEPOINT nested")
            throw error
        }
    }
}

/// One row of an answer, read by column name.
package struct Row: Sendable {
    /// Shared by the rows of one answer.
    final class Columns: Sendable {
        let names: [String]
        init(_ names: [String]) { self.names = names }
    }

    private let columns: Columns
    /// In the order of the statement's columns.
    let values: [SQLValue]
    private var names: [String] { columns.names }

    init(columns: Columns, values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    package init(names: [String], values: [SQLValue]) {
        self.init(columns: Columns(names), values: values)
    }

    /// `.null` also for a column that is not there: ask by the names the statement gave.
    package subscript(name: String) -> SQLValue {
        names.firstIndex(of: name).map { values[$0] } ?? .null
    }

    package func value<Value: SQLReadable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        guard let value = try optional(name, as: type) else {
            throw DatabaseError.unexpected(column: name, found: self[name])
        }
        return value
    }

    package func optional<Value: SQLReadable>(
        _ name: String, as type: Value.Type = Value.self
    ) throws -> Value? {
        guard names.contains(name) else { throw DatabaseError.unexpected(column: name, found: .null) }
        if case .null = self[name] { return nil }
        guard let value = Value(sqlValue: self[name]) else {
            throw DatabaseError.unexpected(column: name, found: self[name])
        }
        return value
    }
}

/// What a column's value can be read as.
package protocol SQLReadable {
    init?(sqlValue: SQLValue)
}

extension String: SQLReadable {
    package init?(sqlValue: SQLValue) {
        if case .text(let text) = sqlValue { self = text } else { return nil }
    }
}
extension Int64: SQLReadable {
    package init?(sqlValue: SQLValue) {
        if case .integer(let number) = sqlValue { self = number } else { return nil }
    }
}
extension Int: SQLReadable {
    package init?(sqlValue: SQLValue) {
        if case .integer(let number) = sqlValue { self.init(number) } else { return nil }
    }
}
extension Bool: SQLReadable {
    package init?(sqlValue: SQLValue) {
        if case .integer(let number) = sqlValue { self = number != 0 } else { return nil }
    }
}
extension [UInt8]: SQLReadable {
    package init?(sqlValue: SQLValue) {
        if case .bytes(let bytes) = sqlValue { self = bytes } else { return nil }
    }
}
extension Instant: SQLReadable {
    package init?(sqlValue: SQLValue) {
        guard case .integer(let microseconds) = sqlValue else { return nil }
        self.init(microseconds: microseconds)
    }
}
extension CalendarDate: SQLReadable {
    package init?(sqlValue: SQLValue) {
        if case .text(let text) = sqlValue { self.init(text) } else { return nil }
    }
}
extension ID: SQLReadable {
    package init?(sqlValue: SQLValue) {
        if case .text(let text) = sqlValue { self.init(text) } else { return nil }
    }
}

package enum DatabaseError: Error, Sendable {
    /// A constraint of the schema refused the change; `name` is the constraint's or index's own, where the database tells it.
    case constraint(name: String)
    /// Another transaction won too often; nothing was changed.
    case busy
    /// The database cannot be reached or went away; whether a commit under way took effect is not known unless `committed`.
    case unreachable(String)
    case full
    /// A text with U+0000, which neither database keeps.
    case nulInText
    case statement(String, sql: String)
    case unexpected(column: String, found: SQLValue)
}

extension DatabaseError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .constraint(let name): Problem(.conflict, Message("database.constraint", ["name": name]))
        case .busy:
            Problem(.unavailable, Message("database.busy"), remedy: Message("database.busy-remedy"))
        case .unreachable:
            Problem(
                .unavailable, Message("database.unreachable"), remedy: Message("database.unreachable-remedy"))
        case .full: Problem(.unavailable, Message("database.full"), remedy: Message("database.full-remedy"))
        case .nulInText: Problem(.invalid, Message("database.nul-in-text"))
        case .statement, .unexpected: Problem(.internalFault, Message("database.fault"))
        }
    }
}
