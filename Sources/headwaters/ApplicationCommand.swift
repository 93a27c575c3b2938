import ArgumentParser
import Casework
import Exchange
import Identity
import Kernel
import Policy
import Server

struct ApplicationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "application",
        abstract: "Several entries asked for in one go: signed off once, parted into requests.",
        subcommands: [
            Draft.self, Save.self, Act.self, Show.self, List.self, Template.self, Bring.self, DraftList.self,
        ])

    struct Draft: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draft an application for several entries.",
            discussion: """
                An application is a JSON object of two members. common: purpose, legalBasis, businessItem, from, to, retentionDays, \
                contactPost, isCommitted. entries: an array of objects with entry (its id), columns, treatments (an object of column and \
                treatment), rows, deliveries, expectedRows, dailyRows.
                """)
        @OptionGroup var actor: ActorOptions
        @Option(help: "The application as a JSON file; - is standard input.") var file: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let application = try await node.exchange.draftApplication(
                    try ApplicationContent(json: try InputFile.json(file)), by: principal)
                terminal.record(try await application.fields(node, principal))
            }
        }
    }

    struct Save: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Replace what a draft says.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the application.") var application: String
        @Option(help: "The application as a JSON file; - is standard input.") var file: String
        @Option(help: "The revision you saw; nothing is saved if it has moved. Standard: the present one.")
        var revision: Int?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let content = try ApplicationContent(json: try InputFile.json(file))
                let seen = try await node.exchange.application(try requireID(application), for: principal)
                let saved = try await node.exchange.perform(
                    .save(content), onWhole: seen.id, seen: revision ?? seen.file.revision, by: principal)
                terminal.record(try await saved.fields(node, principal))
            }
        }
    }

    struct Act: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Do one act on an application; `application show` lists those open to you.",
            discussion: """
                ACT is one of: submit, sign-off, send-back, return-sign-off (with --step), withdraw, withdraw-rest. The requests that it \
                was parted into are acted on by `request act`.
                """)
        @OptionGroup var actor: ActorOptions
        @Argument(help: "The act.") var act: String
        @Argument(help: "Id of the application.") var application: String
        @Option(help: "Comment of whoever acts.") var comment: String?
        @Option(help: "Step of the approval chain to go back to, counted from 1.") var step = 0
        @Option(help: "The revision you saw; the act fails if it has moved. Standard: the present one.")
        var revision: Int?

        private static let plain: [String: ApplicationAct] = [
            "submit": .submit, "sign-off": .signOff, "send-back": .sendBack, "withdraw": .withdraw,
            "withdraw-rest": .withdrawRest,
        ]

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let id: CaseID = try requireID(application)
                let seen = try await node.exchange.application(id, for: principal).file.revision
                let act = try applicationAct()
                let opinion = Opinion(comment: comment)
                if act == .withdrawRest {
                    _ = try await node.exchange.withdrawRest(
                        of: id, seen: revision ?? seen, by: principal, opinion)
                } else {
                    _ = try await node.exchange.perform(
                        act, onWhole: id, seen: revision ?? seen, by: principal, opinion)
                }
                let moved = try await node.exchange.application(id, for: principal)
                terminal.record(try await moved.fields(node, principal))
            }
        }

        private func applicationAct() throws -> ApplicationAct {
            if let act = Self.plain[act] { return act }
            if act == "return-sign-off" { return .returnTo(step: step) }
            let words = Self.plain.keys + ["return-sign-off"]
            throw Problem(
                .invalid,
                Message(
                    "command.act-unknown",
                    ["text": act, "words": words.sorted().joined(separator: ", ")]))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show an application, what it lacks, how far its requests are and the acts open to you."
        )
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the application.") var application: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let found = try await node.exchange.application(try requireID(application), for: principal)
                terminal.record(try await found.fields(node, principal))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the applications of your unit.")
        @OptionGroup var actor: ActorOptions

        func run() async throws {
            try await actor.run { node, principal, terminal in
                var applications: [Application] = []
                var next: String?
                repeat {
                    let page = try await node.exchange.ownApplications(
                        of: principal, after: next, linesMax: ApplicationLines.linesMax)
                    applications += page.lines
                    next = page.next
                } while next != nil
                terminal.table(
                    ["id", "title", "state", "entries", "revision"],
                    applications.map { application in
                        [
                            .string(application.id.text), .string(application.file.title),
                            .string(application.file.state),
                            .integer(Int64(application.content.parts.count)),
                            .integer(Int64(application.file.revision)),
                        ]
                    })
            }
        }
    }
}

extension Application {
    fileprivate func fields(_ node: Node, _ principal: Principal) async throws -> [(String, JSON)] {
        let isDraft = ["draft", "sign-off"].contains(file.state)
        let lacks = isDraft ? try await node.exchange.faults(of: self).map(\.name) : []
        let requests = try await node.exchange.progress(of: self).lines.map { line -> JSON in
            [
                "id": .string(line.request.id.text), "entry": .string(line.request.entry.text),
                "state": .string(line.request.file.state), "standing": .string(line.standing.rawValue),
                "due": .optional(line.due), "grant": .optional(line.request.grant?.text),
            ]
        }
        return [
            ("id", .string(id.text)), ("title", .string(file.title)), ("state", .string(file.state)),
            ("revision", .integer(Int64(file.revision))), ("applicant", .string(applicant.text)),
            ("entries", .integer(Int64(content.parts.count))), ("lacks", .texts(lacks)),
            ("requests", .array(requests)),
            ("openActs", .texts(try node.exchange.openActs(on: self, for: principal))),
        ]
    }
}
