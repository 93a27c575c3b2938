import Foundation
import Identity
import Kernel
import Persistence
import TestKit
import Testing

/// A steward whose account is linked, a provider beside it, and the way there and back without a browser.
struct ProviderWorld: Sendable {
    let world: IdentityWorld
    let provider: TestProvider
    let described: IdentityProvider
    let signIns: ProviderSignIns
    let steward: Account

    static let stranger = Principal.public

    static func run(
        _ dialect: Dialect = .sqlite, settings: IdentitySettings = IdentitySettings(), isLinked: Bool = true,
        answerSecondsMax: Int = 120,
        describe: @escaping @Sendable (TestProvider) -> IdentityProvider = { $0.described() },
        _ body: (ProviderWorld) async throws -> Void
    ) async throws {
        try await IdentityWorld.run(dialect, settings: settings) { world in
            let time = world.time
            try await TestProvider.serve(now: { time.now }) { provider in
                let described = describe(provider)
                let unit = try await world.unit("示例市民政局")
                let steward = try await world.officer("steward", roles: [.steward], in: unit.id)
                if isLinked {
                    try await world.accounts.link(
                        steward.account.id, to: described, subject: provider.habits.subject, claim: nil,
                        by: world.system)
                }
                try await body(
                    ProviderWorld(
                        world: world, provider: provider, described: described,
                        signIns: ProviderSignIns(
                            ProviderBook([described]), siteAddress: "https://data.example.gov.cn",
                            accounts: world.accounts, answerSecondsMax: answerSecondsMax),
                        steward: steward.account))
            }
        }
    }

    func depart(_ purpose: ProviderPurpose = .signIn) async throws -> ProviderDeparture {
        try await signIns.depart(to: "city", for: purpose, back: "/catalogue")
    }

    func arrive(
        _ query: String, flow: String?, by principal: Principal = ProviderWorld.stranger,
        from address: String = "192.0.2.7"
    ) async throws -> ProviderArrival {
        let fields = query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: String(parts[0]), value: String(parts[1].removingPercentEncoding ?? ""))
        }
        return try await signIns.arrive(
            at: "city", fields, flow: flow, by: principal, from: address, browser: nil)
    }

    /// There and back.
    func signIn(
        _ purpose: ProviderPurpose = .signIn, by principal: Principal = ProviderWorld.stranger
    ) async throws -> ProviderArrival {
        let departure = try await depart(purpose)
        return try await arrive(provider.signIn(departure.location), flow: departure.flow, by: principal)
    }

    func session(_ arrival: ProviderArrival) throws -> OpenedSession {
        guard case .entered(.opened(let session)) = arrival.outcome else {
            throw ProviderFault.notLinked
        }
        return session
    }

    /// What the evidence says of the last knock that was refused.
    func refusal() async throws -> String? {
        try await world.database.read { connection in
            let row = try connection.row(
                """
                SELECT payload FROM evidence_leaf WHERE type = 'account.sign-in-failed' ORDER BY id DESC LIMIT 1
                """)
            return try row.flatMap { try JSON.parse($0.value("payload", as: String.self))["reason"]?.string }
        }
    }
}
