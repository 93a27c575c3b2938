package import Kernel

/// What a department owes for an entry: a file each period, by a working day after the period ends.
package struct FilingDuty: Sendable, Hashable {
    package static let deadlineWorkingDaysMax = 120
    package static let remindWorkingDaysMax = 60

    /// What a steward decides of it.
    package struct Terms: Sendable, Hashable {
        package var cadence: Cadence
        /// The n-th working day after the last day of the period; 0 is that last day itself.
        package var deadlineWorkingDays: Int
        /// So many working days before the deadline it is in the inbox.
        package var remindWorkingDays: Int
        /// What the form proposes; each filing says its own.
        package var manner: Filing.Manner
        /// Columns that together tell rows apart; may be empty when files are never laid over each other.
        package var rowKey: [String]
        /// The first period that is owed.
        package var since: CalendarDate

        package init(
            cadence: Cadence, deadlineWorkingDays: Int, remindWorkingDays: Int, manner: Filing.Manner,
            rowKey: [String] = [], since: CalendarDate
        ) {
            self.cadence = cadence
            self.deadlineWorkingDays = deadlineWorkingDays
            self.remindWorkingDays = remindWorkingDays
            self.manner = manner
            self.rowKey = rowKey
            self.since = since
        }
    }

    package let hook: HookID
    package let entry: EntryID
    package let owner: PartyID
    package let terms: Terms
    package let revision: Int
    package let setBy: AccountID
    package let setAt: Instant

    /// The first period that is owed.
    package var firstPeriod: Period { Period(terms.cadence, containing: terms.since) }

    /// What is wrong with the terms, field by field, given the columns of the hook.
    static func faults(_ terms: Terms, columns: [String]) -> [Problem.Place] {
        var places: [Problem.Place] = []
        if !(0...deadlineWorkingDaysMax).contains(terms.deadlineWorkingDays) {
            places.append(
                Problem.Place(
                    "deadline", Message("hooking.days-range", ["max": String(deadlineWorkingDaysMax)])))
        }
        if !(0...remindWorkingDaysMax).contains(terms.remindWorkingDays) {
            places.append(
                Problem.Place(
                    "remind", Message("hooking.days-range", ["max": String(remindWorkingDaysMax)])))
        }
        for column in terms.rowKey where !columns.contains(column) {
            places.append(Problem.Place("rowKey", Message("hooking.key-unknown", ["column": column])))
        }
        if terms.rowKey.count > Hook.keyColumnsMax || Set(terms.rowKey).count != terms.rowKey.count {
            places.append(
                Problem.Place("rowKey", Message("hooking.keys-max", ["max": String(Hook.keyColumnsMax)])))
        }
        if terms.manner == .overlay, terms.rowKey.isEmpty {
            places.append(Problem.Place("rowKey", Message("hooking.row-key-needed")))
        }
        return places
    }
}

/// Where one period of a duty stands today.
package struct PeriodStanding: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        /// The period is not over; a file is welcome already.
        case open
        /// Over, and the deadline not passed.
        case due
        case late
        /// Late, and so is the period after it.
        case missing
        case arrived
        case nothing
        /// A file is being taken in.
        case running
    }

    package let period: Period
    package let deadline: CalendarDate
    /// The deadline counts through days whose arrangement nobody has announced yet.
    package let isProvisional: Bool
    package let state: State
    /// What settled it, or what is under way.
    package let filing: Filing?
    /// It came, but after the deadline.
    package let cameLate: Bool
    /// Until the deadline; negative once it has passed.
    package let workingDaysLeft: Int
    /// Not filed, and within the days of the reminder or beyond the deadline.
    package let isUrgent: Bool

    package var isOverdue: Bool { state == .late || state == .missing }
}

extension FilingDuty {
    static let periodsMax = 60

    package func deadline(
        of period: Period, by calendar: WorkingDayCalendar
    ) throws(WorkingDayCalendar.Fault) -> WorkingDayCalendar.Deadline {
        try calendar.deadline(from: period.last, workingDays: terms.deadlineWorkingDays)
    }

    /// The periods owed up to the present one, newest first, and where each stands; at most `periodsMax`.
    ///
    /// `filings` are those of the hook, in any order.
    package func standings(
        _ filings: [Filing], on today: CalendarDate, by calendar: WorkingDayCalendar
    ) throws(WorkingDayCalendar.Fault) -> [PeriodStanding] {
        let settled = Dictionary(grouping: filings.filter(\.counts)) { $0.period?.description ?? "" }
        var standings: [PeriodStanding] = []
        var period = Period(terms.cadence, containing: today)
        while period >= firstPeriod, standings.count < Self.periodsMax {
            let filing = settled[period.description]?.max { $0.id < $1.id }
            standings.append(try standing(of: period, filing, on: today, by: calendar))
            period = period.previous
        }
        return standings
    }

    private func standing(
        of period: Period, _ filing: Filing?, on today: CalendarDate, by calendar: WorkingDayCalendar
    ) throws(WorkingDayCalendar.Fault) -> PeriodStanding {
        let deadline = try deadline(of: period, by: calendar)
        let state: PeriodStanding.State
        if let filing {
            state = filing.isRunning ? .running : filing.kind == .nothing ? .nothing : .arrived
        } else if today > (try self.deadline(of: period.next, by: calendar)).date {
            state = .missing
        } else if today > deadline.date {
            state = .late
        } else {
            state = today > period.last ? .due : .open
        }
        let left = calendar.workingDays(after: today, through: deadline.date)
        let isOwed = filing == nil
        return PeriodStanding(
            period: period, deadline: deadline.date, isProvisional: deadline.isProvisional, state: state,
            filing: filing, cameLate: filing.map { $0.filedAt.date() > deadline.date } ?? false,
            workingDaysLeft: left,
            isUrgent: isOwed && (today > deadline.date || left <= terms.remindWorkingDays))
    }
}

extension [PeriodStanding] {
    /// What asks for the department most: the oldest period that is owed and over, else the one that is urgent, else the newest.
    package var foremost: PeriodStanding? {
        last { $0.isOverdue } ?? last { $0.state == .due } ?? last { $0.isUrgent } ?? first
    }
}
