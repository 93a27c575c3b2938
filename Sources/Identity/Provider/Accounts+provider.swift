internal import Cryptography
internal import Evidence
internal import Kernel
internal import Persistence

/// The door, for whoever a provider names. Every knock is in the evidence, as with a password.
extension Accounts {
    func demandPatience(_ address: String, at now: Instant) throws(IdentityError) {
        guard !throttle.isOver(address, at: now, settings) else { throw .signInsTooMany }
    }

    /// Marks a flow as ended. Only its digest is kept, until it would be too old anyway.
    ///
    /// - Throws: `stateUsed` the second time.
    func useUp(_ flow: SignInFlow, at now: Instant) async throws {
        let digest = DigestAlgorithm.sha256.digest(flow.state).bytes
        let ends = flow.began + .seconds(SignInFlow.secondsMax)
        let isFirst = try await database.write { connection in
            try connection.execute("DELETE FROM provider_flow_used WHERE ends < \(now)")
            return try connection.execute(
                """
                INSERT INTO provider_flow_used (digest, ends) VALUES (\(digest), \(ends))
                ON CONFLICT (digest) DO NOTHING
                """) == 1
        }
        guard isFirst else { throw ProviderFault.stateUsed }
    }

    /// That nobody came in, and why. Nothing that the provider sent is in it.
    func noteFault(
        _ fault: ProviderFault, of provider: IdentityProvider, for purpose: ProviderPurpose,
        by principal: Principal, from address: String
    ) async throws {
        let now = clock.now()
        if !fault.isHarmless { throttle.fail(address, at: now, settings) }
        let type: String
        switch purpose {
        case .signIn: type = "account.sign-in-failed"
        case .link: type = "account.link-failed"
        case .confirm: type = "account.confirmation-failed"
        }
        let actor = purpose == .signIn ? "public" : principal.actor
        let account = purpose == .signIn ? nil : principal.account
        try await database.write { connection in
            try record(
                type, account, ["provider": .string(provider.id), "reason": .string(fault.rawValue)],
                by: actor,
                at: now, in: connection)
        }
    }

    /// A session for the account that the name is linked to, or the way to the second step.
    ///
    /// - Throws: `notLinked`, `accountClosed`; `IdentityError.locked` while wrong passwords lock the account.
    func enter(
        _ provider: IdentityProvider, _ proven: ProvenIdentity, from address: String, browser: String?
    ) async throws -> Entrance {
        let now = clock.now()
        let secret = try SessionEntry(at: now, from: address, browser: browser)
        let outcome: Result<Entrance, any Error> = try await database.write { connection in
            guard let link = try linked(proven, provider, at: now, in: connection),
                let row = try connection.row("SELECT * FROM account WHERE id = \(link.account)")
            else { return .failure(ProviderFault.notLinked) }
            guard try !row.value("disabled", as: Bool.self) else {
                return .failure(ProviderFault.accountClosed)
            }
            if let until = try FailureCount(row).lockedUntil, now < until {
                try record(
                    "account.sign-in-failed", link.account,
                    ["provider": .string(provider.id), "reason": "locked"], by: "public", at: now,
                    in: connection)
                return .failure(IdentityError.locked(until: until))
            }
            try connection.execute("UPDATE account_link SET used = \(now) WHERE id = \(link.id)")
            let hasFactor = try Self.factorConfirmed(link.account, in: connection) != nil
            if hasFactor, !proven.isStrong {
                let mark = Self.mark(of: try row.value("password"))
                return .success(
                    .secondStep(ticket: try newTicket(link.account, mark, by: link.id, at: now)))
            }
            let confirmed = proven.isStrong ? proven.authenticated.map(Self.moment) : nil
            let entry = secret.by(
                link.id, confirmed: confirmed.map { min($0, now) }, isStrong: proven.isStrong)
            return .success(
                .opened(try open(entry, row, by: proven.isStrong ? .provider : nil, in: connection)))
        }
        return try outcome.get()
    }

    /// The link by the provider's own name for the person; else the one that an administrator listed by a claim, which is completed now.
    private func linked(
        _ proven: ProvenIdentity, _ provider: IdentityProvider, at now: Instant, in connection: any Connection
    ) throws -> (id: AccountLinkID, account: AccountID)? {
        let issuer = provider.issuer
        if let row = try connection.row(
            "SELECT id, account FROM account_link WHERE issuer = \(issuer) AND subject = \(proven.subject)")
        {
            return (try row.value("id"), try row.value("account"))
        }
        guard let claim = proven.claim, !claim.isEmpty,
            let row = try connection.row(
                """
                SELECT id, account FROM account_link WHERE issuer = \(issuer) AND claim = \(claim)
                AND subject IS NULL
                """)
        else { return nil }
        let (id, account): (AccountLinkID, AccountID) = (try row.value("id"), try row.value("account"))
        try connection.execute("UPDATE account_link SET subject = \(proven.subject) WHERE id = \(id)")
        try record(
            "account.link-completed", account, ["provider": .string(provider.id), "link": .string(id.text)],
            by: "account:\(account)", at: now, in: connection)
        return (id, account)
    }

    /// The session is confirmed as of now, by a provider that asked the same person again.
    ///
    /// - Throws: `anotherPerson`; `notAskedAnew` when the provider says nothing of it, or asked before `began`.
    func confirm(
        _ proven: ProvenIdentity, of provider: IdentityProvider, since began: Instant, in session: SessionID,
        by principal: Principal
    ) async throws {
        guard principal.channel == .session(session), let id = principal.account else {
            throw ProviderFault.stateUnknown
        }
        guard proven.isStrong, let asked = proven.authenticated,
            asked >= began.microseconds / 1_000_000 - IdentityTokenCheck.skewSecondsMax
        else { throw ProviderFault.notAskedAnew }
        let now = clock.now()
        let isOwn = try await database.write { connection in
            let found = try connection.row(
                """
                SELECT id FROM account_link WHERE issuer = \(provider.issuer) AND subject = \(proven.subject)
                AND account = \(id)
                """)
            guard found != nil else { return false }
            let changed = try connection.execute(
                "UPDATE session SET confirmed_at = \(now) WHERE id = \(session) AND account = \(id)")
            guard changed == 1 else { return false }
            try record(
                "account.confirmed", id,
                ["session": .string(session.text), "with": "provider", "provider": .string(provider.id)],
                by: principal.actor, at: now, in: connection)
            return true
        }
        guard isOwn else { throw ProviderFault.anotherPerson }
    }

    private static func moment(_ seconds: Int64) -> Instant { Instant(microseconds: seconds * 1_000_000) }
}
