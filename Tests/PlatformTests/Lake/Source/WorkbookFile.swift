import Foundation
import Lake

/// A workbook part by part, packed without compression: what is said about its parts is said in full view.
struct WorkbookFile {
    var parts: [(name: String, bytes: [UInt8])] = []

    /// One sheet and what most workbooks have besides. `formats` are the number formats of cells with `s="1"`, `s="2"` …
    init(
        _ rows: String, merged: [String] = [], formats: [String] = [], strings: [String] = [],
        has1904Epoch: Bool = false
    ) {
        self.init(
            sheets: [(name: "表1", state: "visible", xml: Self.sheet(rows, merged: merged))], formats: formats,
            strings: strings, has1904Epoch: has1904Epoch)
    }

    init(
        sheets: [(name: String, state: String, xml: String)], formats: [String] = [], strings: [String] = [],
        has1904Epoch: Bool = false
    ) {
        let tabs = sheets.enumerated().map { number, sheet in
            "<sheet name=\"\(sheet.name)\" sheetId=\"\(number + 1)\" state=\"\(sheet.state)\" r:id=\"r\(number)\"/>"
        }
        add(
            "xl/workbook.xml",
            "<workbook xmlns:r=\"r\"><workbookPr date1904=\"\(has1904Epoch)\"/><sheets>\(tabs.joined())</sheets></workbook>"
        )
        let relations = sheets.indices.map {
            "<Relationship Id=\"r\($0)\" Type=\"http://x/worksheet\" Target=\"worksheets/sheet\($0).xml\"/>"
        }
        add("xl/_rels/workbook.xml.rels", "<Relationships>\(relations.joined())</Relationships>")
        let codes = formats.enumerated().map { "<numFmt numFmtId=\"\($0 + 200)\" formatCode=\"\($1)\"/>" }
        let cells = formats.indices.map { "<xf numFmtId=\"\($0 + 200)\"/>" }
        add(
            "xl/styles.xml",
            "<styleSheet><numFmts>\(codes.joined())</numFmts><cellXfs><xf numFmtId=\"0\"/>\(cells.joined())</cellXfs></styleSheet>"
        )
        add("xl/sharedStrings.xml", "<sst>\(strings.map { "<si>\($0)</si>" }.joined())</sst>")
        for (number, sheet) in sheets.enumerated() { add("xl/worksheets/sheet\(number).xml", sheet.xml) }
    }

    static func sheet(_ rows: String, merged: [String] = []) -> String {
        let cells = merged.map { "<mergeCell ref=\"\($0)\"/>" }.joined()
        return "<worksheet><sheetData>\(rows)</sheetData><mergeCells>\(cells)</mergeCells></worksheet>"
    }

    /// Rows of cells as they are written inline; an empty text is no cell.
    static func rows(_ rows: [[String]], from first: Int = 1) -> String {
        rows.enumerated().map { number, texts in
            let cells = texts.enumerated().map { column, text in
                let address = "\(Character(UnicodeScalar(UInt8(0x41 + column))))\(first + number)"
                return text.isEmpty ? "" : "<c r=\"\(address)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
            }
            return "<row r=\"\(first + number)\">\(cells.joined())</row>"
        }.joined()
    }

    private mutating func add(_ name: String, _ text: String) { parts.append((name, Array(text.utf8))) }

    subscript(name: String) -> [UInt8]? {
        get { parts.first { $0.name == name }?.bytes }
        set {
            parts.removeAll { $0.name == name }
            if let newValue { parts.append((name, newValue)) }
        }
    }

    /// As a ZIP with stored members (APPNOTE 4.3).
    var bytes: [UInt8] {
        var out: [UInt8] = []
        var directory: [UInt8] = []
        for (name, bytes) in parts {
            var common: [UInt8] = []
            common.number(20, 2)
            common.number(0, 8)
            common.number(Int(Self.crc(bytes)), 4)
            common.number(bytes.count, 4)
            common.number(bytes.count, 4)
            common.number(name.utf8.count, 2)
            common.number(0, 2)
            directory.number(0x0201_4B50, 4)
            directory.number(20, 2)
            directory += common
            directory.number(0, 10)
            directory.number(out.count, 4)
            directory += name.utf8
            out.number(0x0403_4B50, 4)
            out += common
            out += name.utf8
            out += bytes
        }
        let start = out.count
        out += directory
        out.number(0x0605_4B50, 4)
        out.number(0, 4)
        out.number(parts.count, 2)
        out.number(parts.count, 2)
        out.number(directory.count, 4)
        out.number(start, 4)
        out.number(0, 2)
        return out
    }

    func write(to folder: SourceFolder, _ name: String = "book.xlsx") throws -> Source {
        _ = try folder.write(bytes, to: name)
        return Source(file: "\(folder.path)/\(name)")
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}

extension [UInt8] {
    /// Little-endian.
    fileprivate mutating func number(_ value: Int, _ width: Int) {
        for byte in 0..<width { append(byte < 8 ? UInt8(truncatingIfNeeded: value >> (byte * 8)) : 0) }
    }
}
