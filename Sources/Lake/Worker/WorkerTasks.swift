import DuckDB

/// Every kind of work a child knows. A new one gets a line here.
package let workerTasks: [any WorkerTask.Type] = [
    PingTask.self, ProbeTask.self, StageTask.self, DiscoverTask.self, SealTask.self, MeasureTask.self,
    ProfileTask.self, CountTask.self, WriteTask.self, StreamTask.self, DryRunTask.self, MergeTask.self,
    CompareTask.self, ReadListTask.self, PushTask.self, PushLookTask.self, PushAbandonTask.self,
    JointTestTask.self, JointPushTask.self, JointPushDropTask.self,
]

/// Proves that a child and its engine answer.
package struct PingTask: WorkerTask {
    package static let name = "lake.ping"
    package let sleepMilliseconds: Int

    package init(sleepMilliseconds: Int = 0) { self.sleepMilliseconds = sleepMilliseconds }

    package func run(in context: WorkerContext) throws -> Int64 {
        var left = sleepMilliseconds
        while left > 0 {
            try context.checkCancelled()
            pause(milliseconds: min(left, 20))
            left -= 20
        }
        return try context.connect().rows("SELECT 42").first?.first?.integer ?? 0
    }
}
