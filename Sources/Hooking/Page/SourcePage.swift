package import Kernel
package import Web

/// Step 1: bring in a file, or name a table.
package struct SourcePage: Page {
    package struct Inbox: Sendable {
        package let action: String
        package let choices: Field
    }

    package static let template = "hooking/source"
    package let title: Message
    package let head: Head
    package let steps: WizardSteps
    package let errors: FormErrors?
    package let uploadAction: String
    package let fileField: Field
    /// Files that lie in the department's own inbox; nil when there are none.
    package let inbox: Inbox?
    package let tableAction: String
    package let connectionAction: String
    package let tableFields: [Field]
    /// The password of an attempt to connect, sealed, so that nobody types it twice.
    package let sealed: String?
    package let problem: ShownProblem?
    package let connected: Message?
    package let liveAction: String
    package let liveFields: [Field]
    /// Without allowed hosts no service can be named.
    package let hasLiveHosts: Bool
    /// Versions are served now, and will not be.
    package let replacesVersions: Bool
    /// Without allowed databases no table can be named.
    package let hasDatabases: Bool

    /// What there is to choose from.
    struct Choices {
        var bytesMax: Int
        var databases = DatabaseChoices()
        var inbox: [InboxFile] = []
        var hasLiveHosts = false
    }

    /// What became of an attempt to connect.
    struct Attempt {
        var draft = DatabaseDraft()
        var sealed: String?
        var problem: Problem?
        var tablesFound: Int?
        var live: LiveDraft?
        /// A secret is stored for it.
        var hasLiveSecret = false
    }

    init(
        _ place: HookingPlace, _ choices: Choices, _ attempt: Attempt = Attempt(),
        errors: FormErrors = FormErrors()
    ) {
        title = Message("hooking.step-source")
        head = Head(
            .word(title), subtitle: .word(Message("hooking.step-source-why")), crumbs: place.crumbs,
            chain: place.chain(at: .hook))
        steps = WizardSteps(at: 1, of: place)
        uploadAction = HookingLinks.upload(place.entry)
        fileField = Field.file(
            "file", Message("hooking.file"), accept: Upload.accepted, bytesMax: choices.bytesMax
        )
        .required().hint(Message("hooking.file-hint", ["max": Written.bytes(choices.bytesMax)]))
        .checked(errors)
        inbox =
            choices.inbox.isEmpty
            ? nil
            : Inbox(
                action: HookingLinks.reading(place.entry),
                choices: .radios(
                    "inbox", Message("hooking.inbox-file"),
                    choices.inbox.enumerated().map { position, file in
                        Field.Option(file.name, .data(file.name), hint: file.note, isChosen: position == 0)
                    }))
        tableAction = HookingLinks.table(place.entry)
        connectionAction = HookingLinks.connection(place.entry)
        tableFields = attempt.draft.fields(
            choices.databases, asksTable: true, hasPassword: attempt.sealed != nil, errors)
        sealed = attempt.sealed
        problem = attempt.problem.map(ShownProblem.init)
        connected = attempt.tablesFound.map {
            Message("hooking.connected", ["count": Written.count($0)])
        }
        hasDatabases = !choices.databases.isEmpty
        liveAction = HookingLinks.live(place.entry)
        hasLiveHosts = choices.hasLiveHosts
        liveFields = (attempt.live ?? LiveDraft()).fields(
            hasSecret: attempt.hasLiveSecret, errors)
        replacesVersions = place.version != nil
        self.errors = errors.summary(of: [fileField] + tableFields + liveFields)
    }

    package static let samples: [SourcePage] = {
        var errors = FormErrors(HookingError.uploadEnding("名单.docx").problem)
        errors.add("database", Message("web.field-needed"))
        let databases = DatabaseChoices(hosts: ["10.0.0.8:5432"], odbcSources: ["dm8"])
        let inbox = [
            InboxFile(
                name: "名单.csv", path: "/inbox/名单.csv", bytes: 900, changedAt: Instant(microseconds: 0))
        ]
        return [
            SourcePage(
                .newSample, Choices(bytesMax: 4 << 30, databases: databases, inbox: inbox),
                Attempt(sealed: "00", tablesFound: 42)),
            SourcePage(
                .newSample, Choices(bytesMax: 4 << 30, databases: databases),
                Attempt(problem: HookingError.secretUnreadable.problem)),
            SourcePage(.sample, Choices(bytesMax: 4 << 30, hasLiveHosts: true), errors: errors),
        ]
    }()
}
