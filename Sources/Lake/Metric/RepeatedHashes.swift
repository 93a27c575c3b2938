import Glibc

/// Finds the hashes that come more than once, in memory that does not grow with their number: they lie by their leading bits in
/// the partitions of a file that has no name, and one partition after the other is looked through.
package final class RepeatedHashes {
    /// How many bits of a hash count; the sign bit of what the engine gives as BIGINT is none.
    package static let bits = 63
    private static let partitions = 256
    private static let blockValues = 1024
    private static let blockBytes = blockValues * MemoryLayout<UInt64>.stride

    private let folder: String
    private let bytesMax: Int64
    private let buffers: UnsafeMutablePointer<UInt64>
    private var filled = [Int](repeating: 0, count: RepeatedHashes.partitions)
    /// Where in the file the full blocks of each partition lie.
    private var blocks = [[Int64]](repeating: [], count: RepeatedHashes.partitions)
    private var file: NamelessFile?
    private var end: Int64 = 0
    /// How many hashes were added.
    package private(set) var count: Int64 = 0

    /// `bytesMax` is how much the file in `folder` may hold; nothing is written below some 250,000 hashes.
    package init(folder: String, bytesMax: Int64) {
        self.folder = folder
        self.bytesMax = bytesMax
        buffers = .allocate(capacity: Self.partitions * Self.blockValues)
    }

    deinit { buffers.deallocate() }

    /// - Throws: `RepeatedHashesFull` beyond `bytesMax`, `LakeError.diskFull`, `fileUnreadable`.
    package func add(_ hash: UInt64) throws {
        let partition = Int(truncatingIfNeeded: hash >> UInt64(Self.bits - 8)) & (Self.partitions - 1)
        let used = filled[partition]
        buffers[partition * Self.blockValues + used] = hash
        count += 1
        if used + 1 < Self.blockValues {
            filled[partition] = used + 1
        } else {
            try write(partition)
            filled[partition] = 0
        }
    }

    /// Gives each hash that came more than once, once, in batches of at most `batchMax`.
    package func forEachBatch(max batchMax: Int, _ body: ([UInt64]) throws -> Void) throws {
        var batch: [UInt64] = []
        let block = UnsafeMutablePointer<UInt64>.allocate(capacity: Self.blockValues)
        defer { block.deallocate() }
        for partition in 0..<Self.partitions {
            var seen = SeenHashes()
            func look(_ values: UnsafePointer<UInt64>, _ count: Int) throws {
                for position in 0..<count where seen.isSecond(values[position]) {
                    batch.append(values[position])
                    if batch.count == batchMax {
                        try body(batch)
                        batch.removeAll(keepingCapacity: true)
                    }
                }
            }
            for offset in blocks[partition] {
                guard let file,
                    pread(file.descriptor, block, Self.blockBytes, off_t(offset)) == Self.blockBytes
                else { throw Durable.failure(folder) }
                try look(block, Self.blockValues)
            }
            try look(buffers + partition * Self.blockValues, filled[partition])
        }
        if !batch.isEmpty { try body(batch) }
    }

    private func write(_ partition: Int) throws {
        guard end + Int64(Self.blockBytes) <= bytesMax else { throw RepeatedHashesFull() }
        if file == nil { file = NamelessFile(in: folder) }
        let block = UnsafeRawBufferPointer(
            start: buffers + partition * Self.blockValues, count: Self.blockBytes)
        guard let file, file.write(block, at: end) else { throw Durable.failure(folder) }
        blocks[partition].append(end)
        end += Int64(Self.blockBytes)
    }
}

/// More hashes than the worker's temporary files may hold.
package struct RepeatedHashesFull: Error {}

/// A set by open addressing; what it holds are hashes already, so their own bits are their places.
private struct SeenHashes {
    private var slots = [UInt64](repeating: 0, count: 1 << 12)
    private var isToldAt = [Bool](repeating: false, count: 1 << 12)
    private var count = 0
    /// 0 marks a free slot, so its own occurrences are counted apart.
    private var zeros = 0

    /// True the second time a hash comes, and not again.
    mutating func isSecond(_ hash: UInt64) -> Bool {
        guard hash != 0 else {
            zeros += 1
            return zeros == 2
        }
        let slot = place(of: hash)
        guard slots[slot] != hash else {
            defer { isToldAt[slot] = true }
            return !isToldAt[slot]
        }
        slots[slot] = hash
        count += 1
        if count * 2 > slots.count { grow() }
        return false
    }

    private func place(of hash: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0, slots[slot] != hash { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let (old, told) = (slots, isToldAt)
        slots = [UInt64](repeating: 0, count: old.count * 2)
        isToldAt = [Bool](repeating: false, count: old.count * 2)
        for (slot, hash) in old.enumerated() where hash != 0 {
            let new = place(of: hash)
            slots[new] = hash
            isToldAt[new] = told[slot]
        }
    }
}
