/// Finds delimiter, header and titles of a text table in the records at its head.
enum DialectDetector {
    static let recordsMax = 400

    struct Finding {
        var dialect: TextDialect
        /// Cells of the header, or of most records when there is none.
        var width: Int
        var titleLines: Int
    }

    /// A few records under one reading.
    struct Look {
        var delimiter: Delimiter
        var records: [(line: Int64, cells: Int, texts: [String])] = []
        var usualWidth = 1
        var consistency = 0.0
        var stray = 0
    }

    static func detect(
        _ file: SourceFile, _ encoding: TextEncoding, _ overrides: ReadingOverrides, _ limits: SourceLimits
    ) throws(SourceError) -> Finding {
        let candidates = overrides.delimiter.map { [$0] } ?? Delimiter.allCases
        let quoting = overrides.quoting ?? true
        var best: Look?
        var failure: SourceError?
        for delimiter in candidates {
            do throws(SourceError) {
                let look = try look(file, encoding, delimiter, quoting: quoting, limits)
                if let leader = best, score(look) <= score(leader) { continue }
                best = look
            } catch {
                if failure == nil { failure = error }
            }
        }
        // One cell a record is no sign that a reading is right where another met a fault.
        if let failure, best.map({ $0.usualWidth == 1 }) ?? true { throw failure }
        guard let best else { throw .empty }
        guard !best.records.isEmpty else { throw .empty }
        let widest = best.records.max { $0.cells < $1.cells }?.cells ?? 0
        if best.usualWidth > limits.columnsMax || (best.records.count <= 2 && widest > limits.columnsMax) {
            throw .tooManyColumns(found: max(best.usualWidth, widest), max: limits.columnsMax)
        }
        return try finding(best, quoting: quoting, overrides.header)
    }

    private static func look(
        _ file: SourceFile, _ encoding: TextEncoding, _ delimiter: Delimiter, quoting: Bool,
        _ limits: SourceLimits
    ) throws(SourceError) -> Look {
        let reader = RecordReader(
            try TextStream(file, encoding), TextDialect(delimiter: delimiter, quoting: quoting), limits)
        var look = Look(delimiter: delimiter)
        var widths: [Int: Int] = [:]
        var bytes = 0
        while look.records.count < recordsMax, bytes < limits.probeBytesMax,
            try reader.next(max: recordsMax - look.records.count)
        {
            for record in 0..<reader.batch.count {
                let cells = Int(reader.batch.cellCounts[record])
                let texts = reader.batch.texts(record, max: limits.columnsMax)
                for column in 0..<min(cells, limits.columnsMax)
                where reader.batch.cell(record, column).isStray { look.stray += 1 }
                bytes += texts.reduce(0) { $0 + $1.utf8.count }
                look.records.append((reader.batch.lines[record], cells, texts))
                widths[cells, default: 0] += 1
            }
        }
        if let usual = widths.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
            look.usualWidth = usual.key
            look.consistency = Double(usual.value) / Double(max(1, look.records.count))
        }
        return look
    }

    /// More cells in more records alike. One cell a record says nothing for a delimiter.
    private static func score(_ look: Look) -> Double {
        guard look.usualWidth > 1 else { return 0 }
        let strays = Double(look.stray) / Double(max(1, look.records.count))
        return look.consistency * look.consistency * Double(min(look.usualWidth, 12) + 4) - strays
    }

    private static func finding(
        _ look: Look, quoting: Bool, _ choice: HeaderChoice?
    ) throws(SourceError) -> Finding {
        var dialect = TextDialect(delimiter: look.delimiter, quoting: quoting, header: .none)
        if let choice {
            dialect.header = choice
            guard case .line(let line) = choice else {
                return Finding(dialect: dialect, width: look.usualWidth, titleLines: 0)
            }
            guard let position = look.records.firstIndex(where: { $0.line == line }) else {
                throw .headerMissing(line: line)
            }
            return Finding(dialect: dialect, width: look.records[position].cells, titleLines: position)
        }
        guard let position = headerPosition(look) else {
            return Finding(dialect: dialect, width: look.usualWidth, titleLines: 0)
        }
        dialect.header = .line(look.records[position].line)
        return Finding(dialect: dialect, width: look.records[position].cells, titleLines: position)
    }

    /// The first record as wide as most, filled at least by half; titles above it are narrower or nearly blank.
    private static func headerPosition(_ look: Look) -> Int? {
        let candidate = look.records.prefix(30).firstIndex { record in
            guard record.cells == look.usualWidth else { return false }
            let filled = record.texts.filter { !$0.allSatisfy(\.isWhitespace) }.count
            return filled * 2 > record.cells || (record.cells == 2 && filled > 0) || record.cells == 1
        }
        guard let position = candidate else { return nil }
        let body = look.records[(position + 1)...].filter { $0.cells == look.usualWidth }
        return isHeader(look.records[position].texts, body.map(\.texts)) ? position : nil
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
