package import Casework
package import Identity
package import Kernel
import Persistence
import Policy

/// 追认、复核与异议: what the signer, or a second person of the unit, says to an entry, and what becomes of silence.
extension Exchange {
    /// As what `principal` may answer now; nil for nobody who may.
    package func standing(
        of principal: Principal, to approval: PaperApproval, on request: SharingRequest
    ) -> PaperStanding? {
        guard let account = principal.account, approval.isOpen, account != approval.entered.account,
            permissions.allows(
                .confirmPaper, on: subject(of: request, revision: request.file.revision), for: principal)
        else { return nil }
        if account == approval.signer.account { return .signer }
        guard approval.state == .waiting, principal.party == approval.holder.party,
            !drafters(of: request, when: approval).contains(account)
        else { return nil }
        return .second
    }

    private func drafters(of request: SharingRequest, when approval: PaperApproval) -> Set<AccountID> {
        guard let act = cases.workflows[approval.kind]?.act(approval.opinion.act) else { return [] }
        return request.file.performers(of: act.notBy)
    }

    /// - Throws: `PaperError.notYours`, `.moved`; what the signature itself would throw where it counts by being confirmed.
    package func reply(
        _ reply: PaperReply, to paper: PaperApprovalID, on id: CaseID, by principal: Principal,
        key: String? = nil
    ) async throws -> SharingRequest {
        guard let account = principal.account else { throw ExchangeError.noUnit }
        if let earlier = try await repeated(key, reply.key, on: id, by: account) { return earlier }
        let request = try await request(id, for: principal)
        let approval = try await self.paper(paper, of: id, for: principal)
        if case .object(let reason) = reply {
            let faults = Self.textFaults("reason", reason, PaperOpinion.reasonCharactersMax)
            guard faults.isEmpty else { throw PaperError.fieldsInvalid(faults) }
        }
        guard standing(of: principal, to: approval, on: request) != nil else {
            throw approval.isOpen ? PaperError.notYours : PaperError.moved
        }
        let permit = try permissions.permit(
            .confirmPaper,
            asSureAs: approval.countedRevision == nil ? signatureAction(of: request) : .countersignCase,
            on: subject(of: request, revision: request.file.revision), for: principal)
        let now = clock.now()
        do {
            return try await database.write(under: permit) { connection, mandate in
                let next = try answer(reply, to: paper, on: id, mandate, at: now, in: connection)
                try cases.remember(key, act: reply.key, on: next.file, by: account, in: connection)
                return next
            }
        } catch {
            if let earlier = try await repeated(key, reply.key, on: id, by: account) { return earlier }
            if case PolicyError.moved = error {
                throw CaseError.stale(seen: request.file.revision, now: request.file.revision + 1)
            }
            throw error
        }
    }

    private func answer(
        _ reply: PaperReply, to paper: PaperApprovalID, on id: CaseID, _ mandate: Mandate, at now: Instant,
        in connection: any Connection
    ) throws -> SharingRequest {
        let principal = mandate.principal
        guard let request = try requests.load(id, in: connection), let account = principal.account,
            let approval = try cases.approval(paper, in: connection), approval.caseID == id
        else { throw PaperError.notFound }
        guard let standing = standing(of: principal, to: approval, on: request) else {
            throw PaperError.moved
        }
        let hand = PaperApproval.Hand(account, principal.post, at: now)
        switch reply {
        case .confirm:
            var next = request
            if approval.countedRevision == nil {
                guard request.file.awaits(approval) else { throw PaperError.notOpen }
                let open = request.file.openSignatures.filter { $0.place == approval.place }
                let signer = try signing(
                    approval.signer, open, request, on: approval.opinion.signedOn, in: connection)
                // First, so that nothing takes the entry for overtaken by its own act.
                try cases.count(approval, as: request.file.revision + 1, in: connection)
                next = try count(approval, signer, mandate, at: now, in: connection)
            }
            switch standing {
            case .signer: try cases.close(approval, of: next.file, as: .confirmed, by: hand, in: connection)
            case .second: try cases.compare(approval, of: next.file, by: hand, in: connection)
            }
            return next
        case .object(let reason):
            try cases.close(
                approval, of: request.file, as: .objected, by: hand, saying: reason, in: connection)
            return try fall(approval, request, because: reason, mandate, at: now, in: connection)
        }
    }

