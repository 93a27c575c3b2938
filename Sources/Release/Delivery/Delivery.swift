package import Kernel
package import Policy

/// Files of a grant that are made, or pushes that are begun, by themselves: at a time, or whenever a new version is served; each as
/// whoever set it up, with the rights of that day.
package struct Delivery: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case active, paused
        /// With its grant, for good.
        case ended
    }

    /// What whoever sets it up decides.
    package struct Terms: Sendable, Hashable {
        /// A kind of file, or a push.
        package var format: DeliveryKind
        /// Where a push goes; nil for files.
        package var target: PushTargetID?
        /// Nil: whenever a new version is served.
        package var timing: Timing?
        /// An occurrence for which nothing is new makes nothing.
        package var skipsUnchanged: Bool

        package init(
            format: DeliveryKind, target: PushTargetID? = nil, timing: Timing?, skipsUnchanged: Bool = true
        ) {
            self.format = format
            self.target = target
            self.timing = timing
            self.skipsUnchanged = skipsUnchanged
        }

        /// What is wrong, field by field, under a grant.
        func faults(under grant: Grant) -> [Problem.Place] {
            var places = timing?.faults ?? []
            if !Delivery.formats(under: grant).contains(format) {
                places.append(Problem.Place("format", Message("delivery.format-not-granted")))
            }
            if format == .push, target == nil {
                places.append(Problem.Place("target", Message("delivery.target-needed")))
            }
            return places
        }

        var message: Message { timing?.message ?? Message("delivery.when-new") }
    }

    /// What can be made without anybody asking, in the order of its declaration.
    package static let formats = DeliveryKind.allCases.filter {
        $0 == .push || DeliveryKind.files.contains($0)
    }

    /// Those of them that a grant gives out.
    static func formats(under grant: Grant) -> [DeliveryKind] {
        formats.filter { grant.deliveries.contains($0) }
    }

    package static let perGrantMax = 5
    static let retriesMax = 3
    /// So many occurrences in a row that made nothing are told in the inbox.
    static let alertAfter = 1
    static let lateAfter = Duration.seconds(2 * 3_600)
    /// How often it is looked whether another version is served.
    static let lookEvery = Duration.seconds(60)
    /// After a refusal, or when enough was tried, and no time of day says when to ask again.
    static let refusedRest = Duration.seconds(3_600)

    package let id: DeliveryID
    package let grant: GrantID
    package let entry: EntryID
    package let provider: PartyID
    package let recipient: PartyID
    package let terms: Terms
    package let state: State
    package let account: AccountID
    package let post: PostID?
    package let nextAt: Instant
    /// The occurrence that was started last.
    package let dueAt: Instant?
    package let run: JobID?
    package let isSettled: Bool
    /// Refused or failed, in a row.
    package let failures: Int
    package let retryAt: Instant?
    package let succeededAt: Instant?
    /// What was last made of which version, under which revision of the grant.
    package let lastVersion: VersionID?
    package let lastRevision: Int?
    /// Why it stands still, or why the last occurrence made nothing.
    package let problem: Message?
    package let revision: Int

    /// Not begun long after it was due, or under way ever since.
    package func isLate(at now: Instant) -> Bool {
        guard state == .active else { return false }
        if !isSettled, let dueAt { return dueAt + Self.lateAfter < now }
        return terms.timing != nil && nextAt + Self.lateAfter < now
    }

    /// When what has made nothing is asked for again.
    var askedAgainAt: Instant? { retryAt ?? (terms.timing == nil && failures > 0 ? nextAt : nil) }

    package func isAlarming(at now: Instant) -> Bool {
        guard state != .ended else { return false }
        return failures >= Self.alertAfter || isLate(at: now) || (state == .paused && problem != nil)
    }

    /// When it is looked at next after `now`.
    func next(after now: Instant, by calendar: WorkingDayCalendar) -> Instant {
        terms.timing?.next(after: now, by: calendar) ?? now + Self.lookEvery
    }

    package var apiJSON: JSON {
        func moment(_ instant: Instant?) -> JSON { instant.map { .string($0.description) } ?? .null }
        return [
            "id": .string(id.text), "grant": .string(grant.text), "state": .string(state.rawValue),
            "format": .string(terms.format.rawValue),
            "target": terms.target.map { .string($0.text) } ?? .null,
            "days": .string(terms.timing?.days.rawValue ?? Self.whenNew),
            "time": terms.timing.map { .string($0.time) } ?? .null,
            "weekday": terms.timing.map { .integer(Int64($0.weekday)) } ?? .null,
            "workingDay": terms.timing.map { .integer(Int64($0.workingDay)) } ?? .null,
            "skipsUnchanged": .boolean(terms.skipsUnchanged),
            "nextAt": state == .active && terms.timing != nil ? moment(nextAt) : .null,
            "lastAt": moment(succeededAt), "failures": .integer(Int64(failures)),
            "problem": problem.map { .string($0.key) } ?? .null, "revision": .integer(Int64(revision)),
        ]
    }

    /// In the place of days.
    package static let whenNew = "new-version"
}

/// One occurrence, and what came of it.
package struct DeliveryRun: Sendable, Hashable {
    package enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
        case running, made
        /// Nothing was new.
        case skipped
        /// By a rule: the grant, its clauses, its quota.
        case refused
        case failed
    }

    package let id: JobID
    package let delivery: DeliveryID
    package let format: DeliveryKind
    /// On whose behalf.
    package let account: AccountID
    package let dueAt: Instant
    package let startedAt: Instant
    package let leaseUntil: Instant
    package let endedAt: Instant?
    package let outcome: Outcome
    package let release: ReleaseID?
    package let problem: Message?

    /// The same occurrence never begins a second push.
    var pushKey: String { "delivery/\(id)" }

    package var apiJSON: JSON {
        [
            "id": .string(id.text), "format": .string(format.rawValue), "dueAt": .string(dueAt.description),
            "startedAt": .string(startedAt.description),
            "endedAt": endedAt.map { .string($0.description) } ?? .null,
            "outcome": .string(outcome.rawValue), "release": release.map { .string($0.text) } ?? .null,
            "problem": problem.map { .string($0.key) } ?? .null,
        ]
    }
}

package enum DeliveryError: Error, Sendable, Hashable {
    case invalid([Problem.Place])
    case notFound
    case tooMany(max: Int)
    /// Its grant has ended, and it with it.
    case ended
    /// Somebody changed it since it was looked at.
    case moved
    /// Its push target was removed.
    case targetGone
}

extension DeliveryError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .invalid(let places): Problem(.invalid, Message("delivery.invalid"), places: places)
        case .notFound: Problem(.notFound, Message("delivery.not-found"))
        case .tooMany(let max): Problem(.conflict, Message("delivery.too-many", ["max": String(max)]))
        case .ended: Problem(.conflict, Message("delivery.ended-with-grant"))
        case .targetGone:
            Problem(
                .conflict, Message("delivery.target-gone"), remedy: Message("delivery.target-gone-remedy"))
        case .moved: Problem(.conflict, Message("delivery.moved"), remedy: Message("delivery.moved-remedy"))
        }
    }
}
