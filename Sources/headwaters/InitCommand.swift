import ArgumentParser
import Cryptography
import Foundation
import Identity
import Kernel
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
            let identity = try site.folder.create(
                profile: profile.name, algorithm: algorithm,
                environment: ProcessInfo.processInfo.environment, at: now)
            let node = try await Node.open(site.folder, migrates: true)
            let units = try await node.parties.plant(
                try PartySeed(tsv: try profile.text("units.tsv")),
                founded: now.date(), by: .system(), at: now)
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
