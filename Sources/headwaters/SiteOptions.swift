import ArgumentParser
import Foundation
import Identity
import Kernel
import Server
import Web

/// How a command speaks: shared by all.
struct SpeechOptions: ParsableArguments {
    @Flag(help: "Answer with one JSON document.")
    var json = false

    @Option(help: "Language of messages: zh-Hans, zh-Hant or en. Standard: from LANG.")
    var language: String?

    func validate() throws {
        guard let language, Language(rawValue: language) == nil else { return }
        let known = Language.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("The language '\(language)' is none of \(known).")
    }

    var terminal: Terminal { Self.terminal(json: json, chosen: language.flatMap(Language.init(rawValue:))) }

    static func terminal(json: Bool, chosen: Language?) -> Terminal {
        let environment = ProcessInfo.processInfo.environment
        let locale = environment["LC_ALL"] ?? environment["LANG"] ?? ""
        // zh_TW.UTF-8 is zh-TW to a browser.
        let tag = String(locale.prefix { $0 != "." && $0 != "@" }).replacing("_", with: "-")
        return Terminal(json: json, language: chosen ?? Language(accepting: tag, otherwise: .english))
    }

    /// Runs `body`; a problem is reported in words and becomes the exit code.
    func run(_ body: (Terminal) async throws -> Void) async throws {
        let terminal = self.terminal
        do {
            try await body(terminal)
        } catch let error as ExitCode {
            throw error
        } catch let error as any ProblemConvertible {
            terminal.report(error.problem)
            throw error.problem.kind.exitCode
        } catch is CancellationError {
            throw ExitCode(130)
        } catch {
            terminal.report(Problem(.internalFault, Message("command.fault", ["fault": "\(error)"])))
            throw Problem.Kind.internalFault.exitCode
        }
    }
}

/// The data folder of a node.
struct SiteOptions: ParsableArguments {
    @Option(name: .customLong("data"), help: "The node's data folder.")
    var data: String

    @OptionGroup var speech: SpeechOptions

    var folder: NodeFolder { NodeFolder(URL(filePath: data)) }

    /// Opens the node for as long as `body` runs.
    func run(_ body: (Node, Terminal) async throws -> Void) async throws {
        try await speech.run { terminal in
            let node = try await Node.open(folder)
            do {
                try await body(node, terminal)
                await node.close()
            } catch {
                await node.close()
                throw error
            }
        }
    }
}

/// A node, and who acts in it: the holder of a token, or with `--as-system` whoever is at the machine (set-up only).
struct ActorOptions: ParsableArguments {
    @OptionGroup var site: SiteOptions

    @Option(help: "API token of the account that acts. Standard: HEADWATERS_TOKEN.")
    var token: String?

    func run(_ body: (Node, Principal, Terminal) async throws -> Void) async throws {
        try await site.run { node, terminal in
            let secret = token ?? ProcessInfo.processInfo.environment["HEADWATERS_TOKEN"] ?? ""
            guard !secret.isEmpty else {
                throw Problem(
                    .unauthenticated, Message("command.token-missing"),
                    remedy: Message("command.token-missing-remedy"))
            }
            guard let principal = try await node.tokens.principal(forSecret: secret) else {
                throw Problem(.unauthenticated, Message("command.token-unknown"))
            }
            try await body(node, principal, terminal)
        }
    }
}

/// An id on the command line.
func requireID<N: Noun>(_ text: String, of noun: N.Type = N.self) throws(Problem) -> ID<N> {
    guard let id = ID<N>(text) else {
        throw Problem(.invalid, Message("command.not-an-id", ["text": text, "kind": N.kind]))
    }
    return id
}
