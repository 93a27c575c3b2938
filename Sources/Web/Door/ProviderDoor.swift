package import Identity

/// What the web asks of providers of identities (统一身份认证); the program that wires both passes it in.
package struct ProviderDoor: Sendable {
    package struct Choice: Sendable, Hashable {
        package let id: String
        package let title: String

        package init(id: String, title: String) {
            self.id = id
            self.title = title
        }
    }

    /// How somebody came back.
    package enum Arrival: Sendable {
        case entered(Door.Entrance)
        case linked
        case confirmed
    }

    package typealias Fields = [(name: String, value: String)]

    package let choices: [Choice]
    package let depart:
        @Sendable (_ id: String, ProviderPurpose, _ back: String) async throws -> ProviderDeparture
    package let arrive:
        @Sendable (_ id: String, Fields, _ flow: String?, Principal, Door.Caller) async throws -> (
            arrival: Arrival, back: String
        )
    /// Nil where the provider has no such place.
    package let signOutLocation: @Sendable (_ id: String) async throws -> String?
    /// By which the session began; nil after a password.
    package let provider: @Sendable (Principal) async throws -> String?
    /// Those that may confirm who is signed in, before an act that signs.
    package let confirmers: @Sendable (Principal) async throws -> [Choice]

    package init(
        choices: [Choice],
        depart:
            @escaping @Sendable (_ id: String, ProviderPurpose, _ back: String) async throws ->
            ProviderDeparture,
        arrive:
            @escaping @Sendable (_ id: String, Fields, _ flow: String?, Principal, Door.Caller) async throws
            -> (arrival: Arrival, back: String),
        signOutLocation: @escaping @Sendable (_ id: String) async throws -> String?,
        provider: @escaping @Sendable (Principal) async throws -> String?,
        confirmers: @escaping @Sendable (Principal) async throws -> [Choice]
    ) {
        self.choices = choices
        self.depart = depart
        self.arrive = arrive
        self.signOutLocation = signOutLocation
        self.provider = provider
        self.confirmers = confirmers
    }

    package static let none = ProviderDoor(
        choices: [], depart: { _, _, _ in throw Visit.notFound },
        arrive: { _, _, _, _, _ in throw Visit.notFound }, signOutLocation: { _ in nil },
        provider: { _ in nil }, confirmers: { _ in [] })
}
