import ArgumentParser
import Identity
import Kernel
import Persistence
import Policy
import Server

struct UnitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unit", abstract: "Merge, split and rename units: rehearse, confirm, withdraw.",
        subcommands: [
            Plan.self, Rehearse.self, Assign.self, Confirm.self, Withdraw.self, List.self, Lists.self,
        ])

    struct Plan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draft a change of units. Nothing happens before it is confirmed.",
            discussion: "One --to is a merger, several are a split, --name is a rename.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "The units that change: names or ids.") var units: [String]
        @Option(help: "A unit that follows: its name or id; may be given several times.") var to: [String] =
            []
        @Option(help: "The new official name, of a rename.") var name: String?
        @Option(help: "The day it takes effect. Standard: today.") var on: String?
        @Option(help: "The decision, as it is cited.") var document: String

        func run() async throws {
            try await setUp.run(.manageParties) { node, principal, terminal in
                let now = node.clock.now()
                var (before, after): ([PartyID], [PartyID]) = ([], [])
                for unit in units { before.append(try await node.party(unit).id) }
                for unit in to { after.append(try await node.party(unit).id) }
                let id = try await node.successions.draft(
                    SuccessionOrder(
                        kind: name != nil ? .rename : after.count > 1 ? .split : .merge,
                        predecessors: before, successors: after, date: try requireDay(on) ?? now.date(),
                        document: document, newName: name ?? ""), by: principal, at: now)
                terminal.record(try await node.successions.find(id).fields)
            }
        }
    }

    struct Rehearse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List all that belongs to the units, where each thing goes, and what stands against it."
        )
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Id of the change.") var id: String

        func run() async throws {
            try await setUp.run(.manageParties) { node, _, terminal in
                let rehearsal = try await node.successions.rehearse(
                    try requireID(id, of: SuccessionNoun.self))
                let names = try await node.unitNames(rehearsal.succession)
                let faults = Dictionary(
                    rehearsal.faults.map { ($0.item.key, $0.reason.rawValue) },
                    uniquingKeysWith: { first, _ in first })
                terminal.table(
                    ["kind", "id", "title", "from", "to", "fate", "fault"],
                    rehearsal.lines.map { line in
                        [
                            .string(line.item.kind.rawValue), .string(line.item.id),
                            .string(line.item.title),
                            .string(names[line.predecessor] ?? line.predecessor.text),
                            .optional(line.heir.map { names[$0] ?? $0.text }),
                            .string(line.item.fate.rawValue), .optional(faults[line.item.key]),
                        ]
                    })
            }
        }
    }

    struct Assign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say where things of a split go: one, all of a kind, or everything.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Id of the change.") var id: String
        @Argument(help: "The unit that takes it: its name or id.") var to: String
        @Option(help: "Only things of this kind.") var kind: String?
        @Option(help: "Only this one, by its id; needs --kind.") var item: String?

        func run() async throws {
            try await setUp.run(.manageParties) { node, principal, terminal in
                let one = try await node.successions.find(try requireID(id, of: SuccessionNoun.self))
                let kind = try kind.map { try requireWord($0, SuccessionItem.Kind.self) }
                let choice: Successions.Choice =
                    switch (kind, item) {
                    case (let kind?, let item?): .item(.init(kind, item))
                    case (let kind?, nil): .kind(kind)
                    case (nil, nil): .everything
                    case (nil, _?): throw SuccessionError.choiceInvalid
                    }
                try await node.successions.choose(
                    [(choice, try await node.party(to).id)], in: one.id, seen: one.revision, by: principal,
                    at: node.clock.now())
                terminal.record(try await node.successions.find(one.id).fields)
            }
        }
    }

    struct Confirm: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let it take effect on its day, at once if that day is here.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Id of the change.") var id: String

        func run() async throws {
            try await setUp.run(.manageParties) { node, principal, terminal in
                let one = try await node.successions.find(try requireID(id, of: SuccessionNoun.self))
                let done = try await node.sequencing {
                    try await node.successions.confirm(
                        one.id, seen: one.revision, by: principal, at: node.clock.now())
                }
                terminal.record(done.fields)
            }
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a change back before its day.")
        @OptionGroup var setUp: SetUpOptions
        @Argument(help: "Id of the change.") var id: String

        func run() async throws {
            try await setUp.run(.manageParties) { node, principal, terminal in
                let one = try await node.successions.find(try requireID(id, of: SuccessionNoun.self))
                try await node.successions.withdraw(
                    one.id, seen: one.revision, by: principal, at: node.clock.now())
                terminal.record(try await node.successions.find(one.id).fields)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the changes, latest first.")
        @OptionGroup var setUp: SetUpOptions

        func run() async throws {
            try await setUp.run(.manageParties) { node, _, terminal in
                terminal.table(
                    ["id", "kind", "date", "state", "document"],
                    try await node.successions.all().map { one in
                        [
                            .string(one.id.text), .string(one.order.kind.rawValue),
                            .string(one.order.date.description), .string(one.state.rawValue),
                            .string(one.order.document),
                        ]
                    })
            }
        }
    }
}

extension UnitCommand {
    struct Lists: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Show what the list of later changes would change here; with --draft, draft it.",
            discussion: """
                Nothing takes effect: each draft is rehearsed and confirmed by a person. What somebody changed otherwise is listed as a \
                conflict and left alone; lines without a published decision are unknown and change nothing.
                """)
        @OptionGroup var setUp: SetUpOptions
        @Option(help: "Another list than the one this node keeps: a tab-separated file.") var file: String?
        @Flag(help: "Draft what is due.") var draft = false
        @Flag(help: "Keep the list of --file as this node's own; lines that it does not name stay.")
        var take = false

        func run() async throws {
            try await setUp.run(.manageParties) { node, principal, terminal in
                let changes =
                    if let file {
                        try UnitChanges(
                            tsv: String(
                                decoding: try InputFile.bytes(file, bytesMax: 1 << 20), as: UTF8.self))
                    } else { try await node.keptUnitList() }
                if take {
                    let seen = UnitLists.digest(of: try await node.unitLists.entries())
                    _ = try await node.unitLists.take(
                        changes, seen: seen, by: principal, at: node.clock.now())
                }
                if draft {
                    _ = try await node.successions.draft(changes, by: principal, at: node.clock.now())
                }
                terminal.table(
                    ["name", "answer", "becomes", "from", "document", "standing", "comment"],
                    try await node.successions.outlook(changes).map { each in
                        [
                            .string(each.line.name), .string(each.line.answer.rawValue),
                            .string(each.line.becomes), .optional(each.line.date?.description),
                            .string(each.line.document), .string(each.standing.rawValue),
                            .string(each.line.comment),
                        ]
                    })
            }
        }
    }
}

extension Succession {
    fileprivate var fields: [(String, JSON)] {
        [
            ("id", .string(id.text)), ("kind", .string(order.kind.rawValue)),
            ("state", .string(state.rawValue)), ("date", .string(order.date.description)),
            ("document", .string(order.document)),
            ("predecessors", .texts(order.predecessors.map(\.text))),
            ("successors", .texts(order.successors.map(\.text))),
            ("name", .optional(order.kind == .rename ? order.newName : nil)),
            ("items", .integer(Int64(lines.count))),
        ]
    }
}

extension Node {
    /// The list that is maintained here; the profile's, taken over now, in a node of before there was one.
    fileprivate func keptUnitList() async throws -> UnitChanges {
        try await plantUnitList()
        return UnitChanges(lines: try await unitLists.entries().map(\.line))
    }

    fileprivate func unitNames(_ one: Succession) async throws -> [PartyID: String] {
        var names: [PartyID: String] = [:]
        for unit in one.order.predecessors + one.order.successors {
            names[unit] = try await parties.find(unit)?.name(on: clock.now().date())
        }
        return names
    }
}
