import Casework
import Identity
import Kernel
import Persistence
import Policy

extension Exchange {
    /// What the provider gets wrong of the letters, before the case moves; and a consent that nobody gave.
    func checkSuperior(
        _ act: RequestAct, _ request: SharingRequest, _ entry: RequestedEntry, on day: CalendarDate
    ) throws {
        var faults: [Problem.Place] = []
        switch act {
        case .askSuperior(let question):
            faults =
                Self.textFaults("letter", question.letter, SuperiorQuestion.charactersMax)
                + Self.textFaults("superior", question.superior, SuperiorQuestion.charactersMax)
            if let needed = entry.consent?.superior,
                Party.matchKey(needed) != Party.matchKey(question.superior)
            {
                faults.append(
                    Problem.Place("superior", Message("superior.another", ["superior": needed])))
            }
            let since = request.file.clocks.last { $0.name == "answer" && $0.isOpen }?.startedOn ?? day
            if question.sentOn > day || question.sentOn < since {
                faults.append(
                    Problem.Place(
                        "sentOn", Message("superior.sent-when", ["since": since.description])))
            }
        case .superiorReplied(let reply):
            faults =
                Self.textFaults("number", reply.consent.number, SuperiorQuestion.charactersMax)
                + Self.textFaults("issuer", reply.consent.issuer, SuperiorQuestion.charactersMax)
                + Self.textFaults("digest", reply.consent.digest, SuperiorQuestion.charactersMax)
            if reply.consent.on > day {
                faults.append(Problem.Place("date", Message("superior.dated-ahead")))
            }
        case .counter(let clauses), .ruleGrant(let clauses), .approveOrally(_, let clauses):
            if clauses.contains(where: { $0.kind == .superiorConsent }) {
                faults = [Problem.Place("clauses", Message("superior.not-a-term"))]
            }
        default: break
        }
        guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
    }

    func superiorFacts(
        of request: SharingRequest, _ entry: RequestedEntry?, on day: CalendarDate
    ) -> Set<String> {
        guard request.superiorQuestion != nil else {
            return entry?.consent == nil ? [SharingWorkflow.SuperiorFact.settled] : []
        }
        var facts: Set<String> = []
        if request.superiorConsent != nil { facts.insert(SharingWorkflow.SuperiorFact.settled) }
        guard request.superiorReply == nil else { return facts }
        let isWaiting = request.file.clocks.contains { $0.name == "superior" && $0.isOpen }
        facts.insert(
            isWaiting ? SharingWorkflow.SuperiorFact.waiting : SharingWorkflow.SuperiorFact.late)
        return facts
    }

    /// Where no reply came in the time of the rule, the provider's own time runs again.
    func superiorRound(at now: Instant) async throws -> [CaseID] {
        let ids = try await database.read { try requests.superiorOverdue(on: now.date(), in: $0) }
        var done: [CaseID] = []
        for id in ids {
            let isDone = try await database.write { connection in
                guard let request = try requests.load(id, in: connection), request.file.state == "decision",
                    request.file.clocks.contains(where: { $0.name == "superior" && $0.isOpen })
                else { return false }
                _ = try cases.perform(
                    ActRequest(
                        "superior-silent", by: .platform, at: now, revision: request.file.revision,
                        facts: [SharingWorkflow.SuperiorFact.overdue]), on: id, in: connection)
                try tell(of: request, after: "superior-silent", at: now, in: connection)
                return true
            }
            if isDone { done.append(id) }
        }
        return done
    }
}

extension RequestStore {
    private static let overduePerRoundMax = 1_000

    func superiorOverdue(on day: CalendarDate, in connection: any Connection) throws -> [CaseID] {
        try connection.rows(
            """
            SELECT k.case_id AS case_id FROM case_clock k JOIN governed_case c ON c.id = k.case_id
            WHERE k.is_open = 1 AND k.due_on < \(day) AND k.name = 'superior' AND c.state = 'decision'
            ORDER BY k.due_on, k.case_id LIMIT \(Self.overduePerRoundMax)
            """
        ).map { try $0.value("case_id") }
    }
}
