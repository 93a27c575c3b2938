import DuckDB
package import Policy

extension Engine {
    /// Counts what the terms of `run` would let out of `source`: one scan, no row comes back.
    ///
    /// - Throws: `LakeError.workerTimedOut` after `secondsMax`, and what workers can end with.
    package func dryRun(_ run: DryRun, of source: RowSource, secondsMax: Int) async throws -> DryRunCounts {
        guard run.read.origin == .internal(.dryRun) else {
            throw LakeError.engine(detail: "a dry run reads under its own purpose")
        }
        let rows = try EngineQuery(run.read, of: source, pseudonymKey: nil)
        let figures = try await supervisor.run(
            DryRunTask(
                statement: run.statement(from: "(\(try rows.statement()))"),
                parameters: WireRow(run.parameters)), secondsMax: secondsMax)
        guard let counts = run.counts(figures) else {
            throw LakeError.protocolBroken(detail: "\(figures.count) figures")
        }
        return counts
    }
}

/// The counts of a dry run.
struct DryRunTask: WorkerTask {
    static let name = "lake.dry-run"

    let statement: String
    let parameters: WireRow

    func run(in context: WorkerContext) throws -> [Int64] {
        let answer = try context.connect().rows(statement, parameters.values.map(\.parameter))
        return answer.first?.map { $0.integer ?? 0 } ?? []
    }
}
