import ArgumentParser
import Catalogue
import Foundation
import Identity
import Kernel
import Server

struct EntryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "entry", abstract: "Catalogue entries: what a department says it holds.",
        subcommands: [
            Draft.self, Revise.self, Submit.self, Recall.self, Publish.self, Return.self, Withdraw.self,
            Discard.self, List.self, Search.self, Show.self, Import.self, Export.self,
        ])

    struct Draft: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draft an entry of your unit from a card.",
            discussion: """
                A card is a JSON object: category, title, resourceCode, provider, providerDivision, providerUSCC, abstract, \
                formatClass, formatType, shareType, shareCondition, legalBasis, shareMode, openType, openCondition, updateCycle, \
                publishDate, relatedCodes, items [{column, name, type, length, shareType, isOpen, description}].
                """)
        @OptionGroup var actor: ActorOptions
        @Option(help: "The card as a JSON file; - is standard input.") var file: String?
        @Option(help: "A member of the card, key=value; may be given several times.") var set: [String] = []

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let json = try InputFile.document(file, set: set, bytesMax: EntryLimits.cardBytesMax)
                guard let owner = principal.party else { throw CatalogueError.accountNeeded }
                let entry = try await node.catalogue.draft(
                    try EntryCard(json: json), owner: owner, by: principal)
                terminal.record(entry.fields)
            }
        }
    }

    struct Revise: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change an entry's card; what is published stays until the proposal is approved.")
        @OptionGroup var actor: ActorOptions
        @OptionGroup var target: EntryTarget
        @Option(help: "The whole new card as a JSON file. Standard: the present card.") var file: String?
        @Option(help: "A member of the card, key=value; may be given several times.") var set: [String] = []

        func run() async throws {
            try await target.act(actor) { node, principal, entry, revision in
                let json = try InputFile.document(
                    file, set: set, onto: entry.currentCard.json, bytesMax: EntryLimits.cardBytesMax)
                return try await node.catalogue.revise(
                    entry.id, seen: revision, to: try EntryCard(json: json), by: principal)
            }
        }
    }

    struct Submit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Hand a draft in for review.")
        @OptionGroup var actor: ActorOptions
        @OptionGroup var target: EntryTarget

        func run() async throws {
            try await target.act(actor) { node, principal, entry, revision in
                try await node.catalogue.submit(entry.id, seen: revision, by: principal)
            }
        }
    }

    struct Recall: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a submitted draft back.")
        @OptionGroup var actor: ActorOptions
        @OptionGroup var target: EntryTarget

        func run() async throws {
            try await target.act(actor) { node, principal, entry, revision in
                try await node.catalogue.recall(entry.id, seen: revision, by: principal)
            }
        }
    }

    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approve a submitted entry; never one's own.")
        @OptionGroup var actor: ActorOptions
        @OptionGroup var target: EntryTarget

        func run() async throws {
            try await target.act(actor) { node, principal, entry, revision in
                try await node.catalogue.publish(entry.id, seen: revision, by: principal)
            }
        }
    }

    struct Return: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a submitted entry back with a reason.")
        @OptionGroup var actor: ActorOptions
        @OptionGroup var target: EntryTarget
        @Option(help: "Why.") var reason: String

        func run() async throws {
            try await target.act(actor) { node, principal, entry, revision in
                try await node.catalogue.sendBack(entry.id, seen: revision, reason: reason, by: principal)
            }
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Withdraw a published entry.")
        @OptionGroup var actor: ActorOptions
        @OptionGroup var target: EntryTarget
        @Option(help: "Why.") var reason: String

        func run() async throws {
            try await target.act(actor) { node, principal, entry, revision in
                try await node.catalogue.withdraw(entry.id, seen: revision, reason: reason, by: principal)
            }
        }
    }

    struct Discard: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Drop a proposal that was never published.")
        @OptionGroup var actor: ActorOptions
        @OptionGroup var target: EntryTarget

        func run() async throws {
            try await target.act(actor) { node, principal, entry, revision in
                try await node.catalogue.discard(entry.id, seen: revision, by: principal)
            }
        }
    }
}

/// Which entry, and as it stood when.
struct EntryTarget: ParsableArguments {
    @Argument(help: "Id of the entry.") var entry: String
    @Option(
        help: "The revision you saw; the act fails if the entry has moved since. Standard: the present one.")
    var revision: Int?

    func act(
        _ actor: ActorOptions,
        _ body: (Node, Principal, Entry, Int) async throws -> Entry
    ) async throws {
        try await actor.run { node, principal, terminal in
            let entry = try await node.catalogue.entry(try requireID(entry), for: principal)
            terminal.record(try await body(node, principal, entry, revision ?? entry.revision).fields)
        }
    }
}

extension Entry {
    var fields: [(String, JSON)] {
        [
            ("id", .string(id.text)), ("title", .string(card.title)), ("state", .string(state.rawValue)),
            ("proposal", .optional(proposal?.stage.rawValue)), ("revision", .integer(Int64(revision))),
            ("resourceCode", .string(currentCard.resourceCode)), ("owner", .string(owner.text)),
            ("returnReason", .optional(proposal?.returnReason)), ("changed", .optional(changedAt)),
        ]
    }
}
