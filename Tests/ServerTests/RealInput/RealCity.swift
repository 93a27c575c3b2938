import Catalogue
import Foundation
import Identity
import Kernel
import Persistence
import Server
import TestKit

/// The sample city with entries for real tables, and the program run on it as people run it.
struct RealCity: Sendable {
    let site: SampleSite
    let entries: [String: String]

    /// Entries are drafted, reviewed and published; hooks are the test's to make.
    static func with<Result: Sendable>(
        _ tables: [SharedTable], environment: [String: String] = [:],
        _ body: (RealCity) async throws -> Result
    ) async throws -> Result {
        try await SampleSite.with(.sqlite, rows: 60, environment: environment) { site in
            let entries = try await site.open { node in
                let steward = try site.people.principal("steward")
                let reviewer = try site.people.principal("reviewer")
                guard let owner = steward.party,
                    let model = SampleEntry.all.first(where: { $0.key == "licences" })
                else { throw CatalogueError.accountNeeded }
                var entries: [String: String] = [:]
                for table in tables {
                    var card = model.card
                    card.title = table.title
                    card.provider = SamplePeople.assistance
                    card.items = [Item(column: table.keys[0], name: "编码", type: .characters, length: 40)]
                    let drafted = try await node.catalogue.draft(card, owner: owner, by: steward)
                    let submitted = try await node.catalogue.submit(
                        drafted.id, seen: drafted.revision, by: steward)
                    _ = try await node.catalogue.publish(submitted.id, seen: submitted.revision, by: reviewer)
                    entries[table.title] = drafted.id.text
                }
                return entries
            }
            return try await body(RealCity(site: site, entries: entries))
        }
    }

    func entry(_ table: SharedTable) throws -> String {
        guard let id = entries[table.title] else {
            throw Problem(.notFound, Message("demo.entry-missing"))
        }
        return id
    }

    /// Runs a command for somebody and reads its answer.
    @discardableResult
    func command(_ who: String, _ arguments: String..., input: String? = nil) async throws -> JSON {
        let ended = try await run(who, arguments, input: input)
        guard ended.status == 0 else {
            throw Program.Failure.endedEarly(command: arguments.joined(separator: " "), ended)
        }
        return try JSON.parse(Array(ended.output.utf8), limits: JSON.Limits(bytesMax: 16 << 20))
    }

    /// A command that may fail; what it says is in English.
    func run(_ who: String, _ arguments: [String], input: String? = nil) async throws -> Program.Ended {
        try await Program.run(
            arguments + ["--data", site.data, "--json", "--language", "en"],
            environment: site.environment.merging(["HEADWATERS_TOKEN": try site.token(who)]) { $1 },
            input: input, secondsMax: 180)
    }

    /// A file of the test's own, gone with the city.
    func file(_ name: String, _ text: String) throws -> String {
        let folder = site.folder.root.appending(path: "given")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// Rules, hook and a first version of a table, by command. Answers the hook's id and the version as `version list` has it.
    func publish(
        _ table: SharedTable, from path: String? = nil
    ) async throws -> (hook: String, attempt: JSON, version: JSON) {
        let entry = try entry(table)
        try await command("steward", "rule", "add", entry, "--file", "-", input: table.rules.canonical)
        let hook = try await define(table, from: path ?? table.path)
        let attempt = try await command("steward", "hook", "publish", hook)
        let versions = try await command("steward", "version", "list", entry)
        return (hook, attempt, versions.array?.first ?? .null)
    }

    func define(_ table: SharedTable, from path: String, mapping: String? = nil) async throws -> String {
        var arguments = ["hook", "define", path, "--unclassified", "--entry", try entry(table)]
        for key in table.keys { arguments += ["--key", key] }
        if let mapping { arguments += ["--mapping", mapping] }
        let ended = try await run("steward", arguments)
        guard ended.status == 0, let id = try JSON.parse(ended.output)["id"]?.string else {
            throw Program.Failure.endedEarly(command: "hook define", ended)
        }
        return id
    }
}
