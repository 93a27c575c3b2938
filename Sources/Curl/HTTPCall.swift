/// One call of another's HTTP service. What leaves is written by the caller, byte by byte; nothing is taken from the environment.
package struct HTTPCall: Sendable {
    package enum Method: String, Sendable { case get = "GET", post = "POST" }

    /// Absolute, of `http` or `https`, percent-encoded.
    package var url: String
    package var method: Method
    package var headers: [(name: String, value: String)]
    /// Of a POST.
    package var body: [UInt8]
    package var secondsMax: Int
    package var answerBytesMax: Int
    /// Certificates of authorities that are trusted instead of the system's; empty: the system's.
    package var authoritiesFile: String
    /// Asked of each address, 4 or 16 bytes, right before it is connected to: what is judged is what is reached.
    package var admits: @Sendable ([UInt8]) -> Bool
    package var isCancelled: @Sendable () -> Bool

    package init(
        url: String, method: Method, headers: [(name: String, value: String)], body: [UInt8] = [],
        secondsMax: Int, answerBytesMax: Int, authoritiesFile: String = "",
        admits: @escaping @Sendable ([UInt8]) -> Bool, isCancelled: @escaping @Sendable () -> Bool
    ) {
        self.url = url
        self.method = method
        self.headers = headers
        self.body = body
        self.secondsMax = secondsMax
        self.answerBytesMax = answerBytesMax
        self.authoritiesFile = authoritiesFile
        self.admits = admits
        self.isCancelled = isCancelled
    }
}

package struct HTTPAnswer: Sendable {
    package let status: Int
    package let body: [UInt8]
}

/// Why there is no answer. Says nothing of the URL, the headers or the body.
package enum HTTPFailure: Error, Sendable, Hashable {
    /// No such name.
    case unresolved
    /// The name leads to an address that may not be connected to.
    case addressRefused
    case unconnected
    /// No trust: certificate, name in it, or protocol.
    case tls
    case timedOut
    case answerTooLarge(bytesMax: Int)
    case cancelled
    /// The connection broke, or what came is no HTTP. libcurl's own number.
    case broken(code: Int)
}
