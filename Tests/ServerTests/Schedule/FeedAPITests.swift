import Foundation
import HTTPTypes
import Kernel
import Persistence
import Server
import TestKit
import Testing
import Web

@testable import Hooking

/// A program that sets how the hook of a world is fed. Each answer is held to what the API says of itself.
struct FeedCaller {
    private let app: TestApp
    private let token: String
    private let path: String
    private let check: SchemaCheck

    init(_ world: ScheduleWorld, _ key: String = "steward") throws {
        app = world.pages.app
        token = try #require(world.pages.people.members[key]?.token)
        path = "/api/v1/hooks/\(world.hook)"
        check = SchemaCheck(OpenAPIDocument(world.node.routes, words: Node.words, in: .english).json)
    }

    func get(_ feed: String) async throws -> TestApp.Answer { try await send(.get, feed, []) }
    func post(_ feed: String) async throws -> TestApp.Answer { try await send(.post, feed, Array("{}".utf8)) }
    func put(_ feed: String, _ body: JSON) async throws -> TestApp.Answer {
        try await send(.put, feed, body.canonicalBytes)
    }
    func delete(_ feed: String) async throws -> TestApp.Answer { try await send(.delete, feed, []) }

    private func send(
        _ method: HTTPRequest.Method, _ feed: String, _ body: [UInt8]
    ) async throws -> TestApp.Answer {
        let answer = try await app.ask(
            method, "\(path)/\(feed)",
            headers: [
                "Authorization": "Bearer \(token)", "Content-Type": "application/json",
                "Accept-Language": "en",
            ], body: body)
        if answer.status != 204 {
            let faults = check.faults(
                method.rawValue, "/api/v1/hooks/{id}/\(feed)", status: answer.status, try answer.json())
            #expect(faults == [], "\(method) \(feed)")
        }
        return answer
    }
}

/// How a hook is fed, set by a program instead of a page.
@Suite struct `Feeds of a hook by the API` {
    @Test(arguments: Dialect.available)
    func `set, pause, resume and remove a schedule, each told as it is then`(_ dialect: Dialect) async throws
    {
        try await ScheduleWorld.with(dialect) { world in
            let caller = try FeedCaller(world)
            #expect(try await caller.get("schedule").status == 404)
            let set = try await caller.put(
                "schedule", ["days": "weekly", "weekday": 3, "time": "02:30", "retriesMax": 5])
            #expect(set.status == 200, "\(set.text)")
            let told = try set.json()
            #expect(told["days"] == "weekly" && told["weekday"] == 3 && told["retriesMax"] == 5)
            #expect(told["alertAfterFailures"] == 2 && told["revision"] == 1 && told["state"] == "active")
            // Wednesday evening: the next one is a week away, at 02:30 in Beijing.
            #expect(told["nextAt"] == "2026-12-01T18:30:00.000000Z")
            let present = try await world.present()
            #expect(present.terms.timing == Timing(.weekly, minute: 150, weekday: 3))

            let paused = try await caller.post("schedule/pause").json()
            #expect(paused["state"] == "paused" && paused["nextAt"] == .null)
            let resumed = try await caller.post("schedule/resumption").json()
            #expect(resumed["state"] == "active")
            #expect(try await caller.get("schedule").json() == resumed)
            #expect(try await caller.delete("schedule").status == 204)
            #expect(try await caller.get("schedule").status == 404)
            #expect(try await caller.post("schedule/pause").status == 404)
            #expect(try await caller.delete("schedule").status == 404)
        }
    }

    private static let wrong: [(body: JSON, field: String)] = [
        (["days": "hourly", "time": "02:30"], "days"), (["days": "daily", "time": "2:30"], "time"),
        (["days": "daily"], "time"), (["days": "daily", "time": "02:30", "cron": "* *"], "cron"),
        (["days": "monthly", "time": "02:30", "workingDay": 16], "workingDay"),
        (["days": "daily", "time": "02:30", "retriesMax": "3"], "retriesMax"), ([1], "body"),
        (["days": "daily", "time": "02:30", "retriesMax": 11], "retriesMax"),
        (["days": "daily", "time": "02:30", "lateAfterMinutes": 1], "lateAfterMinutes"),
        (["days": "daily", "time": "02:30", "alertAfterFailures": 0], "alertAfterFailures"),
        (["days": "daily", "time": "02:30", "revision": "1"], "revision"),
    ]

