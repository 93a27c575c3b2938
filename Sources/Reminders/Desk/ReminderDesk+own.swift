import Cryptography
import Evidence
package import Identity
package import Kernel
import Persistence

/// A person's own address and wishes. Only in a session of their own: a key of a program changes nothing of it.
extension ReminderDesk {
    package static let codeMinutes = 15
    package static let codeTriesMax = 5
    package static let codesPerHourMax = 4
    private static let codeDigits = 6

    /// What a person sees of their own.
    package struct Own: Sendable {
        package let receiver: Receiver
        package let address: String
    }

    package func own(of principal: Principal) async throws -> Own? {
        guard let account = principal.account else { return nil }
        let store = store
        guard let receiver = try await database.read({ try store.mail(of: account, in: $0) }) else {
            return nil
        }
        return Own(receiver: receiver, address: try await address(of: receiver.id)?.text ?? "")
    }

    /// As a form begins: what the settings say.
    package func standardWish(_ language: Language) -> Receiver.Wish {
        Receiver.Wish(manner: Manner(restsOnDaysOff: rules.restsOnDaysOff), language: language)
    }

    private func account(_ principal: Principal) throws(ReminderError) -> AccountID {
        guard case .session = principal.channel, let account = principal.account else { throw .sessionOnly }
        return account
    }

    /// Keeps an address and mails it a code; nothing else is sent there before the code comes back.
    ///
    /// - Throws: `ReminderError.noMail`, `.invalid`, `.codesTooMany`, `.notSent` with what the mail server said.
    package func setAddress(_ text: String, in language: Language, by principal: Principal) async throws {
        let account = try account(principal)
        guard let server = rules.mail else { throw ReminderError.noMail }
        guard let address = MailAddress(text) else {
            throw ReminderError.invalid([Problem.Place("address", Message("reminder.mail-malformed"))])
        }
        let now = clock.now()
        let code = try Self.newCode()
        let (store, fresh) = (store, ReceiverID.new(at: now))
        let present = try await database.read { try store.mail(of: account, in: $0) }
        let id = present?.id ?? fresh
        let (place, sealed) = (try seal(address, of: id), try seal(code: code, of: id))
        let receiver = Receiver(
            id: id, kind: .mail, account: account, state: .unconfirmed, wish: standardWish(language),
            nextAt: now)
        try await database.write { connection in
            if try store.mail(of: account, in: connection) == nil {
                try store.insert(receiver, place: place, in: connection)
            }
            let before = try store.code(of: id, in: connection)
            let isSameHour = before.map { now - $0.since < .seconds(3_600) } ?? false
            let sent = isSameHour ? before?.sent ?? 0 : 0
            let since = isSameHour ? before?.since ?? now : now
            guard sent < Self.codesPerHourMax else {
                let seconds = Int((since.microseconds - now.microseconds) / 1_000_000) + 3_600
                throw ReminderError.codesTooMany(secondsLeft: max(1, seconds))
            }
            try store.ask(
                id, at: place,
                code: ReceiverStore.Code(
                    sealed: sealed, until: now + .seconds(Self.codeMinutes * 60), tries: 0, since: since,
                    sent: sent + 1), in: connection)
        }
        let frame = rules.frame
        func said(_ key: String, _ arguments: [String: String]) -> String {
            frame.text(Message(key, arguments), language)
        }
        let mail = MailText(
            id: ReminderMessageID.new(at: now).text, at: now, sender: server.sender,
            senderName: frame.siteName, recipient: address,
            subject: said("reminder.subject-code", ["site": frame.siteName]),
            lines: [
                said("reminder.code-text", ["code": code, "minutes": String(Self.codeMinutes)]),
                said("reminder.code-why", ["site": frame.siteName]), "",
                frame.siteAddress + ReminderLinks.own,
            ], language: language, preferences: frame.siteAddress + ReminderLinks.own)
        do throws(SendFault) { try await server.send(mail.bytes, to: address) } catch {
            throw ReminderError.notSent(error.message)
        }
    }

