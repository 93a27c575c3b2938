import Glibc

/// Finds whole values in a JSON text, read once from front to back: a list of any length is never held, one of its values is, up to
/// `lineBytesMax`. What a value holds is judged by whoever reads it.
final class JSONScanner {
    private static let blockBytes = 1 << 20

    let stream: TextStream
    private let valueBytesMax: Int
    private var bytes: UnsafeMutablePointer<UInt8>
    private var capacity = blockBytes
    private var head = 0
    private var tail = 0
    /// Of the next byte, from 1.
    private(set) var line: Int64 = 1

    init(_ stream: TextStream, _ limits: SourceLimits) {
        self.stream = stream
        valueBytesMax = limits.lineBytesMax
        bytes = .allocate(capacity: capacity)
    }

    deinit { bytes.deallocate() }

    /// The next byte that is no white space, which stays; nil at the end.
    func peek() throws(SourceError) -> UInt8? {
        while true {
            while head < tail {
                switch bytes[head] {
                case 0x20, 0x09, 0x0D: head += 1
                case 0x0A:
                    line += 1
                    head += 1
                default: return bytes[head]
                }
            }
            guard try refill() else { return nil }
        }
    }

    /// Takes the next byte if it is this one.
    func take(_ byte: UInt8) throws(SourceError) -> Bool {
        guard try peek() == byte else { return false }
        head += 1
        return true
    }

    /// The next value whole; valid until the next step.
    func value() throws(SourceError) -> UnsafeBufferPointer<UInt8> {
        let length = try extent()
        let value = UnsafeBufferPointer(start: bytes + head, count: length)
        for byte in value where byte == 0x0A { line += 1 }
        head += length
        return value
    }

    /// Passes over the next value, however long it is.
    func skip() throws(SourceError) {
        var state = ValueState()
        guard try peek() != nil else { throw .jsonDamaged(line: line) }
        while true {
            while head < tail {
                if state.ends(before: bytes[head]) { return }
                if bytes[head] == 0x0A { line += 1 }
                head += 1
                if state.isOver { return }
            }
            guard try refill() else {
                if state.endsWithText { return }
                throw .jsonDamaged(line: line)
            }
        }
    }

    /// Of the value that begins next.
    private func extent() throws(SourceError) -> Int {
        guard try peek() != nil else { throw .jsonDamaged(line: line) }
        var state = ValueState()
        var length = 0
        while true {
            while head + length < tail {
                if state.ends(before: bytes[head + length]) { return length }
                length += 1
                if state.isOver { return length }
            }
            guard length <= valueBytesMax else { throw .lineTooLong(line: line, bytesMax: valueBytesMax) }
            guard try refill() else {
                if state.endsWithText { return length }
                throw .jsonDamaged(line: line)
            }
        }
    }

    private func refill() throws(SourceError) -> Bool {
        let rest = tail - head
        memmove(bytes, bytes + head, rest)
        head = 0
        tail = rest
        if capacity - tail < Self.blockBytes / 2 {
            let wider = capacity * 2
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wider)
            memcpy(larger, bytes, tail)
            bytes.deallocate()
            bytes = larger
            capacity = wider
        }
        let got = try stream.read(into: bytes + tail, room: capacity - tail)
        tail += got
        return got > 0
    }
}

/// Where a value ends, byte by byte.
private struct ValueState {
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    private var isScalar = false
    private(set) var isOver = false

    /// A number or a word ends with the text.
    var endsWithText: Bool { isScalar && !isInString }

    /// Takes in `byte`; true when the value ended before it.
    mutating func ends(before byte: UInt8) -> Bool {
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if byte == 0x5C {
                isEscaped = true
            } else if byte == 0x22 {
                isInString = false
                isOver = depth == 0
            }
            return false
        }
        switch byte {
        case 0x22:
            if isScalar, depth == 0 { return true }
            isInString = true
        case 0x7B, 0x5B:
            if isScalar, depth == 0 { return true }
            depth += 1
        case 0x7D, 0x5D:
            if depth == 0 { return true }
            depth -= 1
            isOver = depth == 0
        case 0x2C, 0x3A, 0x20, 0x09, 0x0A, 0x0D:
            return depth == 0
        default:
            if depth == 0 { isScalar = true }
        }
        return false
    }
}
