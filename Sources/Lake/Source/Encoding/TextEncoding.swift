/// The encodings that files of departments come in.
package enum TextEncoding: String, Hashable, Sendable, Codable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    /// GB 18030, and with it GBK and GB 2312.
    case gb18030 = "GB18030"
    /// As Windows writes it (code page 950).
    case big5 = "Big5"
    /// ISO 8859-1, with the printable characters that Windows adds (code page 1252).
    case latin1 = "Latin-1"

    /// How many bytes of UTF-8 one byte becomes at most.
    var growthMax: Int {
        switch self {
        case .utf8: 1
        case .utf16LittleEndian, .utf16BigEndian, .gb18030, .big5: 2
        case .latin1: 3
        }
    }
}

/// What the bytes of a file say about its encoding.
package struct EncodingDetection: Hashable, Sendable, Codable {
    package var encoding: TextEncoding
    /// 0…100. Below 80 a person should look at the sample rows.
    package var confidence: Int
    package var hasByteOrderMark: Bool
    /// A person said so.
    package var isOverridden: Bool

    package init(
        encoding: TextEncoding, confidence: Int, hasByteOrderMark: Bool, isOverridden: Bool = false
    ) {
        self.encoding = encoding
        self.confidence = confidence
        self.hasByteOrderMark = hasByteOrderMark
        self.isOverridden = isOverridden
    }
}
