import DuckDB
import Foundation
import Kernel
import Policy

extension Engine {
    /// Counts metrics on rows: one scan for all row-local ones, a pass of its own for each of the others, and a second look only
    /// for those that failed. Its rows are the first behind row `after`.
    ///
    /// - Throws: `LakeError.nothingMeasured` without metrics, `metricTwice`, `PolicyError` for a metric that does not fit the columns.
    package func measure(
        _ metrics: [Metric], of source: RowSource, samplesMax: Int = 0, after: Int64 = 0
    ) async throws -> MetricReport {
        guard !metrics.isEmpty else { throw LakeError.nothingMeasured }
        var seen: Set<String> = []
        for metric in metrics where !seen.insert(metric.id).inserted {
            throw LakeError.metricTwice(id: metric.id)
        }
        let schema = try source.schema()
        var scan: [String] = []
        var scanParameters: [Value] = []
        let lowered = try metrics.map { metric in
            let kind = try MeasureTask.Kind(metric.kind, schema)
            if let text = try metric.kind.predicate(schema, firstParameter: scanParameters.count + 1) {
                scan.append(text.sql)
                scanParameters += text.parameters
            }
            return MeasureTask.Lowered(id: metric.id, kind: kind)
        }
        return try await supervisor.run(
            MeasureTask(
                source: source, scan: scan, scanParameters: WireRow(scanParameters), metrics: lowered,
                samplesMax: samplesMax, after: after))
    }
}

/// Metrics lowered for the engine, on their way to a worker.
struct MeasureTask: WorkerTask {
    static let name = "lake.measure"

    enum Kind: Codable, Sendable {
        /// The predicate by itself, for a look at the rows that fail it.
        case holds(sql: String, parameters: WireRow)
        case unique([String])
        case memberOf(column: String, type: String, values: [WireRow])
        case determined(by: [String], column: String)
        case reference(KeyReference)
    }

    struct Lowered: Codable, Sendable {
        let id: String
        let kind: Kind
    }

    let source: RowSource
    /// One predicate a `holds` metric, in their order; parameters numbered across all.
    let scan: [String]
    let scanParameters: WireRow
    let metrics: [Lowered]
    let samplesMax: Int
    let after: Int64

    struct Count {
        var evaluated: Int64
        var failed: Int64
    }

    func run(in context: WorkerContext) throws -> MetricReport {
        let connection = try context.connect()
        let rows = try source.rows(on: connection)
        var scanned = try scanCounts(connection).makeIterator()
        let results = try metrics.enumerated().map { position, metric in
            try context.checkCancelled()
            context.report(WorkerProgress(fraction: Double(position) / Double(metrics.count), rows: rows))
            let count: Count
            var numbers: [Int64]?
            switch metric.kind {
            case .holds: count = scanned.next() ?? Count(evaluated: 0, failed: 0)
            case .unique(let columns):
                let found = try uniqueness(of: columns, context, connection)
                count = found.count
                numbers = found.firstFailing
            case .memberOf(let column, let type, let values):
                count = try memberCount(column, type, values, table: "allowed\(position)", connection)
            case .determined(let columns, let column):
                count = try determinedCount(columns, column, table: "odd\(position)", connection)
            case .reference(let reference):
                count = try reference.count(of: source, connection)
            }
            let samples =
                samplesMax > 0 && count.failed > 0
                ? try failingRows(metric.kind, numbers, position, context, connection) : []
            return MetricResult(
                id: metric.id, evaluated: count.evaluated, failed: count.failed,
                undecided: rows - count.evaluated, samples: samples)
        }
        return MetricReport(rows: rows, results: results)
    }

    /// Each predicate is computed once a row and counted twice.
    private func scanCounts(_ connection: DuckDB.Connection) throws -> [Count] {
        guard !scan.isEmpty else { return [] }
        let inner = scan.enumerated().map { "(\($0.element)) AS m\($0.offset)" }.joined(separator: ", ")
        let outer = scan.indices.map { "count(m\($0)), count_if(m\($0))" }.joined(separator: ", ")
        let answer = try connection.rows(
            "SELECT \(outer) FROM (SELECT \(inner) FROM \(try source.relation()))",
            scanParameters.values.map(\.parameter))
        let cells = answer.first?.map { $0.integer ?? 0 } ?? []
        return scan.indices.map { metric in
            let evaluated = cells[2 * metric]
            return Count(evaluated: evaluated, failed: evaluated - cells[2 * metric + 1])
        }
    }

