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
