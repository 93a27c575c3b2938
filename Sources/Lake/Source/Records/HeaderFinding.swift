/// One of the records at the head of a table.
struct HeadRecord {
    let line: Int64
    /// How many there are in all; of a very wide record not all are kept.
    let cells: Int
    let texts: [String]
}

/// Which of the records at the head of a table names its columns.
struct HeaderFinding {
    private(set) var choice: HeaderChoice
    /// Cells of the header, or of most records when there is none.
    private(set) var width: Int
    /// How many records stand before it.
    private(set) var titleLines = 0
    /// Where a header of several lines begins.
    private(set) var firstLine: Int64?

    /// A header that stands where it is said to.
    init(line: Int64, width: Int) {
        choice = .line(line)
        self.width = width
    }

    /// When a header takes more than one line, `firstLine` says where it begins that ends on a line, and `lastLine` the reverse.
    init(
        in records: [HeadRecord], usualWidth: Int, chosen: HeaderChoice?,
        firstLine: (Int64) -> Int64 = { $0 }, lastLine: (Int64) -> Int64 = { $0 }
    ) throws(SourceError) {
        choice = chosen ?? .none
        width = usualWidth
        if case .some(.none) = chosen { return }
        if case .line(let line)? = chosen {
            guard let position = records.firstIndex(where: { $0.line == line }) else {
                throw .headerMissing(line: line)
            }
            let first = firstLine(line)
            settle(position, from: records.firstIndex { $0.line >= first } ?? position, records)
        } else if let found = Self.position(in: records, usualWidth, lastLine) {
            let first = firstLine(records[found.first].line)
            settle(found.last, from: records.firstIndex { $0.line >= first } ?? found.first, records)
        }
    }

    private mutating func settle(_ last: Int, from first: Int, _ records: [HeadRecord]) {
        choice = .line(records[last].line)
        width = records[last].cells
        titleLines = first
        if first < last { firstLine = records[first].line }
    }

    /// The first record as wide as most, filled at least by half; titles above it are narrower or nearly blank.
    private static func position(
        in records: [HeadRecord], _ usualWidth: Int, _ lastLine: (Int64) -> Int64
    ) -> (first: Int, last: Int)? {
        let candidate = records.prefix(30).firstIndex { record in
            guard record.cells == usualWidth else { return false }
            let filled = record.texts.filter { !$0.allSatisfy(\.isWhitespace) }.count
            return filled * 2 > record.cells || (record.cells == 2 && filled > 0) || record.cells == 1
        }
        guard let first = candidate else { return nil }
        let line = lastLine(records[first].line)
        let last = records.firstIndex { $0.line == line } ?? first
        let body = records[(last + 1)...].filter { $0.cells == usualWidth }
        return isHeader(records[last].texts, body.map(\.texts)) ? (first, last) : nil
    }

    private static func isHeader(_ header: [String], _ body: [[String]]) -> Bool {
        let named = header.filter { !$0.allSatisfy(\.isWhitespace) }
        // Nothing but numbers is a row.
        if named.allSatisfy({ CellKind.of($0) != .text }) { return false }
        guard !body.isEmpty else { return true }
        var votes = 0
        for column in header.indices {
            let kind = CellKind.of(header[column])
            if kind == .empty { continue }
            let filled = body.map { $0[column] }.filter { CellKind.of($0) != .empty }
            guard !filled.isEmpty else { continue }
            let typed = filled.filter { CellKind.of($0) != .text }.count
            if typed * 10 >= filled.count * 8 {
                votes += kind == .text ? 2 : -2
            } else if kind != .text {
                votes -= 1
            } else if filled.contains(header[column]) {
                votes -= 1
            }
        }
        if votes != 0 { return votes > 0 }
        return Set(named).count == named.count
    }
}

/// The coarse kind of a cell, for telling headers from rows.
enum CellKind {
    case empty, number, date, text

    static func of(_ text: String) -> CellKind {
        var copy = text
        return copy.withUTF8 { buffer in
            guard let base = buffer.baseAddress else { return .empty }
            let cell = CellBytes(base, buffer.count).trimmed
            if cell.count == 0 { return .empty }
            if CellParser.double(cell) != nil { return .number }
            let formats: [DateFormat] = [.dash, .slash, .dot, .chinese, .dayFirst, .monthFirst]
            if CellParser.timestamp(cell, formats, utcOffsetSeconds: 0) != nil { return .date }
            return .text
        }
    }
}
