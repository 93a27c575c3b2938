import Casework
import Exchange
import Identity
import Kernel
import Policy
import TestKit
import Testing

/// Parties and people of one sharing request, without a database.
private struct Cast {
    let applicant = PartyID.new()
    let provider = PartyID.new()
    let bureau = PartyID.new()

    func principal(_ party: PartyID, _ roles: Role...) -> Principal {
        Principal(
            account: AccountID.new(), party: party, post: PostID.new(), roles: Set(roles),
            channel: .commandLine, displayName: "样例")
    }

    func opened(by drafter: Principal, under workflow: Workflow) throws -> Case {
        try Case(
            CaseOpening(
                id: CaseID.new(), kind: SharingWorkflow.kind, title: "样例", about: .init(EntryID.new()),
                seats: ["applicant": applicant, "provider": provider, "bureau": bureau], by: drafter,
                at: monday), under: workflow)
    }
}

private func world(
    holders: Set<Role> = Set(Role.allCases), chain: ApprovalChain? = nil
) throws -> CaseWorld {
    let chains = try SharingWorkflow.defaultChains()
    return CaseWorld(
        rules: try SharingDeadlines.standard(), calendar: try WorkingDayCalendar(tsv: ""),
        chain: { name, _ in try chain ?? #require(chains.first { $0.name == name }) },
        someoneHolds: { holder, _ in holders.contains(holder.role) })
}

/// 2026-01-05 09:00 in China.
private let monday = Instant(microseconds: 1_767_574_800_000_000)

@Suite struct `Exchange: the workflow of a sharing request` {
    @Test func `is sound`() throws {
        #expect(try SharingWorkflow.declared().faults().isEmpty)
    }

    @Test func `has words for every state, act and condition in both languages`() throws {
        let workflow = try SharingWorkflow.declared()
        let keys =
            workflow.states.map { workflow.stateWord($0.name).key }
            + workflow.acts.map { workflow.actWord($0.name).key }
            + workflow.acts.flatMap(\.conditions).map { "casework.condition.\($0)" }
            + [workflow.actWord(Workflow.opening).key]
            + workflow.states.map { "\(workflow.kind).next.\($0.name)" }
        let words = Words(merging: [
            exchangeWords, stepWords, emergencyWords, applicationWords, acceptanceWords, transferWords,
            superiorWords,
            paperWords,
            coordinationWords,
        ])
        for key in keys { #expect(words.entries[key] != nil, "\(key)") }
        #expect(exchangeWords.faults.isEmpty)
        #expect(caseworkWords.faults.isEmpty)
    }

    @Test func `every clock's rule has an edition in force and a clause`() throws {
        let rules = try SharingDeadlines.standard()
        for act in try SharingWorkflow.declared().acts {
            for case .start(_, let rule) in act.clocks {
                #expect(try !rules.rule(rule, on: monday.date()).clause.isEmpty)
            }
        }
    }

    /// What any act may need.
    private static let content: JSON = [
        "fields": ["purpose"], "clauses": ["x"], "days": 3, "circumstance": "强降雨", "approval": ["x"],
        "application": "x", "reasons": ["x"], "entry": "x", "from": "x", "letter": "x",
        "superior": "x", "sentOn": "x", "number": "x", "issuer": "x", "date": "x", "digest": "x",
    ]
    private static let rare: Set<String> = ["withdraw", "lapse", "ask-emergency"]

    @Test func `random acts never reach an illegal state, and every state has a next step or is final`()
        throws
    {
        let workflow = try SharingWorkflow.declared()
        let world = try world()
        var generator = SampleRandom(seed: 6)
        var reached: Set<String> = []
        for _ in 0..<6_000 {
            let cast = Cast()
            let people = [
                cast.principal(cast.applicant, .consumer), cast.principal(cast.applicant, .departmentCDO),
                cast.principal(cast.provider, .departmentCDO), cast.principal(cast.provider, .leader),
                cast.principal(cast.bureau, .bureauReviewer),
                cast.principal(cast.bureau, .leader),
            ]
            var value = try cast.opened(by: people[0], under: workflow)
            for _ in 0..<60 {
                let act = try #require(
                    (Bool.random(using: &generator) ? workflow.acts(from: value.state) : workflow.acts)
                        .randomElement(using: &generator))
                // Or most requests would end as withdrawn before they meet a decision.
                if Self.rare.contains(act.name), Int.random(in: 0..<8, using: &generator) > 0 {
                    continue
                }
                let actor: ActRequest.Actor =
                    Int.random(in: 0..<6, using: &generator) == 0
                    ? .platform : .principal(try #require(people.randomElement(using: &generator)))
                let before = value
                let request = ActRequest(
                    act.name, by: actor, at: monday, revision: value.revision, comment: "意见",
                    legalBasis: "依据", content: Self.content,
                    facts: act.conditions)
                guard let next = try? value.performing(request, under: workflow, in: world) else {
                    #expect(value == before)
                    continue
                }
                #expect(act.from.contains(value.state))
                #expect(next.revision == value.revision + 1)
                #expect(next.history.count == value.history.count + 1)
                let state = try #require(workflow.state(next.state))
                reached.insert(state.name)
                if state.isFinal {
                    #expect(next.holders(under: workflow).isEmpty)
                    #expect(next.clocks.allSatisfy { !$0.isOpen })
                } else {
                    #expect(!workflow.acts(from: state.name).isEmpty)
                    #expect(state.seat == nil || !next.holders(under: workflow).isEmpty)
                    #expect((next.chain == nil) == (state.chain == nil))
                }
                value = next
                if state.isFinal { break }
            }
            let drafters = value.performers(of: [Workflow.opening, "save", "submit"])
            #expect(
                value.performers(of: ["sign-off", "sign-paperwork"]).isDisjoint(with: drafters))
            #expect(value.times("ask-supplement") <= 1)
        }
        #expect(reached == Set(workflow.states.map(\.name)))
    }

    @Test func `a signature that nobody of the unit can give goes up to the bureau's leader`() throws {
        let workflow = try SharingWorkflow.declared()
        let cast = Cast()
        let drafter = cast.principal(cast.applicant, .consumer)
        let leader = cast.principal(cast.bureau, .leader)
        let world = try world(holders: [.leader])
        let submitted = try cast.opened(by: drafter, under: workflow).performing(
            ActRequest("submit", by: .principal(drafter), at: monday, revision: 1), under: workflow,
            in: world)
        #expect(submitted.chain?.escalatedTo?.party == cast.bureau)
        #expect(submitted.history.last?.passedOver == [Signature(role: .departmentCDO)])
        #expect(submitted.holders(under: workflow) == [CaseHolder(party: cast.bureau, role: .leader)])
        let signature = try #require(workflow.act("sign-off"))
        #expect(submitted.action(for: signature, under: workflow) == .coordinateRequest)
        let signed = try submitted.performing(
            ActRequest("sign-off", by: .principal(leader), at: monday, revision: 2), under: workflow,
            in: world)
        #expect(signed.state == "check")
    }

    @Test func `of two steps each is signed by another person, and only the last moves the case`() throws {
        let workflow = try SharingWorkflow.declared()
        let cast = Cast()
        let drafter = cast.principal(cast.applicant, .consumer)
        let both = cast.principal(cast.applicant, .consumer, .departmentCDO)
        let chief = cast.principal(cast.applicant, .departmentCDO)
        let two = try ApprovalChain(
            SharingWorkflow.signOffChain, [ApprovalStep(role: .consumer), ApprovalStep(role: .departmentCDO)])
        let world = try world(chain: two)
        var value = try cast.opened(by: drafter, under: workflow)
        func act(_ name: String, _ who: Principal) throws {
            value = try value.performing(
                ActRequest(name, by: .principal(who), at: monday, revision: value.revision), under: workflow,
                in: world)
        }
        let same = CaseError.sameHand(act: workflow.actWord("sign-off"))
        try act("submit", drafter)
        #expect(throws: same) { try act("sign-off", drafter) }
        try act("sign-off", both)
        #expect(value.state == "sign-off")
        #expect(value.chain?.step == 1)
        #expect(value.clocks.isEmpty)
        #expect(throws: same) { try act("sign-off", both) }
        try act("sign-off", chief)
        #expect(value.state == "check")
        #expect(value.clock("check")?.isOpen == true)
    }
}
