package import Identity

/// Who may do what to whose things, as a table a person signs. Printed whole in `Tests/Golden/permissions.txt`.
package struct PermissionTable: Sendable {
    package enum Relation: String, Hashable, Sendable, CaseIterable {
        case anyUnit = "any unit"
        /// The thing belongs to a unit within the scope of the principal's post: for most posts any unit, for a county's its own.
        case administered = "any unit in scope"
        /// What is the whole node's, for posts whose scope is the whole node.
        case wholeNode = "whole node"
        /// The thing belongs to the principal's own unit (for a request or grant: it is the provider).
        case ownUnit = "own unit"
        /// The principal's own unit asks for or receives it.
        case recipient
    }

    package struct Rule: Hashable, Sendable {
        package let relation: Relation
        /// Who proposed it may not be who decides it.
        package let notTheProposer: Bool

        package func holds(_ subject: Subject, _ principal: Principal) -> Bool {
            if notTheProposer {
                guard let account = principal.account, subject.proposer != account else { return false }
            }
            switch relation {
            case .anyUnit: return true
            case .administered: return principal.scope.contains(subject.owner)
            case .wholeNode: return principal.scope.isNode
            case .ownUnit: return principal.party != nil && subject.owner == principal.party
            case .recipient: return principal.party != nil && subject.recipient == principal.party
            }
        }

        package var text: String { relation.rawValue + (notTheProposer ? ", not the proposer" : "") }
    }

    /// How far a role sees a noun.
    package enum Reach: String, Hashable, Sendable, CaseIterable {
        case everything, published, open
        /// What belongs to, or is received by, a unit within the scope of the post; everything when that is the whole node.
        case administered = "everything in scope"
        case ownUnit = "own unit"
        case recipient
        case ownAccount = "own account"

        /// Several for a unit that followed others: what those left closed behind is shown like its own.
        package func reasons(for principal: Principal) -> [Scope.Reason] {
            let units = (principal.party.map { [$0] } ?? []) + principal.forebears
            return switch self {
            case .everything: [.everything]
            case .administered:
                principal.scope.units.map { [.administered($0.sorted())] } ?? [.everything]
            case .published: [.published]
            case .open: [.open]
            case .ownUnit: units.map { .ownedBy($0) }
            case .recipient: units.map { .receivedBy($0) }
            case .ownAccount: principal.account.map { [.account($0)] } ?? []
            }
        }
    }

    private let rules: [Action: [Role: Rule]]
    private let reaches: [Scope.Noun: [Role: [Reach]]]

    package func rule(_ action: Action, _ role: Role) -> Rule? { rules[action]?[role] }
    package func reach(_ noun: Scope.Noun, _ role: Role) -> [Reach] { reaches[noun]?[role] ?? [] }

    package static let standard = PermissionTable(rules: acts, reaches: sights)

    private static let any = Rule(relation: .anyUnit, notTheProposer: false)
    private static let administered = Rule(relation: .administered, notTheProposer: false)
    private static let administeredOther = Rule(relation: .administered, notTheProposer: true)
    private static let wholeNode = Rule(relation: .wholeNode, notTheProposer: false)
    private static let own = Rule(relation: .ownUnit, notTheProposer: false)
    private static let receives = Rule(relation: .recipient, notTheProposer: false)
    private static let anyOther = Rule(relation: .anyUnit, notTheProposer: true)
    private static let ownOther = Rule(relation: .ownUnit, notTheProposer: true)
    private static let receivesOther = Rule(relation: .recipient, notTheProposer: true)

    private static let acts: [Action: [Role: Rule]] = [
        .draftEntry: [.steward: own, .departmentCDO: own],
        .reviewEntry: [.departmentCDO: ownOther],
        .publishEntry: [.bureauReviewer: administeredOther],
        .withdrawEntry: [.departmentCDO: own, .bureauReviewer: administered],
        .hookSource: [.steward: own, .departmentCDO: own],
        .publishVersion: [.steward: own, .departmentCDO: own],
        .editRules: [.steward: own, .departmentCDO: own],
        .revealRow: [.bureauReviewer: administered],
        .decideGrade: [.departmentCDO: ownOther, .securityOfficer: anyOther],
        .requestShare: [.consumer: receives, .steward: receives],
        .signOffRequest: [
            .departmentCDO: receivesOther, .consumer: receivesOther, .leader: receivesOther,
        ],
        .checkRequest: [.bureauReviewer: administeredOther],
        .decideRequest: [.departmentCDO: ownOther, .leader: ownOther],
        .answerOffer: [.consumer: receives, .departmentCDO: receives],
        .acceptDelivery: [.consumer: receives, .departmentCDO: receives],
        .mendDelivery: [.steward: own, .departmentCDO: own],
        .coordinateRequest: [.bureauReviewer: administeredOther, .leader: anyOther],
        // The case says which units are parties.
        .joinCoordination: [.departmentCDO: any, .bureauReviewer: any],
        .superviseUnit: [.bureauReviewer: administered, .leader: any],
        // Of the supervised unit; the bureau's own late work is supervised too.
        .answerSupervision: [.departmentCDO: own, .bureauReviewer: own],
        .instructSupervision: [.leader: any],
        // Of any unit, as another may sign too (联合会签); the chain of the case says who does.
        .countersignCase: [
            .steward: anyOther, .consumer: anyOther, .departmentCDO: anyOther, .securityOfficer: anyOther,
            .leader: anyOther,
        ],
        // Of any unit too: the signature that is missing says whose.
        .enterPaper: [
            .steward: anyOther, .consumer: anyOther, .departmentCDO: anyOther, .bureauReviewer: anyOther,
        ],
        .confirmPaper: [
            .steward: anyOther, .consumer: anyOther, .departmentCDO: anyOther, .securityOfficer: anyOther,
            .bureauReviewer: anyOther, .leader: anyOther,
        ],
        .setApprovalChain: [.departmentCDO: own],
        .setTemplate: [.bureauReviewer: wholeNode],
        .publishCalendar: [.bureauReviewer: wholeNode, .administrator: wholeNode],
        .registerLetter: [
            .steward: own, .departmentCDO: own, .bureauReviewer: own, .consumer: own, .leader: own,
        ],
        .issueLetter: [.steward: own, .departmentCDO: own, .bureauReviewer: own, .consumer: own],
        .setLetterTemplate: [.steward: own, .departmentCDO: own, .bureauReviewer: own],
        .importExchange: [.steward: own, .departmentCDO: own, .bureauReviewer: administered],
        .dryRunGrant: [.departmentCDO: own, .bureauReviewer: administered, .securityOfficer: any],
        .signGrant: [.departmentCDO: ownOther, .bureauReviewer: administeredOther],
        .suspendGrant: [.departmentCDO: own, .securityOfficer: any],
        .resumeGrant: [.departmentCDO: own, .securityOfficer: any],
        .revokeGrant: [.departmentCDO: own, .securityOfficer: any],
        .giveUpGrant: [.consumer: receives, .departmentCDO: receives],
        .announceEnd: [.departmentCDO: own],
        .objectToEnd: [.consumer: receives, .departmentCDO: receives],
        .releaseRows: [.consumer: receives],
        .runJointTest: [.consumer: receives],
        .answerJointTest: [.steward: own, .departmentCDO: own],
        .acceptJointTest: [.consumer: receives, .departmentCDO: receives],
        .manageTargets: [.consumer: receives],
        .readReceipt: [
            .consumer: receives, .steward: own, .departmentCDO: own, .bureauReviewer: administered,
            .securityOfficer: any, .auditor: any,
        ],
        .readEvidence: [.auditor: any, .securityOfficer: any],
        .exportEvidence: [.auditor: any, .securityOfficer: any],
        .releaseUpload: [.securityOfficer: anyOther],
        .manageParties: [.bureauReviewer: administered, .administrator: administered],
        .maintainUnitList: [.bureauReviewer: wholeNode, .administrator: wholeNode],
        .manageAccounts: [.administrator: administered],
        .manageTokens: [.administrator: administered, .consumer: receives],
        // Of any unit only to see to it: what an administrator's own channel would tell, nobody may know through that post.
        .manageChannels: [.departmentCDO: own, .bureauReviewer: own, .administrator: administered],
        .changeSettings: [.administrator: wholeNode],
    ]

    private static let sights: [Scope.Noun: [Role: [Reach]]] = [
        .entry: [
            .steward: [.published, .ownUnit], .departmentCDO: [.published, .ownUnit],
            .bureauReviewer: [.published, .administered], .consumer: [.published],
            .securityOfficer: [.everything],
            .auditor: [.published], .leader: [.published], .administrator: [.open], .public: [.open],
        ],
        .version: [
            .steward: [.published, .ownUnit], .departmentCDO: [.published, .ownUnit],
            .bureauReviewer: [.published, .administered], .consumer: [.published],
            .securityOfficer: [.everything],
            .leader: [.published], .public: [.open],
        ],
        .rule: [
            .steward: [.ownUnit], .departmentCDO: [.ownUnit], .bureauReviewer: [.administered],
            .securityOfficer: [.everything],
        ],
        .shareRequest: [
            .steward: [.ownUnit, .recipient], .departmentCDO: [.ownUnit, .recipient],
            .bureauReviewer: [.administered], .consumer: [.recipient], .securityOfficer: [.everything],
            .leader: [.everything],
        ],
        .coordination: [
            .steward: [.ownUnit, .recipient], .departmentCDO: [.ownUnit, .recipient],
            .bureauReviewer: [.administered], .consumer: [.recipient], .securityOfficer: [.everything],
            .leader: [.everything],
        ],
        .supervision: [
            .steward: [.ownUnit], .departmentCDO: [.ownUnit], .consumer: [.ownUnit],
            .bureauReviewer: [.administered], .securityOfficer: [.everything], .leader: [.everything],
        ],
        .grant: [
            .steward: [.ownUnit, .recipient], .departmentCDO: [.ownUnit, .recipient],
            .bureauReviewer: [.administered], .consumer: [.recipient, .open], .securityOfficer: [.everything],
            .auditor: [.everything], .leader: [.everything], .public: [.open],
        ],
        .letter: [
            .steward: [.ownUnit], .departmentCDO: [.ownUnit], .bureauReviewer: [.ownUnit],
            .consumer: [.ownUnit], .leader: [.ownUnit],
        ],
        .release: receiptSight, .receipt: receiptSight,
        .evidence: [.auditor: [.everything], .securityOfficer: [.everything]],
        .party: Dictionary(uniqueKeysWithValues: Role.allCases.map { ($0, [.everything]) }),
        .account: Dictionary(
            uniqueKeysWithValues: Role.allCases.filter { $0 != .public }.map {
                ($0, $0 == .administrator ? [.administered] : [.ownAccount])
            }),
        .job: [
            .steward: [.ownUnit], .departmentCDO: [.ownUnit], .consumer: [.recipient],
            .bureauReviewer: [.administered], .securityOfficer: [.everything],
            .administrator: [.administered],
        ],
    ]

    private static let receiptSight: [Role: [Reach]] = [
        .steward: [.ownUnit, .recipient], .departmentCDO: [.ownUnit, .recipient],
        .bureauReviewer: [.administered], .consumer: [.recipient], .securityOfficer: [.everything],
        .auditor: [.everything],
    ]
}
