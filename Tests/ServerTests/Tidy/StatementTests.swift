import Foundation
import TestKit
import Testing

/// SQL is bound, never spliced. What is not a literal in a statement is listed and was reviewed: of the control plane every `raw:`,
/// of the engine's everything that stands in a statement's text.
@Suite struct `SQL in the sources` {
    @Test func `is made from other text nowhere but in the platform's own front door`() throws {
        let found = try SourceTree.swift(["Sources"]).lines { file, line in
            !file.path.hasPrefix("Sources/Persistence/")
                && (line.contains("SQL(stringLiteral:") || line.contains("SQL(verbatim:"))
        }
        #expect(found == [])
    }

    @Test func `takes only the raw text that was reviewed`() throws {
        try Golden.expect(
            try list(["Sources"], of: /\\\(raw: ((?:[^()]|\([^()]*\))*)\)/) {
                !$0.path.hasPrefix("Sources/Persistence/SQL.swift") && !$0.path.hasPrefix("Sources/TestKit/")
            }, at: "Tests/Golden/raw-sql.txt")
    }

    @Test func `for the engine splices only what was reviewed`() throws {
        let statement =
            /"(?:[^"\\]|\\[^(])*\b(?:SELECT|COPY|CREATE|INSERT|UPDATE|DELETE|ATTACH|FROM|WHERE|SET|PRAGMA|CAST|read_parquet)\b/
        let spliced = /\\\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/
        var lines: Set<String> = []
        let folders = ["Sources/Lake", "Sources/DuckDB", "Sources/Policy/Expression", "Sources/Policy/Plan"]
        for file in try SourceTree.swift(folders).files {
            var isInside = false
            for line in file.lines {
                let isDelimiter = line.drop(while: { $0 == " " }).hasSuffix("\"\"\"")
                if line.firstMatch(of: statement) != nil || isInside {
                    for match in line.matches(of: spliced) { lines.insert("\(file.path): \(match.1)") }
                }
                if line.hasSuffix("\"\"\"") || isDelimiter || line.contains("\"\"\")")
                    || line.contains("\"\"\",")
                {
                    isInside.toggle()
                }
            }
        }
        try Golden.expect(lines.sorted().joined(separator: "\n") + "\n", at: "Tests/Golden/engine-sql.txt")
    }

    private func list(
        _ folders: [String], of pattern: Regex<(Substring, Substring)>,
        where isLookedAt: (SourceTree.File) -> Bool
    ) throws -> String {
        var lines: Set<String> = []
        for file in try SourceTree.swift(folders).files where isLookedAt(file) {
            for match in file.text.matches(of: pattern) { lines.insert("\(file.path): \(match.1)") }
        }
        return lines.sorted().joined(separator: "\n") + "\n"
    }
}
