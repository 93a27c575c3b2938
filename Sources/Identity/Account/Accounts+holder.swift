package import Kernel
import Persistence

extension Accounts {
    /// Who `account` is in `post` on `date`, for work that was set up earlier and runs by itself: with the roles of that day. Nil when the
    /// account is disabled or the post is no longer its holder's.
    package func holder(
        _ account: AccountID, in post: PostID?, on date: CalendarDate
    ) async throws -> Principal? {
        try await database.read { connection in
            let row = try connection.row(
                """
                SELECT p.name AS name FROM account a JOIN person p ON p.id = a.person
                WHERE a.id = \(account) AND a.disabled = 0
                """)
            guard let row,
                let held = try Posts.held(by: account, on: date, in: connection)
                    .first(where: { $0.post.id == post })
            else { return nil }
            return Principal(
                account: account, party: held.post.party, post: held.post.id, roles: held.post.roles,
                channel: .commandLine, displayName: try row.value("name"), isDeputy: held.isDeputy,
                forebears: try Parties.forebears(of: held.post.party, in: connection),
                scope: try AdministrativeScope.below(held.post.scope, in: connection))
        }
    }
}
