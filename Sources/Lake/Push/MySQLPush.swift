import Kernel
import MySQL
import Policy

/// Pushes into a table of MySQL or MariaDB: batches by INSERT of many rows; the rows move into the table, are read back and noted as done in one
/// transaction. Definitions are no part of transactions there, so a table that is to be made is made empty before, and its rows come in that one.
final class MySQLPush: PushSession {
    /// Of one statement; the server's own limit may be lower.
    private static let statementBytes = 1 << 20
    /// What a text key may hold: an index takes no longer ones.
    static let keyCharactersMax = 255

    let place: PushPlace
    let order: PushOrder
    let schema: Schema
    let staging: String
    private let connection: MySQLConnection
    private let isCancelled: @Sendable () -> Bool
    private var watch: CancelWatch?
    private var run: Int64 = 0
    private var isInBatch = false
    private var statementBytesMax = MySQLPush.statementBytes
    private var statement: [UInt8] = []
    private var head: [UInt8] = []
    private var columns: [PushedColumn] = []

    init(
        _ order: PushOrder, password: String, _ schema: Schema, isCancelled: @escaping @Sendable () -> Bool
    ) throws {
        place = order.place
        self.order = order
        self.schema = schema
        self.isCancelled = isCancelled
        staging = order.place.staging(of: order.release)
        var server = MySQLConnection.Place(
            host: place.host, port: place.port, database: place.database, user: place.user,
            password: password)
        server.silentSecondsMax = order.statementSecondsMax
        let target = server
        do throws(MySQLFailure) { connection = try MySQLConnection(target) } catch {
            throw PushError.away(error.message)
        }
        let id = connection.id
        watch = CancelWatch(isCancelled, secondsMax: order.statementSecondsMax) {
            // When it cannot be told, the server finds out by its own time limit.
            try? MySQLConnection(target).execute("KILL QUERY \(id)")
        }
        try execute(
            "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_BACKSLASH_ESCAPES,NO_ZERO_DATE,NO_ZERO_IN_DATE'")
        try execute("SET SESSION time_zone = '+08:00'")
        try execute("SET SESSION innodb_lock_wait_timeout = \(order.lockSecondsMax)")
        try execute("SET SESSION lock_wait_timeout = \(order.lockSecondsMax)")
        try execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        if let packet = try rows("SELECT @@max_allowed_packet").first?.first.flatMap({ $0 }).flatMap({
            Int($0)
        }) {
            statementBytesMax = min(Self.statementBytes, packet / 2)
        }
    }

    deinit { watch?.end() }

    // MARK: - Words of the dialect

    static func quoted(_ name: String) -> String { MySQLConnection.quoted(name) }
    func literal(_ text: String) -> String { MySQLConnection.literal(text) }
    func qualified(_ name: String) -> String {
        "\(Self.quoted(place.database)).\(Self.quoted(name))"
    }
    var table: String { qualified(place.table) }
    private var stagingTable: String { qualified(staging) }
    var ledger: String { qualified(PushPlace.ledger) }
    private var columnList: String { schema.map { Self.quoted($0.name) }.joined(separator: ", ") }
    var keyList: String { order.keyColumns.map(Self.quoted).joined(separator: ", ") }
    private var release: String { "'\(order.release.text)'" }

    func isSameName(_ left: String, _ right: String) -> Bool { left.lowercased() == right.lowercased() }

    // MARK: - Asking

    func execute(_ sql: String) throws {
        do throws(MySQLFailure) { try connection.execute(sql) } catch { throw failure(error) }
    }

    func rows(_ sql: String) throws -> [[String?]] {
        do throws(MySQLFailure) { return try connection.rows(sql) } catch { throw failure(error) }
    }

    private func failure(_ error: MySQLFailure) -> any Error {
        if isCancelled() { return LakeError.cancelled }
        if error.isLost { return PushError.away(error.message) }
        if error.isRefusedRight { return PushError.rightMissing(error.message) }
        if error.isHeld { return PushError.held(error.message) }
        return PushError.refused(error.quotesNothing)
    }

    private func checkCancelled() throws {
        if isCancelled() { throw LakeError.cancelled }
    }

