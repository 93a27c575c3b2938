import ArgumentParser
import Catalogue
import Dispatch
import Foundation
import Hooking
import Identity
import Kernel
import Lake
import Policy
import Server

struct HookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hook", abstract: "Hooks: the binding of an entry to its real source.",
        subcommands: [
            ProbeSource.self, Discover.self, Define.self, LiveHookCommand.self, Publish.self, List.self,
            Pause.self, Resume.self,
            Attempts.self,
            Rejects.self,
        ])

    struct ProbeSource: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "probe", abstract: "Look at a source: encoding, columns, types, warnings.")
        @OptionGroup var actor: ActorOptions
        @OptionGroup var source: SourceChoice
        @Option(help: "Write the proposed mapping here, to be edited and given to `hook define`.")
        var mappingOut: String?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let (_, probe) = try await source.probe(node, principal)
                let mapping = try JSONEncoder().encode(probe.mapping)
                if let mappingOut { try OutputPlace.write(mapping, to: mappingOut) }
                let warnings = probe.warnings.map(terminal.text)
                terminal.answer(
                    [
                        "estimatedRows": .integer(probe.estimatedRows),
                        "mapping": try JSON.parse(Array(mapping)), "warnings": .texts(warnings),
                    ],
                    terminal.lines(of: [
                        ("encoding", .optional(probe.mapping.encoding?.rawValue)),
                        ("estimatedRows", .integer(probe.estimatedRows)),
                    ])
                        + terminal.table(
                            of: ["column", "type", "reasons"],
                            zip(probe.mapping.columns, probe.columns).map { column, found in
                                [
                                    .string(column.name), .string(column.type.description),
                                    .string(terminal.text(found.reason)),
                                ]
                            }) + warnings.map { "! " + $0 })
            }
        }
    }

    struct Discover: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the tables of a database, and draft entries of those named with --draft.")
        @OptionGroup var actor: ActorOptions
        @Argument(
            help: """
                postgres://user@host:port/database, mysql://user@host:port/database, or odbc://user@source (the user may be \
                left out).
                """) var database: String
        @OptionGroup var secret: SourcePassword
        @Option(
            help:
                "Make a draft entry of this table; schema.table where there are schemas. Several times for several."
        )
        var draft: [String] = []

        func run() async throws {
            try await actor.run { node, principal, terminal in
                guard let place = try DatabasePlace(database, needsTable: false) else {
                    throw Problem(.invalid, Message("command.source-unreadable", ["text": database]))
                }
                guard let owner = principal.party else { throw PolicyError.notPermitted(.hookSource) }
                let found = try await node.hooking.discover(
                    place.source, password: try secret.read(), for: owner, by: principal)
                let tables = try await node.hooking.marked(found, at: place.source, for: principal)
                let chosen = try draft.map { name in
                    guard let table = found.tables.first(where: { $0.qualifiedName == name }) else {
                        throw Problem(.notFound, Message("command.table-unknown", ["table": name]))
                    }
                    return table
                }
                guard !chosen.isEmpty else {
                    terminal.table(
                        ["table", "kind", "rows", "columns", "comment", "hook"],
                        tables.map { found in
                            [
                                .string(found.table.qualifiedName),
                                .string(found.table.isView ? "view" : "table"),
                                found.table.estimatedRows.map { .integer($0) } ?? .null,
                                .integer(Int64(found.table.columns.count)), .optional(found.table.comment),
                                .optional(found.hook?.text),
                            ]
                        })
                    return
                }
                var drafted: [[JSON]] = []
                for table in chosen {
                    let entry = try await node.catalogue.draft(
                        EntryCard(candidate: table, databaseType: place.product), owner: owner, by: principal)
                    drafted.append([.string(entry.id.text), .string(table.qualifiedName)])
                }
                terminal.table(["entry", "table"], drafted)
            }
        }
    }

    struct Define: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bind an entry to a source, with the probed or an edited mapping.")
        @OptionGroup var actor: ActorOptions
        @OptionGroup var source: SourceChoice
        @Option(help: "A mapping that `hook probe --mapping-out` wrote. Standard: the probed one.")
        var mapping: String?
        @Option(help: "Column that look-ups may ask by; may be given several times.") var key: [String] = []

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let (found, probe) = try await source.probe(node, principal)
                let confirmed = try mapping.map { try SourceMapping(file: $0) } ?? probe.mapping
                let hook = try await node.hooking.define(
                    try requireID(source.entry), source: found, mapping: confirmed, keyColumns: key,
                    password: try source.password(), by: principal)
                terminal.record(hook.fields)
            }
        }
    }

    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Make a version of a hook's source now. Ctrl-C cancels; the last version is still served.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let started = try await node.hooking.beginPublishing(try requireID(hook), by: principal)
                signal(SIGINT, SIG_IGN)
                let interrupt = DispatchSource.makeSignalSource(signal: SIGINT)
                interrupt.setEventHandler {
                    Task { try? await node.hooking.cancel(started.id, by: principal) }
                }
                interrupt.resume()
                defer { interrupt.cancel() }
                var attempt = started
                var said = ""
                while attempt.isRunning {
                    try await Task.sleep(for: .milliseconds(200))
                    attempt = try await node.hooking.attempt(started.id, for: principal)
                    if case .running(let stage) = attempt.outcome {
                        let line = terminal.text(
                            Message(
                                "command.attempt",
                                [
                                    "stage": stage.rawValue, "share": "\(attempt.permille / 10)%",
                                    "rows": String(attempt.rowsRead),
                                    "rejected": String(attempt.rowsRejected),
                                ]))
                        if line != said { terminal.progress(line) }
                        said = line
                    }
                }
                if case .failed(let problem) = attempt.outcome { throw problem }
                if case .cancelled = attempt.outcome {
                    terminal.progress(terminal.text(Message("command.attempt-cancelled")))
                    throw ExitCode(130)
                }
                terminal.record(attempt.fields)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the hooks that you may see.")
        @OptionGroup var actor: ActorOptions

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let hooks = try await node.hooking.hooks(for: principal)
                terminal.table(
                    ["id", "entry", "source", "state", "currentVersion", "revision"],
                    hooks.map {
                        [
                            .string($0.id.text), .string($0.entry.text), .string($0.source.displayName),
                            .string($0.state.rawValue), .optional($0.currentVersion?.text),
                            .integer(Int64($0.revision)),
                        ]
                    })
            }
        }
    }

    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make no new versions; the last one is still served.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String
        func run() async throws { try await HookCommand.set(.paused, hook, actor) }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a paused hook make versions again.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String
        func run() async throws { try await HookCommand.set(.active, hook, actor) }
    }

    private static func set(_ state: Hook.State, _ text: String, _ actor: ActorOptions) async throws {
        try await actor.run { node, principal, terminal in
            let id: HookID = try requireID(text)
            try await node.hooking.setState(state, of: id, by: principal)
            terminal.record(try await node.hooking.find(id, for: principal).fields)
        }
    }

    struct Attempts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the attempts to make versions.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let hook = try await node.hooking.find(try requireID(hook), for: principal)
                terminal.records(try await node.hooking.attempts(of: hook.id).map(\.fields))
            }
        }
    }

    struct Rejects: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Write the rejected rows of an attempt: one JSON document a line, with line, column, reason.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the attempt.") var attempt: String
        @Option(help: "File to write. Standard: standard output.") var out: String?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                guard
                    let file = try await node.hooking.rejectsFile(
                        of: try requireID(attempt), for: principal)
                else { return terminal.progress(terminal.text(Message("command.no-rejects"))) }
                if let out { return try OutputPlace.copy(file.path, to: out) }
                let handle = try FileHandle(forReadingFrom: file)
                defer { try? handle.close() }
                while let block = try handle.read(upToCount: 1 << 16), !block.isEmpty {
                    try FileHandle.standardOutput.write(contentsOf: block)
                }
            }
        }
    }
}

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Versions: the immutable content of a hook at one moment.",
        subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List an entry's versions, newest first.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the entry.") var entry: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let entry = try await node.catalogue.entry(try requireID(entry), for: principal)
                let scope = node.permissions.scope(of: .version, for: principal)
                guard scope.admits(owner: entry.owner, published: entry.state == .published) else {
                    throw HookingError.notFound
                }
                terminal.table(
                    ["id", "number", "rows", "rejectedRows", "contentDigest", "published"],
                    try await node.hooking.versions(of: entry.id).map {
                        [
                            .string($0.id.text), .integer(Int64($0.number)), .integer($0.rows),
                            .integer($0.rejectedRows), .string($0.contentDigest), .optional($0.publishedAt),
                        ]
                    })
            }
        }
    }
}

