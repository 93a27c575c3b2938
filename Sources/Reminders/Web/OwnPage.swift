package import Kernel
package import Web

/// Where, when and of what a person is reminded, and what was sent to them.
package struct OwnPage: Page {
    package static let template = "reminders/own"
    package let title: Message
    package let head: Head
    /// The node sends no mail.
    package let hasNoMail: Bool
    package let alarm: Message?
    package let facts: Facts?
    package let forms: [ReminderForm]
    package let removeHref: String?
    package let sent: Table?

    struct Content {
        var own: ReminderDesk.Own?
        var messages: [ReminderMessage] = []
        var standard: Receiver.Wish
        var quiet: DaySpan?
        var hasMail = true
        var mayManageChannels = false
    }

    init(_ content: Content, refused: RefusedForm? = nil) {
        title = Message("reminder.own")
        let own = content.own
        head = Head(
            .word(title), subtitle: .word(Message("reminder.own-why")),
            crumbs: [Head.Crumb(.word(Message("reminder.account")), "/account")],
            chips: own.map { [$0.receiver.chip] } ?? [],
            otherActs: content.mayManageChannels
                ? [Act(Message("reminder.channels"), ReminderLinks.channels)] : [])
        hasNoMail = !content.hasMail
        alarm = own.flatMap { $0.receiver.isAlarming ? $0.receiver.problem : nil }
        facts = own.map { own in
            Facts([
                (Message("reminder.address"), Table.Cell(.data(own.address))),
                (
                    Message("reminder.last-sent"),
                    Table.Cell(own.receiver.sentAt.map { .moment($0) } ?? .nothing)
                ),
            ])
        }
        var forms: [ReminderForm] = []
        if content.hasMail {
            if own?.receiver.state == .unconfirmed { forms.append(Self.codeForm(refused)) }
            if let own { forms.append(Self.wishForm(own.receiver, content.quiet, refused)) }
            forms.append(Self.addressForm(own, refused))
        }
        self.forms = forms
        removeHref = own == nil ? nil : "\(ReminderLinks.own)/removal"
        sent = own.map { _ in MessageTable.table(content.messages) }
    }

    private static func addressForm(_ own: ReminderDesk.Own?, _ refused: RefusedForm?) -> ReminderForm {
        ReminderForm(
            "address", Message(own == nil ? "reminder.address-new" : "reminder.address-other"),
            note: Message("reminder.address-note"), action: "\(ReminderLinks.own)/address",
            fields: [
                Field.text(
                    "address", Message("reminder.address"),
                    value: RefusedForm.answers(refused, of: "address")?["address"] ?? "", type: "email",
                    mode: "email"
                ).required()
            ], errors: RefusedForm.errors(refused, of: "address"), button: Message("reminder.send-code"),
            isMain: own == nil)
    }

    private static func codeForm(_ refused: RefusedForm?) -> ReminderForm {
        ReminderForm(
            "code", Message("reminder.code-form"),
            note: Message("reminder.code-note", ["minutes": String(ReminderDesk.codeMinutes)]),
            action: "\(ReminderLinks.own)/confirmation",
            fields: [Field.text("code", Message("reminder.code"), mode: "numeric").required()],
            errors: RefusedForm.errors(refused, of: "code"), button: Message("reminder.confirm"), isMain: true
        )
    }

    private static func wishForm(
        _ receiver: Receiver, _ quiet: DaySpan?, _ refused: RefusedForm?
    ) -> ReminderForm {
        let typed = RefusedForm.answers(refused, of: "wish")
        return ReminderForm(
            "wish", Message("reminder.wishes"), action: ReminderLinks.own,
            revision: typed.flatMap { $0.integer("revision") } ?? receiver.revision,
            fields: WishForm.fields(receiver.wish, typed, standard: quiet, isChannel: false),
            errors: RefusedForm.errors(refused, of: "wish"), button: Message("reminder.save"),
            isMain: receiver.state != .unconfirmed)
    }

    package static let samples: [OwnPage] = {
        let standard = Receiver.Wish()
        func content(_ state: Receiver.State, _ problem: Message? = nil) -> Content {
            Content(
                own: ReminderDesk.Own(
                    receiver: .sample(.mail, state, problem: problem), address: "steward@example.gov.cn"),
                messages: [.sample, .sampleFailed], standard: standard, quiet: DaySpan(from: 1320, to: 450),
                mayManageChannels: true)
        }
        let place = Problem.Place("code", Message("reminder.code-wrong", ["left": "4"]))
        let wrong = Problem(.invalid, Message("reminder.code-wrong", ["left": "4"]), places: [place])
        let time = Problem(
            .invalid, Message("reminder.invalid"),
            places: [Problem.Place("digestTime", Message("reminder.time-unreadable"))])
        let typed = SubmittedForm([("mode", "digest"), ("digestTime", "25:00"), ("quiet", "own")])
        return [
            OwnPage(Content(standard: standard, hasMail: false)),
            OwnPage(Content(standard: standard)),
            OwnPage(content(.unconfirmed), refused: RefusedForm("code", SubmittedForm(), wrong)),
            OwnPage(
                content(.refused, Message("reminder.fault.mailbox", ["status": "550"])),
                refused: RefusedForm("wish", typed, time)),
            OwnPage(content(.active)),
        ]
    }()
}

