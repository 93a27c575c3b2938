/// The files of a shapefile (ESRI Shapefile Technical Description, 1998): a table of attributes (.dbf), the shapes in the same order (.shp),
/// what the coordinates refer to (.prj) and how the text is encoded (.cpg). Side by side in a folder, or together in a ZIP; a table alone
/// is a table without shapes.
struct ShapeFiles {
    private static let noteBytesMax = 64 << 10

    let table: SourceFile
    let shapes: SourceFile?
    /// Well-known text of the coordinate system.
    let projection: String?
    /// What the code page file says, `UTF-8`, `GBK`, `936`.
    let codePage: String?
    /// What a person gave: read for its digest.
    private let given: [SourceFile]

    /// Whether a file is a ZIP with a table of attributes in it.
    static func arePacked(in file: SourceFile) throws(SourceError) -> Bool {
        guard try file.bytes(at: 0, count: 4).starts(with: [0x50, 0x4B, 0x03, 0x04]) else { return false }
        return try ZipDirectory(of: file).names.contains { $0.lowercased().hasSuffix(".dbf") }
    }

    init(
        _ file: SourceFile, unpackingIn folder: String, _ confinement: SourceConfinement,
        _ limits: SourceLimits, isCancelled: () -> Bool
    ) throws(SourceError) {
        if try file.bytes(at: 0, count: 4).starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            try self.init(packed: file, in: folder, limits, isCancelled)
        } else {
            try self.init(beside: file, confinement, limits)
        }
    }

    private init(
        packed file: SourceFile, in folder: String, _ limits: SourceLimits, _ isCancelled: () -> Bool
    ) throws(SourceError) {
        let directory = try ZipDirectory(of: file)
        let tables = directory.names.filter { $0.lowercased().hasSuffix(".dbf") }
        guard let name = tables.first else { throw .shapeWithoutTable }
        guard tables.count == 1 else {
            throw .packedSeveral(count: tables.count, names: Array(tables.prefix(5)))
        }
        let stem = name.dropLast(4).lowercased()
        func member(_ ending: String) throws(SourceError) -> SourceFile? {
            guard let name = directory.names.first(where: { $0.lowercased() == stem + ending }),
                let packed = try directory.member(name)
            else { return nil }
            return try file.unpacked(packed, in: folder, limits, isCancelled: isCancelled)
        }
        guard let table = try member(".dbf") else { throw .shapeWithoutTable }
        self.table = table
        shapes = try member(".shp")
        projection = try Self.note(try member(".prj"))
        codePage = try Self.note(try member(".cpg"))
        given = [file]
    }

    private init(
        beside file: SourceFile, _ confinement: SourceConfinement, _ limits: SourceLimits
    ) throws(SourceError) {
        let stem = String(file.path.dropLast(4))
        func beside(_ ending: String) throws(SourceError) -> SourceFile? {
            for path in [stem + ending, stem + ending.uppercased()] {
                if path == file.path { return file }
                do throws(SourceError) { return try SourceFile(path, confinement, limits) } catch {
                    guard case .notFound = error else { throw error }
                }
            }
            return nil
        }
        guard let table = try beside(".dbf") else { throw .shapeWithoutTable }
        let parts = [try beside(".shp"), try beside(".prj"), try beside(".cpg")]
        self.table = table
        shapes = parts[0]
        projection = try Self.note(parts[1])
        codePage = try Self.note(parts[2])
        given = [table] + parts.compactMap(\.self)
    }

    private static func note(_ file: SourceFile?) throws(SourceError) -> String? {
        guard let file else { return nil }
        let text = String(decoding: try file.bytes(at: 0, count: noteBytesMax), as: UTF8.self)
        return text.filter { !$0.isWhitespace || $0 == " " }
    }

    func fingerprint(part: String? = nil, isCancelled: () -> Bool) throws(SourceError) -> SourceFingerprint {
        var states: [SourceFingerprint] = []
        for file in given { states.append(try SourceFingerprint.of(file, isCancelled: isCancelled)) }
        return SourceFingerprint.together(states)
    }

    func requireUnchanged() throws(SourceError) {
        for file in given { try file.requireUnchanged() }
    }

    /// Nil when no code page file says it in a word that we know.
    var declaredEncoding: TextEncoding? {
        switch codePage?.uppercased().filter({ $0.isLetter || $0.isNumber }) {
        case "UTF8", "65001": .utf8
        case "GBK", "GB2312", "GB18030", "936", "CP936": .gb18030
        case "BIG5", "950", "CP950": .big5
        case "ISO88591", "88591", "LATIN1", "1252", "ANSI1252", "CP1252", "WINDOWS1252": .latin1
        default: nil
        }
    }

    /// The name of the datum that the coordinate system stands on, `D_China_2000`; nil when nothing says it.
    var datum: String? {
        guard let projection, let start = projection.firstRange(of: "DATUM[\"") else { return nil }
        let name = projection[start.upperBound...].prefix { $0 != "\"" }
        return name.isEmpty ? nil : String(name.prefix(100))
    }

    /// Whether coordinates are metres of a projection instead of degrees.
    var isProjected: Bool { projection?.hasPrefix("PROJCS") ?? false }
}
