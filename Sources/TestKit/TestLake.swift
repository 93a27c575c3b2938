import DuckDB
import Foundation
package import Kernel
package import Lake
package import Policy

extension TestEngine {
    /// The front door over this folder.
    package func engine() throws -> Engine {
        try Engine(folder: LakeFolder(root: folder), supervisor: supervisor)
    }

    /// Stages what `statements` select, one Parquet file each, by an engine of this process.
    package func stage(_ schema: Schema, _ statements: [String], options: String = "") throws -> StagedRows {
        let staging = "\(folder)/lake/staging/\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: staging, withIntermediateDirectories: true)
        let connection = try DuckDB.Database().connect()
        var parts: [String] = []
        var rows: Int64 = 0
        for (number, statement) in statements.enumerated() {
            let part = "part-0000\(number).parquet"
            let target = DuckDB.Connection.literal("\(staging)/\(part)")
            rows += try connection.run("COPY (\(statement)) TO \(target) (FORMAT parquet\(options))")
            parts.append(part)
        }
        return StagedRows(
            folder: staging, parts: parts, schema: schema, rows: rows, sourceFingerprint: "sample")
    }

    /// Stages and publishes in one go.
    package func publish(
        _ schema: Schema, _ statements: [String], options: String = "", of entry: EntryID = .new(),
        replacing current: VersionManifest? = nil
    ) async throws -> Publication {
        try await engine().publish(
            stage(schema, statements, options: options), as: .new(), of: entry, replacing: current,
            at: Instant(microseconds: 1_795_000_000_000_000))
    }
}
