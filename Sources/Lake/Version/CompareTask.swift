import DuckDB
import Kernel
import Policy

/// `lake.compare`: how one version of an entry differs from another, by columns and by rows, in a worker.
///
/// Rows are told apart by `keyColumns` when both versions have them, without blanks and without doubles; else whole rows are set off
/// against each other, as often as each occurs.
package struct CompareTask: WorkerTask {
    package static let name = "lake.compare"
    /// Rows shown of each kind.
    package static let samplesMax = 20

    package let before: RowSource
    package let after: RowSource
    package let keyColumns: [String]

    package init(before: RowSource, after: RowSource, keyColumns: [String]) {
        self.before = before
        self.after = after
        self.keyColumns = keyColumns
    }

    package func run(in context: WorkerContext) throws -> VersionDifference {
        let connection = try context.connect()
        let schema = SchemaDifference(before: before.columns, after: after.columns)
        let (old, new) = (try before.relation(), try after.relation())
        let rows = (try before.rows(on: connection), try after.rows(on: connection))
        try step(1, context)
        let isKeyed = try isKeyed(schema, connection)
        try step(2, context)
        if isKeyed {
            return VersionDifference(
                schema: schema, rowsBefore: rows.0, rowsAfter: rows.1,
                byKey: try byKey(schema, old, new, connection, context))
        }
        guard !schema.kept.isEmpty else {
            return VersionDifference(schema: schema, rowsBefore: rows.0, rowsAfter: rows.1)
        }
        let columns = Self.list(schema.kept)
        let gone = try Self.count(
            "SELECT count(*) FROM (SELECT \(columns) FROM \(old) EXCEPT ALL SELECT \(columns) FROM \(new))",
            connection)
        // What is there on both sides is the rest of either.
        return VersionDifference(
            schema: schema, rowsBefore: rows.0, rowsAfter: rows.1, rowsGone: gone,
            rowsNew: rows.1 - (rows.0 - gone))
    }

    /// Of six statements that read a version whole or both, the joins being the long ones.
    private func step(_ done: Int, _ context: WorkerContext) throws {
        try context.checkCancelled()
        context.report(WorkerProgress(fraction: Double(done) / 7))
    }

    private static func list(_ columns: [LakeColumn], of side: String = "") -> String {
        columns.map { side + DuckDB.Connection.quoted($0.name) }.joined(separator: ", ")
    }

    private static func count(_ sql: String, _ connection: DuckDB.Connection) throws -> Int64 {
        try connection.rows(sql).first?.first?.integer ?? 0
    }

    private func isKeyed(_ schema: SchemaDifference, _ connection: DuckDB.Connection) throws -> Bool {
        let kept = Set(schema.kept.map(\.name))
        guard !keyColumns.isEmpty, keyColumns.allSatisfy(kept.contains) else { return false }
        let keys = keyColumns.map(DuckDB.Connection.quoted).joined(separator: ", ")
        let blank = keyColumns.map { "\(DuckDB.Connection.quoted($0)) IS NULL" }.joined(separator: " OR ")
        for side in [before, after] {
            let relation = try side.relation()
            let faults = try Self.count(
                """
                SELECT (SELECT count(*) FROM \(relation) WHERE \(blank))
                + (SELECT count(*) FROM (SELECT 1 FROM \(relation) GROUP BY \(keys) HAVING count(*) > 1 LIMIT 1))
                """, connection)
            if faults > 0 { return false }
        }
        return true
    }

    private func byKey(
        _ schema: SchemaDifference, _ old: String, _ new: String, _ connection: DuckDB.Connection,
        _ context: WorkerContext
    ) throws -> VersionDifference.ByKey {
        let keys = keyColumns.map(DuckDB.Connection.quoted)
        let others = schema.kept.filter { !keyColumns.contains($0.name) }.map(\.name)
        let quoted = others.map(DuckDB.Connection.quoted)
        let join = keys.map { "o.\($0) = n.\($0)" }.joined(separator: " AND ")
        let both = "o.\(keys[0]) IS NOT NULL AND n.\(keys[0]) IS NOT NULL"
        let differing = quoted.map { "o.\($0) IS DISTINCT FROM n.\($0)" }
        let changed = differing.isEmpty ? "false" : differing.joined(separator: " OR ")
        let pairs = "(SELECT * FROM \(old)) o FULL JOIN (SELECT * FROM \(new)) n ON \(join)"
        let counts =
            [
                "count(*) FILTER (WHERE n.\(keys[0]) IS NULL)",
                "count(*) FILTER (WHERE o.\(keys[0]) IS NULL)",
                "count(*) FILTER (WHERE \(both) AND (\(changed)))",
            ] + differing.map { "count(*) FILTER (WHERE \(both) AND \($0))" }
        let row = try connection.rows("SELECT \(counts.joined(separator: ", ")) FROM \(pairs)").first ?? []
        let figures = row.map { $0.integer ?? 0 }
        try step(4, context)
        guard figures.count == counts.count else { throw LakeError.columnUnknown(keyColumns[0]) }
        let order = keys.map { "coalesce(o.\($0), n.\($0))" }.joined(separator: ", ")
        func samples(_ columns: [String], where condition: String) throws -> [[String?]] {
            try connection.rows(
                """
                SELECT \(columns.map { "CAST(\($0) AS VARCHAR)" }.joined(separator: ", ")) FROM \(pairs)
                WHERE \(condition) ORDER BY \(order) LIMIT \(Self.samplesMax)
                """
            ).map { $0.map(\.text) }
        }
        let changes = try samples(
            keys.map { "n.\($0)" } + quoted.flatMap { ["o.\($0)", "n.\($0)"] },
            where: "\(both) AND (\(changed))")
        try step(5, context)
        let goneKeys = try samples(keys.map { "o.\($0)" }, where: "n.\(keys[0]) IS NULL")
        try step(6, context)
        return VersionDifference.ByKey(
            columns: keyColumns, gone: figures[0], new: figures[1], changed: figures[2],
            changesByColumn: zip(others, figures.dropFirst(3)).map { .init(column: $0, rows: $1) },
            goneKeys: goneKeys,
            newKeys: try samples(keys.map { "n.\($0)" }, where: "o.\(keys[0]) IS NULL"),
            changes: changes.map { cells in
                VersionDifference.Change(
                    key: Array(cells.prefix(keys.count)),
                    cells: others.enumerated().compactMap { position, column in
                        let (was, became) = (
                            cells[keys.count + 2 * position], cells[keys.count + 2 * position + 1]
                        )
                        return was == became ? nil : .init(column: column, before: was, after: became)
                    })
            })
    }
}

