import Foundation
import Identity
import Kernel
import Web

/// The dated list as a table that comes back: its header in any language, and its rows with their lines.
struct UnitListSheet: Sendable {
    enum Column: String, Sendable, CaseIterable {
        case name, answer, becomes, from, document, comment

        var title: Message { Message("unit-list.column.\(rawValue)") }
    }

    let header: [String]
    let rows: [(line: Int64, cells: [String])]

    /// - Throws: a `Problem` that names the first cell that is wrong, or the columns that are missing.
    func changes(saying language: Language) throws -> UnitChanges {
        var places: [Column: Int] = [:]
        for column in Column.allCases {
            let titles = Language.allCases.map { Node.words.text(column.title, in: $0) }
            places[column] = header.firstIndex {
                titles.contains($0.trimmingCharacters(in: .whitespacesAndNewlines))
            }
        }
        guard let nameAt = places[.name], let answerAt = places[.answer] else {
            throw Problem(.invalid, Message("unit-list.columns-missing"))
        }
        var lines: [UnitChanges.Line] = []
        for row in rows {
            func cell(_ place: Int?) -> String {
                guard let place, place < row.cells.count else { return "" }
                let text = row.cells[place].trimmingCharacters(in: .whitespacesAndNewlines)
                // As our own workbooks write a cell of which nothing is known.
                return text == "—" ? "" : text
            }
            guard !cell(nameAt).isEmpty else { continue }
            let typed = SubmittedForm([
                ("answer", Self.answer(cell(answerAt))?.rawValue ?? ""), ("becomes", cell(places[.becomes])),
                ("from", String(cell(places[.from]).prefix(10))), ("document", cell(places[.document])),
                ("comment", cell(places[.comment])),
            ])
            guard !lines.contains(where: { $0.name == cell(nameAt) }) else {
                throw Self.fault(Message("unit-list.name-twice", ["name": cell(nameAt)]))
            }
            do {
                lines.append(try Self.line(named: cell(nameAt), number: Int(row.line), typed))
            } catch {
                let column = error.places.first.flatMap { Column(rawValue: $0.name) } ?? .answer
                throw Self.fault(
                    Message(
                        "unit-list.cell-wrong",
                        [
                            "line": String(row.line), "name": cell(nameAt),
                            "column": Node.words.text(column.title, in: language),
                        ]))
            }
        }
        return UnitChanges(lines: lines)
    }

    private static func fault(_ message: Message) -> Problem {
        Problem(.invalid, message, places: [.init("file", message)])
    }

    /// By its word in any language, or as files of the profile write it.
    private static func answer(_ text: String) -> UnitChanges.Answer? {
        UnitChanges.Answer.allCases.first { answer in
            answer.rawValue == text
                || Language.allCases.contains { Node.words.text(answer.message, in: $0) == text }
        }
    }

    /// What a form, or a row, says of one body; each fault at its field.
    static func line(
        named name: String, number: Int, _ typed: SubmittedForm
    ) throws(Problem) -> UnitChanges.Line {
        var places: [Problem.Place] = []
        let answer = UnitChanges.Answer(rawValue: typed["answer"])
        if answer == nil { places.append(.init("answer", Message("web.field-needed"))) }
        let isChange = answer == .renamed || answer == .merged
        let texts = ["becomes", "document", "comment"]
        for field in texts {
            let max = field == "comment" ? UnitLists.commentCharactersMax : UnitLists.textCharactersMax
            if typed[field].count > max || typed[field].contains(where: { $0.isNewline || $0 == "\t" }) {
                places.append(.init(field, Message("unit-list.text-invalid", ["max": String(max)])))
            }
        }
        if isChange {
            for field in ["becomes", "document"] where typed[field].isEmpty {
                places.append(.init(field, Message("web.field-needed")))
            }
        }
        if typed.date("from") == nil, isChange || !typed["from"].isEmpty {
            places.append(.init("from", Message("web.field-needed")))
        }
        guard places.isEmpty, let answer else {
            throw Problem(.invalid, Message("unit-list.line-invalid"), places: places)
        }
        return UnitChanges.Line(
            number: number, name: name, answer: answer, becomes: typed["becomes"],
            date: typed.date("from"), document: typed["document"], comment: typed["comment"])
    }
}
