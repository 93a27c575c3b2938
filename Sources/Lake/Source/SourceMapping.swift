package import Policy

package enum Delimiter: String, Hashable, Sendable, Codable, CaseIterable {
    case comma = ","
    case semicolon = ";"
    case tab = "\t"
    case bar = "|"

    var byte: UInt8 { rawValue.utf8.first ?? 0x2C }
}

package enum HeaderChoice: Hashable, Sendable, Codable {
    /// Counted from 1, as a text editor shows it. Lines before it are titles and left out.
    case line(Int64)
    case none
}

/// How the text of a file is cut into records and cells.
package struct TextDialect: Hashable, Sendable, Codable {
    package var delimiter: Delimiter
    /// Cells may be wrapped in `"`, and `""` inside is one `"`.
    package var quoting: Bool
    /// Of a header of several lines: the last.
    package var header: HeaderChoice
    /// The first line of such a header.
    package var headingsFrom: Int64?

    package init(delimiter: Delimiter = .comma, quoting: Bool = true, header: HeaderChoice = .line(1)) {
        self.delimiter = delimiter
        self.quoting = quoting
        self.header = header
    }
}

/// Which sheet of a workbook is the table.
package struct SheetReading: Hashable, Sendable, Codable {
    package var name: String
    /// The line is the sheet's own row number.
    package var header: HeaderChoice

    package init(name: String, header: HeaderChoice) {
        self.name = name
        self.header = header
    }
}

/// Where in a JSON text the records are.
package struct JSONReading: Hashable, Sendable, Codable {
    /// The members that lead to the list, `data.items`; empty where the text is that list, or its records stand one after the other.
    package var records: String
    /// What the coordinates of GeoJSON refer to; nil of other JSON. As of a shapefile, a file of another datum is refused.
    package var datum: String?

    package init(records: String, datum: String? = nil) {
        self.records = records
        self.datum = datum
    }
}

/// What a shapefile says beside its columns.
package struct ShapeReading: Hashable, Sendable, Codable {
    /// What its coordinates refer to, as its .prj names it; nil where nothing says it. A file of another datum is refused: places from
    /// both would lie hundreds of metres apart.
    package var datum: String?

    package init(datum: String?) { self.datum = datum }
}

/// How dates may be written. Year-first forms can stand together; day-first and month-first cannot be told apart by a machine.
package enum DateFormat: String, Hashable, Sendable, Codable, CaseIterable {
    case dash = "yyyy-M-d"
    case slash = "yyyy/M/d"
    case dot = "yyyy.M.d"
    case compact = "yyyyMMdd"
    case chinese = "yyyy年M月d日"
    case dayFirst = "d/M/yyyy"
    case monthFirst = "M/d/yyyy"
}

/// One column of the source and what becomes of it.
package struct ColumnMapping: Hashable, Sendable {
    /// Position in the source, from 0.
    package var position: Int
    /// As the source names it; blank when it does not.
    package var sourceName: String
    /// As versions name it: unique in the table, ignoring ASCII case.
    package var name: String
    package var type: ColumnType
    /// What was proposed before a person set `type`.
    package private(set) var proposedType: ColumnType
    package var dateFormats: [DateFormat]
    /// Cells that mean "no value", compared after trimming.
    package var nullMarkers: [String]
    /// False: the column is not staged.
    package var isIncluded: Bool
    /// What a spreadsheet destroyed (`3.6E+17`) is kept as text instead of rejecting the row.
    package var keepsDamaged: Bool

    package init(
        position: Int, sourceName: String, name: String, type: ColumnType,
        dateFormats: [DateFormat] = [], nullMarkers: [String] = [""], isIncluded: Bool = true,
        keepsDamaged: Bool = false
    ) {
        self.position = position
        self.sourceName = sourceName
        self.name = name
        self.type = type
        proposedType = type
        self.dateFormats = dateFormats
        self.nullMarkers = nullMarkers
        self.isIncluded = isIncluded
        self.keepsDamaged = keepsDamaged
    }
}

extension ColumnMapping: Codable {
    private enum Key: String, CodingKey {
        case position, sourceName, name, type, dateFormats, nullMarkers, isIncluded, keepsDamaged,
            proposedType
    }

