internal import Cryptography
internal import Evidence
package import Kernel
internal import Persistence

/// The name that a provider has for the owner of an account.
package struct ProviderLink: Sendable, Hashable {
    package let id: AccountLinkID
    package let provider: String
    /// Nil while only the provider's claim is known by which the first sign-in will be recognised.
    package let subject: String?
    package let claim: String?
    package let linked: Instant
    package let used: Instant?

    /// For pages that show what it may look like.
    package static let sample = ProviderLink(
        id: AccountLinkID(high: 7, low: 9), provider: "city", subject: "441600-0001", claim: nil,
        linked: Instant(microseconds: 0), used: Instant(microseconds: 1))
}

/// Accounts are linked by people: by an administrator, or by their owner with the password. A provider alone makes none.
extension Accounts {
    package func links(of id: AccountID) async throws -> [ProviderLink] {
        try await database.read { connection in
            try connection.rows(
                "SELECT * FROM account_link WHERE account = \(id) ORDER BY id LIMIT \(Parties.listMax)"
            ).map { row in
                ProviderLink(
                    id: try row.value("id"), provider: try row.value("provider"),
                    subject: try row.optional("subject"), claim: try row.optional("claim"),
                    linked: try row.value("linked_at"), used: try row.optional("used"))
            }
        }
    }

    /// By an administrator: with the provider's `subject`, or with the value of its link claim, by which the first sign-in is recognised.
    ///
    /// - Throws: `linkTaken` when another account has it, or this one has another of the same provider.
    @discardableResult
    package func link(
        _ id: AccountID, to provider: IdentityProvider, subject: String?, claim: String?, by actor: Principal
    ) async throws -> AccountLinkID {
        let given = [subject, claim].compactMap(\.self)
        guard given.count == 1, (1...255).contains(given[0].utf8.count),
            given[0].unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
        else { throw IdentityError.linkIncomplete }
        guard claim == nil || provider.linkClaim != nil else { throw IdentityError.linkClaimless }
        guard actor.account != id else { throw IdentityError.linkOwn }
        let link = AccountLinkID.new(at: clock.now())
        try await change(
            id, "account.linked", ["provider": .string(provider.id), "link": .string(link.text)], by: actor
        ) { connection, now in
            try Self.insert(
                link, id, provider, subject: subject, claim: claim, by: actor.actor, at: now, in: connection)
        }
        return link
    }

    private static func insert(
        _ link: AccountLinkID, _ id: AccountID, _ provider: IdentityProvider, subject: String?,
        claim: String?,
        by actor: String, at now: Instant, in connection: any Connection
    ) throws {
        let taken = try connection.row(
            """
            SELECT id FROM account_link WHERE issuer = \(provider.issuer)
            AND (account = \(id) OR subject = \(subject) OR claim = \(claim)) LIMIT 1
            """)
        guard taken == nil else { throw IdentityError.linkTaken }
        try connection.execute(
            """
            INSERT INTO account_link (id, account, provider, issuer, subject, claim, linked_by, linked_at)
            VALUES (\(link), \(id), \(provider.id), \(provider.issuer), \(subject), \(claim), \(actor), \(now))
            """)
    }

    /// Sessions that began by it end.
    ///
    /// - Throws: `linkUnknown` also for the link of another account.
    package func unlink(_ link: AccountLinkID, of id: AccountID, by actor: Principal) async throws {
        try await change(id, "account.unlinked", ["link": .string(link.text)], by: actor) { connection, _ in
            try Self.removeLink(link, of: id, in: connection)
        }
    }

    /// By its owner, with what they come in with besides.
    package func unlink(
        _ link: AccountLinkID, of id: AccountID, password: String, code: String?, by actor: Principal
    ) async throws {
        try await prove(id, Proof(password: password, code: code), by: actor) { connection, now in
            try Self.removeLink(link, of: id, in: connection)
            try record(
                "account.unlinked", id, ["link": .string(link.text)], by: actor.actor, at: now, in: connection
            )
        }
    }

    private static func removeLink(
        _ link: AccountLinkID, of id: AccountID, in connection: any Connection
    ) throws {
        try connection.execute("DELETE FROM session WHERE link = \(link) AND account = \(id)")
        guard try connection.execute("DELETE FROM account_link WHERE id = \(link) AND account = \(id)") == 1
        else {
            throw IdentityError.linkUnknown
        }
    }

    /// By its owner, before being sent to the provider: password, and code where there is a second factor. The session is confirmed by it.
    package func proveForLink(password: String, code: String?, by principal: Principal) async throws {
        guard case .session(let session) = principal.channel, let id = principal.account else {
            throw IdentityError.signInWrong
        }
        let needsCode = try await asksForCode(principal)
        try await prove(id, Proof(password: password, code: needsCode ? code ?? "" : nil), by: principal) {
            connection, now in
            try connection.execute(
                "UPDATE session SET confirmed_at = \(now) WHERE id = \(session) AND account = \(id)")
            try record(
                "account.confirmed", id, ["session": .string(session.text), "with": "password"],
                by: principal.actor, at: now, in: connection)
        }
    }

    /// What the owner came back with from the provider. Only the session that asked for it can end it, within the flow's time.
    func link(
        _ proven: ProvenIdentity, of provider: IdentityProvider, in session: SessionID,
        by principal: Principal
    ) async throws {
        guard principal.channel == .session(session), let id = principal.account else {
            throw ProviderFault.stateUnknown
        }
        let link = AccountLinkID.new(at: clock.now())
        do {
            try await change(
                id, "account.linked", ["provider": .string(provider.id), "link": .string(link.text)],
                by: principal
            ) { connection, now in
                try Self.insert(
                    link, id, provider, subject: proven.subject, claim: nil, by: principal.actor, at: now,
                    in: connection)
            }
        } catch IdentityError.linkTaken { throw ProviderFault.linkTaken }
    }
}
