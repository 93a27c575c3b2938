import Foundation
package import Kernel

/// The columns of a sheet that people fill in, in the order of its template.
package protocol SheetColumn: RawRepresentable<String>, Sendable, Hashable, Codable, CaseIterable {
    var title: Message { get }
    static var words: Words { get }
}

/// A table as it was brought: its header, and its rows with their lines.
package struct BroughtSheet: Sendable, Hashable {
    package struct Row: Sendable, Hashable {
        package let line: Int64
        package let cells: [String]
        package init(line: Int64, cells: [String]) {
            self.line = line
            self.cells = cells
        }
    }
    package let header: [String]
    package let rows: [Row]
    package init(header: [String], rows: [Row]) {
        self.header = header
        self.rows = rows
    }

    /// - Throws: `ExchangeError.sheetEmpty`, `.sheetTooLong`.
    func demandRows(max rowsMax: Int) throws(ExchangeError) {
        guard !rows.isEmpty else { throw .sheetEmpty }
        guard rows.count <= rowsMax else { throw .sheetTooLong(rowsMax: rowsMax) }
    }
}

/// A row that was not taken, with what is wrong in which cell.
package struct ReturnedRow<Column: SheetColumn>: Sendable, Hashable, Codable {
    package struct Fault: Sendable, Hashable, Codable {
        /// `C12`, of the sheet that was brought.
        package let cell: String
        package let column: Column
        package let message: Message
    }

    package let line: Int64
    /// In the order of the template.
    package let cells: [String]
    package let faults: [Fault]

    init(line: Int64, cells: [String], faults: [Fault]) {
        self.line = line
        self.cells = cells
        self.faults = faults
    }

    init(_ row: BroughtSheet.Row, _ faults: [(Column, Message)], _ header: SheetHeader<Column>) {
        self.init(
            line: row.line, cells: Column.allCases.map { header.text($0, row) },
            faults: faults.map { column, message in
                Fault(cell: header.cell(column, row.line), column: column, message: message)
            })
    }

    /// Titles of a workbook of such rows, with two columns more that say what is wrong.
    package static func titles(say: (Message) -> String) -> [String] {
        Column.allCases.map { say($0.title) }
            + [Message("running.column.line"), Message("running.column.faults")].map(say)
    }

    /// As it goes back in that workbook.
    package func returned(say: (Message) -> String) -> [String] {
        cells + [
            "\(line)",
            faults.map { "\($0.cell) \(say($0.column.title))：\(say($0.message))" }
                .joined(separator: "\n"),
        ]
    }
}

/// Where each column of a sheet is, by its title in any of the languages.
struct SheetHeader<Column: SheetColumn> {
    let positions: [Column: Int]

    /// - Throws: `ExchangeError.sheetColumnsMissing`.
    init(_ header: [String]) throws(ExchangeError) {
        var positions: [Column: Int] = [:]
        for column in Column.allCases {
            let titles = Language.allCases.map { Column.words.text(column.title, in: $0) }
            if let place = header.firstIndex(where: { titles.contains(Self.plain($0)) }) {
                positions[column] = place
            }
        }
        let missing = Column.allCases.filter { positions[$0] == nil }
        guard missing.isEmpty else {
            throw .sheetColumnsMissing(
                missing.map { Column.words.text($0.title, in: .simplifiedChinese) })
        }
        self.positions = positions
    }

    /// As the template has it.
    static var template: SheetHeader {
        SheetHeader(
            positions: Dictionary(
                Column.allCases.enumerated().map { ($0.element, $0.offset) },
                uniquingKeysWith: { first, _ in first }))
    }

    private init(positions: [Column: Int]) { self.positions = positions }

    private static func plain(_ title: String) -> String {
        title.trimmingCharacters(in: .whitespacesAndNewlines.union(CharacterSet(charactersIn: "*＊")))
    }

    func text(_ column: Column, _ row: BroughtSheet.Row) -> String {
        guard let place = positions[column], place < row.cells.count else { return "" }
        return row.cells[place].trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// `C12`
    func cell(_ column: Column, _ line: Int64) -> String {
        var (number, letters) = ((positions[column] ?? 0) + 1, "")
        while number > 0 {
            letters = String(UnicodeScalar(UInt8(65 + (number - 1) % 26))) + letters
            number = (number - 1) / 26
        }
        return "\(letters)\(line)"
    }
}

extension Problem {
    /// Said beside the file that was brought, where nothing else is named.
    var ofTheSheet: Problem {
        places.isEmpty
            ? Problem(.invalid, message, remedy: remedy, places: [Place("file", message)]) : self
    }
}
