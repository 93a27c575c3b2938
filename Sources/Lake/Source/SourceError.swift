package import Kernel

/// Where in a text: both counted as an editor shows them, lines from 1, bytes from 0.
package struct TextPlace: Hashable, Sendable, Codable {
    package let line: Int64
    package let byteOffset: Int64
    package init(line: Int64, byteOffset: Int64) {
        self.line = line
        self.byteOffset = byteOffset
    }
}

/// Why a table could not be taken in. Every case names its place.
package enum SourceError: Error, Hashable, Sendable {
    case outsideFolders(path: String)
    case hostNotAllowed(String)
    case notFound(path: String)
    case notAFile(path: String)
    case unreadable(path: String, errno: Int32)
    case unwritable(path: String, errno: Int32)
    case fileTooLarge(bytes: Int64, bytesMax: Int64)
    case notText(format: String)
    /// Records of JSON in a file whose name says it is a text table.
    case jsonByAnotherName
    /// A packed file's own structure or sum does not hold.
    case packedDamaged(byteOffset: Int64)
    case packedTooTight(ratioMax: Int)
    case packedEmpty
    case packedSeveral(count: Int, names: [String])
    case packedEncrypted
    case packedUnsupported(what: String)
    case notParquet(path: String)
    case notWorkbook(format: String)
    /// A part of a workbook is no XML, or not what a workbook's part is.
    case workbookDamaged(part: String, line: Int64, detail: String)
    /// A document type, which no workbook has and which could name other files.
    case workbookForbidden(what: String)
    case workbookTooLarge(what: String, max: Int)
    case sheetMissing(name: String, names: [String])
    case sheetEmpty(name: String, names: [String])
    case jsonDamaged(line: Int64)
    case jsonTooDeep(line: Int64, max: Int)
    case jsonListMissing(path: String)
    case jsonWithoutRecords
    /// A part of a shapefile, `dbf` or `shp`, is not what it should be.
    case shapeDamaged(file: String, byteOffset: Int64)
    case shapeWithoutTable
    /// There are not as many shapes as records of attributes.
    case shapesDiffer(attributes: Int64)
    case datumChanged(expected: String?, found: String?)
    case empty
    case noRows
    case encodingUnknown
    case converterMissing(TextEncoding)
    case invalidBytes(TextEncoding, TextPlace)
    case encodingChanges(from: TextEncoding, to: TextEncoding, TextPlace)
    /// The file is in another encoding than was said.
    case encodingOther(said: TextEncoding, found: TextEncoding, TextPlace)
    case lineTooLong(line: Int64, bytesMax: Int)
    case quoteNotClosed(line: Int64)
    case tooManyColumns(found: Int, max: Int)
    case headerMissing(line: Int64)
    case headerChanged(position: Int, expected: String, found: String)
    case tooManyRejects(rejected: Int64, read: Int64, shareMax: Double, first: Reject)
    case mappingWithoutColumns
    case mappingWithoutReading
    case columnNameInvalid(String)
    case columnNameTwice(String)
    case columnMissing(String)
    case dateFormatMissing(String)
    case typeUnsupported(column: String, type: String)
    case conversionUnsupported(column: String, from: String, to: String)
    case changedWhileRead(path: String)
    /// Rows came or went while a table was read, and its database keeps no state for readers.
    case tableChanged(String)
    case tableNotFound(String)
    case notSQLite(path: String)
    case sqliteDamaged(detail: String)
    case tableMissing(name: String, names: [String])
    case tablesMissing
    /// No data source of that name is in the settings.
    case odbcSourceNotAllowed(String)
    /// The driver took its process down.
    case driverCrashed(source: String, how: String)
    case connectionFailed(String)
    case sourceLost(String)
    case engine(String)
    case drifted(Drift)
    /// What is asked for each call has no rows to stage.
    case notCopied
    case cancelled
}

extension SourceError: ProblemConvertible {
    package var problem: Problem {
        if case .drifted(let drift) = self {
            return Problem(
                .refused, message, remedy: remedy,
                places: drift.changes.map { Problem.Place($0.column, $0.message) })
        }
        if case .tooManyRejects(_, _, _, let first) = self {
            return Problem(
                .refused, message, remedy: remedy,
                places: [Problem.Place("line \(first.line)", first.message)])
        }
        return Problem(kind, message, remedy: remedy)
    }

