package import Identity
package import Kernel
package import Persistence
package import Policy

/// Suspending, resuming and revoking a grant: one front door for pages, the API and the command line. Streams of this process hear
/// of it at once, those of others within a second.
package struct GrantActs: Sendable {
    package enum Act: String, Sendable, Hashable, CaseIterable {
        case suspension, resumption, revocation, surrender

        package var action: Action {
            switch self {
            case .suspension: .suspendGrant
            case .resumption: .resumeGrant
            case .revocation: .revokeGrant
            case .surrender: .giveUpGrant
            }
        }
    }

    package static let reasonCharactersMax = 500

    private let database: any Database
    private let grants: GrantStore
    private let permissions: Permissions
    private let watch: GrantWatch
    private let clock: Clock
    private let binds: Binding

    /// Whether a grant carries out an outcome that its provider may not act against.
    package typealias Binding = @Sendable (GrantID, any Connection) throws -> Bool

    package init(
        database: any Database, grants: GrantStore, permissions: Permissions, watch: GrantWatch, clock: Clock,
        binds: @escaping Binding = { _, _ in false }
    ) {
        self.binds = binds
        self.database = database
        self.grants = grants
        self.permissions = permissions
        self.watch = watch
        self.clock = clock
    }

    /// The grant as it is afterwards.
    ///
    /// - Throws: `ReleaseError.reasonNeeded`; `PolicyError.grantNotFound`, `.notPermitted`, `.moved`, `.stateChangeRefused`.
    @discardableResult
    package func perform(
        _ act: Act, on id: GrantID, because reason: String, by principal: Principal
    ) async throws -> Grant {
        guard !reason.isEmpty, reason.count <= Self.reasonCharactersMax else {
            throw ReleaseError.reasonNeeded
        }
        let (grants, now) = (grants, clock.now())
        let seen = try await database.read { try grants.get(id, in: $0) }
        let permit = try permissions.permit(act.action, on: seen, for: principal)
        // Who guards security stops anything; the provider's own hand is bound.
        let isBound =
            (act == .suspension || act == .revocation) && !principal.roles.contains(.securityOfficer)
        let binds = binds
        let moved = try await database.write(under: permit) { connection, mandate in
            if isBound, try binds(id, connection) {
                throw Problem(
                    .refused, Message("coordination.binding"), remedy: Message("coordination.binding-remedy"))
            }
            return switch act {
            case .suspension: try grants.suspend(id, reason: reason, under: mandate, at: now, in: connection)
            case .resumption: try grants.resume(id, reason: reason, under: mandate, at: now, in: connection)
            case .revocation: try grants.revoke(id, reason: reason, under: mandate, at: now, in: connection)
            case .surrender: try grants.giveUp(id, reason: reason, under: mandate, at: now, in: connection)
            }
        }
        watch.note(moved.id, revision: moved.revision)
        return moved
    }
}
