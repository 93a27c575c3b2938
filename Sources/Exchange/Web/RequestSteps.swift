import Casework
import Identity
package import Kernel

/// The way of a request: who did what and when, whose turn it is and until when, and what is still to come.
package struct RequestSteps: Sendable {
    package struct Step: Sendable {
        package let title: Message
        package let mark: Message
        package let isDone: Bool
        package let isCurrent: Bool
        package let act: Message?
        package let who: String?
        package let at: Instant?
        package let due: CalendarDate?
        package let isProvisional: Bool
        /// Which signature of several is asked for, and whether the case had to move up.
        package let note: Message?
        package let comment: String?
        package let legalBasis: String?
        /// That it was signed on paper, entered and confirmed: when, and by whom.
        package var paper: Message?
    }

    package let steps: [Step]

    /// Whose turn it is, in a sentence; nil when it is over.
    package let turn: Message?

    init(
        _ file: Case, under workflow: Workflow?, isUnconditional: Bool, due: ClockReading?,
        who: (PartyID, PostID?) -> String, role: (Role) -> Message, say: (Message) -> String,
        papers: [PaperApprovalID: Message] = [:]
    ) {
        func state(_ name: String) -> Message { Message("\(file.kind).state.\(name)") }
        var steps = file.history.filter { $0.act != "save" && $0.act != "save-paperwork" }.map { event in
            Step(
                title: event.from == event.to || event.from.isEmpty
                    ? Message("\(file.kind).act.\(event.act)") : state(event.from),
                mark: Message("exchange.step-done"), isDone: true, isCurrent: false,
                act: event.from == event.to || event.from.isEmpty
                    ? nil : Message("\(file.kind).act.\(event.act)"),
                who: event.party.map {
                    who($0, event.post) + (event.isDeputy ? say(Message("exchange.by-deputy")) : "")
                }, at: event.at, due: nil, isProvisional: false,
                note: Self.note(event, role, say), comment: event.comment, legalBasis: event.legalBasis,
                paper: event.paper.flatMap { papers[$0.approval] })
        }
        let isOver = workflow?.state(file.state)?.isFinal ?? true
        let holders = workflow.map { file.holders(under: $0) } ?? []
        let names = holders.map { holder in
            say(
                Message(
                    "exchange.holder", ["party": who(holder.party, nil), "role": say(role(holder.role))]))
        }
        let holding = names.isEmpty ? nil : names.joined(separator: "、")
        if isOver {
            turn = nil
            steps.append(Self.plain(state(file.state), mark: "exchange.step-end", isCurrent: true))
        } else {
            steps.append(
                Step(
                    title: state(file.state), mark: Message("exchange.step-now"), isDone: false,
                    isCurrent: true, act: nil, who: holding, at: nil, due: due?.due,
                    isProvisional: due?.isProvisional ?? false, note: Self.note(file.chain), comment: nil,
                    legalBasis: nil))
            let ahead =
                file.kind == SharingWorkflow.kind
                ? Self.ahead(of: file, isUnconditional: isUnconditional) : []
            steps += ahead.map {
                Self.plain(state($0), mark: "exchange.step-next", isCurrent: false)
            }
            turn = Self.sentence(holding, state: say(state(file.state)), due)
        }
        self.steps = steps
    }

    private static func sentence(_ holding: String?, state: String, _ due: ClockReading?) -> Message? {
        guard let holding else { return Message("exchange.turn-platform", ["state": state]) }
        guard let due, let day = due.due else {
            return Message("exchange.turn", ["who": holding, "state": state])
        }
        if due.status == .overdue {
            return Message(
                "exchange.turn-overdue",
                [
                    "who": holding, "state": state, "due": day.description,
                    "days": String(due.overdueDays),
                ])
        }
        return Message(
            "exchange.turn-due",
            [
                "who": holding, "state": state, "due": day.description,
                "days": String(due.remainingDays),
            ])
    }

    private static func plain(_ title: Message, mark: String, isCurrent: Bool) -> Step {
        Step(
            title: title, mark: Message(mark), isDone: false, isCurrent: isCurrent, act: nil, who: nil,
            at: nil, due: nil, isProvisional: false, note: nil, comment: nil, legalBasis: nil)
    }

    /// The step that it went back to; or the signatures that nobody could give.
    private static func note(
        _ event: CaseEvent, _ role: (Role) -> Message, _ say: (Message) -> String
    ) -> Message? {
        if let step = event.content["step"]?.integer {
            return Message("exchange.step-returned", ["number": String(step)])
        }
        if let reasons = event.content["reasons"]?.array?.compactMap(\.string) {
            return Message(
                "exchange.step-reasons",
                [
                    "reasons": reasons.map { say(Message("exchange.delivery-fault.\($0)")) }
                        .joined(separator: "、")
                ])
        }
        guard !event.passedOver.isEmpty else { return nil }
        return Message(
            "exchange.step-passed-over",
            ["roles": event.passedOver.map { say(role($0.role)) }.joined(separator: "、")])
    }

    private static func note(_ chain: ChainPosition?) -> Message? {
        guard let chain else { return nil }
        if chain.escalatedTo != nil { return Message("exchange.step-escalated") }
        guard chain.steps.count > 1 else { return nil }
        return Message(
            "exchange.step-of",
            ["number": String(chain.step + 1), "of": String(chain.steps.count)])
    }

    /// The straight way from here, when all say yes.
    private static func ahead(of file: Case, isUnconditional: Bool) -> [String] {
        let end =
            file.workflowVersion < SharingWorkflow.acceptedSince
            ? ["granted", "delivered"] : ["granted", "acceptance", "accepted"]
        let way = ["draft", "sign-off", "check"] + (isUnconditional ? [] : ["decision"]) + end
        if let here = way.firstIndex(of: file.state) { return Array(way[(here + 1)...]) }
        return switch file.state {
        case "supplement": ["check"] + (isUnconditional ? [] : ["decision"]) + end
        case "offer": end
        case "emergency": ["paperwork", "paper-sign-off"] + end
        case "paperwork": ["paper-sign-off"] + end
        case "paper-sign-off", "confirmation", "confirmation-bureau": end
        case "mending": ["acceptance", "accepted"]
        default: []
        }
    }
}
