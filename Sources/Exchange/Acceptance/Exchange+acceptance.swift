import Casework
package import Kernel
package import Persistence
import Policy

extension Exchange {
    private static let casesPerRoundMax = 1_000
    private static let waiting: Set<String> = ["granted", "acceptance", "mending"]

    /// The first rows have gone out under a grant: the provider's duty to deliver is done, and the recipient looks at what came. For
    /// Release, inside its transaction; a grant of another origin, or one delivered before, is left alone.
    package func delivered(_ grant: GrantID, at: Instant, in connection: any Connection) throws {
        guard let id = try requests.id(of: grant, in: connection),
            var request = try requests.load(id, in: connection), request.file.state == "granted"
        else { return }
        request.file = try markDelivered(request.file, at: at, in: connection)
        try finishApplication(of: request, at: at, in: connection)
    }

    /// A case ends as the version says that it was opened under.
    func markDelivered(_ file: Case, at: Instant, in connection: any Connection) throws -> Case {
        let act =
            file.workflowVersion < SharingWorkflow.acceptedSince ? "deliver" : "deliver-for-acceptance"
        return try cases.perform(
            ActRequest(act, by: .platform, at: at, revision: file.revision), on: file.id, in: connection)
    }

    /// Who says nothing in time has accepted; and what waits under a grant that is no more, waits no longer.
    func acceptanceRound(at now: Instant) async throws -> [CaseID] {
        let (silent, ended) = try await database.read { connection in
            (
                try requests.unanswered(
                    "acceptance", on: now.date(), linesMax: Self.casesPerRoundMax, in: connection),
                try requests.underEndedGrants(linesMax: Self.casesPerRoundMax, in: connection)
            )
        }
        var done: [CaseID] = []
        for id in silent
        where try await settle(
            id, "accept-in-silence", from: ["acceptance"], SharingWorkflow.AcceptanceFact.expired, at: now)
        { done.append(id) }
        for id in ended
        where try await settle(
            id, "end-with-grant", from: Self.waiting,
            SharingWorkflow.AcceptanceFact.grantEnded, at: now)
        { done.append(id) }
        return done
    }

    private func settle(
        _ id: CaseID, _ act: String, from states: Set<String>, _ fact: String, at now: Instant
    ) async throws -> Bool {
        try await database.write { connection in
            try settle(id, act, from: states, fact, at: now, in: connection)
        }
    }

    private func settle(
        _ id: CaseID, _ act: String, from states: Set<String>, _ fact: String, at now: Instant,
        in connection: any Connection
    ) throws -> Bool {
        guard var request = try requests.load(id, in: connection), states.contains(request.file.state)
        else { return false }
        request.file = try cases.perform(
            ActRequest(act, by: .platform, at: now, revision: request.file.revision, facts: [fact]),
            on: id, in: connection)
        try tell(of: request, after: act, at: now, in: connection)
        try finishApplication(of: request, at: now, in: connection)
        return true
    }

    /// What waits for a delivery or its acceptance under a grant that ends in this transaction.
    func endWithGrant(_ grant: GrantID, at now: Instant, in connection: any Connection) throws {
        guard let id = try requests.id(of: grant, in: connection),
            let file = try cases.load(id, in: connection),
            file.workflowVersion >= SharingWorkflow.acceptedSince
        else { return }
        _ = try settle(
            id, "end-with-grant", from: Self.waiting, SharingWorkflow.AcceptanceFact.grantEnded, at: now,
            in: connection)
    }
}

extension RequestStore {
    /// Requests that stand in a state whose time has run out, oldest first.
    func unanswered(
        _ state: String, on day: CalendarDate, linesMax: Int, in connection: any Connection
    ) throws -> [CaseID] {
        try connection.rows(
            """
            SELECT c.id FROM governed_case c
            WHERE c.kind = \(SharingWorkflow.kind) AND c.state = \(state) AND c.due_on < \(day)
            ORDER BY c.due_on, c.id LIMIT \(linesMax)
            """
        ).map { try $0.value("id") }
    }

    /// Those that wait for a delivery or its acceptance under a grant that has ended.
    func underEndedGrants(linesMax: Int, in connection: any Connection) throws -> [CaseID] {
        try connection.rows(
            """
            SELECT c.id FROM governed_case c JOIN sharing_request r ON r.case_id = c.id
            JOIN policy_grant g ON g.id = r.grant_id
            WHERE c.kind = \(SharingWorkflow.kind) AND c.is_final = 0
              AND c.workflow_version >= \(SharingWorkflow.acceptedSince)
              AND c.state IN ('granted', 'acceptance', 'mending') AND g.state IN ('revoked', 'expired')
            ORDER BY c.id LIMIT \(linesMax)
            """
        ).map { try $0.value("id") }
    }
}
