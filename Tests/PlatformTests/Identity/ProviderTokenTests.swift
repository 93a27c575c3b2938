import Cryptography
import Foundation
import Kernel
import OpenSSL
import TestKit
import Testing

@testable import Identity

/// A provider that answers wrongly in one thing at a time: nobody comes in, and the evidence says why.
@Suite struct `A hostile identity provider` {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fault: ProviderFault
        let habit: @Sendable (inout TestProvider.Habits) throws -> Void

        init(
            _ name: String, _ fault: ProviderFault,
            _ habit: @escaping @Sendable (inout TestProvider.Habits) throws -> Void
        ) {
            testDescription = name
            self.fault = fault
            self.habit = habit
        }

        static func claim(_ name: String, _ value: JSON?, _ fault: ProviderFault) -> Case {
            Case("\(name) = \(value?.canonical ?? "nothing")", fault) { $0.claims = { $0[name] = value } }
        }

        static func discovery(_ name: String, _ value: JSON?, _ fault: ProviderFault) -> Case {
            Case("discovery: \(name) = \(value?.canonical ?? "nothing")", fault) {
                $0.discovery = { $0[name] = value }
            }
        }

        static func answer(
            _ name: String, of path: String, _ fault: ProviderFault,
            _ change: @escaping @Sendable (inout TestService.Reply) -> Void
        ) -> Case {
            Case("\(path): \(name)", fault) { $0.answer = { if $0 == path { change(&$1) } } }
        }
    }

    static let tokens: [Case] = [
        Case("alg none without signature", .algorithmRefused) { $0.algorithm = "none" },
        Case("HS256 with the public key", .algorithmRefused) { $0.algorithm = "HS256" },
        Case("alg in another case", .algorithmRefused) { $0.header = { $0["alg"] = "rs256" } },
        Case("ES256 said of an RSA signature", .keyUnknown) { $0.header = { $0["alg"] = "ES256" } },
        Case("PS256 said of a PKCS #1 signature", .signatureWrong) { $0.header = { $0["alg"] = "PS256" } },
        Case("another key under the same name", .signatureWrong) { $0.key = try ProviderKey(.rsa) },
        Case("a name that no key has", .keyUnknown) { $0.keyID = "other" },
        Case("a crit extension", .tokenMalformed) { $0.header = { $0["crit"] = ["exp"] } },
        Case("a kid that is no text", .tokenMalformed) { $0.header = { $0["kid"] = 1 } },
        Case("a signature cut short", .signatureWrong) {
            $0.token = { token in
                var parts = token.split(separator: ".").map(String.init)
                parts[2] = Array((SignedToken.bytes(parts[2][...]) ?? []).dropLast()).base64URL
                return parts.joined(separator: ".")
            }
        },
        Case("a claim changed after signing", .signatureWrong) {
            $0.token = { token in
                var parts = token.split(separator: ".").map(String.init)
                let body = SignedToken.bytes(parts[1][...]) ?? []
                parts[1] =
                    Array(
                        String(decoding: body, as: UTF8.self).replacing("441600-0001", with: "441600-0002")
                            .utf8
                    ).base64URL
                return parts.joined(separator: ".")
            }
        },
        Case("no signature part", .tokenMalformed) {
            $0.token = { $0.split(separator: ".").prefix(2).joined(separator: ".") }
        },
        Case("five parts", .tokenMalformed) { $0.token = { $0 + ".AA.AA" } },
        Case("padding", .tokenMalformed) { $0.token = { $0 + "=" } },
        Case("a claim twice", .tokenMalformed) {
            $0.token = { token in
                var parts = token.split(separator: ".").map(String.init)
                let body = String(decoding: SignedToken.bytes(parts[1][...]) ?? [], as: UTF8.self)
                parts[1] = Array(("{\"sub\":\"441600-0001\"," + body.dropFirst()).utf8).base64URL
                return parts.joined(separator: ".")
            }
        },
        Case("a token of 20 KiB", .tokenMalformed) {
            $0.claims = { $0["x"] = .string(String(repeating: "x", count: 20_000)) }
        },
        .claim("iss", "https://id.example.gov.cn", .issuerWrong), .claim("iss", nil, .issuerWrong),
        .claim("aud", "another-client", .audienceWrong), .claim("aud", nil, .audienceWrong),
        .claim("aud", ["headwaters", "another-client"], .partyWrong),
        .claim("aud", ["headwaters", 1], .tokenMalformed),
        .claim("azp", "another-client", .partyWrong),
        .claim("nonce", "another", .nonceWrong), .claim("nonce", nil, .nonceWrong),
        .claim("exp", 1_772_413_000, .expired), .claim("exp", nil, .tokenMalformed),
        .claim("exp", "1772413500", .tokenMalformed), .claim("exp", .integer(.max), .tokenMalformed),
        .claim("iat", .integer(1_772_413_200 + 600), .clockApart), .claim("iat", 1_772_400_000, .clockApart),
        .claim("iat", .integer(.min), .tokenMalformed),
        .claim("nbf", .integer(1_772_413_200 + 600), .clockApart),
        .claim("sub", nil, .tokenMalformed), .claim("sub", "", .tokenMalformed),
        .claim("sub", .string(String(repeating: "1", count: 256)), .tokenMalformed),
        .claim("sub", "441600-0002", .notLinked), .claim("at_hash", "AAAA", .accessTokenHash),
    ]

    static let descriptions: [Case] = [
        .discovery("issuer", "https://id.example.gov.cn", .issuerMismatch),
        .discovery("issuer", nil, .issuerMismatch),
        .discovery("code_challenge_methods_supported", nil, .pkceMissing),
        .discovery("code_challenge_methods_supported", ["plain"], .pkceMissing),
        .discovery("id_token_signing_alg_values_supported", ["HS256", "none"], .algorithmsMissing),
        .discovery("token_endpoint", "https://evil.example/token", .hostNotNamed),
        .discovery("jwks_uri", "http://169.254.169.254/keys", .hostNotNamed),
        .discovery("authorization_endpoint", "http://evil.example/", .hostNotNamed),
        .discovery("token_endpoint", nil, .answerWrong),
        .answer("too large", of: "/.well-known/openid-configuration", .answerTooLarge) {
            $0.body = String(repeating: " ", count: 200_000)
        },
        .answer("a redirect", of: "/.well-known/openid-configuration", .redirected) {
            $0.status = 302
            $0.headers = ["Location": "/elsewhere"]
        },
        .answer("no JSON", of: "/.well-known/openid-configuration", .answerWrong) { $0.body = "<html>" },
        .answer("a member twice", of: "/.well-known/openid-configuration", .answerWrong) {
            $0.body = "{\"issuer\":\"x\"," + $0.body.dropFirst()
        },
        .answer("500", of: "/.well-known/openid-configuration", .answerWrong) { $0.status = 500 },
    ]

    static let keySets: [Case] = [
        Case("only a secret", .keysMalformed) { $0.keys = [["kty": "oct", "k": "c2VjcmV0", "kid": "one"]] },
        Case("a private key", .keysMalformed) {
            $0.keys = [$0.key.published(as: "one", ["d": "AQAB"])]
        },
        Case("a key for encryption", .keysMalformed) {
            $0.keys = [$0.key.published(as: "one", ["use": "enc"])]
        },
        Case("a key of another algorithm", .keyUnknown) {
            $0.keys = [$0.key.published(as: "one", ["alg": "PS256"])]
        },
        Case("a short modulus", .keysMalformed) {
            $0.keys = [
                [
                    "kty": "RSA", "kid": "one", "e": "AQAB",
                    "n": .string([UInt8](repeating: 0xC3, count: 128).base64URL),
                ]
            ]
        },
        Case("an even exponent", .keysMalformed) { $0.keys = [$0.key.published(as: "one", ["e": "AQAA"])] },
        Case("a point beside the curve", .keysMalformed) {
            let key = try ProviderKey(.p256)
            $0.keys = [key.published(as: "one", ["y": .string([UInt8](repeating: 1, count: 32).base64URL)])]
        },
        Case("a point too short", .keysMalformed) {
            $0.keys = [try ProviderKey(.p256).published(as: "one", ["x": "AAAA"])]
        },
        Case("P-384 for ES256", .keysMalformed) {
            $0.key = try ProviderKey(.p384)
            $0.algorithm = "ES256"
            $0.keys = [$0.key.published(as: "one")]
        },
        Case("P-384 said to be P-256", .keysMalformed) {
            $0.key = try ProviderKey(.p384)
            $0.algorithm = "ES256"
            $0.keys = [$0.key.published(as: "one", ["crv": "P-256"])]
        },
        Case("an ES256 signature of another curve", .signatureWrong) {
            let real = try ProviderKey(.p256)
            $0.key = try ProviderKey(.p384)
            $0.algorithm = "ES256"
            $0.keys = [real.published(as: "one")]
        },
        Case("two keys for a token that names none", .keyUnknown) {
            $0.keyID = nil
            $0.keys = [$0.key.published(as: "one"), try ProviderKey(.rsa).published(as: "two")]
        },
        Case("no list", .keysMalformed) { $0.answer = { if $0 == "/keys" { $1.body = "{}" } } },
        Case("keys too large", .answerTooLarge) {
            $0.answer = { if $0 == "/keys" { $1.body = String(repeating: " ", count: 300_000) } }
        },
        Case("keys elsewhere", .redirected) {
            $0.answer = {
                if $0 == "/keys" { $1 = TestService.Reply("", status: 307, headers: ["Location": "/k"]) }
            }
        },
        .answer("no token", of: "/token", .answerWrong) { $0.body = "{}" },
        .answer("400", of: "/token", .codeRefused) { $0.status = 400 },
        .answer("503", of: "/token", .answerWrong) { $0.status = 503 },
        .answer("too large", of: "/token", .answerTooLarge) {
            $0.body = String(repeating: " ", count: 200_000)
        },
    ]

    private func refuses(_ hostile: Case) async throws {
        try await ProviderWorld.run { world in
            let departure: ProviderDeparture
            var habits = world.provider.habits
            try hostile.habit(&habits)
            world.provider.habits = habits
            do { departure = try await world.depart() } catch let fault as ProviderFault {
                #expect(fault == hostile.fault)
                return
            }
            await #expect(throws: hostile.fault) {
                try await world.arrive(
                    world.provider.signIn(departure.location), flow: departure.flow)
            }
            #expect(try await world.refusal() == hostile.fault.rawValue)
            #expect(try await world.world.sessions.all(of: world.steward.id).isEmpty)
        }
    }

    @Test(arguments: tokens) func `is refused by its token`(_ hostile: Case) async throws {
        try await refuses(hostile)
    }

    @Test(arguments: descriptions) func `is refused by what it says of itself`(_ hostile: Case) async throws {
        try await refuses(hostile)
    }

    @Test(arguments: keySets) func `is refused by its keys and answers`(_ hostile: Case) async throws {
        try await refuses(hostile)
    }

    @Test(arguments: ["RS256", "PS256", "ES256", "EdDSA"])
    func `that is honest is believed in each algorithm, with the access token's digest`(_ name: String)
        async throws
    {
        try await ProviderWorld.run { world in
            var habits = world.provider.habits
            habits.algorithm = name
            habits.key =
                name == "ES256"
                ? try ProviderKey(.p256) : name == "EdDSA" ? try ProviderKey(.ed25519) : habits.key
            // One that is not used, and a secret that should not be there, do no harm.
            habits.keys = [
                ["kty": "oct", "k": "c2VjcmV0", "kid": "one"], ["kty": "OKP", "crv": "X25519", "x": "AAAA"],
                habits.key.published(as: "one"),
            ]
            let digest =
                name == "EdDSA"
                ? try sha512(Array(habits.accessToken.utf8))
                : DigestAlgorithm.sha256.digest(habits.accessToken).bytes
            let half = Array(digest.prefix(digest.count / 2)).base64URL
            habits.claims = { $0["at_hash"] = .string(half) }
            world.provider.habits = habits
            let arrival = try await world.signIn()
            #expect(arrival.back == "/catalogue")
            let session = try world.session(arrival)
            let principal = try await world.world.sessions.principal(forSecret: session.secret)
            #expect(principal?.account == world.steward.id && principal?.roles == [.steward])
            #expect(principal?.confirmed == nil)
        }
    }

    @Test func `changes its keys: asked once for the new one, and not again for names nobody has`()
        async throws
    {
        try await ProviderWorld.run { world in
            _ = try await world.signIn()
            #expect(world.provider.asked.filter { $0 == "/keys" }.count == 1)
            var habits = world.provider.habits
            habits.key = try ProviderKey(.p256)
            habits.algorithm = "ES256"
            habits.keyID = "two"
            habits.keys.append(habits.key.published(as: "two"))
            world.provider.habits = habits
            world.world.time.advance(seconds: 60)
            _ = try await world.signIn()
            #expect(world.provider.asked.filter { $0 == "/keys" }.count == 2)
            habits.keyID = "three"
            world.provider.habits = habits
            for _ in 0..<3 { await #expect(throws: ProviderFault.keyUnknown) { try await world.signIn() } }
            #expect(world.provider.asked.filter { $0 == "/keys" }.count == 2)
            // The description was asked for once in all that time, and is again when it is old.
            #expect(world.provider.asked.filter { $0.hasSuffix("configuration") }.count == 1)
            world.world.time.advance(seconds: 3_700)
            habits.keyID = "two"
            // Keys that are kept wait out a silence, and no wrong answer.
            habits.answer = { if $0 == "/keys" { $1.body = "{}" } }
            world.provider.habits = habits
            await #expect(throws: ProviderFault.keysMalformed) { try await world.signIn() }
        }
    }

    @Test func `is waited for no longer than a few seconds, and is asked nothing when its host is not named`()
        async throws
    {
        try await ProviderWorld.run(describe: { $0.described(hosts: ["id.example.gov.cn:443"]) }) { world in
            await #expect(throws: ProviderFault.hostNotNamed) { try await world.depart() }
            #expect(world.provider.asked.isEmpty)
        }
        try await ProviderWorld.run(answerSecondsMax: 2) { world in
            world.provider.habits.answer = { _, reply in reply.afterMilliseconds = 60_000 }
            await #expect(throws: ProviderFault.tooSlow) { try await world.depart() }
            // For a moment nobody else waits for it.
            let asked = world.provider.asked.count
            await #expect(throws: ProviderFault.tooSlow) { try await world.depart() }
            #expect(world.provider.asked.count == asked)
        }
    }

    @Test func `texts of every kind are no tokens, and none ends the program`() throws {
        var random = SampleSeed(state: 441_600)
        let key = try ProviderKey(.ed25519)
        let head = Array(#"{"alg":"EdDSA","kid":"one"}"#.utf8).base64URL
        let body = Array(#"{"sub":"1","exp":1,"aud":["a"]}"#.utf8).base64URL
        let whole = "\(head).\(body).\(key.sign("\(head).\(body)", as: "EdDSA").base64URL)"
        _ = try SignedToken(whole)
        let alphabet = Array("ABab01-_.=+/ {}\"\u{0}é.")
        for _ in 0..<4_000 {
            var text = Array(whole)
            for _ in 0...Int(random.next() % 4) {
                let at = Int(random.next() % UInt64(text.count))
                switch random.next() % 3 {
                case 0: text[at] = alphabet[Int(random.next() % UInt64(alphabet.count))]
                case 1: text.remove(at: at)
                default: text.insert(alphabet[Int(random.next() % UInt64(alphabet.count))], at: at)
                }
            }
            let spoilt = String(text)
            guard spoilt != whole, let token = try? SignedToken(spoilt) else { continue }
            let keys = try ProviderKeys(
                JSON.object(["keys": [key.published(as: "one")]]).canonicalBytes)
            let fits = keys.fitting(token, .edDSA).contains { token.isSigned(by: $0, with: .edDSA) }
            #expect(!fits, "\(spoilt)")
        }
        for text in [
            "", ".", "..", "...", "a.b.c", "e30.e30.", "e30.W10.AA", String(repeating: ".", count: 100),
        ] {
            #expect(throws: ProviderFault.tokenMalformed) { try SignedToken(text) }
        }
    }
}

/// The same numbers every time.
private struct SampleSeed: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
