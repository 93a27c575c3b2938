import Kernel

/// Names one request in the log, in its answer and, when a caller sends `traceparent` (W3C Trace Context), in the caller's own log.
struct TraceID: Sendable, Hashable {
    let text: String

    init(traceparent: String?) {
        guard let traceparent else {
            text = Self.half() + Self.half()
            return
        }
        let parts = traceparent.split(separator: "-", omittingEmptySubsequences: false)
        let isHexadecimal = parts.allSatisfy { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        }
        if parts.count >= 4, isHexadecimal, parts.prefix(4).map(\.utf8.count) == [2, 32, 16, 2],
            parts[0] != "ff",
            parts[1].contains(where: { $0 != "0" })
        {
            text = String(parts[1])
        } else {
            text = Self.half() + Self.half()
        }
    }

    private static func half() -> String {
        withUnsafeBytes(of: UInt64.random(in: 1 ... .max).bigEndian) { $0.hex }
    }
}
