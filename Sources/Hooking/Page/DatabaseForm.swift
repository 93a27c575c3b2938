import Kernel
import Lake
import Web

/// Which databases the settings let people name.
package struct DatabaseChoices: Sendable {
    /// `host:port`
    package let hosts: [String]
    /// Names of `odbc.ini`.
    package let odbcSources: [String]

    package init(hosts: [String] = [], odbcSources: [String] = []) {
        self.hosts = hosts
        self.odbcSources = odbcSources
    }

    var isEmpty: Bool { hosts.isEmpty && odbcSources.isEmpty }
    var kinds: [DatabaseDraft.Kind] {
        (hosts.isEmpty ? [] : [.postgres, .mysql]) + (odbcSources.isEmpty ? [] : [.odbc])
    }
}

/// A database, and perhaps a table of it, as somebody typed it; without the password.
struct DatabaseDraft: Sendable {
    enum Kind: String, CaseIterable, Sendable { case postgres, mysql, odbc }

    var kind = Kind.postgres
    var host = ""
    var odbc = ""
    var database = ""
    var schema = "public"
    var table = ""
    var user = ""

    init() {}

    init(_ form: SubmittedForm) {
        kind = Kind(rawValue: form["kind"]) ?? .postgres
        host = form["host"]
        odbc = form["odbc"]
        database = form["database"]
        schema = form["schema"]
        table = form["table"]
        user = form["user"]
    }

    /// What is missing or not allowed, field by field.
    func faults(_ choices: DatabaseChoices, needsTable: Bool) -> FormErrors {
        var errors = FormErrors()
        let needed: [(String, String)] =
            switch kind {
            case .postgres:
                [("database", database), ("user", user)] + (needsTable ? [("schema", schema)] : [])
            case .mysql: [("database", database), ("user", user)]
            case .odbc: []
            }
        for (name, value) in needed + (needsTable ? [("table", table)] : []) where value.isEmpty {
            errors.add(name, Message("web.field-needed"))
        }
        if kind == .odbc {
            if !choices.odbcSources.contains(odbc) { errors.add("odbc", Message("hooking.odbc-unknown")) }
        } else if !choices.hosts.contains(host) || address == nil {
            errors.add("host", Message("hooking.host-unknown"))
        }
        return errors
    }

    private var address: (host: String, port: Int)? {
        guard let colon = host.lastIndex(of: ":"), let port = Int(host[colon...].dropFirst()) else {
            return nil
        }
        return (String(host[..<colon]), port)
    }

    /// Nil when host and port cannot be told apart.
    var source: Source? {
        switch kind {
        case .postgres:
            address.map {
                .postgres(
                    PostgresTable(
                        host: $0.host, port: $0.port, database: database, user: user, schema: schema,
                        table: table))
            }
        case .mysql:
            address.map {
                .mysql(
                    MySQLTable(
                        host: $0.host, port: $0.port, database: database, user: user, table: table))
            }
        case .odbc: .odbc(ODBCTable(source: odbc, user: user, schema: schema, table: table))
        }
    }

    /// As the next form carries it on.
    var carried: [Table.Pair] {
        [
            Table.Pair("kind", kind.rawValue), Table.Pair("host", host), Table.Pair("odbc", odbc),
            Table.Pair("database", database), Table.Pair("schema", schema), Table.Pair("table", table),
            Table.Pair("user", user),
        ]
    }

    func fields(_ choices: DatabaseChoices, asksTable: Bool, hasPassword: Bool, _ errors: FormErrors)
        -> [Field]
    {
        let overNetwork = [Kind.postgres.rawValue, Kind.mysql.rawValue]
        let withSchema = [Kind.postgres.rawValue, Kind.odbc.rawValue]
        var fields = [
            Field.select(
                "kind", Message("hooking.database-kind"),
                choices.kinds.map {
                    Field.Option(
                        $0.rawValue, .word(Message("hooking.database-kind.\($0.rawValue)")),
                        isChosen: $0 == kind)
                }
            ).required()
        ]
        if !choices.hosts.isEmpty {
            fields += [
                Field.select(
                    "host", Message("hooking.host"),
                    choices.hosts.map { Field.Option($0, .data($0), isChosen: $0 == host) }
                ).asked(when: "kind", is: overNetwork),
                Field.text("database", Message("hooking.database"), value: database)
                    .asked(when: "kind", is: overNetwork),
            ]
        }
        if !choices.odbcSources.isEmpty {
            fields.append(
                Field.select(
                    "odbc", Message("hooking.odbc-source"),
                    choices.odbcSources.map { Field.Option($0, .data($0), isChosen: $0 == odbc) }
                ).asked(when: "kind", is: [Kind.odbc.rawValue]))
        }
        fields.append(
            Field.text("schema", Message("hooking.schema"), value: schema)
                .hint(Message(asksTable ? "hooking.schema-hint" : "hooking.schema-all-hint"))
                .asked(when: "kind", is: asksTable ? withSchema : [Kind.odbc.rawValue]))
        if asksTable {
            fields.append(Field.text("table", Message("hooking.table"), value: table).required())
        }
        fields += [
            Field.text("user", Message("hooking.user"), value: user),
            Field.text("password", Message("hooking.password"), type: "password").hint(
                Message(hasPassword ? "hooking.password-kept" : "hooking.password-hint")),
        ]
        return fields.map { $0.checked(errors) }
    }
}
