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
        try test.plan.demand(rows: schema)
        let staged = StagedRows(
            folder: folder, parts: [JointTestTask.part], schema: schema, rows: Int64(rows.count),
            sourceFingerprint: nil)
        var encoded: [UInt8] = []
        for row in rows { encoded += RowEncoding.encode(row) }
        return try await supervisor.run(
            JointTestTask(
                rows: Data(encoded),
                query: try EngineQuery(test.plan, of: RowSource(staged), pseudonymKey: pseudonymKey),
                egress: egress))
    }
}

/// Made-up rows through a grant's plan into a file. They come with the request, so that none of a version can be among them.
struct JointTestTask: WorkerTask {
    static let name = "lake.joint-test"
    static let part = "made.parquet"

    let rows: Data
    let query: EngineQuery
    let egress: Egress

    func run(in context: WorkerContext) throws -> EgressReport {
        let path = "\(query.source.folder)/\(Self.part)"
        defer { unlink(path) }
        let connection = try context.connect()
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
        return try WriteTask(query: query, egress: egress).run(in: context)
    }
}
