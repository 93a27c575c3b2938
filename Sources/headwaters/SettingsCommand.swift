import ArgumentParser
import Kernel
import Server

struct SettingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "Show every setting, its value and where the value comes from.")

    @OptionGroup var site: SiteOptions

    func run() async throws {
        try await site.speech.run { terminal in
            let settings = try Settings(folder: site.folder.root)
            for name in settings.unknownNames {
                terminal.progress(terminal.text(Message("setting.name-unknown", ["name": name])))
            }
            terminal.table(
                ["setting", "value", "origin", "environment"],
                Setting.allCases.map { setting in
                    [
                        .string(setting.name),
                        .string(settings.shown(setting)),
                        .string(settings.origin(setting).rawValue), .string(setting.environmentName),
                    ]
                })
        }
    }
}
