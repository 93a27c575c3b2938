import Policy

extension MySQLPush {
    /// Of the table that a test makes.
    var testComment: String {
        // A comment takes no expression, which `literal` is.
        order.test.map { " COMMENT='\($0.mark.replacing("'", with: "''"))'" } ?? ""
    }

    func mark() throws -> String? {
        try rows(
            """
            SELECT TABLE_COMMENT FROM information_schema.TABLES WHERE TABLE_SCHEMA = \(literal(place.database))
            AND TABLE_NAME = \(literal(place.table))
            """
        ).first?.first.flatMap { $0 }
    }

    func rowCount() throws -> Int64 {
        try rows("SELECT count(*) FROM \(table)").first?[0].flatMap { Int64($0) } ?? 0
    }

    /// One statement, so that no table of ours is ever there without its mark. Types, collations and unique keys are those of the
    /// recipient's own; what the database fills there by itself stays empty here.
    func makeTest(like own: TargetTable) throws {
        var lines = own.columns.map { column in
            let isFilled = schema.contains { isSameName($0.name, column.name) }
            let demands = !column.isNullable && (isFilled || !column.hasDefault)
            return "    \(Self.quoted(column.name)) \(column.definition)\(demands ? " NOT NULL" : " NULL")"
        }
        lines += own.uniqueKeys.filter { !$0.isEmpty }.map { key in
            "    UNIQUE (\(key.sorted().map(Self.quoted).joined(separator: ", ")))"
        }
        try execute(
            "CREATE TABLE \(table) (\n\(lines.joined(separator: ",\n"))\n) ENGINE=InnoDB\(testComment)")
    }

    func dropTest() throws {
        try execute("DROP TABLE IF EXISTS \(table)")
        guard try isThere(PushPlace.ledger) else { return }
        try execute(
            """
            DELETE FROM \(ledger) WHERE version_id = \(literal(PushTest.version))
            AND target_table = \(literal(place.table)) AND state <> 'staging'
            """)
    }
}
