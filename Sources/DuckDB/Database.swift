internal import CDuckDB

/// One engine in this process: an in-memory catalogue over files.
package final class Database: @unchecked Sendable {
    /// Set before the first statement; the rest of the engine's defaults are as conservative as it has them.
    package struct Settings: Sendable {
        package var memoryMebibytesMax: Int
        package var threads: Int
        package var temporaryFolder: String?
        package var temporaryMebibytesMax: Int
        package var extensionFolder: String?

        package init(
            memoryMebibytesMax: Int = 1024, threads: Int = 2, temporaryFolder: String? = nil,
            temporaryMebibytesMax: Int = 65_536, extensionFolder: String? = nil
        ) {
            self.memoryMebibytesMax = memoryMebibytesMax
            self.threads = threads
            self.temporaryFolder = temporaryFolder
            self.temporaryMebibytesMax = temporaryMebibytesMax
            self.extensionFolder = extensionFolder
        }

        fileprivate var pairs: [(String, String)] {
            var pairs = [
                ("memory_limit", "\(memoryMebibytesMax)MiB"), ("threads", "\(threads)"),
                ("max_temp_directory_size", "\(temporaryMebibytesMax)MiB"),
                ("autoinstall_known_extensions", "false"), ("autoload_known_extensions", "false"),
                ("allow_unsigned_extensions", "false"), ("allow_community_extensions", "false"),
            ]
            if let temporaryFolder { pairs.append(("temp_directory", temporaryFolder)) }
            if let extensionFolder { pairs.append(("extension_directory", extensionFolder)) }
            return pairs
        }
    }

    nonisolated(unsafe) private var handle: duckdb_database?

    package init(_ settings: Settings = Settings()) throws(DuckDBError) {
        var config: duckdb_config?
        guard duckdb_create_config(&config) == DuckDBSuccess else {
            throw .open("no configuration could be made")
        }
        defer { duckdb_destroy_config(&config) }
        for (name, value) in settings.pairs where duckdb_set_config(config, name, value) != DuckDBSuccess {
            throw .setting(name: name, "'\(value)' was refused")
        }
        var message: UnsafeMutablePointer<CChar>?
        guard duckdb_open_ext(nil, &handle, config, &message) == DuckDBSuccess else {
            let text = message.map { String(cString: $0) } ?? "unknown"
            duckdb_free(message)
            throw .open(text)
        }
    }

    deinit { duckdb_close(&handle) }

    /// Each connection runs one statement at a time; make one per thread.
    package func connect() throws(DuckDBError) -> Connection {
        var connection: duckdb_connection?
        guard duckdb_connect(handle, &connection) == DuckDBSuccess, let connection else {
            throw .open("no connection could be made")
        }
        return Connection(connection, database: self)
    }

    package static var libraryVersion: String {
        duckdb_library_version().map { String(cString: $0) } ?? ""
    }
}
