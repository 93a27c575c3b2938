package import Identity
package import Kernel

/// What the web asks Identity; the program that wires both passes it in.
package struct Door: Sendable {
    package struct Opened: Sendable {
        /// The session cookie's value. A new one at every sign-in and change of post.
        package let sessionSecret: String
        package let lifetimeSeconds: Int
        package let principal: Principal

        package init(sessionSecret: String, lifetimeSeconds: Int, principal: Principal) {
            self.sessionSecret = sessionSecret
            self.lifetimeSeconds = lifetimeSeconds
            self.principal = principal
        }
    }

    package struct Post: Sendable, Hashable {
        package let id: PostID
        package let title: String
        package let party: String
        package let roles: [Role]
        /// The last day of standing in for its holder; nil for a post of one's own.
        package let deputyUntil: CalendarDate?

        package init(
            id: PostID, title: String, party: String, roles: [Role], deputyUntil: CalendarDate? = nil
        ) {
            self.deputyUntil = deputyUntil
            self.id = id
            self.title = title
            self.party = party
            self.roles = roles
        }
    }

    /// Nil when the session is over or was never one.
    package let principalOfSession: @Sendable (_ secret: String) async throws -> Principal?
    /// Nil when the token is unknown, revoked or past its time.
    package let principalOfToken: @Sendable (_ token: String) async throws -> Principal?
    /// Throws what the account's owner may know: wrong (of name and password alike), or locked until when.
    package let signIn:
        @Sendable (_ name: String, _ password: String, _ address: String) async throws -> Opened
    package let signOut: @Sendable (Principal) async throws -> Void
    /// The posts this account may act in today.
    package let posts: @Sendable (Principal) async throws -> [Post]
    package let choosePost: @Sendable (PostID, Principal) async throws -> Opened

    package init(
        principalOfSession: @escaping @Sendable (_ secret: String) async throws -> Principal?,
        principalOfToken: @escaping @Sendable (_ token: String) async throws -> Principal?,
        signIn:
            @escaping @Sendable (_ name: String, _ password: String, _ address: String) async throws -> Opened,
        signOut: @escaping @Sendable (Principal) async throws -> Void,
        posts: @escaping @Sendable (Principal) async throws -> [Post],
        choosePost: @escaping @Sendable (PostID, Principal) async throws -> Opened
    ) {
        self.principalOfSession = principalOfSession
        self.principalOfToken = principalOfToken
        self.signIn = signIn
        self.signOut = signOut
        self.posts = posts
        self.choosePost = choosePost
    }
}
