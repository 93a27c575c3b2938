internal import Cryptography
internal import Evidence
internal import Kernel
internal import Persistence

/// The door. Every knock is in the evidence, the failed ones too.
extension Accounts {
    /// A new session, whose secret is a new one every time. A wrong name, a wrong password and a disabled account all throw `signInWrong`;
    /// that an account is locked is told only to who knows its password.
    package func signIn(
        name: String, password: String, from address: String
    ) async throws -> OpenedSession {
        let now = clock.now()
        guard !throttle.isOver(address, at: now, settings) else { throw IdentityError.signInsTooMany }
        let key = try? Account.matchKey(name)
        let row = try await database.read { connection in
            try key.flatMap { try connection.row("SELECT * FROM account WHERE match_key = \($0)") }
        }
        guard let row else {
            // As much work as for a name that exists, so that time does not tell.
            _ = try await passwords.hash(password)
            throttle.fail(address, at: now, settings)
            try await database.write { connection in
                try record(
                    "account.sign-in-failed", nil, ["reason": "name-unknown"], by: "public", at: now,
                    in: connection)
            }
            throw IdentityError.signInWrong
        }
        let hash: String = try row.value("password")
        let isRight = try await passwords.verify(password, against: hash)
        let renewed = isRight && passwords.isOutdated(hash) ? try await passwords.hash(password) : nil
        let attempt = Attempt(
            account: try row.value("id"), hash: hash, isRight: isRight, renewed: renewed,
            session: .new(at: now), secret: try CarriedSecret.new(), at: now)
        let outcome = try await database.write { try settle(attempt, in: $0) }
        if case .failure = outcome { throttle.fail(address, at: now, settings) }
        return try outcome.get()
    }

    private struct Attempt: Sendable {
        let account: AccountID
        /// What the password was compared with; it may have been changed meanwhile.
        let hash: String
        let isRight: Bool
        let renewed: String?
        let session: SessionID
        let secret: String
        let at: Instant
    }

    /// A refusal is an outcome here and not an error, because its count and its leaf must be committed.
    private func settle(
        _ attempt: Attempt, in connection: any Connection
    ) throws -> Result<OpenedSession, IdentityError> {
        let (id, now) = (attempt.account, attempt.at)
        guard let row = try connection.row("SELECT * FROM account WHERE id = \(id)") else {
            return .failure(.signInWrong)
        }
        let count = FailureCount(
            failures: try row.value("failures"), since: try row.optional("failing_since"),
            lockedUntil: try row.optional("locked_until"))
        let isRight = try attempt.isRight && row.value("password") == attempt.hash
        let isDisabled: Bool = try row.value("disabled")
        if isDisabled || count.isLocked(at: now) || !isRight {
            let reason = isDisabled ? "disabled" : count.isLocked(at: now) ? "locked" : "password"
            try record(
                "account.sign-in-failed", id, ["reason": .string(reason)], by: "public", at: now,
                in: connection)
            if isDisabled { return .failure(.signInWrong) }
            if isRight, let until = count.lockedUntil { return .failure(.locked(until: until)) }
            try remember(count.failing(at: now, settings), was: count, of: id, at: now, in: connection)
            return .failure(.signInWrong)
        }
        try connection.execute(
            """
            UPDATE account SET password = \(attempt.renewed ?? attempt.hash), failures = 0,
            failing_since = NULL, locked_until = NULL WHERE id = \(id)
            """)
        let lastPost: PostID? = try row.optional("last_post")
        let held = try Posts.held(by: id, on: now.date(), in: connection)
        let holding = held.first { $0.post.id == lastPost } ?? held.first
        let opened = try Sessions.open(
            attempt.session, secret: attempt.secret, account: id, holding,
            until: now + .seconds(settings.sessionSeconds), at: now, in: connection)
        try record(
            "account.signed-in", id,
            .object(
                (holding?.said ?? ["post": .null]).merging(["session": .string(attempt.session.text)]) { $1 }
            ), by: "account:\(id)", at: now, in: connection)
        return .success(opened)
    }

    private func remember(
        _ count: FailureCount, was before: FailureCount, of id: AccountID, at now: Instant,
        in connection: any Connection
    ) throws {
        guard count != before else { return }
        try connection.execute(
            """
            UPDATE account SET failures = \(count.failures), failing_since = \(count.since),
            locked_until = \(count.lockedUntil) WHERE id = \(id)
            """)
        if let until = count.lockedUntil {
            try record(
                "account.locked", id, ["until": .integer(until.microseconds)], by: "system", at: now,
                in: connection)
        }
    }
}
