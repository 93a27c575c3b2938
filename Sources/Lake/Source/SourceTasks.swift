import Kernel

/// `lake.probe`: a first look at a source, in a worker.
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

    package func run(in context: WorkerContext) throws -> Probe {
        try Probing(
            source: source, overrides: overrides, confinement: confinement, limits: limits, password: password
        ).run(try context.connect(), isCancelled: context.isCancelled)
    }
}

/// `lake.stage`: a confirmed source into `folder` as typed Parquet and rejects, in a worker.
package struct StageTask: WorkerTask {
    package static let name = "lake.stage"
    package let source: Source
    package let mapping: SourceMapping
    package let confinement: SourceConfinement
    package let limits: SourceLimits
    package let password: String?
    /// Exists already; belongs to this staging alone.
    package let folder: String

    package init(
        source: Source, mapping: SourceMapping, into folder: String, confinement: SourceConfinement,
        limits: SourceLimits = .standard, password: String? = nil
    ) {
        self.source = source
        self.mapping = mapping
        self.confinement = confinement
        self.limits = limits
        self.password = password
        self.folder = folder
    }

    package func run(in context: WorkerContext) throws -> Staged {
        try Staging(
            source: source, mapping: mapping, confinement: confinement, limits: limits, password: password
        ).run(into: folder, try context.connect(), isCancelled: context.isCancelled) { progress in
            let fraction =
                progress.bytesTotal > 0 ? Double(progress.bytesRead) / Double(progress.bytesTotal) : nil
            context.report(WorkerProgress(fraction: fraction, rows: progress.rowsRead))
        }
    }
}
