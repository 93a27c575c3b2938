import Foundation
import Kernel
import Postgres
import Web

/// A batch that a department declared complete, and what was found of it: written out whole, or why not.
struct DropBatch: Sendable {
    let id: String
    let period: String?
    /// Nil when the rows were written to the file.
    let refusal: DropFault?
}

/// One look into a department's server, each on a thread of its own: libpq's calls block.
struct DropTableServer: Sendable {
    private static let statementSecondsMax = 600
    private static let rowsOfAFetch = 2_000
    private static let reasonCharactersMax = 2_000

    let place: DropTable.Place
    let password: String?
    let bytesMax: Int

    /// The oldest complete batch, its rows written to `path` as CSV (UTF-8, a header line, rows in the order of their text). Nil when there
    /// is none. One snapshot: what is inserted meanwhile belongs to no batch that is complete.
    func next(columns: [String], into path: String) async throws -> DropBatch? {
        try await blocking {
            let connection = try open()
            try connection.command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            defer { _ = try? connection.command("ROLLBACK") }
            let found = try connection.query(
                """
                SELECT batch_id::text, period::text, row_count::bigint, digest::text FROM \(place.batches)
                WHERE status = 'complete' ORDER BY created_at, batch_id LIMIT 1
                """, [])
            guard found.rowCount == 1, case .text(let id) = try found.value(row: 0, column: 0),
                case .integer(let stated) = try found.value(row: 0, column: 2)
            else { return nil }
            let period = Self.text(try found.value(row: 0, column: 1))
            let digest = Self.text(try found.value(row: 0, column: 3))
            let fault =
                try fault(of: id, stated, digest, columns, connection)
                ?? write(id, columns, to: path, connection)
            return DropBatch(id: id, period: period, refusal: fault)
        }
    }

    /// Tells the department how its batch ended. Nothing happens to one that is not waiting any more.
    func mark(_ batch: String, taken: Bool, because reason: String?) async throws {
        try await blocking {
            let connection = try open()
            let told = reason.map { String($0.prefix(Self.reasonCharactersMax)) }
            _ = try connection.query(
                """
                UPDATE \(place.batches) SET status = $1, reason = $2, ended_at = now()
                WHERE batch_id = $3 AND status = 'complete'
                """, [.text(taken ? "taken" : "refused"), told.map { .text($0) } ?? .null, .text(batch)],
                types: [PostgresValue.textTypeID, PostgresValue.textTypeID, PostgresValue.textTypeID])
        }
    }

    /// Whether both tables are there, with these columns.
    func look(columns: [String]) async throws {
        try await blocking {
            let connection = try open()
            let names = (["batch_id"] + columns).map(DropTable.Place.quoted).joined(separator: ", ")
            _ = try connection.query("SELECT \(names) FROM \(place.rows) LIMIT 0", [])
            _ = try connection.query(
                """
                SELECT batch_id, period, row_count, digest, status, reason, created_at, ended_at
                FROM \(place.batches) LIMIT 0
                """, [])
        }
    }

    // MARK: - Inside

    /// How the rows of a batch are told apart and put in order: as the server writes them.
    private func rowText(_ columns: [String]) -> String {
        "ROW(\(columns.map(DropTable.Place.quoted).joined(separator: ", ")))::text"
    }

    private func fault(
        of id: String, _ stated: Int64, _ digest: String?, _ columns: [String],
        _ connection: PostgresConnection
    ) throws -> DropFault? {
        let row = rowText(columns)
        let sum = digest == nil ? "''" : "coalesce(md5(string_agg(md5(\(row)), '' ORDER BY md5(\(row)))), '')"
        let counted = try connection.query(
            "SELECT count(*)::bigint, \(sum)::text FROM \(place.rows) WHERE batch_id = $1", [.text(id)])
        guard case .integer(let rows) = try counted.value(row: 0, column: 0) else { return nil }
        guard rows == stated else { return .otherCount(stated: stated, found: rows) }
        if let digest, Self.text(try counted.value(row: 0, column: 1)) != digest.lowercased() {
            return .otherDigest
        }
        return rows == 0 ? .noRows : nil
    }

    private func write(
        _ id: String, _ columns: [String], to path: String, _ connection: PostgresConnection
    ) throws -> DropFault? {
        guard
            FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else { throw HookingError.uploadUnwritable }
        defer { try? file.close() }
        let names = columns.map { "\(DropTable.Place.quoted($0))::text" }.joined(separator: ", ")
        _ = try connection.query(
            """
            DECLARE batch NO SCROLL CURSOR FOR SELECT \(names) FROM \(place.rows) WHERE batch_id = $1
            ORDER BY \(rowText(columns))
            """, [.text(id)])
        var bytes = 0
        var piece = Self.line(columns)
        while true {
            let rows = try connection.query("FETCH \(Self.rowsOfAFetch) FROM batch", [])
            for row in 0..<rows.rowCount {
                piece += Self.line(
                    try columns.indices.map { Self.text(try rows.value(row: row, column: $0)) ?? "" })
            }
            bytes += piece.utf8.count
            guard bytes <= bytesMax else { return .tooLarge(bytesMax: bytesMax) }
            try file.write(contentsOf: Data(piece.utf8))
            piece = ""
            if rows.rowCount < Self.rowsOfAFetch { return nil }
        }
    }

    /// RFC 4180, as it stands: what is read back must be what was there.
    private static func line(_ cells: [String]) -> String {
        cells.map { cell in
            cell.contains { $0 == "\"" || $0 == "," || $0.isNewline }
                ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
        }.joined(separator: ",") + "\n"
    }

    private static func text(_ value: PostgresValue) -> String? {
        if case .text(let text) = value { text } else { nil }
    }

    private func open() throws(PostgresFailure) -> PostgresConnection {
        func part(_ text: String) -> String { SubmittedForm.encoded(text) }
        let secret = password.map { ":" + part($0) } ?? ""
        let connection = try PostgresConnection(
            url: "postgres://\(part(place.user))\(secret)@\(place.host):\(place.port)/\(part(place.database))"
        )
        try connection.command("SET statement_timeout = '\(Self.statementSecondsMax)s'")
        return connection
    }

    private func blocking<Answer: Sendable>(
        _ body: @escaping @Sendable () throws -> Answer
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        do { return try body() } catch let failure as PostgresFailure {
                            throw DropFault(failure)
                        }
                    })
            }
        }
    }
}
