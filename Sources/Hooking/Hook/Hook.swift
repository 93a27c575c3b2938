package import Kernel
package import Lake
import Policy

/// The binding of an entry to a real source, as a steward confirmed it: where the table comes from, how it is read, which
/// typed columns come of it, and by which columns it can be looked up.
package struct Hook: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case active
        /// No new versions; the last one is still served.
        case paused
        /// The entry has another hook now.
        case retired
    }

    package let id: HookID
    package let entry: EntryID
    /// The department that keeps the entry.
    package let owner: PartyID
    package let source: Source
    package let mapping: SourceMapping
    /// Columns that the row store can be asked by, one key each.
    package let keyColumns: [String]
    package let state: State
    package let currentVersion: VersionID?
    package let revision: Int
    package let definedBy: AccountID
    package let definedAt: Instant

    package init(
        id: HookID, entry: EntryID, owner: PartyID, source: Source, mapping: SourceMapping,
        keyColumns: [String], state: State = .active, currentVersion: VersionID? = nil, revision: Int = 1,
        definedBy: AccountID, definedAt: Instant
    ) {
        self.id = id
        self.entry = entry
        self.owner = owner
        self.source = source
        self.mapping = mapping
        self.keyColumns = keyColumns
        self.state = state
        self.currentVersion = currentVersion
        self.revision = revision
        self.definedBy = definedBy
        self.definedAt = definedAt
    }

    package static let keyColumnsMax = 8

    /// Asked call by call; it never has a version.
    package var isLive: Bool { source.live != nil }

    /// What a steward got wrong, field by field; empty when the hook can be kept.
    package func faults() -> [Problem.Place] {
        var places: [Problem.Place] = []
        do throws(SourceError) {
            try mapping.validate()
        } catch {
            places.append(Problem.Place("mapping", error.problem.message))
        }
        let names = Set(mapping.schema.map(\.name))
        for key in keyColumns where !names.contains(key) {
            places.append(Problem.Place("keyColumns", Message("hooking.key-unknown", ["column": key])))
        }
        if keyColumns.count > Self.keyColumnsMax || Set(keyColumns).count != keyColumns.count {
            places.append(
                Problem.Place("keyColumns", Message("hooking.keys-max", ["max": String(Self.keyColumnsMax)])))
        }
        // What the service is asked by is typed as the column that it is.
        for key in source.live?.keys ?? [] {
            if !mapping.schema.contains(key) {
                places.append(
                    Problem.Place(
                        "mapping",
                        Message(
                            "hooking.live.key-column", ["column": key.name, "type": key.type.description])))
            }
        }
        return places
    }
}

/// How a hook is described to people: no credentials, no path beyond the file's name.
extension Source {
    package var displayName: String {
        switch self {
        case .text(let path), .json(let path), .workbook(let path), .parquet(let path),
            .sqlite(let path), .shape(let path):
            String(path.split(separator: "/").last ?? "")
        case .postgres(let table):
            "\(table.host):\(table.port)/\(table.database) \(table.schema).\(table.table)"
        case .mysql(let table): "\(table.host):\(table.port)/\(table.database) \(table.table)"
        case .odbc(let table): "\(table.source) \(table.name)"
        case .live(let source): source.address.map { "\($0.place)\($0.path)" } ?? ""
        }
    }

    package var kind: String {
        switch self {
        case .text: "text"
        case .json: "json"
        case .shape: "shape"
        case .workbook: "workbook"
        case .parquet: "parquet"
        case .sqlite: "sqlite"
        case .postgres: "postgres"
        case .mysql: "mysql"
        case .odbc: "odbc"
        case .live: "live"
        }
    }
}
