package import Cryptography
package import Evidence
package import Kernel
import Policy

/// The proof of one file release: what was given to whom under which grant, signed by the node.
package struct Receipt: Sendable, Hashable {
    package static let documentType = "receipt"

    package let payload: JSON

    init(payload: JSON) { self.payload = payload }

    init(
        node: String, _ release: FileRelease, _ figures: ReleaseFigures, plan: Plan, planDigest: String,
        authorisedLeaf: Digest, settledAt: Instant, emergency: Instant? = nil
    ) {
        var members: [String: JSON] = [
            "node": .string(node), "release": .string(release.id.text),
            "grant": ["id": .string(release.grant.text), "revision": .integer(Int64(release.revision))],
            "plan": .string(planDigest), "purpose": .string(plan.purpose),
            "entry": .string(release.entry.text),
            "version": [
                "id": .string(release.version.text), "number": .integer(Int64(release.versionNumber)),
            ],
            "provider": .string(release.provider.text), "recipient": .string(release.recipient.text),
            "requestedBy": .string(release.requestedBy.text), "delivery": .string(release.delivery.rawValue),
            "columns": Self.columns(of: plan), "predicate": Self.predicate(of: plan),
            "rowsOut": .integer(figures.rowsOut), "rowsWithheld": .integer(figures.rowsWithheld),
            "contentDigest": .string(figures.contentDigest),
            "authorisedAt": .string(release.authorisedAt.description),
            "settledAt": .string(settledAt.description), "authorisedLeaf": .string(authorisedLeaf.text),
        ]
        if let consent = plan.circumstances.consent {
            members["consent"] = [
                "number": .string(consent.number), "issuer": .string(consent.issuer),
                "on": .string(consent.on.description),
            ]
        }
        if let emergency { members["emergency"] = ["endsAt": .string(emergency.description)] }
        if let sha256 = figures.sha256 {
            members["file"] = ["bytes": .integer(figures.bytes), "sha256": .string(sha256)]
        }
        payload = .object(members)
    }

    static func columns(of plan: Plan) -> JSON {
        .array(
            plan.outputs.map { output in
                [
                    "name": .string(output.column.name), "type": .string(output.column.type.description),
                    "mask": output.mask?.json ?? .null,
                ]
            })
    }

    /// The predicate may name persons: its digest shows that it was this one, its text stays with the grant.
    static func predicate(of plan: Plan) -> JSON {
        plan.predicate.map { .string(DigestAlgorithm.sha256.digest($0.text).hex) } ?? .null
    }

    /// Named by the *settled* leaf, so that receipt and evidence cannot be exchanged against each other.
    var digest: String { DigestAlgorithm.sha256.digest(payload.canonical).hex }
}

/// A receipt as it is downloaded: the signed payload, its two leaves, and their proofs under signed checkpoints. Checked offline,
/// with nothing but the node's public key.
package struct ReceiptDocument: Sendable, Hashable {
    package let envelope: Envelope
    package let authorised: ProvenLeaf
    package let settled: ProvenLeaf

    package var json: JSON {
        [
            "receipt": envelope.json,
            "authorised": authorised.json, "settled": settled.json,
        ]
    }

    init(envelope: Envelope, authorised: ProvenLeaf, settled: ProvenLeaf) {
        self.envelope = envelope
        self.authorised = authorised
        self.settled = settled
    }

    package init(_ json: JSON) throws {
        guard let envelope = json["receipt"], let authorised = json["authorised"],
            let settled = json["settled"],
            json.object?.count == 3
        else { throw ReceiptFault.malformed }
        self.init(
            envelope: try Envelope(envelope), authorised: try ProvenLeaf(authorised),
            settled: try ProvenLeaf(settled))
    }

    /// What was proven, or the first thing that does not hold.
    package struct Findings: Sendable, Hashable {
        package let payload: JSON
        package let checkpointAt: Instant
        package let checkpointSize: Int64
        /// True when the file itself was compared.
        package let fileCompared: Bool
    }

    /// `file` is the bytes and SHA-256 of the released file, when it is at hand. Throws `ReceiptFault` for what does not hold.
    package func verify(
        trusting keys: TrustedKeys, file: (bytes: Int64, sha256: String)? = nil
    ) throws -> Findings {
        let payload = try envelope.verify(trusting: keys, type: Receipt.documentType)
        guard let release = payload["release"]?.string, let node = payload["node"]?.string else {
            throw ReceiptFault.malformed
        }
        let last = try Self.check(settled, "release.settled", release, node, keys)
        _ = try Self.check(authorised, "release.authorised", release, node, keys)
        guard payload["authorisedLeaf"]?.string == authorised.proof.leaf.text else {
            throw ReceiptFault.otherLeaf("authorised")
        }
        let digest = DigestAlgorithm.sha256.digest(payload.canonical).hex
        guard settled.record["payload"]?["receipt"]?.string == digest else {
            throw ReceiptFault.otherLeaf("settled")
        }
        if let file {
            guard payload["file"]?["sha256"]?.string == file.sha256,
                payload["file"]?["bytes"]?.integer == file.bytes
            else { throw ReceiptFault.otherFile }
        }
        return Findings(
            payload: payload, checkpointAt: last.at, checkpointSize: last.size, fileCompared: file != nil)
    }

    private static func check(
        _ leaf: ProvenLeaf, _ type: String, _ release: String, _ node: String, _ keys: TrustedKeys
    ) throws -> Checkpoint {
        let checkpoint = try leaf.verify(trusting: keys)
        guard checkpoint.node == node else { throw EvidenceError.otherNode }
        guard leaf.type == type, leaf.names(release) else { throw ReceiptFault.otherLeaf(type) }
        return checkpoint
    }
}

/// Why a receipt is not believed.
package enum ReceiptFault: Error, Sendable, Hashable {
    case malformed
    /// The record is of another release, or says other figures.
    case otherLeaf(String)
    case otherFile
    /// An answer's rows, or what it says of itself, are not those on record.
    case otherAnswer
}

extension ReceiptFault: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .malformed: Problem(.invalid, Message("receipt.malformed"))
        case .otherLeaf(let leaf): Problem(.refused, Message("receipt.other-leaf", ["leaf": leaf]))
        case .otherFile: Problem(.refused, Message("receipt.other-file"))
        case .otherAnswer: Problem(.refused, Message("receipt.other-answer"))
        }
    }
}
