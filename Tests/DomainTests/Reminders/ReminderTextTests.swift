import Curl
import Foundation
import Kernel
import TestKit
import Testing

@testable import Reminders

@Suite struct `What a reminder says and when` {
    private static let words = Words(merging: [reminderWords, kernelWords])
    private static func moment(_ day: String, _ time: String) throws -> Instant {
        let minute = try #require(Timing.minute(time))
        return try #require(CalendarDate(day)).start + .seconds(minute * 60)
    }

    private static func calendar() throws -> WorkingDayCalendar {
        try WorkingDayCalendar(
            tsv:
                "year\t2026\t2026\t国办发明电\nholiday\t2026-10-01\t2026-10-07\t国庆节\nworking\t2026-10-10\t2026-10-10\t国庆节\n"
        )
    }

    private static func text(
        _ items: [WaitingItem], hasTitles: Bool = false, site: String = "数据网",
        language: Language = .simplifiedChinese, today: String = "2026-11-25"
    ) throws -> ReminderText {
        ReminderText(
            items: items, cause: .atOnce, language: language, today: try #require(CalendarDate(today)),
            calendar: try calendar(),
            frame: ReminderText.Frame(
                siteName: site, siteAddress: "https://data.example.gov.cn", hasTitles: hasTitles,
                text: { words.text($0, in: $1) }))
    }

    private static func item(
        _ occasion: Receiver.Occasion = .turn, unit: String = "源城区人民政府", title: String = "低保对象信息",
        due: String? = nil, number: Int = 1
    ) -> WaitingItem {
        WaitingItem(
            occasion, topic: "turn/\(number)", what: Message("reminder.kind.mail"), unit: unit,
            due: due.flatMap { CalendarDate($0) }, title: title, path: "/requests/\(number)")
    }

    @Test func `quiet hours go over midnight, and end once, on a day that is worked`() throws {
        let night = try #require(DaySpan("22:00-07:30"))
        let calendar = try Self.calendar()
        let manner = Manner()
        func open(_ day: String, _ time: String, _ manner: Manner = manner) throws -> Instant {
            manner.open(from: try Self.moment(day, time), standard: night, by: calendar)
        }
        #expect(try open("2026-11-25", "21:59") == Self.moment("2026-11-25", "21:59"))
        #expect(try open("2026-11-25", "22:00") == Self.moment("2026-11-26", "07:30"))
        #expect(try open("2026-11-26", "00:00") == Self.moment("2026-11-26", "07:30"))
        #expect(try open("2026-11-26", "07:30") == Self.moment("2026-11-26", "07:30"))
        // Friday night ends on Monday; a Saturday that is worked is a day like others; holidays are none.
        #expect(try open("2026-11-27", "23:00") == Self.moment("2026-11-30", "07:30"))
        #expect(try open("2026-10-10", "09:00") == Self.moment("2026-10-10", "09:00"))
        #expect(try open("2026-09-30", "22:30") == Self.moment("2026-10-08", "07:30"))
        let always = Manner(quiet: .none, restsOnDaysOff: false)
        #expect(try open("2026-11-28", "03:00", always) == Self.moment("2026-11-28", "03:00"))
        let own = Manner(quiet: .own(DaySpan(from: 720, to: 840)), restsOnDaysOff: false)
        #expect(try open("2026-11-28", "13:00", own) == Self.moment("2026-11-28", "14:00"))
        // No clock is put forward or back: the last Sunday of March is as long as any day.
        #expect(try open("2027-03-28", "02:30", own) == Self.moment("2027-03-28", "02:30"))
        for wrong in ["22:00", "22:00-22:00", "24:00-07:00", "22-7", "22:00–07:00", ""] {
            #expect(DaySpan(wrong) == nil, "\(wrong)")
        }
    }

