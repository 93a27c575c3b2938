import Foundation
import Hummingbird
import Kernel
import Logging
import NIOCore
import NIOPosix
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
                Task.detached(priority: .utility) { try? site.templates.prepare() }
                await running("http://\(address):\(channel.localAddress?.port ?? 0)")
            }, logger: logger)
        var running = ServiceGroupConfiguration(
            services: [app], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // Requests that still run then are cancelled, which ends and records them.
        running.maximumGracefulShutdownDuration = .seconds(settings.integer(.stopSeconds))
        do {
            try await ServiceGroup(configuration: running).run()
        } catch let error as IOError {
            await close()
            throw Self.cannotListen(address, settings.integer(.listenPort), error)
        } catch is CancellationError {
            log.write(["level": "warning", "event": "serve.stopped-late"])
        }
        await close()
    }

    /// Takes the address for a moment, so that long work before `serve` does not end at a port in use.
    package static func requireFree(address: String, port: Int) async throws {
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: address, port: port).get()
            try await channel.close()
        } catch let error as IOError {
            throw cannotListen(address, port, error)
        }
    }

    private static func cannotListen(_ address: String, _ port: Int, _ error: IOError) -> Problem {
        Problem(
            .unavailable,
            Message(
                "serve.cannot-listen",
                ["address": "\(address):\(port)", "reason": String(cString: strerror(error.errnoCode))]),
            remedy: Message("serve.cannot-listen-remedy"))
    }

    /// The background as a service: it ends when the server does.
    private struct Background: Service, CustomStringConvertible {
        let node: Node
        let log: JSONLog
        /// The group names its services by their description; a node described member by member takes long.
        let description = "Background"

        func run() async throws {
            await cancelWhenGracefulShutdown {
                await node.runBackground(roundsAfter: .seconds(1)) { name, error in
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
