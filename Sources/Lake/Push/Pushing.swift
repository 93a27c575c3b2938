import Kernel
package import Policy

extension Engine {
    /// Brings the rows of `plan` into a recipient's table. Cancelling the calling task stops it within a batch; what was staged stays until
    /// `abandon`, and a later call with the same order goes on from there.
    ///
    /// - Throws: `PushError`, `LakeError.rowsBeyondAllowance`, `cancelled`, and what workers can end with.
    package func push(
        _ plan: OutwardPlan, of manifest: VersionManifest, as order: PushOrder, password: String,
        rowsMax: Int64, pseudonymKey: [UInt8]?, progress: (@Sendable (WorkerProgress) -> Void)? = nil
    ) async throws -> PushReport {
        let query = try EngineQuery(plan.plan, of: source(manifest), pseudonymKey: pseudonymKey)
        return try await supervisor.run(
            PushTask(query: query, order: order, password: password, rowsMax: rowsMax), progress: progress)
    }

    /// What is at the target, and whether these columns could be pushed into it; nothing is touched.
    package func look(
        at order: PushOrder, password: String, for schema: Schema? = nil
    ) async throws -> PushSight {
        try await supervisor.run(
            PushLookTask(order: order, password: password, columns: schema?.map(LakeColumn.init)))
    }

    /// True: the rows are in the table, and nothing was given up.
    package func abandon(_ order: PushOrder, password: String) async throws -> Bool {
        try await supervisor.run(PushAbandonTask(order: order, password: password))
    }
}
