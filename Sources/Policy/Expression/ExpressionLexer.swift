/// The words of the text syntax, each with its position in code points.
struct ExpressionLexer {
    enum Token: Hashable {
        case name(String)
        /// A name in quotation marks: never a keyword.
        case quoted(String)
        case text(String)
        case number(String)
        case symbol(String)
        case end

        var shown: String {
            switch self {
            case .name(let text), .number(let text), .symbol(let text): text
            case .quoted(let text): "\"\(text)\""
            case .text(let text): "'\(text.unicodeScalars.prefix(40).map(String.init).joined())'"
            case .end: ""
            }
        }
    }

    struct Found {
        let token: Token
        let offset: Int
    }

    private let scalars: [Unicode.Scalar]
    private var at = 0

    static func tokens(of source: String) throws(PolicyError) -> [Found] {
        guard source.utf8.count <= Expression.Limits.sourceBytesMax else {
            throw .syntax(SyntaxFault(offset: 0, what: "too-long", found: ""))
        }
        var lexer = ExpressionLexer(scalars: Array(source.unicodeScalars))
        var tokens: [Found] = []
        while true {
            let found = try lexer.next()
            tokens.append(found)
            if found.token == .end { return tokens }
        }
    }

    private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    /// What a Chinese keyboard types for the same sign.
    private static let halfWidth: [Unicode.Scalar: Unicode.Scalar] = [
        "（": "(", "）": ")", "，": ",", "＝": "=", "＜": "<", "＞": ">", "－": "-",
    ]

    private func scalar(_ index: Int) -> Unicode.Scalar? {
        guard index < scalars.count else { return nil }
        return Self.halfWidth[scalars[index]] ?? scalars[index]
    }

    private func fault(_ what: String, at offset: Int) -> PolicyError {
        .syntax(
            SyntaxFault(
                offset: offset, what: what, found: offset < scalars.count ? String(scalars[offset]) : ""))
    }

    private mutating func next() throws(PolicyError) -> Found {
        while let scalar = scalar(at), scalar.properties.isWhitespace { at += 1 }
        let start = at
        guard let first = scalar(at) else { return Found(token: .end, offset: start) }
        switch first {
        case "'": return Found(token: .text(try quoted("'", "text-unclosed")), offset: start)
        case "\"": return Found(token: .quoted(try quoted("\"", "name-unclosed")), offset: start)
        case "0"..."9": return Found(token: .number(number()), offset: start)
        case "(", ")", ",", "=", "-":
            at += 1
            return Found(token: .symbol(String(first)), offset: start)
        case "<", ">", "!":
            at += 1
            var symbol = String(first)
            if let second = scalar(at), second == "=" || first == "<" && second == ">" {
                symbol.unicodeScalars.append(second)
                at += 1
            }
            guard symbol != "!" else { throw fault("character", at: start) }
            return Found(token: .symbol(symbol == "!=" ? "<>" : symbol), offset: start)
        default:
            guard Self.beginsName(first) else { throw fault("character", at: start) }
            var name = String.UnicodeScalarView()
            while let scalar = scalar(at), Self.continuesName(scalar) {
                name.append(scalar)
                at += 1
            }
            return Found(token: .name(String(name)), offset: start)
        }
    }

    /// Doubled, the mark stands for itself.
    private mutating func quoted(_ mark: Unicode.Scalar, _ unclosed: String) throws(PolicyError) -> String {
        let start = at
        var text = String.UnicodeScalarView()
        at += 1
        while at < scalars.count {
            let scalar = scalars[at]
            at += 1
            guard scalar == mark else {
                text.append(scalar)
                continue
            }
            guard at < scalars.count, scalars[at] == mark else { return String(text) }
            text.append(mark)
            at += 1
        }
        throw fault(unclosed, at: start)
    }

    private mutating func number() -> String {
        var text = String.UnicodeScalarView()
        var point = false
        while let scalar = scalar(at) {
            if ("0"..."9").contains(scalar) {
                text.append(scalar)
            } else if scalar == ".", !point, let after = self.scalar(at + 1), ("0"..."9").contains(after) {
                point = true
                text.append(scalar)
            } else {
                break
            }
            at += 1
        }
        return String(text)
    }

    static func beginsName(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic
    }

    static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
        beginsName(scalar) || ("0"..."9").contains(scalar)
    }
}
