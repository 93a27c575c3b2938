package import Identity
package import Kernel
package import Persistence
package import Policy

/// What a recipient has set up goes on under its successor: deliveries with their grant, targets, lists that were brought. Rows that leave
/// at this moment are waited for; whatever has left stays under the old unit.
package enum ReleaseSuccession {
    package typealias Titles = @Sendable ([EntryID], any Connection) throws -> [EntryID: String]

    package static func belongings(grants: GrantStore, titles: @escaping Titles) -> PartyBelongings {
        PartyBelongings(
            listed: { unit, connection in
                try deliveries(of: unit, titles, in: connection) + targets(of: unit, in: connection)
                    + underWay(of: unit, titles, in: connection)
            },
            checked: parted,
            moved: { move, connection in
                for (item, _) in move.moving(.delivery) {
                    guard let id = DeliveryID(item.id) else { continue }
                    try followGrant(id, grants, in: connection)
                }
                for (item, heir) in move.moving(.pushTarget) {
                    try connection.execute(
                        """
                        UPDATE push_target SET unit = \(heir), revision = revision + 1
                        WHERE id = \(item.id) AND unit = \(move.predecessor)
                        """)
                }
                for (item, heir) in move.moving(.nameList) {
                    try connection.execute(
                        """
                        UPDATE name_list SET recipient = \(heir)
                        WHERE id = \(item.id) AND recipient = \(move.predecessor) AND state = 'draft'
                        """)
                }
            })
    }

    private static func deliveries(
        of unit: PartyID, _ titles: Titles, in connection: any Connection
    ) throws -> [SuccessionItem] {
        let rows = try connection.rows(
            """
            SELECT id, entry, grant_id, recipient FROM delivery WHERE state <> 'ended'
            AND (recipient = \(unit) OR provider = \(unit)) ORDER BY id LIMIT \(Succession.itemsMax)
            """)
        let names = try titles(Array(Set(rows.map { try $0.value("entry", as: EntryID.self) })), connection)
        return try rows.map { row in
            let entry: EntryID = try row.value("entry")
            let recipient: PartyID = try row.value("recipient")
            return SuccessionItem(
                .delivery, id: try row.value("id"), title: names[entry] ?? entry.text,
                with: .init(recipient == unit ? .grantReceived : .grantGiven, try row.value("grant_id")))
        }
    }

    private static func targets(of unit: PartyID, in connection: any Connection) throws -> [SuccessionItem] {
        let targets = try connection.rows(
            """
            SELECT id, label FROM push_target WHERE unit = \(unit) AND removed_at IS NULL ORDER BY id
            LIMIT \(Succession.itemsMax)
            """
        ).map { SuccessionItem(.pushTarget, id: try $0.value("id"), title: try $0.value("label")) }
        let lists = try connection.rows(
            """
            SELECT id FROM name_list WHERE recipient = \(unit) AND state = 'draft' ORDER BY id
            LIMIT \(Succession.itemsMax)
            """
        ).map { row in
            let id: String = try row.value("id")
            return SuccessionItem(.nameList, id: id, title: id)
        }
        return targets + lists
    }

    /// Answers to single calls are over within a second and stay where they were authorised.
    private static func underWay(
        of unit: PartyID, _ titles: Titles, in connection: any Connection
    ) throws -> [SuccessionItem] {
        let long = (Array(DeliveryKind.files) + [.nameList, .push]).map(\.rawValue).sorted()
        let rows = try connection.rows(
            """
            SELECT id, entry FROM release WHERE state = 'authorised' AND delivery IN \(list: long)
            AND (provider = \(unit) OR recipient = \(unit))
            UNION ALL SELECT r.id, d.entry FROM delivery_run r JOIN delivery d ON d.id = r.delivery
            WHERE r.outcome = 'running' AND (d.provider = \(unit) OR d.recipient = \(unit)) ORDER BY 1
            """)
        let names = try titles(Array(Set(rows.map { try $0.value("entry", as: EntryID.self) })), connection)
        return try rows.map { row in
            let entry: EntryID = try row.value("entry")
            return SuccessionItem(
                .underWay, id: try row.value("id"), title: names[entry] ?? entry.text, fate: .waits)
        }
    }

    /// A push goes into a table of the unit that receives.
    private static func parted(
        _ move: SuccessionMove, in connection: any Connection
    ) throws -> [SuccessionFault] {
        let targets = Dictionary(
            move.moving(.pushTarget).map { ($0.item.id, $0.heir) }, uniquingKeysWith: { first, _ in first })
        return try move.moving(.delivery).compactMap { item, heir in
            guard item.with?.kind == .grantReceived,
                let target: String = try connection.row(
                    "SELECT target FROM delivery WHERE id = \(item.id)")?.optional("target"),
                let other = targets[target], other != heir
            else { return nil }
            return SuccessionFault(.parted, item)
        }
    }

    private static func followGrant(
        _ id: DeliveryID, _ grants: GrantStore, in connection: any Connection
    ) throws {
        guard let row = try connection.row("SELECT grant_id FROM delivery WHERE id = \(id)") else { return }
        let grant = try grants.get(try row.value("grant_id"), in: connection)
        guard let recipient = grant.consumer else { return }
        try connection.execute(
            """
            UPDATE delivery SET provider = \(grant.provider), recipient = \(recipient), revision = revision + 1
            WHERE id = \(id)
            """)
    }
}
