import Foundation
import Hummingbird
package import Identity
import Kernel
import Policy
package import Web

package let reminderPageFolder = PageFolder("reminders", Bundle.module)
package let reminderPages: [any Page.Type] = [
    OwnPage.self, ChannelsPage.self, NewChannelPage.self, ChannelPage.self,
]

/// Pages of reminders: one's own, and the channels of a unit.
package struct ReminderSite: Sendable {
    private let desk: ReminderDesk
    private let actors: Actors.Reader

    package init(_ desk: ReminderDesk, actors: @escaping Actors.Reader) {
        self.desk = desk
        self.actors = actors
    }

    package func routes(_ routes: inout Routes) {
        let own = ReminderLinks.own
        routes.get(own, .signedIn) { try await showOwn($0) }
        routes.post(own, .signedIn) { visit in
            try await act(visit, "wish", Message("reminder.saved")) {
                try await desk.setOwn(
                    try WishForm.read(visit.form), seen: visit.form.integer("revision") ?? 0,
                    by: visit.principal)
            }
        }
        routes.post("\(own)/address", .signedIn) { visit in
            try await act(visit, "address", Message("reminder.code-sent")) {
                try await desk.setAddress(
                    visit.form["address"], in: visit.language, by: visit.principal)
            }
        }
        routes.post("\(own)/confirmation", .signedIn) { visit in
            try await act(visit, "code", Message("reminder.confirmed")) {
                try await desk.confirm(visit.form["code"], by: visit.principal)
            }
        }
        routes.get("\(own)/removal", .signedIn) { visit in
            try visit.page(
                ConfirmPage(
                    title: Message("reminder.forget"), question: Message("reminder.forget-question"),
                    consequences: [Message("reminder.forget-consequence")], action: "\(own)/removal",
                    button: Message("reminder.forget"), backHref: own))
        }
        routes.post("\(own)/removal", .signedIn) { visit in
            try await desk.forget(by: visit.principal)
            return visit.redirect(to: own, saying: Notice(.done, Message("reminder.forgotten")))
        }
        channelRoutes(&routes)
    }

    private func channelRoutes(_ routes: inout Routes) {
        let channels = ReminderLinks.channels
        routes.get(channels, .action(.manageChannels)) { try await list($0) }
        routes.get("\(channels)/new", .action(.manageChannels)) { try new($0, nil) }
        routes.post(channels, .action(.manageChannels)) { try await add($0) }
        routes.get("\(channels)/:id", .action(.manageChannels)) { visit in
            try await show(visit, visit.id(), nil)
        }
        routes.post("\(channels)/:id", .action(.manageChannels)) { try await change($0) }
        for (word, state) in [("pause", Receiver.State.paused), ("resumption", .active)] {
            routes.post("\(channels)/:id/\(word)", .action(.manageChannels)) { visit in
                let id: ReceiverID = try visit.id()
                try await desk.set(state, id, by: visit.principal)
                return visit.redirect(
                    to: ReminderLinks.channel(id),
                    saying: Notice(
                        .done, Message(state == .paused ? "reminder.paused" : "reminder.resumed")))
            }
        }
        routes.post("\(channels)/:id/test", .action(.manageChannels)) { try await test($0) }
        routes.get("\(channels)/:id/removal", .action(.manageChannels)) { visit in
            let channel = try await desk.channel(visit.id(), for: visit.principal)
            let link = ReminderLinks.channel(channel.id)
            return try visit.page(
                ConfirmPage(
                    title: Message("reminder.remove"),
                    question: Message("reminder.remove-question", ["label": channel.label]),
                    consequences: [Message("reminder.remove-consequence")], action: "\(link)/removal",
                    button: Message("reminder.remove"), backHref: link))
        }
        routes.post("\(channels)/:id/removal", .action(.manageChannels)) { visit in
            try await desk.remove(visit.id(), by: visit.principal)
            return visit.redirect(
                to: channels, saying: Notice(.done, Message("reminder.removed")))
        }
    }

    // MARK: - One's own

    private func showOwn(_ visit: Visit, _ refused: RefusedForm? = nil) async throws -> Response {
        let own = try await desk.own(of: visit.principal)
        let messages = try await own.asyncMap { try await desk.messages(of: $0.receiver) } ?? []
        return try visit.page(
            OwnPage(
                OwnPage.Content(
                    own: own, messages: messages, standard: desk.standardWish(visit.language),
                    quiet: desk.rules.quiet, hasMail: desk.rules.mail != nil,
                    mayManageChannels: desk.permissions.mayEver(.manageChannels, visit.principal)),
                refused: refused), status: refused == nil ? .ok : .unprocessableContent)
    }

    private func act(
        _ visit: Visit, _ form: String, _ done: Message, _ body: () async throws -> Void
    ) async throws -> Response {
        do {
            try await body()
            return visit.redirect(to: ReminderLinks.own, saying: Notice(.done, done))
        } catch let error as ReminderError where !error.problem.places.isEmpty {
            return try await showOwn(visit, RefusedForm(form, visit.form, error.problem))
        }
    }

    // MARK: - Channels

    private func list(_ visit: Visit) async throws -> Response {
        let channels = try await desk.channels(for: visit.principal)
        var units: [PartyID: String] = [:]
        for unit in Set(channels.compactMap(\.unit)) {
            units[unit] = try await desk.neighbours.partyName(unit)
        }
        return try visit.page(
            ChannelsPage(
                channels, units: units, hasHosts: !desk.rules.webhooks.hosts.isEmpty,
                mayAdd: desk.neighbours.hasInbox(visit.principal)))
    }

    private func new(_ visit: Visit, _ refused: RefusedForm?) throws -> Response {
        try visit.page(
            NewChannelPage(
                hosts: desk.rules.webhooks.hosts, standard: desk.standardWish(visit.language),
                quiet: desk.rules.quiet, refused: refused),
            status: refused == nil ? .ok : .unprocessableContent)
    }

    private func add(_ visit: Visit) async throws -> Response {
        let form = visit.form
        do {
            guard let kind = Receiver.Kind(rawValue: form["kind"]), kind != .mail else {
                throw ReminderError.invalid([Problem.Place("kind", Message("reminder.choose-one"))])
            }
            let made = try await desk.add(
                ReminderDesk.ChannelDraft(
                    kind: kind, label: form["label"], address: form["address"],
                    secret: form.exactly("secret"), wish: try WishForm.read(form)), by: visit.principal)
            return visit.redirect(
                to: ReminderLinks.channel(made.id), saying: Notice(.done, Message("reminder.channel-added")))
        } catch let error as ReminderError where error.problem.kind == .invalid {
            return try new(visit, RefusedForm("channel", form, error.problem))
        }
    }

    private func show(_ visit: Visit, _ id: ReceiverID, _ refused: RefusedForm?) async throws -> Response {
        let channel = try await desk.channel(id, for: visit.principal)
        let account = "account:\(channel.account)"
        let names = try await Actors(of: [account], reader: actors)
        var unit = ""
        if let party = channel.unit { unit = try await desk.neighbours.partyName(party) }
        return try visit.page(
            ChannelPage(
                ChannelPage.Content(
                    channel: channel, unit: unit, holder: names[account],
                    messages: try await desk.messages(of: channel), quiet: desk.rules.quiet),
                refused: refused), status: refused == nil ? .ok : .unprocessableContent)
    }

    private func change(_ visit: Visit) async throws -> Response {
        let id: ReceiverID = try visit.id()
        do {
            try await desk.change(
                id, to: try WishForm.read(visit.form), seen: visit.form.integer("revision") ?? 0,
                by: visit.principal)
            return visit.redirect(
                to: ReminderLinks.channel(id), saying: Notice(.done, Message("reminder.saved")))
        } catch let error as ReminderError where error.problem.kind == .invalid {
            return try await show(visit, id, RefusedForm("wish", visit.form, error.problem))
        }
    }

    private func test(_ visit: Visit) async throws -> Response {
        let id: ReceiverID = try visit.id()
        let link = ReminderLinks.channel(id)
        do {
            try await desk.test(id, by: visit.principal)
            return visit.redirect(to: link, saying: Notice(.done, Message("reminder.test-sent")))
        } catch let fault as SendFault {
            return visit.redirect(to: link, saying: Notice(.warning, fault.message))
        } catch ReminderError.notSent(let why) {
            return visit.redirect(to: link, saying: Notice(.warning, why))
        }
    }

    /// For the inbox: that one's own reminders, or those of one's unit, do not arrive; nil when they do.
    package func alarms(for principal: Principal) async throws -> Table? {
        var troubled: [(receiver: Receiver, href: String)] = []
        if let own = try await desk.own(of: principal), own.receiver.isAlarming {
            troubled.append((own.receiver, ReminderLinks.own))
        }
        for channel in try await desk.channels(for: principal)
        where channel.isAlarming && channel.unit == principal.party {
            troubled.append((channel, ReminderLinks.channel(channel.id)))
        }
        guard !troubled.isEmpty else { return nil }
        return Table(
            id: "reminder-troubles", caption: Message("reminder.troubles"),
            columns: [.init(Message("reminder.kind")), .init(Message("reminder.reason"))],
            rows: troubled.map { trouble in
                [
                    Table.Cell(
                        trouble.receiver.isChannel
                            ? .data(trouble.receiver.label) : .word(Message("reminder.kind.mail")),
                        href: trouble.href),
                    Table.Cell(trouble.receiver.problem.map { .word($0) } ?? .nothing),
                ]
            }, count: troubled.count, empty: EmptyState(Message("reminder.none-sent")))
    }
}

extension Optional {
    fileprivate func asyncMap<Value>(_ body: (Wrapped) async throws -> Value) async throws -> Value? {
        guard let self else { return nil }
        return try await body(self)
    }
}
