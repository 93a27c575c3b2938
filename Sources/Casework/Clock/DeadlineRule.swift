package import Kernel

/// How many working days an act may take, from which day they count, and where that is written. Rules are data with dates: a
/// clock keeps the edition it was started under, so that a new edition never moves a deadline already running.
package struct DeadlineRule: Sendable, Hashable, Codable {
    /// What happens to the days already counted when the applicant answers a 补正 notice.
    package enum AfterPause: String, Sendable, Hashable, Codable, CaseIterable {
        /// Counting goes on where it stopped.
        case resume
        /// All days are counted anew, as for a registration (26号 art. 10).
        case restart
    }

    /// How far the figure is verified; shown wherever the figure is.
    package enum Standing: String, Sendable, Hashable, Codable, CaseIterable {
        /// Checked against the text of the rule.
        case verified
        /// Set here, to be confirmed by the office against the text in force.
        case setting
    }

    package let name: String
    package let effectiveFrom: CalendarDate
    /// The last day on which it is in force; nil: until further notice.
    package let effectiveTo: CalendarDate?
    package let workingDays: Int
    /// At most this many working days more, once, with a reason; 0: no extension.
    package let extensionDaysMax: Int
    package let afterPause: AfterPause
    package let startRule: WorkingDayCalendar.StartRule
    /// Rule and clause, as a person would cite it.
    package let clause: String
    package let standing: Standing
    /// Reminders after so many working days past the deadline, lowest first.
    package let supervisionAfterDays: [SupervisionLevel: Int]

    package init(
        name: String, effectiveFrom: CalendarDate, effectiveTo: CalendarDate? = nil, workingDays: Int,
        extensionDaysMax: Int = 0, afterPause: AfterPause = .resume,
        startRule: WorkingDayCalendar.StartRule = .followingDay,
        clause: String, standing: Standing = .setting,
        supervisionAfterDays: [SupervisionLevel: Int] = [.reminder: 1, .notice: 3, .leader: 5]
    ) {
        self.name = name
        self.effectiveFrom = effectiveFrom
        self.effectiveTo = effectiveTo
        self.workingDays = workingDays
        self.extensionDaysMax = extensionDaysMax
        self.afterPause = afterPause
        self.startRule = startRule
        self.clause = clause
        self.standing = standing
        self.supervisionAfterDays = supervisionAfterDays
    }
}

/// 督办: what follows a deadline that passed in silence, one level after the other.
package enum SupervisionLevel: Int, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// 催办
    case reminder = 1
    /// 督办通知
    case notice = 2
    /// 报请领导协调
    case leader = 3

    package static func < (left: SupervisionLevel, right: SupervisionLevel) -> Bool {
        left.rawValue < right.rawValue
    }

    package var word: Message {
        switch self {
        case .reminder: Message("casework.supervision.reminder")
        case .notice: Message("casework.supervision.notice")
        case .leader: Message("casework.supervision.leader")
        }
    }
}

/// Every edition of every deadline rule. Exactly one edition of a rule is in force on a day, or none.
package struct DeadlineRules: Sendable, Hashable {
    package let editions: [DeadlineRule]

    package init(_ editions: [DeadlineRule]) throws(DeadlineRuleFault) {
        for (position, edition) in editions.enumerated() {
            guard (0...Self.workingDaysMax).contains(edition.workingDays),
                (0...Self.workingDaysMax).contains(edition.extensionDaysMax)
            else { throw .daysOutOfRange(rule: edition.name) }
            if edition.clause.isEmpty { throw .clauseMissing(rule: edition.name) }
            if let last = edition.effectiveTo, last < edition.effectiveFrom {
                throw .endsBeforeItBegins(rule: edition.name)
            }
            let overlaps = editions[..<position].contains { other in
                other.name == edition.name && other.touches(edition)
            }
            if overlaps { throw .editionsOverlap(rule: edition.name) }
        }
        self.editions = editions
    }

    /// No administrative deadline counted in working days is longer than this.
    package static let workingDaysMax = 500

    package func rule(_ name: String, on day: CalendarDate) throws(CaseError) -> DeadlineRule {
        guard let rule = editions.first(where: { $0.name == name && $0.isInForce(on: day) }) else {
            throw .deadlineRuleMissing(name: name, day: day)
        }
        return rule
    }
}

extension DeadlineRule {
    package func isInForce(on day: CalendarDate) -> Bool {
        effectiveFrom <= day && effectiveTo.map { day <= $0 } ?? true
    }

    fileprivate func touches(_ other: DeadlineRule) -> Bool {
        effectiveTo.map { other.effectiveFrom <= $0 } ?? true
            && other.effectiveTo.map { effectiveFrom <= $0 } ?? true
    }
}

package enum DeadlineRuleFault: Error, Hashable, Sendable {
    case daysOutOfRange(rule: String)
    case clauseMissing(rule: String)
    case endsBeforeItBegins(rule: String)
    case editionsOverlap(rule: String)
}

extension DeadlineRuleFault: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .daysOutOfRange(let rule):
            Problem(
                .invalid,
                Message(
                    "casework.rule-days-out-of-range",
                    ["rule": rule, "daysMax": "\(DeadlineRules.workingDaysMax)"]))
        case .clauseMissing(let rule):
            Problem(.invalid, Message("casework.rule-clause-missing", ["rule": rule]))
        case .endsBeforeItBegins(let rule):
            Problem(.invalid, Message("casework.rule-ends-before-it-begins", ["rule": rule]))
        case .editionsOverlap(let rule):
            Problem(.invalid, Message("casework.rule-editions-overlap", ["rule": rule]))
        }
    }
}
