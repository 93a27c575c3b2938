package import DuckDB

/// `lake.probe`: a first look at one source, in a worker. Writes nothing.
package struct ProbeTask: WorkerTask {
    package static let name = "lake.probe"
    package let source: Source
    package let overrides: ReadingOverrides
    package let confinement: SourceConfinement
    package let limits: SourceLimits
    /// Crosses the worker's socket only; is in no log and no file.
    package let password: String?

    package init(
        source: Source, overrides: ReadingOverrides = ReadingOverrides(), confinement: SourceConfinement,
        limits: SourceLimits = .standard, password: String? = nil
    ) {
        self.source = source
        self.overrides = overrides
        self.confinement = confinement
        self.limits = limits
        self.password = password
    }

    package var foreignCode: String? { source.foreignCode }

    package func run(in context: WorkerContext) throws -> Probe {
        try run(
            try context.connect(), unpackingIn: context.limits.temporaryFolder,
            isCancelled: context.isCancelled)
    }

    package func run(
        _ connection: Connection, unpackingIn folder: String,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws(SourceError) -> Probe {
        switch source {
        case .text(let path):
            let file = try SourceFile(path, confinement, limits)
            if try ShapeFiles.arePacked(in: file) {
                return try shape(file, unpackingIn: folder, isCancelled)
            }
            return try TextProbe.run(
                file.text(unpackingIn: folder, limits, isCancelled: isCancelled), overrides, limits,
                isCancelled: isCancelled)
        case .shape(let path):
            return try shape(
                SourceFile(path, confinement, limits), unpackingIn: folder, isCancelled)
        case .json(let path):
            return try JSONProbe.run(
                SourceFile(path, confinement, limits)
                    .text(unpackingIn: folder, limits, isCancelled: isCancelled), overrides, limits,
                isCancelled: isCancelled)
        case .workbook(let path):
            return try SheetProbe.run(
                SourceFile(path, confinement, limits), unpackingIn: folder, overrides, limits,
                isCancelled: isCancelled)
        case .parquet(let path):
            return try ParquetTable(SourceFile(path, confinement, limits), connection).probe(
                limits, isCancelled: isCancelled)
        case .sqlite(let path):
            return try SQLiteFile(
                SourceFile(path, confinement, limits), table: overrides.sheet, limits,
                isCancelled: isCancelled
            ).probe(isChosen: overrides.sheet != nil, limits, isCancelled: isCancelled)
        case .mysql(let table):
            return try TableProbe.run(
                MySQLSession(
                    table, password: password, confinement, limits,
                    utcOffsetSeconds: SourceMapping.usualOffsetSeconds,
                    isCancelled: isCancelled), limits, isCancelled: isCancelled)
        case .odbc(let table):
            return try TableProbe.run(
                ODBCSession(table, password: password, confinement, limits, isCancelled: isCancelled), limits,
                isCancelled: isCancelled)
        case .live: throw .notCopied
        case .postgres(let table):
            return try PostgresSession(
                table, password: password, confinement, limits, connection, isCancelled: isCancelled
            ).probe(limits)
        }
    }

    private func shape(
        _ file: SourceFile, unpackingIn folder: String, _ isCancelled: @escaping () -> Bool
    ) throws(SourceError) -> Probe {
        try ShapeProbe.run(
            ShapeFiles(file, unpackingIn: folder, confinement, limits, isCancelled: isCancelled), overrides,
            limits, isCancelled: isCancelled)
    }
}
