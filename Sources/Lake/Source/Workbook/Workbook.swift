import Kernel

/// An Excel workbook (ECMA-376): its sheets, what its number formats mean, the texts its cells share.
final class Workbook {
    struct Sheet {
        let name: String
        let part: String
        /// Hidden by whoever made it.
        let isHidden: Bool
    }

    /// More than a workbook for people has.
    static let sheetsMax = 500

    let file: SourceFile
    let sheets: [Sheet]
    let has1904Epoch: Bool
    /// What numbers of a cell format are, by the cell's `s`.
    let forms: [NumberForm]
    let strings: SharedStrings
    private let directory: ZipDirectory
    private let folder: String
    private let limits: SourceLimits

    /// Unpacks into nameless files in `folder`.
    init(
        _ file: SourceFile, unpackingIn folder: String, _ limits: SourceLimits,
        _ isCancelled: @escaping () -> Bool
    ) throws(SourceError) {
        if file.bytes == 0 { throw .empty }
        let format = try file.foreignFormat() ?? "text"
        guard try file.bytes(at: 0, count: 4).starts(with: [0x50, 0x4B, 0x03, 0x04]) else {
            throw .notWorkbook(format: format)
        }
        self.file = file
        self.folder = folder
        self.limits = limits
        let directory = try ZipDirectory(of: file)
        self.directory = directory
        guard directory.has("xl/workbook.xml") else { throw .notWorkbook(format: directory.format) }
        let unpack = { (name: String) throws(SourceError) -> SourceFile? in
            guard let packed = try directory.member(name) else { return nil }
            return try file.unpacked(packed, in: folder, limits, isCancelled: isCancelled)
        }
        let outline = Outline()
        if let part = try unpack("xl/workbook.xml") {
            try XMLPart.read("workbook.xml", part, outline, isCancelled)
        }
        let relations = Relations()
        if let part = try unpack("xl/_rels/workbook.xml.rels") {
            try XMLPart.read("workbook.xml.rels", part, relations, isCancelled)
        }
        has1904Epoch = outline.has1904Epoch
        sheets = outline.sheets.compactMap { sheet in
            guard let target = relations.sheets[sheet.relation] else { return nil }
            return Sheet(name: sheet.name, part: target, isHidden: sheet.isHidden)
        }
        let styles = Styles()
        if let part = try unpack(relations.styles ?? "xl/styles.xml") {
            try XMLPart.read("styles.xml", part, styles, isCancelled)
        }
        forms = styles.forms
        if let part = try unpack(relations.strings ?? "xl/sharedStrings.xml") {
            strings = try SharedStrings(part, in: folder, limits, isCancelled)
        } else {
            strings = SharedStrings()
        }
    }

    /// The sheet of that name, or the first that is not hidden.
    func sheet(named name: String?) throws(SourceError) -> Sheet {
        guard let name else {
            guard let first = sheets.first(where: { !$0.isHidden }) ?? sheets.first else { throw .empty }
            return first
        }
        guard let sheet = sheets.first(where: { $0.name == name }) else {
            throw .sheetMissing(name: name, names: sheets.prefix(20).map(\.name))
        }
        return sheet
    }

    func unpacked(_ sheet: Sheet, _ isCancelled: () -> Bool) throws(SourceError) -> SourceFile {
        guard let packed = try directory.member(sheet.part) else {
            throw .workbookDamaged(part: sheet.part, line: 0, detail: "")
        }
        return try file.unpacked(packed, in: folder, limits, isCancelled: isCancelled)
    }
}

/// `workbook.xml`: the sheets in the order of their tabs.
private final class Outline: XMLHandler {
    private(set) var sheets: [(name: String, relation: String, isHidden: Bool)] = []
    private(set) var has1904Epoch = false

    override func begin(_ element: XMLName, _ attributes: XMLAttributes) {
        if element == "sheet" {
            guard let name = attributes.text("name"), let relation = attributes.text("id") else { return }
            let state = attributes.text("state") ?? "visible"
            sheets.append((name, relation, state != "visible"))
            if sheets.count > Workbook.sheetsMax {
                failure = .workbookTooLarge(what: "workbook.xml", max: Workbook.sheetsMax)
            }
        } else if element == "workbookPr" {
            has1904Epoch = ["1", "true", "on"].contains(attributes.text("date1904") ?? "")
        }
    }
}

/// Which part of the package each relation of the workbook means. Only parts within it count.
private final class Relations: XMLHandler {
    private(set) var sheets: [String: String] = [:]
    private(set) var styles: String?
    private(set) var strings: String?

    override func begin(_ element: XMLName, _ attributes: XMLAttributes) {
        guard element == "Relationship", attributes.text("TargetMode") != "External",
            let id = attributes.text("Id"), let type = attributes.text("Type"),
            let target = attributes.text("Target")
        else { return }
        let part = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
        switch type.split(separator: "/").last {
        case "worksheet": sheets[id] = part
        case "styles": styles = part
        case "sharedStrings": strings = part
        default: return
        }
    }
}

/// `styles.xml`: which cell formats show numbers as dates.
private final class Styles: XMLHandler {
    static let formatsMax = 100_000

    private(set) var forms: [NumberForm] = []
    private var written: [Int: NumberForm] = [:]
    private var isInCellFormats = false

    override func begin(_ element: XMLName, _ attributes: XMLAttributes) {
        if element == "numFmt" {
            if let id = attributes.integer("numFmtId"), let code = attributes.text("formatCode") {
                written[id] = NumberForm(code: code)
            }
        } else if element == "cellXfs" {
            isInCellFormats = true
        } else if element == "xf", isInCellFormats {
            let id = attributes.integer("numFmtId") ?? 0
            forms.append(written[id] ?? NumberForm(builtIn: id))
        }
        if max(forms.count, written.count) > Self.formatsMax {
            failure = .workbookTooLarge(what: "styles.xml", max: Self.formatsMax)
        }
    }

    override func end(_ element: XMLName) {
        if element == "cellXfs" { isInCellFormats = false }
    }
}
