package import Identity
package import Kernel
package import Policy

/// What a transition asks of the world outside the case: the rules in force, who exists. Answered inside the transaction.
package struct CaseWorld {
    package let rules: DeadlineRules
    package let calendar: WorkingDayCalendar
    /// The signatures `party` asks for under a chain of this name.
    package let chain: (_ name: String, _ party: PartyID) throws -> ApprovalChain
    /// Whether anyone but `except` can act for this holder today.
    package let someoneHolds: (_ holder: CaseHolder, _ except: Set<AccountID>) throws -> Bool

    package init(
        rules: DeadlineRules, calendar: WorkingDayCalendar,
        chain: @escaping (String, PartyID) throws -> ApprovalChain,
        someoneHolds: @escaping (CaseHolder, Set<AccountID>) throws -> Bool
    ) {
        self.rules = rules
        self.calendar = calendar
        self.chain = chain
        self.someoneHolds = someoneHolds
    }
}

extension Case {
    /// The case after `request`, or the first reason why it may not be done. Pure but for what `world` answers.
    package func performing(_ request: ActRequest, under workflow: Workflow, in world: CaseWorld) throws
        -> Case
    {
        guard request.revision == revision else {
            throw CaseError.stale(seen: request.revision, now: revision)
        }
        guard let act = workflow.act(request.act) else {
            throw CaseError.actUnknown(request.act, kind: kind)
        }
        try checkPlace(of: act, under: workflow)
        try checkHand(request.actor, doing: act, under: workflow)
        try checkInputs(of: request, for: act, under: workflow)

        let day = request.at.date()
        let moves = !act.returnsChain && (!act.signsChain || (chain?.isLast ?? true))
        let target = moves ? act.to : state
        var next = self
        next.revision += 1
        next.state = target
        var passedOver: [Signature] = []
        if act.returnsChain {
            (next.chain, passedOver) = try returned(request, under: workflow, world)
        } else if moves {
            next.clocks = try clocks(after: act, request, on: day, world)
            if act.reopensChain {
                (next.chain, passedOver) = try reopening(request, act, under: workflow, world)
            } else if target != state || act.signsChain {
                (next.chain, passedOver) = try entering(target, after: request, act, under: workflow, world)
            }
        } else {
            (next.chain, passedOver) = try afterSignature(request, under: workflow, world)
        }
        let principal: Principal? =
            if case .principal(let principal) = request.actor { principal } else { nil }
        next.history.append(
            CaseEvent(
                revision: next.revision, act: act.name, from: state, to: target, at: request.at,
                account: principal?.account, party: principal?.party, post: principal?.post,
                comment: request.comment, legalBasis: request.legalBasis, content: request.content,
                passedOver: passedOver, isDeputy: principal?.isDeputy ?? false, paper: request.paper))
        return next
    }

    /// The action that a permit for `act` must name, as the case stands; nil for the platform's own acts.
    package func action(for act: Workflow.Act, under workflow: Workflow) -> Action? {
        let action: Action
        switch act.performer {
        case .seat(_, let named), .anySeat(let named): action = named
        case .platform: return nil
        }
        guard act.signsChain || act.returnsChain, let chain else { return action }
        if chain.escalatedTo != nil { return workflow.supervisor.action }
        // Only who decides needs the right to decide; the signatures before it are opinions.
        return act.signsChain && chain.isLast ? action : .countersignCase
    }

    /// The acts that `principal` could do now: what the page offers. Conditions of the domain that fail are still refused.
    package func acts(open principal: Principal, under workflow: Workflow) -> [Workflow.Act] {
        workflow.acts(from: state).filter { act in
            do throws(CaseError) {
                try checkPlace(of: act, under: workflow)
                try checkHand(.principal(principal), doing: act, under: workflow)
                return true
            } catch {
                return false
            }
        }
    }

    private func checkPlace(of act: Workflow.Act, under workflow: Workflow) throws(CaseError) {
        guard act.from.contains(state) else {
            throw .notFromHere(act: workflow.actWord(act.name), state: workflow.stateWord(state))
        }
        if act.returnsChain {
            guard let chain, chain.escalatedTo == nil, chain.step > 0 else { throw .noEarlierStep }
        }
        if let timesMax = act.timesMax, times(act.name) >= timesMax {
            throw .doneBefore(act: workflow.actWord(act.name), timesMax: timesMax)
        }
        let most = actsMax(for: act, under: workflow)
        guard history.count < most else { throw .tooManyActs(actsMax: most) }
    }