enum MessageTable {
    static func table(_ messages: [ReminderMessage]) -> Table {
        Table(
            id: "sent", caption: Message("reminder.sent"),
            columns: [
                .init(Message("reminder.made-at")), .init(Message("reminder.about")),
                .init(Message("reminder.state")), .init(Message("reminder.ended-at")),
                .init(Message("reminder.tries"), isFigure: true),
            ],
            rows: messages.map { message in
                [
                    Table.Cell(.moment(message.madeAt)),
                    Table.Cell(
                        .word(Message("reminder.cause.\(message.cause.rawValue)")),
                        note: message.counts.isEmpty
                            ? nil : .count(message.counts.values.reduce(0, +))),
                    Table.Cell(message.chip),
                    Table.Cell(
                        message.endedAt.map { .moment($0) } ?? .nothing,
                        note: message.problem.map { .word($0) }),
                    Table.Cell(.count(message.tries)),
                ]
            }, count: messages.count, empty: EmptyState(Message("reminder.none-sent")))
    }
}

extension Receiver {
    var chip: Chip {
        let tone: Chip.Tone =
            switch state {
            case .active: failures > 0 ? .warn : .good
            case .unconfirmed: .info
            case .paused: .neutral
            case .refused: .bad
            }
        return Chip(Message("reminder.state.\(state.rawValue)"), tone)
    }

    static func sample(_ kind: Kind, _ state: State, problem: Message? = nil) -> Receiver {
        Receiver(
            id: ReceiverID(high: 8 << 48, low: 1 << 63), kind: kind,
            account: AccountID(high: 7 << 48, low: 1 << 63), post: PostID(high: 7 << 48, low: 2 << 60),
            unit: kind == .mail ? nil : PartyID(high: 7 << 48, low: 3 << 60),
            label: kind == .mail ? "" : "数据专班群", host: kind == .mail ? "" : "qyapi.weixin.qq.com:443",
            state: state, wish: Receiver.Wish(), nextAt: Instant(microseconds: 1_795_600_000_000_000),
            sentAt: Instant(microseconds: 1_795_600_000_000_000), failures: problem == nil ? 0 : 1,
            problem: problem)
    }
}

extension ReminderMessage {
    var chip: Chip {
        let tone: Chip.Tone =
            switch state {
            case .waiting: .info
            case .sent: .good
            case .failed: .bad
            case .dropped: .neutral
            }
        return Chip(Message("reminder.message.\(state.rawValue)"), tone)
    }

    static let sample = ReminderMessage(
        id: ReminderMessageID(high: 9 << 48, low: 1 << 63), receiver: Receiver.sample(.mail, .active).id,
        cause: .atOnce, topics: [], counts: ["turn": 2, "due": 1], state: .sent,
        madeAt: Instant(microseconds: 1_795_600_000_000_000),
        nextAt: Instant(microseconds: 1_795_600_000_000_000), tries: 1,
        endedAt: Instant(microseconds: 1_795_600_010_000_000))
    static let sampleFailed = ReminderMessage(
        id: ReminderMessageID(high: 9 << 48, low: 2 << 62), receiver: Receiver.sample(.mail, .active).id,
        cause: .digest, topics: [], counts: ["turn": 2], state: .failed,
        madeAt: Instant(microseconds: 1_795_600_000_000_000),
        nextAt: Instant(microseconds: 1_795_600_000_000_000), tries: 9,
        endedAt: Instant(microseconds: 1_795_600_010_000_000), problem: Message("reminder.fault.unconnected"))
}
