import ArgumentParser
import Lake

/// Started by `serve` and by the commands that touch the lake, never by hand.
struct WorkerCommand: ParsableCommand {
    static let configuration = Headwaters.alone(
        CommandConfiguration(
            commandName: "worker", abstract: "Run data work for the process at the other end of a socket.",
            shouldDisplay: false))

    @Option(help: "Descriptor of the socket that the supervisor connected.")
    var socket: Int32

    func run() throws { try WorkerChild.serve(descriptor: socket) }
}
