import Cryptography
import Evidence
import Kernel
import Persistence

extension Successions {
    static let listMax = 1_000

    static func load(_ id: SuccessionID, in connection: any Connection) throws -> Succession {
        guard let found = try successions(where: "id = \(id)", in: connection).first else {
            throw SuccessionError.unknown
        }
        return found
    }

    /// One that can still be changed, as it was seen.
    static func open(_ id: SuccessionID, seen: Int, in connection: any Connection) throws -> Succession {
        let succession = try load(id, in: connection)
        guard succession.isOpen else { throw SuccessionError.notOpen }
        guard succession.revision == seen else { throw SuccessionError.stale }
        return succession
    }

    static func move(
        _ succession: Succession, to state: Succession.State, by confirmer: Principal? = nil,
        endedAt: Instant? = nil, in connection: any Connection
    ) throws {
        let changed = try connection.execute(
            """
            UPDATE party_succession SET state = \(state.rawValue), revision = revision + 1, problem = \(nil),
                confirmed_by = \(confirmer?.account), confirmed_post = \(confirmer?.post), ended_at = \(endedAt)
            WHERE id = \(succession.id) AND revision = \(succession.revision)
            """)
        guard changed == 1 else { throw SuccessionError.stale }
    }

    static func choices(of id: SuccessionID, in connection: any Connection) throws -> SuccessionChoices {
        var choices = SuccessionChoices()
        for row in try connection.rows(
            "SELECT kind, item, heir FROM party_succession_choice WHERE succession = \(id)")
        {
            let (name, item): (String, String) = (try row.value("kind"), try row.value("item"))
            let heir: PartyID = try row.value("heir")
            guard let kind = SuccessionItem.Kind(rawValue: name) else {
                if name.isEmpty { choices.base = heir }
                continue
            }
            if item.isEmpty {
                choices.kinds[kind] = heir
            } else {
                choices.items[SuccessionItem.Key(kind, item)] = heir
            }
        }
        return choices
    }

    static func successions(where condition: SQL, in connection: any Connection) throws -> [Succession] {
        try connection.rows(
            """
            SELECT * FROM party_succession WHERE \(condition) ORDER BY id DESC LIMIT \(listMax)
            """
        ).map { row in
            let (kind, state): (String, String) = (try row.value("kind"), try row.value("state"))
            guard let known = Succession.Kind(rawValue: kind), let stands = Succession.State(rawValue: state)
            else { throw DatabaseError.unexpected(column: "kind", found: .text(kind)) }
            let predecessors: Document<[PartyID]> = try row.value("predecessors")
            let successors: Document<[PartyID]> = try row.value("successors")
            let problem: Document<Message>? = try row.optional("problem")
            let lines: Document<[SuccessionLine]>? = try row.optional("lines")
            return Succession(
                id: try row.value("id"),
                order: SuccessionOrder(
                    kind: known, predecessors: predecessors.content, successors: successors.content,
                    date: try row.value("date"), document: try row.value("document"),
                    newName: try row.value("new_name")),
                state: stands, revision: try row.value("revision"), problem: problem?.content,
                madeAt: try row.value("made_at"), confirmedBy: try row.optional("confirmed_by"),
                confirmedPost: try row.optional("confirmed_post"), endedAt: try row.optional("ended_at"),
                lines: lines?.content ?? [],
                linesDigest: try row.optional("lines_digest", as: String.self).flatMap { Digest($0) })
        }
    }

    func record(
        _ type: String, _ succession: Succession, _ payload: [String: JSON], by actor: Principal,
        at now: Instant, in connection: any Connection
    ) throws {
        let order = succession.order
        var payload = payload
        payload["kind"] = .string(order.kind.rawValue)
        payload["date"] = .string(order.date.description)
        payload["document"] = .string(order.document)
        payload["predecessors"] = .array(order.predecessors.map { .string($0.text) })
        payload["successors"] = .array(order.successors.map { .string($0.text) })
        try parties.evidence.append(
            Leaf(
                id: .new(at: now), type: type, at: now, actor: actor.actor,
                subjects: [Leaf.Subject(succession.id)]
                    + (order.predecessors + order.successors).map { Leaf.Subject($0) },
                payload: .object(payload)), in: connection)
    }
}
