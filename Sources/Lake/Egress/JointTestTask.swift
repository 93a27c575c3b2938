import DuckDB
import Foundation
import Glibc
import Kernel
package import Policy

extension Engine {
    /// Runs the plan of a grant over `rows`, which somebody made up, and writes what it lets out. `schema` is that of `rows`; `folder` is
    /// where the engine may put them while it works.
    ///
    /// - Throws: `LakeError.diskFull`, `cancelled`, and what workers can end with.
    package func write(
        _ test: TestPlan, over rows: [[Value]], of schema: Schema, to egress: Egress, in folder: String,
        pseudonymKey: [UInt8]?
    ) async throws -> EgressReport {
        try await supervisor.run(
            JointTestTask(
                made: try MadeParquet(test, rows, schema, in: folder, pseudonymKey: pseudonymKey),
                egress: egress))
    }
}

/// Made-up rows under a grant's plan. They come with the request, so that none of a version can be among them.
struct MadeParquet: Codable, Sendable {
    private static let part = "made.parquet"

    let rows: Data
    let count: Int64
    let query: EngineQuery

    init(
        _ test: TestPlan, _ rows: [[Value]], _ schema: Schema, in folder: String, pseudonymKey: [UInt8]?
    ) throws {
        try test.plan.demand(rows: schema)
        let staged = StagedRows(
            folder: folder, parts: [Self.part], schema: schema, rows: Int64(rows.count),
            sourceFingerprint: nil)
        var encoded: [UInt8] = []
        for row in rows { encoded += RowEncoding.encode(row) }
        self.rows = Data(encoded)
        count = Int64(rows.count)
        query = try EngineQuery(test.plan, of: RowSource(staged), pseudonymKey: pseudonymKey)
    }

    private var path: String { "\(query.source.folder)/\(Self.part)" }

    func remove() { unlink(path) }

    /// Where the plan reads them from.
    func write(on connection: DuckDB.Connection) throws {
        let schema = try query.source.schema()
        let columns = schema.map { "\(DuckDB.Connection.quoted($0.name)) \($0.type.engineName)" }
        try connection.execute("CREATE TEMP TABLE joint_test_rows (\(columns.joined(separator: ", ")))")
        defer { try? connection.execute("DROP TABLE IF EXISTS joint_test_rows") }
        let appender = try Appender(connection, table: "joint_test_rows")
        for row in try RowEncoding.rows([UInt8](rows), columns: schema.count) {
            for value in row { try appender.append(value.parameter) }
            try appender.endRow()
        }
        try appender.close()
        _ = try connection.run(
            "COPY joint_test_rows TO \(DuckDB.Connection.literal(path)) \(parquetOptions)")
    }
}

/// What a grant's plan lets out of made-up rows, into a file.
struct JointTestTask: WorkerTask {
    static let name = "lake.joint-test"

    let made: MadeParquet
    let egress: Egress

    func run(in context: WorkerContext) throws -> EgressReport {
        defer { made.remove() }
        try made.write(on: try context.connect())
        return try WriteTask(query: made.query, egress: egress).run(in: context)
    }
}
