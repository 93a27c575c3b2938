import Foundation
import HTTPTypes
import Identity
import Kernel
import Policy
import Synchronization
import TestKit
import Testing
import Web

/// Two accounts: one with two posts, one that is locked.
private final class TwoAccounts: Sendable {
    static let account = AccountID(high: 7, low: 1)
    private let sessions = Mutex<[String: Principal]>([:])

    static func principal(_ role: Role) -> Principal {
        Principal(
            account: account, party: nil, post: PostID(high: 7, low: role == .steward ? 2 : 3), roles: [role],
            channel: .session(SessionID(high: 7, low: 4)), displayName: role.rawValue)
    }

    private func open(_ role: Role) -> Door.Opened {
        let secret = "secret-\(UploadID.new())"
        let principal = Self.principal(role)
        sessions.withLock { $0 = [secret: principal] }
        return Door.Opened(sessionSecret: secret, lifetimeSeconds: 3600, principal: principal)
    }

    var door: Door {
        Door(
            principalOfSession: { secret in self.sessions.withLock { $0[secret] } },
            principalOfToken: { $0 == "hw_right" ? Self.principal(.consumer) : nil },
            signIn: { name, password, _ in
                guard name != "locked" else {
                    throw Problem(
                        .tooMany, Message("web.form-stale"), remedy: Message("web.form-stale-remedy"))
                }
                guard name == "steward", password == " right " else {
                    throw Problem(.unauthenticated, Message("web.sign-in-first"))
                }
                return .opened(self.open(.steward))
            }, signOut: { _ in self.sessions.withLock { $0 = [:] } },
            posts: { _ in
                [.steward, .departmentCDO].map {
                    Door.Post(
                        id: PostID(high: 7, low: $0 == .steward ? 2 : 3), title: $0.rawValue, party: "示例市民政局",
                        roles: [$0])
                }
            },
            choosePost: { post, _ in self.open(post == PostID(high: 7, low: 2) ? .steward : .departmentCDO) })
    }
}

private struct Unforeseen: Error {
    let secret = "the password is 12345"
}

private func app(_ log: @escaping @Sendable (JSON) -> Void = { _ in }) throws -> TestApp {
    let (site, routes) = try parts(log)
    return TestApp(site, routes)
}

private func parts(_ log: @escaping @Sendable (JSON) -> Void = { _ in }) throws -> (Site, Routes) {
    var routes = Routes()
    routes.get("/open", .public) { try $0.page(ProblemPage(Visit.notFound, number: nil, isSignedIn: false)) }
    routes.get("/mine", .signedIn) { $0.json(["actor": .string($0.principal.actor)], etag: "r1") }
    routes.post("/entries", .action(.draftEntry)) { $0.redirect(to: "/open?x=\($0.form["title"])") }
    routes.post("/grants", .action(.revokeGrant)) { $0.redirect(to: "/") }
    routes.get("/broken", .public) { _ in throw Unforeseen() }
    routes.post("/api/v1/echo", .signedIn, body: .json(bytesMax: 64)) { $0.json($0.json) }
    routes.post("/files", .signedIn, body: .upload(bytesMax: 200_000, door: .filing)) { visit in
        guard let file = try visit.form.file("source") else {
            throw Problem(.invalid, Message("web.field-needed"))
        }
        let bytes = FileManager.default.contents(atPath: file.path) ?? Data()
        return visit.json([
            "name": .string(file.fileName), "bytes": .integer(Int64(file.bytes)),
            "note": .string(visit.form["note"]),
            "sum": .integer(Int64(bytes.reduce(0) { $0 &+ Int($1) })), "path": .string(file.path),
        ])
    }
    let site = try Site.sample(
        door: TwoAccounts().door,
        mayEver: { action, principal in action == .draftEntry && principal.roles.contains(.steward) },
        log: log)
    return (site, routes)
}

private func signedIn(_ app: TestApp) async throws -> TestBrowser {
    let browser = TestBrowser(app)
    _ = try await browser.get("/sign-in?return=/open")
    _ = try await browser.post(
        "/sign-in", [("name", "steward"), ("password", " right "), ("return", "/open")])
    _ = try await browser.get("/open")
    return browser
}

