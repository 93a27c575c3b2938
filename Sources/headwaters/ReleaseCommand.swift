import ArgumentParser
import Evidence
import Foundation
import Identity
import Kernel
import Lake
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
                    let download = try await node.receipts.download(made.id, by: principal)
                    let release = download.release
                    try OutputPlace.copy(download.path, to: out)
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
                terminal.records(
                    try await node.receipts.list(grant: id, for: principal, limit: 200)
                        .releases.map(\.fields))
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

extension Node {
    /// With checkpoints being made meanwhile, by this process unless `serve` does it.
    func sequencing<Result>(_ body: () async throws -> Result) async throws -> Result {
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
