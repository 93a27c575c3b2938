internal import Cryptography
internal import Evidence
package import Kernel
internal import Persistence

/// The second factor of an account as its owner and an administrator see it. The secret is not in it.
package struct SecondFactor: Sendable, Hashable {
    package let isOn: Bool
    /// Nil until the first code.
    package let confirmed: Instant?
    package let recoveryCodesLeft: Int
    /// Some role of a post held today asks for one.
    package let isRequired: Bool

    /// For pages that show what it may look like.
    package static let sample = SecondFactor(
        isOn: true, confirmed: Instant(microseconds: 0), recoveryCodesLeft: 9, isRequired: true)
    package static let none = SecondFactor(
        isOn: false, confirmed: nil, recoveryCodesLeft: 0, isRequired: false)
}

/// What an app is given, shown while the first code is waited for.
package struct FactorEnrolment: Sendable {
    /// Base 32 in groups of four.
    package let groups: String
    /// `otpauth://…`
    package let address: String
}

/// A code that opens once when the app is lost: 80 random bits, of which only a digest is kept.
enum RecoveryCode {
    static let count = 10
    private static let bytes = 10
    static let charactersMax = 64

    /// `ABCD-EFGH-IJKL-MNOP`
    static func new() throws -> String {
        let text = try Secrets.random(bytes).base32
        return stride(from: 0, to: text.count, by: 4).map { String(text.dropFirst($0).prefix(4)) }
            .joined(separator: "-")
    }

    /// Case, spaces and strokes do not matter.
    static func digest(_ code: String, of account: AccountID) -> [UInt8] {
        let plain = code.uppercased().filter { $0.isLetter || $0.isNumber }
        return DigestAlgorithm.sha256.digest("recovery \(account) \(plain)").bytes
    }
}

/// What proved who it is, beside the password; as the evidence names it.
enum CodeKind: String, Sendable {
    case code
    case recovery
    /// The provider says that it asked for more than a password.
    case provider
}

extension Accounts {
    package func secondFactor(of id: AccountID) async throws -> SecondFactor {
        let (today, settings) = (clock.now().date(), settings)
        return try await database.read { connection in
            let confirmed = try Self.factorConfirmed(id, in: connection)
            let left = try connection.row(
                "SELECT COUNT(*) AS left_over FROM recovery_code WHERE account = \(id) AND used IS NULL")
            let held = try Posts.held(by: id, on: today, in: connection)
            return SecondFactor(
                isOn: confirmed != nil, confirmed: confirmed,
                recoveryCodesLeft: confirmed == nil ? 0 : try left?.value("left_over") ?? 0,
                isRequired: held.contains { !$0.post.roles.isDisjoint(with: settings.secondFactorRoles) })
        }
    }

    /// Begins anew with a secret that nobody has seen; it counts for nothing until its first code.
    ///
    /// - Throws: `secondFactorOn` when there is one; `passwordWrong`, counted like one at the door.
    package func beginSecondFactor(
        of id: AccountID, password: String, by actor: Principal
    ) async throws {
        let secret = try OneTimePassword.new().secret
        let sealed = try cipher(.secondFactor).seal(secret, aad: Self.place(id))
        try await prove(id, Proof(password: password), by: actor) { connection, now in
            guard try Self.factorConfirmed(id, in: connection) == nil else {
                throw IdentityError.secondFactorOn
            }
            try connection.execute("DELETE FROM second_factor WHERE account = \(id)")
            try connection.execute(
                "INSERT INTO second_factor (account, secret, begun) VALUES (\(id), \(sealed), \(now))")
        }
    }

    /// What the app is to be given; nil when nothing has begun, or when it is on and the secret is nobody's to see.
    package func enrolment(of id: AccountID, issuer: String) async throws -> FactorEnrolment? {
        let row = try await database.read { connection in
            try connection.row(
                """
                SELECT f.secret AS secret, a.name AS name FROM second_factor f JOIN account a
                ON a.id = f.account WHERE f.account = \(id) AND f.confirmed IS NULL
                """)
        }
        guard let row else { return nil }
        let password = try opened(try row.value("secret"), of: id)
        return FactorEnrolment(
            groups: password.groups, address: password.address(issuer: issuer, account: try row.value("name"))
        )
    }

