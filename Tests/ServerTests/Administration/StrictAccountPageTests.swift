import Casework
import Cryptography
import Foundation
import HTTPTypes
import Identity
import Kernel
import Persistence
import Server
import TestKit
import Testing
import Web

/// Second factor, confirmation, due passwords and sessions, as a browser without JavaScript meets them.
@Suite struct `The pages of strict accounts` {
    private struct World {
        let node: Node
        let people: SamplePeople
        let app: TestApp
        let time: MovedClock

        func password(_ name: String) throws -> String { try #require(people.members[name]?.password) }

        /// After the password: signed in, or before the second step.
        func knock(_ name: String, _ password: String? = nil) async throws -> (TestBrowser, TestApp.Answer) {
            let browser = TestBrowser(app, language: .english)
            _ = try await browser.get("/sign-in")
            let given: String = if let password { password } else { try self.password(name) }
            let fields = [("name", name), ("password", given), ("return", "/")]
            return (browser, try await browser.post("/sign-in", fields))
        }

        func browser(_ name: String) async throws -> TestBrowser {
            let (browser, answer) = try await knock(name)
            try #require(answer.status == 303, "\(answer.text)")
            _ = try await browser.get("/account")
            return browser
        }

        func code(_ secret: [UInt8], aside: Int64 = 0) throws -> String {
            try OneTimePassword(secret: secret).code(in: OneTimePassword.period(at: node.clock.now()) + aside)
        }

        /// Reads the secret off the page and confirms it: what the app holds, and the recovery codes.
        func enrol(_ browser: TestBrowser, _ name: String) async throws -> (secret: [UInt8], codes: [String])
        {
            let path = "/account/second-factor"
            let begun = try await browser.post(path, [("password", try password(name))])
            try #require(begun.location == path, "\(begun.text)")
            let page = try await browser.get(path).text
            #expect(page.contains("<svg") && page.contains("otpauth://totp/"))
            let groups = try #require(page.firstMatch(of: /<code>((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})<\/code>/))
            let secret = try Self.bytes(of: String(groups.1))
            let first = try code(secret)
            let told = try await browser.post("\(path)/confirmation", [("code", first)])
            let codes = told.text.matches(of: /[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}/).map { String($0.output) }
            try #require(told.status == 200 && codes.count == 10, "\(told.text)")
            time.move(seconds: OneTimePassword.periodSeconds)
            return (secret, codes)
        }

        private static func bytes(of groups: String) throws -> [UInt8] {
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
            let bits = try groups.filter { $0 != " " }.flatMap { letter in
                let number = try #require(alphabet.firstIndex(of: letter))
                return (0..<5).map { number >> (4 - $0) & 1 }
            }
            return stride(from: 0, to: bits.count - 7, by: 8).map { start in
                UInt8(bits[start..<(start + 8)].reduce(0) { $0 << 1 | $1 })
            }
        }

        static func ticket(_ page: TestApp.Answer) throws -> String {
            try #require(page.text.firstMatch(of: /name="ticket" value="([0-9a-f]+)"/).map { String($0.1) })
        }
    }

    private static func with(
        _ environment: [String: String] = [:], _ body: (World) async throws -> Void
    ) async throws {
        let time = MovedClock(to: ScheduleWorld.start)
        try await SampleNode.with(.sqlite, environment: environment, clock: time.clock, inBackground: false) {
            node, people in
            try await body(
                World(
                    node: node, people: people, app: TestApp(try node.site { _ in }, node.routes), time: time)
            )
        }
    }

