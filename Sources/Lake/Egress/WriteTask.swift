import Cryptography
import DuckDB
import Foundation
import Glibc
import Kernel
import Policy

/// Writes what a plan lets out into a file.
struct WriteTask: WorkerTask {
    static let name = "lake.release-file"

    let query: EngineQuery
    let egress: Egress

    func run(in context: WorkerContext) throws -> EgressReport {
        let connection = try context.connect()
        query.prepare(context)
        let total = try query.source.rows(on: connection)
        let written =
            switch egress.format {
            case .csv: try writeCSV(context, connection, expecting: count(connection))
            case .excel: try writeExcel(context, connection, expecting: count(connection))
            case .parquet: try writeParquet(context, connection)
            }
        return EgressReport(
            rowsOut: written.rows, rowsWithheld: total - written.rows, bytes: written.bytes,
            sha256: written.sha256, contentDigest: written.digest,
            formulaCellsDefused: written.formulaCellsDefused)
    }

    /// How many rows there will be, none of which is written when they are too many.
    private func count(_ connection: DuckDB.Connection) throws -> Int64 {
        let out = try query.count(on: connection)
        if egress.format == .excel, out >= Egress.excelRowsMax {
            throw LakeError.excelTooManyRows(rows: out, rowsMax: Egress.excelRowsMax - 1)
        }
        try demandAllowed(out)
        return out
    }

    private func demandAllowed(_ rows: Int64) throws {
        if let max = egress.rowsMax, rows > max {
            throw LakeError.rowsBeyondAllowance(rows: rows, rowsMax: max)
        }
    }

    private struct Written {
        let rows: Int64
        let bytes: Int64
        let sha256: String
        let digest: String
        var formulaCellsDefused: Int64 = 0
    }

    /// Each row is digested from the same vectors that it is written from.
    private func eachRow(
        _ context: WorkerContext, _ connection: DuckDB.Connection, expecting rows: Int64,
        _ body: (Chunk, Int) throws -> Void
    ) throws -> ContentDigest {
        let schema = try query.schema()
        var digest = try ContentDigest(schema)
        let result = try connection.query(query.statement(), query.bound)
        let encoder = try RowEncoder(schema, result.types)
        while let chunk = try result.next() {
            try context.checkCancelled()
            encoder.read(chunk.vectors)
            for row in 0..<chunk.count {
                digest.add(encoder.encode(row))
                try body(chunk, row)
            }
            context.report(
                WorkerProgress(fraction: Double(digest.count) / Double(max(1, rows)), rows: digest.count))
        }
        guard digest.count == rows else {
            throw LakeError.engine(detail: "\(digest.count) rows were written, \(rows) were counted")
        }
        return digest
    }

    private func writeCSV(
        _ context: WorkerContext, _ connection: DuckDB.Connection, expecting rows: Int64
    ) throws -> Written {
        var text = CSVText(try query.schema())
        let file = try OutputFile(egress.path)
        try file.append { out in
            if egress.byteOrderMark { out.append(contentsOf: CSVText.byteOrderMark) }
            text.appendHeader(to: &out)
        }
        let digest = try eachRow(context, connection, expecting: rows) { chunk, row in
            try file.append { text.append(chunk, row: row, to: &$0) }
        }
        let sha256 = try file.finish()
        return Written(
            rows: digest.count, bytes: file.bytes, sha256: sha256, digest: digest.text,
            formulaCellsDefused: text.formulaCellsDefused)
    }

    private func writeExcel(
        _ context: WorkerContext, _ connection: DuckDB.Connection, expecting rows: Int64
    ) throws -> Written {
        let draft = egress.path + ".draft"
        let sheet = try ExcelSheet(
            query.schema(), draft: draft, temporaryFolder: context.limits.temporaryFolder,
            footLine: egress.footLine, sheetName: egress.mark)
        let digest = try eachRow(context, connection, expecting: rows) { try sheet.append($0, row: $1) }
        try sheet.finish()
        return try settle(draft, digest, context)
    }

    private func writeParquet(_ context: WorkerContext, _ connection: DuckDB.Connection) throws -> Written {
        let draft = egress.path + ".draft"
        let target = DuckDB.Connection.literal(draft)
        do {
            // Not counted before: the draft is no file yet, and goes when it holds too many rows.
            let rows = try connection.run(
                "COPY (\(try query.statement())) TO \(target) \(Self.parquetOptions(egress.mark))",
                query.bound)
            try demandAllowed(rows)
            // Digested as it can be read again, not as it was meant.
            let digest = try context.contentDigest(
                of: "read_parquet([\(target)])", schema: query.schema(), on: connection)
            guard digest.count == rows else {
                throw LakeError.engine(detail: "\(rows) rows were written, \(digest.count) read back")
            }
            return try settle(draft, digest, context)
        } catch {
            unlink(draft)
            throw error
        }
    }

    private static func parquetOptions(_ mark: String?) -> String {
        guard let mark else { return Lake.parquetOptions }
        let open = Lake.parquetOptions.prefix { $0 != ")" }
        return "\(open), KV_METADATA {'headwaters': \(DuckDB.Connection.literal(mark))})"
    }

    private func settle(_ draft: String, _ digest: ContentDigest, _ context: WorkerContext) throws -> Written
    {
        do {
            let (bytes, sha256) = try FileDigest.of(draft, check: context.checkCancelled)
            try Durable.sync(draft)
            try Durable.rename(draft, to: egress.path)
            return Written(rows: digest.count, bytes: bytes, sha256: sha256, digest: digest.text)
        } catch {
            unlink(draft)
            throw error
        }
    }
}

/// Hands out what a plan lets out as batches of encoded rows.
struct StreamTask: WorkerTask {
    static let name = "lake.release-stream"
    static let batchBytes = 1 << 18

    let query: EngineQuery
    let rowsMax: Int64?

    struct Answer: Codable, Sendable {
        let rowsOut: Int64
        let rowsWithheld: Int64
        let contentDigest: String
    }

    func run(in context: WorkerContext) throws -> Answer {
        let connection = try context.connect()
        query.prepare(context)
        let total = try query.source.rows(on: connection)
        if let rowsMax {
            let out = try query.count(on: connection)
            if out > rowsMax { throw LakeError.rowsBeyondAllowance(rows: out, rowsMax: rowsMax) }
        }
        let schema = try query.schema()
        var digest = try ContentDigest(schema)
        var batch: [UInt8] = []
        try context.forEachRow(of: query.statement(), query.bound, schema: schema, on: connection) { row in
            digest.add(row)
            batch.append(contentsOf: row)
            if batch.count >= Self.batchBytes {
                try context.emit(batch)
                batch.removeAll(keepingCapacity: true)
            }
        }
        if !batch.isEmpty { try context.emit(batch) }
        return Answer(
            rowsOut: digest.count, rowsWithheld: total - digest.count, contentDigest: digest.text)
    }
}

/// Counts what a plan lets out, before anything of it leaves.
struct CountTask: WorkerTask {
    static let name = "lake.release-count"

    let query: EngineQuery

    func run(in context: WorkerContext) throws -> Int64 {
        let connection = try context.connect()
        query.prepare(context)
        return try query.count(on: connection)
    }
}
