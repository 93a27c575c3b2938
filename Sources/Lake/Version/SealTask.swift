import Cryptography
import DuckDB
import Foundation
import Glibc
import Kernel
import Policy

/// Reads staged rows as they lie on disk and says what they are: digests of files and content, counts. Syncs the files.
struct SealTask: WorkerTask {
    static let name = "lake.seal"

    struct Answer: Codable, Sendable {
        let parts: [VersionManifest.Part]
        let rows: Int64
        let contentDigest: String
    }

    let source: RowSource

    func run(in context: WorkerContext) throws -> Answer {
        let connection = try context.connect()
        var parts: [VersionManifest.Part] = []
        for file in source.parts {
            try context.checkCancelled()
            let path = "\(source.folder)/\(file)"
            let (bytes, sha256) = try FileDigest.of(path, check: context.checkCancelled)
            try Durable.sync(path)
            parts.append(
                .init(
                    file: file, rows: try RowSource.rows(inFile: path, on: connection), bytes: bytes,
                    sha256: sha256))
        }
        let schema = try source.schema()
        let digest = try context.contentDigest(of: source.relation(), schema: schema, on: connection)
        return Answer(parts: parts, rows: digest.count, contentDigest: digest.text)
    }
}

/// SHA-256 of a file, read in pieces.
enum FileDigest {
    private static let pieceBytes = 1 << 20

    static func of(_ path: String, check: () throws -> Void = {}) throws -> (bytes: Int64, sha256: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw LakeError.fileUnreadable(path: path, detail: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var running = RunningDigest(.sha256)
        var total: Int64 = 0
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceBytes, alignment: 16)
        defer { piece.deallocate() }
        while true {
            try check()
            let count = read(descriptor, piece.baseAddress, pieceBytes)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw LakeError.fileUnreadable(path: path, detail: String(cString: strerror(errno)))
            }
            if count == 0 { break }
            running.update(UnsafeRawBufferPointer(rebasing: piece[..<count]))
            total += Int64(count)
        }
        return (total, running.finish().hex)
    }
}

/// What must survive the power going.
enum Durable {
    /// Of a file or a folder.
    static func sync(_ path: String) throws(LakeError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    /// Whole or not at all: written beside `path`, synced, renamed.
    static func write(_ bytes: [UInt8], to path: String) throws(LakeError) {
        let draft = path + ".draft"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw failure(draft) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let error = failure(draft)
                close(descriptor)
                unlink(draft)
                throw error
            }
            written += count
        }
        let synced = fsync(descriptor)
        close(descriptor)
        guard synced == 0 else { throw failure(draft) }
        try rename(draft, to: path)
    }

    static func rename(_ old: String, to new: String) throws(LakeError) {
        guard Glibc.rename(old, new) == 0 else { throw failure(new) }
        try sync(URL(fileURLWithPath: new).deletingLastPathComponent().path)
    }

    /// Whether so little room is left on the disk of `folder` that a failed write needs no other explanation.
    static func isFull(_ folder: String) -> Bool {
        var space = statvfs()
        return statvfs(folder, &space) == 0 && UInt64(space.f_bavail) * UInt64(space.f_frsize) < 1 << 20
    }

    static func failure(_ path: String) -> LakeError {
        let code = errno
        if code == ENOSPC || code == EDQUOT { return .diskFull(path: path) }
        return .fileUnreadable(path: path, detail: String(cString: strerror(code)))
    }
}
