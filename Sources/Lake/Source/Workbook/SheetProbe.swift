import Kernel

/// A first look at a sheet of a workbook.
enum SheetProbe {
    private static let headRowsMax = 400

    static func run(
        _ file: SourceFile, unpackingIn folder: String, _ overrides: ReadingOverrides, _ limits: SourceLimits,
        isCancelled: @escaping () -> Bool
    ) throws(SourceError) -> Probe {
        let workbook = try Workbook(file, unpackingIn: folder, limits, isCancelled)
        let sheet = try workbook.sheet(named: overrides.sheet)
        let first = try SheetReader(workbook, sheet, width: 0, limits, isCancelled)
        let head = try head(of: first, limits)
        let width = head.map(\.cells).max() ?? 0
        guard width > 0 else { throw .sheetEmpty(name: sheet.name, names: workbook.sheets.map(\.name)) }
        guard width <= limits.columnsMax else {
            throw .tooManyColumns(found: width, max: limits.columnsMax)
        }
        let header = MergedHeader(first.merged, width: width)
        let found = try HeaderFinding(
            in: head.map { record in
                HeadRecord(
                    line: record.line, cells: width,
                    texts: record.texts + [String](repeating: "", count: width - record.texts.count))
            }, usualWidth: width, chosen: overrides.header,
            firstLine: header.firstRow(to:), lastLine: header.lastRow(from:))
        var columns = ColumnProbe(
            try first.again(workbook, width: width, limits), limits, totals: overrides.totals ?? .leftOut)
        try columns.run(found, isCancelled)
        var warnings: [Message] = []
        let others = workbook.sheets.filter { $0.name != sheet.name && !$0.isHidden }
        if overrides.sheet == nil, !others.isEmpty {
            warnings.append(
                Message(
                    "source.warning.other-sheets",
                    ["sheet": sheet.name, "names": others.prefix(10).map(\.name).joined(separator: ", ")]))
        }
        let down = first.merged.filter { $0.rows.count > 1 && $0.rows.upperBound > found.line }
        if let first = down.first {
            warnings.append(
                Message(
                    "source.warning.merged",
                    [
                        "count": String(down.count),
                        "cell": CellAddress.letters(first.columns.lowerBound) + String(first.rows.lowerBound),
                    ]))
        }
        var probe = columns.probe(
            SourceMapping(
                encoding: nil, dialect: nil, columns: columns.mappings,
                sheet: SheetReading(name: sheet.name, header: found.choice), totals: columns.totals),
            fingerprint: try SourceFingerprint.of(file, part: sheet.name, isCancelled: isCancelled),
            detection: nil,
            warnings: warnings)
        probe.sheets = workbook.sheets.map(\.name)
        return probe
    }

    private static func head(
        of reader: SheetReader, _ limits: SourceLimits
    ) throws(SourceError) -> [HeadRecord] {
        var head: [HeadRecord] = []
        var bytes = 0
        while head.count < headRowsMax, bytes < limits.probeBytesMax,
            try reader.next(max: headRowsMax - head.count)
        {
            let batch = reader.batch
            for record in 0..<batch.count {
                let texts = batch.texts(record, max: limits.columnsMax)
                bytes += texts.reduce(0) { $0 + $1.utf8.count }
                head.append(
                    HeadRecord(
                        line: batch.lines[record], cells: Int(batch.cellCounts[record]), texts: texts))
            }
        }
        return head
    }
}

extension HeaderFinding {
    /// Row of the header; 0 when there is none.
    fileprivate var line: Int64 { if case .line(let line) = choice { line } else { 0 } }
}
