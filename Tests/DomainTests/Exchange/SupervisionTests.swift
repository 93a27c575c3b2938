import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

extension SharingCity {
    var supervisions: Supervisions {
        var units = [provider: "市市场监督管理局", applicant: "源城区人民政府", bureau: "市数据主管部门"]
        if let other = stranger.party { units[other] = "另一单位" }
        let names = units
        return Supervisions(
            exchange,
            neighbours: Supervisions.Neighbours(
                units: { names },
                letter: { letter, _, _, _ in { _, _, _ in (letter.series, "河数〔2026〕12号") } }))
    }

    /// What is open about the case, as the bureau sees it.
    func supervised(_ id: CaseID) async throws -> [Supervision] {
        try await supervisions.page(SupervisionFilter(about: id), for: reviewer).lines
    }

    func act(
        _ act: SupervisionAct, _ one: Supervision, by principal: Principal, _ comment: String? = nil,
        key: String? = nil
    ) async throws -> Supervision {
        try await supervisions.perform(
            act, on: one.id, seen: one.file.revision, by: principal, comment: comment, key: key)
    }

    /// A request whose provider has let its time to answer pass by a day, with the supervision that the round opened.
    func lapsed() async throws -> (SharingRequest, Supervision) {
        let pending = try await accepted()
        wait(days: 15)
        _ = try await exchange.dailyRound()
        let found = try await supervised(pending.id)
        return (pending, try #require(found.first))
    }

    func task(due days: Int = 5) async throws -> Supervision {
        try await supervisions.open(
            SupervisionDraft(
                unit: provider, subject: "补齐目录条目", basis: "政务数据共享条例",
                due: exchange.clock.now().date().adding(days: days)), by: reviewer)
    }
}

@Suite struct `Supervision: the ladder` {
    @Test(arguments: Dialect.available)
    func `a lapsed clock opens one supervision, whose steps are the clock's`(_ dialect: Dialect) async throws
    {
        try await inCity(dialect) { city in
            let (pending, one) = try await city.lapsed()
            #expect(one.isAutomatic)
            #expect(one.unit == city.provider)
            #expect(one.level == .reminder)
            #expect(one.about?.clock == "answer")
            #expect(one.due == CalendarDate("2026-01-19"))
            #expect(one.file.history.map(\.act) == ["open", "begin"])
            city.wait(days: 2)
            _ = try await city.exchange.dailyRound()
            city.wait(days: 5)
            _ = try await city.exchange.dailyRound()
            _ = try await city.exchange.dailyRound()
            let all = try await city.supervised(pending.id)
            #expect(all.count == 1)
            let risen = try #require(all.first)
            #expect(risen.file.history.map(\.act) == ["open", "begin", "notify", "report"])
            #expect(risen.level == .leader)
            #expect(risen.file.state == "reported")
            #expect(
                try await city.exchange.inbox(
                    .mine, of: city.leader, InboxFilter(words: "", kind: SupervisionWorkflow.kind)
                ).lines.map(\.id) == [one.id])
            let request = try await city.exchange.request(pending.id, for: city.drafter)
            #expect(request.file.clock("answer")?.supervision == .leader)
        }
    }

