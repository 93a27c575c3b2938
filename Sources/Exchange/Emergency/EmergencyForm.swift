import Casework
import Identity
package import Kernel
import Policy
package import Web

/// How an emergency stands, on the page of its request.
package struct EmergencyView: Sendable {
    /// Until when, while it is in force.
    package let warning: Message?
    package let facts: Facts

    init?(_ request: SharingRequest, party: (PartyID) -> String) {
        guard let emergency = request.emergency else { return nil }
        let standing = emergency.outcome?.rawValue ?? (emergency.isInForce ? "in-force" : "asked")
        let endsAt = emergency.endsAt
        warning =
            emergency.isInForce
            ? endsAt.map { Message("exchange.emergency-hours-left", ["at": $0.description]) } : nil
        var lines: [(Message, Table.Cell)] = [
            (
                Message("exchange.emergency-standing"),
                Table.Cell(.word(Message("exchange.emergency-outcome.\(standing)")))
            ),
            (Message("exchange.emergency-circumstance"), Table.Cell(.data(emergency.circumstance))),
        ]
        if let approval = emergency.approval {
            lines += [
                (
                    Message("exchange.emergency-leader"),
                    Table.Cell(emergency.leaderParty.map { .data(party($0)) } ?? .nothing)
                ),
                (Message("exchange.emergency-said-at"), Table.Cell(.moment(approval.saidAt))),
                (
                    Message("exchange.emergency-means"),
                    Table.Cell(.word(Message("exchange.emergency-means.\(approval.means.rawValue)")))
                ),
                (Message("exchange.emergency-words"), Table.Cell(.data(approval.words))),
            ]
        }
        if let endsAt { lines.append((Message("exchange.emergency-until"), Table.Cell(.moment(endsAt)))) }
        facts = Facts(lines)
    }
}

/// What the forms of an emergency ask, and what they send.
enum EmergencyForm {
    static let acts = [
        "ask-emergency", "approve-orally", "approve-orally-bureau", "decline-emergency", "submit-paperwork",
        "sign-paperwork", "sign-paperwork-bureau", "send-paperwork-back", "return-paperwork", "confirm",
        "confirm-bureau", "decline-confirmation", "decline-confirmation-bureau",
    ]

    static func asking(_ typed: SubmittedForm) -> [Field] {
        [
            Field.area(
                "circumstance", Message("exchange.emergency-circumstance"), value: typed["circumstance"],
                rows: 2
            ).required().hint(Message("exchange.emergency-circumstance-hint"))
        ]
    }

    static func approval(_ typed: SubmittedForm, leaders: [Field.Option]) -> [Field] {
        [
            Field.select(
                "leader", Message("exchange.emergency-leader"),
                leaders.map {
                    Field.Option($0.value, $0.label, isChosen: typed["leader"] == $0.value)
                }
            ).required(),
            Field.text(
                "saidAt", Message("exchange.emergency-said-at"), value: typed["saidAt"],
                type: "datetime-local"
            ).required(),
            Field.select(
                "means", Message("exchange.emergency-means"),
                OralApproval.Means.allCases.map {
                    Field.Option(
                        $0.rawValue, .word(Message("exchange.emergency-means.\($0.rawValue)")),
                        isChosen: typed["means"] == $0.rawValue)
                }
            ).required(),
            Field.area("words", Message("exchange.emergency-words"), value: typed["words"], rows: 2)
                .required(),
        ]
    }

    /// - Throws: `ExchangeError.fieldsInvalid` for a time or a post that is none.
    static func approval(_ form: SubmittedForm) throws(ExchangeError) -> OralApproval {
        var faults: [Problem.Place] = []
        let (leader, saidAt) = (PostID(form["leader"]), moment(form["saidAt"]))
        let means = OralApproval.Means(rawValue: form["means"])
        if leader == nil { faults.append(Problem.Place("leader", Message("exchange.field-required"))) }
        if saidAt == nil {
            faults.append(
                Problem.Place(
                    "saidAt",
                    Message(
                        form["saidAt"].isEmpty ? "exchange.field-required" : "exchange.field-malformed")))
        }
        if means == nil { faults.append(Problem.Place("means", Message("exchange.field-required"))) }
        guard let leader, let saidAt, let means else { throw .fieldsInvalid(faults) }
        return OralApproval(leader: leader, saidAt: saidAt, means: means, words: form["words"])
    }

    /// `2026-11-28T09:30`, by the civil time of the node.
    static func moment(_ text: String) -> Instant? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let day = CalendarDate(String(parts[0])) else { return nil }
        let time = parts[1].split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard time.count >= 2, let hour = time[0], let minute = time[1], (0...23).contains(hour),
            (0...59).contains(minute)
        else { return nil }
        return day.start + .seconds(hour * 3_600 + minute * 60)
    }
}
