import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import Server
import TestKit
import Testing

@Suite struct `The page of a unit's approval chains` {
    private static let form = "/approval-chains/\(SharingWorkflow.decisionChain)"

    @Test func `sets a chain, says who could sign it today, and gives back the default`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let chief = try people.principal("cdo")
            let party = try #require(chief.party)
            let now = node.clock.now()
            let vacant = try await node.posts.create(
                "分管领导", in: party, roles: [.leader], by: .system(), at: now)
            let cdo = try await TrialPages.browser(node, people, "cdo")
            let before = try await cdo.get("/approval-chains").text
            #expect(before.contains("default") && before.contains("can sign"))
            let saved = try await cdo.post(
                Self.form + "/default",
                [
                    ("revision", "0"), ("s1-1", "steward//"), ("s1-2", ""), ("s2-1", "leader/\(vacant.id)/"),
                    ("s3-1", "department-cdo//"), ("s4-1", ""),
                ])
            #expect(saved.status == 303)
            let own = try await node.exchange.chain(
                SharingWorkflow.decisionChain, of: party, for: chief)
            #expect(
                own.chain.steps == [
                    ApprovalStep(role: .steward), ApprovalStep(role: .leader, post: vacant.id),
                    ApprovalStep(role: .departmentCDO),
                ])
            let after = try await cdo.get("/approval-chains?chain=\(SharingWorkflow.decisionChain)").text
            #expect(after.contains("分管领导") && after.contains("passed over") && after.contains("1 vacant"))
            // From the clerk to the leader in one go, and tried before it is saved.
            let form = try await cdo.get(Self.form + "/default").text
            #expect(form.contains("name=\"s5-1\"") && form.contains("name=\"s1-3\"") == false)
            let written = [
                ("revision", "1"), ("s1-1", "steward//"), ("s1-2", "leader//"),
                ("s2-1", "leader/\(vacant.id)/"),
                ("s3-1", "department-cdo//"),
            ]
            let tried = try await cdo.post(Self.form + "/default", written + [("do", "try")])
            #expect(tried.status == 200 && tried.text.contains("nothing is saved yet"))
            #expect(tried.text.contains("passed over") && tried.text.contains("can sign"))
            #expect(tried.text.contains("value=\"leader//\" selected"), "what was written stays")
            // Of two steps by the only officer the second is the leader's in the end.
            let alone = try await cdo.post(
                Self.form + "/default",
                [
                    ("revision", "1"), ("s1-1", "department-cdo//"), ("s2-1", "department-cdo//"),
                    ("do", "try"),
                ])
            #expect(alone.text.contains("nobody else can: passed over"))
            #expect(alone.text.contains("the case would go to the bureau"))
            let wrong = try await cdo.post(
                Self.form + "/default", [("revision", "1"), ("s1-1", "steward//"), ("do", "try")])
            #expect(wrong.status == 422 && wrong.text.contains("has no right to sign step 1"))
            let still = try await node.exchange.chain(SharingWorkflow.decisionChain, of: party, for: chief)
            #expect(still.revision == 1 && still.chain == own.chain)
            let reset = try await cdo.post(Self.form + "/default/removal", [("revision", "1")])
            #expect(reset.status == 303)
            #expect(
                try await node.exchange.chain(SharingWorkflow.decisionChain, of: party, for: chief).isOwn
                    == false)
        }
    }

    @Test func `a case of its own needs a condition, is asked for once, and can be removed`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let chief = try people.principal("cdo")
            let party = try #require(chief.party)
            let cdo = try await TrialPages.browser(node, people, "cdo")
            #expect(try await cdo.get(Self.form + "/new").status == 200)
            func post(_ revision: Int, _ grade: String) async throws -> TestApp.Answer {
                try await cdo.post(
                    Self.form + "/new",
                    [
                        ("revision", "\(revision)"), ("sharing", ""), ("gradeMin", grade),
                        ("s1-1", "steward//"), ("s2-1", "department-cdo//"),
                    ])
            }
            let open = try await post(0, "")
            #expect(open.status == 422 && open.text.contains("Choose at least one condition"))
            #expect(try await post(0, "L2").status == 303)
            #expect(try await post(1, "L4").status == 303)
            let twice = try await post(2, "L4")
            #expect(twice.status == 422 && twice.text.contains("signatures of their own already"))
            // Somebody else has saved since this form was opened: what was typed stays in it.
            let stale = try await post(1, "L3")
            #expect(stale.status == 409 && stale.text.contains("since you opened it"))
            func grades() async throws -> [GradeLevel?] {
                try await node.exchange.chain(SharingWorkflow.decisionChain, of: party, for: chief).chain
                    .variants.map(\.gradeMin)
            }
            #expect(try await grades() == [.l4, .l2])
            #expect(try await cdo.post(Self.form + "/1/removal", [("revision", "2")]).status == 303)
            #expect(try await grades() == [.l2])
            #expect(try await cdo.get(Self.form + "/2").status == 404)
            #expect(try await cdo.get("/approval-chains/none/default").status == 404)
        }
    }

    @Test func `says at the field what cannot be signed, and nobody else may set it`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let cdo = try await TrialPages.browser(node, people, "cdo")
            #expect(try await cdo.get(Self.form + "/default").status == 200)
            for (fields, sentence) in [
                ([("s1-1", "steward//")], "has no right to sign step 1"),
                ([], "it needs 1 to 8"), ([("s1-1", "nonsense")], "Not of the right form"),
                (
                    [("s1-1", "department-cdo//"), ("s1-2", "leader//")],
                    "The last step decides and is one person"
                ),
            ] {
                let answer = try await cdo.post(
                    Self.form + "/default", [("revision", "0")] + fields)
                #expect(answer.status == 422)
                #expect(answer.text.contains(sentence), "\(sentence)")
            }
            let steward = try await TrialPages.browser(node, people, "steward")
            #expect(try await steward.get("/approval-chains").status == 403)
        }
    }

    @Test(arguments: Dialect.available)
    func `another unit that signs too sees the case, and others do not`(_ dialect: Dialect) async throws {
        try await SampleNode.with(dialect) { node, people in
            let (chief, market) = (try people.principal("cdo"), try people.principal("market-cdo"))
            let (party, other) = (try #require(chief.party), try #require(market.party))
            let entry = try await TrialPages.pending(node, people).entry
            let chain = try ApprovalChain(
                SharingWorkflow.decisionChain,
                [
                    ApprovalStep(role: .departmentCDO, party: other), ApprovalStep(role: .departmentCDO),
                ])
            try await node.exchange.setChain(chain, of: party, by: chief)
            let own = try ApprovalChain(
                SharingWorkflow.decisionChain,
                [ApprovalStep(role: .departmentCDO, party: party), ApprovalStep(role: .departmentCDO)])
            await #expect(throws: ExchangeError.unitUnknown(party)) {
                try await node.exchange.setChain(own, of: party, by: chief)
            }
            var request = try await TrialPages.pending(entry, node, people)
            #expect(try await node.exchange.request(request.id, for: market).id == request.id)
            #expect(
                try await node.exchange.inbox(.mine, of: market).lines.map(\.id) == [request.id])
            let stranger = try people.principal("market-steward")
            // Another unit; and of the bureau, which has a seat in every case, those whose role has no sight of requests.
            for key in ["ecology-steward", "administrator", "auditor"] {
                await #expect(throws: ExchangeError.requestNotFound(request.id)) {
                    try await node.exchange.request(request.id, for: people.principal(key))
                }
            }
            let word = try SharingWorkflow.declared().actWord("agree")
            await #expect(throws: CaseError.notYourTurn(act: word)) {
                try await node.exchange.perform(
                    .agree, on: request.id, seen: request.file.revision, by: stranger)
            }
            let page = try await TrialPages.browser(node, people, "market-cdo")
            #expect(
                try await page.get("/requests/\(request.id)").text.contains("the last one decides"))
            request = try await node.exchange.perform(
                .agree, on: request.id, seen: request.file.revision, by: market)
            #expect(request.file.state == "decision")
            request = try await node.exchange.perform(
                .agree, on: request.id, seen: request.file.revision, by: chief)
            #expect(request.file.state == "granted")
            // Who took part keeps seeing what became of it.
            #expect(try await node.exchange.request(request.id, for: market).grant != nil)
        }
    }
}
