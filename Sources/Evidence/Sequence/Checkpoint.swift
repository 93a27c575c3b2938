package import Cryptography
package import Kernel

/// The signed state of the log after `size` leaves. Kept elsewhere too, it shows what was cut off or exchanged later.
package struct Checkpoint: Sendable, Hashable {
    package static let documentType = "checkpoint"

    package let node: String
    package let size: Int64
    package let root: Digest
    package let chain: Digest
    package let at: Instant
    /// The digest of the checkpoint before; nil for the first.
    package let previous: Digest?

    package init(
        node: String, size: Int64, root: Digest, chain: Digest, at: Instant, previous: Digest?
    ) {
        self.node = node
        self.size = size
        self.root = root
        self.chain = chain
        self.at = at
        self.previous = previous
    }

    package var json: JSON {
        [
            "node": .string(node), "size": .integer(size), "root": .string(root.text),
            "chain": .string(chain.text), "at": .integer(at.microseconds),
            "previous": previous.map { .string($0.text) } ?? .null,
        ]
    }

    /// Nil if anything is not as `json` writes it.
    package init?(_ json: JSON) {
        guard let node = json["node"]?.string, let size = json["size"]?.integer, size >= 0,
            let root = json["root"]?.string.flatMap({ Digest($0) }),
            let chain = json["chain"]?.string.flatMap({ Digest($0) }),
            let at = json["at"]?.integer, let previous = json["previous"],
            root.algorithm == chain.algorithm
        else { return nil }
        let before = previous.string.flatMap { Digest($0) }
        guard before != nil || previous == .null else { return nil }
        self.init(
            node: node, size: size, root: root, chain: chain, at: Instant(microseconds: at), previous: before)
    }

    /// What the next checkpoint calls `previous`.
    package var digest: Digest { root.algorithm.digest(json.canonicalBytes) }

    package func signed(with signer: Signer) throws -> Envelope {
        try Envelope.sign(type: Self.documentType, version: 1, payload: json, with: signer)
    }

    /// The checkpoint that a trusted key signed.
    package init(_ envelope: Envelope, trusting keys: TrustedKeys) throws {
        let payload = try envelope.verify(trusting: keys, type: Self.documentType)
        guard let checkpoint = Checkpoint(payload) else {
            throw CryptographyError.envelopeMalformed("payload")
        }
        self = checkpoint
    }
}
