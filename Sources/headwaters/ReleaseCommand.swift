import ArgumentParser
import Cryptography
import Evidence
import Foundation
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Release
import Server

struct ReleaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Releases: rows that leave under a grant.",
        subcommands: [Make.self, List.self])

    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Write the rows of a grant to a file, with the signed receipt beside it (FILE.receipt.json).")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant.") var grant: String
        @Option(help: "csv, parquet or excel.") var format = "csv"
        @Option(help: "File to write.") var out: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                guard let delivery = DeliveryKind(rawValue: format) else {
                    throw Problem(.invalid, Message("command.format-unknown", ["text": format]))
                }
                try await node.sequencing {
                    let made = try await node.files.make(
                        delivery, under: try requireID(grant), by: principal
                    ) { progress in
                        guard let rows = progress.rows else { return }
                        terminal.progress(
                            terminal.text(Message("command.releasing", ["rows": String(rows)])))
                    }
                    let release = try await node.receipts.download(made.id, by: principal)
                    try OutputPlace.copy(node.files.path(of: release.id), to: out)
                    let receipt = out + ".receipt.json"
                    let document = try await node.receipts.document(of: release.id, for: principal)
                    try OutputPlace.write(Data(document.json.pretty.utf8), to: receipt)
                    terminal.record(
                        release.fields + [("file", .string(out)), ("receipt", .string(receipt))])
                }
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List releases, newest first.")
        @OptionGroup var actor: ActorOptions
        @Option(help: "Only of this grant.") var grant: String?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let id = try grant.map { try requireID($0, of: GrantNoun.self) }
                let rows = try await node.receipts.list(grant: id, for: principal, limit: 200)
                    .releases.map(\.fields)
                terminal.table(rows.first?.map(\.0) ?? [], rows.map { $0.map(\.1) })
            }
        }
    }
}

struct ReceiptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Receipts: the proof of one release.", subcommands: [Save.self])

    struct Save: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Save a release's receipt with its proofs; `headwaters verify` checks it offline.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the release.") var release: String
        @Option(help: "File to write.") var out: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                try await node.sequencing {
                    let document = try await node.receipts.document(
                        of: try requireID(release), for: principal)
                    try OutputPlace.write(Data(document.json.pretty.utf8), to: out)
                }
                terminal.answer(
                    Message("command.written", ["path": out]), ["path": .string(out)])
            }
        }
    }
}

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

    /// With checkpoints being made meanwhile, by this process unless `serve` does it.
    fileprivate func sequencing<Result>(_ body: () async throws -> Result) async throws -> Result {
        _ = try await sequencer.step()
        let sequencer = sequencer
        let running = Task { await sequencer.run { _ in } }
        defer { running.cancel() }
        return try await body()
    }
}

extension FileRelease {
    fileprivate var fields: [(String, JSON)] {
        [
            ("release", .string(id.text)), ("grant", .string(grant.text)), ("state", .string(state.rawValue)),
            ("delivery", .string(delivery.rawValue)), ("version", .string(version.text)),
            ("rowsOut", .optional(rowsOut)), ("rowsWithheld", .optional(rowsWithheld)),
            ("sha256", .optional(sha256)), ("at", .optional(authorisedAt)),
        ]
    }
}
