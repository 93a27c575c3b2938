import Evidence
package import Kernel
import Persistence

/// Posts that are there no more, because the unit has none such or because it was set up by mistake. History keeps them.
extension Posts {
    /// From today on nobody is appointed to it; whoever stands in stops, and keys for programs in it end.
    ///
    /// - Throws: `postHeld` while somebody holds it, or is to hold it; `postUnknown` also for one that is abolished already.
    package func abolish(_ id: PostID, by actor: Principal, at now: Instant) async throws {
        defer { known.forget() }
        let today = now.date()
        try await database.write { connection in
            let post = try Self.find(id, isAbolished: false, by: actor, at: now, in: connection)
            let held = try connection.row(
                "SELECT person FROM post_term WHERE post = \(id) AND (ends IS NULL OR ends >= \(today)) LIMIT 1"
            )
            guard held == nil else { throw IdentityError.postHeld }
            let deputies = try Self.deputies(where: "d.post = \(id)", in: connection)
                .filter { $0.standing(on: today) != .over }
            try end(deputies, by: actor, at: now, in: connection)
            try connection.execute(
                "UPDATE api_token SET revoked = \(now) WHERE post = \(id) AND revoked IS NULL")
            try connection.execute("UPDATE post SET abolished = \(today) WHERE id = \(id)")
            try record(
                "post.abolished", [.init(id), .init(post.party)], ["title": .string(post.title)], by: actor,
                at: now, in: connection)
        }
    }

    /// It is there again, vacant, with its roles and scope.
    ///
    /// - Throws: `postUnknown` for one that is not abolished; `partyDissolved`.
    package func restore(_ id: PostID, by actor: Principal, at now: Instant) async throws {
        defer { known.forget() }
        try await database.write { connection in
            let post = try Self.find(id, isAbolished: true, by: actor, at: now, in: connection)
            guard try Parties.find(post.party, in: connection)?.dissolved == nil else {
                throw IdentityError.partyDissolved
            }
            try connection.execute("UPDATE post SET abolished = NULL WHERE id = \(id)")
            try record(
                "post.restored", [.init(id), .init(post.party)], ["title": .string(post.title)], by: actor,
                at: now, in: connection)
        }
    }

    private static func find(
        _ id: PostID, isAbolished: Bool, by actor: Principal, at now: Instant, in connection: any Connection
    ) throws -> Post {
        guard let post = try find(id, in: connection) else { throw IdentityError.postUnknown }
        try demand(post, by: actor, at: now, in: connection)
        guard (post.abolished != nil) == isAbolished else { throw IdentityError.postUnknown }
        return post
    }
}