/// How the columns of one version differ from those of another.
package struct SchemaDifference: Codable, Hashable, Sendable {
    package struct Retyped: Codable, Hashable, Sendable {
        package let name: String
        package let before: String
        package let after: String
    }

    package let gone: [LakeColumn]
    package let new: [LakeColumn]
    package let retyped: [Retyped]
    /// Of one name and one type, in the order of the later version: what rows are compared by.
    package let kept: [LakeColumn]

    package init(before: [LakeColumn], after: [LakeColumn]) {
        let was = Dictionary(before.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
        let names = Set(after.map(\.name))
        gone = before.filter { !names.contains($0.name) }
        new = after.filter { was[$0.name] == nil }
        kept = after.filter { was[$0.name] == $0.type }
        retyped = after.compactMap { column in
            guard let type = was[column.name], type != column.type else { return nil }
            return Retyped(name: column.name, before: type, after: column.type)
        }
    }

    package var isEmpty: Bool { gone.isEmpty && new.isEmpty && retyped.isEmpty }
}

package struct VersionDifference: Codable, Hashable, Sendable {
    package struct ColumnChanges: Codable, Hashable, Sendable {
        package let column: String
        package let rows: Int64
    }

    package struct Cell: Codable, Hashable, Sendable {
        package let column: String
        /// As text; nil is NULL.
        package let before: String?
        package let after: String?
    }

    package struct Change: Codable, Hashable, Sendable {
        package let key: [String?]
        package let cells: [Cell]
    }

    /// Rows by their key. Samples are at most `CompareTask.samplesMax` of each kind, in the order of the key.
    package struct ByKey: Codable, Hashable, Sendable {
        package let columns: [String]
        package let gone: Int64
        package let new: Int64
        package let changed: Int64
        package let changesByColumn: [ColumnChanges]
        package let goneKeys: [[String?]]
        package let newKeys: [[String?]]
        package let changes: [Change]
    }

    package let schema: SchemaDifference
    package let rowsBefore: Int64
    package let rowsAfter: Int64
    /// Of the earlier version and not of the later; nil when no column is common to both. A changed row counts on both sides.
    package let rowsGone: Int64?
    package let rowsNew: Int64?
    /// Nil when rows cannot be told apart by a key.
    package let byKey: ByKey?

    package init(
        schema: SchemaDifference, rowsBefore: Int64, rowsAfter: Int64, rowsGone: Int64? = nil,
        rowsNew: Int64? = nil
    ) {
        self.schema = schema
        self.rowsBefore = rowsBefore
        self.rowsAfter = rowsAfter
        self.rowsGone = rowsGone
        self.rowsNew = rowsNew
        byKey = nil
    }

    package init(schema: SchemaDifference, rowsBefore: Int64, rowsAfter: Int64, byKey: ByKey) {
        self.schema = schema
        self.rowsBefore = rowsBefore
        self.rowsAfter = rowsAfter
        rowsGone = byKey.gone + byKey.changed
        rowsNew = byKey.new + byKey.changed
        self.byKey = byKey
    }
}

extension VersionDifference.ByKey {
    /// For pages that show what a difference may look like.
    package static let sample = VersionDifference.ByKey(
        columns: ["身份证号"], gone: 1, new: 2, changed: 1, changesByColumn: [.init(column: "金额", rows: 1)],
        goneKeys: [["441600199001011233"]], newKeys: [["44160019900101125X"], [nil]],
        changes: [
            .init(
                key: ["441600199001011217"],
                cells: [
                    .init(column: "金额", before: "300", after: "345"),
                    .init(column: "姓名", before: nil, after: "甲"),
                ]
            )
        ])
}
