import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `Exchange: sharing in an emergency` {
    @Test(arguments: Dialect.available)
    func
        `a leader's word grants at once, for the circumstance and to the hour, and the paperwork makes it ordinary`(
            _ dialect: Dialect
        ) async throws
    {
        try await inCity(dialect) { city in
            let granted = try await city.approvedOrally(by: city.providerChief)
            #expect(granted.file.state == "paperwork")
            let id = try #require(granted.grant)
            let grant = try await city.grant(id)
            #expect(grant.nature == .emergency && grant.isUnconfirmed)
            #expect(grant.endsAt == SharingCity.monday + .seconds(72 * 3_600))
            #expect(grant.purpose == SharingCity.circumstance)
            #expect(try await city.leaves("grant.signed") == 1)
            #expect(
                try await city.exchange.notices(of: city.drafter).map(\.occasion) == ["approve-orally"])
            #expect(
                try await city.exchange.notices(of: city.reviewer).map(\.occasion).sorted() == [
                    "approve-orally", "ask-emergency",
                ])

            let signed = try await city.paperSigned(granted)
            #expect(signed.file.state == "confirmation")
            await #expect(throws: CaseError.self) {
                try await city.act(
                    .confirmEmergency, signed, by: city.providerDeputy, Opinion(comment: "同意"))
            }
            let confirmed = try await city.act(
                .confirmEmergency, signed, by: city.providerLeader, Opinion(comment: "情况属实，同意"))
            #expect(confirmed.file.state == "granted")
            #expect(confirmed.emergency?.outcome == .confirmed)
            let ordinary = try await city.grant(id)
            #expect(ordinary.state == .active && ordinary.endsAt == nil && ordinary.revision == 2)
            #expect(ordinary.validity?.to == CalendarDate("2026-12-31"))
            #expect(ordinary.purpose == "行政审批核验")
            #expect(ordinary.clauses.contains(.mask(column: "name", .surname)), "what was approved stays")
            #expect(try await city.leaves("grant.confirmed") == 1)
            city.wait(days: 4)
            #expect(try await city.exchange.emergencyRound().isEmpty)
        }
    }

    @Test(arguments: Dialect.available)
    func `without paperwork grant and case end at the hour, and all three hear of it`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let granted = try await city.approvedOrally(by: city.reviewer)
            let id = try #require(granted.grant)
            city.set { $0.now = $0.now + .seconds(72 * 3_600 - 1) }
            #expect(try await city.exchange.emergencyRound().isEmpty)
            try await city.reserve(id, revision: 1)
            city.set { $0.now = $0.now + .seconds(1) }
            // Nothing leaves past the hour, whether the round has been or not.
            await #expect(throws: PolicyError.grantEndedAtHour(id, SharingCity.monday + .seconds(72 * 3_600)))
            {
                try await city.reserve(id, revision: 1)
            }
            #expect(try await city.exchange.emergencyRound() == [granted.id])
            #expect(try await city.exchange.emergencyRound().isEmpty)
            let over = try await city.exchange.request(granted.id, for: city.drafter)
            #expect(over.file.state == "lapsed" && over.emergency?.outcome == .lapsed)
            #expect(try await city.grant(id).state == .expired)
            #expect(try await city.leaves("grant.lapsed") == 1)
            for person in [city.drafter, city.providerChief, city.reviewer] {
                #expect(try await city.exchange.notices(of: person).contains { $0.occasion == "lapse" })
            }
            // And then it may be asked for again.
            let again = try await city.asked()
            #expect(again.file.state == "emergency")
        }
    }

    @Test(arguments: Dialect.available)
    func `the word of the bureau's leader is confirmed by the bureau's leader`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let granted = try await city.approvedOrally(by: city.reviewer, word: city.leader)
            let signed = try await city.paperSigned(granted)
            #expect(signed.file.state == "confirmation-bureau")
            let declined = try await city.act(
                .declineConfirmation(reason: "不属于紧急情形"), signed, by: city.leader,
                Opinion(comment: "不属于紧急情形"))
            #expect(declined.file.state == "closed" && declined.emergency?.outcome == .declined)
            let grant = try await city.grant(try #require(granted.grant))
            #expect(grant.state == .revoked)
        }
    }

    @Test(arguments: Dialect.available)
    func
        `it is refused for data not shared, a second time, without a circumstance, and by a word nobody gave`(
            _ dialect: Dialect
        ) async throws
    {
        try await inCity(dialect, .notShared) { city in
            let draft = try await city.drafted()
            await #expect(throws: ExchangeError.emergencyWithheld) {
                try await city.act(
                    .askEmergency(circumstance: SharingCity.circumstance), draft, by: city.drafter)
            }
        }
        try await inCity(dialect) { city in
            let draft = try await city.drafted()
            await #expect(throws: ExchangeError.self) {
                try await city.act(.askEmergency(circumstance: " "), draft, by: city.drafter)
            }
            let asked = try await city.asked()
            await #expect(throws: ExchangeError.emergencyTwice) {
                try await city.act(
                    .askEmergency(circumstance: SharingCity.circumstance), draft, by: city.drafter)
            }
            for (post, at) in [
                (city.providerChief.post, SharingCity.monday), (PostID.new(), SharingCity.monday),
                (city.providerLeader.post, SharingCity.monday + .seconds(60)),
                (city.providerLeader.post, SharingCity.monday + .seconds(-73 * 3_600)),
            ] {
                let approval = OralApproval(
                    leader: try #require(post), saidAt: at, means: .telephone, words: "同意")
                await #expect(throws: ExchangeError.self) {
                    try await city.act(
                        .approveOrally(approval, try SharingCity.wish().clauses()), asked,
                        by: city.providerChief)
                }
            }
            await #expect(throws: PolicyError.self) {
                try await city.act(
                    .approveOrally(city.word(of: city.providerLeader), try SharingCity.wish().clauses()),
                    asked, by: city.chief)
            }
            #expect(try await city.grants() == 0)
            let back = try await city.act(
                .declineEmergency, asked, by: city.providerChief, Opinion(comment: "请按普通程序申请"))
            #expect(back.file.state == "draft")
            #expect(
                try await city.act(
                    .askEmergency(circumstance: SharingCity.circumstance), back, by: city.drafter
                ).file.state == "emergency")
        }
    }

    @Test(arguments: Dialect.available)
    func `the paperwork asks for what was approved, and withdrawing it ends the grant`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let granted = try await city.approvedOrally(by: city.providerChief)
            var more = granted.wish
            more.columns.append("id_number")
            await #expect(throws: ExchangeError.self) {
                try await city.act(.save(more), granted, by: city.drafter)
            }
            var longer = granted.wish
            longer.to = CalendarDate("2026-06-30")
            let saved = try await city.act(.save(longer), granted, by: city.drafter)
            #expect(saved.file.state == "paperwork")
            let withdrawn = try await city.act(.withdraw, saved, by: city.drafter)
            #expect(withdrawn.file.state == "withdrawn" && withdrawn.emergency?.outcome == .withdrawn)
            #expect(try await city.grant(try #require(granted.grant)).state == .revoked)
        }
    }
}

