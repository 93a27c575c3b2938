package import Casework
import Identity
package import Kernel
package import Policy

/// 协调件: a dispute over a request, before the bureau. What was said and met about is its history; the outcome binds.
package struct Coordination: Sendable, Hashable {
    package internal(set) var file: Case
    package let request: CaseID
    package let applicant: PartyID
    package let provider: PartyID
    package let bureau: PartyID
    package internal(set) var closedOn: CalendarDate?
    package internal(set) var grant: GrantID?

    package var id: CaseID { file.id }
    package var isOpen: Bool { closedOn == nil }
    /// Over an announced end, whose case then stands in `request`.
    package var isOfEnd: Bool {
        file.history.first?.content["kind"]?.string == AnnouncedEndWorkflow.kind
    }

    /// In the order in which they were invited.
    package var invited: [PartyID] {
        (1...CoordinationWorkflow.invitedMax).compactMap { file.seats[CoordinationWorkflow.Seat.invited($0)] }
    }

    /// Those that state positions and look at minutes.
    package var parties: [PartyID] { [applicant, provider] + invited }

    package var positions: [CaseEvent] { file.history.filter { $0.act == "state-position" } }

    /// Of all minutes that were ever recorded.
    package var files: [CoordinationMeeting.File] {
        file.history.filter { $0.act == "record-minutes" }.flatMap { event in
            (event.content["minutes"]?["files"]?.array ?? []).compactMap { CoordinationMeeting.File($0) }
        }
    }

    /// What was proposed to the parties or ruled last.
    package var outcome: CoordinationOutcome? {
        file.history.last { $0.act == "propose" || $0.act == "rule" }?.content["outcome"].flatMap {
            try? CoordinationOutcome($0)
        }
    }

    package var meetings: [CoordinationMeeting] {
        let called = file.history.filter { $0.act == "call-meeting" }
        return called.enumerated().compactMap { position, event in
            event.content["meeting"].map { CoordinationMeeting(position + 1, $0, of: file) }
        }
    }
}

/// 协调会: when, where, who in the chair, and its minutes 会议纪要 once they are there.
package struct CoordinationMeeting: Sendable, Hashable {
    package let number: Int
    package let on: CalendarDate?
    /// Hour and place, or by which means.
    package let place: String
    package let chair: String
    package let agenda: String
    package let minutes: Minutes?

    package struct Minutes: Sendable, Hashable {
        package let text: String
        /// Who attended for which unit, a line each.
        package let attendees: [String]
        package let files: [File]
        package let on: CalendarDate
        /// A party's last word on them.
        package let stands: [PartyID: Stand]
    }

    package enum Stand: Sendable, Hashable {
        case confirmed
        case objected(String)
    }

    /// A file of minutes. Of those from before files were kept there are name and digest alone.
    package struct File: Sendable, Hashable {
        package let name: String
        package let sha256: String
        /// What is kept of it; nil when it is not here.
        package let kept: Kept?

        package struct Kept: Sendable, Hashable {
            package let id: LetterFileID
            package let bytes: Int
            package let mediaType: String
            /// Whether the virus scanner found it clean.
            package let isScanned: Bool

            package init(id: LetterFileID, bytes: Int, mediaType: String, isScanned: Bool) {
                self.id = id
                self.bytes = bytes
                self.mediaType = mediaType
                self.isScanned = isScanned
            }

            /// A picture that browsers show by themselves.
            package var isPicture: Bool { mediaType.hasPrefix("image/") }
        }

        package init(name: String, sha256: String, kept: Kept? = nil) {
            self.name = name
            self.sha256 = sha256
            self.kept = kept
        }

        package var json: JSON {
            var members: [String: JSON] = ["name": .string(name), "sha256": .string(sha256)]
            if let kept {
                members["id"] = .string(kept.id.text)
                members["bytes"] = .integer(Int64(kept.bytes))
                members["type"] = .string(kept.mediaType)
                members["scanned"] = .boolean(kept.isScanned)
            }
            return .object(members)
        }

        init?(_ json: JSON) {
            guard let name = json["name"]?.string, let digest = json["sha256"]?.string else { return nil }
            let id = json["id"]?.string.flatMap { LetterFileID($0) }
            self.init(
                name: name, sha256: digest,
                kept: id.map {
                    Kept(
                        id: $0, bytes: Int(clamping: json["bytes"]?.integer ?? 0),
                        mediaType: json["type"]?.string ?? "application/octet-stream",
                        isScanned: json["scanned"]?.boolean ?? false)
                })
        }
    }

    init(_ number: Int, _ json: JSON, of file: Case) {
        self.number = number
        on = json["on"]?.string.flatMap { CalendarDate($0) }
        place = json["place"]?.string ?? ""
        chair = json["chair"]?.string ?? ""
        agenda = json["agenda"]?.string ?? ""
        func isOfThis(_ event: CaseEvent, _ member: JSON?) -> Bool { member?.integer == Int64(number) }
        let recorded = file.history.last {
            $0.act == "record-minutes" && isOfThis($0, $0.content["minutes"]?["meeting"])
        }
        minutes = recorded.map { event in
            var stands: [PartyID: Stand] = [:]
            for said in file.history
            where said.revision > event.revision && isOfThis(said, said.content["meeting"]) {
                guard let party = said.party else { continue }
                if said.act == "confirm-minutes" { stands[party] = .confirmed }
                if said.act == "object-minutes" { stands[party] = .objected(said.comment ?? "") }
            }
            let content = event.content["minutes"]
            return Minutes(
                text: event.comment ?? "",
                attendees: (content?["attendees"]?.array ?? []).compactMap(\.string),
                files: (content?["files"]?.array ?? []).compactMap { File($0) }, on: event.at.date(),
                stands: stands)
        }
    }
}

