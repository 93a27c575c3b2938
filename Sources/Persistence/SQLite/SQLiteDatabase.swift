import CSQLite
import Foundation

/// A database in one file, shared by every process of a node: WAL, synchronous=FULL, foreign keys on.
///
/// One thread writes (BEGIN IMMEDIATE), a few read, each from its own snapshot. A writer waits for writers of other
/// processes up to `busyMilliseconds`, then fails with `busy`.
package final class SQLiteDatabase: Database {
    package let dialect = Dialect.sqlite
    private let writer: SessionThreads<SQLiteSession>
    private let readers: SessionThreads<SQLiteSession>

    /// Creates the file, readable by its owner only, when there is none.
    package init(path: String, readersMax: Int = 4, busyMilliseconds: Int32 = 15_000) async throws {
        try Self.create(path)
        let waitSecondsMax = max(1, Int(busyMilliseconds) * 2 / 1000)
        writer = SessionThreads(name: "sqlite-writer", count: 1, waitSecondsMax: waitSecondsMax) {
            try SQLiteSession(path: path, access: .write, busyMilliseconds: busyMilliseconds)
        }
        readers = SessionThreads(
            name: "sqlite-reader", count: readersMax, waitSecondsMax: waitSecondsMax
        ) {
            try SQLiteSession(path: path, access: .read, busyMilliseconds: busyMilliseconds)
        }
        do {
            try await writer.run { _ in }
        } catch {
            await close()
            throw error
        }
    }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await readers.run { session in try session.transaction("BEGIN", body) }
    }

    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await writer.run { session in try session.transaction("BEGIN IMMEDIATE", body) }
    }

    package func close() async {
        await readers.close()
        await writer.close()
    }

    /// SQLite gives its -wal and -shm files the mode of the file itself.
    private static func create(_ path: String) throws {
        let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            if errno == ENOSPC { throw DatabaseError.full }
            throw DatabaseError.unreachable("cannot open \(path): \(reason)")
        }
        Foundation.close(descriptor)
    }
}
