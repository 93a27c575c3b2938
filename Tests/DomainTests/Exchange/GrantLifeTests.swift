import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `Exchange: the life of a grant after its decision` {
    @Test(arguments: Dialect.available)
    func `a renewal keeps the terms that were signed, and ends the old grant when it is decided`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let granted = try await city.act(.acceptOffer, try await city.offered(), by: city.drafter)
            let old = try #require(granted.grant)
            let last = try #require(CalendarDate("2027-12-31"))
            await #expect(throws: ExchangeError.self) {
                try await city.exchange.renew(
                    old, until: try #require(CalendarDate("2026-12-31")), by: city.drafter)
            }
            await #expect(throws: PolicyError.grantNotFound(old)) {
                try await city.exchange.renew(old, until: last, by: city.stranger)
            }
            let draft = try await city.exchange.renew(old, until: last, by: city.drafter)
            #expect(draft.replaces == old && draft.wish.to == last)
            await #expect(throws: ExchangeError.renewalAsked) {
                try await city.exchange.change(old, by: city.drafter)
            }
            var more = draft.wish
            more.columns.append("id_number")
            await #expect(throws: ExchangeError.self) {
                try await city.act(.save(more), draft, by: city.drafter)
            }
            let decided = try await city.decided(draft)
            let new = try await city.grant(try #require(decided.grant))
            #expect(new.state == .active && new.validity?.to == last)
            #expect(new.clauses.contains(.mask(column: "name", .surname)), "treatments are terms too")
            #expect(try await city.grant(old).state == .expired)
            #expect(try await city.leaves("grant.replaced") == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `a change asks for other terms and replaces the grant; one that ended meanwhile stays as it ended`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let old = try #require(
                try await city.act(.agree, try await city.accepted(), by: city.providerChief).grant)
            let draft = try await city.exchange.change(old, by: city.drafter)
            #expect(draft.wish.columns == ["name", "status"] && draft.wish.legalBasis == "行政许可法")
            var wish = draft.wish
            wish.columns = ["status"]
            let saved = try await city.act(.save(wish), draft, by: city.drafter)
            city.set { $0.now = SharingCity.monday + .seconds(60) }
            try await city.revoke(old)
            let decided = try await city.decided(saved)
            let new = try await city.grant(try #require(decided.grant))
            #expect(new.clauses.contains(.columns(["status"])))
            #expect(try await city.grant(old).state == .revoked)
            #expect(try await city.leaves("grant.replaced") == 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `when a grant ends, what was taken away is owed a certificate in time, and given once`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let grant = try #require(
                try await city.act(.agree, try await city.accepted(), by: city.providerChief).grant)
            let taken = EndOfUse.Taken(
                release: .new(), at: SharingCity.monday, delivery: "csv", rows: 120, sha256: "ab12")
            let ends = city.ends { $0 == grant ? [taken] : [] }
            #expect(try await ends.round().isEmpty, "nothing has ended")
            try await city.revoke(grant)
            #expect(try await ends.round() == [grant])
            #expect(try await ends.round().isEmpty, "once is enough")
            let end = try await ends.find(grant, for: city.providerSteward)
            #expect(end.taken == [taken] && end.dueOn == CalendarDate("2026-02-02"))
            #expect(end.standing(on: end.dueOn) == .owed)
            #expect(end.standing(on: end.dueOn.adding(days: 1)) == .overdue)
            #expect(!ends.mayCertify(end, city.providerSteward) && ends.mayCertify(end, city.drafter))
            await #expect(throws: ExchangeError.endNotFound) {
                try await ends.find(grant, for: city.stranger)
            }
            let good = SharingCity.certificate(byWhom: "信息科", witness: "办公室")
            await #expect(throws: ExchangeError.self) {
                try await ends.certify(
                    grant, SharingCity.certificate(byWhom: "信息科", witness: "信息科"), by: city.drafter)
            }
            await #expect(throws: PolicyError.self) {
                try await ends.certify(grant, good, by: city.providerChief)
            }
            let given = try await ends.certify(grant, good, by: city.drafter)
            #expect(given.standing(on: end.dueOn.adding(days: 1)) == .given)
            await #expect(throws: ExchangeError.certificateGiven) {
                try await ends.certify(grant, good, by: city.drafter)
            }
            #expect(
                try await ends.find(grant, for: city.reviewer).certificate?.attachments.map(\.sha256) == [
                    "cd34"
                ])
            #expect(try await city.leaves("destruction.owed") == 1)
            #expect(try await city.leaves("destruction.certified") == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func
        `certificates are listed page by page, those that are owed first, and what is pressing is the reader's`(
            _ dialect: Dialect
        ) async throws
    {
        try await inCity(dialect) { city in
            let ends = city.ends { _ in
                [
                    EndOfUse.Taken(
                        release: .new(), at: SharingCity.monday, delivery: "push", rows: 5, sha256: nil,
                        target: "业务库（10.0.0.8:5432 public.low_income）")
                ]
            }
            var grants: [GrantID] = []
            for _ in 0..<5 {
                let decided = try await city.decided(try await city.drafted())
                grants.append(try #require(decided.grant))
                try await city.revoke(grants[grants.count - 1])
                try await ends.round()
                city.wait(days: 1)
            }
            try await ends.certify(
                grants[0], SharingCity.certificate(byWhom: "信息科", witness: "办公室"), by: city.drafter)
            var (seen, after): ([GrantID], EndOfUse.Place?) = ([], nil)
            for _ in 0..<3 {
                let (lines, count) = try await ends.list(for: city.reviewer, after: after, linesMax: 2)
                #expect(count == 5)
                seen += lines.map(\.grant)
                after = lines.last.flatMap { EndOfUse.Place(EndOfUse.Place($0).text) }
            }
            #expect(seen == Array(grants[1...]) + [grants[0]])
            #expect(EndOfUse.Place("0_x_y") == nil && EndOfUse.Place("") == nil)
            func count(_ filter: EndFilter, _ reader: Principal) async throws -> Int {
                try await ends.list(filter, for: reader).count
            }
            #expect(try await count(EndFilter(standing: .given), city.drafter) == 1)
            #expect(try await count(EndFilter(standing: .owed), city.drafter) == 4)
            #expect(try await count(EndFilter(isPressing: true), city.drafter) == 4)
            // Of another's only what is late: by now the first two that are owed are.
            #expect(try await count(EndFilter(isPressing: true), city.reviewer) == 0)
            let due = try #require(try await ends.list(for: city.reviewer).lines.first?.dueOn)
            let later = due.daysSince1970 - city.exchange.clock.now().date().daysSince1970 + 1
            city.wait(days: later)
            #expect(try await count(EndFilter(isPressing: true), city.reviewer) == 1)
            #expect(try await count(EndFilter(standing: .overdue), city.providerSteward) == 1)
            #expect(try await count(EndFilter(), city.stranger) == 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `what goes on under another grant, and what left nothing behind, owes nothing`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let old = try #require(
                try await city.act(.agree, try await city.accepted(), by: city.providerChief).grant)
            let draft = try await city.exchange.renew(
                old, until: try #require(CalendarDate("2027-12-31")), by: city.drafter)
            let new = try #require(try await city.decided(draft).grant)
            let taken = EndOfUse.Taken(
                release: .new(), at: SharingCity.monday, delivery: "push", rows: 5, sha256: nil)
            #expect(try await city.ends { _ in [taken] }.round().isEmpty)
            try await city.revoke(new)
            #expect(try await city.ends { _ in [] }.round().isEmpty)
            #expect(try await city.ends { _ in [taken] }.list(for: city.reviewer).lines.isEmpty)
        }
    }

    @Test(arguments: Dialect.available)
    func `a grant in force when the year ended is reported on once, with the ledger's own figures`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let grant = try #require(
                try await city.act(.agree, try await city.accepted(), by: city.providerChief).grant)
            let reports = UseReports(city.exchange, evidence: city.evidence) { _, _, _, _ in (1, 2) }
            try await city.reserve(grant, revision: 1)
            city.wait(days: 1)
            for _ in 0..<2 { try await city.reserve(grant, revision: 1) }
            #expect(try await reports.list(for: city.drafter).lines.isEmpty, "the year is not over")
            await #expect(throws: ExchangeError.reportNotFound) {
                try await reports.find(grant, 2026, for: city.drafter)
            }
            city.wait(days: 362)
            let owed = try #require(try await reports.list(for: city.drafter).lines.first)
            #expect(owed.year == 2026 && owed.account == nil)
            #expect(owed.figures == UseReport.Figures(releases: 1, releasedRows: 2, rows: 3, days: 2))
            #expect(owed.figures.calledRows == 1)
            await #expect(throws: ExchangeError.self) {
                try await reports.give(grant, 2026, use: "核验", benefit: " ", by: city.drafter)
            }
            await #expect(throws: PolicyError.self) {
                try await reports.give(grant, 2026, use: "核验", benefit: "提速", by: city.providerSteward)
            }
            try await reports.give(grant, 2026, use: "施工许可核验", benefit: "当场办结", by: city.drafter)
            await #expect(throws: ExchangeError.reportGiven) {
                try await reports.give(grant, 2026, use: "核验", benefit: "提速", by: city.drafter)
            }
            let read = try await reports.find(grant, 2026, for: city.providerSteward)
            #expect(read.account?.benefit == "当场办结" && read.figures == owed.figures)
            #expect(try await city.leaves("use-report.given") == 1)
            await #expect(throws: ExchangeError.reportNotFound) {
                try await reports.find(grant, 2026, for: city.stranger)
            }
            func count(_ filter: UseReportFilter, _ reader: Principal) async throws -> Int {
                try await reports.list(filter, for: reader).count
            }
            #expect(try await count(UseReportFilter(isGiven: false), city.drafter) == 0)
            #expect(try await count(UseReportFilter(isOwn: true), city.drafter) == 1)
            #expect(try await count(UseReportFilter(isOwn: true), city.providerSteward) == 0)
            // A year later it is still to be read.
            city.wait(days: 365)
            #expect(try await reports.list(for: city.providerSteward).lines.isEmpty)
            #expect(reports.years().prefix(2) == [2027, 2026])
            let earlier = try await reports.list(
                UseReportFilter(year: 2026, isGiven: true), for: city.providerSteward)
            #expect(earlier.lines.map(\.grant) == [grant] && earlier.count == 1)
            #expect(
                try await reports.list(
                    UseReportFilter(year: 2026), for: city.providerSteward, after: grant
                ).lines.isEmpty)
            #expect(try await count(UseReportFilter(year: 9_999), city.providerSteward) == 0)
        }
    }
}

