package import Identity
package import Kernel
package import Policy

/// A recipient's own keys for programs: of their account, in the post they act in, no wider than what they hold.
package struct OwnTokens: Sendable {
    package static let daysStandard = 90
    /// What programs of a recipient do, in the order in which it is offered.
    package static let scopes: [Action] = [.releaseRows, .readReceipt, .requestShare, .runJointTest]

    private let tokens: Tokens
    private let permissions: Permissions

    package init(tokens: Tokens, permissions: Permissions) {
        self.tokens = tokens
        self.permissions = permissions
    }

    /// Of the post that is acted in, newest first.
    package func all(of principal: Principal) async throws -> [APIToken] {
        let account = try demand(principal)
        return try await tokens.all(of: account).filter { $0.post == principal.post }
    }

    /// The secret is told once.
    ///
    /// - Throws: `IdentityError` for a label, scopes or days that are none; `PolicyError.notPermitted`, `.outsideTokenScope`.
    package func issue(
        label: String, scopes: Set<Action>, days: Int, by principal: Principal
    ) async throws -> (token: APIToken, secret: String) {
        let account = try demand(principal)
        guard let post = principal.post else { throw PolicyError.notPermitted(.manageTokens) }
        // A key that is asked for by a key is no wider than that one.
        if case .token(_, let own) = principal.channel {
            for scope in scopes where !own.contains(scope.rawValue) && !own.contains("\(scope.noun).*") {
                throw PolicyError.outsideTokenScope(scope)
            }
        }
        for scope in scopes where !permissions.mayEver(scope, principal) {
            throw PolicyError.notPermitted(scope)
        }
        return try await tokens.issue(
            for: account, in: post, label: label, scopes: Set(scopes.map(\.rawValue)), days: days,
            by: principal)
    }

    /// Not found also when it is somebody else's.
    package func find(_ id: TokenID, of principal: Principal) async throws -> APIToken {
        let account = try demand(principal)
        guard let token = try await tokens.find(id), token.account == account, token.post == principal.post
        else { throw IdentityError.tokenUnknown }
        return token
    }

    package func revoke(_ id: TokenID, by principal: Principal) async throws {
        _ = try await find(id, of: principal)
        try await tokens.revoke(id, by: principal)
    }

    private func demand(_ principal: Principal) throws -> AccountID {
        _ = try permissions.permit(
            .manageTokens, on: .new(kind: TokenNoun.kind, owner: principal.party, recipient: principal.party),
            for: principal)
        guard let account = principal.account else { throw PolicyError.notPermitted(.manageTokens) }
        return account
    }
}
