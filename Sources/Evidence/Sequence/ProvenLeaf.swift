package import Cryptography
package import Kernel
package import Persistence

/// A record as it was digested, and its place under a signed checkpoint: what `/api/v1/leaves/{id}/proof` answers.
package struct ProvenLeaf: Sendable, Hashable {
    package let record: JSON
    package let proof: LeafProof

    package init(record: JSON, proof: LeafProof) {
        self.record = record
        self.proof = proof
    }

    package var json: JSON { ["record": record, "proof": proof.json] }

    package init(_ json: JSON) throws {
        guard let record = json["record"], let proof = json["proof"], json.object?.count == 2 else {
            throw EvidenceError.proofMalformed
        }
        self.init(record: record, proof: try LeafProof(proof))
    }

    package var type: String { record["type"]?.string ?? "" }

    /// The checkpoint that covers the record.
    ///
    /// - Throws: an unknown signer, a wrong signature, a wrong path; `EvidenceError.recordChanged` when the record is not the one
    ///   whose digest is proven; `.otherNode` when it says to be of another node than the one that signed.
    package func verify(trusting keys: TrustedKeys) throws -> Checkpoint {
        let checkpoint = try proof.verify(trusting: keys)
        let hash = TreeHasher(proof.leaf.algorithm).leaf(record.canonical)
        guard hash.bytes == proof.leaf.bytes else { throw EvidenceError.recordChanged(type) }
        guard record["node"]?.string == checkpoint.node else { throw EvidenceError.otherNode }
        return checkpoint
    }

    package func names(kind: String, _ id: String) -> Bool {
        (record["subjects"]?.array ?? []).contains {
            $0["kind"]?.string == kind && $0["id"]?.string == id
        }
    }
}

/// What is personal of a record, with the salt that ties it to the digest in the record. Whoever has it can show it; whoever erases it
/// leaves the record whole.
package struct PersonalPart: Sendable, Hashable {
    package let salt: [UInt8]
    package let content: JSON

    package init(salt: [UInt8], content: JSON) {
        self.salt = salt
        self.content = content
    }

    package init?(_ json: JSON) {
        guard let salt = json["salt"]?.string.flatMap({ [UInt8](hex: $0) }), salt.count == 32,
            let content = json["content"]
        else { return nil }
        self.init(salt: salt, content: content)
    }

    package var json: JSON { ["salt": .string(salt.hex), "content": content] }

    /// Whether it is what `leaf` was made with.
    package func belongs(to leaf: ProvenLeaf) -> Bool {
        guard let digest = leaf.record["personal"]?.string.flatMap({ Digest($0) }) else { return false }
        let hash = TreeHasher(digest.algorithm).personal(salt: salt, canonical: content.canonical)
        return hash.bytes == digest.bytes
    }
}

extension EvidenceLog {
    /// The record with its proof under the oldest checkpoint that covers it; `leafWaiting` until there is one.
    package func proven(_ leaf: LeafID, in connection: any Connection) throws -> ProvenLeaf {
        guard let entry = try entry(leaf, in: connection) else { throw EvidenceError.leafUnknown }
        return ProvenLeaf(
            record: try JSON.parse(entry.record.canonical(node: node)),
            proof: try inclusionProof(of: leaf, in: connection))
    }
}
