import Evidence
import Foundation
import Identity
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `A scheduled delivery` {
    /// A granted table, and a clock that the test moves on. The node's own rounds run beside.
    private struct World {
        let table: GrantedTable
        let time: MovedClock
        var desk: DeliveryDesk { table.node.deliveries }

        static func with(
            _ dialect: Dialect = .sqlite, _ body: (World) async throws -> Void
        ) async throws {
            let time = MovedClock(to: ScheduleWorld.start)
            try await withGrantedTable(dialect, clock: time.clock) { table in
                try await body(World(table: table, time: time))
            }
        }

        func add(
            _ timing: Timing? = Timing(.daily, minute: 150), under grant: GrantID? = nil, skips: Bool = true
        ) async throws -> Delivery {
            try await desk.add(
                Delivery.Terms(format: .csv, timing: timing, skipsUnchanged: skips),
                under: grant ?? table.grant, by: table.consumer)
        }

        func present(_ delivery: Delivery) async throws -> Delivery {
            try await desk.find(delivery.id, for: table.consumer)
        }

        func browser() async throws -> TestBrowser {
            let browser = TestBrowser(try APICaller(table.node).app)
            let password = try #require(table.people.members["consumer"]?.password)
            _ = try await browser.get("/sign-in")
            _ = try await browser.post("/sign-in", [("name", "consumer"), ("password", password)])
            return browser
        }

        /// Moves to the next occurrence, or to the moment, and waits until there are `count` of them, all over.
        @discardableResult
        func runs(
            of delivery: Delivery, _ count: Int, at moment: Instant? = nil
        ) async throws -> [DeliveryRun] {
            if let moment { time.move(to: moment) } else { time.move(to: try await present(delivery).nextAt) }
            time.move(seconds: 1)
            // The node's own sequencer may be at it: then the records are sealed all the same.
            _ = try? await table.node.sequencer.step()
            for _ in 0..<200 {
                _ = try await desk.round()
                let runs = try await desk.runs(of: delivery.id, for: table.consumer)
                if runs.count >= count, runs.allSatisfy({ $0.outcome != .running }) { return runs }
                try await Task.sleep(for: .milliseconds(50))
            }
            return try await desk.runs(of: delivery.id, for: table.consumer)
        }
    }

    @Test(arguments: Dialect.available)
    func `makes an ordinary file when it is due, once for what was missed, and none when nothing is new`(
        _ dialect: Dialect
    ) async throws {
        try await World.with(dialect) { world in
            let delivery = try await world.add()
            #expect(try await world.desk.runs(of: delivery.id, for: world.table.consumer).isEmpty)
            let first = try await world.runs(of: delivery, 1)
            #expect(first.map(\.outcome) == [.made])
            let id = try #require(first.first?.release)
            let release = try await world.table.node.receipts.find(id, for: world.table.consumer)
            #expect(release.state == .settled && release.hasReceipt)
            #expect(release.requestedBy == world.table.consumer.account)
            // Five days in which nobody ran: late, one occurrence, and the next is ahead.
            let seen = try await world.present(delivery)
            #expect(!seen.isLate(at: world.table.node.clock.now()))
            world.time.move(seconds: 5 * 86_400)
            #expect(seen.isLate(at: world.table.node.clock.now()))
            #expect(seen.isAlarming(at: world.table.node.clock.now()))
            let second = try await world.runs(of: delivery, 2)
            #expect(second.map(\.outcome) == [.skipped, .made])
            let after = try await world.present(delivery)
            #expect(after.nextAt > world.table.node.clock.now() && after.failures == 0)
        }
    }

    @Test func `makes one all the same when it is to, and whenever another version is served`() async throws {
        try await World.with { world in
            let daily = try await world.add(skips: false)
            #expect(try await world.runs(of: daily, 1).first?.outcome == .made)
            #expect(try await world.runs(of: daily, 2).first?.outcome == .made)
            let fresh = try await world.add(nil)
            #expect(try await world.runs(of: fresh, 1).map(\.outcome) == [.made])
            // Looked at again and again: nothing new is nothing to tell.
            for _ in 0..<3 {
                world.time.move(seconds: 90)
                _ = try? await world.table.node.sequencer.step()
                _ = try await world.desk.round()
            }
            #expect(try await world.desk.runs(of: fresh.id, for: world.table.consumer).count == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `is run by one of many processes`(_ dialect: Dialect) async throws {
        try await World.with(dialect) { world in
            let delivery = try await world.add()
            world.time.move(to: delivery.nextAt)
            world.time.move(seconds: 1)
            _ = try? await world.table.node.sequencer.step()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<6 { group.addTask { _ = try? await world.desk.round() } }
            }
            let now = world.table.node.clock.now()
            #expect(try await world.runs(of: delivery, 1, at: now).count == 1)
        }
    }

    @Test func `that a rule refuses is told with its reason, in the inbox too, and ends with its grant`()
        async throws
    {
        try await World.with { world in
            let delivery = try await world.add(skips: false)
            try await world.table.change(.suspension)
            let refused = try #require(try await world.runs(of: delivery, 1).first)
            #expect(refused.outcome == .refused && refused.problem?.key.hasPrefix("policy.") == true)
            let told = try await world.desk.alarming(for: world.table.consumer)
            #expect(told.map(\.id) == [delivery.id])
            let browser = try await world.browser()
            #expect(try await browser.get("/inbox").text.contains("Deliveries in trouble"))
            let page = try await browser.get("/deliveries/\(delivery.id)")
            #expect(page.status == 200 && page.text.contains("refused"))

            try await world.table.change(.resumption)
            #expect(try await world.runs(of: delivery, 2).first?.outcome == .made)
            #expect(try await world.desk.alarming(for: world.table.consumer).isEmpty)
            try await world.table.change(.revocation)
            _ = try await world.desk.round()
            #expect(try await world.present(delivery).state == .ended)
            #expect(try await world.table.leaves("delivery.ended").count == 1)
            await #expect(throws: DeliveryError.ended) {
                try await world.desk.set(.active, delivery.id, by: world.table.consumer)
            }
        }
    }

    @Test func `that the quota does not reach for is refused, and told`() async throws {
        try await World.with { world in
            let delivery = try await world.add(skips: false)
            let used = try await world.table.use().total
            try await world.table.set("total_quota = \(used + 1)")
            let refused = try #require(try await world.runs(of: delivery, 1).first)
            #expect(refused.outcome == .refused && refused.problem?.key == "policy.quota-total")
            #expect(try await world.table.use().total == used)
            let present = try await world.present(delivery)
            // By a rule: no sooner than the next time.
            #expect(present.retryAt == nil && present.failures == 1 && present.state == .active)
            #expect(try await world.desk.alarming(for: world.table.consumer).map(\.id) == [delivery.id])
        }
    }

    @Test func `that fails is tried again, and says when`() async throws {
        try await World.with { world in
            let delivery = try await world.add(skips: false)
            // A disk that takes no file: the folder of releases is not one.
            let folder = "\(world.table.node.folder.path)/releases"
            try FileManager.default.moveItem(atPath: folder, toPath: folder + ".away")
            try "".write(toFile: folder, atomically: true, encoding: .utf8)
            let failed = try #require(try await world.runs(of: delivery, 1).first)
            #expect(failed.outcome == .failed && failed.release == nil && failed.problem != nil)
            let resting = try await world.present(delivery)
            let retryAt = try #require(resting.retryAt)
            #expect(resting.failures == 1 && retryAt < resting.nextAt)
            let browser = try await world.browser()
            #expect(try await browser.get("/deliveries/\(delivery.id)").text.contains("Next try"))

            try FileManager.default.removeItem(atPath: folder)
            try FileManager.default.moveItem(atPath: folder + ".away", toPath: folder)
            let runs = try await world.runs(of: delivery, 2, at: retryAt)
            #expect(runs.map(\.outcome) == [.made, .failed])
            // The same occurrence, and the next one stays where it was.
            #expect(runs[0].dueAt == runs[1].dueAt)
            let after = try await world.present(delivery)
            #expect(after.nextAt == resting.nextAt && after.failures == 0 && after.retryAt == nil)
        }
    }

    @Test func `whose process died is closed as broken off, and made again at once`() async throws {
        try await World.with { world in
            let delivery = try await world.add(skips: false)
            let (now, run) = (world.table.node.clock.now(), JobID.new(at: world.table.node.clock.now()))
            try await world.table.node.database.write { connection in
                _ = try connection.execute(
                    """
                    INSERT INTO delivery_run (id, delivery, format, account, due_at, started_at, lease_until, outcome)
                    VALUES (\(run), \(delivery.id), 'csv', \(delivery.account), \(now), \(now), \(now), 'running')
                    """)
                _ = try connection.execute(
                    "UPDATE delivery SET run = \(run), due_at = \(now), is_settled = 0 WHERE id = \(delivery.id)"
                )
            }
            let runs = try await world.runs(of: delivery, 2, at: now + .seconds(1))
            #expect(runs.map(\.outcome) == [.made, .failed])
            #expect(runs.last?.problem?.key == "delivery.abandoned")
            #expect(try await world.present(delivery).nextAt == delivery.nextAt)
        }
    }

    @Test func `that is paused makes nothing, and goes on from its next time`() async throws {
        try await World.with { world in
            let delivery = try await world.add(skips: false)
            try await world.desk.set(.paused, delivery.id, by: world.table.consumer)
            world.time.move(seconds: 3 * 86_400)
            _ = try? await world.table.node.sequencer.step()
            _ = try await world.desk.round()
            #expect(try await world.desk.runs(of: delivery.id, for: world.table.consumer).isEmpty)
            #expect(try await world.desk.alarming(for: world.table.consumer).isEmpty)
            try await world.desk.set(.active, delivery.id, by: world.table.consumer)
            #expect(try await world.present(delivery).nextAt > world.table.node.clock.now())
            _ = try await world.desk.round()
            #expect(try await world.desk.runs(of: delivery.id, for: world.table.consumer).isEmpty)
            #expect(try await world.table.leaves("delivery.resumed").count == 1)
        }
    }

    @Test func `is set up by nobody but who may take the rows`() async throws {
        try await World.with { world in
            let terms = Delivery.Terms(format: .csv, timing: Timing(.daily, minute: 150))
            let provider = try world.table.people.principal("cdo")
            await #expect(throws: PolicyError.notPermitted(.releaseRows)) {
                _ = try await world.desk.add(terms, under: world.table.grant, by: provider)
            }
            let delivery = try await world.add()
            await #expect(throws: PolicyError.notPermitted(.releaseRows)) {
                try await world.desk.set(.paused, delivery.id, by: provider)
            }
            let stranger = try await world.table.stranger().principal
            await #expect(throws: PolicyError.grantNotFound(world.table.grant)) {
                _ = try await world.desk.add(terms, under: world.table.grant, by: stranger)
            }
            await #expect(throws: DeliveryError.notFound) {
                try await world.desk.remove(delivery.id, by: stranger)
            }
            #expect(try await world.table.leaves("delivery.set").count == 1)
        }
    }

    @Test func `stands still when whoever set it up has left the post`() async throws {
        try await World.with { world in
            let delivery = try await world.add(skips: false)
            try await world.table.node.database.write {
                _ = try $0.execute(
                    "UPDATE account SET disabled = 1 WHERE id = \(world.table.consumer.account)")
            }
            world.time.move(to: delivery.nextAt)
            world.time.move(seconds: 1)
            _ = try await world.desk.round()
            let stopped = try await world.present(delivery)
            #expect(stopped.state == .paused && stopped.problem?.key == "delivery.holder-gone")
            #expect(try await world.desk.runs(of: delivery.id, for: world.table.consumer).isEmpty)
        }
    }

    @Test func `is set up, changed, paused and removed by pages and API, within the grant`() async throws {
        try await World.with { world in
            let table = world.table
            let api = try APICaller(table.node)
            let token = try #require(table.people.members["consumer"]?.token)
            let route = "/api/v1/grants/\(table.grant)/deliveries"
            let check = SchemaCheck(try await api.get("/openapi.json", nil).json())
            let terms: JSON = ["format": "csv", "days": "weekly", "weekday": 5, "time": "08:30"]
            let made = try await api.post(route, token, terms)
            #expect(made.status == 201)
            #expect(
                check.faults("POST", "/api/v1/grants/{id}/deliveries", status: 201, try made.json()) == [])
            let id = try #require(try made.json()["id"]?.string)
            for (wrong, member) in [
                (["format": "parquet", "days": "daily", "time": "08:30"] as JSON, "format"),
                (["format": "csv", "days": "daily", "time": "8:30"], "time"),
                (["format": "csv", "days": "monthly", "time": "08:30", "workingDay": 40], "workingDay"),
                (["format": "csv", "days": "sometimes"], "days"),
                (["format": "csv", "days": "new-version", "target": "x"], "target"),
            ] {
                let answer = try await api.post(route, token, wrong)
                #expect(answer.status == 400 && answer.text.contains(member), "\(answer.text)")
            }
            let list = try await api.get(route, token)
            #expect(
                check.faults("GET", "/api/v1/grants/{id}/deliveries", status: 200, try list.json()) == [])
            #expect(try list.json()["items"]?.array?.count == 1)
            let paused = try await api.post("/api/v1/deliveries/\(id)/pause", token, [:])
            #expect(try paused.json()["state"] == "paused")
            #expect(try await api.get("/api/v1/deliveries/\(id)/runs", token).json()["items"] == [])
            let stranger = try await table.stranger().token
            #expect(try await api.get("/api/v1/deliveries/\(id)", stranger).status == 404)
            #expect(try await api.post(route, stranger, terms).status == 404)
            for _ in 1..<Delivery.perGrantMax { _ = try await world.add() }
            #expect(try await api.post(route, token, terms).status == 409)

            let browser = try await world.browser()
            #expect(try await browser.get("/held").text.contains("/deliveries/\(id)"))
            #expect(try await browser.get("/grants/\(table.grant)").text.contains("/deliveries/\(id)"))
            let page = "/deliveries/\(id)"
            #expect(try await browser.get(page).status == 200)
            let fields = [("format", "csv"), ("days", "daily"), ("revision", "2"), ("skip", "on")]
            let wrong = try await browser.post(page, fields + [("time", "later")])
            #expect(wrong.status == 422 && wrong.text.contains("value=\"later\""))
            #expect(try await browser.post(page, fields + [("time", "09:00")]).status == 303)
            // What was looked at before is not what is there now.
            #expect(try await browser.post(page, fields + [("time", "10:00")]).status == 409)
            #expect(try await browser.post("\(page)/pause", []).status == 303)
            #expect(try await browser.get("\(page)/removal").status == 200)
            #expect(try await browser.post("\(page)/removal", []).status == 303)
            #expect(try await browser.get(page).status == 404)
        }
    }
}