@Suite struct `Signing in` {
    @Test func `leads to the choice of post, then back to where one wanted to go`() async throws {
        let browser = TestBrowser(try app())
        let turned = try await browser.get("/mine?a=1")
        #expect(turned.status == 303)
        #expect(turned.location == "/sign-in?return=%2Fmine%3Fa%3D1")
        let page = try await browser.follow(turned)
        #expect(page.text.contains("Please sign in first."))
        let entered = try await browser.post(
            "/sign-in", [("name", "steward"), ("password", " right "), ("return", "/mine?a=1")])
        #expect(entered.location == "/post?return=%2Fmine%3Fa%3D1")
        let first = await browser.cookie("hw_session")
        let choice = try await browser.follow(entered)
        #expect(choice.text.contains("department-cdo"))
        let chosen = try await browser.post(
            "/post", [("post", PostID(high: 7, low: 3).text), ("return", "/mine?a=1")])
        #expect(chosen.location == "/mine?a=1")
        let second = await browser.cookie("hw_session")
        #expect(first != second)
    }

    @Test func `refuses without saying which of the two was wrong, and keeps the name`() async throws {
        let browser = TestBrowser(try app())
        _ = try await browser.get("/sign-in")
        let answer = try await browser.post("/sign-in", [("name", "steward"), ("password", "wrong")])
        #expect(answer.status == 401)
        #expect(answer.text.contains("value=\"steward\""))
        #expect(answer.text.contains("role=\"alert\""))
    }

    @Test func `says when an account is locked`() async throws {
        let browser = TestBrowser(try app())
        _ = try await browser.get("/sign-in")
        #expect(try await browser.post("/sign-in", [("name", "locked"), ("password", "x")]).status == 429)
    }

    @Test(arguments: ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "/a\nb"])
    func `never leads to another site`(_ back: String) async throws {
        let browser = TestBrowser(try app())
        _ = try await browser.get("/sign-in")
        let answer = try await browser.post(
            "/sign-in", [("name", "steward"), ("password", " right "), ("return", back)])
        #expect(answer.location == "/post?return=%2F")
    }

    @Test func `is over after signing out`() async throws {
        let browser = try await signedIn(try app())
        #expect(try await browser.get("/mine").status == 200)
        #expect(try await browser.post("/sign-out", []).location == "/sign-in")
        #expect(try await browser.get("/mine").status == 303)
    }
}

@Suite struct `A form's proof` {
    @Test func `is asked for before anything happens`() async throws {
        let browser = try await signedIn(try app())
        #expect(try await browser.post("/entries", [("title", "t")], csrf: "0").status == 403)
        #expect(try await browser.post("/entries", [("title", "t")], csrf: "").status == 403)
        #expect(try await browser.post("/entries", [("title", "t")]).location == "/open?x=t")
    }

    @Test func `that came too late keeps what was typed, for whoever signs in again, and for no other site`()
        async throws
    {
        let browser = try await signedIn(try app())
        let own = ["Origin": "http://localhost"]
        let typed = [("title", "二〇二六年低保名册 <b>"), ("password", "hush-hush")]
        _ = try await browser.get("/sign-in")
        // Another post was chosen in another window: looked over under today's name, and sent with today's proof.
        let older = try await browser.post("/entries", typed, csrf: "0", headers: own)
        #expect(older.status == 403 && older.text.contains("Nothing was sent yet"))
        #expect(older.text.contains("二〇二六年低保名册 &lt;b&gt;") && older.text.contains("steward (示例市民政局 steward)"))
        #expect(!older.text.contains("hush-hush") && older.text.contains("Passwords and the like"))
        #expect(try await browser.post("/entries", [("title", "t")]).location == "/open?x=t")
        // Signed out in another window.
        _ = try await browser.post("/sign-out", [])
        for headers in [own, ["Sec-Fetch-Site": "same-origin"]] {
            let ended = try await browser.post("/entries", typed, headers: headers)
            #expect(ended.status == 401 && ended.text.contains("二〇二六年低保名册"))
            #expect(ended.text.contains("/sign-in?return=%2Faccount") && !ended.text.contains("hush-hush"))
        }
        for headers in [
            [:], ["Origin": "https://elsewhere.example"], ["Origin": "null"],
            ["Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"],
            ["Origin": "http://localhost", "Accept": "application/json"],
        ] {
            let refused = try await browser.post("/entries", typed, headers: headers)
            #expect(refused.status == 401 && !refused.text.contains("二〇二六年低保名册"))
        }
        let large = [("title", String(repeating: "长", count: 100_000))]
        let refused = try await browser.post("/entries", large, headers: own)
        #expect(refused.status == 401 && !refused.text.contains("长长"))
    }

