import Foundation
package import Lake
import MySQL
package import Postgres

/// A recipient's own database, into which a test pushes: a schema of its own in the throw-away PostgreSQL, or a database of its own in MariaDB.
package struct TestTarget: Sendable {
    package let kind: PushPlace.Kind
    package let schema: String
    private let url: URL?
    private let mariaDB: TestMariaDB?

    package static var available: [PushPlace.Kind] {
        (TestDatabase.postgresURL == nil ? [] : [.postgres]) + (TestMariaDB.isPresent ? [.mysql] : [])
    }

    package init(_ kind: PushPlace.Kind) throws {
        self.kind = kind
        switch kind {
        case .mysql:
            let database = try TestMariaDB()
            (mariaDB, url, schema) = (database, nil, database.name)
        case .postgres:
            schema = "target_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
            (mariaDB, url) = (nil, TestDatabase.postgresURL.flatMap { URL(string: $0) })
            try run("CREATE SCHEMA \(schema)")
        }
    }

    package func place(_ table: String = "persons", user: String = "headwaters") -> PushPlace {
        PushPlace(
            kind: kind, host: "127.0.0.1", port: port, database: kind == .mysql ? schema : "postgres",
            user: user, schema: schema, table: table)
    }

    package var port: Int { mariaDB?.port ?? url?.port ?? 0 }
    package var host: String { "127.0.0.1:\(port)" }

    /// As this database writes a name of the schema.
    package func name(_ table: String) -> String {
        kind == .mysql ? "`\(schema)`.`\(table)`" : "\"\(schema)\".\"\(table)\""
    }

    /// Every cell as text.
    @discardableResult
    package func rows(_ sql: String) throws -> [[String?]] {
        if let mariaDB { return try mariaDB.rows(sql) }
        let answer = try postgres().query(sql, [])
        return try (0..<answer.rowCount).map { row in
            try answer.columnNames.indices.map { column in
                switch try answer.value(row: row, column: column) {
                case .null, .bytes: nil
                case .integer(let number): String(number)
                case .text(let text): text
                }
            }
        }
    }

    package func run(_ statements: String...) throws {
        if let mariaDB {
            let connection = try mariaDB.connect()
            for statement in statements { try connection.execute(statement) }
        } else {
            let connection = try postgres()
            for statement in statements { try connection.command(statement) }
        }
    }

    package func count(_ table: String) throws -> Int? {
        try rows("SELECT count(*) FROM \(name(table))").first?.first?.flatMap { Int($0) }
    }

    /// Tables of the schema, in order.
    package func tables() throws -> [String] {
        try rows(
            "SELECT CAST(table_name AS CHAR(64)) FROM information_schema.tables WHERE table_schema = '\(schema)'"
        ).compactMap { $0.first?.flatMap { $0.trimmingCharacters(in: .whitespaces) } }.sorted()
    }

    /// A conversation that a test holds open, for its locks.
    package func postgres() throws -> PostgresConnection {
        guard let text = url?.absoluteString else {
            throw PostgresFailure(
                sqlState: nil, message: "HEADWATERS_TEST_POSTGRES is not set", connectionLost: true)
        }
        return try PostgresConnection(url: text)
    }
}
