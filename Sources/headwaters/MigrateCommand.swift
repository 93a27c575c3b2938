import ArgumentParser
import Kernel
import Server

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the database's schema to this program's. Take a backup first.")

    @OptionGroup var site: SiteOptions

    func run() async throws {
        try await site.speech.run { terminal in
            let node = try await Node.open(site.folder, migrates: true)
            try await node.plantUnitList()
            await node.close()
            terminal.answer(Message("command.migrated"), ["migrated": true])
        }
    }
}
