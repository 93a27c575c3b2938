import Policy
import Postgres

extension PostgresPush {
    /// The rows as readers will see them, in the transaction that lets them.
    func readBack(_ content: PushedContent, _ table: TargetTable?, _ fits: [ColumnFit]) throws {
        let declared = fits.map { table == nil ? $0.staged : $0.declared }
        let wires = zip(schema, declared).map { Self.wire($0.type, $1) }
        let columns = zip(schema, declared).map { column, declared in
            "t.\(Self.quoted(column.name))" + Self.cast(column.type, declared)
        }.joined(separator: ", ")
        var source = "\(self.table) t"
        if order.manner == .upsert, table != nil {
            let join = order.keyColumns.map(Self.quoted).map { "t.\($0) = s.\($0)" }
            source = "\(stagingTable) s JOIN \(self.table) t ON \(join.joined(separator: " AND "))"
        }
        let statement = "COPY (SELECT \(columns) FROM \(source)) TO STDOUT (FORMAT binary)"
        let found = ReadContent(schema)
        for mode in ReadContent.Mode.allCases where try !found.begin(mode, content) {
            var isFirst = true
            do throws(PostgresFailure) {
                try connection.copyOut(statement) { piece in
                    let row =
                        isFirst
                        ? UnsafeRawBufferPointer(rebasing: piece[PostgresBinary.head.count...]) : piece
                    isFirst = false
                    if row.count <= 2 { return }
                    found.add { PostgresBinary.decode(row, wires, to: &$0) }
                }
            } catch { throw failure(error) }
        }
        try found.demand(content)
    }

    private static func wire(_ type: ColumnType, _ declared: String) -> PostgresBinary.Wire {
        switch type {
        case .text: .text
        case .integer: declared.hasPrefix("numeric") ? .numeric(scale: 0, asInteger: true) : .integer
        case .decimal(_, let scale): .numeric(scale: scale, asInteger: false)
        case .double: .double
        case .boolean: .boolean
        case .date: .date
        case .timestamp: .timestamp
        }
    }

    private static func cast(_ type: ColumnType, _ declared: String) -> String {
        switch type {
        case .text: "::text"
        case .integer: declared.hasPrefix("numeric") ? "" : "::int8"
        case .timestamp: "::timestamptz"
        case .decimal, .double, .boolean, .date: ""
        }
    }
}
