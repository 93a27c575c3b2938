import Foundation
package import Lake

/// Workers for tests: the `headwaters` binary that was built beside the test bundle, and a folder that goes away.
package final class TestEngine: Sendable {
    package let supervisor: Supervisor
    package let folder: String

    package init(
        childrenMax: Int = 2, waitingMax: Int = 256, configure: (inout WorkerLimits) -> Void = { _ in }
    ) throws {
        folder =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("headwaters-lake-\(UUID().uuidString)").path
        var limits = WorkerLimits(
            temporaryFolder: "\(folder)/cache/worker", engineMebibytesMax: 256, processMebibytesMax: 1024,
            secondsMax: 600)
        configure(&limits)
        supervisor = try Supervisor(
            Self.launch(), limits: limits, childrenMax: childrenMax, waitingMax: waitingMax)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    package static func launch() throws -> Supervisor.Launch {
        let running = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let beside = URL(fileURLWithPath: running).deletingLastPathComponent()
        return Supervisor.Launch(executable: beside.appendingPathComponent("headwaters").path)
    }
}
