import DuckDB
import Kernel
import Policy

/// Records of text cells as typed rows for the engine. What does not fit goes to the reject file; every row read is one or the other.
final class TextRows<Records: RecordSource>: RowProducer {
    private struct Target {
        let position: Int
        let name: String
        let type: ColumnType
        let isText: Bool
        let formats: [DateFormat]
        let nulls: [[UInt8]]
        let nullBytesMax: Int
        let keepsDamaged: Bool
    }

    let columns: [(name: String, type: DuckType)]
    let rejects: RejectFile
    private(set) var rowsRead: Int64 = 0
    private(set) var rowsStaged: Int64 = 0
    var rowsRejected: Int64 { rowsRead - rowsStaged }
    var blankLines: Int64 { records.blankLines }
    /// Rows that add up others: among the rejected, so that they are seen, but no sign that the reading is wrong.
    private var totalsRows: Int64 = 0
    private let leavesOutTotals: Bool
    /// The first that speaks against the reading.
    private var firstFault: Reject?
    /// What stopped it; the engine only keeps a text of it.
    private(set) var failure: SourceError?

    private let records: Records
    /// Read where they lie: a copy of one would be counted in and out for every cell.
    private let targets: UnsafeMutableBufferPointer<Target>
    private let width: Int
    private let utcOffsetSeconds: Int
    private let limits: SourceLimits
    private let isCancelled: () -> Bool
    private let report: (StagingProgress) -> Void
    /// Next record of the batch.
    private var cursor = 0
    private var batchCount = 0

    init(
        _ records: Records, _ mapping: SourceMapping, rejects: RejectFile, _ limits: SourceLimits,
        isCancelled: @escaping () -> Bool, report: @escaping (StagingProgress) -> Void
    ) {
        self.records = records
        self.rejects = rejects
        self.limits = limits
        self.isCancelled = isCancelled
        self.report = report
        width = mapping.columns.count
        leavesOutTotals = mapping.totals == .leftOut
        utcOffsetSeconds = mapping.utcOffsetSeconds
        let included = mapping.included.map { column in
            let nulls = column.nullMarkers.filter { !$0.isEmpty }.map { Array($0.utf8) }
            return Target(
                position: column.position, name: column.name, type: column.type,
                isText: column.type == .text, formats: column.dateFormats, nulls: nulls,
                nullBytesMax: nulls.map(\.count).max() ?? 0,
                keepsDamaged: column.keepsDamaged)
        }
        targets = .allocate(capacity: included.count)
        _ = targets.initialize(from: included)
        columns = mapping.included.map { ($0.name, $0.type.produced) }
    }

    deinit {
        targets.deinitialize()
        targets.deallocate()
    }

    func produce(into sink: RowSink) throws -> Int {
        do throws(SourceError) { return try fill(sink) } catch {
            failure = error
            throw error
        }
    }

    private func fill(_ sink: RowSink) throws(SourceError) -> Int {
        var row = 0
        while row < RowSink.rowsMax {
            if cursor == batchCount {
                // The text of a cell lives in the batch's buffer, but the engine has copied it by now.
                if isCancelled() { throw .cancelled }
                try judge(isEnd: false)
                report(
                    StagingProgress(
                        bytesRead: records.bytesRead, bytesTotal: records.bytesTotal,
                        rowsRead: rowsRead, rowsRejected: rowsRejected))
                guard try records.next(max: RecordBatch.recordsMax) else { break }
                cursor = 0
                batchCount = records.batch.count
            }
            if try writeRow(cursor, to: row, sink) {
                row += 1
                rowsStaged += 1
            }
            rowsRead += 1
            cursor += 1
        }
        return row
    }

    /// Too many rejects end the work early: a wrong delimiter must not fill a disk with rejects.
    func judge(isEnd: Bool) throws(SourceError) {
        guard isEnd || rowsRead >= limits.rejectedJudgedAfterRows else { return }
        let faulty = rowsRejected - totalsRows
        guard let first = firstFault, faulty > 0 else { return }
        if rowsStaged == 0 && isEnd || Double(faulty) > limits.rejectedShareMax * Double(rowsRead) {
            throw .tooManyRejects(
                rejected: faulty, read: rowsRead, shareMax: limits.rejectedShareMax, first: first)
        }
    }

