import ArgumentParser
import Casework
import Exchange
import Identity
import Kernel
import Policy
import Server

/// 预告终止: what a provider announces, and what its recipient says of it.
extension GrantCommand {
    struct AnnounceEnd: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "announce-end",
            abstract: "Announce on which day a grant of your data ends, or all grants of an entry.",
            discussion: """
                The day is the last one on which data leave, after a full notice period; `grant end-prospects` names the earliest and what it \
                would end.
                """)
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant; none with --entry.") var grant: String?
        @Option(help: "All grants in force of this entry.") var entry: String?
        @Option(help: "The last day.") var on: String
        @Option(help: "Why; the recipient reads it.") var reason: String
        @Option(help: "Basis or document number, where there is one.") var basis: String?
        @Option(help: "What takes its place: code, title or id of an entry.") var successor: String?

        func validate() throws {
            guard (grant == nil) != (entry == nil) else {
                throw ValidationError("Name a grant, or an entry with --entry.")
            }
        }

        func run() async throws {
            try await actor.run { node, principal, terminal in
                guard let day = try requireDay(on) else { return }
                let terms = AnnouncedEndTerms(
                    day: day, reason: reason, basis: basis ?? "", successor: successor ?? "")
                if let grant {
                    let one = try await node.announcedEnds.announce(
                        terms, of: try requireID(grant), by: principal)
                    terminal.record(try GrantCommand.fields(one, node, principal))
                } else if let entry {
                    let announced = try await node.announcedEnds.announce(
                        terms, ofAll: try requireID(entry), by: principal)
                    GrantCommand.table(announced, terminal)
                }
            }
        }
    }

    struct EndProspects: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "end-prospects",
            abstract: "What announcing the end for an entry would affect, and from which day on.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the entry.") var entry: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let (earliest, grants) = try await node.announcedEnds.prospects(
                    of: try requireID(entry), for: principal)
                let members = ["grant", "recipient", "purpose", "until", "lastUse", "rows", "standing"]
                terminal.table(
                    ["grant", "consumer", "purpose", "until", "lastUse", "rows", "state", "earliest"],
                    grants.map { one in
                        let json = one.apiJSON
                        return members.map { json[$0] ?? .null } + [.string(earliest.description)]
                    })
            }
        }
    }

    struct AnnouncedEnds: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "announced-ends", abstract: "List the announced ends that you may know of.")
        @OptionGroup var actor: ActorOptions
        @Flag(help: "Only those that are not over.") var open = false
        @Option(help: "At most so many.") var limit: Int = 50

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let page = try await node.announcedEnds.page(openOnly: open, for: principal, limit: limit)
                GrantCommand.table(page.lines, terminal)
            }
        }
    }

    struct AnnouncedEndShow: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "announced-end",
            abstract: "Show what was announced of a grant, with what was said of it and what you may do.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant, or of the announcement.") var grant: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let one = try await GrantCommand.announced(grant, node, principal)
                terminal.record(try GrantCommand.fields(one, node, principal))
            }
        }
    }

    struct WithdrawEnd: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "withdraw-end", abstract: "Withdraw an announced end: the grant goes on as it was.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant, or of the announcement.") var grant: String
        @Option(help: "Why.") var reason: String
        func run() async throws { try await GrantCommand.act(.withdraw, grant, reason, actor) }
    }

    struct MoveEnd: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "move-end",
            abstract: "Put an announced end later, or sooner with a new full notice period.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant, or of the announcement.") var grant: String
        @Option(help: "The last day.") var on: String
        @Option(help: "Why.") var reason: String

        func run() async throws {
            guard let day = try requireDay(on) else { return }
            try await GrantCommand.act(.move(day), grant, reason, actor)
        }
    }

    struct ObjectToEnd: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "object-to-end", abstract: "Object, once, to an end that a provider announced.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant, or of the announcement.") var grant: String
        @Option(help: "Why.") var reason: String
        func run() async throws { try await GrantCommand.act(.object, grant, reason, actor) }
    }

    struct MaintainEnd: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "maintain-end", abstract: "Answer an objection: the announced end is maintained.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant, or of the announcement.") var grant: String
        @Option(help: "Why.") var reason: String
        func run() async throws { try await GrantCommand.act(.maintain, grant, reason, actor) }
    }

    struct DisputeEnd: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "dispute-end",
            abstract: "Bring a maintained end to a coordination by the bureau.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant, or of the announcement.") var grant: String
        @Option(help: "Why.") var reason: String
        func run() async throws { try await GrantCommand.act(.dispute, grant, reason, actor) }
    }

    private static func act(
        _ act: AnnouncedEndAct, _ text: String, _ reason: String, _ actor: ActorOptions
    ) async throws {
        try await actor.run { node, principal, terminal in
            let one = try await announced(text, node, principal)
            let moved = try await node.announcedEnds.perform(
                act, on: one.id, seen: one.file.revision, by: principal, comment: reason)
            terminal.record(try fields(moved, node, principal))
        }
    }

    /// By its grant while it is open, else by its own id.
    fileprivate static func announced(
        _ text: String, _ node: Node, _ principal: Principal
    ) async throws -> AnnouncedEnd {
        if let open = try await node.announcedEnds.open(of: try requireID(text), for: principal) {
            return open
        }
        return try await node.announcedEnds.find(try requireID(text), for: principal)
    }

    fileprivate static func table(_ ends: [AnnouncedEnd], _ terminal: Terminal) {
        let members = ["id", "title", "grant", "provider", "recipient", "day", "state"]
        terminal.table(
            ["id", "title", "grant", "provider", "consumer", "day", "state"],
            ends.map { one in
                let json = one.apiJSON()
                return members.map { json[$0] ?? .null }
            })
    }

    fileprivate static func fields(
        _ one: AnnouncedEnd, _ node: Node, _ principal: Principal
    ) throws -> [(String, JSON)] {
        let json = one.apiJSON(acts: try node.announcedEnds.possibleActs(on: one, for: principal))
        return [
            "id", "title", "grant", "entry", "provider", "recipient", "day", "reason", "basis", "successor",
            "state", "revision", "announcedAt", "closedOn", "acts", "history",
        ].map { ($0 == "recipient" ? "consumer" : $0, json[$0] ?? .null) }
    }
}
