import ArgumentParser
import Foundation
import Kernel
import Server
import Web

/// Everything that a command says: results on standard output, progress and problems on standard error.
struct Terminal {
    let json: Bool
    let language: Language

    /// A result: `json` as one canonical document, or `lines` for people.
    func answer(_ document: JSON, _ lines: @autoclosure () -> [String]) {
        write(json ? document.pretty : lines().joined(separator: "\n"), to: .standardOutput)
    }

    func answer(_ message: Message, _ document: JSON) {
        answer(document, [text(message)])
    }

    /// A table: the same rows for people (aligned) and for programs (objects).
    func table(_ columns: [String], _ rows: [[JSON]]) {
        let objects = rows.map { row in
            JSON.object(members: Array(zip(columns, row)))
        }
        answer(.array(objects), table(of: columns, rows))
    }

    /// Things of one kind, as `record` shows each: a table with a line a thing, and nothing for people when there is none.
    func records(_ things: [[(String, JSON)]]) {
        let columns = things.first?.map(\.0) ?? []
        answer(
            .array(things.map(JSON.object(members:))),
            columns.isEmpty ? [text(Message("command.none"))] : table(of: columns, things.map { $0.map(\.1) })
        )
    }

    func table(of columns: [String], _ rows: [[JSON]]) -> [String] {
        table(headed: columns.map(heading), rows)
    }

    /// Rows of data, whose columns go by their own names in every language.
    func table(headed names: [String], _ rows: [[JSON]]) -> [String] {
        Self.aligned([names] + rows.map { $0.map(plain) })
    }

    /// One thing, field by field: an object for programs, a line a field for people.
    func record(_ fields: [(String, JSON)]) {
        answer(.object(members: fields), lines(of: fields))
    }

    /// The fields that say something, aligned; a list of things takes a line each.
    func lines(of fields: [(String, JSON)]) -> [String] {
        var rows: [[String]] = []
        for (name, value) in fields where value != .null && value != "" {
            if let elements = value.array, elements.contains(where: { $0.object != nil }) {
                rows += elements.enumerated().map {
                    [$0.offset == 0 ? heading(name) : "", plain($0.element)]
                }
            } else {
                rows.append([heading(name), plain(value)])
            }
        }
        return Self.aligned(rows)
    }

    /// What people call a member of the documents.
    private func heading(_ name: String) -> String { text(Message("command.field.\(name)")) }

    /// What is going on, for whoever waits; never part of a result.
    func progress(_ text: String) {
        write(text, to: .standardError)
    }

    func text(_ message: Message) -> String { Node.words.text(message, in: language) }

    func report(_ problem: Problem) {
        if json {
            write(problem.document(instance: nil, words: Node.words, in: language).pretty, to: .standardError)
            return
        }
        var lines = [text(problem.message)]
        lines += problem.places.map { "  \($0.name): \(text($0.message))" }
        if let remedy = problem.remedy { lines.append("→ " + text(remedy)) }
        write(lines.joined(separator: "\n"), to: .standardError)
    }

    private func write(_ text: String, to handle: FileHandle) {
        try? handle.write(contentsOf: Data((text + "\n").utf8))
    }

    private func plain(_ value: JSON) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        case .integer(let number): String(number)
        case .boolean(let truth): text(Message(truth ? "command.yes" : "command.no"))
        case .array(let elements): elements.map(plain).joined(separator: ", ")
        case .object(let members):
            members.sorted { $0.key < $1.key }.filter { $0.value != .null }
                .map { "\($0.key) \(plain($0.value))" }.joined(separator: " · ")
        }
    }

    private static func aligned(_ rows: [[String]]) -> [String] {
        var widths: [Int] = []
        for row in rows {
            for (position, cell) in row.enumerated() {
                if position == widths.count { widths.append(0) }
                widths[position] = max(widths[position], displayWidth(cell))
            }
        }
        return rows.map { row in
            row.enumerated().map { position, cell in
                position == row.count - 1
                    ? cell : cell + String(repeating: " ", count: widths[position] - displayWidth(cell))
            }.joined(separator: "  ")
        }
    }

    /// Han characters and full-width forms take two columns of a terminal.
    private static func displayWidth(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { width, scalar in
            let wide =
                (0x1100...0x115F).contains(scalar.value) || (0x2E80...0xA4CF).contains(scalar.value)
                || (0xAC00...0xD7A3).contains(scalar.value) || (0xF900...0xFAFF).contains(scalar.value)
                || (0xFE30...0xFE6F).contains(scalar.value) || (0xFF00...0xFF60).contains(scalar.value)
                || (0x20000...0x3FFFD).contains(scalar.value)
            return width + (wide ? 2 : 1)
        }
    }
}

/// Exit codes mean something, and docs/cli.md lists them.
extension Problem.Kind {
    var exitCode: ExitCode {
        switch self {
        case .invalid: ExitCode(2)
        case .unauthenticated: ExitCode(3)
        case .forbidden: ExitCode(4)
        case .notFound: ExitCode(5)
        case .conflict: ExitCode(6)
        case .refused: ExitCode(7)
        case .tooMany: ExitCode(8)
        case .tooLarge: ExitCode(9)
        case .unavailable: ExitCode(10)
        case .badGateway: ExitCode(11)
        case .gatewayTimeout: ExitCode(12)
        case .internalFault: ExitCode(70)
        }
    }
}
