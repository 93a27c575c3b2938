import ArgumentParser
import Foundation
import Identity
import Kernel
import Policy
import Release
import Server

struct JointTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "joint-test",
        abstract: "Joint tests: made-up rows through the plan of a grant, before a real row leaves.",
        subcommands: [
            Make.self, Show.self, File.self, Rows.self, Verify.self, List.self, Match.self, Drop.self,
            Tell.self, Answer.self, Say.self,
        ])

    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a joint test of a grant; with --to its file is written at once.",
            discussion: """
                The rows are made of what the entry publishes of its columns, never of its rows, and the same seed gives the same. It is no \
                release: no quota, no receipt. A push goes into a table beside the target's own, called after it with _joint_test.
                """)
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant.") var grant: String
        @Option(help: "csv, excel, parquet, lookup, pages, verify, push or name-list.") var format: String
        @Option(help: "How many rows are made up.") var rows = JointTest.rowsStandard
        @Option(help: "An integer; none: one that nobody chose.") var seed: Int64?
        @Option(help: "Where the file goes.") var to: String?
        @Option(help: "Id of the push target that a push goes into.") var target: String?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let kind = try requireWord(format, of: JointTest.deliveries)
                let place: PushTargetID? = if let target { try requireID(target) } else { nil }
                let made = try await node.jointTests.make(
                    kind, under: try requireID(grant), rows: rows, seed: seed, into: place, by: principal)
                if let to { try await JointTestCommand.write(made.id, to, node, principal) }
                let push = try await node.jointTests.push(of: made.id)
                terminal.record(made.fields + (push.map { [("push", $0.json)] } ?? []))
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the joint tests of a grant: tests, faults, what both sides say.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant.") var grant: String
        func run() async throws {
            try await actor.run { node, principal, terminal in
                terminal.record(
                    try await node.jointTests.record(of: try requireID(grant), for: principal).fields)
            }
        }
    }

    struct File: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write the file of a joint test.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the joint test.") var test: String
        @Option(help: "Where it goes.") var to: String
        func run() async throws {
            try await actor.run { node, principal, terminal in
                let id: JointTestID = try requireID(test)
                try await JointTestCommand.write(id, to, node, principal)
                terminal.record(try await node.jointTests.test(id, for: principal).test.fields)
            }
        }
    }

    struct Rows: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Rows of a joint test as the interface answers: for keys, or a page of them.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the joint test.") var test: String
        @Option(help: "The key column of a look-up.") var column: String?
        @Option(help: "A key; may be given several times.") var key: [String] = []
        @Option(help: "How many rows.") var limit = 20
        @Option(help: "The cursor of the page before.") var after: String?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let id: JointTestID = try requireID(test)
                let grant = try await node.jointTests.test(id, for: principal).grant.id
                let page =
                    if let column {
                        try await node.jointTests.lookUp(id, column: column, keys: key, by: principal)
                    } else {
                        try await node.jointTests.page(id, limit: limit, cursor: after, by: principal)
                    }
                let document = page.json(of: id, under: grant)
                terminal.answer(document, [document.pretty])
            }
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A verify call of a joint test: whether what is claimed of a key is so.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the joint test.") var test: String
        @Argument(help: "A file with {\"column\": …, \"key\": …, \"claims\": {…}}.") var call: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let id: JointTestID = try requireID(test)
                let grant = try await node.jointTests.test(id, for: principal).grant.id
                let body = try JSON.parse(try String(contentsOfFile: call, encoding: .utf8))
                let isSo = try await node.jointTests.verify(
                    id, try VerifyCall(json: body, under: grant), by: principal)
                terminal.record([("answer", .string(isSo ? "yes" : "no"))])
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the list of a joint test: keys, and what is to be expected of each.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the joint test.") var test: String
        @Option(help: "Where it goes.") var to: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let list = try await node.jointTests.template(
                    of: try requireID(test), in: terminal.language, by: principal)
                try FileManager.default.copyItem(atPath: list.path, toPath: to)
                terminal.record([("bytes", .integer(list.bytes))])
            }
        }
    }

    struct Match: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Match a list against a joint test and write the workbook that goes back.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the joint test.") var test: String
        @Argument(help: "The list.") var list: String
        @Option(help: "Where the workbook goes.") var to: String
        @Option(help: "The column of the list that holds the keys.") var key: String?
        @OptionGroup var declaration: Declaration

        func run() async throws {
            try declaration.require()
            try await actor.run { node, principal, terminal in
                let answer = try await node.jointTests.match(
                    try requireID(test),
                    TriedList(
                        path: list, name: URL(filePath: list).lastPathComponent, key: key,
                        language: terminal.language), by: principal)
                try FileManager.default.copyItem(atPath: answer.path, toPath: to)
                terminal.record([
                    ("rows", .integer(answer.rows)), ("matched", .integer(answer.figures.matched)),
                    ("ambiguous", .integer(answer.figures.ambiguous)),
                    ("unmatched", .integer(answer.figures.unmatched)), ("bytes", .integer(answer.bytes)),
                ])
            }
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove the table of a joint test from the target's database.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the joint test.") var test: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let push = try await node.jointTests.drop(try requireID(test), by: principal)
                terminal.record([("id", .string(push.id.text)), ("push", push.json)])
            }
        }
    }

    struct Tell: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Tell the provider what is wrong.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant.") var grant: String
        @Argument(help: "What is wrong.") var fault: String
        @Option(help: "Id of the joint test that shows it.") var test: String?
        func run() async throws {
            try await actor.run { node, principal, terminal in
                let id: JointTestID? = if let test { try requireID(test) } else { nil }
                let told = try await node.jointTests.tell(
                    fault, of: id, under: try requireID(grant), by: principal)
                terminal.record([("id", .string(told.id.text)), ("fault", .string(told.told))])
            }
        }
    }

    struct Answer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Answer a fault, as the provider.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the fault.") var fault: String
        @Argument(help: "The answer.") var answer: String
        func run() async throws {
            try await actor.run { node, principal, terminal in
                let answered = try await node.jointTests.answer(
                    try requireID(fault), with: answer, by: principal)
                terminal.record([
                    ("id", .string(answered.id.text)), ("fault", .string(answered.told)),
                    ("answer", .optional(answered.answer)),
                ])
            }
        }
    }

    struct Say: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that it passed, as one of both sides; or waive it, as the recipient.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant.") var grant: String
        @Argument(help: "passed or waived.") var verdict: String
        @Option(help: "A note; why, when it is waived.") var note = ""
        func run() async throws {
            try await actor.run { node, principal, terminal in
                let said = try requireWord(verdict, JointTestWord.Verdict.self)
                terminal.record(
                    try await node.jointTests.say(
                        said, note: note, under: try requireID(grant), by: principal
                    ).fields)
            }
        }
    }

    private static func write(
        _ id: JointTestID, _ place: String, _ node: Node, _ principal: Principal
    ) async throws {
        let (_, path) = try await node.jointTests.file(of: id, by: principal)
        try FileManager.default.copyItem(atPath: path, toPath: place)
    }
}

extension JointTest {
    fileprivate var fields: [(String, JSON)] {
        [
            ("id", .string(id.text)), ("grant", .string(grant.text)),
            ("delivery", .string(delivery.rawValue)), ("seed", .integer(seed)),
            ("rowsMade", .integer(Int64(rowsMade))), ("rowsOut", .integer(Int64(rowsOut))),
            ("rowsWithheld", .integer(Int64(rowsWithheld))), ("bytes", .optional(bytes)),
            ("sha256", .string(sha256)), ("at", .optional(madeAt)),
        ]
    }
}

extension JointTestRecord {
    fileprivate var fields: [(String, JSON)] {
        [
            ("grant", .string(grant.text)), ("required", .boolean(isRequired)),
            ("standing", .string(standing.rawValue)), ("tests", .array(tests.map(\.json))),
            ("faultsTold", .array(faults.map(\.json))), ("words", .array(words.map(\.json))),
        ]
    }
}