    @Test func `a digest comes on working days, and not within the quiet hours`() throws {
        let calendar = try Self.calendar()
        let night = try #require(DaySpan("22:00-07:30"))
        let manner = Manner(digestMinute: 510)
        let next = manner.next(
            after: try Self.moment("2026-11-27", "08:30"), everySeconds: 60, standard: night, by: calendar)
        #expect(try next == Self.moment("2026-11-30", "08:30"))
        #expect(Manner(digestMinute: 300).faults(standard: night).map(\.name) == ["digestTime"])
        #expect(
            manner.faults(standard: night).isEmpty && Manner(digestMinute: 300).faults(standard: nil).isEmpty)
    }

    @Test func `a deadline is told near, on its day and past it, also in a year that nobody has announced`()
        throws
    {
        let calendar = try Self.calendar()
        func stage(_ due: String, _ today: String) throws -> DueStage? {
            DueStage(
                try #require(CalendarDate(due)), on: try #require(CalendarDate(today)), daysBefore: 3,
                by: calendar)
        }
        #expect(try stage("2026-12-01", "2026-11-25") == nil)
        #expect(try stage("2026-11-30", "2026-11-25") == .soon)
        #expect(try stage("2026-11-25", "2026-11-25") == .today)
        #expect(try stage("2026-11-24", "2026-11-25") == .overdue)
        #expect(try stage("2027-01-04", "2026-12-31") == .soon)
        let line = try Self.text([Self.item(.due, due: "2027-01-04")], today: "2026-12-31")
        #expect(line.lines(isChannel: false).contains { $0.contains("尚未公布") && $0.contains("2027-01-04") })
    }

    @Test func `only kind, unit, day and link leave, and a title where that is allowed`() throws {
        let items = [Self.item(due: "2026-11-30")]
        let plain = try Self.text(items).lines(isChannel: false).joined(separator: "\n")
        #expect(plain.contains("邮件（源城区人民政府），期限 2026-11-30，还有 3 个工作日"))
        #expect(plain.contains("https://data.example.gov.cn/requests/1") && !plain.contains("低保对象"))
        #expect(plain.contains("https://data.example.gov.cn/account/reminders"))
        let titled = try Self.text(items, hasTitles: true).lines(isChannel: true).joined()
        #expect(titled.contains("《低保对象信息》") && !titled.contains("/account/reminders"))
        let english = try Self.text(items, language: .english).lines(isChannel: false).joined(separator: "\n")
        #expect(english.contains("mail (源城区人民政府), due 2026-11-30, 3 working days left"))
        let many = try Self.text((1...60).map { Self.item(number: $0) }).lines(isChannel: false)
        #expect(many.filter { $0.contains("/requests/") }.count == 50 && many.contains("另有 10 项。"))
    }

    @Test func `no name can end a header or begin another line`() throws {
        let evil = "恶意\r\nBcc: all@example.cn\r\n\r\nbody\u{2028}x"
        let text = try Self.text([Self.item(unit: evil, title: evil)], hasTitles: true, site: evil)
        let mail = MailText(
            id: "0\(evil)".filter { $0.isNumber }, at: try Self.moment("2026-11-25", "09:05"),
            sender: try #require(MailAddress("reminder@data.example.gov.cn")), senderName: evil,
            recipient: try #require(MailAddress("steward@example.gov.cn")), subject: text.subject,
            lines: text.lines(isChannel: false), language: .simplifiedChinese,
            preferences: "https://data.example.gov.cn/x\r\nBcc: y")
        let whole = String(decoding: mail.bytes, as: UTF8.self)
        let head = try #require(whole.components(separatedBy: "\r\n\r\n").first)
        let lines = head.components(separatedBy: "\r\n")
        #expect(!lines.contains { $0.hasPrefix("Bcc") } && !lines.contains("body"))
        #expect(
            lines.allSatisfy {
                $0.utf8.count <= 76 || $0.hasPrefix("List-Unsubscribe") || $0.hasPrefix("From")
            })
        #expect(
            whole.utf8.allSatisfy { $0 < 128 } && !whole.replacing("\r\n", with: "").contains { $0.isNewline }
        )
        #expect(lines.contains("Date: Wed, 25 Nov 2026 09:05:00 +0800"))
        #expect(lines.filter { $0.hasPrefix("Subject:") || $0.hasPrefix("To:") }.count == 2)
        let flat = text.lines(isChannel: false).filter { $0.contains("恶意") }
        #expect(flat.count == 1 && !flat.joined().contains("\u{2028}"))
        #expect(MailText.phrase("Data Net") == "Data Net" && MailText.phrase("a, b") != "a, b")
    }

    @Test(arguments: [
        "", "a", "a@", "@b.cn", "a@b@c.cn", "a b@c.cn", "a@b.cn\r\nBcc: x@y.cn", "<a@b.cn>", "a@-b.cn",
        ".a@b.cn",
        "a..b@c.cn", "\"a\"@b.cn", "a@[127.0.0.1]", "张@b.cn", "a@数据.cn", "a,b@c.cn", "a@b.cn ",
    ])
    func `what could be read in two ways is no mailbox`(_ text: String) { #expect(MailAddress(text) == nil) }

    @Test func `a robot gets whole lines, as many as it takes`() {
        let long = WebhookClient.content(of: (1...200).map { "第 \($0) 行\r\n伪造" })
        #expect(long.utf8.count <= 2_048 && long.hasSuffix("…") && long.hasPrefix("第 1 行  伪造\n"))
        #expect(WebhookClient.content(of: ["一", "二"]) == "一\n二")
        let signature = WebhookClient.signature(Array("{}".utf8), stamp: "1", secret: "key")
        #expect(signature == "v1=1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224")
    }
}

