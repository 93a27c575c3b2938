import Foundation
import HTTPTypes
import Identity
import Kernel
import Persistence
import Server
import TestKit
import Testing
import Web

/// 统一身份认证 as a browser without JavaScript meets it: the door, refusals, links of one's own and by an administrator.
@Suite struct `The pages of identity providers` {
    private struct World {
        let node: Node
        let people: SamplePeople
        let app: TestApp
        let provider: TestProvider

        func browser(_ name: String? = nil) async throws -> TestBrowser {
            let browser = TestBrowser(app, language: .english)
            _ = try await browser.get("/sign-in")
            guard let name else { return browser }
            let password = try #require(people.members[name]?.password)
            let answer = try await browser.post(
                "/sign-in", [("name", name), ("password", password), ("return", "/")])
            try #require(answer.status == 303)
            _ = try await browser.get("/account")
            return browser
        }

        /// There, and back with what the provider gave.
        func through(_ browser: TestBrowser, _ path: String = "/sign-in/with/city?return=/catalogue")
            async throws -> TestApp.Answer
        {
            let away = try await browser.get(path)
            try #require(away.status == 303, "\(away.text)")
            return try await back(browser, try #require(away.location))
        }

        func back(_ browser: TestBrowser, _ location: String) async throws -> TestApp.Answer {
            try await browser.get("/sign-in/with/city/return?" + provider.signIn(location))
        }

        func account(_ name: String) async throws -> AccountID {
            try #require(try people.principal(name).account)
        }
    }

    private static func with(
        _ environment: [String: String] = [:], more: [String: JSON] = [:],
        _ body: @escaping (World) async throws -> Void
    ) async throws {
        try await TestProvider.serve { provider in
            let path = FileManager.default.temporaryDirectory.appending(
                path: "providers-\(UUID().uuidString).json")
            defer { try? FileManager.default.removeItem(at: path) }
            let described: [String: JSON] = [
                "id": "city", "title": "City sign-in", "issuer": .string(provider.issuer),
                "client-id": "headwaters",
                "client-authentication": "none", "plain-http": true,
            ]
            let file = JSON.object(["providers": [.object(described.merging(more) { $1 })]])
            try file.canonical.write(to: path, atomically: true, encoding: .utf8)
            let settings = [
                Setting.providersFile.environmentName: path.path,
                Setting.siteAddress.environmentName: "https://data.example.gov.cn",
            ].merging(environment) { $1 }
            try await SampleNode.with(.sqlite, environment: settings, inBackground: false) { node, people in
                try await body(
                    World(
                        node: node, people: people, app: TestApp(try node.site { _ in }, node.routes),
                        provider: provider))
            }
        }
    }

    @Test func `lead there and back, and out again on both sides`() async throws {
        try await Self.with { world in
            let book = world.node.providers.book
            let id = try await world.account("steward")
            try await world.node.accounts.link(
                id, to: try #require(book["city"]), subject: "441600-0001", claim: nil, by: .system())
            let browser = try await world.browser()
            let door = try await browser.get("/sign-in?return=/catalogue")
            #expect(door.text.contains("href=\"/sign-in/with/city?return=%2Fcatalogue\""))
            let arrived = try await world.through(browser)
            #expect(arrived.status == 303 && arrived.location?.contains("/catalogue") == true)
            let (flow, session) = (await browser.cookie("hw_flow"), await browser.cookie("hw_session"))
            #expect(flow == nil && session != nil)
            #expect(try await browser.get("/account").text.contains("441600-0001"))
            // Signed in already, there is nothing to begin.
            #expect(try await browser.get("/sign-in/with/city?return=/catalogue").location == "/catalogue")
            let out = try await browser.post("/sign-out", [])
            #expect(out.location == "/sign-in?ended=city")
            let door2 = try await browser.get("/sign-in?ended=city")
            #expect(door2.text.contains("href=\"/sign-in/with/city/sign-out\""))
            let end = try await browser.get("/sign-in/with/city/sign-out")
            #expect(
                end.location?.hasPrefix("\(world.provider.issuer)/end?client_id=headwaters&post_logout")
                    == true)
            #expect(try await !browser.get("/sign-in?ended=evil").text.contains("/sign-in/with/evil"))
        }
    }

