import ArgumentParser
import Cryptography
import Foundation
import Hooking
import Kernel
import Lake
import Policy
import Release
import Server

struct PackageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "package",
        abstract:
            "Packages: filings and releases carried across an air gap, signed where they are made and verified on arrival.",
        subcommands: [Make.self, Verify.self, Receive.self])

    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a package of one table, or of the word that there is nothing to report.",
            discussion: """
                Signed with the key of the data folder. Give that node's public key (/node.pem of its pages) to the node that \
                is to receive: its operator puts it into keys/trusted. The package is a tar that any program lists; its name ends in .hwp.
                """)
        @OptionGroup var site: SiteOptions
        @Argument(help: "The table; left out with --nothing.") var file: String?
        @Option(help: "Id of the entry at the receiving node.") var entry: String
        @Option(help: "2026-11, 2026-W48, 2026-Q4 or 2026.") var period: String?
        @Option(help: "replace, append or overlay. Standard: as agreed where it is received.")
        var manner: String?
        @Option(help: "A mapping that `hook probe --mapping-out` wrote; its columns are compared on arrival.")
        var mapping: String?
        @Option(help: "The only node that may take it. Standard: any that trusts the key.") var recipient:
            String?
        @Option(help: "There is nothing to report, and why.") var nothing: String?
        @Option(help: "The package to write.") var out: String

        func run() async throws {
            try await site.speech.run { terminal in
                let identity = try site.folder.identity()
                let keys = try KeyStore.open(
                    dataFolder: site.folder.path, environment: ProcessInfo.processInfo.environment)
                guard (file == nil) != (nothing == nil) else {
                    throw Problem(.invalid, Message("command.package-what"))
                }
                if let file,
                    let finding = try SecrecyLook.look(
                        at: file, named: URL(filePath: file).lastPathComponent)
                {
                    throw ClassifiedUpload(finding)
                }
                let reading = try mapping.map { path in
                    let bytes = try InputFile.bytes(path, bytesMax: 4 << 20)
                    guard let mapping = try? JSONDecoder().decode(SourceMapping.self, from: Data(bytes))
                    else {
                        throw Problem(.invalid, Message("command.mapping-unreadable", ["path": path]))
                    }
                    return mapping
                }
                let package = DataPackage(
                    id: PackageID.new(), producer: identity.node, madeAt: Clock.system.now(),
                    recipient: recipient, entry: try requireID(entry),
                    period: try period.map(requirePeriod),
                    manner: try manner.map { try requireWord($0, Filing.Manner.self) }, mapping: reading,
                    table: try file.map { try DataPackage.table(at: $0) }, reason: nothing)
                try package.write(to: out, file: file, signedBy: keys.signer)
                terminal.record(package.fields(signedBy: keys.signer.kid))
            }
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check every byte of a package offline. Exit 0 only if all of it holds.",
            discussion: """
                PACKAGE is a filing (.hwp), or the first volume of a release that was handed over (.hwo), whose other volumes lie beside it. \
                Any changed byte, any missing or swapped volume is named.
                """)
        @Argument(help: "The package.") var package: String
        @Option(help: "Public keys (PEM) of signers to trust; may be given several times.")
        var trust: [String] = []
        @Option(help: "Trust the keys of this data folder.") var data: String?
        @Option(help: "File whose first line is the password of what was handed over.")
        var passwordFile: String?
        @Option(help: "Folder to put what was handed over into, joined and opened.") var out: String?
        @OptionGroup var speech: SpeechOptions

        func run() async throws {
            try await speech.run { terminal in
                let keys = try TrustedKeys.given(trust, dataFolder: data)
                guard !VerifiedHandOver.isOne(package) else {
                    let verified = try VerifiedHandOver(
                        package, trusting: keys, password: try passwordFile.map(InputFile.password))
                    terminal.record(
                        verified.fields(unpacked: try out.map { try verified.unpack(into: $0) } ?? []))
                    return
                }
                let verified = try VerifiedPackage(package, trusting: keys, bytesMax: .max)
                terminal.record(verified.package.fields(signedBy: verified.kid))
            }
        }
    }

    struct Receive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Verify a package, take it in and wait until it is published or refused.",
            discussion:
                "Trusted are the keys of the data folder (own, and those in keys/trusted) and what --trust names."
        )
        @OptionGroup var actor: ActorOptions
        @Argument(help: "The package.") var package: String
        @Option(help: "Public keys (PEM) of signers to trust besides; may be given several times.")
        var trust: [String] = []
        @OptionGroup var declaration: Declaration

        func run() async throws {
            try await actor.run { node, principal, terminal in
                try declaration.require()
                let keys = try TrustedKeys.given(trust, dataFolder: node.folder.path)
                let filing = try await node.hooking.receive(
                    packageAt: package, trusting: keys, waits: true, by: principal)
                if case .failed(let problem) = filing.outcome { throw problem }
                terminal.record(filing.fields)
            }
        }
    }
}

extension TrustedKeys {
    /// Those that somebody names on the command line. Nobody is not enough.
    static func given(_ files: [String], dataFolder: String?) throws -> TrustedKeys {
        var keys: [PublicKey] = []
        for path in files {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw Problem(.notFound, Message("command.file-missing", ["path": path]))
            }
            keys += try PublicKey.all(pem: text)
        }
        if let dataFolder { keys += try KeyStore.publicKeys(dataFolder: dataFolder) }
        guard !keys.isEmpty else {
            throw Problem(
                .invalid, Message("command.trust-nobody"), remedy: Message("command.trust-nobody-remedy"))
        }
        return TrustedKeys(keys)
    }
}

extension DataPackage {
    fileprivate func fields(signedBy kid: String) -> [(String, JSON)] {
        [
            ("id", .string(id.text)), ("producer", .string(producer)), ("signer", .string(kid)),
            ("madeAt", .optional(madeAt)), ("recipient", .optional(recipient)),
            ("entry", .string(entry.text)), ("period", .optional(period?.description)),
            ("manner", .optional(manner?.rawValue)), ("file", .optional(table?.name)),
            ("bytes", .optional(table.map { Int64($0.bytes) })), ("sha256", .optional(table?.sha256)),
            ("reason", .optional(reason)),
        ]
    }
}
