import DuckDB
import Kernel
import Policy

/// A PostgreSQL server attached read-only for one probe or one staging, and detached whatever happens.
///
/// Rows come from one statement of the server, so they are of one snapshot. The password is a bound parameter of the engine's secret.
final class PostgresSession {
    private let table: PostgresTable
    private let connection: Connection
    private let catalog: String
    private var watch: CancelWatch?

    init(
        _ table: PostgresTable, password: String?, _ confinement: SourceConfinement,
        _ limits: SourceLimits, _ connection: Connection, isCancelled: @escaping @Sendable () -> Bool
    ) throws(SourceError) {
        let host = "\(table.host):\(table.port)"
        guard confinement.hosts.contains(host) else { throw .hostNotAllowed(host) }
        self.table = table
        self.connection = connection
        catalog = "source_\(UploadID.new().text.replacing("-", with: "_"))"
        do throws(DuckDBError) {
            try connection.execute("LOAD postgres_scanner")
        } catch { throw .engine(error.detail) }
        do throws(DuckDBError) {
            try connection.run(
                """
                CREATE TEMPORARY SECRET \(catalog)
                (TYPE postgres, HOST $1, PORT $2, DATABASE $3, USER $4, PASSWORD $5)
                """,
                [
                    .text(table.host), .text(String(table.port)), .text(table.database), .text(table.user),
                    .text(password ?? ""),
                ])
            try connection.execute(
                "ATTACH \(Self.target(as: catalog)) AS \(catalog) (TYPE postgres, SECRET \(catalog), READ_ONLY)"
            )
        } catch {
            Self.dropSecret(catalog, connection)
            throw .connectionFailed(error.detail)
        }
        let name = catalog
        watch = CancelWatch(isCancelled, secondsMax: limits.statementSecondsMax) {
            Self.cancel(name, connection)
        }
    }

    /// Under a name of its own, so that the server can be told whose statements to stop.
    private static func target(as catalog: String) -> String {
        "'connect_timeout=10 application_name=\(catalog)'"
    }

    /// The engine waits for the server's answer whatever happens, so the server is asked to give up: by the same account, on a way of its own.
    private static func cancel(_ catalog: String, _ connection: Connection) {
        guard let other = try? connection.another() else { return }
        let own = "\(catalog)_end"
        try? other.execute(
            "ATTACH \(target(as: own)) AS \(own) (TYPE postgres, SECRET \(catalog), READ_ONLY)")
        let stop =
            "SELECT pg_cancel_backend(pid)::text AS ended FROM pg_stat_activity "
            + "WHERE application_name = \(Connection.literal(catalog)) AND state = 'active'"
        _ = try? other.rows("SELECT * FROM postgres_query('\(own)', \(Connection.literal(stop)))")
        try? other.execute("DETACH \(own)")
    }

    deinit {
        watch?.end()
        // Fails only when the server is already gone.
        try? connection.execute("DETACH \(catalog)")
        Self.dropSecret(catalog, connection)
    }

    /// What cannot be dropped dies with the worker.
    private static func dropSecret(_ name: String, _ connection: Connection) {
        try? connection.execute("DROP TEMPORARY SECRET IF EXISTS \(name)")
    }

    /// A question whose answer is small, and all text.
    func asked(_ sql: String) throws(SourceError) -> [[String?]] {
        do throws(DuckDBError) {
            return try connection.rows("SELECT * FROM " + remote(sql)).map { row in row.map(\.text) }
        } catch { throw .sourceLost(error.detail) }
    }

    private struct Field {
        var name: String
        var declared: String
        var type: ColumnType?
    }

    private var qualified: String {
        Connection.quoted(table.schema) + "." + Connection.quoted(table.table)
    }

    /// A query that the server itself runs.
    private func remote(_ sql: String) -> String {
        "postgres_query('\(catalog)', \(Connection.literal(sql)))"
    }

    /// Columns as the server declares them.
    private func fields() throws(SourceError) -> [Field] {
        let rows: [[Cell]]
        do throws(DuckDBError) {
            rows = try connection.rows(
                "SELECT * FROM "
                    + remote(
                        """
                        SELECT a.attname::text AS name, format_type(a.atttypid, a.atttypmod)::text AS type
                        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                        JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = \(Connection.literal(table.schema))
                        AND c.relname = \(Connection.literal(table.table)) AND c.relkind IN ('r','p','v','m','f')
                        AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
                        """))
        } catch { throw .sourceLost(error.detail) }
        if rows.isEmpty { throw .tableNotFound("\(table.schema).\(table.table)") }
        return rows.compactMap { row in
            guard let name = row[0].text, let declared = row[1].text else { return nil }
            return Field(name: name, declared: declared, type: Self.type(of: declared))
        }
    }

    /// An unbounded `numeric` has no decimal that could hold it: it is text unless a person gives it one.
    static func type(of declared: String) -> ColumnType? {
        switch declared {
        case "text", "uuid", "json", "jsonb", "name", "xml", "inet", "cidr", "macaddr", "citext", "numeric",
            "\"char\"":
            return .text
        case "smallint", "integer", "bigint": return .integer
        case "real", "double precision": return .double
        case "boolean": return .boolean
        case "date": return .date
        default:
            if declared.hasSuffix("]") { return nil }
            if declared.hasPrefix("character") || declared.hasPrefix("bpchar") { return .text }
            if declared.hasPrefix("timestamp") { return .timestamp }
            if declared.hasPrefix("numeric(") {
                return ColumnType("decimal" + declared.dropFirst(7))
            }
            return nil
        }
    }

