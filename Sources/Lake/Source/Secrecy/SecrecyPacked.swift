import Kernel

/// Documents, workbooks and archives, each a ZIP: what people see first in them.
struct SecrecyPacked {
    static let sheetHeadBytes = 256 << 10
    static let sheetsMax = 20
    static let rowsMax = 20
    /// All sheets together, unpacked, for what stands behind their rows.
    private static let sheetBytesMax = 256 << 20
    private static let stringsBytes = 4 << 20

    let file: SourceFile

    func found() throws(SourceError) -> SecrecyFinding? {
        let directory: ZipDirectory
        // What is no sound ZIP is refused by whoever reads it.
        do throws(SourceError) { directory = try ZipDirectory(of: file) } catch { return nil }
        if let finding = try properties(directory) { return finding }
        if directory.has("word/document.xml") { return try document(directory) }
        if directory.has("xl/workbook.xml") { return try workbook(directory) }
        if directory.names.contains(where: { $0.hasSuffix("OFD.xml") }) { return try texts(directory) }
        return try archive(directory)
    }

    private func head(_ name: String, _ directory: ZipDirectory, _ bytes: Int) throws(SourceError) -> [UInt8]
    {
        let packed: PackedText?
        do throws(SourceError) { packed = try directory.member(name) } catch { return [] }
        guard let packed else { return [] }
        return try PackedHead.member(packed, of: file, headBytes: bytes).head
    }

    private func properties(_ directory: ZipDirectory) throws(SourceError) -> SecrecyFinding? {
        for name in ["docProps/core.xml", "docProps/custom.xml", "docProps/app.xml"] {
            let texts = XMLTexts.all(try head(name, directory, SecrecyLook.headBytes))
            // A title may talk of secrets in a sentence; of keywords each is by itself.
            if let mark = SecrecyMark.inText(texts) ?? texts.lazy.compactMap(SecrecyMark.inName).first {
                return SecrecyFinding(mark, .properties)
            }
        }
        return nil
    }

    /// Words may be parted into runs (`<w:r>`): a paragraph is looked at whole.
    private func document(_ directory: ZipDirectory) throws(SourceError) -> SecrecyFinding? {
        for name in directory.names where name.hasPrefix("word/header") || name.hasPrefix("word/footer") {
            let paragraphs = XMLTexts.paragraphs(try head(name, directory, SecrecyLook.headBytes))
            if let mark = SecrecyMark.inText(paragraphs) { return SecrecyFinding(mark, .headerOrFooter) }
        }
        let body = try head("word/document.xml", directory, SecrecyLook.documentBytes)
        for (number, paragraph) in XMLTexts.paragraphs(body).enumerated() {
            if let mark = SecrecyMark.inParagraph(paragraph) {
                return SecrecyFinding(mark, .paragraph(number + 1))
            }
        }
        return nil
    }

    /// Every text in the XML of it.
    private func texts(_ directory: ZipDirectory) throws(SourceError) -> SecrecyFinding? {
        var number = 0
        for name in directory.names where name.lowercased().hasSuffix(".xml") {
            for text in XMLTexts.all(try head(name, directory, SecrecyLook.documentBytes)) {
                number += 1
                if let mark = SecrecyMark.inParagraph(text) { return SecrecyFinding(mark, .text(number)) }
            }
        }
        return nil
    }

    private func archive(_ directory: ZipDirectory) throws(SourceError) -> SecrecyFinding? {
        for (number, name) in directory.names.prefix(SecrecyLook.membersMax).enumerated() {
            if let mark = SecrecyLook.inFileName(name) { return SecrecyFinding(mark, .member(number + 1)) }
            let bytes = try head(name, directory, SecrecyLook.headBytes)
            guard !bytes.starts(with: [0x50, 0x4B]) else { continue }
            let inside = SecrecyLook.found(inText: bytes, isWhole: false, named: name.lowercased())
            if let inside { return SecrecyFinding(inside.mark, .member(number + 1)) }
        }
        return nil
    }

    // MARK: - Workbooks

    private func workbook(_ directory: ZipDirectory) throws(SourceError) -> SecrecyFinding? {
        let index = WorkbookIndex()
        index.read(try head("xl/workbook.xml", directory, SecrecyLook.documentBytes))
        index.read(try head("xl/_rels/workbook.xml.rels", directory, SecrecyLook.documentBytes))
        for (number, sheet) in index.sheets.enumerated() {
            if let mark = SecrecyMark.inName(sheet.name) {
                return SecrecyFinding(mark, .sheetTitle(number + 1))
            }
        }
        var strings: [String]?
        var left = Self.sheetBytesMax
        for (number, sheet) in index.sheets.prefix(Self.sheetsMax).enumerated() {
            guard let part = index.part(of: sheet), let packed = try? directory.member(part) else { continue }
            let (head, tail) = try PackedHead.member(
                packed, of: file, headBytes: Self.sheetHeadBytes, tailBytes: 32 << 10, bytesMax: max(left, 1))
            left -= Int(packed.unpackedBytes ?? 0)
            let printed = XMLTexts.all(XMLTexts.headerFooter(in: tail)).map(XMLTexts.withoutCodes)
            if let mark = SecrecyMark.inText(printed.flatMap { $0 }) {
                return SecrecyFinding(mark, .sheetHeader(number + 1))
            }
            let rows = FirstRows(rowsMax: Self.rowsMax)
            rows.read(head)
            if strings == nil, rows.needsStrings {
                strings = XMLTexts.shared(try self.head("xl/sharedStrings.xml", directory, Self.stringsBytes))
            }
            if let (mark, row, column) = SecrecyRows.found(in: rows.texts(strings ?? [])) {
                return SecrecyFinding(mark, .cell(sheet: number + 1, address: rows.address(row, column)))
            }
        }
        return try drawings(directory)
    }

    /// Text boxes.
    private func drawings(_ directory: ZipDirectory) throws(SourceError) -> SecrecyFinding? {
        for name in directory.names where name.hasPrefix("xl/drawings/drawing") {
            let paragraphs = XMLTexts.paragraphs(try head(name, directory, SecrecyLook.headBytes))
            if let mark = SecrecyMark.inText(paragraphs) { return SecrecyFinding(mark, .properties) }
        }
        return nil
    }
}
