import Foundation
package import Kernel
package import Persistence

/// Tells running streams that their grant has changed, within one batch: at once when this process changed it, and within
/// `pollSeconds` when another one did. Streams also stop when the record cannot be read: not knowing is no leave.
package final class GrantWatch: @unchecked Sendable {
    package static let pollSeconds = 0.5
    /// Without a successful poll for so long, every stream stops.
    package static let silenceSecondsMax = 5.0
    private static let changesPerPollMax = 1_000

    private let clock: Clock
    private let lock = NSLock()
    private var revisions: [GrantID: Int] = [:]
    private var streams: [GrantID: Int] = [:]
    private var seen: Int64?
    private var polledAt: Instant

    package init(clock: Clock = .system) {
        self.clock = clock
        polledAt = clock.now()
    }

    /// A running stream's view of its grant; ends by itself when it is let go.
    package final class Stream: Sendable {
        private let watch: GrantWatch
        package let grant: GrantID
        package let revision: Int

        fileprivate init(watch: GrantWatch, grant: GrantID, revision: Int) {
            self.watch = watch
            self.grant = grant
            self.revision = revision
        }

        deinit { watch.leave(grant) }

        /// To be asked before every batch. Throws `PolicyError.grantMoved`, or `.watchLost`.
        package func check() throws(PolicyError) { try watch.check(grant, revision) }
    }

    /// To be opened before the reservation is made: the reservation sees that the grant has not moved until then, the stream
    /// whatever moves it afterwards.
    package func stream(_ grant: GrantID, revision: Int) -> Stream {
        lock.withLock { streams[grant, default: 0] += 1 }
        return Stream(watch: self, grant: grant, revision: revision)
    }

    /// Called after the commit of a change in this process.
    package func note(_ grant: GrantID, revision: Int) {
        lock.withLock {
            if streams[grant] != nil { revisions[grant] = max(revisions[grant] ?? 0, revision) }
        }
    }

    private func leave(_ grant: GrantID) {
        lock.withLock {
            let left = (streams[grant] ?? 1) - 1
            streams[grant] = left > 0 ? left : nil
            if left <= 0 { revisions[grant] = nil }
        }
    }

    private func check(_ grant: GrantID, _ revision: Int) throws(PolicyError) {
        let now = clock.now()
        let (newest, silence) = lock.withLock { (revisions[grant] ?? 0, now - polledAt) }
        guard newest <= revision else { throw .grantMoved(grant) }
        guard silence <= .seconds(Self.silenceSecondsMax) else { throw .watchLost }
    }

    /// Reads the changes since the last poll.
    package func poll(_ database: any Database) async throws {
        let after = lock.withLock { seen }
        let asked = clock.now()
        let (changes, newest) = try await database.read { connection in
            try Self.changes(after: after, in: connection)
        }
        for (grant, revision) in changes { note(grant, revision: revision) }
        lock.withLock {
            seen = max(seen ?? 0, newest)
            polledAt = asked
        }
    }

    private static func changes(
        after: Int64?, in connection: any Connection
    ) throws -> ([(GrantID, Int)], Int64) {
        let newest: Int64 =
            try connection.row("SELECT number FROM policy_change_counter WHERE id = 1")?.value("number") ?? 0
        // The first poll of a process also tells streams that began before it.
        let from = after ?? max(0, newest - Int64(changesPerPollMax))
        guard newest > from else { return ([], newest) }
        let rows = try connection.rows(
            """
            SELECT number, grant_id, revision FROM policy_grant_change WHERE number > \(from)
            ORDER BY number LIMIT \(changesPerPollMax)
            """)
        let changes: [(GrantID, Int)] = try rows.map { (try $0.value("grant_id"), try $0.value("revision")) }
        return (changes, try rows.last?.value("number") ?? newest)
    }

    /// Polls until the task is cancelled. A poll that fails is tried again; the streams' own limit decides when to stop.
    package func run(_ database: any Database) async {
        while !Task.isCancelled {
            do { try await poll(database) } catch { await Task.yield() }
            try? await Task.sleep(for: .seconds(Self.pollSeconds))
        }
    }
}
