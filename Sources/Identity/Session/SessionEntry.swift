internal import Kernel

/// A session that is about to begin: its id and secret, and where it comes from.
struct SessionEntry: Sendable {
    static let addressCharactersMax = 64

    let id: SessionID
    let secret: String
    let at: Instant
    /// When the password was given last.
    let confirmed: Instant?
    let address: String?
    let browser: String?
    /// By which it began; nil after a password.
    let link: AccountLinkID?
    /// The provider says that more than a password was asked for.
    let isStrong: Bool

    init(at now: Instant, from address: String, browser: String?) throws {
        self.init(
            id: .new(at: now), secret: try CarriedSecret.new(), at: now, confirmed: now,
            address: address.isEmpty ? nil : String(address.prefix(Self.addressCharactersMax)),
            browser: BrowserName.short(browser))
    }

    /// In the place of another one.
    init(
        id: SessionID, secret: String, at: Instant, confirmed: Instant?, address: String?, browser: String?,
        link: AccountLinkID? = nil, isStrong: Bool = false
    ) {
        self.id = id
        self.secret = secret
        self.at = at
        self.confirmed = confirmed
        self.address = address
        self.browser = browser
        self.link = link
        self.isStrong = isStrong
    }

    /// The same after the second step, begun by a provider when there is a link.
    func by(_ link: AccountLinkID?) -> SessionEntry {
        guard let link else { return self }
        return by(link, confirmed: confirmed, isStrong: false)
    }

    /// The same, come in through a provider. `confirmed`: when the provider asked for more than a password.
    func by(_ link: AccountLinkID, confirmed: Instant?, isStrong: Bool) -> SessionEntry {
        SessionEntry(
            id: id, secret: secret, at: at, confirmed: confirmed, address: address, browser: browser,
            link: link,
            isStrong: isStrong)
    }
}
