/// One message handed over to a mail server (RFC 5321). The message is written by the caller, headers and all, lines ended by CR LF.
package struct MailCall: Sendable {
    package enum Security: String, Sendable, Hashable, CaseIterable {
        /// TLS after STARTTLS (RFC 3207); a server without it is not spoken to.
        case startTLS = "starttls"
        /// TLS from the first byte (RFC 8314).
        case tls
        /// None: for a relay on this machine or its own network.
        case plain
    }

    /// A name or an address; an IPv6 address in its brackets.
    package var host: String
    package var port: Int
    package var security: Security
    /// How we name ourselves in EHLO.
    package var greeting: String
    /// Empty: no authentication.
    package var user: String
    package var password: String
    /// Envelope addresses, without brackets.
    package var sender: String
    package var recipient: String
    package var message: [UInt8]
    package var secondsMax: Int
    /// Certificates of authorities that are trusted instead of the system's; empty: the system's.
    package var authoritiesFile: String
    /// Asked of each address, 4 or 16 bytes, right before it is connected to.
    package var admits: @Sendable ([UInt8]) -> Bool
    package var isCancelled: @Sendable () -> Bool

    package init(
        host: String, port: Int, security: Security, greeting: String, user: String = "",
        password: String = "", sender: String, recipient: String, message: [UInt8], secondsMax: Int,
        authoritiesFile: String = "", admits: @escaping @Sendable ([UInt8]) -> Bool,
        isCancelled: @escaping @Sendable () -> Bool
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.greeting = greeting
        self.user = user
        self.password = password
        self.sender = sender
        self.recipient = recipient
        self.message = message
        self.secondsMax = secondsMax
        self.authoritiesFile = authoritiesFile
        self.admits = admits
        self.isCancelled = isCancelled
    }
}

/// Why a message was not taken. Says nothing of addresses, the password or the message.
package enum MailFailure: Error, Sendable, Hashable {
    case unresolved
    case addressRefused
    case unconnected
    /// No trust, or no TLS where it is asked for.
    case tls
    case timedOut
    case cancelled
    /// User or password.
    case notAuthenticated
    /// What the server answered last, such as 451 or 550 (RFC 5321 §4.2.1).
    case refused(status: Int)
    /// The connection broke, or what came is no SMTP; nobody knows whether the message was taken. libcurl's own number.
    case broken(code: Int)
}
