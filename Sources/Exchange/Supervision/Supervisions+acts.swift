import Casework
package import Identity
package import Kernel
import Persistence
import Policy

extension Supervisions {
    /// Does `act` on a supervision as it stood at `revision`. Case, row, letter, evidence and permit are one transaction; the same key
    /// again answers what the first call did.
    ///
    /// - Throws: `ExchangeError.supervisionNotFound`, `.fieldsInvalid`; `CaseError`; `PolicyError`.
    package func perform(
        _ act: SupervisionAct, on id: CaseID, seen revision: Int, by principal: Principal,
        comment: String? = nil, key: String? = nil
    ) async throws -> Supervision {
        guard let account = principal.account else { throw ExchangeError.noUnit }
        let seen = try await find(id, for: principal)
        if let earlier = try await repeated(key, act.name, on: id, by: account) { return earlier }
        let workflow = try cases.workflow(SupervisionWorkflow.kind)
        guard let declared = workflow.act(act.name),
            let action = seen.file.action(for: declared, under: workflow)
        else { throw CaseError.actUnknown(act.name, kind: workflow.kind) }
        guard seen.file.revision == revision else {
            throw CaseError.stale(seen: revision, now: seen.file.revision)
        }
        let permit = try exchange.permissions.permit(
            action, on: exchange.subject(of: seen, revision: revision), for: principal)
        let now = exchange.clock.now()
        try check(act, on: now.date())
        let registering = try await registering(act, of: seen, by: principal)
        do {
            return try await exchange.database.write(under: permit) { connection, mandate in
                let letter = try registering?(mandate, now, connection)
                let next = try step(
                    act, on: id, by: mandate.principal, comment, revision: revision, letter: letter, at: now,
                    in: connection)
                try cases.remember(key, act: act.name, on: next.file, by: account, in: connection)
                return next
            }
        } catch {
            // A second click that lost against the first finds what the first did.
            if let earlier = try await repeated(key, act.name, on: id, by: account) { return earlier }
            if case PolicyError.moved = error { throw CaseError.stale(seen: revision, now: revision + 1) }
            throw error
        }
    }

    /// The act that was asked for, or the reason why it would be refused. Nothing is written.
    func rehearse(
        _ act: SupervisionAct, on one: Supervision, by principal: Principal, comment: String?,
        in connection: any Connection
    ) throws -> String {
        let workflow = try cases.workflow(SupervisionWorkflow.kind)
        guard let declared = workflow.act(act.name),
            let action = one.file.action(for: declared, under: workflow)
        else { throw CaseError.actUnknown(act.name, kind: workflow.kind) }
        guard declared.from.contains(one.file.state) else {
            throw CaseError.notFromHere(
                act: workflow.actWord(act.name), state: workflow.stateWord(one.file.state))
        }
        try exchange.permissions.demand(
            action, on: exchange.subject(of: one, revision: one.file.revision), for: principal)
        _ = try cases.rehearse(
            request(
                act, one, by: principal, comment ?? "…", revision: one.file.revision, letter: nil,
                at: exchange.clock.now()), on: one.file, in: connection)
        return act.name
    }

    private func registering(
        _ act: SupervisionAct, of one: Supervision, by principal: Principal
    ) async throws -> Neighbours.Registering? {
        guard case .issueNotice(let letter?) = act else { return nil }
        let to = try await neighbours.units()[one.unit] ?? one.unit.text
        return try await neighbours.letter(letter, one.id, to, principal)
    }

    private func check(_ act: SupervisionAct, on today: CalendarDate) throws(ExchangeError) {
        let day: CalendarDate?
        switch act {
        case .promise(let promised): day = promised
        case .instruct(let until): day = until
        default: return
        }
        guard let day else { return }
        guard day > today, day <= today.adding(days: Self.promiseDaysMax) else {
            throw .fieldsInvalid([
                Problem.Place(
                    "day", Message("supervision.promise-wrong", ["daysMax": "\(Self.promiseDaysMax)"]))
            ])
        }
    }

