import Foundation
package import Kernel
package import Lake
import Policy
package import Web

/// The tables that a unit has registered.
package struct PushTargetsPage: Page {
    package static let template = "release/push-targets"
    package let title: Message
    package let head: Head
    /// No server may be reached: nothing can be registered.
    package let noHosts: Bool
    package let table: Table

    init(_ targets: [PushTarget], hasHosts: Bool, mayManage: Bool) {
        title = Message("pushing.targets")
        let new = Act(Message("pushing.target-new"), "/push-targets/new")
        let act = mayManage && hasHosts ? new : nil
        head = Head(
            .word(title), subtitle: .word(Message("pushing.targets-why")), act: act,
            otherActs: [Act(Message("pushing.pushes"), "/pushes")])
        noHosts = !hasHosts
        table = Table(
            id: "push-targets", caption: title,
            columns: [
                Table.Column(Message("pushing.label")), Table.Column(Message("pushing.kind")),
                Table.Column(Message("pushing.server")), Table.Column(Message("pushing.database")),
                Table.Column(Message("pushing.table")), Table.Column(Message("pushing.manner")),
                Table.Column(Message("pushing.keys")),
            ],
            rows: targets.map { target in
                [
                    Table.Cell(.data(target.label), href: "/push-targets/\(target.id)"),
                    Table.Cell(.word(Message("pushing.kind-\(target.place.kind.rawValue)"))),
                    Table.Cell(.data(target.place.server)), Table.Cell(.data(target.place.database)),
                    Table.Cell(.data(target.place.name)),
                    Table.Cell(.word(Message("pushing.manner-\(target.manner.rawValue)"))),
                    Table.Cell(
                        target.keyColumns.isEmpty ? .nothing : .data(target.keyColumns.joined(separator: "、"))
                    ),
                ]
            }, count: targets.count, empty: EmptyState(Message("pushing.targets-empty"), act: act))
    }

    package static let samples = [
        PushTargetsPage([], hasHosts: false, mayManage: true),
        PushTargetsPage([.sample], hasHosts: true, mayManage: true),
    ]
}

/// Where a new target is told.
package struct NewPushTargetPage: Page {
    package static let template = "release/push-target-new"
    package let title: Message
    package let head: Head
    package let fields: [Field]
    package let errors: FormErrors?
    package let hasHosts: Bool

    init(hosts: [String], form: SubmittedForm = SubmittedForm(), errors: FormErrors? = nil) {
        title = Message("pushing.target-new")
        head = Head(
            .word(title), subtitle: .word(Message("pushing.target-new-why")),
            crumbs: [Head.Crumb(.word(Message("pushing.targets")), "/push-targets")])
        let fields = Self.fields(hosts, form).map { field in errors.map { field.checked($0) } ?? field }
        self.fields = fields
        self.errors = errors?.summary(of: fields)
        hasHosts = !hosts.isEmpty
    }

    private static func fields(_ hosts: [String], _ form: SubmittedForm) -> [Field] {
        func text(_ name: String, _ word: String, _ standard: String = "") -> Field {
            Field.text(
                name, Message("pushing.\(word)"), value: form.has(name) ? form[name] : standard)
        }
        let kind = form.has("kind") ? form["kind"] : PushPlace.Kind.postgres.rawValue
        let manner = form.has("manner") ? form["manner"] : PushManner.replace.rawValue
        return [
            text("label", "label").required().hint(Message("pushing.label-hint")),
            Field.radios(
                "kind", Message("pushing.kind"),
                PushPlace.Kind.allCases.map {
                    Field.Option(
                        $0.rawValue, .word(Message("pushing.kind-\($0.rawValue)")),
                        isChosen: $0.rawValue == kind)
                }
            ).required(),
            Field.select(
                "host", Message("pushing.server"),
                hosts.map { Field.Option($0, .data($0), isChosen: $0 == form["host"]) }
            ).required(),
            text("database", "database").required(),
            text("schema", "schema", "public").hint(Message("pushing.schema-hint")),
            text("table", "table").required().hint(Message("pushing.table-hint")),
            text("user", "user").required(),
            Field.text("password", Message("pushing.password"), type: "password")
                .hint(Message("pushing.password-hint")),
            Field.radios(
                "manner", Message("pushing.manner"),
                PushManner.allCases.map {
                    Field.Option(
                        $0.rawValue, .word(Message("pushing.manner-\($0.rawValue)")),
                        hint: Message("pushing.manner-\($0.rawValue)-hint"), isChosen: $0.rawValue == manner)
                }
            ).required(),
            text("keys", "keys").hint(Message("pushing.keys-hint")),
        ]
    }

    package static let samples: [NewPushTargetPage] = {
        var errors = FormErrors()
        errors.add("table", Message("web.field-needed"))
        return [
            NewPushTargetPage(hosts: []),
            NewPushTargetPage(hosts: ["10.0.0.8:5432"], errors: errors),
        ]
    }()
}

extension PushTargetDraft {
    /// As forms write it: the host with its port, the key columns parted by commas.
    init(_ form: SubmittedForm) throws(PushFault) {
        guard let kind = PushPlace.Kind(rawValue: form["kind"]) else {
            throw .malformed(field: "kind", max: 1)
        }
        guard let manner = PushManner(rawValue: form["manner"]) else {
            throw .malformed(field: "manner", max: 1)
        }
        let server = form["host"]
        let colon = server.lastIndex(of: ":") ?? server.endIndex
        self.init(
            label: form["label"],
            place: PushPlace(
                kind: kind, host: String(server[..<colon]), port: Int(server[colon...].dropFirst()) ?? 0,
                database: form["database"], user: form["user"], schema: form["schema"], table: form["table"]),
            manner: manner, keyColumns: Self.keys(form["keys"]))
    }

