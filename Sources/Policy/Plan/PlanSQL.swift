/// A plan lowered for DuckDB. The source is the engine's to name (a list of Parquet files, a table).
package struct DuckDBQuery: Hashable, Sendable {
    /// The list after SELECT, in the order of the plan's outputs.
    package let select: String
    /// Nil: every row.
    package let condition: String?
    /// For `$firstParameter` onwards: the condition's, then the list's.
    package let parameters: [Value]

    package func statement(from source: String) -> String {
        "SELECT \(select) FROM \(source)" + (condition.map { " WHERE \($0)" } ?? "")
    }
}

extension Plan {
    package func duckDB(firstParameter: Int = 1) throws(PolicyError) -> DuckDBQuery {
        var writer = DuckDBWriter(firstParameter: firstParameter)
        let condition = try predicate.map { predicate throws(PolicyError) in
            writer.lower(try TypedExpression(predicate: predicate, schema: reads))
        }
        var columns: [String] = []
        for output in outputs {
            guard let lowered = writer.lower(output) else { continue }
            columns.append("\(lowered) AS \(duckDBIdentifier(output.column.name))")
        }
        return DuckDBQuery(
            select: columns.joined(separator: ", "), condition: condition, parameters: writer.parameters)
    }
}