    @Test func `refuse with what can be done, lead nowhere else, and are begun by no other site`()
        async throws
    {
        try await Self.with { world in
            let browser = try await world.browser()
            let stranger = try await world.through(browser)
            #expect(stranger.status == 401 && stranger.text.contains("no account here is linked"))
            #expect(stranger.text.contains("(not-linked)") && stranger.text.contains("href=\"/sign-in\""))
            #expect(await browser.cookie("hw_session") == nil)
            let away = try await browser.get("/sign-in/with/city?return=//evil.example")
            let cancelled = try await browser.get(
                "/sign-in/with/city/return?error=access_denied&"
                    + world.provider.signIn(try #require(away.location)).split(separator: "&")[1])
            #expect(cancelled.status == 401 && cancelled.text.contains("You cancelled"))
            let bare = try await browser.get("/sign-in/with/city/return?code=1&state=2")
            #expect(bare.status == 401 && bare.text.contains("(state-unknown)"))
            #expect(try await browser.get("/sign-in/with/other").status == 404)
            #expect(try await browser.get("/sign-in/with/other/return?code=1").status == 404)
            let foreign = try await browser.get(
                "/sign-in/with/city", headers: ["Sec-Fetch-Site": "cross-site"])
            #expect(foreign.location == "/sign-in?return=%2F")
            let id = try await world.account("steward")
            try await world.node.accounts.link(
                id, to: try #require(world.node.providers.book["city"]), subject: "441600-0001", claim: nil,
                by: .system())
            let inside = try await world.through(browser, "/sign-in/with/city?return=//evil.example")
            #expect(inside.location.map { !$0.contains("evil") } == true)
        }
        try await Self.with { world in
            world.provider.habits.answer = { _, reply in reply.status = 500 }
            let broken = try await world.browser().get("/sign-in/with/city")
            #expect(broken.status == 502 && broken.text.contains("(answer-wrong)"))
            #expect(try await world.browser("steward").get("/catalogue").status == 200)
        }
    }

    @Test func `let a person link and unlink with the password`() async throws {
        try await Self.with { world in
            let browser = try await world.browser("steward")
            let own = try await browser.get("/account").text
            #expect(own.contains("href=\"/account/links/new/city\""))
            _ = try await browser.get("/account/links/new/city")
            let wrong = try await browser.post("/account/links/new/city", [("password", "wrong")])
            #expect(wrong.status == 422 && wrong.text.contains("password is wrong"))
            let password = try #require(world.people.members["steward"]?.password)
            let ready = try await browser.post("/account/links/new/city", [("password", password)])
            let href = try #require(ready.text.firstMatch(of: /href="(http:\/\/127[^"]+)"/)?.1)
            let linked = try await world.back(browser, String(href).replacing("&amp;", with: "&"))
            #expect(linked.location == "/account", "\(linked.text)")
            let page = try await browser.get("/account").text
            let removal = try #require(page.firstMatch(of: /\/account\/links\/[0-9a-f-]+\/removal/)?.output)
            let other = try await world.browser()
            #expect(try await world.through(other).status == 303)
            _ = try await browser.get(String(removal))
            #expect(try await browser.post(String(removal), [("password", "wrong")]).status == 422)
            #expect(try await browser.post(String(removal), [("password", password)]).location == "/account")
            // What began by the link ends with it.
            #expect(try await other.get("/account").location?.hasPrefix("/sign-in") == true)
        }
    }

    @Test func `let an administrator link and unlink another's account, and not their own`() async throws {
        try await Self.with { world in
            let admin = try await world.browser("administrator")
            let id = try await world.account("steward")
            let page = try await admin.get("/accounts/\(id)").text
            #expect(page.contains("name=\"subject\""))
            let empty = try await admin.post(
                "/accounts/\(id)/links", [("provider", "city"), ("subject", "")])
            #expect(empty.status == 422 && empty.text.contains("one of them"))
            let made = try await admin.post(
                "/accounts/\(id)/links", [("provider", "city"), ("subject", "441600-0001")])
            #expect(made.location == "/accounts/\(id)")
            #expect(try await world.through(world.browser()).status == 303)
            let shown = try await admin.get("/accounts/\(id)").text
            let removal = try #require(
                shown.firstMatch(of: /\/accounts\/[0-9a-f-]+\/links\/[0-9a-f-]+\/removal/)?.output)
            #expect(try await admin.get(String(removal)).text.contains("Take the link of “steward” away?"))
            #expect(try await admin.post(String(removal), []).location == "/accounts/\(id)")
            let own = try await world.account("administrator")
            let refused = try await admin.post(
                "/accounts/\(own)/links", [("provider", "city"), ("subject", "441600-0009")])
            #expect(refused.status == 422 && refused.text.contains("You cannot link your own account"))
            let steward = try await world.browser("steward")
            #expect(
                try await steward.post("/accounts/\(id)/links", [("provider", "city"), ("subject", "x")])
                    .status == 403)
        }
    }

    @Test func `let a provider confirm in another window what is signed in this one`() async throws {
        try await Self.with(
            [Setting.confirmSeconds.environmentName: "1"], more: ["acr": ["level-2"]]
        ) { world in
            let id = try await world.account("reviewer")
            try await world.node.accounts.link(
                id, to: try #require(world.node.providers.book["city"]), subject: "441600-0001", claim: nil,
                by: .system())
            let browser = try await world.browser()
            _ = try await world.through(browser)
            _ = try await browser.get("/account")
            world.provider.habits.claims = { $0["acr"] = "level-2" }
            let confirmed = try await world.through(browser, "/account/confirmation/city")
            #expect(
                confirmed.status == 200 && confirmed.text.contains("You are confirmed"), "\(confirmed.text)")
            #expect(
                try await browser.get("/account/confirmation/city", headers: ["Sec-Fetch-Site": "cross-site"])
                    .status == 403)
        }
    }

    @Test func `stop a start whose file or address is wrong`() async throws {
        let missing = [Setting.providersFile.environmentName: "/nowhere/providers.json"]
        await #expect(throws: Problem.self) {
            try await SampleNode.with(.sqlite, environment: missing) { _, _ in }
        }
        await #expect(throws: Problem.self) {
            try await SampleNode.with(
                .sqlite, environment: [Setting.passwordSignIn.environmentName: "administrators"]
            ) { _, _ in }
        }
    }
}
