import ArgumentParser

@main
struct Headwaters: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "headwaters",
        abstract: "A city's public-data platform: every row that leaves has a grant and a receipt.",
        version: Release.version,
        subcommands: [
            InitCommand.self, MigrateCommand.self, ServeCommand.self, DemoCommand.self, SettingsCommand.self,
            VerifyCommand.self, BackupCommand.self, RestoreCommand.self,
            PartyCommand.self, PostCommand.self, AccountCommand.self, TokenCommand.self,
            EntryCommand.self, RuleCommand.self, GradeCommand.self, HookCommand.self, VersionCommand.self,
            RequestCommand.self, InboxCommand.self, GrantCommand.self, ExplainCommand.self,
            LookUpCommand.self, PageCommand.self, ReleaseCommand.self, ReceiptCommand.self,
            EvidenceCommand.self,
            WorkerCommand.self, ManualCommand.self,
        ])

    enum Release {
        static let version = "0.1.0"
    }
}
