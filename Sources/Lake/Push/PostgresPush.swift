import Cryptography
import Kernel
import Policy
import Postgres

/// Pushes into a PostgreSQL table: batches by binary COPY; swap, reading back and record in one transaction.
final class PostgresPush: PushSession {
    private static let sendBytes = 1 << 18

    let place: PushPlace
    let order: PushOrder
    let schema: Schema
    let connection: PostgresConnection
    let staging: String
    private let isCancelled: @Sendable () -> Bool
    private var watch: CancelWatch?
    private var run: Int64 = 0
    private var isInBatch = false
    private var buffer = RowBytes()
    private var columns: [PushedColumn] = []

    init(
        _ order: PushOrder, password: String, _ schema: Schema, isCancelled: @escaping @Sendable () -> Bool
    ) throws {
        place = order.place
        self.order = order
        self.schema = schema
        self.isCancelled = isCancelled
        staging = order.place.staging(of: order.release)
        do throws(PostgresFailure) {
            connection = try PostgresConnection(
                host: place.host, port: place.port, database: place.database, user: place.user,
                password: password, applicationName: "headwaters push")
        } catch { throw PushError.away(error.message) }
        let stop = connection.cancellation
        watch = CancelWatch(isCancelled, secondsMax: order.statementSecondsMax) { stop?() }
        try command("SET statement_timeout = '\(order.statementSecondsMax)s'")
        try command("SET lock_timeout = '\(order.lockSecondsMax)s'")
        // Civil times are those of the city; rows come back in the order in which they went in.
        try command("SET TIME ZONE INTERVAL '+08:00' HOUR TO MINUTE")
        try command("SET max_parallel_workers_per_gather = 0")
        try command("SET synchronize_seqscans = off")
    }

    deinit { watch?.end() }

    // MARK: - Words of the dialect

    static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
    static func literal(_ text: String) -> String {
        // An escape string is read the same whatever the server thinks of backslashes.
        "E'" + text.replacing("\\", with: "\\\\").replacing("'", with: "''") + "'"
    }
    func qualified(_ name: String) -> String {
        "\(Self.quoted(place.schema)).\(Self.quoted(name))"
    }
    var table: String { qualified(place.table) }
    var stagingTable: String { qualified(staging) }
    var ledger: String { qualified(PushPlace.ledger) }
    private var columnList: String { schema.map { Self.quoted($0.name) }.joined(separator: ", ") }
    private var keyList: String { order.keyColumns.map(Self.quoted).joined(separator: ", ") }
    private var release: String { Self.literal(order.release.text) }

    func isSameName(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }

    // MARK: - Asking

    @discardableResult
    func command(_ text: String) throws -> String {
        do throws(PostgresFailure) { return try connection.command(text) } catch { throw failure(error) }
    }

    func rows(_ text: String) throws -> [[String?]] {
        do throws(PostgresFailure) {
            let answer = try connection.query(text, [])
            return try (0..<answer.rowCount).map { row throws(PostgresFailure) in
                try (0..<answer.columnNames.count).map { column throws(PostgresFailure) in
                    switch try answer.value(row: row, column: column) {
                    case .text(let text): text
                    case .integer(let number): String(number)
                    case .null, .bytes: nil
                    }
                }
            }
        } catch { throw failure(error) }
    }

    func failure(_ error: PostgresFailure) -> any Error {
        if isCancelled() { return LakeError.cancelled }
        if error.connectionLost { return PushError.away(error.message) }
        return switch error.sqlState ?? "" {
        case "42501": PushError.rightMissing(error.message)
        case "55P03", "40P01", "40001", "55006": PushError.held(error.message)
        case let state where state.hasPrefix("08") || state.hasPrefix("57P"): PushError.away(error.message)
        default: PushError.refused(error.message)
        }
    }

    /// Cancelled before it changes what readers see, it changes nothing.
    private func checkCancelled() throws {
        if isCancelled() { throw LakeError.cancelled }
    }

    func transaction<Answer>(_ body: () throws -> Answer) throws -> Answer {
        try checkCancelled()
        try command("BEGIN")
        do {
            let answer = try body()
            try checkCancelled()
            try command("COMMIT")
            return answer
        } catch {
            _ = try? connection.command("ROLLBACK")
            throw error
        }
    }

    // MARK: - Looking

    func serverName() throws -> String {
        "PostgreSQL " + (try rows("SHOW server_version").first?.first.flatMap { $0 } ?? "")
    }

    func isThere(_ name: String) throws -> Bool {
        try rows("SELECT to_regclass(\(Self.literal(qualified(name))))::text").first?.first.flatMap { $0 }
            != nil
    }

