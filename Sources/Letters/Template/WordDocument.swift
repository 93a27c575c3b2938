package import Kernel
import Lake

/// Why a .docx is not taken as a template, or a file not as a document.
package enum DocumentFault: Error, Hashable, Sendable {
    case tooLarge(bytesMax: Int)
    /// Small as it lies there, and more than this unpacked.
    case tooLargeUnpacked(bytesMax: Int64)
    /// No ZIP, damaged or encrypted.
    case notDocument
    case macros
    case external(part: String)
    case embedded(part: String)
    /// A field that fetches or runs something: `DDEAUTO`.
    case field(String)
    case placeholdersUnknown([String])
    case placeholderMissing(String)
    case placeholderOpen(String)

    package var message: Message {
        switch self {
        case .tooLarge(let most): Message("letter.document.too-large", ["bytesMax": "\(most)"])
        case .tooLargeUnpacked(let most):
            Message("letter.document.too-large-unpacked", ["bytesMax": "\(most)"])
        case .notDocument: Message("letter.document.not-one")
        case .macros: Message("letter.document.macros")
        case .external(let part): Message("letter.document.external", ["part": part])
        case .embedded(let part): Message("letter.document.embedded", ["part": part])
        case .field(let name): Message("letter.document.field", ["name": name])
        case .placeholdersUnknown(let words):
            Message(
                "letter.document.placeholders-unknown",
                ["words": words.map { "{{\($0)}}" }.joined(separator: "、")])
        case .placeholderMissing(let word):
            Message("letter.document.placeholder-missing", ["word": "{{\(word)}}"])
        case .placeholderOpen(let text): Message("letter.document.placeholder-open", ["text": text])
        }
    }

    package var remedy: Message? {
        switch self {
        case .macros: Message("letter.document.macros-remedy")
        case .placeholdersUnknown:
            Message(
                "letter.document.placeholders-known",
                ["words": Placeholder.all.map { "{{\($0)}}" }.joined(separator: "、")])
        default: nil
        }
    }
}

