import Casework
import Exchange
import Foundation
import Identity
import Kernel
import Persistence
import Server
import TestKit
import Testing

@testable import Reminders

@Suite struct `Reminders by mail` {
    @Test(arguments: Dialect.available)
    func `tell once what waits, nothing in quiet hours, and at their end what still does`(
        _ dialect: Dialect
    ) async throws {
        try await ReminderWorld.with(dialect) { world in
            try await world.subscribe("cdo")
            // Two processes at once.
            let (desk, other) = (world.desk, world.node.reminders)
            async let first = desk.round()
            async let second = other.round()
            let sent = try await [first, second].reduce(0, +)
            #expect(sent == 1)
            let mail = try #require(try world.told().first)
            #expect(try world.told().count == 1 && mail.recipient == "cdo@example.gov.cn")
            #expect(mail.text.contains("数据共享申请（源城区人民政府）") && mail.text.contains("轮到办理（1）"))
            #expect(mail.text.contains("https://data.example.gov.cn/requests/\(world.request.id)"))
            #expect(!mail.text.contains(world.request.file.title))
            let message = try #require(try await world.messages("cdo").first)
            #expect(message.state == .sent && message.counts["turn"] == 1)
            #expect(mail.header("Message-ID") == "<\(message.id)@data.example.gov.cn>")
            #expect(mail.subject == "【Headwaters】\(message.counts.values.reduce(0, +)) 项提醒")
            world.time.move(seconds: 120)
            #expect(try await desk.round() == 0)

            world.move(toDay: 0, "22:30")
            let stays = try await world.another()
            let goes = try await world.another()
            for _ in 0..<3 {
                #expect(try await desk.round() == 0)
                world.time.move(seconds: 61)
            }
            _ = try await world.node.exchange.perform(
                .refuse, on: goes.id, seen: goes.file.revision, by: world.people.principal("cdo"),
                Opinion(comment: "不予提供", legalBasis: "保守国家秘密法"))
            world.move(toDay: 1, "07:31")
            #expect(try await desk.round() == 1)
            let morning = try #require(try world.told().last)
            #expect(try world.told().count == 2)
            #expect(morning.text.contains("\(stays.id)") && !morning.text.contains("\(goes.id)"))
            #expect(!morning.text.contains("\(world.request.id)"))

            let due = try #require(
                try await world.node.exchange.dueClocks(.mine, of: world.people.principal("cdo")).first)
            world.time.move(to: due.due.start + .seconds(9 * 3_600))
            #expect(try await desk.round() == 1)
            #expect(try #require(try world.told().last).text.contains("今日（\(due.due)）到期"))
            #expect(try await world.leaves("reminder.address-confirmed") == ["{}"])
        }
    }

    @Test
    func `are asked again with the same id, dropped when nobody may know any more, and given up in the end`()
        async throws
    {
        try await ReminderWorld.with(environment: ["HEADWATERS_REMINDER_GIVE_UP_HOURS": "2"]) { world in
            try await world.subscribe("cdo")
            let desk = world.desk
            try world.mail.behave(data: "451 4.7.1 greylisted")
            #expect(try await desk.round() == 0)
            let waiting = try #require(try await world.messages("cdo").first)
            #expect(waiting.state == .waiting && waiting.tries == 1)
            #expect(waiting.problem?.key == "reminder.fault.mail-status")
            #expect(try await desk.round() == 0)
            #expect(try await world.messages("cdo").first?.tries == 1)
            try world.mail.behave()
            world.time.move(seconds: 61)
            #expect(try await desk.round() == 1)
            #expect(
                try world.told().map { $0.header("Message-ID") } == ["<\(waiting.id)@data.example.gov.cn>"])

            // Waits for a second try; meanwhile the post is another's.
            _ = try await world.another()
            try world.mail.behave(data: "451 4.7.1 greylisted")
            world.time.move(seconds: 61)
            #expect(try await desk.round() == 0)
            try world.mail.behave()
            let cdo = try world.people.principal("cdo")
            let post = try #require(cdo.post)
            let today = world.node.clock.now().date()
            try await world.node.posts.vacate(
                post, after: today.adding(days: -1), by: .system(), at: world.node.clock.now())
            world.time.move(seconds: 200)
            #expect(try await desk.round() == 0)
            #expect(try await world.messages("cdo").map(\.state) == [.dropped, .sent])
            #expect(try world.told().count == 1)

            // Who stands in for the post is told of it.
            try await world.subscribe("steward")
            let person = try await world.person(of: world.people.principal("steward"))
            _ = try await world.node.posts.depute(
                person, for: post, from: today, through: today.adding(days: 7), because: "年休假",
                on: .administrator, by: .system(), at: world.node.clock.now())
            world.time.move(seconds: 61)
            #expect(try await desk.round() == 1)
            #expect(try world.told().last?.recipient == "steward@example.gov.cn")

            try world.mail.behave(data: "451 4.7.1 never")
            _ = try await world.another()
            for _ in 0..<12 {
                world.time.move(seconds: 1_300)
                _ = try await desk.round()
            }
            let last = try #require(try await world.messages("steward").first)
            #expect(last.state == .failed && last.tries > 3)
            #expect(try await world.own("steward").failures == 1)
            #expect(try await world.node.reminderAlarm(for: world.session("steward")) == 1)
            #expect(try await desk.figures().counts[.failed] == 1)
        }
    }

    @Test func `wait while the mail server is down, and go out once each when it is back`() async throws {
        try await ReminderWorld.with { world in
            try await world.subscribe("cdo")
            let desk = world.desk
            world.mail.stop()
            #expect(try await desk.round() == 0)
            let first = try #require(try await world.messages("cdo").first)
            #expect(first.state == .waiting && first.problem?.key == "reminder.fault.unconnected")
            _ = try await world.another()
            for _ in 0..<3 {
                world.time.move(seconds: 1_300)
                #expect(try await desk.round() == 0)
            }
            let waiting = try await world.messages("cdo")
            #expect(waiting.allSatisfy { $0.state == .waiting } && waiting.contains { $0.tries > 1 })
            #expect(try world.told().isEmpty)
            try world.mail.restart()
            for _ in 0..<8 {
                world.time.move(seconds: 1_300)
                _ = try await desk.round()
            }
            let sent = try await world.messages("cdo")
            #expect(sent.allSatisfy { $0.state == .sent })
            // Nothing was lost, and nothing came twice.
            #expect(
                Set(try world.told().compactMap { $0.header("Message-ID") })
                    == Set(sent.map { "<\($0.id)@data.example.gov.cn>" }))
            #expect(try world.told().count == sent.count)
            #expect(try await world.own("cdo").failures == 0)
        }
    }

    @Test func `stop at an address that there is not, and at so many an hour`() async throws {
        let hourly = ["HEADWATERS_REMINDER_MESSAGES_PER_HOUR_MAX": "1"]
        try await ReminderWorld.with(environment: hourly) { world in
            try await world.subscribe("cdo")
            let desk = world.desk
            #expect(try await desk.round() == 1)
            let more = [try await world.another(), try await world.another()]
            world.time.move(seconds: 300)
            #expect(try await desk.round() == 0)
            try world.mail.behave(recipients: ["cdo@example.gov.cn": "550 5.1.1 no such mailbox"])
            world.time.move(seconds: 3_601)
            #expect(try await desk.round() == 0)
            let refused = try #require(try await world.messages("cdo").first)
            #expect(refused.state == .failed && refused.counts["turn"] == more.count)
            #expect(try await world.own("cdo").state == .refused)
            #expect(try await world.leaves("reminder.address-refused").count == 1)
            try world.mail.behave()
            world.time.move(seconds: 7_200)
            #expect(try await desk.round() == 0)
            #expect(try world.told().count == 1)
            // Another address begins anew.
            try await world.subscribe("cdo")
            #expect(try await world.own("cdo").problem == nil)
        }
    }

    @Test func `make one digest of all that waits, and none when nothing does`() async throws {
        try await ReminderWorld.with { world in
            let digest = Receiver.Wish(manner: Manner(digestMinute: 510))
            try await world.subscribe("cdo", digest)
            try await world.subscribe("market-cdo", digest)
            let desk = world.desk
            #expect(try await desk.round() == 0)
            for day in 1...2 {
                world.move(toDay: day, "08:30")
                world.time.move(seconds: 1)
                #expect(try await desk.round() == 1)
                #expect(try await desk.round() == 0)
            }
            // Saturday.
            world.move(toDay: 3, "12:00")
            #expect(try await desk.round() == 0)
            #expect(try world.told().map(\.recipient) == Array(repeating: "cdo@example.gov.cn", count: 2))
            #expect(try #require(try world.told().last).subject.contains("今日汇总"))
        }
    }

    @Test func `go nowhere before the code came back, which is void after few wrong ones`() async throws {
        try await ReminderWorld.with { world in
            let (desk, cdo) = (world.desk, try world.session("cdo"))
            for wrong in ["x", "a@b.cn\r\nBcc: c@d.cn", "<a@b.cn>"] {
                await #expect(throws: ReminderError.self) {
                    try await desk.setAddress(wrong, in: .english, by: cdo)
                }
            }
            await #expect(throws: ReminderError.sessionOnly) {
                try await desk.setAddress("a@b.cn", in: .english, by: world.people.principal("cdo"))
            }
            #expect(try world.mail.taken().isEmpty)
            try await desk.setAddress("cdo@example.gov.cn", in: .simplifiedChinese, by: cdo)
            let right = try world.code()
            #expect(try await desk.round() == 0)
            let wrong = right == "000000" ? "111111" : "000000"
            for left in stride(from: 4, through: 1, by: -1) {
                await #expect(throws: ReminderError.codeWrong(triesLeft: left)) {
                    try await desk.confirm(wrong, by: cdo)
                }
            }
            await #expect(throws: ReminderError.codeLocked) { try await desk.confirm(wrong, by: cdo) }
            await #expect(throws: ReminderError.codeLocked) { try await desk.confirm(right, by: cdo) }
            try await desk.setAddress("cdo@example.gov.cn", in: .simplifiedChinese, by: cdo)
            let late = try world.code()
            world.time.move(seconds: 16 * 60)
            await #expect(throws: ReminderError.codeOver) { try await desk.confirm(late, by: cdo) }
            for _ in 0..<2 { try await desk.setAddress("cdo@example.gov.cn", in: .english, by: cdo) }
            await #expect(throws: ReminderError.self) {
                try await desk.setAddress("other@example.gov.cn", in: .english, by: cdo)
            }
            #expect(try world.mail.taken().count == 4)
            // What is stored says the address to nobody.
            let stored = try await world.node.database.read { connection in
                try connection.rows("SELECT place FROM reminder_receiver").map {
                    String(decoding: try $0.value("place", as: [UInt8].self), as: UTF8.self)
                }
            }
            #expect(stored.count == 1 && !stored[0].contains("cdo@"))
            try await desk.forget(by: cdo)
            #expect(try await desk.own(of: cdo) == nil)
            #expect(try await world.leaves("reminder.address-removed") == ["{}"])
        }
    }
}

extension ReminderWorld {
    func person(of principal: Principal) async throws -> PersonID {
        let account = try #require(principal.account)
        return try #require(try await node.accounts.find(account)).person
    }
}