    private func request(
        _ act: SupervisionAct, _ one: Supervision, by principal: Principal, _ comment: String?, revision: Int,
        letter: (id: String, number: String)?, at now: Instant
    ) -> ActRequest {
        var content: [String: JSON] = [:]
        switch act {
        case .promise(let day): content["day"] = .string(day.description)
        case .instruct(let day): content["day"] = day.map { .string($0.description) }
        // What was promised is what is accepted.
        case .acceptPromise: content["day"] = one.promise.map { .string($0.description) }
        default: break
        }
        if let letter {
            content["letter"] = .string(letter.id)
            content["number"] = .string(letter.number)
        }
        return ActRequest(
            act.name, by: .principal(principal), at: now, revision: revision, comment: comment,
            content: .object(content), facts: Self.facts(of: one, for: principal))
    }

    private func step(
        _ act: SupervisionAct, on id: CaseID, by principal: Principal, _ comment: String?, revision: Int,
        letter: (id: String, number: String)?, at now: Instant, in connection: any Connection
    ) throws -> Supervision {
        guard let one = try store.load(id, cases, in: connection) else {
            throw ExchangeError.supervisionNotFound
        }
        var next = one
        next.file = try cases.perform(
            request(act, one, by: principal, comment, revision: revision, letter: letter, at: now), on: id,
            in: connection)
        let today = now.date()
        switch act {
        case .issueNotice: next.level = max(one.level, .notice)
        case .reportByHand: next.level = .leader
        case .promise, .reportDone: next.answeredOn = one.answeredOn ?? today
        case .acceptPromise: next.promisedOn = one.promise
        case .confirm, .withdraw: next.closedOn = today
        case .instruct, .acknowledge, .declinePromise, .sendBack: break
        }
        try store.save(next, in: connection)
        if case .reportByHand = act {
            try SupervisionLadder.tellIfNoLeader(next, cases, at: now, in: connection)
        }
        if let account = principal.account {
            try cases.markWatchSeen(next.file, by: account, in: connection)
        }
        try tell(next, after: act, at: now, in: connection)
        return next
    }

    /// Those whose turn it is not, and who must know.
    private func tell(
        _ one: Supervision, after act: SupervisionAct, at now: Instant, in connection: any Connection
    ) throws {
        let told: [(PartyID, Role)] =
            switch act {
            case .confirm, .withdraw, .acceptPromise, .declinePromise, .issueNotice:
                [(one.unit, .departmentCDO)]
            case .instruct: [(one.unit, .departmentCDO), (one.bureau, .bureauReviewer)]
            default: []
            }
        for (party, role) in told {
            try cases.tell(
                party, role, of: one.id, occasion: "\(act.name).\(one.file.revision)",
                Message("supervision.told.\(act.name)", ["title": one.subject]), at: now, in: connection)
        }
    }
}

extension Supervision {
    /// The day that the unit promised last.
    package var promise: CalendarDate? {
        file.history.last { $0.act == "promise" }?.content["day"]?.string.flatMap { CalendarDate($0) }
    }

    /// 文号 of the last notice that went out as a letter.
    var notice: (letter: String, number: String)? {
        file.history.last { $0.act == "issue-notice" && $0.content["number"] != nil }.flatMap { event in
            guard let letter = event.content["letter"]?.string, let number = event.content["number"]?.string
            else { return nil }
            return (letter, number)
        }
    }

    /// A notice as a letter. It is written in the language of its readers, whatever language the page is in.
    package func letter(of series: String, _ body: String) -> SupervisionLetter {
        SupervisionLetter(
            series: series,
            title: supervisionWords.text(
                Message("supervision.letter-title", ["subject": subject]), in: .simplifiedChinese), body: body
        )
    }

    /// 批示: the leader's last instruction.
    var instruction: CaseEvent? { file.history.last { $0.act == "instruct" } }

    /// What became of the case that it was about.
    var overtaking: CaseEvent? { file.history.last { $0.act == "overtake" } }
}