    /// Keys that are told apart by their hashes are different. Only of those whose hash came twice are the keys themselves looked
    /// at, so many at a time that memory stays as it is however many rows there are.
    private func uniqueness(
        of columns: [String], _ context: WorkerContext, _ connection: DuckDB.Connection
    ) throws -> (count: Count, firstFailing: [Int64]) {
        let (keys, present) = Self.keys(columns)
        let relation = try source.relation()
        let hashes = try hashes(of: keys, where: present, context, connection)
        let candidates = "\(present) AND \(Self.hash(keys)) IN (SELECT h FROM repeated)"
        let number = DuckDB.Connection.quoted(RowSource.numberColumn)
        var failed: Int64 = 0
        var numbers: [Int64] = []
        try hashes.forEachBatch(max: Self.repeatedHashesMax) { batch in
            try context.checkCancelled()
            try fill("repeated", with: batch, connection)
            // Tables of their own, whose size the engine then knows: else it may hold all rows instead of these few.
            try connection.execute(
                """
                CREATE OR REPLACE TEMP TABLE twice AS SELECT \(keys), count(*) AS "\(Self.timesColumn)"
                FROM \(relation) WHERE \(candidates) GROUP BY \(keys) HAVING count(*) > 1
                """)
            failed +=
                try connection.rows(
                    "SELECT CAST(coalesce(sum(\"\(Self.timesColumn)\"), 0) AS BIGINT) FROM twice"
                ).first?.first?.integer ?? 0
            guard samplesMax > 0 else { return }
            numbers += try connection.rows(
                """
                SELECT \(number) FROM \(try source.numberedRelation(on: connection)) WHERE \(candidates)
                AND \(number) > \(after) AND (\(keys)) IN (SELECT (\(keys)) FROM twice)
                ORDER BY 1 LIMIT \(samplesMax)
                """
            ).compactMap { $0.first?.integer }
            numbers = Array(numbers.sorted().prefix(samplesMax))
        }
        return (Count(evaluated: hashes.count, failed: failed), numbers)
    }

    private func hashes(
        of keys: String, where present: String, _ context: WorkerContext, _ connection: DuckDB.Connection
    ) throws -> RepeatedHashes {
        let mebibytesMax = context.limits.temporaryMebibytesMax
        let hashes = RepeatedHashes(
            folder: context.limits.temporaryFolder, bytesMax: Int64(mebibytesMax) << 20)
        do {
            let stream = try connection.query(
                "SELECT \(Self.hash(keys)) FROM \(try source.relation()) WHERE \(present)")
            while let chunk = try stream.next() {
                try context.checkCancelled()
                for row in 0..<chunk.count {
                    if let hash = chunk.vectors[0].number(row, as: UInt64.self) { try hashes.add(hash) }
                }
            }
        } catch is RepeatedHashesFull {
            throw LakeError.workerOverMemory(task: Self.name, mebibytesMax: mebibytesMax)
        }
        return hashes
    }

    private static let repeatedHashesMax = 250_000
    /// No column of an entry has this name: names of items hold no control character.
    private static let timesColumn = "\u{1}times"

    private func fill(_ table: String, with hashes: [UInt64], _ connection: DuckDB.Connection) throws {
        try connection.execute("CREATE OR REPLACE TEMP TABLE \(table) (h BIGINT)")
        let appender = try Appender(connection, table: table)
        for hash in hashes {
            try appender.append(.int64(Int64(hash)))
            try appender.endRow()
        }
        try appender.close()
    }

    private static func hash(_ keys: String) -> String { "CAST(hash(\(keys)) >> 1 AS BIGINT)" }

    private func memberCount(
        _ column: String, _ type: String, _ values: [WireRow], table: String, _ connection: DuckDB.Connection
    ) throws -> Count {
        try connection.execute("CREATE OR REPLACE TEMP TABLE \(table) (value \(type))")
        let appender = try Appender(connection, table: table)
        // A NULL in the list would make every NOT IN undecided, and so let everything pass.
        for value in values.compactMap(\.values.first) where value != .null {
            try appender.append(value.parameter)
            try appender.endRow()
        }
        try appender.close()
        let name = DuckDB.Connection.quoted(column)
        let answer = try connection.rows(
            """
            SELECT count(\(name)), count_if(\(name) IS NOT NULL AND \(name) NOT IN (SELECT value FROM \(table)))
            FROM \(try source.relation())
            """)
        let cells = answer.first?.map { $0.integer ?? 0 } ?? [0, 0]
        return Count(evaluated: cells[0], failed: cells[1])
    }

    private func failingRows(
        _ kind: Kind, _ numbers: [Int64]?, _ position: Int, _ context: WorkerContext,
        _ connection: DuckDB.Connection
    ) throws -> [FailingRow] {
        let condition: String
        var parameters: [DuckDB.Parameter] = []
        switch kind {
        case .holds(let sql, let bound):
            condition = "NOT (\(sql))"
            parameters = bound.values.map(\.parameter)
        case .unique:
            guard let numbers, !numbers.isEmpty else { return [] }
            let known = numbers.map(String.init).joined(separator: ", ")
            condition = "\(DuckDB.Connection.quoted(RowSource.numberColumn)) IN (\(known))"
        case .memberOf(let column, _, _):
            let name = DuckDB.Connection.quoted(column)
            condition = "\(name) IS NOT NULL AND \(name) NOT IN (SELECT value FROM allowed\(position))"
        case .determined(let columns, let column):
            let names = (columns + [column]).map(DuckDB.Connection.quoted).joined(separator: ", ")
            condition = "(\(names)) IN (SELECT (\(names)) FROM odd\(position))"
        case .reference(let reference):
            condition = try reference.fails(relation: Self.looked)
        }
        let schema = [Column(RowSource.numberColumn, .integer)] + (try source.schema())
        let names = schema.map { DuckDB.Connection.quoted($0.name) }.joined(separator: ", ")
        let statement = """
            SELECT \(names) FROM \(try source.numberedRelation(on: connection)) AS \(Self.looked) WHERE (\(condition))
            AND \(DuckDB.Connection.quoted(RowSource.numberColumn)) > \(after)
            ORDER BY \(DuckDB.Connection.quoted(RowSource.numberColumn)) LIMIT \(samplesMax)
            """
        var rows: [FailingRow] = []
        try context.forEachRow(of: statement, parameters, schema: schema, on: connection) { bytes in
            var offset = 0
            var values = try RowEncoding.decode(bytes, at: &offset, columns: schema.count)
            guard case .integer(let number) = values.removeFirst() else { return }
            rows.append(FailingRow(number: number, values: values))
        }
        return rows
    }

