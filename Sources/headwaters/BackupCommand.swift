import ArgumentParser
import Evidence
import Foundation
import Kernel
import Server

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract:
            "Back a node up into a new folder, also while it serves: database, versions, files, wrapped keys.",
        discussion: """
            The master key is in no backup: keep it elsewhere. The folder appears whole or not at all, with a signed manifest of \
            every file's SHA-256. What the command prints names the master key that restoring needs.
            """)

    @OptionGroup var site: SiteOptions

    @Option(name: .customLong("to"), help: "Folder to make.")
    var target: String

    func run() async throws {
        try await site.run { node, terminal in
            let manifest = try await node.backup(
                to: target, environment: ProcessInfo.processInfo.environment
            ) { terminal.progress(terminal.text($0)) }
            terminal.answer(
                Message(
                    "command.backed-up",
                    [
                        "path": target, "files": String(manifest.files.count),
                        "bytes": String(manifest.bytes), "leaves": String(manifest.leaves),
                        "fingerprint": manifest.masterKey,
                    ]),
                [
                    "path": .string(target), "node": .string(manifest.node),
                    "madeAt": .string(manifest.madeAt.description),
                    "files": .integer(Int64(manifest.files.count)), "bytes": .integer(manifest.bytes),
                    "leaves": .integer(manifest.leaves), "masterKey": .string(manifest.masterKey),
                ])
        }
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a node from a backup, in a folder that is empty but for its master.key.",
        discussion: """
            Every file is compared with the signed manifest before anything takes its place, and the evidence is verified at the \
            end. A backup of SQLite restores into PostgreSQL and the other way round. Nobody is signed in afterwards.
            """)

    @OptionGroup var site: SiteOptions

    @Option(name: .customLong("from"), help: "The backup's folder.")
    var source: String

    @Option(help: "URL of an empty database to restore into; wins over the settings in the backup.")
    var database: String?

    func run() async throws {
        try await site.speech.run { terminal in
            var environment = ProcessInfo.processInfo.environment
            if let database { environment[Setting.database.environmentName] = database }
            let report = try await Restoration(
                backup: source, to: site.folder, environment: environment
            ).run { terminal.progress(terminal.text($0)) }
            terminal.answer(
                Message(
                    "command.restored",
                    [
                        "path": site.folder.path, "madeAt": report.manifest.madeAt.description,
                        "leaves": String(report.evidence.leaves),
                    ]),
                [
                    "data": .string(site.folder.path), "node": .string(report.manifest.node),
                    "madeAt": .string(report.manifest.madeAt.description),
                    "files": .integer(Int64(report.manifest.files.count)),
                    "leaves": .integer(report.evidence.leaves),
                    "checkpoints": .integer(Int64(report.evidence.checkpoints)), "holds": true,
                ])
        }
    }
}
