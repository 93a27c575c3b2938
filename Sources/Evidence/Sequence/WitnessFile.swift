internal import Cryptography
internal import Foundation
internal import Kernel
package import Persistence

/// An append-only file of checkpoints, one envelope a line, best kept on another machine's disk: an export that was cut off or
/// exchanged disagrees with it.
package struct WitnessFile: Sendable {
    package static let lineBytesMax = 64 << 10
    package let path: String

    package init(path: String) { self.path = path }

    /// Adds every checkpoint that is younger than the file's last; durable on return.
    package func catchUp(with database: any Database) async throws {
        while true {
            let last = try lastSize()
            let envelopes = try await database.read { connection in
                try connection.rows(
                    "SELECT envelope FROM evidence_checkpoint WHERE size > \(last) ORDER BY size LIMIT 500"
                ).map { try $0.value("envelope", as: String.self) }
            }
            guard !envelopes.isEmpty else { return }
            try append(envelopes, after: last)
        }
    }

    /// 0 for a file that is not there or holds no whole line.
    private func lastSize() throws -> Int64 {
        guard let file = FileHandle(forReadingAtPath: path) else { return 0 }
        defer { try? file.close() }
        let end = try file.seekToEnd()
        try file.seek(toOffset: end > UInt64(Self.lineBytesMax) ? end - UInt64(Self.lineBytesMax) : 0)
        let tail = try file.readToEnd() ?? Data()
        // A line without its end is one that a crash cut off.
        guard let close = tail.lastIndex(of: UInt8(ascii: "\n")) else { return 0 }
        let line = tail[..<close].split(separator: UInt8(ascii: "\n")).last ?? Data()
        guard let json = try? JSON.parse(Array(line)), let size = json["payload"]?["size"]?.integer else {
            throw EvidenceError.fileUnreadable(path: path, reason: "the last line is no checkpoint")
        }
        return size
    }

    private func append(_ lines: [String], after last: Int64) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX) == 0 else { throw failure() }
        // Another process may have been here between the look and the lock.
        guard try lastSize() == last else { return }
        try cutHalfLine(descriptor)
        var rest = Array(lines.map { $0 + "\n" }.joined().utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw failure() }
            rest = rest.dropFirst(written)
        }
        guard fsync(descriptor) == 0 else { throw failure() }
    }

    private func cutHalfLine(_ descriptor: Int32) throws {
        let end = lseek(descriptor, 0, SEEK_END)
        var keep = end
        var byte: UInt8 = 0
        while keep > 0, pread(descriptor, &byte, 1, keep - 1) == 1, byte != UInt8(ascii: "\n") { keep -= 1 }
        guard keep == end || ftruncate(descriptor, keep) == 0 else { throw failure() }
    }

    private func failure() -> EvidenceError {
        .fileUnreadable(path: path, reason: String(cString: strerror(errno)))
    }
}
