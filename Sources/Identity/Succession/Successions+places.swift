import Kernel
import Persistence

/// What Identity itself holds of a unit: its posts with their keys and sessions, the units below it, the groups it stands in.
extension Successions {
    static let places = PartyBelongings(
        listed: { unit, connection in
            try posts(of: unit, in: connection) + administrations(of: unit, in: connection)
                + below(unit, in: connection)
                + memberships(of: unit, in: connection)
        },
        moved: { move, connection in
            try movePosts(move, in: connection)
            try moveAdministrations(move, in: connection)
            try moveBelow(move, in: connection)
            try moveMemberships(move, in: connection)
        })

    private static func posts(of unit: PartyID, in connection: any Connection) throws -> [SuccessionItem] {
        let limit = Succession.itemsMax
        let posts = try connection.rows(
            """
            SELECT id, title FROM post WHERE party = \(unit) AND abolished IS NULL ORDER BY id LIMIT \(limit)
            """
        ).map { SuccessionItem(.post, id: try $0.value("id"), title: try $0.value("title")) }
        let keys = try connection.rows(
            """
            SELECT t.id AS id, t.label AS title, t.post AS post FROM api_token t JOIN post p ON p.id = t.post
            WHERE p.party = \(unit) AND p.abolished IS NULL AND t.revoked IS NULL ORDER BY t.id LIMIT \(limit)
            """
        ).map { row in
            SuccessionItem(
                .key, id: try row.value("id"), title: try row.value("title"),
                with: .init(.post, try row.value("post")))
        }
        let sessions = try connection.rows(
            """
            SELECT s.id AS id, p.title AS title FROM session s JOIN post p ON p.id = s.post
            WHERE p.party = \(unit) AND p.abolished IS NULL ORDER BY s.id LIMIT \(limit)
            """
        ).map { row in
            SuccessionItem(.session, id: try row.value("id"), title: try row.value("title"), fate: .ends)
        }
        return posts + keys + sessions
    }

    private static func administrations(
        of unit: PartyID, in connection: any Connection
    ) throws -> [SuccessionItem] {
        try connection.rows(
            """
            SELECT id, title FROM post WHERE scope = \(unit) AND abolished IS NULL ORDER BY id
            LIMIT \(Succession.itemsMax)
            """
        ).map { SuccessionItem(.administration, id: try $0.value("id"), title: try $0.value("title")) }
    }

    private static func below(_ unit: PartyID, in connection: any Connection) throws -> [SuccessionItem] {
        try connection.rows(
            """
            SELECT p.id AS id, MAX(n.name) AS name FROM party p JOIN party_name n ON n.party = p.id
            AND n.kind = 'official' AND n.valid_to IS NULL WHERE p.parent = \(unit) AND p.dissolved IS NULL
            GROUP BY p.id ORDER BY p.id LIMIT \(Parties.listMax)
            """
        ).map { SuccessionItem(.unitBelow, id: try $0.value("id"), title: try $0.value("name")) }
    }

    private static func memberships(
        of unit: PartyID, in connection: any Connection
    ) throws -> [SuccessionItem] {
        try connection.rows(
            """
            SELECT m.party_group AS id, MAX(n.name) AS name FROM party_member m JOIN party_name n
            ON n.party = m.party_group AND n.kind = 'official' AND n.valid_to IS NULL
            JOIN party g ON g.id = m.party_group
            WHERE m.member = \(unit) AND g.dissolved IS NULL GROUP BY m.party_group ORDER BY m.party_group
            LIMIT \(Parties.listMax)
            """
        ).map { row in
            SuccessionItem(
                .membership, id: try row.value("id"), title: try row.value("name"), fate: .everyone)
        }
    }

    /// With their terms, deputies and keys. Sessions in them end, so that nobody goes on in another unit without knowing.
    private static func movePosts(_ move: SuccessionMove, in connection: any Connection) throws {
        let old = try Parties.find(move.predecessor, in: connection)?.name(on: move.at.date()) ?? ""
        for (item, heir) in move.moving(.post) {
            let title = try freeTitle(item.title, from: old, in: heir, connection)
            try connection.execute(
                """
                UPDATE post SET party = \(heir), title = \(title)
                WHERE id = \(item.id) AND party = \(move.predecessor)
                """)
            try connection.execute("DELETE FROM session WHERE post = \(item.id)")
        }
    }

    /// Whoever administered the unit administers what follows it.
    private static func moveAdministrations(_ move: SuccessionMove, in connection: any Connection) throws {
        for (item, heir) in move.moving(.administration) {
            try connection.execute(
                "UPDATE post SET scope = \(heir) WHERE id = \(item.id) AND scope = \(move.predecessor)")
        }
    }

    /// 数据专员, or 数据专员（原示例局） where the successor has one of that title.
    private static func freeTitle(
        _ title: String, from unit: String, in heir: PartyID, _ connection: any Connection
    ) throws -> String {
        for number in 0..<100 {
            let mark = number == 0 ? "" : number == 1 ? "（原\(unit)）" : "（原\(unit) \(number)）"
            let tried = String(title.prefix(max(1, Post.titleCharactersMax - mark.count))) + mark
            let taken = try connection.row(
                "SELECT id FROM post WHERE party = \(heir) AND title = \(tried)")
            if taken == nil { return tried }
        }
        throw IdentityError.postTaken(title: title)
    }

    /// A successor that was below the unit moves up to where the unit was; so does what would otherwise be above its own parent.
    private static func moveBelow(_ move: SuccessionMove, in connection: any Connection) throws {
        let above = try Parties.find(move.predecessor, in: connection)?.parent
        for (item, heir) in move.moving(.unitBelow) {
            guard let child = PartyID(item.id) else { continue }
            let isAbove = try Parties.subtree(of: child, in: connection).contains(heir)
            try connection.execute("UPDATE party SET parent = \(isAbove ? above : heir) WHERE id = \(child)")
        }
    }

    private static func moveMemberships(_ move: SuccessionMove, in connection: any Connection) throws {
        for line in move.lines where line.item.kind == .membership {
            for heir in move.successors {
                try connection.execute(
                    """
                    INSERT INTO party_member (party_group, member) VALUES (\(line.item.id), \(heir))
                    ON CONFLICT (party_group, member) DO NOTHING
                    """)
            }
            try connection.execute(
                """
                DELETE FROM party_member WHERE party_group = \(line.item.id) AND member = \(move.predecessor)
                """)
        }
    }
}
