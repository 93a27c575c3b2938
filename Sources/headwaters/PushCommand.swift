import ArgumentParser
import Foundation
import Identity
import Kernel
import Lake
import Policy
import Release
import Server

struct PushCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: "Push the rows of a grant into a table of your unit's own database.",
        discussion: """
            The authorisation is recorded and the quota taken first. Rows go into a staging table by batches; then the table is written, \
            read back, compared and noted as done in one transaction of the target. A push that was broken off goes on from its last batch, \
            here or in `serve`, and is never in the table twice. The same --idempotency-key is the same push.
            """)
    @OptionGroup var actor: ActorOptions
    @Argument(help: "Id of the grant.") var grant: String
    @Option(help: "Id of the push target, or its name.") var target: String
    @Option(help: "Name under which the same push may be asked for again.") var idempotencyKey: String?
    @Option(help: "File to write the signed receipt to.") var receipt: String?

    func run() async throws {
        try await actor.run { node, principal, terminal in
            try await node.sequencing {
                let target = try await node.pushTarget(target, for: principal)
                let push = try await node.pushes.push(
                    under: try requireID(grant), into: target.id, idempotencyKey: idempotencyKey,
                    by: principal)
                if let receipt, push.hasReceipt {
                    let document = try await node.receipts.document(of: push.id, for: principal)
                    try OutputPlace.write(Data(document.json.pretty.utf8), to: receipt)
                }
                terminal.record(push.fields + [("receipt", .optional(receipt))])
            }
        }
    }
}

struct PushTargetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push-target",
        abstract: "Push targets: tables of your unit's own databases that rows may be pushed into.",
        subcommands: [Add.self, List.self, Try.self, Remove.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Register a table; its server must be named in the setting release.push-hosts.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "What your unit calls it.") var label: String
        @Argument(
            help: "postgres://user@host:port/database/schema.table, or mysql://user@host:port/database/table."
        )
        var table: String
        @Option(help: "replace or upsert.") var manner = PushManner.replace.rawValue
        @Option(help: "Key column; may be given several times.") var key: [String] = []
        @Option(help: "File whose first line is the user's password.") var passwordFile: String?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let password = try passwordFile.map { path in
                    let bytes = try InputFile.bytes(path, bytesMax: 4_096)
                    return String(String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline })
                }
                let added = try await node.pushes.addTarget(
                    PushTargetDraft(
                        label: label, place: try Self.place(table), manner: try requireWord(manner),
                        keyColumns: key), password: password ?? "", by: principal)
                terminal.record(added.fields)
            }
        }

        private static func place(_ text: String) throws -> PushPlace {
            let url = URLComponents(string: text)
            let path = (url?.path ?? "").split(separator: "/").map(String.init)
            guard let url, let host = url.host, let user = url.user, url.password == nil, path.count == 2,
                let kind = url.scheme.flatMap({ PushPlace.Kind(rawValue: $0) })
            else { throw Problem(.invalid, Message("command.source-unreadable", ["text": text])) }
            let names = path[1].split(separator: ".").map(String.init)
            guard names.count == (kind == .postgres ? 2 : 1) else {
                throw Problem(.invalid, Message("command.source-unreadable", ["text": text]))
            }
            return PushPlace(
                kind: kind, host: host, port: url.port ?? (kind == .postgres ? 5432 : 3306),
                database: path[0], user: user, schema: names[0], table: names[names.count - 1])
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List your unit's push targets.")
        @OptionGroup var actor: ActorOptions

        func run() async throws {
            try await actor.run { node, principal, terminal in
                terminal.records(try await node.pushes.targets(for: principal).map(\.fields))
            }
        }
    }

    struct Try: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "try", abstract: "Connect to a push target and look at its table; writes nothing.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the push target, or its name.") var target: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let target = try await node.pushTarget(target, for: principal)
                let sight = try await node.pushes.tryTarget(target.id, by: principal)
                terminal.record([
                    ("server", .string(sight.server)),
                    ("columns", .optional(sight.columns?.joined(separator: ", "))),
                    ("rightsMissing", .string(sight.rightsMissing.joined(separator: ", "))),
                ])
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forget a push target and its password; what was pushed stays on record.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the push target, or its name.") var target: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let target = try await node.pushTarget(target, for: principal)
                try await node.pushes.removeTarget(target.id, by: principal)
                terminal.answer(Message("pushing.target-removed"), ["removed": .string(target.id.text)])
            }
        }
    }
}

extension Node {
    /// By its id, or by the name that its unit gave it.
    func pushTarget(_ text: String, for principal: Principal) async throws -> PushTarget {
        if let id = PushTargetID(text) { return try await pushes.target(id, for: principal) }
        let named = try await pushes.targets(for: principal).filter { $0.label == text }
        guard let target = named.first, named.count == 1 else { throw PushFault.targetNotFound }
        return target
    }
}

extension PushTarget {
    fileprivate var fields: [(String, JSON)] {
        [
            ("id", .string(id.text)), ("label", .string(label)), ("kind", .string(place.kind.rawValue)),
            ("server", .string(place.server)), ("database", .string(place.database)),
            ("table", .string(place.name)), ("user", .string(place.user)),
            ("manner", .string(manner.rawValue)),
            ("keyColumns", .string(keyColumns.joined(separator: ", "))),
        ]
    }
}

extension Push {
    fileprivate var fields: [(String, JSON)] {
        [
            ("release", .string(id.text)), ("grant", .string(grant.text)), ("state", .string(state.rawValue)),
            ("server", .string(place.server)), ("table", .string(place.name)),
            ("rowsReserved", .integer(rowsReserved)), ("rowsOut", .optional(rowsOut)),
            ("contentDigest", .optional(contentDigest)), ("problem", .optional(problem?.key)),
        ]
    }
}
