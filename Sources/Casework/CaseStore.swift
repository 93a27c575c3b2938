package import Evidence
package import Identity
package import Kernel
package import Persistence

/// The cases of every kind, in the control database. Every method runs inside the caller's transaction, so that a domain's own
/// rows, the act, its evidence and the consumed permit are one fact.
package struct CaseStore: Sendable {
    package let workflows: [String: Workflow]
    package let rules: DeadlineRules
    let calendars: CalendarInForce
    let evidence: EvidenceLog
    let defaultChains: [String: ApprovalChain]
    let someoneHolds: SomeoneHolds
    let following: CaseFollowing

    /// Whether anyone but `except` holds the role (or the post) in the party on the day; asked of Identity.
    package typealias SomeoneHolds =
        @Sendable (
            _ holder: CaseHolder, _ except: Set<AccountID>, _ day: CalendarDate, _ connection: any Connection
        ) throws -> Bool

    package init(
        workflows: [Workflow], rules: DeadlineRules, calendars: CalendarInForce, evidence: EvidenceLog,
        defaultChains: [ApprovalChain], following: CaseFollowing = .none,
        someoneHolds: @escaping SomeoneHolds
    ) throws {
        self.following = following
        self.workflows = Dictionary(workflows.map { ($0.kind, $0) }, uniquingKeysWith: { _, last in last })
        self.rules = rules
        self.calendars = calendars
        self.evidence = evidence
        self.defaultChains = Dictionary(
            defaultChains.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
        self.someoneHolds = someoneHolds
        for workflow in workflows {
            for name in workflow.states.compactMap(\.chain) where self.defaultChains[name] == nil {
                throw CaseError.chainMissing(name)
            }
        }
    }

    /// For what is shown; an act asks `calendar(in:)`.
    package var calendar: WorkingDayCalendar { calendars.now }

    /// As the transaction sees it, also when another process has just published.
    package func calendar(in connection: any Connection) throws -> WorkingDayCalendar {
        try CalendarStore().current(calendars, in: connection)
    }

    /// As opener of a case that nobody opened.
    static let platform = "system"

    /// Whether anybody holds the role in the unit on the day.
    package func isHeld(_ holder: CaseHolder, on day: CalendarDate, in connection: any Connection) throws
        -> Bool
    {
        try someoneHolds(holder, [], day, connection)
    }

    /// A unit takes a seat that the case was opened without; before the act that says so.
    package func seat(
        _ party: PartyID, as seat: String, of id: CaseID, in connection: any Connection
    ) throws {
        try connection.execute(
            "INSERT INTO case_seat (case_id, seat, party_id) VALUES (\(id), \(seat), \(party))")
    }

    package func workflow(_ kind: String) throws(CaseError) -> Workflow {
        guard let workflow = workflows[kind] else { throw .workflowMissing(kind: kind) }
        return workflow
    }

    /// A new case in its workflow's first state.
    package func open(_ opening: CaseOpening, in connection: any Connection) throws -> Case {
        let workflow = try workflow(opening.kind)
        let new = try Case(opening, under: workflow)
        try connection.execute(
            """
            INSERT INTO governed_case (id, kind, workflow_version, title, about_kind, about_id, state, is_final,
                revision, chain, opened_by, opened_at, changed_at, due_on)
            VALUES (\(new.id), \(new.kind), \(new.workflowVersion), \(new.title), \(new.about.kind),
                \(new.about.id), \(new.state), \(false), \(1), \(nil), \(new.openedBy?.text ?? Self.platform), \(new.openedAt),
                \(new.openedAt), \(nil))
            """)
        try connection.execute(
            "INSERT INTO case_title (title) VALUES (\(new.title)) ON CONFLICT (title) DO NOTHING")
        for (seat, party) in opening.seats.sorted(by: { $0.key < $1.key }) {
            try connection.execute(
                "INSERT INTO case_seat (case_id, seat, party_id) VALUES (\(new.id), \(seat), \(party))")
        }
        for opened in new.history {
            try insert(opened, of: new, in: connection)
            try evidence.append(leaf(opened, of: new), in: connection)
        }
        try saveTurn(of: new, under: workflow, due: nil, at: opening.at, in: connection)
        return new
    }

    /// Does `request` on the case. Of two who act on the same revision exactly one succeeds; the other is told that the case moved.
    package func perform(
        _ request: ActRequest, on id: CaseID, in connection: any Connection
    ) throws -> Case {
        guard let current = try load(id, in: connection) else { throw CaseError.notFound(id) }
        let workflow = try workflow(current.kind)
        let day = request.at.date()
        let calendar = try calendar(in: connection)
        let next = try current.performing(
            request, under: workflow, in: world(on: day, by: calendar, in: connection))
        guard let event = next.history.last else { return next }
        try save(
            next, from: current.revision, under: workflow, on: day, by: calendar, at: request.at,
            in: connection)
        try insert(event, of: next, in: connection)
        try evidence.append(leaf(event, of: next, confirmed: request.confirmed), in: connection)
        if current.chain != nil { try lapseApprovals(of: next, at: request.at, in: connection) }
        try following.acted(self, next, request.at, connection)
        return next
    }

    /// What would come of `request`, or the reason why it would be refused. Nothing is written.
    package func rehearse(_ request: ActRequest, on current: Case, in connection: any Connection) throws
        -> Case
    {
        let calendar = try calendar(in: connection)
        return try current.performing(
            request, under: try workflow(current.kind),
            in: world(on: request.at.date(), by: calendar, in: connection))
    }

    func world(
        on day: CalendarDate, by calendar: WorkingDayCalendar, in connection: any Connection
    ) -> CaseWorld {
        CaseWorld(
            rules: rules, calendar: calendar,
            chain: { name, party in try chain(name, of: party, in: connection) },
            someoneHolds: { holder, except in try someoneHolds(holder, except, day, connection) })
    }

    /// Comments and what an act carried may hold personal literals (a row condition, a name in a remark), so they are the part of
    /// the leaf that can be erased.
    func leaf(_ event: CaseEvent, of value: Case, confirmed: Instant? = nil) -> Leaf {
        var payload: [String: JSON] = [
            "kind": .string(value.kind), "act": .string(event.act), "from": .string(event.from),
            "to": .string(event.to), "revision": .integer(Int64(event.revision)),
        ]
        payload["confirmed"] = confirmed.map { .integer($0.microseconds) }
        if let basis = event.legalBasis { payload["legalBasis"] = .string(basis) }
        if let party = event.party { payload["party"] = .string(party.text) }
        if let post = event.post { payload["post"] = .string(post.text) }
        if event.isDeputy { payload["deputy"] = .boolean(true) }
        if let paper = event.paper { payload["paper"] = paper.json(signer: event.account) }
        if !event.passedOver.isEmpty {
            payload["passedOver"] = .array(event.passedOver.map { .string($0.role.rawValue) })
        }
        var personal: [String: JSON] = [:]
        if let comment = event.comment { personal["comment"] = .string(comment) }
        if event.content != .object([:]) { personal["content"] = event.content }
        return Leaf(
            id: LeafID.new(at: event.at), type: "case.acted", at: event.at,
            actor: event.actor.map { "account:\($0)" } ?? "system",
            subjects: [Leaf.Subject(value.id), Leaf.Subject(kind: value.about.kind, id: value.about.id)],
            payload: .object(payload), personal: personal.isEmpty ? nil : .object(personal))
    }
}

/// What a new case begins with.
package struct CaseOpening: Sendable {
    package let id: CaseID
    package let kind: String
    package let title: String
    package let about: Case.Subject
    package let seats: [String: PartyID]
    /// Nil: the platform.
    package let by: Principal?
    /// Who brought it forward, when that is somebody else than who opens it; may not decide it either.
    package let proposer: AccountID?
    package let at: Instant
    package let content: JSON

    package init(
        id: CaseID, kind: String, title: String, about: Case.Subject, seats: [String: PartyID],
        by: Principal?,
        proposer: AccountID? = nil, at: Instant, content: JSON = .object([:])
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.about = about
        self.seats = seats
        self.by = by
        self.proposer = proposer
        self.at = at
        self.content = content
    }
}

extension Case {
    /// A case in its workflow's first state, opened by someone of a unit or by the platform.
    package init(_ opening: CaseOpening, under workflow: Workflow) throws(CaseError) {
        if let missing = workflow.seats.first(where: { opening.seats[$0] == nil }) {
            throw .seatEmpty(missing)
        }
        let account = opening.by?.account
        guard opening.by == nil || account != nil else {
            throw .notYourTurn(act: workflow.actWord(Workflow.opening))
        }
        let opened = CaseEvent(
            revision: 1, act: Workflow.opening, from: workflow.initial, to: workflow.initial, at: opening.at,
            account: account, party: opening.by?.party, post: opening.by?.post, comment: nil, legalBasis: nil,
            content: opening.content, isDeputy: opening.by?.isDeputy ?? false)
        self.init(
            id: opening.id, kind: opening.kind, workflowVersion: workflow.version, title: opening.title,
            about: opening.about, seats: opening.seats, openedBy: opening.proposer ?? account,
            openedAt: opening.at,
            state: workflow.initial, revision: 1, chain: nil, clocks: [], history: [opened])
    }
}
