import Foundation
import Identity
import Kernel
import Persistence
import Server
import TestKit
import Testing

@testable import Hooking

@Suite struct `A schedule` {
    @Test(arguments: Dialect.allCases)
    func `reads the source when it is due, and once for what was missed`(_ dialect: Dialect) async throws {
        try await ScheduleWorld.with(dialect) { world in
            let set = try await world.schedule()
            #expect(try await world.node.hooking.scheduleRound() == 0)
            world.time.move(to: set.nextAt)
            world.time.move(seconds: 1)
            #expect(try await world.node.hooking.scheduleRound() == 1)
            let first = try await world.settled()
            #expect(first.succeededAt != nil && first.failures == 0 && first.nextAt > set.nextAt)
            #expect(try await world.node.hooking.currentVersion(of: world.pages.entry)?.rows == 1)

            // Nobody ran for five days: one run, and the next is ahead.
            try world.write("code,amount\na1,1\na2,2\n")
            world.time.move(seconds: 5 * 86_400)
            #expect(try await world.present().isLate(at: world.node.clock.now()))
            #expect(try await world.node.hooking.scheduleRound() == 1)
            let second = try await world.settled()
            #expect(try await world.node.hooking.attempts(of: world.hook).count == 2)
            #expect(try await world.node.hooking.currentVersion(of: world.pages.entry)?.rows == 2)
            #expect(second.nextAt > world.node.clock.now())
            #expect(!second.isAlarming(at: world.node.clock.now()))
        }
    }