    func look(at table: String) throws -> TargetTable? {
        let (schemaName, name) = (Self.literal(place.schema), Self.literal(table))
        let found = try rows(
            """
            SELECT c.oid::text, c.relkind::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = \(schemaName) AND c.relname = \(name)
            """)
        guard let oid = found.first?[0] else { return nil }
        guard let kind = found.first?[1], ["r", "p"].contains(kind) else {
            throw PushError.notATable("\(place.schema).\(table)")
        }
        let columns = try rows(
            """
            SELECT attname::text, format_type(atttypid, atttypmod)::text, attnotnull::int4,
            (atthasdef OR attidentity <> '' OR attgenerated <> '')::int4
            FROM pg_attribute WHERE attrelid = \(oid)::oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum
            """)
        let indexed = try rows(
            """
            SELECT i.indexrelid::text, a.attname::text FROM pg_index i
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
            WHERE i.indrelid = \(oid)::oid AND i.indisunique AND i.indimmediate AND i.indisvalid
            AND i.indpred IS NULL AND i.indexprs IS NULL AND i.indnkeyatts = i.indnatts
            """)
        let keys = Dictionary(grouping: indexed) { $0[0] ?? "" }
        return TargetTable(
            columns: columns.map { row in
                TargetColumn(
                    name: row[0] ?? "", declared: row[1] ?? "", definition: row[1] ?? "",
                    isNullable: row[2] == "0", hasDefault: row[3] == "1")
            }, uniqueKeys: keys.values.map { rows in Set(rows.compactMap { $0[1] }) })
    }

    /// The rights that the server knows of by name; the others are told by the statement that lacks them.
    func rightsMissing(_ table: TargetTable?) throws -> [String] {
        var missing: [String] = []
        let creates = try rows(
            "SELECT has_schema_privilege(\(Self.literal(place.schema)), 'CREATE')::int4")
        if creates.first?.first != "1" { missing.append("CREATE") }
        guard table != nil else { return missing }
        for right in ["SELECT", "INSERT"] + (order.manner == .replace ? ["DELETE"] : ["UPDATE"]) {
            let has = try rows(
                "SELECT has_table_privilege(\(Self.literal(self.table)), '\(right)')::int4")
            if has.first?.first != "1" { missing.append(right) }
        }
        return missing
    }

    func definition(of fits: [ColumnFit]) -> String {
        var lines = fits.map { fit in
            "    \(Self.quoted(fit.name)) \(fit.declared)\(fit.isKey ? " NOT NULL" : "")"
        }
        if !order.keyColumns.isEmpty { lines.append("    PRIMARY KEY (\(keyList))") }
        return "CREATE TABLE \(table) (\n\(lines.joined(separator: ",\n"))\n);"
    }

    func indexDefinition() -> String { "ALTER TABLE \(table) ADD UNIQUE (\(keyList));" }

    // MARK: - Record and staging

    func take() throws -> PushRecord {
        if try !isThere(PushPlace.ledger) {
            try command(
                """
                CREATE TABLE IF NOT EXISTS \(ledger) (release_id text PRIMARY KEY, target_table text NOT NULL, \
                staging_table text NOT NULL, version_id text NOT NULL, state text NOT NULL, run bigint NOT NULL, \
                rows_staged bigint NOT NULL, rows_out bigint, content_digest text, \
                updated_at timestamptz NOT NULL DEFAULT now())
                """)
        }
        return try transaction {
            try command(
                """
                INSERT INTO \(ledger) (release_id, target_table, staging_table, version_id, state, run, rows_staged)
                VALUES (\(release), \(Self.literal(place.table)), \(Self.literal(staging)),
                \(Self.literal(order.version)), 'staging', 0, 0) ON CONFLICT (release_id) DO NOTHING
                """)
            let found = try rows(
                """
                UPDATE \(ledger) SET run = run + 1 WHERE release_id = \(release)
                RETURNING state, rows_staged, content_digest, run
                """)
            guard let row = found.first, let state = row[0].flatMap(PushRecord.State.init) else {
                throw PushError.recordDiffers
            }
            run = row[3].flatMap { Int64($0) } ?? 0
            return PushRecord(
                state: state, rowsStaged: row[1].flatMap { Int64($0) } ?? 0, contentDigest: row[2])
        }
    }

    func openStaging(_ record: PushRecord, _ fits: [ColumnFit]) throws -> Int64 {
        columns = PushedColumn.of(schema, fits)
        if record.rowsStaged > 0, try isThere(staging) {
            let counted = try rows("SELECT count(*) FROM \(stagingTable)").first?.first
            if counted == String(record.rowsStaged) { return record.rowsStaged }
        }
        let definitions = fits.map { "\(Self.quoted($0.name)) \($0.staged)" }.joined(separator: ", ")
        try transaction {
            try command("DROP TABLE IF EXISTS \(stagingTable)")
            try command("CREATE TABLE \(stagingTable) (\(definitions))")
            try fence("rows_staged = 0")
        }
        return 0
    }

    /// Only the run that took the release last may write on: whoever was before it waits for its lock here, and finds it gone.
    private func fence(_ change: String) throws {
        let changed = try command(
            """
            UPDATE \(ledger) SET \(change), updated_at = now()
            WHERE release_id = \(release) AND run = \(run) AND state = 'staging'
            """)
        guard changed == "UPDATE 1" else { throw PushError.overtaken }
    }

