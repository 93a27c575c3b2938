import ArgumentParser
import Foundation
import Kernel
import Server

struct ServeCommand: AsyncParsableCommand {
    static let configuration = Headwaters.alone(
        CommandConfiguration(
            commandName: "serve", abstract: "Serve the pages and the API until SIGTERM."))

    @OptionGroup var site: SiteOptions

    @Option(help: "TCP port; wins over settings.")
    var port: Int?

    @Option(help: "Database URL; wins over settings.")
    var database: String?

    func run() async throws {
        try await site.speech.run { terminal in
            var environment = ProcessInfo.processInfo.environment
            if let port { environment[Setting.listenPort.environmentName] = String(port) }
            if let database { environment[Setting.database.environmentName] = database }
            let node = try await Node.open(site.folder, environment: environment)
            try await node.serve(log: JSONLog(node.settings), environment: environment) { url in
                terminal.progress(terminal.text(Message("serve.running", ["url": url])))
            }
        }
    }
}
