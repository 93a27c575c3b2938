import Kernel

/// Tables of text as people exchange them: RFC 4180 with a byte-order mark, safe to open in a spreadsheet.
package enum EntryTable {
    /// One line a row; a cell that a spreadsheet would run as a formula is written with an apostrophe before it.
    static func csv(_ rows: [[String]]) -> [UInt8] {
        var out = "\u{FEFF}"
        for row in rows {
            out += row.map(cell).joined(separator: ",") + "\r\n"
        }
        return Array(out.utf8)
    }

    private static func cell(_ text: String) -> String {
        var safe = text
        if let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) {
            safe = "'" + text
        }
        guard safe.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else {
            return safe
        }
        var quoted = "\""
        for scalar in safe.unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    /// A line of a file and its cells.
    package struct Line: Hashable, Sendable {
        /// From 1, where the row begins.
        package let number: Int
        package let cells: [String]
    }

    /// The rows of a CSV that this program wrote; nil when it is none.
    package static func rows(ofCSV bytes: [UInt8]) -> [[String]]? {
        do throws(CatalogueError) {
            return try lines(of: bytes).map(\.cells)
        } catch {
            return nil
        }
    }

    /// UTF-8 with or without a mark; commas, or tabs when the first line has them; quotes as RFC 4180; blank lines left out.
    package static func lines(of bytes: [UInt8]) throws(CatalogueError) -> [Line] {
        guard bytes.count <= EntryLimits.importBytesMax else {
            throw .importUnreadable(
                Message(
                    "catalogue.import-too-large",
                    [
                        "bytesMax": String(EntryLimits.importBytesMax),
                        "entriesMax": String(EntryLimits.importEntriesMax),
                    ]))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .importUnreadable(Message("catalogue.import-not-utf8"))
        }
        var scanner = TableScanner(text)
        return try scanner.lines()
    }
}

private struct TableScanner {
    private let scalars: [Unicode.Scalar]
    private let delimiter: Unicode.Scalar
    private var at = 0
    private var line = 1

    init(_ text: String) {
        var scalars = Array(text.unicodeScalars)
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        self.scalars = scalars
        let head = scalars.prefix { $0 != "\n" && $0 != "\r" }
        delimiter = head.contains("\t") ? "\t" : ","
    }

    mutating func lines() throws(CatalogueError) -> [EntryTable.Line] {
        var lines: [EntryTable.Line] = []
        while at < scalars.count {
            let start = line
            let cells = try row()
            if cells.contains(where: { !$0.isBlank }) { lines.append(.init(number: start, cells: cells)) }
        }
        return lines
    }

    private mutating func row() throws(CatalogueError) -> [String] {
        var cells: [String] = []
        while true {
            cells.append(try cell())
            guard at < scalars.count else { return cells }
            let end = scalars[at]
            at += 1
            if end == delimiter { continue }
            if end == "\r", at < scalars.count, scalars[at] == "\n" { at += 1 }
            line += 1
            return cells
        }
    }

    /// Stops at the delimiter or line end that ends the cell.
    private mutating func cell() throws(CatalogueError) -> String {
        var text = String.UnicodeScalarView()
        guard at < scalars.count, scalars[at] == "\"" else {
            while at < scalars.count, scalars[at] != delimiter, scalars[at] != "\n", scalars[at] != "\r" {
                text.append(scalars[at])
                at += 1
            }
            return String(text)
        }
        let start = line
        at += 1
        while at < scalars.count {
            let scalar = scalars[at]
            at += 1
            if scalar == "\"" {
                guard at < scalars.count, scalars[at] == "\"" else {
                    return String(text) + (try rest())
                }
                at += 1
            }
            if scalar == "\n" { line += 1 }
            text.append(scalar)
        }
        throw .importUnreadable(Message("catalogue.import-quote", ["line": String(start)]))
    }

    /// What stands between a closing quote and the delimiter belongs to the cell, as spreadsheets read it.
    private mutating func rest() throws(CatalogueError) -> String {
        if at < scalars.count, scalars[at] != delimiter, scalars[at] != "\n", scalars[at] != "\r" {
            throw .importUnreadable(Message("catalogue.import-quote", ["line": String(line)]))
        }
        return ""
    }
}
