package import Kernel

/// How often a grant may be used. Every call counts, whatever it finds; a file is one call.
package struct RateLimit: Hashable, Sendable {
    package let callsPerMinute: Int64?
    package let callsPerDay: Int64?
    /// Rows a day have a clause of their own, the daily quota.
    package let rowsPerMinute: Int64?

    package init(callsPerMinute: Int64? = nil, callsPerDay: Int64? = nil, rowsPerMinute: Int64? = nil) {
        self.callsPerMinute = callsPerMinute
        self.callsPerDay = callsPerDay
        self.rowsPerMinute = rowsPerMinute
    }

    /// Which of the limits was reached.
    package enum Measure: String, Hashable, Sendable, Codable, CaseIterable {
        case callsPerMinute = "calls-per-minute"
        case callsPerDay = "calls-per-day"
        case rowsPerMinute = "rows-per-minute"
    }

    package var limits: [(measure: Measure, limit: Int64)] {
        [
            (Measure.callsPerMinute, callsPerMinute), (.callsPerDay, callsPerDay),
            (.rowsPerMinute, rowsPerMinute),
        ].compactMap { measure, limit in limit.map { (measure, $0) } }
    }
}

/// Days and hours, by the civil time of the node, within which a grant answers.
package struct OpeningHours: Hashable, Sendable {
    package enum Days: Hashable, Sendable {
        case every
        /// By the working-day calendar: not on holidays, and on the weekend days that are worked in exchange.
        case working
        /// 1 is Monday, 7 is Sunday; holidays or not.
        case weekdays(Set<Int>)

        /// `every-day`, `working-days`, or the weekdays' digits: `135`.
        package var text: String {
            switch self {
            case .every: "every-day"
            case .working: "working-days"
            case .weekdays(let days): days.sorted().map(String.init).joined()
            }
        }

        package init?(_ text: String) {
            switch text {
            case "every-day": self = .every
            case "working-days": self = .working
            default:
                let days = text.compactMap(\.wholeNumberValue)
                guard days.count == text.count, days.allSatisfy((1...7).contains), !days.isEmpty,
                    Set(days).count == days.count
                else { return nil }
                self = .weekdays(Set(days))
            }
        }
    }

    package static let minutesMax = 1_440

    package let days: Days
    /// Minutes since midnight; `to` is not included, 1440 is midnight.
    package let from: Int
    package let to: Int

    package init(days: Days, from: Int, to: Int) {
        self.days = days
        self.from = from
        self.to = to
    }

    /// `08:30`, and `24:00` for the end of a day; nil for anything else.
    package static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && Int($0) != nil && $0.first != "+" && $0.first != "-" }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), (0...59).contains(minutes),
            (0...minutesMax).contains(hours * 60 + minutes)
        else { return nil }
        return hours * 60 + minutes
    }

    package static func text(_ minutes: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }

    /// Which sentence tells it.
    var word: String { if case .weekdays = days { "weekdays" } else { days.text } }

    var arguments: [String: String] {
        var arguments = ["from": Self.text(from), "to": Self.text(to)]
        if case .weekdays(let days) = days {
            arguments["weekdays"] = days.sorted().map(String.init).joined(separator: "、")
        }
        return arguments
    }
}

/// Which content of an entry a grant is about, when it is not the newest.
package enum AsOf: Hashable, Sendable {
    /// The newest version that was published by the end of that day.
    case day(CalendarDate)
    /// This version and no other: the entry's first is 1.
    case version(number: Int)
}

