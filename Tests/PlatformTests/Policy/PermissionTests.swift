import Evidence
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `The permission table` {
    @Test func `the table of permissions is as it was read and accepted`() throws {
        let table = PermissionTable.standard
        var lines = ["# act, role: to whose things. What is not listed is denied."]
        for action in Action.allCases {
            for role in Role.allCases {
                guard let rule = table.rule(action, role) else { continue }
                lines.append("\(action.rawValue)  \(role.rawValue)  \(rule.text)")
            }
        }
        lines.append("# sight of what, role: how far")
        for noun in Scope.Noun.allCases {
            for role in Role.allCases {
                let reach = table.reach(noun, role)
                guard !reach.isEmpty else { continue }
                lines.append(
                    "\(noun.rawValue)  \(role.rawValue)  \(reach.map(\.rawValue).joined(separator: ", "))")
            }
        }
        try Golden.expect(lines.joined(separator: "\n") + "\n", at: "Tests/Golden/permissions.txt")
    }

    private func subject(owner: PartyID?, recipient: PartyID? = nil, proposer: AccountID? = nil) -> Subject {
        Subject(
            Leaf.Subject(kind: "grant", id: "x"), owner: owner, recipient: recipient, proposer: proposer,
            revision: 1
        ) { _ in 1 }
    }

    @Test func `the public may do nothing, and the administrator nothing with data`() {
        let anything = subject(owner: PolicySample.provider, recipient: PolicySample.provider)
        for action in Action.allCases {
            #expect(!Permissions().allows(action, on: anything, for: .public))
        }
        let administrator = PolicySample.principal(.administrator)
        let allowed = Action.allCases.filter { Permissions().allows($0, on: anything, for: administrator) }
        #expect(
            allowed == [
                .publishCalendar, .manageParties, .maintainUnitList, .manageAccounts, .manageTokens,
                .manageChannels,
                .changeSettings,
            ])
        for noun in [Scope.Noun.version, .grant, .release, .receipt, .evidence, .shareRequest, .rule] {
            #expect(Permissions().scope(of: noun, for: administrator).isEmpty)
        }
    }

    @Test func `the auditor reads evidence and changes nothing`() {
        let anything = subject(owner: PolicySample.provider, recipient: PolicySample.provider)
        let auditor = PolicySample.principal(.auditor)
        let allowed = Action.allCases.filter { Permissions().allows($0, on: anything, for: auditor) }
        #expect(allowed == [.readReceipt, .readEvidence, .exportEvidence])
    }

    @Test func `none of the three administrators can have rows, ask for them or open a source`() {
        let ofData: [Action] = [
            .releaseRows, .manageTargets, .requestShare, .answerOffer, .hookSource, .publishVersion,
            .editRules, .draftEntry, .signGrant, .decideRequest,
        ]
        for role in AdministratorSeparation.roles {
            for action in ofData { #expect(!Permissions().mayEver(action, role), "\(role) \(action)") }
        }
        // Two know of versions nothing at all; the third knows that there are some, because it decides on their grades.
        for role in [Role.administrator, .auditor] {
            #expect(PermissionTable.standard.reach(.version, role).isEmpty)
            #expect(PermissionTable.standard.reach(.rule, role).isEmpty)
        }
        // What each of them does is no other's.
        let own: [Role: [Action]] = [
            .administrator: [.manageAccounts, .changeSettings],
            .securityOfficer: [.decideGrade, .revokeGrant],
        ]
        for (role, actions) in own {
            for other in AdministratorSeparation.roles where other != role {
                for action in actions { #expect(!Permissions().mayEver(action, other)) }
            }
        }
    }

    @Test func `an act that signs asks a session for its password again, and nobody else`() throws {
        let moment = Instant(microseconds: 1_772_413_200_000_000)
        let strict = Permissions(confirmSecondsMax: 300, clock: Clock { moment })
        let target = subject(owner: PolicySample.provider)
        let session = Principal.Channel.session(SessionID(high: 7, low: 1))
        let token = Principal.Channel.token(TokenID(high: 7, low: 2), scopes: ["grant.*"])
        /// When the permit says that the act was confirmed.
        func confirmed(
            _ action: Action, _ role: Role, _ channel: Principal.Channel, secondsAgo: Int?,
            by permissions: Permissions
        ) throws -> Instant? {
            let principal = PolicySample.principal(role, channel: channel)
                .confirmed(at: secondsAgo.map { moment + .seconds(-$0) })
            let permit = try permissions.permit(action, on: target, for: principal)
            return permit.principal.confirmed
        }
        for secondsAgo in [301, nil] {
            #expect(throws: PolicyError.confirmationNeeded(.revokeGrant)) {
                try confirmed(.revokeGrant, .departmentCDO, session, secondsAgo: secondsAgo, by: strict)
            }
        }
        // What a button shows, and a look before the act, do not ask.
        let stale = PolicySample.principal(.departmentCDO, channel: session)
        #expect(strict.allows(.revokeGrant, on: target, for: stale))
        let fresh = try confirmed(.revokeGrant, .departmentCDO, session, secondsAgo: 300, by: strict)
        #expect(fresh == moment + .seconds(-300))
        // Other acts, other ways in, and sites without the setting are as they were, and say nothing of it.
        let others: [(Permissions, Action, Principal.Channel)] = [
            (strict, .suspendGrant, session), (strict, .revokeGrant, token),
            (strict, .revokeGrant, .commandLine), (Permissions(), .revokeGrant, session),
        ]
        for (permissions, action, channel) in others {
            let said = try confirmed(action, .departmentCDO, channel, secondsAgo: 9_999, by: permissions)
            #expect(said == nil)
        }
        #expect(throws: PolicyError.notPermitted(.revokeGrant)) {
            try confirmed(.revokeGrant, .steward, session, secondsAgo: nil, by: strict)
        }
    }

    @Test func `another unit's things are not one's own`() {
        let other = PartyID(high: 9, low: 9)
        let chief = PolicySample.principal(.departmentCDO)
        #expect(Permissions().allows(.suspendGrant, on: subject(owner: PolicySample.provider), for: chief))
        #expect(!Permissions().allows(.suspendGrant, on: subject(owner: other), for: chief))
        #expect(!Permissions().allows(.suspendGrant, on: subject(owner: nil), for: chief))
        let homeless = PolicySample.principal(.departmentCDO, party: nil)
        #expect(!Permissions().allows(.suspendGrant, on: subject(owner: nil), for: homeless))
    }

    @Test
    func
        `a bounded post does what is any unit's for its own units alone, and what is the whole node's not at all`()
    {
        let (near, far) = (PolicySample.provider, PartyID(high: 9, low: 9))
        func bounded(_ role: Role) -> Principal {
            let one = PolicySample.principal(role, party: near)
            return Principal(
                account: one.account, party: near, post: one.post, roles: [role], channel: .commandLine,
                displayName: "", scope: AdministrativeScope(root: near, units: [near]))
        }
        func allowed(_ role: Role, _ owner: PartyID?) -> Set<Action> {
            Set(
                Action.allCases.filter {
                    Permissions().allows($0, on: subject(owner: owner), for: bounded(role))
                })
        }
        #expect(
            allowed(.administrator, near) == [
                .manageParties, .manageAccounts, .manageTokens, .manageChannels,
            ])
        #expect(allowed(.administrator, far).isEmpty && allowed(.administrator, nil).isEmpty)
        #expect(allowed(.bureauReviewer, near).isSuperset(of: [.publishEntry, .superviseUnit, .signGrant]))
        // Which units are heard, and whose signatures are missing, the case says.
        #expect(allowed(.bureauReviewer, far) == [.joinCoordination, .enterPaper, .confirmPaper])
        for action in [Action.changeSettings, .publishCalendar, .setTemplate, .maintainUnitList] {
            for role in Role.administering { #expect(!Permissions().mayEver(action, bounded(role))) }
        }
        let scope = Permissions().scope(of: .grant, for: bounded(.bureauReviewer))
        #expect(scope.admits(owner: near) && scope.admits(owner: far, recipient: near))
        #expect(!scope.admits(owner: far) && !scope.admits())
        #expect(
            scope.condition(Scope.Columns(owner: "o", recipient: "r")).text == "(o IN (?) OR r IN (?))")
        #expect(
            Permissions().scope(of: .job, for: bounded(.administrator)).condition(Scope.Columns()).text
                == "1 = 0")
    }

    @Test func `the roles that cannot be bounded are those that see everything of something`() {
        let table = PermissionTable.standard
        for role in Role.allCases {
            let seesAll = Scope.Noun.allCases.contains {
                $0 != .party && table.reach($0, role).contains(.everything)
            }
            #expect(seesAll == Role.nodeWide.contains(role), "\(role)")
            let isBounded = Action.allCases.contains {
                [.administered, .wholeNode].contains(table.rule($0, role)?.relation)
            }
            #expect(isBounded == Role.administering.contains(role), "\(role)")
        }
    }

    @Test func `who proposed does not decide`() {
        let chief = PolicySample.principal(.departmentCDO)
        let own = subject(owner: PolicySample.provider, proposer: PolicySample.officer)
        let others = subject(owner: PolicySample.provider, proposer: PolicySample.clerk)
        #expect(!Permissions().allows(.decideRequest, on: own, for: chief))
        #expect(Permissions().allows(.decideRequest, on: others, for: chief))
        let nameless = PolicySample.principal(.departmentCDO, account: nil)
        #expect(!Permissions().allows(.decideRequest, on: others, for: nameless))
    }

    @Test func `a token narrows and never widens`() throws {
        let token = PolicySample.id("0196f000-0000-7000-8000-0000000000aa", as: TokenNoun.self)
        let target = subject(owner: PolicySample.provider, recipient: PolicySample.consumer)
        func allowed(_ scopes: Set<String>) -> Set<Action> {
            let consumer = PolicySample.principal(
                .consumer, party: PolicySample.consumer, channel: .token(token, scopes: scopes))
            return Set(Action.allCases.filter { Permissions().allows($0, on: target, for: consumer) })
        }
        #expect(allowed([]).isEmpty)
        #expect(allowed(["release.make"]) == [.releaseRows])
        #expect(allowed(["release.*", "receipt.*", "account.manage"]) == [.releaseRows, .readReceipt])
    }

    @Test func `a scope without the columns it needs shows nothing`() {
        let scope = Permissions().scope(
            of: .grant, for: PolicySample.principal(.consumer, party: PolicySample.consumer))
        #expect(scope.condition(Scope.Columns(owner: "owner")).text == "1 = 0")
        #expect(scope.condition(Scope.Columns(recipient: "c")).text == "(c = ?)")
        let everything = Permissions().scope(of: .grant, for: PolicySample.principal(.auditor))
        #expect(everything.condition(Scope.Columns()).text == "1 = 1")
        let open = Permissions().scope(of: .entry, for: .public)
        #expect(open.condition(Scope.Columns(published: "p", open: "o")).text == "((p = 1 AND o = 1))")
    }
}
