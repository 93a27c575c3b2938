internal import Cryptography
package import Kernel
internal import Persistence

extension Accounts {
    /// Of a password that the program makes: 120 random bits.
    private static let madeBytes = 15

    /// By its owner, who gives the present one; a wrong one counts like one at the door. Every session of the account ends.
    package func changePassword(
        of id: AccountID, from old: String, to new: String, by actor: Principal
    ) async throws {
        let hash = try await hashed(new, of: id)
        try await prove(id, Proof(password: old), by: actor) { connection, now in
            try replace(with: hash, of: id, at: now, in: connection)
            try record("account.password-changed", id, [:], by: actor.actor, at: now, in: connection)
        }
    }

    /// For an administrator. Every session of the account ends, and a lock is lifted.
    package func setPassword(of id: AccountID, to password: String, by actor: Principal) async throws {
        let hash = try await hashed(password, of: id)
        try await change(id, "account.password-changed", by: actor) { connection, now in
            try replace(with: hash, of: id, at: now, in: connection)
        }
    }

    /// One that the rules in force accept, to be handed over once.
    package func suggestedPassword() throws -> String {
        while true {
            let password = try Secrets.random(Self.madeBytes).base64URL
            if PasswordRules.classes(of: password) >= settings.passwords.classesMin { return password }
        }
    }

    func hashed(_ password: String, for name: String) async throws -> String {
        if let fault = settings.passwords.fault(of: password, for: name) { throw fault }
        return try await passwords.hash(password)
    }

    /// Also compared with those before it, as many as the settings say.
    private func hashed(_ password: String, of id: AccountID) async throws -> String {
        let remembered = settings.passwords.remembered
        let (name, present, former) = try await database.read { connection in
            guard let row = try connection.row("SELECT name, password FROM account WHERE id = \(id)") else {
                throw IdentityError.accountUnknown
            }
            let former: [String] = try connection.rows(
                """
                SELECT password FROM account_password WHERE account = \(id) ORDER BY retired DESC
                LIMIT \(max(0, remembered - 1))
                """
            ).map { try $0.value("password") }
            return (
                try row.value("name", as: String.self), try row.value("password", as: String.self), former
            )
        }
        let hash = try await hashed(password, for: name)
        guard remembered > 0 else { return hash }
        for old in [present] + former where try await passwords.verify(password, against: old) {
            throw IdentityError.passwordUsedBefore(remembered: remembered)
        }
        return hash
    }

    private func replace(
        with hash: String, of id: AccountID, at now: Instant, in connection: any Connection
    ) throws {
        if settings.passwords.remembered > 1 {
            try connection.execute(
                """
                INSERT INTO account_password (account, retired, password)
                SELECT id, \(now), password FROM account WHERE id = \(id)
                """)
        }
        let kept = max(0, settings.passwords.remembered - 1)
        try connection.execute(
            """
            DELETE FROM account_password WHERE account = \(id) AND retired NOT IN
            (SELECT retired FROM account_password WHERE account = \(id) ORDER BY retired DESC LIMIT \(kept))
            """)
        try connection.execute(
            """
            UPDATE account SET password = \(hash), password_set = \(now), failures = 0, failing_since = NULL,
            locked_until = NULL WHERE id = \(id)
            """)
        try connection.execute("DELETE FROM session WHERE account = \(id)")
    }
}
