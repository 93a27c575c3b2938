import ArgumentParser
import Foundation
import Identity
import Kernel
import Policy
import Release
import Server

struct MatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract:
            "Match a list of keys against grants and write it back with the granted columns beside each row.",
        discussion: """
            FILE is a workbook (xlsx) or a text (CSV); its titles, columns and rows stay as they are. Every grant must have as much \
            quota left as the list has different keys, or nothing is run. The signed receipt is written beside the result \
            (OUT.receipt.json). With --dry-run the list is looked at and nothing is asked. The same --idempotency-key with the same \
            file is the same list.
            """)
    @OptionGroup var actor: ActorOptions
    @Argument(help: "The list.") var file: String
    @Option(help: "Column of the list that holds the keys.") var key: String
    @Option(name: .customLong("key-kind"), help: "What the keys are: citizen-id, uscc or other.")
    var keyKind = NameListKey.citizenID.rawValue
    @Option(name: .customLong("case"), help: "Column of the list that holds the case numbers.")
    var caseNumber: String?
    @Option(
        help: "Id of a grant, or ID:COLUMN when it can be looked up by several; may be given several times.")
    var grant: [String]
    @Option(help: "File that authorises the list (PDF, OFD or a picture); may be given several times.")
    var authorisation: [String] = []
    @Option(help: "Name under which the same list may be brought again.")
    var idempotencyKey: String?
    @Option(help: "Workbook to write.") var out: String?
    @Flag(help: "Look at the list and ask nothing.") var dryRun = false
    @OptionGroup var declaration: Declaration

    func validate() throws {
        if out == nil, !dryRun { throw ValidationError("Say where to write with --out, or use --dry-run.") }
        if NameListKey(rawValue: keyKind) == nil {
            let known = NameListKey.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("The kind of keys '\(keyKind)' is none of \(known).")
        }
    }

    func run() async throws {
        try await actor.run { node, principal, terminal in
            try await node.sequencing { try await match(node, principal, terminal) }
        }
    }

    private func match(_ node: Node, _ principal: Principal, _ terminal: Terminal) async throws {
        let desk = node.nameLists
        let choice = NameListChoice(
            key: key, kind: NameListKey(rawValue: keyKind) ?? .other, caseNumber: caseNumber,
            parts: try await parts(desk, principal), language: terminal.language)
        guard FileManager.default.fileExists(atPath: file) else {
            throw Problem(.notFound, Message("command.file-missing", ["path": file]))
        }
        try declaration.require()
        for path in authorisation {
            try await node.refusedUploads.gate.admit(
                path, named: URL(filePath: path).lastPathComponent, at: .nameList, by: principal)
        }
        let name = URL(filePath: file).lastPathComponent
        var list = try await desk.bring(
            file, named: name, idempotencyKey: idempotencyKey, by: principal)
        if list.state == .draft {
            do {
                list = try await desk.choose(
                    choice, for: list.id,
                    with: authorisation.map {
                        BroughtAuthorisation(path: $0, name: URL(filePath: $0).lastPathComponent)
                    }, by: principal)
            } catch {
                try? await desk.discard(list.id, by: principal)
                throw error
            }
        }
        if dryRun {
            if list.state == .draft { try await desk.discard(list.id, by: principal) }
            return tell(list, [], terminal)
        }
        let released = try await release(list, desk, principal, terminal)
        guard let out else { return }
        let download = try await desk.download(released.id, by: principal)
        try OutputPlace.copy(download.path, to: out)
        let document = try await desk.document(of: released.id, for: principal)
        let receipt = out + ".receipt.json"
        try OutputPlace.write(Data(document.json.pretty.utf8), to: receipt)
        tell(released, [("out", .string(out)), ("receipt", .string(receipt))], terminal)
    }

    /// With how far it is, for people. A list that refuses leaves no draft behind.
    private func release(
        _ list: NameList, _ desk: NameListDesk, _ principal: Principal, _ terminal: Terminal
    ) async throws -> NameList {
        let watching = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(1))
                let rows = try await desk.find(list.id, for: principal).rowsDone
                terminal.progress(terminal.text(Message("command.matching", ["rows": String(rows)])))
            }
        }
        defer { watching.cancel() }
        do {
            return try await desk.release(list.id, by: principal)
        } catch {
            try? await desk.discard(list.id, by: principal)
            throw error
        }
    }

    private func parts(
        _ desk: NameListDesk, _ principal: Principal
    ) async throws -> [NameListChoice.Part] {
        let offers = try await desk.offers(for: principal).offers
        return try grant.map { text in
            let sides = text.split(separator: ":", maxSplits: 1).map(String.init)
            let id: GrantID = try requireID(sides[0])
            guard let offer = offers.first(where: { $0.grant.id == id }) else {
                throw NameListError.grantNotOffered(sides[0])
            }
            let column = sides.count > 1 ? sides[1] : offer.keyColumns.first { $0 == key }
            guard let column = column ?? (offer.keyColumns.count == 1 ? offer.keyColumns.first : nil) else {
                throw Problem(
                    .invalid,
                    Message(
                        "command.match-column",
                        ["grant": sides[0], "columns": offer.keyColumns.joined(separator: ", ")]))
            }
            return NameListChoice.Part(grant: id, keyColumn: column)
        }
    }

    private func tell(_ list: NameList, _ more: [(String, JSON)], _ terminal: Terminal) {
        let findings = list.findings
        var fields: [(String, JSON)] = [
            ("release", .string(list.id.text)), ("state", .string(list.state.rawValue)),
            ("rows", .optional(findings?.rows)), ("keys", .optional(findings?.keys)),
            ("repeated", .optional(findings?.repeated)), ("blank", .optional(findings?.blank)),
            ("invalid", .optional(findings?.invalid)), ("unreadable", .optional(findings?.unreadable)),
            (
                "faults",
                .array(
                    (findings?.faults ?? []).map {
                        ["place": .string($0.place), "problem": .string(terminal.text($0.message))]
                    })
            ),
            (
                "parts",
                .array(
                    list.parts.map { part in
                        [
                            "grant": .string(part.grant.text), "asOf": .string(part.asOf.description),
                            "keysAsked": .integer(part.keysAsked),
                            "matched": .optional(part.figures?.matched),
                            "ambiguous": .optional(part.figures?.ambiguous),
                            "unmatched": .optional(part.figures?.unmatched),
                        ]
                    })
            ),
        ]
        fields += more
        terminal.record(fields)
    }
}