@Suite struct `A mail server` {
    private static func server(
        _ test: TestMailServer, _ security: MailCall.Security, trusts: Bool = true, user: String = "",
        password: String = ""
    ) throws -> MailServer {
        MailServer(
            host: "127.0.0.1", port: test.port, security: security,
            sender: try #require(MailAddress("reminder@data.example.gov.cn")), user: user,
            password: { password }, authoritiesFile: trusts ? test.authority : "", secondsMax: 10)
    }

    private static let message = Array("Subject: x\r\n\r\n.a dot\r\n..two\r\n.\r\nend\r\n".utf8)

    private func fault(_ server: MailServer) async throws -> SendFault? {
        let address = try #require(MailAddress("a@example.gov.cn"))
        do throws(SendFault) {
            try await server.send(Self.message, to: address)
            return nil
        } catch { return error }
    }

    @Test func `gets a message by STARTTLS from who is let in, dots and all; not without trust`() async throws
    {
        try await TestMailServer.serve(.starttls) { test async throws -> Void in
            try test.behave(user: ("node", "secret-42"))
            let right = try Self.server(test, .startTLS, user: "node", password: "secret-42")
            #expect(try await fault(right) == nil)
            let taken = try #require(try test.taken().first)
            #expect(taken.isEncrypted && taken.user == "node" && taken.recipient == "a@example.gov.cn")
            #expect(taken.message == String(decoding: Self.message, as: UTF8.self))
            #expect(taken.greeting == "data.example.gov.cn" && taken.sender == "reminder@data.example.gov.cn")
            let wrong = try Self.server(test, .startTLS, user: "node", password: "x")
            #expect(try await fault(wrong)?.message.key == "reminder.fault.not-authenticated")
            let stranger = try Self.server(test, .startTLS, trusts: false)
            #expect(try await fault(stranger)?.message.key == "reminder.fault.tls")
            #expect(try test.taken().count == 1)
        }
    }

    @Test func `is spoken to by TLS from the first byte, and never without where TLS is asked for`()
        async throws
    {
        try await TestMailServer.serve(.tls) { test async throws -> Void in
            #expect(try await fault(Self.server(test, .tls)) == nil)
            #expect(try test.taken().first?.isEncrypted == true)
        }
        try await TestMailServer.serve(.plain) { test async throws -> Void in
            #expect(
                try await fault(Self.server(test, .startTLS, trusts: false))?.message.key
                    == "reminder.fault.tls")
            #expect(try test.taken().isEmpty)
            // Plain is for a relay nearby, and tells no password.
            try test.behave(recipients: ["*": "550 5.1.1 no such mailbox"])
            let plain = try Self.server(test, .plain, trusts: false, user: "node", password: "secret-42")
            let refused = try await fault(plain)
            #expect(refused?.message.key == "reminder.fault.mailbox" && refused?.isFinal == true)
            try test.behave(data: "451 4.7.1 come again")
            let later = try await fault(plain)
            #expect(later?.message.arguments["status"] == "451" && later?.isFinal == false)
            try test.behave()
            #expect(try await fault(plain) == nil)
            #expect(try test.taken().first?.user == "")
        }
    }
}