    private var kind: Problem.Kind {
        switch self {
        case .outsideFolders, .hostNotAllowed, .odbcSourceNotAllowed: .forbidden
        case .notFound, .tableNotFound: .notFound
        case .fileTooLarge, .packedTooTight, .workbookTooLarge, .lineTooLong, .tooManyColumns: .tooLarge
        case .unreadable, .unwritable, .connectionFailed, .sourceLost, .converterMissing, .driverCrashed:
            .unavailable
        case .changedWhileRead, .tableChanged, .headerChanged, .drifted, .cancelled: .conflict
        case .engine: .internalFault
        default: .refused
        }
    }

    package var message: Message {
        let (key, arguments) = sentence
        return Message("source.\(key)", arguments)
    }

    /// For all but what nobody who brings a file can do anything about.
    private var remedy: Message? {
        switch self {
        case .engine, .cancelled: nil
        default: Message("source.\(sentence.key).remedy", sentence.arguments)
        }
    }

    private var sentence: (key: String, arguments: [String: String]) {
        switch self {
        case .outsideFolders(let path): ("outside-folders", ["path": path])
        case .hostNotAllowed(let host): ("host-not-allowed", ["host": host])
        case .notFound(let path): ("not-found", ["path": path])
        case .notAFile(let path): ("not-a-file", ["path": path])
        case .unreadable(let path, let code): ("unreadable", ["path": path, "code": systemText(code)])
        case .unwritable(let path, let code): ("unwritable", ["path": path, "code": systemText(code)])
        case .fileTooLarge(let bytes, let max): ("file-too-large", ["bytes": "\(bytes)", "max": "\(max)"])
        case .notText(let format): ("not-text", ["format": format])
        case .jsonByAnotherName: ("json-by-another-name", [:])
        case .packedDamaged(let offset): ("packed-damaged", ["offset": "\(offset)"])
        case .packedTooTight(let ratio): ("packed-too-tight", ["ratio": "\(ratio)"])
        case .packedEmpty: ("packed-empty", [:])
        case .packedSeveral(let count, let names):
            ("packed-several", ["count": "\(count)", "names": names.joined(separator: ", ")])
        case .packedEncrypted: ("packed-encrypted", [:])
        case .packedUnsupported(let what): ("packed-unsupported", ["what": what])
        case .notParquet(let path): ("not-parquet", ["path": path])
        case .notWorkbook, .workbookDamaged, .workbookForbidden, .workbookTooLarge, .sheetMissing,
            .sheetEmpty:
            workbookSentence
        case .jsonDamaged(let line): ("json-damaged", ["line": "\(line)"])
        case .jsonTooDeep(let line, let max): ("json-too-deep", ["line": "\(line)", "max": "\(max)"])
        case .jsonListMissing(let path): ("json-list-missing", ["path": path])
        case .jsonWithoutRecords: ("json-without-records", [:])
        case .shapeDamaged, .shapeWithoutTable, .shapesDiffer, .datumChanged: shapeSentence
        case .empty: ("empty", [:])
        case .noRows: ("no-rows", [:])
        case .encodingUnknown: ("encoding-unknown", [:])
        case .converterMissing(let encoding): ("converter-missing", ["encoding": encoding.rawValue])
        case .cancelled: ("cancelled", [:])
        case .engine(let detail): ("engine", ["detail": detail])
        case .drifted(let drift): ("drifted", ["count": String(drift.changes.count)])
        default: textSentence
        }
    }

    private var shapeSentence: (key: String, arguments: [String: String]) {
        switch self {
        case .shapeDamaged(let file, let offset): ("shape-damaged", ["file": file, "offset": "\(offset)"])
        case .shapeWithoutTable: ("shape-without-table", [:])
        case .shapesDiffer(let count): ("shapes-differ", ["count": "\(count)"])
        case .datumChanged(let expected, let found):
            ("datum-changed", ["expected": expected ?? "—", "found": found ?? "—"])
        default: textSentence
        }
    }

