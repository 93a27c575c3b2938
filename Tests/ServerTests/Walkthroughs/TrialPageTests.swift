import Casework
import Exchange
import Foundation
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

/// What tests of the decision page begin with.
enum TrialPages {
    /// A request that waits for the provider, over a version that is served.
    static func pending(_ node: Node, _ people: SamplePeople) async throws -> SharingRequest {
        let entry = try await SampleChain(node, people, rows: 400) { _ in }.run().release.entry
        return try await pending(entry, node, people)
    }

    static func pending(
        _ entry: EntryID, _ node: Node, _ people: SamplePeople
    ) async throws -> SharingRequest {
        let today = node.clock.now().date()
        let wish = RequestWish(
            columns: ["户籍县区", "姓名", "状态"], rows: "户籍县区 = '源城区' AND 状态 = '在保'", purpose: "临时救助资格核验",
            legalBasis: "社会救助暂行办法第四十八条", businessItem: "临时救助审批", deliveries: [.csv], expectedRows: 5,
            dailyRows: 4,
            from: today, to: today.adding(days: 30), retentionDays: 30, isCommitted: true,
            contactPost: "经办岗")
        var request = try await node.exchange.draft(entry, wish, by: people.principal("consumer"))
        for (act, person) in [
            (RequestAct.submit, "consumer"), (.signOff, "county-cdo"), (.accept, "reviewer"),
        ] {
            request = try await node.exchange.perform(
                act, on: request.id, seen: request.file.revision, by: people.principal(person))
        }
        return request
    }

    static func browser(_ node: Node, _ people: SamplePeople, _ person: String) async throws -> TestBrowser {
        let browser = TestBrowser(TestApp(try node.site { _ in }, node.routes))
        _ = try await browser.get("/sign-in")
        let password = try #require(people.members[person]?.password)
        let signedIn = try await browser.post("/sign-in", [("name", person), ("password", password)])
        #expect(signedIn.status == 303)
        return browser
    }
}

/// What an approver sees before deciding: what was asked, what the grant would do, and what a dry run counts.
@Suite struct `The decision page` {
    @Test func `counts what is at stake and what a counter-offer would make of it, without JavaScript`()
        async throws
    {
        try await SampleNode.with(.sqlite) { node, people in
            let request = try await TrialPages.pending(node, people)
            let cdo = try await TrialPages.browser(node, people, "cdo")
            let page = try await cdo.get("/requests/\(request.id)")
            #expect(page.text.contains("/requests/\(request.id)/trials"))
            #expect(!page.text.contains("trial-chart"))

            let trial = try await node.exchange.trial(of: request.id, by: people.principal("cdo"))
            let counts = trial.counted.counts
            #expect(
                counts.leaving > 5 && counts.withheld > 0 && counts.rows == counts.leaving + counts.withheld)
            #expect(counts.conditions.count == 2 && counts.conditions.allSatisfy { $0 >= counts.leaving })
            let counted = try await cdo.post("/requests/\(request.id)/trials", [])
            #expect(counted.status == 200)
            #expect(counted.text.contains("\(counts.leaving) would leave and \(counts.withheld) would not"))
            #expect(counted.text.contains("trial-chart") && counted.text.contains("More rows would leave"))
            // Nothing of a row is on the page: numbers of persons have eighteen digits.
            #expect(counted.text.firstMatch(of: /\b[0-9]{17}[0-9X]\b/) == nil)

            let offered = try await cdo.post(
                "/requests/\(request.id)/trials",
                [
                    ("offer", "counter"), ("rows", "状态 = '在保'"), ("comment", "姓名须脱敏"), ("mask0", "keep-6-4"),
                    ("mask1", "surname"), ("mask2", ""),
                ])
            let text = offered.text
            #expect(offered.status == 200 && text.contains("not offered yet"))
            // The form stands as it was filled in, so that offering it is one press more.
            #expect(text.contains("姓名须脱敏") && text.contains(#"value="surname" selected"#))
            #expect(try await node.exchange.request(request.id, for: people.principal("cdo")).offer == nil)
        }
    }

    @Test func `says what is wrong with changed terms where the counts would be`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let request = try await TrialPages.pending(node, people)
            let cdo = try await TrialPages.browser(node, people, "cdo")
            _ = try await cdo.get("/requests/\(request.id)")
            for (rows, said) in [("没有 = 1", "没有"), ("状态 = '在保", "apostrophe")] {
                let answer = try await cdo.post(
                    "/requests/\(request.id)/trials", [("offer", "counter"), ("rows", rows)])
                #expect(answer.status == 200 && answer.text.contains(said), "\(rows)")
                #expect(!answer.text.contains("trial-chart"))
            }
            for (mask, measure, said) in [
                ("truncate", "0", "within 1–64"), ("band", "", "whole number"),
                ("constant", "", "within 1–64"),
                ("decimals", "x", "whole number"),
            ] {
                let terms = [("rows", ""), ("comment", "须脱敏"), ("mask0", mask), ("measure0", measure)]
                let tried = try await cdo.post(
                    "/requests/\(request.id)/trials", [("offer", "counter")] + terms)
                #expect(tried.status == 200 && tried.text.contains(said), "\(mask)")
                #expect(!tried.text.contains("trial-chart"))
            }
        }
    }

    @Test func `gives no count to the applicant, nor to the bureau for terms of its own`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let request = try await TrialPages.pending(node, people)
            let consumer = try await TrialPages.browser(node, people, "consumer")
            let page = try await consumer.get("/requests/\(request.id)")
            #expect(page.status == 200 && !page.text.contains("/trials"))
            #expect(try await consumer.post("/requests/\(request.id)/trials", []).status == 403)
            let reviewer = try await TrialPages.browser(node, people, "reviewer")
            _ = try await reviewer.get("/requests/\(request.id)")
            #expect(try await reviewer.post("/requests/\(request.id)/trials", []).status == 200)
            let own = try await reviewer.post(
                "/requests/\(request.id)/trials", [("offer", "counter"), ("rows", "")])
            #expect(own.status == 403)
        }
    }
}
