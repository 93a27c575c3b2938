import Cryptography
import DuckDB
import Foundation
import Kernel
import Policy

/// Brings what a plan lets out into a recipient's table, whole, once. Runs again after whatever ended it: rows that are staged are not sent again, and what
/// is done is only said again.
struct PushTask: WorkerTask {
    static let name = "lake.push"

    let query: EngineQuery
    let order: PushOrder
    /// Crosses the worker's socket only.
    let password: String
    let rowsMax: Int64

    func run(in context: WorkerContext) throws -> PushReport {
        let connection = try context.connect()
        query.prepare(context)
        let schema = try query.schema()
        let session = try order.session(password: password, schema, isCancelled: context.isCancelled)
        return try bring(session, schema, context, connection)
    }

    func bring(
        _ session: any PushSession, _ schema: Schema, _ context: WorkerContext,
        _ connection: DuckDB.Connection
    ) throws -> PushReport {
        let total = try query.source.rows(on: connection)
        let table = try session.look()
        let record = try session.take()
        try context.checkCancelled()
        if record.state == .abandoned { throw PushError.abandoned }
        if record.state == .done {
            let sent = try send(nil, after: .max, context, connection)
            guard record.contentDigest == sent.content.contentDigest else { throw PushError.recordDiffers }
            try session.dropStaging()
            return report(sent, total, wasDone: true, rowsResumed: sent.content.rows)
        }
        let fits = try session.fits(schema, order, table)
        let staged = try session.openStaging(record, fits)
        let sent = try send(session, after: staged, context, connection)
        try context.checkCancelled()
        context.report(WorkerProgress(rows: sent.content.rows, step: Message("push.step.finishing")))
        try session.finish(sent.content, table, fits)
        return report(sent, total, wasDone: false, rowsResumed: staged)
    }

    private struct Sent {
        let content: PushedContent
        let bytes: Int64
    }

    private func report(_ sent: Sent, _ total: Int64, wasDone: Bool, rowsResumed: Int64) -> PushReport {
        PushReport(
            rowsOut: sent.content.rows, rowsWithheld: total - sent.content.rows, bytes: sent.bytes,
            contentDigest: sent.content.contentDigest, wasDone: wasDone, rowsResumed: rowsResumed)
    }

    /// Every row is read and digested, also those that are there already: the engine gives them in one order.
    private func send(
        _ session: (any PushSession)?, after staged: Int64, _ context: WorkerContext,
        _ connection: DuckDB.Connection
    ) throws -> Sent {
        let schema = try query.schema()
        var digest = try ContentDigest(schema)
        var sequence = RunningDigest(.sha256)
        var row: Int64 = 0
        var bytes: Int64 = 0
        var batch = 0
        try context.forEachRow(of: query.statement(), query.bound, schema: schema, on: connection) {
            encoded in
            row += 1
            if row > rowsMax { throw LakeError.rowsBeyondAllowance(rows: row, rowsMax: rowsMax) }
            digest.add(encoded)
            sequence.update(encoded)
            bytes += Int64(encoded.count)
            guard row > staged, let session else { return }
            try session.append(encoded, number: row)
            batch += 1
            guard batch >= order.batchRows else { return }
            batch = 0
            try session.endBatch(rowsStaged: row)
            context.report(
                WorkerProgress(
                    fraction: Double(row) / Double(max(1, rowsMax)), rows: row,
                    step: Message("push.step.staging")))
        }
        if batch > 0 { try session?.endBatch(rowsStaged: row) }
        return Sent(
            content: PushedContent(
                rows: row, sequence: sequence.finish().hex, contentDigest: digest.text), bytes: bytes)
    }
}

/// Looks at a target without touching it.
struct PushLookTask: WorkerTask {
    static let name = "lake.push-look"

    let order: PushOrder
    let password: String
    /// What would be pushed; nil only looks whether the server answers.
    let columns: [LakeColumn]?

    func run(in context: WorkerContext) throws -> PushSight {
        let schema = try (columns ?? []).map { try $0.column() }
        let session = try order.session(password: password, schema, isCancelled: context.isCancelled)
        let table = try session.look()
        var definition: String?
        if columns != nil {
            _ = try session.fits(schema, order, table)
            definition = session.definition(
                of: schema.compactMap { column in
                    var fit = session.fit(column, in: nil)
                    fit?.isKey = order.keyColumns.contains(column.name)
                    return fit
                })
        }
        return PushSight(
            server: try session.serverName(),
            columns: table.map { $0.columns.map { "\($0.name) \($0.declared)" } }, definition: definition,
            rightsMissing: try session.rightsMissing(table))
    }
}

/// Gives a release up at its target: its staging table goes, and no run of it can go on. Answers whether the rows are in the table already; then nothing
/// is given up.
struct PushAbandonTask: WorkerTask {
    static let name = "lake.push-abandon"

    let order: PushOrder
    let password: String

    func run(in context: WorkerContext) throws -> Bool {
        try order.session(password: password, [], isCancelled: context.isCancelled).abandon()
    }
}
