import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `Exchange: silence and 督办` {
    @Test(arguments: Dialect.available)
    func `silence is followed up level by level, each level once`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let pending = try await city.accepted()
            let answer = try #require(pending.file.clock("answer"))
            let due = try #require(
                answer.reading(on: answer.startedOn, calendar: city.exchange.cases.calendar).due)
            #expect(due == CalendarDate("2026-01-19"))
            city.wait(days: 14)
            #expect(try await city.exchange.dailyRound().swept.supervised.isEmpty)
            city.wait(days: 1)
            #expect(try await city.exchange.dailyRound().swept.supervised == [pending.id])
            #expect(try await city.exchange.dailyRound().swept.supervised.isEmpty)
            city.wait(days: 2)
            #expect(try await city.exchange.dailyRound().swept.supervised == [pending.id])
            city.wait(days: 2)
            #expect(try await city.exchange.dailyRound().swept.supervised.isEmpty)
            city.wait(days: 3)
            #expect(try await city.exchange.dailyRound().swept.supervised == [pending.id])
            #expect(try await city.leaves("case.supervised") == 3)
            #expect(try await city.exchange.notices(of: city.providerChief).count == 3)
            #expect(try await city.exchange.notices(of: city.reviewer).count == 2)
            #expect(try await city.exchange.notices(of: city.leader).count == 1)
            let now = try await city.exchange.request(pending.id, for: city.drafter)
            #expect(now.file.clock("answer")?.supervision == .leader)
            let taken = try await city.act(.takeUp, now, by: city.leader, Opinion(comment: "提级协调"))
            #expect(taken.file.state == "coordination")
        }
    }

    @Test(arguments: Dialect.available)
    func `a round after a long pause goes straight to the level reached`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            _ = try await city.accepted()
            city.wait(days: 60)
            _ = try await city.exchange.dailyRound()
            #expect(try await city.leaves("case.supervised") == 1)
            #expect(try await city.exchange.notices(of: city.leader).count == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `the consumer may object to silence only after the deadline`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let pending = try await city.accepted()
            await #expect(
                throws: CaseError.conditionFails(
                    "provider-overdue", act: Message("sharing-request.act.dispute-silence"))
            ) {
                try await city.act(.dispute, pending, by: city.drafter, Opinion(comment: "逾期"))
            }
            await #expect(throws: CaseError.self) {
                try await city.act(.takeUp, pending, by: city.leader, Opinion(comment: "提级"))
            }
            city.wait(days: 15)
            let disputed = try await city.act(.dispute, pending, by: city.drafter, Opinion(comment: "逾期"))
            #expect(disputed.file.state == "coordination")
            #expect(disputed.file.clock("answer")?.isOpen == false)
        }
    }

    @Test(arguments: Dialect.available)
    func `the provider may extend once, in time, by at most five days`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let pending = try await city.accepted()
            let opinion = Opinion(comment: "需会商")
            await #expect(throws: CaseError.extensionTooLong(name: "answer", daysMax: 5)) {
                try await city.act(.extend(workingDays: 6), pending, by: city.providerChief, opinion)
            }
            let extended = try await city.act(
                .extend(workingDays: 5), pending, by: city.providerChief, opinion)
            #expect(extended.file.clock("answer")?.workingDays == 15)
            #expect(extended.file.chain != nil)
            await #expect(throws: CaseError.self) {
                try await city.act(.extend(workingDays: 1), extended, by: city.providerChief, opinion)
            }
            city.wait(days: 15)
            #expect(try await city.exchange.dailyRound().swept.supervised.isEmpty)
            let agreed = try await city.act(.agree, extended, by: city.providerChief)
            #expect(agreed.file.state == "granted")
        }
    }

    @Test(arguments: Dialect.available)
    func `a decision nobody in the provider's unit can sign goes to the bureau's leader`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let vacant = CaseHolder.vacant(city.provider, .departmentCDO)
            city.set { $0.vacant.insert(vacant) }
            let pending = try await city.accepted()
            #expect(pending.file.chain?.escalatedTo?.party == city.bureau)
            #expect(try await city.exchange.inbox(.mine, of: city.leader).lines.map(\.id) == [pending.id])
            let agreed = try await city.act(.agree, pending, by: city.leader)
            #expect(agreed.file.state == "granted")
        }
    }
}

