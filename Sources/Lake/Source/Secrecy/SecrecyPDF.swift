import Kernel

/// What a PDF says of itself in plain bytes: its information dictionary (ISO 32000-1, 14.3.3) and its XMP. The text of its pages is not
/// read: that nothing classified is brought in stays the duty of whoever brings it.
enum SecrecyPDF {
    private static let edgeBytes = 1 << 20
    private static let names = ["Title", "Subject", "Keywords", "Author"]

    static func found(in file: SourceFile) throws(SourceError) -> SecrecyFinding? {
        var edges = [try file.bytes(at: 0, count: edgeBytes)]
        if file.bytes > Int64(edgeBytes) {
            let from = max(Int64(edgeBytes), file.bytes - Int64(edgeBytes))
            edges.append(try file.bytes(at: from, count: edgeBytes))
        }
        for edge in edges {
            for text in dictionary(edge) + metadata(edge) {
                let lines = text.split(whereSeparator: \.isNewline).map(String.init)
                if let mark = SecrecyMark.inText(lines) ?? lines.lazy.compactMap(SecrecyMark.inName).first {
                    return SecrecyFinding(mark, .properties)
                }
            }
        }
        return nil
    }

    /// Values of the dictionary: `(…)` and `<…>`.
    private static func dictionary(_ bytes: [UInt8]) -> [String] {
        var found: [String] = []
        for name in names {
            for start in places(of: Array("/\(name)".utf8), in: bytes) {
                var at = start + name.utf8.count + 1
                while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D {
                    at += 1
                }
                guard at < bytes.count else { continue }
                if bytes[at] == UInt8(ascii: "(") {
                    found.append(text(of: literal(bytes, at + 1)))
                } else if bytes[at] == UInt8(ascii: "<"), at + 1 < bytes.count,
                    bytes[at + 1] != UInt8(ascii: "<")
                {
                    found.append(text(of: hexadecimal(bytes, at + 1)))
                }
            }
        }
        return found
    }

    private static func literal(_ bytes: [UInt8], _ start: Int) -> [UInt8] {
        var (value, at, depth): ([UInt8], Int, Int) = ([], start, 1)
        while at < bytes.count, value.count < 2_000 {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\\"), at < bytes.count {
                let digits = bytes[at..<min(at + 3, bytes.count)].prefix { (0x30...0x37).contains($0) }
                if digits.isEmpty {
                    value.append(bytes[at])
                    at += 1
                } else {
                    value.append(UInt8(truncatingIfNeeded: digits.reduce(0) { $0 * 8 + Int($1) - 0x30 }))
                    at += digits.count
                }
                continue
            }
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") {
                depth -= 1
                if depth == 0 { break }
            }
            value.append(byte)
        }
        return value
    }

    private static func hexadecimal(_ bytes: [UInt8], _ start: Int) -> [UInt8] {
        let digits = bytes[start...].prefix(4_000).prefix { $0 != UInt8(ascii: ">") }.compactMap {
            Character(UnicodeScalar($0)).hexDigitValue
        }
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// UTF-16 with its mark, UTF-8, or GB 18030 as programs of the country wrote it.
    private static func text(of value: [UInt8]) -> String {
        let encoding: TextEncoding =
            EncodingDetector.byteOrderMark(value)?.encoding
            ?? (String(validating: value, as: UTF8.self) == nil ? .gb18030 : .utf8)
        return SecrecyLook.decoded(value, encoding)
    }

    private static func metadata(_ bytes: [UInt8]) -> [String] {
        places(of: Array("<x:xmpmeta".utf8), in: bytes).prefix(4).map { start in
            let text = String(decoding: bytes[start...].prefix(64 << 10), as: UTF8.self)
            return text.replacing("<", with: "\n<").replacing(">", with: ">\n")
        }
    }

    private static func places(of needle: [UInt8], in bytes: [UInt8]) -> [Int] {
        guard bytes.count >= needle.count else { return [] }
        return bytes.withUnsafeBufferPointer { hay in
            var found: [Int] = []
            for at in 0...(hay.count - needle.count) where hay[at] == needle[0] {
                if (1..<needle.count).allSatisfy({ hay[at + $0] == needle[$0] }) { found.append(at) }
                if found.count > 64 { break }
            }
            return found
        }
    }
}
