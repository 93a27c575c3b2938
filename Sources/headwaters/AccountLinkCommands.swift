import ArgumentParser
import Identity
import Kernel
import Policy
import Server

extension AccountCommand {
    struct Link: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Link an account with the name that an identity provider has for its owner.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Account: its name or id.") var account: String
        @Option(help: "Provider: its id in the file of providers.") var provider: String
        @Option(help: "The provider's identifier of the person: `sub` of its tokens.") var subject: String?
        @Option(help: "Instead: the value of the provider's link claim that the first sign-in brings.")
        var claim: String?

        func run() async throws {
            try await setUp.run(.manageAccounts) { node, principal, terminal in
                let account = try await node.account(account)
                guard let known = node.providers.book[provider] else { throw IdentityError.providerUnknown }
                let link = try await node.accounts.link(
                    account.id, to: known, subject: subject, claim: claim, by: principal)
                terminal.answer(
                    Message("command.account-linked", ["name": account.name]),
                    [
                        "id": .string(account.id.text), "name": .string(account.name),
                        "link": .string(link.text), "provider": .string(provider),
                    ])
            }
        }
    }

    struct Unlink: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take an account's link with an identity provider away; sessions that began by it end.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Account: its name or id.") var account: String
        @Option(help: "Provider: its id in the file of providers.") var provider: String

        func run() async throws {
            try await setUp.run(.manageAccounts) { node, principal, terminal in
                let account = try await node.account(account)
                let links = try await node.accounts.links(of: account.id).filter { $0.provider == provider }
                guard !links.isEmpty else { throw IdentityError.linkUnknown }
                for link in links { try await node.accounts.unlink(link.id, of: account.id, by: principal) }
                terminal.answer(
                    Message("command.account-unlinked", ["name": account.name]),
                    ["id": .string(account.id.text), "name": .string(account.name)])
            }
        }
    }
}
