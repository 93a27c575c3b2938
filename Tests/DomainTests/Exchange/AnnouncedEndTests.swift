import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `Exchange: an end that its provider announces` {
    @Test(arguments: Dialect.available)
    func `is told to the recipient, objected to once, maintained, and comes on its day with its evidence`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let grant = try await city.granted()
            let earliest = try city.announcedEnds.earliest(on: city.exchange.clock.now().date())
            #expect(earliest == CalendarDate("2026-02-02"), "twenty working days after Monday 5 January")
            var one = try await city.announce(grant, on: earliest)
            #expect(try await city.grant(grant).announcedEnd == earliest)
            #expect(try await city.grant(grant).revision == 1, "what runs goes on until then")
            #expect(try await city.told(city.drafter).contains("announced-end.told.announced"))
            one = try await city.say(.object, one, by: city.drafter, "业务尚未切换")
            #expect(try await city.told(city.providerChief).contains("announced-end.told.object"))
            let turn = try await city.exchange.inbox(.mine, of: city.providerChief).lines
            #expect(turn.map(\.id) == [one.id])
            one = try await city.say(.maintain, one, by: city.providerDeputy, "新库已上线")
            await #expect(throws: CaseError.self) {
                try await city.say(.object, one, by: city.chief, "仍需使用")
            }
            #expect(try city.announcedEnds.possibleActs(on: one, for: city.chief) == ["dispute"])

            city.set { $0.now = Instant(microseconds: SharingCity.monday.microseconds + 28 * 86_400_000_000) }
            #expect(city.exchange.clock.now().date() == earliest)
            #expect(try await city.announcedEnds.round().isEmpty, "its last day is a day of sharing")
            try await city.reserve(grant, revision: 1)
            city.wait(days: 1)
            await #expect(throws: PolicyError.grantEndedAsAnnounced(grant, on: earliest)) {
                try await city.reserve(grant, revision: 1)
            }
            await #expect(throws: ExchangeError.announcedDayPast(earliest)) {
                try await city.say(.withdraw, one, by: city.providerChief, "暂缓")
            }
            #expect(try await city.announcedEnds.round() == [grant])
            #expect(try await city.announcedEnds.round().isEmpty)
            let over = try await city.announcedEnds.find(one.id, for: city.drafter)
            #expect(over.file.state == "ended" && !over.isOpen)
            #expect(try await city.grant(grant).state == .expired)
            #expect(try await city.leaves("grant.ended-by-provider") == 1)
            let request = try await city.requestOf(grant)
            #expect(request.file.state == "closed" || request.file.history.last?.act == "end-with-grant")
            let taken = EndOfUse.Taken(
                release: .new(), at: SharingCity.monday, delivery: "csv", rows: 120, sha256: "ab12")
            #expect(try await city.ends { _ in [taken] }.round() == [grant], "a certificate is owed")
        }
    }

    @Test(arguments: Dialect.available)
    func `needs a full notice, a reason, a day that the grant lasts to, and whoever may say so`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let grant = try await city.granted()
            func places(_ terms: AnnouncedEndTerms) async throws -> [String] {
                do {
                    _ = try await city.announcedEnds.announce(terms, of: grant, by: city.providerChief)
                    return []
                } catch let error as ExchangeError { return error.problem.places.map(\.name) }
            }
            let good = try #require(CalendarDate("2026-03-31"))
            let soon = try #require(CalendarDate("2026-02-01"))
            let late = try #require(CalendarDate("2027-01-01"))
            #expect(try await places(AnnouncedEndTerms(day: soon, reason: "换系统")) == ["day"])
            #expect(try await places(AnnouncedEndTerms(day: late, reason: "换系统")) == ["day"])
            #expect(
                try await places(AnnouncedEndTerms(day: soon, reason: " ", successor: "没有的条目")) == [
                    "reason", "day", "successor",
                ])
            #expect(
                try await places(
                    AnnouncedEndTerms(day: good, reason: "换系统", successor: city.entryID.text))
                    == ["successor"])
            for person in [city.drafter, city.providerSteward, city.reviewer] {
                await #expect(throws: PolicyError.self) {
                    try await city.announcedEnds.announce(
                        AnnouncedEndTerms(day: good, reason: "换系统"), of: grant, by: person)
                }
            }
            await #expect(throws: PolicyError.grantNotFound(grant)) {
                try await city.announcedEnds.announce(
                    AnnouncedEndTerms(day: good, reason: "换系统"), of: grant, by: city.stranger)
            }
            city.set {
                $0.now = Instant(microseconds: SharingCity.monday.microseconds + 340 * 86_400_000_000)
            }
            #expect(
                try await places(AnnouncedEndTerms(day: good, reason: "换系统")) == ["day"], "it ends before")
            try await city.revoke(grant)
            await #expect(throws: PolicyError.grantNotActive(grant, .revoked)) {
                try await city.announcedEnds.announce(
                    AnnouncedEndTerms(day: good, reason: "换系统"), of: grant, by: city.providerChief)
            }
            #expect(try await city.announcedEnds.page(for: city.reviewer).lines.isEmpty)
        }
    }

    @Test(arguments: Dialect.available)
    func `is put later at any time and sooner only with a new notice; withdrawn, the grant goes on`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let grant = try await city.granted()
            let (march, april) = (
                try #require(CalendarDate("2026-03-02")), try #require(CalendarDate("2026-04-01"))
            )
            var one = try await city.announce(grant, on: march)
            let stale = one
            one = try await city.say(.move(april), one, by: city.providerChief, "新库延期")
            #expect(try await city.grant(grant).announcedEnd == april)
            await #expect(throws: CaseError.stale(seen: 1, now: 2)) {
                try await city.say(.object, stale, by: city.drafter, "看到的是旧页面")
            }
            for day in ["2026-01-30", "2026-04-01", "2027-01-01"] {
                await #expect(throws: ExchangeError.self) {
                    try await city.say(
                        .move(try #require(CalendarDate(day))), one, by: city.providerChief, "调整")
                }
            }
            one = try await city.say(.move(march), one, by: city.providerChief, "提前，仍满预告期")
            #expect(one.day == march)
            await #expect(throws: CaseError.self) {
                try await city.say(.withdraw, one, by: city.providerChief)
            }
            one = try await city.say(.withdraw, one, by: city.providerChief, "不再停用")
            #expect(one.file.state == "withdrawn" && !one.isOpen)
            #expect(try await city.grant(grant).announcedEnd == nil)
            city.wait(days: 100)
            #expect(try await city.announcedEnds.round().isEmpty)
            try await city.reserve(grant, revision: 1)
            _ = try await city.announce(grant, on: try #require(CalendarDate("2026-06-30")))
        }
    }

    @Test(arguments: Dialect.available)
    func `keeps a renewal or a change within its day until it is withdrawn`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let grant = try await city.granted()
            let later = try #require(CalendarDate("2027-12-31"))
            let before = try await city.exchange.renew(grant, until: later, by: city.drafter)
            let one = try await city.announce(grant, on: try #require(CalendarDate("2026-03-02")))
            let refused = await #expect(throws: ExchangeError.self) {
                try await city.act(.submit, before, by: city.drafter)
            }
            #expect(refused?.problem.places.map(\.name) == ["to"])
            #expect(refused?.problem.places.first?.message.key == "announced-end.renewal-past")
            _ = try await city.act(.withdraw, before, by: city.drafter)
            await #expect(throws: ExchangeError.self) {
                try await city.exchange.renew(grant, until: later, by: city.drafter)
            }
            let change = try await city.exchange.change(grant, by: city.drafter)
            #expect(change.wish.to == one.day)
            var wish = change.wish
            wish.to = later
            await #expect(throws: ExchangeError.self) {
                try await city.act(.save(wish), change, by: city.drafter)
            }
            let decided = try await city.decided(change)
            let new = try await city.grant(try #require(decided.grant))
            #expect(new.validity?.to == one.day && new.announcedEnd == nil)
            #expect(try await city.announcedEnds.round().isEmpty)
            let over = try await city.announcedEnds.find(one.id, for: city.drafter)
            #expect(over.file.state == "overtaken", "the grant was replaced")
        }
    }

    @Test(arguments: Dialect.available)
    func `goes to coordination once it is maintained, and the outcome binds`(_ dialect: Dialect) async throws
    {
        try await inCity(dialect) { city in
            let grant = try await city.granted()
            let (march, june) = (
                try #require(CalendarDate("2026-03-02")), try #require(CalendarDate("2026-06-30"))
            )
            var one = try await city.announce(grant, on: march)
            one = try await city.say(.object, one, by: city.chief, "业务尚未切换")
            one = try await city.say(.maintain, one, by: city.providerChief, "须按期停用")
            one = try await city.say(.dispute, one, by: city.chief, "请予协调")
            #expect(one.file.state == "coordination")
            let heard = try #require(try await city.coordinations.page(for: city.reviewer).lines.first)
            #expect(heard.request == one.id && heard.isOfEnd)
            await #expect(throws: ExchangeError.self) {
                try await city.act(
                    .rule(.grant(try SharingCity.maskedClauses()), order: nil), heard, by: city.reviewer, "裁定"
                )
            }
            await #expect(throws: ExchangeError.self) {
                try await city.act(.rule(.end(.moved(march)), order: nil), heard, by: city.reviewer, "裁定")
            }
            let ruled = try await city.act(
                .rule(.end(.moved(june)), order: nil), heard, by: city.reviewer, "推迟到六月底")
            #expect(ruled.file.state == "ruled" && ruled.grant == grant)
            one = try await city.announcedEnds.find(one.id, for: city.chief)
            #expect(one.file.state == "settled" && one.day == june)
            #expect(try await city.grant(grant).announcedEnd == june)
            await #expect(throws: ExchangeError.self) {
                try await city.say(.move(march), one, by: city.providerChief, "提前")
            }
            one = try await city.say(.withdraw, one, by: city.providerChief, "继续提供")
            await #expect(throws: ExchangeError.endBound) {
                try await city.announce(grant, on: march)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `that its provider withdraws ends the coordination; what the grant meets otherwise ends it`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let grant = try await city.granted()
            let march = try #require(CalendarDate("2026-03-02"))
            var one = try await city.announce(grant, on: march)
            one = try await city.say(.object, one, by: city.chief, "业务尚未切换")
            one = try await city.say(.maintain, one, by: city.providerChief, "须按期停用")
            one = try await city.say(.dispute, one, by: city.chief, "请予协调")
            _ = try await city.say(.withdraw, one, by: city.providerChief, "继续提供")
            let heard = try #require(try await city.coordinations.page(for: city.reviewer).lines.first)
            #expect(heard.file.state == "overtaken")

            let again = try await city.announce(grant, on: march)
            try await city.giveUp(grant)
            await #expect(throws: PolicyError.grantNotActive(grant, .revoked)) {
                try await city.say(.object, again, by: city.drafter, "异议")
            }
            #expect(try await city.announcedEnds.round().isEmpty)
            #expect(
                try await city.announcedEnds.find(again.id, for: city.drafter).file.state == "overtaken")
            #expect(try await city.leaves("grant.ended-by-provider") == 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `of two who announce at once one succeeds; two clicks of one button are one`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let grant = try await city.granted()
            let terms = AnnouncedEndTerms(day: try #require(CalendarDate("2026-03-02")), reason: "换系统")
            let done = await withTaskGroup(of: Bool.self) { group in
                for person in [city.providerChief, city.providerDeputy] {
                    group.addTask {
                        (try? await city.announcedEnds.announce(terms, of: grant, by: person)) != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(done == 1)
            let one = try #require(try await city.announcedEnds.open(of: grant, for: city.chief))
            await #expect(throws: ExchangeError.endAnnounced(one.id)) {
                try await city.announcedEnds.announce(terms, of: grant, by: city.providerChief)
            }
            _ = try await city.say(.withdraw, one, by: city.providerChief, "更正")
            let twice = try await withThrowingTaskGroup(of: AnnouncedEnd.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        try await city.announcedEnds.announce(
                            terms, of: grant, by: city.providerChief, key: "one")
                    }
                }
                return try await group.reduce(into: Set<CaseID>()) { $0.insert($1.id) }
            }
            #expect(twice.count == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `of an entry ends all of its grants in one act, as they were looked at`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let (first, second) = (try await city.granted(), try await city.granted())
            try await city.suspend(second)
            try await city.reserve(first, revision: 1)
            let (earliest, grants) = try await city.announcedEnds.prospects(
                of: city.entryID, for: city.providerChief)
            #expect(Set(grants.map(\.grant)) == [first, second])
            #expect(grants.first { $0.grant == first }?.lastUse == SharingCity.monday.date())
            #expect(grants.first { $0.grant == second }?.isSuspended == true)
            let terms = AnnouncedEndTerms(day: earliest, reason: "换系统", basis: "河市监〔2026〕12号")
            await #expect(throws: ExchangeError.endsMoved) {
                try await city.announcedEnds.announce(
                    terms, ofAll: city.entryID, seen: [first], by: city.providerChief)
            }
            await #expect(throws: PolicyError.self) {
                try await city.announcedEnds.prospects(of: city.entryID, for: city.drafter)
            }
            #expect(try await city.leaves("case.acted") > 0)
            let announced = try await city.announcedEnds.announce(
                terms, ofAll: city.entryID, seen: [first, second], by: city.providerChief, key: "all")
            let again = try await city.announcedEnds.announce(
                terms, ofAll: city.entryID, seen: [first, second], by: city.providerChief, key: "all")
            #expect(announced.count == 2 && again.map(\.id) == announced.map(\.id).sorted())
            await #expect(throws: ExchangeError.endsNone) {
                try await city.announcedEnds.announce(
                    terms, ofAll: city.entryID, by: city.providerChief)
            }
            city.wait(days: 29)
            #expect(Set(try await city.announcedEnds.round()) == [first, second], "suspended ones too")
        }
    }

    @Test func `gives notice of twenty working days also over years that nobody has published`() throws {
        let rules = try SharingDeadlines.standard()
        let calendar = try WorkingDayCalendar(tsv: "year\t2026\t2026\tsample announcement")
        let first = try #require(CalendarDate("2026-01-01"))
        var before = first
        for offset in 0..<1_100 {
            let today = first.adding(days: offset)
            let earliest = try AnnouncedEnds.earliest(on: today, by: rules, calendar)
            #expect(calendar.workingDays(after: today, through: earliest) == 20)
            #expect(calendar.day(earliest).isWorking && earliest >= before)
            before = earliest
        }
    }
}

