package import Casework
package import Identity
package import Kernel
import Persistence
import Policy

/// 补录: to enter a signature that was given on paper.
extension Exchange {
    /// The entries of a case, oldest first, for whoever may see it.
    package func papers(of id: CaseID, for principal: Principal) async throws -> [PaperApproval] {
        try await database.read { connection in
            _ = try visible(id, to: principal, in: connection)
            return try cases.approvals(of: id, in: connection)
        }
    }

    package func paper(
        _ id: PaperApprovalID, of request: CaseID, for principal: Principal
    ) async throws -> PaperApproval {
        guard let one = try await papers(of: request, for: principal).first(where: { $0.id == id }) else {
            throw PaperError.notFound
        }
        return one
    }

    /// What `principal` can enter now.
    ///
    /// - Throws: `PaperError` when it is nothing.
    package func paperDesk(of id: CaseID, for principal: Principal) async throws -> PaperDesk {
        let today = clock.now().date()
        return try await database.read { connection in
            let request = try visible(id, to: principal, in: connection)
            let own = try demandEnterer(principal, of: request)
            let from = max(request.file.stepSince, today.adding(days: -rules.lateEntryDaysMax))
            let candidates = try own.flatMap { signature in
                try neighbours.signers(signature.holder, from, today, connection).map {
                    PaperDesk.Candidate(place: signature.place, holder: signature.holder, term: $0)
                }
            }.filter { $0.term.account != principal.account }
            return PaperDesk(
                open: candidates, decisions: SharingWorkflow.onPaper[request.file.state] ?? [], from: from,
                through: today)
        }
    }

    package func mayEnterPaper(on request: SharingRequest, _ principal: Principal) -> Bool {
        guard
            permissions.allows(
                .enterPaper, on: subject(of: request, revision: request.file.revision), for: principal)
        else { return false }
        return (try? demandEnterer(principal, of: request)) != nil
    }

    /// A scan by itself, so that what is typed beside it can be corrected without bringing it again.
    package func bring(_ scan: PaperScan, by principal: Principal) async throws {
        let request = try await request(scan.caseID, for: principal)
        _ = try demandEnterer(principal, of: request)
        let permit = try permissions.permit(
            .enterPaper, asSureAs: .enterPaper,
            on: subject(of: request, revision: request.file.revision), for: principal)
        try await database.write(under: permit) { connection, _ in
            try cases.insert(scan, in: connection)
        }
    }

    /// One that was brought to the case and that nothing is entered with yet.
    package func unusedScan(
        _ id: PaperScanID, of request: CaseID, for principal: Principal
    ) async throws -> PaperScan? {
        try await database.read { connection in
            let request = try visible(request, to: principal, in: connection)
            _ = try demandEnterer(principal, of: request)
            guard let scan = try cases.scan(id, in: connection), scan.caseID == request.id,
                try !cases.isUsed(id, in: connection)
            else { return nil }
            return scan
        }
    }

    /// Scans that nothing was entered with for a day are forgotten; whoever keeps the files takes them away.
    package func forgetUnusedScans() async throws -> [PaperScanID] {
        let before = clock.now() + .seconds(-PaperScan.unusedSecondsMax)
        return try await database.write {
            try cases.forgetScans(before: before, linesMax: Self.paperLinesMax, in: $0)
        }
    }

    /// Enters a signature on the case as it stood at `revision`. One that others follow counts in the same transaction; one that moves the
    /// case waits for its confirmation.
    ///
    /// - Throws: `PaperError`; what the signature itself would throw.
    package func enter(
        _ entry: PaperEntry, on id: CaseID, seen revision: Int, by principal: Principal, key: String? = nil
    ) async throws -> (request: SharingRequest, approval: PaperApproval) {
        guard let account = principal.account else { throw ExchangeError.noUnit }
        if let earlier = try await entered(key, on: id, by: account) { return earlier }
        let request = try await request(id, for: principal)
        guard request.file.revision == revision else {
            throw CaseError.stale(seen: revision, now: request.file.revision)
        }
        _ = try demandEnterer(principal, of: request)
        let permit = try permissions.permit(
            .enterPaper, asSureAs: try signatureAction(of: request),
            on: subject(of: request, revision: revision), for: principal)
        let now = clock.now()
        do {
            return try await database.write(under: permit) { connection, mandate in
                let result = try take(entry, on: id, mandate, at: now, in: connection)
                try cases.remember(
                    key, act: Self.enteringPaper, on: result.request.file, by: account, in: connection)
                return result
            }
        } catch {
            if let earlier = try await entered(key, on: id, by: account) { return earlier }
            if case PolicyError.moved = error { throw CaseError.stale(seen: revision, now: revision + 1) }
            throw error
        }
    }

    private static let enteringPaper = "enter-paper"
    static let paperLinesMax = 1_000

    /// What the first click entered, when this is the second.
    private func entered(
        _ key: String?, on id: CaseID, by account: AccountID
    ) async throws -> (request: SharingRequest, approval: PaperApproval)? {
        guard let request = try await repeated(key, Self.enteringPaper, on: id, by: account) else {
            return nil
        }
        let all = try await database.read { try cases.approvals(of: id, in: $0) }
        return all.last { $0.entered.account == account }.map { (request, $0) }
    }

    /// What the signature that is missing would need: by that it is decided whether a password is asked for.
    func signatureAction(of request: SharingRequest) throws -> Action {
        let workflow = try cases.workflow(SharingWorkflow.kind)
        let names = SharingWorkflow.onPaper[request.file.state] ?? []
        guard let act = names.first.flatMap(workflow.act),
            let action = request.file.action(for: act, under: workflow)
        else { throw PaperError.notOpen }
        return action
    }

