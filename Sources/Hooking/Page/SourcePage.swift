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
    package let tableFields: [Field]
    /// Without allowed hosts no table can be named.
    package let hasHosts: Bool

    init(
        _ place: HookingPlace, bytesMax: Int, hosts: [String], inbox: [InboxFile] = [],
        draft: TableDraft = TableDraft(),
        errors: FormErrors = FormErrors()
    ) {
        title = Message("hooking.step-source")
        head = Head(
            .word(title), subtitle: .word(Message("hooking.step-source-why")), crumbs: place.crumbs,
            chain: place.chain(at: .hook))
        steps = WizardSteps(at: 1, of: place)
        uploadAction = HookingLinks.upload(place.entry)
        fileField = Field.file("file", Message("hooking.file"), accept: Upload.accepted, bytesMax: bytesMax)
            .required()
            .hint(Message("hooking.file-hint", ["max": Written.bytes(bytesMax)])).checked(errors)
        self.inbox =
            inbox.isEmpty
            ? nil
            : Inbox(
                action: HookingLinks.reading(place.entry),
                choices: .radios(
                    "inbox", Message("hooking.inbox-file"),
                    inbox.enumerated().map { position, file in
                        Field.Option(file.name, .data(file.name), hint: file.note, isChosen: position == 0)
                    }))
        tableAction = HookingLinks.table(place.entry)
        tableFields = [
            Field.select(
                "host", Message("hooking.host"),
                hosts.map { Field.Option($0, .data($0), isChosen: $0 == draft.host) }
            ).required(),
            Field.text("database", Message("hooking.database"), value: draft.database).required(),
            Field.text("schema", Message("hooking.schema"), value: draft.schema).required(),
            Field.text("table", Message("hooking.table"), value: draft.table).required(),
            Field.text("user", Message("hooking.user"), value: draft.user).required(),
            Field.text("password", Message("hooking.password"), type: "password").hint(
                Message("hooking.password-hint")),
        ].map { $0.checked(errors) }
        hasHosts = !hosts.isEmpty
        self.errors = errors.summary(of: [fileField] + tableFields)
    }

    package static let samples: [SourcePage] = {
        var errors = FormErrors(HookingError.uploadEnding("名单.docx").problem)
        errors.add("database", Message("web.field-needed"))
        return [
            SourcePage(
                .newSample, bytesMax: 4 << 30, hosts: ["10.0.0.8:5432"],
                inbox: [
                    InboxFile(
                        name: "名单.csv", path: "/inbox/名单.csv", bytes: 900, changedAt: Instant(microseconds: 0)
                    )
                ]),
            SourcePage(.sample, bytesMax: 4 << 30, hosts: [], errors: errors),
        ]
    }()
}

/// What was typed about a table; without its password.
struct TableDraft: Sendable {
    var host = ""
    var database = ""
    var schema = "public"
    var table = ""
    var user = ""
}
