import Foundation
import Kernel
import Letters
import Persistence
import Server
import TestKit
import Testing

/// The registers of letters from a terminal.
@Suite struct `Letters by commands` {
    @Test func `are listed, shown, and found by the digest of a file`() async throws {
        try await LetterWorld.withFolder { folder in
            try await SampleSite.with(.sqlite) { site in
                let scan = try LetterWorld.write(LetterWorld.pdf, "scan.pdf", in: folder)
                let letter = try await site.open { node in
                    let steward = try site.people.principal("steward")
                    let series = try await node.letters.setSeries("河民", by: steward)
                    let letter = try await node.letters.enter(
                        LetterWorld.outgoing(series, node), by: steward)
                    try await node.letters.add(
                        .sealed, fileAt: scan, named: "scan.pdf", to: letter.id, by: steward)
                    return letter
                }
                func run(_ arguments: [String], as who: String = "steward") async throws -> Program.Ended {
                    try await Program.run(
                        ["letter"] + arguments + ["--data", site.data, "--language", "en", "--json"],
                        environment: ["HEADWATERS_TOKEN": try site.token(who)])
                }
                let list = try await run(["list", "--text", "河民", "--direction", "out"])
                #expect(try JSON.parse(list.output).array?.first?["number"] == .string(letter.number))
                #expect(try await run(["list", "--state", "lost"]).status == 2)
                let shown = try JSON.parse(try await run(["show", letter.id.text]).output)
                #expect(shown["state"] == "sealed" && shown["files"]?.array?.count == 1)
                #expect(try await run(["show", letter.id.text], as: "reviewer").status == 5)
                let verified = try await run(["verify", scan])
                #expect(verified.status == 0)
                #expect(try JSON.parse(verified.output).array?.first?["id"] == .string(letter.id.text))
                let changed = try LetterWorld.write(LetterWorld.pdf + [10], "changed.pdf", in: folder)
                let refused = try await run(["verify", changed])
                #expect(refused.status == 5 && refused.errors.contains("belongs to no letter"))
            }
        }
    }
}