    package static func keys(_ text: String) -> [String] {
        text.split { [",", "，", "、"].contains($0) }.map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }
}

/// One target: where it is, what its administrator runs once, and whether it can be reached.
package struct PushTargetPage: Page {
    package struct Line: Sendable { package let text: Message }

    package static let template = "release/push-target"
    package let title: Message
    package let head: Head
    package let facts: Facts
    package let problem: Message?
    package let remedy: Message?
    /// What was seen when somebody tried it.
    package let sight: Facts?
    package let tryAction: String?
    package let rights: String
    package let pushes: Table

    init(
        _ target: PushTarget, pushes: [Push], entries: [EntryID: String], isOwn: Bool,
        sight: PushSight? = nil, problem: Problem? = nil
    ) {
        let path = "/push-targets/\(target.id)"
        title = Message("pushing.target-title", ["label": target.label])
        head = Head(
            .data(target.label), subtitle: .data(target.place.name),
            crumbs: [Head.Crumb(.word(Message("pushing.targets")), "/push-targets")],
            otherActs: isOwn ? [Act(Message("pushing.target-remove"), "\(path)/removal")] : [])
        facts = Facts([
            (
                Message("pushing.kind"),
                Table.Cell(.word(Message("pushing.kind-\(target.place.kind.rawValue)")))
            ),
            (Message("pushing.server"), Table.Cell(.data(target.place.server))),
            (Message("pushing.database"), Table.Cell(.data(target.place.database))),
            (Message("pushing.table"), Table.Cell(.data(target.place.name))),
            (Message("pushing.user"), Table.Cell(.data(target.place.user))),
            (Message("pushing.password"), Table.Cell(.word(Message("pushing.password-kept")))),
            (
                Message("pushing.manner"),
                Table.Cell(.word(Message("pushing.manner-\(target.manner.rawValue)")))
            ),
            (
                Message("pushing.keys"),
                Table.Cell(
                    target.keyColumns.isEmpty ? .nothing : .data(target.keyColumns.joined(separator: "、")))
            ),
            (Message("pushing.made-at"), Table.Cell(.moment(target.madeAt))),
        ])
        self.problem = problem?.message
        remedy = problem?.remedy
        self.sight = sight.map(Self.seen)
        tryAction = isOwn ? "\(path)/test" : nil
        rights = target.place.rights(target.manner)
        self.pushes = PushListPage.table(pushes, entries, count: pushes.count)
    }

    private static func seen(_ sight: PushSight) -> Facts {
        Facts([
            (Message("pushing.seen-server"), Table.Cell(.data(sight.server))),
            (
                Message("pushing.seen-table"),
                Table.Cell(
                    sight.columns.map { .data($0.joined(separator: ", ")) }
                        ?? .word(Message("pushing.seen-no-table")))
            ),
            (
                Message("pushing.seen-rights"),
                Table.Cell(
                    sight.rightsMissing.isEmpty
                        ? .word(Message("pushing.seen-rights-none"))
                        : .data(sight.rightsMissing.joined(separator: ", ")))
            ),
        ])
    }

    package static let samples: [PushTargetPage] = [
        PushTargetPage(
            .sample, pushes: [.sample(.settled)], entries: [Push.sample(.settled).entry: "最低生活保障对象信息"],
            isOwn: true,
            sight: PushSight(
                server: "PostgreSQL 15.14", columns: nil, definition: nil, rightsMissing: ["CREATE"])),
        PushTargetPage(
            .sample, pushes: [], entries: [:], isOwn: false,
            problem: PushError.away("timeout expired").problem),
    ]
}

extension PushPlace {
    /// What the target's administrator runs once; the password is theirs to choose.
    package func rights(_ manner: PushManner) -> String {
        switch kind {
        case .postgres:
            let (role, schema) = (Self.quoted(user), Self.quoted(schema))
            let table = "\(schema).\(Self.quoted(table))"
            return """
                CREATE ROLE \(role) LOGIN PASSWORD '…';
                GRANT USAGE, CREATE ON SCHEMA \(schema) TO \(role);
                GRANT SELECT, INSERT, UPDATE, DELETE ON \(table) TO \(role); -- \(Self.ifThere)
                """
        case .mysql:
            let database = "`" + database.replacing("`", with: "``") + "`"
            let account = "'\(user.replacing("'", with: "''"))'@'%'"
            return """
                CREATE USER \(account) IDENTIFIED BY '…';
                GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP ON \(database).* TO \(account);
                """
        }
    }

    private static let ifThere = "if the table is there already"
    private static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
}

extension PushTarget {
    static let sample = PushTarget(
        id: PushTargetID(high: 21 << 48, low: 1 << 63), unit: PartyID(high: 4 << 48, low: 1 << 63),
        label: "救助核对前置机",
        place: PushPlace(
            kind: .postgres, host: "10.0.0.8", port: 5432, database: "front", user: "headwaters",
            schema: "public", table: "dibao"), manner: .upsert, keyColumns: ["身份证号"],
        account: Grant.sample.signedBy, madeAt: Grant.sample.signedAt, revision: 1)
}
