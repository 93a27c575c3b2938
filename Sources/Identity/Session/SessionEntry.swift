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

    init(at now: Instant, from address: String, browser: String?) throws {
        self.init(
            id: .new(at: now), secret: try CarriedSecret.new(), at: now, confirmed: now,
            address: address.isEmpty ? nil : String(address.prefix(Self.addressCharactersMax)),
            browser: BrowserName.short(browser))
    }

    /// In the place of another one.
    init(
        id: SessionID, secret: String, at: Instant, confirmed: Instant?, address: String?, browser: String?
    ) {
        self.id = id
        self.secret = secret
        self.at = at
        self.confirmed = confirmed
        self.address = address
        self.browser = browser
    }
}
