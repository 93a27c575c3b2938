package import Kernel

/// Days on which the city's offices are closed although the State Council says nothing of them: a typhoon, an emergency.
package struct LocalClosure: Sendable, Hashable {
    package enum Limits {
        package static let daysMax = 31
        package static let textCharactersMax = 200
        /// How far from today a closure may lie; what lies farther is a slip of the pen.
        package static let distanceDaysMax = 400
    }

    package let from: CalendarDate
    package let to: CalendarDate
    package let reason: String
    /// Number of the document that closed the offices.
    package let document: String

    package init(from: CalendarDate, to: CalendarDate, reason: String, document: String) {
        self.from = from
        self.to = to
        self.reason = reason
        self.document = document
    }

    package var dates: [CalendarDate] {
        guard from <= to else { return [] }
        return (0...(to.daysSince1970 - from.daysSince1970)).map { from.adding(days: $0) }
    }

    /// Everything that is wrong with it, by field.
    func faults(on today: CalendarDate) -> [Problem.Place] {
        var faults: [Problem.Place] = []
        for (field, text) in [("reason", reason), ("document", document)] {
            if text.allSatisfy(\.isWhitespace) {
                faults.append(Problem.Place(field, Message("calendar.field-needed")))
            } else if text.unicodeScalars.count > Limits.textCharactersMax {
                faults.append(
                    Problem.Place(
                        field,
                        Message(
                            "casework.text-too-long", ["charactersMax": "\(Limits.textCharactersMax)"])))
            }
        }
        if to < from {
            faults.append(Problem.Place("to", Message("calendar.ends-before-it-begins")))
        } else if to.daysSince1970 - from.daysSince1970 >= Limits.daysMax {
            faults.append(
                Problem.Place("to", Message("calendar.closure-too-long", ["daysMax": "\(Limits.daysMax)"])))
        }
        if abs(from.daysSince1970 - today.daysSince1970) > Limits.distanceDaysMax {
            faults.append(
                Problem.Place(
                    "from",
                    Message("calendar.closure-too-far", ["daysMax": "\(Limits.distanceDaysMax)"])))
        }
        return faults
    }
}

/// What is done to the calendar. Nothing is changed in place: a year is published again, a publication is withdrawn.
package enum CalendarChange: Sendable, Hashable {
    case year(CalendarYear)
    case closure(LocalClosure)
    /// Takes an earlier publication back; what was before holds again.
    case withdrawal(of: Int, reason: String)
}

/// One act on the calendar, as it is kept.
package struct CalendarPublication: Sendable, Hashable {
    package let revision: Int
    package let change: CalendarChange
    package let by: String
    package let at: Instant
    /// Its withdrawal, if any.
    package let withdrawnBy: Int?

    package init(revision: Int, change: CalendarChange, by: String, at: Instant, withdrawnBy: Int?) {
        self.revision = revision
        self.change = change
        self.by = by
        self.at = at
        self.withdrawnBy = withdrawnBy
    }
}

/// A deadline that another calendar puts on another day.
package struct ClockMove: Sendable, Hashable {
    package let caseID: CaseID
    /// Of the case.
    package let kind: String
    package let title: String
    /// Of the clock, within its workflow.
    package let clock: String
    package let from: CalendarDate?
    package let to: CalendarDate?

    package init(
        caseID: CaseID, kind: String, title: String, clock: String, from: CalendarDate?, to: CalendarDate?
    ) {
        self.caseID = caseID
        self.kind = kind
        self.title = title
        self.clock = clock
        self.from = from
        self.to = to
    }
}

/// What a change would do, before anybody does it.
package struct CalendarPreview: Sendable {
    package static let movesShownMax = 200

    package let change: CalendarChange
    /// The revision that was looked at; publishing under another one is refused.
    package let revision: Int
    package let before: WorkingDayCalendar
    package let after: WorkingDayCalendar
    /// The first `movesShownMax`, by case.
    package let moves: [ClockMove]
    package let movedCount: Int
    /// Deadlines that were provisional and are no longer.
    package let settledCount: Int

    package init(
        change: CalendarChange, revision: Int, before: WorkingDayCalendar, after: WorkingDayCalendar,
        moves: [ClockMove], movedCount: Int, settledCount: Int
    ) {
        self.change = change
        self.revision = revision
        self.before = before
        self.after = after
        self.moves = moves
        self.movedCount = movedCount
        self.settledCount = settledCount
    }
}

/// A year without published holidays, and how many open deadlines reach into it.
package struct CalendarGap: Sendable, Hashable {
    package let year: Int
    package let clocks: Int

    package init(year: Int, clocks: Int) {
        self.year = year
        self.clocks = clocks
    }

    package var message: Message {
        clocks == 0
            ? Message("calendar.gap-ahead", ["year": "\(year)"])
            : Message("calendar.gap", ["year": "\(year)", "count": "\(clocks)"])
    }
}

/// Why the calendar is not changed so.
package enum CalendarFault: Error, Sendable, Hashable {
    case lines([CalendarYear.LineFault])
    case linesTooMany(linesMax: Int)
    /// Not UTF-8.
    case notText
    /// A publication is about one year.
    case notOneYear(found: Int)
    case yearOutOfRange(first: Int, last: Int)
    /// It says what holds already.
    case unchanged
    case fieldsInvalid([Problem.Place])
    case notFound
    case withdrawnBefore
    /// A later publication of the same year holds in its place.
    case superseded
    /// A withdrawal is not taken back: the year or the closure is published again.
    case withdrawsWithdrawal
}

extension CalendarFault: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .lines(let faults):
            Problem(
                .invalid, Message("calendar.lines-wrong", ["count": "\(faults.count)"]),
                remedy: Message("calendar.lines-wrong-remedy"),
                places: faults.map { Problem.Place("lines", $0.message) })
        case .linesTooMany(let most):
            Self.ofLines(Message("calendar.lines-too-many", ["linesMax": "\(most)"]), .tooLarge)
        case .notText: Self.ofLines(Message("calendar.not-text"))
        case .notOneYear(let found):
            Self.ofLines(Message("calendar.not-one-year", ["count": "\(found)"]))
        case .yearOutOfRange(let first, let last):
            Self.ofLines(
                Message("calendar.year-out-of-range", ["first": "\(first)", "last": "\(last)"]))
        case .unchanged: Problem(.refused, Message("calendar.unchanged"))
        case .fieldsInvalid(let places):
            Problem(.invalid, Message("calendar.fields-wrong"), places: places)
        case .notFound: Problem(.notFound, Message("calendar.publication-missing"))
        case .withdrawnBefore: Problem(.conflict, Message("calendar.withdrawn-before"))
        case .superseded: Problem(.conflict, Message("calendar.superseded"))
        case .withdrawsWithdrawal:
            Problem(
                .conflict, Message("calendar.withdraws-withdrawal"),
                remedy: Message("calendar.withdraws-withdrawal-remedy"))
        }
    }

    private static func ofLines(_ message: Message, _ kind: Problem.Kind = .invalid) -> Problem {
        Problem(kind, message, places: [Problem.Place("lines", message)])
    }
}