    /// What the rows under judgement are called where other rows are asked about them.
    static let looked = "looked"

    /// Groups that disagree are found first, so that only of these the values themselves are counted.
    private func determinedCount(
        _ columns: [String], _ column: String, table: String, _ connection: DuckDB.Connection
    ) throws -> Count {
        let (keys, present) = Self.keys(columns)
        let value = DuckDB.Connection.quoted(column)
        let relation = try source.relation()
        let judged = "\(present) AND \(value) IS NOT NULL"
        let times = "\"\(Self.timesColumn)\""
        try connection.execute(
            """
            CREATE OR REPLACE TEMP TABLE torn AS SELECT \(keys) FROM \(relation) WHERE \(judged)
            GROUP BY \(keys) HAVING min(\(value)) <> max(\(value))
            """)
        try connection.execute(
            """
            CREATE OR REPLACE TEMP TABLE \(table) AS SELECT \(keys), \(value), \(times) FROM (
                SELECT \(keys), \(value), count(*) AS \(times) FROM \(relation)
                WHERE \(judged) AND (\(keys)) IN (SELECT (\(keys)) FROM torn) GROUP BY \(keys), \(value))
            QUALIFY \(times) < max(\(times)) OVER (PARTITION BY \(keys))
            OR count(*) OVER (PARTITION BY \(keys), \(times)) > 1
            """)
        let answer = try connection.rows(
            """
            SELECT (SELECT count(*) FROM \(relation) WHERE \(judged)),
            (SELECT CAST(coalesce(sum(\(times)), 0) AS BIGINT) FROM \(table))
            """)
        let cells = answer.first?.map { $0.integer ?? 0 } ?? [0, 0]
        return Count(evaluated: cells[0], failed: cells[1])
    }

    private static func keys(_ columns: [String]) -> (keys: String, present: String) {
        let names = columns.map(DuckDB.Connection.quoted)
        return (
            names.joined(separator: ", "), names.map { "\($0) IS NOT NULL" }.joined(separator: " AND ")
        )
    }
}

extension MeasureTask.Kind {
    init(_ kind: Metric.Kind, _ schema: Schema) throws {
        switch kind {
        case .holds, .holdsWhere:
            guard let text = try kind.predicate(schema, firstParameter: 1) else {
                throw LakeError.nothingMeasured
            }
            self = .holds(sql: text.sql, parameters: WireRow(text.parameters))
        case .unique(let columns):
            for column in columns where !schema.contains(where: { $0.name == column }) {
                throw LakeError.columnUnknown(column)
            }
            guard !columns.isEmpty else { throw LakeError.nothingMeasured }
            self = .unique(columns)
        case .memberOf(let column, let values):
            guard let found = schema.first(where: { $0.name == column }) else {
                throw LakeError.columnUnknown(column)
            }
            self = .memberOf(
                column: column, type: found.type.engineName, values: values.map { WireRow([$0]) })
        case .determined(let columns, let column):
            for name in columns + [column] where !schema.contains(where: { $0.name == name }) {
                throw LakeError.columnUnknown(name)
            }
            guard !columns.isEmpty, !columns.contains(column) else { throw LakeError.nothingMeasured }
            self = .determined(by: columns, column: column)
        case .reference(let reference):
            self = .reference(try KeyReference(reference, schema))
        }
    }
}

extension Metric.Kind {
    /// One predicate of the engine for a row-local metric; nil for those with a pass of their own.
    fileprivate func predicate(
        _ schema: Schema, firstParameter: Int
    ) throws -> (sql: String, parameters: [Value])? {
        switch self {
        case .unique, .memberOf, .determined, .reference: return nil
        case .holds(let predicate):
            let text = try TypedExpression(predicate: predicate, schema: schema).duckDB(
                firstParameter: firstParameter)
            return (text.sql, text.parameters)
        case .holdsWhere(let predicate, let condition):
            let first = try TypedExpression(predicate: condition, schema: schema).duckDB(
                firstParameter: firstParameter)
            let second = try TypedExpression(predicate: predicate, schema: schema).duckDB(
                firstParameter: firstParameter + first.parameters.count)
            return ("CASE WHEN \(first.sql) THEN \(second.sql) END", first.parameters + second.parameters)
        }
    }
}
