package import Evidence
package import Kernel
package import Persistence

/// Who there is. Nothing is ever deleted: a party is dissolved and has successors, a name ends and another begins.
package struct Parties: Sendable {
    /// Of a list at once.
    package static let listMax = 5000

    let database: any Database
    let evidence: EvidenceLog

    package init(database: any Database, evidence: EvidenceLog) {
        self.database = database
        self.evidence = evidence
    }

    package func find(_ id: PartyID) async throws -> Party? {
        try await database.read { try Self.find(id, in: $0) }
    }

    /// - Throws: `partyUnknown` for one that `actor` does not administer, as for one that is not there.
    package func find(_ id: PartyID, within actor: Principal) async throws -> Party {
        try await database.read { connection in
            try AdministrativeScope.of(actor, in: connection).demand(unit: id)
            guard let party = try Self.find(id, in: connection) else { throw IdentityError.partyUnknown }
            return party
        }
    }

    /// For other domains inside their own transaction.
    package static func find(_ id: PartyID, in connection: any Connection) throws -> Party? {
        try parties("SELECT * FROM party WHERE id = \(id)", in: connection).first
    }

    /// Existing on `date`, oldest first; of every kind unless `kinds` says otherwise.
    package func all(kinds: Set<Party.Kind> = [], on date: CalendarDate) async throws -> [Party] {
        let wanted = (kinds.isEmpty ? Set(Party.Kind.allCases) : kinds).map(\.rawValue).sorted()
        return try await database.read { connection in
            try Self.parties(
                """
                SELECT * FROM party WHERE kind IN \(list: wanted) AND (founded IS NULL OR founded <= \(date))
                AND (dissolved IS NULL OR dissolved > \(date)) ORDER BY id LIMIT \(Self.listMax)
                """, in: connection)
        }
    }

    /// By any name a party has or had, whatever its script, width or spacing.
    package func named(_ name: String) async throws -> [Party] {
        try await database.read { try Self.named(name, in: $0) }
    }

    package static func named(_ name: String, in connection: any Connection) throws -> [Party] {
        try parties(
            """
            SELECT * FROM party WHERE id IN (SELECT party FROM party_name WHERE match_key = \(Party.matchKey(name)))
            ORDER BY id LIMIT \(listMax)
            """, in: connection)
    }

    package func create(_ draft: PartyDraft, by actor: Principal, at now: Instant) async throws -> Party {
        let id = PartyID.new(at: now)
        return try await database.write { connection in
            try create(draft, id: id, by: actor, at: now, in: connection)
        }
    }

    package func create(
        _ draft: PartyDraft, id: PartyID, by actor: Principal, at now: Instant, in connection: any Connection
    ) throws -> Party {
        try draft.checked()
        let scope = try AdministrativeScope.of(actor, in: connection)
        guard scope.contains(draft.parent) else { throw IdentityError.parentBeyond }
        try refuseTaken(draft.name, in: connection)
        if let uscc = draft.uscc, try connection.row("SELECT id FROM party WHERE uscc = \(uscc)") != nil {
            throw IdentityError.usccTaken(uscc)
        }
        if let parent = draft.parent, try Self.find(parent, in: connection) == nil {
            throw IdentityError.partyUnknown
        }
        try connection.execute(
            """
            INSERT INTO party (id, kind, uscc, division, parent, founded, created) VALUES (\(id),
            \(draft.kind.rawValue), \(draft.uscc), \(draft.division?.text), \(draft.parent), \(draft.founded), \(now))
            """)
        try insert(Party.Name(.official, draft.name, from: draft.founded), of: id, in: connection)
        for alias in Set(draft.aliases).sorted() {
            try insert(Party.Name(.alias, alias, from: draft.founded), of: id, in: connection)
        }
        try record(
            "party.created", [id], ["kind": .string(draft.kind.rawValue), "name": .string(draft.name)],
            by: actor, at: now, in: connection)
        guard let party = try Self.find(id, in: connection) else { throw IdentityError.partyUnknown }
        return party
    }

    /// The present official name ends the day before `date`; the party stays the same.
    package func rename(
        _ id: PartyID, to name: String, from date: CalendarDate, by actor: Principal, at now: Instant
    ) async throws {
        guard !Party.matchKey(name).isEmpty, name.count <= Party.nameCharactersMax else {
            throw IdentityError.partyNameEmpty
        }
        try await database.write { connection in
            try AdministrativeScope.of(actor, in: connection).demandBelow(id)
            try rename(id, to: name, from: date, by: actor, at: now, in: connection)
        }
    }

    func rename(
        _ id: PartyID, to name: String, from date: CalendarDate, by actor: Principal, at now: Instant,
        in connection: any Connection
    ) throws {
        let party = try standing(id, in: connection)
        if let present = party.names.last(where: { $0.kind == .official && $0.to == nil }),
            date <= present.from
        {
            throw IdentityError.partyBackwards(from: present.from)
        }
        try refuseTaken(name, in: connection)
        try connection.execute(
            """
            UPDATE party_name SET valid_to = \(date.adding(days: -1)) WHERE party = \(id)
            AND kind = 'official' AND valid_to IS NULL
            """)
        try insert(Party.Name(.official, name, from: date), of: id, in: connection)
        try record(
            "party.renamed", [id],
            [
                "from": .string(party.name(on: date.adding(days: -1))), "to": .string(name),
                "date": .string(date.description),
            ], by: actor, at: now, in: connection)
    }

    /// One into several, or several into one: `predecessors` end on `date`, and what was theirs is found at `successors`.
    package func succeed(
        _ predecessors: [PartyID], by successors: [PartyID], _ kind: Party.Succession, on date: CalendarDate,
        by actor: Principal, at now: Instant
    ) async throws {
        guard !predecessors.isEmpty, !successors.isEmpty, Set(predecessors).isDisjoint(with: successors)
        else {
            throw IdentityError.successionEmpty
        }
        try await database.write { connection in
            try AdministrativeScope.of(actor, in: connection).demand(predecessors, followedBy: successors)
            try end(predecessors, for: successors, kind, on: date, in: connection)
            try record(
                "party.succeeded", predecessors + successors,
                [
                    "kind": .string(kind.rawValue), "date": .string(date.description),
                    "predecessors": .array(predecessors.map { .string($0.text) }),
                    "successors": .array(successors.map { .string($0.text) }),
                ], by: actor, at: now, in: connection)
        }
    }

    /// The units end and are followed; whoever calls it records it.
    func end(
        _ predecessors: [PartyID], for successors: [PartyID], _ kind: Party.Succession, on date: CalendarDate,
        in connection: any Connection
    ) throws {
        for successor in successors { _ = try standing(successor, in: connection) }
        for predecessor in predecessors {
            let party = try standing(predecessor, in: connection)
            if let founded = party.founded, date < founded {
                throw IdentityError.partyBackwards(from: founded)
            }
            try connection.execute("UPDATE party SET dissolved = \(date) WHERE id = \(predecessor)")
            try connection.execute(
                """
                UPDATE party_name SET valid_to = \(date) WHERE party = \(predecessor) AND valid_to IS NULL
                AND valid_from <= \(date)
                """)
            for successor in successors {
                try Self.follow(predecessor, by: successor, kind, on: date, in: connection)
            }
        }
    }

    /// Who stands in the place of `id` today: itself while it exists, else the last of its successors.
    package func heirs(of id: PartyID) async throws -> [PartyID] {
        try await database.read { connection in
            try connection.rows(
                """
                WITH RECURSIVE heir (id) AS (SELECT id FROM party WHERE id = \(id) UNION SELECT s.successor FROM party_successor s JOIN heir h
                ON s.predecessor = h.id) SELECT h.id AS id FROM heir h JOIN party p ON p.id = h.id
                WHERE p.dissolved IS NULL ORDER BY h.id
                """
            ).map { try $0.value("id") }
        }
    }

    /// What a party came of, and what became of it: one step each way.
    package func lineage(
        of id: PartyID
    ) async throws -> (predecessors: [Party], successors: [Party]) {
        try await database.read { connection in
            (
                try Self.parties(
                    """
                    SELECT * FROM party WHERE id IN (SELECT predecessor FROM party_successor WHERE successor = \(id))
                    ORDER BY id LIMIT \(Self.listMax)
                    """, in: connection),
                try Self.parties(
                    """
                    SELECT * FROM party WHERE id IN (SELECT successor FROM party_successor WHERE predecessor = \(id))
                    ORDER BY id LIMIT \(Self.listMax)
                    """, in: connection)
            )
        }
    }

    /// `id` and everything below it.
    package func subtree(of id: PartyID) async throws -> [PartyID] {
        try await database.read { try Self.subtree(of: id, in: $0) }
    }

    package static func subtree(of id: PartyID, in connection: any Connection) throws -> [PartyID] {
        try connection.rows(
            """
            WITH RECURSIVE below (id) AS (SELECT id FROM party WHERE id = \(id) UNION SELECT p.id FROM party p JOIN below b ON p.parent = b.id)
            SELECT id FROM below ORDER BY id LIMIT \(listMax)
            """
        ).map { try $0.value("id") }
    }

    package func place(
        _ id: PartyID, below parent: PartyID?, by actor: Principal, at now: Instant
    ) async throws {
        try await database.write { connection in
            let scope = try AdministrativeScope.of(actor, in: connection)
            try scope.demandBelow(id)
            guard scope.contains(parent) else { throw IdentityError.parentBeyond }
            _ = try standing(id, in: connection)
            if let parent {
                _ = try standing(parent, in: connection)
                guard try !Self.subtree(of: id, in: connection).contains(parent) else {
                    throw IdentityError.parentWithin
                }
            }
            try connection.execute("UPDATE party SET parent = \(parent) WHERE id = \(id)")
            try record(
                "party.placed", [id] + (parent.map { [$0] } ?? []), [:], by: actor, at: now, in: connection)
        }
    }

    /// The members of a group; of any other party, itself.
    package func members(of id: PartyID) async throws -> [PartyID] {
        try await database.read { connection in
            guard let party = try Self.find(id, in: connection) else { throw IdentityError.partyUnknown }
            guard party.kind == .group else { return [id] }
            return try connection.rows(
                "SELECT member FROM party_member WHERE party_group = \(id) ORDER BY member"
            ).map { try $0.value("member") }
        }
    }

    package func setMembers(
        of id: PartyID, to members: [PartyID], by actor: Principal, at now: Instant
    ) async throws {
        try await database.write { connection in
            try setMembers(of: id, to: members, by: actor, at: now, in: connection)
        }
    }

    func setMembers(
        of id: PartyID, to members: [PartyID], by actor: Principal, at now: Instant,
        in connection: any Connection
    ) throws {
        let scope = try AdministrativeScope.of(actor, in: connection)
        try scope.demandBelow(id)
        guard try standing(id, in: connection).kind == .group else { throw IdentityError.notAGroup }
        let present: [PartyID] = try connection.rows(
            "SELECT member FROM party_member WHERE party_group = \(id) ORDER BY member"
        ).map { try $0.value("member") }
        guard (present + members).allSatisfy({ scope.contains($0) }) else {
            throw IdentityError.membersBeyond
        }
        try connection.execute("DELETE FROM party_member WHERE party_group = \(id)")
        for member in Set(members).sorted() {
            guard try standing(member, in: connection).kind != .group else { throw IdentityError.notAGroup }
            try connection.execute(
                "INSERT INTO party_member (party_group, member) VALUES (\(id), \(member))")
        }
        try record(
            "party.members-set", [id], ["members": .array(members.map { .string($0.text) })], by: actor,
            at: now, in: connection)
    }

    func standing(_ id: PartyID, in connection: any Connection) throws -> Party {
        guard let party = try Self.find(id, in: connection) else { throw IdentityError.partyUnknown }
        guard party.dissolved == nil else { throw IdentityError.partyDissolved }
        return party
    }

    func refuseTaken(_ name: String, in connection: any Connection) throws {
        let taken = try connection.row(
            """
            SELECT party FROM party_name WHERE match_key = \(Party.matchKey(name)) AND kind = 'official'
            AND valid_to IS NULL
            """)
        if taken != nil { throw IdentityError.partyNameTaken(name) }
    }

    private func insert(_ name: Party.Name, of id: PartyID, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO party_name (party, kind, name, match_key, valid_from, valid_to) VALUES (\(id),
            \(name.kind.rawValue), \(name.text), \(Party.matchKey(name.text)), \(name.from), \(name.to))
            """)
    }

    private func record(
        _ type: String, _ parties: [PartyID], _ payload: JSON, by actor: Principal, at now: Instant,
        in connection: any Connection
    ) throws {
        try evidence.append(
            Leaf(
                id: .new(at: now), type: type, at: now, actor: actor.actor,
                subjects: parties.map { .init($0) },
                payload: payload), in: connection)
    }
}

extension Parties {
    fileprivate static func parties(_ query: SQL, in connection: any Connection) throws -> [Party] {
        let rows = try connection.rows(query)
        let ids: [PartyID] = try rows.map { try $0.value("id") }
        var names: [PartyID: [Party.Name]] = [:]
        // Fewer than what one statement may bind.
        for start in stride(from: 0, to: ids.count, by: 500) {
            let slice = ids[start..<min(start + 500, ids.count)]
            let found = try connection.rows(
                """
                SELECT party, kind, name, valid_from, valid_to FROM party_name WHERE party IN \(list: Array(slice))
                ORDER BY valid_from, kind, name
                """)
            for row in found {
                let kind: String = try row.value("kind")
                guard let kind = Party.Name.Kind(rawValue: kind) else {
                    throw DatabaseError.unexpected(column: "kind", found: .text(kind))
                }
                names[try row.value("party"), default: []].append(
                    Party.Name(
                        kind, try row.value("name"), from: try row.value("valid_from"),
                        to: try row.optional("valid_to")))
            }
        }
        return try rows.map { row in
            let id: PartyID = try row.value("id")
            let kind: String = try row.value("kind")
            guard let kind = Party.Kind(rawValue: kind) else {
                throw DatabaseError.unexpected(column: "kind", found: .text(kind))
            }
            return Party(
                id: id, kind: kind, uscc: try row.optional("uscc"),
                division: try row.optional("division", as: String.self).flatMap(DivisionCode.init),
                parent: try row.optional("parent"), founded: try row.optional("founded"),
                dissolved: try row.optional("dissolved"), names: names[id] ?? [])
        }
    }
}
