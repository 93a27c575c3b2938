package import Kernel
package import Web

/// The proposal as the reviewer judges it: what would change, field by field, and two ways to end it.
package struct EntryReviewPage: Page {
    package static let template = "catalogue/review"
    package let title: Message
    package let head: Head
    package let changes: Table
    package let action: String
    package let revision: Int
    package let mayPublish: Bool
    package let isOwn: Bool
    package let errors: FormErrors?
    package let reason: Field

    init(
        _ entry: Entry, changes: [FieldChange], mayPublish: Bool, isOwn: Bool,
        errors: FormErrors = FormErrors()
    ) {
        title = Message("catalogue.review")
        let path = "/catalogue/\(entry.id)"
        head = Head(
            .data(entry.currentCard.title), subtitle: .word(title),
            crumbs: [
                Head.Crumb(.word(Message("catalogue.list")), "/catalogue"),
                Head.Crumb(.data(entry.card.title), path),
            ], chips: [Chip(Message("catalogue.state.in-review"), .info)])
        self.changes = Table(
            id: "changes", caption: Message("catalogue.changes"),
            columns: [
                Table.Column(Message("catalogue.change-field")),
                Table.Column(Message("catalogue.change-before")),
                Table.Column(Message("catalogue.change-after")),
            ],
            rows: changes.map(\.cells), count: changes.count,
            empty: EmptyState(Message("catalogue.no-changes")))
        action = path
        revision = entry.revision
        self.mayPublish = mayPublish && !isOwn
        self.isOwn = isOwn
        let reason = Field.area("reason", Message("catalogue.return-reason"), rows: 3).checked(errors)
        self.reason = reason
        self.errors = errors.summary(of: [reason])
    }

    package static var samples: [EntryReviewPage] {
        var errors = FormErrors()
        errors.add("reason", Message("catalogue.reason-needed"))
        let changes = [
            FieldChange(field: "title", before: "旧", after: "新"),
            FieldChange(field: "shareType", before: "withheld", after: "conditional"),
            FieldChange(field: "items[sfzh].length", before: nil, after: "18"),
        ]
        return [
            EntryReviewPage(
                Entry.samples[2], changes: changes, mayPublish: true, isOwn: false, errors: errors),
            EntryReviewPage(Entry.samples[2], changes: [], mayPublish: true, isOwn: true),
        ]
    }
}

/// A department's own table of entries becomes drafts.
package struct EntryImportPage: Page {
    package static let template = "catalogue/import"
    package let title: Message
    package let head: Head
    package let errors: FormErrors?
    package let places: [Problem.Place]
    package let file: Field
    package let columns: String

    /// `refused`: the file as such; `problem`: what stands in it.
    init(_ problem: Problem? = nil, refused: Problem? = nil) {
        title = Message("catalogue.import")
        head = Head(
            .word(title), subtitle: .word(Message("catalogue.import-why")),
            crumbs: [Head.Crumb(.word(Message("catalogue.list")), "/catalogue")])
        let file = Field.file("file", Message("catalogue.import-file"), accept: ".csv,.tsv,.txt")
            .required().checked(refused.map { FormErrors($0) } ?? FormErrors())
        self.file = file
        let ofTheFile = refused.flatMap { FormErrors($0).summary(of: [file]) }
        errors =
            ofTheFile
            ?? problem.flatMap { problem in
                var errors = FormErrors()
                errors.add("file", problem.message)
                return errors.summary(of: [file])
            }
        places = Array((problem?.places ?? []).prefix(100))
        columns = CardField.imported.map(\.rawValue).joined(separator: ", ")
    }

    package static var samples: [EntryImportPage] {
        [
            EntryImportPage(),
            EntryImportPage(CatalogueError.importRejected([.fault("2: title", "required")]).problem),
        ]
    }
}

package let cataloguePages: [any Page.Type] = [
    CatalogueListPage.self, EntryViewPage.self, EntryFormPage.self, EntryReviewPage.self,
    EntryImportPage.self,
]
