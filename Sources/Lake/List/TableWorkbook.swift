import Kernel
import Policy

/// A table of a page as a workbook: a head, then rows of text and numbers, written in constant memory. No cell is ever a formula.
package actor TableWorkbook {
    package enum Cell: Hashable, Sendable {
        case text(String)
        case number(Int64)
    }

    /// Who had it made and when: at the foot of each printed page, and on a sheet behind the rows.
    package struct Note: Sendable, Hashable {
        package let sheet: String
        package let line: String

        package init(sheet: String, line: String) {
            self.sheet = sheet
            self.line = line
        }
    }

    /// Below the head.
    package static let rowsMax: Int64 = 1_048_575
    private static let charactersMax = 32_767
    private static let width = 18.0
    private static let noteWidth = 60.0

    private let place: WorkFolder
    private let workbook: ReturnedWorkbook
    private let rowsMax: Int64
    private let note: Note?
    private var rows: Int64 = 0

    /// - Throws: `LakeError.excelFailed`, `.diskFull`.
    package init(
        _ titles: [String], sheet: String, in folder: String, rowsMax: Int64 = TableWorkbook.rowsMax,
        note: Note? = nil
    ) throws {
        let place = try WorkFolder("\(folder)/\(JobID.new())")
        let begun = try ReturnedWorkbook(
            draft: "\(place.path)/draft.xlsx", temporaryFolder: place.path, footLine: note?.line)
        try begun.begin(
            sheet: sheet, widths: [Double](repeating: Self.width, count: titles.count), frozen: (1, 0))
        for (column, title) in titles.enumerated() {
            try begun.put(Self.written(title), row: 0, column: column, .head)
        }
        self.place = place
        self.rowsMax = rowsMax
        self.note = note
        workbook = begun
    }

    /// - Throws: `LakeError.tableTooLong` beyond what a sheet holds, `.excelTextTooLong` for a cell beyond what one holds.
    package func append(_ lines: [[Cell]]) throws {
        guard rows + Int64(lines.count) <= rowsMax else {
            throw LakeError.tableTooLong(rows: rows + Int64(lines.count), rowsMax: rowsMax)
        }
        for line in lines {
            rows += 1
            for (column, cell) in line.enumerated() {
                switch cell {
                case .text(let text):
                    guard text.utf8.count <= Self.charactersMax || text.utf16.count <= Self.charactersMax
                    else {
                        throw LakeError.excelTextTooLong(row: rows, charactersMax: Self.charactersMax)
                    }
                    try workbook.put(Self.written(text), row: Int(rows), column: column)
                case .number(let number):
                    try workbook.put(Value.integer(number), row: Int(rows), column: column)
                }
            }
        }
    }

    /// NUL, which a workbook cannot hold, as the character that stands for it.
    private static func written(_ text: String) -> String {
        text.utf8.contains(0) ? text.replacing("\0", with: "␀") : text
    }

    package func finish() throws -> MadeWorkbook {
        if let note {
            try workbook.begin(sheet: note.sheet, widths: [Self.noteWidth], frozen: (0, 0))
            try workbook.put(Self.written(note.line), row: 0, column: 0)
        }
        let path = "\(place.path)/table.xlsx"
        let bytes = try workbook.finish(to: path).bytes
        return MadeWorkbook(path: path, bytes: bytes, place: place)
    }
}

/// A workbook on the disk, for as long as somebody holds it.
package struct MadeWorkbook: Sendable {
    package static let mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    package let path: String
    package let bytes: Int64
    fileprivate let place: WorkFolder
}

extension Engine {
    /// With these titles at the head of its one sheet, whose name has at most 31 characters.
    package func workbook(
        _ titles: [String], sheet: String, note: TableWorkbook.Note? = nil
    ) throws -> TableWorkbook {
        try TableWorkbook(titles, sheet: sheet, in: folder.temporary, note: note)
    }
}
