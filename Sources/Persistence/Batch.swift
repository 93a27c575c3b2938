/// Many rows into one table with few statements, whose texts are made once.
///
/// Statements have 1, 2, 4 … 512 rows, so that a handful of prepared ones serves every count.
package struct Insertion: Sendable {
    private static let rowsMax = 512
    /// Below the 32,766 that SQLite binds to one statement.
    private static let valuesMax = 16_384

    /// For 1, 2, 4 … rows.
    private let texts: [String]

    /// `columns` and `table` are the program's own text.
    package init(into table: String, _ columns: [String]) {
        let places = "(" + Array(repeating: "?", count: columns.count).joined(separator: ",") + ")"
        let rowsMax = min(Self.rowsMax, Self.valuesMax / max(1, columns.count))
        let sizes = sequence(first: 1) { $0 * 2 <= rowsMax ? $0 * 2 : nil }
        texts = sizes.map { rows in
            "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES "
                + Array(repeating: places, count: rows).joined(separator: ",")
        }
    }

    /// The largest statement for `count` rows, at least one, and how many of them it takes.
    fileprivate func statement(for count: Int) -> (text: String, rows: Int) {
        let step = min(Int.bitWidth - 1 - count.leadingZeroBitCount, texts.count - 1)
        return (texts[step], 1 << step)
    }
}

extension Connection {
    package func insert(_ rows: [[SQLValue]], _ insertion: Insertion) throws {
        var first = 0
        while first < rows.count {
            let (text, count) = insertion.statement(for: rows.count - first)
            let values = count == 1 ? rows[first] : rows[first..<first + count].flatMap(\.self)
            try execute(SQL(verbatim: text, values: values))
            first += count
        }
    }
}
