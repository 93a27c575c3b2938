package import Kernel
package import OpenSSL

/// A provider of identities (统一身份认证) as the site's own file describes it: OpenID Connect, authorisation code with PKCE. Nothing of it is
/// learned from the provider.
package struct IdentityProvider: Sendable, Hashable {
    /// How the site says at the token endpoint who it is.
    package enum ClientAuthentication: String, Sendable, CaseIterable {
        /// A public client: PKCE alone.
        case none
        case basic = "client-secret-basic"
        case post = "client-secret-post"
    }

    package let id: String
    /// On the button.
    package let title: String
    package let issuer: String
    package let clientID: String
    package let authentication: ClientAuthentication
    /// Read at each sign-in, so that a new secret needs no start. Empty for a public client.
    package let secretFile: String
    /// `host:port` that may be asked, and that people may be sent to.
    package let hosts: Set<String>
    package let scopes: [String]
    package let algorithms: Set<TokenAlgorithm>
    /// With one of these, or with all of `amr`, a sign-in counts as second factor and as confirmation.
    package let acr: [String]
    package let amr: [String]
    /// How long ago the provider may have asked the person, for that.
    package let authenticatedSecondsMax: Int
    /// The claim by which an account that an administrator listed is linked the first time; nil: none.
    package let linkClaim: String?
    package let authoritiesFile: String
    /// Without TLS, for a provider on this machine alone.
    package let isPlain: Bool

    package init(
        id: String, title: String, issuer: String, clientID: String,
        authentication: ClientAuthentication = .none,
        secretFile: String = "", hosts: Set<String> = [], scopes: [String] = ["openid"],
        algorithms: Set<TokenAlgorithm> = Set(TokenAlgorithm.allCases), acr: [String] = [],
        amr: [String] = [],
        authenticatedSecondsMax: Int = 300, linkClaim: String? = nil, authoritiesFile: String = "",
        isPlain: Bool = false
    ) {
        self.id = id
        self.title = title
        self.issuer = issuer
        self.clientID = clientID
        self.authentication = authentication
        self.secretFile = secretFile
        self.hosts = hosts
        self.scopes = scopes
        self.algorithms = algorithms
        self.acr = acr
        self.amr = amr
        self.authenticatedSecondsMax = authenticatedSecondsMax
        self.linkClaim = linkClaim
        self.authoritiesFile = authoritiesFile
        self.isPlain = isPlain
    }

    /// Whether the provider can say that somebody was asked for more than a password.
    package var canProveMore: Bool { !acr.isEmpty || !amr.isEmpty }
    var discoveryURL: String {
        issuer + (issuer.hasSuffix("/") ? "" : "/") + ".well-known/openid-configuration"
    }

    /// Whether `text` is an address of this provider's that may be asked, or that a browser may be sent to.
    func admits(_ text: String) -> ServiceAddress? {
        guard let address = ServiceAddress(String(text.prefix { $0 != "?" })), hosts.contains(address.place),
            address.isEncrypted || (isPlain && address.isLoopback)
        else { return nil }
        return address
    }
}

/// The providers of a site, out of the file that `identity.providers-file` names.
package struct ProviderBook: Sendable, Hashable {
    package static let bytesMax = 65_536
    static let providersMax = 8

    package let providers: [IdentityProvider]

    package init(_ providers: [IdentityProvider] = []) { self.providers = providers }

    package subscript(id: String) -> IdentityProvider? { providers.first { $0.id == id } }

    /// - Throws: a `Problem` that names every member that is wrong, `providers[0].issuer`.
    package init(_ json: JSON) throws(Problem) {
        guard let list = json["providers"]?.array, json.object?.count == 1, !list.isEmpty,
            list.count <= Self.providersMax
        else {
            throw Problem(
                .invalid,
                Message("identity.provider.file-shape", ["max": String(Self.providersMax)]))
        }
        var faults: [Problem.Place] = []
        var read: [IdentityProvider] = []
        for (position, item) in list.enumerated() {
            var entry = ProviderEntry(item)
            let provider = entry.provider()
            faults += entry.wrong.map {
                Problem.Place(
                    "providers[\(position)].\($0)", Message("identity.provider.member", ["name": $0]))
            }
            if let provider {
                if read.contains(where: { $0.id == provider.id || $0.issuer == provider.issuer }) {
                    faults.append(
                        Problem.Place(
                            "providers[\(position)].id",
                            Message("identity.provider.twice", ["name": provider.id])))
                }
                read.append(provider)
            }
        }
        guard faults.isEmpty else {
            throw Problem(.invalid, Message("identity.provider.file-faults"), places: faults)
        }
        providers = read
    }
}