    @Test func `is asked for at the sign-in form too`() async throws {
        let browser = TestBrowser(try app())
        let answer = try await browser.post("/sign-in", [("name", "steward"), ("password", " right ")])
        #expect(answer.status == 403)
    }

    @Test func `is not asked of a token, which no browser sends by itself`() async throws {
        let answer = try await app().ask(
            .post, "/api/v1/echo", headers: ["Authorization": "Bearer hw_right"],
            body: Array(#"{"a":1}"#.utf8))
        #expect(try answer.json() == ["a": 1])
    }
}

@Suite struct `A route's guard` {
    @Test func `lets in only roles that may ever do it`() async throws {
        let browser = try await signedIn(try app())
        let answer = try await browser.post("/grants", [])
        #expect(answer.status == 403)
        #expect(answer.text.contains("Your current post may not do this."))
    }

    @Test func `answers a program in its own way and the reader's language`() async throws {
        let answer = try await app().ask(
            .post, "/api/v1/echo", headers: ["Accept-Language": "zh-CN,zh;q=0.9"])
        #expect(answer.status == 401)
        #expect(answer.header("Content-Type") == "application/problem+json")
        #expect(try answer.json()["title"]?.string == "需要登录")
        #expect(try answer.json()["code"]?.string == "web.sign-in-first")
    }

    @Test func `refuses a token it does not know, even where none is needed`() async throws {
        #expect(
            try await app().ask(.get, "/open", headers: ["Authorization": "Bearer hw_wrong"]).status == 401)
    }

    @Test func `is written in the route table`() throws {
        var routes = Routes()
        routes.post("/b", .anyOf([.draftEntry, .reviewEntry])) { $0.redirect(to: "/") }
        routes.get("/a", .public) { $0.redirect(to: "/") }
        #expect(routes.table == "GET    /a  public\nPOST   /b  entry.draft | entry.review\n")
    }
}

@Suite struct `An answer` {
    @Test func `to an error nobody foresaw has a number, and the log has the rest`() async throws {
        let lines = Mutex<[JSON]>([])
        let answer = try await app { line in lines.withLock { $0.append(line) } }.ask(.get, "/broken")
        #expect(answer.status == 500)
        #expect(!answer.text.contains("12345"))
        let line = try #require(lines.withLock { $0.first })
        let number = try #require(line["fault"]?.string)
        #expect(answer.text.contains(number))
        #expect(line["route"]?.string == "/broken")
        #expect(line["error"]?.string?.contains("Unforeseen") == true)
    }

    @Test func `carries the headers that keep a browser honest`() async throws {
        let answer = try await app().ask(.get, "/open")
        let policy = try #require(answer.header("Content-Security-Policy"))
        #expect(!policy.contains("unsafe"))
        #expect(answer.header("X-Content-Type-Options") == "nosniff")
        #expect(answer.header("X-Frame-Options") == "DENY")
        #expect(!answer.text.contains("<script>"))
        #expect(!answer.text.contains(" style="))
        #expect(answer.header("Set-Cookie") == nil)
    }

    @Test func `of a page that is not there is a page`() async throws {
        let answer = try await app().ask(.get, "/nowhere", headers: ["Accept-Language": "en"])
        #expect(answer.status == 404)
        #expect(answer.text.contains("Not found"))
    }

    @Test func `is in the language that was chosen last`() async throws {
        let browser = TestBrowser(try app(), language: .english)
        #expect(try await browser.get("/open").text.contains("lang=\"en\""))
        #expect(try await browser.get("/open?lang=zh-Hans").text.contains("<html lang=\"zh-Hans\""))
        #expect(try await browser.get("/open").text.contains("<html lang=\"zh-Hans\""))
    }

    @Test func `that the caller has already is not sent again`() async throws {
        let headers = ["Authorization": "Bearer hw_right", "If-None-Match": "\"r1\""]
        let answer = try await app().ask(.get, "/mine", headers: headers)
        #expect(answer.status == 304)
        #expect(answer.bytes.isEmpty)
    }

