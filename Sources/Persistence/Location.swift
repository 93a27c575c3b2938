/// Opens the database of a node: PostgreSQL when `location` is a `postgres://` URL, else the SQLite file in that data folder.
///
/// `waitMilliseconds`: how long a change waits for whoever holds the database, before it is refused as `busy`.
package func openDatabase(
    location: String, connectionsMax: Int = 8, waitMilliseconds: Int = 15_000
) async throws -> any Database {
    if location.hasPrefix("postgres://") || location.hasPrefix("postgresql://") {
        return try await PostgresDatabase(
            url: location, connectionsMax: connectionsMax, lockMilliseconds: waitMilliseconds)
    }
    return try await SQLiteDatabase(
        path: location + "/headwaters.sqlite", busyMilliseconds: Int32(clamping: waitMilliseconds))
}