/// One entry of the file while it is read: what is wrong is gathered by name.
private struct ProviderEntry {
    private let members: [String: JSON]
    private(set) var wrong: [String] = []

    private static let known: Set<String> = [
        "id", "title", "issuer", "client-id", "client-authentication", "client-secret-file", "hosts",
        "scopes",
        "algorithms", "acr", "amr", "authenticated-seconds-max", "link-claim", "authorities-file",
        "plain-http",
    ]

    init(_ json: JSON) {
        members = json.object ?? [:]
        wrong = members.keys.filter { !Self.known.contains($0) }.sorted()
    }

    mutating func provider() -> IdentityProvider? {
        let id = text("id", or: nil) { text in
            (1...32).contains(text.utf8.count)
                && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        }
        let isPlain = flag("plain-http")
        let issuer = text("issuer", or: nil) { text in
            guard let address = ServiceAddress(text), !text.contains("?") else { return false }
            return address.isEncrypted || (isPlain && address.isLoopback)
        }
        let own = ServiceAddress(issuer)?.place ?? ""
        let hosts = list("hosts", or: [own]) { ServiceAddress("https://\($0)/") != nil && $0.contains(":") }
        let how = text("client-authentication", or: "client-secret-basic") {
            IdentityProvider.ClientAuthentication(rawValue: $0) != nil
        }
        let authentication = IdentityProvider.ClientAuthentication(rawValue: how) ?? .none
        let secret = text("client-secret-file", or: "") { $0.isEmpty || $0.hasPrefix("/") }
        if secret.isEmpty != (authentication == .none) { wrong.append("client-secret-file") }
        let scopes = list("scopes", or: ["openid"]) { Self.isToken($0) }
        if !scopes.contains("openid") { wrong.append("scopes") }
        let algorithms = list("algorithms", or: TokenAlgorithm.allCases.map(\.rawValue)) {
            TokenAlgorithm(rawValue: $0) != nil
        }
        let provider = IdentityProvider(
            id: id, title: text("title", or: nil) { (1...40).contains($0.count) }, issuer: issuer,
            clientID: text("client-id", or: nil) {
                (1...255).contains($0.utf8.count) && Self.isPrintable($0)
            },
            authentication: authentication, secretFile: secret, hosts: Set(hosts), scopes: scopes,
            algorithms: Set(algorithms.compactMap(TokenAlgorithm.init(rawValue:))),
            acr: list("acr", or: []) { Self.isToken($0) }, amr: list("amr", or: []) { Self.isToken($0) },
            authenticatedSecondsMax: number("authenticated-seconds-max", 30...86_400, or: 300),
            linkClaim: members["link-claim"] == nil
                ? nil : text("link-claim", or: nil) { (1...64).contains($0.utf8.count) && $0 != "sub" },
            authoritiesFile: text("authorities-file", or: "") { $0.isEmpty || $0.hasPrefix("/") },
            isPlain: isPlain)
        return wrong.isEmpty ? provider : nil
    }

    /// No space: these are joined by spaces.
    private static func isToken(_ text: String) -> Bool {
        (1...255).contains(text.utf8.count) && text.utf8.allSatisfy { (33...126).contains($0) }
    }

    private static func isPrintable(_ text: String) -> Bool {
        text.utf8.allSatisfy { (32...126).contains($0) }
    }

    private mutating func text(_ name: String, or standard: String?, _ isRight: (String) -> Bool) -> String {
        if members[name] == nil, let standard { return standard }
        guard let text = members[name]?.string, isRight(text) else {
            wrong.append(name)
            return ""
        }
        return text
    }

    private mutating func list(_ name: String, or standard: [String], _ isRight: (String) -> Bool) -> [String]
    {
        guard let value = members[name] else { return standard }
        let items = value.array?.compactMap(\.string) ?? []
        guard items.count == value.array?.count, items.count <= 16, !items.isEmpty, items.allSatisfy(isRight)
        else {
            wrong.append(name)
            return standard
        }
        return items
    }

    private mutating func flag(_ name: String) -> Bool {
        guard let value = members[name] else { return false }
        guard let flag = value.boolean else {
            wrong.append(name)
            return false
        }
        return flag
    }

    private mutating func number(_ name: String, _ range: ClosedRange<Int>, or standard: Int) -> Int {
        guard let value = members[name] else { return standard }
        guard let number = value.integer.flatMap(Int.init(exactly:)), range.contains(number) else {
            wrong.append(name)
            return standard
        }
        return number
    }
}
