package import Casework
package import Identity
import Kernel
import Persistence
import Policy

/// What lies before a principal: lists, counts and news, all within what that principal may know of.
extension Exchange {
    package func inbox(
        _ tray: Inbox.Tray, of principal: Principal, _ filter: InboxFilter = .all,
        order: InboxOrder = .earliestDue, after cursor: String? = nil, linesMax: Int = 50
    ) async throws -> Inbox.Page {
        guard isKnown(filter.kind) else { return Inbox.Page(lines: [], next: nil) }
        let inbox = inbox(of: principal)
        return try await database.read {
            try inbox.page(tray, filter, order: order, after: cursor, linesMax: linesMax, in: $0)
        }
    }

    package func count(
        _ tray: Inbox.Tray, of principal: Principal, _ filter: InboxFilter
    ) async throws -> Int {
        guard isKnown(filter.kind) else { return 0 }
        let inbox = inbox(of: principal)
        return try await database.read { try inbox.count(tray, filter, in: $0) }
    }

    /// A kind that nobody declared has no cases: not worth a walk through all of them.
    private func isKnown(_ kind: String?) -> Bool { kind.map { cases.workflows[$0] != nil } ?? true }

    package func counts(of principal: Principal) async throws -> [Inbox.Tray: Inbox.Count] {
        let inbox = inbox(of: principal)
        return try await database.read { connection in
            var counts: [Inbox.Tray: Inbox.Count] = [:]
            for tray in Inbox.Tray.allCases { counts[tray] = try inbox.counts(tray, in: connection) }
            return counts
        }
    }

    package func notices(of principal: Principal) async throws -> [Notice] {
        let inbox = inbox(of: principal)
        return try await database.read { try inbox.notices(in: $0) }
    }

    package func markSeen(_ notice: NoticeID, by principal: Principal) async throws {
        let now = clock.now()
        try await database.write { try cases.markSeen(notice, by: principal, at: now, in: $0) }
    }

    /// The trays by the scope that also opens the single case: what a list shows can be opened, and nothing else is counted.
    func inbox(of principal: Principal) -> Inbox {
        Inbox(of: principal, on: clock.now().date(), sight: sight(of: principal))
    }

    /// Nil for those who see every request.
    private func sight(of principal: Principal) -> Inbox.Sight? {
        let scope = permissions.scope(of: .shareRequest, for: principal)
        if scope.reasons.contains(.everything) { return nil }
        let mayCosign = permissions.mayEver(.countersignCase, principal)
        let supervised = permissions.scope(of: .supervision, for: principal)
        var seats = Self.seats.filter { held in
            guard !held.isEmpty else { return mayCosign }
            return scope.admits(
                owner: held.contains(SharingWorkflow.Seat.provider) ? principal.party : nil,
                recipient: held.contains(SharingWorkflow.Seat.applicant) ? principal.party : nil)
        }
        if supervised.admits(owner: principal.party) { seats += Self.supervisedSeats }
        let heard = permissions.scope(of: .coordination, for: principal)
        if !heard.isEmpty { seats += Self.invitedSeats }
        var watched: SQL =
            "EXISTS (SELECT 1 FROM sharing_request r WHERE r.case_id = x.case_id AND "
            + scope.condition(Scope.Columns(owner: "r.provider", recipient: "r.applicant")) + ")"
        let seen = supervised.condition(SupervisionStore.columns)
        watched =
            "(" + watched
            + " OR EXISTS (SELECT 1 FROM exchange_supervision s WHERE s.case_id = x.case_id AND " + seen
            + ") OR EXISTS (SELECT 1 FROM sharing_application s WHERE s.case_id = x.case_id AND "
            + scope.condition(Scope.Columns(recipient: "s.applicant"))
            + ") OR EXISTS (SELECT 1 FROM exchange_coordination s WHERE s.case_id = x.case_id AND "
            + CoordinationStore.sight(heard, principal)
            + ") OR EXISTS (SELECT 1 FROM exchange_announced_end s WHERE s.case_id = x.case_id AND "
            + permissions.scope(of: .grant, for: principal).condition(AnnouncedEndStore.columns) + "))"
        if mayCosign, let party = principal.party {
            watched =
                "(" + watched
                    + """
                     OR EXISTS (SELECT 1 FROM case_part y
                        WHERE y.case_id = x.case_id AND y.party_id = \(party) AND y.seats = ''))
                    """
        }
        return Inbox.Sight(seats: seats.map { $0.joined(separator: ",") }, watched: watched)
    }

    /// Of a unit that is supervised, also by itself.
    private static let supervisedSeats = [
        [SupervisionWorkflow.Seat.supervised],
        [SupervisionWorkflow.Seat.bureau, SupervisionWorkflow.Seat.supervised],
    ]

    private static let invitedSeats = (1...CoordinationWorkflow.invitedMax).map {
        [CoordinationWorkflow.Seat.invited($0)]
    }

    /// Every way in which a unit can be seated in a request, also in none.
    private static let seats: [[String]] = [
        SharingWorkflow.Seat.applicant, SharingWorkflow.Seat.bureau, SharingWorkflow.Seat.provider,
    ].reduce([[]]) { ways, seat in ways + ways.map { $0 + [seat] } }
}
