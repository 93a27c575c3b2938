import Casework
package import Identity
package import Kernel
package import Persistence
import Policy

/// What a unit that ends has in sharing: cases with their requests, grants on either side, running exchanges, certificates, approval chains.
extension Exchange {
    package typealias Titles = @Sendable ([EntryID], any Connection) throws -> [EntryID: String]

    package func belongings(titles: @escaping Titles) -> PartyBelongings {
        PartyBelongings(
            listed: { unit, connection in
                try openCases(of: unit, in: connection)
                    + standingGrants(of: unit, titles, in: connection)
                    + agreements(of: unit, titles, in: connection)
                    + chains(of: unit, in: connection)
            },
            checked: { move, connection in try collisions(move, in: connection) },
            moved: { move, connection in
                for (item, heir) in move.moving(.openCase, .caseToDecide) {
                    guard let id = CaseID(item.id) else { continue }
                    try pass(id, to: heir, move, in: connection)
                }
                try cases.inherit(move.predecessor, by: move.successors, at: move.at, in: connection)
                try passGrants(move, in: connection)
                try passAgreements(move, in: connection)
                try passChains(move, in: connection)
            })
    }

    // MARK: - Cases

    private func openCases(of unit: PartyID, in connection: any Connection) throws -> [SuccessionItem] {
        try cases.openParts(of: unit, limit: Succession.itemsMax, in: connection).compactMap { part in
            let isOfGrant = part.seats.isSubset(of: Self.sidesOfGrant)
            if isOfGrant, try AnnouncedEndStore().load(part.id, cases, in: connection) != nil { return nil }
            guard part.seats.contains(SharingWorkflow.Seat.provider),
                let entry = try connection.row(
                    "SELECT entry_id FROM sharing_request WHERE case_id = \(part.id)")
            else { return SuccessionItem(.openCase, id: part.id.text, title: part.title) }
            return SuccessionItem(
                .caseToDecide, id: part.id.text, title: part.title,
                with: .init(.entry, try entry.value("entry_id")))
        }
    }

    /// A case that goes with its grant is no thing of its own to be given to a successor.
    private static let sidesOfGrant: Set<String> = [
        SharingWorkflow.Seat.applicant, SharingWorkflow.Seat.provider,
    ]

    private func pass(
        _ id: CaseID, to heir: PartyID, _ move: SuccessionMove, in connection: any Connection
    ) throws {
        let old = move.predecessor
        try cases.succeed(old, by: heir, in: id, saying: move.saying(heir), at: move.at, in: connection)
        try connection.execute(
            "UPDATE sharing_request SET applicant = \(heir) WHERE case_id = \(id) AND applicant = \(old)")
        try connection.execute(
            "UPDATE sharing_request SET provider = \(heir) WHERE case_id = \(id) AND provider = \(old)")
        try connection.execute(
            """
            UPDATE exchange_emergency SET applicant = \(heir)
            WHERE case_id = \(id) AND applicant = \(old) AND outcome IS NULL
            """)
        try connection.execute(
            """
            UPDATE exchange_emergency SET leader_party = \(heir)
            WHERE case_id = \(id) AND leader_party = \(old) AND outcome IS NULL
            """)
        for (table, column) in Self.places {
            try connection.execute(
                "UPDATE \(table) SET \(column) = \(heir) WHERE case_id = \(id) AND \(column) = \(old)")
        }
    }

    /// Where a unit stands in a case of another kind, beside its seat.
    private static let places: [(table: SQL, column: SQL)] = [
        ("sharing_application", "applicant"),
        ("exchange_supervision", "unit"), ("exchange_supervision", "bureau"),
        ("exchange_coordination", "applicant"), ("exchange_coordination", "provider"),
        ("exchange_coordination", "bureau"),
        ("exchange_announced_end", "provider"), ("exchange_announced_end", "recipient"),
        ("exchange_announced_end", "bureau"),
    ]

    // MARK: - Grants

    private func standingGrants(
        of unit: PartyID, _ titles: Titles, in connection: any Connection
    ) throws -> [SuccessionItem] {
        let limit = Succession.itemsMax
        let given = try grants.standing(.provider, of: unit, limit: limit, in: connection)
        let received = try grants.standing(.recipient, of: unit, limit: limit, in: connection)
        let names = try titles(Array(Set((given + received).map(\.entry))).sorted(), connection)
        return given.map { grant in
            SuccessionItem(
                .grantGiven, id: grant.id.text, title: names[grant.entry] ?? grant.entry.text,
                with: .init(.entry, grant.entry.text))
        }
            + received.map { grant in
                SuccessionItem(
                    .grantReceived, id: grant.id.text, title: names[grant.entry] ?? grant.entry.text)
            }
    }

    private func passGrants(_ move: SuccessionMove, in connection: any Connection) throws {
        for (item, heir) in move.moving(.grantGiven, .grantReceived) {
            guard let id = GrantID(item.id) else { continue }
            let side: GrantStore.Side = item.kind == .grantGiven ? .provider : .recipient
            let grant = try grants.succeed(
                move.predecessor, by: heir, on: side, in: id, holding: move.successors.count > 1,
                because: move.saying(heir),
                by: move.actor.actor, at: move.at, in: connection)
            try passAnnouncedEnd(of: id, side, to: heir, move, in: connection)
            if side == .recipient { try tell(of: grant, move, heir, in: connection) }
        }
    }

