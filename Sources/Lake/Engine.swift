import Foundation
import Kernel

/// The lake's front door, in `serve` and in commands: versions, checks, releases, look-ups. The engine itself runs in workers.
package struct Engine: Sendable {
    package let folder: LakeFolder
    package let supervisor: Supervisor

    package init(folder: LakeFolder, supervisor: Supervisor) throws {
        self.folder = folder
        self.supervisor = supervisor
        for path in [folder.lake, folder.staging, folder.rowStores] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
    }

    /// Runs any task in a worker: `lake.stage` and its like.
    package func run<Work: WorkerTask>(
        _ task: Work, progress: (@Sendable (WorkerProgress) -> Void)? = nil
    ) async throws -> Work.Answer {
        try await supervisor.run(task, progress: progress)
    }

    package func source(_ staged: StagedRows) -> RowSource { RowSource(staged) }
    package func source(_ manifest: VersionManifest) -> RowSource { RowSource(manifest, in: folder) }
}