@Suite struct `Exchange: the inbox` {
    @Test(arguments: Dialect.available)
    func `lists and counts agree, tray by tray, page by page`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            for _ in 0..<5 { _ = try await city.submitted() }
            _ = try await city.drafted()
            for _ in 0..<2 { _ = try await city.accepted() }
            let withdrawn = try await city.act(.withdraw, try await city.drafted(), by: city.drafter)
            for who in [city.drafter, city.chief, city.reviewer, city.providerChief, city.stranger] {
                let counts = try await city.exchange.counts(of: who)
                for tray in Inbox.Tray.allCases {
                    var seen: [CaseID] = []
                    var cursor: String?
                    repeat {
                        let page = try await city.exchange.inbox(tray, of: who, after: cursor, linesMax: 2)
                        seen += page.lines.map(\.id)
                        cursor = page.next
                    } while cursor != nil
                    #expect(seen.count == counts[tray]?.all, "\(tray)")
                    #expect(Set(seen).count == seen.count)
                }
            }
            #expect(try await city.exchange.counts(of: city.reviewer)[.mine]?.all == 5)
            #expect(try await city.exchange.counts(of: city.providerChief)[.mine]?.all == 2)
            #expect(
                try await city.exchange.inbox(.closed, of: city.drafter).lines.map(\.id) == [withdrawn.id])
            #expect(try await city.exchange.counts(of: city.stranger)[.underway]?.all == 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `what is due soon and what is overdue is counted and comes first`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let early = try await city.submitted()
            city.wait(days: 7)
            let late = try await city.submitted()
            let page = try await city.exchange.inbox(.mine, of: city.reviewer)
            #expect(page.lines.map(\.id) == [early.id, late.id])
            let soon = try await city.exchange.counts(of: city.reviewer)[.mine]
            #expect([soon?.all, soon?.overdue, soon?.dueSoon] == [2, 0, 1])
            city.wait(days: 1)
            let overdue = try await city.exchange.counts(of: city.reviewer)[.mine]
            #expect(overdue?.overdue == 1)
            #expect(try await city.exchange.inbox(.mine, of: city.reviewer).lines.first?.isOverdue == true)
        }
    }

    @Test(arguments: Dialect.available)
    func `a unit's own approval chain is walked, and cases keep the chain they met`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let first = try await city.accepted()
            let twice = try ApprovalChain(
                SharingWorkflow.decisionChain,
                [ApprovalStep(role: .departmentCDO), ApprovalStep(role: .departmentCDO)])
            await #expect(throws: PolicyError.notPermitted(.setApprovalChain)) {
                try await city.exchange.setChain(twice, of: city.provider, by: city.drafter)
            }
            try await city.exchange.setChain(twice, of: city.provider, by: city.providerChief)
            #expect(
                try await city.exchange.chain(twice.name, of: city.provider, for: city.providerChief).chain
                    == twice
            )
            let second = try await city.accepted()
            #expect(try await city.act(.agree, first, by: city.providerChief).file.state == "granted")
            let half = try await city.act(.agree, second, by: city.providerChief)
            #expect(half.file.state == "decision")
            #expect(half.grant == nil)
            #expect(try await city.exchange.inbox(.mine, of: city.providerChief).lines.isEmpty)
            #expect(
                try await city.exchange.inbox(.mine, of: city.providerDeputy).lines.map(\.id) == [second.id])
            #expect(try await city.act(.agree, half, by: city.providerDeputy).file.state == "granted")
        }
    }
}
