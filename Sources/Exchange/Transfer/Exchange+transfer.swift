import Casework
package import Identity
package import Kernel
import Persistence
import Policy

/// Where a request was before it came here.
package struct Transfer: Sendable, Hashable {
    package let from: CaseID
    /// The entry it was asked of first, as it was called.
    package let title: String
    package let provider: PartyID
    /// Why that provider said that it is not theirs.
    package let reason: String
    /// Working days from its first way to the provider until it was passed on.
    package let daysLost: Int
    /// Items of the first entry that this one does not have.
    package let missing: [String]
    /// How often it has been passed on, this time included.
    package let passed: Int

    var json: JSON {
        [
            "from": .string(from.text), "title": .string(title), "provider": .string(provider.text),
            "reason": .string(reason), "daysLost": .integer(Int64(daysLost)),
            "missing": .array(missing.map { .string($0) }), "passed": .integer(Int64(passed)),
        ]
    }

    init(
        from: CaseID, title: String, provider: PartyID, reason: String, daysLost: Int, missing: [String],
        passed: Int
    ) {
        self.from = from
        self.title = title
        self.provider = provider
        self.reason = reason
        self.daysLost = daysLost
        self.missing = missing
        self.passed = passed
    }

    init?(_ json: JSON) {
        guard let from = json["from"]?.string.flatMap({ CaseID($0) }), let title = json["title"]?.string,
            let provider = json["provider"]?.string.flatMap({ PartyID($0) })
        else { return nil }
        self.init(
            from: from, title: title, provider: provider, reason: json["reason"]?.string ?? "",
            daysLost: Int(json["daysLost"]?.integer ?? 0),
            missing: json["missing"]?.array?.compactMap(\.string) ?? [],
            passed: Int(json["passed"]?.integer ?? 1))
    }
}

extension SharingRequest {
    private static let entering: Set<String> = [
        "enter-transferred", "enter-transferred-check", "enter-mapping",
    ]

    /// Nil for one that began where it is.
    package var transfer: Transfer? {
        file.history.first { Self.entering.contains($0.act) }.flatMap { Transfer($0.content) }
    }

    /// The right entry, as the provider believes.
    package var proposedEntry: EntryID? {
        file.history.last { $0.act == "misdirected" }?.content["entry"]?.string.flatMap { EntryID($0) }
    }
}

extension Exchange {
    /// What may not be passed on, before the case moves.
    func checkTransfer(
        _ act: RequestAct, _ request: SharingRequest, _ entry: RequestedEntry, on day: CalendarDate,
        in connection: any Connection
    ) throws {
        switch act {
        case .misdirected(let proposed?):
            guard proposed != request.entry, try neighbours.entry(proposed, connection) != nil else {
                throw ExchangeError.fieldsInvalid([
                    Problem.Place("entry", Message("transfer.entry-unknown"))
                ])
            }
        case .passOn(let target):
            if target == request.entry {
                throw ExchangeError.fieldsInvalid([Problem.Place("entry", Message("transfer.same-entry"))])
            }
            do {
                _ = try requestable(target, by: request.applicant, in: connection)
            } catch let error as ExchangeError {
                throw ExchangeError.fieldsInvalid([Problem.Place("entry", error.problem.message)])
            }
        case .confirmMapping(let wish):
            let faults = wish.faults(against: entry, on: day)
            guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
        default: break
        }
    }

    func transferFacts(of request: SharingRequest) -> Set<String> {
        let passed = request.transfer?.passed ?? 0
        return passed < SharingWorkflow.transfersMax ? [SharingWorkflow.TransferFact.mayPassOn] : []
    }

    /// The request of the right entry: the same wish in the same name and place, with its clocks from today. Where items are missing the
    /// applicant says first what takes their place.
    func passOn(
        _ request: inout SharingRequest, to target: EntryID, by principal: Principal, at now: Instant,
        in connection: any Connection
    ) throws {
        guard let entry = try neighbours.entry(target, connection) else {
            throw ExchangeError.entryNotFound(target)
        }
        let known = Set(entry.schema.map(\.name))
        let transfer = Transfer(
            from: request.id, title: request.file.title, provider: request.provider,
            reason: request.file.history.last { $0.act == "misdirected" }?.comment ?? "",
            daysLost: try daysLost(by: request, until: now.date(), in: connection),
            missing: request.wish.columns.filter { !known.contains($0) },
            passed: (request.transfer?.passed ?? 0) + 1)
        let place = request.place
        try requests.giveUpPlace(of: request.id, in: connection)
        request.place = nil
        var wish = request.wish
        wish.columns = wish.columns.filter { known.contains($0) }
        wish.treatments = wish.treatments.filter { known.contains($0.key) }
        let next = try open(
            CaseID.new(at: now), target, wish, by: principal, for: request.applicant,
            proposer: request.file.openedBy, at: now, in: connection
        ) { $0.place = place }
        var facts: Set<String> = [SharingWorkflow.TransferFact.transferred]
        if entry.sharing == .conditional { facts.insert(SharingWorkflow.Fact.conditional) }
        let isSame = transfer.missing.isEmpty && wish.faults(against: entry, on: now.date()).isEmpty
        let act =
            !isSame
            ? "enter-mapping"
            : entry.sharing == .conditional ? "enter-transferred" : "enter-transferred-check"
        _ = try cases.perform(
            ActRequest(
                act, by: .platform, at: now, revision: next.file.revision, content: transfer.json,
                facts: facts,
                clockRules: entry.sharing == .unconditional
                    ? ["check": SharingDeadlines.answerUnconditional] : [:],
                occasion: entry.occasion(of: wish)), on: next.id, in: connection)
        for (party, role) in [(request.applicant, Role.consumer), (entry.provider, .departmentCDO)] {
            try cases.tell(
                party, role, of: next.id, occasion: "pass-on",
                Message(
                    "exchange.told.pass-on", ["title": request.file.title, "entry": entry.title]), at: now,
                in: connection)
        }
    }

    private func daysLost(
        by request: SharingRequest, until day: CalendarDate, in connection: any Connection
    ) throws -> Int {
        guard let first = request.file.clocks.first(where: { $0.name == "answer" })?.startedOn else {
            return 0
        }
        return try cases.calendar(in: connection).workingDays(after: first, through: day)
    }

    /// The request that one was passed on as; nil when it was not, or for whoever may not know of it.
    package func successor(
        of request: SharingRequest, for principal: Principal
    ) async throws -> SharingRequest? {
        guard request.file.state == "transferred" else { return nil }
        return try await database.read { connection in
            guard let id = try requests.successor(of: request, in: connection) else { return nil }
            return try? visible(id, to: principal, in: connection)
        }
    }
}

extension RequestStore {
    func giveUpPlace(of id: CaseID, in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE sharing_request SET application = NULL, application_place = NULL WHERE case_id = \(id)
            """)
    }

    /// Opened in the same transaction, for the same applicant, and naming it.
    func successor(of request: SharingRequest, in connection: any Connection) throws -> CaseID? {
        guard let at = request.file.history.last(where: { $0.act == "pass-on" })?.at else { return nil }
        let candidates: [CaseID] = try connection.rows(
            """
            SELECT r.case_id AS case_id FROM sharing_request r JOIN governed_case c ON c.id = r.case_id
            WHERE r.applicant = \(request.applicant) AND c.opened_at = \(at)
            """
        ).map { try $0.value("case_id") }
        return try candidates.first { try load($0, in: connection)?.transfer?.from == request.id }
    }
}
