import Foundation
import Kernel

extension Database {
    /// Writes every table but `except` into `folder`, all as of one moment, also while others write. Each file is on disk when
    /// this returns.
    ///
    /// - Throws: `DatabaseCopyError.fileUnwritable`.
    package func copy(to folder: String, except: Set<String>) async throws -> [DatabaseCopy.Table] {
        try await read { connection in
            try TableShape.all(in: connection).filter { !except.contains($0.name) }.map { shape in
                let file = try CopyFile("\(folder)/\(shape.name).jsonl")
                let rows = try shape.write(to: file, from: connection)
                try file.finish()
                return DatabaseCopy.Table(name: shape.name, rows: rows)
            }
        }
    }

    /// The steps of the schema that have been applied, with their text.
    package func appliedMigrations() async throws -> [String: String] {
        let rows = try await read { try $0.rows("SELECT name, text FROM migration ORDER BY name") }
        return Dictionary(
            try rows.map { (try $0.value("name"), try $0.value("text")) },
            uniquingKeysWith: { first, _ in first })
    }
}

extension TableShape {
    /// By key, a page at a time: memory stays flat.
    fileprivate func write(to file: CopyFile, from connection: any Connection) throws -> Int64 {
        try file.write(JSON.array(columns.map(JSON.string)))
        let places = key.compactMap(columns.firstIndex(of:))
        let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
        let order = key.map { "\"\($0)\"" }.joined(separator: ", ")
        var last: [SQLValue]?
        var count: Int64 = 0
        while true {
            let beyond = last.map { _ in
                " WHERE (\(order)) > (\(key.map { _ in "?" }.joined(separator: ", ")))"
            }
            let rows = try connection.rows(
                SQL(
                    verbatim: "SELECT \(names) FROM \(name)\(beyond ?? "") ORDER BY \(order)"
                        + " LIMIT \(DatabaseCopy.rowsPerRead)",
                    values: last ?? []))
            for row in rows { try file.write(.array(row.values.map(DatabaseCopy.json))) }
            count += Int64(rows.count)
            guard rows.count == DatabaseCopy.rowsPerRead, let end = rows.last else { return count }
            last = places.map { end.values[$0] }
        }
    }
}

/// A file being written: buffered, on disk after `finish`.
private final class CopyFile {
    private static let bufferBytes = 1 << 20
    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(_ path: String) throws(DatabaseCopyError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path) }
        buffer.reserveCapacity(Self.bufferBytes + 1 << 16)
    }

    deinit { close(descriptor) }

    func write(_ line: JSON) throws(DatabaseCopyError) {
        buffer += line.canonical.utf8
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= Self.bufferBytes { try flush() }
    }

    func finish() throws(DatabaseCopyError) {
        try flush()
        guard fsync(descriptor) == 0 else { throw Self.failure(path) }
    }

    private func flush() throws(DatabaseCopyError) {
        var rest = buffer[...]
        while !rest.isEmpty {
            let wrote = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if wrote < 0 && errno == EINTR { continue }
            guard wrote > 0 else { throw Self.failure(path) }
            rest = rest.dropFirst(wrote)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func failure(_ path: String) -> DatabaseCopyError {
        .fileUnwritable(path, reason: String(cString: strerror(errno)))
    }
}
