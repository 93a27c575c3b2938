import Kernel
import Policy

/// `lake.read-list`: hands out a table that somebody brought row by row, as it was written, titles and header included, so that it
/// can go back to them with more columns. Reads with the bounds and the refusals of every other source; nothing is staged.
///
/// Each row crosses as `ListRow.encoded`. Faults are told of the watched columns alone: what else stands in the table is its owner's.
package struct ReadListTask: WorkerTask {
    package static let name = "lake.read-list"
    private static let batchBytes = 1 << 18

    package let source: Source
    package let mapping: SourceMapping
    /// Positions of the columns whose cells are looked at: keys and case numbers.
    package let watched: [Int]
    package let confinement: SourceConfinement
    package let limits: SourceLimits
    /// Below the header.
    package let rowsMax: Int64

    package struct Answer: Codable, Sendable, Hashable {
        package let rows: Int64
        package let isCutOff: Bool
    }

    package init(
        source: Source, mapping: SourceMapping, watched: [Int], confinement: SourceConfinement,
        limits: SourceLimits = .standard, rowsMax: Int64
    ) {
        self.source = source
        self.mapping = mapping
        self.watched = watched
        self.confinement = confinement
        self.limits = limits
        self.rowsMax = rowsMax
    }

    package func run(in context: WorkerContext) throws -> Answer {
        let folder = context.limits.temporaryFolder
        switch source {
        case .workbook(let path):
            guard let reading = mapping.sheet else { throw SourceError.mappingWithoutReading }
            let file = try SourceFile(path, confinement, limits)
            let workbook = try Workbook(file, unpackingIn: folder, limits, context.isCancelled)
            let sheet = try workbook.sheet(named: reading.name)
            let reader = try SheetReader(
                workbook, sheet, width: mapping.columns.count, limits, context.isCancelled)
            return try read(reader, header: reading.header, file, context)
        case .text(let path):
            guard let encoding = mapping.encoding, let dialect = mapping.dialect else {
                throw SourceError.mappingWithoutReading
            }
            let file = try SourceFile(path, confinement, limits)
                .text(unpackingIn: folder, limits, isCancelled: context.isCancelled)
            let reader = RecordReader(try TextStream(file, encoding), dialect, limits)
            return try read(reader, header: dialect.header, file, context)
        case .json, .shape, .parquet, .sqlite, .postgres, .mysql, .odbc, .live:
            throw SourceError.notText(format: "\(source.cells)")
        }
    }

    private func read(
        _ records: some RecordSource, header: HeaderChoice, _ file: SourceFile, _ context: WorkerContext
    ) throws -> Answer {
        guard case .line(let headerLine) = header else { throw SourceError.headerMissing(line: 1) }
        var batch: [UInt8] = []
        var rows: Int64 = 0
        while try records.next(max: RecordBatch.recordsMax) {
            try context.checkCancelled()
            for record in 0..<records.batch.count {
                let line = records.batch.lines[record]
                if line > headerLine {
                    rows += 1
                    if rows > rowsMax {
                        // What stands before is told: whoever asked for it counts it.
                        if !batch.isEmpty { try context.emit(batch) }
                        return Answer(rows: rows, isCutOff: true)
                    }
                }
                let kind: ListRow.Kind = line < headerLine ? .title : line == headerLine ? .header : .row
                ListRow(
                    line: line, kind: kind, fault: kind == .row ? fault(records, record) : nil,
                    cells: cells(records.batch, record)
                ).encode(to: &batch)
            }
            if batch.count >= Self.batchBytes {
                try context.emit(batch)
                batch.removeAll(keepingCapacity: true)
            }
        }
        if !batch.isEmpty { try context.emit(batch) }
        try file.requireUnchanged()
        return Answer(rows: rows, isCutOff: false)
    }

    /// As many as the table has columns: what is missing is empty, what stands beyond is a fault of its row.
    private func cells(_ batch: RecordBatch, _ record: Int) -> [String] {
        let found = Int(batch.cellCounts[record])
        return mapping.columns.indices.map { position in
            position < found ? batch.text(batch.cell(record, position)) : ""
        }
    }

    private func fault(_ records: some RecordSource, _ record: Int) -> ListRow.Fault? {
        let batch = records.batch
        let found = Int(batch.cellCounts[record])
        if let whole = records.fault(record) { return ListRow.Fault(position: nil, reason: whole.reason) }
        if found > mapping.columns.count { return ListRow.Fault(position: nil, reason: .cellCount) }
        if batch.hasNul, cells(batch, record).contains(where: { $0.utf8.contains(0) }) {
            return ListRow.Fault(position: nil, reason: .nulByte)
        }
        for position in watched where position < found {
            let raw = batch.cell(record, position)
            let cell = CellBytes(batch.bytes + Int(raw.start), raw.length).trimmed
            let reason: Reject.Reason? =
                if raw.isFault {
                    .formulaFault
                } else if raw.isStray {
                    .textAfterQuote
                } else if raw.length > limits.cellBytesMax {
                    .cellTooLong
                } else if CellParser.isDamaged(cell) {
                    .damagedBySpreadsheet
                } else {
                    nil
                }
            if let reason { return ListRow.Fault(position: position, reason: reason) }
        }
        return nil
    }
}

