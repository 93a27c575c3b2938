import Kernel
import Policy
import Web

/// What sets a grant apart that began otherwise than by the decision of its request.
extension Chip {
    /// None for an ordinary grant.
    static func nature(_ nature: Grant.Nature) -> [Chip] {
        switch nature {
        case .ordinary: []
        case .emergency: [Chip(Message("release.nature.emergency"), .warn)]
        case .transitional: [Chip(Message("release.nature.transitional"), .info)]
        }
    }
}

extension Grant {
    /// Ended at its hour, because its paperwork did not follow.
    var lapsed: Message? {
        guard isUnconfirmed, state == .expired, let endsAt else { return nil }
        return Message("release.emergency-lapsed", ["at": endsAt.description])
    }

    /// While it is still to come.
    var announcement: GrantPage.Announced? {
        guard let announcedEnd, state == .active || state == .suspended else { return nil }
        return GrantPage.Announced(
            notice: Message("release.end-announced", ["day": announcedEnd.description]),
            href: "/grants/\(id)/announced-end")
    }

    /// Ended after the day that its provider had announced.
    func endedAsAnnounced(because reason: String) -> Message? {
        guard let announcedEnd, state == .expired else { return nil }
        return Message(
            "release.ended-as-announced", ["day": announcedEnd.description, "reason": reason])
    }

    var announcedFacts: [(Message, Table.Cell)] {
        announcedEnd.map { [(Message("release.announced-end"), Table.Cell(.date($0)))] } ?? []
    }

    static func announcedSample(_ state: State) -> Grant {
        Grant(
            id: sample.id, revision: sample.revision, entry: sample.entry, provider: sample.provider,
            consumer: sample.consumer, origin: sample.origin, state: state, clauses: sample.clauses,
            planDigest: sample.planDigest, signedAt: sample.signedAt, signedBy: sample.signedBy,
            announcedEnd: sample.validity?.to.adding(days: -60))
    }

    var natureFacts: [(Message, Table.Cell)] {
        guard nature == .emergency else { return [] }
        return [
            (
                Message("release.emergency-until"),
                endsAt.map { Table.Cell(.moment($0)) }
                    ?? Table.Cell(.word(Message("release.emergency-confirmed")))
            )
        ]
    }
}
