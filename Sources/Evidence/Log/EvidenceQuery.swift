package import Cryptography
package import Kernel
package import Persistence

/// What somebody browses the log for, newest first.
package struct EvidenceQuery: Sendable, Hashable {
    package static let pageRowsMax = 500
    static let waitingRowsMax = 2000
    package var type: String?
    package var subject: Leaf.Subject?
    package var actor: String?
    package var from: Instant?
    /// Exclusive.
    package var to: Instant?

    package init(
        type: String? = nil, subject: Leaf.Subject? = nil, actor: String? = nil, from: Instant? = nil,
        to: Instant? = nil
    ) {
        self.type = type
        self.subject = subject
        self.actor = actor
        self.from = from
        self.to = to
    }
}

/// Where a page ended; the next begins after it, whatever was appended meanwhile.
package struct EvidenceCursor: Sendable, Hashable, LosslessStringConvertible {
    let at: Instant
    let leaf: LeafID

    init(at: Instant, leaf: LeafID) {
        self.at = at
        self.leaf = leaf
    }

    package init?(_ text: String) {
        let parts = text.split(separator: ".")
        guard parts.count == 2, let microseconds = Int64(parts[0]), let leaf = LeafID(String(parts[1])) else {
            return nil
        }
        self.init(at: Instant(microseconds: microseconds), leaf: leaf)
    }

    package var description: String { "\(at.microseconds).\(leaf)" }
}

/// A leaf as it is found in the log.
package struct EvidenceEntry: Sendable, Hashable {
    package let record: LeafRecord
    package let digest: Digest
    /// Its place in the chain; nil for the moment until it has one.
    package let index: Int64?
}

package struct EvidencePage: Sendable, Hashable {
    package let entries: [EvidenceEntry]
    /// Nil on the last page.
    package let next: EvidenceCursor?
}

extension EvidenceLog {
    package func page(
        _ query: EvidenceQuery, after cursor: EvidenceCursor? = nil, rowsMax: Int = 50,
        in connection: any Connection
    ) throws -> EvidencePage {
        let limit = max(1, min(rowsMax, EvidenceQuery.pageRowsMax))
        let found =
            try placed(query, after: cursor, rowsMax: limit + 1, in: connection)
            + waiting(query, after: cursor, rowsMax: limit + 1, in: connection)
        let newestFirst = found.sorted { ($0.record.at, $0.record.id) > ($1.record.at, $1.record.id) }
        let entries = Array(newestFirst.prefix(limit))
        let last = found.count > limit ? entries.last : nil
        return EvidencePage(
            entries: entries, next: last.map { EvidenceCursor(at: $0.record.at, leaf: $0.record.id) })
    }

    private func placed(
        _ query: EvidenceQuery, after cursor: EvidenceCursor?, rowsMax: Int, in connection: any Connection
    ) throws -> [EvidenceEntry] {
        var sql: SQL = "SELECT l.*, c.position AS position FROM evidence_chain c"
        // With a subject its own table leads, whose key is in this very order.
        let (at, leaf): (SQL, SQL) = query.subject == nil ? ("c.at", "c.leaf") : ("s.at", "s.leaf")
        if query.subject != nil { sql = sql + " JOIN evidence_subject s ON s.leaf = c.leaf" }
        sql = sql + " JOIN evidence_leaf l ON l.id = c.leaf WHERE 1 = 1"
        if let subject = query.subject {
            sql = sql + " AND s.kind = \(subject.kind) AND s.subject = \(subject.id)"
        }
        if let type = query.type { sql = sql + " AND c.type = \(type)" }
        if let actor = query.actor { sql = sql + " AND c.actor = \(actor)" }
        sql = sql + Self.bounds(query, cursor, at: at, leaf: leaf)
        return try connection.rows(sql + " ORDER BY \(at) DESC, \(leaf) DESC LIMIT \(rowsMax)").map(entry)
    }

    /// Leaves that have no place yet are in no index: few as long as a sequencer lives, and the newest of many.
    private func waiting(
        _ query: EvidenceQuery, after cursor: EvidenceCursor?, rowsMax: Int, in connection: any Connection
    ) throws -> [EvidenceEntry] {
        var sql: SQL = """
            SELECT l.*, NULL AS position FROM
                (SELECT leaf FROM evidence_waiting ORDER BY leaf DESC LIMIT \(EvidenceQuery.waitingRowsMax)) w
            JOIN evidence_leaf l ON l.id = w.leaf WHERE 1 = 1
            """
        if let type = query.type { sql = sql + " AND l.type = \(type)" }
        if let actor = query.actor { sql = sql + " AND l.actor = \(actor)" }
        sql = sql + Self.bounds(query, cursor, at: "l.at", leaf: "l.id")
        let entries = try connection.rows(sql + " ORDER BY l.at DESC, l.id DESC").map(entry)
        guard let subject = query.subject else { return Array(entries.prefix(rowsMax)) }
        return Array(entries.filter { $0.record.subjects.contains(subject) }.prefix(rowsMax))
    }

    private static func bounds(_ query: EvidenceQuery, _ cursor: EvidenceCursor?, at: SQL, leaf: SQL) -> SQL {
        var sql: SQL = ""
        if let from = query.from { sql = sql + " AND \(at) >= \(from)" }
        if let to = query.to { sql = sql + " AND \(at) < \(to)" }
        if let cursor { sql = sql + " AND (\(at), \(leaf)) < (\(cursor.at), \(cursor.leaf))" }
        return sql
    }

    package func entry(_ leaf: LeafID, in connection: any Connection) throws -> EvidenceEntry? {
        try connection.row(
            """
            SELECT l.*, c.position AS position FROM evidence_leaf l
            LEFT JOIN evidence_chain c ON c.leaf = l.id WHERE l.id = \(leaf)
            """
        ).map(entry)
    }

    /// In the order of the chain, for readers that follow the log as a feed of events: those from `index` on.
    package func entries(from index: Int64, rowsMax: Int, in connection: any Connection) throws
        -> [EvidenceEntry]
    {
        try connection.rows(
            """
            SELECT l.*, c.position AS position FROM evidence_chain c JOIN evidence_leaf l ON l.id = c.leaf
            WHERE c.position >= \(index) ORDER BY c.position LIMIT \(rowsMax)
            """
        ).map(entry)
    }

    /// The newest, or the one of `size`.
    package func checkpoint(size: Int64? = nil, in connection: any Connection) throws -> Envelope? {
        let condition: SQL = size.map { "size = \($0)" } ?? "1 = 1"
        let row = try connection.row(
            "SELECT envelope FROM evidence_checkpoint WHERE \(condition) ORDER BY size DESC LIMIT 1")
        return try row.map { try Envelope(JSON.parse($0.value("envelope", as: String.self))) }
    }

    private func entry(_ row: Row) throws -> EvidenceEntry {
        guard let digest = Digest(hasher.algorithm, bytes: try row.value("digest")) else {
            throw EvidenceError.damaged("digest of \(row["id"])")
        }
        return EvidenceEntry(record: try LeafRecord(row), digest: digest, index: try row.optional("position"))
    }
}
