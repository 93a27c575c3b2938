package import Kernel

/// Looks for a mark of secrecy in the name and the head of a file: where people see one when they open it. What lies further in is not
/// read, so that the largest file costs as much as a small one. Needs no engine and no other process.
///
/// What cannot be read, such as an encrypted workbook, is looked at by name alone: whoever is to read it refuses it.
package struct SecrecyLook {
    /// Of a text: its lines within so many bytes.
    static let headBytes = 64 << 10
    static let linesMax = 40
    /// Documents are read whole up to here, unpacked.
    static let documentBytes = 8 << 20
    static let membersMax = 40

    let file: SourceFile

    /// - Throws: `SourceError` when there is no such file, or the disk cannot be read.
    package static func look(at path: String, named name: String) throws -> SecrecyFinding? {
        if let mark = inFileName(name) { return SecrecyFinding(mark, .name) }
        var limits = SourceLimits.standard
        limits.fileBytesMax = .max
        let file = try SourceFile(path, SourceConfinement(folders: ["/"]), limits)
        return try SecrecyLook(file: file).found(named: name.lowercased())
    }

    static func inFileName(_ name: String) -> String? {
        let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? name
        return SecrecyMark.inName(last)
    }

    func found(named name: String) throws(SourceError) -> SecrecyFinding? {
        let head = try file.bytes(at: 0, count: 8)
        if head.starts(with: [0x50, 0x4B]) { return try SecrecyPacked(file: file).found() }
        if head.starts(with: Array("%PDF".utf8)) { return try SecrecyPDF.found(in: file) }
        var bytes = try file.bytes(at: 0, count: Self.headBytes)
        var (isWhole, name) = (Int64(bytes.count) == file.bytes, name)
        if head.starts(with: [0x1F, 0x8B]) {
            bytes = PackedHead.gzip(bytes, bytesMax: Self.headBytes)
            isWhole = false
            if name.hasSuffix(".gz") { name.removeLast(3) }
        }
        return Self.found(inText: bytes, isWhole: isWhole, named: name)
    }

    /// Of what is a text by its bytes; anything else has no lines to look at.
    static func found(inText bytes: [UInt8], isWhole: Bool, named name: String) -> SecrecyFinding? {
        for text in texts(of: bytes, isWhole: isWhole) {
            let finding =
                switch name.split(separator: ".").last.map(String.init) {
                case "json", "geojson", "jsonld", "ndjson", "jsonl": SecrecyJSON.found(in: text)
                case "txt", "md": inLines(of: text)
                default: inTable(text)
                }
            if let finding { return finding }
        }
        return nil
    }

    /// The text as every encoding reads it that it could be in: a head is too short to be sure of one.
    private static func texts(of bytes: [UInt8], isWhole: Bool) -> [String] {
        if let marked = EncodingDetector.byteOrderMark(bytes) { return [decoded(bytes, marked.encoding)] }
        if let wide = EncodingDetector.wideUnits(bytes) { return [decoded(bytes, wide.encoding)] }
        guard bytes.contains(where: { $0 >= 0x80 }), !bytes.contains(0) else {
            // Plain ASCII writes marks as escapes, in JSON.
            return bytes.contains(0) ? [] : [String(decoding: bytes, as: UTF8.self)]
        }
        // The last character may be cut.
        let cut = (0...3).first { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
        if let cut { return [String(decoding: bytes.dropLast(cut), as: UTF8.self)] }
        return [decoded(bytes, .gb18030), decoded(bytes, .big5)]
    }

    static func decoded(_ bytes: [UInt8], _ encoding: TextEncoding) -> String {
        guard let decoder = try? TextDecoder(encoding) else { return "" }
        let out = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count * encoding.growthMax + 8)
        defer { out.deallocate() }
        var text = ""
        bytes.withUnsafeBytes { buffer in
            var at = 0
            while at < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[at...])
                let step = decoder.decode(rest, isLast: false, into: out)
                text += String(decoding: UnsafeBufferPointer(start: out, count: step.written), as: UTF8.self)
                guard let fault = step.fault else { break }
                at += fault + 1
            }
        }
        return text
    }

    /// Line by line, as prose.
    private static func inLines(of text: String) -> SecrecyFinding? {
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .prefix(linesMax).enumerated()
        {
            if let mark = SecrecyMark.inParagraph(String(line)) {
                return SecrecyFinding(mark, .line(number + 1))
            }
        }
        return nil
    }

    private static func inTable(_ text: String) -> SecrecyFinding? {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).prefix(linesMax)
        let rows = lines.map { line in
            line.split(omittingEmptySubsequences: false) { ",\t;|".contains($0) }.map { cell in
                String(cell.filter { $0 != "\"" })
            }
        }
        return SecrecyRows.found(in: rows).map { SecrecyFinding($0.mark, .line($0.row + 1)) }
    }
}

/// The first rows of a table. A star behind the word is a mark in any cell. A word alone is one above the table only: below a title such
/// as 密级 it is a value like any other, and so it is in a list of such words.
enum SecrecyRows {
    static func found(in rows: [[String]]) -> (mark: String, row: Int, column: Int)? {
        for (row, cells) in rows.enumerated() {
            for (column, cell) in cells.enumerated() {
                if let mark = SecrecyMark.starred(cell) { return (mark, row, column) }
            }
        }
        for row in 0..<firstOfTable(rows) {
            for (column, cell) in rows[row].enumerated() {
                if let mark = SecrecyMark.alone(cell) { return (mark, row, column) }
            }
        }
        return nil
    }

    /// Where the table itself begins: with the first row that is about as wide as the widest. Of a single column only the first text
    /// stands above it, and only when something else than such words follows.
    private static func firstOfTable(_ rows: [[String]]) -> Int {
        let filled = rows.map { cells in cells.count { !$0.allSatisfy(\.isWhitespace) } }
        guard let widest = filled.max(), widest > 0 else { return 0 }
        if widest == 1 {
            guard let first = filled.firstIndex(of: 1) else { return 0 }
            let texts = zip(rows, filled).filter { $0.1 == 1 }.compactMap { cells, _ in
                cells.first { !$0.allSatisfy(\.isWhitespace) }
            }
            let others = texts.dropFirst().filter { SecrecyMark.alone($0) == nil }
            return others.count * 2 >= texts.count ? first + 1 : 0
        }
        // A title with its mark at the other end is two texts wide.
        let wide = widest > 3 ? widest / 2 + 1 : 2
        return rows.indices.first { row in
            filled[row] >= wide
                && !rows[row].allSatisfy { cell in
                    cell.allSatisfy(\.isWhitespace) || SecrecyMark.isCompany(cell)
                        || SecrecyMark.alone(cell) != nil
                }
        } ?? 0
    }
}
