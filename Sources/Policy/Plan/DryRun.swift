package import Kernel

/// What an approver may try before deciding: how many rows each condition keeps, and a few rows as they would leave. It runs as the
/// platform's own read; the rows that come back are masked by the row program of the proposed terms, and are for the
/// approver's eyes only.
package struct DryRun: Hashable, Sendable {
    package static let sampleRowsMax = 20

    /// Counts: first every row, then for each condition the rows of which it is TRUE, then the rows that would leave.
    package let counts: DuckDBText
    /// The conditions, in the order of the counts between the first and the last.
    package let conditions: [String]
    /// Reads what the proposed plan reads, for at most `sampleRows` rows that would leave.
    package let sample: Plan
    package let sampleRows: Int
    /// What masks the sample.
    package let proposed: Plan

    /// The name under which `counts` expects the version's rows.
    package static let source = "version"

    package init(
        _ clauses: [Clause], facts: EntryFacts, on day: CalendarDate, sampleRows: Int = 5,
        rules: DisclosureRules = .standard
    ) throws(PolicyError) {
        let terms = try Terms(clauses, facts: facts, on: day, rules: rules)
        proposed = try Plan(terms, grant: GrantID(high: 0, low: 0))
        sample = try Plan.internal(
            .dryRun, entry: facts.entry, schema: facts.schema, columns: proposed.reads,
            rows: proposed.predicate)
        self.sampleRows = max(0, min(sampleRows, Self.sampleRowsMax))
        let parts = proposed.predicate?.conjuncts ?? []
        conditions = parts.map(\.text)
        var writer = DuckDBWriter(firstParameter: 1)
        var columns = ["count(*) AS \"rows\""]
        for (offset, part) in parts.enumerated() {
            let condition = writer.lower(try TypedExpression(predicate: part, schema: proposed.reads))
            columns.append("count(*) FILTER (WHERE \(condition)) AS \"condition\(offset + 1)\"")
        }
        if let predicate = proposed.predicate {
            let condition = writer.lower(try TypedExpression(predicate: predicate, schema: proposed.reads))
            columns.append("count(*) FILTER (WHERE \(condition)) AS \"leaving\"")
        } else {
            columns.append("count(*) AS \"leaving\"")
        }
        counts = DuckDBText(
            sql: "SELECT \(columns.joined(separator: ", ")) FROM \(Self.source)",
            parameters: writer.parameters)
    }
}
