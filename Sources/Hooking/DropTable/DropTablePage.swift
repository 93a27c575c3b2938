package import Kernel
import Lake
package import Web

/// A drop table of a hook: where it is, what the department's administrator runs once, and what came of its batches.
package struct DropTablePage: Page {
    package static let template = "hooking/drop-table"
    package let title: Message
    package let head: Head
    package let action: String
    package let revision: Int
    package let fields: [Field]
    package let errors: FormErrors?
    package let backHref: String
    package let removalAction: String?
    /// Without allowed hosts no table can be named.
    package let hasHosts: Bool
    /// Why nothing is taken at present.
    package let alarm: ShownProblem?
    package let definition: String
    package let arrived: Table

    struct Content {
        let hook: Hook
        let table: DropTable?
        let hosts: [String]
        let arrived: [Filing]
        var answers: DropAnswers
    }

    init(_ place: HookingPlace, _ content: Content, errors: FormErrors = FormErrors()) {
        title = Message("hooking.drop")
        let links = DropTableLinks(content.hook.id)
        let answers = content.answers
        head = Head(
            .word(title), subtitle: .word(Message("hooking.drop-why")), crumbs: place.crumbs,
            chain: place.chain(at: .hook))
        action = links.table
        revision = answers.revision ?? content.table?.revision ?? 0
        backHref = HookingLinks.hook(content.hook.id)
        removalAction = content.table == nil ? nil : links.removal
        hasHosts = !content.hosts.isEmpty
        let fields = Self.fields(answers, content.hosts, isSet: content.table != nil).map {
            $0.checked(errors)
        }
        self.fields = fields
        self.errors = errors.summary(of: fields)
        alarm = content.table?.problem.map {
            ShownProblem(Problem(.conflict, $0, remedy: Message("hooking.schedule-holder-gone-remedy")))
        }
        definition = answers.place.definition(columns: content.hook.mapping.columns.map(\.sourceName))
        arrived = Filing.arrivals(content.arrived, id: "batches", caption: Message("hooking.drop-batches"))
    }

    private static func fields(_ answers: DropAnswers, _ hosts: [String], isSet: Bool) -> [Field] {
        [
            Field.select(
                "host", Message("hooking.host"),
                hosts.map { Field.Option($0, .data($0), isChosen: $0 == answers.host) }
            ).required(),
            Field.text("database", Message("hooking.database"), value: answers.database).required(),
            Field.text("schema", Message("hooking.schema"), value: answers.schema).required(),
            Field.text("table", Message("hooking.drop-rows-table"), value: answers.table).required()
                .hint(Message("hooking.drop-rows-table-hint")),
            Field.text("user", Message("hooking.user"), value: answers.user).required(),
            Field.text("password", Message("hooking.password"), type: "password")
                .hint(Message("hooking.drop-password-hint")),
            Filing.Manner.field(chosen: answers.manner),
            .declaration(isOn: isSet),
        ]
    }

    package static let samples: [DropTablePage] = {
        let hook = HookPage.sampleHook
        var errors = FormErrors()
        errors.add("database", Message("web.field-needed"))
        let place = DropTable.Place(
            host: "10.0.0.8", port: 5432, database: "front", user: "reader", schema: "public", table: "list")
        let table = DropTable(
            hook: hook.id, entry: hook.entry, owner: hook.owner, place: place, manner: .append,
            account: hook.definedBy, post: nil, problem: Message("hooking.schedule-holder-gone"), revision: 1)
        return [
            DropTablePage(
                .sample,
                Content(hook: hook, table: nil, hosts: [], arrived: [], answers: DropAnswers())),
            DropTablePage(
                .sample,
                Content(
                    hook: hook, table: table, hosts: ["10.0.0.8:5432"], arrived: Filing.samples,
                    answers: DropAnswers(table)), errors: errors),
        ]
    }()
}

/// What was typed about a drop table; without its password.
struct DropAnswers {
    var host = ""
    var database = ""
    var schema = "public"
    var table = "headwaters_rows"
    var user = ""
    var manner = Filing.Manner.append.rawValue
    var revision: Int?

    init() {}

    init(_ table: DropTable) {
        let place = table.place
        host = "\(place.host):\(place.port)"
        database = place.database
        schema = place.schema
        self.table = place.table
        user = place.user
        manner = table.manner.rawValue
    }

    init(_ form: SubmittedForm) {
        host = form["host"]
        database = form["database"]
        schema = form["schema"]
        table = form["table"]
        user = form["user"]
        manner = form["manner"]
        revision = form.integer("revision")
    }

    var place: DropTable.Place {
        let colon = host.lastIndex(of: ":") ?? host.endIndex
        return DropTable.Place(
            host: String(host[..<colon]), port: Int(host[colon...].dropFirst()) ?? 0, database: database,
            user: user, schema: schema, table: table)
    }
}

/// Where the page of a drop table is.
struct DropTableLinks {
    private let hook: HookID
    init(_ hook: HookID) { self.hook = hook }

    var table: String { "\(HookingLinks.hook(hook))/drop-table" }
    var removal: String { "\(table)/removal" }
}