extension SharingCity {
    /// From the draft to the provider's yes.
    func decided(_ draft: SharingRequest) async throws -> SharingRequest {
        let signed = try await act(.signOff, try await act(.submit, draft, by: drafter), by: chief)
        return try await act(.agree, try await act(.accept, signed, by: reviewer), by: providerChief)
    }

    func revoke(_ id: GrantID) async throws {
        let (store, now) = (GrantStore { _, _ in }, exchange.clock.now())
        let permit = try Permissions().permit(
            .revokeGrant, on: try await grant(id).subject, for: providerChief)
        try await database.write(under: permit) { connection, mandate in
            _ = try store.revoke(id, reason: "用途已结束", under: mandate, at: now, in: connection)
        }
    }

    func ends(_ taken: @escaping @Sendable (GrantID) -> [EndOfUse.Taken]) -> UseEnds {
        UseEnds(exchange, evidence: evidence) { grant, _ in taken(grant) }
    }

    static func certificate(byWhom: String, witness: String) -> DestructionCertificate {
        DestructionCertificate(
            what: "全部文件及其副本", how: "介质消磁", on: monday.date(), byWhom: byWhom, witness: witness,
            attachments: [.init(name: "销毁记录.pdf", bytes: 10, sha256: "cd34")])
    }
}
