import Foundation
import Kernel
import Lake
import Policy
import TestKit
import Testing

@Suite struct `A packed text table` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }

    private static let rows = (1...5_000).map { "44160\($0 % 7),第\($0)行\n" }.joined()
    private static let table = "区划代码,名称\n" + rows

    /// What Python's own packers make of `members`.
    private func packed(_ script: String, _ members: [String: String], to name: String) throws -> Source {
        for (member, text) in members {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder.path)/\(member)"))
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            [
                "python3", "-c", "import gzip, sys, zipfile\n" + script, "\(folder.path)/\(name)",
            ] + members.keys.sorted().map { "\(folder.path)/\($0)" }
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return .text(path: "\(folder.path)/\(name)")
    }

    private static let gzip = "open(sys.argv[1], 'wb').write(gzip.compress(open(sys.argv[2], 'rb').read()))"
    private static func zip(_ method: String) -> String {
        """
        with zipfile.ZipFile(sys.argv[1], 'w', zipfile.\(method)) as z:
            [z.write(path, path.split('/')[-1]) for path in sys.argv[2:]]
        """
    }

    @Test(arguments: [gzip, zip("ZIP_DEFLATED"), zip("ZIP_STORED")])
    func `is read as what it packs, and is known by its own bytes`(script: String) throws {
        let plain = try folder.write(Self.table, to: "plain.csv")
        let source = try packed(script, ["table.csv": Self.table], to: "packed.bin")
        let probe = try folder.probe(source)
        #expect(probe.mapping == (try folder.probe(plain).mapping))
        #expect(probe.fingerprint != (try folder.probe(plain).fingerprint))
        let staged = try folder.stage(source, probe.mapping)
        #expect(staged.rowsStaged == 5_000)
        #expect(try folder.rows(staged).last == ["441602", "第5000行"])
        // What was unpacked is nowhere to be found.
        #expect(folder.stagedFiles == ["rows.parquet"])
    }

    @Test func `in several gzip members is one table`() throws {
        let members = """
            text = open(sys.argv[2], 'rb').read()
            open(sys.argv[1], 'wb').write(gzip.compress(text[:1000]) + gzip.compress(text[1000:]))
            """
        let source = try packed(members, ["table.csv": Self.table], to: "members.csv.gz")
        #expect(try folder.stage(source, try folder.probe(source).mapping).rowsStaged == 5_000)
    }

    @Test(arguments: [
        (["a.csv": "a,b\n1,2\n", "b.csv": "a,b\n1,2\n"], "packed-several"), ([:], "packed-empty"),
        (["workbook.xml": "x"], "not-text"),
    ])
    func `that is not one table is refused by name`(members: [String: String], word: String) throws {
        let script =
            word == "not-text"
            ? Self.zip("ZIP_STORED").replacing("path.split('/')[-1]", with: "'xl/workbook.xml'")
            : Self.zip("ZIP_STORED")
        let source = try packed(script, members, to: "packed.zip")
        let error = #expect(throws: SourceError.self) { try folder.probe(source) }
        #expect(error?.problem.message.key == "source.\(word)")
    }

    @Test func `that unpacks to far more than itself is stopped`() throws {
        let bomb = "open(sys.argv[1], 'wb').write(gzip.compress(b'a,b\\n' + b'0' * (64 << 20)))"
        let source = try packed(bomb, [:], to: "bomb.csv.gz")
        #expect(throws: SourceError.packedTooTight(ratioMax: 200)) { try folder.probe(source) }
        var limits = SourceLimits.standard
        limits.fileBytesMax = 1 << 20
        let large = try packed(Self.gzip, ["large.csv": String(repeating: Self.table, count: 20)], to: "l.gz")
        let error = #expect(throws: SourceError.self) { try folder.probe(large, limits: limits) }
        #expect(error?.problem.message.key == "source.file-too-large")
    }

    @Test(arguments: [gzip, zip("ZIP_DEFLATED"), zip("ZIP_STORED")])
    func `that is damaged anywhere is refused or read as it was, never otherwise`(script: String) throws {
        let source = try packed(script, ["table.csv": Self.table], to: "whole.bin")
        let mapping = try folder.probe(source).mapping
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/whole.bin")))
        var refused = 0
        try Damage.rounds(60, seed: 77) { round, random in
            let damaged =
                round < 20
                ? Array(bytes.prefix(random.below(bytes.count))) : Damage.done(to: bytes, using: &random)
            let source = try folder.write(damaged, to: "damaged-\(round % 8).bin")
            do {
                let staged = try folder.stage(source, mapping)
                #expect(try folder.rows(staged).count == 5_000, "round \(round)")
            } catch is SourceError { refused += 1 }
        }
        #expect(refused > 30)
    }
}
