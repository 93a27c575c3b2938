import Foundation
package import Lake
package import MySQL

/// A database of one test's own in the throw-away MariaDB beside the tests, which the first that asks for it starts.
package struct TestMariaDB: Sendable {
    private static let folder = ProcessInfo.processInfo.environment["HEADWATERS_TEST_MARIADB"]
    package static let isPresent = folder != nil

    /// Nil when it could not be started; then every test that needs it fails.
    private static let port: Int? = {
        guard let folder else { return nil }
        let process = Process()
        process.executableURL = Golden.root.appending(path: "scripts/start-mariadb")
        process.arguments = [folder]
        let said = Pipe()
        process.standardOutput = said
        guard (try? process.run()) != nil else { return nil }
        var text = ""
        // The server keeps the pipe open: one line is all that is waited for.
        while !text.contains("\n") {
            let block = said.fileHandleForReading.availableData
            if block.isEmpty { break }
            text += String(decoding: block, as: UTF8.self)
        }
        return Int(text.prefix { $0.isNumber })
    }()

    package let name = "t_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
    package let port: Int

    package init() throws {
        guard let port = Self.port else {
            throw MySQLFailure(code: 2002, message: "the throw-away MariaDB did not start")
        }
        self.port = port
        try run("CREATE DATABASE \(name) CHARACTER SET utf8mb4", in: "")
    }

    package func connect(_ database: String? = nil) throws -> MySQLConnection {
        try MySQLConnection(
            .init(
                host: "127.0.0.1", port: port, database: database ?? name, user: "headwaters", password: ""))
    }

    package func run(_ statements: String..., in database: String? = nil) throws {
        let connection = try connect(database)
        for statement in statements { try connection.execute(statement) }
    }

    package func rows(_ sql: String) throws -> [[String?]] { try connect().rows(sql) }

    package var host: String { "127.0.0.1:\(port)" }
    package var confinement: SourceConfinement { SourceConfinement(folders: [], hosts: [host]) }

    package func source(_ table: String, user: String = "headwaters") -> Source {
        .mysql(MySQLTable(host: "127.0.0.1", port: port, database: name, user: user, table: table))
    }
}