/// What binds the parties in the end.
package enum CoordinationOutcome: Sendable, Hashable {
    case grant([Clause])
    case refusal(legalBasis: String)
    /// Of a dispute over an announced end.
    case end(AnnouncedEndOutcome)

    package init(_ json: JSON) throws {
        switch json["kind"]?.string {
        case "grant":
            guard let clauses = json["clauses"] else { throw ExchangeError.bodyMalformed(member: "clauses") }
            self = .grant(try [Clause](json: clauses))
        case "refusal":
            guard let basis = json["legalBasis"]?.string, !basis.allSatisfy(\.isWhitespace) else {
                throw ExchangeError.fieldsInvalid([
                    Problem.Place("legalBasis", Message("exchange.field-required"))
                ])
            }
            self = .refusal(legalBasis: basis)
        default:
            guard let end = AnnouncedEndOutcome(json) else {
                throw ExchangeError.bodyMalformed(member: "outcome")
            }
            self = .end(end)
        }
    }

    package var json: JSON {
        switch self {
        case .grant(let clauses): ["kind": "grant", "clauses": clauses.json]
        case .refusal(let basis): ["kind": "refusal", "legalBasis": .string(basis)]
        case .end(let end): end.json
        }
    }

    var isOfEnd: Bool { if case .end = self { true } else { false } }
}

/// What a ruling has a unit do by a day; it is followed up as a supervision.
package struct CoordinationOrder: Sendable, Hashable {
    package let unit: PartyID
    package let subject: String
    package let due: CalendarDate

    package init(unit: PartyID, subject: String, due: CalendarDate) {
        self.unit = unit
        self.subject = subject
        self.due = due
    }

    var json: JSON {
        ["unit": .string(unit.text), "subject": .string(subject), "due": .string(due.description)]
    }
}

/// What can be done in a coordination.
package enum CoordinationAct: Sendable, Hashable {
    case statePosition
    case invite(PartyID)
    case callMeeting(on: CalendarDate, place: String, chair: String, agenda: String)
    case recordMinutes(meeting: Int, attendees: [String], files: [CoordinationMeeting.File])
    case confirmMinutes(meeting: Int)
    case objectMinutes(meeting: Int)
    case propose(CoordinationOutcome)
    case assent
    case decline
    case recall
    case rule(CoordinationOutcome, order: CoordinationOrder?)

    package static let names = [
        "state-position", "invite", "call-meeting", "record-minutes", "confirm-minutes", "object-minutes",
        "propose", "assent", "decline", "recall", "rule",
    ]

    /// The workflow's act, as the case stands.
    func name(in file: Case?) -> String {
        let isProviders = file?.state == CoordinationWorkflow.State.providerAssents
        return switch self {
        case .statePosition: "state-position"
        case .invite: "invite"
        case .callMeeting: "call-meeting"
        case .recordMinutes: "record-minutes"
        case .confirmMinutes: "confirm-minutes"
        case .objectMinutes: "object-minutes"
        case .propose: "propose"
        case .assent: isProviders ? "assent-provider" : "assent"
        case .decline: isProviders ? "decline-provider" : "decline"
        case .recall: "recall"
        case .rule: "rule"
        }
    }

    var content: JSON {
        switch self {
        case .invite(let unit): ["unit": .string(unit.text)]
        case .callMeeting(let on, let place, let chair, let agenda):
            [
                "meeting": [
                    "on": .string(on.description), "place": .string(place), "chair": .string(chair),
                    "agenda": .string(agenda),
                ]
            ]
        case .recordMinutes(let meeting, let attendees, let files):
            [
                "minutes": [
                    "meeting": .integer(Int64(meeting)),
                    "attendees": .array(attendees.map { .string($0) }),
                    "files": .array(files.map(\.json)),
                ]
            ]
        case .confirmMinutes(let meeting), .objectMinutes(let meeting):
            ["meeting": .integer(Int64(meeting))]
        case .propose(let outcome): ["outcome": outcome.json]
        case .rule(let outcome, let order):
            ["outcome": outcome.json, "order": order?.json ?? .null]
        case .statePosition, .assent, .decline, .recall: .object([:])
        }
    }
}
