package import Kernel
package import Persistence

/// How far what a post administers reaches (管理范围): the whole node, or one unit and everything below it.
///
/// A principal carries it as it stood when the request began, for lists and buttons. An act asks again in its own transaction: what has
/// moved out meanwhile is refused, as if it were not there.
package struct AdministrativeScope: Sendable, Hashable {
    /// The topmost unit; nil for the whole node, and for whoever administers nothing.
    package let root: PartyID?
    /// All of them, `root` too; nil for the whole node.
    package let units: Set<PartyID>?

    package static let node = AdministrativeScope(root: nil, units: nil)
    package static let nothing = AdministrativeScope(root: nil, units: [])

    package init(root: PartyID?, units: Set<PartyID>?) {
        self.root = root
        self.units = units
    }

    package var isNode: Bool { units == nil }

    package func contains(_ unit: PartyID?) -> Bool {
        guard let units else { return true }
        return unit.map(units.contains) ?? false
    }

    /// What a unit is called and where it stands is for whoever administers what is above it.
    package func containsBelow(_ unit: PartyID?) -> Bool { contains(unit) && (isNode || unit != root) }

    /// A post of a unit within it, whose rights do not reach beyond it.
    package func contains(_ post: Post) -> Bool {
        guard !isNode else { return true }
        return contains(post.party) && allows(post.roles, over: post.scope)
    }

    /// Whether a post may be given these roles, to administer `root` and below.
    package func allows(_ roles: Set<Role>, over root: PartyID?) -> Bool {
        guard !isNode else { return true }
        guard roles.isDisjoint(with: Role.nodeWide) else { return false }
        return roles.isDisjoint(with: Role.administering) || (root != nil && contains(root))
    }

    // MARK: - Of today, in a transaction

    package static func below(_ root: PartyID?, in connection: any Connection) throws -> Self {
        guard let root else { return .node }
        return AdministrativeScope(root: root, units: Set(try Parties.subtree(of: root, in: connection)))
    }

    package static func of(_ post: PostID, in connection: any Connection) throws -> Self {
        guard let row = try connection.row("SELECT scope FROM post WHERE id = \(post)") else {
            return .nothing
        }
        return try below(row.optional("scope"), in: connection)
    }

    /// Whoever works at the machine itself has no post and is bounded by nothing; a person without a post administers nothing.
    package static func of(_ actor: Principal, in connection: any Connection) throws -> Self {
        if let post = actor.post { return try of(post, in: connection) }
        return actor.account == nil && actor.channel == .commandLine ? .node : .nothing
    }

    /// - Throws: `partyUnknown` for a unit that is not within it, as for one that is not there.
    package func demand(unit: PartyID) throws(IdentityError) {
        guard contains(unit) else { throw .partyUnknown }
    }

    package func demandBelow(_ unit: PartyID) throws(IdentityError) {
        guard contains(unit) else { throw .partyUnknown }
        guard containsBelow(unit) else { throw .scopeRoot }
    }

    /// Units that end and units that follow them are all within it.
    package func demand(
        _ predecessors: [PartyID], followedBy successors: [PartyID]
    ) throws(IdentityError) {
        for unit in predecessors { try demandBelow(unit) }
        for unit in successors { try demand(unit: unit) }
    }

    /// - Throws: `postUnknown`, likewise.
    package func demand(_ post: Post) throws(IdentityError) {
        guard contains(post) else { throw .postUnknown }
    }

    package func demand(post id: PostID, in connection: any Connection) throws {
        guard let post = try Posts.find(id, in: connection) else { throw IdentityError.postUnknown }
        try demand(post)
    }

    /// - Throws: `accountUnknown`, likewise.
    package func demand(account id: AccountID, on day: CalendarDate, in connection: any Connection) throws {
        guard !isNode else { return }
        guard let row = try connection.row("SELECT person FROM account WHERE id = \(id)"),
            try contains(person: row.value("person"), on: day, in: connection)
        else { throw IdentityError.accountUnknown }
    }

    /// Somebody all of whose posts, also those to come, lie within it. Of whoever has none, every post there was, and the unit for which
    /// the account was made: without any of these it is nobody's but the whole node's.
    package func contains(
        person: PersonID, on day: CalendarDate, in connection: any Connection
    ) throws -> Bool {
        guard !isNode else { return true }
        let rows = try connection.rows(
            """
            SELECT post, CASE WHEN ends IS NULL OR ends >= \(day) THEN 1 ELSE 0 END AS live FROM post_term
            WHERE person = \(person)
            UNION ALL SELECT post, CASE WHEN ended_at IS NULL AND ends >= \(day) THEN 1 ELSE 0 END
            FROM post_deputy WHERE person = \(person)
            """)
        let held = try rows.map { row in
            (post: try row.value("post", as: PostID.self), isLive: try row.value("live", as: Bool.self))
        }
        let live = held.filter(\.isLive)
        let posts = try Set((live.isEmpty ? held : live).map(\.post)).map { id in
            try Posts.find(id, in: connection)
        }
        guard posts.allSatisfy({ $0.map(contains) ?? false }) else { return false }
        guard live.isEmpty else { return true }
        let homes: [PartyID] = try connection.rows(
            "SELECT home FROM account WHERE person = \(person) AND home IS NOT NULL ORDER BY id"
        ).map { try $0.value("home") }
        let areWithin = try homes.allSatisfy { home in
            if contains(home) { return true }
            let heirs = try Parties.descendants(of: [home], in: connection).map(\.heir)
            return !heirs.isEmpty && heirs.allSatisfy { contains($0) }
        }
        return areWithin && !(posts.isEmpty && homes.isEmpty)
    }

    /// The accounts within it, oldest first.
    package func accounts(on day: CalendarDate, in connection: any Connection) throws -> [Account] {
        guard let units else {
            return try connection.rows("SELECT * FROM account ORDER BY id LIMIT \(Parties.listMax)")
                .map(Accounts.account)
        }
        guard !units.isEmpty else { return [] }
        let list = units.sorted()
        return try connection.rows(
            """
            SELECT * FROM account WHERE home IS NOT NULL OR person IN (
                SELECT t.person FROM post_term t JOIN post po ON po.id = t.post WHERE po.party IN \(list: list)
                UNION SELECT d.person FROM post_deputy d JOIN post po ON po.id = d.post
                WHERE po.party IN \(list: list))
            ORDER BY id LIMIT \(Parties.listMax)
            """
        ).map(Accounts.account).filter { try contains(person: $0.person, on: day, in: connection) }
    }
}

