package import Identity
package import Kernel

/// The one module that answers who may do what: a *Permit* for one act, a *Scope* for what may be known, a *Plan* for rows.
/// What no line of the table allows is denied.
package struct Permissions: Sendable {
    private let table: PermissionTable
    /// After so many seconds a session gives its password again before an act that signs; 0: never.
    private let confirmSecondsMax: Int
    private let clock: Clock

    package init(confirmSecondsMax: Int = 0, clock: Clock = .system) {
        table = .standard
        self.confirmSecondsMax = confirmSecondsMax
        self.clock = clock
    }

    /// Throws `PolicyError.notPermitted`, or `.outsideTokenScope` when the roles would do but the token does not, or
    /// `.confirmationNeeded` when a web session must give its password again first.
    package func permit(
        _ action: Action, on subject: Subject, for principal: Principal
    ) throws(PolicyError) -> Permit {
        try permit(action, asSureAs: action, on: subject, for: principal)
    }

    /// The password is asked for exactly when `other` would ask for it: of whoever stands in for an act of that kind.
    package func permit(
        _ action: Action, asSureAs other: Action, on subject: Subject, for principal: Principal
    ) throws(PolicyError) -> Permit {
        try demand(action, on: subject, for: principal)
        return Permit(
            action: action, principal: principal.confirmed(at: try confirmed(other, principal)),
            subject: subject,
            isAdministered: rules(action, principal).allSatisfy {
                $0.relation == .administered || !$0.holds(subject, principal)
            })
    }

    /// Whether `permit` would succeed: for showing or hiding a button, never instead of the permit.
    package func allows(_ action: Action, on subject: Subject, for principal: Principal) -> Bool {
        do throws(PolicyError) {
            try demand(action, on: subject, for: principal)
            return true
        } catch {
            return false
        }
    }

    /// Whether any subject at all could be permitted: for menus.
    package func mayEver(_ action: Action, _ principal: Principal) -> Bool {
        rules(action, principal).contains { $0.relation != .wholeNode || principal.scope.isNode }
            && covers(action, principal.channel)
    }

    /// Whether a role has the action over any subject at all: for asking whose signature can be asked for.
    package func mayEver(_ action: Action, _ role: Role) -> Bool { table.rule(action, role) != nil }

    package func scope(of noun: Scope.Noun, for principal: Principal) -> Scope {
        var reasons: [Scope.Reason] = []
        for role in principal.roles.sorted(by: { $0.rawValue < $1.rawValue }) {
            for reach in table.reach(noun, role) {
                for reason in reach.reasons(for: principal) {
                    if reason == .everything { return Scope(noun: noun, reasons: [.everything]) }
                    if !reasons.contains(reason) { reasons.append(reason) }
                }
            }
        }
        return Scope(noun: noun, reasons: reasons)
    }

    /// When the act was confirmed; nil for acts that need no such thing, and for whoever has no session: a token or the machine itself.
    private func confirmed(_ action: Action, _ principal: Principal) throws(PolicyError) -> Instant? {
        guard confirmSecondsMax > 0, Action.signing.contains(action), case .session = principal.channel else {
            return nil
        }
        guard let confirmed = principal.confirmed, clock.now() - confirmed <= .seconds(confirmSecondsMax)
        else { throw .confirmationNeeded(action) }
        return confirmed
    }

    /// What `permit` demands, but for a password that is fresh: for looking at what an act would do.
    package func demand(
        _ action: Action, on subject: Subject, for principal: Principal
    ) throws(PolicyError) {
        let allowed = rules(action, principal).contains { $0.holds(subject, principal) }
        guard allowed else { throw .notPermitted(action) }
        guard covers(action, principal.channel) else { throw .outsideTokenScope(action) }
    }

    private func rules(_ action: Action, _ principal: Principal) -> [PermissionTable.Rule] {
        principal.roles.compactMap { table.rule(action, $0) }
    }

    /// A token's scopes are actions (`release.make`) or all actions of a noun (`release.*`).
    private func covers(_ action: Action, _ channel: Principal.Channel) -> Bool {
        guard case .token(_, let scopes) = channel else { return true }
        return scopes.contains(action.rawValue) || scopes.contains("\(action.noun).*")
    }
}
