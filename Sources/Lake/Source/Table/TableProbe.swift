import Kernel
import Policy

/// A first look at a table that another program keeps.
enum TableProbe {
    static func run(
        _ session: some TableSession, _ limits: SourceLimits, isCancelled: () -> Bool
    ) throws(SourceError) -> Probe {
        defer { session.close() }
        let fields = try session.fields()
        var (columns, facts, warnings) = try EngineTable.proposal(
            fields.map { EngineTable.Field(name: $0.name, declared: $0.declared, type: $0.type) }, limits)
        for position in columns.indices where [.date, .timestamp].contains(columns[position].type) {
            columns[position].dateFormats = [.dash]
        }
        let positions = fields.indices.filter { fields[$0].type != nil }
        let fingerprint = try session.fingerprint(fields)
        let estimate = try session.estimatedRows()
        var sample = Sample(columns, limits)
        if !positions.isEmpty {
            let cursor = try session.rows(
                positions.map { fields[$0] }, max: Int64(EngineTable.sampledRowsMax))
            try sample.read(
                TableRecords(
                    cursor, names: columns.map(\.sourceName), positions: positions, rowsExpected: 0, limits),
                isCancelled)
        }
        for position in positions {
            sample.tell(of: position, in: &facts[position])
            if let warning = sample.warning(of: position) { warnings.append(warning) }
        }
        return Probe(
            fingerprint: fingerprint, detection: nil,
            mapping: SourceMapping(encoding: nil, dialect: nil, columns: columns), columns: facts,
            sampleRows: sample.rows, sampledRows: sample.count, estimatedRows: max(estimate, sample.count),
            warnings: warnings)
    }

    private struct Sample {
        private let columns: [ColumnMapping]
        private let limits: SourceLimits
        private var evidence: [ColumnEvidence]
        private var misfits: [Int64]
        private var nulls: [Int64]
        private(set) var rows: [[String?]] = []
        private(set) var count: Int64 = 0

        init(_ columns: [ColumnMapping], _ limits: SourceLimits) {
            self.columns = columns
            self.limits = limits
            evidence = columns.map { _ in ColumnEvidence() }
            misfits = columns.map { _ in 0 }
            nulls = columns.map { _ in 0 }
        }

        mutating func read(_ records: TableRecords, _ isCancelled: () -> Bool) throws(SourceError) {
            var bytes = 0
            while bytes < limits.probeBytesMax {
                if isCancelled() { throw .cancelled }
                guard try records.next(max: RecordBatch.recordsMax) else { return }
                for record in 0..<records.batch.count { bytes += look(at: record, of: records) }
            }
        }

        private mutating func look(at record: Int, of records: TableRecords) -> Int {
            let batch = records.batch
            var bytes = 0
            count += 1
            for (position, column) in columns.enumerated() {
                let raw = batch.cell(record, position)
                guard raw.isDeclared else {
                    nulls[position] += 1
                    continue
                }
                let cell = CellBytes(batch.bytes + Int(raw.start), raw.length)
                bytes += raw.length + 1
                evidence[position].look(cell, line: batch.lines[record])
                if !Self.fits(cell.trimmed, column) { misfits[position] += 1 }
            }
            if rows.count < limits.sampleRowsMax {
                rows.append(
                    columns.indices.map { position in
                        let raw = batch.cell(record, position)
                        return raw.isDeclared ? String(batch.text(raw).prefix(200)) : nil
                    })
            }
            return bytes
        }

        private static func fits(_ cell: CellBytes, _ column: ColumnMapping) -> Bool {
            switch column.type {
            case .text: true
            case .integer: CellParser.integer(cell) != nil
            case .decimal(let precision, let scale):
                CellParser.decimal(cell, precision: precision, scale: scale) != nil
            case .double: CellParser.double(cell) != nil
            case .boolean: CellParser.boolean(cell) != nil
            case .date: CellParser.date(cell, column.dateFormats) != nil
            case .timestamp:
                CellParser.timestamp(cell, column.dateFormats, utcOffsetSeconds: 0) != nil
            }
        }

        func tell(of position: Int, in facts: inout Probe.Column) {
            let column = columns[position]
            let ends = evidence[position].range.ends(as: column.type, column.dateFormats)
            facts.filledCells = count - nulls[position]
            facts.emptyCells = nulls[position]
            facts.distinctValues = evidence[position].range.distinctValues
            facts.low = ends.low
            facts.high = ends.high
        }

        func warning(of position: Int) -> Message? {
            guard misfits[position] > 0 else { return nil }
            let column = columns[position]
            return Message(
                "source.warning.misfits",
                ["column": column.name, "type": column.type.word, "count": String(misfits[position])])
        }
    }
}
