import DuckDB

/// Makes the native functions known to an engine; once per engine.
func registerKernels(on connection: DuckDB.Connection) throws(DuckDBError) {
}
