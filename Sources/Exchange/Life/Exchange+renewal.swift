import Casework
package import Identity
package import Kernel
import Persistence
import Policy

/// Going on with a grant before it ends: the same terms for longer, or other terms. Either is a request that replaces the grant when it
/// is decided.
extension Exchange {
    /// A draft with the terms of the grant and another last day. The terms stay as they were signed, treatments included.
    ///
    /// - Throws: `PolicyError.grantNotFound`, `.grantNotActive`; `ExchangeError.renewalAsked`, `.fieldsInvalid` for a day that is none.
    package func renew(
        _ grant: GrantID, until last: CalendarDate, by principal: Principal
    ) async throws -> SharingRequest {
        try await continuing(grant, by: principal) { seen, wish, today in
            guard let to = seen.validity?.to, last > to, last > today else {
                throw ExchangeError.fieldsInvalid([
                    Problem.Place("to", Message("life.renewal-later"))
                ])
            }
            if let end = seen.announcedEnd, last > end {
                throw ExchangeError.fieldsInvalid([Self.pastAnnounced(end)])
            }
            var renewed = wish
            renewed.to = last
            return (renewed, seen.clauses.filter { $0.kind != .validity })
        }
    }

    /// A draft that begins with what the grant says, to be changed.
    package func change(_ grant: GrantID, by principal: Principal) async throws -> SharingRequest {
        try await continuing(grant, by: principal) { seen, wish, _ in
            var changed = wish
            if let end = seen.announcedEnd { changed.to = wish.to.map { min($0, end) } ?? end }
            return (changed, nil)
        }
    }

    private static func pastAnnounced(_ end: CalendarDate) -> Problem.Place {
        Problem.Place("to", Message("announced-end.renewal-past", ["day": end.description]))
    }

    /// What goes on with a grant whose end is announced goes on no longer than that. `last`: of the terms that would be signed.
    func demandAnnouncedEnd(
        of replaced: GrantID?, last: CalendarDate?, in connection: any Connection
    ) throws {
        guard let replaced, let last, let end = try grants.get(replaced, in: connection).announcedEnd,
            last > end
        else { return }
        throw ExchangeError.fieldsInvalid([Self.pastAnnounced(end)])
    }

    /// Said where the day is written, not only when it is signed.
    func checkAnnouncedEnd(
        _ act: RequestAct, _ request: SharingRequest, in connection: any Connection
    ) throws {
        let last: CalendarDate? =
            switch act {
            case .save(let wish), .resubmit(let wish): wish.to
            case .submit, .signOff, .agree, .acceptOffer: request.offer?.lastDay ?? request.wish.to
            case .counter(let clauses), .ruleGrant(let clauses): clauses.lastDay
            default: nil
            }
        try demandAnnouncedEnd(of: request.replaces, last: last, in: connection)
    }

    private typealias Continuation =
        @Sendable (Grant, RequestWish, CalendarDate) throws -> (wish: RequestWish, kept: [Clause]?)

    private func continuing(
        _ id: GrantID, by principal: Principal, _ ask: @escaping Continuation
    ) async throws -> SharingRequest {
        guard let party = principal.party else { throw ExchangeError.noUnit }
        let now = clock.now()
        let permit = try permissions.permit(
            .requestShare, on: .new(kind: CaseNoun.kind, owner: nil, recipient: party), for: principal)
        let caseID = CaseID.new(at: now)
        return try await database.write(under: permit) { connection, _ in
            let grant = try grants.get(id, in: connection)
            guard grant.consumer == party else { throw PolicyError.grantNotFound(id) }
            guard grant.state == .active || grant.state == .suspended, !grant.isUnconfirmed else {
                throw PolicyError.grantNotActive(id, grant.state)
            }
            if try requests.openReplacement(of: id, in: connection) != nil {
                throw ExchangeError.renewalAsked
            }
            let (wish, kept) = try ask(
                grant, try writtenWish(of: grant, on: now.date(), in: connection), now.date())
            let request = try open(
                caseID, grant.entry, wish, by: principal, for: party, at: now, in: connection
            ) { request in
                request.replaces = id
                request.kept = kept
            }
            return request
        }
    }

    /// The request that a grant came of, brought to what was granted in the end.
    private func writtenWish(
        of grant: Grant, on day: CalendarDate, in connection: any Connection
    ) throws -> RequestWish {
        var wish = RequestWish(isCommitted: true)
        if let id = try requests.id(of: grant.id, in: connection),
            let request = try requests.load(id, in: connection)
        {
            wish = request.wish
        }
        wish.isCommitted = false
        for clause in grant.clauses {
            switch clause {
            case .columns(let names): wish.columns = names
            case .rows(let condition): wish.rows = condition.text
            case .purpose(let text): wish.purpose = text
            case .validity(_, let to): wish.to = to
            case .totalQuota(let rows): wish.expectedRows = rows
            case .dailyQuota(let rows): wish.dailyRows = rows
            case .delivery(let kinds): wish.deliveries = kinds
            case .retention(let days): wish.retentionDays = days
            case .noRedistribution: wish.isCommitted = true
            default: break
            }
        }
        wish.from = day
        let columns = wish.columns
        wish.treatments = wish.treatments.filter { columns.contains($0.key) }
        return wish
    }

    /// A renewal changes its term and what stands around it; anything else is another request.
    func checkRenewal(_ act: RequestAct, _ request: SharingRequest) throws {
        guard request.kept != nil else { return }
        let wish: RequestWish
        switch act {
        case .save(let written), .resubmit(let written): wish = written
        default: return
        }
        let differs: [(String, Bool)] = [
            (
                "columns",
                wish.columns != request.wish.columns || wish.treatments != request.wish.treatments
            ), ("rows", wish.rows != request.wish.rows),
            ("purpose", wish.purpose != request.wish.purpose),
            ("deliveries", wish.deliveries != request.wish.deliveries),
            ("dailyRows", wish.dailyRows != request.wish.dailyRows),
        ]
        let faults = differs.filter(\.1).map { Problem.Place($0.0, Message("life.renewal-as-signed")) }
        guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
    }
}

extension [Clause] {
    var lastDay: CalendarDate? {
        for case .validity(_, let to) in self { return to }
        return nil
    }
}

extension SharingRequest {
    /// The clauses that grant what is asked: of a renewal those that were signed, for another term.
    func clausesAsAsked() throws(PolicyError) -> [Clause] {
        guard let kept, let from = wish.from, let to = wish.to else { return try wish.clauses() }
        return kept.filter { $0.kind != .validity } + [.validity(from: from, to: to)]
    }
}
