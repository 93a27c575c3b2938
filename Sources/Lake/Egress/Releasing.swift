import Foundation
package import Policy

/// What left as a stream, for the receipt.
package struct StreamReport: Hashable, Sendable {
    package let rowsOut: Int64
    package let rowsWithheld: Int64
    package let contentDigest: String
}

extension Engine {
    /// Writes the rows of `plan` into a file. Cancel the calling task to stop within a batch: no file is left then.
    /// `pseudonymKey` is the HMAC-SM3 key of the plan's purpose, needed when `plan.plan.usesPseudonyms`.
    ///
    /// - Throws: `LakeError.excelTooManyRows`, `rowsBeyondAllowance`, `diskFull`, `cancelled`, and what workers can end with.
    package func write(
        _ plan: OutwardPlan, of manifest: VersionManifest, to egress: Egress, pseudonymKey: [UInt8]?,
        progress: (@Sendable (WorkerProgress) -> Void)? = nil
    ) async throws -> EgressReport {
        let query = try EngineQuery(plan.plan, of: source(manifest), pseudonymKey: pseudonymKey)
        return try await supervisor.run(WriteTask(query: query, egress: egress), progress: progress)
    }

    /// How many rows `write` would give: what a release reserves.
    package func count(
        _ plan: OutwardPlan, of manifest: VersionManifest, pseudonymKey: [UInt8]?
    ) async throws -> Int64 {
        let query = try EngineQuery(plan.plan, of: source(manifest), pseudonymKey: pseudonymKey)
        return try await supervisor.run(CountTask(query: query))
    }

    /// Hands the rows of `plan` to `consume`, batch by batch, in the version's order. The worker waits while `consume` works.
    /// To stop (a revocation), throw from `consume` or cancel the calling task.
    package func stream(
        _ plan: OutwardPlan, of manifest: VersionManifest, pseudonymKey: [UInt8]?, rowsMax: Int64? = nil,
        consume: @escaping @Sendable ([[Value]]) async throws -> Void
    ) async throws -> StreamReport {
        try await rows(plan.plan, of: source(manifest), pseudonymKey, rowsMax, consume)
    }

    /// Rows of an internal plan, for the platform's own reads: they go no further than the caller.
    package func read(
        _ plan: Plan, of source: RowSource, rowsMax: Int64? = nil,
        consume: @escaping @Sendable ([[Value]]) async throws -> Void
    ) async throws -> StreamReport {
        guard case .internal = plan.origin else {
            throw LakeError.engine(detail: "a grant's plan leaves by a release")
        }
        return try await rows(plan, of: source, nil, rowsMax, consume)
    }

    private func rows(
        _ plan: Plan, of source: RowSource, _ pseudonymKey: [UInt8]?, _ rowsMax: Int64?,
        _ consume: @escaping @Sendable ([[Value]]) async throws -> Void
    ) async throws -> StreamReport {
        let columns = plan.outputSchema.count
        let query = try EngineQuery(plan, of: source, pseudonymKey: pseudonymKey)
        let answer = try await supervisor.stream(StreamTask(query: query, rowsMax: rowsMax)) { batch in
            try await consume(RowEncoding.rows(batch, columns: columns))
        }
        return StreamReport(
            rowsOut: answer.rowsOut, rowsWithheld: answer.rowsWithheld, contentDigest: answer.contentDigest)
    }
}

extension RowEncoding {
    package static func rows(_ batch: [UInt8], columns: Int) throws -> [[Value]] {
        try batch.withUnsafeBytes { bytes in
            var rows: [[Value]] = []
            var offset = 0
            while offset < bytes.count, columns > 0 {
                rows.append(try decode(bytes, at: &offset, columns: columns))
            }
            return rows
        }
    }
}
