package import Casework
import Cryptography
package import Identity
import Kernel
import Persistence
import Synchronization

/// What is due when: as a month on a page, and as a calendar that a person's own program reads.
extension Exchange {
    package static let feedEventsMax = 1_000
    package static let feedReadsPerHourMax = 60
    private static let secretBytes = 32
    private static let secretCharactersMax = 64

    func dues(
        _ tray: Inbox.Tray, of principal: Principal, from first: CalendarDate, through last: CalendarDate
    ) async throws -> [CalendarDate: Int] {
        let inbox = inbox(of: principal)
        return try await database.read { try inbox.dues(tray, from: first, through: last, in: $0) }
    }

    func feed(of principal: Principal) async throws -> DeadlineFeed? {
        guard let account = principal.account else { return nil }
        return try await database.read { try cases.feed(of: account, in: $0) }
    }

    /// The secret of a new address, told once. The one before ends. Only for a person who is signed in: a key of a program, narrowed to what it
    /// is for, cannot make an address that is not.
    func makeFeed(_ tray: Inbox.Tray, by principal: Principal) async throws -> String {
        guard case .session = principal.channel, let account = principal.account, let post = principal.post
        else { throw ExchangeError.noUnit }
        let secret = try Secrets.random(Self.secretBytes).base64URL
        let feed = DeadlineFeed(account: account, post: post, tray: tray, madeAt: clock.now())
        try await database.write {
            try cases.makeFeed(feed, digest: Self.digest(secret), by: principal, in: $0)
        }
        return secret
    }

    func withdrawFeed(by principal: Principal) async throws {
        guard case .session = principal.channel, let account = principal.account else {
            throw ExchangeError.noUnit
        }
        let now = clock.now()
        try await database.write { try cases.withdrawFeed(of: account, by: principal, at: now, in: $0) }
    }

    /// Nil when the address is nobody's.
    func feed(secret: String) async throws -> DeadlineFeed? {
        guard (32...Self.secretCharactersMax).contains(secret.utf8.count) else { return nil }
        let digest = Self.digest(secret)
        return try await database.read { try cases.feed(digest: digest, in: $0) }
    }

    /// With the rights that `holder` has today.
    package func dueClocks(_ tray: Inbox.Tray, of holder: Principal) async throws -> [DueClock] {
        let inbox = inbox(of: holder)
        return try await database.read {
            try inbox.clocks(tray, casesMax: Self.feedEventsMax, in: $0)
        }
    }

    private static func digest(_ secret: String) -> [UInt8] {
        DigestAlgorithm.sha256.digest(secret).bytes
    }
}

/// How often each feed was read within the hour, in this process. Forgets all when full, and each hour.
final class FeedReads: Sendable {
    private static let feedsMax = 10_000

    private struct Hour: Sendable {
        var number: Int64 = 0
        var reads: [AccountID: Int] = [:]
    }

    private let hour = Mutex(Hour())

    /// - Throws: a problem with the seconds until it may be read again.
    func note(_ account: AccountID, at now: Instant) throws(Problem) {
        let seconds = now.microseconds / 1_000_000
        let isTooOften = hour.withLock { hour in
            if hour.number != seconds / 3_600 || hour.reads.count >= Self.feedsMax {
                hour = Hour(number: seconds / 3_600)
            }
            hour.reads[account, default: 0] += 1
            return hour.reads[account, default: 0] > Exchange.feedReadsPerHourMax
        }
        guard isTooOften else { return }
        throw Problem(
            .tooMany,
            Message("exchange.feed-too-often", ["readsMax": "\(Exchange.feedReadsPerHourMax)"]),
            retryAfterSeconds: Int(3_600 - seconds % 3_600))
    }
}
