import Foundation
import Kernel
import Lake
import Policy
import Testing

@Suite struct `Taking in a text table` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }

    private func rows(_ text: String, _ overrides: ReadingOverrides = ReadingOverrides()) throws
        -> [[String?]]
    {
        let source = try folder.write(text)
        let probe = try folder.probe(source, overrides)
        return try folder.rows(try folder.stage(source, probe.mapping))
    }

    @Test func `a plain table comes out typed`() throws {
        let source = try folder.write(
            "区划代码,名称,成立日期,金额,人数,启用\n441602,源城区,1988.1.7,12.50,3,是\n441621,紫金县,2022.11.13,0.05,12,否\n")
        let probe = try folder.probe(source)
        #expect(
            probe.mapping.schema == [
                Column("区划代码", .text), Column("名称", .text), Column("成立日期", .date),
                Column("金额", .decimal(precision: 18, scale: 2)), Column("人数", .integer),
                Column("启用", .boolean),
            ])
        #expect(probe.mapping.columns[2].dateFormats == [.dot])
        #expect(probe.estimatedRows == 2)
        let staged = try folder.stage(source, probe.mapping)
        #expect(
            try folder.rows(staged) == [
                ["441602", "源城区", "1988-01-07", "12.50", "3", "true"],
                ["441621", "紫金县", "2022-11-13", "0.05", "12", "false"],
            ])
        #expect(staged.rowsRead == 2 && staged.rowsStaged == 2 && staged.rejectsPath == nil)
        #expect(folder.stagedFiles == ["rows.parquet"])
    }

    @Test(arguments: ["\n", "\r\n", "\r"]) func `every line break ends a row`(_ lineBreak: String) throws {
        let text = ["a,b", "x,1", "", "y,2"].joined(separator: lineBreak)
        #expect(try rows(text) == [["x", "1"], ["y", "2"]])
    }

    @Test(arguments: Delimiter.allCases) func `the delimiter is found`(_ delimiter: Delimiter) throws {
        let text = "name,place\nA,one two\nB,three\nC,four\n".replacing(",", with: delimiter.rawValue)
        let probe = try folder.probe(try folder.write(text))
        #expect(probe.mapping.dialect?.delimiter == delimiter)
        #expect(probe.mapping.columns.map(\.name) == ["name", "place"])
    }

    @Test func `quoted cells keep delimiters, breaks and quotes`() throws {
        let found = try rows("a,b\n\"x,1\",\"say \"\"hi\"\"\"\n\"two\r\nlines\",\"\"\n")
        #expect(found == [["x,1", "say \"hi\""], ["two\r\nlines", nil]])
    }

    @Test func `lines are counted as an editor shows them`() throws {
        let source = try folder.write("a,b\r\n\"1\n2\r\n3\",x\r\n\r\nshort\r\n\"q\",y\rlast\n")
        var limits = SourceLimits.standard
        limits.rejectedShareMax = 0.9
        let staged = try folder.stage(source, try folder.probe(source).mapping, limits: limits)
        let rejects = try folder.rejects(staged)
        // Row 2 spans lines 2 to 4, line 5 is blank.
        #expect(rejects.map(\.line) == [6, 8])
        #expect(rejects.allSatisfy { $0.reason == .cellCount && $0.expectedCells == 2 && $0.foundCells == 1 })
        #expect(staged.rowsRead == 4 && staged.rowsStaged == 2 && staged.rowsRejected == 2)
        #expect(staged.blankLines == 1)
    }

    @Test func `a rejected cell names line, column and reason and its neighbours are staged whole`() throws {
        let source = try folder.write("id_card,n\n0001,1\n0002,x2\n0003,\n0004,4\n")
        var mapping = try folder.probe(source).mapping
        mapping.columns[1].type = .integer
        var limits = SourceLimits.standard
        limits.rejectedShareMax = 0.5
        let staged = try folder.stage(source, mapping, limits: limits)
        #expect(try folder.rows(staged) == [["0001", "1"], ["0003", nil], ["0004", "4"]])
        #expect(
            try folder.rejects(staged) == [
                Reject(line: 3, column: "n", reason: .notInteger, excerpt: "x2")
            ])
        #expect(staged.rejectsByReason == ["not-integer": 1])
    }

    @Test func `too many rejects fail and leave the rejects alone`() throws {
        let source = try folder.write("a,b\n1,2\n3\n4\n")
        let mapping = try folder.probe(source).mapping
        #expect {
            try folder.stage(source, mapping)
        } throws: { error in
            guard case SourceError.tooManyRejects(let rejected, let read, _, let first) = error else {
                return false
            }
            return rejected == 2 && read == 3 && first.line == 3
        }
        #expect(folder.stagedFiles == ["rejects.ndjson"])
    }

    @Test func `a probe tells how many values differ and where they begin and end`() throws {
        let probe = try folder.probe(
            try folder.write("n,t,d\n9,乙,2021-03-01\n10,甲,2020-12-31\n-2,甲,\n9,,2021-03-01\n"))
        #expect(probe.columns.map(\.distinctValues) == [3, 2, 2])
        #expect(probe.columns.map(\.low) == ["-2", "乙", "2020-12-31"])
        #expect(probe.columns.map(\.high) == ["10", "甲", "2021-03-01"])
    }

    @Test func `no rows is an error`() throws {
        let source = try folder.write("a,b\n")
        let mapping = try folder.probe(source).mapping
        #expect(throws: SourceError.noRows) { try folder.stage(source, mapping) }
        #expect(throws: SourceError.empty) { try folder.probe(try folder.write("")) }
        #expect(folder.stagedFiles.isEmpty)
    }

    @Test func `titles above the header are left out`() throws {
        let probe = try folder.probe(
            try folder.write("河源市统计表,,\n单位：人,,\n县区,年份,人口\n源城区,2020,700000\n东源县,2020,380000\n"))
        #expect(probe.mapping.dialect?.header == .line(3))
        #expect(probe.warnings.contains { $0.key == "source.warning.titles-skipped" })
    }

    @Test func `a table without a header is told`() throws {
        let probe = try folder.probe(try folder.write("1,2.5\n2,3.5\n3,9.5\n"))
        #expect(probe.mapping.dialect?.header == HeaderChoice.none)
        #expect(probe.mapping.columns.map(\.name) == ["column_1", "column_2"])
        #expect(probe.estimatedRows == 3)
    }

    @Test func `blank and repeated headers get names and a warning each`() throws {
        let probe = try folder.probe(try folder.write("Name,,name,Name_2\nx,y,z,w\n"))
        #expect(probe.mapping.columns.map(\.name) == ["Name", "column_2", "name_3", "Name_2"])
        #expect(probe.warnings.filter { $0.key.hasPrefix("source.warning.header-") }.count == 2)
    }

    @Test func `identifiers stay text and destroyed ones are refused`() throws {
        let source = try folder.write(
            "身份证号,编号,面积,卡号\n441602199001011234,007,12,6.22E+17\n441602199001011235,012,13,6.23E+17\n")
        let probe = try folder.probe(source)
        #expect(probe.mapping.columns.map(\.type) == [.text, .text, .integer, .text])
        #expect(probe.mapping.columns.map(\.isIncluded) == [true, true, true, false])
        #expect(probe.columns[3].damagedCells == 2 && probe.columns[3].damagedLine == 2)
        var mapping = probe.mapping
        mapping.columns[3].isIncluded = true
        #expect(throws: SourceError.self) { try folder.stage(source, mapping) }
        mapping.columns[3].keepsDamaged = true
        #expect(try folder.rows(try folder.stage(source, mapping))[0][3] == "6.22E+17")
    }

    @Test func `markers of missing values are learned from columns of numbers`() throws {
        let source = try folder.write("n,wind\n1,NA\n****,NNW\nNA,E\n3,W\n")
        let mapping = try folder.probe(source).mapping
        #expect(mapping.columns[0].type == .integer)
        #expect(
            try folder.rows(try folder.stage(source, mapping)) == [
                ["1", nil], [nil, "NNW"], [nil, "E"], ["3", "W"],
            ])
        // Alone in a column of words, NA may be Namibia.
        let words = try folder.probe(try folder.write("code,country\nNA,x\nCN,y\n", to: "words.csv"))
        #expect(words.mapping.columns[0].nullMarkers == [""])
    }

    @Test func `NUL bytes reject their row`() throws {
        let source = try folder.write("a,b\nx,1\ny\u{0}z,2\nw,3\n")
        var limits = SourceLimits.standard
        limits.rejectedShareMax = 0.5
        let staged = try folder.stage(source, try folder.probe(source).mapping, limits: limits)
        #expect(try folder.rejects(staged).map(\.reason) == [.nulByte])
        #expect(try folder.rejects(staged).map(\.line) == [3])
    }

    @Test func `text after a closing quote rejects its row`() throws {
        let source = try folder.write("a,b\n\"x\"y,1\n\"z\",2\n")
        var limits = SourceLimits.standard
        limits.rejectedShareMax = 0.5
        let staged = try folder.stage(source, try folder.probe(source).mapping, limits: limits)
        #expect(try folder.rejects(staged).map(\.reason) == [.textAfterQuote])
        #expect(try folder.rows(staged) == [["z", "2"]])
    }

    @Test func `a quote that never closes is an error with its line`() throws {
        let source = try folder.write("a,b\n1,x\n2,\"open\n3,y\n")
        #expect(throws: SourceError.quoteNotClosed(line: 3)) { try folder.probe(source) }
    }

    @Test func `ten thousand columns are refused with their number`() throws {
        let header = (1...10_000).map { "c\($0)" }.joined(separator: ",")
        let row = (1...10_000).map(String.init).joined(separator: ",")
        let source = try folder.write(header + "\n" + row + "\n")
        #expect(throws: SourceError.tooManyColumns(found: 10_000, max: 2_000)) { try folder.probe(source) }
    }

    @Test(arguments: [false, true]) func `an endless line is refused with its number`(_ quoted: Bool) throws {
        // 2 GiB that take no disk: a hole in the file reads as NUL bytes.
        let source = try folder.write(quoted ? "a,b\n1,x\n2,\"" : "a,b\n1,x\n2,")
        guard case .text(let path) = source else { return }
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.truncate(atOffset: 2 << 30)
        try handle.close()
        var limits = SourceLimits.standard
        limits.lineBytesMax = 1 << 20
        let mapping = SourceMapping(
            encoding: .utf8, dialect: TextDialect(),
            columns: [
                ColumnMapping(position: 0, sourceName: "a", name: "a", type: .integer),
                ColumnMapping(position: 1, sourceName: "b", name: "b", type: .text),
            ])
        let overrides = ReadingOverrides(encoding: .utf8, delimiter: .comma)
        #expect(throws: SourceError.lineTooLong(line: 3, bytesMax: 1 << 20)) {
            try folder.probe(source, overrides, limits: limits)
        }
        // Straight at the reader, so that the test does not spend its time on the digest of two gibibytes.
        limits.fileBytesMax = 1 << 30
        #expect(throws: SourceError.fileTooLarge(bytes: 2 << 30, bytesMax: 1 << 30)) {
            try folder.stage(source, mapping, limits: limits)
        }
    }

    @Test func `work stops when it is cancelled and leaves nothing`() throws {
        let source = try folder.write("a\n" + String(repeating: "x\n", count: 20_000))
        let mapping = try folder.probe(source).mapping
        nonisolated(unsafe) var asked = 0
        #expect(throws: SourceError.cancelled) {
            try folder.stage(
                source, mapping,
                isCancelled: {
                    asked += 1
                    return asked > 4
                })
        }
        #expect(folder.stagedFiles.isEmpty)
    }

    @Test func `progress counts bytes and rows`() throws {
        let source = try folder.write("a\n" + String(repeating: "x\n", count: 10_000))
        let mapping = try folder.probe(source).mapping
        var last: StagingProgress?
        let staged = try folder.stage(source, mapping, report: { last = $0 })
        #expect(staged.rowsStaged == 10_000)
        #expect(last?.bytesRead == last?.bytesTotal && last?.rowsRead == 10_000)
    }

    @Test func `a header that changed since the mapping stops the staging`() throws {
        let mapping = try folder.probe(try folder.write("a,b\nx,1\n")).mapping
        let changed = try folder.write("a,c\nx,1\n")
        #expect(throws: SourceError.headerChanged(position: 1, expected: "b", found: "c")) {
            try folder.stage(changed, mapping)
        }
    }

    @Test(arguments: ["Rar!rest", "%PDF-1.7", "PAR1xxxx"])
    func `files that are no text are refused by name`(_ head: String) throws {
        let source = try folder.write(head)
        #expect {
            try folder.probe(source)
        } throws: { error in
            if case SourceError.notText = error { true } else { false }
        }
    }

    @Test func `files outside the folders are refused, links included`() throws {
        #expect(throws: SourceError.outsideFolders(path: "/etc/passwd")) {
            try folder.probe(.text(path: "/etc/passwd"))
        }
        let link = folder.path + "/link.csv"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/etc/passwd")
        #expect(throws: SourceError.outsideFolders(path: link)) { try folder.probe(.text(path: link)) }
        let climbing = folder.path + "/../../etc/passwd"
        #expect(throws: SourceError.self) { try folder.probe(.text(path: climbing)) }
        #expect(throws: SourceError.notAFile(path: folder.path + "/staged")) {
            try folder.probe(.text(path: folder.path + "/staged"))
        }
    }
}
