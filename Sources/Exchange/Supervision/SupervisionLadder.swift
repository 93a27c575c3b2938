package import Casework
import Identity
import Kernel
import Persistence

/// What supervision makes of silence and of what is done at last: it opens, rises, waits and ends by itself, in the transaction of the act or
/// the round that it follows.
package enum SupervisionLadder {
    private static let store = SupervisionStore()

    package static let following = CaseFollowing(
        acted: { try acted($0, $1, at: $2, in: $3) },
        lapsed: { try lapsed($0, $1, $2, at: $3, in: $4) },
        isHeld: { try isHeld($0, $1, $2, on: $3, in: $4) })

    /// Steps that a supervision's own clocks lead to.
    private static let ownSteps: Set<String> = ["task", "promise", "instruction"]

    private static func lapsed(
        _ cases: CaseStore, _ value: Case, _ lapse: CaseLapse, at now: Instant, in connection: any Connection
    ) throws {
        if value.kind == SupervisionWorkflow.kind {
            guard ownSteps.contains(lapse.clock.name) else { return }
            guard let one = try store.load(value.id, cases, in: connection) else { return }
            try rise(
                one, to: lapse.level, again: lapse.clock.name == "instruction", cases, at: now, in: connection
            )
            return
        }
        guard let bureau = value.seats[SupervisionWorkflow.Seat.bureau],
            let unit = try unit(owing: lapse.clock.name, in: value, cases)
        else { return }
        let one: Supervision
        if let open = try store.open(about: value.id, unit: unit, cases, in: connection) {
            one = open
        } else {
            one = try open(
                SupervisionOpening(
                    about: Supervision.About(
                        id: value.id, kind: value.kind, clock: lapse.clock.name, position: lapse.position),
                    unit: unit, bureau: bureau, subject: value.title, basis: lapse.clock.rule.clause,
                    due: lapse.reading.due), by: nil, cases, at: now, in: connection)
        }
        try rise(one, to: lapse.level, again: false, cases, at: now, in: connection)
    }

    /// The unit whose duty the clock measures.
    private static func unit(
        owing clock: String, in value: Case, _ cases: CaseStore
    ) throws -> PartyID? {
        if let seat = SharingWorkflow.owing[clock] { return value.seats[seat] }
        return value.holders(under: try cases.workflow(value.kind)).first?.party
    }

    /// A new supervision, at the first step. Where nobody holds the post that must answer, it goes to the leader at once.
    static func open(
        _ opening: SupervisionOpening, by principal: Principal?, _ cases: CaseStore, at now: Instant,
        in connection: any Connection
    ) throws -> Supervision {
        let day = now.date()
        let file = try cases.open(
            CaseOpening(
                id: CaseID.new(at: now), kind: SupervisionWorkflow.kind, title: opening.subject,
                about: opening.about.map { Case.Subject($0.id) } ?? Case.Subject(opening.unit),
                seats: [
                    SupervisionWorkflow.Seat.bureau: opening.bureau,
                    SupervisionWorkflow.Seat.supervised: opening.unit,
                ], by: principal, at: now, content: opening.json), in: connection)
        // The steps of a day set by hand are its own; of a case they are the case's.
        let content: JSON =
            principal == nil ? [:] : ["due": opening.due.map { .string($0.description) } ?? .null]
        let begun = try cases.perform(
            ActRequest("begin", by: .platform, at: now, revision: file.revision, content: content),
            on: file.id, in: connection)
        let calendar = try cases.calendar(in: connection)
        let one = Supervision(
            file: begun, unit: opening.unit, bureau: opening.bureau, about: opening.about,
            subject: opening.subject, basis: opening.basis, due: opening.due, level: .reminder,
            answerDue: begun.clock("answer")?.reading(on: day, calendar: calendar).due)
        try store.insert(one, on: day, in: connection)
        let role: Role = opening.unit == opening.bureau ? .bureauReviewer : .departmentCDO
        guard
            try !cases.isHeld(
                CaseHolder(party: opening.unit, role: role), on: day, in: connection)
        else { return one }
        return try report(one, because: ["vacant": .string(role.rawValue)], cases, at: now, in: connection)
    }

    /// The next steps, as far as `level`; only while the unit owes.
    private static func rise(
        _ one: Supervision, to level: SupervisionLevel, again: Bool, _ cases: CaseStore, at now: Instant,
        in connection: any Connection
    ) throws {
        guard one.file.state == SupervisionWorkflow.State.open, level > one.level || again else { return }
        if level == .leader {
            _ = try report(one, because: [:], cases, at: now, in: connection)
            return
        }
        guard level == .notice else { return }
        var next = one
        next.level = level
        next.file = try cases.perform(
            ActRequest("notify", by: .platform, at: now, revision: one.file.revision), on: one.id,
            in: connection)
        try store.save(next, in: connection)
    }

    private static func report(
        _ one: Supervision, because content: [String: JSON], _ cases: CaseStore, at now: Instant,
        in connection: any Connection
    ) throws -> Supervision {
        var next = one
        next.level = .leader
        next.file = try cases.perform(
            ActRequest(
                "report", by: .platform, at: now, revision: one.file.revision, content: .object(content)),
            on: one.id, in: connection)
        try store.save(next, in: connection)
        try tellIfNoLeader(next, cases, at: now, in: connection)
        return next
    }

    /// A report that no leader can read is told to the desk, so that it does not lie there in silence.
    static func tellIfNoLeader(
        _ one: Supervision, _ cases: CaseStore, at now: Instant, in connection: any Connection
    ) throws {
        let leader = CaseHolder(party: one.bureau, role: .leader)
        guard try !cases.isHeld(leader, on: now.date(), in: connection) else { return }
        try cases.tell(
            one.bureau, .bureauReviewer, of: one.id, occasion: "leader-vacant.\(one.file.revision)",
            Message("supervision.leader-vacant", ["title": one.subject]), at: now, in: connection)
    }

    /// What was owed is done, or the case is over: so is its supervision, with what happened.
    private static func acted(
        _ cases: CaseStore, _ value: Case, at now: Instant, in connection: any Connection
    ) throws {
        guard value.kind != SupervisionWorkflow.kind else { return }
        try CoordinationEnd.acted(cases, value, at: now, in: connection)
        let isOver = try cases.workflow(value.kind).state(value.state)?.isFinal ?? true
        for one in try store.about(value.id, openOnly: true, cases, in: connection) {
            let isDone =
                one.about?.position.map { position in
                    value.clocks.indices.contains(position) && !value.clocks[position].isOpen
                } ?? false
            guard isOver || isDone else { continue }
            var next = one
            next.file = try cases.perform(
                ActRequest(
                    "overtake", by: .platform, at: now, revision: one.file.revision,
                    content: [
                        "kind": .string(value.kind), "act": .string(value.history.last?.act ?? ""),
                        "state": .string(value.state),
                    ]), on: one.id, in: connection)
            next.closedOn = now.date()
            try store.save(next, in: connection)
        }
    }

    /// While the bureau has an answer to judge, and until an accepted day has passed.
    private static func isHeld(
        _ cases: CaseStore, _ value: Case, _ clock: CaseClock, on day: CalendarDate,
        in connection: any Connection
    ) throws -> Bool {
        guard value.kind != SupervisionWorkflow.kind,
            let unit = try unit(owing: clock.name, in: value, cases),
            let one = try store.open(about: value.id, unit: unit, cases, in: connection)
        else { return false }
        let answered = [SupervisionWorkflow.State.promise, SupervisionWorkflow.State.review]
        if answered.contains(one.file.state) { return true }
        return one.file.clocks.contains {
            $0.name == "promise" && $0.isOpen && $0.until.map { day <= $0 } ?? false
        }
    }
}

/// What a new supervision begins with.
struct SupervisionOpening {
    let about: Supervision.About?
    let unit: PartyID
    let bureau: PartyID
    let subject: String
    let basis: String
    let due: CalendarDate?

    var json: JSON {
        [
            "subject": .string(subject), "basis": .string(basis),
            "due": due.map { .string($0.description) } ?? .null,
            "case": about.map { .string($0.id.text) } ?? .null,
            "clock": about?.clock.map { .string($0) } ?? .null,
        ]
    }
}

extension SharingWorkflow {
    /// Whose duty each clock measures.
    static let owing = [
        "check": Seat.bureau, "supplement": Seat.applicant, "answer": Seat.provider, "offer": Seat.applicant,
        "coordination": Seat.bureau, "delivery": Seat.provider,
    ]
}
