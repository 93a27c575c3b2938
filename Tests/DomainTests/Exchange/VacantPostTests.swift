import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `Exchange: a post that becomes vacant while a case waits for it` {
    private static func chain(_ steps: [ApprovalStep]) throws -> ApprovalChain {
        try ApprovalChain(SharingWorkflow.decisionChain, steps)
    }

    @Test(arguments: Dialect.available)
    func `the next step is asked, the history says why, and a second round changes nothing`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            try await city.exchange.setChain(
                try Self.chain([
                    ApprovalStep([Signature(role: .steward), Signature(role: .leader)]),
                    ApprovalStep(role: .departmentCDO),
                ]), of: city.provider, by: city.providerChief)
            let pending = try await city.accepted()
            #expect(try await city.exchange.dailyRound().passedOver.isEmpty)
            // One of two who sign side by side: the other is still waited for.
            let provider = city.provider
            city.set { $0.vacant = [.vacant(provider, .leader)] }
            #expect(try await city.exchange.dailyRound().passedOver == [pending.id])
            var now = try await city.exchange.request(pending.id, for: city.providerChief)
            #expect(now.file.chain?.step == 0 && now.file.chain?.open == [0])
            #expect(now.file.chain?.since == pending.file.chain?.since)
            city.set { $0.vacant.insert(.vacant(provider, .steward)) }
            #expect(try await city.exchange.dailyRound().passedOver == [pending.id])
            #expect(try await city.exchange.dailyRound().passedOver.isEmpty)
            now = try await city.exchange.request(pending.id, for: city.providerChief)
            #expect(now.file.chain?.step == 1 && now.file.state == "decision")
            let event = try #require(now.file.history.last)
            #expect(event.act == CaseStore.passedOver && event.account == nil)
            #expect(event.passedOver.map(\.role) == [.steward])
            #expect(
                try await city.exchange.inbox(.mine, of: city.providerChief).lines.map(\.id) == [pending.id])
            #expect(
                try await city.exchange.notices(of: city.providerChief).contains {
                    $0.message.key == "casework.passed-over"
                })
            // Whoever still has the old page open is told; the clock has not been touched.
            await #expect(throws: CaseError.self) {
                try await city.act(.agree, pending, by: city.providerSteward)
            }
            #expect(now.file.clock("answer") == pending.file.clock("answer"))
            #expect(try await city.act(.agree, now, by: city.providerChief).file.state == "granted")
        }
    }

    @Test(arguments: Dialect.available)
    func `when nobody is left the bureau's leader signs, and who has posts filled hears of it`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let (applicant, bureau) = (city.applicant, city.bureau)
            let signing = try await city.act(.submit, try await city.drafted(), by: city.drafter)
            #expect(signing.file.state == "sign-off")
            city.set { $0.vacant = [.vacant(applicant, .departmentCDO), .vacant(bureau, .leader)] }
            #expect(try await city.exchange.dailyRound().passedOver == [signing.id])
            #expect(try await city.exchange.dailyRound().passedOver.isEmpty)
            let told = try await city.exchange.notices(of: city.reviewer).map(\.message.key)
            #expect(told.count { $0 == "casework.escalated" } == 1)
            #expect(told.count { $0 == "casework.escalation-vacant" } == 1)
            city.set { $0.vacant = [] }
            let now = try await city.exchange.request(signing.id, for: city.leader)
            #expect(now.file.chain?.escalatedTo?.role == .leader)
            #expect(try await city.exchange.inbox(.mine, of: city.leader).lines.map(\.id) == [signing.id])
            let signed = try await city.act(.signOff, now, by: city.leader)
            #expect(signed.file.state == "check")
        }
    }

    @Test(arguments: Dialect.available)
    func `a post that only a signer of an earlier step holds is passed over too, once among two processes`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            try await city.exchange.setChain(
                try Self.chain([ApprovalStep(role: .steward), ApprovalStep(role: .departmentCDO)]),
                of: city.provider, by: city.providerChief)
            let pending = try await city.accepted()
            let half = try await city.act(.agree, pending, by: city.providerSteward)
            let (provider, steward) = (city.provider, try #require(city.providerSteward.account))
            city.set { $0.sole = [.vacant(provider, .departmentCDO): steward] }
            let other = ChainSweep(store: try city.elsewhere().cases, database: city.database)
            let now = city.exchange.clock.now()
            async let first = city.exchange.dailyRound().passedOver
            async let second = other.run(at: now)
            #expect(try await first + second == [half.id])
            let moved = try await city.exchange.request(half.id, for: city.leader)
            #expect(moved.file.chain?.escalatedTo?.role == .leader)
            #expect(moved.file.history.count { $0.act == CaseStore.passedOver } == 1)
        }
    }
}
