import Evidence
package import Identity
package import Kernel
package import Lake
import Persistence
import Policy

/// A table of a database, and the hook that already reads it.
package struct DiscoveredTable: Sendable {
    package let table: FoundTable
    /// Of those that the principal may see.
    package let hook: HookID?
    package let entry: EntryID?
}

extension Hooking {
    /// Connects as a hook would, and lists what the account may read. Nothing is kept.
    /// - Throws: `SourceError`; what Policy says when the principal may hook nothing for `owner`.
    package func discover(
        _ place: Source, password: String? = nil, for owner: PartyID, by principal: Principal
    ) async throws -> FoundTables {
        _ = try parts.permissions.permit(
            .hookSource, on: .new(kind: HookNoun.kind, owner: owner), for: principal)
        return try await parts.engine.run(
            DiscoverTask(
                place: place, confinement: parts.confinement, limits: parts.limits, password: password))
    }

    /// Marks those that a hook reads already.
    package func marked(
        _ found: FoundTables, at place: Source, for principal: Principal
    ) async throws -> [DiscoveredTable] {
        let hooks = self.hooks
        let condition = parts.permissions.scope(of: .version, for: principal).condition(Self.scopeColumns)
        let known = try await parts.database.read {
            try hooks.hooks(where: "(\(condition)) AND state <> 'retired'", limit: 10_000, in: $0)
        }
        let byTable = Dictionary(
            known.compactMap { hook in hook.source.tableKey.map { ($0, hook) } },
            uniquingKeysWith: { first, _ in first })
        return found.tables.map { table in
            let hook = place.naming(table).tableKey.flatMap { byTable[$0] }
            return DiscoveredTable(table: table, hook: hook?.id, entry: hook?.entry)
        }
    }
}

extension Source {
    /// The same database, with that table of it.
    package func naming(_ table: FoundTable) -> Source {
        switch self {
        case .postgres(let place):
            .postgres(
                PostgresTable(
                    host: place.host, port: place.port, database: place.database, user: place.user,
                    schema: table.schema, table: table.name))
        case .mysql(let place):
            .mysql(
                MySQLTable(
                    host: place.host, port: place.port, database: place.database, user: place.user,
                    table: table.name))
        case .odbc(let place):
            .odbc(
                ODBCTable(source: place.source, user: place.user, schema: table.schema, table: table.name))
        case .text, .json, .workbook, .shape, .parquet, .sqlite, .live: self
        }
    }

    /// One table of one database, whoever reads it. Nil for files.
    fileprivate var tableKey: [String]? {
        switch self {
        case .postgres(let table):
            ["postgres", "\(table.host):\(table.port)", table.database, table.schema, table.table]
        case .mysql(let table): ["mysql", "\(table.host):\(table.port)", table.database, table.table]
        case .odbc(let table): ["odbc", table.source, table.schema, table.table]
        case .text, .json, .workbook, .shape, .parquet, .sqlite, .live: nil
        }
    }
}