    /// What can be undone is undone; a grant is suspended; the bureau is told in any case.
    private func fall(
        _ approval: PaperApproval, _ request: SharingRequest, because reason: String, _ mandate: Mandate,
        at now: Instant, in connection: any Connection
    ) throws -> SharingRequest {
        var next = request
        var outcome = approval.countedRevision == nil ? "dropped" : "standing"
        let after = SharingWorkflow.afterPaper[approval.caseState] ?? []
        if let position = request.file.reopened(approval, or: after),
            let act = SharingWorkflow.undoingPaper(in: request.file.state)
        {
            next.file = try cases.perform(
                ActRequest(
                    act, by: .platform, at: now, revision: request.file.revision, comment: reason,
                    content: ["step": .integer(Int64(approval.position.step + 1))], reopening: position),
                on: request.id, in: connection)
            outcome = "reopened"
        } else if approval.countedRevision != nil, let grant = request.grant,
            try grants.suspend(grant, objectedTo: reason, under: mandate, at: now, in: connection)
        {
            outcome = "suspended"
        }
        try tellFallen(approval, next, outcome, at: now, in: connection)
        return next
    }

    // MARK: - Who is told

    func tellEntered(
        _ approval: PaperApproval, _ request: SharingRequest, at now: Instant, in connection: any Connection
    ) throws {
        try cases.tell(
            approval.holder.party, approval.holder.role, of: request.id,
            occasion: "paper.entered.\(approval.id)",
            Message(
                "paper.told.entered",
                [
                    "title": request.file.title, "signedOn": approval.opinion.signedOn.description,
                    "due": approval.dueOn.description,
                ]), at: now, in: connection)
    }

    private func tellFallen(
        _ approval: PaperApproval, _ request: SharingRequest, _ outcome: String, at now: Instant,
        in connection: any Connection
    ) throws {
        var told: [(PartyID, Role)] = [
            (approval.holder.party, .departmentCDO), (approval.holder.party, .steward),
        ]
        if let bureau = request.file.seats[SharingWorkflow.Seat.bureau] {
            told += [(bureau, .bureauReviewer), (bureau, .leader)]
        }
        if outcome == "suspended" {
            told += [(request.applicant, .consumer), (request.provider, .departmentCDO)]
        }
        for (party, role) in told {
            try cases.tell(
                party, role, of: request.id, occasion: "paper.objected.\(approval.id)",
                Message("paper.told.\(outcome)", ["title": request.file.title]), at: now, in: connection)
        }
    }

    /// The unit is reminded when the time for confirming is over, and after as much time again the bureau is told.
    func paperRound(at now: Instant) async throws -> [PaperApprovalID] {
        let overdue = try await database.read {
            try cases.overdueApprovals(
                on: now.date(), levelMax: Self.paperLevelsMax, linesMax: Self.paperLinesMax, in: $0)
        }
        var raised: [PaperApprovalID] = []
        for (approval, level) in overdue {
            let isRaised = try await database.write { connection in
                guard let request = try requests.load(approval.caseID, in: connection) else { return false }
                let next = try cases.calendar(in: connection).deadline(
                    from: now.date(), workingDays: rules.lateEntryConfirmDays
                ).date
                guard try cases.raise(approval.id, from: level, next: next, in: connection) else {
                    return false
                }
                try cases.recordOverdue(
                    approval, of: request.file, level: level + 1, at: now, in: connection)
                try tellOverdue(approval, request, level: level + 1, at: now, in: connection)
                return true
            }
            if isRaised { raised.append(approval.id) }
        }
        return raised
    }

    private static let paperLevelsMax = 2

    private func tellOverdue(
        _ approval: PaperApproval, _ request: SharingRequest, level: Int, at now: Instant,
        in connection: any Connection
    ) throws {
        let bureau = request.file.seats[SharingWorkflow.Seat.bureau] ?? approval.holder.party
        let unit = approval.holder.party
        let told: [(PartyID, Role)] =
            level == 1
            ? [(unit, approval.holder.role), (unit, .departmentCDO), (unit, .steward)]
            : [(unit, .departmentCDO), (bureau, .bureauReviewer), (bureau, .leader)]
        for (party, role) in told {
            try cases.tell(
                party, role, of: request.id, occasion: "paper.overdue.\(level).\(approval.id)",
                Message(
                    "paper.told.overdue",
                    ["title": request.file.title, "due": approval.dueOn.description]), at: now,
                in: connection)
        }
    }
}
