import Cryptography
import DuckDB
import Policy
import Synchronization

/// The digest of rows as they pass, docs/adr/0003.
struct ContentDigest {
    private let context: [UInt8]
    private var rows: MultisetDigest

    init(_ schema: Schema) throws {
        // Names and types are part of the content: the same cells under other headings are other data.
        var context: [UInt8] = []
        for column in schema {
            for part in [column.name, column.type.description] {
                var part = part
                part.withUTF8 { RowEncoding.append(text: UnsafeRawBufferPointer($0), to: &context) }
            }
        }
        self.context = context
        rows = try MultisetDigest()
    }

    var count: Int64 { Int64(clamping: rows.count) }

    mutating func add(_ row: UnsafeRawBufferPointer) { rows.add(row) }
    mutating func add(_ row: [UInt8]) { rows.add(row) }
    mutating func merge(_ other: ContentDigest) { rows.merge(other.rows) }

    /// `lt1:<64 hex digits>`
    var text: String { "lt1:\(rows.digest(context: context).hex)" }
}

/// Digests rows as the engine's threads come by with them.
final class RowDigester: RowObserver {
    private final class Hand {
        let encoder: RowEncoder
        var digest: ContentDigest

        init(_ schema: Schema, _ columns: [Vector]) throws {
            encoder = try RowEncoder(schema, columns.map(\.type))
            digest = try ContentDigest(schema)
        }
    }

    /// Unchecked because a hand is either here or with the one thread that took it.
    private struct Hands: @unchecked Sendable { var idle: [Hand] = [] }

    private let schema: Schema
    private let isCancelled: @Sendable () -> Bool
    private let hands = Mutex(Hands())

    init(_ schema: Schema, isCancelled: @escaping @Sendable () -> Bool) {
        self.schema = schema
        self.isCancelled = isCancelled
    }

    func look(rows: Int, _ columns: [Vector]) throws {
        if isCancelled() { throw LakeError.cancelled }
        let taken = hands.withLock { hands in Hands(idle: hands.idle.popLast().map { [$0] } ?? []) }
        let hand = try taken.idle.first ?? Hand(schema, columns)
        hand.encoder.read(columns)
        for row in 0..<rows { hand.digest.add(hand.encoder.encode(row)) }
        let given = Hands(idle: [hand])
        hands.withLock { $0.idle += given.idle }
    }

    /// Of all rows, once the statement has ended.
    func digest() throws -> ContentDigest {
        var sum = try ContentDigest(schema)
        for hand in hands.withLock({ Hands(idle: $0.idle) }).idle { sum.merge(hand.digest) }
        return sum
    }
}
