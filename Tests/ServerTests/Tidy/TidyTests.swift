import Foundation
import TestKit
import Testing

/// The habits of the house, held by a test so that nobody has to remember them.
@Suite struct `The sources are tidy` {
    private static let linesMax = 400
    private static let functionLinesMax = 60

    @Test func `no file is longer than a person reads at once`() throws {
        let long = try SourceTree.swift().files.filter { $0.lines.count > Self.linesMax + 1 }
        #expect(long.map { "\($0.path): \($0.lines.count - 1) lines" } == [])
    }

    @Test func `no function is longer than a screen`() throws {
        let files = try SourceTree.swift().files
        #expect(files.flatMap(Self.longFunctions) == [])
    }

    /// The formatter puts the closing brace of a body at the column where its declaration begins.
    private static func longFunctions(_ file: SourceTree.File) -> [String] {
        let lines = file.lines
        return lines.indices.compactMap { start in
            guard let indent = indent(ofDeclaration: lines[start]) else { return nil }
            let end = lines[(start + 1)...].firstIndex { line in
                line.utf8.count > indent && line.utf8.prefix(indent).allSatisfy { $0 == UInt8(ascii: " ") }
                    && !") {".utf8.contains(Array(line.utf8)[indent])
            }
            guard let end, lines[end].drop(while: { $0 == " " }).hasPrefix("}") else { return nil }
            let length = end - start + 1
            guard length > functionLinesMax else { return nil }
            return "\(file.path):\(start + 1): \(length) lines"
        }
    }

    /// Nil unless the line begins a function, an initialiser, a subscript or a computed property whose body goes on below.
    private static func indent(ofDeclaration line: Substring) -> Int? {
        let text = line.drop(while: { $0 == " " })
        guard !text.hasPrefix("//"), !text.hasSuffix("}") else { return nil }
        let words = text.split(separator: " ", maxSplits: 8)
        let modifiers: Set<Substring> = [
            "package", "public", "private", "fileprivate", "internal", "static", "mutating", "override",
            "nonisolated", "final", "async", "required", "convenience",
        ]
        guard let word = words.first(where: { !modifiers.contains($0) && !$0.hasPrefix("@") }) else {
            return nil
        }
        let begins =
            word == "func" || word == "deinit" || word.hasPrefix("init(") || word.hasPrefix("init?(")
            || word.hasPrefix("init<") || word.hasPrefix("subscript")
            || word == "var" && text.hasSuffix("{") && !text.contains(" = ")
        return begins ? line.utf8.count - text.utf8.count : nil
    }

    @Test(arguments: [
        #"\btry!"#, #"\bas!"#, #"\bfatalError\b"#, #"\bpreconditionFailure\b"#, #"(?:^|[^\w.])print\("#,
        #"(?:^|[^\w.])debugPrint\("#, #"(?:^|[^\w.])dump\("#,
    ])
    func `nothing in the program ends it, and it speaks through the terminal or the log`(_ word: String)
        throws
    {
        let pattern = try Regex(word)
        let found = try SourceTree.swift(["Sources"]).lines { _, line in line.firstMatch(of: pattern) != nil }
        #expect(found == [])
    }

    @Test func `the time of day is asked of the clock only`() throws {
        let found = try SourceTree.swift(["Sources"]).lines { file, line in
            file.path != "Sources/Kernel/Clock.swift"
                && (line.contains("Date()") || line.contains("Date.now"))
        }
        #expect(found == [])
    }

    @Test func `nothing is left for later`() throws {
        let words = ["TO" + "DO", "FIX" + "ME", "HA" + "CK:"]
        let found = try SourceTree.swift().lines(comments: true) { _, line in
            words.contains { line.contains($0) }
        }
        #expect(found == [])
    }

    @Test func `no folder or file is named after a kind of thing`() throws {
        let kinds = ["util", "helper", "model", "manager", "misc", "common", "extensions", "types"]
        let found = try SourceTree.swift().files.map(\.path).filter { path in
            path.lowercased().split(whereSeparator: { $0 == "/" || $0 == "." }).contains { part in
                kinds.contains { part == $0 || part == "\($0)s" || part == "\($0)ies" || part == "utility" }
                    || part.hasSuffix("manager") || part.hasSuffix("helper") || part.hasSuffix("utilities")
            }
        }
        #expect(found == [])
    }

    @Test func `no file knows the machine it was written on`() throws {
        let home = /(?:^|[^\w.$])\/(?:home\/\w|root\/|Users\/\w)/
        let tree = try SourceTree(
            ["Sources", "Tests", "Benchmarks", "docs", "deploy", "scripts", "profiles", ".ci"],
            [
                ".swift", ".md", ".mustache", ".py", ".sh", ".conf", ".service", ".txt", ".json", ".css",
                ".js", "/run",
            ])
        let found = tree.lines(comments: true) { file, line in
            file.path != "Tests/ServerTests/Tidy/TidyTests.swift" && line.firstMatch(of: home) != nil
        }
        #expect(found == [])
    }

    @Test func `the formatter has nothing to say`() throws {
        // Quick enough to be a test, and so nobody learns it from a reviewer. Where the toolchain has no formatter, `make check` tells.
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.currentDirectoryURL = Golden.root
        process.arguments = [
            "swift", "format", "lint", "-r", "-p", "--strict", "Sources", "Tests", "Benchmarks",
            "Package.swift",
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        let findings = said.split(separator: "\n").filter { $0.contains(": error: [") }
        #expect(process.terminationStatus == 0 || findings.isEmpty, "\(said.prefix(2_000))")
        #expect(findings == [])
    }
}
