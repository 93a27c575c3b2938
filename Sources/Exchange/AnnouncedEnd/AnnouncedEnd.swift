package import Casework
package import Kernel

/// 预告终止: a provider has said that a grant ends on a day, why, and what takes its place. A case of its own, which ends with the grant.
package struct AnnouncedEnd: Sendable, Hashable {
    package internal(set) var file: Case
    package let grant: GrantID
    package let entry: EntryID
    package let provider: PartyID
    package let recipient: PartyID
    package let bureau: PartyID
    /// The last day on which anything leaves.
    package internal(set) var day: CalendarDate
    package let reason: String
    /// 依据或文号; empty where there is none.
    package let basis: String
    /// What takes its place.
    package let successor: EntryID?
    package internal(set) var closedOn: CalendarDate?

    package var id: CaseID { file.id }
    package var isOpen: Bool { closedOn == nil }
    package var objection: CaseEvent? { file.history.last { $0.act == "object" } }
}

/// What a provider says when it announces an end.
package struct AnnouncedEndTerms: Sendable, Hashable {
    package static let reasonCharactersMax = 500
    package static let basisCharactersMax = 200

    package let day: CalendarDate
    package let reason: String
    package let basis: String
    /// A published entry by its resource code, title or id; empty for none.
    package let successor: String

    package init(day: CalendarDate, reason: String, basis: String = "", successor: String = "") {
        self.day = day
        self.reason = reason
        self.basis = basis
        self.successor = successor
    }

    var faults: [Problem.Place] {
        var faults = Exchange.textFaults("reason", reason, Self.reasonCharactersMax)
        if basis.unicodeScalars.count > Self.basisCharactersMax {
            faults.append(
                Problem.Place(
                    "basis",
                    Message(
                        "exchange.field-too-long", ["charactersMax": "\(Self.basisCharactersMax)"])))
        }
        return faults
    }
}

/// What can be done once an end is announced.
package enum AnnouncedEndAct: Sendable, Hashable {
    case object
    case maintain
    case move(CalendarDate)
    case withdraw
    case dispute

    package static let names = ["object", "maintain", "move", "withdraw", "dispute"]

    /// One button whatever the state makes of it.
    package var plainName: String {
        switch self {
        case .object: "object"
        case .maintain: "maintain"
        case .move: "move"
        case .withdraw: "withdraw"
        case .dispute: "dispute"
        }
    }

    /// The workflow's act, as the case stands.
    func name(in state: String) -> String {
        guard case .move = self else { return plainName }
        return switch state {
        case AnnouncedEndWorkflow.State.maintained: "move-maintained"
        case AnnouncedEndWorkflow.State.coordination: "move-disputed"
        case AnnouncedEndWorkflow.State.settled: "move-settled"
        default: "move"
        }
    }

    var content: JSON {
        if case .move(let day) = self { ["day": .string(day.description)] } else { [:] }
    }
}

/// What a coordination makes of an announced end.
package enum AnnouncedEndOutcome: Sendable, Hashable {
    case upheld
    case moved(CalendarDate)
    case withdrawn

    package init?(_ json: JSON) {
        switch json["kind"]?.string {
        case "end-upheld": self = .upheld
        case "end-withdrawn": self = .withdrawn
        case "end-moved":
            guard let day = json["day"]?.string.flatMap({ CalendarDate($0) }) else { return nil }
            self = .moved(day)
        default: return nil
        }
    }

    package var json: JSON {
        switch self {
        case .upheld: ["kind": "end-upheld"]
        case .moved(let day): ["kind": "end-moved", "day": .string(day.description)]
        case .withdrawn: ["kind": "end-withdrawn"]
        }
    }

    var message: Message {
        switch self {
        case .upheld: Message("announced-end.outcome.upheld")
        case .moved(let day): Message("announced-end.outcome.moved-to", ["day": day.description])
        case .withdrawn: Message("announced-end.outcome.withdrawn")
        }
    }
}

/// A grant that an announcement could end, as its provider looks at it first.
package struct EndProspect: Sendable, Hashable {
    package enum Standing: Sendable, Hashable {
        case open
        /// Its own last day comes before the earliest one that can be announced.
        case endsBefore
        case announced(CaseID, CalendarDate)
        /// It carries out the outcome of a coordination, and its provider's hand is bound.
        case bound
        /// 应急: it ends at its hour unless it is confirmed.
        case unconfirmed
    }

    package let grant: GrantID
    package let recipient: PartyID
    package let purpose: String
    package let isSuspended: Bool
    package let lastDay: CalendarDate?
    package let deliveries: [String]
    /// Scheduled deliveries that make files or push rows by themselves.
    package let scheduled: Int
    package let lastUse: CalendarDate?
    package let rowsUsed: Int64
    package let standing: Standing

    package var canBeAnnounced: Bool { standing == .open }
}
