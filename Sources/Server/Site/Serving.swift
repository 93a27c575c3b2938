import Foundation
import Hummingbird
import Kernel
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals
import Web

extension Node {
    /// Serves until SIGTERM or SIGINT, then lets running requests end, settles and closes.
    /// `running` is told the address once requests are taken.
    package func serve(
        log: JSONLog, environment: [String: String] = ProcessInfo.processInfo.environment,
        running: @escaping @Sendable (_ url: String) async -> Void
    ) async throws {
        for name in settings.unknownNames {
            log.write(["level": "warning", "event": "settings.name-unknown", "name": .string(name)])
        }
        let site = try site(environment: environment) { log.write($0) }
        let address = settings.text(.listenAddress)
        var logger = Logger(label: "headwaters") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .error
        let app = Application(
            router: site.router(routes),
            configuration: ApplicationConfiguration(
                address: .hostname(address, port: settings.integer(.listenPort)),
                serverName: "headwaters"),
            services: [Background(node: self, log: log)],
            onServerRunning: { channel in
                await running("http://\(address):\(channel.localAddress?.port ?? 0)")
            }, logger: logger)
        do {
            try await app.runService(gracefulShutdownSignals: [.sigterm, .sigint])
        } catch let error as IOError {
            await close()
            throw Problem(
                .unavailable,
                Message(
                    "serve.cannot-listen",
                    ["address": "\(address):\(settings.integer(.listenPort))", "reason": "\(error)"]),
                remedy: Message("serve.cannot-listen-remedy"))
        }
        await close()
    }

    /// The background as a service: it ends when the server does.
    private struct Background: Service {
        let node: Node
        let log: JSONLog

        func run() async throws {
            await cancelWhenGracefulShutdown {
                await node.runBackground { name, error in
                    log.write([
                        "level": "error", "event": .string("background.\(name)"),
                        "problem": .string(
                            (error as? any ProblemConvertible)?.problem.message.key
                                ?? LoggedError(error).text),
                    ])
                }
            }
        }
    }
}