    package init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        let written = try box.decode(String.self, forKey: .type)
        guard let type = ColumnType(written) else {
            throw DecodingError.dataCorruptedError(
                forKey: .type, in: box, debugDescription: "'\(written)' is not the type of a column")
        }
        self.init(
            position: try box.decode(Int.self, forKey: .position),
            sourceName: try box.decode(String.self, forKey: .sourceName),
            name: try box.decode(String.self, forKey: .name), type: type,
            dateFormats: try box.decode([DateFormat].self, forKey: .dateFormats),
            nullMarkers: try box.decode([String].self, forKey: .nullMarkers),
            isIncluded: try box.decode(Bool.self, forKey: .isIncluded),
            keepsDamaged: try box.decode(Bool.self, forKey: .keepsDamaged))
        let proposed = try box.decodeIfPresent(String.self, forKey: .proposedType)
        proposedType = proposed.flatMap { ColumnType($0) } ?? type
    }

    package func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Key.self)
        try box.encode(position, forKey: .position)
        try box.encode(sourceName, forKey: .sourceName)
        try box.encode(name, forKey: .name)
        try box.encode(type.description, forKey: .type)
        try box.encode(dateFormats, forKey: .dateFormats)
        try box.encode(nullMarkers, forKey: .nullMarkers)
        try box.encode(isIncluded, forKey: .isIncluded)
        try box.encode(keepsDamaged, forKey: .keepsDamaged)
        try box.encode(proposedType.description, forKey: .proposedType)
    }
}

/// What a person confirmed: how to read the source and which typed columns come of it.
package struct SourceMapping: Hashable, Sendable, Codable {
    /// Nil for sources that are no text.
    package var encoding: TextEncoding?
    package var dialect: TextDialect?
    /// Of a workbook.
    package var sheet: SheetReading?
    /// Of a JSON text.
    package var json: JSONReading?
    package var shape: ShapeReading?
    /// Of text, sheets: what becomes of rows that add up others. Mappings from before the question keep them.
    package var totals: TotalsRows?
    /// Of a SQLite file: the table or view that is read.
    package var table: String?
    /// Every column of the source, in its order.
    package var columns: [ColumnMapping]
    /// UTC+8.
    package static let usualOffsetSeconds = 28_800
    /// Timestamps written without an offset are civil time this far ahead of UTC.
    package var utcOffsetSeconds: Int

    package init(
        encoding: TextEncoding?, dialect: TextDialect?, columns: [ColumnMapping],
        utcOffsetSeconds: Int = SourceMapping.usualOffsetSeconds, sheet: SheetReading? = nil,
        json: JSONReading? = nil, totals: TotalsRows? = nil, table: String? = nil
    ) {
        self.table = table
        self.sheet = sheet
        self.json = json
        self.totals = totals
        self.encoding = encoding
        self.dialect = dialect
        self.columns = columns
        self.utcOffsetSeconds = utcOffsetSeconds
    }

    /// The source declares no types: its cells are text, and types are what a person confirmed.
    package var isOfText: Bool { cells != .typed && cells != .tables }
    package var cells: Source.Cells {
        if dialect != nil { return .text }
        if sheet != nil { return .sheet }
        if json != nil { return .json }
        if table != nil { return .tables }
        return shape == nil ? .typed : .shape
    }
    package var included: [ColumnMapping] { columns.filter(\.isIncluded) }
    package var schema: Schema { included.map { Column($0.name, $0.type) } }

    /// Refuses what could not be staged: no column, a name that is blank or said twice, a date without a format.
    package func validate(_ limits: SourceLimits = .standard) throws(SourceError) {
        guard !included.isEmpty else { throw .mappingWithoutColumns }
        guard columns.count <= limits.columnsMax else {
            throw .tooManyColumns(found: columns.count, max: limits.columnsMax)
        }
        guard columns.enumerated().allSatisfy({ $0.offset == $0.element.position }) else {
            throw .mappingWithoutReading
        }
        var seen: Set<String> = []
        for column in included {
            guard !column.name.isEmpty, column.name.utf8.count <= 200, !column.name.utf8.contains(0) else {
                throw .columnNameInvalid(column.name)
            }
            guard seen.insert(column.name.lowercased()).inserted else { throw .columnNameTwice(column.name) }
            if isOfText, column.dateFormats.isEmpty, column.type == .date || column.type == .timestamp {
                throw .dateFormatMissing(column.name)
            }
            if case .decimal(let precision, let scale) = column.type,
                !(1...38).contains(precision) || !(0...precision).contains(scale)
            {
                throw .typeUnsupported(column: column.name, type: column.type.description)
            }
        }
    }
}
