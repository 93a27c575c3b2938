import Casework
import Identity
package import Kernel
import Web

/// Where the page of a case is, by its kind, and how its states look: for every list that holds cases of several kinds.
package enum CaseLinks {
    /// Kinds that lie in an inbox, the most frequent first.
    static let kinds = [
        SharingWorkflow.kind, ApplicationWorkflow.kind, SupervisionWorkflow.kind, CoordinationWorkflow.kind,
        AnnouncedEndWorkflow.kind,
    ]

    package static func page(_ id: CaseID, kind: String) -> String {
        switch kind {
        case SupervisionWorkflow.kind: SupervisionLinks.one(id)
        case CoordinationWorkflow.kind: CoordinationLinks.one(id)
        case AnnouncedEndWorkflow.kind: AnnouncedEndLinks.one(id)
        case ApplicationWorkflow.kind: "/applications/\(id)"
        default: "/requests/\(id)"
        }
    }

    static func kindWord(_ kind: String) -> Message { Message("exchange.kind.\(kind)") }

    static func chip(_ state: String, kind: String) -> Chip {
        let tone: Chip.Tone =
            switch kind {
            case SupervisionWorkflow.kind: SupervisionLinks.tone(state)
            case CoordinationWorkflow.kind: CoordinationLinks.tone(state)
            case AnnouncedEndWorkflow.kind: AnnouncedEndLinks.tone(state)
            default: RequestPage.tone(state)
            }
        return Chip(Message("\(kind).state.\(state)"), tone)
    }

    /// Who asks for something in a case, and of whom.
    package static func asking(_ seats: [String: PartyID]) -> PartyID? {
        seats[SharingWorkflow.Seat.applicant] ?? seats[SupervisionWorkflow.Seat.bureau]
    }

    package static func asked(_ seats: [String: PartyID]) -> PartyID? {
        seats[SharingWorkflow.Seat.provider] ?? seats[SupervisionWorkflow.Seat.supervised]
    }

    /// A watched case is in another state.
    static func news(_ one: WatchNews) -> Message {
        Message(
            one.kind == SharingWorkflow.kind ? "exchange.watch-news" : "\(one.kind).watch-news",
            ["title": one.title, "state": one.state])
    }
}

enum SupervisionLinks {
    static let all = "/supervisions"
    static let overview = "/supervisions/overview"
    static let new = "/supervisions/new"

    static func one(_ id: CaseID) -> String { "\(all)/\(id)" }

    static func tone(_ state: String) -> Chip.Tone {
        switch state {
        case "closed", "overtaken": .good
        case "withdrawn": .neutral
        case SupervisionWorkflow.State.reported: .bad
        case SupervisionWorkflow.State.promise, SupervisionWorkflow.State.review: .info
        default: .warn
        }
    }

    static func tone(_ level: SupervisionLevel) -> Chip.Tone { level == .reminder ? .warn : .bad }

    static func list(unit: PartyID, _ standing: SupervisionFilter.Standing) -> String {
        "\(all)?unit=\(unit)&standing=\(standing.rawValue)"
    }
}
