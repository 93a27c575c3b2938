import ArgumentParser
import Cryptography
import Foundation
import Identity
import Kernel
import Lake
import Persistence
import Server

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a node in an empty data folder: keys, schema, units of its profile.")

    @OptionGroup var site: SiteOptions

    @Option(help: "Profile that names the units and the calendar.")
    var profile = "heyuan"

    @Option(help: "Signature algorithm: sm2 (with SM3) or ed25519 (with SHA-256).")
    var algorithm = "sm2"

    func run() async throws {
        try await site.speech.run { terminal in
            guard let algorithm = SignatureAlgorithm(rawValue: algorithm) else {
                throw Problem(.invalid, Message("command.algorithm-unknown", ["name": algorithm]))
            }
            let profile = try Profile(profile)
            let now = Clock.system.now()
            let isUnfinished = await site.folder.isUnfinished()
            let identity =
                isUnfinished
                ? try site.folder.identity()
                : try site.folder.create(
                    profile: profile.name, algorithm: algorithm,
                    environment: ProcessInfo.processInfo.environment, at: now)
            let node = try await Node.open(site.folder, migrates: true)
            let units = try await node.parties.plant(
                try PartySeed(tsv: try profile.text("units.tsv")),
                founded: now.date(), by: .system(), at: now)
            try await node.plantUnitList()
            await node.close()
            terminal.answer(
                Message(
                    "command.node-made",
                    ["node": identity.node, "path": site.folder.path, "units": String(units)]),
                [
                    "node": .string(identity.node), "data": .string(site.folder.path),
                    "profile": .string(identity.profile), "units": .integer(Int64(units)),
                ])
        }
    }
}

extension NodeFolder {
    /// A node without a single unit or entry: its `init` was stopped half way, and goes on.
    fileprivate func isUnfinished() async -> Bool {
        guard (try? identity()) != nil,
            let settings = try? Settings(folder: root, environment: ProcessInfo.processInfo.environment),
            LakeFolder(root: path).isEmpty
        else { return false }
        let url = settings.text(.database)
        guard let database = try? await openDatabase(location: url.isEmpty ? path : url, connectionsMax: 2)
        else { return false }
        // No table yet is no unit either.
        let unit = try? await database.read { try $0.row("SELECT id FROM party LIMIT 1") }
        await database.close()
        return unit == nil
    }
}

extension LakeFolder {
    fileprivate var isEmpty: Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: lake)) ?? []
        return names.allSatisfy { $0 == "staging" }
    }
}
