import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `Exchange: a sharing request from draft to grant` {
    @Test(arguments: Dialect.available)
    func `conditional data are granted exactly as asked when the provider agrees`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let request = try await city.act(.agree, try await city.accepted(), by: city.providerChief)
            #expect(request.file.state == "granted")
            let id = try #require(request.grant)
            let clauses: String? = try await city.database.read {
                try $0.row("SELECT clauses FROM policy_grant WHERE id = \(id)")?.value("clauses")
            }
            #expect(try [Clause](json: JSON.parse(try #require(clauses))) == SharingCity.wish().clauses())
            #expect(request.file.clock("answer")?.isOpen == false)
            #expect(request.file.clock("delivery")?.isOpen == true)
            #expect(
                request.file.history.map(\.act) == ["open", "submit", "sign-off", "accept", "agree"])
            #expect(try await city.leaves("case.acted") == 5)
            #expect(try await city.leaves("grant.signed") == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `unconditional data are granted at once and the provider is told`(_ dialect: Dialect) async throws {
        try await inCity(dialect, .unconditional) { city in
            let submitted = try await city.submitted()
            let check = try #require(submitted.file.clock("check"))
            #expect(check.rule.name == SharingDeadlines.answerUnconditional)
            #expect(check.rule.workingDays == 1)
            let request = try await city.act(.accept, submitted, by: city.reviewer)
            #expect(request.file.state == "granted")
            #expect(try await city.grants() == 1)
            let told = try await city.exchange.notices(of: city.providerChief)
            #expect(told.map(\.occasion) == ["grant-unconditional"])
            #expect(told.first?.seenAt == nil)
            try await city.exchange.markSeen(try #require(told.first).id, by: city.providerChief)
            #expect(try await city.exchange.notices(of: city.providerChief).first?.seenAt != nil)
        }
    }

    @Test(arguments: Dialect.available)
    func `data not shared are refused with the entry's own legal basis`(_ dialect: Dialect) async throws {
        try await inCity(dialect, .notShared) { city in
            let request = try await city.act(.accept, try await city.submitted(), by: city.reviewer)
            #expect(request.file.state == "not-shared")
            #expect(request.file.history.last?.legalBasis == "保守国家秘密法")
            #expect(try await city.grants() == 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `a counter-offer becomes the grant only when the consumer accepts it`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let offer = try await city.offered()
            #expect(offer.file.state == "offer")
            #expect(try await city.grants() == 0)
            let request = try await city.act(.acceptOffer, offer, by: city.drafter)
            #expect(request.file.state == "granted")
            let id = try #require(request.grant)
            let clauses: String? = try await city.database.read {
                try $0.row("SELECT clauses FROM policy_grant WHERE id = \(id)")?.value("clauses")
            }
            let signed = try [Clause](json: JSON.parse(try #require(clauses)))
            #expect(signed.contains(.mask(column: "name", .surname)))
        }
    }

    @Test(arguments: Dialect.available)
    func `a counter-offer may be declined, and that ends it`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let request = try await city.act(
                .declineOffer, try await city.offered(), by: city.drafter, Opinion(comment: "不满足业务需要"))
            #expect(request.file.state == "declined")
            #expect(try await city.grants() == 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `a refusal needs a reason and a legal basis, and its dispute is settled by the bureau`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let pending = try await city.accepted()
            await #expect(throws: CaseError.inputMissing(["comment", "legalBasis"])) {
                try await city.act(.refuse, pending, by: city.providerChief)
            }
            let refused = try await city.act(
                .refuse, pending, by: city.providerChief, Opinion(comment: "敏感", legalBasis: "个人信息保护法"))
            #expect(refused.file.state == "refused")
            let disputed = try await city.act(
                .dispute, refused, by: city.chief, Opinion(comment: "业务必需"))
            #expect(disputed.file.state == "coordination")
            let settled = try await city.act(
                .ruleGrant(try SharingCity.maskedClauses()), disputed, by: city.leader,
                Opinion(comment: "予以共享"))
            #expect(settled.file.state == "granted")
            #expect(try await city.grants() == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `a ruling may also confirm the refusal`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let refused = try await city.act(
                .refuse, try await city.accepted(), by: city.providerChief,
                Opinion(comment: "敏感", legalBasis: "个人信息保护法"))
            let disputed = try await city.act(.dispute, refused, by: city.drafter, Opinion(comment: "业务必需"))
            let settled = try await city.act(
                .ruleRefusal, disputed, by: city.reviewer, Opinion(comment: "维持", legalBasis: "个人信息保护法"))
            #expect(settled.file.state == "closed")
            #expect(try await city.grants() == 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `a refusal nobody objects to is closed when its time is over`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let refused = try await city.act(
                .refuse, try await city.accepted(), by: city.providerChief,
                Opinion(comment: "敏感", legalBasis: "个人信息保护法"))
            #expect(try await city.exchange.dailyRound().closed.isEmpty)
            city.wait(days: 15)
            #expect(try await city.exchange.dailyRound().closed == [refused.id])
            #expect(try await city.exchange.dailyRound().closed.isEmpty)
            let closed = try await city.exchange.request(refused.id, for: city.drafter)
            #expect(closed.file.state == "closed")
            #expect(closed.file.history.last?.account == nil)
        }
    }

    @Test(arguments: Dialect.available)
    func `a 补正 notice is given once, holds the clock, and the answer sets it going again`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let submitted = try await city.submitted()
            city.wait(days: 1)
            await #expect(throws: CaseError.inputMissing(["comment", "fields"])) {
                try await city.act(.askSupplement(fields: []), submitted, by: city.reviewer)
            }
            let asked = try await city.act(
                .askSupplement(fields: ["purpose"]), submitted, by: city.reviewer, Opinion(comment: "目的不具体"))
            #expect(asked.file.clock("check")?.isPaused == true)
            city.wait(days: 7)
            var wish = SharingCity.wish()
            wish.purpose = "施工许可审批时核验企业状态"
            let again = try await city.act(.resubmit(wish), asked, by: city.drafter)
            #expect(again.wish.purpose == wish.purpose)
            let check = try #require(again.file.clock("check"))
            let reading = check.reading(
                on: try #require(CalendarDate("2026-01-13")), calendar: city.exchange.cases.calendar)
            // Started Mon 5, one day counted by the notice on Tue 6, answered Tue 13: four days more.
            #expect(reading.due == CalendarDate("2026-01-19"))
            await #expect(
                throws: CaseError.doneBefore(act: Message("sharing-request.act.ask-supplement"), timesMax: 1)
            ) {
                try await city.act(
                    .askSupplement(fields: ["rows"]), again, by: city.reviewer, Opinion(comment: "再补"))
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `the bureau may return a request, and its own unit may send it back to the drafter`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let signing = try await city.act(.submit, try await city.drafted(), by: city.drafter)
            let back = try await city.act(.sendBack, signing, by: city.chief, Opinion(comment: "范围过大"))
            #expect(back.file.state == "draft")
            var wish = SharingCity.wish()
            wish.columns = ["status"]
            let saved = try await city.act(.save(wish), back, by: city.drafter)
            let signed = try await city.act(
                .signOff, try await city.act(.submit, saved, by: city.drafter), by: city.chief)
            let returned = try await city.act(
                .giveBack, signed, by: city.reviewer, Opinion(comment: "不属于本平台受理范围"))
            #expect(returned.file.state == "returned")
        }
    }

    @Test(arguments: Dialect.available)
    func `the applicant may withdraw at any step before the decision, and not after`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            for request in [
                try await city.drafted(), try await city.submitted(), try await city.accepted(),
                try await city.offered(),
            ] {
                let withdrawn = try await city.act(.withdraw, request, by: city.drafter)
                #expect(withdrawn.file.state == "withdrawn")
                #expect(withdrawn.file.clocks.allSatisfy { !$0.isOpen })
            }
            let granted = try await city.act(.agree, try await city.accepted(), by: city.providerChief)
            await #expect(throws: CaseError.self) {
                try await city.act(.withdraw, granted, by: city.drafter)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `the first delivery ends the duty to deliver, once, and waits to be accepted`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let granted = try await city.act(.agree, try await city.accepted(), by: city.providerChief)
            let grant = try #require(granted.grant)
            for _ in 0..<2 {
                try await city.database.write {
                    try city.exchange.delivered(grant, at: SharingCity.monday, in: $0)
                    try city.exchange.delivered(GrantID.new(), at: SharingCity.monday, in: $0)
                }
            }
            let delivered = try await city.exchange.request(granted.id, for: city.drafter)
            #expect(delivered.file.state == "acceptance")
            #expect(delivered.file.times("deliver-for-acceptance") == 1)
            #expect(delivered.file.clock("delivery")?.isOpen == false)
            #expect(delivered.file.clock("acceptance")?.isOpen == true)
        }
    }
}
