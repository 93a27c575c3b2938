import ArgumentParser
import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import Release
import Server

struct GrantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: "Grants: who may get what, for which purpose, under which clauses.",
        subcommands: [
            List.self, Show.self, Explain.self, Suspend.self, Resume.self, Revoke.self, GiveUp.self,
            Renew.self,
            Change.self, AnnounceEnd.self, EndProspects.self, AnnouncedEnds.self, AnnouncedEndShow.self,
            WithdrawEnd.self, MoveEnd.self, ObjectToEnd.self, MaintainEnd.self, DisputeEnd.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the grants that you may know of.")
        @OptionGroup var actor: ActorOptions
        @Option(help: "active, suspended, revoked or expired.") var state: String?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let filter = GrantFilter(state: try state.map { try requireWord($0, Grant.State.self) })
                let (grants, scope) = (
                    node.grants, node.permissions.scope(of: .grant, for: principal)
                )
                let found = try await node.database.read {
                    try grants.list(filter, scope: scope, limit: GrantStore.listMax, in: $0)
                }
                terminal.table(
                    ["id", "entry", "consumer", "state", "purpose", "from", "to"],
                    found.map {
                        [
                            .string($0.id.text), .string($0.entry.text), .optional($0.consumer?.text),
                            .string($0.state.rawValue), .string($0.purpose), .optional($0.validity?.from),
                            .optional($0.validity?.to),
                        ]
                    })
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a grant and its clauses.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant.") var grant: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let grant = try await node.grant(grant, for: principal)
                terminal.answer(
                    .object(members: grant.fields + [("clauses", grant.clauses.json)]),
                    terminal.lines(of: grant.fields)
                        + grant.clauses.flatMap(Explanation.messages).map { "· " + terminal.text($0) })
            }
        }
    }

    typealias Explain = ExplainCommand

    struct Suspend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stop a grant for now; running releases stop within a second.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant.") var grant: String
        @Option(help: "Why.") var reason: String
        func run() async throws { try await GrantCommand.move(.suspension, grant, reason, actor) }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a suspended grant act again.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant.") var grant: String
        @Option(help: "Why.") var reason: String
        func run() async throws { try await GrantCommand.move(.resumption, grant, reason, actor) }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a grant for good; running releases stop within a second.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant.") var grant: String
        @Option(help: "Why.") var reason: String
        func run() async throws { try await GrantCommand.move(.revocation, grant, reason, actor) }
    }

    struct GiveUp: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "give-up", abstract: "Give back a grant that your unit no longer needs, for good.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant.") var grant: String
        @Option(help: "Why.") var reason: String
        func run() async throws { try await GrantCommand.move(.surrender, grant, reason, actor) }
    }

    struct Renew: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draft a request with a grant's own terms and another last day.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant.") var grant: String
        @Option(help: "The new last day.") var to: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                guard let last = try requireDay(to) else { return }
                let request = try await node.exchange.renew(
                    try requireID(grant), until: last, by: principal)
                terminal.record(request.draftFields)
            }
        }
    }

    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draft a request that begins with what a grant says, to change it.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant.") var grant: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let request = try await node.exchange.change(try requireID(grant), by: principal)
                terminal.record(request.draftFields)
            }
        }
    }

    private static func move(
        _ act: GrantActs.Act, _ text: String, _ reason: String, _ actor: ActorOptions
    ) async throws {
        try await actor.run { node, principal, terminal in
            let grant = try await node.grant(text, for: principal)
            let moved = try await node.grantActs.perform(act, on: grant.id, because: reason, by: principal)
            terminal.record(moved.fields)
        }
    }
}

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "What a grant will do before it does it: in words and in SQL.")
    @OptionGroup var actor: ActorOptions
    @Argument(help: "Id of the grant.") var grant: String

    func run() async throws {
        try await actor.run { node, principal, terminal in
            let told = try await node.explanation(of: try requireID(grant), for: principal)
            var lines = (told.columns.map(\.treatment) + [told.rows] + told.controls).map(terminal.text)
            lines += told.promises.map { "○ " + terminal.text($0) }
            if let sql = told.sql { lines += ["", sql] }
            for (number, value) in told.parameters.enumerated() { lines.append("$\(number + 1) = \(value)") }
            terminal.answer(told.json, lines)
        }
    }
}

extension Node {
    fileprivate func grant(_ text: String, for principal: Principal) async throws -> Grant {
        let id: GrantID = try requireID(text)
        let (grants, scope) = (grants, permissions.scope(of: .grant, for: principal))
        return try await database.read { try grants.find(id, scope: scope, in: $0) }
    }
}

extension Grant {
    fileprivate var fields: [(String, JSON)] {
        [
            ("id", .string(id.text)), ("state", .string(state.rawValue)),
            ("revision", .integer(Int64(revision))), ("entry", .string(entry.text)),
            ("provider", .string(provider.text)), ("consumer", .optional(consumer?.text)),
            ("purpose", .string(purpose)),
            ("announcedEnd", .optional(announcedEnd)),
        ]
    }
}

extension SharingRequest {
    /// Of a request that was just drafted from a grant.
    fileprivate var draftFields: [(String, JSON)] {
        [
            ("id", .string(id.text)), ("title", .string(file.title)), ("state", .string(file.state)),
            ("revision", .integer(Int64(file.revision))),
        ]
    }
}
