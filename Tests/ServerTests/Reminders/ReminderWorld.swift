import Casework
import Evidence
import Exchange
import Foundation
import Identity
import Kernel
import Persistence
import Server
import TestKit
import Testing

@testable import Reminders

/// A node with a mail server, a request that waits for the department, and a clock that the test moves. No round runs by itself.
struct ReminderWorld {
    let node: Node
    let people: SamplePeople
    let time: MovedClock
    let mail: TestMailServer
    let request: SharingRequest

    var desk: ReminderDesk { node.reminders }

    static func with(
        _ dialect: Dialect = .sqlite, environment: [String: String] = [:],
        _ body: (ReminderWorld) async throws -> Void
    ) async throws {
        try await TestMailServer.serve { mail in
            let time = MovedClock(to: ScheduleWorld.start)
            let set = [
                "HEADWATERS_WEB_SITE_ADDRESS": "https://data.example.gov.cn",
                "HEADWATERS_REMINDER_MAIL_HOST": "127.0.0.1",
                "HEADWATERS_REMINDER_MAIL_PORT": String(mail.port),
                "HEADWATERS_REMINDER_MAIL_SECURITY": "plain",
                "HEADWATERS_REMINDER_MAIL_SENDER": "reminder@data.example.gov.cn",
            ].merging(environment) { $1 }
            try await SampleNode.with(dialect, environment: set, clock: time.clock, inBackground: false) {
                node, people in
                let sequencer = Task { await node.sequencer.run { _ in } }
                defer { sequencer.cancel() }
                let request = try await TrialPages.pending(node, people)
                try await body(
                    ReminderWorld(node: node, people: people, time: time, mail: mail, request: request))
            }
        }
    }

    /// As somebody who is signed in.
    func session(_ key: String) throws -> Principal {
        let known = try people.principal(key)
        return Principal(
            account: known.account, party: known.party, post: known.post, roles: known.roles,
            channel: .session(SessionID(high: 7, low: 1)), displayName: "")
    }

    /// Another request that waits for the department.
    func another() async throws -> SharingRequest {
        try await TrialPages.pending(request.entry, node, people)
    }

    /// The address is confirmed by the code that came.
    func subscribe(_ key: String, _ wish: Receiver.Wish? = nil) async throws {
        let person = try session(key)
        try await desk.setAddress("\(key)@example.gov.cn", in: .simplifiedChinese, by: person)
        try await desk.confirm(try code(), by: person)
        guard let wish else { return }
        try await desk.setOwn(wish, seen: try await own(key).revision, by: person)
    }

    /// Of the mail that came last.
    func code() throws -> String {
        let text = try #require(try mail.taken().last).text
        return try #require(text.firstMatch(of: /验证码：(\d{6})/).map { String($0.1) })
    }

    func own(_ key: String) async throws -> Receiver {
        try #require(try await desk.own(of: session(key))).receiver
    }

    func messages(_ key: String) async throws -> [ReminderMessage] {
        try await desk.messages(of: own(key))
    }

    /// The mails that are no codes.
    func told() throws -> [TestMailServer.Taken] { try mail.taken().filter { !$0.text.contains("验证码") } }

    func leaves(_ type: String) async throws -> [String] {
        try await node.database.read { connection in
            try connection.rows("SELECT payload FROM evidence_leaf WHERE type = \(type)").map {
                try $0.value("payload", as: String.self)
            }
        }
    }

    /// A moment of the city's day, later than now.
    func move(toDay days: Int, _ time: String) {
        let day = ScheduleWorld.start.date().adding(days: days)
        self.time.move(to: day.start + .seconds((Timing.minute(time) ?? 0) * 60))
    }
}
