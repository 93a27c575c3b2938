import ArgumentParser
import Foundation
import Kernel

@main
struct Headwaters: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "headwaters",
        abstract: "A city's public-data platform: every row that leaves has a grant and a receipt.",
        version: Release.version,
        subcommands: [
            InitCommand.self, MigrateCommand.self, ServeCommand.self, DemoCommand.self, SettingsCommand.self,
            VerifyCommand.self, BackupCommand.self, RestoreCommand.self,
            PartyCommand.self, UnitCommand.self, PostCommand.self, AccountCommand.self, OIDCCommand.self,
            TokenCommand.self,
            EntryCommand.self, RuleCommand.self, GradeCommand.self, HookCommand.self, FilingCommand.self,
            PackageCommand.self,
            ScheduleCommand.self, WatchCommand.self, DropTableCommand.self,
            VersionCommand.self,
            RequestCommand.self, ApplicationCommand.self, ConsentCommand.self, InboxCommand.self,
            TemplateCommand.self,
            ChainCommand.self,
            CalendarCommand.self, LetterCommand.self, RefusedCommand.self, SupervisionCommand.self,
            CoordinationCommand.self,
            GrantCommand.self, RunningCommand.self, DestructionCommand.self, UseReportCommand.self,
            ExplainCommand.self,
            LookUpCommand.self, ConfirmCommand.self, PageCommand.self, MatchCommand.self,
            ReleaseCommand.self, ReceiptCommand.self, HandOverCommand.self, PushCommand.self,
            PushTargetCommand.self, DeliveryCommand.self, JointTestCommand.self, ReminderCommand.self,
            EvidenceCommand.self,
            WorkerCommand.self, ManualCommand.self, SamplesCommand.self,
        ])

    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        refuseUnknownCommand(arguments)
        let asksAboutItself = arguments.contains { ["-h", "--help", "--version"].contains($0) }
        switch arguments.first {
        // What is started as a service or by one is parsed by itself: to know the options of all commands takes longer than it may.
        case ServeCommand._commandName where !asksAboutItself:
            await ServeCommand.main(Array(arguments.dropFirst()))
        case WorkerCommand._commandName where !asksAboutItself:
            WorkerCommand.main(Array(arguments.dropFirst()))
        default: await main(nil)
        }
    }

    /// Of a command that is parsed by itself, so that its usage still begins with the program's name.
    static func alone(_ configuration: CommandConfiguration) -> CommandConfiguration {
        var configuration = configuration
        configuration._superCommandName = "headwaters"
        return configuration
    }

    /// The parser would blame the first option after a command that there is not.
    private static func refuseUnknownCommand(_ arguments: [String]) {
        var command: any ParsableCommand.Type = Self.self
        for word in arguments {
            let known = command.configuration.subcommands
            guard !known.isEmpty, !word.hasPrefix("-"), word != "help" else { return }
            guard let next = known.first(where: { $0._commandName == word }) else {
                let names = known.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
                SpeechOptions.terminal(json: arguments.contains("--json"), chosen: nil).report(
                    Problem(
                        .invalid,
                        Message("command.unknown", ["name": word, "words": names.joined(separator: ", ")])))
                Foundation.exit(ExitCode.validationFailure.rawValue)
            }
            command = next
        }
    }

    enum Release {
        static let version = "0.1.0"
    }
}