/// A .docx that holds nothing but its own text and pictures: no macros, nothing embedded, nothing fetched from elsewhere.
package struct WordDocument: Sendable {
    static let limits = PackedFolder.Limits(filesMax: 400, fileBytesMax: 16 << 20, bytesMax: 48 << 20)
    private static let main =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    static let body = "word/document.xml"
    static let types = "[Content_Types].xml"
    /// Fields that fetch or start something when somebody opens the document.
    private static let refusedFields: Set<String> = [
        "DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "DATABASE",
        "MACROBUTTON", "RD",
    ]

    private var folder: PackedFolder

    /// What is only handed on may link and embed as people do; what letters are made of may not.
    ///
    /// - Throws: `DocumentFault` naming what is in it that may not be.
    package init(_ bytes: [UInt8], isHandedOn: Bool = false) throws(DocumentFault) {
        do {
            folder = try PackedFolder(bytes, Self.limits)
        } catch .fileTooLarge(_, let most) {
            throw .tooLargeUnpacked(bytesMax: most)
        } catch {
            throw .notDocument
        }
        try refuseMacros()
        if !isHandedOn { try refuseEmbedded() }
        guard let types = try markup(of: Self.types), try markup(of: Self.body) != nil else {
            throw .notDocument
        }
        let isMain = types.pieces.contains { piece in
            Markup.attribute("ContentType", in: piece.raw) == Self.main
        }
        guard isMain else { throw .notDocument }
        if isHandedOn { return }
        try refuseExternal()
        try refuseFields()
    }

    /// Trusted, as it was made here.
    init(made folder: PackedFolder) { self.folder = folder }

    package var bytes: [UInt8] { folder.bytes }

    /// Parts that hold text of the document.
    private var textParts: [String] {
        folder.names.filter { name in
            name == Self.body
                || (name.hasSuffix(".xml")
                    && ["word/header", "word/footer", "word/footnotes", "word/endnotes", "word/comments"]
                        .contains {
                            name.hasPrefix($0)
                        })
        }
    }

    private func markup(of name: String) throws(DocumentFault) -> Markup? {
        let content: [UInt8]?
        do { content = try folder.content(of: name) } catch { throw .notDocument }
        guard let content else { return nil }
        guard let markup = Markup(content) else { throw .notDocument }
        return markup
    }

    // MARK: - What may not be in it

    private func refuseMacros() throws(DocumentFault) {
        for name in folder.names.map({ $0.lowercased() })
        where name.contains("vbaproject") || name.contains("vbadata") {
            throw .macros
        }
        for type in try contentTypes() where type.name.contains("macroenabled") || type.name.contains("vba") {
            throw .macros
        }
    }

    private func refuseEmbedded() throws(DocumentFault) {
        for name in folder.names {
            let lowered = name.lowercased()
            let isObject =
                ["embeddings/", "activex/", "ctrlprops/"].contains(where: lowered.contains)
                || [".bin", ".exe", ".ole"].contains(where: lowered.hasSuffix)
            if isObject { throw .embedded(part: name) }
        }
        for type in try contentTypes()
        where ["oleobject", "activex", "control+xml"].contains(where: type.name.contains) {
            throw .embedded(part: type.part ?? type.name)
        }
    }

    private func contentTypes() throws(DocumentFault) -> [(name: String, part: String?)] {
        guard let types = try markup(of: Self.types) else { throw .notDocument }
        return types.pieces.map {
            (
                (Markup.attribute("ContentType", in: $0.raw) ?? "").lowercased(),
                Markup.attribute("PartName", in: $0.raw)
            )
        }
    }

    private func refuseExternal() throws(DocumentFault) {
        for name in folder.names where name.lowercased().hasSuffix(".rels") {
            guard let relations = try markup(of: name) else { continue }
            for piece in relations.pieces {
                if Markup.attribute("TargetMode", in: piece.raw)?.lowercased() == "external" {
                    throw .external(part: Markup.attribute("Target", in: piece.raw) ?? name)
                }
                let type = (Markup.attribute("Type", in: piece.raw) ?? "").lowercased()
                if ["/oleobject", "/package", "/afchunk", "/control"].contains(where: type.hasSuffix) {
                    throw .embedded(part: Markup.attribute("Target", in: piece.raw) ?? name)
                }
                if type.hasSuffix("/vbaproject") { throw .macros }
            }
        }
    }

    private func refuseFields() throws(DocumentFault) {
        for name in textParts {
            guard let markup = try markup(of: name) else { continue }
            // An instruction may be spread over runs; a new one begins with a field character.
            var instruction = ""
            var isInside = false
            for piece in markup.pieces {
                switch piece {
                case .open("w:instrText", _): isInside = true
                case .close("w:instrText"): isInside = false
                case .text(let text) where isInside: instruction += Markup.unescaped(text)
                case .open("w:fldSimple", let raw), .empty("w:fldSimple", let raw):
                    try Self.refuse(field: Markup.attribute("w:instr", in: raw) ?? "")
                case .open("w:fldChar", _), .empty("w:fldChar", _), .close("w:p"):
                    try Self.refuse(field: instruction)
                    instruction = ""
                default: break
                }
            }
            try Self.refuse(field: instruction)
        }
    }

    private static func refuse(field instruction: String) throws(DocumentFault) {
        let word = instruction.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }.uppercased()
        if refusedFields.contains(word) { throw .field(word) }
    }

    // MARK: - Text

    /// Of all its text parts, paragraph by paragraph.
    package func paragraphs() throws(DocumentFault) -> [String] {
        var found: [String] = []
        for name in textParts {
            guard let markup = try markup(of: name) else { continue }
            found += markup.paragraphs.map { markup.text(of: $0) }
        }
        return found
    }

    /// The words between {{ and }}, in the order in which they stand.
    ///
    /// - Throws: `DocumentFault.placeholderOpen` when one is begun and not ended within its paragraph.
    package func placeholders() throws(DocumentFault) -> [String] {
        var words: [String] = []
        for paragraph in try paragraphs() {
            var rest = paragraph[...]
            while let open = rest.firstRange(of: "{{") {
                guard let close = rest[open.upperBound...].firstRange(of: "}}") else {
                    throw .placeholderOpen(String(rest[open.lowerBound...].prefix(20)))
                }
                let word = rest[open.upperBound..<close.lowerBound].filter { !$0.isWhitespace }
                if !words.contains(word) { words.append(word) }
                rest = rest[close.upperBound...]
            }
        }
        return words
    }

    /// As a template of letters: nothing asked for that we do not know, and a place for the text.
    package func checkedPlaceholders() throws(DocumentFault) -> [String] {
        let words = try placeholders()
        let unknown = words.filter { !Placeholder.all.contains($0) }
        guard unknown.isEmpty else { throw .placeholdersUnknown(unknown) }
        for word in Placeholder.needed where !words.contains(word) { throw .placeholderMissing(word) }
        return words
    }

    /// The same document with every placeholder filled in. A paragraph that is only a placeholder becomes one for every line of its
    /// value; elsewhere lines are broken. Whatever is not a placeholder stays as it is.
    package func filled(with words: [String: String]) throws(DocumentFault) -> WordDocument {
        var filled = self
        for name in textParts {
            guard var markup = try markup(of: name) else { continue }
            guard markup.fill(words) else { continue }
            filled.folder.replace(name, with: markup.bytes)
        }
        return filled
    }
}
