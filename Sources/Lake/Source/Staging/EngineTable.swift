import DuckDB
import Kernel
import Policy

/// A table that the engine itself can read: its columns with the types that versions speak.
struct EngineTable {
    struct Field {
        var name: String
        var declared: String
        /// Nil: a type that no version can hold.
        var type: ColumnType?
    }

    /// What `declared`, a type as DuckDB writes it, becomes in a version.
    static func type(of declared: String) -> ColumnType? {
        switch declared {
        case "VARCHAR", "UUID", "JSON": return .text
        case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER": return .integer
        case "UBIGINT": return .decimal(precision: 20, scale: 0)
        case "FLOAT", "DOUBLE": return .double
        case "BOOLEAN": return .boolean
        case "DATE": return .date
        case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE":
            return .timestamp
        default:
            if declared.hasPrefix("ENUM(") { return .text }
            if declared.hasPrefix("DECIMAL("), !declared.hasSuffix("]") {
                return ColumnType("decimal" + declared.dropFirst(7))
            }
            return nil
        }
    }

    /// Columns of `relation`, which is SQL that can stand after FROM.
    static func fields(
        of relation: String, _ connection: Connection
    ) throws(DuckDBError) -> [Field] {
        try connection.rows("DESCRIBE SELECT * FROM \(relation)").compactMap { row in
            guard let name = row[0].text, let declared = row[1].text else { return nil }
            return Field(name: name, declared: declared, type: type(of: declared))
        }
    }

    /// Columns that no version can hold are proposed as left out, with a warning that names them.
    static func proposal(
        _ fields: [Field], _ limits: SourceLimits
    ) throws(SourceError) -> (columns: [ColumnMapping], facts: [Probe.Column], warnings: [Message]) {
        guard fields.count <= limits.columnsMax else {
            throw .tooManyColumns(found: fields.count, max: limits.columnsMax)
        }
        let (names, notes) = HeaderNames.make(fields.map(\.name))
        var warnings = notes
        var columns: [ColumnMapping] = []
        for (position, field) in fields.enumerated() {
            columns.append(
                ColumnMapping(
                    position: position, sourceName: field.name, name: names[position],
                    type: field.type ?? .text, nullMarkers: [],
                    isIncluded: field.type != nil))
            if field.type == nil {
                warnings.append(
                    Message(
                        "source.warning.unsupported",
                        ["column": names[position], "type": String(field.declared.prefix(60))]))
            }
        }
        let facts = fields.map {
            Probe.Column(
                reason: Message("source.reason.declared", ["type": String($0.declared.prefix(60))]),
                filledCells: 1)
        }
        return (columns, facts, warnings)
    }

    /// `CAST("a" AS VARCHAR) AS "甲", …`: refuses columns that are gone and conversions that could lose a value.
    static func selection(
        _ mapping: SourceMapping, _ fields: [Field]
    ) throws(SourceError) -> String {
        var parts: [String] = []
        for column in mapping.included {
            guard let field = fields.first(where: { $0.name == column.sourceName }) else {
                throw .columnMissing(column.sourceName)
            }
            guard let type = field.type else {
                throw .typeUnsupported(column: field.name, type: String(field.declared.prefix(60)))
            }
            guard canBecome(type, column.type) else {
                throw .conversionUnsupported(
                    column: field.name, from: type.description, to: column.type.description)
            }
            // A timestamp without a zone is civil time; with one, the engine gives it in UTC.
            let shift =
                type == .timestamp && column.type == .timestamp && mapping.utcOffsetSeconds != 0
                    && !field.declared.hasSuffix("TIME ZONE")
                ? " - INTERVAL '\(mapping.utcOffsetSeconds) seconds'" : ""
            parts.append(
                "CAST(\(Connection.quoted(field.name)) AS \(column.type.engineName))\(shift) AS "
                    + Connection.quoted(column.name))
        }
        return parts.joined(separator: ", ")
    }

    static func canBecome(_ from: ColumnType, _ to: ColumnType) -> Bool {
        switch (from, to) {
        case (let left, let right) where left == right: true
        case (.integer, .decimal(let precision, let scale)): precision - scale >= 19
        case (.decimal(let precision, let scale), .decimal(let wider, let deeper)):
            deeper >= scale && wider - deeper >= precision - scale
        case (.date, .timestamp), (.integer, .text), (.boolean, .text), (.date, .text), (.decimal, .text):
            true
        default: false
        }
    }

    /// Counts and ends of each column over the first `sampledRowsMax` rows, laid over `facts`. `relation` gives the columns in the order
    /// of `columns`, named as `names` says.
    static func profiled(
        _ facts: [Probe.Column], _ columns: [ColumnMapping], names: [String], of relation: String,
        _ connection: Connection
    ) throws(DuckDBError) -> (facts: [Probe.Column], rows: Int64) {
        guard !columns.isEmpty else { return (facts, 0) }
        let parts = zip(columns, names).map { column, name in
            let cell = Connection.quoted(name)
            let typed = "TRY_CAST(\(cell) AS \(column.type.engineName))"
            return "count(\(cell)), least(count(DISTINCT \(cell)), \(Probe.Column.distinctValuesMax)), "
                + "left(CAST(min(\(typed)) AS VARCHAR), \(ColumnRange.textCharactersMax)), "
                + "left(CAST(max(\(typed)) AS VARCHAR), \(ColumnRange.textCharactersMax))"
        }
        let row = try connection.rows(
            "SELECT count(*), \(parts.joined(separator: ", ")) "
                + "FROM (SELECT * FROM \(relation) LIMIT \(sampledRowsMax))"
        ).first
        guard let row, let rows = row[0].integer, row.count == 1 + 4 * facts.count else { return (facts, 0) }
        var facts = facts
        for position in facts.indices {
            let at = 1 + 4 * position
            let filled = row[at].integer ?? 0
            facts[position].filledCells = filled
            facts[position].emptyCells = rows - filled
            facts[position].distinctValues = row[at + 1].integer
            facts[position].low = row[at + 2].text
            facts[position].high = row[at + 3].text
        }
        return (facts, rows)
    }

    static let sampledRowsMax = 10_000

    static func sample(
        _ relation: String, _ count: Int, _ connection: Connection
    ) throws(DuckDBError) -> [[String?]] {
        try connection.rows("SELECT COLUMNS(*)::VARCHAR FROM \(relation) LIMIT \(count)")
            .map { row in row.map { cell in cell.text.map { String($0.prefix(200)) } } }
    }
}