    @Test(arguments: Dialect.allCases)
    func `is run by one of many processes`(_ dialect: Dialect) async throws {
        try await ScheduleWorld.with(dialect) { world in
            let set = try await world.schedule()
            world.time.move(to: set.nextAt)
            world.time.move(seconds: 1)
            let started = await withTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask { (try? await world.node.hooking.scheduleRound()) ?? 0 }
                }
                return await group.reduce(0, +)
            }
            #expect(started == 1)
            _ = try await world.settled()
            #expect(try await world.node.hooking.attempts(of: world.hook).count == 1)
        }
    }

    @Test func `tries again with growing pauses, tells the inbox, and forgets it with the first success`()
        async throws
    {
        try await ScheduleWorld.with { world in
            let set = try await world.schedule {
                $0.retriesMax = 2
                $0.alertAfterFailures = 2
            }
            try world.write("code,total\na1,1\n")
            world.time.move(to: set.nextAt)
            world.time.move(seconds: 1)
            try await world.node.hooking.scheduleRound()
            let failed = try await world.settled()
            #expect(failed.failures == 1 && !failed.isFailing)
            let retry = try #require(failed.retryAt)
            #expect(retry - world.node.clock.now() <= .seconds(60))
            #expect(try await world.node.hooking.alarmingSchedules(for: world.steward).isEmpty)
            // Not before its time.
            #expect(try await world.node.hooking.scheduleRound() == 0)
            world.time.move(seconds: 61)
            #expect(try await world.node.hooking.scheduleRound() == 1)
            let again = try await world.settled()
            #expect(again.failures == 2 && again.isFailing && again.nextAt == failed.nextAt)
            #expect(try await world.node.hooking.alarmingSchedules(for: world.steward).count == 1)
            let before = try await world.pages.browser("steward")
            #expect(try await before.get("/inbox").text.contains("Schedules in trouble"))
            #expect(try await before.get("/hooks").text.contains("failing"))
            world.time.move(seconds: 241)
            #expect(try await world.node.hooking.scheduleRound() == 1)
            // Tried often enough: the next occurrence is the next run.
            let given = try await world.settled()
            #expect(given.failures == 3 && given.retryAt == nil)
            try world.write("code,amount\na1,1\n")
            world.time.move(to: given.nextAt)
            world.time.move(seconds: 1)
            #expect(try await world.node.hooking.scheduleRound() == 1)
            let good = try await world.settled()
            #expect(good.failures == 0 && !good.isAlarming(at: world.node.clock.now()))
            let after = try await world.pages.browser("steward")
            #expect(!(try await after.get("/inbox").text.contains("Schedules in trouble")))
        }
    }

    @Test func `survives the process that ran it: the attempt ends as interrupted and is tried again`()
        async throws
    {
        try await ScheduleWorld.with { world in
            let set = try await world.schedule()
            world.time.move(to: set.nextAt)
            world.time.move(seconds: 1)
            // As a runner leaves it that dies after the claim.
            let now = world.node.clock.now()
            let steward = try #require(world.steward.account)
            let hook = try await world.node.hooking.find(world.hook, for: world.steward)
            let attempt = PublishAttempt(
                id: JobID.new(at: now), hook: hook.id, entry: hook.entry, owner: hook.owner,
                outcome: .running(.probing), rowsRead: 0, rowsRejected: 0, permille: 0, startedAt: now,
                endedAt: nil, startedBy: steward)
            let schedule = try await world.present()
            let next = schedule.terms.timing.next(after: now, by: world.node.hooking.parts.calendar)
            let isClaimed = try await world.node.database.write { connection in
                try AttemptStore().begin(attempt, in: connection)
                return try ScheduleStore().claim(
                    schedule, for: attempt.id, dueAt: schedule.nextAt, nextAt: next, in: connection)
            }
            #expect(isClaimed)
            #expect(try await world.node.hooking.scheduleRound() == 0)
            world.time.move(seconds: AttemptStore.leaseSeconds + 1)
            try await world.node.hooking.scheduleRound()
            #expect(try await world.present().failures == 1)
            world.time.move(seconds: 61)
            #expect(try await world.node.hooking.scheduleRound() == 1)
            #expect(try await world.settled().failures == 0)
        }
    }

    @Test func `stands still when its holder has left the post, and says so`() async throws {
        try await ScheduleWorld.with { world in
            let set = try await world.schedule()
            world.time.move(to: set.nextAt)
            world.time.move(seconds: 86_400)
            let post = try #require(world.steward.post)
            let today = world.node.clock.now().date()
            try await world.node.posts.vacate(
                post, after: today.adding(days: -1), by: .system(), at: world.node.clock.now())
            #expect(try await world.node.hooking.scheduleRound() == 0)
            let stopped = try await world.present()
            #expect(stopped.state == .paused)
            #expect(stopped.problem?.key == "hooking.schedule-holder-gone")
            #expect(try await world.node.hooking.attempts(of: world.hook).isEmpty)
        }
    }

    @Test func `is paused, resumed without catching up, and removed`() async throws {
        try await ScheduleWorld.with { world in
            try await world.schedule()
            try await world.node.hooking.setScheduleState(.paused, of: world.hook, by: world.steward)
            world.time.move(seconds: 3 * 86_400)
            #expect(try await world.node.hooking.scheduleRound() == 0)
            #expect(!(try await world.present().isAlarming(at: world.node.clock.now())))
            try await world.node.hooking.setScheduleState(.active, of: world.hook, by: world.steward)
            #expect(try await world.node.hooking.scheduleRound() == 0)
            #expect(try await world.present().nextAt > world.node.clock.now())
            try await world.node.hooking.removeSchedule(of: world.hook, by: world.steward)
            #expect(try await world.node.hooking.schedule(of: world.hook, for: world.steward) == nil)
            await #expect(throws: HookingError.noSchedule) {
                try await world.node.hooking.removeSchedule(of: world.hook, by: world.steward)
            }
        }
    }

    @Test func `is set up on a page, with what is wrong beside its field`() async throws {
        try await ScheduleWorld.with { world in
            let browser = try await world.pages.browser("steward")
            let path = "/hooks/\(world.hook)/schedule"
            _ = try await browser.get(path)
            var fields = [
                ("revision", "0"), ("days", "monthly"), ("workingDay", "16"), ("minute", "2:30"),
                ("retriesMax", "3"), ("alertAfterFailures", "2"), ("lateAfterMinutes", "120"),
            ]
            let unread = try await browser.post(path, fields)
            #expect(unread.status == 422 && unread.text.contains("value=\"2:30\""))
            fields[3].1 = "02:30"
            let wrong = try await browser.post(path, fields)
            #expect(wrong.status == 422 && wrong.text.contains("from 1 to 15"))
            fields[2].1 = "3"
            #expect(try await browser.post(path, fields).status == 303)
            let page = try await browser.get(path)
            #expect(page.text.contains("working day 3 of each month at 02:30"))
            #expect(try await browser.get("/hooks/\(world.hook)").text.contains("scheduled"))
            #expect(try await browser.post(path, fields).status == 409)
            #expect(try await browser.post(path + "/pause", []).status == 303)
            #expect(try await browser.get(path).text.contains("schedule paused"))
            #expect(try await browser.post(path + "/resumption", []).status == 303)
            #expect(try await browser.post(path + "/removal", []).status == 303)
            let market = try await world.pages.browser("market-steward")
            #expect(try await market.get(path).status == 404)
        }
    }
}
