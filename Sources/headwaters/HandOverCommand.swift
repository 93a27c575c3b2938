import ArgumentParser
import Cryptography
import Evidence
import Foundation
import Kernel
import Release
import Server

struct HandOverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hand-over",
        abstract:
            "Take a file release away on a medium: a signed package, in volumes, entered into the register.",
        discussion: """
            The package holds the file, its receipt with the proofs, the node's public keys and a README. Its content is sealed with \
            the password in --password-file; when the grading says that nothing in it is sensitive, or with --open, it is not. `headwaters package \
            verify` checks it where it arrives.
            """)

    @OptionGroup var actor: ActorOptions
    @Argument(help: "Id of the release.") var release: String
    @Option(help: "Name of the person who carries the medium.") var takenBy: String
    @Option(help: "The medium's number, as written on it.") var medium: String
    @Option(help: "Folder to write the volumes into: the medium.") var out: String
    @Option(help: "File whose first line is the password, of 12 bytes or more.") var passwordFile: String?
    @Flag(help: "Do not seal it, whatever its grade.") var open = false
    @Option(help: "Most MiB of a volume, 1 to 8191. Standard: as large as FAT32 holds (4 GiB less one byte).")
    var volumeMib: Int?

    func run() async throws {
        try await actor.run { node, principal, terminal in
            let id = try requireID(release, of: ReleaseNoun.self)
            let password = try passwordFile.map(InputFile.password)
            if password == nil, !open {
                let release = try await node.receipts.find(id, for: principal)
                guard try await !node.handOvers.isSensitive(release) else {
                    throw Problem(
                        .invalid, Message("command.hand-over-sensitive"),
                        remedy: Message("command.hand-over-sensitive-remedy"))
                }
            }
            let handOver = try await node.sequencing {
                try await node.handOvers.make(
                    HandOver.Terms(
                        takenBy: takenBy, medium: medium,
                        volumeBytesMax: volumeMib.map { $0 << 20 } ?? HandOver.fatBytesMax,
                        password: open ? nil : password), of: id, by: principal)
            }
            for volume in handOver.volumes {
                let (download, _) = try await node.handOvers.download(
                    handOver.id, volume: volume.number, by: principal)
                try OutputPlace.copy(download.path, to: "\(out)/\(volume.name)")
            }
            terminal.record([
                ("id", .string(handOver.id.text)), ("release", .string(handOver.release.text)),
                ("takenBy", .string(handOver.takenBy)), ("medium", .string(handOver.medium)),
                ("sealed", .boolean(handOver.isSealed)), ("bytes", .integer(Int64(handOver.bytes))),
                ("volumes", .array(handOver.volumes.map { .string("\(out)/\($0.name)") })),
                ("signer", .string(node.keys.signer.kid)),
            ])
        }
    }
}

extension InputFile {
    /// The first line of a file: a password on the command line would be in every list of processes.
    static func password(_ path: String) throws -> String {
        let text = String(decoding: try bytes(path, bytesMax: 4_096), as: UTF8.self)
        return String(text.prefix { !$0.isNewline })
    }
}

extension VerifiedHandOver {
    /// What `verify` tells of it.
    func fields(unpacked: [String]) -> [(String, JSON)] {
        [
            ("id", .string(id.text)), ("release", .string(about["release"]?.string ?? "")),
            ("entry", about["entry"]?["title"] ?? .null), ("provider", about["provider"]?["name"] ?? .null),
            ("consumer", about["recipient"]?["name"] ?? .null), ("takenBy", about["takenBy"] ?? .null),
            ("medium", about["medium"] ?? .null), ("signer", .string(kid)),
            ("volumes", .integer(Int64(volumes))), ("file", .string(fileName)),
            ("contentCompared", .boolean(isContentCompared)),
            ("unpacked", .array(unpacked.map { .string($0) })),
        ]
    }
}
