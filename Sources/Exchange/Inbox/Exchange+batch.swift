package import Casework
package import Identity
package import Kernel
import Persistence
import Policy

/// An act that needs nothing of a single case, so that it can be done on several at once. By the names of the workflows' acts.
package enum BatchAct: String, Sendable, Hashable, CaseIterable {
    case submit
    case signOff = "sign-off"
    case sendBack = "send-back"
    /// 受理: what follows is each entry's share type.
    case accept
    case giveBack = "give-back"
    /// To what was asked, unchanged.
    case agree
    case refuse
    case declineOffer = "decline-offer"
    case concede
    /// Of supervisions.
    case acknowledge
    case acceptPromise = "accept-promise"
    case confirmClosed = "confirm"
    /// 验收
    case acceptDelivery = "accept-delivery"

    /// Of which kind of case.
    package var kind: String { act == nil ? SupervisionWorkflow.kind : SharingWorkflow.kind }

    /// Nil for an act of supervisions.
    package var act: RequestAct? {
        switch self {
        case .submit: .submit
        case .signOff: .signOff
        case .sendBack: .sendBack
        case .accept: .accept
        case .giveBack: .giveBack
        case .agree: .agree
        case .refuse: .refuse
        case .declineOffer: .declineOffer
        case .concede: .concede
        case .acknowledge, .acceptPromise, .confirmClosed: nil
        case .acceptDelivery: .acceptDelivery
        }
    }

    var supervisionAct: SupervisionAct? { act == nil ? SupervisionAct.plain[rawValue] : nil }

    package var word: Message { Message("\(kind).act.\(rawValue)") }
    package var isDanger: Bool { [.sendBack, .giveBack, .refuse, .declineOffer, .concede].contains(self) }

    /// More in one go is more than a person looks through.
    package static let casesMax = 100
}

/// A case as it was seen when it was chosen.
package struct BatchChoice: Sendable, Hashable {
    package let id: CaseID
    package let revision: Int

    package init(id: CaseID, revision: Int) {
        self.id = id
        self.revision = revision
    }

    /// As a form writes it: `<id>~<revision>`; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "~", maxSplits: 1)
        guard parts.count == 2, let id = CaseID(String(parts[0])), let revision = Int(parts[1]) else {
            return nil
        }
        self.init(id: id, revision: revision)
    }

    var text: String { "\(id)~\(revision)" }
}

/// What becomes, or became, of one chosen case.
package struct BatchLine: Sendable {
    package let choice: BatchChoice
    /// Nil when there is no such request for this principal.
    package let request: SharingRequest?
    var supervision: Supervision?
    var application: Application?
    /// The workflow's act that it is or was, in the case's own state.
    package var act: String?
    /// Why not; nil when it can be done, or was.
    package var problem: Problem?

    package var file: Case? { request?.file ?? supervision?.file ?? application?.file }
}

extension Exchange {
    /// What the act would do to each, and why not to others. Nothing is written.
    package func rehearse(
        _ act: BatchAct, on choices: [BatchChoice], by principal: Principal, _ opinion: Opinion = .none
    ) async throws -> [BatchLine] {
        if let act = act.supervisionAct {
            return try await rehearse(act, on: choices, by: principal, comment: opinion.comment)
        }
        guard let requestAct = act.act else { throw ExchangeError.batchActUnknown }
        let now = clock.now()
        return try await database.read { connection in
            try choices.map { choice in
                if let line = rehearse(
                    act, onApplication: choice, by: principal, opinion, at: now, in: connection)
                {
                    return line
                }
                let request = try? visible(choice.id, to: principal, in: connection)
                do {
                    guard let request else { throw ExchangeError.requestNotFound(choice.id) }
                    guard request.file.revision == choice.revision else {
                        throw CaseError.stale(seen: choice.revision, now: request.file.revision)
                    }
                    let name = try rehearse(
                        requestAct, on: request, by: principal, opinion, at: now, in: connection)
                    return BatchLine(choice: choice, request: request, act: name, problem: nil)
                } catch let error as any ProblemConvertible {
                    return BatchLine(choice: choice, request: request, act: nil, problem: error.problem)
                }
            }
        }
    }

