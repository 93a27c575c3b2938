import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

extension SharingCity {
    /// Granted, and the first rows have left.
    func handedOver() async throws -> SharingRequest {
        let granted = try await act(.agree, try await accepted(), by: providerChief)
        let grant = try #require(granted.grant)
        let now = exchange.clock.now()
        try await database.write { try self.exchange.delivered(grant, at: now, in: $0) }
        return try await exchange.request(granted.id, for: drafter)
    }

    func clauses(of grant: GrantID) async throws -> [Clause] {
        let text: String? = try await database.read {
            try $0.row("SELECT clauses FROM policy_grant WHERE id = \(grant)")?.value("clauses")
        }
        return try [Clause](json: JSON.parse(try #require(text)))
    }
}

@Suite struct `Exchange: what was delivered is accepted` {
    @Test(arguments: Dialect.available)
    func `by the applicant, who may first object and is answered`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let delivered = try await city.handedOver()
            #expect(delivered.file.state == "acceptance")
            await #expect(throws: CaseError.inputMissing(["comment", "reasons"])) {
                try await city.act(.objectDelivery([]), delivered, by: city.drafter)
            }
            await #expect(throws: PolicyError.notPermitted(.acceptDelivery)) {
                try await city.act(.acceptDelivery, delivered, by: city.providerSteward)
            }
            let objected = try await city.act(
                .objectDelivery([.wrongRows, .late]), delivered, by: city.drafter,
                Opinion(comment: "缺少源城区的行"))
            #expect(objected.file.state == "mending")
            #expect(objected.file.clock("mending")?.isOpen == true)
            #expect(objected.file.history.last?.content["reasons"] == ["wrong-rows", "late"])
            await #expect(throws: PolicyError.notPermitted(.mendDelivery)) {
                try await city.act(.mend, objected, by: city.drafter, Opinion(comment: "已补"))
            }
            let mended = try await city.act(
                .mend, objected, by: city.providerSteward, Opinion(comment: "已补充"))
            #expect(mended.file.state == "acceptance")
            let accepted = try await city.act(.acceptDelivery, mended, by: city.chief)
            #expect(accepted.file.state == "accepted")
            #expect(accepted.file.clocks.allSatisfy { !$0.isOpen })
        }
    }

    @Test(arguments: Dialect.available)
    func `by silence when the time is over, which says so`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let delivered = try await city.handedOver()
            #expect(try await city.exchange.dailyRound().settled.isEmpty)
            city.wait(days: 16)
            #expect(try await city.exchange.dailyRound().settled == [delivered.id])
            #expect(try await city.exchange.dailyRound().settled.isEmpty)
            let accepted = try await city.exchange.request(delivered.id, for: city.drafter)
            #expect(accepted.file.state == "accepted")
            #expect(accepted.file.history.last?.act == "accept-in-silence")
            #expect(accepted.file.history.last?.account == nil)
            #expect(
                try await city.exchange.notices(of: city.drafter).contains {
                    $0.occasion == "accept-in-silence"
                })
        }
    }

    @Test(arguments: Dialect.available)
    func `a case of an earlier version ends with its first delivery, as it began`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let granted = try await city.act(.agree, try await city.accepted(), by: city.providerChief)
            let (id, grant) = (granted.id, try #require(granted.grant))
            try await city.database.write { connection in
                try connection.execute("UPDATE governed_case SET workflow_version = 3 WHERE id = \(id)")
                try city.exchange.delivered(grant, at: SharingCity.monday, in: connection)
            }
            #expect(try await city.exchange.request(id, for: city.drafter).file.state == "delivered")
        }
    }

    @Test(arguments: Dialect.available)
    func `what waits under a grant that has ended waits no longer`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let delivered = try await city.handedOver()
            let objected = try await city.act(
                .objectDelivery([.empty]), delivered, by: city.drafter, Opinion(comment: "空文件"))
            let grant = try #require(objected.grant)
            try await city.database.write {
                _ = try $0.execute("UPDATE policy_grant SET state = 'revoked' WHERE id = \(grant)")
            }
            #expect(try await city.exchange.dailyRound().settled == [objected.id])
            let closed = try await city.exchange.request(objected.id, for: city.drafter)
            #expect(closed.file.state == "grant-ended")
            #expect(closed.file.clocks.allSatisfy { !$0.isOpen })
        }
    }

    @Test(arguments: Dialect.available)
    func `of an acceptance and an objection at once one holds`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let delivered = try await city.handedOver()
            async let first = Result.of { try await city.act(.acceptDelivery, delivered, by: city.chief) }
            async let second = Result.of {
                try await city.act(
                    .objectDelivery([.late]), delivered, by: city.drafter, Opinion(comment: "逾期"))
            }
            let outcomes = await [first, second]
            #expect(outcomes.count { $0 } == 1)
        }
    }
}

private enum Result {
    /// Whether it was done.
    static func of(_ act: () async throws -> SharingRequest) async -> Bool {
        do {
            _ = try await act()
            return true
        } catch {
            return false
        }
    }
}
