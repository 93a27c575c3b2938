import Casework
import Cryptography
import Exchange
import Foundation
import Identity
import Kernel
import Persistence
import Policy
import Server
import TestKit
import Testing

@testable import Reminders

@Suite struct `Reminders of a unit by webhook` {
    private static let secret = "a-secret-of-both-sides"

    private static func draft(
        _ kind: Receiver.Kind, _ port: Int, path: String = "/hook", label: String = "数据专班群"
    ) -> ReminderDesk.ChannelDraft {
        ReminderDesk.ChannelDraft(
            kind: kind, label: label,
            address: "http://127.0.0.1:\(port)\(path)\(kind == .wecom ? "?key=k-1" : "")",
            secret: kind == .webhook ? secret : "", wish: Receiver.Wish())
    }

    private static func with(
        _ dialect: Dialect = .sqlite,
        _ body: (ReminderWorld, TestService) async throws -> Void
    ) async throws {
        try await TestService.serve({ _ in .init(#"{"errcode":0,"errmsg":"ok"}"#) }) { service in
            let hosts = ["HEADWATERS_REMINDER_WEBHOOK_HOSTS": "127.0.0.1:\(service.port),metadata:80"]
            try await ReminderWorld.with(dialect, environment: hosts) { try await body($0, service) }
        }
    }

    @Test(arguments: Dialect.available)
    func `go to a robot and, signed, to a program; refusals are noted, and what is gone is left alone`(
        _ dialect: Dialect
    ) async throws {
        try await Self.with(dialect) { world, service in
            let (desk, cdo) = (world.desk, try world.people.principal("cdo"))
            let robot = try await desk.add(Self.draft(.wecom, service.port, path: "/robot"), by: cdo)
            let program = try await desk.add(Self.draft(.webhook, service.port), by: cdo)
            #expect(try await desk.round() == 2)
            #expect(try await desk.round() == 0)
            let asked = service.asked
            let text = try #require(asked.first { $0.target == "/robot?key=k-1" }?.body)
            #expect(text.contains("\"msgtype\":\"text\"") && text.contains("数据共享申请（源城区人民政府）"))
            #expect(text.contains("市民政局") && !text.contains(world.request.file.title))
            let call = try #require(asked.first { $0.target == "/hook" })
            let stamp = try #require(call.headers["x-headwaters-timestamp"])
            let tag = MAC(.sha256, key: Array(Self.secret.utf8)).tag("\(stamp).\(call.body)")
            #expect(call.headers["x-headwaters-signature"] == "v1=" + tag.hex)
            #expect(call.headers["x-headwaters-message"]?.isEmpty == false)
            let body = try JSON.parse(Array(call.body.utf8))
            #expect(body["items"]?.array?.first?["href"]?.string?.hasSuffix("/\(world.request.id)") == true)
            #expect(body["items"]?.array?.first?["title"] == nil)

            func problem(_ reply: TestService.Reply, _ id: ReceiverID) async throws -> String {
                service.answers { _ in reply }
                do { try await desk.test(id, by: cdo) } catch let fault as SendFault {
                    return fault.message.key
                }
                return "none"
            }
            #expect(try await problem(.init(#"{"errcode":45009}"#), robot.id) == "reminder.fault.errcode")
            #expect(try await problem(.init("<html>"), robot.id) == "reminder.fault.no-robot")
            #expect(
                try await problem(.init(String(repeating: "x", count: 20_000)), program.id)
                    == "reminder.fault.answer-too-large")
            let elsewhere = TestService.Reply("", status: 302, headers: ["Location": "http://127.0.0.1:1/"])
            #expect(try await problem(elsewhere, program.id) == "reminder.fault.redirected")
            #expect(try await problem(.init("", status: 500), program.id) == "reminder.fault.status")
            #expect(try await problem(.init("", status: 204), program.id) == "none")

            // A robot that was taken out of its group is not asked again.
            service.answers { _ in .init(#"{"errcode":93000,"errmsg":"invalid webhook url"}"#) }
            _ = try await world.another()
            world.time.move(seconds: 61)
            _ = try await desk.round()
            let refused = try await desk.channel(robot.id, for: cdo)
            #expect(refused.state == .refused && refused.problem?.key == "reminder.fault.errcode")
            #expect(try await world.leaves("reminder-channel.refused").count == 1)
            #expect(try await world.node.reminderAlarm(for: cdo) == 1)
            let before = service.asked.count
            world.time.move(seconds: 4_000)
            service.answers { _ in .init("{}") }
            _ = try await world.another()
            _ = try await desk.round()
            #expect(service.asked.dropFirst(before).allSatisfy { $0.target == "/hook" })
        }
    }

    @Test func `are set up by who manages the unit, only at hosts that are named, and go with them`()
        async throws
    {
        try await Self.with { world, service in
            let (desk, cdo) = (world.desk, try world.people.principal("cdo"))
            func fields(_ draft: ReminderDesk.ChannelDraft, _ who: String = "cdo") async throws -> [String] {
                do { _ = try await desk.add(draft, by: world.people.principal(who)) } catch let error
                    as any ProblemConvertible
                {
                    return error.problem.places.isEmpty
                        ? [error.problem.message.key] : error.problem.places.map(\.name)
                }
                return []
            }
            #expect(try await fields(Self.draft(.wecom, service.port + 1)) == ["address"])
            var draft = Self.draft(.webhook, service.port, label: "a\r\nb")
            draft.secret = "short"
            #expect(try await fields(draft) == ["label", "secret"])
            draft = Self.draft(.wecom, service.port)
            draft.address = "http://127.0.0.1:\(service.port)/send"
            #expect(try await fields(draft) == ["address"])
            for who in ["steward", "consumer", "auditor"] {
                #expect(try await fields(Self.draft(.wecom, service.port), who) == ["policy.not-permitted"])
            }
            #expect(
                try await fields(Self.draft(.wecom, service.port), "administrator")
                    == ["reminder.nothing-to-tell"])
            let made = try await desk.add(Self.draft(.wecom, service.port), by: cdo)
            await #expect(throws: ReminderError.notFound) {
                try await desk.channel(made.id, for: world.people.principal("market-cdo"))
            }
            let administrator = try world.people.principal("administrator")
            #expect(try await desk.channels(for: administrator).map(\.id) == [made.id])
            try await desk.set(.paused, made.id, by: administrator)
            #expect(try await desk.round() == 0)
            try await desk.set(.active, made.id, by: cdo)
            let leaf = try #require(try await world.leaves("reminder-channel.added").first)
            #expect(leaf.contains("127.0.0.1:\(service.port)") && !leaf.contains("k-1"))

            // Whoever set it up has left: nobody is told on their behalf.
            let post = try #require(cdo.post)
            let now = world.node.clock.now()
            try await world.node.posts.vacate(
                post, after: now.date().adding(days: -1), by: .system(), at: now)
            #expect(try await desk.round() == 0)
            let stopped = try await desk.channel(made.id, for: administrator)
            #expect(stopped.state == .paused && stopped.problem?.key == "reminder.holder-gone")
            #expect(service.asked.isEmpty)
            try await desk.remove(made.id, by: administrator)
            #expect(try await desk.channels(for: administrator).isEmpty)
        }
    }

    @Test func `are handed to nobody whose certificate no one vouches for, and the channel's page says so`()
        async throws
    {
        try await TestMailServer.serve(.tls) { impostor in
            let hosts = ["HEADWATERS_REMINDER_WEBHOOK_HOSTS": "127.0.0.1:\(impostor.port)"]
            try await ReminderWorld.with(environment: hosts) { world in
                let (desk, cdo) = (world.desk, try world.people.principal("cdo"))
                var draft = Self.draft(.webhook, impostor.port)
                draft.address = "https://127.0.0.1:\(impostor.port)/hook"
                let channel = try await desk.add(draft, by: cdo)
                #expect(try await desk.round() == 0)
                let message = try #require(try await desk.messages(of: channel).first)
                #expect(message.state == .waiting && message.problem?.key == "reminder.fault.tls")
                let page = try await TrialPages.browser(world.node, world.people, "cdo")
                    .get(ReminderLinks.channel(channel.id))
                #expect(page.text.contains("certificate is not trusted"))
            }
        }
    }

    @Test func `never reach what a name leads to on this machine or beside it`() async throws {
        let client = WebhookClient(
            hosts: ["localhost.localdomain:80", "169.254.169.254:80"], authoritiesFile: "", secondsMax: 5)
        let place = try WebhookPlace(
            .webhook, address: "http://169.254.169.254/latest", secret: Self.secret,
            hosts: ["169.254.169.254:80"])
        do throws(SendFault) {
            _ = try await client.send(
                [:], id: .new(at: Clock.system.now()), to: place, at: Clock.system.now())
            Issue.record("it was reached")
        } catch { #expect(error.message.key == "reminder.fault.address-refused") }
        // A host that the settings name no more is asked nothing.
        let none = WebhookClient(hosts: [], authoritiesFile: "", secondsMax: 5)
        await #expect(throws: SendFault("reminder.fault.host-not-allowed")) {
            try await none.send(["x"], to: place)
        }
    }
}
