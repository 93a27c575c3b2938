import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

extension SharingCity {
    /// Of another department.
    func another(_ columns: [ColumnFacts]? = nil, _ sharing: SharingKind = .conditional) -> RequestedEntry {
        let like = Self.entry(.new(), bureau, sharing)
        let other = RequestedEntry(
            title: "低保对象信息",
            facts: EntryFacts(
                entry: like.id, provider: bureau, sharing: sharing, columns: columns ?? like.facts.columns))
        set { $0.others[other.id] = other }
        return other
    }

    func misdirected(_ entry: EntryID? = nil) async throws -> SharingRequest {
        try await act(
            .misdirected(entry), try await accepted(), by: providerChief, Opinion(comment: "非本单位数据"))
    }
}

@Suite struct `Exchange: a request that came to the wrong provider` {
    @Test(arguments: Dialect.available)
    func `goes on as a request of the right entry, in the applicant's name, with its clock from that day`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let right = city.another()
            let accepted = try await city.accepted()
            city.wait(days: 3)
            await #expect(throws: CaseError.inputMissing(["comment"])) {
                try await city.act(.misdirected(right.id), accepted, by: city.providerChief)
            }
            let doubted = try await city.act(
                .misdirected(right.id), accepted, by: city.providerChief, Opinion(comment: "属民政"))
            #expect(doubted.file.state == "transfer")
            #expect(doubted.proposedEntry == right.id)
            #expect(doubted.file.clock("answer")?.isOpen == false)
            #expect(doubted.file.clock("transfer")?.isOpen == true)
            await #expect(throws: ExchangeError.self) {
                try await city.act(
                    .passOn(city.entryID), doubted, by: city.reviewer, Opinion(comment: "转办"))
            }
            let passed = try await city.act(
                .passOn(right.id), doubted, by: city.reviewer, Opinion(comment: "转办"))
            #expect(passed.file.state == "transferred")
            let next = try #require(try await city.exchange.successor(of: passed, for: city.drafter))
            #expect(next.file.state == "decision")
            #expect(next.entry == right.id)
            #expect(next.provider == city.bureau)
            #expect(next.applicant == city.applicant)
            #expect(next.wish == accepted.wish)
            #expect(next.file.openedBy == accepted.file.openedBy)
            let came = try #require(next.transfer)
            #expect(came.from == passed.id)
            #expect(came.reason == "属民政")
            #expect(came.daysLost == 3)
            let answer = try #require(next.file.clock("answer"))
            #expect(answer.startedOn == CalendarDate("2026-01-08"))
            // The history keeps the wrong way; the old provider no longer finds what goes on elsewhere.
            #expect(passed.file.history.map(\.act).suffix(2) == ["misdirected", "pass-on"])
            #expect(try await city.exchange.successor(of: passed, for: city.providerChief) == nil)
        }
    }

    @Test(arguments: Dialect.available)
    func `waits for the applicant where the right entry has other items`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let right = city.another([
                ColumnFacts("status", .text, grade: .l1), ColumnFacts("household", .text, grade: .l2),
            ])
            let passed = try await city.act(
                .passOn(right.id), try await city.misdirected(), by: city.reviewer, Opinion(comment: "转办"))
            let next = try #require(try await city.exchange.successor(of: passed, for: city.drafter))
            #expect(next.file.state == "mapping")
            #expect(next.transfer?.missing == ["name"])
            #expect(next.wish.columns == ["status"])
            var wish = next.wish
            wish.columns = ["nothing"]
            await #expect(throws: ExchangeError.self) {
                try await city.act(.confirmMapping(wish), next, by: city.drafter)
            }
            wish.columns = ["status", "household"]
            let confirmed = try await city.act(.confirmMapping(wish), next, by: city.drafter)
            #expect(confirmed.file.state == "decision")
            #expect(confirmed.file.clock("answer")?.isOpen == true)
        }
    }

    @Test(arguments: Dialect.available)
    func `goes back to the same provider once, and ends with the bureau when it was passed on often enough`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let back = try await city.act(
                .returnToProvider, try await city.misdirected(), by: city.reviewer, Opinion(comment: "确属你单位"))
            #expect(back.file.state == "decision")
            #expect(back.file.clocks.last { $0.name == "answer" }?.isOpen == true)
            let again = try await city.act(
                .misdirected(nil), back, by: city.providerChief, Opinion(comment: "仍非本单位"))
            await #expect(throws: CaseError.self) {
                try await city.act(
                    .returnToProvider, again, by: city.reviewer, Opinion(comment: "确属你单位"))
            }
            var request = again
            for _ in 0..<SharingWorkflow.transfersMax {
                let right = city.another()
                let passed = try await city.act(
                    .passOn(right.id), request, by: city.reviewer, Opinion(comment: "转办"))
                let next = try #require(try await city.exchange.successor(of: passed, for: city.drafter))
                let chief = Principal(
                    account: AccountID.new(), party: next.provider, post: PostID.new(),
                    roles: [.departmentCDO], channel: .commandLine, displayName: "样例")
                request = try await city.act(
                    .misdirected(nil), next, by: chief, Opinion(comment: "非本单位数据"))
            }
            let target = city.another()
            #expect(
                try !city.exchange.possibleActs(on: request, nil, for: city.reviewer).contains("pass-on"))
            await #expect(throws: CaseError.self) {
                try await city.act(
                    .passOn(target.id), request, by: city.reviewer, Opinion(comment: "转办"))
            }
            let ended = try await city.act(.giveBack, request, by: city.reviewer, Opinion(comment: "请重新申请"))
            #expect(ended.file.state == "returned")
        }
    }

    @Test(arguments: Dialect.available)
    func `keeps its place in an application, and an unconditional entry goes to the check`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let application = try await city.applied(city.offer([.conditional]))
            let right = city.another(nil, .unconditional)
            let child = try #require(try await city.children(application).first)
            let doubted = try await city.act(
                .misdirected(nil), try await city.act(.accept, child, by: city.reviewer),
                by: city.providerChief, Opinion(comment: "非本单位数据"))
            _ = try await city.act(.passOn(right.id), doubted, by: city.reviewer, Opinion(comment: "转办"))
            let progress = try await city.exchange.progress(of: application)
            #expect(progress.lines.map(\.request.entry) == [right.id])
            #expect(progress.lines.map(\.request.file.state) == ["check"])
            #expect(progress.lines.first?.request.place?.position == 1)
            #expect(
                try await city.exchange.application(application.id, for: city.drafter).file.state == "running"
            )
        }
    }

    @Test(arguments: Dialect.available)
    func `of two who rule at once one holds`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let right = city.another()
            let doubted = try await city.misdirected()
            async let first = tried {
                try await city.act(.passOn(right.id), doubted, by: city.reviewer, Opinion(comment: "转办"))
            }
            async let second = tried {
                try await city.act(
                    .returnToProvider, doubted, by: city.secondReviewer, Opinion(comment: "退回"))
            }
            #expect(await [first, second].count { $0 } == 1)
        }
    }

    /// Whether it was done.
    private func tried(_ act: () async throws -> SharingRequest) async -> Bool {
        do {
            _ = try await act()
            return true
        } catch {
            return false
        }
    }
}