    /// Switches on what was begun; the account's other sessions end. Answers the recovery codes, which are told once.
    ///
    /// - Throws: `secondFactorOff` when nothing was begun; `codeWrong`, counted like a wrong password.
    package func confirmSecondFactor(
        of id: AccountID, code: String, by actor: Principal
    ) async throws -> [String] {
        let codes = try (0..<RecoveryCode.count).map { _ in try RecoveryCode.new() }
        try await prove(id, Proof(code: code, isFirst: true), by: actor) { connection, now in
            try connection.execute("UPDATE second_factor SET confirmed = \(now) WHERE account = \(id)")
            try connection.execute("DELETE FROM recovery_code WHERE account = \(id)")
            for code in codes {
                try connection.execute(
                    """
                    INSERT INTO recovery_code (account, digest)
                    VALUES (\(id), \(RecoveryCode.digest(code, of: id)))
                    """)
            }
            let own: SessionID? = if case .session(let session) = actor.channel { session } else { nil }
            try connection.execute(
                "DELETE FROM session WHERE account = \(id) AND id <> \(own?.text ?? "")")
            try record("account.second-factor-on", id, [:], by: actor.actor, at: now, in: connection)
        }
        return codes
    }

    /// By its owner, with password and code.
    package func removeSecondFactor(
        of id: AccountID, password: String, code: String, by actor: Principal
    ) async throws {
        try await prove(id, Proof(password: password, code: code), by: actor) { connection, now in
            try Self.forgetFactor(of: id, in: connection)
            try record("account.second-factor-off", id, [:], by: actor.actor, at: now, in: connection)
        }
    }

    /// By an administrator, for whoever lost app and recovery codes. Every session of the account ends.
    ///
    /// - Throws: `secondFactorOwn`: whoever sits at an administrator's open session must not be rid of the administrator's code.
    package func resetSecondFactor(of id: AccountID, by actor: Principal) async throws {
        guard actor.account != id else { throw IdentityError.secondFactorOwn }
        try await change(id, "account.second-factor-reset", by: actor) { connection, _ in
            guard try Self.factorConfirmed(id, in: connection) != nil else {
                throw IdentityError.secondFactorOff
            }
            try Self.forgetFactor(of: id, in: connection)
            try connection.execute("DELETE FROM session WHERE account = \(id)")
        }
    }

    private static func forgetFactor(of id: AccountID, in connection: any Connection) throws {
        try connection.execute("DELETE FROM second_factor WHERE account = \(id)")
        try connection.execute("DELETE FROM recovery_code WHERE account = \(id)")
    }

    /// Nil while it is off.
    static func factorConfirmed(_ id: AccountID, in connection: any Connection) throws -> Instant? {
        try connection.row("SELECT confirmed FROM second_factor WHERE account = \(id)")?
            .optional("confirmed")
    }

    /// Uses up a code of the app, or a recovery code; nil when it is neither. `isFirst`: of what is not switched on yet.
    func redeem(
        _ code: String, of id: AccountID, isFirst: Bool = false, at now: Instant,
        in connection: any Connection
    ) throws -> CodeKind? {
        guard code.utf8.count <= RecoveryCode.charactersMax,
            let row = try connection.row("SELECT * FROM second_factor WHERE account = \(id)"),
            try (row.optional("confirmed", as: Instant.self) == nil) == isFirst
        else { return nil }
        let password = try opened(try row.value("secret"), of: id)
        let used: Int64 = try row.value("period_used")
        if let period = try password.period(of: code, at: now, after: used) {
            try connection.execute(
                "UPDATE second_factor SET period_used = \(period) WHERE account = \(id)")
            return .code
        }
        guard !isFirst else { return nil }
        let changed = try connection.execute(
            """
            UPDATE recovery_code SET used = \(now) WHERE account = \(id)
            AND digest = \(RecoveryCode.digest(code, of: id)) AND used IS NULL
            """)
        guard changed == 1 else { return nil }
        try record("account.recovery-code-used", id, [:], by: "account:\(id)", at: now, in: connection)
        return .recovery
    }

    private func opened(_ sealed: [UInt8], of id: AccountID) throws -> OneTimePassword {
        OneTimePassword(secret: try cipher(.secondFactor).open(sealed, aad: Self.place(id)))
    }

    private static func place(_ id: AccountID) -> [UInt8] { Array("second-factor/\(id)".utf8) }
}
