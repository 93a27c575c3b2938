import Foundation
import Identity
import Kernel
import Persistence
import TestKit
import Testing

/// Signing in through a provider of identities: who comes in, and what the site's own rules say to it.
@Suite struct `Identity: signing in through a provider` {
    @Test(arguments: Dialect.allCases)
    func `opens the linked account's session, tells the evidence, and keeps no token`(_ dialect: Dialect)
        async throws
    {
        try await ProviderWorld.run(dialect) { world in
            let departure = try await world.depart()
            let query = departure.location
            for part in [
                "response_type=code", "client_id=headwaters", "code_challenge_method=S256", "scope=openid",
                "redirect_uri=https%3A%2F%2Fdata.example.gov.cn%2Fsign-in%2Fwith%2Fcity%2Freturn", "&state=",
                "&nonce=",
            ] { #expect(query.contains(part), "\(part)") }
            let session = try world.session(
                await world.arrive(world.provider.signIn(query), flow: departure.flow))
            #expect(session.principal.account == world.steward.id)
            #expect(try await world.signIns.provider(of: session.principal) == "city")
            let links = try await world.world.accounts.links(of: world.steward.id)
            #expect(links.count == 1 && links[0].used == world.world.now)
            try await world.world.database.read { connection in
                let payload: String? = try connection.row(
                    "SELECT payload FROM evidence_leaf WHERE type = 'account.signed-in'")?.value("payload")
                let said = try JSON.parse(payload ?? "{}")
                #expect(said["provider"]?.string == "city" && said["link"]?.string == links[0].id.text)
                #expect(said["secondFactor"] == nil || said["secondFactor"] == .null)
                let all = try connection.rows("SELECT payload FROM evidence_leaf").map {
                    try $0.value("payload", as: String.self)
                }.joined()
                #expect(
                    !all.contains("access-441600") && !all.contains("441600-0001") && !all.contains("eyJ"))
            }
            // A change of post keeps how the session began.
            let post = try #require(
                try await world.world.posts.held(by: world.steward.id, on: world.world.today).first)
            let chosen = try await world.world.sessions.choose(post.post.id, session.principal)
            #expect(try await world.signIns.provider(of: chosen.principal) == "city")
        }
    }

    @Test func `ends a flow once, in its own browser, with its own state, within its time`() async throws {
        try await ProviderWorld.run { world in
            let (mine, others) = (try await world.depart(), try await world.depart())
            let query = try world.provider.signIn(mine.location)
            await #expect(throws: ProviderFault.stateUnknown) { try await world.arrive(query, flow: nil) }
            await #expect(throws: ProviderFault.stateUnknown) {
                try await world.arrive(query, flow: others.flow)
            }
            await #expect(throws: ProviderFault.stateUnknown) {
                try await world.arrive(query, flow: String(mine.flow.dropLast(4)) + "AAAA")
            }
            await #expect(throws: ProviderFault.responseMalformed) {
                try await world.arrive(query + "&state=x", flow: mine.flow)
            }
            _ = try await world.arrive(query, flow: mine.flow)
            await #expect(throws: ProviderFault.stateUsed) { try await world.arrive(query, flow: mine.flow) }
            #expect(try await world.refusal() == "state-used")
            // A code that was redeemed already is refused by the provider, whatever flow it comes with.
            let again = try await world.depart()
            let code = query.prefix { $0 != "&" }
            let state = try world.provider.signIn(again.location).drop { $0 != "&" }
            await #expect(throws: ProviderFault.codeRefused) {
                try await world.arrive(String(code) + state, flow: again.flow)
            }
            let late = try await world.depart()
            let tooLate = try world.provider.signIn(late.location)
            world.world.time.advance(seconds: 601)
            await #expect(throws: ProviderFault.stateOver) {
                try await world.arrive(tooLate, flow: late.flow)
            }
            // A code that somebody else's browser got is worthless without what this one holds (PKCE).
            let (a, b) = (try await world.depart(), try await world.depart())
            let stolen = try world.provider.signIn(a.location).prefix { $0 != "&" }
            let own = try world.provider.signIn(b.location).drop { $0 != "&" }
            await #expect(throws: ProviderFault.codeRefused) {
                try await world.arrive(String(stolen) + own, flow: b.flow)
            }
        }
    }

    @Test func `takes the provider's no, and an answer of another provider for what it is`() async throws {
        try await ProviderWorld.run { world in
            func with(_ more: String) async throws -> ProviderArrival {
                let departure = try await world.depart()
                let state = try world.provider.signIn(departure.location).split(separator: "&")[1]
                return try await world.arrive("\(state)&\(more)", flow: departure.flow)
            }
            await #expect(throws: ProviderFault.cancelled) { try await with("error=access_denied") }
            #expect(try await world.refusal() == "cancelled")
            await #expect(throws: ProviderFault.providerRefused) { try await with("error=%3Cscript%3E") }
            #expect(try await world.refusal() == "provider-refused")
            await #expect(throws: ProviderFault.responseMalformed) { try await with("x=1") }
            await #expect(throws: ProviderFault.responseIssuer) {
                try await with("code=1&iss=https%3A%2F%2Fevil.example")
            }
            world.world.time.advance(seconds: 3_700)
            world.provider.habits.discovery = { $0["authorization_response_iss_parameter_supported"] = true }
            await #expect(throws: ProviderFault.responseIssuer) { try await with("code=1") }
            let departure = try await world.depart()
            let query = try world.provider.signIn(departure.location) + "&iss=" + world.provider.issuer
            _ = try await world.arrive(query, flow: departure.flow)
        }
    }

    @Test func `holds to locks, closed accounts, links that are gone and an address that knocks too often`()
        async throws
    {
        var settings = IdentitySettings()
        settings.addressFailuresMax = 3
        settings.failuresMax = 3
        try await ProviderWorld.run(settings: settings) { world in
            let accounts = world.world.accounts
            let open = try world.session(await world.signIn())
            for _ in 0..<5 { _ = try? await world.world.signIn("steward", "wrong password") }
            await #expect(throws: IdentityError.self) { try await world.signIn() }
            try await accounts.unlock(world.steward.id, by: world.world.system)
            _ = try await world.signIn()
            let link = try #require(try await accounts.links(of: world.steward.id).first)
            try await accounts.disable(world.steward.id, by: world.world.system)
            await #expect(throws: ProviderFault.accountClosed) { try await world.signIn() }
            try await accounts.enable(world.steward.id, by: world.world.system)
            let other = try world.session(await world.signIn())
            try await accounts.unlink(link.id, of: world.steward.id, by: world.world.system)
            #expect(try await world.world.sessions.principal(forSecret: other.secret) == nil)
            #expect(try await world.world.sessions.principal(forSecret: open.secret) == nil)
            for _ in 0..<2 { await #expect(throws: ProviderFault.notLinked) { try await world.signIn() } }
            await #expect(throws: IdentityError.signInsTooMany) { try await world.signIn() }
        }
    }

    @Test
    func `asks for the code where the account has one, unless the provider says that it asked for more`()
        async throws
    {
        var settings = IdentitySettings()
        settings.secondFactorRoles = [.steward]
        try await ProviderWorld.run(settings: settings, describe: { $0.described(amr: ["otp", "pwd"]) }) {
            world in
            let weak = try world.session(await world.signIn())
            #expect(weak.principal.owes == .secondFactor && weak.principal.roles.isEmpty)
            world.provider.habits.claims = { $0["amr"] = ["pwd", "otp"] }
            let strong = try world.session(await world.signIn())
            #expect(strong.principal.owes == nil && strong.principal.roles == [.steward])
            #expect(strong.principal.confirmed == world.world.now)
            world.provider.habits.claims = {
                $0["amr"] = ["pwd", "otp"]
                $0["auth_time"] = .integer(1_772_413_200 - 3_600)
            }
            let old = try world.session(await world.signIn())
            #expect(old.principal.owes == .secondFactor && old.principal.confirmed == nil)
            world.provider.habits.claims = {
                $0["amr"] = ["pwd", "otp"]
                $0["auth_time"] = nil
            }
            #expect(try world.session(await world.signIn()).principal.owes == .secondFactor)
            world.provider.habits.claims = { $0["amr"] = ["pwd"] }
            #expect(try world.session(await world.signIn()).principal.owes == .secondFactor)
        }
    }

    @Test func `links by a claim only whom an administrator listed, once`() async throws {
        try await ProviderWorld.run(isLinked: false, describe: { $0.described(linkClaim: "employee_no") }) {
            world in
            let accounts = world.world.accounts
            world.provider.habits.claims = { $0["employee_no"] = "A-17" }
            await #expect(throws: ProviderFault.notLinked) { try await world.signIn() }
            try await accounts.link(
                world.steward.id, to: world.described, subject: nil, claim: "A-17", by: world.world.system)
            _ = try world.session(await world.signIn())
            #expect(try await accounts.links(of: world.steward.id).first?.subject == "441600-0001")
            // Another subject with the same claim is another person.
            world.provider.habits.subject = "441600-0002"
            await #expect(throws: ProviderFault.notLinked) { try await world.signIn() }
            let leaves = try await world.world.leaves()
            #expect(leaves["account.linked"] == 1 && leaves["account.link-completed"] == 1)
            let second = try await world.world.officer(
                "second", roles: [.consumer], in: world.world.unit("示例县民政局").id)
            for (subject, claim) in [("441600-0001", nil), (nil, "A-17")] as [(String?, String?)] {
                await #expect(throws: IdentityError.linkTaken) {
                    try await accounts.link(
                        second.account.id, to: world.described, subject: subject, claim: claim,
                        by: world.world.system)
                }
            }
            await #expect(throws: IdentityError.linkIncomplete) {
                try await accounts.link(
                    second.account.id, to: world.described, subject: "a", claim: "b", by: world.world.system)
            }
        }
    }

    @Test func `links by its owner, in the session that asked, after the password`() async throws {
        try await ProviderWorld.run(isLinked: false) { world in
            let accounts = world.world.accounts
            let opened = try await world.world.signIn("steward")
            guard case .session(let session) = opened.principal.channel else { return }
            await #expect(throws: IdentityError.passwordWrong) {
                try await accounts.proveForLink(password: "wrong", code: nil, by: opened.principal)
            }
            try await accounts.proveForLink(
                password: IdentityWorld.password, code: nil, by: opened.principal)
            // Another session of the same account cannot end what this one began, nor can a stranger.
            let other = try await world.world.signIn("steward")
            await #expect(throws: ProviderFault.stateUnknown) {
                try await world.signIn(.link(session), by: other.principal)
            }
            await #expect(throws: ProviderFault.stateUnknown) { try await world.signIn(.link(session)) }
            guard case .linked = try await world.signIn(.link(session), by: opened.principal).outcome else {
                Issue.record("not linked")
                return
            }
            _ = try world.session(await world.signIn())
            await #expect(throws: ProviderFault.linkTaken) {
                try await world.signIn(.link(session), by: opened.principal)
            }
            let link = try #require(try await accounts.links(of: world.steward.id).first)
            await #expect(throws: IdentityError.passwordWrong) {
                try await accounts.unlink(
                    link.id, of: world.steward.id, password: "wrong", code: nil, by: opened.principal)
            }
            try await accounts.unlink(
                link.id, of: world.steward.id, password: IdentityWorld.password, code: nil,
                by: opened.principal)
            #expect(try await world.world.leaves()["account.unlinked"] == 1)
        }
    }

    @Test func `confirms an act only by the same person, asked anew, with more than a password`() async throws
    {
        try await ProviderWorld.run(describe: { $0.described(acr: ["level-2"]) }) { world in
            let opened = try world.session(await world.signIn())
            guard case .session(let session) = opened.principal.channel else { return }
            #expect(try await world.signIns.confirmers(of: opened.principal).map(\.id) == ["city"])
            await #expect(throws: ProviderFault.notAskedAnew) {
                try await world.signIn(.confirm(session), by: opened.principal)
            }
            world.world.time.advance(seconds: 1_000)
            world.provider.habits.claims = {
                $0["acr"] = "level-2"
                $0["auth_time"] = .integer(1_772_413_200)
            }
            await #expect(throws: ProviderFault.notAskedAnew) {
                try await world.signIn(.confirm(session), by: opened.principal)
            }
            world.provider.habits.claims = { $0["acr"] = "level-2" }
            world.provider.habits.subject = "441600-0002"
            await #expect(throws: ProviderFault.anotherPerson) {
                try await world.signIn(.confirm(session), by: opened.principal)
            }
            world.provider.habits.subject = "441600-0001"
            _ = try await world.signIn(.confirm(session), by: opened.principal)
            let principal = try await world.world.sessions.principal(forSecret: opened.secret)
            #expect(principal?.confirmed == world.world.now)
        }
    }

    @Test func `may be the only way in, but for administrators`() async throws {
        var settings = IdentitySettings()
        settings.passwordsForAdministratorsOnly = true
        try await ProviderWorld.run(settings: settings) { world in
            await #expect(throws: IdentityError.passwordsClosed) { try await world.world.signIn("steward") }
            await #expect(throws: IdentityError.signInWrong) {
                try await world.world.signIn("steward", "wrong password")
            }
            let unit = try await world.world.unit("示例市政数局")
            _ = try await world.world.officer("root-officer", roles: [.administrator], in: unit.id)
            _ = try await world.world.signIn("root-officer")
            _ = try world.session(await world.signIn())
        }
    }

    @Test func `keeps the client's secret in its file, and sends it as it was agreed`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "secret-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await ProviderWorld.run(describe: {
            $0.described(authentication: .basic, secretFile: path)
        }) { world in
            await #expect(throws: ProviderFault.secretMissing) { try await world.signIn() }
            try "s3cret/+ü\nsecond line".write(toFile: path, atomically: true, encoding: .utf8)
            _ = try await world.signIn()
            let call = try #require(world.provider.service?.asked.last { $0.target == "/token" })
            let expected = Array("headwaters:s3cret%2F%2B%C3%BC".utf8).base64
            #expect(call.headers["authorization"] == "Basic \(expected)")
            #expect(!call.body.contains("s3cret") && call.body.contains("code_verifier="))
            let found = try await world.signIns.check("city")
            #expect(found.keys == 1 && found.keyIDs == ["one"] && found.algorithms.count == 4)
        }
    }

    @Test(arguments: [
        (#"{"providers":[]}"#, "file-shape"), (#"{"providers":[{}],"more":1}"#, "file-shape"),
        (
            #"{"providers":[{"id":"City","title":"x","issuer":"https://id.example.gov.cn","client-id":"c","client-authentication":"none"}]}"#,
            "providers[0].id"
        ),
        (
            #"{"providers":[{"id":"city","title":"x","issuer":"http://id.example.gov.cn","client-id":"c","client-authentication":"none"}]}"#,
            "providers[0].issuer"
        ),
        (
            #"{"providers":[{"id":"city","title":"x","issuer":"http://id.example.gov.cn","plain-http":true,"client-id":"c","client-authentication":"none"}]}"#,
            "providers[0].issuer"
        ),
        (
            #"{"providers":[{"id":"city","title":"x","issuer":"https://id.example.gov.cn","client-id":"c"}]}"#,
            "providers[0].client-secret-file"
        ),
        (
            #"{"providers":[{"id":"city","title":"x","issuer":"https://id.example.gov.cn","client-id":"c","client-authentication":"none","algorithms":["HS256"]}]}"#,
            "providers[0].algorithms"
        ),
        (
            #"{"providers":[{"id":"city","title":"x","issuer":"https://id.example.gov.cn","client-id":"c","client-authentication":"none","scopes":["profile"]}]}"#,
            "providers[0].scopes"
        ),
        (
            #"{"providers":[{"id":"city","title":"x","issuer":"https://id.example.gov.cn","client-id":"c","client-authentication":"none","secret":"s"}]}"#,
            "providers[0].secret"
        ),
    ])
    func `are described by a file whose faults are named`(_ text: String, _ place: String) throws {
        let error = #expect(throws: Problem.self) { try ProviderBook(JSON.parse(text)) }
        #expect(
            error?.places.contains { $0.name == place } == true || error?.message.key.hasSuffix(place) == true
        )
    }
}
