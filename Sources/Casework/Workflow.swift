package import Identity
package import Kernel
package import Policy

/// A kind of case as data: its states, the acts that lead from one to the next, who may do them and which clocks they touch.
///
/// A workflow is checked when it is made (at start-up): one with an unreachable state, a dead end or an act nobody may do
/// does not come into being, so that no case can ever be caught in it.
package struct Workflow: Sendable, Hashable {
    /// `sharing-request`; also the prefix of its words: `sharing-request.state.check`, `sharing-request.act.accept`.
    package let kind: String
    /// Counts changes of the declaration; a case keeps the version it was opened under.
    package let version: Int
    package let initial: String
    package let states: [State]
    package let acts: [Act]
    /// The seats that parties take in a case of this kind: `applicant`, `provider`, `bureau`.
    package let seats: [String]
    /// Who takes over a signature that nobody of the party can give, and hears of a deadline passed in silence.
    package let supervisor: Supervisor

    package init(
        kind: String, version: Int, initial: String, seats: [String], supervisor: Supervisor, states: [State],
        acts: [Act]
    ) throws(WorkflowFault) {
        self.kind = kind
        self.version = version
        self.initial = initial
        self.seats = seats
        self.supervisor = supervisor
        self.states = states
        self.acts = acts
        if let fault = faults().first { throw fault }
    }

    package struct Supervisor: Sendable, Hashable {
        package let seat: String
        /// Hears of every overdue duty from the second reminder on.
        package let desk: Role
        /// Signs in another's stead and decides what is escalated.
        package let role: Role
        /// What a permit must be for, when the supervisor signs in another's stead.
        package let action: Action

        package init(seat: String, desk: Role, role: Role, action: Action) {
            self.seat = seat
            self.desk = desk
            self.role = role
            self.action = action
        }
    }

    package struct State: Sendable, Hashable {
        package let name: String
        package let isFinal: Bool
        /// The seat whose turn it is; nil in final states and where only the platform acts.
        package let seat: String?
        /// Whose list it lies in when no approval chain says otherwise.
        package let roles: Set<Role>
        /// The approval chain whose steps are walked while the case is in this state.
        package let chain: String?

        package init(
            _ name: String, seat: String?, roles: Set<Role> = [], chain: String? = nil, isFinal: Bool = false
        ) {
            self.name = name
            self.seat = seat
            self.roles = roles
            self.chain = chain
            self.isFinal = isFinal
        }

        package static func final(_ name: String) -> State { State(name, seat: nil, isFinal: true) }
    }

    package struct Act: Sendable, Hashable {
        package let name: String
        package let from: Set<String>
        package let to: String
        package let performer: Performer
        package let needs: Set<Need>
        /// Facts of the domain that must hold: `provider-overdue`. The domain says which do; a missing one refuses the act by name.
        package let conditions: Set<String>
        /// How often it may be done in one case; nil: as often as its states allow.
        package let timesMax: Int?
        /// Acts whose performers may not do this one: proposer ≠ approver.
        package let notBy: Set<String>
        /// A signature under the state's approval chain: only the last step's moves the case.
        package let signsChain: Bool
        /// Sends the case back to an earlier step of the state's approval chain, the one that `content.step` names, counted from 1.
        package let returnsChain: Bool
        /// Opens a signature again that falls away, and with it what was signed after it.
        package let reopensChain: Bool
        package let clocks: [ClockEffect]

        package init(
            _ name: String, from: Set<String>, to: String, by performer: Performer, needs: Set<Need> = [],
            conditions: Set<String> = [], timesMax: Int? = nil, notBy: Set<String> = [],
            signsChain: Bool = false, returnsChain: Bool = false, reopensChain: Bool = false,
            clocks: [ClockEffect] = []
        ) {
            self.reopensChain = reopensChain
            self.name = name
            self.from = from
            self.to = to
            self.performer = performer
            self.needs = needs
            self.conditions = conditions
            self.timesMax = timesMax
            self.notBy = notBy
            self.signsChain = signsChain
            self.returnsChain = returnsChain
            self.clocks = clocks
        }
    }

    package enum Performer: Sendable, Hashable {
        /// Someone of the party in `seat` who holds a permit for `action`.
        case seat(String, Action)
        /// Someone of any party seated in the case who holds a permit for `action`.
        case anySeat(Action)
        /// The platform itself, by a job or by the rule of another act.
        case platform
    }

    /// What an act must be given.
    package enum Need: Sendable, Hashable, Comparable {
        case comment
        case legalBasis
        /// A member of the act's content.
        case content(String)

        package var name: String {
            switch self {
            case .comment: "comment"
            case .legalBasis: "legalBasis"
            case .content(let member): member
            }
        }

        package static func < (left: Need, right: Need) -> Bool { left.name < right.name }
    }

    package enum ClockEffect: Sendable, Hashable {
        /// Starts clock `name` under the deadline rule `rule` in force that day; the act may be given another rule's name.
        case start(_ name: String, rule: String)
        /// Starts clock `name` that ends on the day in the act's content under `member`; none when the act carries no day.
        case startUntil(_ name: String, rule: String, member: String)
        case pause(_ name: String)
        case resume(_ name: String)
        case stop(_ name: String)
        /// By `content.days` working days, with the comment as reason.
        case extend(_ name: String)

        package var clock: String {
            switch self {
            case .start(let name, _), .startUntil(let name, _, _), .pause(let name), .resume(let name),
                .stop(let name),
                .extend(let name):
                name
            }
        }
    }

    /// The act that every history begins with; not declared, because there is no state to leave.
    package static let opening = "open"

    package func stateWord(_ name: String) -> Message { Message("\(kind).state.\(name)") }
    package func actWord(_ name: String) -> Message { Message("\(kind).act.\(name)") }
    package func state(_ name: String) -> State? { states.first { $0.name == name } }
    package func act(_ name: String) -> Act? { acts.first { $0.name == name } }
    package func acts(from state: String) -> [Act] { acts.filter { $0.from.contains(state) } }
}
