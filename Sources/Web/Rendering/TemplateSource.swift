package import Kernel

/// The text of one template before it becomes Mustache: scanned into tags, so that words can be put in once per language when
/// the program starts, and so that tests can hold every tag against the page's properties.
///
/// Beside Mustache's own tags there is `{{@key}}`, a word in the page's language, and `{{@key name=path}}`, whose `{name}` is
/// filled from the page at `path`.
package struct TemplateSource: Sendable {
    package enum Tag: Sendable, Hashable {
        case word(key: String, arguments: [String: String])
        case variable(String)
        case unescaped(String)
        case section(String)
        case inverted(String)
        case end(String)
        case partial(String)
        case comment
    }

    package enum Piece: Sendable, Hashable {
        case text(String)
        case tag(Tag, written: String)
    }

    /// `<domain>/<file>` without its ending.
    package let name: String
    package let pieces: [Piece]

    package init(name: String, text: String) throws(TemplateError) {
        self.name = name
        pieces = try Self.scan(text, name: name)
    }

    package var tags: [Tag] {
        pieces.compactMap { if case .tag(let tag, _) = $0 { tag } else { nil } }
    }

    /// The Mustache text in one language. Unknown words are shown in brackets and reported through `fault`.
    func localised(_ words: Words, in language: Language, fault: (String) -> Void) -> String {
        var out = ""
        for piece in pieces {
            switch piece {
            case .text(let text): out += text
            case .tag(.comment, _): break
            case .tag(.partial(let partial), _):
                Self.dropIndentation(of: &out)
                out += "{{>\(partial)}}"
            case .tag(.word(let key, let arguments), _):
                if words.template(key, in: language) == nil { fault("\(name): no word '\(key)'") }
                out += Self.filled(words, key, arguments, language)
            case .tag(_, let written): out += written
            }
        }
        return out
    }

    /// Mustache would give a partial's indentation to every line of it, also inside <textarea> and <pre>.
    private static func dropIndentation(of out: inout String) {
        let spaces = out.reversed().prefix { $0 == " " || $0 == "\t" }.count
        let line = out.dropLast(spaces)
        if line.isEmpty || line.last == "\n" { out.removeLast(spaces) }
    }

    private static func filled(
        _ words: Words, _ key: String, _ arguments: [String: String], _ language: Language
    ) -> String {
        // The tag survives HTML escaping, so the sentence is escaped here and its arguments when the page is rendered.
        let tags = arguments.mapValues { "{{\($0)}}" }
        return words.text(Message(key, tags), in: language).escapedForHTML
    }

    private static func scan(_ text: String, name: String) throws(TemplateError) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{{") {
            if open.lowerBound > rest.startIndex { pieces.append(.text(String(rest[..<open.lowerBound]))) }
            let triple = rest[open.upperBound...].hasPrefix("{")
            let ending = triple ? "}}}" : "}}"
            guard let close = rest[open.upperBound...].firstRange(of: ending) else {
                throw .unclosed(template: name, tag: String(rest[open.lowerBound...].prefix(40)))
            }
            let written = String(rest[open.lowerBound..<close.upperBound])
            let inner = rest[open.upperBound..<close.lowerBound].drop(while: { $0 == "{" })
            pieces.append(.tag(try tag(inner.trimmed, unescaped: triple, name), written: written))
            rest = rest[close.upperBound...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        return pieces
    }

    private static func tag(
        _ inner: Substring, unescaped: Bool, _ template: String
    ) throws(TemplateError) -> Tag {
        if unescaped { return .unescaped(String(inner)) }
        let body = String(inner.dropFirst().trimmed)
        switch inner.first {
        case "@": return try word(body, template)
        case "#": return .section(body)
        case "^": return .inverted(body)
        case "/": return .end(body)
        case ">": return .partial(body)
        case "&": return .unescaped(body)
        case "!": return .comment
        case nil, "=", "<", "$", "*", "%":
            throw .notAllowed(template: template, tag: String(inner))
        default: return .variable(String(inner))
        }
    }

    private static func word(_ body: String, _ template: String) throws(TemplateError) -> Tag {
        let parts = body.split(separator: " ")
        guard let key = parts.first else { throw .notAllowed(template: template, tag: "@") }
        var arguments: [String: String] = [:]
        for part in parts.dropFirst() {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2 else { throw .notAllowed(template: template, tag: "@\(body)") }
            arguments[String(sides[0])] = String(sides[1])
        }
        return .word(key: String(key), arguments: arguments)
    }
}

/// Why the templates could not be loaded; found when the program starts, never while a page is shown.
package enum TemplateError: Error, Hashable, Sendable {
    case folderMissing(String)
    case unreadable(String)
    case unclosed(template: String, tag: String)
    /// Set-delimiter, inheritance and dynamic names are left out, so that every tag can be checked.
    case notAllowed(template: String, tag: String)
    case notMustache(template: String, reason: String)
    case twice(String)
}

extension TemplateError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .folderMissing(let name): fault("web.template-folder-missing", name)
        case .unreadable(let name): fault("web.template-unreadable", name)
        case .unclosed(let name, let tag): fault("web.template-unclosed", name, tag)
        case .notAllowed(let name, let tag): fault("web.template-tag-refused", name, tag)
        case .notMustache(let name, let reason): fault("web.template-not-mustache", name, reason)
        case .twice(let name): fault("web.template-twice", name)
        }
    }

    private func fault(_ key: String, _ name: String, _ detail: String = "") -> Problem {
        Problem(.internalFault, Message(key, ["name": name, "detail": detail]))
    }
}

extension String {
    var escapedForHTML: String {
        let special = "&<>\"'".utf8
        guard utf8.contains(where: special.contains) else { return self }
        var out = ""
        out.reserveCapacity(utf8.count)
        for character in unicodeScalars {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(character)
            }
        }
        return out
    }
}

extension Substring {
    var trimmed: Substring {
        var trimmed = drop(while: \.isWhitespace)
        while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
        return trimmed
    }
}
