import Foundation
import Kernel

extension Database {
    /// Fills tables from files that `copy` wrote, in one transaction: all of them or none. The schema must be there, and what its
    /// migrations put into these tables is replaced.
    ///
    /// - Throws: `DatabaseCopyError`, naming the file.
    package func fill(_ tables: [String], from folder: String) async throws {
        try await write { connection in
            let shapes = try TableShape.all(in: connection).filter { tables.contains($0.name) }
            guard shapes.count == tables.count else {
                let known = Set(shapes.map(\.name))
                throw DatabaseCopyError.columnsDiffer(
                    tables.first { !known.contains($0) }.map { "\(folder)/\($0).jsonl" } ?? folder)
            }
            try Self.checkingReferencesLast(in: connection) {
                for shape in shapes { try connection.execute("DELETE FROM \(raw: shape.name)") }
                for shape in shapes { try shape.fill(from: "\(folder)/\(shape.name).jsonl", in: connection) }
                try Self.continueCounters(in: connection)
            }
        }
    }

    /// Throws unless nothing has been made in the database yet.
    package func requireEmpty() async throws {
        let tables = try await read { try TableShape.all(in: $0) }
        guard tables.isEmpty else { throw DatabaseCopyError.notEmpty }
    }

    /// Drops every table: for a database that was empty when we came.
    package func dropTables() async throws {
        try await write { connection in
            let names = try TableShape.all(in: connection).map(\.name)
            try Self.checkingReferencesLast(in: connection) {
                for name in names {
                    try connection.execute(
                        "DROP TABLE \(raw: name)\(raw: connection.dialect == .postgres ? " CASCADE" : "")")
                }
            }
        }
    }

    /// Rows may come before those that they refer to; when `body` is done, every reference must hold.
    private static func checkingReferencesLast(in connection: any Connection, _ body: () throws -> Void)
        throws
    {
        guard connection.dialect == .postgres else {
            // Until the end of this transaction.
            try connection.execute("PRAGMA defer_foreign_keys = ON")
            return try body()
        }
        let references = try connection.rows(
            """
            SELECT r.relname AS name, c.conname AS reference FROM pg_constraint c
            JOIN pg_class r ON r.oid = c.conrelid JOIN pg_namespace n ON n.oid = r.relnamespace
            WHERE c.contype = 'f' AND n.nspname = current_schema() ORDER BY r.relname, c.conname
            """
        ).map { (try $0.value("name", as: String.self), try $0.value("reference", as: String.self)) }
        func alter(_ word: String, _ those: [(String, String)]) throws {
            for (table, reference) in those {
                try connection.execute(
                    "ALTER TABLE \"\(raw: table)\" ALTER CONSTRAINT \"\(raw: reference)\" \(raw: word)")
            }
        }
        try alter("DEFERRABLE INITIALLY DEFERRED", references)
        try body()
        try connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        let left = Set(try TableShape.all(in: connection).map(\.name))
        try alter("NOT DEFERRABLE", references.filter { left.contains($0.0) })
    }

    /// Keys that PostgreSQL gives out go on after the greatest that was filled in, as SQLite's do by themselves.
    private static func continueCounters(in connection: any Connection) throws {
        guard connection.dialect == .postgres else { return }
        let counters = try connection.rows(
            """
            SELECT table_name::text AS name, column_name::text AS counter FROM information_schema.columns
            WHERE table_schema = current_schema() AND is_identity = 'YES' ORDER BY table_name
            """)
        for row in counters {
            let (table, column): (String, String) = (try row.value("name"), try row.value("counter"))
            _ = try connection.rows(
                """
                SELECT setval(pg_get_serial_sequence(\(table), \(column)), furthest) AS next
                FROM (SELECT MAX(\(raw: column)) AS furthest FROM \(raw: table)) AS filled
                WHERE furthest IS NOT NULL
                """)
        }
    }
}

extension TableShape {
    fileprivate func fill(from path: String, in connection: any Connection) throws {
        let lines = try CopyLines(path)
        guard let head = try lines.next(), let named = head.array?.map(\.string), named == columns else {
            throw DatabaseCopyError.columnsDiffer(path)
        }
        let insertion = Insertion(into: name, columns.map { "\"\($0)\"" })
        var batch: [[SQLValue]] = []
        while let line = try lines.next() {
            let values = line.array?.compactMap(DatabaseCopy.value) ?? []
            guard values.count == columns.count else {
                throw DatabaseCopyError.lineMalformed(path, line: lines.count)
            }
            batch.append(values)
            if batch.count == DatabaseCopy.rowsPerRead {
                try connection.insert(batch, insertion)
                batch.removeAll(keepingCapacity: true)
            }
        }
        try connection.insert(batch, insertion)
    }
}

/// The lines of a copy's file, one at a time.
private final class CopyLines {
    private static let blockBytes = 1 << 20
    private let path: String
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false
    /// Lines read so far.
    private(set) var count: Int64 = 0

    init(_ path: String) throws(DatabaseCopyError) {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw .fileUnreadable(path, reason: String(cString: strerror(errno)))
        }
        self.path = path
        self.handle = handle
    }

    deinit { try? handle.close() }

    /// Nil at the end. A last line without its line feed was cut off.
    func next() throws -> JSON? {
        while true {
            if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
                count += 1
                let line = Array(buffer[start..<end])
                start = end + 1
                do {
                    return try JSON.parse(line, limits: JSON.Limits(bytesMax: DatabaseCopy.lineBytesMax))
                } catch {
                    throw DatabaseCopyError.lineMalformed(path, line: count)
                }
            }
            guard !isAtEnd, buffer.count - start <= DatabaseCopy.lineBytesMax else {
                if start == buffer.count { return nil }
                throw DatabaseCopyError.lineMalformed(path, line: count + 1)
            }
            buffer.removeFirst(start)
            start = 0
            let block = try handle.read(upToCount: Self.blockBytes) ?? Data()
            isAtEnd = block.isEmpty
            buffer += block
        }
    }
}
