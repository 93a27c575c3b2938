import Casework
import Cryptography
import Curl
import Exchange
import Foundation
package import Identity
import Kernel
import Persistence
import Policy
package import Reminders
import Web

extension Node {
    /// 提醒: people and units told outside the page of what waits for them.
    package var reminders: ReminderDesk {
        let (accounts, posts, parties, permissions, clock) = (accounts, posts, parties, permissions, clock)
        return ReminderDesk(
            database: database, permissions: permissions, evidence: evidence,
            ciphers: { [keys] in try keys.cipher(for: .reminderPlace) },
            rules: ReminderDesk.Rules(settings),
            neighbours: ReminderDesk.Neighbours(
                principals: { account in
                    let today = clock.now().date()
                    var principals: [Principal] = []
                    for held in try await posts.held(by: account, on: today) {
                        if let holder = try await accounts.holder(account, in: held.post.id, on: today) {
                            principals.append(holder)
                        }
                    }
                    return principals
                },
                holder: { try await accounts.holder($0, in: $1, on: clock.now().date()) },
                waiting: { try await waiting(for: $0, $1, $2) },
                partyName: { id in try await parties.find(id)?.name(on: clock.now().date()) ?? id.text },
                hasInbox: { principal in
                    ExchangeSite.actsOfRequests.contains { permissions.mayEver($0, principal) }
                }), calendars: calendars, clock: clock)
    }

    var reminderSite: ReminderSite { ReminderSite(reminders, actors: actors) }

    private static let linesMax = 200

    /// From the inbox, by the same calls that its page makes; nothing else knows what waits.
    private func waiting(
        for principal: Principal, _ tray: ReminderDesk.Tray, _ wish: Receiver.Wish
    ) async throws -> [WaitingItem] {
        guard ExchangeSite.actsOfRequests.contains(where: { permissions.mayEver($0, principal) }) else {
            return []
        }
        let place: Inbox.Tray = tray == .mine ? .mine : .unit
        let naming = Naming(parties: parties, principal: principal, today: clock.now().date())
        var items: [WaitingItem] = []
        if wish.occasions.contains(.turn) {
            for line in try await exchange.inbox(place, of: principal, linesMax: Self.linesMax).lines {
                items.append(try await item(line, naming))
            }
            items += try await matters(for: principal, tray) { try await naming.name($0) }
        }
        if wish.occasions.contains(.due) {
            for due in try await exchange.dueClocks(place, of: principal) {
                let stage = DueStage(
                    due.due, on: naming.today, daysBefore: wish.daysBefore, by: calendar)
                guard let stage else { continue }
                items.append(
                    WaitingItem(
                        .due, topic: "due/\(due.caseID)/\(due.position)/\(due.due)/\(stage.rawValue)",
                        what: Message("exchange.kind.\(due.kind)"), unit: try await naming.other(due.seats),
                        due: due.due, title: due.title, path: CaseLinks.page(due.caseID, kind: due.kind)))
            }
        }
        if wish.occasions.contains(.watched), tray == .mine {
            items += try await watched(by: principal, naming)
        }
        if wish.occasions.contains(.notice) {
            for notice in try await exchange.notices(of: principal) where notice.seenAt == nil {
                items.append(
                    WaitingItem(
                        .notice, topic: "notice/\(notice.id)",
                        what: Message("exchange.kind.\(notice.kind)"),
                        unit: try await naming.name(notice.party),
                        title: notice.message.arguments["title"] ?? "",
                        path: CaseLinks.page(notice.caseID, kind: notice.kind)))
            }
        }
        return items
    }

    private func item(_ line: Inbox.Line, _ naming: Naming) async throws -> WaitingItem {
        // Back in the same hands later it is another turn.
        let since = line.since.map { String($0.microseconds) } ?? line.state
        return WaitingItem(
            .turn, topic: "turn/\(line.id)/\(since)", what: Message("exchange.kind.\(line.kind)"),
            unit: try await naming.other(line.seats), due: line.due, title: line.title,
            path: CaseLinks.page(line.id, kind: line.kind))
    }

    private func watched(by principal: Principal, _ naming: Naming) async throws -> [WaitingItem] {
        let news = try await exchange.watchNews(of: principal)
        guard !news.isEmpty else { return [] }
        let lines = try await exchange.inbox(
            .watched, of: principal, order: InboxOrder(.changed, isDescending: true), linesMax: Self.linesMax
        ).lines
        let seats = Dictionary(lines.map { ($0.id, $0.seats) }, uniquingKeysWith: { first, _ in first })
        var items: [WaitingItem] = []
        for one in news {
            items.append(
                WaitingItem(
                    .watched, topic: "watched/\(one.id)/\(one.at.microseconds)",
                    what: Message("exchange.kind.\(one.kind)"),
                    unit: try await naming.other(seats[one.id] ?? [:]), title: one.title,
                    path: CaseLinks.page(one.id, kind: one.kind)))
        }
        return items
    }

    /// The other unit of a case, as it is called today.
    private struct Naming {
        let parties: Parties
        let principal: Principal
        let today: CalendarDate

        func name(_ id: PartyID) async throws -> String {
            try await parties.find(id)?.name(on: today) ?? id.text
        }

        /// Who asks, or for who asks, who has the data.
        func other(_ seats: [String: PartyID]) async throws -> String {
            let asking = CaseLinks.asking(seats)
            let other = asking == principal.party ? CaseLinks.asked(seats) : asking
            guard let other else { return "" }
            return try await name(other)
        }
    }
}

extension ReminderDesk.Rules {
    init(_ settings: Settings) {
        let siteName = settings.text(.siteName)
        self.init(
            frame: ReminderText.Frame(
                siteName: siteName.isEmpty ? "Headwaters" : siteName,
                siteAddress: settings.text(.siteAddress), hasTitles: settings.text(.reminderTitles) == "on",
                text: { Node.words.text($0, in: $1) }),
            mail: MailServer(settings),
            webhooks: WebhookClient(
                hosts: settings.text(.siteAddress).isEmpty ? [] : settings.list(.webhookHosts),
                authoritiesFile: settings.text(.webhookAuthorities),
                secondsMax: settings.integer(.reminderSeconds)),
            quiet: DaySpan(settings.text(.quietHours)),
            restsOnDaysOff: settings.text(.quietDaysOff) == "on",
            keepDays: settings.integer(.reminderKeepDays),
            messagesPerHourMax: settings.integer(.remindersPerHour),
            giveUpHours: settings.integer(.reminderGiveUp))
    }
}

extension MailServer {
    /// Nil: not all is set that mail needs.
    init?(_ settings: Settings) {
        let host = settings.text(.mailHost)
        guard !host.isEmpty, !settings.text(.siteAddress).isEmpty,
            let sender = MailAddress(settings.text(.mailSender)),
            let security = MailCall.Security(rawValue: settings.text(.mailSecurity))
        else { return nil }
        let (password, file) = (settings.text(.mailPassword), settings.text(.mailPasswordFile))
        self.init(
            host: host, port: settings.integer(.mailPort), security: security, sender: sender,
            user: settings.text(.mailUser),
            password: {
                guard !file.isEmpty else { return password }
                let text = try String(contentsOfFile: file, encoding: .utf8)
                return text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            }, authoritiesFile: settings.text(.mailAuthorities),
            secondsMax: settings.integer(.reminderSeconds))
    }
}

extension Node {
    /// How many places that are the principal's own or their unit's are not reached: what their inbox says.
    package func reminderAlarm(for principal: Principal) async throws -> Int {
        try await reminderSite.alarms(for: principal)?.rows.count ?? 0
    }
}
