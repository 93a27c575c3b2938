package import Kernel
package import Web

/// The channels of a unit; for an administrator, of all.
package struct ChannelsPage: Page {
    package static let template = "reminders/channels"
    package let title: Message
    package let head: Head
    /// No host may be reached: none can be set up.
    package let hasNoHosts: Bool
    package let table: Table

    init(_ channels: [Receiver], units: [PartyID: String], hasHosts: Bool, mayAdd: Bool) {
        title = Message("reminder.channels")
        let new = Act(Message("reminder.channel-new"), "\(ReminderLinks.channels)/new")
        let act = hasHosts && mayAdd ? new : nil
        head = Head(
            .word(title), subtitle: .word(Message("reminder.channels-why")), act: act,
            otherActs: [Act(Message("reminder.own"), ReminderLinks.own)])
        hasNoHosts = !hasHosts
        table = Table(
            id: "channels", caption: title,
            columns: [
                .init(Message("reminder.label")), .init(Message("reminder.unit")),
                .init(Message("reminder.kind")), .init(Message("reminder.host")),
                .init(Message("reminder.state")), .init(Message("reminder.last-sent")),
            ],
            rows: channels.map { channel in
                [
                    Table.Cell(.data(channel.label), href: ReminderLinks.channel(channel.id)),
                    Table.Cell(channel.unit.flatMap { units[$0] }.map { .data($0) } ?? .nothing),
                    Table.Cell(.word(channel.kind.message)), Table.Cell(.data(channel.host)),
                    Table.Cell(channel.chip),
                    Table.Cell(
                        channel.sentAt.map { .moment($0) } ?? .nothing,
                        note: channel.problem.map { .word($0) }),
                ]
            }, count: channels.count, empty: EmptyState(Message("reminder.no-channels"), act: act))
    }

    package static let samples = [
        ChannelsPage([], units: [:], hasHosts: false, mayAdd: true),
        ChannelsPage(
            [
                .sample(.wecom, .active),
                .sample(.webhook, .refused, problem: Message("reminder.fault.gone")),
            ], units: [PartyID(high: 7 << 48, low: 3 << 60): "市民政局"], hasHosts: true, mayAdd: true),
    ]
}

/// A channel that is being set up.
package struct NewChannelPage: Page {
    package static let template = "reminders/channel-new"
    package let title: Message
    package let head: Head
    package let form: ReminderForm

    init(hosts: [String], standard: Receiver.Wish, quiet: DaySpan?, refused: RefusedForm? = nil) {
        title = Message("reminder.channel-new")
        head = Head(
            .word(title), subtitle: .word(Message("reminder.channel-new-why")),
            crumbs: [Head.Crumb(.word(Message("reminder.channels")), ReminderLinks.channels)])
        let typed = refused?.answers
        let kind = typed?["kind"] ?? Receiver.Kind.wecom.rawValue
        let place = [
            Field.text("label", Message("reminder.label"), value: typed?["label"] ?? "").required()
                .hint(Message("reminder.label-hint")),
            Field.radios(
                "kind", Message("reminder.kind"),
                [Receiver.Kind.wecom, .webhook].map {
                    Field.Option(
                        $0.rawValue, .word($0.message),
                        hint: Message("reminder.kind.\($0.rawValue)-hint"), isChosen: $0.rawValue == kind)
                }
            ).required(),
            // A robot's key is part of its address: neither is shown again.
            Field.text("address", Message("reminder.webhook-address"), type: "password").required()
                .hint(Message("reminder.webhook-address-hint", ["hosts": hosts.joined(separator: ", ")])),
            Field.text("secret", Message("reminder.secret"), type: "password")
                .hint(Message("reminder.secret-hint", ["min": String(WebhookPlace.secretCharactersMin)]))
                .asked(when: "kind", is: [Receiver.Kind.webhook.rawValue]),
        ]
        form = ReminderForm(
            "channel", title, action: ReminderLinks.channels,
            fields: place + WishForm.fields(standard, typed, standard: quiet, isChannel: true),
            errors: refused?.errors ?? FormErrors(), button: Message("reminder.channel-add"), isMain: true)
    }

    package static let samples: [NewChannelPage] = {
        let place = Problem.Place(
            "address", Message("reminder.host-not-allowed", ["host": "example.cn:443"]))
        let problem = Problem(.invalid, Message("reminder.invalid"), places: [place])
        let typed = SubmittedForm([("label", "数据专班群"), ("kind", "webhook"), ("mode", "at-once")])
        let (standard, quiet) = (Receiver.Wish(), DaySpan(from: 1_320, to: 450))
        return [
            NewChannelPage(hosts: ["qyapi.weixin.qq.com:443"], standard: standard, quiet: quiet),
            NewChannelPage(
                hosts: ["qyapi.weixin.qq.com:443"], standard: standard, quiet: quiet,
                refused: RefusedForm("channel", typed, problem)),
        ]
    }()
}

