import Casework
import Catalogue
import Exchange
import Foundation
import Identity
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `Units that change` {
    private static func unit(_ key: String, _ people: SamplePeople) throws -> PartyID {
        let principal = try people.principal(key)
        return try #require(principal.party)
    }

    private static func leaves(_ type: String, _ node: Node) async throws -> Int {
        try await node.database.read {
            try $0.row("SELECT COUNT(*) AS n FROM evidence_leaf WHERE type = \(type)")?.value("n") ?? 0
        }
    }

    private static func order(
        _ kind: Succession.Kind, _ node: Node, _ before: [PartyID], _ after: [PartyID], days: Int = 0,
        name: String = ""
    ) -> SuccessionOrder {
        SuccessionOrder(
            kind: kind, predecessors: before, successors: after,
            date: node.clock.now().date().adding(days: days), document: "示例函〔2026〕1号", newName: name)
    }

    private static func unit(named name: String, _ node: Node) async throws -> PartyID {
        let now = node.clock.now()
        return try await node.parties.create(
            PartyDraft(kind: .unit, name: name, founded: now.date()), by: .system(), at: now
        ).id
    }

    private static func submits(_ draft: SharingRequest, _ node: Node, _ who: Principal) async -> Bool {
        let done = try? await node.exchange.perform(
            .submit, on: draft.id, seen: draft.file.revision, by: who)
        return done != nil
    }

    /// Who an account is today.
    private static func again(_ key: String, _ node: Node, _ people: SamplePeople) async throws -> Principal {
        let old = try people.principal(key)
        let account = try #require(old.account)
        return try #require(
            try await node.accounts.holder(account, in: old.post, on: node.clock.now().date()))
    }

    @Test(arguments: Dialect.available)
    func `a provider and a recipient are merged away and everything goes on under their successors`(
        _ dialect: Dialect
    ) async throws {
        try await SampleNode.with(dialect) { node, people in
            let outcome = try await SampleChain(node, people, rows: 200) { _ in }.run()
            let (civil, county) = (try Self.unit("steward", people), try Self.unit("consumer", people))
            let (heir, now) = (try await Self.unit(named: "市社会工作局", node), node.clock.now())
            try await Self.accept(node, people)
            let before = try await node.database.read { try node.grants.get(outcome.grant, in: $0) }
            let used: [Row] = try await node.database.read {
                try $0.rows("SELECT used FROM policy_quota_use WHERE grant_id = \(outcome.grant)")
            }

            let id = try await node.successions.draft(
                Self.order(.merge, node, [civil, county], [heir]), by: .system(), at: now)
            let rehearsal = try await node.successions.rehearse(id)
            #expect(rehearsal.faults.isEmpty)
            let kinds = Set(rehearsal.lines.map(\.item.kind))
            #expect(
                kinds.isSuperset(of: [
                    .entry, .hook, .grantGiven, .grantReceived, .post, .key, .membership,
                ]))
            #expect(rehearsal.lines.allSatisfy { $0.item.fate != .moves || $0.heir == heir })
            let seen = try await node.successions.find(id).revision
            let done = try await node.successions.confirm(id, seen: seen, by: .system(), at: now)
            #expect(done.state == .done && done.lines.count == rehearsal.lines.count)
            #expect(done.linesDigest == SuccessionLine.digest(done.lines))
            #expect(try await Self.leaves("party.succeeded", node) == 1)

            // The grant is the same one, and its quota goes on.
            let grant = try await node.database.read { try node.grants.get(outcome.grant, in: $0) }
            #expect(grant.provider == heir && grant.consumer == heir)
            #expect(grant.state == .active)
            #expect(grant.planDigest == before.planDigest && grant.clauses == before.clauses)
            let stillUsed: [Row] = try await node.database.read {
                try $0.rows("SELECT used FROM policy_quota_use WHERE grant_id = \(outcome.grant)")
            }
            #expect(
                try used.map { try $0.value("used", as: Int64.self) }
                    == stillUsed.map { try $0.value("used", as: Int64.self) })

            // Who held a post holds it in the new unit, finds what was before, and works on.
            let steward = try await Self.again("steward", node, people)
            let consumer = try await Self.again("consumer", node, people)
            #expect(steward.party == heir && steward.forebears.contains(civil))
            let old = try await node.receipts.find(outcome.release.id, for: consumer)
            #expect(old.provider == civil && old.recipient == county)
            let entries = try await node.database.read {
                try $0.rows("SELECT owner FROM catalogue_entry WHERE owner = \(civil)").count
            }
            #expect(entries == 0)
            let closed = try await node.exchange.inbox(.closed, of: consumer)
            let file = try #require(closed.lines.first)
            #expect(try await node.exchange.request(file.id, for: consumer).applicant == county)
            let told = try await node.exchange.notices(of: try await Self.again("cdo", node, people))
            #expect(told.contains { $0.message.key.hasPrefix("exchange.notice.recipient-succeeded") })
            #expect(try await node.successions.effect(id, by: .system(), at: now) == false)
            #expect(try await Self.leaves("party.succeeded", node) == 1)
        }
    }

    /// The case of the grant is over then: it stays with those it was decided between.
    private static func accept(_ node: Node, _ people: SamplePeople) async throws {
        let receiver = try people.principal("consumer")
        let delivered = try #require(try await node.exchange.inbox(.underway, of: receiver).lines.first)
        _ = try await node.exchange.perform(
            .acceptDelivery, on: delivered.id, seen: delivered.revision, by: receiver)
    }

    @Test(arguments: Dialect.available)
    func `at a split nobody's things stop it by name, choices decide, and a stale view changes nothing`(
        _ dialect: Dialect
    ) async throws {
        try await SampleNode.with(dialect) { node, people in
            let steward = try people.principal("market-steward")
            let market = try Self.unit("market-steward", people)
            let samples = SampleEntry.all.filter { $0.steward == "market-steward" }
            var entries: [EntryID] = []
            for sample in samples {
                entries.append(
                    try await node.catalogue.draft(sample.card, owner: market, by: steward).id)
            }
            let entry = try #require(entries.first)
            let (one, other) = (
                try await Self.unit(named: "市市场监管一局", node), try await Self.unit(named: "市市场监管二局", node)
            )
            let now = node.clock.now()
            let successions = node.successions
            let id = try await successions.draft(
                Self.order(.split, node, [market], [one, other]), by: .system(), at: now)
            await #expect(throws: SuccessionError.self) {
                _ = try await successions.draft(
                    Self.order(.rename, node, [market], [], name: "另一局"), by: .system(), at: now)
            }
            let stopped = await #expect(throws: SuccessionError.self) {
                _ = try await successions.confirm(id, seen: 1, by: .system(), at: now)
            }
            if case .blocked(let faults) = stopped {
                #expect(faults.contains { $0.item.key == .init(.entry, entry.text) })
                #expect(faults.allSatisfy { $0.reason == .unassigned })
            } else {
                Issue.record("not blocked")
            }
            try await successions.choose(
                [(.everything, one), (.item(.init(.entry, entry.text)), other)], in: id, seen: 1,
                by: .system(), at: now)
            await #expect(throws: SuccessionError.stale) {
                _ = try await successions.confirm(id, seen: 1, by: .system(), at: now)
            }
            await #expect(throws: SuccessionError.choiceInvalid) {
                try await successions.choose(
                    [(.everything, market)], in: id, seen: 2, by: .system(), at: now)
            }
            let done = try await successions.confirm(id, seen: 2, by: .system(), at: now)
            #expect(done.state == .done)
            let kept = try await node.database.read { try node.catalogue.stored(entry, in: $0) }
            #expect(kept?.owner == other)
            let holder = try await Self.again("market-steward", node, people)
            #expect(holder.party == one)
            // What the entry was when it was seen is not what it is.
            await #expect(throws: (any Error).self) {
                _ = try await node.catalogue.submit(entry, seen: 1, by: steward)
            }
            await #expect(throws: SuccessionError.notOpen) {
                try await successions.withdraw(id, seen: done.revision, by: .system(), at: now)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `what is planned for a day takes effect on it once, with two at it, and can be withdrawn before`(
        _ dialect: Dialect
    ) async throws {
        try await SampleNode.with(dialect, inBackground: false) { node, people in
            let ecology = try Self.unit("ecology-steward", people)
            let tourism = try Self.unit("tourism-steward", people)
            let now = node.clock.now()
            let successions = node.successions
            let heir = try await Self.unit(named: "市文旅生态局", node)
            let withdrawn = try await successions.draft(
                Self.order(.merge, node, [ecology], [heir], days: 3), by: .system(), at: now)
            _ = try await successions.confirm(withdrawn, seen: 1, by: .system(), at: now)
            try await successions.withdraw(withdrawn, seen: 2, by: .system(), at: now)
            let id = try await successions.draft(
                Self.order(.merge, node, [ecology, tourism], [heir], days: 3), by: .system(), at: now)
            let planned = try await successions.confirm(id, seen: 1, by: .system(), at: now)
            #expect(planned.state == .planned)
            #expect(try await successions.effect(id, by: .system(), at: now) == false)
            let day = now + .seconds(3 * 86_400)
            async let first = successions.effect(id, by: .system(), at: day)
            async let second = successions.effect(id, by: .system(), at: day)
            let both = try await [first, second]
            #expect(both.filter(\.self).count == 1)
            #expect(try await Self.leaves("party.succeeded", node) == 1)
            #expect(try await successions.find(withdrawn).state == .withdrawn)
            // Two posts of one title do not become one.
            let titles = try await node.posts.all(of: heir).map(\.title)
            #expect(titles.count == 2 && Set(titles).count == 2)
            #expect(titles.contains { $0.contains("（原") })

            let renamed = try await successions.draft(
                Self.order(.rename, node, [heir], [], days: 4, name: "市生态文旅局"), by: .system(), at: day)
            _ = try await successions.confirm(renamed, seen: 1, by: .system(), at: day)
            #expect(
                try await successions.effect(
                    renamed, by: .system(), at: now + .seconds(4 * 86_400)))
            #expect(try await node.parties.named("市生态文旅局").map(\.id) == [heir])
            #expect(try await node.parties.named("市文旅生态局").map(\.id) == [heir])
        }
    }

    @Test(arguments: Dialect.available)
    func
        `a split recipient's open case moves with its seats, whoever acts on the old one is told, and its grant waits`(
            _ dialect: Dialect
        ) async throws
    {
        try await SampleNode.with(dialect) { node, people in
            let chain = SampleChain(node, people, rows: 200) { _ in }
            let outcome = try await chain.run()
            let (county, entry) = (
                try Self.unit("consumer", people),
                try await node.database.read { try node.grants.get(outcome.grant, in: $0).entry }
            )
            let today = node.clock.now().date()
            let drafter = try people.principal("consumer")
            let draft = try await node.exchange.draft(
                entry,
                RequestWish(
                    columns: ["姓名"], purpose: "核对", legalBasis: "示例办法第一条", businessItem: "核对",
                    deliveries: [.csv], expectedRows: 100, dailyRows: 50, from: today,
                    to: today.adding(days: 30), retentionDays: 30, isCommitted: true, contactPost: "经办岗"),
                by: drafter)
            let (one, other) = (
                try await Self.unit(named: "源城一区", node), try await Self.unit(named: "源城二区", node)
            )
            let now = node.clock.now()
            let id = try await node.successions.draft(
                Self.order(.split, node, [county], [one, other]), by: .system(), at: now)
            try await node.successions.choose(
                [(.everything, one), (.kind(.grantReceived), other)], in: id, seen: 1, by: .system(), at: now)
            // One acts on the case while it moves: the act and the move follow each other, or the act is told that it came late.
            async let moved = node.successions.confirm(id, seen: 2, by: .system(), at: now)
            async let acted = Self.submits(draft, node, drafter)
            #expect(try await moved.state == .done)
            _ = await acted
            #expect(await !Self.submits(draft, node, drafter))
            let again = try await Self.again("consumer", node, people)
            let file = try await node.exchange.request(draft.id, for: again)
            #expect(file.applicant == one && file.file.seats.values.contains(one))
            #expect(!file.file.seats.values.contains(county))
            #expect(file.file.history.contains { $0.act == CaseStore.succeeded })
            let grant = try await node.database.read { try node.grants.get(outcome.grant, in: $0) }
            #expect(grant.consumer == other && grant.state == .suspended)
        }
    }

    @Test func `a unit with two thousand things is moved in one go`() async throws {
        try await SampleNode.with(.sqlite, inBackground: false) { node, people in
            let steward = try people.principal("tourism-steward")
            let tourism = try Self.unit("tourism-steward", people)
            var card = try #require(SampleEntry.all.first { $0.steward == "tourism-steward" }).card
            card.resourceCode = ""
            for number in 0..<500 {
                card.title = "文旅资源\(number)"
                _ = try await node.catalogue.draft(card, owner: tourism, by: steward)
            }
            let now = node.clock.now()
            for number in 0..<1_500 {
                _ = try await node.posts.create(
                    "岗位\(number)", in: tourism, roles: [.steward], by: .system(), at: now)
            }
            let heir = try await Self.unit(named: "市文化和旅游局", node)
            let id = try await node.successions.draft(
                Self.order(.merge, node, [tourism], [heir]), by: .system(), at: now)
            let began = ContinuousClock.now
            let done = try await node.successions.confirm(id, seen: 1, by: .system(), at: now)
            #expect(done.lines.count >= 2_000)
            #expect(ContinuousClock.now - began < .seconds(30))
        }
    }

    @Test func `its pages rehearse, take a list that comes back, name its faults by cell, and carry it out`()
        async throws
    {
        try await SampleNode.with(.sqlite) { node, people in
            let steward = try people.principal("ecology-steward")
            let ecology = try Self.unit("ecology-steward", people)
            let sample = try #require(SampleEntry.all.first { $0.steward == "ecology-steward" })
            let entry = try await node.catalogue.draft(sample.card, owner: ecology, by: steward)
            let (one, other) = (
                try await Self.unit(named: "市生态一局", node), try await Self.unit(named: "市生态二局", node)
            )
            let app = TestApp(try node.site { _ in }, node.routes)
            let reviewer = TestBrowser(app, language: .english)
            let password = try #require(people.members["reviewer"]?.password)
            _ = try await reviewer.get("/sign-in")
            _ = try await reviewer.post(
                "/sign-in", [("name", "reviewer"), ("password", password), ("return", "/")])
            _ = try await reviewer.get("/account")
            let bad = try await reviewer.post(
                "/successions", [("kind", "split"), ("predecessors", ecology.text), ("date", "2026")])
            #expect(bad.status == 422)
            let made = try await reviewer.post(
                "/successions",
                [
                    ("kind", "split"), ("predecessors", ecology.text), ("successors", one.text),
                    ("successors", other.text), ("date", node.clock.now().date().description),
                    ("document", "示例函〔2026〕2号"),
                ])
            let path = try #require(made.location)
            let page = try await reviewer.get(path)
            #expect(page.status == 200 && page.text.contains("nobody is assigned"))
            #expect(
                try await reviewer.post("\(path)/confirmation", [("revision", "1")]).status == 409)
            let chosen = try await reviewer.post(
                "\(path)/choices", [("revision", "1"), ("what", "all"), ("heir", one.text)])
            #expect(chosen.status == 303)
            let ticked = try await reviewer.post(
                "\(path)/choices",
                [
                    ("revision", "2"), ("what", "ticked"), ("heir", other.text),
                    ("item", "entry|\(entry.id)"),
                ])
            #expect(ticked.status == 303)
            #expect(try await reviewer.get("\(path)?kind=entry").text.contains("市生态二局"))
            #expect(try await reviewer.get("\(path)?format=excel").status == 200)
            #expect(
                try await reviewer.post("\(path)/confirmation", [("revision", "3")]).status == 303)
            #expect(try await reviewer.get(path).text.contains("sha256:"))
            #expect(try await reviewer.get("/successions?format=csv").text.contains("示例函"))
            let clerk = TestBrowser(app, language: .english)
            #expect(try await clerk.get(path).status != 200)
        }
    }

    @Test
    func `the list of later changes answers for all 25 bodies, drafts once, and leaves what people changed`()
        async throws
    {
        let shipped = try UnitChanges(tsv: Profile("heyuan").text("unit-changes.tsv"))
        let units = try Profile("heyuan").text("units.tsv").split(separator: "\n").filter {
            $0.hasPrefix("unit\t")
        }.map { $0.split(separator: "\t", omittingEmptySubsequences: false)[1] }
        #expect(shipped.lines.map(\.name) == units.map(String.init) && units.count == 25)
        #expect(throws: IdentityError.self) { _ = try UnitChanges(tsv: "甲局\trenamed\t乙局\t\t\t") }
        try await SampleNode.with(.sqlite, inBackground: false) { node, _ in
            let now = node.clock.now()
            let day = now.date().description
            let byHand = try #require(try await node.parties.named("市财政局").first)
            try await node.parties.rename(
                byHand.id, to: "市财政委", from: now.date().adding(days: 1), by: .system(), at: now)
            let changes = try UnitChanges(
                tsv: """
                    市民政局\trenamed\t市社会工作局\t\(day)\t示例函〔2026〕3号\t
                    市鄉村振興局\tmerged\t市农业农村局\t\(day)\t示例函〔2026〕3号\t
                    市财政局\trenamed\t市财税局\t\(day)\t示例函〔2026〕3号\t
                    市公安局\tunknown\t\t\t\t
                    """)
            let before = try await node.successions.outlook(changes).map(\.standing)
            #expect(before == [.due, .due, .conflict, .unknown])
            let drafted = try await node.successions.draft(changes, by: .system(), at: now)
            #expect(drafted.count == 2)
            #expect(try await node.successions.draft(changes, by: .system(), at: now).isEmpty)
            for id in drafted where try await node.successions.find(id).order.kind == .merge {
                _ = try await node.successions.confirm(id, seen: 1, by: .system(), at: now)
            }
            let after = try await node.successions.outlook(changes).map(\.standing)
            #expect(after == [.planned, .applied, .conflict, .unknown])
        }
    }
}