    @Test func `switch a second factor on, sign in with it, and have it reset by an administrator`()
        async throws
    {
        try await Self.with { world in
            let auditor = try await world.browser("auditor")
            #expect(try await auditor.get("/account").text.contains("Set up a second factor"))
            let wrong = try await auditor.post("/account/second-factor", [("password", "wrong")])
            #expect(wrong.status == 422 && wrong.text.contains("The password is wrong"))
            let (secret, recovery) = try await world.enrol(auditor, "auditor")
            #expect(!(try await auditor.get("/account/second-factor").text.contains("otpauth")))

            let (second, asked) = try await world.knock("auditor")
            #expect(asked.status == 200 && asked.text.contains("Enter the code"))
            let cookie = await second.cookie("hw_session")
            #expect(cookie == nil)
            let ticket = try World.ticket(asked)
            func step(_ code: String) async throws -> TestApp.Answer {
                try await second.post(
                    "/sign-in/code", [("ticket", ticket), ("code", code), ("return", "/evidence")])
            }
            let refused = try await step("000000x")
            #expect(refused.status == 400 && refused.text.contains("The code is wrong"))
            #expect(try World.ticket(refused) == ticket)
            let entered = try await step(try world.code(secret))
            #expect(entered.location == "/evidence")
            #expect(try await second.get("/evidence").status == 200)
            let (third, _) = try await world.knock("auditor")
            let forged = try await third.post(
                "/sign-in/code", [("ticket", "00"), ("code", try world.code(secret)), ("return", "/")])
            #expect(forged.status == 401 && forged.text.contains("give the password again"))
            #expect(try await step(recovery[3]).status == 303)

            let administrator = try await world.browser("administrator")
            let account = try #require(world.people.members["auditor"]?.principal.account)
            let page = "/accounts/\(account)"
            #expect(try await administrator.get(page).text.contains("Reset the second factor"))
            #expect(try await administrator.get("\(page)/second-factor/reset").status == 200)
            #expect(try await administrator.post("\(page)/second-factor/reset", []).status == 303)
            #expect(try await second.get("/evidence").status != 200)
            _ = try await world.browser("auditor")
            let own = try #require(world.people.members["administrator"]?.principal.account)
            _ = try await world.enrol(administrator, "administrator")
            #expect(try await administrator.post("/accounts/\(own)/second-factor/reset", []).status == 409)
        }
    }

    @Test func `lead whose post asks for a second factor there, and nowhere else`() async throws {
        try await Self.with(["HEADWATERS_IDENTITY_SECOND_FACTOR_ROLES": "administrator"]) { world in
            let (browser, _) = try await world.knock("administrator")
            for path in ["/", "/accounts", "/catalogue", "/account", "/post"] {
                let turned = try await browser.get(path)
                #expect(turned.status == 303 && turned.location == "/account/second-factor", "\(path)")
            }
            let page = try await browser.get("/account/second-factor")
            #expect(page.status == 200 && page.text.contains("before anything else"))
            #expect(try await browser.post("/accounts", [("name", "x.y"), ("person", "x")]).status == 403)
            #expect(try await browser.get("/api/v1/calendar/2026").status == 403)
            _ = try await world.enrol(browser, "administrator")
            #expect(try await browser.get("/accounts").status == 200)
            // Whose posts do not ask for one are left alone.
            #expect(try await world.browser("auditor").get("/evidence").status == 200)
        }
    }

    @Test func `ask again before an act that signs, keep what was typed, and go on`() async throws {
        try await Self.with(["HEADWATERS_IDENTITY_CONFIRM_SECONDS_MAX": "300"]) { world in
            try await Self.closeOffices(world)
            try await Self.closeAgain(world)
        }
    }