    /// The signatures of the principal's own unit that are missing.
    @discardableResult
    func demandEnterer(
        _ principal: Principal, of request: SharingRequest
    ) throws(PaperError) -> [Case.OpenSignature] {
        guard SharingWorkflow.onPaper[request.file.state] != nil, !request.file.openSignatures.isEmpty else {
            throw .notOpen
        }
        let own = request.file.openSignatures.filter { $0.holder.party == principal.party }
        guard !own.isEmpty, let account = principal.account else { throw .otherUnit }
        if drafters(of: request).contains(account) { throw .drafter }
        return own
    }

    /// Who may not sign where the case is, because they drafted it.
    func drafters(of request: SharingRequest) -> Set<AccountID> {
        guard let workflow = cases.workflows[SharingWorkflow.kind] else { return [] }
        return (SharingWorkflow.onPaper[request.file.state] ?? []).compactMap(workflow.act)
            .reduce(into: []) { $0.formUnion(request.file.performers(of: $1.notBy)) }
    }

    private func take(
        _ entry: PaperEntry, on id: CaseID, _ mandate: Mandate, at now: Instant,
        in connection: any Connection
    ) throws -> (request: SharingRequest, approval: PaperApproval) {
        guard let request = try requests.load(id, in: connection), let account = mandate.principal.account
        else { throw ExchangeError.requestNotFound(id) }
        let own = try demandEnterer(mandate.principal, of: request)
        let sheet = try read(entry, request, on: now.date(), in: connection)
        if sheet.signer.account == account { throw PaperError.ownSignature }
        let signer = try signing(sheet.signer, own, request, on: sheet.opinion.signedOn, in: connection)
        guard let place = request.file.openSignature(of: signer), let position = request.file.chain else {
            throw Self.notTheirs
        }
        let earlier = try cases.approvals(of: id, in: connection)
        guard !earlier.contains(where: { $0.isWaiting(for: place.place, in: request.file) }) else {
            throw PaperError.enteredAlready
        }
        let due = try cases.calendar(in: connection).deadline(
            from: now.date(), workingDays: rules.lateEntryConfirmDays
        ).date
        var approval = PaperApproval(
            id: .new(at: now), caseID: id, kind: request.file.kind, caseState: request.file.state,
            holder: place.holder, place: place.place, position: position, signer: sheet.signer,
            opinion: sheet.opinion, scan: sheet.scan,
            entered: PaperApproval.Hand(account, mandate.principal.post, at: now), dueOn: due)
        var next = request
        if position.isLast {
            try rehearse(approval, signer, request, at: now, in: connection)
            try cases.insert(approval, of: request.file, in: connection)
        } else {
            next = try count(approval, signer, mandate, at: now, in: connection)
            approval.counts(as: next.file.revision)
            try cases.insert(approval, of: next.file, in: connection)
        }
        try tellEntered(approval, next, at: now, in: connection)
        return (next, approval)
    }

    /// The act itself, in the signer's name.
    func count(
        _ approval: PaperApproval, _ signer: Principal, _ mandate: Mandate, at now: Instant,
        in connection: any Connection
    ) throws -> SharingRequest {
        guard let act = RequestAct.onPaper(approval.opinion.act), let account = mandate.principal.account,
            let request = try requests.load(approval.caseID, in: connection)
        else { throw PaperError.notOpen }
        return try step(
            act, named: approval.opinion.act, on: approval.caseID, mandate,
            Opinion(comment: approval.opinion.comment, legalBasis: approval.opinion.legalBasis),
            revision: request.file.revision, at: now,
            paper: SignedPaper(signer: signer, mark: approval.mark(countedBy: account)), in: connection)
    }

    /// Whether it could count, were it confirmed at once.
    private func rehearse(
        _ approval: PaperApproval, _ signer: Principal, _ request: SharingRequest, at now: Instant,
        in connection: any Connection
    ) throws {
        guard let act = RequestAct.onPaper(approval.opinion.act),
            let entry = try neighbours.entry(request.entry, connection)
        else { throw PaperError.notOpen }
        try check(act, request, entry, on: now.date())
        // What could not be signed is refused now, not when somebody has confirmed it.
        if case .agree = act {
            try check(.ruleGrant(try request.clausesAsAsked()), request, entry, on: now.date())
        }
        try checkRenewal(act, request)
        _ = try cases.rehearse(
            try actRequest(
                act, named: approval.opinion.act, request, entry, by: signer,
                Opinion(comment: approval.opinion.comment, legalBasis: approval.opinion.legalBasis), at: now,
                in: connection), on: request.file, in: connection)
    }

    static let notTheirs = PaperError.fieldsInvalid([
        Problem.Place("signer", Message("paper.signer-unable"))
    ])
}

/// What `step` needs to know of an act that was signed on paper.
struct SignedPaper {
    let signer: Principal
    let mark: PaperMark
}

extension PaperApproval {
    fileprivate func isWaiting(for place: Int, in file: Case) -> Bool {
        state == .waiting && countedRevision == nil && self.place == place && file.awaits(self)
    }
}

extension Exchange {
    private static let paperRemindedMax = 20

    /// What waits for `principal` as its signer or as a second person, with the titles of the cases.
    package func waitingPapers(
        for principal: Principal
    ) async throws -> [(approval: PaperApproval, title: String)] {
        guard let account = principal.account, let party = principal.party,
            permissions.mayEver(.confirmPaper, principal)
        else { return [] }
        return try await database.read { connection in
            try cases.waitingApprovals(
                for: account, of: party, linesMax: Self.paperRemindedMax, in: connection
            ).compactMap { approval in
                guard let request = try? visible(approval.caseID, to: principal, in: connection),
                    standing(of: principal, to: approval, on: request) != nil
                else { return nil }
                return (approval, request.file.title)
            }
        }
    }
}
