import DuckDB
import Kernel
import Policy

extension Engine {
    /// What the columns of a source look like. Values that come back go no further than the platform's own suggestions and the
    /// eyes of who keeps the entry.
    package func profile(
        _ source: RowSource, for purpose: Profile.Purpose = .grades,
        progress: (@Sendable (WorkerProgress) -> Void)? = nil
    ) async throws -> Profile {
        try await supervisor.run(ProfileTask(source: source, purpose: purpose), progress: progress)
    }
}

struct ProfileTask: WorkerTask {
    static let name = "lake.profile"
    private static let topMax = 20
    /// Of a profile for rules: as long as a list of values may be.
    private static let listMax = 400
    private static let shapesMax = 64
    private static let exactDistinctRowsMax: Int64 = 1_000_000
    private static let lengthsMax = 64
    /// Beyond so many distinct values, the commonest are those of the first rows.
    private static let exactTopDistinctMax: Int64 = 20_000
    private static let sampleRows = 100_000
    private static let textCharactersMax = 200
    /// Of a profile for rules, as a value cut short would be another value.
    private static let listedCharactersMax = 500

    let source: RowSource
    let purpose: Profile.Purpose

    func run(in context: WorkerContext) throws -> Profile {
        let connection = try context.connect()
        let schema = try source.schema()
        let rows = try source.rows(on: connection)
        var columns: [Profile.ColumnProfile] = []
        for (position, column) in schema.enumerated() {
            try context.checkCancelled()
            columns.append(try profile(column, rows: rows, connection))
            context.report(
                WorkerProgress(fraction: Double(position + 1) / Double(schema.count), rows: rows))
        }
        guard purpose == .rules else { return Profile(rows: rows, columns: columns) }
        let relations = ColumnRelations(source, columns, rows: rows)
        return Profile(
            rows: rows, columns: columns, dependencies: try relations.dependencies(context, connection),
            orders: try relations.orders(connection))
    }

    /// Columns lie apart in Parquet, so that a pass a column reads no more than one pass over all.
    private func profile(
        _ column: Column, rows: Int64, _ connection: DuckDB.Connection
    ) throws -> Profile.ColumnProfile {
        let name = DuckDB.Connection.quoted(column.name)
        let relation = try source.relation()
        let isText = column.type == .text
        let sought = isText ? Self.sought : []
        let ends = ["min(c)", "max(c)"].map { "CAST(\($0) AS VARCHAR)" }
        let aggregates = (["count(c)", "approx_count_distinct(c)"] + ends + sought.map(\.count)).joined(
            separator: ", ")
        let bits = ", hw_identifier_kinds(\(name)) AS k, hw_identifiers_within(\(name)) AS p"
        let inner = "\(name) AS c" + (isText ? bits : "")
        let cells =
            try connection.rows("SELECT \(aggregates) FROM (SELECT \(inner) FROM \(relation))").first ?? []
        guard cells.count == 4 + sought.count else {
            throw LakeError.engine(detail: "\(cells.count) figures of \(column.name)")
        }
        var found: [Place: [IdentifierKind: Int64]] = [:]
        for (position, one) in sought.enumerated() {
            guard let count = cells[4 + position].integer, count > 0 else { continue }
            found[one.place, default: [:]][one.kind] = count
        }
        let distinct = cells[1].integer ?? 0
        return Profile.ColumnProfile(
            name: column.name, type: column.type.description, nulls: rows - (cells[0].integer ?? 0),
            distinctApproximately: distinct, minimum: cut(cells[2].text),
            maximum: cut(cells[3].text), top: try top(name, relation, distinct, connection),
            lengths: isText ? try lengths(name, relation, connection) : [:],
            identifiers: found[.whole] ?? [:], identifiersWithin: found[.within] ?? [:],
            wrongChecks: found[.wrong] ?? [:],
            shapes: isText && purpose == .rules ? try shapes(name, relation, connection) : [],
            distinctExactly: try exactDistinct(name, relation, about: distinct, rows: rows, connection))
    }

