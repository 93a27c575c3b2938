internal import Foundation

/// A file's lines, one at a time, in a buffer that the caller may write to.
final class LineReader {
    private let path: String
    private let descriptor: Int32
    private let lineBytesMax: Int
    private let buffer: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0
    private var isAtEnd = false
    /// The last line had no end: it was cut off.
    private(set) var isCutOff = false

    init(path: String, lineBytesMax: Int) throws {
        self.path = path
        self.lineBytesMax = lineBytesMax
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        buffer = .allocate(byteCount: max(1 << 20, 2 * lineBytesMax), alignment: 16)
        guard descriptor >= 0 else {
            throw EvidenceError.fileUnreadable(path: path, reason: String(cString: strerror(errno)))
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        buffer.deallocate()
    }

    /// The next line without its end; valid until the next call. Nil at the end of the file.
    func next() throws -> UnsafeMutableRawBufferPointer? {
        while true {
            if start < end, let base = buffer.baseAddress, let found = memchr(base + start, 10, end - start) {
                let length = UnsafeRawPointer(found) - UnsafeRawPointer(base + start)
                let line = UnsafeMutableRawBufferPointer(start: base + start, count: length)
                start += length + 1
                return line
            }
            if isAtEnd {
                guard start < end else { return nil }
                isCutOff = true
                defer { start = end }
                return UnsafeMutableRawBufferPointer(rebasing: buffer[start..<end])
            }
            try fill()
        }
    }

    private func fill() throws {
        guard end - start <= lineBytesMax else {
            throw EvidenceError.fileUnreadable(
                path: path, reason: "a line is longer than \(lineBytesMax) bytes")
        }
        if let base = buffer.baseAddress { memmove(base, base + start, end - start) }
        end -= start
        start = 0
        let count = read(descriptor, buffer.baseAddress.map { $0 + end }, buffer.count - end)
        if count < 0 {
            if errno == EINTR { return }
            throw EvidenceError.fileUnreadable(path: path, reason: String(cString: strerror(errno)))
        }
        isAtEnd = count == 0
        end += count
    }
}
