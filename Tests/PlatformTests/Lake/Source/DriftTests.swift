import DuckDB
import Foundation
import Kernel
import Lake
import Policy
import Testing

@Suite struct `A source whose columns changed` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }

    private func changes(_ before: String, _ after: String) throws -> [Drift.Change] {
        let confirmed = try folder.probe(try folder.write(before)).mapping
        let probe = try folder.probe(try folder.write(after))
        return Drift(confirmed: confirmed, probe: probe)?.changes ?? []
    }

    @Test func `is the same when only its rows changed`() throws {
        #expect(try changes("a,b\nx,1\n", "a,b\ny,2\nz,3\n") == [])
        // Nothing filled in this month.
        #expect(try changes("a,b\nx,1\n", "a,b\ny,\n") == [])
    }

    @Test func `names every column that differs`() throws {
        #expect(try changes("a,b\nx,1\n", "a,b,c\nx,1,2\n") == [.added(name: "c", type: "integer")])
        #expect(try changes("a,b,c\nx,1,2\n", "a,b\nx,1\n") == [.removed(name: "c")])
        #expect(try changes("a,b\nx,1\n", "a,d\nx,1\n") == [.renamed(from: "b", to: "d")])
        #expect(
            try changes("a,b\nx,1\n", "a,b\nx,one\n") == [.retyped(name: "b", from: "integer", to: "text")])
        #expect(
            try changes("a,b\nx,1\n", "b,a\n1,x\n") == [
                .moved(name: "a", from: 1, to: 2), .moved(name: "b", from: 2, to: 1),
            ])
    }

    @Test func `is the same while what a person set against the proposal is proposed again`() throws {
        var mapping = try folder.probe(try folder.write("no,day\n1,soon\n2,2026-01-05\n")).mapping
        #expect(mapping.columns.map(\.type) == [.text, .text])
        mapping.columns[0].type = .integer
        mapping.columns[1].type = .date
        mapping.columns[1].dateFormats = [.dash]
        let kept = try JSONDecoder().decode(SourceMapping.self, from: try JSONEncoder().encode(mapping))
        #expect(kept == mapping)
        let same = try folder.probe(try folder.write("no,day\n3,later\n4,2026-01-06\n"))
        #expect(Drift(confirmed: kept, probe: same) == nil)
        let other = try folder.probe(try folder.write("no,day\n3,1.5\n4,2.5\n"))
        #expect(
            Drift(confirmed: kept, probe: other)?.changes == [
                .retyped(name: "day", from: "date", to: "decimal(18,1)")
            ])
    }

    @Test func `becomes a problem with a place for each`() throws {
        let drift = try #require(
            Drift(
                confirmed: try folder.probe(try folder.write("a,b\nx,1\n")).mapping,
                probe: try folder.probe(try folder.write("a,c,d\nx,1,2\n"))))
        let problem = SourceError.drifted(drift).problem
        #expect(problem.places.map(\.name) == ["b", "d"])
        for place in problem.places {
            #expect(!sourceWords.text(place.message, in: .simplifiedChinese).contains("{"))
        }
    }

    @Test func `touching a file does not change its fingerprint`() throws {
        let first = try folder.probe(try folder.write("a,b\nx,1\n")).fingerprint
        let again = try folder.probe(try folder.write("a,b\nx,1\n")).fingerprint
        let other = try folder.probe(try folder.write("a,b\nx,2\n")).fingerprint
        #expect(first.isSame(as: again) && !first.isSame(as: other))
    }
}

@Suite struct `Words of taking tables in` {
    @Test func `are all there in both languages`() {
        #expect(sourceWords.faults.isEmpty)
        for reason in Reject.Reason.allCases {
            let reject = Reject(
                line: 3, column: "a", reason: reason, excerpt: "x", expectedCells: 2, foundCells: 1)
            for language in Language.allCases {
                let text = sourceWords.text(reject.message, in: language)
                #expect(!text.hasPrefix("[") && !text.contains("{"), "\(text)")
            }
        }
    }
}