extension SharingCity {
    static let circumstance = "强降雨转移安置独居老人"

    func word(of leader: Principal) throws -> OralApproval {
        OralApproval(
            leader: try #require(leader.post), saidAt: Self.monday + .seconds(-600), means: .telephone,
            words: "同意先行提供")
    }

    func asked() async throws -> SharingRequest {
        try await act(.askEmergency(circumstance: Self.circumstance), try await drafted(), by: drafter)
    }

    func approvedOrally(by officer: Principal, word leader: Principal? = nil) async throws -> SharingRequest {
        try await act(
            .approveOrally(try word(of: leader ?? providerLeader), try Self.maskedClauses()),
            try await asked(), by: officer)
    }

    func paperSigned(_ request: SharingRequest) async throws -> SharingRequest {
        try await act(.signOff, try await act(.submit, request, by: drafter), by: chief)
    }

    func grant(_ id: GrantID) async throws -> Grant {
        let store = GrantStore { _, _ in }
        return try await database.read { try store.get(id, in: $0) }
    }

    func reserve(_ grant: GrantID, revision: Int) async throws {
        let now = exchange.clock.now()
        try await database.write { connection in
            try QuotaLedger().reserve(
                QuotaLedger.Request(
                    grant: grant, revision: revision, release: ReleaseID.new(at: now), rows: 1,
                    leaseUntil: nil),
                at: now, in: connection)
        }
    }
}
