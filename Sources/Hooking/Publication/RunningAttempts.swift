import Kernel

/// The attempts that this process works on in the background, so that it can end them before it ends itself.
actor RunningAttempts {
    private var tasks: [JobID: Task<Void, Never>] = [:]

    func start(_ attempt: JobID, _ body: @escaping @Sendable () async throws -> Void) {
        tasks[attempt] = Task {
            // How it ended is in the attempt's row; when even that could not be written, its lease tells.
            try? await body()
            forget(attempt)
        }
    }

    private func forget(_ attempt: JobID) { tasks[attempt] = nil }

    func stop() async {
        let running = tasks.values
        for task in running { task.cancel() }
        for task in running { await task.value }
    }
}
