import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

/// What happens to the second of two: they are told that it is done, or that it moved, and nothing is there twice.
@Suite struct `Exchange: of two at once` {
    private typealias Act = @Sendable () async throws -> Void

    /// How many got through; whoever did not is told of a conflict and of nothing else.
    private static func race(_ acts: [Act], in place: String) async -> Int {
        await withTaskGroup(of: Bool.self) { group in
            for act in acts {
                group.addTask {
                    do {
                        try await act()
                        return true
                    } catch let error as any ProblemConvertible {
                        #expect(error.problem.kind == .conflict, "\(place): \(error)")
                    } catch {
                        Issue.record(error, "\(place)")
                    }
                    return false
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
    }

    @Test(arguments: Dialect.available)
    func `one oral approval, one confirmation, one reply from above and one check counts`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let asked = try await city.asked()
            let terms = try SharingCity.maskedClauses()
            let word = try city.word(of: city.providerLeader)
            func orally(_ officer: Principal) -> Act {
                { _ = try await city.act(.approveOrally(word, terms), asked, by: officer) }
            }
            #expect(
                await Self.race(
                    [orally(city.providerChief), orally(city.reviewer)], in: "oral approval") == 1)
            #expect(try await city.grants() == 1)
            let signed = try await city.paperSigned(
                try await city.exchange.request(asked.id, for: city.drafter))
            let leader = city.providerLeader
            #expect(
                await Self.race(
                    [
                        {
                            _ = try await city.act(
                                .confirmEmergency, signed, by: leader, Opinion(comment: "同意"))
                        },
                        {
                            _ = try await city.act(
                                .declineConfirmation(reason: "不属实"), signed, by: leader,
                                Opinion(comment: "不属实"))
                        },
                    ], in: "written confirmation") == 1)
            let waiting = try await city.asking()
            func replied(_ isConsent: Bool, _ officer: Principal) -> Act {
                {
                    _ = try await city.act(
                        .superiorReplied(SharingCity.reply(isConsent)), waiting, by: officer)
                }
            }
            #expect(
                await Self.race(
                    [replied(true, city.providerChief), replied(false, city.providerDeputy)],
                    in: "reply from above") == 1)
            let checked = try await city.submitted()
            #expect(
                await Self.race(
                    [
                        { _ = try await city.act(.accept, checked, by: city.reviewer) },
                        {
                            _ = try await city.act(
                                .giveBack, checked, by: city.secondReviewer, Opinion(comment: "材料不全"))
                        },
                    ], in: "check") == 1)
            let signing = try await city.act(.submit, try await city.drafted(), by: city.drafter)
            #expect(
                await Self.race(
                    [
                        { _ = try await city.act(.signOff, signing, by: city.chief) },
                        { _ = try await city.act(.withdraw, signing, by: city.drafter) },
                    ], in: "sign-off") == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `a grant is renewed or changed by one, given up once, certified once and reported on once`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let grant = try #require(
                try await city.act(.agree, try await city.accepted(), by: city.providerChief).grant)
            let last = try #require(CalendarDate("2027-12-31"))
            #expect(
                await Self.race(
                    [
                        { _ = try await city.exchange.renew(grant, until: last, by: city.drafter) },
                        { _ = try await city.exchange.renew(grant, until: last, by: city.drafter) },
                        { _ = try await city.exchange.change(grant, by: city.colleague) },
                    ], in: "renewal") == 1)
            city.wait(days: 365)
            let reports = UseReports(city.exchange, evidence: city.evidence) { _, _, _, _ in (1, 2) }
            #expect(
                await Self.race(
                    [city.drafter, city.colleague].map { person in
                        {
                            _ = try await reports.give(
                                grant, 2026, use: "核验", benefit: "提速", by: person)
                        }
                    }, in: "use report") == 1)
            #expect(
                await Self.race(
                    [{ try await city.giveUp(grant) }, { try await city.giveUp(grant) }], in: "giving up")
                    == 1)
            let ends = city.ends { _ in
                [
                    EndOfUse.Taken(
                        release: .new(), at: SharingCity.monday, delivery: "csv", rows: 1, sha256: "ab")
                ]
            }
            async let one = ends.round()
            async let two = ends.round()
            #expect(try await one + two == [grant])
            #expect(
                await Self.race(
                    [city.drafter, city.colleague].map { person in
                        {
                            _ = try await ends.certify(
                                grant, SharingCity.certificate(byWhom: "信息科", witness: "办公室"), by: person)
                        }
                    }, in: "certificate") == 1)
            #expect(try await city.leaves("destruction.certified") == 1)
            #expect(try await city.leaves("use-report.given") == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `a running exchange is signed for each side once, and never in terms that were not seen`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let batch = try await city.brought([city.row(2)])
            let seen = try #require(
                try await city.running.list(RunningFilter(batch: batch.id), for: city.reviewer).lines.first)
            let running = city.running
            func signs(_ person: Principal) -> Act { { _ = try await running.sign(seen, by: person) } }
            #expect(
                await Self.race([signs(city.reviewer), signs(city.secondReviewer)], in: "bureau") == 1)
            let half = try await running.find(seen.id, for: city.reviewer)
            let other = city.row(2, [.purpose: "另一用途"])
            #expect(
                await Self.race(
                    [
                        { _ = try await running.sign(half, by: city.providerChief) },
                        { _ = try await running.complete(half, with: other, by: city.providerSteward) },
                    ], in: "signature and correction") == 1)
            let after = try await running.find(seen.id, for: city.reviewer)
            #expect((after.grant == nil) == (after.terms.wish.purpose == "另一用途"))
            #expect(try await city.grants() == (after.grant == nil ? 0 : 1))
        }
    }
}
