import ArgumentParser
import Identity
import Kernel
import Policy
import Server

struct PostCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "post", abstract: "Posts: places of work in a unit, with the roles they carry.",
        subcommands: [
            Create.self, Appoint.self, Vacate.self, Depute.self, HandOver.self, Abolish.self, Restore.self,
            List.self,
        ])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a post in a unit.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Title of the post.") var title: String
        @Option(help: "The unit: its name or id.") var party: String
        @Option(help: "Role of the post; may be given several times.") var role: [String]
        @Option(
            help:
                "What it administers: a unit's name or id, or node. Standard: the county of a county's unit, else node."
        )
        var scope: String?

        func run() async throws {
            try await setUp.run(.manageAccounts) { node, principal, terminal in
                let roles = try role.map { try requireWord($0, Role.self) }
                let order: ScopeOrder =
                    switch scope {
                    case nil: .usual
                    case "node": .node
                    case let unit?: .below(try await node.party(unit).id)
                    }
                let post = try await node.posts.create(
                    title, in: try await node.party(party).id, roles: Set(roles), scope: order,
                    by: principal, at: node.clock.now())
                terminal.record([
                    ("id", .string(post.id.text)), ("title", .string(post.title)),
                    ("party", .string(post.party.text)),
                    ("roles", .texts(post.roles.map(\.rawValue).sorted())),
                    ("scope", .optional(post.scope?.text)),
                ])
            }
        }
    }

    struct Appoint: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let the person of an account hold a post.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Post: its id, or unit/title.") var post: String
        @Option(help: "Account of the person: its name or id.") var account: String
        @Option(help: "First day of the term. Standard: today.") var from: String?
        @Option(help: "Last day of the term. Standard: until further notice.") var through: String?

        func run() async throws {
            try await setUp.run(.manageAccounts) { node, principal, terminal in
                let (post, account) = (try await node.post(post), try await node.account(account))
                let now = node.clock.now()
                let first = try requireDay(from) ?? now.date()
                try await node.posts.appoint(
                    account.person, to: post.id, from: first, through: try requireDay(through),
                    by: principal, at: now)
                terminal.answer(
                    Message("command.appointed", ["name": account.name, "post": post.title]),
                    [
                        "post": .string(post.id.text), "account": .string(account.id.text),
                        "from": .string(first.description), "through": .optional(through),
                    ])
            }
        }
    }

    struct Vacate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End the term of whoever holds a post.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Post: its id, or unit/title.") var post: String
        @Option(help: "Last day of the term. Standard: yesterday.") var after: String?

        func run() async throws {
            try await setUp.run(.manageAccounts) { node, principal, terminal in
                let post = try await node.post(post)
                let now = node.clock.now()
                let last = try requireDay(after) ?? now.date().adding(days: -1)
                try await node.posts.vacate(post.id, after: last, by: principal, at: now)
                terminal.answer(
                    Message("command.vacated", ["post": post.title, "day": last.description]),
                    ["post": .string(post.id.text), "after": .string(last.description)])
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List posts, their roles and who holds them today.")
        @OptionGroup var setUp: SetUpOptions
        @Option(help: "Only of this unit: its name or id.") var party: String?

        func run() async throws {
            try await setUp.run(.manageAccounts) { node, principal, terminal in
                let unit = if let party { try await node.party(party).id } else { nil as PartyID? }
                let names = try await node.partyNames()
                let seats = try await node.posts.seats(of: unit, on: node.clock.now().date())
                    .filter { principal.scope.contains($0.post) }
                terminal.table(
                    ["id", "party", "title", "roles", "holder"],
                    seats.map { seat in
                        [
                            .string(seat.post.id.text),
                            .string(names[seat.post.party] ?? seat.post.party.text),
                            .string(seat.post.title),
                            .string(seat.post.roles.map(\.rawValue).sorted().joined(separator: ", ")),
                            .optional(seat.holder?.name),
                        ]
                    })
            }
        }
    }
}
