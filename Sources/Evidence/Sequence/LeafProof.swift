package import Cryptography
package import Kernel
package import Persistence

/// That one leaf is under one signed checkpoint; small enough for a receipt, and checked without the log.
package struct LeafProof: Sendable, Hashable {
    package let leaf: Digest
    package let index: Int64
    /// From the leaf upwards.
    package let path: [Digest]
    package let checkpoint: Envelope

    package init(leaf: Digest, index: Int64, path: [Digest], checkpoint: Envelope) {
        self.leaf = leaf
        self.index = index
        self.path = path
        self.checkpoint = checkpoint
    }

    package var json: JSON {
        [
            "leaf": .string(leaf.text), "index": .integer(index),
            "path": .array(path.map { .string($0.text) }), "checkpoint": checkpoint.json,
        ]
    }

    package init(_ json: JSON) throws {
        guard let leaf = json["leaf"]?.string.flatMap({ Digest($0) }), let index = json["index"]?.integer,
            let texts = json["path"]?.array, texts.count <= 64, let checkpoint = json["checkpoint"]
        else { throw EvidenceError.proofMalformed }
        let path = texts.compactMap { $0.string.flatMap { Digest($0) } }
        guard path.count == texts.count else { throw EvidenceError.proofMalformed }
        self.init(leaf: leaf, index: index, path: path, checkpoint: try Envelope(checkpoint))
    }

    /// The checkpoint that covers the leaf. Throws for an unknown signer, a wrong signature and a wrong path alike.
    @discardableResult
    package func verify(trusting keys: TrustedKeys) throws -> Checkpoint {
        let checkpoint = try Checkpoint(self.checkpoint, trusting: keys)
        let hashes = ([leaf, checkpoint.root] + path).compactMap { TreeHash($0.bytes) }
        guard ([leaf] + path).allSatisfy({ $0.algorithm == checkpoint.root.algorithm }),
            hashes.count == path.count + 2,
            TreeHasher(leaf.algorithm).includes(
                leaf: hashes[0], index: index, size: checkpoint.size, path: Array(hashes[2...]),
                root: hashes[1])
        else { throw EvidenceError.proofWrong }
        return checkpoint
    }
}

extension LeafProof: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(JSON.parse(decoder.singleValueContainer().decode(String.self)))
    }

    /// As one string of canonical JSON, because the envelope's signature covers exactly those bytes.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(json.canonical)
    }
}

extension EvidenceLog {
    /// The proof under the oldest checkpoint that covers the leaf, or under the one of `size`. Throws `leafWaiting` until then.
    package func inclusionProof(of leaf: LeafID, size: Int64? = nil, in connection: any Connection) throws
        -> LeafProof
    {
        let found = try connection.row(
            """
            SELECT l.digest AS digest, c.position AS position FROM evidence_leaf l
            LEFT JOIN evidence_chain c ON c.leaf = l.id WHERE l.id = \(leaf)
            """)
        guard let found else { throw EvidenceError.leafUnknown }
        guard let index = try found.optional("position", as: Int64.self) else {
            throw EvidenceError.leafWaiting
        }
        let condition: SQL = size.map { "size = \($0)" } ?? "size > \(index)"
        let covering = try connection.row(
            "SELECT size, envelope FROM evidence_checkpoint WHERE \(condition) ORDER BY size LIMIT 1")
        guard let covering, try covering.value("size", as: Int64.self) > index else {
            if let size { throw EvidenceError.checkpointUnknown(size: size) }
            throw EvidenceError.leafWaiting
        }
        let tree = tree(size: try covering.value("size"), in: connection)
        guard let digest = Digest(hasher.algorithm, bytes: try found.value("digest")) else {
            throw EvidenceError.damaged("digest of \(leaf)")
        }
        return LeafProof(
            leaf: digest, index: index, path: try tree.inclusionPath(of: index).map { try self.digest($0) },
            checkpoint: try Envelope(JSON.parse(covering.value("envelope", as: String.self))))
    }

    /// That the log of `old` leaves is the beginning of the log of `new`.
    package func consistencyProof(from old: Int64, to new: Int64, in connection: any Connection) throws
        -> [Digest]
    {
        for size in [old, new] where size > 0 {
            let known = try connection.row("SELECT size FROM evidence_checkpoint WHERE size = \(size)")
            guard known != nil else { throw EvidenceError.checkpointUnknown(size: size) }
        }
        return try tree(size: new, in: connection).consistencyPath(from: old).map { try digest($0) }
    }

    private func tree(size: Int64, in connection: any Connection) -> MerkleTree {
        MerkleTree(hasher: hasher, size: size) { level, position in
            try subtree(level: level, position: position, in: connection)
        }
    }

    /// From the tile, or from at most 128 hashes of the tile level below.
    private func subtree(level: Int, position: Int64, in connection: any Connection) throws -> TreeHash {
        let tile = level / RightEdge.tileBits
        let spread = level % RightEdge.tileBits
        let first = position << spread
        let end = (position + 1) << spread
        let rows =
            tile == 0
            ? try connection.rows(
                """
                SELECT l.digest AS hash FROM evidence_chain c JOIN evidence_leaf l ON l.id = c.leaf
                WHERE c.position >= \(first) AND c.position < \(end) ORDER BY c.position
                """)
            : try connection.rows(
                """
                SELECT hash FROM evidence_tile WHERE level = \(tile) AND position >= \(first)
                    AND position < \(end) ORDER BY position
                """)
        var hashes = try rows.compactMap { TreeHash(try $0.value("hash", as: [UInt8].self)) }
        guard hashes.count == 1 << spread else { throw EvidenceError.damaged("subtree \(level)/\(position)") }
        while hashes.count > 1 {
            hashes = stride(from: 0, to: hashes.count, by: 2).map { hasher.node(hashes[$0], hashes[$0 + 1]) }
        }
        return hashes[0]
    }
}
