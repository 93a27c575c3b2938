import Kernel
package import Policy

/// 合成数据: rows for a joint test, made of what an entry publishes of its columns and of a seed. The same seed gives the same rows.
///
/// Where the grant has a row condition, three of four rows satisfy it and the rest do not, as far as such rows were found: the recipient
/// sees that it works.
package struct MadeRows: Sendable {
    /// What breaks programs has to have room.
    package static let rowsMin = 40
    /// So many can be told apart.
    package static let rowsMax = 5_000

    package let schema: Schema
    package let rows: [[Value]]
    /// Of which the condition holds.
    package let passing: Int

    /// `columns` are those that the plan reads, in its order. `division` is the code of the whole city.
    ///
    /// - Throws: `JointTestError.filterUnsatisfied` when no row was found that the condition lets through.
    package init(_ plan: Plan, _ columns: [MadeColumn], seed: Int64, count: Int, division: String) throws {
        let seed = UInt64(bitPattern: seed)
        let values = columns.enumerated().map { position, made in
            MadeValues(made, position: position, seed: seed, division: division)
        }
        schema = columns.map(\.column)
        guard let predicate = plan.predicate else {
            rows = (0..<count).map { row in Self.row(values, row, edge: row) }
            passing = count
            return
        }
        let search = try FilterSearch(predicate, values, seed: seed, division: division)
        guard !search.passing.isEmpty else {
            throw JointTestError.filterUnsatisfied(search.unsatisfied ?? predicate.text)
        }
        let test = try RowTest(predicate, rows: schema)
        var rows: [[Value]] = []
        var (passed, failed) = (0, 0)
        for number in 0..<count {
            let wanted = number % 4 != 3 || search.failing.isEmpty
            var row = Self.row(values, number, edge: wanted ? passed : failed)
            if test.holds(row) != wanted {
                let cells =
                    wanted
                    ? search.passing[passed % search.passing.count]
                    : search.failing[failed % search.failing.count]
                for (at, value) in cells { row[at] = value }
            }
            if wanted { passed += 1 } else { failed += 1 }
            rows.append(row)
        }
        self.rows = rows
        passing = passed
    }

    private static func row(_ values: [MadeValues], _ number: Int, edge: Int) -> [Value] {
        values.map { edge < $0.edges.count ? $0.edges[edge] : $0.ordinary(row: number) }
    }
}
