import ArgumentParser
import Cryptography
import Evidence
import Identity
import Kernel
import Persistence
import Policy
import Server

struct EvidenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence", abstract: "The append-only log of everything decided or released.",
        subcommands: [List.self, Show.self, Export.self, Health.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List leaves, newest first.")
        @OptionGroup var actor: ActorOptions
        @Option(help: "Only of this type, as release.settled.") var type: String?
        @Option(help: "Only of this actor, as account:ID.") var by: String?
        @Option(help: "At most so many, up to 500.") var limit = 50

        func run() async throws {
            try await actor.run { node, principal, terminal in
                try node.demand(.readEvidence, principal)
                let (log, query, limit) = (node.evidence, EvidenceQuery(type: type, actor: by), limit)
                let page = try await node.database.read {
                    try log.page(query, rowsMax: limit, in: $0)
                }
                terminal.table(
                    ["id", "index", "at", "type", "actor"],
                    page.entries.map {
                        [
                            .string($0.record.id.text), .optional($0.index), .optional($0.record.at),
                            .string($0.record.type), .string($0.record.actor),
                        ]
                    })
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a leaf.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the leaf.") var leaf: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                try node.demand(.readEvidence, principal)
                let (log, id) = (node.evidence, try requireID(leaf, of: LeafNoun.self))
                guard let found = try await node.database.read({ try log.entry(id, in: $0) }) else {
                    throw EvidenceError.leafUnknown
                }
                let record = found.record
                terminal.record([
                    ("id", .string(record.id.text)), ("index", .optional(found.index)),
                    ("at", .optional(record.at)), ("type", .string(record.type)),
                    ("actor", .string(record.actor)),
                    (
                        "subjects",
                        .array(record.subjects.map { ["kind": .string($0.kind), "id": .string($0.id)] })
                    ),
                    ("payload", record.payload), ("digest", .string(found.digest.text)),
                ])
            }
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Export the log to a new folder; `headwaters verify` checks it offline.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Folder to make.") var folder: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                try node.demand(.exportEvidence, principal)
                _ = try await node.sequencer.step()
                let leaves = try await EvidenceExport(
                    node.evidence, in: node.database, publicKeys: node.keys.publicKeys
                ).write(to: folder)
                terminal.answer(
                    Message("command.exported", ["leaves": String(leaves), "path": folder]),
                    ["leaves": .integer(leaves), "path": .string(folder)])
            }
        }
    }

    struct Health: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say how the log stands.")
        @OptionGroup var actor: ActorOptions

        func run() async throws {
            try await actor.run { node, principal, terminal in
                try node.demand(.readEvidence, principal)
                let health = try await node.evidence.health(of: node.database)
                terminal.record([
                    ("size", .integer(health.size)), ("checkpointSize", .integer(health.checkpointSize)),
                    ("checkpoint", .optional(health.checkpointAt)),
                    ("waitingSince", .optional(health.waitingSince)),
                ])
            }
        }
    }
}

extension Node {
    fileprivate func demand(_ action: Action, _ principal: Principal) throws {
        _ = try permissions.permit(action, on: .new(kind: action.noun, owner: nil), for: principal)
    }
}
