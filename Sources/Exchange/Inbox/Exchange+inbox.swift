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
        let inbox = inbox(of: principal)
        return try await database.read {
            try inbox.page(tray, filter, order: order, after: cursor, linesMax: linesMax, in: $0)
        }
    }

    package func count(
        _ tray: Inbox.Tray, of principal: Principal, _ filter: InboxFilter
    ) async throws -> Inbox.Count {
        let inbox = inbox(of: principal)
        return try await database.read { try inbox.count(tray, filter, in: $0) }
    }

    package func counts(of principal: Principal) async throws -> [Inbox.Tray: Inbox.Count] {
        let inbox = inbox(of: principal)
        return try await database.read { connection in
            var counts: [Inbox.Tray: Inbox.Count] = [:]
            for tray in Inbox.Tray.allCases { counts[tray] = try inbox.count(tray, in: connection) }
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

    /// On `x.case_id`, as `Inbox` asks for it; nil for those who see every request.
    private func sight(of principal: Principal) -> SQL? {
        let scope = permissions.scope(of: .shareRequest, for: principal)
        if scope.reasons.contains(.everything) { return nil }
        let ownSeat: SQL =
            "EXISTS (SELECT 1 FROM sharing_request r WHERE r.case_id = x.case_id AND "
            + scope.condition(Scope.Columns(owner: "r.provider", recipient: "r.applicant")) + ")"
        guard let party = principal.party, permissions.mayEver(.countersignCase, principal) else {
            return ownSeat
        }
        return "(" + ownSeat
            + """
             OR EXISTS (SELECT 1 FROM case_part y
                WHERE y.case_id = x.case_id AND y.party_id = \(party) AND y.has_seat = 0))
            """
    }
}
