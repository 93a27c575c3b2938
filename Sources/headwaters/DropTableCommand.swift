import ArgumentParser
import Foundation
import Hooking
import Kernel
import Lake
import Server

struct DropTableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop-table",
        abstract: "Drop tables: whole batches that a department's systems insert into a PostgreSQL server.",
        subcommands: [Set.self, Show.self, Definition.self, Remove.self])

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a table's complete batches for a hook; they are filed as the holder of the token."
        )
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String
        @Argument(help: "postgres://user@host:port/database/schema.table.") var table: String
        @Option(help: "replace, append or overlay.") var manner = "append"
        @Option(help: "File whose first line is the user's password.") var passwordFile: String?
        @OptionGroup var declaration: Declaration

        func run() async throws {
            try await actor.run { node, principal, terminal in
                try declaration.require()
                let password = try passwordFile.map { path in
                    let bytes = try InputFile.bytes(path, bytesMax: 4_096)
                    return String(String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline })
                }
                let set = try await node.hooking.setDropTable(
                    try Self.place(table), password: password, try requireWord(manner),
                    of: try requireID(hook), by: principal)
                terminal.record(set.fields)
            }
        }

        private static func place(_ text: String) throws -> DropTable.Place {
            let url = URLComponents(string: text)
            let path = (url?.path ?? "").split(separator: "/").map(String.init)
            let names = (path.last ?? "").split(separator: ".").map(String.init)
            guard let url, url.scheme == "postgres", let host = url.host, let user = url.user,
                url.password == nil, path.count == 2, names.count == 2
            else { throw Problem(.invalid, Message("command.source-unreadable", ["text": text])) }
            return DropTable.Place(
                host: host, port: url.port ?? 5432, database: path[0], user: user, schema: names[0],
                table: names[1])
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a hook's drop table.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                guard let table = try await node.hooking.dropTable(of: try requireID(hook), for: principal)
                else { throw DropFault.notThere }
                terminal.record(table.fields)
            }
        }
    }

    struct Definition: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the SQL that makes the two tables for a hook's columns.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String
        @Option(help: "Schema of the tables.") var schema = "public"
        @Option(help: "Table of the rows; the batches are in <table>_batch.") var table = "headwaters_rows"

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let found = try await node.hooking.find(try requireID(hook), for: principal)
                let place = DropTable.Place(
                    host: "", port: 0, database: "", user: "", schema: schema, table: table)
                let sql = place.definition(columns: found.mapping.columns.map(\.sourceName))
                terminal.answer(["sql": .string(sql)], [sql])
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take no more batches for a hook.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                try await node.hooking.removeDropTable(of: try requireID(hook), by: principal)
                terminal.answer(Message("hooking.drop-removed"), ["removed": .string(hook)])
            }
        }
    }
}

extension DropTable {
    fileprivate var fields: [(String, JSON)] {
        [
            ("hook", .string(hook.text)), ("host", .string("\(place.host):\(place.port)")),
            ("database", .string(place.database)), ("schema", .string(place.schema)),
            ("table", .string(place.table)), ("user", .string(place.user)),
            ("manner", .string(manner.rawValue)), ("problem", .optional(problem?.key)),
            ("revision", .integer(Int64(revision))),
        ]
    }
}
