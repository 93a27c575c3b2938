import Foundation
import Kernel
import Persistence

/// The row by which other processes know that this one answers look-ups, and until when it has lived. Written with the records it
/// stands for, so that it costs no transaction of its own; a crash leaves it behind, and whoever finds it closes what never
/// settled.
final class AnsweringMark: @unchecked Sendable {
    /// Answers settle within a second or two; after so long they are *unknown*.
    static let leaseSeconds = 30

    private let id: String
    private let lock = NSLock()
    private var written: Instant?
    private var confirmed: Instant?

    init(at now: Instant) { id = LeafID.new(at: now).text }

    /// In the transaction of a group, when the last mark is old.
    func renew(at now: Instant, in connection: any Connection) throws {
        let isFresh = lock.withLock { confirmed.map { now - $0 < .seconds(Self.leaseSeconds / 4) } ?? false }
        if isFresh { return }
        try connection.execute(
            """
            INSERT INTO release_answering (id, seen_at) VALUES (\(id), \(now))
            ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at
            """)
        lock.withLock { written = now }
    }

    /// After the commit of a group.
    func confirm() { lock.withLock { confirmed = written } }
}