    private func transaction<Answer>(_ body: () throws -> Answer) throws -> Answer {
        try checkCancelled()
        try execute("START TRANSACTION")
        do {
            let answer = try body()
            try checkCancelled()
            try execute("COMMIT")
            return answer
        } catch {
            try? connection.execute("ROLLBACK")
            throw error
        }
    }

    // MARK: - Looking

    func serverName() throws -> String {
        let version = try rows("SELECT VERSION()").first?.first.flatMap { $0 } ?? ""
        return connection.isMariaDB ? version : "MySQL \(version)"
    }

    /// The server answers what a statement may do by doing it; nothing is told before.
    func rightsMissing(_ table: TargetTable?) throws -> [String] { [] }

    func isThere(_ name: String) throws -> Bool {
        try !rows(
            """
            SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = \(literal(place.database))
            AND TABLE_NAME = \(literal(name))
            """
        ).isEmpty
    }

    func look(at table: String) throws -> TargetTable? {
        let (database, name, told) = (literal(place.database), literal(table), "\(place.database).\(table)")
        let found = try rows(
            """
            SELECT TABLE_TYPE, ENGINE FROM information_schema.TABLES
            WHERE TABLE_SCHEMA = \(database) AND TABLE_NAME = \(name)
            """)
        guard let kind = found.first else { return nil }
        guard kind[0] == "BASE TABLE" else { throw PushError.notATable(told) }
        guard kind[1] == "InnoDB" else {
            throw PushError.withoutTransactions(table: told, engine: kind[1] ?? "?")
        }
        let columns = try rows(
            """
            SELECT COLUMN_NAME, COLUMN_TYPE, CHARACTER_SET_NAME, COLLATION_NAME, IS_NULLABLE, COLUMN_DEFAULT, EXTRA
            FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = \(database) AND TABLE_NAME = \(name)
            ORDER BY ORDINAL_POSITION
            """)
        let indexed = try rows(
            """
            SELECT INDEX_NAME, COLUMN_NAME, SUB_PART FROM information_schema.STATISTICS
            WHERE TABLE_SCHEMA = \(database) AND TABLE_NAME = \(name) AND NON_UNIQUE = 0
            """)
        let keys = Dictionary(grouping: indexed) { $0[0] ?? "" }
        return TargetTable(
            columns: columns.map(Self.column),
            // Of a prefix it would say that rows are the same which are not.
            uniqueKeys: keys.values.filter { rows in rows.allSatisfy { $0[2] == nil } }
                .map { rows in Set(rows.compactMap { $0[1] }) })
    }

    private static func column(_ row: [String?]) -> TargetColumn {
        let declared = row[1] ?? ""
        var definition = declared
        if let characters = row[2], let collation = row[3] {
            definition += " CHARACTER SET \(characters) COLLATE \(collation)"
        }
        let hasDefault = (row[5] != nil && row[5] != "NULL") || !(row[6] ?? "").isEmpty
        return TargetColumn(
            name: row[0] ?? "", declared: declared, characters: row[2], definition: definition,
            isNullable: row[4] == "YES", hasDefault: hasDefault)
    }

    func definition(of fits: [ColumnFit]) -> String {
        var lines = fits.map { fit in
            "    \(Self.quoted(fit.name)) \(fit.staged)\(fit.isKey ? " NOT NULL" : " NULL")"
        }
        if !order.keyColumns.isEmpty { lines.append("    PRIMARY KEY (\(keyList))") }
        return "CREATE TABLE \(table) (\n\(lines.joined(separator: ",\n"))\n) ENGINE=InnoDB\(testComment);"
    }

    func indexDefinition() -> String { "ALTER TABLE \(table) ADD UNIQUE (\(keyList));" }

    // MARK: - Record and staging

