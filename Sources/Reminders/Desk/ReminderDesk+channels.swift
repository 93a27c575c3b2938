import Evidence
package import Identity
package import Kernel
import Lake
import Persistence
package import Policy

/// Channels of a unit: set up by who manages it, telling what waits for the unit as far as that person may know of it that day.
extension ReminderDesk {
    package struct ChannelDraft: Sendable {
        package var kind: Receiver.Kind
        package var label: String
        /// The whole address, a robot's with its key.
        package var address: String
        package var secret: String
        package var wish: Receiver.Wish

        package init(
            kind: Receiver.Kind, label: String, address: String, secret: String, wish: Receiver.Wish
        ) {
            self.kind = kind
            self.label = label
            self.address = address
            self.secret = secret
            self.wish = wish
        }
    }

    package func subject(_ channel: Receiver) -> Subject {
        let (store, id) = (store, channel.id)
        return Subject(Leaf.Subject(id), owner: channel.unit, revision: channel.revision) {
            try store.revision(of: id, in: $0)
        }
    }

    /// Of the principal's own unit; for an administrator, of all.
    package func channels(for principal: Principal) async throws -> [Receiver] {
        guard permissions.mayEver(.manageChannels, principal) else { return [] }
        let store = store
        let found = try await database.read { try store.channels(of: nil, in: $0) }
        return found.filter { permissions.allows(.manageChannels, on: subject($0), for: principal) }
    }

    package func channel(_ id: ReceiverID, for principal: Principal) async throws -> Receiver {
        let store = store
        guard let found = try await database.read({ try store.receiver(id, in: $0) }), found.isChannel,
            permissions.allows(.manageChannels, on: subject(found), for: principal)
        else { throw ReminderError.notFound }
        return found
    }

    /// - Throws: `ReminderError.invalid` with the fields, `.tooManyChannels`, `.nothingToTell`.
    @discardableResult
    package func add(_ draft: ChannelDraft, by principal: Principal) async throws -> Receiver {
        guard let account = principal.account, let unit = principal.party, principal.post != nil else {
            throw PolicyError.notPermitted(.manageChannels)
        }
        let permit = try permissions.permit(
            .manageChannels, on: .new(kind: ReceiverNoun.kind, owner: unit), for: principal)
        guard neighbours.hasInbox(principal) else { throw ReminderError.nothingToTell }
        var faults = draft.wish.faults(standard: rules.quiet)
        if !(1...Receiver.labelCharactersMax).contains(draft.label.unicodeScalars.count)
            || draft.label != ReminderText.flat(draft.label)
        {
            faults.append(
                Problem.Place(
                    "label",
                    Message("reminder.label-length", ["max": String(Receiver.labelCharactersMax)])))
        }
        var place: WebhookPlace?
        do throws(ReminderError) {
            place = try WebhookPlace(
                draft.kind, address: draft.address, secret: draft.secret, hosts: rules.webhooks.hosts)
        } catch .invalid(let places) { faults += places } catch { throw error }
        guard faults.isEmpty, let place, let address = place.address else {
            throw ReminderError.invalid(faults)
        }
        let now = clock.now()
        let receiver = Receiver(
            id: ReceiverID.new(at: now), kind: draft.kind, account: account, post: principal.post,
            unit: unit, label: draft.label, host: address.place, state: .active, wish: draft.wish,
            nextAt: nextLook(draft.wish, after: now))
        let (store, evidence, sealed) = (store, evidence, try seal(place, of: receiver.id))
        return try await database.write(under: permit) { connection, mandate in
            guard try store.channels(of: unit, in: connection).count < Receiver.channelsMax else {
                throw ReminderError.tooManyChannels(max: Receiver.channelsMax)
            }
            try store.insert(receiver, place: sealed, in: connection)
            try evidence.append(
                receiver.leaf("reminder-channel.added", at: now, actor: mandate.actor), in: connection)
            return receiver
        }
    }

