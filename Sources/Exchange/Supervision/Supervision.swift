package import Casework
import Identity
package import Kernel

/// 督办件: one unit's duty that the bureau follows up, about a case or about a task without one.
package struct Supervision: Sendable, Hashable {
    package internal(set) var file: Case
    /// The unit that owes.
    package let unit: PartyID
    package let bureau: PartyID
    package let about: About?
    /// What is owed, of a task without a case; else the case's title.
    package let subject: String
    package let basis: String
    /// The day it was owed by when this was opened.
    package let due: CalendarDate?
    package internal(set) var level: SupervisionLevel
    /// The day the unit was to have answered by at first, and the day it did.
    package internal(set) var answerDue: CalendarDate?
    package internal(set) var answeredOn: CalendarDate?
    /// The last day that was promised and accepted.
    package internal(set) var promisedOn: CalendarDate?
    package internal(set) var closedOn: CalendarDate?

    /// The case it is about, and which of its clocks; no clock when it was opened by hand.
    package struct About: Sendable, Hashable {
        package let id: CaseID
        package let kind: String
        package let clock: String?
        package let position: Int?
    }

    package var id: CaseID { file.id }
    package var isAutomatic: Bool { file.openedBy == nil }
    package var isOpen: Bool { closedOn == nil }
    package var isAnsweredInTime: Bool? {
        guard let answerDue else { return nil }
        return answeredOn.map { $0 <= answerDue }
    }
}

/// What can be done with a supervision. The names are those of `SupervisionWorkflow`'s acts.
package enum SupervisionAct: Sendable, Hashable {
    /// 督办通知 by hand; a letter of the series is registered with it.
    case issueNotice(letter: SupervisionLetter?)
    case reportByHand
    /// 批示, and a day by which it is to be carried out.
    case instruct(by: CalendarDate?)
    case acknowledge
    case promise(CalendarDate)
    case acceptPromise
    case declinePromise
    case reportDone
    case sendBack
    case confirm
    case withdraw

    package var name: String {
        switch self {
        case .issueNotice: "issue-notice"
        case .reportByHand: "report-by-hand"
        case .instruct: "instruct"
        case .acknowledge: "acknowledge"
        case .promise: "promise"
        case .acceptPromise: "accept-promise"
        case .declinePromise: "decline-promise"
        case .reportDone: "report-done"
        case .sendBack: "send-back"
        case .confirm: "confirm"
        case .withdraw: "withdraw"
        }
    }

    package static let names = [
        "issue-notice", "report-by-hand", "instruct", "acknowledge", "promise", "accept-promise",
        "decline-promise", "report-done", "send-back", "confirm", "withdraw",
    ]
}

/// The letter in which a notice goes out: of which series, and how it reads.
package struct SupervisionLetter: Sendable, Hashable {
    /// An id of the unit's series, as the registers know it.
    package let series: String
    package let title: String
    package let body: String

    package init(series: String, title: String, body: String) {
        self.series = series
        self.title = title
        self.body = body
    }
}

/// What is owed, said by hand.
package struct SupervisionDraft: Sendable, Hashable {
    package static let subjectCharactersMax = 200
    package static let basisCharactersMax = 500
    package static let daysAheadMax = 366

    /// About a case; nil for a task without one.
    package var about: CaseID?
    package var unit: PartyID?
    package var subject: String
    package var basis: String
    package var due: CalendarDate?

    package init(
        about: CaseID? = nil, unit: PartyID? = nil, subject: String = "", basis: String = "",
        due: CalendarDate? = nil
    ) {
        self.about = about
        self.unit = unit
        self.subject = subject
        self.basis = basis
        self.due = due
    }

    package func faults(on today: CalendarDate) -> [Problem.Place] {
        var faults: [Problem.Place] = []
        func demand(_ name: String, _ text: String, _ most: Int, isNeeded: Bool) {
            if isNeeded, text.allSatisfy(\.isWhitespace) {
                faults.append(Problem.Place(name, Message("exchange.field-required")))
            } else if text.unicodeScalars.count > most {
                faults.append(
                    Problem.Place(name, Message("exchange.field-too-long", ["charactersMax": "\(most)"])))
            }
        }
        demand("subject", subject, Self.subjectCharactersMax, isNeeded: about == nil)
        demand("basis", basis, Self.basisCharactersMax, isNeeded: true)
        if unit == nil { faults.append(Problem.Place("unit", Message("exchange.field-required"))) }
        if let due {
            if due < today || due > today.adding(days: Self.daysAheadMax) {
                faults.append(
                    Problem.Place(
                        "due", Message("supervision.day-wrong", ["daysMax": "\(Self.daysAheadMax)"])))
            }
        } else {
            faults.append(Problem.Place("due", Message("exchange.field-required")))
        }
        return faults
    }
}

/// Which supervisions a list is asked for. The figures of the overview are the same conditions.
package struct SupervisionFilter: Sendable, Hashable {
    package enum Standing: String, Sendable, Hashable, CaseIterable {
        case open
        /// Open, and a day of it has passed.
        case overdue
        case closed
        /// The unit's first answer came in time, or it did not.
        case inTime = "in-time"
        case late

        package var word: Message {
            switch self {
            case .open: Message("supervision.standing.open")
            case .overdue: Message("supervision.standing.overdue")
            case .closed: Message("supervision.standing.closed")
            case .inTime: Message("supervision.standing.in-time")
            case .late: Message("supervision.standing.late")
            }
        }
    }

    package static let wordsCharactersMax = 100

    package var standing: Standing?
    package var unit: PartyID?
    package var level: SupervisionLevel?
    package var about: CaseID?
    package var words: String

    package init(
        standing: Standing? = nil, unit: PartyID? = nil, level: SupervisionLevel? = nil,
        about: CaseID? = nil, words: String = ""
    ) {
        self.standing = standing
        self.unit = unit
        self.level = level
        self.about = about
        self.words = words
    }
}

/// One unit's standing in the overview.
package struct SupervisionFigures: Sendable, Hashable {
    package let unit: PartyID
    package let open: Int
    package let overdue: Int
    package let closed: Int
    /// Calendar days from opening to the end, over those that are over; nil without any.
    package let meanDays: Double?
    package let inTime: Int
    package let late: Int

    /// Of those that had to be answered by now.
    package var shareInTime: Double? {
        inTime + late == 0 ? nil : Double(inTime) / Double(inTime + late)
    }
}