    func take() throws -> PushRecord {
        if try !isThere(PushPlace.ledger) {
            try execute(
                """
                CREATE TABLE IF NOT EXISTS \(ledger) (release_id VARCHAR(36) CHARACTER SET ascii PRIMARY KEY,
                target_table VARCHAR(64) NOT NULL, staging_table VARCHAR(64) NOT NULL, version_id VARCHAR(36) NOT NULL,
                state VARCHAR(16) NOT NULL, run BIGINT NOT NULL, rows_staged BIGINT NOT NULL, rows_out BIGINT,
                content_digest VARCHAR(80), table_made TINYINT NOT NULL,
                updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP)
                ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
                """)
        }
        return try transaction {
            try execute(
                """
                INSERT IGNORE INTO \(ledger) (release_id, target_table, staging_table, version_id, state, run,
                rows_staged, table_made) VALUES (\(release), \(literal(place.table)), \(literal(staging)),
                \(literal(order.version)), 'staging', 0, 0, 0)
                """)
            try execute("UPDATE \(ledger) SET run = run + 1 WHERE release_id = \(release)")
            let found = try rows(
                "SELECT state, rows_staged, content_digest, run FROM \(ledger) WHERE release_id = \(release)")
            guard let row = found.first, let state = row[0].flatMap(PushRecord.State.init) else {
                throw PushError.recordDiffers
            }
            run = row[3].flatMap { Int64($0) } ?? 0
            return PushRecord(
                state: state, rowsStaged: row[1].flatMap { Int64($0) } ?? 0, contentDigest: row[2])
        }
    }

    /// With the target's own types, so that what is staged is what the table will hold.
    func openStaging(_ record: PushRecord, _ fits: [ColumnFit]) throws -> Int64 {
        columns = PushedColumn.of(schema, fits)
        if record.rowsStaged > 0, try isThere(staging) {
            let counted = try rows("SELECT count(*) FROM \(stagingTable)").first?.first
            if counted == String(record.rowsStaged) { return record.rowsStaged }
        }
        try transaction { try fence("rows_staged = 0") }
        try execute("DROP TABLE IF EXISTS \(stagingTable)")
        let definitions = fits.map { "\(Self.quoted($0.name)) \($0.staged) NULL" }.joined(separator: ", ")
        try execute("CREATE TABLE \(stagingTable) (\(definitions)) ENGINE=InnoDB")
        return 0
    }

    /// Only the run that took the release last may write on: whoever was before it waits for its lock here, and finds it gone.
    private func fence(_ change: String) throws {
        let held = try rows(
            """
            SELECT 1 FROM \(ledger) WHERE release_id = \(release) AND run = \(run) AND state = 'staging'
            FOR UPDATE
            """)
        guard !held.isEmpty else { throw PushError.overtaken }
        try execute(
            "UPDATE \(ledger) SET \(change), updated_at = UTC_TIMESTAMP() WHERE release_id = \(release)")
    }

    // MARK: - Rows

    func append(_ row: UnsafeRawBufferPointer, number: Int64) throws {
        if !isInBatch {
            try checkCancelled()
            try execute("START TRANSACTION")
            try fence("state = 'staging'")
            isInBatch = true
            head = Array("INSERT INTO \(stagingTable) (\(columnList)) VALUES ".utf8)
        }
        if statement.isEmpty {
            statement.append(contentsOf: head)
        } else {
            statement.append(UInt8(ascii: ","))
        }
        statement.append(UInt8(ascii: "("))
        var cells = PushCells(row)
        for index in columns.indices {
            if index > 0 { statement.append(UInt8(ascii: ",")) }
            let cell = try cells.next()
            try columns[index].check(cell, row: number)
            MySQLText.append(cell, scale: columns[index].scale, to: &statement)
        }
        statement.append(UInt8(ascii: ")"))
        if statement.count >= statementBytesMax { try send() }
    }

    private func send() throws {
        guard !statement.isEmpty else { return }
        try checkCancelled()
        do throws(MySQLFailure) { try connection.execute(bytes: statement) } catch { throw failure(error) }
        statement.removeAll(keepingCapacity: true)
    }

    func endBatch(rowsStaged: Int64) throws {
        guard isInBatch else { return }
        try send()
        try fence("rows_staged = \(rowsStaged)")
        try checkCancelled()
        try execute("COMMIT")
        isInBatch = false
    }

