package import Kernel
import Policy
package import Web

/// A folder that is watched for a hook: which files are taken, where they must land, and what came of them.
package struct WatchPage: Page {
    package static let template = "hooking/watch"
    package let title: Message
    package let head: Head
    package let action: String
    package let revision: Int
    package let fields: [Field]
    package let errors: FormErrors?
    package let backHref: String
    package let removalAction: String?
    /// Why nothing is taken at present.
    package let alarm: ShownProblem?
    package let places: Table
    package let arrived: Table

    struct Content {
        let hook: Hook
        let watch: FolderWatch?
        let places: [String]
        let arrived: [Filing]
        var pattern: String
        var manner: String
        var revision: Int?
    }

    init(_ place: HookingPlace, _ content: Content, errors: FormErrors = FormErrors()) {
        title = Message("hooking.watch")
        let links = WatchLinks(content.hook.id)
        head = Head(
            .word(title), subtitle: .word(Message("hooking.watch-why")), crumbs: place.crumbs,
            chain: place.chain(at: .hook))
        action = links.watch
        revision = content.revision ?? content.watch?.revision ?? 0
        backHref = HookingLinks.hook(content.hook.id)
        removalAction = content.watch == nil ? nil : links.removal
        fields = [
            Field.text("pattern", Message("hooking.pattern"), value: content.pattern).required()
                .hint(Message("hooking.pattern-hint")),
            Filing.Manner.field(chosen: content.manner),
            .declaration(isOn: content.watch != nil),
        ].map { $0.checked(errors) }
        self.errors = errors.summary(of: fields)
        alarm = content.watch?.problem.map {
            ShownProblem(
                Problem(.conflict, $0, remedy: Message("hooking.schedule-holder-gone-remedy")))
        }
        places = Table(
            id: "places", caption: Message("hooking.watch-places"),
            columns: [.init(Message("hooking.watch-place"))],
            rows: content.places.map { [Table.Cell(.data($0), isCode: true)] },
            empty: EmptyState(Message("hooking.watch-no-place")))
        arrived = Filing.arrivals(content.arrived, id: "arrived", caption: Message("hooking.watch-arrived"))
    }

    package static let samples: [WatchPage] = {
        let hook = HookPage.sampleHook
        var errors = FormErrors()
        errors.add("pattern", Message("hooking.pattern-invalid"))
        let watch = NamePattern("低保-*.csv").map { pattern in
            FolderWatch(
                hook: hook.id, entry: hook.entry, owner: hook.owner, pattern: pattern, manner: .append,
                account: hook.definedBy, post: nil, problem: Message("hooking.schedule-holder-gone"),
                revision: 1)
        }
        return [
            WatchPage(
                .sample,
                Content(hook: hook, watch: nil, places: [], arrived: [], pattern: "", manner: "replace"),
                errors: errors),
            WatchPage(
                .sample,
                Content(
                    hook: hook, watch: watch, places: ["/srv/inbox/市民政局"], arrived: Filing.samples,
                    pattern: "低保-*.csv", manner: "append")),
        ]
    }()
}

/// Where the page of a watched folder is.
struct WatchLinks {
    private let hook: HookID
    init(_ hook: HookID) { self.hook = hook }

    var watch: String { "\(HookingLinks.hook(hook))/watch" }
    var removal: String { "\(watch)/removal" }
}
