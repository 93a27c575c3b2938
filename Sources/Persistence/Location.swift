/// Opens the database of a node: PostgreSQL when `location` is a `postgres://` URL, else the SQLite file in that data folder.
package func openDatabase(location: String, connectionsMax: Int = 8) async throws -> any Database {
    if location.hasPrefix("postgres://") || location.hasPrefix("postgresql://") {
        return try await PostgresDatabase(url: location, connectionsMax: connectionsMax)
    }
    return try await SQLiteDatabase(path: location + "/headwaters.sqlite")
}
