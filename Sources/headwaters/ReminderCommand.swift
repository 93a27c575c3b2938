import ArgumentParser
import Curl
import Kernel
import Reminders
import Server
import Web

struct ReminderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reminder",
        abstract: "Reminders: what people and units are told outside the page, by mail and webhook.",
        subcommands: [Status.self, Test.self, Channels.self])

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what is set up, and how the messages of the last days went; never to whom.")
        @OptionGroup var site: SiteOptions

        func run() async throws {
            try await site.run { node, terminal in
                let (desk, figures) = (node.reminders, try await node.reminders.figures())
                let rules = desk.rules
                terminal.record([
                    ("mailServer", .optional(rules.mail.map { "\($0.host):\($0.port)" })),
                    ("mailSecurity", .optional(rules.mail?.security.rawValue)),
                    ("mailSender", .optional(rules.mail?.sender.text)),
                    ("webhookHosts", .texts(rules.webhooks.hosts)),
                    ("quietHours", .optional(rules.quiet?.text)),
                    ("receivers", .integer(Int64(figures.receivers))),
                    ("troubled", .integer(Int64(figures.troubled))),
                    ("messages", .object(messages(figures))),
                    (
                        "problem",
                        .optional(
                            terminal.json ? figures.lastProblem?.key : figures.lastProblem.map(terminal.text))
                    ),
                ])
            }
        }

        private func messages(_ figures: ReminderFigures) -> [String: JSON] {
            Dictionary(
                uniqueKeysWithValues: ReminderMessage.State.allCases.map {
                    ($0.rawValue, .integer(Int64(figures.counts[$0] ?? 0)))
                })
        }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a test mail through the mail server of the settings, now.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "Address that the test goes to.") var address: String

        func run() async throws {
            try await site.run { node, terminal in
                try await node.reminders.testMail(to: address, in: terminal.language)
                terminal.answer(Message("reminder.test-sent"), ["sent": .boolean(true)])
            }
        }
    }

    struct Channels: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the channels that you may manage, and how they do.")
        @OptionGroup var actor: ActorOptions
        @Option(help: "Send a test to the channel with this id first.") var test: String?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                if let test { try await node.reminders.test(try requireID(test), by: principal) }
                terminal.records(
                    try await node.reminders.channels(for: principal).map { channel in
                        [
                            ("id", .string(channel.id.text)), ("kind", .string(channel.kind.rawValue)),
                            ("label", .string(channel.label)), ("host", .string(channel.host)),
                            ("state", .string(channel.state.rawValue)), ("sentAt", .optional(channel.sentAt)),
                            ("failures", .integer(Int64(channel.failures))),
                            ("problem", .optional(channel.problem?.key)),
                        ]
                    })
            }
        }
    }
}
