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

    /// What the right password gives.
    package enum Entrance: Sendable {
        case opened(Opened)
        /// A code is asked for; the ticket comes back with it.
        case secondStep(ticket: String)
    }

    /// Where somebody knocks from.
    package struct Caller: Sendable {
        package let address: String
        /// As the browser names itself.
        package let browser: String?

        package init(address: String, browser: String?) {
            self.address = address
            self.browser = browser
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
        @Sendable (_ name: String, _ password: String, _ caller: Caller) async throws -> Entrance
    /// The code after the password. Throws like `signIn`; *unauthenticated* when the ticket is too old, so that all begins anew.
    package let secondStep:
        @Sendable (_ ticket: String, _ code: String, _ caller: Caller) async throws -> Opened
    /// Whether who is signed in gives a code instead of the password when an act asks once more.
    package let asksForCode: @Sendable (Principal) async throws -> Bool
    /// Password or code once more: the principal as confirmed now.
    package let confirm: @Sendable (Principal, _ secret: String) async throws -> Principal
    package let signOut: @Sendable (Principal) async throws -> Void
    /// The posts this account may act in today.
    package let posts: @Sendable (Principal) async throws -> [Post]
    package let choosePost: @Sendable (PostID, Principal) async throws -> Opened
    /// 统一身份认证, beside the password.
    package let providers: ProviderDoor

    package init(
        principalOfSession: @escaping @Sendable (_ secret: String) async throws -> Principal?,
        principalOfToken: @escaping @Sendable (_ token: String) async throws -> Principal?,
        signIn:
            @escaping @Sendable (_ name: String, _ password: String, _ caller: Caller) async throws ->
            Entrance,
        secondStep:
            @escaping @Sendable (_ ticket: String, _ code: String, _ caller: Caller) async throws -> Opened =
            {
                _, _, _ in throw Visit.notFound
            },
        asksForCode: @escaping @Sendable (Principal) async throws -> Bool = { _ in false },
        confirm: @escaping @Sendable (Principal, _ secret: String) async throws -> Principal = { _, _ in
            throw Visit.notFound
        },
        signOut: @escaping @Sendable (Principal) async throws -> Void,
        posts: @escaping @Sendable (Principal) async throws -> [Post],
        choosePost: @escaping @Sendable (PostID, Principal) async throws -> Opened,
        providers: ProviderDoor = .none
    ) {
        self.principalOfSession = principalOfSession
        self.principalOfToken = principalOfToken
        self.signIn = signIn
        self.secondStep = secondStep
        self.asksForCode = asksForCode
        self.confirm = confirm
        self.signOut = signOut
        self.posts = posts
        self.choosePost = choosePost
        self.providers = providers
    }
}
