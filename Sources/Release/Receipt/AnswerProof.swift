package import Cryptography
package import Evidence
package import Kernel

extension ProvenLeaf {
    /// That this is the file on record: of a stream that came whole, or of a release that settled.
    ///
    /// - Throws: `ReceiptFault.otherFile`, also when the record knows of no whole file.
    package func demand(file: (bytes: Int64, sha256: String)) throws(ReceiptFault) {
        let payload = record["payload"]
        guard payload?["sha256"]?.string == file.sha256,
            payload?["bytes"].map({ $0.integer == file.bytes }) ?? true
        else { throw .otherFile }
    }

    func names(_ release: String) -> Bool { names(kind: ReleaseNoun.kind, release) }
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
