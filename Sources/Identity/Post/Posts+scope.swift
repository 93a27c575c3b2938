import Evidence
package import Kernel
import Persistence

/// How far posts administer, and who may say so.
extension Posts {
    /// - Throws: `postUnknown` for one that `actor` does not administer, as for one that is not there.
    package func find(_ id: PostID, within actor: Principal) async throws -> Post {
        try await database.read { connection in
            guard let post = try Self.find(id, in: connection) else { throw IdentityError.postUnknown }
            try AdministrativeScope.of(actor, in: connection).demand(post)
            return post
        }
    }

    /// From now on the post administers what `order` says; also in sessions that are open.
    ///
    /// - Throws: `scopeOwn` for a post that `actor` holds; `scopeBeyond` for more than `actor` administers; `scopeNeedless`.
    package func setScope(
        _ order: ScopeOrder, of id: PostID, by actor: Principal, at now: Instant
    ) async throws {
        defer { known.forget() }
        try await database.write { connection in
            guard let post = try Self.find(id, in: connection), post.abolished == nil else {
                throw IdentityError.postUnknown
            }
            try Self.demand(post, by: actor, at: now, in: connection)
            let held = try actor.account.map { try Self.held(by: $0, on: now.date(), in: connection) } ?? []
            guard !held.contains(where: { $0.post.id == id }) else { throw IdentityError.scopeOwn }
            let own = try AdministrativeScope.of(actor, in: connection)
            let scope = try AdministrativeScope.resolve(
                order, for: post.roles, in: post.party, within: own, connection)
            guard scope != post.scope else { return }
            try connection.execute("UPDATE post SET scope = \(scope) WHERE id = \(id)")
            try record(
                "post.scope-set", [.init(id)] + [post.scope, scope].compactMap { $0.map { .init($0) } },
                [
                    "from": post.scope.map { .string($0.text) } ?? .null,
                    "to": scope.map { .string($0.text) } ?? .null,
                ], by: actor, at: now, in: connection)
        }
    }

    /// A post, and the people who are to take it, within what `actor` administers.
    static func demand(
        _ post: Post, taking people: [PersonID] = [], by actor: Principal, at now: Instant,
        in connection: any Connection
    ) throws {
        let scope = try AdministrativeScope.of(actor, in: connection)
        try scope.demand(post)
        for person in people
        where try !scope.contains(person: person, on: now.date(), in: connection) {
            throw IdentityError.personUnknown
        }
    }
}
