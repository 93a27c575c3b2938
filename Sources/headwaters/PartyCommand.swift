import ArgumentParser
import Identity
import Kernel
import Policy
import Server

struct PartyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "party", abstract: "Units, counties, enterprises: who owns, asks for and receives data.",
        subcommands: [List.self, Show.self, Add.self, Rename.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the parties that exist today.")
        @OptionGroup var setUp: SetUpOptions
        @Option(help: "Only of this kind: unit, county, enterprise, broker, node or group.") var kind: String?

        func run() async throws {
            try await setUp.run { node, _, terminal in
                let kinds = try kind.map { [try requireWord($0, Party.Kind.self)] } ?? []
                let today = node.clock.now().date()
                terminal.table(
                    ["id", "name", "kind", "uscc", "division"],
                    try await node.parties.all(kinds: Set(kinds), on: today).map { party in
                        [
                            .string(party.id.text), .string(party.name(on: today)),
                            .string(party.kind.rawValue), .optional(party.uscc),
                            .optional(party.division?.text),
                        ]
                    })
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a party, its names and its posts.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Party: a name it has or had, or its id.") var party: String

        func run() async throws {
            try await setUp.run { node, _, terminal in
                terminal.record(try await node.party(party).fields(on: node.clock.now().date()))
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Register a party.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Official name.") var name: String
        @Option(help: "unit, county, enterprise, broker, node or group.") var kind = "unit"
        @Option(help: "What documents also call it; may be given several times.") var alias: [String] = []
        @Option(help: "Unified social credit code (GB 32100).") var uscc: String?
        @Option(help: "Division code (GB/T 2260).") var division: String?
        @Option(help: "Party it belongs below: its name or id.") var parent: String?
        @Option(help: "First day. Standard: today.") var founded: String?

        func run() async throws {
            try await setUp.run(.manageParties) { node, principal, terminal in
                let now = node.clock.now()
                let code = division.flatMap { DivisionCode($0) }
                if let division, code == nil {
                    throw Problem(.invalid, Message("command.division-unknown", ["code": division]))
                }
                let above = if let parent { try await node.party(parent).id } else { nil as PartyID? }
                let draft = PartyDraft(
                    kind: try requireWord(kind), name: name, aliases: alias, uscc: uscc, division: code,
                    parent: above, founded: try requireDay(founded) ?? now.date())
                let party = try await node.parties.create(draft, by: principal, at: now)
                terminal.record(party.fields(on: now.date()))
            }
        }
    }

    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a party another official name from a day on; it stays the same party.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Party: its name or id.") var party: String
        @Argument(help: "The new official name.") var name: String
        @Option(help: "First day of the new name. Standard: today.") var from: String?

        func run() async throws {
            try await setUp.run(.manageParties) { node, principal, terminal in
                let now = node.clock.now()
                let found = try await node.party(party)
                let day = try requireDay(from) ?? now.date()
                try await node.parties.rename(found.id, to: name, from: day, by: principal, at: now)
                terminal.record(try await node.party(found.id.text).fields(on: now.date()))
            }
        }
    }
}

extension Party {
    fileprivate func fields(on day: CalendarDate) -> [(String, JSON)] {
        [
            ("id", .string(id.text)), ("name", .string(name(on: day))), ("kind", .string(kind.rawValue)),
            ("uscc", .optional(uscc)), ("division", .optional(division?.text)),
            ("parent", .optional(parent?.text)), ("founded", .optional(founded)),
            ("dissolved", .optional(dissolved)),
            (
                "names",
                .array(
                    names.map {
                        [
                            "kind": .string($0.kind.rawValue), "name": .string($0.text),
                            "from": .string($0.from.description), "to": .optional($0.to),
                        ]
                    })
            ),
        ]
    }
}
