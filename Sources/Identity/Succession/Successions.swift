import Cryptography
import Evidence
package import Kernel
import Persistence

/// Plans successions, rehearses them, and carries them out on their day.
package struct Successions: Sendable {
    let parties: Parties
    private let known: KnownTokens
    let belongings: [PartyBelongings]

    package init(parties: Parties, posts: Posts, belongings: [PartyBelongings]) {
        self.parties = parties
        known = posts.known
        self.belongings = belongings + [Self.places]
    }

    package func find(_ id: SuccessionID) async throws -> Succession {
        try await parties.database.read { try Self.load(id, in: $0) }
    }

    /// Latest first.
    package func all() async throws -> [Succession] {
        try await parties.database.read { try Self.successions(where: "1 = 1", in: $0) }
    }

    /// Planned ones whose day has come, oldest first.
    package func due(on day: CalendarDate) async throws -> [Succession] {
        try await parties.database.read {
            try Self.successions(where: "state = 'planned' AND date <= \(day)", in: $0)
        }.sorted { ($0.order.date, $0.id) < ($1.order.date, $1.id) }
    }

    /// A draft, of which nothing comes before it is confirmed.
    package func draft(_ order: SuccessionOrder, by actor: Principal, at now: Instant) async throws
        -> SuccessionID
    {
        try order.checked()
        let id = SuccessionID.new(at: now)
        return try await parties.database.write { connection in
            try Self.demandScope(of: order, for: actor, in: connection)
            try demandUnits(of: order, in: connection)
            try demandFree(order, in: connection)
            try connection.execute(
                """
                INSERT INTO party_succession (id, kind, predecessors, successors, date, document, new_name, state,
                    revision, made_by, made_at)
                VALUES (\(id), \(order.kind.rawValue), \(try Document(order.predecessors)),
                    \(try Document(order.successors)), \(order.date), \(order.document), \(order.newName),
                    'draft', 1, \(actor.account), \(now))
                """)
            return id
        }
    }

    /// What would happen now, without any record.
    package func rehearse(_ id: SuccessionID) async throws -> SuccessionRehearsal {
        try await parties.database.read { connection in
            try rehearse(try Self.load(id, in: connection), by: .system(), in: connection)
        }
    }

    /// Says where things go; nil takes back what was said. Everything is said or nothing.
    package func choose(
        _ choices: [(choice: Choice, heir: PartyID?)], in id: SuccessionID, seen: Int, by actor: Principal,
        at now: Instant
    ) async throws {
        try await parties.database.write { connection in
            let succession = try Self.open(id, seen: seen, in: connection)
            try Self.demandScope(of: succession.order, for: actor, in: connection)
            guard succession.order.kind == .split else { throw SuccessionError.choiceInvalid }
            for (choice, heir) in choices {
                let (kind, item) = choice.columns
                guard let heir else {
                    try connection.execute(
                        """
                        DELETE FROM party_succession_choice WHERE succession = \(id) AND kind = \(kind)
                        AND item = \(item)
                        """)
                    continue
                }
                guard succession.order.successors.contains(heir) else { throw SuccessionError.choiceInvalid }
                try connection.execute(
                    """
                    INSERT INTO party_succession_choice (succession, kind, item, heir)
                    VALUES (\(id), \(kind), \(item), \(heir))
                    ON CONFLICT (succession, kind, item) DO UPDATE SET heir = excluded.heir
                    """)
            }
            // What was confirmed is not what would happen any more.
            try Self.move(succession, to: .draft, in: connection)
        }
    }

    /// What a choice is about.
    package enum Choice: Sendable, Hashable {
        case everything
        case kind(SuccessionItem.Kind)
        case item(SuccessionItem.Key)

        fileprivate var columns: (kind: String, item: String) {
            switch self {
            case .everything: ("", "")
            case .kind(let kind): (kind.rawValue, "")
            case .item(let key): (key.kind.rawValue, key.id)
            }
        }
    }

    /// From now on it takes effect on its day; at once when the day is here. What nobody is assigned to, and what cannot be moved, stops it
    /// with its name; what is under way stops it only on the day itself.
    package func confirm(
        _ id: SuccessionID, seen: Int, by actor: Principal, at now: Instant
    ) async throws -> Succession {
        defer { known.forget() }
        return try await parties.database.write { connection in
            let succession = try Self.open(id, seen: seen, in: connection)
            try Self.demandScope(of: succession.order, for: actor, in: connection)
            let isDue = succession.order.date <= now.date()
            let rehearsal = try rehearse(succession, by: actor, in: connection)
            let faults = rehearsal.faults.filter { isDue || $0.reason != .underWay }
            guard faults.isEmpty else { throw SuccessionError.blocked(faults) }
            try Self.move(succession, to: .planned, by: actor, in: connection)
            try record("party.succession-planned", succession, [:], by: actor, at: now, in: connection)
            if isDue { try carryOut(rehearsal, by: actor, at: now, in: connection) }
            return try Self.load(id, in: connection)
        }
    }

    /// Before its day, or while something stands against it.
    package func withdraw(_ id: SuccessionID, seen: Int, by actor: Principal, at now: Instant) async throws {
        try await parties.database.write { connection in
            let succession = try Self.open(id, seen: seen, in: connection)
            try Self.demandScope(of: succession.order, for: actor, in: connection)
            try Self.move(succession, to: .withdrawn, endedAt: now, in: connection)
            try record("party.succession-withdrawn", succession, [:], by: actor, at: now, in: connection)
        }
    }

    /// A planned one whose day has come, once: whoever comes second finds it done and does nothing. Answers whether it was done here.
    package func effect(_ id: SuccessionID, by actor: Principal, at now: Instant) async throws -> Bool {
        defer { known.forget() }
        do {
            return try await parties.database.write { connection in
                let succession = try Self.load(id, in: connection)
                guard succession.state == .planned, succession.order.date <= now.date() else { return false }
                if let post = succession.confirmedPost {
                    try Self.demandScope(
                        of: succession.order, within: AdministrativeScope.of(post, in: connection))
                }
                let rehearsal = try rehearse(succession, by: actor, in: connection)
                guard rehearsal.faults.isEmpty else { throw SuccessionError.blocked(rehearsal.faults) }
                try carryOut(rehearsal, by: actor, at: now, in: connection)
                return true
            }
        } catch let error as any ProblemConvertible {
            try await note(Self.said(error.problem), of: id)
            return false
        }
    }

    /// Why it waits; it is tried again.
    package func note(_ problem: Message, of id: SuccessionID) async throws {
        try await parties.database.write { connection in
            _ = try connection.execute(
                """
                UPDATE party_succession SET problem = \(try Document(problem))
                WHERE id = \(id) AND state = 'planned'
                """)
        }
    }

    /// With the first thing that stands against it.
    private static func said(_ problem: Problem) -> Message {
        problem.places.first?.message ?? problem.message
    }
}