    private static func newCode() throws -> String {
        let bytes = try Secrets.random(8)
        let number = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 1_000_000
        let digits = String(number)
        return String(repeating: "0", count: codeDigits - digits.count) + digits
    }

    /// - Throws: `ReminderError.codeOver`, `.codeWrong`, and after `codeTriesMax` of these `.codeLocked`: then another code is needed.
    package func confirm(_ code: String, by principal: Principal) async throws {
        let account = try account(principal)
        let (store, now) = (store, clock.now())
        let present = try await database.read { connection in
            try store.mail(of: account, in: connection).map {
                ($0, try store.code(of: $0.id, in: connection))
            }
        }
        guard let (receiver, asked) = present, receiver.state == .unconfirmed, let asked,
            let sealed = asked.sealed, let until = asked.until, now < until
        else { throw ReminderError.codeOver }
        guard asked.tries < Self.codeTriesMax else { throw ReminderError.codeLocked }
        let isRight = Secrets.equal(
            try opened(code: sealed, of: receiver.id), Array(code.filter { !$0.isWhitespace }.utf8))
        let address = try await address(of: receiver.id)
        let nextAt = nextLook(receiver.wish, after: now)
        let evidence = evidence
        let tries = try await database.write { connection -> Int? in
            // Counted in the transaction: many at once are no more tries.
            guard let current = try store.code(of: receiver.id, in: connection), current.sealed == sealed,
                current.tries < Self.codeTriesMax
            else { return Self.codeTriesMax }
            guard isRight else {
                try store.noteTry(receiver.id, in: connection)
                return current.tries + 1
            }
            try store.confirm(receiver.id, nextAt: nextAt, in: connection)
            try evidence.append(
                receiver.leaf(
                    "reminder.address-confirmed", at: now, actor: principal.actor, address: address),
                in: connection)
            return nil
        }
        guard let tries else { return }
        guard tries < Self.codeTriesMax else { throw ReminderError.codeLocked }
        throw ReminderError.codeWrong(triesLeft: Self.codeTriesMax - tries)
    }

    /// `revision` is the one that was looked at.
    package func setOwn(
        _ wish: Receiver.Wish, seen revision: Int, by principal: Principal
    ) async throws {
        let account = try account(principal)
        let store = store
        guard let receiver = try await database.read({ try store.mail(of: account, in: $0) }) else {
            throw ReminderError.notFound
        }
        try await set(wish, of: receiver, seen: revision, actor: nil)
    }

    /// Forgets the address, and what was sent to it.
    package func forget(by principal: Principal) async throws {
        let account = try account(principal)
        let (store, evidence, now) = (store, evidence, clock.now())
        try await database.write { connection in
            guard let receiver = try store.mail(of: account, in: connection) else {
                throw ReminderError.notFound
            }
            try store.remove(receiver.id, in: connection)
            try evidence.append(
                receiver.leaf("reminder.address-removed", at: now, actor: principal.actor), in: connection)
        }
    }

    func set(
        _ wish: Receiver.Wish, of receiver: Receiver, seen revision: Int, actor: String?
    ) async throws {
        let faults = wish.faults(standard: rules.quiet)
        guard faults.isEmpty else { throw ReminderError.invalid(faults) }
        let (store, messages, evidence, now) = (store, messages, evidence, clock.now())
        let nextAt = nextLook(wish, after: now)
        try await database.write { connection in
            guard
                try store.setWish(
                    wish, of: receiver.id, seen: revision, nextAt: nextAt, in: connection)
            else { throw ReminderError.moved }
            if wish.occasions.isEmpty { try messages.drop(of: receiver.id, at: now, in: connection) }
            if let actor {
                try evidence.append(
                    receiver.leaf("reminder-channel.changed", at: now, actor: actor), in: connection)
            }
        }
    }
}
