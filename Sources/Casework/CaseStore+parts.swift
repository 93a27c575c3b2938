import Identity
import Kernel
import Persistence

/// What lists are read from: whose turn a case is, which units have a part in it, each with the keys that it is ordered by. Rewritten by
/// every act, so that a page of a list is a short walk along an index however many cases there are.
extension CaseStore {
    /// As the day of a case without a deadline: after all others.
    static let noDue = "9999-12-31"

    func saveTurn(
        of value: Case, under workflow: Workflow, due: CalendarDate?, at: Instant,
        in connection: any Connection
    ) throws {
        let holders = value.holders(under: workflow)
        try saveHolders(holders, of: value, due: due, at: at, in: connection)
        try connection.execute("DELETE FROM case_excluded WHERE case_id = \(value.id)")
        for account in value.excluded(under: workflow).sorted() {
            try connection.execute(
                "INSERT INTO case_excluded (case_id, account_id) VALUES (\(value.id), \(account))")
        }
        try saveParts(
            of: value, holders, isOver: workflow.state(value.state)?.isFinal ?? true, due: due, at: at,
            in: connection)
    }

    /// Whoever goes on holding it, while it stays where it is, holds it since they got it.
    private func saveHolders(
        _ holders: [CaseHolder], of value: Case, due: CalendarDate?, at: Instant,
        in connection: any Connection
    ) throws {
        var since: [CaseHolder: Instant] = [:]
        if let last = value.history.last, last.from == last.to {
            for row in try connection.rows(
                "SELECT party_id, role, post_id, since FROM case_holder WHERE case_id = \(value.id)")
            {
                guard let holder = try Self.holder(row) else { continue }
                since[holder] = try row.value("since")
            }
        }
        try connection.execute("DELETE FROM case_holder WHERE case_id = \(value.id)")
        for holder in holders {
            try connection.execute(
                """
                INSERT INTO case_holder (case_id, party_id, role, post_id, seats, state, due_key, changed_at, since)
                VALUES (\(value.id), \(holder.party), \(holder.role.rawValue), \(holder.post?.text ?? ""),
                    \(value.seats(of: holder.party)), \(value.state), \(due?.description ?? Self.noDue), \(at), \(since[holder] ?? at))
                """)
        }
    }

    private func saveParts(
        of value: Case, _ holders: [CaseHolder], isOver: Bool, due: CalendarDate?, at: Instant,
        in connection: any Connection
    ) throws {
        let turn = Set(holders.map(\.party))
        let asked = (value.chain?.steps ?? []).flatMap(\.signatures).compactMap(\.party)
        let all = turn.union(value.seats.values).union(asked).union(value.history.compactMap(\.party))
        try connection.execute("DELETE FROM case_part WHERE case_id = \(value.id)")
        if isOver { try saveHeirs(of: all, in: value, due: due, at: at, in: connection) }
        for party in all.sorted() {
            let stage =
                isOver ? "over" : turn.contains(party) ? "own" : turn.isEmpty ? "none" : "other"
            try connection.execute(
                """
                INSERT INTO case_part (case_id, party_id, seats, stage, state, due_key, changed_at)
                VALUES (\(value.id), \(party), \(value.seats(of: party)), \(stage), \(value.state),
                    \(due?.description ?? Self.noDue), \(at))
                """)
        }
    }

    /// Whoever followed a unit that had a part finds the case when it is over.
    private func saveHeirs(
        of parties: Set<PartyID>, in value: Case, due: CalendarDate?, at: Instant,
        in connection: any Connection
    ) throws {
        let heirs = try Parties.descendants(of: parties.sorted(), in: connection).filter {
            !parties.contains($0.heir)
        }
        for (heir, forebears) in Dictionary(grouping: heirs, by: \.heir).sorted(by: { $0.key < $1.key }) {
            let seats = Set(forebears.flatMap { value.seatNames(of: $0.forebear) }).sorted()
            try connection.execute(
                """
                INSERT INTO case_part (case_id, party_id, seats, stage, state, due_key, changed_at)
                VALUES (\(value.id), \(heir), \(seats.joined(separator: ",")), 'over', \(value.state),
                    \(due?.description ?? Self.noDue), \(at))
                """)
        }
    }

    /// The deadline moved and nothing else did.
    func saveDue(_ due: CalendarDate?, of id: CaseID, in connection: any Connection) throws {
        let key = due?.description ?? Self.noDue
        try connection.execute("UPDATE case_holder SET due_key = \(key) WHERE case_id = \(id)")
        try connection.execute("UPDATE case_part SET due_key = \(key) WHERE case_id = \(id)")
    }

    /// Nil for a role that this program does not know.
    static func holder(_ row: Row) throws -> CaseHolder? {
        guard let role = Role(rawValue: try row.value("role")) else { return nil }
        let post: String = try row.value("post_id")
        return CaseHolder(party: try row.value("party_id"), role: role, post: PostID(post))
    }
}

extension Case {
    /// By name and in their order, parted by commas; empty for a party without one.
    fileprivate func seats(of party: PartyID) -> String {
        seatNames(of: party).joined(separator: ",")
    }

    fileprivate func seatNames(of party: PartyID) -> [String] {
        seats.filter { $0.value == party }.keys.sorted()
    }
}
