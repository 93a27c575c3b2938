package import Evidence
package import Identity
package import Kernel
package import Persistence
package import Policy

/// 工作日历: what the city publishes on the calendar that ships, and what follows for the deadlines that run.
package struct WorkingCalendar: Sendable {
    package static let linesMax = 400
    package static let textBytesMax = 64 << 10
    /// Years before and after this one that may be published.
    package static let yearsMax = 5
    private static let clocksPerReadMax = 500

    /// For whoever counts days.
    package let calendars: CalendarInForce
    private let cases: CaseStore
    private let database: any Database
    private let permissions: Permissions
    private let evidence: EvidenceLog
    private let clock: Clock

    package init(
        cases: CaseStore, database: any Database, permissions: Permissions, evidence: EvidenceLog,
        clock: Clock
    ) {
        calendars = cases.calendars
        self.cases = cases
        self.database = database
        self.permissions = permissions
        self.evidence = evidence
        self.clock = clock
    }

    /// One year out of a text that somebody brought; every wrong line is told.
    package func year(of text: String) throws(CalendarFault) -> CalendarYear {
        guard text.utf8.count <= Self.textBytesMax,
            text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count <= Self.linesMax
        else { throw .linesTooMany(linesMax: Self.linesMax) }
        let (years, faults) = CalendarYear.read(text)
        guard faults.isEmpty else { throw .lines(faults) }
        guard let year = years.first, years.count == 1 else { throw .notOneYear(found: years.count) }
        let this = clock.now().date().components.year
        let range = (this - Self.yearsMax)...(this + Self.yearsMax)
        guard range.contains(year.year) else {
            throw .yearOutOfRange(first: range.lowerBound, last: range.upperBound)
        }
        return year
    }

    /// Newest first, with the revision that is in force.
    package func publications() async throws -> [CalendarPublication] {
        try await database.read { try CalendarStore().publications(in: $0) }
    }

    /// Of each year the newest that was not withdrawn, and every closure that was not.
    package static func inForce(_ publications: [CalendarPublication]) -> [CalendarPublication] {
        CalendarStore.inForce(publications)
    }

    package func publication(_ revision: Int) async throws -> CalendarPublication {
        guard let found = try await publications().first(where: { $0.revision == revision }) else {
            throw CalendarFault.notFound
        }
        return found
    }

    /// What a change would do. Counts over the clocks as they stand; nothing is kept.
    package func preview(
        _ change: CalendarChange, by principal: Principal
    ) async throws -> CalendarPreview {
        let today = clock.now().date()
        let (calendars, permissions) = (calendars, permissions)
        let (before, after, revision) = try await database.read { connection in
            let store = CalendarStore()
            let publications = try store.publications(in: connection)
            let revision = publications.first?.revision ?? 0
            try permissions.demand(.publishCalendar, on: Self.subject(seen: revision), for: principal)
            return try Self.outcome(of: change, on: publications, calendars.ground, today: today)
        }
        var preview = Counted()
        if let first = after.firstDifference(from: before) {
            preview = try await count(from: first, before, after, today)
        }
        return CalendarPreview(
            change: change, revision: revision, before: before, after: after, moves: preview.moves,
            movedCount: preview.movedCount, settledCount: preview.settledCount)
    }

    private struct Counted {
        var moves: [ClockMove] = []
        var movedCount = 0
        var settledCount = 0
    }

    private func count(
        from first: CalendarDate, _ before: WorkingDayCalendar, _ after: WorkingDayCalendar,
        _ today: CalendarDate
    ) async throws -> Counted {
        var counted = Counted()
        var place: (CaseID, Int)?
        while true {
            let start = place
            let lines = try await database.read {
                try CalendarStore().openClocks(
                    dueFrom: first, after: start, limit: Self.clocksPerReadMax, in: $0)
            }
            for (_, kept) in lines {
                let old = kept.clock.reading(on: today, calendar: before)
                let new = kept.clock.reading(on: today, calendar: after)
                if old.isProvisional, !new.isProvisional { counted.settledCount += 1 }
                guard old.due != new.due else { continue }
                counted.movedCount += 1
                guard counted.moves.count < CalendarPreview.movesShownMax else { continue }
                counted.moves.append(
                    ClockMove(
                        caseID: kept.caseID, kind: kept.kind, title: kept.title, clock: kept.clock.name,
                        from: old.due,
                        to: new.due))
            }
            guard lines.count == Self.clocksPerReadMax else { return counted }
            place = lines.last?.place
        }
    }

    /// Publishes, and reckons anew what runs.
    ///
    /// - Throws: `CalendarFault`; `PolicyError.moved` when somebody published since `revision` was looked at.
    @discardableResult
    package func publish(
        _ change: CalendarChange, seen revision: Int, by principal: Principal
    ) async throws -> CalendarPublication {
        let permit = try permissions.permit(
            .publishCalendar, on: Self.subject(seen: revision), for: principal)
        if case .withdrawal(_, let reason) = change { try Self.demand(reason) }
        let (calendars, evidence, now) = (calendars, evidence, clock.now())
        let published = try await database.write(under: permit) { connection, mandate in
            let store = CalendarStore()
            let publications = try store.publications(in: connection)
            let (_, after, _) = try Self.outcome(
                of: change, on: publications, calendars.ground, today: now.date())
            let publication = CalendarPublication(
                revision: revision + 1, change: change, by: mandate.actor, at: now, withdrawnBy: nil)
            try store.insert(publication, in: connection)
            try evidence.append(
                Leaf(
                    id: LeafID.new(at: now), type: change.leafType, at: now, actor: mandate.actor,
                    subjects: [Self.reference],
                    payload: change.payload(revision + 1, confirmed: mandate.principal.confirmed)),
                in: connection)
            return (publication, after)
        }
        calendars.take(published.1)
        return published.0
    }

    /// Reckons anew what an older calendar reckoned. Doing it twice does nothing the second time; what is cut off is gone on with by
    /// whichever process comes next.
    @discardableResult
    package func reckon(casesMax: Int = .max) async throws -> ClockSweep.Outcome {
        try await ClockSweep(store: cases, database: database).reckon(at: clock.now(), casesMax: casesMax)
    }

    /// Takes over what another process published. Answers the revision in force.
    package func refresh() async throws -> Int {
        let calendars = calendars
        let current = try await database.read { try CalendarStore().current(calendars, in: $0) }
        calendars.take(current)
        return current.revision
    }

    /// What a publication moved so far, and how many open deadlines are still to be reckoned.
    package func recomputation(
        of revision: Int
    ) async throws -> (moves: [ClockMove], count: Int, outstanding: Int) {
        try await database.read { connection in
            let (moves, count) = try CalendarStore().moves(
                by: revision, limit: CalendarPreview.movesShownMax, in: connection)
            return (moves, count, try CalendarStore().outstanding(before: revision, in: connection))
        }
    }

    /// Years without published holidays that open deadlines reach into; from December on the next year too, whoever reaches into it.
    package func gaps() async throws -> [CalendarGap] {
        let known = calendars.now
        var clocks = try await database.read { try CalendarStore().provisionalClocks(in: $0) }
        let (year, month, _) = clock.now().date().components
        if month == 12, known.years[year + 1] == nil { clocks[year + 1, default: 0] += 0 }
        return clocks.sorted { $0.key < $1.key }.map { CalendarGap(year: $0.key, clocks: $0.value) }
    }

    private static let reference = Leaf.Subject(kind: "calendar", id: "working-days")

    private static func subject(seen revision: Int) -> Subject {
        Subject(reference, owner: nil, revision: revision) { try CalendarStore().revision(in: $0) }
    }

    /// The calendar before and after a change; throws what is wrong with it.
    private static func outcome(
        of change: CalendarChange, on publications: [CalendarPublication], _ ground: WorkingDayCalendar,
        today: CalendarDate
    ) throws(CalendarFault) -> (before: WorkingDayCalendar, after: WorkingDayCalendar, revision: Int) {
        let revision = publications.map(\.revision).max() ?? 0
        var next = publications
        switch change {
        case .year: break
        case .closure(let closure):
            let faults = closure.faults(on: today)
            guard faults.isEmpty else { throw .fieldsInvalid(faults) }
        case .withdrawal(let of, _):
            let position = try withdrawable(of, publications)
            let old = publications[position]
            next[position] = CalendarPublication(
                revision: old.revision, change: old.change, by: old.by, at: old.at,
                withdrawnBy: revision + 1)
        }
        next.append(
            CalendarPublication(
                revision: revision + 1, change: change, by: "", at: Instant(microseconds: 0),
                withdrawnBy: nil))
        let before = CalendarStore.calendar(of: publications, over: ground)
        let after = CalendarStore.calendar(of: next, over: ground)
        if case .withdrawal = change { return (before, after, revision) }
        guard after.firstDifference(from: before) != nil || change.renames(before) else { throw .unchanged }
        return (before, after, revision)
    }

    private static func withdrawable(
        _ revision: Int, _ publications: [CalendarPublication]
    ) throws(CalendarFault) -> Int {
        guard let position = publications.firstIndex(where: { $0.revision == revision }) else {
            throw .notFound
        }
        if case .withdrawal = publications[position].change { throw .withdrawsWithdrawal }
        guard publications[position].withdrawnBy == nil else { throw .withdrawnBefore }
        guard CalendarStore.inForce(publications).contains(where: { $0.revision == revision }) else {
            throw .superseded
        }
        return position
    }

    private static func demand(_ reason: String) throws(CalendarFault) {
        let limit = LocalClosure.Limits.textCharactersMax
        if reason.allSatisfy(\.isWhitespace) {
            throw .fieldsInvalid([Problem.Place("reason", Message("calendar.field-needed"))])
        }
        guard reason.unicodeScalars.count <= limit else {
            throw .fieldsInvalid([
                Problem.Place(
                    "reason", Message("casework.text-too-long", ["charactersMax": "\(limit)"]))
            ])
        }
    }
}

extension CalendarChange {
    /// No day differs, but the document does.
    fileprivate func renames(_ calendar: WorkingDayCalendar) -> Bool {
        guard case .year(let year) = self else { return false }
        return calendar.years[year.year] != year
    }

    fileprivate var leafType: String {
        switch self {
        case .year: "calendar.published"
        case .closure: "calendar.closed"
        case .withdrawal: "calendar.withdrawn"
        }
    }

    fileprivate func payload(_ revision: Int, confirmed: Instant?) -> JSON {
        var payload: [String: JSON] = ["revision": .integer(Int64(revision))]
        payload["confirmed"] = confirmed.map { .integer($0.microseconds) }
        switch self {
        case .year(let year):
            payload["year"] = .integer(Int64(year.year))
            payload["document"] = .string(year.announcement)
            payload["days"] = .string(year.tsv)
        case .closure(let closure):
            payload["from"] = .string(closure.from.description)
            payload["to"] = .string(closure.to.description)
            payload["document"] = .string(closure.document)
            payload["reason"] = .string(closure.reason)
        case .withdrawal(let of, let reason):
            payload["withdraws"] = .integer(Int64(of))
            payload["reason"] = .string(reason)
        }
        return .object(payload)
    }
}
