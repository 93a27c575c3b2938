import ArgumentParser
import Identity
import Kernel
import Policy
import Server

struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Accounts of people: who can come in.",
        subcommands: [
            Create.self, List.self, SetPassword.self, ResetSecondFactor.self, Unlock.self, Disable.self,
            Enable.self, Link.self, Unlink.self,
        ])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an account for a person; the password is read from standard input or a file.")

        @OptionGroup var setUp: SetUpOptions
        @OptionGroup var secret: SecretInput
        @Argument(help: "Name to sign in with.") var name: String
        @Option(help: "The person's name; registers a new person.") var person: String?
        @Option(help: "Id of a person who is registered already.") var personID: String?

        func run() async throws {
            try await setUp.run(.manageAccounts) { node, principal, terminal in
                let password = try secret.read(terminal)
                let who: PersonID
                if let personID {
                    who = try requireID(personID)
                } else {
                    who = try await node.posts.register(
                        person ?? name, by: principal, at: node.clock.now()
                    ).id
                }
                let account = try await node.accounts.create(
                    name, password: password, for: who, by: principal)
                terminal.record([
                    ("id", .string(account.id.text)), ("name", .string(account.name)),
                    ("person", .string(account.person.text)),
                ])
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List accounts.")
        @OptionGroup var setUp: SetUpOptions

        func run() async throws {
            try await setUp.run { node, principal, terminal in
                let names = Dictionary(
                    try await node.posts.people().map { ($0.id, $0.name) },
                    uniquingKeysWith: { first, _ in first })
                let now = node.clock.now()
                let accounts = try await node.accounts.all(within: principal)
                terminal.table(
                    ["id", "name", "person", "disabled", "locked"],
                    accounts.map { account in
                        [
                            .string(account.id.text), .string(account.name),
                            .optional(names[account.person]), .boolean(account.isDisabled),
                            .boolean(account.lockedUntil.map { now < $0 } ?? false),
                        ]
                    })
            }
        }
    }

    struct SetPassword: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give an account a new password; its sessions end and a lock is lifted.")

        @OptionGroup var setUp: SetUpOptions
        @OptionGroup var secret: SecretInput
        @Argument(help: "Account: its name or id.") var account: String

        func run() async throws {
            try await setUp.change(account, "command.password-set") { node, account, principal, terminal in
                try await node.accounts.setPassword(
                    of: account.id, to: try secret.read(terminal), by: principal)
            }
        }
    }

    struct ResetSecondFactor: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take an account's second factor away, for whoever lost app and recovery codes.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Account: its name or id.") var account: String

        func run() async throws {
            try await setUp.change(account, "command.second-factor-reset") { node, account, principal, _ in
                try await node.accounts.resetSecondFactor(of: account.id, by: principal)
            }
        }
    }

    struct Unlock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lift the lock that wrong passwords caused.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Account: its name or id.") var account: String

        func run() async throws {
            try await setUp.change(account, "command.account-unlocked") { node, account, principal, _ in
                try await node.accounts.unlock(account.id, by: principal)
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close an account: sessions end and tokens are revoked in the same moment.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Account: its name or id.") var account: String

        func run() async throws {
            try await setUp.change(account, "command.account-disabled") { node, account, principal, _ in
                try await node.accounts.disable(account.id, by: principal)
            }
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Open a closed account again.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Account: its name or id.") var account: String

        func run() async throws {
            try await setUp.change(account, "command.account-enabled") { node, account, principal, _ in
                try await node.accounts.enable(account.id, by: principal)
            }
        }
    }
}

extension SetUpOptions {
    fileprivate func change(
        _ name: String, _ done: String,
        _ body: (Node, Account, Principal, Terminal) async throws -> Void
    ) async throws {
        try await run(.manageAccounts) { node, principal, terminal in
            let account = try await node.account(name)
            try await body(node, account, principal, terminal)
            terminal.answer(
                Message(done, ["name": account.name]),
                ["id": .string(account.id.text), "name": .string(account.name)])
        }
    }
}