    // MARK: - Rows

    func append(_ row: UnsafeRawBufferPointer, number: Int64) throws {
        if !isInBatch { try beginBatch() }
        PostgresBinary.append(Int16(columns.count), to: &buffer)
        var cells = PushCells(row)
        for index in columns.indices {
            let cell = try cells.next()
            try columns[index].check(cell, row: number)
            PostgresBinary.append(cell, scale: columns[index].scale, to: &buffer)
        }
        if buffer.count >= Self.sendBytes { try send() }
    }

    private func beginBatch() throws {
        try checkCancelled()
        try command("BEGIN")
        // Held until the commit: no other run can come between.
        try fence("state = 'staging'")
        do throws(PostgresFailure) {
            try connection.beginCopy("COPY \(stagingTable) (\(columnList)) FROM STDIN (FORMAT binary)")
        } catch { throw failure(error) }
        isInBatch = true
        PostgresBinary.head.withUnsafeBytes { buffer.put($0) }
    }

    private func send() throws {
        do throws(PostgresFailure) {
            try connection.copy(buffer.view)
        } catch { throw failure(error) }
        buffer.clear()
    }

    func endBatch(rowsStaged: Int64) throws {
        guard isInBatch else { return }
        PostgresBinary.end.withUnsafeBytes { buffer.put($0) }
        try send()
        do throws(PostgresFailure) { try connection.endCopy() } catch { throw failure(error) }
        try fence("rows_staged = \(rowsStaged)")
        try checkCancelled()
        try command("COMMIT")
        isInBatch = false
    }

    func finish(_ content: PushedContent, _ table: TargetTable?, _ fits: [ColumnFit]) throws {
        try transaction {
            try fence("state = 'staging'")
            if table == nil {
                try makeTable()
            } else {
                try command("LOCK TABLE \(self.table) IN SHARE ROW EXCLUSIVE MODE")
                try write()
            }
            try checkCancelled()
            try readBack(content, table, fits)
            try fence(
                "rows_out = \(content.rows), content_digest = \(Self.literal(content.contentDigest)), "
                    + "state = 'done'")
            if table != nil { try command("DROP TABLE \(stagingTable)") }
        }
    }

    /// The staging table takes the place: nothing is written twice.
    private func makeTable() throws {
        if !order.keyColumns.isEmpty {
            try demandDistinctKeys()
            try command("ALTER TABLE \(stagingTable) ADD PRIMARY KEY (\(keyList))")
        }
        try command("ALTER TABLE \(stagingTable) RENAME TO \(Self.quoted(place.table))")
        try markTest()
    }

    /// Readers go on seeing the rows before until the commit; what the recipient has built on the table stays.
    private func write() throws {
        if !order.keyColumns.isEmpty { try demandDistinctKeys() }
        let insert = "INSERT INTO \(table) (\(columnList)) SELECT \(columnList) FROM \(stagingTable)"
        switch order.manner {
        case .replace:
            try command("DELETE FROM \(table)")
            try command(insert)
        case .upsert:
            let others = schema.map(\.name).filter { !order.keyColumns.contains($0) }.map(Self.quoted)
            let changes = others.map { "\($0) = EXCLUDED.\($0)" }.joined(separator: ", ")
            try command(
                insert + " ON CONFLICT (\(keyList)) DO "
                    + (others.isEmpty ? "NOTHING" : "UPDATE SET \(changes)"))
        }
    }

    private func demandDistinctKeys() throws {
        let repeated = try rows(
            """
            SELECT count(*) FROM (SELECT 1 FROM \(stagingTable) GROUP BY \(keyList) HAVING count(*) > 1) t
            """)
        guard let count = repeated.first?[0].flatMap({ Int64($0) }), count > 0 else { return }
        throw PushError.keyRepeated(order.keyColumns, count: count)
    }

    func dropStaging() throws { try command("DROP TABLE IF EXISTS \(stagingTable)") }

    func abandon() throws -> Bool {
        guard try isThere(PushPlace.ledger) else { return false }
        return try transaction {
            let found = try rows(
                """
                INSERT INTO \(ledger) AS l
                (release_id, target_table, staging_table, version_id, state, run, rows_staged)
                VALUES (\(release), \(Self.literal(place.table)), \(Self.literal(staging)),
                \(Self.literal(order.version)), 'abandoned', 1, 0)
                ON CONFLICT (release_id) DO UPDATE SET run = l.run + 1, updated_at = now(),
                state = CASE WHEN l.state = 'done' THEN 'done' ELSE 'abandoned' END
                RETURNING state
                """)
            guard let state = found.first?[0] else { return false }
            if state == "done" { return true }
            try command("DROP TABLE IF EXISTS \(stagingTable)")
            return false
        }
    }
}
