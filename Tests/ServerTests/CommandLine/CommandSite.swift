import Foundation
import Kernel
import TestKit
import Testing

/// A site that is made and worked by commands alone: what a script of an operator or a department can do.
final class CommandSite {
    let root: String
    private var tokens: [String: String] = [:]
    var data: String { "\(root)/data" }

    /// Runs `body` with an empty folder; everything in it is gone afterwards.
    static func with(_ body: (CommandSite) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.appending(
            path: "headwaters-commands-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        try await body(CommandSite(root.path))
    }

    private init(_ root: String) { self.root = root }

    /// The answer of a command that must succeed: all of standard output is one JSON document.
    func json(
        _ arguments: [String], as who: String? = nil, input: String? = nil,
        location: SourceLocation = #_sourceLocation
    ) async throws -> JSON {
        let ended = try await run(arguments + ["--json"], as: who, input: input)
        try #require(
            ended.status == 0, "\(arguments.joined(separator: " ")): \(ended.errors)",
            sourceLocation: location)
        return try JSON.parse(ended.output)
    }

    func run(
        _ arguments: [String], as who: String? = nil, input: String? = nil
    ) async throws -> Program.Ended {
        try await Program.run(
            arguments + ["--data", data, "--language", "en"],
            environment: ["HEADWATERS_TOKEN": who.flatMap { tokens[$0] } ?? ""], input: input)
    }

    /// A post, who holds it, and the token that they act with.
    func appoint(_ name: String, _ unit: String, _ title: String, _ role: String) async throws {
        _ = try await json(["post", "create", title, "--party", unit, "--role", role, "--as-system"])
        _ = try await json(
            ["account", "create", name, "--person", unit + title, "--as-system"],
            input: "Correct-Horse-\(name)-7\n")
        _ = try await json(["post", "appoint", "\(unit)/\(title)", "--account", name, "--as-system"])
        let issued = try await json(["token", "issue", "--account", name, "--as-system"])
        tokens[name] = try #require(issued["secret"]?.string)
    }

    func write(_ json: JSON, to name: String) throws -> String {
        try write(json.pretty, to: name)
    }

    func write(_ text: String, to name: String) throws -> String {
        let path = "\(root)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }
}