    func probe(_ limits: SourceLimits) throws(SourceError) -> Probe {
        let fields = try fields()
        let (columns, facts, warnings) = try EngineTable.proposal(
            fields.map { EngineTable.Field(name: $0.name, declared: $0.declared, type: $0.type) }, limits)
        let mapping = SourceMapping(encoding: nil, dialect: nil, columns: columns)
        let fingerprint = try fingerprint(fields)
        var sample: [[String?]] = []
        let profiled: (facts: [Probe.Column], rows: Int64)
        do throws(DuckDBError) {
            let list = fields.map { "left(\(Connection.quoted($0.name))::text, 200)" }.enumerated()
                .map { "\($0.element) AS c\($0.offset)" }.joined(separator: ", ")
            sample = try connection.rows(
                "SELECT * FROM "
                    + remote("SELECT \(list) FROM \(qualified) LIMIT \(limits.sampleRowsMax)")
            ).map { row in row.map(\.text) }
            profiled = try EngineTable.profiled(
                facts, columns, names: fields.indices.map { "c\($0)" },
                of: remote("SELECT \(list) FROM \(qualified) LIMIT \(EngineTable.sampledRowsMax)"),
                connection)
        } catch { throw .sourceLost(error.detail) }
        var rows = Int64(sample.count)
        if case .table(_, let estimate, _) = fingerprint { rows = max(rows, estimate) }
        return Probe(
            fingerprint: fingerprint, detection: nil, mapping: mapping, columns: profiled.facts,
            sampleRows: sample, sampledRows: profiled.rows, estimatedRows: rows, warnings: warnings)
    }

    private func fingerprint(_ fields: [Field]) throws(SourceError) -> SourceFingerprint {
        let rows: [[Cell]]
        do throws(DuckDBError) {
            rows = try connection.rows(
                "SELECT * FROM "
                    + remote(
                        """
                        SELECT greatest(c.reltuples, 0)::bigint AS estimate,
                        coalesce(pg_stat_get_tuples_inserted(c.oid) + pg_stat_get_tuples_updated(c.oid)
                        + pg_stat_get_tuples_deleted(c.oid), 0)::bigint AS changes
                        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = \(Connection.literal(table.schema))
                        AND c.relname = \(Connection.literal(table.table))
                        """))
        } catch { throw .sourceLost(error.detail) }
        guard let row = rows.first else { throw .tableNotFound("\(table.schema).\(table.table)") }
        return .table(
            schema: fields.map { "\($0.name) \($0.declared)" }.joined(separator: ", "),
            estimatedRows: row[0].integer ?? 0, changes: row[1].integer ?? 0)
    }

    func stage(
        _ mapping: SourceMapping, _ files: StagingFiles, isCancelled: () -> Bool,
        report: (StagingProgress) -> Void
    ) throws(SourceError) -> Staged {
        let fields = try fields()
        let fingerprint = try fingerprint(fields)
        var inner: [String] = []
        var outer: [String] = []
        for (index, column) in mapping.included.enumerated() {
            guard let field = fields.first(where: { $0.name == column.sourceName }) else {
                throw .columnMissing(column.sourceName)
            }
            inner.append("\(try Self.remoteCast(field, column, mapping.utcOffsetSeconds)) AS c\(index)")
            outer.append(
                "CAST(c\(index) AS \(column.type.engineName)) AS \(Connection.quoted(column.name))")
        }
        if isCancelled() { throw .cancelled }
        let query = remote("SELECT \(inner.joined(separator: ", ")) FROM \(qualified)")
        let copied: Int64
        do throws(DuckDBError) {
            copied = try connection.run(
                "COPY (SELECT \(outer.joined(separator: ", ")) FROM \(query)) "
                    + "TO \(Connection.literal(files.partialRows)) \(parquetOptions)")
        } catch {
            let failure = files.failure(error)
            if case .engine(let detail) = failure { throw .sourceLost(detail) }
            throw failure
        }
        report(StagingProgress(bytesRead: 0, bytesTotal: 0, rowsRead: copied, rowsRejected: 0))
        return Staged(
            rowsPath: files.rows, rejectsPath: nil, rowsRead: copied, rowsStaged: copied, rowsRejected: 0,
            blankLines: 0, rejectsByReason: [:], fingerprint: fingerprint)
    }

    /// The cast that the server does, so that every value arrives in a type that the engine reads exactly.
    private static func remoteCast(
        _ field: Field, _ column: ColumnMapping, _ utcOffsetSeconds: Int
    ) throws(SourceError) -> String {
        let name = Connection.quoted(field.name)
        guard let type = field.type else {
            throw .typeUnsupported(column: field.name, type: field.declared)
        }
        switch (type, column.type) {
        case (_, .text): return "\(name)::text"
        case (.text, .decimal(let precision, let scale)) where field.declared == "numeric":
            return "\(name)::numeric(\(precision),\(scale))"
        case (.integer, .decimal(let precision, let scale)) where precision - scale >= 19:
            return "\(name)::numeric(\(precision),\(scale))"
        case (.decimal(let precision, let scale), .decimal(let wider, let deeper))
        where deeper >= scale && wider - deeper >= precision - scale:
            return "\(name)::numeric(\(wider),\(deeper))"
        case (.timestamp, .timestamp) where field.declared.hasSuffix("with time zone"):
            return "(\(name) AT TIME ZONE 'UTC')"
        case (.timestamp, .timestamp):
            return "(\(name) - interval '\(utcOffsetSeconds) seconds')"
        case (let left, let right) where left == right: return name
        default:
            throw .conversionUnsupported(
                column: field.name, from: type.description, to: column.type.description)
        }
    }
}
