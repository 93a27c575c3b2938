package import Kernel

/// What an approver may try before deciding: terms that could be signed, made ready to be counted over the version that is served.
///
/// Nothing but counts comes of it: no row leaves without a grant, not even masked and not even to the unit that keeps it. It reads under
/// an internal plan, which no egress takes.
package struct DryRun: Hashable, Sendable {
    /// What the grant would run.
    package let proposed: Plan
    /// What is read for the counting: the columns that `proposed` reads, under the purpose `dry-run`.
    package let read: Plan
    /// As text, in the order of the counts.
    package let conditions: [String]
    /// For `$1` onwards.
    package let parameters: [Value]
    private let inner: String
    private let outer: String

    package init(
        _ clauses: [Clause], facts: EntryFacts, on day: CalendarDate, rules: DisclosureRules = .standard
    ) throws(PolicyError) {
        let terms = try Terms(clauses, facts: facts, on: day, rules: rules)
        proposed = try Plan(terms, grant: GrantID(high: 0, low: 0))
        read = try Plan.internal(.dryRun, entry: facts.entry, schema: facts.schema, columns: proposed.reads)
        let parts = proposed.predicate?.conjuncts ?? []
        conditions = parts.map(\.text)
        var writer = DuckDBWriter(firstParameter: 1)
        var inner: [String] = []
        var outer = ["count(*)"]
        for (number, part) in parts.enumerated() {
            let condition = writer.lower(try TypedExpression(predicate: part, schema: proposed.reads))
            inner.append("\(condition) AS k\(number)")
            outer.append("count_if(k\(number))")
        }
        let leaves = parts.isEmpty ? "true" : parts.indices.map { "k\($0)" }.joined(separator: " AND ")
        outer.append("count_if(\(leaves))")
        for (number, output) in proposed.outputs.enumerated() {
            let value = "v\(number)"
            inner.append("\(duckDBIdentifier(output.source.name)) AS \(value)")
            outer.append("count_if(\(leaves) AND \(value) IS NULL)")
            switch output.mask {
            case nil, .drop: outer.append("0")
            case .pseudonym:
                // Every value becomes another one; no key is needed to know that.
                outer.append("count_if(\(leaves) AND \(value) IS NOT NULL)")
            case .some where output.column.type != output.source.type:
                outer.append("count_if(\(leaves) AND \(value) IS NOT NULL)")
            case .some:
                guard let masked = writer.lower(output) else { continue }
                inner.append("\(masked) AS m\(number)")
                outer.append("count_if(\(leaves) AND \(value) IS DISTINCT FROM m\(number))")
            }
        }
        self.inner = inner.joined(separator: ", ")
        self.outer = outer.joined(separator: ", ")
        parameters = writer.parameters
    }

    /// One row of integers: what `counts` takes.
    package func statement(from source: String) -> String {
        "SELECT \(outer) FROM (SELECT \(inner) FROM \(source))"
    }

    /// Nil when `figures` are not as many as the statement gives.
    package func counts(_ figures: [Int64]) -> DryRunCounts? {
        let columns = proposed.outputs
        guard figures.count == 2 + conditions.count + 2 * columns.count else { return nil }
        let first = 2 + conditions.count
        return DryRunCounts(
            rows: figures[0], conditions: Array(figures[1..<(first - 1)]), leaving: figures[first - 1],
            columns: columns.enumerated().map { position, output in
                DryRunCounts.Column(
                    name: output.column.name, empty: figures[first + 2 * position],
                    changed: figures[first + 2 * position + 1])
            })
    }
}

/// What a dry run counted.
package struct DryRunCounts: Hashable, Sendable {
    package struct Column: Hashable, Sendable {
        package let name: String
        /// NULLs among the rows that would leave.
        package let empty: Int64
        /// Values that the mask makes another; 0 without a mask.
        package let changed: Int64

        package init(name: String, empty: Int64, changed: Int64) {
            self.name = name
            self.empty = empty
            self.changed = changed
        }
    }

    package let rows: Int64
    /// For each condition alone: the rows of which it is TRUE.
    package let conditions: [Int64]
    package let leaving: Int64
    package let columns: [Column]

    package init(rows: Int64, conditions: [Int64], leaving: Int64, columns: [Column]) {
        self.rows = rows
        self.conditions = conditions
        self.leaving = leaving
        self.columns = columns
    }

    package var withheld: Int64 { rows - leaving }

    package var json: JSON {
        [
            "rows": .exact(rows), "leaving": .exact(leaving), "withheld": .exact(withheld),
            "conditions": .array(conditions.map { .exact($0) }),
            "columns": .array(
                columns.map { column in
                    [
                        "name": .string(column.name), "empty": .exact(column.empty),
                        "changed": .exact(column.changed),
                    ]
                }),
        ]
    }
}