    func finish(_ content: PushedContent, _ table: TargetTable?, _ fits: [ColumnFit]) throws {
        if !order.keyColumns.isEmpty { try demandDistinctKeys() }
        if table == nil {
            // Noted first: what was made for this push goes away with it.
            try transaction { try fence("table_made = 1") }
            let text = definition(of: fits).replacing("CREATE TABLE ", with: "CREATE TABLE IF NOT EXISTS ")
            try execute(String(text.dropLast()))
        }
        try transaction {
            try fence("state = 'staging'")
            if order.manner == .replace {
                try execute("DELETE FROM \(self.table)")
                try execute(
                    "INSERT INTO \(self.table) (\(columnList)) SELECT \(columnList) FROM \(stagingTable)")
            } else {
                try upsert()
            }
            try checkCancelled()
            try readBack(content)
            try fence(
                "rows_out = \(content.rows), content_digest = \(literal(content.contentDigest)), state = 'done'"
            )
        }
        try? dropStaging()
    }

    private func upsert() throws {
        let others = schema.map(\.name).filter { !order.keyColumns.contains($0) }
        let changed = (others.isEmpty ? order.keyColumns : others).map(Self.quoted)
            .map { "\($0) = VALUES(\($0))" }.joined(separator: ", ")
        try execute(
            """
            INSERT INTO \(table) (\(columnList)) SELECT \(columnList) FROM \(stagingTable)
            ON DUPLICATE KEY UPDATE \(changed)
            """)
    }

    private func demandDistinctKeys() throws {
        let repeated = try rows(
            """
            SELECT count(*) FROM (SELECT 1 FROM \(stagingTable) GROUP BY \(keyList) HAVING count(*) > 1) t
            """)
        guard let count = repeated.first?[0].flatMap({ Int64($0) }), count > 0 else { return }
        throw PushError.keyRepeated(order.keyColumns, count: count)
    }

    func dropStaging() throws { try execute("DROP TABLE IF EXISTS \(stagingTable)") }

    func abandon() throws -> Bool {
        guard try isThere(PushPlace.ledger) else { return false }
        let (state, wasMade) = try transaction { () -> (String?, Bool) in
            try execute(
                """
                INSERT IGNORE INTO \(ledger) (release_id, target_table, staging_table, version_id, state, run,
                rows_staged, table_made) VALUES (\(release), \(literal(place.table)), \(literal(staging)),
                \(literal(order.version)), 'abandoned', 1, 0, 0)
                """)
            let found = try rows(
                "SELECT state, table_made FROM \(ledger) WHERE release_id = \(release) FOR UPDATE")
            guard let row = found.first else { return (nil, false) }
            if row[0] != "done" {
                try execute(
                    "UPDATE \(ledger) SET run = run + 1, state = 'abandoned' WHERE release_id = \(release)")
            }
            return (row[0], row[1] == "1")
        }
        guard let state else { return false }
        if state == "done" { return true }
        try dropStaging()
        if wasMade, try isThere(place.table), try rows("SELECT 1 FROM \(table) LIMIT 1").isEmpty {
            try execute("DROP TABLE \(table)")
        }
        return false
    }

    // MARK: - Reading back

    /// The rows as readers will see them, in the transaction that lets them.
    private func readBack(_ content: PushedContent) throws {
        let columns = schema.map { "t.\(Self.quoted($0.name))" + ($0.type == .boolean ? " + 0" : "") }
            .joined(separator: ", ")
        var source = "\(table) t"
        if order.manner == .upsert {
            let join = order.keyColumns.map(Self.quoted).map { "t.\($0) = s.\($0)" }
            source = "\(stagingTable) s STRAIGHT_JOIN \(table) t ON \(join.joined(separator: " AND "))"
        }
        let found = ReadContent(schema)
        for mode in ReadContent.Mode.allCases where try !found.begin(mode, content) {
            do throws(MySQLFailure) {
                let answer = try connection.query("SELECT \(columns) FROM \(source)")
                while try answer.next() {
                    found.add { bytes in
                        for (position, column) in schema.enumerated()
                        where !MySQLText.decode(answer.cell(position), column.type, to: &bytes) {
                            return false
                        }
                        return true
                    }
                }
            } catch { throw failure(error) }
            try checkCancelled()
        }
        try found.demand(content)
    }
}

extension MySQLFailure {
    /// Some errors quote the value that does not fit: only what they are about is told.
    fileprivate var quotesNothing: String {
        [1062, 1265, 1292, 1366, 1406, 1264, 1048].contains(code) ? "error \(code)" : message
    }
}
