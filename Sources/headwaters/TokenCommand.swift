import ArgumentParser
import Identity
import Kernel
import Policy
import Server

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "API tokens: what programs and this command line act with.",
        subcommands: [Issue.self, List.self, Revoke.self])

    struct Issue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Issue a token for an account in one of its posts; the secret is shown once.",
            discussion: """
                A scope is an action (release.make) or all actions of a noun (release.*). Scopes narrow what the post's roles \
                allow and never widen it. Without --scope the token may do whatever the post's roles allow.
                """)
        @OptionGroup var setUp: SetUpOptions
        @Option(help: "Account: its name or id.") var account: String
        @Option(help: "Post: its id, or unit/title. Standard: the account's first post.") var post: String?
        @Option(help: "What it is for.") var label = "command line"
        @Option(help: "Scope; may be given several times.") var scope: [String] = []
        @Option(help: "Days until it expires.") var days = 90

        func run() async throws {
            try await setUp.run { node, principal, terminal in
                let account = try await node.account(account)
                let held = try await node.posts.held(by: account.id, on: node.clock.now().date())
                let chosen = if let post { try await node.post(post).id } else { held.first?.post.id }
                guard let chosen else { throw IdentityError.postNotHeld }
                let known = Set(Action.allCases.map { "\($0.noun).*" })
                let scopes = scope.isEmpty ? known : Set(scope)
                for name in scopes where !known.contains(name) && Action(rawValue: name) == nil {
                    throw Problem(.invalid, Message("command.scope-unknown", ["scope": name]))
                }
                try Self.demand(node, principal, account.id, chosen, scopes)
                let (token, secret) = try await node.tokens.issue(
                    for: account.id, in: chosen, label: label, scopes: scopes, days: days, by: principal)
                terminal.record([
                    ("id", .string(token.id.text)), ("secret", .string(secret)),
                    ("account", .string(account.name)), ("post", .string(token.post.text)),
                    ("scopes", .texts(token.scopes.sorted())),
                    ("expires", .string(token.expires.description)),
                ])
            }
        }

        /// Whoever may not manage everybody's tokens may issue one for themselves, in the same post and no wider than the one in hand.
        private static func demand(
            _ node: Node, _ principal: Principal, _ account: AccountID, _ post: PostID, _ scopes: Set<String>
        ) throws {
            let anybodys = Subject.new(kind: TokenNoun.kind, owner: nil)
            if node.permissions.allows(.manageTokens, on: anybodys, for: principal) { return }
            _ = try node.permissions.permit(
                .manageTokens, on: .new(kind: TokenNoun.kind, owner: nil, recipient: principal.party),
                for: principal)
            var isOwn = principal.account == account && principal.post == post
            if case .token(_, let own) = principal.channel { isOwn = isOwn && scopes.isSubset(of: own) }
            guard isOwn else { throw PolicyError.notPermitted(.manageTokens) }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List an account's tokens.")
        @OptionGroup var setUp: SetUpOptions
        @Option(help: "Account: its name or id.") var account: String

        func run() async throws {
            try await setUp.run { node, principal, terminal in
                let account = try await node.account(account)
                let scope = node.permissions.scope(of: .account, for: principal)
                guard scope.admits(account: account.id) else { throw IdentityError.accountUnknown }
                terminal.table(
                    ["id", "label", "scopes", "expires", "revoked", "used"],
                    try await node.tokens.all(of: account.id).map { token in
                        [
                            .string(token.id.text), .string(token.label),
                            .string(token.scopes.sorted().joined(separator: " ")),
                            .string(token.expires.description), .optional(token.revoked),
                            .optional(token.used),
                        ]
                    })
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Revoke a token, at once and for good.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Id of the token.") var token: String

        func run() async throws {
            try await setUp.run { node, principal, terminal in
                guard let found = try await node.tokens.find(try requireID(token)) else {
                    throw IdentityError.tokenUnknown
                }
                let isOwn = found.account == principal.account
                _ = try node.permissions.permit(
                    .manageTokens,
                    on: .new(
                        kind: TokenNoun.kind, owner: nil, recipient: isOwn ? principal.party : nil),
                    for: principal)
                try await node.tokens.revoke(found.id, by: principal)
                terminal.answer(Message("command.token-revoked"), ["id": .string(found.id.text)])
            }
        }
    }
}
