import Foundation
import Identity
import Kernel
import Web

extension Node {
    /// Out of the file that the settings name; without one there are none.
    ///
    /// - Throws: a `Problem` that names what is wrong in the file, or what else has to be set.
    static func providers(_ settings: Settings, _ accounts: Accounts) throws(Problem) -> ProviderSignIns {
        let path = settings.text(.providersFile)
        let site = settings.text(.siteAddress)
        guard !path.isEmpty else {
            guard settings.text(.passwordSignIn) == "everybody" else {
                throw Problem(.invalid, Message("identity.provider.passwords-needed"))
            }
            return ProviderSignIns(ProviderBook(), siteAddress: site, accounts: accounts)
        }
        guard !site.isEmpty else { throw Problem(.invalid, Message("identity.provider.site-address")) }
        guard let data = FileManager.default.contents(atPath: path), data.count <= ProviderBook.bytesMax,
            let json = try? JSON.parse(Array(data))
        else { throw Problem(.invalid, Message("identity.provider.file-unreadable", ["path": path])) }
        return ProviderSignIns(try ProviderBook(json), siteAddress: site, accounts: accounts)
    }

    var providerDoor: ProviderDoor {
        let providers = providers
        func choice(_ provider: IdentityProvider) -> ProviderDoor.Choice {
            ProviderDoor.Choice(id: provider.id, title: provider.title)
        }
        return ProviderDoor(
            choices: providers.book.providers.map(choice),
            depart: { try await providers.depart(to: $0, for: $1, back: $2) },
            arrive: { id, fields, flow, principal, caller in
                let arrived = try await providers.arrive(
                    at: id, fields, flow: flow, by: principal, from: caller.address,
                    browser: caller.browser)
                let arrival: ProviderDoor.Arrival =
                    switch arrived.outcome {
                    case .entered(.opened(let session)): .entered(.opened(Door.Opened(session)))
                    case .entered(.secondStep(let ticket)): .entered(.secondStep(ticket: ticket))
                    case .linked: .linked
                    case .confirmed: .confirmed
                    }
                return (arrival, arrived.back)
            }, signOutLocation: { try await providers.signOutLocation(of: $0) },
            provider: { try await providers.provider(of: $0) },
            confirmers: { principal in
                try await providers.confirmers(of: principal).map {
                    ProviderDoor.Choice(id: $0.id, title: $0.title)
                }
            })
    }
}

extension Door.Opened {
    init(_ session: OpenedSession) {
        self.init(
            sessionSecret: session.secret, lifetimeSeconds: session.lifetimeSeconds,
            principal: session.principal)
    }
}