    private func writeRow(_ record: Int, to row: Int, _ sink: RowSink) throws(SourceError) -> Bool {
        let batch = records.batch
        if leavesOutTotals, TotalsRow.isFound(in: batch, record) {
            totalsRows += 1
            let said = batch.texts(record, max: width).filter { !$0.isEmpty }.joined(separator: " ")
            try rejects.append(
                Reject(
                    line: batch.lines[record], column: nil, reason: .totalsRow, excerpt: excerpt(said),
                    cell: records.address(line: batch.lines[record], position: 0)))
            return false
        }
        if let fault = records.fault(record) {
            try reject(
                Reject(
                    line: batch.lines[record], column: fault.column, reason: fault.reason,
                    excerpt: excerpt(fault.excerpt)))
            return false
        }
        let found = Int(batch.cellCounts[record])
        guard found == width else {
            let text = found > 0 ? excerpt(batch.text(batch.cell(record, 0))) : ""
            try reject(
                Reject(
                    line: batch.lines[record], column: nil, reason: .cellCount, excerpt: text,
                    expectedCells: width, foundCells: found))
            return false
        }
        let cells = batch.cells + Int(batch.firstCells[record])
        var isGood = true
        for column in 0..<targets.count {
            let raw = cells[targets[column].position]
            let cell = CellBytes(batch.bytes + Int(raw.start), raw.length)
            if let reason = fault(raw, cell, column, batch.hasNul)
                ?? write(cell, isDeclared: raw.isDeclared, column, row, sink)
            {
                isGood = false
                try reject(
                    Reject(
                        line: batch.lines[record], column: targets[column].name, reason: reason,
                        excerpt: excerpt(cell.text),
                        cell: records.address(
                            line: batch.lines[record], position: targets[column].position)))
            }
        }
        if !isGood {
            // The next row is written over this one.
            for column in 0..<targets.count { sink.setValid(column, row) }
        }
        return isGood
    }

    private func reject(_ reject: Reject) throws(SourceError) {
        if firstFault == nil { firstFault = reject }
        try rejects.append(reject)
    }

    @inline(__always)
    private func fault(
        _ raw: RawCell, _ cell: CellBytes, _ column: Int, _ hasNul: Bool
    ) -> Reject.Reason? {
        if raw.isStray { return .textAfterQuote }
        if raw.length > limits.cellBytesMax { return .cellTooLong }
        if raw.isFault, !isNull(cell.trimmed, column) { return .formulaFault }
        if hasNul {
            for offset in 0..<cell.count where cell[offset] == 0 { return .nulByte }
        }
        return nil
    }

    /// Nil when the value was written.
    @inline(__always)
    private func write(
        _ raw: CellBytes, isDeclared: Bool, _ column: Int, _ row: Int, _ sink: RowSink
    ) -> Reject.Reason? {
        if raw.count == 0 {
            if isDeclared, targets[column].isText {
                sink.setText(column, row, raw.start, 0)
            } else {
                sink.setNull(column, row)
            }
            return nil
        }
        if targets[column].isText {
            if targets[column].nullBytesMax > 0, isNull(raw.trimmed, column) {
                sink.setNull(column, row)
                return nil
            }
            if !isDeclared, !targets[column].keepsDamaged, CellParser.isDamaged(raw.trimmed) {
                return .damagedBySpreadsheet
            }
            sink.setText(column, row, raw.start, raw.count)
            return nil
        }
        let cell = raw.trimmed
        if cell.count == 0 || isNull(cell, column) {
            sink.setNull(column, row)
            return nil
        }
        return writeTyped(cell, column, row, sink)
    }

    @inline(__always)
    private func isNull(_ cell: CellBytes, _ column: Int) -> Bool {
        guard cell.count <= targets[column].nullBytesMax else { return false }
        for marker in targets[column].nulls where cell.equals(marker) { return true }
        return false
    }

    private func writeTyped(
        _ cell: CellBytes, _ column: Int, _ row: Int, _ sink: RowSink
    ) -> Reject.Reason? {
        switch targets[column].type {
        case .text: return nil
        case .integer:
            guard let value = CellParser.integer(cell) else { return damage(cell) ?? .notInteger }
            sink.set(column, row, value)
        case .decimal(let precision, let scale):
            guard let value = CellParser.decimal(cell, precision: precision, scale: scale) else {
                return damage(cell) ?? .notDecimal
            }
            switch precision {
            case ...4: sink.set(column, row, Int16(truncatingIfNeeded: value))
            case ...9: sink.set(column, row, Int32(truncatingIfNeeded: value))
            case ...18: sink.set(column, row, Int64(truncatingIfNeeded: value))
            default: sink.set(column, row, value)
            }
        case .double:
            guard let value = CellParser.double(cell) else { return .notDouble }
            sink.set(column, row, value)
        case .boolean:
            guard let value = CellParser.boolean(cell) else { return .notBoolean }
            sink.set(column, row, UInt8(value ? 1 : 0))
        case .date:
            guard let value = CellParser.date(cell, targets[column].formats) else { return .notDate }
            sink.set(column, row, Int32(truncatingIfNeeded: value.daysSince1970))
        case .timestamp:
            guard
                let value = CellParser.timestamp(
                    cell, targets[column].formats, utcOffsetSeconds: utcOffsetSeconds)
            else { return .notTimestamp }
            sink.set(column, row, value)
        }
        return nil
    }

    private func damage(_ cell: CellBytes) -> Reject.Reason? {
        CellParser.isDamaged(cell) ? .damagedBySpreadsheet : nil
    }

    private func excerpt(_ text: String) -> String {
        let cut = text.prefix(limits.excerptCharactersMax)
        return cut.endIndex == text.endIndex ? text : cut + "…"
    }
}

extension ColumnType {
    fileprivate var produced: DuckType {
        switch self {
        case .text: .text
        case .integer: .int64
        case .decimal(let precision, let scale): .decimal(width: precision, scale: scale)
        case .double: .double
        case .boolean: .boolean
        case .date: .date
        case .timestamp: .timestamp
        }
    }
}
