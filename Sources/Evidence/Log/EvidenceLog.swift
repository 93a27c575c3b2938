package import Cryptography
package import Kernel
package import Persistence

/// The record of everything that was decided or released: written in the transaction of the act itself.
///
/// Appending only stores the leaf and its digest; the `Sequencer` gives it its place afterwards, so that acts never wait for
/// each other here.
package struct EvidenceLog: Sendable {
    package static let payloadBytesMax = 256 << 10
    package static let subjectsMax = 1000

    package let node: String
    package let hasher: TreeHasher
    private let personalCipher: Cipher?

    /// `personalCipher` seals what is personal; without it, a leaf with a personal part is refused.
    package init(node: String, digest: DigestAlgorithm, personalCipher: Cipher? = nil) {
        self.node = node
        hasher = TreeHasher(digest)
        self.personalCipher = personalCipher
    }

    /// Claims a migrated database for this log, or checks that it is this log's. Once at start.
    package func prepare(_ database: any Database) async throws {
        try await database.write { connection in
            let row = try connection.row("SELECT node, algorithm FROM evidence_state WHERE id = 1")
            if let row {
                let owner: String = try row.value("node")
                let algorithm: String = try row.value("algorithm")
                guard owner == node, algorithm == hasher.algorithm.rawValue else {
                    throw EvidenceError.otherLog(node: owner)
                }
                return
            }
            try connection.execute(
                """
                INSERT INTO evidence_state (id, node, algorithm, token, holder, until_at, size, chain, peaks)
                VALUES (1, \(node), \(hasher.algorithm.rawValue), 0, '', 0, 0, \(hasher.origin(node: node).bytes),
                    \([UInt8]()))
                """)
        }
    }

    /// Stores `leaf` with the transaction of `connection`, and answers its digest.
    @discardableResult
    package func append(_ leaf: Leaf, in connection: any Connection) throws -> Digest {
        try append([leaf], in: connection)[0]
    }

    /// As many leaves as an act or a group of acts has, with few statements; digests in the same order.
    @discardableResult
    package func append(_ leaves: [Leaf], in connection: any Connection) throws -> [Digest] {
        var digests: [Digest] = []
        var rows: [[SQLValue]] = []
        var personal: [[SQLValue]] = []
        digests.reserveCapacity(leaves.count)
        rows.reserveCapacity(leaves.count)
        for leaf in leaves {
            guard leaf.subjects.count <= Self.subjectsMax else {
                throw EvidenceError.tooManySubjects(max: Self.subjectsMax)
            }
            let sealed = try leaf.personal.map { try seal($0, of: leaf) }
            let record = LeafRecord(leaf, personal: sealed?.digest)
            guard record.payloadText.utf8.count <= Self.payloadBytesMax else {
                throw EvidenceError.payloadTooLarge(bytesMax: Self.payloadBytesMax)
            }
            let digest = try digest(of: record)
            digests.append(digest)
            rows.append([
                .text(leaf.id.text), .text(leaf.type), .integer(Int64(leaf.version)),
                .integer(leaf.at.microseconds), .text(leaf.actor), .text(record.subjectsText),
                .text(record.payloadText), sealed.map { .text($0.digest.text) } ?? .null,
                .bytes(digest.bytes),
            ])
            if let sealed {
                personal.append([
                    .text(leaf.id.text), .text(sealed.digest.text), .integer(leaf.at.microseconds),
                    .bytes(sealed.content),
                ])
            }
        }
        try connection.insert(rows, Self.intoLeaves)
        try connection.insert(personal, Self.intoPersonal)
        try connection.insert(rows.map { [$0[0]] }, Self.intoWaiting)
        return digests
    }

    private static let intoLeaves = Insertion(
        into: "evidence_leaf",
        ["id", "type", "version", "at", "actor", "subjects", "payload", "personal", "digest"])
    private static let intoPersonal = Insertion(
        into: "evidence_personal", ["leaf", "digest", "at", "content"])
    private static let intoWaiting = Insertion(into: "evidence_waiting", ["leaf"])

    /// A transaction of its own: for refusals and failures, whose acts left nothing to commit with.
    @discardableResult
    package func recordOnly(_ leaf: Leaf, in database: any Database) async throws -> Digest {
        try await database.write { try append(leaf, in: $0) }
    }

    func digest(of record: LeafRecord) throws -> Digest {
        try digest(record.canonical(node: node).withUnsafeBytes { hasher.leaf($0) })
    }

    func digest(_ hash: TreeHash) throws -> Digest {
        guard let digest = Digest(hasher.algorithm, bytes: hash.bytes) else {
            throw EvidenceError.damaged("digest")
        }
        return digest
    }
}

extension EvidenceLog {
    /// What is personal, sealed for its leaf, and the digest that the leaf keeps of it. The salt is sealed with it: whoever
    /// erases the row erases the only way to test a guess.
    private func seal(_ personal: JSON, of leaf: Leaf) throws -> (digest: Digest, content: [UInt8]) {
        guard let personalCipher else { throw EvidenceError.personalKeyMissing }
        let salt = try Secrets.random(32)
        let canonical = personal.canonical
        let digest = try digest(hasher.personal(salt: salt, canonical: canonical))
        return (digest, try personalCipher.seal(salt + canonical.utf8, aad: Array(leaf.id.text.utf8)))
    }

    /// The personal part of a leaf, nil if it never had one. Throws `personalErased` when its time has come.
    package func personal(of leaf: LeafID, in connection: any Connection) throws -> JSON? {
        try personalPart(of: leaf, in: connection)?.content
    }

    /// The same with its salt, for whoever may see the content and is to prove it elsewhere.
    package func personalPart(of leaf: LeafID, in connection: any Connection) throws -> PersonalPart? {
        let found = try connection.row(
            """
            SELECT l.personal AS digest, p.content AS content FROM evidence_leaf l
            LEFT JOIN evidence_personal p ON p.leaf = l.id WHERE l.id = \(leaf)
            """)
        guard let row = found else { throw EvidenceError.leafUnknown }
        guard let digest = try row.optional("digest", as: String.self) else { return nil }
        guard let content = try row.optional("content", as: [UInt8].self) else {
            throw EvidenceError.personalErased
        }
        guard let personalCipher else { throw EvidenceError.personalKeyMissing }
        let opened = try personalCipher.open(content, aad: Array(leaf.text.utf8))
        let text = String(decoding: opened.dropFirst(32), as: UTF8.self)
        let salt = Array(opened.prefix(32))
        let actual = try self.digest(hasher.personal(salt: salt, canonical: text))
        guard actual.text == digest else { throw EvidenceError.damaged("personal part of \(leaf)") }
        return PersonalPart(salt: salt, content: try JSON.parse(text))
    }

    /// Erases personal parts of leaves before `instant`, at most `rowsMax` at a time; answers how many. Chain and proofs hold.
    @discardableResult
    package func erasePersonal(before instant: Instant, rowsMax: Int = 5000, in connection: any Connection)
        throws
        -> Int
    {
        try connection.execute(
            """
            DELETE FROM evidence_personal WHERE leaf IN
                (SELECT leaf FROM evidence_personal WHERE at < \(instant) ORDER BY at LIMIT \(rowsMax))
            """)
    }

    /// Erases the personal part of one leaf: true if there was one.
    @discardableResult
    package func erasePersonal(of leaf: LeafID, in connection: any Connection) throws -> Bool {
        try connection.execute("DELETE FROM evidence_personal WHERE leaf = \(leaf)") > 0
    }
}
