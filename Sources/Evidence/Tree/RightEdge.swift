/// A growing tree's right edge: one peak a set bit of the size, largest first. A leaf costs two hashes on average.
package struct RightEdge: Sendable, Hashable {
    package struct Tile: Sendable, Hashable {
        /// 1 for 256 leaves, 2 for 65,536 …
        package let level: Int
        package let position: Int64
        package let hash: TreeHash
    }

    static let tileBits = 8
    private let treeHasher: TreeHasher
    package private(set) var size: Int64
    private var peaks: [TreeHash]

    package init(_ hasher: TreeHasher) {
        treeHasher = hasher
        size = 0
        peaks = []
    }

    /// Nil unless `bytes` holds one peak a set bit of `size`.
    init?(_ hasher: TreeHasher, size: Int64, bytes: [UInt8]) {
        guard size >= 0, bytes.count == 32 * size.nonzeroBitCount else { return nil }
        treeHasher = hasher
        self.size = size
        peaks = stride(from: 0, to: bytes.count, by: 32).compactMap { TreeHash(bytes[$0..<$0 + 32]) }
    }

    var bytes: [UInt8] { peaks.flatMap(\.bytes) }

    /// Tells `tile` of each whole subtree of 256, 65,536 … leaves that `leaf` completes.
    package mutating func add(_ leaf: TreeHash, tile: (Tile) -> Void = { _ in }) {
        var hash = leaf
        var level = 0
        var position = size
        while position & 1 == 1 {
            hash = treeHasher.node(peaks.removeLast(), hash)
            level += 1
            position >>= 1
            if level % Self.tileBits == 0 {
                tile(Tile(level: level / Self.tileBits, position: position, hash: hash))
            }
        }
        peaks.append(hash)
        size += 1
    }

    package var root: TreeHash {
        guard var hash = peaks.last else { return treeHasher.empty }
        for peak in peaks.dropLast().reversed() { hash = treeHasher.node(peak, hash) }
        return hash
    }

    package static func == (left: RightEdge, right: RightEdge) -> Bool {
        left.size == right.size && left.peaks == right.peaks
    }
    package func hash(into hasher: inout Hasher) {
        hasher.combine(size)
        hasher.combine(peaks)
    }
}
