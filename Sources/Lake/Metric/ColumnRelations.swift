import DuckDB
import Kernel
import Policy

/// Looks for columns that determine others, one pass a column that could, and for days that come before others. Bounded in rows and
/// columns, since it is a suggestion and no proof.
struct ColumnRelations {
    private static let rowsMax = 200_000
    private static let columnsMax = 40
    /// Fewer groups of rows that agree are chance.
    private static let groupsMin: Int64 = 5
    private static let dayColumnsMax = 8

    private let source: RowSource
    private let columns: [Profile.ColumnProfile]
    private let rows: Int64

    init(_ source: RowSource, _ columns: [Profile.ColumnProfile], rows: Int64) {
        self.source = source
        self.columns = Array(columns.prefix(Self.columnsMax))
        self.rows = rows
    }

    func dependencies(_ context: WorkerContext, _ connection: DuckDB.Connection) throws -> [Profile
        .Dependency]
    {
        // What is the same everywhere is determined by anything.
        let dependents = columns.filter { $0.distinctApproximately > 1 }
        var found: [Profile.Dependency] = []
        for determinant in columns where isDeterminant(determinant) {
            try context.checkCancelled()
            found += try dependencies(
                on: determinant, of: dependents.filter { $0.name != determinant.name }, connection)
        }
        return found
    }

    func orders(_ connection: DuckDB.Connection) throws -> [Profile.Order] {
        let days = columns.filter { $0.type == "date" || $0.type == "timestamp" }.prefix(Self.dayColumnsMax)
        let pairs = days.flatMap { first in
            days.filter { $0.name != first.name && $0.type == first.type }.map { (first.name, $0.name) }
        }
        guard !pairs.isEmpty else { return [] }
        let name = DuckDB.Connection.quoted
        let counts = pairs.map { first, second in
            """
            count_if(\(name(first)) <= \(name(second))), count_if(\(name(first)) < \(name(second))), \
            count_if(\(name(first)) > \(name(second)))
            """
        }
        let answer = try connection.rows(
            "SELECT \(counts.joined(separator: ", ")) FROM (SELECT * FROM \(try source.relation()) LIMIT \(Self.rowsMax))"
        )
        guard let cells = answer.first else { return [] }
        return pairs.enumerated().compactMap { position, pair in
            guard let held = cells[3 * position].integer, let before = cells[3 * position + 1].integer,
                before > 0, cells[3 * position + 2].integer == 0
            else { return nil }
            return Profile.Order(first: pair.0, second: pair.1, rows: held)
        }
    }

    /// What is different in every row, or the same in most, tells nothing of the others.
    private func isDeterminant(_ column: Profile.ColumnProfile) -> Bool {
        column.distinctApproximately >= Self.groupsMin && column.distinctApproximately <= rows * 3 / 4
    }

    private func dependencies(
        on determinant: Profile.ColumnProfile, of columns: [Profile.ColumnProfile],
        _ connection: DuckDB.Connection
    ) throws -> [Profile.Dependency] {
        guard !columns.isEmpty else { return [] }
        let name = DuckDB.Connection.quoted
        let key = name(determinant.name)
        let inner = columns.enumerated().map { position, column in
            """
            min(\(name(column.name))) IS NOT DISTINCT FROM max(\(name(column.name))) AS s\(position), \
            count(\(name(column.name))) AS n\(position)
            """
        }
        let outer = columns.indices.map { at in
            "bool_and(s\(at)), count_if(n\(at) > 1), CAST(coalesce(sum(n\(at)) FILTER (n\(at) > 1), 0) AS BIGINT)"
        }
        let answer = try connection.rows(
            """
            SELECT \(outer.joined(separator: ", ")) FROM (SELECT \(inner.joined(separator: ", "))
            FROM (SELECT * FROM \(try source.relation()) LIMIT \(Self.rowsMax)) WHERE \(key) IS NOT NULL GROUP BY \(key))
            """)
        guard let cells = answer.first else { return [] }
        return columns.enumerated().compactMap { position, column in
            guard case .boolean(true) = cells[3 * position],
                let groups = cells[3 * position + 1].integer, groups >= Self.groupsMin,
                let rows = cells[3 * position + 2].integer
            else { return nil }
            return Profile.Dependency(by: determinant.name, column: column.name, groups: groups, rows: rows)
        }
    }
}
