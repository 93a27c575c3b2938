/// Texts of a part of a document, which may be cut anywhere: what came before the cut is read.
enum XMLTexts {
    /// Each text by itself.
    static func all(_ bytes: [UInt8]) -> [String] { read(bytes, within: nil, until: nil) }

    /// Of a document or a drawing: the runs of each paragraph as one.
    static func paragraphs(_ bytes: [UInt8]) -> [String] { read(bytes, within: "t", until: "p") }

    /// Of a workbook's shared strings: one an item, formatted in runs or not.
    static func shared(_ bytes: [UInt8]) -> [String] {
        read(bytes, within: "t", until: "si", keepsEmpty: true)
    }

    private static func read(
        _ bytes: [UInt8], within: StaticString?, until: StaticString?, keepsEmpty: Bool = false
    ) -> [String] {
        let handler = TextHandler(within, until, keepsEmpty)
        handler.readHead(bytes)
        return handler.texts
    }

    /// The element that says what is printed above and below a sheet; it stands behind all rows.
    static func headerFooter(in tail: [UInt8]) -> [UInt8] {
        let text = String(decoding: tail, as: UTF8.self)
        guard let name = text.firstRange(of: "headerFooter"),
            let start = text[..<name.lowerBound].lastIndex(of: "<"),
            let last = text.ranges(of: "headerFooter").last,
            let end = text[last.upperBound...].firstIndex(of: ">")
        else { return [] }
        // Prefixes of a namespace are declared in what was cut off.
        let element = String(text[start...end])
        let prefix = element.dropFirst().prefix { $0 != ":" && $0 != " " && $0 != ">" }
        let bare =
            element.hasPrefix("<\(prefix):")
            ? element.replacing("<\(prefix):", with: "<").replacing("</\(prefix):", with: "</") : element
        return Array(bare.utf8)
    }

    /// The left, middle and right of a header without its codes: `&L&"宋体"&12秘密★1年&R&P`.
    static func withoutCodes(_ text: String) -> [String] {
        var (pieces, piece, rest): ([String], String, Substring) = ([], "", text[...])
        while let character = rest.popFirst() {
            guard character == "&", let code = rest.popFirst() else {
                piece.append(character)
                continue
            }
            switch code {
            case "L", "C", "R":
                pieces.append(piece)
                piece = ""
            case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
            case "K": rest = rest.dropFirst(6)
            case "0"..."9": rest = rest.drop { $0.isASCII && $0.isNumber }
            case "&": piece.append("&")
            default: continue
            }
        }
        return pieces + [piece]
    }
}

extension XMLHandler {
    /// A cut is no failure here.
    func readHead(_ bytes: [UInt8]) {
        guard !bytes.isEmpty, let file = try? SourceFile(memory: bytes) else { return }
        try? XMLPart.read("head", file, self) { false }
    }
}

private final class TextHandler: XMLHandler {
    private static let textsMax = 200_000
    private let within: StaticString?
    private let until: StaticString?
    private let keepsEmpty: Bool
    private(set) var texts: [String] = []
    private var bytes: [UInt8] = []
    private var depth = 0

    init(_ within: StaticString?, _ until: StaticString?, _ keepsEmpty: Bool) {
        self.within = within
        self.until = until
        self.keepsEmpty = keepsEmpty
    }

    override func begin(_ element: XMLName, _ attributes: XMLAttributes) {
        if let within, element == within { depth += 1 }
        if within == nil { flush() }
    }

    override func text(_ text: UnsafeBufferPointer<CChar>) {
        guard within == nil || depth > 0 else { return }
        bytes += text.map { UInt8(bitPattern: $0) }
    }

    override func end(_ element: XMLName) {
        if let within, element == within { depth -= 1 }
        guard let until else { return flush() }
        if element == until { flush() }
    }

    private func flush() {
        guard keepsEmpty || !bytes.isEmpty, texts.count < Self.textsMax else { return }
        texts.append(String(decoding: bytes, as: UTF8.self))
        bytes.removeAll(keepingCapacity: true)
    }
}

/// Which sheets there are, in the order of their tabs, and in which part each lies.
final class WorkbookIndex: XMLHandler {
    struct Sheet {
        let name: String
        let relation: String
    }

    private(set) var sheets: [Sheet] = []
    private var parts: [String: String] = [:]

    func read(_ bytes: [UInt8]) { readHead(bytes) }

    override func begin(_ element: XMLName, _ attributes: XMLAttributes) {
        if element == "sheet" {
            sheets.append(Sheet(name: attributes.text("name") ?? "", relation: attributes.text("id") ?? ""))
        } else if element == "Relationship", let id = attributes.text("Id"),
            let target = attributes.text("Target")
        {
            parts[id] = target
        }
    }

    func part(of sheet: Sheet) -> String? {
        parts[sheet.relation].map { $0.hasPrefix("/") ? String($0.dropFirst()) : "xl/\($0)" }
    }
}

/// The first rows of a sheet; texts that cells share are put in afterwards.
final class FirstRows: XMLHandler {
    private enum Content {
        case text(String)
        case shared(Int)
    }

    private let rowsMax: Int
    private var rows: [[(address: String, content: Content)]] = []
    private var type = ""
    private var address = ""
    private var value: [UInt8] = []
    private var isInValue = false

    init(rowsMax: Int) { self.rowsMax = rowsMax }

    func read(_ bytes: [UInt8]) { readHead(bytes) }

    var needsStrings: Bool {
        rows.contains { row in row.contains { if case .shared = $0.content { true } else { false } } }
    }

    func texts(_ strings: [String]) -> [[String]] {
        rows.map { row in
            row.map { cell in
                switch cell.content {
                case .text(let text): text
                case .shared(let index): strings.indices.contains(index) ? strings[index] : ""
                }
            }
        }
    }

    func address(_ row: Int, _ column: Int) -> String { rows[row][column].address }

    override func begin(_ element: XMLName, _ attributes: XMLAttributes) {
        if element == "row" {
            guard rows.count < rowsMax else {
                failure = .cancelled
                return
            }
            rows.append([])
        } else if element == "c" {
            (type, address) = (attributes.text("t") ?? "", attributes.text("r") ?? "")
            value.removeAll(keepingCapacity: true)
        } else if element == "v" || element == "t" {
            isInValue = true
        } else if element == "rPh" {
            isInValue = false
        }
    }

    override func text(_ text: UnsafeBufferPointer<CChar>) {
        if isInValue { value += text.map { UInt8(bitPattern: $0) } }
    }

    override func end(_ element: XMLName) {
        if element == "v" || element == "t" {
            isInValue = false
        } else if element == "c", !value.isEmpty, !rows.isEmpty {
            let text = String(decoding: value, as: UTF8.self)
            let content: Content = type == "s" ? .shared(Int(text) ?? -1) : .text(text)
            rows[rows.count - 1].append((address, content))
        }
    }
}
