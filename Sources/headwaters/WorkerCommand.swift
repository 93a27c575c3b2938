import ArgumentParser
import Lake

/// Started by `serve` and by the commands that touch the lake, never by hand.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Run data work for the process that listens at the socket.",
        shouldDisplay: false)

    @Option(help: "The Unix socket of the supervisor.")
    var socket: String

    func run() throws { try WorkerChild.serve(socketPath: socket) }
}