    @Test func `marks cookies Secure only when a trusted proxy says https`() async throws {
        let settings = Site.Settings(secureCookies: false, trustedProxies: ["10.0.0.1"], uploadFolder: "/tmp")
        let app = TestApp(try Site.sample(settings: settings), Routes())
        let headers = ["X-Forwarded-Proto": "https"]
        let trusted = try await app.ask(.get, "/sign-in", headers: headers, from: "10.0.0.1")
        let other = try await app.ask(.get, "/sign-in", headers: headers, from: "10.0.0.2")
        #expect(trusted.header("Set-Cookie")?.contains("Secure") == true)
        #expect(other.header("Set-Cookie")?.contains("Secure") == false)
    }
}

@Suite struct `What a request may carry` {
    @Test func `a body beyond the route's limit is refused with the limit`() async throws {
        let body = Array(("\"" + String(repeating: "a", count: 100) + "\"").utf8)
        let headers = ["Authorization": "Bearer hw_right", "Accept-Language": "en"]
        let answer = try await app().ask(.post, "/api/v1/echo", headers: headers, body: body)
        #expect(answer.status == 413)
        #expect(try answer.json()["detail"]?.string == "It is larger than the limit of 64 B.")
    }

    @Test func `an upload arrives whole on disk and is gone afterwards`() async throws {
        let browser = try await signedIn(try app())
        // Line ends and near-boundaries inside must not end the file.
        let bytes = Array("a\r\n--\r\n------headwaters\r\n".utf8) + (0..<150_000).map { UInt8($0 % 251) }
        let answer = try await browser.upload(
            "/files", [("note", "第一批")], file: ("source", "C:\\数据\\表.csv", bytes))
        let json = try answer.json()
        #expect(json["bytes"]?.integer == Int64(bytes.count))
        #expect(json["sum"]?.integer == Int64(bytes.reduce(0) { $0 + Int($1) }))
        #expect(json["name"]?.string == "表.csv")
        #expect(json["note"]?.string == "第一批")
        #expect(!FileManager.default.fileExists(atPath: try #require(json["path"]?.string)))
    }

    @Test func `an upload without proof leaves nothing on disk`() async throws {
        let browser = try await signedIn(try app())
        let answer = try await browser.upload("/files", [], file: ("source", "a.csv", [1, 2, 3]), csrf: "0")
        #expect(answer.status == 403)
    }

    @Test func `an upload beyond the limit is refused`() async throws {
        let browser = try await signedIn(try app())
        let bytes = [UInt8](repeating: 7, count: 200_001)
        #expect(try await browser.upload("/files", [], file: ("source", "a.csv", bytes)).status == 413)
    }

    @Test func `text that is not UTF-8 is refused`() async throws {
        let browser = try await signedIn(try app())
        let answer = try await browser.post("/entries", [("title", "t")])
        #expect(answer.status == 303)
        #expect(throws: Problem.self) { try SubmittedForm(urlEncoded: "title=%FF") }
    }
}

@Suite struct `Over a real connection` {
    @Test func `an upload of many pieces arrives whole`() async throws {
        let (site, routes) = try parts()
        let bytes = (0..<150_000).map { UInt8($0 % 251) }
        let head =
            "--b\r\nContent-Disposition: form-data; name=\"unclassified\"\r\n\r\n1\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"source\"; filename=\"a.bin\"\r\n\r\n"
        let body = Array(head.utf8) + bytes + Array("\r\n--b--\r\n".utf8)
        let answer = try await LiveApp.serve(site, routes) { base in
            try await LiveApp.send(
                "POST", base + "/files",
                headers: [
                    "Authorization": "Bearer hw_right", "Content-Type": "multipart/form-data; boundary=b",
                ], body: body)
        }
        #expect(answer.status == 200)
        #expect(try JSON.parse(answer.body)["sum"]?.integer == Int64(bytes.reduce(0) { $0 + Int($1) }))
    }

    @Test func `pages and assets are served, and refusals do not hang`() async throws {
        let (site, routes) = try parts()
        let (page, style, large) = try await LiveApp.serve(site, routes) { base in
            let page = try await LiveApp.send("GET", base + "/sign-in")
            let style = try await LiveApp.send("GET", base + "/assets/headwaters.css")
            let large = try await LiveApp.send(
                "POST", base + "/api/v1/echo", headers: ["Authorization": "Bearer hw_right"],
                body: [UInt8](repeating: 32, count: 3_000_000))
            return (page.status, style, large.status)
        }
        #expect(page == 200)
        #expect(style.status == 200 && style.body.count > 1000)
        #expect(large == 413)
    }
}
