package import Cryptography
internal import Kernel

/// 32 bytes without a heap: what trees and chains are made of by the million.
package struct TreeHash: Hashable, Sendable {
    private var words: SIMD4<UInt64>

    package static let zero = TreeHash(words: SIMD4(repeating: 0))

    private init(words: SIMD4<UInt64>) { self.words = words }

    /// Nil unless there are 32 bytes.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self = .zero
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
    }

    package var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }
    package var hex: String { bytes.hex }

    func copy(to target: UnsafeMutableRawPointer) {
        withUnsafeBytes(of: words) { source in
            if let base = source.baseAddress { target.copyMemory(from: base, byteCount: 32) }
        }
    }

    /// What `fill` writes into 32 bytes.
    static func filled(_ fill: (UnsafeMutablePointer<UInt8>) -> Void) -> TreeHash {
        var hash = TreeHash.zero
        withUnsafeMutableBytes(of: &hash.words) { raw in
            if let base = raw.bindMemory(to: UInt8.self).baseAddress { fill(base) }
        }
        return hash
    }
}

/// The four uses of the digest, kept apart by their first byte (RFC 6962 §2.1 for leaf and node).
package struct TreeHasher: Sendable {
    package let algorithm: DigestAlgorithm

    package init(_ algorithm: DigestAlgorithm) { self.algorithm = algorithm }

    private enum Domain {
        static let leaf: UInt8 = 0
        static let node: UInt8 = 1
        static let chain: UInt8 = 2
        static let origin: UInt8 = 3
        static let personal: UInt8 = 4
    }

    /// Of a leaf's canonical JSON. It is both the leaf's digest and its hash in the tree.
    package func leaf(_ canonical: UnsafeRawBufferPointer) -> TreeHash { prefixed(Domain.leaf, canonical) }
    package func leaf(_ canonical: String) -> TreeHash {
        var text = canonical
        return text.withUTF8 { leaf(UnsafeRawBufferPointer($0)) }
    }

    /// The same for bytes with one byte to spare in front, which is overwritten: nothing is copied.
    func leafInPlace(_ spareAndCanonical: UnsafeMutableRawBufferPointer) -> TreeHash {
        spareAndCanonical[0] = Domain.leaf
        return TreeHash.filled { algorithm.digest(UnsafeRawBufferPointer(spareAndCanonical), into: $0) }
    }

    package func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash { pair(Domain.node, left, right) }
    /// The chain's hash after `leaf`.
    package func chain(_ previous: TreeHash, _ leaf: TreeHash) -> TreeHash {
        pair(Domain.chain, previous, leaf)
    }
    /// The chain's hash before the first leaf: its own for every node.
    package func origin(node: String) -> TreeHash {
        var text = node
        return text.withUTF8 { prefixed(Domain.origin, UnsafeRawBufferPointer($0)) }
    }
    func personal(salt: [UInt8], canonical: String) -> TreeHash {
        (salt + canonical.utf8).withUnsafeBytes { prefixed(Domain.personal, $0) }
    }
    /// The root of no leaves.
    package var empty: TreeHash {
        TreeHash.filled { out in algorithm.digest(UnsafeRawBufferPointer(start: nil, count: 0), into: out) }
    }

    private func prefixed(_ domain: UInt8, _ bytes: UnsafeRawBufferPointer) -> TreeHash {
        withUnsafeTemporaryAllocation(byteCount: bytes.count + 1, alignment: 16) { buffer in
            buffer[0] = domain
            UnsafeMutableRawBufferPointer(rebasing: buffer[1...]).copyMemory(from: bytes)
            return TreeHash.filled { algorithm.digest(UnsafeRawBufferPointer(buffer), into: $0) }
        }
    }

    private func pair(_ domain: UInt8, _ left: TreeHash, _ right: TreeHash) -> TreeHash {
        withUnsafeTemporaryAllocation(byteCount: 65, alignment: 16) { buffer in
            buffer[0] = domain
            if let base = buffer.baseAddress {
                left.copy(to: base + 1)
                right.copy(to: base + 33)
            }
            return TreeHash.filled { algorithm.digest(UnsafeRawBufferPointer(buffer), into: $0) }
        }
    }
}
