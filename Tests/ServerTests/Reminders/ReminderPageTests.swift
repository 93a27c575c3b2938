import Foundation
import Kernel
import Persistence
import Server
import TestKit
import Testing

@testable import Reminders

@Suite struct `The pages of reminders` {
    @Test func `set an address by its code, keep what was typed, and show the channels of the unit alone`()
        async throws
    {
        try await TestService.serve({ _ in .init(#"{"errcode":0}"#) }) { service in
            let hosts = ["HEADWATERS_REMINDER_WEBHOOK_HOSTS": "127.0.0.1:\(service.port)"]
            try await ReminderWorld.with(environment: hosts) { world in
                let cdo = try await TrialPages.browser(world.node, world.people, "cdo")
                #expect(try await cdo.get("/account").text.contains("/account/reminders"))
                #expect(try await cdo.get("/account/reminders").text.contains("Set an address"))
                let bad = try await cdo.post("/account/reminders/address", [("address", "nobody")])
                #expect(bad.status == 422 && bad.text.contains("value=\"nobody\""))
                let asked = try await cdo.post(
                    "/account/reminders/address", [("address", "cdo@example.gov.cn")])
                #expect(asked.status == 303)
                let wrong = try await cdo.post("/account/reminders/confirmation", [("code", "12")])
                #expect(wrong.status == 422 && wrong.text.contains("4 tries are left"))
                let text = try #require(try world.mail.taken().last).text
                let code = try #require(text.firstMatch(of: /code is (\d{6})/).map { String($0.1) })
                let right = try await cdo.post("/account/reminders/confirmation", [("code", code)])
                #expect(right.status == 303)
                let wish = [
                    ("occasions", "turn"), ("daysBefore", "5"), ("mode", "digest"), ("quiet", "standard"),
                    ("rests", "1"), ("language", "en"),
                    ("revision", String(try await world.own("cdo").revision)),
                ]
                let night = try await cdo.post("/account/reminders", wish + [("digestTime", "23:10")])
                #expect(night.status == 422 && night.text.contains("value=\"23:10\""))
                let saved = try await cdo.post("/account/reminders", wish + [("digestTime", "09:10")])
                #expect(saved.status == 303)
                let stale = try await cdo.post("/account/reminders", wish + [("digestTime", "09:20")])
                #expect(stale.status == 409)
                let own = try await cdo.get("/account/reminders").text
                #expect(own.contains("cdo@example.gov.cn") && own.contains("value=\"09:10\""))

                try await channels(world, service, cdo)
            }
        }
    }

    private func channels(
        _ world: ReminderWorld, _ service: TestService, _ cdo: TestBrowser
    ) async throws {
        let form = [
            ("label", "专班群"), ("kind", "wecom"), ("occasions", "turn"), ("daysBefore", "3"),
            ("mode", "at-once"), ("quiet", "standard"), ("language", "zh-Hans"),
        ]
        _ = try await cdo.get("/reminder-channels/new")
        let refused = try await cdo.post(
            "/reminder-channels", form + [("address", "https://example.cn/send?key=k-1")])
        #expect(refused.status == 422 && !refused.text.contains("k-1"))
        let made = try await cdo.post(
            "/reminder-channels",
            form + [("address", "http://127.0.0.1:\(service.port)/send?key=k-1")])
        let page = try await cdo.follow(made)
        #expect(page.status == 200 && page.text.contains("专班群") && !page.text.contains("k-1"))
        let link = try #require(made.location)
        #expect(
            try await cdo.follow(cdo.post("\(link)/test", [])).text.contains("The test was taken"))
        #expect(service.asked.count == 1)
        let other = try await TrialPages.browser(world.node, world.people, "market-cdo")
        #expect(try await other.get(link).status == 404)
        #expect(try await other.get("/reminder-channels").text.contains("There is no channel yet"))
        let consumer = try await TrialPages.browser(world.node, world.people, "consumer")
        #expect(try await consumer.get("/reminder-channels").status == 403)
        #expect(try await cdo.get("\(link)/removal").text.contains("Remove the channel"))
        #expect(try await cdo.post("\(link)/removal", []).status == 303)
        let administrator = try await TrialPages.browser(world.node, world.people, "administrator")
        let health = try await administrator.get("/health").text
        #expect(health.contains("id=\"reminders\"") && !health.contains("cdo@example.gov.cn"))
    }
}
