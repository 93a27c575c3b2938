internal import Cryptography
internal import Evidence
internal import Kernel
internal import Persistence

/// What somebody who is signed in already gives once more. What is nil is not asked.
struct Proof: Sendable {
    var password: String?
    var code: String?
    /// The code is of a second factor that is not switched on yet.
    var isFirst = false
}

extension Accounts {
    /// Does `body` when the proof is right, in the same transaction. A wrong one counts, and locks, like a wrong password at the door.
    func prove(
        _ id: AccountID, _ proof: Proof, by actor: Principal,
        _ body: @escaping @Sendable (any Connection, Instant) throws -> Void
    ) async throws {
        let now = clock.now()
        if let address = actor.address, throttle.isOver(address, at: now, settings) {
            throw IdentityError.signInsTooMany
        }
        let seen = try await database.read { try $0.row("SELECT password FROM account WHERE id = \(id)") }
        guard let seen else { throw IdentityError.accountUnknown }
        let hash: String = try seen.value("password")
        let isRight =
            if let text = proof.password { try await passwords.verify(text, against: hash) } else { true }
        let outcome: Result<Void, IdentityError> = try await database.write { connection in
            guard let row = try connection.row("SELECT * FROM account WHERE id = \(id)") else {
                throw IdentityError.accountUnknown
            }
            let count = try FailureCount(row)
            if let until = count.lockedUntil, count.isLocked(at: now) {
                try record(
                    "account.confirmation-failed", id, ["reason": "locked"], by: actor.actor, at: now,
                    in: connection)
                return .failure(.locked(until: until))
            }
            let isStill = try row.value("password") == hash
            if let fault = try self.fault(of: proof, isRight && isStill, id, at: now, in: connection) {
                try record(
                    "account.confirmation-failed", id, ["reason": .string(fault.reason)], by: actor.actor,
                    at: now, in: connection)
                try remember(count.failing(at: now, settings), was: count, of: id, at: now, in: connection)
                return .failure(fault.error)
            }
            try remember(FailureCount(), was: count, of: id, at: now, in: connection)
            try body(connection, now)
            return .success(())
        }
        if case .failure = outcome, let address = actor.address { throttle.fail(address, at: now, settings) }
        try outcome.get()
    }

    private func fault(
        of proof: Proof, _ isRight: Bool, _ id: AccountID, at now: Instant, in connection: any Connection
    ) throws -> (error: IdentityError, reason: String)? {
        guard isRight else { return (.passwordWrong, "password") }
        guard let code = proof.code else { return nil }
        let isThere =
            try connection.row(
                "SELECT account FROM second_factor WHERE account = \(id)") != nil
        guard isThere else { throw IdentityError.secondFactorOff }
        let kind = try redeem(code, of: id, isFirst: proof.isFirst, at: now, in: connection)
        return kind == nil ? (.codeWrong, "code") : nil
    }
}

// MARK: - Once more, before an act that signs

extension Accounts {
    /// Whether a code is asked for, and not the password.
    package func asksForCode(_ principal: Principal) async throws -> Bool {
        guard let id = principal.account else { return false }
        return try await database.read { try Self.factorConfirmed(id, in: $0) != nil }
    }

    /// The session is `confirmed` as of now: by a code where there is a second factor, by the password where there is none.
    package func confirm(_ principal: Principal, with secret: String) async throws -> Principal {
        guard case .session(let session) = principal.channel, let id = principal.account else {
            throw IdentityError.signInWrong
        }
        let proof = try await asksForCode(principal) ? Proof(code: secret) : Proof(password: secret)
        try await prove(id, proof, by: principal) { connection, now in
            let changed = try connection.execute(
                "UPDATE session SET confirmed_at = \(now) WHERE id = \(session) AND account = \(id)")
            guard changed == 1 else { throw IdentityError.signInWrong }
            try record(
                "account.confirmed", id,
                ["session": .string(session.text), "with": proof.code == nil ? "password" : "code"],
                by: principal.actor, at: now, in: connection)
        }
        return principal.confirmed(at: clock.now())
    }
}
