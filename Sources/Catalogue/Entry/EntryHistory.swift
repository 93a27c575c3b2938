import Evidence
package import Kernel
import Persistence
import Policy

/// One act in an entry's history.
package struct EntryEvent: Hashable, Sendable {
    package let revision: Int
    package let act: Entry.Act
    /// As evidence names it.
    package let actor: String
    package let at: Instant
    package let reason: String?
    package let changes: [FieldChange]
}

enum EntryHistory {
    static func append(_ event: EntryEvent, to entry: EntryID, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO catalogue_history (entry, revision, act, actor, at, reason, changes)
            VALUES (\(entry), \(event.revision), \(event.act.rawValue), \(event.actor), \(event.at),
                \(event.reason), \(JSON.array(event.changes.map(\.json))))
            """)
    }

    /// Newest first.
    static func events(of entry: EntryID, max: Int, in connection: any Connection) throws -> [EntryEvent] {
        let rows = try connection.rows(
            """
            SELECT revision, act, actor, at, reason, changes FROM catalogue_history
            WHERE entry = \(entry) ORDER BY revision DESC LIMIT \(max)
            """)
        return try rows.compactMap { row in
            guard let act = Entry.Act(rawValue: try row.value("act")) else { return nil }
            let limits = JSON.Limits(bytesMax: EntryLimits.cardBytesMax)
            let changes = try JSON.parse(try row.value("changes", as: String.self), limits: limits)
            return EntryEvent(
                revision: try row.value("revision"), act: act, actor: try row.value("actor"),
                at: try row.value("at"), reason: try row.optional("reason"),
                changes: (changes.array ?? []).compactMap(FieldChange.init(json:)))
        }
    }

    /// The leaf of the act: which entry in which revision, and the digest of the card that stands after it.
    static func leaf(
        _ event: EntryEvent, entry: Entry, digest: String
    ) -> Leaf {
        var payload: [String: JSON] = [
            "revision": .integer(Int64(event.revision)), "state": .string(entry.state.rawValue),
            "cardDigest": .string(digest),
            "changedFields": .array(event.changes.prefix(100).map { .string($0.field) }),
        ]
        if let reason = event.reason { payload["reason"] = .string(reason) }
        if !entry.card.resourceCode.isEmpty { payload["resourceCode"] = .string(entry.card.resourceCode) }
        return Leaf(
            id: LeafID.new(at: event.at), type: "entry.\(event.act.rawValue)", at: event.at,
            actor: event.actor, subjects: [Leaf.Subject(entry.id)], payload: .object(payload))
    }
}
