package import DuckDB
import Glibc
import Kernel
import Policy

/// `lake.stage`: brings one confirmed source into a folder as typed Parquet and rejects, in a worker.
///
/// Whatever happens, the folder holds either both files whole or nothing of them; only when too many rows were rejected, the rejects alone,
/// so that a person can see them.
package struct StageTask: WorkerTask {
    package static let name = "lake.stage"
    package let source: Source
    package let mapping: SourceMapping
    package let confinement: SourceConfinement
    package let limits: SourceLimits
    /// Of a database source; crosses the worker's socket only, and goes to the engine as a bound parameter, never into SQL text.
    package let password: String?
    /// Exists already; belongs to this staging alone.
    package let folder: String

    package init(
        source: Source, mapping: SourceMapping, into folder: String, confinement: SourceConfinement,
        limits: SourceLimits = .standard, password: String? = nil
    ) {
        self.source = source
        self.mapping = mapping
        self.confinement = confinement
        self.limits = limits
        self.password = password
        self.folder = folder
    }

    package var foreignCode: String? { source.foreignCode }

    package func run(in context: WorkerContext) throws -> Staged {
        try run(try context.connect(), isCancelled: context.isCancelled) { progress in
            let fraction =
                progress.bytesTotal > 0 ? Double(progress.bytesRead) / Double(progress.bytesTotal) : nil
            context.report(WorkerProgress(fraction: fraction, rows: progress.rowsRead))
        }
    }

    package func run(
        _ connection: Connection, isCancelled: @escaping @Sendable () -> Bool = { false },
        report: @escaping (StagingProgress) -> Void = { _ in }
    ) throws(SourceError) -> Staged {
        try mapping.validate(limits)
        let files = StagingFiles(folder: folder)
        do throws(SourceError) {
            var staged: Staged
            switch source {
            case .text(let path), .shape(let path):
                let file = try SourceFile(path, confinement, limits)
                if let reading = mapping.shape {
                    staged = try stageShape(file, reading, files, connection, isCancelled, report)
                } else {
                    staged = try stageText(
                        file.text(unpackingIn: folder, limits, isCancelled: isCancelled), files, connection,
                        isCancelled, report)
                }
            case .json(let path):
                let file = try SourceFile(path, confinement, limits)
                    .text(unpackingIn: folder, limits, isCancelled: isCancelled)
                staged = try stageJSON(file, files, connection, isCancelled, report)
            case .workbook(let path):
                let file = try SourceFile(path, confinement, limits)
                staged = try stageSheet(file, files, connection, isCancelled, report)
            case .parquet(let path):
                let file = try SourceFile(path, confinement, limits)
                staged = try ParquetTable(file, connection).stage(
                    mapping, files, isCancelled: isCancelled, report: report)
            case .sqlite(let path):
                let file = try SourceFile(path, confinement, limits)
                let session = try SQLiteFile(file, table: mapping.table, limits, isCancelled: isCancelled)
                staged = try stageTable(session, files, connection, isCancelled, report)
            case .mysql(let table):
                let session = try MySQLSession(
                    table, password: password, confinement, limits,
                    utcOffsetSeconds: mapping.utcOffsetSeconds, isCancelled: isCancelled)
                staged = try stageTable(session, files, connection, isCancelled, report)
            case .odbc(let table):
                let session = try ODBCSession(
                    table, password: password, confinement, limits, isCancelled: isCancelled)
                staged = try stageTable(session, files, connection, isCancelled, report)
            case .live: throw .notCopied
            case .postgres(let table):
                let session = try PostgresSession(
                    table, password: password, confinement, limits, connection, isCancelled: isCancelled)
                staged = try session.stage(mapping, files, isCancelled: isCancelled, report: report)
            }
            if isCancelled() { throw .cancelled }
            guard staged.rowsRead == staged.rowsStaged + staged.rowsRejected else {
                throw .engine("\(staged.rowsRead) rows read, \(staged.rowsStaged) staged")
            }
            guard staged.rowsStaged > 0 else { throw .noRows }
            try files.publish(&staged)
            return staged
        } catch {
            if case .tooManyRejects = error { files.keepRejectsOnly() } else { files.remove() }
            throw error
        }
    }

    private func stageText(
        _ file: SourceFile, _ files: StagingFiles, _ connection: Connection,
        _ isCancelled: @escaping () -> Bool, _ report: @escaping (StagingProgress) -> Void
    ) throws(SourceError) -> Staged {
        guard let encoding = mapping.encoding, let dialect = mapping.dialect else {
            throw .mappingWithoutReading
        }
        if file.bytes == 0 { throw .empty }
        if let format = try file.foreignFormat() { throw .notText(format: format) }
        return try stageRecords(
            RecordReader(try TextStream(file, encoding), dialect, limits), dialect.header, file, files,
            connection,
            isCancelled, report)
    }

    private func stageJSON(
        _ file: SourceFile, _ files: StagingFiles, _ connection: Connection,
        _ isCancelled: @escaping () -> Bool, _ report: @escaping (StagingProgress) -> Void
    ) throws(SourceError) -> Staged {
        guard let encoding = mapping.encoding, let reading = mapping.json else {
            throw .mappingWithoutReading
        }
        if let expected = reading.datum {
            let found = try GeoJSON.datum(of: file)
            if found != expected { throw .datumChanged(expected: expected, found: found) }
        }
        let records = try JSONRecords(
            try TextStream(file, encoding), reading, columns: mapping.columns.map(\.sourceName), limits)
        return try stageRecords(records, .none, file, files, connection, isCancelled, report)
    }

    private func stageShape(
        _ file: SourceFile, _ reading: ShapeReading, _ files: StagingFiles, _ connection: Connection,
        _ isCancelled: @escaping () -> Bool, _ report: @escaping (StagingProgress) -> Void
    ) throws(SourceError) -> Staged {
        guard let encoding = mapping.encoding else { throw .mappingWithoutReading }
        let shapes = try ShapeFiles(
            file, unpackingIn: folder, confinement, limits, isCancelled: isCancelled)
        guard shapes.datum == reading.datum else {
            throw .datumChanged(expected: reading.datum, found: shapes.datum)
        }
        let records = try ShapeRecords(shapes, try AttributeTable(shapes.table, limits), encoding)
        try requireHeader(records.names)
        return try stageRecords(records, .none, shapes, files, connection, isCancelled, report)
    }

    private func stageSheet(
        _ file: SourceFile, _ files: StagingFiles, _ connection: Connection,
        _ isCancelled: @escaping () -> Bool, _ report: @escaping (StagingProgress) -> Void
    ) throws(SourceError) -> Staged {
        guard let reading = mapping.sheet else { throw .mappingWithoutReading }
        let workbook = try Workbook(file, unpackingIn: folder, limits, isCancelled)
        let sheet = try workbook.sheet(named: reading.name)
        let reader = try SheetReader(workbook, sheet, width: mapping.columns.count, limits, isCancelled)
        return try stageRecords(reader, reading.header, file, files, connection, isCancelled, report)
    }

    private func stageRecords(
        _ records: some RecordSource, _ header: HeaderChoice, _ file: some FingerprintedFile,
        _ files: StagingFiles,
        _ connection: Connection, _ isCancelled: @escaping () -> Bool,
        _ report: @escaping (StagingProgress) -> Void
    ) throws(SourceError) -> Staged {
        let fingerprint = try file.fingerprint(part: mapping.sheet?.name, isCancelled: isCancelled)
        if case .line(let line) = header { try requireHeader(try records.header(line: line, limits)) }
        return try stageRows(records, fingerprint, files, connection, isCancelled, report) {
            _ throws(SourceError) in try file.requireUnchanged()
        }
    }

    /// A table of a database: its columns are asked for anew, since it may be another than the one that was confirmed.
    private func stageTable(
        _ session: some TableSession, _ files: StagingFiles, _ connection: Connection,
        _ isCancelled: @escaping () -> Bool, _ report: @escaping (StagingProgress) -> Void
    ) throws(SourceError) -> Staged {
        defer { session.close() }
        let fields = try session.fields()
        var chosen: [TableField] = []
        for column in mapping.included {
            guard let field = fields.first(where: { $0.name == column.sourceName }) else {
                throw .columnMissing(column.sourceName)
            }
            guard let type = field.type else {
                throw .typeUnsupported(column: field.name, type: String(field.declared.prefix(60)))
            }
            guard type == .text || EngineTable.canBecome(type, column.type) else {
                throw .conversionUnsupported(
                    column: field.name, from: type.description, to: column.type.description)
            }
            chosen.append(field)
        }
        let fingerprint = try session.fingerprint(fields)
        let rowsExpected = try session.estimatedRows()
        let records = TableRecords(
            try session.rows(chosen, max: nil), names: mapping.columns.map(\.sourceName),
            positions: mapping.included.map(\.position), rowsExpected: rowsExpected, limits)
        return try stageRows(records, fingerprint, files, connection, isCancelled, report) {
            rows throws(SourceError) in try session.requireUnchanged(rowsRead: rows)
        }
    }

    private func stageRows(
        _ records: some RecordSource, _ fingerprint: SourceFingerprint, _ files: StagingFiles,
        _ connection: Connection, _ isCancelled: @escaping () -> Bool,
        _ report: @escaping (StagingProgress) -> Void,
        requireUnchanged: (_ rowsRead: Int64) throws(SourceError) -> Void
    ) throws(SourceError) -> Staged {
        let rejects = RejectFile(path: files.partialRejects)
        let rows = TextRows(
            records, mapping, rejects: rejects, limits, isCancelled: isCancelled, report: report)
        let copied: Int64
        do throws(DuckDBError) {
            let name = "source_\(UploadID.new().text.replacing("-", with: "_"))"
            copied = try connection.withTable(name, rows) { () throws(DuckDBError) in
                try connection.run(
                    "COPY (SELECT * FROM \(name)()) TO \(Connection.literal(files.partialRows)) \(parquetOptions)"
                )
            }
        } catch {
            if case .tooManyRejects? = rows.failure { _ = try rejects.finish() }
            if let failure = rows.failure { throw failure }
            throw files.failure(error)
        }
        do throws(SourceError) {
            try rows.judge(isEnd: true)
        } catch {
            _ = try rejects.finish()
            throw error
        }
        try requireUnchanged(rows.rowsRead)
        guard copied == rows.rowsStaged else {
            throw .engine("\(rows.rowsStaged) rows were given and \(copied) written")
        }
        return Staged(
            rowsPath: files.rows, rejectsPath: try rejects.finish(), rowsRead: rows.rowsRead,
            rowsStaged: rows.rowsStaged, rowsRejected: rows.rowsRejected, blankLines: rows.blankLines,
            rejectsByReason: rejects.byReason, fingerprint: fingerprint)
    }

    private func requireHeader(_ cells: [String]) throws(SourceError) {
        for (position, column) in mapping.columns.enumerated() {
            let found = position < cells.count ? HeaderNames.tidy(cells[position]) : ""
            guard position < cells.count, found == column.sourceName else {
                throw .headerChanged(position: position, expected: column.sourceName, found: found)
            }
        }
        if cells.count > mapping.columns.count {
            throw .headerChanged(
                position: mapping.columns.count, expected: "",
                found: HeaderNames.tidy(cells[mapping.columns.count]))
        }
    }
}

