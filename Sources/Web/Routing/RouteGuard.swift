package import Policy

/// Who may come through a route at all. What they may do to which thing, Policy decides inside with a Permit or a Scope.
package enum RouteGuard: Sendable, Hashable {
    /// Everybody, signed in or not.
    case `public`
    /// Any account.
    case signedIn
    /// An account with a role that may ever do this.
    case action(Action)
    /// … or one of these.
    case anyOf([Action])

    /// As the golden route table writes it.
    package var description: String {
        switch self {
        case .public: "public"
        case .signedIn: "signed-in"
        case .action(let action): action.rawValue
        case .anyOf(let actions): actions.map(\.rawValue).joined(separator: " | ")
        }
    }
}
