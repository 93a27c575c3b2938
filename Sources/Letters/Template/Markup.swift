/// XML as a list of pieces, each kept as it was written: what is not looked at goes out byte for byte. Knows no document types, which no
/// office document has and which could name other files.
struct Markup: Sendable {
    enum Piece: Sendable, Hashable {
        /// As written: `<w:t xml:space="preserve">`.
        case open(name: String, raw: String)
        case close(name: String)
        case empty(name: String, raw: String)
        /// As written, entities and all.
        case text(String)
        /// Comments, instructions, CDATA.
        case other(String)

        var raw: String {
            switch self {
            case .open(_, let raw), .empty(_, let raw), .text(let raw), .other(let raw): raw
            case .close(let name): "</\(name)>"
            }
        }
    }

    static let depthMax = 200

    var pieces: [Piece]

    /// Nil when it is no well-formed XML in UTF-8, or has a document type.
    init?(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        self.init(text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...])
    }

    init?(_ text: Substring) {
        var (pieces, stack, rest): ([Piece], [String], Substring) = ([], [], text)
        while !rest.isEmpty {
            guard rest.utf8.first == UInt8(ascii: "<") else {
                let end = rest.utf8.firstIndex(of: UInt8(ascii: "<")) ?? rest.endIndex
                // Around the one element that holds everything there is nothing.
                guard !stack.isEmpty || rest[..<end].allSatisfy(\.isWhitespace) else { return nil }
                pieces.append(.text(String(rest[..<end])))
                rest = rest[end...]
                continue
            }
            guard let piece = Self.tag(&rest) else { return nil }
            switch piece {
            case .open(let name, _):
                stack.append(name)
                guard stack.count <= Self.depthMax else { return nil }
            case .close(let name):
                guard stack.popLast() == name else { return nil }
            case .empty, .text, .other: break
            }
            pieces.append(piece)
        }
        let isElement = pieces.contains {
            if case .text = $0 { false } else if case .other = $0 { false } else { true }
        }
        guard stack.isEmpty, isElement else { return nil }
        self.pieces = pieces
    }

    var text: String { pieces.map(\.raw).joined() }
    var bytes: [UInt8] { Array(text.utf8) }

    private static func tag(_ rest: inout Substring) -> Piece? {
        for (start, end) in [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>")] where rest.hasPrefix(start)
        {
            guard let found = rest.firstRange(of: end) else { return nil }
            let raw = String(rest[..<found.upperBound])
            rest = rest[found.upperBound...]
            return .other(raw)
        }
        guard !rest.hasPrefix("<!"), let end = self.end(rest) else { return nil }
        let raw = rest[...end]
        rest = rest[rest.index(after: end)...]
        let inner = raw.dropFirst().dropLast()
        if inner.hasPrefix("/") {
            let name = inner.dropFirst().prefix { !$0.isWhitespace }
            return isName(name) ? .close(name: String(name)) : nil
        }
        let name = inner.prefix { !$0.isWhitespace && $0 != "/" }
        guard isName(name) else { return nil }
        return inner.hasSuffix("/")
            ? .empty(name: String(name), raw: String(raw)) : .open(name: String(name), raw: String(raw))
    }

    /// Where the tag ends: the first > outside of quotation marks.
    private static func end(_ text: Substring) -> Substring.Index? {
        var quote: UInt8?
        for index in text.utf8.indices {
            let byte = text.utf8[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return index
            }
        }
        return nil
    }

    private static func isName(_ name: Substring) -> Bool {
        !name.isEmpty && !name.contains { "<>&\"'=".contains($0) }
    }

    /// The value of an attribute in a tag as written; nil when it has none.
    static func attribute(_ name: String, in raw: String) -> String? {
        for quote in ["\"", "'"] {
            guard let start = raw.firstRange(of: " \(name)=\(quote)") else { continue }
            let rest = raw[start.upperBound...]
            return rest.firstRange(of: quote).map { unescaped(String(rest[..<$0.lowerBound])) }
        }
        return nil
    }

    static func escaped(_ text: String) -> String {
        let plain = text.unicodeScalars.filter { $0.value >= 32 || $0 == "\t" || $0 == "\n" }
        return String(String.UnicodeScalarView(plain)).replacing("&", with: "&amp;")
            .replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }

    static func unescaped(_ text: String) -> String {
        guard text.contains("&") else { return text }
        var (out, rest) = ("", text[...])
        while let start = rest.firstIndex(of: "&") {
            out += rest[..<start]
            rest = rest[start...]
            guard let end = rest.firstIndex(of: ";"), let scalar = entity(rest[..<end].dropFirst()) else {
                out += "&"
                rest = rest.dropFirst()
                continue
            }
            out += scalar
            rest = rest[rest.index(after: end)...]
        }
        return out + rest
    }

    private static func entity(_ name: Substring) -> String? {
        let known: [Substring: String] = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
        if let known = known[name] { return known }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
    }
}
