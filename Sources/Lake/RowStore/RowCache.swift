import Foundation
import Kernel

/// Opened blocks of row stores, up to a number of bytes for all stores together; the two-handed clock keeps what is asked for
/// again. Safe from any thread.
package final class RowCache: @unchecked Sendable {
    struct Place: Hashable {
        let version: VersionID
        /// The store's random seed: one that was built again has other pieces in the same places.
        let build: UInt64
        let offset: UInt64
    }

    private struct Slot {
        let bytes: [UInt8]
        var wasUsed: Bool
    }

    let bytesMax: Int
    private let lock = NSLock()
    private var slots: [Place: Slot] = [:]
    private var order: [Place] = []
    private var hand = 0
    private var bytesHeld = 0

    package init(bytesMax: Int) { self.bytesMax = bytesMax }

    subscript(place: Place) -> [UInt8]? {
        lock.lock()
        defer { lock.unlock() }
        guard let slot = slots[place] else { return nil }
        if !slot.wasUsed { slots[place]?.wasUsed = true }
        return slot.bytes
    }

    func keep(_ bytes: [UInt8], for place: Place) {
        lock.lock()
        defer { lock.unlock() }
        guard bytes.count <= bytesMax, slots[place] == nil else { return }
        while bytesHeld + bytes.count > bytesMax, !order.isEmpty { evict() }
        slots[place] = Slot(bytes: bytes, wasUsed: false)
        order.append(place)
        bytesHeld += bytes.count
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
            bytesHeld -= slots[candidate]?.bytes.count ?? 0
            slots[candidate] = nil
            order[hand] = order[order.count - 1]
            order.removeLast()
            return
        }
    }
}
