import Cryptography
import Evidence
import Foundation
import Identity
import Kernel
import Persistence
import Synchronization
import TestKit
import Testing

/// Time that a test moves.
final class MovingClock: Sendable {
    private let time: Mutex<Instant>

    init(_ start: Instant) { time = Mutex(start) }

    var now: Instant { time.withLock { $0 } }
    var clock: Clock { Clock { self.now } }
    func advance(seconds: Int) { time.withLock { $0 = $0 + .seconds(seconds) } }
}

/// Identity on a database of its own, with a clock that the test moves and cheap password hashes.
struct IdentityWorld: Sendable {
    static let password = "correct horse battery"
    static let cheap = PasswordHashing.Cost(operations: 1, memoryBytes: 1 << 13)

    let database: any Database
    let evidence: EvidenceLog
    let time: MovingClock
    let parties: Parties
    let posts: Posts
    let accounts: Accounts
    let sessions: Sessions
    let tokens: Tokens
    let system = Principal.system()

    var now: Instant { time.now }
    var today: CalendarDate { time.now.date() }

    static func run(
        _ dialect: Dialect, settings: IdentitySettings = IdentitySettings(),
        _ body: (IdentityWorld) async throws -> Void
    ) async throws {
        try await withDatabase(dialect, evidenceMigrations + identityMigrations) { database in
            let world = try IdentityWorld(database, settings)
            try await world.evidence.prepare(database)
            try await body(world)
        }
    }

    private init(_ database: any Database, _ settings: IdentitySettings) throws {
        self.database = database
        // 2026-03-02T01:00:00Z, a Monday morning in China.
        time = MovingClock(Instant(microseconds: 1_772_413_200_000_000))
        evidence = EvidenceLog(
            node: "test", digest: .sm3,
            personalCipher: try Cipher(.aes256GCM, secrets: [1: [UInt8](repeating: 7, count: 32)], current: 1)
        )
        parties = Parties(database: database, evidence: evidence)
        let known = KnownTokens()
        posts = Posts(
            database: database, evidence: evidence, known: known,
            separation: AdministratorSeparation(isOn: settings.separatesAdministrators))
        accounts = Accounts(
            database: database, evidence: evidence, known: known,
            passwords: PasswordHashing(cost: Self.cheap), settings: settings, clock: time.clock,
            ciphers: { _ in
                try Cipher(.aes256GCM, secrets: [1: [UInt8](repeating: 7, count: 32)], current: 1)
            })
        sessions = Sessions(database: database, evidence: evidence, settings: settings, clock: time.clock)
        tokens = Tokens(database: database, evidence: evidence, known: known, clock: time.clock)
    }

    func unit(_ name: String, kind: Party.Kind = .unit, parent: PartyID? = nil) async throws -> Party {
        try await parties.create(
            PartyDraft(kind: kind, name: name, parent: parent, founded: date("2019-01-01")), by: system,
            at: now)
    }

    /// A person with an account who holds a new post with `roles` from today on.
    func officer(
        _ name: String, roles: Set<Role>, in party: PartyID
    ) async throws -> (account: Account, post: Post, person: Person) {
        let post = try await posts.create("岗位 \(name)", in: party, roles: roles, by: system, at: now)
        let person = try await posts.register(name, by: system, at: now)
        try await posts.appoint(person.id, to: post.id, from: today, by: system, at: now)
        let account = try await accounts.create(name, password: Self.password, for: person.id, by: system)
        return (account, post, person)
    }

    @discardableResult
    func signIn(_ name: String, _ password: String = IdentityWorld.password) async throws -> OpenedSession {
        guard case .opened(let opened) = try await knock(name, password) else {
            throw IdentityError.codeWrong
        }
        return opened
    }

    func knock(_ name: String, _ password: String = IdentityWorld.password) async throws -> Entrance {
        try await accounts.signIn(
            name: name, password: password, from: "192.0.2.1",
            browser: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36")
    }

    /// How often each type of leaf was written.
    func leaves() async throws -> [String: Int] {
        try await database.read { connection in
            let types: [String] = try connection.rows("SELECT type FROM evidence_leaf").map {
                try $0.value("type")
            }
            return types.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
    }

    func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }
}