/// What a new post is to administer, if its roles administer anything.
package enum ScopeOrder: Sendable, Hashable {
    /// Of a unit in a county: that county, unless the node is the county's own. Of any other: the whole node.
    case usual
    case node
    case below(PartyID)
}

extension Role {
    /// What these may do to any unit's things is bounded by the scope of their post.
    package static let administering: Set<Role> = [.administrator, .bureauReviewer]
    /// These see and decide over the whole node, whatever unit their post is in.
    package static let nodeWide: Set<Role> = [.securityOfficer, .auditor, .leader]
}

extension AdministrativeScope {
    /// The scope of a post that is made, or changed, in `unit`: nil for the whole node.
    ///
    /// - Throws: `scopeNeedless` when the roles administer nothing, or see the whole node anyway; `scopeBeyond`.
    static func resolve(
        _ order: ScopeOrder, for roles: Set<Role>, in unit: PartyID, within actor: AdministrativeScope,
        _ connection: any Connection
    ) throws -> PartyID? {
        let isBoundable =
            !roles.isDisjoint(with: Role.administering)
            && roles.isDisjoint(with: Role.nodeWide)
        let root: PartyID?
        switch order {
        case .usual:
            root = !isBoundable ? nil : actor.isNode ? try usual(unit, connection) : actor.root
        case .node: root = nil
        case .below(let party):
            guard isBoundable else { throw IdentityError.scopeNeedless }
            guard let unit = try Parties.find(party, in: connection), unit.dissolved == nil,
                unit.kind != .group
            else { throw IdentityError.scopeBeyond }
            root = party
        }
        guard actor.allows(roles, over: root) else { throw IdentityError.scopeBeyond }
        return root
    }

    /// The county above `unit`, or itself. On a node whose own administrators sit in that county, there is none.
    private static func usual(_ unit: PartyID, _ connection: any Connection) throws -> PartyID? {
        var next: PartyID? = unit
        var seen: Set<PartyID> = []
        while let id = next, seen.insert(id).inserted {
            guard let party = try Parties.find(id, in: connection) else { return nil }
            guard party.kind == .county else {
                next = party.parent
                continue
            }
            let below = try Self.below(id, in: connection)
            let administrators = try connection.rows(
                """
                SELECT DISTINCT po.party AS party FROM post po JOIN post_role r ON r.post = po.id
                WHERE r.role = 'administrator' AND po.scope IS NULL AND po.abolished IS NULL
                LIMIT \(Parties.listMax)
                """)
            let isAbove = try administrators.contains { !below.contains(try $0.value("party")) }
            return isAbove ? id : nil
        }
        return nil
    }
}