/// The password of a database, which is never an argument: every user of the machine could read it.
struct SourcePassword: ParsableArguments {
    @Option(help: "File whose first line is the password or secret of the source.") var sourcePasswordFile:
        String?

    func read() throws -> String? {
        try sourcePasswordFile.map {
            String(decoding: try InputFile.bytes($0, bytesMax: 4_096), as: UTF8.self).prefix { !$0.isNewline }
        }.map(String.init)
    }
}

/// A database on the command line: `mysql://user@host:port/database`, and `/table` where one is meant.
struct DatabasePlace {
    let source: Source

    /// As an entry names its format.
    var product: String {
        switch source {
        case .mysql: "MySQL"
        case .odbc: "ODBC"
        default: "PostgreSQL"
        }
    }

    /// Nil for what is none of these.
    init?(_ text: String, needsTable: Bool) throws {
        guard let url = URLComponents(string: text), let host = url.host, url.password == nil,
            url.query == nil, url.fragment == nil
        else { return nil }
        var path = url.path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        let table = needsTable ? path.popLast() : nil
        if needsTable, table == nil { return nil }
        let (schema, name) = Self.parted(table ?? "")
        switch url.scheme {
        case "postgres", "postgresql":
            guard path.count == 1, let user = url.user, !needsTable || !schema.isEmpty else { return nil }
            source = .postgres(
                PostgresTable(
                    host: host, port: url.port ?? 5432, database: path[0], user: user, schema: schema,
                    table: name))
        case "mysql", "mariadb":
            guard path.count == 1, let user = url.user else { return nil }
            source = .mysql(
                MySQLTable(
                    host: host, port: url.port ?? 3306, database: path[0], user: user, table: table ?? ""))
        case "odbc":
            guard path.isEmpty else { return nil }
            source = .odbc(ODBCTable(source: host, user: url.user ?? "", schema: schema, table: name))
        default: return nil
        }
    }

