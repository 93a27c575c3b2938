import ArgumentParser
import Kernel
import Policy
import Release
import Server

struct DeliveryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delivery",
        abstract:
            "Scheduled deliveries: files of a grant made, or its pushes begun, by themselves in `serve`.",
        subcommands: [List.self, Show.self, Make.self, Pause.self, Resume.self, Stop.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the scheduled deliveries that you may know of.")
        @OptionGroup var actor: ActorOptions
        @Option(help: "Only those of this grant.") var grant: String?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let found =
                    if let grant {
                        try await node.deliveries.list(of: try requireID(grant), for: principal)
                    } else {
                        try await node.deliveries.list(for: principal)
                    }
                terminal.records(found.map(\.fields))
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a delivery: its terms, when it is next, and what came of it so far, newest first."
        )
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the delivery.") var delivery: String
        func run() async throws { try await DeliveryCommand.show(delivery, actor) }
    }

    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Schedule a delivery of a grant; it runs as the holder of the token.",
            discussion: """
                Each time is a release like one made by hand: under the rights of that day, within the grant's quota, hours and rate, with its \
                receipt. It ends with its grant.
                """)
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant.") var grant: String
        @Option(help: "csv, parquet, excel or push.") var format: String
        @Option(help: "daily, working-days, weekly, monthly, or new-version: whenever one is served.")
        var days: String
        @Option(help: "Beijing time, such as 08:30.") var time = "08:30"
        @Option(help: "Of weekly: 1 is Monday.") var weekday = 1
        @Option(help: "Of monthly: which working day, 1 to 15.") var workingDay = 1
        @Option(help: "Of push: id of the push target, or its name.") var target: String?
        @Flag(help: "Make one also when nothing is new since the last time.") var evenUnchanged = false

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let kind = try requireWord(format, of: Delivery.formats)
                guard target == nil || kind == .push else {
                    throw DeliveryError.invalid([
                        Problem.Place("target", Message("delivery.target-not-asked"))
                    ])
                }
                var place: PushTargetID?
                if let target { place = try await node.pushTarget(target, for: principal).id }
                let terms = Delivery.Terms(
                    format: kind, target: place, timing: try timing(), skipsUnchanged: !evenUnchanged)
                let made = try await node.deliveries.add(terms, under: try requireID(grant), by: principal)
                terminal.record(made.fields)
            }
        }

        private func timing() throws -> Timing? {
            guard days != Delivery.whenNew else { return nil }
            guard let known = Timing.Days(rawValue: days) else {
                let words = Timing.Days.allCases.map(\.rawValue) + [Delivery.whenNew]
                throw Problem(
                    .invalid,
                    Message("command.not-a-word", ["text": days, "words": words.joined(separator: ", ")]))
            }
            guard let minute = Timing.minute(time) else {
                throw Problem(.invalid, Message("command.not-a-time", ["text": time]))
            }
            return Timing(known, minute: minute, weekday: weekday, workingDay: workingDay)
        }
    }

    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make nothing until it is resumed.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the delivery.") var delivery: String
        func run() async throws { try await DeliveryCommand.set(.paused, delivery, actor) }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Go on, from the next time on; what was due meanwhile is not made.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the delivery.") var delivery: String
        func run() async throws { try await DeliveryCommand.set(.active, delivery, actor) }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a delivery and its history; files, pushed rows, receipts and evidence stay.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the delivery.") var delivery: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                try await node.deliveries.remove(try requireID(delivery), by: principal)
                terminal.answer(Message("delivery.removed"), ["removed": .string(delivery)])
            }
        }
    }

    private static func set(_ state: Delivery.State, _ text: String, _ actor: ActorOptions) async throws {
        try await actor.run { node, principal, _ in
            try await node.deliveries.set(state, try requireID(text), by: principal)
        }
        try await show(text, actor)
    }

    private static func show(_ text: String, _ actor: ActorOptions) async throws {
        try await actor.run { node, principal, terminal in
            let delivery = try await node.deliveries.find(try requireID(text), for: principal)
            let runs = try await node.deliveries.runs(of: delivery.id, for: principal)
            terminal.record(delivery.fields + [("runs", .array(runs.map(\.apiJSON)))])
        }
    }
}

extension Delivery {
    fileprivate var fields: [(String, JSON)] {
        let timing = terms.timing
        let weekday = timing?.days == .weekly ? timing.map { Int64($0.weekday) } : nil
        let workingDay = timing?.days == .monthly ? timing.map { Int64($0.workingDay) } : nil
        return [
            ("id", .string(id.text)), ("grant", .string(grant.text)), ("state", .string(state.rawValue)),
            ("format", .string(terms.format.rawValue)), ("target", .optional(terms.target?.text)),
            ("days", .string(timing?.days.rawValue ?? Self.whenNew)), ("time", .optional(timing?.time)),
            ("weekday", .optional(weekday)),
            ("workingDay", .optional(workingDay)),
            ("skipsUnchanged", .boolean(terms.skipsUnchanged)),
            ("nextAt", .optional(state == .active && timing != nil ? nextAt : nil)),
            ("lastAt", .optional(succeededAt)), ("failures", .integer(Int64(failures))),
            ("retry", .optional(retryAt)), ("problem", .optional(problem?.key)),
            ("revision", .integer(Int64(revision))),
        ]
    }
}
