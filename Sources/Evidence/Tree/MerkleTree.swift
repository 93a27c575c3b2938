/// The shape of an RFC 6962 tree over `size` leaves, given the hash of any whole subtree.
///
/// `subtree(level, position)` answers the root of the leaves `position << level ..< (position + 1) << level`.
struct MerkleTree {
    let hasher: TreeHasher
    let size: Int64
    let subtree: (_ level: Int, _ position: Int64) throws -> TreeHash

    func root() throws -> TreeHash { size == 0 ? hasher.empty : try hash(0, size) }

    /// From the leaf upwards (RFC 9162 §2.1.3.1).
    func inclusionPath(of index: Int64) throws -> [TreeHash] {
        var path: [TreeHash] = []
        var (start, end) = (Int64(0), size)
        while end - start > 1 {
            let middle = start + Self.split(end - start)
            if index < middle {
                path.append(try hash(middle, end))
                end = middle
            } else {
                path.append(try hash(start, middle))
                start = middle
            }
        }
        return path.reversed()
    }

    /// That the first `old` leaves are the beginning of these (RFC 9162 §2.1.4.1). Empty for `old` of 0 and of `size`.
    func consistencyPath(from old: Int64) throws -> [TreeHash] {
        guard old > 0, old < size else { return [] }
        var path: [TreeHash] = []
        var (start, end, isWhole) = (Int64(0), size, true)
        while end != old {
            let middle = start + Self.split(end - start)
            if old <= middle {
                path.append(try hash(middle, end))
                end = middle
            } else {
                path.append(try hash(start, middle))
                start = middle
                isWhole = false
            }
        }
        if !isWhole { path.append(try hash(start, end)) }
        return path.reversed()
    }

    /// `start` is where a subtree of that many leaves begins.
    private func hash(_ start: Int64, _ end: Int64) throws -> TreeHash {
        let count = end - start
        if count & (count - 1) == 0 {
            let level = count.trailingZeroBitCount
            return try subtree(level, start >> level)
        }
        let middle = start + Self.split(count)
        return hasher.node(try hash(start, middle), try hash(middle, end))
    }

    /// The largest power of two below `count`.
    private static func split(_ count: Int64) -> Int64 {
        1 << (Int64.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}

extension TreeHasher {
    /// RFC 9162 §2.1.3.2.
    package func includes(
        leaf: TreeHash, index: Int64, size: Int64, path: [TreeHash], root: TreeHash
    ) -> Bool {
        guard index >= 0, index < size else { return false }
        var (node, last, hash) = (index, size - 1, leaf)
        for sibling in path {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                hash = self.node(sibling, hash)
                if node & 1 == 0 {
                    while node & 1 == 0 && node != 0 {
                        node >>= 1
                        last >>= 1
                    }
                }
            } else {
                hash = self.node(hash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }

    /// RFC 9162 §2.1.4.2, with the two sizes for which the path is empty.
    package func isConsistent(
        oldSize: Int64, oldRoot: TreeHash, newSize: Int64, newRoot: TreeHash, path: [TreeHash]
    ) -> Bool {
        guard oldSize >= 0, oldSize <= newSize else { return false }
        if oldSize == 0 { return path.isEmpty && oldRoot == empty }
        if oldSize == newSize { return path.isEmpty && oldRoot == newRoot }
        var path = path[...]
        if oldSize & (oldSize - 1) == 0 { path = [oldRoot] + path }
        guard let first = path.popFirst() else { return false }
        var (node, last) = (oldSize - 1, newSize - 1)
        while node & 1 == 1 {
            node >>= 1
            last >>= 1
        }
        var (old, new) = (first, first)
        for hash in path {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                old = self.node(hash, old)
                new = self.node(hash, new)
                while node & 1 == 0 && node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                new = self.node(new, hash)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && old == oldRoot && new == newRoot
    }
}
