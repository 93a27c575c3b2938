package import Kernel
package import Persistence

/// 三员分立: system administrator, security administrator and audit administrator are three persons, each in a post without the
/// others' roles.
package struct AdministratorSeparation: Sendable {
    package static let roles: Set<Role> = [.administrator, .securityOfficer, .auditor]
    package static let off = AdministratorSeparation(isOn: false)

    package let isOn: Bool

    package init(isOn: Bool) { self.isOn = isOn }

    /// A person, or a post, that has two of them.
    package enum Violation: Sendable, Hashable {
        case post(Post)
        case person(Person, titles: [String])
    }

    func check(_ roles: Set<Role>) throws(IdentityError) {
        guard isOn, roles.intersection(Self.roles).count > 1 else { return }
        throw .rolesExcludedInPost
    }

    /// `last` is the last day of the term as text, far away when there is none.
    func check(
        _ person: PersonID, taking post: Post, from starts: CalendarDate, through last: String,
        in connection: any Connection
    ) throws {
        let taken = post.roles.intersection(Self.roles)
        guard isOn, !taken.isEmpty else { return }
        try check(post.roles)
        let others = Self.roles.subtracting(taken).map(\.rawValue).sorted()
        let found = try connection.row(
            """
            SELECT po.title AS title FROM (SELECT post, person, starts, ends FROM post_term
                UNION ALL SELECT post, person, starts, ends FROM post_deputy WHERE ended_at IS NULL) t
            JOIN post po ON po.id = t.post JOIN post_role r ON r.post = po.id WHERE t.person = \(person) AND r.role IN \(list: others)
            AND t.starts <= \(last) AND (t.ends IS NULL OR t.ends >= \(starts))
            AND (po.abolished IS NULL OR po.abolished > \(starts)) ORDER BY po.id LIMIT 1
            """)
        if let found { throw IdentityError.rolesExcludedInPerson(other: try found.value("title")) }
    }

    /// What stood before the rule was switched on; empty while it is off.
    package func violations(
        on date: CalendarDate, in connection: any Connection
    ) throws -> [Violation] {
        guard isOn else { return [] }
        let exclusive = Self.roles.map(\.rawValue).sorted()
        let rows = try connection.rows(
            """
            SELECT DISTINCT po.id AS id, t.person AS person, p.name AS name FROM post po
            JOIN post_role r ON r.post = po.id
            LEFT JOIN (SELECT post, person, starts, ends FROM post_term
                UNION ALL SELECT post, person, starts, ends FROM post_deputy WHERE ended_at IS NULL) t
            ON t.post = po.id AND t.starts <= \(date) AND (t.ends IS NULL OR t.ends >= \(date))
            LEFT JOIN person p ON p.id = t.person
            WHERE r.role IN \(list: exclusive) AND (po.abolished IS NULL OR po.abolished > \(date))
            ORDER BY po.id, person LIMIT \(Parties.listMax)
            """)
        var violations: [Violation] = []
        var held: [PersonID: (person: Person, posts: [Post])] = [:]
        for row in rows {
            guard let post = try Posts.find(row.value("id"), in: connection) else { continue }
            if post.roles.intersection(Self.roles).count > 1, !violations.contains(.post(post)) {
                violations.append(.post(post))
            }
            guard let id: PersonID = try row.optional("person") else { continue }
            let person = Person(id: id, name: try row.value("name"))
            held[id, default: (person, [])].posts.append(post)
        }
        for (person, posts) in held.values.sorted(by: { $0.person.id < $1.person.id }) {
            let roles = posts.reduce(into: Set<Role>()) { $0.formUnion($1.roles) }
            guard posts.count > 1, roles.intersection(Self.roles).count > 1 else { continue }
            violations.append(.person(person, titles: posts.map(\.title)))
        }
        return violations
    }
}
