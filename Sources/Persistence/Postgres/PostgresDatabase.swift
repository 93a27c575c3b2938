import Foundation
import Postgres

/// A PostgreSQL database, reached through a few connections, each on a thread of its own.
///
/// Writes are SERIALIZABLE and run again, up to `attemptsMax` times, when another transaction won; reads see one snapshot.
package final class PostgresDatabase: Database {
    package let dialect = Dialect.postgres
    private let threads: SessionThreads<PostgresSession>
    private let attemptsMax: Int

    /// Fails with `unreachable` unless the server answers now.
    package init(
        url: String, connectionsMax: Int = 8, attemptsMax: Int = 20, lockMilliseconds: Int = 15_000
    ) async throws {
        self.attemptsMax = attemptsMax
        threads = SessionThreads(
            name: "postgres", count: connectionsMax, waitSecondsMax: max(1, lockMilliseconds * 2 / 1000)
        ) { try PostgresSession(url: url, lockMilliseconds: lockMilliseconds) }
        do {
            try await threads.run { _ in }
        } catch {
            await threads.close()
            throw error
        }
    }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await threads.run { [attemptsMax] session in
            try session.transaction(
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", attemptsMax: attemptsMax, body)
        }
    }

    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await threads.run { [attemptsMax] session in
            try session.transaction("BEGIN ISOLATION LEVEL SERIALIZABLE", attemptsMax: attemptsMax, body)
        }
    }

    package func close() async { await threads.close() }
}