    /// What was announced of a grant stays with it, whoever its units are now.
    private func passAnnouncedEnd(
        of grant: GrantID, _ side: GrantStore.Side, to heir: PartyID, _ move: SuccessionMove,
        in connection: any Connection
    ) throws {
        guard let one = try AnnouncedEndStore().open(of: grant, cases, in: connection) else { return }
        let column: SQL = side == .provider ? "provider" : "recipient"
        let seat = side == .provider ? SharingWorkflow.Seat.provider : SharingWorkflow.Seat.applicant
        try connection.execute(
            "UPDATE exchange_announced_end SET \(column) = \(heir) WHERE case_id = \(one.id)")
        guard one.file.seats[seat] == move.predecessor else { return }
        try cases.succeed(
            move.predecessor, by: heir, in: one.id, saying: move.saying(heir), at: move.at, in: connection)
    }

    /// Provider and bureau hear who receives now: they may end it.
    private func tell(
        of grant: Grant, _ move: SuccessionMove, _ heir: PartyID, in connection: any Connection
    ) throws {
        guard case .sharingRequest(let id) = grant.origin,
            try connection.row("SELECT id FROM governed_case WHERE id = \(id)") != nil
        else { return }
        let held =
            move.successors.count > 1 && grant.state == .suspended && grant.clauses.isBoundToUnit
        let message = Message(
            held ? "exchange.notice.recipient-succeeded-held" : "exchange.notice.recipient-succeeded",
            ["from": move.names[move.predecessor] ?? "", "to": move.names[heir] ?? ""])
        let occasion = "succeeded.\(move.succession)"
        for role in [Role.departmentCDO, .steward] {
            try cases.tell(
                grant.provider, role, of: id, occasion: occasion, message, at: move.at, in: connection)
        }
        let bureau = try connection.row(
            "SELECT party_id FROM case_seat WHERE case_id = \(id) AND seat = \(SharingWorkflow.Seat.bureau)")
        guard let bureau else { return }
        try cases.tell(
            try bureau.value("party_id"), .bureauReviewer, of: id, occasion: occasion, message, at: move.at,
            in: connection)
    }

    // MARK: - Agreements from before, and what is owed

    private func agreements(
        of unit: PartyID, _ titles: Titles, in connection: any Connection
    ) throws -> [SuccessionItem] {
        let limit = Succession.itemsMax
        let running = try connection.rows(
            """
            SELECT id, entry_id, document, provider FROM exchange_running WHERE state = 'open'
            AND (provider = \(unit) OR recipient = \(unit)) ORDER BY id LIMIT \(limit)
            """
        ).map { row in
            let provider: PartyID = try row.value("provider")
            return provider == unit
                ? SuccessionItem(
                    .runningGiven, id: try row.value("id"), title: try row.value("document"),
                    with: .init(.entry, try row.value("entry_id")))
                : SuccessionItem(.runningReceived, id: try row.value("id"), title: try row.value("document"))
        }
        let owed = try connection.rows(
            """
            SELECT grant_id, entry_id FROM exchange_end WHERE recipient = \(unit) AND is_owed = 1
            AND certificate IS NULL ORDER BY grant_id LIMIT \(limit)
            """)
        let names = try titles(
            Array(Set(owed.map { try $0.value("entry_id", as: EntryID.self) })).sorted(), connection)
        return try running
            + owed.map { row in
                let entry: EntryID = try row.value("entry_id")
                return SuccessionItem(
                    .certificate, id: try row.value("grant_id"), title: names[entry] ?? entry.text)
            }
    }

    private func passAgreements(_ move: SuccessionMove, in connection: any Connection) throws {
        let old = move.predecessor
        for (item, heir) in move.moving(.runningGiven, .runningReceived) {
            let column: SQL = item.kind == .runningGiven ? "provider" : "recipient"
            try connection.execute(
                """
                UPDATE exchange_running SET \(column) = \(heir), revision = revision + 1
                WHERE id = \(item.id) AND \(column) = \(old) AND state = 'open'
                """)
            // One that followed both sides of it stands on both.
            try connection.execute(
                """
                UPDATE exchange_running SET recipient = \(heir)
                WHERE id = \(item.id) AND recipient = \(old) AND state = 'open'
                """)
        }
        for (item, heir) in move.moving(.certificate) {
            try connection.execute(
                "UPDATE exchange_end SET recipient = \(heir) WHERE grant_id = \(item.id) AND recipient = \(old)"
            )
        }
    }

    // MARK: - Approval chains

    private func chains(of unit: PartyID, in connection: any Connection) throws -> [SuccessionItem] {
        try cases.ownChains(of: unit, in: connection).map { name in
            SuccessionItem(.approvalChain, id: "\(unit)/\(name)", title: name)
        }
            + cases.chainsAsking(unit, in: connection).map { name, other in
                SuccessionItem(
                    .signature, id: "\(unit)/\(other)/\(name)",
                    title: try Parties.find(other, in: connection)?.names.last { $0.kind == .official }?.text
                        ?? other.text)
            }
    }

    private func passChains(_ move: SuccessionMove, in connection: any Connection) throws {
        for (item, heir) in move.moving(.approvalChain) {
            try cases.passChain(item.title, from: move.predecessor, to: heir, in: connection)
        }
        for (item, heir) in move.moving(.signature) {
            let parts = item.id.split(separator: "/", maxSplits: 2).map(String.init)
            guard parts.count == 3, let other = PartyID(parts[1]) else { continue }
            // The chain may have gone to the same successor before.
            let isThere = try cases.setChain(parts[2], of: other, in: connection) != nil
            try cases.passSignature(
                move.predecessor, to: heir, in: parts[2], of: isThere ? other : heir, in: connection)
        }
    }
}