/// Of every Parquet file that is written, versions and releases. The first level of zstd takes half the time of the usual third and 2 % more room; a
/// dictionary is for words that repeat, not for names and numbers.
let parquetOptions = """
    (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880, \
    STRING_DICTIONARY_PAGE_SIZE_LIMIT 131072)
    """

extension StageTask {
    /// Where the rejected rows of a staging are, one JSON document a line.
    package static func rejectsPath(in folder: String) -> String { StagingFiles(folder: folder).rejects }
}

/// The files of one staging: written under other names, given their own when all is well.
struct StagingFiles {
    let folder: String
    var rows: String { folder + "/rows.parquet" }
    var rejects: String { folder + "/rejects.ndjson" }
    var partialRows: String { rows + ".partial" }
    var partialRejects: String { rejects + ".partial" }

    func publish(_ staged: inout Staged) throws(SourceError) {
        try sync(partialRows)
        if staged.rejectsPath != nil {
            try move(partialRejects, rejects)
            staged.rejectsPath = rejects
        }
        try move(partialRows, rows)
        try sync(folder)
    }

    func keepRejectsOnly() {
        for path in [rows, partialRows] { unlink(path) }
        rename(partialRejects, rejects)
    }

    func remove() { for path in [rows, rejects, partialRows, partialRejects] { unlink(path) } }

    /// What the engine said when it could not finish, as what it means to a reader.
    func failure(_ error: DuckDBError) -> SourceError {
        if case .interrupted = error { return .cancelled }
        if Durable.isFull(folder) { return .unwritable(path: folder, errno: ENOSPC) }
        return .engine(error.detail)
    }

    private func move(_ from: String, _ to: String) throws(SourceError) {
        guard rename(from, to) == 0 else { throw .unwritable(path: to, errno: errno) }
    }

    private func sync(_ path: String) throws(SourceError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unwritable(path: path, errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .unwritable(path: path, errno: errno) }
    }
}
