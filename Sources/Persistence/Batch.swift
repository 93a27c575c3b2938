extension Connection {
    /// Inserts many rows with few statements. `columns` and `table` are the program's own text.
    ///
    /// Statements have 1, 2, 4 … 512 rows, so that a handful of prepared ones serves every count.
    package func insert(into table: String, _ columns: [String], _ rows: [[SQLValue]]) throws {
        var rest = rows[...]
        while !rest.isEmpty {
            let size = Batch.size(for: rest.count, columns: columns.count)
            let batch = rest.prefix(size)
            rest = rest.dropFirst(size)
            try execute(
                SQL(
                    verbatim: Batch.text(table: table, columns: columns, rows: size),
                    values: batch.flatMap(\.self)))
        }
    }
}

private enum Batch {
    static let rowsMax = 512
    /// Below the 32,766 that SQLite binds to one statement.
    static let valuesMax = 16_384

    static func size(for rows: Int, columns: Int) -> Int {
        let most = max(1, min(rows, rowsMax, valuesMax / max(1, columns)))
        return 1 << (Int.bitWidth - 1 - most.leadingZeroBitCount)
    }

    static func text(table: String, columns: [String], rows: Int) -> String {
        let places = "(" + Array(repeating: "?", count: columns.count).joined(separator: ",") + ")"
        return "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES "
            + Array(repeating: places, count: rows).joined(separator: ",")
    }
}
