import Kernel

/// The list of files at the end of a ZIP (APPNOTE 4.3.12 and 4.3.16), as far as it takes to find a table in it.
struct ZipDirectory {
    private static let entriesMax = 1_000
    private static let directoryBytesMax = 1 << 20
    private static let endBytes = 22
    private static let commentBytesMax = 65_535

    private struct Entry {
        let name: String
        let flags: UInt16
        let method: UInt16
        let crc: UInt32
        let packedBytes: Int64
        let bytes: Int64
        let headerOffset: Int64
        var isFolder: Bool { name.hasSuffix("/") || name.hasPrefix("__MACOSX/") }
    }

    private let file: SourceFile
    private var entries: [Entry] = []

    init(of file: SourceFile) throws(SourceError) {
        self.file = file
        let tail = try file.bytes(
            at: max(0, file.bytes - Int64(Self.endBytes + Self.commentBytesMax)),
            count: Self.endBytes + Self.commentBytesMax)
        guard let end = Self.end(in: tail) else { throw .packedDamaged(byteOffset: file.bytes) }
        let count = Int(Self.number(tail, end + 10, 2))
        let bytes = Int(Self.number(tail, end + 12, 4))
        let offset = Int64(Self.number(tail, end + 16, 4))
        guard count <= Self.entriesMax, bytes <= Self.directoryBytesMax else {
            throw .packedUnsupported(what: "\(count)")
        }
        let directory = try file.bytes(at: offset, count: bytes)
        guard directory.count == bytes else { throw .packedDamaged(byteOffset: offset) }
        var at = 0
        for _ in 0..<count { entries.append(try Self.entry(directory, &at, from: offset)) }
    }

    /// Of the files in it.
    var names: [String] { entries.filter { !$0.isFolder }.map(\.name) }

    func has(_ name: String) -> Bool { entries.contains { $0.name == name } }

    /// What the files in it make of it together.
    var format: String {
        if has("xl/workbook.xml") { return "Excel (xlsx)" }
        if has("content.xml") { return "OpenDocument (ods)" }
        return has("word/document.xml") ? "Word (docx)" : "ZIP"
    }

    /// The one file in it. Throws what it is instead: a workbook, several files, encrypted, or packed in another way.
    func onlyText() throws(SourceError) -> PackedText {
        guard format == "ZIP" else { throw .notText(format: format) }
        let files = entries.filter { !$0.isFolder }
        guard let only = files.first else { throw .packedEmpty }
        guard files.count == 1 else {
            throw .packedSeveral(count: files.count, names: files.prefix(5).map(\.name))
        }
        return try packed(only)
    }

    /// Nil when there is none of that name.
    func member(_ name: String) throws(SourceError) -> PackedText? {
        guard let entry = entries.first(where: { $0.name == name }) else { return nil }
        return try packed(entry)
    }

    private func packed(_ entry: Entry) throws(SourceError) -> PackedText {
        guard entry.flags & 1 == 0 else { throw .packedEncrypted }
        guard entry.method == 0 || entry.method == 8 else {
            throw .packedUnsupported(what: "\(entry.method)")
        }
        guard entry.packedBytes != 0xFFFF_FFFF, entry.bytes != 0xFFFF_FFFF, entry.headerOffset != 0xFFFF_FFFF
        else { throw .packedUnsupported(what: "ZIP64") }
        let header = try file.bytes(at: entry.headerOffset, count: 30)
        guard header.count == 30, Self.number(header, 0, 4) == 0x0403_4B50 else {
            throw .packedDamaged(byteOffset: entry.headerOffset)
        }
        let offset =
            entry.headerOffset + 30 + Int64(Self.number(header, 26, 2)) + Int64(Self.number(header, 28, 2))
        guard offset + entry.packedBytes <= file.bytes else { throw .packedDamaged(byteOffset: offset) }
        return PackedText(
            format: entry.method == 0 ? .stored : .deflated, offset: offset, bytes: entry.packedBytes,
            unpackedBytes: entry.bytes, crc: entry.crc)
    }

    private static func end(in tail: [UInt8]) -> Int? {
        guard tail.count >= endBytes else { return nil }
        return stride(from: tail.count - endBytes, through: 0, by: -1).first { at in
            number(tail, at, 4) == 0x0605_4B50 && at + endBytes + Int(number(tail, at + 20, 2)) == tail.count
        }
    }

    private static func entry(
        _ directory: [UInt8], _ at: inout Int, from offset: Int64
    ) throws(SourceError) -> Entry {
        guard at + 46 <= directory.count, number(directory, at, 4) == 0x0201_4B50 else {
            throw .packedDamaged(byteOffset: offset + Int64(at))
        }
        let nameBytes = Int(number(directory, at + 28, 2))
        let next =
            at + 46 + nameBytes + Int(number(directory, at + 30, 2)) + Int(number(directory, at + 32, 2))
        guard next <= directory.count else { throw .packedDamaged(byteOffset: offset + Int64(at)) }
        let entry = Entry(
            name: String(decoding: directory[(at + 46)..<(at + 46 + nameBytes)], as: UTF8.self),
            flags: UInt16(number(directory, at + 8, 2)), method: UInt16(number(directory, at + 10, 2)),
            crc: number(directory, at + 16, 4), packedBytes: Int64(number(directory, at + 20, 4)),
            bytes: Int64(number(directory, at + 24, 4)), headerOffset: Int64(number(directory, at + 42, 4)))
        at = next
        return entry
    }

    /// Little-endian, at most four bytes.
    private static func number(_ bytes: [UInt8], _ at: Int, _ count: Int) -> UInt32 {
        (0..<count).reversed().reduce(0) { $0 << 8 | UInt32(bytes[at + $1]) }
    }
}
