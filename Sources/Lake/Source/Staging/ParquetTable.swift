import DuckDB
import Kernel
import Policy

/// A Parquet file as a source.
struct ParquetTable {
    let file: SourceFile
    let connection: Connection
    /// The opened file itself: neither a link swapped in nor a `*` in its name can lead elsewhere.
    private let relation: String
    private let fields: [EngineTable.Field]

    init(_ file: SourceFile, _ connection: Connection) throws(SourceError) {
        self.file = file
        self.connection = connection
        relation = "read_parquet(\(Connection.literal("/proc/self/fd/\(file.descriptor)")))"
        guard try file.bytes(at: 0, count: 4) == Array("PAR1".utf8) else {
            throw .notParquet(path: file.path)
        }
        do throws(DuckDBError) {
            fields = try EngineTable.fields(of: relation, connection)
        } catch { throw .notParquet(path: file.path) }
    }

    func probe(_ limits: SourceLimits, isCancelled: () -> Bool) throws(SourceError) -> Probe {
        let (columns, facts, warnings) = try EngineTable.proposal(fields, limits)
        let fingerprint = try SourceFingerprint.of(file, isCancelled: isCancelled)
        let rows: Int64
        let sample: [[String?]]
        let profiled: (facts: [Probe.Column], rows: Int64)
        do throws(DuckDBError) {
            profiled = try EngineTable.profiled(
                facts, columns, names: fields.map(\.name), of: relation, connection)
            rows = try connection.rows("SELECT count(*) FROM \(relation)").first?.first?.integer ?? 0
            sample = try EngineTable.sample(relation, limits.sampleRowsMax, connection)
        } catch { throw .engine(error.detail) }
        return Probe(
            fingerprint: fingerprint, detection: nil,
            mapping: SourceMapping(encoding: nil, dialect: nil, columns: columns, utcOffsetSeconds: 0),
            columns: profiled.facts, sampleRows: sample, sampledRows: profiled.rows, estimatedRows: rows,
            warnings: warnings)
    }

    func stage(
        _ mapping: SourceMapping, _ files: StagingFiles, isCancelled: () -> Bool,
        report: (StagingProgress) -> Void
    ) throws(SourceError) -> Staged {
        let fingerprint = try SourceFingerprint.of(file, isCancelled: isCancelled)
        let selection = try EngineTable.selection(mapping, fields)
        let copied: Int64
        do throws(DuckDBError) {
            copied = try connection.run(
                "COPY (SELECT \(selection) FROM \(relation)) TO \(Connection.literal(files.partialRows)) "
                    + parquetOptions)
        } catch { throw files.failure(error) }
        try file.requireUnchanged()
        report(
            StagingProgress(
                bytesRead: file.bytes, bytesTotal: file.bytes, rowsRead: copied, rowsRejected: 0))
        return Staged(
            rowsPath: files.rows, rejectsPath: nil, rowsRead: copied, rowsStaged: copied, rowsRejected: 0,
            blankLines: 0, rejectsByReason: [:], fingerprint: fingerprint)
    }
}
