package import Casework
package import Identity
package import Kernel
import Persistence

/// Watching: of what one may see, for oneself alone.
extension Exchange {
    package func watch(_ id: CaseID, by principal: Principal) async throws {
        guard let account = principal.account else { throw ExchangeError.noUnit }
        let now = clock.now()
        try await database.write { connection in
            let file = try file(id, for: principal, in: connection)
            try cases.watch(file, by: account, at: now, in: connection)
        }
    }

    /// Also of what may be seen no more.
    package func unwatch(_ id: CaseID, by principal: Principal) async throws {
        guard let account = principal.account else { throw ExchangeError.noUnit }
        try await database.write { try cases.unwatch(id, by: account, in: $0) }
    }

    package func isWatched(_ id: CaseID, by principal: Principal) async throws -> Bool {
        guard let account = principal.account else { return false }
        return try await database.read { try cases.isWatched(id, by: account, in: $0) }
    }

    package func watchNews(of principal: Principal) async throws -> [WatchNews] {
        let inbox = inbox(of: principal)
        return try await database.read { try inbox.watchNews(in: $0) }
    }

    package func markWatchSeen(_ id: CaseID, by principal: Principal) async throws {
        guard let account = principal.account else { throw ExchangeError.noUnit }
        try await database.write { connection in
            let file = try file(id, for: principal, in: connection)
            try cases.markWatchSeen(file, by: account, in: connection)
        }
    }
}
