import Evidence
import Identity
import Kernel
import Persistence
import Policy

/// Looks at who is due, and queues what they have not been told of.
extension ReminderDesk {
    private static let topicsMax = 500

    /// One round: queues, sends, forgets. Safe beside the rounds of other processes: each receiver is looked at, and each message sent, by
    /// whoever claims it. Answers how many messages were sent.
    ///
    /// - Throws: the first fault that kept something from being looked at, after all others were.
    @discardableResult
    package func round() async throws -> Int {
        var fault: (any Error)?
        let (store, now) = (store, clock.now())
        for receiver in try await database.read({ try store.due(at: now, in: $0) }) {
            do { try await look(at: receiver, now) } catch { fault = fault ?? error }
        }
        let sent = try await sendDue()
        try await forgetOld()
        if let fault { throw fault }
        return sent
    }

    /// With the rights of now; nil when nobody may be told any more.
    func waiting(for receiver: Receiver) async throws -> [WaitingItem]? {
        var items: [WaitingItem] = []
        if receiver.isChannel {
            guard let holder = try await neighbours.holder(receiver.account, receiver.post),
                permissions.allows(.manageChannels, on: subject(receiver), for: holder)
            else { return nil }
            items = try await neighbours.waiting(holder, .unit, receiver.wish)
        } else {
            let principals = try await neighbours.principals(receiver.account)
            guard !principals.isEmpty else { return nil }
            for principal in principals {
                items += try await neighbours.waiting(principal, .mine, receiver.wish)
            }
        }
        var seen: Set<String> = []
        return Array(items.filter { seen.insert($0.topic).inserted }.prefix(Self.topicsMax))
    }

    private func look(at receiver: Receiver, _ now: Instant) async throws {
        let manner = receiver.wish.manner
        let open = manner.open(from: now, standard: rules.quiet, by: calendar)
        guard open <= now else { return try await postpone(receiver, to: open) }
        guard !receiver.wish.occasions.isEmpty else {
            return try await postpone(receiver, to: next(receiver, after: now))
        }
        let (messages, hour) = (messages, now + .seconds(-3_600))
        let made = try await database.read { try messages.made(for: receiver.id, since: hour, in: $0) }
        if made.count >= rules.messagesPerHourMax, let first = made.first {
            // What comes meanwhile goes into one message then.
            return try await postpone(receiver, to: first + .seconds(3_601))
        }
        guard let items = try await waiting(for: receiver) else {
            if receiver.isChannel { return try await stop(receiver, at: now) }
            return try await postpone(receiver, to: next(receiver, after: now))
        }
        try await queue(items, for: receiver, at: now)
    }

    private func next(_ receiver: Receiver, after now: Instant) -> Instant {
        receiver.wish.manner.next(
            after: now, everySeconds: Self.lookEverySeconds, standard: rules.quiet, by: calendar)
    }

    private func postpone(_ receiver: Receiver, to moment: Instant) async throws {
        let store = store
        try await database.write { _ = try store.look(receiver, again: moment, in: $0) }
    }

    private func queue(_ items: [WaitingItem], for receiver: Receiver, at now: Instant) async throws {
        let (store, messages, nextAt) = (store, messages, next(receiver, after: now))
        let isDigest = receiver.wish.manner.digestMinute != nil
        try await database.write { connection in
            guard try store.look(receiver, again: nextAt, in: connection) else { return }
            var told: [WaitingItem] = []
            for item in items {
                let isNew = try store.tell(receiver.id, item.topic, at: now, in: connection)
                // A digest is of all that waits; what is told as it happens is told once.
                if isNew || (isDigest && item.occasion.waits) { told.append(item) }
            }
            guard !told.isEmpty else { return }
            try messages.insert(
                ReminderMessage(
                    id: ReminderMessageID.new(at: now), receiver: receiver.id,
                    cause: isDigest ? .digest : .atOnce, topics: told.map(\.topic),
                    counts: Self.counts(told), state: .waiting, madeAt: now, nextAt: now), in: connection)
        }
    }

    static func counts(_ items: [WaitingItem]) -> [String: Int] {
        items.reduce(into: [:]) { $0[$1.occasion.rawValue, default: 0] += 1 }
    }

    /// Whoever set the channel up has left the post, or lost the right: nobody is told on their behalf.
    private func stop(_ receiver: Receiver, at now: Instant) async throws {
        let (store, messages, evidence) = (store, messages, evidence)
        try await database.write { connection in
            guard
                try store.setState(
                    .paused, of: receiver.id, seen: receiver.revision, nextAt: receiver.nextAt,
                    because: Message("reminder.holder-gone"), in: connection)
            else { return }
            try messages.drop(of: receiver.id, at: now, in: connection)
            try evidence.append(
                receiver.leaf("reminder-channel.paused", at: now, actor: "system"), in: connection)
        }
    }

    private func forgetOld() async throws {
        let (store, messages) = (store, messages)
        let moment = clock.now() + .seconds(-rules.keepDays * 86_400)
        try await database.write { connection in
            try messages.forget(before: moment, in: connection)
            try store.forgetTold(before: moment, in: connection)
        }
    }
}

extension Receiver.Occasion {
    /// Whether it lasts until somebody acts.
    var waits: Bool { self == .turn || self == .due }
}