/// One row of such a table, all of its cells as text.
package struct ListRow: Hashable, Sendable {
    package enum Kind: Int64, Hashable, Sendable {
        /// Above the header.
        case title
        case header
        case row
    }

    package struct Fault: Hashable, Sendable {
        /// Nil: of the row as a whole.
        package let position: Int?
        package let reason: Reject.Reason
    }

    /// Of the file, from 1; of a sheet its row.
    package let line: Int64
    package let kind: Kind
    package let fault: Fault?
    package let cells: [String]

    private static let headCells = 4

    func encode(to bytes: inout [UInt8]) {
        RowEncoding.append(.integer(line), to: &bytes)
        RowEncoding.append(.integer(kind.rawValue), to: &bytes)
        RowEncoding.append(
            fault.flatMap { $0.position.map { .integer(Int64($0)) } } ?? .null, to: &bytes)
        RowEncoding.append(fault.map { .text($0.reason.rawValue) } ?? .null, to: &bytes)
        for cell in cells { RowEncoding.append(.text(cell), to: &bytes) }
    }

    fileprivate init(line: Int64, kind: Kind, fault: Fault?, cells: [String]) {
        self.line = line
        self.kind = kind
        self.fault = fault
        self.cells = cells
    }

    /// The rows of one batch of `ReadListTask`, of a table with so many columns.
    ///
    /// - Throws: `LakeError.protocolBroken`.
    package static func rows(_ batch: [UInt8], columns: Int) throws -> [ListRow] {
        try RowEncoding.rows(batch, columns: headCells + columns).map { values in
            guard case .integer(let line) = values[0], case .integer(let number) = values[1],
                let kind = Kind(rawValue: number)
            else { throw LakeError.protocolBroken(detail: "a row of a list without its line") }
            var fault: Fault?
            if case .text(let word) = values[3], let reason = Reject.Reason(rawValue: word) {
                var position: Int?
                if case .integer(let number) = values[2] { position = Int(number) }
                fault = Fault(position: position, reason: reason)
            }
            return ListRow(
                line: line, kind: kind, fault: fault,
                cells: values[headCells...].map { if case .text(let text) = $0 { text } else { "" } })
        }
    }
}

extension Engine {
    /// Reads a list in a worker and hands its rows on, batch by batch. What `consume` throws stops the reading.
    package func read(
        _ task: ReadListTask, consume: @escaping @Sendable ([ListRow]) async throws -> Void
    ) async throws -> ReadListTask.Answer {
        let columns = task.mapping.columns.count
        return try await supervisor.stream(task) { batch in
            try await consume(try ListRow.rows(batch, columns: columns))
        }
    }
}
