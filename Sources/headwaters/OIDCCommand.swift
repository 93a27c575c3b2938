import ArgumentParser
import Identity
import Kernel
import Policy
import Server

/// 统一身份认证: what the providers of the settings answer.
struct OIDCCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "oidc", abstract: "Identity providers: who they are, and whether a sign-in could work.",
        subcommands: [List.self, Check.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the identity providers of the settings.")
        @OptionGroup var setUp: SetUpOptions

        func run() async throws {
            try await setUp.run(.manageAccounts) { node, _, terminal in
                terminal.table(
                    ["id", "title", "issuer", "client", "redirect"],
                    node.providers.book.providers.map { provider in
                        [
                            .string(provider.id), .string(provider.title), .string(provider.issuer),
                            .string(provider.clientID),
                            .string(node.providers.redirectAddress(of: provider.id)),
                        ]
                    })
            }
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Ask a provider for its description and keys, and read the client's secret; nobody is signed in."
        )
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Provider: its id in the file of providers.") var provider: String

        func run() async throws {
            try await setUp.run(.manageAccounts) { node, _, terminal in
                let found = try await node.providers.check(provider)
                terminal.record([
                    ("provider", .string(provider)), ("redirect", .string(found.redirectAddress)),
                    ("authorization", .string(found.authorization)), ("token", .string(found.token)),
                    ("endSession", .optional(found.endSession)),
                    ("algorithms", .string(found.algorithms.joined(separator: " "))),
                    ("keys", .integer(Int64(found.keys))),
                    ("keyIDs", .string(found.keyIDs.joined(separator: " "))),
                    ("namesIssuer", .boolean(found.namesIssuer)),
                ])
            }
        }
    }
}