    /// A case that goes round and round stops doing so while there is still room to decide it; what ends it, and what the platform must do by
    /// the clock, always has room.
    private func actsMax(for act: Workflow.Act, under workflow: Workflow) -> Int {
        if case .platform = act.performer { return .max }
        if workflow.state(act.to)?.isFinal ?? false { return .max }
        return act.returnsChain || act.to == state ? Self.actsMax - Self.actsReserved : Self.actsMax
    }

    private func checkHand(
        _ actor: ActRequest.Actor, doing act: Workflow.Act, under workflow: Workflow
    ) throws(CaseError) {
        let word = workflow.actWord(act.name)
        switch (act.performer, actor) {
        case (.platform, .platform): return
        case (.platform, _), (_, .platform): throw .notYourTurn(act: word)
        case (.anySeat, .principal(let principal)):
            guard principal.account != nil, let party = principal.party, seats.values.contains(party) else {
                throw .notYourTurn(act: word)
            }
        case (.seat(let seat, _), .principal(let principal)):
            guard let account = principal.account, let party = principal.party else {
                throw .notYourTurn(act: word)
            }
            if act.signsChain || act.returnsChain, let chain {
                guard chain.admits(principal) else { throw .notYourTurn(act: word) }
                if chain.given.contains(where: { $0.account == account }) { throw .sameHand(act: word) }
            } else {
                guard seats[seat] == party else { throw .notYourTurn(act: word) }
            }
            if performers(of: act.notBy).contains(account) { throw .sameHand(act: word) }
        }
    }

    private func checkInputs(
        of request: ActRequest, for act: Workflow.Act, under workflow: Workflow
    ) throws(CaseError) {
        let missing = act.needs.sorted().filter { need in
            switch need {
            case .comment: Self.isBlank(request.comment)
            case .legalBasis: Self.isBlank(request.legalBasis)
            case .content(let member):
                switch request.content[member] {
                case nil, .null, .array([]), .object([:]): true
                case .string(let text): Self.isBlank(text)
                default: false
                }
            }
        }
        guard missing.isEmpty else { throw .inputMissing(missing.map(\.name)) }
        for (field, text) in [("comment", request.comment), ("legalBasis", request.legalBasis)]
        where (text?.unicodeScalars.count ?? 0) > Self.commentCharactersMax {
            throw .textTooLong(field: field, charactersMax: Self.commentCharactersMax)
        }
        for condition in act.conditions.sorted() where !request.facts.contains(condition) {
            throw .conditionFails(condition, act: workflow.actWord(act.name))
        }
    }

    package static let commentCharactersMax = 2_000

    private static func isBlank(_ text: String?) -> Bool {
        text?.allSatisfy(\.isWhitespace) ?? true
    }

    private func clocks(
        after act: Workflow.Act, _ request: ActRequest, on day: CalendarDate, _ world: CaseWorld
    ) throws(CaseError) -> [CaseClock] {
        var clocks = self.clocks
        for effect in act.clocks {
            let position = clocks.lastIndex { $0.name == effect.clock && $0.isOpen }
            switch effect {
            case .start(let name, let declared):
                let rule = try world.rules.rule(request.clockRules[name] ?? declared, on: day)
                if let position { clocks[position] = try clocks[position].stopped(on: day) }
                clocks.append(CaseClock(name: name, rule: rule, startedOn: day))
            case .startUntil(let name, let declared, let member):
                guard let until = request.content[member]?.string.flatMap({ CalendarDate($0) }) else {
                    continue
                }
                let rule = try world.rules.rule(declared, on: day)
                if let position { clocks[position] = try clocks[position].stopped(on: day) }
                clocks.append(CaseClock(name: name, rule: rule, startedOn: day, until: until))
            case .pause(let name):
                guard let position else { throw .clockMissing(name: name) }
                clocks[position] = try clocks[position].paused(
                    on: request.pausedFrom ?? day, reason: request.comment ?? act.name)
            case .resume(let name):
                guard let position else { throw .clockMissing(name: name) }
                clocks[position] = try clocks[position].resumed(on: day)
            case .extend(let name):
                guard let position else { throw .clockMissing(name: name) }
                clocks[position] = try clocks[position].extended(
                    by: Int(request.content["days"]?.integer ?? 0), reason: request.comment ?? "", on: day,
                    calendar: world.calendar)
            case .stop:
                // An act may stop what was never started on the way it came: silence needs no clock.
                if let position { clocks[position] = try clocks[position].stopped(on: day) }
            }
        }
        return clocks
    }
}

extension ChainPosition {
    fileprivate func admits(_ principal: Principal) -> Bool {
        if let escalatedTo {
            return principal.party == escalatedTo.party && principal.roles.contains(escalatedTo.role)
        }
        return place(of: principal) != nil
    }
}