    @Test(arguments: Dialect.available)
    func `two rounds at once open it exactly once`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let pending = try await city.accepted()
            city.wait(days: 15)
            let now = city.exchange.clock.now()
            let sweeps = try (0..<2).map { _ in
                ClockSweep(store: try city.elsewhere().cases, database: city.database)
            }
            async let first = sweeps[0].run(at: now)
            async let second = sweeps[1].run(at: now)
            let both = try await [first, second]
            #expect(both.flatMap(\.supervised) == [pending.id])
            #expect(try await city.supervised(pending.id).count == 1)
            #expect(try await city.leaves("case.supervised") == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `doing what was owed ends it with what happened`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let (pending, one) = try await city.lapsed()
            _ = try await city.act(.agree, pending, by: city.providerChief)
            let ended = try await city.supervisions.find(one.id, for: city.reviewer)
            #expect(ended.file.state == "overtaken")
            #expect(ended.file.history.last?.content["act"]?.string == "agree")
            #expect(!ended.isOpen)
            #expect(ended.file.clocks.allSatisfy { !$0.isOpen })
            await #expect(throws: CaseError.self) {
                try await city.act(.reportDone, ended, by: city.providerChief, "已答复")
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `an accepted day holds the ladder, and a broken promise goes on with it`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let (pending, one) = try await city.lapsed()
            let day = try #require(CalendarDate("2026-01-28"))
            let promised = try await city.act(.promise(day), one, by: city.providerChief, "正在会商")
            #expect(promised.file.state == "promise")
            #expect(promised.answeredOn == city.exchange.clock.now().date())
            city.wait(days: 4)
            #expect(try await city.exchange.dailyRound().swept.supervised.contains(pending.id) == false)
            let accepted = try await city.act(.acceptPromise, promised, by: city.reviewer)
            #expect(accepted.promisedOn == day)
            city.wait(days: 4)
            _ = try await city.exchange.dailyRound()
            #expect(try await city.supervised(pending.id).first?.level == .reminder)
            city.wait(days: 1)
            _ = try await city.exchange.dailyRound()
            let broken = try #require(try await city.supervised(pending.id).first)
            #expect(broken.level == .leader)
            #expect(broken.file.state == "reported")
        }
    }

    @Test(arguments: Dialect.available)
    func `nobody in the post that must answer: it goes to the leader at once`(_ dialect: Dialect) async throws
    {
        try await inCity(dialect) { city in
            let posts: Set<CaseHolder> = [
                .vacant(city.provider, .departmentCDO), .vacant(city.bureau, .leader),
            ]
            city.set { $0.vacant = posts }
            let one = try await city.task()
            #expect(one.file.state == "reported")
            #expect(one.file.history.last?.content["vacant"]?.string == "department-cdo")
            // The leader's post is vacant too: the desk is told.
            let told = try await city.exchange.notices(of: city.reviewer)
            #expect(told.map(\.message.key) == ["supervision.leader-vacant"])
            #expect(told.first?.kind == SupervisionWorkflow.kind)
        }
    }

    @Test(arguments: Dialect.available)
    func `a task without a case has its own day, and its own steps after it`(_ dialect: Dialect) async throws
    {
        try await inCity(dialect) { city in
            let task = try await city.task(due: 4)
            #expect(task.file.clock("task")?.until == CalendarDate("2026-01-09"))
            city.wait(days: 4)
            _ = try await city.exchange.dailyRound()
            #expect(try await city.supervisions.find(task.id, for: city.reviewer).level == .reminder)
            city.wait(days: 3)
            _ = try await city.exchange.dailyRound()
            let noticed = try await city.supervisions.find(task.id, for: city.reviewer)
            #expect(noticed.level == .notice)
            city.wait(days: 2)
            _ = try await city.exchange.dailyRound()
            let reported = try await city.supervisions.find(task.id, for: city.leader)
            #expect(reported.file.state == "reported")
            let until = try #require(CalendarDate("2026-01-16"))
            let instructed = try await city.act(.instruct(by: until), reported, by: city.leader, "限期办结")
            #expect(instructed.file.state == "open")
            #expect(instructed.file.clock("instruction")?.until == until)
            // Past the day of the instruction the leader hears of it again.
            city.wait(days: 5)
            _ = try await city.exchange.dailyRound()
            #expect(try await city.supervisions.find(task.id, for: city.leader).file.state == "reported")
        }
    }

    @Test(arguments: Dialect.available)
    func `a day promised over a year without a calendar is provisional and stays that day`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            city.wait(days: 340)
            let task = try await city.task(due: 60)
            let clock = try #require(task.file.clock("task"))
            let reading = clock.reading(on: clock.startedOn, calendar: city.exchange.cases.calendar)
            #expect(reading.isProvisional)
            #expect(reading.due == clock.until)
        }
    }
}
