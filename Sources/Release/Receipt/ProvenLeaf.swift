package import Cryptography
package import Evidence
package import Kernel

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
            throw ReceiptFault.malformed
        }
        self.init(record: record, proof: try LeafProof(proof))
    }

    package var type: String { record["type"]?.string ?? "" }

    /// The checkpoint that covers the record.
    ///
    /// - Throws: an unknown signer, a wrong signature, a wrong path; `ReceiptFault.recordChanged` when the record is not the one
    ///   whose digest is proven; `.otherNode` when it says to be of another node than the one that signed.
    package func verify(trusting keys: TrustedKeys) throws -> Checkpoint {
        let checkpoint = try proof.verify(trusting: keys)
        let hash = TreeHasher(proof.leaf.algorithm).leaf(record.canonical)
        guard hash.bytes == proof.leaf.bytes else { throw ReceiptFault.recordChanged(type) }
        guard record["node"]?.string == checkpoint.node else { throw ReceiptFault.otherNode }
        return checkpoint
    }

    /// That this is the file on record: of a stream that came whole, or of a release that settled.
    ///
    /// - Throws: `ReceiptFault.otherFile`, also when the record knows of no whole file.
    package func demand(file: (bytes: Int64, sha256: String)) throws(ReceiptFault) {
        let payload = record["payload"]
        guard payload?["sha256"]?.string == file.sha256,
            payload?["bytes"].map({ $0.integer == file.bytes }) ?? true
        else { throw .otherFile }
    }

    func names(_ release: String) -> Bool {
        (record["subjects"]?.array ?? []).contains {
            $0["kind"]?.string == ReleaseNoun.kind && $0["id"]?.string == release
        }
    }
}

/// The answer of a look-up or a page as its asker kept it, against the record that was made before it left.
package struct AnswerProof: Sendable, Hashable {
    package let answer: JSON
    package let leaf: ProvenLeaf

    package init(answer: JSON, leaf: ProvenLeaf) {
        self.answer = answer
        self.leaf = leaf
    }

    package struct Findings: Sendable, Hashable {
        package let release: String
        package let rows: Int
        package let checkpointAt: Instant
        package let checkpointSize: Int64
    }

    /// - Throws: what `ProvenLeaf.verify` throws; `ReceiptFault.otherAnswer` when rows, columns, grant or version are not those on
    ///   record.
    package func verify(trusting keys: TrustedKeys) throws -> Findings {
        guard var content = answer.object, let digest = content.removeValue(forKey: "leaf")?.string,
            let release = answer["release"]?.string
        else { throw ReceiptFault.malformed }
        // A verify call is answered yes or no, and has no rows.
        guard let rows = answer["rows"]?.array ?? (answer["answer"]?.string == nil ? nil : []) else {
            throw ReceiptFault.malformed
        }
        let checkpoint = try leaf.verify(trusting: keys)
        guard leaf.type == "release.authorised", leaf.names(release) else {
            throw ReceiptFault.otherLeaf("release.authorised")
        }
        guard digest == leaf.proof.leaf.text, answer["leafId"] == leaf.record["id"],
            leaf.record["payload"]?["answer"]?.string
                == DigestAlgorithm.sha256.digest(JSON.object(content).canonical).hex
        else { throw ReceiptFault.otherAnswer }
        return Findings(
            release: release, rows: rows.count, checkpointAt: checkpoint.at, checkpointSize: checkpoint.size)
    }
}