    /// The acts that the principal's roles could do on cases such as these.
    func batchActs(for lines: [Inbox.Line], of principal: Principal) throws -> [BatchAct] {
        try BatchAct.allCases.filter { batch in
            let kinds = [batch.kind] + (batch.applicationAct == nil ? [] : [ApplicationWorkflow.kind])
            return try kinds.contains { kind in
                let states = Set(lines.filter { $0.kind == kind }.map(\.state))
                guard let act = try cases.workflow(kind).act(batch.rawValue),
                    !act.from.isDisjoint(with: states),
                    case .seat(_, let action) = act.performer
                else { return false }
                return permissions.mayEver(action, principal)
                    || act.signsChain && permissions.mayEver(.countersignCase, principal)
            }
        }
    }

    private func rehearse(
        _ act: RequestAct, on request: SharingRequest, by principal: Principal, _ opinion: Opinion,
        at now: Instant, in connection: any Connection
    ) throws -> String {
        let workflow = try cases.workflow(SharingWorkflow.kind)
        guard let entry = try neighbours.entry(request.entry, connection) else {
            throw ExchangeError.entryNotFound(request.entry)
        }
        let name = act.name(for: request, entry, by: principal)
        guard let declared = workflow.act(name),
            let action = request.file.action(for: declared, under: workflow)
        else { throw CaseError.actUnknown(name, kind: workflow.kind) }
        // What is asked for on the confirming page counts as given.
        let given = Opinion(
            comment: opinion.comment ?? "…", legalBasis: opinion.legalBasis ?? "…")
        guard declared.from.contains(request.file.state) else {
            throw CaseError.notFromHere(
                act: workflow.actWord(name), state: workflow.stateWord(request.file.state))
        }
        try permissions.demand(
            action, on: subject(of: request, revision: request.file.revision), for: principal)
        guard entry.provider == request.provider else { throw ExchangeError.entryMoved }
        try check(act, request, entry, on: now.date())
        try checkEmergency(act, request, entry, at: now, in: connection)
        try checkRenewal(act, request)
        let next = try cases.rehearse(
            try actRequest(act, named: name, request, entry, by: principal, given, at: now, in: connection),
            on: request.file, in: connection)
        if next.state == "granted" {
            _ = try Terms(request.clausesAtStake(), facts: entry.facts, on: now.date())
        }
        return name
    }

    /// Each case by itself: its own permit, its own transaction, at the revision that was seen. The same choice again answers what was done.
    package func perform(
        _ act: BatchAct, on choices: [BatchChoice], by principal: Principal, _ opinion: Opinion
    ) async throws -> [BatchLine] {
        guard choices.count <= BatchAct.casesMax else {
            throw ExchangeError.batchTooLarge(casesMax: BatchAct.casesMax)
        }
        if let supervisionAct = act.supervisionAct {
            return await perform(supervisionAct, on: choices, by: principal, comment: opinion.comment)
        }
        guard let requestAct = act.act else { throw ExchangeError.batchActUnknown }
        var lines: [BatchLine] = []
        for choice in choices {
            if let line = await perform(act, onApplication: choice, by: principal, opinion) {
                lines.append(line)
                continue
            }
            do {
                let done = try await perform(
                    requestAct, on: choice.id, seen: choice.revision, by: principal, opinion,
                    key: "batch-\(choice.id)-\(choice.revision)-\(act.rawValue)")
                lines.append(
                    BatchLine(
                        choice: choice, request: done, act: done.file.history.last?.act, problem: nil))
            } catch let error as any ProblemConvertible {
                lines.append(
                    BatchLine(
                        choice: choice, request: try? await request(choice.id, for: principal), act: nil,
                        problem: error.problem))
            }
        }
        return lines
    }
}
