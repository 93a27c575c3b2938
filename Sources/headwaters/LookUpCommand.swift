import ArgumentParser
import Identity
import Kernel
import Policy
import Release
import Server

struct LookUpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "look-up",
        abstract:
            "Look keys up under a grant: the rows that it lets out, masked; each answer is in the evidence.",
        discussion: """
            Keys come one a line from --keys or from standard input, never as arguments, which every user of the machine could \
            read. Whether a key is not there or is kept back by the grant is not told.
            """)
    @OptionGroup var actor: ActorOptions
    @Argument(help: "Id of the grant.") var grant: String
    @Option(help: "Look-up column: one of the hook's keys.") var column: String
    @Option(help: "File of keys, one a line; - is standard input.") var keys = "-"

    /// A thousand keys of a thousand bytes each.
    private static let keysBytesMax = 1 << 20

    func run() async throws {
        try await actor.run { node, principal, terminal in
            let text = String(decoding: try InputFile.bytes(keys, bytesMax: Self.keysBytesMax), as: UTF8.self)
            let lines = text.split(whereSeparator: \.isNewline).map(String.init)
            let question = LookUp(grant: try requireID(grant), column: column, keys: lines)
            let answer = try await node.sequencing { try await node.rowDesk.lookUp(question, by: principal) }
            let json = try answer.json()
            terminal.answer(
                json,
                terminal.table(
                    headed: [terminal.text(Message("command.field.key"))] + answer.columns.map(\.name),
                    zip(answer.rows, json["rows"]?.array ?? []).map { row, values in
                        // From 1, as people count lines.
                        [.integer(Int64(row.key ?? 0) + 1)] + (values.array ?? [])
                    }))
            terminal.told(answer)
        }
    }
}

struct ConfirmCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm",
        abstract: "Ask a verify grant whether what is claimed of a key is so: yes or no, and no value.",
        discussion: """
            The question is a JSON object: {"column": "…", "key": "…", "claims": {"…": "…"}}. It comes from a file or from standard \
            input, never as arguments, which every user of the machine could read. What is not on record is answered no.
            """)
    @OptionGroup var actor: ActorOptions
    @Argument(help: "Id of the grant.") var grant: String
    @Option(help: "JSON file of the question; - is standard input.") var file = "-"

    func run() async throws {
        try await actor.run { node, principal, terminal in
            let call = try VerifyCall(json: try InputFile.json(file), under: try requireID(grant))
            let answer = try await node.sequencing { try await node.rowDesk.verify(call, by: principal) }
            terminal.answer(
                try JSON.parse(answer.document),
                [terminal.text(Message("release.verify-\(answer.isSo ? "yes" : "no")"))])
            guard !terminal.json else { return }
            terminal.progress(
                terminal.text(
                    Message(
                        "release.verify-record",
                        ["leaf": answer.leafID.text, "release": answer.release.text])))
        }
    }
}

struct PageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "page",
        abstract: "Read a page of the rows that a grant lets out, and where the next begins.")
    @OptionGroup var actor: ActorOptions
    @Argument(help: "Id of the grant.") var grant: String
    @Option(help: "Where the page before said that the next begins. Standard: at the first row.")
    var after: String?
    @Option(help: "At most so many rows.") var limit = 100

    func run() async throws {
        try await actor.run { node, principal, terminal in
            let id: GrantID = try requireID(grant)
            let answer = try await node.sequencing {
                try await node.rowDesk.page(of: id, after: after, limit: limit, by: principal)
            }
            let json = try answer.json()
            terminal.answer(
                json,
                terminal.table(
                    headed: answer.columns.map(\.name),
                    (json["rows"]?.array ?? []).map { $0.array ?? [] }))
            terminal.told(answer)
            if let next = answer.next {
                terminal.progress(terminal.text(Message("command.page-next", ["cursor": next])))
            }
        }
    }
}

extension Terminal {
    /// Where the answer's record is: for people, beside the rows.
    fileprivate func told(_ answer: RowsAnswer) {
        guard !json else { return }
        progress(
            text(
                Message(
                    "command.rows-told",
                    [
                        "rows": String(answer.rows.count), "release": answer.release.text,
                        "leaf": answer.leafID.text,
                    ])))
    }
}
