import Casework
package import Identity
package import Kernel
import Persistence
package import Policy

/// What was counted, and over which version.
package struct CountedVersion: Sendable, Hashable {
    package let version: VersionID
    /// Of the entry's versions, from 1.
    package let number: Int
    package let counts: DryRunCounts

    package init(version: VersionID, number: Int, counts: DryRunCounts) {
        self.version = version
        self.number = number
        self.counts = counts
    }
}

/// 试运行: what the terms of a request would let out, were they signed now.
package struct RequestTrial: Sendable, Hashable {
    package let clauses: [Clause]
    package let explanation: Explanation
    package let counted: CountedVersion
    package let at: Instant

    package var json: JSON {
        [
            "version": ["id": .string(counted.version.text), "number": .integer(Int64(counted.number))],
            "counts": counted.counts.json, "explanation": explanation.json, "at": .string(at.description),
        ]
    }
}

extension Exchange {
    /// For showing the button, never instead of the permit: who may try terms, while there is something to decide.
    package func mayTry(_ request: SharingRequest, _ principal: Principal) -> Bool {
        request.grant == nil
            && permissions.allows(
                .dryRunGrant, on: subject(of: request, revision: request.file.revision), for: principal)
    }

    /// Counts what the clauses at stake would let out, or `offered` in their place. No row is shown, to nobody; who tried what is in the
    /// evidence before the counts are told.
    ///
    /// Other clauses than those at stake may be tried only by who could offer or rule them now: free conditions would otherwise answer
    /// questions about single persons.
    ///
    /// - Throws: `PolicyError.refused` for terms that could not be signed, `ExchangeError.nothingToTry` without a version, `.liveNotTried`, and the
    ///   engine's problem, also of running out of time.
    package func trial(
        of id: CaseID, offering offered: [Clause]? = nil, by principal: Principal
    ) async throws -> RequestTrial {
        let (request, entry) = try await database.read { connection in
            let request = try visible(id, to: principal, in: connection)
            return (request, try neighbours.entry(request.entry, connection))
        }
        let subject = subject(of: request, revision: request.file.revision)
        let permit = try permissions.permit(.dryRunGrant, on: subject, for: principal)
        if offered != nil {
            let acts = try openActs(on: request, for: principal)
            guard acts.contains("counter") || acts.contains("rule-grant") else {
                throw ExchangeError.trialNotYours
            }
        }
        guard let entry else { throw ExchangeError.nothingToTry }
        guard entry.facts.live == nil else { throw ExchangeError.liveNotTried }
        let (now, clauses) = (clock.now(), try offered ?? clausesAtStake(in: request))
        let run = try DryRun(clauses, facts: entry.facts, on: now.date())
        let grants = grants
        let counted: CountedVersion
        do {
            guard let found = try await neighbours.count(run, trialSecondsMax) else {
                throw ExchangeError.nothingToTry
            }
            counted = found
        } catch let failure as any ProblemConvertible {
            try await database.write(under: permit) { connection, mandate in
                try grants.trialFailed(run, failure.problem, under: mandate, at: now, in: connection)
            }
            throw failure
        }
        try await database.write(under: permit) { connection, mandate in
            try grants.tried(
                run, counted: counted.counts, version: counted.version.text, isOffer: offered != nil,
                under: mandate, at: now, in: connection)
        }
        return RequestTrial(
            clauses: clauses, explanation: Explanation(clauses, facts: entry.facts, on: now.date()),
            counted: counted, at: now)
    }
}
