package import Hummingbird
package import Logging
import NIOCore

/// What Hummingbird carries beside a request: the peer's address, and who asks once that is known.
package struct AppContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    package let peerAddress: String
    package var visitor: Visitor?

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peerAddress = source.channel.remoteAddress?.ipAddress ?? ""
    }

    /// Without a connection, for tests that ask the router itself.
    package init(logger: Logger, peerAddress: String) {
        coreContext = .init(source: LoggerOnly(logger: logger))
        self.peerAddress = peerAddress
    }
}

private struct LoggerOnly: RequestContextSource {
    let logger: Logger
}
