import ArgumentParser
import Casework
import Exchange
import Identity
import Kernel
import Policy
import Server

struct SupervisionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "supervision",
        abstract: "Supervision (督办): duties that the bureau follows up, from reminder to leader.",
        subcommands: [List.self, Show.self, Open.self, Act.self, Figures.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List supervisions, newest first.")
        @OptionGroup var actor: ActorOptions
        @Option(help: "open, overdue, closed, in-time or late.") var standing: String?
        @Option(help: "Of that unit, by its id.") var unit: String?
        @Option(help: "About that case, by its id.") var about: String?
        @Option(help: "Words of what is owed.") var text: String = ""
        @Option(help: "At most so many.") var limit: Int = 50

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let filter = SupervisionFilter(
                    standing: try word(standing), unit: try unit.map { try requireID($0) },
                    about: try about.map { try requireID($0) }, words: text)
                let page = try await node.supervisions.page(filter, for: principal, limit: limit)
                terminal.table(
                    ["id", "subject", "unit", "level", "state", "due", "promisedOn", "openedAt"],
                    page.lines.map { one in
                        let json = one.apiJSON()
                        return ["id", "subject", "unit", "level", "state", "due", "promisedOn", "openedAt"]
                            .map { json[$0] ?? .null }
                    })
            }
        }

        private func word(_ text: String?) throws -> SupervisionFilter.Standing? {
            guard let text else { return nil }
            guard let word = SupervisionFilter.Standing(rawValue: text) else {
                throw Problem(.invalid, Message("exchange.inbox-parameter", ["name": "standing"]))
            }
            return word
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a supervision with its history and the acts open to you.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the supervision.") var supervision: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let one = try await node.supervisions.find(requireID(supervision), for: principal)
                terminal.record(try SupervisionCommand.fields(one, node, principal))
            }
        }
    }

    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open a supervision by hand: about a case, or about a task without one.")
        @OptionGroup var actor: ActorOptions
        @Option(help: "The unit that owes, by its id.") var unit: String
        @Option(help: "About that case, by its id.") var about: String?
        @Option(help: "What is owed; not needed with --about.") var subject: String = ""
        @Option(help: "Document and clause, or a leader's instruction.") var basis: String
        @Option(help: "The day it is owed by, as 2026-12-10.") var due: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let one = try await node.supervisions.open(
                    SupervisionDraft(
                        about: try about.map { try requireID($0) }, unit: try requireID(unit),
                        subject: subject, basis: basis, due: CalendarDate(due)), by: principal)
                terminal.record(try SupervisionCommand.fields(one, node, principal))
            }
        }
    }

    struct Act: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Do one act on a supervision; `supervision show` lists those open to you.",
            discussion: """
                ACT is one of: issue-notice, report-by-hand, instruct, acknowledge, promise (with --day), accept-promise, \
                decline-promise, report-done, send-back, confirm, withdraw. issue-notice with --series registers a letter.
                """)
        @OptionGroup var actor: ActorOptions
        @Argument(help: "The act.") var act: String
        @Argument(help: "Id of the supervision.") var supervision: String
        @Option(help: "A promised day, or the day of an instruction.") var day: String?
        @Option(help: "Id of the series that a notice is numbered under.") var series: String?
        @Option(help: "Comment of whoever acts.") var comment: String?
        @Option(
            help: "The revision you saw; the act fails if it has moved. Standard: the present one.")
        var revision: Int?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let one = try await node.supervisions.find(requireID(supervision), for: principal)
                let moved = try await node.supervisions.perform(
                    try chosen(one), on: one.id, seen: revision ?? one.file.revision, by: principal,
                    comment: comment)
                terminal.record(try SupervisionCommand.fields(moved, node, principal))
            }
        }

        private func chosen(_ one: Supervision) throws -> SupervisionAct {
            if let plain = SupervisionAct.plain[act] { return plain }
            var until: CalendarDate?
            if let day {
                until = CalendarDate(day)
                if until == nil { throw missing() }
            }
            switch act {
            case "promise":
                guard let until else { throw missing() }
                return .promise(until)
            case "instruct": return .instruct(by: until)
            case "issue-notice": return .issueNotice(letter: series.map { one.letter(of: $0, comment ?? "") })
            default:
                throw Problem(
                    .invalid,
                    Message(
                        "command.act-unknown",
                        ["text": act, "words": SupervisionAct.names.joined(separator: ", ")]))
            }
        }

        private func missing() -> Problem {
            Problem(.invalid, Message("command.option-missing", ["name": "--day"]))
        }
    }

    struct Figures: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "How each unit stands: open, overdue, closed, answered in time.")
        @OptionGroup var actor: ActorOptions

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let columns = ["unit", "open", "overdue", "closed", "inTime", "late", "meanDays"]
                terminal.table(
                    columns,
                    try await node.supervisions.figures(for: principal).map { one in
                        columns.map { one.json[$0] ?? .null }
                    })
            }
        }
    }

    private static func fields(
        _ one: Supervision, _ node: Node, _ principal: Principal
    ) throws -> [(String, JSON)] {
        let json = one.apiJSON(
            history: true, acts: try node.supervisions.possibleActs(on: one, for: principal))
        return [
            "id", "subject", "unit", "bureau", "basis", "case", "clock", "level", "state", "revision",
            "automatic",
            "due", "answerDue", "answeredOn", "promisedOn", "closedOn", "noticeNumber", "instruction", "acts",
            "history",
        ].map { ($0, json[$0] ?? .null) }
    }
}
