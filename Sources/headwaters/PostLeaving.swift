import ArgumentParser
import Cryptography
import Identity
import Kernel
import Policy
import Server

extension PostCommand {
    struct Depute: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let somebody of the same unit stand in for a post's holder for some days.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Post: its id, or unit/title.") var post: String
        @Option(help: "Account of who stands in: its name or id.") var account: String
        @Option(help: "First day. Standard: today.") var from: String?
        @Option(help: "Last day.") var through: String
        @Option(help: "Why: leave, a journey, a course.") var reason: String

        func run() async throws {
            try await setUp.run(.manageAccounts) { node, principal, terminal in
                let (post, account) = (try await node.post(post), try await node.account(account))
                let now = node.clock.now()
                let first = try requireDay(from) ?? now.date()
                let last = try requireDay(through) ?? first
                let id = try await node.posts.depute(
                    account.person, for: post.id, from: first, through: last, because: reason,
                    on: .administrator, by: principal, at: now)
                terminal.answer(
                    Message(
                        "command.deputed",
                        ["name": account.name, "post": post.title, "day": last.description]),
                    [
                        "id": .string(id.text), "post": .string(post.id.text),
                        "from": .string(first.description), "through": .string(last.description),
                    ])
            }
        }
    }

    struct HandOver: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hand a post over to its next holder, before a witness.",
            discussion: """
                The successor holds the post from today. The leaver's keys and sessions in it end; schedules, watched folders, drop \
                tables and deliveries go on in the successor's name. With --preview nothing is done: what would pass is listed.
                """)
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Post: its id, or unit/title.") var post: String
        @Option(help: "Account of the successor: its name or id.") var to: String?
        @Option(help: "Account of the witness: its name or id.") var witness: String?
        @Option(help: "Remarks for the list.") var remark = ""
        @Flag(help: "Only list what would pass.") var preview = false

        func validate() throws {
            guard preview || (to != nil && witness != nil) else {
                throw ValidationError("Name the successor with --to and the witness with --witness.")
            }
        }

        func run() async throws {
            try await setUp.run(.manageAccounts) { node, principal, terminal in
                let post = try await node.post(post)
                let now = node.clock.now()
                if preview {
                    let (_, items) = try await node.postHandOvers.preview(post.id, on: now.date())
                    return terminal.table(
                        ["kind", "id", "title", "day"],
                        items.map {
                            [
                                .string($0.kind.rawValue), .string($0.id), .string($0.title),
                                .optional($0.day?.description),
                            ]
                        })
                }
                guard let to, let witness else { return }
                let made = try await node.postHandOvers.make(
                    HandOvers.Order(
                        post: post.id, successor: try await node.account(to).id,
                        witness: try await node.account(witness).id, remark: remark), by: principal, at: now)
                terminal.answer(
                    Message(
                        "command.handed-over",
                        [
                            "post": post.title, "name": made.successor.name,
                            "count": String(made.items.count),
                        ]),
                    [
                        "id": .string(made.id.text), "post": .string(post.id.text),
                        "items": .integer(Int64(made.items.count)),
                        "itemsDigest": .string(made.itemsDigest.text),
                    ])
            }
        }
    }
}

extension PostCommand {
    struct Abolish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Abolish a post that nobody holds.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Post: its id, or unit/title.") var post: String

        func run() async throws {
            try await setUp.run(.manageAccounts) { node, principal, terminal in
                let post = try await node.post(post)
                try await node.posts.abolish(post.id, by: principal, at: node.clock.now())
                terminal.answer(
                    Message("command.post-abolished", ["post": post.title]), ["post": .string(post.id.text)])
            }
        }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Restore a post that was abolished.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Post: its id, or unit/title.") var post: String

        func run() async throws {
            try await setUp.run(.manageAccounts) { node, principal, terminal in
                let post = try await node.post(post)
                try await node.posts.restore(post.id, by: principal, at: node.clock.now())
                terminal.answer(
                    Message("command.post-restored", ["post": post.title]), ["post": .string(post.id.text)])
            }
        }
    }
}
