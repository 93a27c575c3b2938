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
    private let ciphers: Ciphers
    private let evidence: EvidenceLog
    private let known: KnownTokens

    /// The key of a use, out of the node's own store.
    package typealias Ciphers = @Sendable (KeyUse) throws -> Cipher

    package init(
        database: any Database, evidence: EvidenceLog, known: KnownTokens, passwords: PasswordHashing,
        settings: IdentitySettings = IdentitySettings(), clock: Clock = .system, ciphers: @escaping Ciphers
    ) {
        self.ciphers = ciphers
        self.known = known
        self.database = database
        self.evidence = evidence
        self.passwords = passwords
        self.settings = settings
        self.clock = clock
    }

    func cipher(_ use: KeyUse) throws -> Cipher { try ciphers(use) }

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
        let hash = try await hashed(password, for: name)
        let now = clock.now()
        let id = AccountID.new(at: now)
        return try await database.write { connection in
            let scope = try AdministrativeScope.of(actor, in: connection)
            if newlyNamed == nil,
                try !scope.contains(person: person, on: now.date(), in: connection)
            {
                throw IdentityError.personUnknown
            }
            guard scope.isNode || scope.root != nil else { throw IdentityError.personUnknown }
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
                INSERT INTO account (id, person, name, match_key, password, password_set, created, home)
                VALUES (\(id), \(person), \(name), \(key), \(hash), \(now), \(now), \(scope.root))
                """)
            try record("account.created", id, [:], by: actor.actor, at: now, in: connection)
            return Account(id: id, person: person, name: name, isDisabled: false, lockedUntil: nil)
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

    func change(
        _ id: AccountID, _ type: String, _ payload: JSON = [:], by actor: Principal,
        _ body: @escaping @Sendable (any Connection, Instant) throws -> Void
    ) async throws {
        let now = clock.now()
        try await database.write { connection in
            guard try connection.row("SELECT id FROM account WHERE id = \(id)") != nil else {
                throw IdentityError.accountUnknown
            }
            try Self.demand(id, of: actor, at: now, in: connection)
            try body(connection, now)
            try record(type, id, payload, by: actor.actor, at: now, in: connection)
        }
    }

    /// One's own, or one within what `actor` administers.
    static func demand(
        _ id: AccountID, of actor: Principal, at now: Instant, in connection: any Connection
    ) throws {
        guard actor.account != id else { return }
        try AdministrativeScope.of(actor, in: connection)
            .demand(account: id, on: now.date(), in: connection)
    }

    /// Those that `actor` administers, oldest first: what a list shows, and what a form offers.
    package func all(within actor: Principal) async throws -> [Account] {
        let today = clock.now().date()
        return try await database.read { connection in
            try AdministrativeScope.of(actor, in: connection).accounts(on: today, in: connection)
        }
    }

    /// - Throws: `accountUnknown` for one that `actor` does not administer, as for one that is not there.
    package func find(_ id: AccountID, within actor: Principal) async throws -> Account {
        let today = clock.now().date()
        return try await database.read { connection in
            guard let row = try connection.row("SELECT * FROM account WHERE id = \(id)") else {
                throw IdentityError.accountUnknown
            }
            try AdministrativeScope.of(actor, in: connection)
                .demand(account: id, on: today, in: connection)
            return try Self.account(row)
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