    private var workbookSentence: (key: String, arguments: [String: String]) {
        switch self {
        case .notWorkbook(let format): ("not-workbook", ["format": format])
        case .workbookDamaged(let part, let line, let detail):
            ("workbook-damaged", ["part": part, "line": "\(line)", "detail": detail])
        case .workbookForbidden(let what): ("workbook-forbidden", ["what": what])
        case .workbookTooLarge(let what, let max): ("workbook-too-large", ["what": what, "max": "\(max)"])
        case .sheetMissing(let name, let names):
            ("sheet-missing", ["sheet": name, "names": names.joined(separator: ", ")])
        case .sheetEmpty(let name, let names):
            ("sheet-empty", ["sheet": name, "names": names.joined(separator: ", ")])
        default: textSentence
        }
    }

    private var textSentence: (key: String, arguments: [String: String]) {
        switch self {
        case .invalidBytes(let encoding, let place):
            (
                "invalid-bytes",
                ["encoding": encoding.rawValue, "line": "\(place.line)", "offset": "\(place.byteOffset)"]
            )
        case .encodingChanges(let from, let to, let place):
            (
                "encoding-changes",
                [
                    "from": from.rawValue, "to": to.rawValue, "line": "\(place.line)",
                    "offset": "\(place.byteOffset)",
                ]
            )
        case .encodingOther(let said, let found, let place):
            (
                "encoding-other",
                [
                    "said": said.rawValue, "found": found.rawValue, "line": "\(place.line)",
                    "offset": "\(place.byteOffset)",
                ]
            )
        case .lineTooLong(let line, let max): ("line-too-long", ["line": "\(line)", "max": "\(max)"])
        case .quoteNotClosed(let line): ("quote-not-closed", ["line": "\(line)"])
        case .tooManyColumns(let found, let max):
            ("too-many-columns", ["found": "\(found)", "max": "\(max)"])
        case .headerMissing(let line): ("header-missing", ["line": "\(line)"])
        case .headerChanged(let position, let expected, let found):
            ("header-changed", ["position": "\(position + 1)", "expected": expected, "found": found])
        case .tooManyRejects(let rejected, let read, let share, _):
            (
                "too-many-rejects",
                ["rejected": "\(rejected)", "read": "\(read)", "share": "\((share * 1000).rounded() / 10)%"]
            )
        default: columnSentence
        }
    }

    private var columnSentence: (key: String, arguments: [String: String]) {
        switch self {
        case .mappingWithoutColumns: ("mapping-without-columns", [:])
        case .mappingWithoutReading: ("mapping-without-reading", [:])
        case .columnNameInvalid(let name): ("column-name-invalid", ["column": name])
        case .columnNameTwice(let name): ("column-name-twice", ["column": name])
        case .columnMissing(let name): ("column-missing", ["column": name])
        case .dateFormatMissing(let name): ("date-format-missing", ["column": name])
        case .typeUnsupported(let column, let type): ("type-unsupported", ["column": column, "type": type])
        case .conversionUnsupported(let column, let from, let to):
            ("conversion-unsupported", ["column": column, "from": from, "to": to])
        case .changedWhileRead(let path): ("changed-while-read", ["path": path])
        default: tableSentence
        }
    }

    private var tableSentence: (key: String, arguments: [String: String]) {
        switch self {
        case .tableChanged(let name): ("table-changed", ["table": name])
        case .notSQLite(let path): ("not-sqlite", ["path": path])
        case .sqliteDamaged(let detail): ("sqlite-damaged", ["detail": detail])
        case .tableMissing(let name, let names):
            ("table-missing", ["table": name, "names": names.prefix(20).joined(separator: ", ")])
        case .tablesMissing: ("tables-missing", [:])
        case .notCopied: ("not-copied", [:])
        case .odbcSourceNotAllowed(let name): ("odbc-source-not-allowed", ["name": name])
        case .driverCrashed(let source, let how): ("driver-crashed", ["name": source, "how": how])
        case .tableNotFound(let name): ("table-not-found", ["table": name])
        case .connectionFailed(let detail): ("connection-failed", ["detail": detail])
        case .sourceLost(let detail): ("source-lost", ["detail": detail])
        default: ("engine", ["detail": "\(self)"])
        }
    }
}

extension Drift.Change {
    /// The column a page marks.
    package var column: String {
        switch self {
        case .added(let name, _), .removed(let name), .retyped(let name, _, _), .moved(let name, _, _): name
        case .renamed(let from, _): from
        }
    }
}