    /// Where a kind of identifier is counted.
    private enum Place {
        case whole, within
        /// Anywhere, with the form and a wrong check digit.
        case wrong
    }

    private struct Sought {
        let place: Place
        let kind: IdentifierKind

        /// Of `k`, the kinds that the whole cell is, and `p`, those that stand in it. A cell that is nothing else holds no other words.
        var count: String {
            switch place {
            case .whole: "count_if((k >> \(kind.rawValue)) & 1 = 1)"
            case .within: "count_if(((p & ~k) >> \(kind.rawValue)) & 1 = 1)"
            case .wrong: "count_if((p >> \(kind.rawValue + ProseWalk.formShift)) & 1 = 1)"
            }
        }
    }

    private static let sought =
        IdentifierKind.allCases.map { Sought(place: .whole, kind: $0) }
        + ProseWalk.kinds.map { Sought(place: .within, kind: $0) }
        + ProseWalk.checkedKinds.map { Sought(place: .wrong, kind: $0) }

    private func top(
        _ name: String, _ relation: String, _ distinct: Int64, _ connection: DuckDB.Connection
    ) throws -> [Profile.Top] {
        let from =
            distinct <= Self.exactTopDistinctMax
            ? relation : "(SELECT \(name) FROM \(relation) LIMIT \(Self.sampleRows))"
        return try connection.rows(
            """
            SELECT CAST(\(name) AS VARCHAR) AS value, count(*) AS n FROM \(from) WHERE \(name) IS NOT NULL
            GROUP BY 1 ORDER BY n DESC, value LIMIT \(purpose == .rules ? Self.listMax : Self.topMax)
            """
        ).compactMap { cells in
            guard let value = cells[0].text, let rows = cells[1].integer else { return nil }
            return Profile.Top(value: cut(value) ?? "", rows: rows)
        }
    }

    private func exactDistinct(
        _ name: String, _ relation: String, about approximately: Int64, rows: Int64,
        _ connection: DuckDB.Connection
    ) throws -> Int64? {
        guard purpose == .rules, rows <= Self.exactDistinctRowsMax, approximately * 10 >= rows * 9 else {
            return nil
        }
        return try connection.rows("SELECT count(DISTINCT \(name)) FROM \(relation)").first?.first?.integer
    }

    /// Empty when there are too many for a pattern, or texts too long to be of one.
    private func shapes(
        _ name: String, _ relation: String, _ connection: DuckDB.Connection
    ) throws -> [Profile.Top] {
        let answer = try connection.rows(
            """
            SELECT hw_shape(\(name)), count(*) AS n FROM \(relation) WHERE \(name) IS NOT NULL
            GROUP BY 1 ORDER BY n DESC LIMIT \(Self.shapesMax + 1)
            """)
        let shapes = answer.compactMap { cells in
            cells[0].text.map { Profile.Top(value: $0, rows: cells[1].integer ?? 0) }
        }
        return shapes.count == answer.count && shapes.count <= Self.shapesMax ? shapes : []
    }

    private func lengths(
        _ name: String, _ relation: String, _ connection: DuckDB.Connection
    ) throws -> [Int: Int64] {
        let answer = try connection.rows(
            """
            SELECT length(\(name)), count(*) AS n FROM \(relation) WHERE \(name) IS NOT NULL
            GROUP BY 1 ORDER BY n DESC LIMIT \(Self.lengthsMax)
            """)
        var lengths: [Int: Int64] = [:]
        for cells in answer {
            if let length = cells[0].integer, let rows = cells[1].integer { lengths[Int(length)] = rows }
        }
        return lengths
    }

    private func cut(_ text: String?) -> String? {
        let max = purpose == .rules ? Self.listedCharactersMax : Self.textCharactersMax
        return text.map { String($0.unicodeScalars.prefix(max).map(Character.init)) }
    }
}
