import Evidence
import Identity
import Kernel
import Persistence

/// Sends what is queued: claimed first, written from what waits at that moment, and its end noted.
///
/// At least once: a process that dies between handing a message over and noting it leaves it to the next, which sends it with the same
/// id. Receivers that look at ids show it once.
extension ReminderDesk {
    static let leaseSeconds = 180
    private static let atOnceMax = 4
    private static let retryFirst = 60
    private static let retryLongest = 3_600

    func sendDue() async throws -> Int {
        let (messages, now) = (messages, clock.now())
        let due = try await database.read { try messages.due(at: now, in: $0) }
        let outcomes = await withTaskGroup(of: Result<Bool, any Error>.self) { group in
            var outcomes: [Result<Bool, any Error>] = []
            for (position, message) in due.enumerated() {
                if position >= Self.atOnceMax, let outcome = await group.next() { outcomes.append(outcome) }
                group.addTask {
                    do { return .success(try await send(message, at: now)) } catch { return .failure(error) }
                }
            }
            for await outcome in group { outcomes.append(outcome) }
            return outcomes
        }
        return try outcomes.filter { try $0.get() }.count
    }

    /// False: it was not sent, by us or now.
    private func send(_ message: ReminderMessage, at now: Instant) async throws -> Bool {
        let (store, messages) = (store, messages)
        let found = try await database.read { try store.receiver(message.receiver, in: $0) }
        guard let receiver = found, receiver.state == .active else {
            return try await drop(message, at: now)
        }
        let open = receiver.wish.manner.open(from: now, standard: rules.quiet, by: calendar)
        guard open <= now else {
            try await database.write { try messages.postpone(message.id, to: open, because: nil, in: $0) }
            return false
        }
        let lease = now + .seconds(Self.leaseSeconds)
        guard try await database.write({ try messages.claim(message, until: lease, at: now, in: $0) }) else {
            return false
        }
        // What is done or decided since, and what may be seen no more, is not told.
        let topics = Set(message.topics)
        let items = try await waiting(for: receiver)?.filter { topics.contains($0.topic) } ?? []
        guard !items.isEmpty else { return try await drop(message, at: now) }
        do throws(SendFault) {
            let bytes = try await hand(message, to: receiver, items)
            let ended = clock.now()
            try await noted { connection in
                guard try messages.end(message.id, .sent, bytes: bytes, at: ended, in: connection) else {
                    return
                }
                try store.noteSent(receiver.id, at: ended, in: connection)
            }
            return true
        } catch {
            try await fail(message, of: receiver, error)
            return false
        }
    }

    private func noted(_ body: @escaping @Sendable (any Connection) throws -> Void) async throws(SendFault) {
        do { try await database.writeEvenIfCancelled(body) } catch {
            // Handed over, and nobody could write it down: it is sent once more when the lease ends.
            throw SendFault("reminder.fault.not-noted")
        }
    }

    private func drop(_ message: ReminderMessage, at now: Instant) async throws -> Bool {
        let messages = messages
        try await database.write { _ = try messages.end(message.id, .dropped, at: now, in: $0) }
        return false
    }

    private func fail(_ message: ReminderMessage, of receiver: Receiver, _ fault: SendFault) async throws {
        let (store, messages, evidence, now) = (store, messages, evidence, clock.now())
        let retryAt = now + .seconds(Self.backOff(message.tries + 1))
        let isOver = fault.isFinal || retryAt - message.madeAt > .seconds(rules.giveUpHours * 3_600)
        try await database.writeEvenIfCancelled { connection in
            guard isOver else {
                return try messages.postpone(
                    message.id, to: retryAt, because: fault.message, in: connection)
            }
            guard
                try messages.end(message.id, .failed, problem: fault.message, at: now, in: connection)
            else { return }
            try store.noteFailed(receiver.id, fault.message, in: connection)
            guard fault.isFinal,
                try store.setState(
                    .refused, of: receiver.id, seen: receiver.revision, nextAt: receiver.nextAt,
                    because: fault.message, in: connection)
            else { return }
            try messages.drop(of: receiver.id, at: now, in: connection)
            try evidence.append(
                receiver.leaf(
                    receiver.isChannel ? "reminder-channel.refused" : "reminder.address-refused", at: now,
                    actor: "system"), in: connection)
        }
    }

    /// Seconds until the next try: one minute, two, four … an hour each.
    static func backOff(_ tries: Int) -> Int {
        min(retryFirst << min(max(0, tries - 1), 10), retryLongest)
    }

    // MARK: - Handing over

    func text(
        _ items: [WaitingItem], _ cause: ReminderMessage.Cause, _ language: Language, on now: Instant
    ) -> ReminderText {
        ReminderText(
            items: items.sorted {
                ($0.occasion, $0.due.map(\.daysSince1970) ?? .max, $0.topic) < (
                    $1.occasion, $1.due.map(\.daysSince1970) ?? .max, $1.topic
                )
            },
            cause: cause, language: language, today: now.date(), calendar: calendar, frame: rules.frame)
    }

    /// How many bytes were sent.
    func hand(
        _ message: ReminderMessage, to receiver: Receiver, _ items: [WaitingItem]
    ) async throws(SendFault) -> Int {
        let now = clock.now()
        let text = text(items, message.cause, receiver.wish.language, on: now)
        switch receiver.kind {
        case .mail:
            guard let server = rules.mail else { throw SendFault("reminder.no-mail") }
            guard let address = try await opened({ try await address(of: receiver.id) }) else {
                throw SendFault("reminder.fault.no-place")
            }
            // Every try of one message has the same id and day.
            let mail = MailText(
                id: message.id.text, at: message.madeAt, sender: server.sender,
                senderName: rules.frame.siteName, recipient: address, subject: text.subject,
                lines: text.lines(isChannel: false), language: receiver.wish.language,
                preferences: text.preferences)
            let bytes = mail.bytes
            try await server.send(bytes, to: address)
            return bytes.count
        case .webhook, .wecom:
            guard let place = try await opened({ try await place(of: receiver.id) }) else {
                throw SendFault("reminder.fault.no-place")
            }
            let unit = await named(receiver.unit)
            guard receiver.kind == .webhook else {
                let head = "\(rules.frame.siteName) · \(unit)"
                return try await rules.webhooks.send(
                    [head, text.subject] + text.lines(most: 10, isChannel: true), to: place)
            }
            return try await rules.webhooks.send(
                text.json(id: message.id, at: message.madeAt, unit: unit), id: message.id, to: place, at: now)
        }
    }

    private func named(_ unit: PartyID?) async -> String {
        guard let unit, let name = try? await neighbours.partyName(unit) else { return "" }
        return name
    }

    private func opened<Place>(_ body: () async throws -> Place?) async throws(SendFault) -> Place? {
        do { return try await body() } catch { throw SendFault("reminder.fault.no-place") }
    }
}
