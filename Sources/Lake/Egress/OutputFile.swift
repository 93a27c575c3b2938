import Cryptography
import Foundation
import Glibc

/// A file that is whole or not there: buffered, digested as it is written, synced, renamed at the end.
final class OutputFile {
    private static let bufferBytes = 1 << 18
    let path: String
    let draft: String
    private var descriptor: Int32
    private var buffer: [UInt8] = []
    private var running: RunningDigest? = RunningDigest(.sha256)
    private(set) var bytes: Int64 = 0

    init(_ path: String) throws(LakeError) {
        self.path = path
        draft = path + ".draft"
        descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw Durable.failure(draft) }
        buffer.reserveCapacity(Self.bufferBytes * 2)
    }

    /// Unfinished: nothing stays behind.
    deinit {
        if descriptor >= 0 {
            close(descriptor)
            unlink(draft)
        }
    }

    /// Appends what `body` puts at the end of the buffer.
    @inline(__always)
    func append(_ body: (inout [UInt8]) throws -> Void) throws {
        try body(&buffer)
        if buffer.count >= Self.bufferBytes { try flush() }
    }

    private func flush() throws(LakeError) {
        var written = 0
        while written < buffer.count {
            let count = buffer[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Durable.failure(draft) }
            written += count
        }
        buffer.withUnsafeBytes { running?.update($0) }
        bytes += Int64(buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }

    /// SHA-256 of what was written, hex.
    func finish() throws -> String {
        try flush()
        guard fsync(descriptor) == 0 else { throw Durable.failure(draft) }
        close(descriptor)
        descriptor = -1
        try Durable.rename(draft, to: path)
        guard let running = running.take() else { return "" }
        return running.finish().hex
    }
}
