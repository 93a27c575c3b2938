import Persistence
import Server
import TestKit
import Testing

@Suite struct `The settings of the database` {
    @Test(.enabled(if: Dialect.available.contains(.postgres)))
    func `say where it is and how many connections it gets`() async throws {
        let environment = [Setting.databaseConnections.environmentName: "2"]
        try await SampleNode.with(.postgres, environment: environment) { node, _ in
            #expect(node.database.dialect == .postgres)
            let database = node.database
            let backends = try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        try await database.read { connection in
                            let row = try connection.row(
                                "SELECT pg_backend_pid()::bigint AS pid, pg_sleep(0.01)::text AS slept")
                            return try row?.value("pid") ?? 0
                        }
                    }
                }
                return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
            }
            #expect(backends.count == 2)
        }
    }
}