extension SharingCity {
    var announcedEnds: AnnouncedEnds {
        AnnouncedEnds(
            exchange,
            neighbours: AnnouncedEnds.Neighbours(
                entries: { _, _ in [] }, titles: { _, _ in [:] }, scheduled: { _, _ in 0 }))
    }

    func granted() async throws -> GrantID {
        try #require(try await act(.agree, try await accepted(), by: providerChief).grant)
    }

    func announce(_ grant: GrantID, on day: CalendarDate) async throws -> AnnouncedEnd {
        try await announcedEnds.announce(
            AnnouncedEndTerms(day: day, reason: "业务系统更新换代", basis: "河市监〔2026〕12号"), of: grant,
            by: providerChief)
    }

    func say(
        _ act: AnnouncedEndAct, _ one: AnnouncedEnd, by principal: Principal, _ comment: String? = nil
    ) async throws -> AnnouncedEnd {
        try await announcedEnds.perform(
            act, on: one.id, seen: one.file.revision, by: principal, comment: comment)
    }

    func told(_ principal: Principal) async throws -> [String] {
        try await exchange.notices(of: principal).map(\.message.key)
    }

    func requestOf(_ grant: GrantID) async throws -> SharingRequest {
        let id: CaseID? = try await database.read {
            try $0.row("SELECT case_id FROM sharing_request WHERE grant_id = \(grant)")?.value("case_id")
        }
        return try await exchange.request(try #require(id), for: reviewer)
    }

    func giveUp(_ id: GrantID) async throws {
        let (store, now) = (GrantStore { _, _ in }, exchange.clock.now())
        let permit = try Permissions().permit(.giveUpGrant, on: try await grant(id).subject, for: chief)
        try await database.write(under: permit) { connection, mandate in
            _ = try store.giveUp(id, reason: "不再使用", under: mandate, at: now, in: connection)
        }
    }

    func suspend(_ id: GrantID) async throws {
        let (store, now) = (GrantStore { _, _ in }, exchange.clock.now())
        let permit = try Permissions().permit(
            .suspendGrant, on: try await grant(id).subject, for: providerChief)
        try await database.write(under: permit) { connection, mandate in
            _ = try store.suspend(id, reason: "核查", under: mandate, at: now, in: connection)
        }
    }
}
