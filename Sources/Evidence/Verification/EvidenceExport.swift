package import Cryptography
internal import Foundation
internal import Kernel
package import Persistence

/// The log as files that anybody can check without us: a folder with `leaves.ndjson`, `checkpoints.ndjson` and `keys/*.pem`.
///
/// Every line of leaves is `{"chain":…,"index":…,"leaf":…}` in canonical JSON, so that a checker hashes bytes as they lie there.
/// Personal parts are not in it, only their salted digests. The keys are for people to compare, not to be trusted.
package struct EvidenceExport: Sendable {
    package static let leavesName = "leaves.ndjson"
    package static let checkpointsName = "checkpoints.ndjson"
    private static let rowsPerRead = 2000

    private let log: EvidenceLog
    private let database: any Database
    private let publicKeys: [PublicKey]

    package init(_ log: EvidenceLog, in database: any Database, publicKeys: [PublicKey]) {
        self.log = log
        self.database = database
        self.publicKeys = publicKeys
    }

    /// Writes what the newest checkpoint covers into `folder`, which must not exist; it appears whole or not at all.
    /// Answers how many leaves. `progress` is told leaves written and leaves in all.
    @discardableResult
    package func write(
        to folder: String, progress: @Sendable (Int64, Int64) -> Void = { _, _ in }
    ) async throws -> Int64 {
        let draft = "\(folder).draft-\(UUID().uuidString)"
        guard !FileManager.default.fileExists(atPath: folder) else {
            throw EvidenceError.fileUnreadable(path: folder, reason: "exists already")
        }
        do {
            try FileManager.default.createDirectory(
                atPath: "\(draft)/keys", withIntermediateDirectories: true)
            for key in publicKeys {
                let file = try ExportFile("\(draft)/keys/\(key.kid).pem")
                try file.write(key.pem.utf8)
                try file.finish()
            }
            let size = try await writeCheckpoints(to: "\(draft)/\(Self.checkpointsName)")
            try await writeLeaves(to: "\(draft)/\(Self.leavesName)", size: size, progress: progress)
            guard rename(draft, folder) == 0 else {
                throw EvidenceError.fileUnreadable(path: folder, reason: String(cString: strerror(errno)))
            }
            return size
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw error
        }
    }

    private func writeCheckpoints(to path: String) async throws -> Int64 {
        let file = try ExportFile(path)
        var last: Int64 = 0
        while true {
            let rows = try await database.read { [last] connection in
                try connection.rows(
                    """
                    SELECT size, envelope FROM evidence_checkpoint WHERE size > \(last)
                    ORDER BY size LIMIT \(Self.rowsPerRead)
                    """)
            }
            for row in rows {
                last = try row.value("size")
                try file.write((row.value("envelope", as: String.self) + "\n").utf8)
            }
            if rows.isEmpty { break }
        }
        try file.finish()
        return last
    }

    private func writeLeaves(
        to path: String, size: Int64, progress: @Sendable (Int64, Int64) -> Void
    ) async throws {
        let file = try ExportFile(path)
        var next: Int64 = 0
        while next < size {
            let rows = try await database.read { [next] connection in
                try connection.rows(
                    """
                    SELECT c.position AS position, c.chain AS chain, l.* FROM evidence_chain c
                    JOIN evidence_leaf l ON l.id = c.leaf
                    WHERE c.position >= \(next) AND c.position < \(min(size, next + Int64(Self.rowsPerRead)))
                    ORDER BY c.position
                    """)
            }
            guard !rows.isEmpty else { throw EvidenceError.damaged("no leaf at \(next)") }
            for row in rows {
                guard try row.value("position", as: Int64.self) == next else {
                    throw EvidenceError.damaged("no leaf at \(next)")
                }
                try file.write(line(row, index: next))
                next += 1
            }
            progress(next, size)
        }
        try file.finish()
    }

    private func line(_ row: Row, index: Int64) throws -> [UInt8] {
        let leaf = LeafRecord.canonical(
            node: log.node, id: try row.value("id"), type: try row.value("type"),
            version: try row.value("version"), at: try row.value("at"), actor: try row.value("actor"),
            subjectsText: try row.value("subjects"), payloadText: try row.value("payload"),
            personal: try row.optional("personal"))
        let chain: [UInt8] = try row.value("chain")
        let head = "{\"chain\":\"\(chain.hex)\",\"index\":\(index),\"leaf\":"
        return Array(head.utf8) + leaf + Array("}\n".utf8)
    }
}

/// A file written through one buffer; `finish` makes it durable.
private final class ExportFile {
    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw EvidenceError.fileUnreadable(path: path, reason: String(cString: strerror(errno)))
        }
    }

    deinit { close(descriptor) }

    func write(_ bytes: some Sequence<UInt8>) throws {
        buffer += bytes
        if buffer.count > 1 << 20 { try flush() }
    }

    func finish() throws {
        try flush()
        guard fsync(descriptor) == 0 else { throw failure() }
    }

    private func flush() throws {
        var rest = buffer[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw failure() }
            rest = rest.dropFirst(written)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func failure() -> EvidenceError {
        .fileUnreadable(path: path, reason: String(cString: strerror(errno)))
    }
}
