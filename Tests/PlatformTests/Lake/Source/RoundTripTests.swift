import Kernel
import Lake
import Policy
import TestKit
import Testing

/// Tables made at random, written with nasty quoting, read back.
@Suite struct `Tables made at random` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }

    private static let pieces = [
        "a", "\"", ",", ";", "\t", "|", "\n", "\r\n", "\r", "中", "𨟠", "é", " ", "''", "\\", "0", "　", "-",
        "NULL",
    ]

    @Test(arguments: 0..<12) func `come back cell for cell`(_ seed: Int) throws {
        var random = SampleRandom(seed: UInt64(seed))
        let delimiter = Delimiter.allCases[seed % 4]
        let lineBreak = ["\n", "\r\n", "\r"][seed % 3]
        let width = Int.random(in: 2...6, using: &random)
        let rows = (0..<400).map { _ in
            (0..<width).map { _ in
                (0..<Int.random(in: 0...6, using: &random)).map { _ in
                    Self.pieces.randomElement(using: &random) ?? ""
                }.joined()
            }
        }
        let header = (0..<width).map { "h\($0)" }
        let text = ([header] + rows).map { row in
            row.map { Self.written($0, delimiter, &random) }.joined(separator: delimiter.rawValue)
        }.joined(separator: lineBreak)
        let source = try folder.write(text)
        let mapping = SourceMapping(
            encoding: .utf8, dialect: TextDialect(delimiter: delimiter),
            columns: header.enumerated().map {
                ColumnMapping(position: $0.offset, sourceName: $0.element, name: $0.element, type: .text)
            })
        let staged = try folder.stage(source, mapping)
        #expect(staged.rowsRead == Int64(rows.count) && staged.rowsRejected == 0)
        #expect(try folder.rows(staged) == rows.map { $0.map { $0.isEmpty ? nil : $0 } })
    }

    private static func written(
        _ cell: String, _ delimiter: Delimiter, _ random: inout SampleRandom
    ) -> String {
        let needsQuotes = cell.unicodeScalars.contains {
            $0 == "\"" || $0 == "\n" || $0 == "\r" || String($0) == delimiter.rawValue
        }
        guard needsQuotes || cell.isEmpty || Bool.random(using: &random) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }

    @Test func `random text is cut into rows that are all accounted for`() throws {
        var random = SampleRandom(seed: 7)
        var limits = SourceLimits.standard
        limits.rejectedShareMax = 1
        for round in 0..<80 {
            let text = (0..<Int.random(in: 1...300, using: &random)).map { _ in
                Self.pieces.randomElement(using: &random) ?? ""
            }.joined()
            let source = try folder.write(text, to: "random-\(round).csv")
            do {
                let staged = try folder.stage(
                    source, try folder.probe(source, limits: limits).mapping, limits: limits)
                #expect(staged.rowsRead == staged.rowsStaged + staged.rowsRejected)
                #expect(try folder.rows(staged).count == Int(staged.rowsStaged))
            } catch let error as SourceError {
                #expect(error.problem.kind == .refused, "\(error)")
            }
        }
    }

    @Test func `every decimal comes back digit for digit`() throws {
        var random = SampleRandom(seed: 3)
        let numbers = (0..<2000).map { _ in
            let digits = Int.random(in: 1...28, using: &random)
            let whole = (0..<digits).map {
                $0 == 0
                    ? String(Int.random(in: 1...9, using: &random))
                    : String(Int.random(in: 0...9, using: &random))
            }
            let fraction = (0..<8).map { _ in String(Int.random(in: 0...9, using: &random)) }
            return (Bool.random(using: &random) ? "-" : "") + whole.joined() + "." + fraction.joined()
        }
        let source = try folder.write("n\n" + numbers.joined(separator: "\n"))
        let mapping = SourceMapping(
            encoding: .utf8, dialect: TextDialect(),
            columns: [
                ColumnMapping(
                    position: 0, sourceName: "n", name: "n", type: .decimal(precision: 38, scale: 8))
            ])
        #expect(try folder.rows(try folder.stage(source, mapping)).map { $0[0] } == numbers)
    }
}