    private static func closeOffices(_ world: World) async throws {
        let reviewer = try await world.browser("reviewer")
        let fields: [(String, String)] = [
            ("from", "2026-12-07"), ("to", "2026-12-07"), ("reason", "台风<停>工\n停课"),
            ("document", "防总〔2026〕1号"), ("revision", "0"),
        ]
        world.time.move(seconds: 301)
        // A look needs no confirmation.
        let preview = try await reviewer.post("/calendar/closures/preview", fields)
        #expect(preview.status == 200)
        let asked = try await reviewer.post("/calendar/closures", fields)
        #expect(asked.status == 403 && asked.text.contains("Confirm that it is you"))
        #expect(asked.text.contains("action=\"/calendar/closures\""))
        #expect(asked.text.contains("台风&lt;停&gt;工"))
        let before = try await world.node.workingCalendar.publications()
        #expect(before.isEmpty)
        let wrong = try await reviewer.post("/calendar/closures", fields + [("confirm-again", "wrong")])
        #expect(wrong.status == 422 && wrong.text.contains("The password is wrong"))
        #expect(!wrong.text.contains("value=\"wrong\"") && wrong.text.contains("防总〔2026〕1号"))
        let right = ("confirm-again", try world.password("reviewer"))
        let done = try await reviewer.post("/calendar/closures", fields + [right])
        #expect(done.location == "/calendar/publications/1")
        let publication = try await world.node.workingCalendar.publication(1)
        if case .closure(let closure) = publication.change { #expect(closure.reason == "台风<停>工\n停课") }
        let payloads: [String] = try await world.node.database.read { connection in
            try connection.rows("SELECT payload FROM evidence_leaf WHERE type = 'calendar.closed'").map {
                try $0.value("payload")
            }
        }
        #expect(payloads.count == 1 && payloads.allSatisfy { $0.contains("\"confirmed\":") })
        // Fresh now, so that the next act is not asked.
        let withdrawal: [(String, String)] = [("reason", "有误"), ("revision", "1")]
        let back = try await reviewer.post("/calendar/publications/1/withdrawal", withdrawal)
        #expect(back.location == "/calendar/publications/2")
    }

    /// By a program, long after: a key is never asked.
    private static func closeAgain(_ world: World) async throws {
        world.time.move(seconds: 301)
        let token = try #require(world.people.members["reviewer"]?.token)
        let closure: JSON = [
            "from": "2026-12-08", "to": "2026-12-08", "reason": "停电", "document": "x", "revision": 2,
        ]
        let answer = try await world.app.ask(
            .post, "/api/v1/calendar/closures",
            headers: ["Authorization": "Bearer \(token)", "Content-Type": "application/json"],
            body: Array(closure.canonical.utf8))
        #expect((200..<300).contains(answer.status), "\(answer.text)")
    }

    @Test func `lead who has an old password to a new one`() async throws {
        let environment = [
            "HEADWATERS_IDENTITY_PASSWORD_DAYS_MAX": "30", "HEADWATERS_IDENTITY_PASSWORD_CLASSES_MIN": "3",
        ]
        try await Self.with(environment) { world in
            world.time.move(seconds: 31 * 86_400)
            let (browser, _) = try await world.knock("auditor")
            #expect(try await browser.get("/evidence").location == "/account/new-password")
            let page = try await browser.get("/account/new-password")
            #expect(page.text.contains("Your password is due"))
            func change(_ new: String) async throws -> TestApp.Answer {
                try await browser.post(
                    "/account/password",
                    [("old", try world.password("auditor")), ("new", new), ("again", new)])
            }
            let plain = try await change("only small letters")
            #expect(plain.status == 422 && plain.text.contains("at least 3 of these kinds"))
            #expect(plain.text.contains("Your password is due"))
            #expect(try await change("auditorauditor").status == 422)
            #expect(try await change("Three kinds 3").location == "/sign-in")
            let (again, answer) = try await world.knock("auditor", "Three kinds 3")
            #expect(answer.status == 303)
            #expect(try await again.get("/evidence").status == 200)
        }
    }

    @Test func `end one session from another, and name who is two administrators`() async throws {
        try await Self.with(["HEADWATERS_IDENTITY_SEPARATE_ADMINISTRATORS": "on"]) { world in
            let (first, second) = (try await world.browser("auditor"), try await world.browser("auditor"))
            let account = try #require(world.people.members["auditor"]?.principal.account)
            func session() async throws -> SessionID {
                try #require(try await world.node.sessions.all(of: account).last?.id)
            }
            let link = "/account/sessions/\(try await session())/end"
            #expect(try await second.get("/account").text.contains(link))
            #expect(try await second.get(link).text.contains("End the session"))
            let other = try await world.browser("consumer")
            #expect(try await other.get(link).status == 404)
            #expect(try await other.post(link, []).status == 404)
            #expect(try await second.post(link, []).status == 303)
            #expect(try await first.get("/evidence").status != 200)
            #expect(try await second.get("/evidence").status == 200)
            let administrator = try await world.browser("administrator")
            let theirs = "/accounts/\(account)/sessions/\(try await session())/end"
            #expect(try await administrator.get("/accounts/\(account)").text.contains(theirs))
            #expect(try await administrator.post(theirs, []).status == 303)
            #expect(try await second.get("/evidence").status != 200)

            let unit = try #require(world.people.members["auditor"]?.principal.party)
            let refused = try await administrator.post(
                "/units/\(unit)/posts",
                [("title", "兼岗"), ("roles", "administrator"), ("roles", "auditor")])
            #expect(refused.status == 422 && refused.text.contains("one post cannot carry two"))
            #expect(!(try await administrator.get("/health").text.contains("Three administrators")))
        }
    }
}
