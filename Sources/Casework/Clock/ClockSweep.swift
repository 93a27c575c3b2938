import Evidence
import Identity
package import Kernel
package import Persistence

/// The daily round: deadlines that passed in silence are followed up level by level (督办), and provisional deadlines are reckoned
/// again once a year's holidays are published. Doing it twice on one day does nothing the second time.
package struct ClockSweep: Sendable {
    private let store: CaseStore
    private let database: any Database

    package init(store: CaseStore, database: any Database) {
        self.store = store
        self.database = database
    }

    package struct Outcome: Sendable, Hashable {
        /// Cases whose supervision rose.
        package var supervised: [CaseID] = []
        /// Cases one of whose deadlines moved with the calendar.
        package var moved: [CaseID] = []
    }

    package static let casesPerTransactionMax = 100
    /// To find the next ones, all open deadlines are looked through.
    private static let casesPerReadMax = 10_000

    package func run(at now: Instant) async throws -> Outcome {
        try await sweep(at: now, casesMax: .max) { calendar in
            "(due_on < \(now.date()) OR is_provisional = 1 OR calendar_revision < \(calendar.revision))"
        }
    }

    /// Only the deadlines that an older calendar reckoned, of so many cases and a few more.
    package func reckon(at now: Instant, casesMax: Int = .max) async throws -> Outcome {
        try await sweep(at: now, casesMax: casesMax) { calendar in
            "calendar_revision < \(calendar.revision)"
        }
    }

    private typealias Condition = @Sendable (WorkingDayCalendar) -> SQL

    private func sweep(
        at now: Instant, casesMax: Int, where condition: @escaping Condition
    ) async throws -> Outcome {
        var outcome = Outcome()
        var after = ""
        var done = 0
        while done < casesMax {
            let start = after
            let due = try await database.read { connection in
                try cases(after: start, where: condition, in: connection)
            }
            for begin in stride(from: 0, to: due.count, by: Self.casesPerTransactionMax)
            where done < casesMax {
                let some = due[begin..<min(due.count, begin + Self.casesPerTransactionMax)]
                let part = try await database.write { try sweep(some, at: now, in: $0) }
                outcome.supervised += part.supervised
                outcome.moved += part.moved
                done += Self.casesPerTransactionMax
            }
            guard due.count == Self.casesPerReadMax, let last = due.last else { return outcome }
            after = last.text
        }
        return outcome
    }

    private func cases(
        after: String, where condition: Condition, in connection: any Connection
    ) throws -> [CaseID] {
        try connection.rows(
            """
            SELECT DISTINCT case_id FROM case_clock
            WHERE is_open = 1 AND case_id > \(after) AND \(condition(try store.calendar(in: connection)))
            ORDER BY case_id LIMIT \(Self.casesPerReadMax)
            """
        ).map { try $0.value("case_id") }
    }

    /// What has happened to a case since it was found is seen here.
    private func sweep(
        _ cases: ArraySlice<CaseID>, at now: Instant, in connection: any Connection
    ) throws -> Outcome {
        let today = now.date()
        let calendar = try store.calendar(in: connection)
        var outcome = Outcome()
        for id in cases {
            guard let value = try store.load(id, in: connection) else { continue }
            let (supervised, moved) = try sweep(value, on: today, by: calendar, at: now, in: connection)
            if supervised { outcome.supervised.append(id) }
            if moved { outcome.moved.append(id) }
        }
        return outcome
    }

    private func sweep(
        _ value: Case, on today: CalendarDate, by calendar: WorkingDayCalendar, at now: Instant,
        in connection: any Connection
    ) throws -> (supervised: Bool, moved: Bool) {
        let workflow = try store.workflow(value.kind)
        let reckoned = try CalendarStore().reckoned(of: value.id, in: connection)
        var supervised = false
        var earliest: CalendarDate?
        var lapses: [CaseLapse] = []
        for (position, clock) in value.clocks.enumerated() where clock.isOpen {
            let reading = clock.reading(on: today, calendar: calendar)
            earliest = [earliest, reading.due].compactMap { $0 }.min()
            var kept = clock
            if let level = clock.levelReached(by: reading), clock.supervision.map({ $0 < level }) ?? true,
                try !store.following.isHeld(store, value, clock, today, connection)
            {
                kept = clock.supervised(level)
                supervised = true
                try remind(value, of: kept, reading, level, under: workflow, at: now, in: connection)
                lapses.append(CaseLapse(clock: kept, position: position, reading: reading, level: level))
            }
            try store.save(
                kept, reading, by: calendar.revision, at: position, of: value.id, in: connection)
            guard let before = reckoned[position], before.revision < calendar.revision,
                before.due != reading.due
            else { continue }
            let move = ClockMove(
                caseID: value.id, kind: value.kind, title: value.title, clock: clock.name, from: before.due,
                to: reading.due)
            try CalendarStore().note(move, at: position, by: calendar.revision, at: now, in: connection)
            try tell(
                move, by: calendar.revision, value.holders(under: workflow), about: value.about, at: now,
                in: connection)
        }
        let due = earliest
        let moved = try connection.execute(
            """
            UPDATE governed_case SET due_on = \(due)
            WHERE id = \(value.id) AND COALESCE(due_on, '') <> \(due?.description ?? "")
            """)
        if moved == 1 { try store.saveDue(due, of: value.id, in: connection) }
        // Last, because what follows may move the case itself.
        for lapse in lapses { try store.following.lapsed(store, value, lapse, now, connection) }
        return (supervised, moved == 1)
    }

    /// Whoever must act hears that the day is another one.
    private func tell(
        _ move: ClockMove, by revision: Int, _ holders: [CaseHolder], about: Case.Subject, at now: Instant,
        in connection: any Connection
    ) throws {
        let (from, to) = (move.from?.description ?? "", move.to?.description ?? "")
        let message = Message("casework.deadline-moved", ["title": move.title, "from": from, "to": to])
        for holder in holders {
            try store.tell(
                holder.party, holder.role, of: move.caseID, occasion: "calendar.\(revision).\(move.clock)",
                message, at: now, in: connection)
        }
        try store.evidence.append(
            Leaf(
                id: LeafID.new(at: now), type: "case.deadline-moved", at: now, actor: "system",
                subjects: [Leaf.Subject(move.caseID), Leaf.Subject(kind: about.kind, id: about.id)],
                payload: [
                    "clock": .string(move.clock), "from": .string(from), "to": .string(to),
                    "calendar": .integer(Int64(revision)),
                ]), in: connection)
    }

    private func remind(
        _ value: Case, of clock: CaseClock, _ reading: ClockReading, _ level: SupervisionLevel,
        under workflow: Workflow, at now: Instant, in connection: any Connection
    ) throws {
        let message = Message(
            "casework.overdue.\(level)",
            [
                "title": value.title, "days": "\(reading.overdueDays)",
                "due": "\(reading.due?.description ?? "")",
            ])
        let occasion = "overdue.\(clock.name).\(clock.startedOn).\(level.rawValue)"
        var told = value.holders(under: workflow)
        if level >= .notice, let party = value.seats[workflow.supervisor.seat] {
            told.append(CaseHolder(party: party, role: workflow.supervisor.desk))
        }
        if level == .leader, let party = value.seats[workflow.supervisor.seat] {
            told.append(CaseHolder(party: party, role: workflow.supervisor.role))
        }
        for holder in told {
            try store.tell(
                holder.party, holder.role, of: value.id, occasion: occasion, message, at: now, in: connection)
        }
        try store.evidence.append(
            Leaf(
                id: LeafID.new(at: now), type: "case.supervised", at: now, actor: "system",
                subjects: [
                    Leaf.Subject(value.id), Leaf.Subject(kind: value.about.kind, id: value.about.id),
                ],
                payload: [
                    "clock": .string(clock.name), "level": .integer(Int64(level.rawValue)),
                    "due": .string(reading.due?.description ?? ""), "rule": .string(clock.rule.name),
                    "clause": .string(clock.rule.clause),
                    "overdueDays": .integer(Int64(reading.overdueDays)),
                    "told": .array(told.map { .string("\($0.party) \($0.role.rawValue)") }),
                ]), in: connection)
    }
}

extension CaseClock {
    /// The highest level whose days past the deadline have gone by; nil while in time.
    fileprivate func levelReached(by reading: ClockReading) -> SupervisionLevel? {
        guard reading.status == .overdue else { return nil }
        return SupervisionLevel.allCases.last { level in
            rule.supervisionAfterDays[level].map { reading.overdueDays >= $0 } ?? false
        }
    }
}
