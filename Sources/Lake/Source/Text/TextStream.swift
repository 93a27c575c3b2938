import Glibc

/// A file as UTF-8, read once from front to back in blocks. Invalid bytes and a change of encoding stop it with their place.
final class TextStream {
    private static let rawBytesMax = 1 << 20

    let file: SourceFile
    let encoding: TextEncoding
    private let decoder: TextDecoder
    private let raw: UnsafeMutableRawPointer
    private var rawCount = 0
    /// Offset in the file of the first byte of `raw`.
    private var rawOffset: Int64
    private(set) var isAtEnd = false

    /// Bytes of the file that were read so far.
    var bytesRead: Int64 { rawOffset + Int64(rawCount) }

    init(_ file: SourceFile, _ encoding: TextEncoding) throws(SourceError) {
        self.file = file
        self.encoding = encoding
        decoder = try TextDecoder(encoding)
        let head = try file.bytes(at: 0, count: 4)
        var skip = 0
        if let mark = EncodingDetector.byteOrderMark(head), mark.encoding == encoding {
            skip = encoding == .utf8 ? 3 : encoding == .gb18030 ? 4 : 2
        }
        rawOffset = Int64(skip)
        raw = .allocate(byteCount: Self.rawBytesMax, alignment: 16)
    }

    deinit { raw.deallocate() }

    /// How much room `read` wants at least.
    static let roomMin = 4096

    /// Writes decoded text to `output` and returns its bytes; 0 only at the end. `room` must be at least `roomMin`.
    func read(into output: UnsafeMutablePointer<UInt8>, room: Int) throws(SourceError) -> Int {
        while !isAtEnd {
            let wanted = min(Self.rawBytesMax, (room - 8) / encoding.growthMax) - rawCount
            let got = try file.read(into: raw + rawCount, count: wanted, at: rawOffset + Int64(rawCount))
            rawCount += got
            isAtEnd = got < wanted
            let step = decoder.decode(
                UnsafeRawBufferPointer(start: raw, count: rawCount), isLast: isAtEnd, into: output)
            if let fault = step.fault { throw try failure(at: rawOffset + Int64(fault)) }
            if encoding == .gb18030 || encoding == .big5 || encoding == .latin1 {
                try refuseUTF8Passages(step.consumed)
            }
            memmove(raw, raw + step.consumed, rawCount - step.consumed)
            rawCount -= step.consumed
            rawOffset += Int64(step.consumed)
            if step.written > 0 { return step.written }
        }
        return 0
    }

    /// A file glued together from two exports: its UTF-8 half reads as GB18030 without a fault, and as nonsense. No Chinese text in
    /// a double-byte encoding is valid UTF-8 for long, so a window that is betrays the seam.
    private func refuseUTF8Passages(_ count: Int) throws(SourceError) {
        let bytes = raw.assumingMemoryBound(to: UInt8.self)
        var start = 0
        while start < count {
            var end = min(count, start + 4096)
            if end < count, let feed = memchr(raw + end, 0x0A, count - end) {
                end = UnsafeMutableRawPointer(feed) - raw + 1
            } else {
                end = count
            }
            if let place = Self.utf8Passage(bytes, start, end) {
                let offset = rawOffset + Int64(place)
                let line = try TextLines.line(of: offset, in: file, encoding)
                throw try otherEncoding(.utf8, TextPlace(line: line, byteOffset: offset))
            }
            start = end
        }
    }

    /// The start of the last stretch of the window that is UTF-8 throughout, when it holds at least 16 three-byte characters.
    private static func utf8Passage(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
        var at = start
        var tries = 0
        // Each fault moves on to the next line; text that really is double-byte faults on every line.
        while at < end, tries < 256 {
            let (valid, _) = UTF8Check.prefix(bytes + at, end - at, isLast: false)
            var wide = 0
            var first: Int?
            for offset in at..<at + valid where bytes[offset] >= 0xE2 {
                wide += 1
                if first == nil { first = offset }
            }
            if wide >= 16 { return first }
            guard at + valid < end, let feed = memchr(bytes + at + valid, 0x0A, end - at - valid) else {
                return nil
            }
            at = UnsafeRawPointer(feed) - UnsafeRawPointer(bytes) + 1
            tries += 1
        }
        return nil
    }

    private func failure(at offset: Int64) throws(SourceError) -> SourceError {
        let line = try TextLines.line(of: offset, in: file, encoding)
        let place = TextPlace(line: line, byteOffset: offset)
        let after = try file.bytes(at: offset, count: 65_536)
        if encoding != .utf16LittleEndian, encoding != .utf16BigEndian,
            let other = try? EncodingDetector.detect(after, isWhole: false), other.encoding != encoding,
            other.confidence >= 60, other.encoding != .latin1
        {
            return try otherEncoding(other.encoding, place)
        }
        return .invalidBytes(encoding, place)
    }

    /// Where nothing came before that speaks for the encoding that was said, the whole file is in another: nothing but ASCII, or
    /// what is UTF-8 as well.
    private func otherEncoding(
        _ found: TextEncoding, _ place: TextPlace
    ) throws(SourceError) -> SourceError {
        let head = try file.bytes(at: 0, count: Int(min(place.byteOffset, Int64(Self.rawBytesMax))))
        let changes = SourceError.encodingChanges(from: encoding, to: found, place)
        guard Int64(head.count) == place.byteOffset else { return changes }
        guard let first = head.firstIndex(where: { $0 >= 0x80 }) else {
            return .encodingOther(said: encoding, found: found, place)
        }
        let valid = head.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { UTF8Check.prefix($0, bytes.count, isLast: false).0 } ?? 0
        }
        // The place may lie within a character.
        guard found == .utf8, head.count - valid < 4 else { return changes }
        let line = try TextLines.line(of: Int64(first), in: file, encoding)
        return .encodingOther(
            said: encoding, found: found, TextPlace(line: line, byteOffset: Int64(first)))
    }
}

/// Lines as a text editor counts them: LF, CRLF and a bare CR each end one.
enum TextLines {
    /// The line, from 1, that holds the byte at `offset`. Reads the file again from its start: for messages only.
    static func line(
        of offset: Int64, in file: SourceFile, _ encoding: TextEncoding
    ) throws(SourceError) -> Int64 {
        let width = encoding == .utf16LittleEndian || encoding == .utf16BigEndian ? 2 : 1
        let low = encoding == .utf16BigEndian ? 1 : 0
        var line: Int64 = 1
        var afterReturn = false
        var at: Int64 = 0
        while at < offset {
            let block = try file.bytes(at: at, count: Int(min(1 << 20, offset - at)))
            if block.isEmpty { break }
            var position = 0
            while position + width <= block.count {
                let byte = block[position + (width == 2 ? low : 0)]
                let isPlain = width == 1 || block[position + 1 - low] == 0
                if isPlain, byte == 0x0A {
                    if !afterReturn { line += 1 }
                    afterReturn = false
                } else {
                    afterReturn = isPlain && byte == 0x0D
                    if afterReturn { line += 1 }
                }
                position += width
            }
            at += Int64(block.count)
        }
        return line
    }
}
