import Foundation
import Persistence
import Server
import TestKit
import Testing

/// What a database looks like after every migration, as files that a reviewer reads: one for each dialect.
@Suite struct `The schema` {
    @Test(arguments: Dialect.available)
    func `is what was reviewed`(_ dialect: Dialect) async throws {
        let text = try await withDatabase(dialect, Node.migrations) { database in
            try await database.read { connection in
                switch dialect {
                case .sqlite: try Self.sqlite(connection)
                case .postgres: try Self.postgres(connection)
                }
            }
        }
        let name = dialect == .sqlite ? "sqlite" : "postgresql"
        try Golden.expect(text, at: "Tests/Golden/schema-\(name).sql")
    }

    @Test func `has the same tables with the same columns in both files`() throws {
        let sqlite = try Self.tables(of: "sqlite")
        let postgresql = try Self.tables(of: "postgresql")
        // Words are searched by what each database has for it, apart from the tables of the program.
        let names = Set(sqlite.keys).union(postgresql.keys).filter { !$0.contains("_search") }
        for name in names.sorted() { #expect(sqlite[name] == postgresql[name], "\(name)") }
    }

    @Test func `has names of migrations that are used once, in gapless order`() {
        var seen: [String: Int] = [:]
        for migration in Node.migrations {
            let parts = migration.name.split(separator: "/").map(String.init)
            #expect(parts.count == 2)
            let number = parts.last.flatMap { Int($0.prefix(3)) }
            #expect(number == (seen[parts[0]] ?? 0) + 1, "\(migration.name)")
            seen[parts[0]] = number
        }
    }

    private static func tables(of dialect: String) throws -> [String: [String]] {
        let file = Golden.root.appending(path: "Tests/Golden/schema-\(dialect).sql")
        let text = try String(contentsOf: file, encoding: .utf8)
        var tables: [String: [String]] = [:]
        let table = /CREATE TABLE "?(\w+)"? \(\n((?:    .*\n)*)\)/
        let column = /^    "?(\w+)"?\s/
        let constraints: Set<String> = ["PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "CONSTRAINT"]
        for match in text.matches(of: table) {
            let names = match.2.split(separator: "\n").compactMap { line in
                line.firstMatch(of: column).map { String($0.1) }
            }
            tables[String(match.1)] = names.filter { !constraints.contains($0) }.sorted()
        }
        return tables
    }

    /// As SQLite keeps it, with white space made even and each column on a line of its own.
    private static func sqlite(_ connection: any Connection) throws -> String {
        let rows = try connection.rows(
            """
            SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
            ORDER BY tbl_name, CASE type WHEN 'table' THEN 0 ELSE 1 END, name
            """)
        let statements = try rows.map { Self.laidOut(try $0.value("sql", as: String.self)) + ";\n" }
        return statements.joined(separator: "\n")
    }

    /// Breaks the outermost parentheses of a table into lines.
    private static func laidOut(_ sql: String) -> String {
        let even = sql.split(whereSeparator: { $0 == " " || $0 == "\n" }).joined(separator: " ")
        guard even.hasPrefix("CREATE TABLE") else { return even }
        var text = ""
        var depth = 0
        var skipsSpace = false
        for character in even {
            if skipsSpace, character == " " { continue }
            skipsSpace = false
            switch character {
            case "(":
                depth += 1
                text += depth == 1 ? "(\n    " : "("
                skipsSpace = depth == 1
            case ")":
                depth -= 1
                if depth == 0 { text = text.hasSuffix(" ") ? String(text.dropLast()) : text }
                text += depth == 0 ? "\n)" : ")"
            case ",":
                text += depth == 1 ? ",\n    " : ","
                skipsSpace = depth == 1
            default: text.append(character)
            }
        }
        return text
    }

    private static func postgres(_ connection: any Connection) throws -> String {
        let columns = try connection.rows(
            """
            SELECT CAST(c.relname AS TEXT) AS name, '    ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
                || CASE WHEN a.attgenerated = 's' THEN ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') STORED'
                    WHEN a.attidentity <> '' THEN ' GENERATED AS IDENTITY'
                    ELSE coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') END AS line
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY c.relname, a.attnum
            """)
        let constraints = try connection.rows(
            """
            SELECT CAST(c.relname AS TEXT) AS name, '    CONSTRAINT ' || k.conname || ' ' || pg_get_constraintdef(k.oid) AS line
            FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid
            WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND k.contype IN ('p', 'u', 'c', 'f')
            ORDER BY c.relname, k.contype, k.conname
            """)
        let others = try connection.rows(
            """
            SELECT CAST(t.relname AS TEXT) AS name, pg_get_indexdef(i.indexrelid) AS line
            FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class c ON c.oid = i.indexrelid
            WHERE t.relnamespace = CAST(current_schema() AS regnamespace)
                AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
            UNION ALL
            SELECT CAST(t.relname AS TEXT), pg_get_triggerdef(g.oid)
            FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid
            WHERE t.relnamespace = CAST(current_schema() AS regnamespace) AND NOT g.tgisinternal
            ORDER BY 1, 2
            """)
        let functions = try connection.rows(
            """
            SELECT CAST(current_schema() AS TEXT) AS schema, pg_get_functiondef(p.oid) AS line FROM pg_proc p
            WHERE p.pronamespace = CAST(current_schema() AS regnamespace) ORDER BY p.proname
            """)
        let schema = try connection.row("SELECT CAST(current_schema() AS TEXT) AS name")?
            .value("name", as: String.self)
        func lines(_ rows: [Row]) throws -> [String: [String]] {
            try Dictionary(grouping: rows) { try $0.value("name", as: String.self) }
                .mapValues { try $0.map { try $0.value("line", as: String.self) } }
        }
        let (body, keys, rest) = (try lines(columns), try lines(constraints), try lines(others))
        var statements = body.keys.sorted().flatMap { name in
            let inside = ((body[name] ?? []) + (keys[name] ?? [])).joined(separator: ",\n")
            return ["CREATE TABLE \(name) (\n\(inside)\n);\n"] + (rest[name] ?? []).map { "\($0);\n" }
        }
        statements += try functions.map { try $0.value("line", as: String.self) + ";\n" }
        return statements.joined(separator: "\n").replacingOccurrences(of: "\(schema ?? "public").", with: "")
    }
}