    /// `schema.table`; what has no dot is a table alone.
    private static func parted(_ text: String) -> (schema: String, table: String) {
        guard let dot = text.firstIndex(of: ".") else { return ("", text) }
        return (String(text[..<dot]), String(text[text.index(after: dot)...]))
    }
}

extension FoundTable {
    fileprivate var qualifiedName: String { schema.isEmpty ? name : "\(schema).\(name)" }
}

extension Hook {
    var fields: [(String, JSON)] {
        [
            ("id", .string(id.text)), ("entry", .string(entry.text)), ("source", .string(source.displayName)),
            ("state", .string(state.rawValue)), ("columns", .texts(mapping.schema.map(\.name))),
            ("keyColumns", .texts(keyColumns)), ("currentVersion", .optional(currentVersion?.text)),
            ("revision", .integer(Int64(revision))),
        ]
    }
}

extension PublishAttempt {
    fileprivate var fields: [(String, JSON)] {
        let (word, version): (String, VersionID?) =
            switch outcome {
            case .running(let stage): (stage.rawValue, nil)
            case .published(let id): ("published", id)
            case .unchanged: ("unchanged", nil)
            case .failed: ("failed", nil)
            case .cancelled: ("cancelled", nil)
            }
        return [
            ("id", .string(id.text)), ("outcome", .string(word)), ("version", .optional(version?.text)),
            ("rowsRead", .integer(rowsRead)), ("rowsRejected", .integer(rowsRejected)),
            ("started", .optional(startedAt)), ("ended", .optional(endedAt)),
        ]
    }
}

extension SourceMapping {
    /// As `--mapping-out` wrote it, edited perhaps.
    init(file path: String) throws {
        let bytes = try InputFile.bytes(path, bytesMax: 4 << 20)
        do {
            self = try JSONDecoder().decode(SourceMapping.self, from: Data(bytes))
        } catch {
            throw Problem(.invalid, Message("command.mapping-unreadable", ["path": path]))
        }
    }
}