/// One channel: how it does, what it tells, and what can be done with it.
package struct ChannelPage: Page {
    package struct Button: Sendable {
        package let action: String
        package let title: Message
    }

    package static let template = "reminders/channel"
    package let title: Message
    package let head: Head
    package let alarm: Message?
    package let facts: Facts
    package let buttons: [Button]
    package let removeHref: String
    package let form: ReminderForm
    package let sent: Table

    struct Content {
        let channel: Receiver
        let unit: String
        let holder: Label
        let messages: [ReminderMessage]
        let quiet: DaySpan?
    }

    init(_ content: Content, refused: RefusedForm? = nil) {
        let channel = content.channel
        let link = ReminderLinks.channel(channel.id)
        title = Message("reminder.channel-one", ["label": channel.label])
        head = Head(
            .data(channel.label), subtitle: .data(content.unit),
            crumbs: [Head.Crumb(.word(Message("reminder.channels")), ReminderLinks.channels)],
            chips: [channel.chip])
        alarm = channel.isAlarming ? channel.problem : nil
        facts = Facts([
            (Message("reminder.kind"), Table.Cell(.word(channel.kind.message))),
            (Message("reminder.host"), Table.Cell(.data(channel.host))),
            (Message("reminder.secret"), Table.Cell(.word(Message("reminder.secret-kept")))),
            (Message("reminder.as"), Table.Cell(content.holder)),
            (
                Message("reminder.last-sent"),
                Table.Cell(channel.sentAt.map { .moment($0) } ?? .nothing)
            ),
        ])
        var buttons = [Button(action: "\(link)/test", title: Message("reminder.test"))]
        buttons.append(
            channel.state == .active
                ? Button(action: "\(link)/pause", title: Message("reminder.pause"))
                : Button(action: "\(link)/resumption", title: Message("reminder.resume")))
        self.buttons = buttons
        removeHref = "\(link)/removal"
        let typed = refused?.answers
        form = ReminderForm(
            "wish", Message("reminder.wishes"), action: link,
            revision: typed.flatMap { $0.integer("revision") } ?? channel.revision,
            fields: WishForm.fields(channel.wish, typed, standard: content.quiet, isChannel: true),
            errors: refused?.errors ?? FormErrors(), button: Message("reminder.save"), isMain: true)
        sent = MessageTable.table(content.messages)
    }

    package static let samples: [ChannelPage] = {
        func content(_ channel: Receiver, _ messages: [ReminderMessage]) -> Content {
            Content(
                channel: channel, unit: "市民政局", holder: .data("市民政局首席数据官"), messages: messages,
                quiet: DaySpan(from: 1_320, to: 450))
        }
        let time = Problem(
            .invalid, Message("reminder.invalid"),
            places: [Problem.Place("digestTime", Message("reminder.time-unreadable"))])
        return [
            ChannelPage(content(.sample(.wecom, .active), [.sample, .sampleFailed])),
            ChannelPage(
                content(.sample(.webhook, .paused, problem: Message("reminder.holder-gone")), []),
                refused: RefusedForm("wish", SubmittedForm([("mode", "digest")]), time)),
        ]
    }()
}

extension Receiver.Kind {
    var message: Message { Message("reminder.kind.\(rawValue)") }
}
