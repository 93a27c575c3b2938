/// Finds delimiter, header and titles of a text table in the records at its head.
enum DialectDetector {
    static let recordsMax = 400

    struct Finding {
        var dialect: TextDialect
        var header: HeaderFinding
    }

    /// A few records under one reading.
    struct Look {
        var delimiter: Delimiter
        var records: [HeadRecord] = []
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
        let headings = HeadingRows(best.records, width: best.usualWidth)
        let header = try HeaderFinding(
            in: best.records, usualWidth: best.usualWidth, chosen: overrides.header,
            firstLine: { overrides.headingsFrom ?? headings.firstLine(to: $0) },
            lastLine: headings.lastLine(from:))
        var dialect = TextDialect(delimiter: best.delimiter, quoting: quoting, header: header.choice)
        dialect.headingsFrom = header.firstLine
        return Finding(dialect: dialect, header: header)
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
                look.records.append(
                    HeadRecord(line: reader.batch.lines[record], cells: cells, texts: texts))
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
}
