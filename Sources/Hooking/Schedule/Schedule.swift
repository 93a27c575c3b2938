package import Kernel

/// Reads a hook's source again by itself, as whoever set it up: their rights are asked again at each run.
package struct Schedule: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, Codable, CaseIterable { case active, paused }

    /// What a steward decides of it.
    package struct Terms: Sendable, Hashable {
        package var timing: Timing
        /// How often a failed run is tried again before the next one is due.
        package var retriesMax: Int
        /// So many failed runs in a row are told in the inbox.
        package var alertAfterFailures: Int
        /// So long after it was due, a run that has not succeeded is late.
        package var lateAfterMinutes: Int

        package init(
            timing: Timing, retriesMax: Int = 3, alertAfterFailures: Int = 2, lateAfterMinutes: Int = 120
        ) {
            self.timing = timing
            self.retriesMax = retriesMax
            self.alertAfterFailures = alertAfterFailures
            self.lateAfterMinutes = lateAfterMinutes
        }

        static let retries = 0...10
        static let alerts = 1...20
        static let lateness = 5...10_080

        /// What is wrong, field by field.
        package var faults: [Problem.Place] {
            timing.faults
                + [
                    Timing.fault("retriesMax", retriesMax, in: Self.retries),
                    Timing.fault("alertAfterFailures", alertAfterFailures, in: Self.alerts),
                    Timing.fault("lateAfterMinutes", lateAfterMinutes, in: Self.lateness),
                ].compactMap(\.self)
        }
    }

    package let hook: HookID
    package let entry: EntryID
    package let owner: PartyID
    package let terms: Terms
    package let state: State
    package let account: AccountID
    package let post: PostID?
    package let nextAt: Instant
    /// The occurrence that was started last.
    package let dueAt: Instant?
    package let attempt: JobID?
    /// Whether how the attempt ended was taken note of.
    package let isSettled: Bool
    /// In a row.
    package let failures: Int
    package let retryAt: Instant?
    package let succeededAt: Instant?
    /// Why it could not even be started.
    package let problem: Message?
    package let revision: Int

    package func isLate(at now: Instant) -> Bool {
        guard state == .active else { return false }
        let patience = Duration.seconds(terms.lateAfterMinutes * 60)
        if nextAt + patience < now { return true }
        guard let dueAt, dueAt + patience < now else { return false }
        return succeededAt.map { $0 < dueAt } ?? true
    }

    package var isFailing: Bool { failures >= terms.alertAfterFailures || problem != nil }

    package func isAlarming(at now: Instant) -> Bool { isFailing || isLate(at: now) }
}
