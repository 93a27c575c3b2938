import Cryptography
import Foundation
import Kernel
import Synchronization

/// A piece of a row store as it was sealed, and where each of its rows begins; a page of an index has no rows.
final class OpenedPiece: Sendable {
    let bytes: [UInt8]
    let rowStarts: [UInt32]

    init(_ bytes: [UInt8], rowStarts: [UInt32] = []) {
        self.bytes = bytes
        self.rowStarts = rowStarts
    }

    func read<Answer>(
        _ body: (UnsafeRawBufferPointer) throws(LakeError) -> Answer
    ) throws(LakeError) -> Answer {
        try bytes.withUnsafeBufferPointer { buffer throws(LakeError) in
            try body(UnsafeRawBufferPointer(buffer))
        }
    }

    /// With room for what is remembered of it.
    fileprivate var bytesHeld: Int { bytes.count + (4 + Self.conditionsMax) * rowStarts.count }

    /// Conditions whose judgement is remembered.
    static let conditionsMax = 4

    private struct Judgement {
        /// Of the condition: whether a row satisfies it depends on nothing else, neither on a grant, its time nor who asks.
        let digest: Digest
        let passes: [Bool]
    }

    private let judgements = Mutex<[Judgement]>([])

    /// Whether each row satisfies the condition with that digest, judged once as long as the piece is kept.
    func passes(_ digest: Digest, _ judge: (Int) throws(LakeError) -> Bool) throws(LakeError) -> [Bool] {
        let known = judgements.withLock { $0.first { $0.digest == digest }?.passes }
        if let known { return known }
        var passes: [Bool] = []
        passes.reserveCapacity(rowStarts.count)
        for start in rowStarts { passes.append(try judge(Int(start))) }
        judgements.withLock { judgements in
            if judgements.count == Self.conditionsMax { judgements.removeFirst() }
            judgements.append(Judgement(digest: digest, passes: passes))
        }
        return passes
    }
}

/// Opened pieces of row stores, up to a number of bytes for all stores together; the two-handed clock keeps what is asked for
/// again. Safe from any thread.
package final class RowCache: @unchecked Sendable {
    struct Place: Hashable {
        let version: VersionID
        /// The store's random seed: one that was built again has other pieces in the same places.
        let build: UInt64
        let offset: UInt64
    }

    private struct Slot {
        let piece: OpenedPiece
        var wasUsed: Bool
    }

    let bytesMax: Int
    private let lock = NSLock()
    private var slots: [Place: Slot] = [:]
    private var order: [Place] = []
    private var hand = 0
    private var bytesHeld = 0

    package init(bytesMax: Int) { self.bytesMax = bytesMax }

    subscript(place: Place) -> OpenedPiece? {
        lock.lock()
        defer { lock.unlock() }
        guard let slot = slots[place] else { return nil }
        if !slot.wasUsed { slots[place]?.wasUsed = true }
        return slot.piece
    }

    func keep(_ piece: OpenedPiece, for place: Place) {
        lock.lock()
        defer { lock.unlock() }
        guard piece.bytesHeld <= bytesMax, slots[place] == nil else { return }
        while bytesHeld + piece.bytesHeld > bytesMax, !order.isEmpty { evict() }
        slots[place] = Slot(piece: piece, wasUsed: false)
        order.append(place)
        bytesHeld += piece.bytesHeld
    }

    private func evict() {
        while true {
            if hand >= order.count { hand = 0 }
            let candidate = order[hand]
            if slots[candidate]?.wasUsed == true {
                slots[candidate]?.wasUsed = false
                hand += 1
                continue
            }
            bytesHeld -= slots[candidate]?.piece.bytesHeld ?? 0
            slots[candidate] = nil
            order[hand] = order[order.count - 1]
            order.removeLast()
            return
        }
    }
}
