import ArgumentParser
import Casework
import Exchange
import Identity
import Kernel
import Policy
import Server

struct ChainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chain",
        abstract: "Approval chains: whose signatures a unit asks for before it speaks.",
        subcommands: [List.self, Show.self, Set.self, Drop.self, Rehearse.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List a unit's chains, its own and those that hold while it has set none.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Unit: its id or any of its names.") var unit: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let unit = try await node.party(unit)
                var rows: [[JSON]] = []
                for name in Exchange.chainNames {
                    let found = try await node.exchange.chain(name, of: unit.id, for: principal)
                    rows.append([
                        .string(name), .integer(Int64(found.revision)),
                        .integer(Int64(found.chain.steps.count)), .integer(Int64(found.chain.variants.count)),
                    ])
                }
                terminal.table(["name", "revision", "steps", "variants"], rows)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a chain as the JSON that `chain set` takes.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Unit: its id or any of its names.") var unit: String
        @Argument(help: "Name of the chain, as `chain list` shows it.") var chain: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let unit = try await node.party(unit)
                let found = try await node.exchange.chain(chain, of: unit.id, for: principal)
                terminal.answer(found.chain.json, [found.chain.json.pretty])
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set a unit's chain; cases that are in it go on in the chain they came to.",
            discussion: """
                The file is a JSON object with steps and, where cases of their own are wanted, variants: what `chain show` prints.
                """)
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Unit: its id or any of its names.") var unit: String
        @Argument(help: "Name of the chain.") var chain: String
        @Option(help: "The chain as a JSON file; - is standard input.") var file: String
        @Option(help: "The revision you saw; it fails if somebody has set it since.") var revision: Int?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let unit = try await node.party(unit)
                let chain = try ApprovalChain(chain, body: try InputFile.json(file))
                try await node.exchange.setChain(chain, of: unit.id, seen: revision, by: principal)
                let found = try await node.exchange.chain(chain.name, of: unit.id, for: principal)
                terminal.record([
                    ("name", .string(chain.name)), ("revision", .integer(Int64(found.revision))),
                ])
            }
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Drop a unit's own chain; the one of the platform holds again.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Unit: its id or any of its names.") var unit: String
        @Argument(help: "Name of the chain.") var chain: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let unit = try await node.party(unit)
                let found = try await node.exchange.chain(chain, of: unit.id, for: principal)
                try await node.exchange.dropChain(chain, of: unit.id, seen: found.revision, by: principal)
                terminal.record([("name", .string(chain)), ("revision", .integer(0))])
            }
        }
    }

    struct Rehearse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say who could give each signature today, without making a case.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Unit: its id or any of its names.") var unit: String
        @Argument(help: "Name of the chain.") var chain: String
        @Option(help: "A chain to try in place of the one in force: a JSON file; - is standard input.")
        var file: String?
        @Option(help: "Share type of the data: open, unconditional, conditional or not-shared.")
        var sharing: String?
        @Option(help: "Highest grade of the data: L1, L2, L3 or L4.") var grade: String?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let unit = try await node.party(unit)
                let inForce = try await node.exchange.chain(chain, of: unit.id, for: principal).chain
                let tried = try file.map { try ApprovalChain(chain, body: try InputFile.json($0)) } ?? inForce
                let occasion = ChainOccasion(
                    sharing: try sharing.map { try requireWord($0) },
                    grade: try grade.map { try requireWord($0) })
                let steps = try await node.exchange.rehearse(
                    tried, of: unit.id, for: occasion, by: principal)
                terminal.table(
                    ["step", "role", "post", "unit", "held"],
                    steps.enumerated().flatMap { number, signatures in
                        signatures.map { rehearsed in
                            [
                                .integer(Int64(number + 1)), .string(rehearsed.signature.role.rawValue),
                                .optional(rehearsed.signature.post?.text),
                                .optional(rehearsed.signature.party?.text), .boolean(rehearsed.isHeld),
                            ]
                        }
                    })
            }
        }
    }
}
