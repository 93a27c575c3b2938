import Cryptography
import Testing

@testable import Evidence

/// Straight from RFC 6962's definitions, without any of the shortcuts.
private struct NaiveTree {
    let hasher: TreeHasher
    let leaves: [TreeHash]

    func root(_ range: Range<Int>) -> TreeHash {
        if range.isEmpty { return hasher.empty }
        if range.count == 1 { return leaves[range.lowerBound] }
        let middle = range.lowerBound + split(range.count)
        return hasher.node(root(range.lowerBound..<middle), root(middle..<range.upperBound))
    }

    func path(_ index: Int, _ range: Range<Int>) -> [TreeHash] {
        if range.count == 1 { return [] }
        let middle = range.lowerBound + split(range.count)
        return index < middle
            ? path(index, range.lowerBound..<middle) + [root(middle..<range.upperBound)]
            : path(index, middle..<range.upperBound) + [root(range.lowerBound..<middle)]
    }

    func consistency(_ old: Int, _ range: Range<Int>, whole: Bool = true) -> [TreeHash] {
        if old == range.count { return whole ? [] : [root(range)] }
        let half = split(range.count)
        let middle = range.lowerBound + half
        return old <= half
            ? consistency(old, range.lowerBound..<middle, whole: whole) + [root(middle..<range.upperBound)]
            : consistency(old - half, middle..<range.upperBound, whole: false) + [
                root(range.lowerBound..<middle)
            ]
    }

    private func split(_ count: Int) -> Int {
        var half = 1
        while half * 2 < count { half *= 2 }
        return half
    }
}

@Suite struct `The Merkle tree` {
    private static let sizesMax = 70

    private func naive(_ size: Int, _ algorithm: DigestAlgorithm = .sha256) -> NaiveTree {
        let hasher = TreeHasher(algorithm)
        return NaiveTree(hasher: hasher, leaves: (0..<size).map { hasher.leaf("leaf \($0)") })
    }

    private func tree(_ naive: NaiveTree) -> MerkleTree {
        MerkleTree(hasher: naive.hasher, size: Int64(naive.leaves.count)) { level, position in
            naive.root(Int(position) << level..<Int(position + 1) << level)
        }
    }

    @Test(arguments: DigestAlgorithm.allCases)
    func `has the naive tree's root at every size, also from its right edge`(algorithm: DigestAlgorithm)
        throws
    {
        let all = naive(Self.sizesMax, algorithm)
        var edge = RightEdge(all.hasher)
        #expect(edge.root == all.hasher.empty)
        for size in 1...Self.sizesMax {
            edge.add(all.leaves[size - 1])
            let expected = all.root(0..<size)
            #expect(edge.root == expected)
            #expect(
                try tree(NaiveTree(hasher: all.hasher, leaves: Array(all.leaves[..<size]))).root() == expected
            )
            #expect(RightEdge(all.hasher, size: Int64(size), bytes: edge.bytes)?.root == expected)
        }
    }

    @Test func `proves inclusion of every leaf at every size, and of no other`() throws {
        for size in 1...Self.sizesMax {
            let naive = naive(size)
            let (root, tree) = (naive.root(0..<size), tree(naive))
            for index in 0..<size {
                let path = try tree.inclusionPath(of: Int64(index))
                #expect(path == naive.path(index, 0..<size))
                func holds(_ leaf: TreeHash, _ index: Int, _ size: Int, _ path: [TreeHash]) -> Bool {
                    naive.hasher.includes(
                        leaf: leaf, index: Int64(index), size: Int64(size), path: path, root: root)
                }
                #expect(holds(naive.leaves[index], index, size, path))
                #expect(!holds(naive.leaves[(index + 1) % size], index, size, path) || size == 1)
                #expect(!holds(naive.leaves[index], index, size, path + [root]))
                #expect(!holds(naive.leaves[index], index + size, size, path))
                if !path.isEmpty {
                    #expect(!holds(naive.leaves[index], index, size, path.dropLast()))
                    #expect(!holds(naive.leaves[index], (index + 1) % size, size, path))
                    #expect(!holds(naive.leaves[index], index, size, path.map { naive.hasher.node($0, $0) }))
                }
            }
        }
    }

    @Test func `proves that every size begins with every smaller one`() throws {
        for new in 1...Self.sizesMax {
            let naive = naive(new)
            let (root, tree) = (naive.root(0..<new), tree(naive))
            for old in 0...new {
                let path = try tree.consistencyPath(from: Int64(old))
                if old > 0 { #expect(path == naive.consistency(old, 0..<new)) }
                func holds(_ old: Int, _ oldRoot: TreeHash, _ path: [TreeHash]) -> Bool {
                    naive.hasher.isConsistent(
                        oldSize: Int64(old), oldRoot: oldRoot, newSize: Int64(new), newRoot: root, path: path)
                }
                #expect(holds(old, naive.root(0..<old), path))
                #expect(!holds(old, naive.hasher.leaf("another"), path))
                #expect(!holds(old, naive.root(0..<old), path + [root]))
                if path.count > 1 { #expect(!holds(old, naive.root(0..<old), path.dropLast())) }
            }
        }
    }

    @Test func `tells of each subtree of 256 leaves once`() {
        let hasher = TreeHasher(.sha256)
        let leaves = (0..<1000).map { hasher.leaf("\($0)") }
        var edge = RightEdge(hasher)
        var tiles: [RightEdge.Tile] = []
        for leaf in leaves { edge.add(leaf) { tiles.append($0) } }
        let naive = NaiveTree(hasher: hasher, leaves: leaves)
        #expect(
            tiles
                == (0..<3).map {
                    RightEdge.Tile(level: 1, position: Int64($0), hash: naive.root($0 * 256..<($0 + 1) * 256))
                })
    }

    @Test func `keeps its digests apart by use, and answers the RFC's root of nothing`() {
        let hasher = TreeHasher(.sha256)
        #expect(hasher.empty.hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(hasher.leaf("").hex == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
        #expect(hasher.node(.zero, .zero) != hasher.chain(.zero, .zero))
        #expect(hasher.origin(node: "a") != hasher.leaf("a"))
    }
}
