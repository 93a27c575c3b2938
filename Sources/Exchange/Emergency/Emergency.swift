package import Identity
package import Kernel
import Policy

/// 应急共享: data given at once on a leader's word, for one circumstance, until an hour by which the paperwork has to follow.
package struct Emergency: Sendable, Hashable {
    /// What happened to it in the end; none while it is open.
    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        case confirmed, lapsed, declined, withdrawn
    }

    /// What it is for, and nothing else: it is the purpose of the grant.
    package let circumstance: String
    package let askedAt: Instant
    package internal(set) var approval: OralApproval?
    /// The unit of the leader who approved.
    package internal(set) var leaderParty: PartyID?
    /// Until when the grant is in force without its paperwork.
    package internal(set) var endsAt: Instant?
    package internal(set) var outcome: Outcome?

    package static let circumstanceCharactersMax = 400
    package static let wordsCharactersMax = 500

    package var isOpen: Bool { outcome == nil }
    package var isInForce: Bool { isOpen && endsAt != nil }
}

/// What a leader said, as an officer enters it: who, when, by which means, in which words.
package struct OralApproval: Sendable, Hashable {
    package enum Means: String, Sendable, Hashable, CaseIterable {
        case telephone, meeting, message
        case inPerson = "in-person"
    }

    /// The leader's post; whoever holds it confirms in writing.
    package let leader: PostID
    package let saidAt: Instant
    package let means: Means
    package let words: String

    package init(leader: PostID, saidAt: Instant, means: Means, words: String) {
        self.leader = leader
        self.saidAt = saidAt
        self.means = means
        self.words = words
    }

    /// As programs write it: `saidAt` by the civil time of the node (`2026-11-28T09:30`).
    ///
    /// - Throws: `ExchangeError.bodyMalformed` for the first member that is missing or none.
    package init(json: JSON) throws(ExchangeError) {
        guard let leader = json["leader"]?.string.flatMap({ PostID($0) }) else {
            throw .bodyMalformed(member: "leader")
        }
        guard let saidAt = json["saidAt"]?.string.flatMap(EmergencyForm.moment) else {
            throw .bodyMalformed(member: "saidAt")
        }
        guard let means = json["means"]?.string.flatMap(Means.init(rawValue:)) else {
            throw .bodyMalformed(member: "means")
        }
        guard let words = json["words"]?.string else { throw .bodyMalformed(member: "words") }
        self.init(leader: leader, saidAt: saidAt, means: means, words: words)
    }

    var json: JSON {
        [
            "leader": .string(leader.text), "saidAt": .string(saidAt.description),
            "means": .string(means.rawValue), "words": .string(words),
        ]
    }
}

/// A post that a word can be given from: of which unit, in which roles, and whether anybody holds it today.
package struct LeaderPost: Sendable, Hashable {
    package let party: PartyID
    package let roles: Set<Role>
    package let isHeld: Bool

    package init(party: PartyID, roles: Set<Role>, isHeld: Bool) {
        self.party = party
        self.roles = roles
        self.isHeld = isHeld
    }
}

extension [Clause] {
    private static var ofPaperwork: Set<Clause.Kind> {
        [.purpose, .validity, .totalQuota, .dailyQuota, .retention, .noRedistribution]
    }

    /// In force at once: for the circumstance alone, and to the day of the hour.
    func inEmergency(for circumstance: String, from: CalendarDate, to: CalendarDate) -> [Clause] {
        let replaced: Set<Clause.Kind> = [.purpose, .validity, .noRedistribution]
        return filter { !replaced.contains($0.kind) }
            + [.purpose(circumstance), .validity(from: from, to: to), .noRedistribution]
    }

    /// What was approved, with purpose, term, quota and promises as the paperwork has them.
    func confirmed(by wish: RequestWish) throws(PolicyError) -> [Clause] {
        let written = try wish.clauses().filter { Self.ofPaperwork.contains($0.kind) }
        return filter { !Self.ofPaperwork.contains($0.kind) } + written
    }
}
