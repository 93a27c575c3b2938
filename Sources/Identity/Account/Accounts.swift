package import Cryptography
package import Evidence
package import Kernel
package import Persistence

/// Accounts: who has one, and what changes it. The door itself is `signIn`.
package struct Accounts: Sendable {
    let database: any Database
    let passwords: PasswordHashing
    let settings: IdentitySettings
    let clock: Clock
    let throttle = AddressThrottle()
    private let evidence: EvidenceLog
    private let known: KnownTokens

    package init(
        database: any Database, evidence: EvidenceLog, known: KnownTokens, passwords: PasswordHashing,
        settings: IdentitySettings = IdentitySettings(), clock: Clock = .system
    ) {
        self.known = known
        self.database = database
        self.evidence = evidence
        self.passwords = passwords
        self.settings = settings
        self.clock = clock
    }

    package func find(_ id: AccountID) async throws -> Account? {
        try await database.read { connection in
            try connection.row("SELECT * FROM account WHERE id = \(id)").map(Self.account)
        }
    }

    package func all() async throws -> [Account] {
        try await database.read { connection in
            try connection.rows("SELECT * FROM account ORDER BY id LIMIT \(Parties.listMax)")
                .map(Self.account)
        }
    }

    package func create(
        _ name: String, password: String, for person: PersonID, by actor: Principal
    ) async throws -> Account {
        try await create(name, password: password, for: person, newlyNamed: nil, by: actor)
    }

    /// For somebody who is not registered yet; both or neither are.
    package func create(
        _ name: String, password: String, forNew person: String, by actor: Principal
    ) async throws -> Account {
        try Posts.check(person, "name", Person.nameCharactersMax)
        return try await create(
            name, password: password, for: .new(at: clock.now()), newlyNamed: person, by: actor)
    }

    private func create(
        _ name: String, password: String, for person: PersonID, newlyNamed: String?, by actor: Principal
    ) async throws -> Account {
        let key = try Account.matchKey(name)
        let hash = try await hashed(password)
        let now = clock.now()
        let id = AccountID.new(at: now)
        return try await database.write { connection in
            if let newlyNamed {
                try Posts.register(newlyNamed, as: person, by: actor, at: now, evidence, in: connection)
            }
            guard try connection.row("SELECT id FROM person WHERE id = \(person)") != nil else {
                throw IdentityError.personUnknown
            }
            guard try connection.row("SELECT id FROM account WHERE match_key = \(key)") == nil else {
                throw IdentityError.accountNameTaken
            }
            try connection.execute(
                """
                INSERT INTO account (id, person, name, match_key, password, created)
                VALUES (\(id), \(person), \(name), \(key), \(hash), \(now))
                """)
            try record("account.created", id, [:], by: actor.actor, at: now, in: connection)
            return Account(id: id, person: person, name: name, isDisabled: false, lockedUntil: nil)
        }
    }

    package func changePassword(
        of id: AccountID, from old: String, to new: String, by actor: Principal
    ) async throws {
        let row = try await database.read { try $0.row("SELECT password FROM account WHERE id = \(id)") }
        guard let row else { throw IdentityError.accountUnknown }
        guard try await passwords.verify(old, against: try row.value("password")) else {
            throw IdentityError.signInWrong
        }
        try await setPassword(of: id, to: new, by: actor)
    }

    /// For an administrator. Every session of the account ends, and a lock is lifted.
    package func setPassword(of id: AccountID, to password: String, by actor: Principal) async throws {
        let hash = try await hashed(password)
        try await change(id, "account.password-changed", by: actor) { connection, _ in
            try connection.execute(
                """
                UPDATE account SET password = \(hash), failures = 0, failing_since = NULL,
                locked_until = NULL WHERE id = \(id)
                """)
            try connection.execute("DELETE FROM session WHERE account = \(id)")
        }
    }

    package func unlock(_ id: AccountID, by actor: Principal) async throws {
        try await change(id, "account.unlocked", by: actor) { connection, _ in
            try connection.execute(
                """
                UPDATE account SET failures = 0, failing_since = NULL, locked_until = NULL WHERE id = \(id)
                """)
        }
    }

    /// Sessions end and tokens are revoked in the same moment.
    package func disable(_ id: AccountID, by actor: Principal) async throws {
        defer { known.forget() }
        try await change(id, "account.disabled", by: actor) { connection, now in
            try connection.execute("UPDATE account SET disabled = 1 WHERE id = \(id)")
            try connection.execute("DELETE FROM session WHERE account = \(id)")
            try connection.execute(
                "UPDATE api_token SET revoked = \(now) WHERE account = \(id) AND revoked IS NULL")
        }
    }

    package func enable(_ id: AccountID, by actor: Principal) async throws {
        try await change(id, "account.enabled", by: actor) { connection, _ in
            try connection.execute("UPDATE account SET disabled = 0 WHERE id = \(id)")
        }
    }

    private func hashed(_ password: String) async throws -> String {
        guard password.count >= settings.passwordCharactersMin else {
            throw IdentityError.passwordTooShort(charactersMin: settings.passwordCharactersMin)
        }
        return try await passwords.hash(password)
    }

    private func change(
        _ id: AccountID, _ type: String, by actor: Principal,
        _ body: @escaping @Sendable (any Connection, Instant) throws -> Void
    ) async throws {
        let now = clock.now()
        try await database.write { connection in
            guard try connection.row("SELECT id FROM account WHERE id = \(id)") != nil else {
                throw IdentityError.accountUnknown
            }
            try body(connection, now)
            try record(type, id, [:], by: actor.actor, at: now, in: connection)
        }
    }

    func record(
        _ type: String, _ account: AccountID?, _ payload: JSON, by actor: String, at now: Instant,
        in connection: any Connection
    ) throws {
        let leaf = Leaf(
            id: .new(at: now), type: type, at: now, actor: actor,
            subjects: account.map { [Leaf.Subject($0)] } ?? [], payload: payload)
        try evidence.append(leaf, in: connection)
    }

    static func account(_ row: Row) throws -> Account {
        Account(
            id: try row.value("id"), person: try row.value("person"), name: try row.value("name"),
            isDisabled: try row.value("disabled"), lockedUntil: try row.optional("locked_until"))
    }
}
