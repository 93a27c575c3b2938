import ArgumentParser

@main
struct Headwaters: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "A city's public-data platform.", subcommands: [WorkerCommand.self])
}
