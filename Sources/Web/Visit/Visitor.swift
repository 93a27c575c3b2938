package import Identity
package import Kernel

/// Who asks, in which language, over what kind of connection. Found once per request, before the handler.
package struct Visitor: Sendable {
    package enum Credential: Sendable, Hashable {
        case none
        /// The session cookie's value: proof against forged forms is derived from it.
        case session(secret: String)
        case token
    }

    package var principal: Principal
    package var language: Language
    package var credential: Credential
    /// Of a visitor who is not signed in and meets a form (sign-in).
    package var formSecret: String?
    package var isSecure: Bool
    /// The peer's, or what a configured proxy says of it.
    package var address: String
    package var flash: Notice?
    /// Errors as RFC 9457 JSON instead of pages.
    package var wantsJSON: Bool
    package var part: PagePart
    /// `Set-Cookie` lines that the answer will carry.
    package var cookies: [SetCookie] = []
    /// See `TraceID`.
    package var trace: String = ""
    /// A session cookie was sent that no longer opens anything.
    package var sessionEnded = false

    /// The value every form of this visitor carries.
    package var csrf: String {
        switch credential {
        case .session(let secret): CSRF.token(secret)
        case .none: formSecret.map(CSRF.token) ?? ""
        case .token: ""
        }
    }
}

/// A cookie to set: HttpOnly, SameSite=Lax, for the whole site.
package struct SetCookie: Sendable, Hashable {
    package let name: String
    package let value: String
    /// Nil: until the browser closes; 0: at once gone.
    package let lifetimeSeconds: Int?

    package init(_ name: String, _ value: String, lifetimeSeconds: Int?) {
        self.name = name
        self.value = value
        self.lifetimeSeconds = lifetimeSeconds
    }

    package static func gone(_ name: String) -> SetCookie { SetCookie(name, "", lifetimeSeconds: 0) }

    func line(secure: Bool) -> String {
        var line = "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax"
        if let lifetimeSeconds { line += "; Max-Age=\(lifetimeSeconds)" }
        if secure { line += "; Secure" }
        return line
    }
}

package enum CookieName {
    package static let session = "hw_session"
    package static let form = "hw_form"
    package static let language = "hw_lang"
    /// A way to a provider of identities that is not ended yet.
    package static let flow = "hw_flow"
    package static let flash = "hw_flash"
}

extension Language {
    /// The best of `Accept-Language` (RFC 9110 §12.5.4) that we speak; `otherwise` when nothing fits.
    package init(accepting header: String?, otherwise: Language = .simplifiedChinese) {
        let wishes = (header ?? "").split(separator: ",").prefix(20).compactMap {
            part -> (Language, Double)? in
            let pieces = part.split(separator: ";").map(\.trimmed)
            guard let tag = pieces.first?.lowercased() else { return nil }
            let quality = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            if tag.hasPrefix("zh-hant") || ["zh-hk", "zh-mo", "zh-tw"].contains(tag) {
                return (.traditionalChinese, quality ?? 1)
            }
            if tag == "zh" || tag.hasPrefix("zh-") { return (.simplifiedChinese, quality ?? 1) }
            if tag == "en" || tag.hasPrefix("en-") { return (.english, quality ?? 1) }
            return nil
        }
        let best = wishes.filter { $0.1 > 0 }.enumerated().max { left, right in
            (left.element.1, -left.offset) < (right.element.1, -right.offset)
        }
        self = best?.element.0 ?? otherwise
    }

    package var ownName: String {
        switch self {
        case .simplifiedChinese: "简体"
        case .traditionalChinese: "繁體"
        case .english: "English"
        }
    }
}
