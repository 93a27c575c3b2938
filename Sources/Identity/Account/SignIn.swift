internal import Cryptography
internal import Evidence
internal import Kernel
internal import Persistence

/// What the right password gives.
package enum Entrance: Sendable {
    case opened(OpenedSession)
    /// A code is asked for. The ticket says who gave the password, and when; only this node can read it.
    case secondStep(ticket: String)
}

/// The door. Every knock is in the evidence, the failed ones too.
extension Accounts {
    /// A new session, whose secret is a new one every time, or the way to the second step. A wrong name, a wrong password and a disabled
    /// account all throw `signInWrong`; that an account is locked is told only to who knows its password.
    package func signIn(
        name: String, password: String, from address: String, browser: String? = nil
    ) async throws -> Entrance {
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
            entry: try SessionEntry(at: now, from: address, browser: browser))
        let outcome = try await database.write { try settle(attempt, in: $0) }
        if case .failure = outcome { throttle.fail(address, at: now, settings) }
        return try outcome.get()
    }

    /// The second step: a code of the app, or a recovery code. Wrong ones count like wrong passwords.
    ///
    /// - Throws: `secondStepOver` when the ticket is too old or the password was changed since.
    package func secondStep(
        ticket: String, code: String, from address: String, browser: String? = nil
    ) async throws -> OpenedSession {
        let now = clock.now()
        guard !throttle.isOver(address, at: now, settings) else { throw IdentityError.signInsTooMany }
        let known = try self.ticket(ticket, at: now)
        let entry = try SessionEntry(at: now, from: address, browser: browser)
        let outcome: Result<OpenedSession, IdentityError> = try await database.write { connection in
            guard let row = try connection.row("SELECT * FROM account WHERE id = \(known.account)"),
                try !row.value("disabled", as: Bool.self),
                try Self.mark(of: row.value("password")) == known.mark,
                try known.link.map({
                    try connection.row("SELECT id FROM account_link WHERE id = \($0)") != nil
                }) ?? true
            else { return .failure(.secondStepOver) }
            let count = try FailureCount(row)
            if let until = count.lockedUntil, count.isLocked(at: now) {
                try refuse("locked", row, nil, at: now, in: connection)
                return .failure(.locked(until: until))
            }
            guard let kind = try redeem(code, of: known.account, at: now, in: connection) else {
                try refuse("code", row, count, at: now, in: connection)
                return .failure(.codeWrong)
            }
            return .success(try open(entry.by(known.link), row, by: kind, in: connection))
        }
        if case .failure = outcome { throttle.fail(address, at: now, settings) }
        return try outcome.get()
    }

    private struct Attempt: Sendable {
        let account: AccountID
        /// What the password was compared with; it may have been changed meanwhile.
        let hash: String
        let isRight: Bool
        let renewed: String?
        let entry: SessionEntry
    }

    /// A refusal is an outcome here and not an error, because its count and its leaf must be committed.
    private func settle(
        _ attempt: Attempt, in connection: any Connection
    ) throws -> Result<Entrance, IdentityError> {
        let (id, now) = (attempt.account, attempt.entry.at)
        guard let row = try connection.row("SELECT * FROM account WHERE id = \(id)") else {
            return .failure(.signInWrong)
        }
        let count = try FailureCount(row)
        let isRight = try attempt.isRight && row.value("password") == attempt.hash
        let isDisabled: Bool = try row.value("disabled")
        if isDisabled || count.isLocked(at: now) || !isRight {
            let reason = isDisabled ? "disabled" : count.isLocked(at: now) ? "locked" : "password"
            if isDisabled || (isRight && count.isLocked(at: now)) {
                try refuse(reason, row, nil, at: now, in: connection)
            } else {
                try refuse(reason, row, count, at: now, in: connection)
            }
            if !isDisabled, isRight, let until = count.lockedUntil { return .failure(.locked(until: until)) }
            return .failure(.signInWrong)
        }
        guard try mayUsePassword(id, at: now, in: connection) else {
            try refuse("password-closed", row, nil, at: now, in: connection)
            return .failure(.passwordsClosed)
        }
        let kept = attempt.renewed ?? attempt.hash
        if let renewed = attempt.renewed {
            try connection.execute("UPDATE account SET password = \(renewed) WHERE id = \(id)")
        }
        guard try Self.factorConfirmed(id, in: connection) == nil else {
            // Failures are forgotten only after the code: who knows the password alone must not be able to try codes without end.
            return .success(.secondStep(ticket: try newTicket(id, Self.mark(of: kept), at: now)))
        }
        return .success(.opened(try open(attempt.entry, row, by: nil, in: connection)))
    }

    /// Where people come in through a provider, only administrators keep the password as their way in: for the day on which it is down.
    private func mayUsePassword(
        _ id: AccountID, at now: Instant, in connection: any Connection
    ) throws -> Bool {
        guard settings.passwordsForAdministratorsOnly else { return true }
        return try Posts.held(by: id, on: now.date(), in: connection).contains {
            $0.post.roles.contains(.administrator)
        }
    }

    /// With `count` it is one failure more.
    private func refuse(
        _ reason: String, _ row: Row, _ count: FailureCount?, at now: Instant, in connection: any Connection
    ) throws {
        let id: AccountID = try row.value("id")
        try record(
            "account.sign-in-failed", id, ["reason": .string(reason)], by: "public", at: now, in: connection)
        guard let count else { return }
        try remember(count.failing(at: now, settings), was: count, of: id, at: now, in: connection)
    }

    func open(
        _ entry: SessionEntry, _ row: Row, by kind: CodeKind?, in connection: any Connection
    ) throws -> OpenedSession {
        let (id, now): (AccountID, Instant) = (try row.value("id"), entry.at)
        // A provider's word says nothing of passwords and codes that were guessed here.
        if entry.link == nil || (kind != nil && kind != .provider) {
            try remember(FailureCount(), was: try FailureCount(row), of: id, at: now, in: connection)
        }
        let lastPost: PostID? = try row.optional("last_post")
        let held = try Posts.held(by: id, on: now.date(), in: connection)
        let holding = held.first { $0.post.id == lastPost } ?? held.first
        let opened = try Sessions.open(
            entry, account: id, holding, held: held, until: now + .seconds(settings.sessionSeconds),
            settings,
            in: connection)
        var payload = holding?.said ?? ["post": .null]
        payload["session"] = .string(entry.id.text)
        payload["secondFactor"] = kind.map { .string($0.rawValue) }
        if let link = entry.link {
            payload["link"] = .string(link.text)
            payload["provider"] = try connection.row("SELECT provider FROM account_link WHERE id = \(link)")
                .map { .string(try $0.value("provider")) }
        }
        try record(
            "account.signed-in", id, .object(payload), by: "account:\(id)", at: now, in: connection)
        return opened
    }

    func remember(
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

    // MARK: - Between the two steps

    private static let ticketPlace = Array("second-step".utf8)

    /// Changes with the password.
    static func mark(of hash: String) -> String { DigestAlgorithm.sha256.digest(hash).hex }

    /// `link`: by which somebody came in, instead of the password.
    func newTicket(
        _ account: AccountID, _ mark: String, by link: AccountLinkID? = nil, at now: Instant
    ) throws -> String {
        let text = "\(account) \(now.microseconds) \(mark) \(link?.text ?? "-")"
        return try cipher(.ticket).seal(Array(text.utf8), aad: Self.ticketPlace).hex
    }

    private func ticket(
        _ sealed: String, at now: Instant
    ) throws -> (account: AccountID, mark: String, link: AccountLinkID?) {
        guard let bytes = [UInt8](hex: sealed[...]),
            let plain = try? cipher(.ticket).open(bytes, aad: Self.ticketPlace)
        else { throw IdentityError.secondStepOver }
        let parts = String(decoding: plain, as: UTF8.self).split(separator: " ").map(String.init)
        guard parts.count == 4, let account = AccountID(parts[0]), let microseconds = Int64(parts[1]),
            now - Instant(microseconds: microseconds) <= .seconds(settings.secondStepSeconds)
        else { throw IdentityError.secondStepOver }
        return (account, parts[2], AccountLinkID(parts[3]))
    }
}