/// When rows are asked for, and from where: what a circumstance is held against.
package struct Occasion: Hashable, Sendable {
    package let day: CalendarDate
    /// Since midnight, by the civil time of the node; nil: not known.
    let minute: Int?
    let isWorkingDay: Bool?
    let address: NetworkAddress?

    /// `address` as the connection says it; nil for somebody at the machine itself, who is in no network.
    package init(at now: Instant, from address: String?, calendar: WorkingDayCalendar) {
        day = now.date()
        let second = now.microseconds / 1_000_000 + Int64(CivilTime.chinaOffsetSeconds)
        minute = Int(((second % 86_400) + 86_400) % 86_400 / 60)
        isWorkingDay = calendar.day(day).isWorking
        self.address = address.flatMap { NetworkAddress($0) }
    }

    /// Of which only the day is known: nothing that depends on more leaves.
    package init(_ day: CalendarDate) {
        self.day = day
        minute = nil
        isWorkingDay = nil
        address = nil
    }
}

/// Clauses that say nothing of columns and rows, but when, from where, how often and in which amount they may leave. Each is a
/// control; the ledger holds the rate and the tries, whoever lets rows out the rest.
package struct Circumstances: Hashable, Sendable {
    package var rate: RateLimit?
    /// Empty: from anywhere.
    package var networks: [NetworkRange] = []
    package var hours: OpeningHours?
    /// Files of fewer rows are not given.
    package var minimumRows: Int64?
    package var asOf: AsOf?
    /// Verify calls for one key on one day.
    package var triesPerKey: Int64?
    /// From above, for data of a vertical system: nothing to hold, but the plan and every receipt name it.
    package var consent: SuperiorConsent?
    /// The ledger knows whether it has passed.
    package var needsJointTest = false

    package init(_ clauses: [Clause] = []) {
        for clause in clauses {
            switch clause {
            case .rate(let limit): rate = rate ?? limit
            case .networks(let ranges): if networks.isEmpty { networks = ranges }
            case .hours(let span): hours = hours ?? span
            case .minimumRows(let rows): minimumRows = minimumRows ?? rows
            case .asOf(let bound): asOf = asOf ?? bound
            case .tries(let tries): triesPerKey = triesPerKey ?? tries
            case .superiorConsent(let given): consent = consent ?? given
            case .jointTest: needsJointTest = true
            default: break
            }
        }
    }

    /// As clauses again, in one order: what a plan carries and its digest covers.
    package var clauses: [Clause] {
        var clauses: [Clause] = []
        if let rate { clauses.append(.rate(rate)) }
        if !networks.isEmpty { clauses.append(.networks(networks)) }
        if let hours { clauses.append(.hours(hours)) }
        if let minimumRows { clauses.append(.minimumRows(minimumRows)) }
        if let asOf { clauses.append(.asOf(asOf)) }
        if let triesPerKey { clauses.append(.tries(perKeyAndDay: triesPerKey)) }
        if let consent { clauses.append(.superiorConsent(consent)) }
        if needsJointTest { clauses.append(.jointTest) }
        return clauses
    }

    /// Throws `PolicyError.outsideNetworks` or `.outsideHours`; what is not known of the occasion counts against it.
    package func demand(_ occasion: Occasion, under grant: GrantID) throws(PolicyError) {
        if !networks.isEmpty {
            guard let address = occasion.address, networks.contains(where: { $0.contains(address) }) else {
                throw .outsideNetworks(grant)
            }
        }
        if let hours {
            guard let minute = occasion.minute, let isWorkingDay = occasion.isWorkingDay,
                hours.from <= minute, minute < hours.to,
                hours.days.include(occasion.day, isWorkingDay: isWorkingDay)
            else { throw .outsideHours(grant, hours) }
        }
    }

    /// Throws `PolicyError.tooFewRows`; how many there are is not told.
    package func demand(rows: Int64, under grant: GrantID) throws(PolicyError) {
        if let minimumRows, rows < minimumRows { throw .tooFewRows(grant, rowsMin: minimumRows) }
    }
}

extension OpeningHours.Days {
    fileprivate func include(_ day: CalendarDate, isWorkingDay: Bool) -> Bool {
        switch self {
        case .every: true
        case .working: isWorkingDay
        case .weekdays(let days): days.contains(day.weekday)
        }
    }
}
