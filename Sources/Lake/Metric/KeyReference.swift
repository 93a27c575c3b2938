import DuckDB
import Kernel
import Policy

/// A reference to the keys of other rows, on its way to a worker: columns are looked for before it leaves.
struct KeyReference: Codable, Sendable {
    let column: String
    let rows: RowSource
    let key: String
    let validFrom: String?
    let validUntil: String?
    let on: String?
    let daysSince1970: Int

    /// - Throws: `LakeError.columnUnknown` for a column that either side does not have, `referenceUnfit` for one of another type.
    init(_ reference: Metric.Reference, _ schema: Schema) throws {
        column = reference.column
        rows = reference.rows
        key = reference.key
        validFrom = reference.validFrom
        validUntil = reference.validUntil
        on = reference.on
        daysSince1970 = reference.day.daysSince1970
        let others = try reference.rows.schema()
        func type(_ name: String, of schema: Schema) throws -> ColumnType {
            guard let found = schema.first(where: { $0.name == name }) else {
                throw LakeError.columnUnknown(name)
            }
            return found.type
        }
        guard try type(column, of: schema) == type(key, of: others) else {
            throw LakeError.referenceUnfit(column: column, key: key)
        }
        for (name, schema) in [(validFrom, others), (validUntil, others), (on, schema)] {
            guard let name else { continue }
            let found = try type(name, of: schema)
            guard found == .date || found == .timestamp else {
                throw LakeError.referenceUnfit(column: name, key: key)
            }
        }
    }

    func count(of source: RowSource, _ connection: DuckDB.Connection) throws -> MeasureTask.Count {
        let relation = "\(try source.relation()) AS \(MeasureTask.looked)"
        let judged = judged(relation: MeasureTask.looked)
        let failed = try connection.rows(
            "SELECT count(*) FROM \(relation) WHERE \(try fails(relation: MeasureTask.looked))")
        let evaluated = try connection.rows("SELECT count(*) FROM \(relation) WHERE \(judged)")
        return MeasureTask.Count(
            evaluated: evaluated.first?.first?.integer ?? 0, failed: failed.first?.first?.integer ?? 0)
    }

    /// True of a row of `relation` that has a value which is no key.
    func fails(relation: String) throws -> String {
        let name = DuckDB.Connection.quoted
        let (ours, theirs) = ("\(relation).\(name(column))", "keys.\(name(key))")
        let day =
            on.map { "CAST(\(relation).\(name($0)) AS DATE)" }
            ?? "(DATE '1970-01-01' + \(daysSince1970))"
        var valid = ["\(theirs) IS NOT NULL"]
        if let validFrom {
            valid.append(
                "(keys.\(name(validFrom)) IS NULL OR CAST(keys.\(name(validFrom)) AS DATE) <= \(day))")
        }
        if let validUntil {
            valid.append(
                "(keys.\(name(validUntil)) IS NULL OR CAST(keys.\(name(validUntil)) AS DATE) >= \(day))")
        }
        let keys = "FROM \(try rows.relation()) AS keys WHERE \(valid.joined(separator: " AND "))"
        // Keys that do not depend on the row are held once; for what does, the engine holds every row that asks.
        return on == nil
            ? "\(judged(relation: relation)) AND \(ours) NOT IN (SELECT \(theirs) \(keys))"
            : "\(judged(relation: relation)) AND NOT EXISTS (SELECT 1 \(keys) AND \(theirs) = \(ours))"
    }

    private func judged(relation: String) -> String {
        ([column] + (on.map { [$0] } ?? [])).map {
            "\(relation).\(DuckDB.Connection.quoted($0)) IS NOT NULL"
        }.joined(separator: " AND ")
    }
}
