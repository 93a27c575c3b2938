import ArgumentParser
import Hooking
import Kernel
import Server

struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "Schedules: a hook's source read again by itself.",
        subcommands: [Set.self, Show.self, Pause.self, Resume.self, Remove.self])

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set a hook's schedule; it runs as the holder of the token.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String
        @Option(help: "daily, working-days, weekly or monthly (the n-th working day).") var days: String
        @Option(help: "Beijing time, such as 02:30.") var time: String
        @Option(help: "Of weekly: 1 is Monday.") var weekday = 1
        @Option(help: "Of monthly: which working day, 1 to 15.") var workingDay = 1
        @Option(help: "Tries after a failed run.") var retries = 3
        @Option(help: "Failures in a row before the inbox is told.") var alertAfter = 2
        @Option(help: "Late when not done after so many minutes.") var lateAfter = 120

        func run() async throws {
            try await actor.run { node, principal, terminal in
                guard let minute = Timing.minute(time) else {
                    throw Problem(.invalid, Message("command.not-a-time", ["text": time]))
                }
                let terms = Schedule.Terms(
                    timing: Timing(
                        try requireWord(days), minute: minute, weekday: weekday, workingDay: workingDay),
                    retriesMax: retries, alertAfterFailures: alertAfter, lateAfterMinutes: lateAfter)
                let schedule = try await node.hooking.setSchedule(
                    terms, of: try requireID(hook), by: principal)
                terminal.record(schedule.fields(at: node.clock.now()))
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a hook's schedule: the next run, and how the last ones went.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String
        func run() async throws { try await ScheduleCommand.show(hook, actor) }
    }

    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Run nothing until it is resumed.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String
        func run() async throws { try await ScheduleCommand.set(.paused, hook, actor) }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run again, from the next occurrence on; what was due meanwhile is not run for.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String
        func run() async throws { try await ScheduleCommand.set(.active, hook, actor) }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a hook's schedule.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                try await node.hooking.removeSchedule(of: try requireID(hook), by: principal)
                terminal.answer(Message("hooking.schedule-removed"), ["removed": .string(hook)])
            }
        }
    }

    private static func set(_ state: Schedule.State, _ text: String, _ actor: ActorOptions) async throws {
        try await actor.run { node, principal, _ in
            try await node.hooking.setScheduleState(state, of: try requireID(text), by: principal)
        }
        try await show(text, actor)
    }

    private static func show(_ text: String, _ actor: ActorOptions) async throws {
        try await actor.run { node, principal, terminal in
            guard let schedule = try await node.hooking.schedule(of: try requireID(text), for: principal)
            else { throw HookingError.noSchedule }
            terminal.record(schedule.fields(at: node.clock.now()))
        }
    }
}

struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Watched folders: files filed as they land in a department's inbox.",
        subcommands: [Set.self, Show.self, Remove.self])

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take files of a name for a hook; they are filed as the holder of the token.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String
        @Option(help: "Name of the files, with one star at most, such as 'list-*.csv'.") var pattern: String
        @Option(help: "replace, append or overlay.") var manner = "replace"
        @OptionGroup var declaration: Declaration

        func run() async throws {
            try await actor.run { node, principal, terminal in
                try declaration.require()
                let watch = try await node.hooking.setWatch(
                    pattern, try requireWord(manner), of: try requireID(hook), by: principal)
                terminal.record(watch.fields)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show which files are taken for a hook, and where they must land.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let id: HookID = try requireID(hook)
                guard let watch = try await node.hooking.watch(of: id, for: principal) else {
                    throw HookingError.noWatch
                }
                let places = try await node.hooking.inboxPlaces(of: id, for: principal)
                terminal.record(watch.fields + [("folders", .texts(places))])
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take no more files for a hook.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                try await node.hooking.removeWatch(of: try requireID(hook), by: principal)
                terminal.answer(Message("hooking.watch-removed"), ["removed": .string(hook)])
            }
        }
    }
}

extension Schedule {
    fileprivate func fields(at now: Instant) -> [(String, JSON)] {
        [
            ("hook", .string(hook.text)), ("state", .string(state.rawValue)),
            ("days", .string(terms.timing.days.rawValue)), ("time", .string(terms.timing.time)),
            ("next", .optional(state == .active ? nextAt : nil)), ("lastRun", .optional(dueAt)),
            ("lastSuccess", .optional(succeededAt)), ("failures", .integer(Int64(failures))),
            ("retry", .optional(retryAt)), ("late", .boolean(isLate(at: now))),
            ("problem", .optional(problem?.key)), ("revision", .integer(Int64(revision))),
        ]
    }
}

extension FolderWatch {
    fileprivate var fields: [(String, JSON)] {
        [
            ("hook", .string(hook.text)), ("pattern", .string(pattern.text)),
            ("manner", .string(manner.rawValue)), ("problem", .optional(problem?.key)),
            ("revision", .integer(Int64(revision))),
        ]
    }
}
