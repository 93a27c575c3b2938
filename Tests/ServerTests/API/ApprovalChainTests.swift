import Casework
import Exchange
import HTTPTypes
import Identity
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `A unit's own approval chain` {
    @Test func `is set by its own chief, and a post that nobody holds is passed over`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let (node, people) = (table.node, table.people)
            let api = try APICaller(node)
            let chief = try people.principal("cdo")
            let token = try #require(people.members["cdo"]?.token)
            let party = try #require(chief.party)
            let (now, system) = (node.clock.now(), Principal.system())
            let vacant = try await node.posts.create(
                "分管数据岗", in: party, roles: [.departmentCDO], by: system, at: now)
            let path = "/api/v1/units/\(party)/approval-chains/\(SharingWorkflow.decisionChain)"
            let check = SchemaCheck(try await api.get("/openapi.json", nil).json())
            let template = "/api/v1/units/{id}/approval-chains/{name}"
            func put(_ body: JSON, _ path: String, _ token: String) async throws -> TestApp.Answer {
                try await api.app.ask(
                    .put, path, headers: ["Authorization": "Bearer \(token)"], body: body.canonicalBytes)
            }

            let standard = try await api.get(path, token)
            #expect(check.faults("GET", template, status: standard.status, try standard.json()) == [])
            let steps: JSON = [
                "steps": [["signatures": [["role": "department-cdo", "post": .string(vacant.id.text)]]]]
            ]
            let set = try await put(steps, path, token)
            #expect(set.status == 200)
            #expect(check.faults("PUT", template, status: set.status, try set.json()) == [])
            #expect(try await table.leaves("approval-chain.set").count == 1)

            // A post of another unit, an unknown chain, an unknown member, another unit's chief.
            let elsewhere = try #require(try people.principal("market-cdo").post)
            let wrong: JSON = [
                "steps": [["signatures": [["role": "department-cdo", "post": .string(elsewhere.text)]]]]
            ]
            #expect(try await put(wrong, path, token).status == 422)
            let unknown = "/api/v1/units/\(party)/approval-chains/none"
            #expect(try await put(steps, unknown, token).status >= 400)
            #expect(try await put(["steps": [], "more": 1], path, token).status == 400)
            #expect(try await put(["steps": []], path, token).status >= 400)
            let county = try #require(try people.principal("county-cdo").party)
            let other = "/api/v1/units/\(county)/approval-chains/\(SharingWorkflow.decisionChain)"
            #expect(try await put(steps, other, token).status == 403)

            let file = try await request(table)
            #expect(file.chain?.escalatedTo != nil)
            #expect(file.history.last?.passedOver.map(\.post) == [vacant.id])
        }
    }

    /// Asks for the table again, as far as the provider's decision.
    private func request(_ table: GrantedTable) async throws -> Case {
        let (node, people) = (table.node, table.people)
        let today = node.clock.now().date()
        let wish = RequestWish(
            columns: ["户籍县区", "救助类别"], rows: "", purpose: "救助资格复核", legalBasis: "社会救助暂行办法第四十八条",
            businessItem: "临时救助审批", deliveries: [.csv], expectedRows: 1_000, dailyRows: 500, from: today,
            to: today.adding(days: 30), retentionDays: 30, isCommitted: true, contactPost: "民政业务经办岗")
        var file = try await node.exchange.draft(
            table.release.entry, wish, by: try people.principal("consumer"))
        for (act, key) in [
            (RequestAct.submit, "consumer"), (.signOff, "county-cdo"), (.accept, "reviewer"),
        ] {
            file = try await node.exchange.perform(
                act, on: file.id, seen: file.file.revision, by: try people.principal(key))
        }
        return file.file
    }
}
