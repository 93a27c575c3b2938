import DuckDB
import Foundation
import Kernel
import Lake
import Policy
import TestKit
import Testing

/// What departments hand in when something went wrong on the way: each is refused or told with its place and what to do, in both
/// languages, and leaves nothing behind.
@Suite struct `A file that went wrong` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }

    private static let text = "名称,值\n" + (0..<60).map { "河源市源城区第\($0)号,\($0)\n" }.joined()

    private func encoded(_ text: String, _ name: String) throws -> [UInt8] {
        let file = folder.path + "/plain.txt"
        try Data(text.utf8).write(to: URL(filePath: file))
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/iconv")
        process.arguments = ["-f", "UTF-8", "-t", name, file]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Array(bytes)
    }

    @Test(arguments: [
        "[{\"id\": 1, \"name\": \"甲\"}]", "{\"id\": 1}\n{\"id\": 2}\n", "\u{FEFF} [\n {\"id\": 1}]",
        "[[\"a\", 1]]",
    ])
    func `that is JSON under the name of a text table is not read as columns`(_ text: String) throws {
        let source = try folder.write(text, to: "data.csv")
        #expect(throws: SourceError.jsonByAnotherName) { try folder.probe(source) }
    }

    @Test func `that is packed JSON is read when its name says so, and else not`() throws {
        let text = "[" + (0..<40).map { "{\"id\": \($0)}" }.joined(separator: ",") + "]"
        _ = try folder.write(text, to: "data.json")
        let zip = Process()
        zip.executableURL = URL(filePath: "/usr/bin/python3")
        zip.arguments = [
            "-c",
            "import sys, zipfile; [zipfile.ZipFile(n, 'w').write(sys.argv[1], 'data.json') for n in sys.argv[2:]]",
            "\(folder.path)/data.json", "\(folder.path)/data.json.zip", "\(folder.path)/data.zip",
        ]
        try zip.run()
        zip.waitUntilExit()
        let named = Source(file: "\(folder.path)/data.json.zip")
        #expect(try folder.stage(named, try folder.probe(named).mapping).rowsRead == 40)
        #expect(throws: SourceError.jsonByAnotherName) {
            try folder.probe(Source(file: "\(folder.path)/data.zip"))
        }
    }

    @Test(arguments: [("GB18030", TextEncoding.gb18030, TextEncoding.utf8), ("UTF-8", .utf8, .gb18030)])
    func `in another encoding than was said is told which, and where it shows`(
        _ name: String, _ found: TextEncoding, _ said: TextEncoding
    ) throws {
        // ASCII up to the second line.
        let source = try folder.write(try encoded("name,n\n" + Self.text.dropFirst(5), name))
        #expect(
            throws: SourceError.encodingOther(
                said: said, found: found, TextPlace(line: 2, byteOffset: 7))
        ) { try folder.probe(source, ReadingOverrides(encoding: said)) }
        #expect(try folder.probe(source).detection?.encoding == found)
    }

    @Test func `read as Big5 in spite of what it looks like is warned of`() throws {
        let source = try folder.write(try encoded(Self.text, "GB18030"))
        if let probe = try? folder.probe(source, ReadingOverrides(encoding: .big5)) {
            #expect(probe.warnings.contains { $0.key == "source.warning.encoding-differs" })
        }
        let right = try folder.probe(source, ReadingOverrides(encoding: .gb18030))
        #expect(!right.warnings.contains { $0.key == "source.warning.encoding-differs" })
    }

    @Test func `with a mark of UTF-16 is read`() throws {
        let source = try folder.write([0xFF, 0xFE] + (try encoded(Self.text, "UTF-16LE")))
        let probe = try folder.probe(source)
        #expect(probe.detection?.encoding == .utf16LittleEndian)
        #expect(try folder.stage(source, probe.mapping).rowsStaged == 60)
    }

    @Test func `with all three line breaks keeps its rows and counts lines as an editor does`() throws {
        let source = try folder.write("a,b\r\n1,x\r2,y\n3\r\n4,z\r")
        var limits = SourceLimits.standard
        limits.rejectedShareMax = 0.5
        let staged = try folder.stage(source, try folder.probe(source).mapping, limits: limits)
        #expect(staged.rowsStaged == 3)
        #expect(try folder.rejects(staged).map(\.line) == [4])
    }

    @Test func `of one column is a table`() throws {
        let source = try folder.write("代码\n0101\n0102\n\n0103\n")
        let staged = try folder.stage(source, try folder.probe(source).mapping)
        #expect(try folder.rows(staged) == [["0101"], ["0102"], ["0103"]])
    }

    @Test func `with a header and nothing else makes no version`() throws {
        let source = try folder.write("代码,名称\r\n")
        let mapping = try folder.probe(source).mapping
        #expect(throws: SourceError.noRows) { try folder.stage(source, mapping) }
        #expect(folder.stagedFiles.isEmpty)
    }

    @Test func `with thousands separators stays text and says so`() throws {
        let source = try folder.write("项目,金额\n甲,\"1,234.50\"\n乙,\"12,345\"\n丙,\"1,234,567.00\"\n")
        let probe = try folder.probe(source)
        #expect(probe.mapping.columns[1].type == .text)
        let warning = try #require(probe.warnings.first { $0.key == "source.warning.grouped" })
        #expect(warning.arguments == ["column": "金额", "count": "3"])
        #expect(try folder.rows(try folder.stage(source, probe.mapping))[2] == ["丙", "1,234,567.00"])
    }

    @Test func `whose dates are written with points and without zeros has dates`() throws {
        let source = try folder.write("名称,日期\n甲,2022.1.13\n乙,2022.11.3\n丙,2022.13.1\n")
        var mapping = try folder.probe(source).mapping
        mapping.columns[1].type = .date
        mapping.columns[1].dateFormats = [.dot]
        var limits = SourceLimits.standard
        limits.rejectedShareMax = 0.5
        let staged = try folder.stage(source, mapping, limits: limits)
        #expect(try folder.rows(staged).map { $0[1] } == ["2022-01-13", "2022-11-03"])
        let reject = try #require(try folder.rejects(staged).first)
        #expect(reject.line == 4 && reject.column == "日期" && reject.reason == .notDate)
    }

    @Test func `whose codes lost their zeros is told how many`() throws {
        let codes = (0..<20).map { $0 < 3 ? "1\($0)0\($0)1" : "44160\($0 % 10)" }
        let source = try folder.write("机构代码,名称\n" + codes.map { "\($0),甲\n" }.joined())
        let warning = try #require(
            try folder.probe(source).warnings.first { $0.key == "source.warning.shortened" })
        #expect(warning.arguments == ["column": "机构代码", "count": "3", "digits": "6"])
        // Numbers that are no codes may have what digits they like.
        let amounts = try folder.write("金额,名称\n" + codes.map { "\($0),甲\n" }.joined(), to: "amounts.csv")
        #expect(!(try folder.probe(amounts).warnings.contains { $0.key == "source.warning.shortened" }))
    }

    @Test func `whose long numbers a spreadsheet cut after fifteen digits is told where`() throws {
        let source = try folder.write(
            "身份证号,序\n441602199001011000,1\n441602199001021000,2\n441602199001031000,3\n")
        let warning = try #require(
            try folder.probe(source).warnings.first { $0.key == "source.warning.rounded" })
        #expect(warning.arguments == ["column": "身份证号", "count": "3", "line": "2"])
        let whole = try folder.write("身份证号\n441602199001011234\n441602199001021231\n", to: "whole.csv")
        #expect(!(try folder.probe(whole).warnings.contains { $0.key == "source.warning.rounded" }))
    }

    @Test(arguments: [
        ("%PDF-1.7", "pdf"), ("SQLite format 3", "sqlite"), ("\u{50}\u{41}\u{52}\u{31}", "parquet"),
    ]) func `renamed to CSV is refused as what it is`(_ head: String, _ kind: String) throws {
        let source = try folder.write(
            head + String(repeating: "\u{0}", count: 200), to: "renamed-\(kind).csv")
        let error = #expect(throws: SourceError.self) { try folder.probe(source) }
        #expect(error?.problem.message.key == "source.not-text")
        #expect(error?.problem.remedy != nil)
        #expect(folder.stagedFiles.isEmpty)
    }

    @Test func `of Parquet without its end is refused and leaves nothing`() throws {
        let path = folder.path + "/whole.parquet"
        try folder.connection.execute(
            "COPY (SELECT range AS n FROM range(10000)) TO \(Connection.literal(path)) (FORMAT parquet)")
        let bytes = try Data(contentsOf: URL(filePath: path))
        let mapping = try folder.probe(.parquet(path: path)).mapping
        for kept in [bytes.count - 4, bytes.count - 40, bytes.count / 2, 4] {
            let cut = folder.path + "/cut-\(kept).parquet"
            try bytes.prefix(kept).write(to: URL(filePath: cut))
            #expect(throws: SourceError.notParquet(path: cut)) { try folder.probe(.parquet(path: cut)) }
            #expect(throws: SourceError.notParquet(path: cut)) {
                try folder.stage(.parquet(path: cut), mapping)
            }
        }
        #expect(folder.stagedFiles.isEmpty)
    }

    @Test func `with a line of two gibibytes is refused at once, in little memory`() async throws {
        // The worker is killed when it takes more: a hole in the file costs no disk.
        let engine = try TestEngine { $0.processMebibytesMax = 256 }
        let inbox = engine.folder + "/inbox"
        try FileManager.default.createDirectory(atPath: inbox, withIntermediateDirectories: true)
        let path = inbox + "/endless.csv"
        try Data("a,b\n1,x\n2,\"".utf8).write(to: URL(filePath: path))
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.truncate(atOffset: 2 << 30)
        try handle.close()
        let error = await #expect(throws: Problem.self) {
            try await engine.supervisor.run(
                ProbeTask(
                    source: .text(path: path),
                    overrides: ReadingOverrides(encoding: .utf8, delimiter: .comma),
                    confinement: SourceConfinement(folders: [inbox])))
        }
        #expect(error?.message.key == "source.line-too-long")
        #expect(error?.message.arguments == ["line": "3", "max": "16777216"])
    }

    private static let place = TextPlace(line: 3, byteOffset: 40)
    private static let everyError: [SourceError] = [
        .outsideFolders(path: "/x"), .hostNotAllowed("h:1"), .notFound(path: "/x"), .notAFile(path: "/x"),
        .unreadable(path: "/x", errno: 13), .unwritable(path: "/x", errno: 28),
        .fileTooLarge(bytes: 2, bytesMax: 1), .notText(format: "gzip"),
        .packedDamaged(byteOffset: 7), .packedTooTight(ratioMax: 200), .packedEmpty,
        .packedSeveral(count: 2, names: ["a.csv", "b.csv"]), .packedEncrypted, .packedUnsupported(what: "9"),
        .notParquet(path: "/x"), .empty,
        .noRows,
        .encodingUnknown, .converterMissing(.big5), .invalidBytes(.utf8, place),
        .encodingChanges(from: .utf8, to: .gb18030, place),
        .encodingOther(said: .utf8, found: .gb18030, place), .lineTooLong(line: 3, bytesMax: 9),
        .quoteNotClosed(line: 3), .tooManyColumns(found: 9, max: 2), .headerMissing(line: 3),
        .headerChanged(position: 1, expected: "a", found: "b"),
        .tooManyRejects(
            rejected: 2, read: 3, shareMax: 0.1,
            first: Reject(line: 2, column: "a", reason: .notDate, excerpt: "x")), .mappingWithoutColumns,
        .mappingWithoutReading, .columnNameInvalid("x"), .columnNameTwice("x"), .columnMissing("x"),
        .dateFormatMissing("x"), .typeUnsupported(column: "x", type: "BLOB"),
        .conversionUnsupported(column: "x", from: "integer", to: "date"), .changedWhileRead(path: "/x"),
        .tableNotFound("s.t"), .connectionFailed("refused"), .sourceLost("reset"),
    ]

    @Test(arguments: everyError) func `says what, where and what to do, in both languages`(
        _ error: SourceError
    ) throws {
        let problem = error.problem
        let remedy = try #require(problem.remedy)
        for language in Language.allCases {
            for message in [problem.message, remedy] {
                let text = sourceWords.text(message, in: language)
                #expect(!text.hasPrefix("[") && !text.contains("{"), "\(text)")
            }
        }
    }
}
