import Glibc
import Kernel

/// Rejected cells as NDJSON, written as they come. The file is born with the first of them.
final class RejectFile {
    private static let bufferBytes = 256 << 10

    let path: String
    private var descriptor: Int32 = -1
    private var buffer: [UInt8] = []
    private(set) var count: Int64 = 0
    private(set) var byReason: [String: Int64] = [:]

    init(path: String) { self.path = path }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func append(_ reject: Reject) throws(SourceError) {
        count += 1
        byReason[reject.reason.rawValue, default: 0] += 1
        var members: [String: JSON] = [
            "line": .integer(reject.line), "reason": .string(reject.reason.rawValue),
            "excerpt": .string(reject.excerpt),
        ]
        if let column = reject.column { members["column"] = .string(column) }
        if let cell = reject.cell { members["cell"] = .string(cell) }
        if let expected = reject.expectedCells { members["expectedCells"] = .integer(Int64(expected)) }
        if let found = reject.foundCells { members["foundCells"] = .integer(Int64(found)) }
        buffer += Array(JSON.object(members).canonical.utf8)
        buffer.append(0x0A)
        if buffer.count >= Self.bufferBytes { try flush() }
    }

    private func flush() throws(SourceError) {
        if descriptor < 0 {
            descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { throw .unwritable(path: path, errno: errno) }
        }
        var done = 0
        while done < buffer.count {
            let wrote = buffer.withUnsafeBytes { bytes in
                bytes.baseAddress.map { write(descriptor, $0 + done, bytes.count - done) } ?? 0
            }
            if wrote < 0 {
                if errno == EINTR { continue }
                throw .unwritable(path: path, errno: errno)
            }
            done += wrote
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Makes what was written durable; nil when nothing was.
    func finish() throws(SourceError) -> String? {
        guard count > 0 else { return nil }
        try flush()
        guard fsync(descriptor) == 0 else { throw .unwritable(path: path, errno: errno) }
        return path
    }
}
