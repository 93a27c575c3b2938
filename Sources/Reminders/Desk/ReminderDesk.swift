package import Cryptography
package import Evidence
import Foundation
package import Identity
package import Kernel
package import Persistence
package import Policy

/// 提醒: what waits for somebody, told where they are. What the inbox shows is the only truth; here is who is told, when and where, and
/// how it went.
package struct ReminderDesk: Sendable {
    /// What the settings say.
    package struct Rules: Sendable {
        package var frame: ReminderText.Frame
        /// Nil: this node sends no mail.
        package var mail: MailServer?
        package var webhooks: WebhookClient
        /// When nobody who has said nothing else is disturbed.
        package var quiet: DaySpan?
        package var restsOnDaysOff: Bool
        package var keepDays: Int
        package var messagesPerHourMax: Int
        package var giveUpHours: Int

        package init(
            frame: ReminderText.Frame, mail: MailServer?, webhooks: WebhookClient, quiet: DaySpan?,
            restsOnDaysOff: Bool, keepDays: Int, messagesPerHourMax: Int, giveUpHours: Int
        ) {
            self.frame = frame
            self.mail = mail
            self.webhooks = webhooks
            self.quiet = quiet
            self.restsOnDaysOff = restsOnDaysOff
            self.keepDays = keepDays
            self.messagesPerHourMax = messagesPerHourMax
            self.giveUpHours = giveUpHours
        }
    }

    /// Whose turn: a person's own, or anybody's of their unit.
    package enum Tray: Sendable { case mine, unit }

    package struct Neighbours: Sendable {
        /// Who an account is today, once for each post it holds or stands in for; none when it is disabled.
        package let principals: @Sendable (AccountID) async throws -> [Principal]
        /// Who an account is in one post today; nil when it is its no more.
        package let holder: @Sendable (AccountID, PostID?) async throws -> Principal?
        /// What waits, by the rights of that principal and as the inbox shows it, of the occasions that are wished for.
        package let waiting: @Sendable (Principal, Tray, Receiver.Wish) async throws -> [WaitingItem]
        package let partyName: @Sendable (PartyID) async throws -> String
        /// Whether a post can have an inbox at all.
        package let hasInbox: @Sendable (Principal) -> Bool

        package init(
            principals: @escaping @Sendable (AccountID) async throws -> [Principal],
            holder: @escaping @Sendable (AccountID, PostID?) async throws -> Principal?,
            waiting: @escaping @Sendable (Principal, Tray, Receiver.Wish) async throws -> [WaitingItem],
            partyName: @escaping @Sendable (PartyID) async throws -> String,
            hasInbox: @escaping @Sendable (Principal) -> Bool
        ) {
            self.principals = principals
            self.holder = holder
            self.waiting = waiting
            self.partyName = partyName
            self.hasInbox = hasInbox
        }
    }

    let database: any Database
    let permissions: Permissions
    let evidence: EvidenceLog
    private let ciphers: @Sendable () throws -> Cipher
    package let rules: Rules
    let neighbours: Neighbours
    private let calendars: CalendarInForce
    var calendar: WorkingDayCalendar { calendars.now }
    let clock: Clock
    let store = ReceiverStore()
    let messages = MessageStore()

    package init(
        database: any Database, permissions: Permissions, evidence: EvidenceLog,
        ciphers: @escaping @Sendable () throws -> Cipher, rules: Rules, neighbours: Neighbours,
        calendars: CalendarInForce, clock: Clock
    ) {
        self.database = database
        self.permissions = permissions
        self.evidence = evidence
        self.ciphers = ciphers
        self.rules = rules
        self.neighbours = neighbours
        self.calendars = calendars
        self.clock = clock
    }

    package func figures() async throws -> ReminderFigures {
        let (messages, since) = (messages, clock.now() + .seconds(-ReminderFigures.days * 86_400))
        return try await database.read { try messages.figures(since: since, in: $0) }
    }

    /// What was sent, newest first: counts and how it went.
    package func messages(of receiver: Receiver) async throws -> [ReminderMessage] {
        let messages = messages
        return try await database.read { try messages.list(of: receiver.id, in: $0) }
    }

    // MARK: - Places

    func seal(_ address: MailAddress, of id: ReceiverID) throws -> [UInt8] {
        try ciphers().seal(Array(address.text.utf8), aad: Self.aad(id))
    }

    func seal(_ place: WebhookPlace, of id: ReceiverID) throws -> [UInt8] {
        try ciphers().seal(Array(try JSONEncoder().encode(place)), aad: Self.aad(id))
    }

    func address(of id: ReceiverID) async throws -> MailAddress? {
        let store = store
        guard let sealed = try await database.read({ try store.place(of: id, in: $0) }) else { return nil }
        let opened = try ciphers().open(sealed, aad: Self.aad(id))
        return MailAddress(String(decoding: opened, as: UTF8.self))
    }

    func place(of id: ReceiverID) async throws -> WebhookPlace? {
        let store = store
        guard let sealed = try await database.read({ try store.place(of: id, in: $0) }) else { return nil }
        let opened = try ciphers().open(sealed, aad: Self.aad(id))
        return try JSONDecoder().decode(WebhookPlace.self, from: Data(opened))
    }

    func seal(code: String, of id: ReceiverID) throws -> [UInt8] {
        try ciphers().seal(Array(code.utf8), aad: Array("reminder-code/\(id)".utf8))
    }

    func opened(code: [UInt8], of id: ReceiverID) throws -> [UInt8] {
        try ciphers().open(code, aad: Array("reminder-code/\(id)".utf8))
    }

    private static func aad(_ id: ReceiverID) -> [UInt8] { Array("reminder/\(id)".utf8) }

    // MARK: - Times

    static let lookEverySeconds = 60

    /// When a receiver is looked at first, or again once its wish has changed.
    func nextLook(_ wish: Receiver.Wish, after now: Instant) -> Instant {
        wish.manner.digestMinute == nil
            ? wish.manner.open(from: now, standard: rules.quiet, by: calendar)
            : wish.manner.next(
                after: now, everySeconds: Self.lookEverySeconds, standard: rules.quiet, by: calendar)
    }
}

extension Receiver {
    /// Where it leads is in no leaf but for the host of a channel; an address is in the part that can be erased.
    func leaf(
        _ type: String, at now: Instant, actor: String, address: MailAddress? = nil
    ) -> Leaf {
        Leaf(
            id: LeafID.new(at: now), type: type, at: now, actor: actor,
            subjects: [Leaf.Subject(id), Leaf.Subject(account)] + (unit.map { [Leaf.Subject($0)] } ?? []),
            payload: isChannel ? ["kind": .string(kind.rawValue), "host": .string(host)] : [:],
            personal: address.map { ["address": .string($0.text)] })
    }
}