    @Test func `refuse by name what is no schedule, and keep what is there`() async throws {
        try await ScheduleWorld.with { world in
            let caller = try FeedCaller(world)
            let before = try await world.schedule()
            for (body, field) in Self.wrong {
                let answer = try await caller.put("schedule", body)
                #expect(answer.status == 400 && answer.text.contains("\"\(field)\""), "\(answer.text)")
            }
            #expect(try await world.present() == before)
        }
    }

    @Test(arguments: Dialect.available)
    func `are not overwritten by whoever read an older revision`(_ dialect: Dialect) async throws {
        try await ScheduleWorld.with(dialect) { world in
            let caller = try FeedCaller(world)
            let seen = try await world.schedule().revision
            try await world.schedule { $0.retriesMax = 7 }
            let stale = try await caller.put(
                "schedule", ["days": "daily", "time": "03:00", "revision": .integer(Int64(seen))])
            #expect(stale.status == 409)
            #expect(try await world.present().terms.retriesMax == 7)
        }
    }

    @Test func `are hidden from who does not keep the hook, and changed by nobody else`() async throws {
        try await ScheduleWorld.with { world in
            try await world.schedule()
            for key in ["market-steward", "consumer", "auditor"] {
                let caller = try FeedCaller(world, key)
                for feed in ["schedule", "watch", "drop-table"] {
                    #expect([403, 404].contains(try await caller.get(feed).status), "\(key) \(feed)")
                    #expect([403, 404].contains(try await caller.delete(feed).status), "\(key) \(feed)")
                }
                let set = try await caller.put("schedule", ["days": "daily", "time": "02:30"])
                #expect([403, 404].contains(set.status), "\(key)")
            }
            #expect(try await world.present().state == .active)
        }
    }

    @Test(arguments: Dialect.available)
    func `watch a folder, beside no schedule`(_ dialect: Dialect) async throws {
        try await ScheduleWorld.with(dialect) { world in
            let caller = try FeedCaller(world)
            try await world.schedule()
            let beside = try await caller.put("watch", ["pattern": "list-*.csv", "unclassified": true])
            #expect(beside.status == 409)
            try await world.node.hooking.removeSchedule(of: world.hook, by: world.steward)
            let set = try await caller.put(
                "watch", ["pattern": "list-*.csv", "manner": "append", "unclassified": true])
            #expect(set.status == 200, "\(set.text)")
            #expect(try set.json()["pattern"] == "list-*.csv" && set.json()["manner"] == "append")
            let wrong = try await caller.put("watch", ["pattern": "../*.csv", "unclassified": true])
            #expect(wrong.status == 400 && wrong.text.contains("\"pattern\""))
            #expect(try await caller.get("watch").json() == set.json())
            for (body, field): (JSON, String) in [
                (["pattern": "a.csv", "folder": "x"], "folder"), (["pattern": 1], "pattern"),
                (["pattern": "a.csv", "manner": "sometimes"], "manner"), ([:], "pattern"),
                (["pattern": "a.csv"], "unclassified"),
            ] {
                let refused = try await caller.put("watch", body)
                #expect(refused.status == 400 && refused.text.contains("\"\(field)\""), "\(refused.text)")
            }
            let stale = try await caller.put(
                "watch", ["pattern": "b.csv", "revision": 7, "unclassified": true])
            #expect(stale.status == 409)
            #expect(try await caller.get("watch").json() == set.json())
            #expect(try await caller.delete("watch").status == 204)
            #expect(try await caller.get("watch").status == 404)
        }
    }

    @Test func `name a drop table on a server that is allowed, and never tell its password`() async throws {
        try await ScheduleWorld.with { world in
            let caller = try FeedCaller(world)
            let place: JSON = [
                "host": "10.9.9.9", "database": "front", "user": "hw", "table": "list",
                "password": "not-told-7", "unclassified": true,
            ]
            let refused = try await caller.put("drop-table", place)
            #expect(refused.status == 400 && !refused.text.contains("not-told-7"))
            #expect(refused.text.contains("\"host\""))
            let strange = try await caller.put("drop-table", ["host": "10.9.9.9", "secret": "x"])
            #expect(strange.status == 400 && strange.text.contains("\"secret\""))
            let missing = try await caller.put("drop-table", ["host": "10.9.9.9"])
            #expect(missing.status == 400 && missing.text.contains("\"database\""))
            #expect(try await caller.get("drop-table").status == 404)
            #expect(try await caller.delete("drop-table").status == 404)
        }
    }
}
