import Evidence
package import Kernel
package import Persistence

/// Who tried which terms before a decision, and what they learned: counts tell of persons too, so trying is on the record.
extension GrantStore {
    /// Before the counts are shown. The terms are named by their plan's digest; a condition may name persons.
    package func tried(
        _ run: DryRun, counted counts: DryRunCounts, version: String, isOffer: Bool, under mandate: Mandate,
        at now: Instant, in connection: any Connection
    ) throws {
        try put(
            "grant.tried", of: run,
            [
                "version": .string(version), "isOffer": .boolean(isOffer), "rows": .exact(counts.rows),
                "leaving": .exact(counts.leaving),
            ], mandate, now, connection)
    }

    /// A dry run that came to nothing.
    package func trialFailed(
        _ run: DryRun, _ problem: Problem, under mandate: Mandate, at now: Instant,
        in connection: any Connection
    ) throws {
        try put(
            "grant.trial-failed", of: run, ["problem": .string(problem.message.key)], mandate, now, connection
        )
    }

    private func put(
        _ type: String, of run: DryRun, _ findings: [String: JSON], _ mandate: Mandate, _ now: Instant,
        _ connection: any Connection
    ) throws {
        let payload = findings.merging(["plan": .string(run.proposed.digest)]) { first, _ in first }
        try record(
            Leaf(
                id: LeafID.new(at: now), type: type, at: now, actor: mandate.actor,
                subjects: [mandate.subject, Leaf.Subject(run.proposed.entry)], payload: .object(payload)),
            connection)
    }
}