    /// `revision` is the one that was looked at. It goes on as whoever set it up.
    package func change(
        _ id: ReceiverID, to wish: Receiver.Wish, seen revision: Int, by principal: Principal
    ) async throws {
        let present = try await channel(id, for: principal)
        try await set(wish, of: present, seen: revision, actor: principal.actor)
    }

    /// Pauses it, or lets it go on from now.
    package func set(_ state: Receiver.State, _ id: ReceiverID, by principal: Principal) async throws {
        let present = try await channel(id, for: principal)
        let permit = try permissions.permit(.manageChannels, on: subject(present), for: principal)
        let now = clock.now()
        let (store, messages, evidence, nextAt) = (
            store, messages, evidence, nextLook(present.wish, after: now)
        )
        try await database.write(under: permit) { connection, mandate in
            guard
                try store.setState(
                    state, of: id, seen: present.revision, nextAt: nextAt, in: connection)
            else { throw ReminderError.moved }
            if state == .paused { try messages.drop(of: id, at: now, in: connection) }
            try evidence.append(
                present.leaf(
                    state == .paused ? "reminder-channel.paused" : "reminder-channel.resumed", at: now,
                    actor: mandate.actor), in: connection)
        }
    }

    package func remove(_ id: ReceiverID, by principal: Principal) async throws {
        let present = try await channel(id, for: principal)
        let permit = try permissions.permit(.manageChannels, on: subject(present), for: principal)
        let (store, evidence, now) = (store, evidence, clock.now())
        try await database.write(under: permit) { connection, mandate in
            try store.remove(id, in: connection)
            try evidence.append(
                present.leaf("reminder-channel.removed", at: now, actor: mandate.actor), in: connection)
        }
    }

    /// Sends one now, whatever the hour: somebody waits for it.
    ///
    /// - Throws: `SendFault` with what stood against it; it is noted all the same.
    package func test(_ id: ReceiverID, by principal: Principal) async throws {
        try await test(try await channel(id, for: principal))
    }

    /// At the machine, for whoever set the mail server up.
    package func testMail(to text: String, in language: Language) async throws {
        guard let server = rules.mail else { throw ReminderError.noMail }
        guard let address = MailAddress(text) else {
            throw ReminderError.invalid([Problem.Place("address", Message("reminder.mail-malformed"))])
        }
        let now = clock.now()
        let letter = self.text([], .test, language, on: now)
        let mail = MailText(
            id: ReminderMessageID.new(at: now).text, at: now, sender: server.sender,
            senderName: rules.frame.siteName, recipient: address, subject: letter.subject,
            lines: letter.lines(isChannel: false), language: language, preferences: letter.preferences)
        try await server.send(mail.bytes, to: address)
    }

    private func test(_ receiver: Receiver) async throws {
        let now = clock.now()
        let message = ReminderMessage(
            id: ReminderMessageID.new(at: now), receiver: receiver.id, cause: .test, topics: [], counts: [:],
            state: .waiting, madeAt: now, nextAt: now, leaseUntil: now + .seconds(Self.leaseSeconds))
        let (messages, store) = (messages, store)
        let hour = try await database.write { connection -> Bool in
            let made = try messages.made(
                for: receiver.id, since: now + .seconds(-3_600), in: connection)
            guard made.count < rules.messagesPerHourMax else { return false }
            try messages.insert(message, in: connection)
            return true
        }
        guard hour else { throw ReminderError.notSent(Message("reminder.hour-full")) }
        do throws(SendFault) {
            let bytes = try await hand(message, to: receiver, [])
            try? await database.writeEvenIfCancelled { connection in
                try messages.end(message.id, .sent, bytes: bytes, at: now, in: connection)
                try store.noteSent(receiver.id, at: now, in: connection)
            }
        } catch {
            try? await database.writeEvenIfCancelled { connection in
                try messages.end(message.id, .failed, problem: error.message, at: now, in: connection)
                try store.noteFailed(receiver.id, error.message, in: connection)
            }
            throw error
        }
    }
}
