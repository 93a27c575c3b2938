import Foundation
import Kernel
import Lake
import Policy
import TestKit
import Testing

@Suite struct `A sheet of a workbook` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }

    private func staged(_ book: WorkbookFile, _ overrides: ReadingOverrides = .init()) throws -> Staged {
        let source = try book.write(to: folder)
        return try folder.stage(source, try folder.probe(source, overrides).mapping)
    }

    @Test func `is read cell by cell: texts that are shared, written inline or formatted, numbers, truths`()
        throws
    {
        let book = WorkbookFile(
            """
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>
            <row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2"><v>1.1000000000000001</v></c><c r="C2" t="b"><v>1</v></c></row>
            <row r="3"><c r="A3" t="inlineStr"><is><t>换_x000D_行</t></is></c><c r="B3"><v>250</v></c><c r="C3" t="b"><v>0</v></c></row>
            <row r="4"><c r="A4" t="str"><f>B3&amp;"x"</f><v>250x</v></c><c r="B4"><f>B3/4</f><v>62.5</v></c></row>
            """,
            strings: [
                "<t>名称</t>", "<t>金额</t>", "<t>有效</t>",
                "<r><t>和平</t></r><r><rPr/><t xml:space=\"preserve\"> 县</t></r><rPh sb=\"0\" eb=\"1\"><t>hé</t></rPh>",
            ])
        let source = try book.write(to: folder)
        let probe = try folder.probe(source)
        #expect(probe.mapping.sheet == SheetReading(name: "表1", header: .line(1)))
        #expect(
            probe.mapping.columns.map(\.type) == [.text, .decimal(precision: 18, scale: 1), .boolean])
        #expect(
            try folder.rows(try folder.stage(source, probe.mapping)) == [
                ["和平 县", "1.1", "true"], ["换\r行", "250.0", "false"], ["250x", "62.5", nil],
            ])
    }

    @Test func `has its rows and cells where they say they are, or one after the other`() throws {
        let said = WorkbookFile(
            WorkbookFile.rows([["a", "b", "c"]], from: 3)
                + "<row r=\"5\"><c r=\"C5\"><v>7</v></c></row><row r=\"6\"/><row r=\"9\"><c r=\"A9\"><v>1</v></c></row>"
        )
        let staged = try staged(said)
        #expect(try folder.rows(staged) == [[nil, nil, "7"], ["1", nil, nil]])
        #expect(staged.blankLines == 6)
        let unsaid = WorkbookFile(
            "<row><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c></row><row><c><v>1</v></c><c><v>2</v></c></row>"
        )
        #expect(try folder.rows(try self.staged(unsaid)) == [["1", "2"]])
    }

    @Test(arguments: [
        (false, "yyyy\\-mm\\-dd", "44562", "2022-01-01"), (true, "yyyy-mm-dd", "43100", "2022-01-01"),
        (false, "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@", "1", "1900-01-01"),
        (false, "[$-804]yyyy/m/d", "61", "1900-03-01"), (false, "m/d/yy", "59.0", "1900-02-28"),
        (true, "d", "0", "1904-01-01"), (false, "yyyy-mm-dd", "2958465", "9999-12-31"),
    ]) func `has dates in both epochs`(epoch: Bool, format: String, serial: String, date: String) throws {
        let book = WorkbookFile(
            WorkbookFile.rows([["日期"]]) + "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>\(serial)</v></c></row>",
            formats: [format], has1904Epoch: epoch)
        let source = try book.write(to: folder)
        let probe = try folder.probe(source)
        #expect(probe.mapping.columns.map(\.type) == [.date])
        #expect(try folder.rows(try folder.stage(source, probe.mapping)) == [[date]])
    }

    @Test func `has points in time, times of day, durations, and a day that never was`() throws {
        let book = WorkbookFile(
            WorkbookFile.rows([["时间", "时刻", "时长", "日"]])
                + """
                <row r="2"><c r="A2" s="1"><v>44562.5</v></c><c r="B2" s="2"><v>0.39583333333333331</v></c><c r="C2" s="3"><v>1.5</v></c><c r="D2" s="4"><v>60</v></c></row>
                <row r="3"><c r="A3" s="1"><v>44562.999999999</v></c><c r="B3" s="2"><v>0</v></c><c r="C3" s="3"><v>2</v></c><c r="D3" s="4"><v>44562</v></c></row>
                """,
            formats: ["yyyy-mm-dd hh:mm", "h:mm AM/PM", "[h]:mm", "yyyy-mm-dd"])
        let source = try book.write(to: folder)
        var mapping = try folder.probe(source).mapping
        #expect(mapping.columns[0].type == .timestamp)
        mapping.columns[3].type = .text
        #expect(
            try folder.rows(try folder.stage(source, mapping)) == [
                ["2022-01-01 04:00:00", "09:30:00", "1.5", "1900-02-29"],
                ["2022-01-01 16:00:00", "00:00:00", "2.0", "2022-01-01"],
            ])
    }

    @Test func `takes dates that were typed as text`() throws {
        let book = WorkbookFile(WorkbookFile.rows([["登记日期"], ["2022.1.13"], ["2022.11.3"]]))
        #expect(try folder.rows(try staged(book)) == [["2022-01-13"], ["2022-11-03"]])
    }

    @Test func `has no identifiers left where they were typed as numbers, and says in which cell`() throws {
        let good = (2...60).map {
            "<row r=\"\($0)\"><c r=\"A\($0)\" t=\"inlineStr\"><is><t>4416001990010112\(10 + $0 % 90)</t></is></c></row>"
        }
        let book = WorkbookFile(
            WorkbookFile.rows([["身份证号"]]) + good.joined()
                + "<row r=\"61\"><c r=\"A61\"><v>4.4160019900101101E+17</v></c></row>")
        let source = try book.write(to: folder)
        let probe = try folder.probe(source)
        #expect(probe.warnings.contains { $0.key == "source.warning.damaged" })
        let staged = try folder.stage(source, probe.mapping)
        let rejects = try folder.rejects(staged)
        #expect(rejects.map(\.cell) == ["A61"])
        #expect(rejects.first?.reason == .damagedBySpreadsheet)
        #expect(rejects.first?.excerpt == "4.41600199001011E+17")
        #expect(rejects.first?.place == "身份证号 (A61)")
        #expect(staged.rowsStaged == 59)
    }

    @Test
    func `refuses a formula that came to an error or to nothing, unless it means that nothing is known`()
        throws
    {
        let plain = (2...300).map { "<row r=\"\($0)\"><c r=\"A\($0)\"><v>\($0)</v></c></row>" }.joined()
        let book = WorkbookFile(
            WorkbookFile.rows([["数"]]) + plain
                + """
                <row r="301"><c r="A301" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>
                <row r="302"><c r="A302"><f>B1</f></c></row>
                <row r="303"><c r="A303" t="e"><f>NA()</f><v>#N/A</v></c></row>
                <row r="304"><c r="A304" t="str"><f>IF(TRUE,"")</f><v></v></c></row>
                """)
        let staged = try staged(book)
        #expect(try folder.rejects(staged).map(\.cell) == ["A301", "A302"])
        #expect(try folder.rejects(staged).allSatisfy { $0.reason == .formulaFault })
        #expect(staged.rowsStaged == 300)
    }

    @Test func `repeats what is merged over several rows, and says so`() throws {
        let book = WorkbookFile(
            WorkbookFile.rows([["县", "镇"], ["和平县", "阳明镇"], ["", "大坝镇"], ["", "长塘镇"], ["龙川县", "老隆镇"]]),
            merged: ["A2:A4"])
        let source = try book.write(to: folder)
        let probe = try folder.probe(source)
        #expect(probe.warnings.map(\.key) == ["source.warning.merged"])
        #expect(
            try folder.rows(try folder.stage(source, probe.mapping)) == [
                ["和平县", "阳明镇"], ["和平县", "大坝镇"], ["和平县", "长塘镇"], ["龙川县", "老隆镇"],
            ])
    }

    @Test func `has one header, however many rows it takes, below however many titles`() throws {
        let book = WorkbookFile(
            WorkbookFile.rows([
                ["河源市充电设施统计表"], ["单位：个", "", "", ""], ["区县", "直流", "", "合计"], ["", "数量", "功率", ""],
                ["源城区", "12", "3", "15"], ["东源县", "7", "2", "9"],
            ]), merged: ["A1:D1", "A3:A4", "B3:C3", "D3:D4"])
        let source = try book.write(to: folder)
        let probe = try folder.probe(source)
        #expect(probe.mapping.sheet?.header == .line(4))
        #expect(probe.mapping.columns.map(\.name) == ["区县", "直流 数量", "直流 功率", "合计"])
        let titles = Message("source.warning.titles-skipped", ["count": "2"])
        #expect(probe.warnings.contains(titles))
        let confirmed = try folder.probe(source, ReadingOverrides(header: .line(4)))
        #expect(confirmed.mapping == probe.mapping && confirmed.warnings == probe.warnings)
        #expect(try folder.stage(source, probe.mapping).rowsStaged == 2)
        // Another heading is another column.
        var other = book
        other["xl/worksheets/sheet0.xml"] = Array(
            String(decoding: book["xl/worksheets/sheet0.xml"] ?? [], as: UTF8.self)
                .replacing("直流", with: "交流").utf8)
        let changed = try other.write(to: folder)
        #expect(
            throws: SourceError.headerChanged(position: 1, expected: "直流 数量", found: "交流 数量")
        ) { try folder.stage(changed, probe.mapping) }
    }

    @Test func `is the first that is not hidden, or the one that is named`() throws {
        let book = WorkbookFile(sheets: [
            ("隐藏", "hidden", WorkbookFile.sheet(WorkbookFile.rows([["x"], ["0"]]))),
            ("甲", "visible", WorkbookFile.sheet(WorkbookFile.rows([["a"], ["1"]]))),
            ("乙", "visible", WorkbookFile.sheet(WorkbookFile.rows([["b"], ["2"]]))),
            ("空", "visible", WorkbookFile.sheet("")),
        ])
        let source = try book.write(to: folder)
        let first = try folder.probe(source)
        #expect(first.sheets == ["隐藏", "甲", "乙", "空"])
        #expect(first.mapping.columns.map(\.name) == ["a"])
        #expect(first.warnings.map(\.key) == ["source.warning.other-sheets"])
        let named = try folder.probe(source, ReadingOverrides(sheet: "乙"))
        #expect(named.mapping.columns.map(\.name) == ["b"] && named.warnings.isEmpty)
        #expect(try folder.rows(try folder.stage(source, named.mapping)) == [["2"]])
        #expect(throws: SourceError.sheetMissing(name: "丙", names: first.sheets)) {
            try folder.probe(source, ReadingOverrides(sheet: "丙"))
        }
        #expect(throws: SourceError.sheetEmpty(name: "空", names: first.sheets)) {
            try folder.probe(source, ReadingOverrides(sheet: "空"))
        }
    }

    @Test func `rejects a row with a cell beyond the table`() throws {
        let rows = [["a", "b"]] + (0..<500).map { ["\($0)", "x"] } + [["1", "2", "3"]]
        let staged = try staged(WorkbookFile(WorkbookFile.rows(rows)))
        let reject = try #require(try folder.rejects(staged).first)
        #expect(reject.reason == .cellCount && reject.line == 502 && reject.foundCells == 3)
        #expect(staged.rowsStaged == 500)
    }
}

@Suite struct `A workbook that is none` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }
    private static let rows = WorkbookFile.rows([["a", "b"], ["1", "2"]])

    private func word(_ book: WorkbookFile, limits: SourceLimits = .standard) throws -> String? {
        let source = try book.write(to: folder)
        let error = #expect(throws: SourceError.self) { try folder.probe(source, limits: limits) }
        return error?.problem.message.key
    }

    @Test(arguments: [
        (
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600),
            "not-workbook"
        ),
        (Array("a,b\n1,2\n".utf8), "not-workbook"), ([], "empty"),
        (Array("PK\u{3}\u{4}".utf8), "packed-damaged"),
    ]) func `is refused by name`(bytes: [UInt8], word: String) throws {
        _ = try folder.write(bytes, to: "book.xlsx")
        let error = #expect(throws: SourceError.self) {
            try folder.probe(Source(file: "\(folder.path)/book.xlsx"))
        }
        #expect(error?.problem.message.key == "source.\(word)")
    }

    @Test func `for want of a workbook in it is refused as what it is`() throws {
        var book = WorkbookFile(Self.rows)
        book["xl/workbook.xml"] = nil
        book["content.xml"] = []
        let source = try book.write(to: folder)
        #expect(throws: SourceError.notWorkbook(format: "OpenDocument (ods)")) { try folder.probe(source) }
    }

    @Test func `names no file outside itself and defines no entity`() throws {
        var book = WorkbookFile(Self.rows)
        book["xl/worksheets/sheet0.xml"] = Array(
            """
            <!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>
            <worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>
            """.utf8)
        #expect(try word(book) == "source.workbook-forbidden")
        var outside = WorkbookFile(Self.rows)
        outside["xl/_rels/workbook.xml.rels"] = Array(
            """
            <Relationships><Relationship Id="r0" Type="http://x/worksheet" Target="file:///etc/passwd" TargetMode="External"/></Relationships>
            """.utf8)
        #expect(try word(outside) == "source.empty")
    }

    @Test(arguments: [
        (String(repeating: "<x>", count: 100) + String(repeating: "</x>", count: 100), "workbook-forbidden"),
        ("<row r=\"1\"><c r=\"A1\"><v>1</v>", "workbook-damaged"),
        ("<row r=\"2\"/><row r=\"2\"/>", "workbook-damaged"), ("<row r=\"1048577\"/>", "workbook-damaged"),
        ("<row r=\"1\"><c r=\"A2\"/></row>", "workbook-damaged"),
        ("<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>", "workbook-damaged"),
        ("<row r=\"1\"><c r=\"XFE1\"/></row>", "workbook-damaged"),
        ("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>9</v></c></row>", "workbook-damaged"),
        ("<row r=\"1\"><c r=\"CCC1\"><v>1</v></c></row>", "too-many-columns"),
    ]) func `breaks a rule of its format`(rows: String, word: String) throws {
        #expect(try self.word(WorkbookFile(rows)) == "source.\(word)")
    }

    @Test func `is beyond a limit`() throws {
        var limits = SourceLimits.standard
        limits.lineBytesMax = 1000
        let long = String(repeating: "字", count: 500)
        #expect(
            try word(WorkbookFile(WorkbookFile.rows([["a"], [long]])), limits: limits)
                == "source.line-too-long")
        let shared = WorkbookFile(
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>", strings: ["<t>\(long)</t>"])
        #expect(try word(shared, limits: limits) == "source.workbook-too-large")
    }

    /// Behind the sums of the archive: XML that no spreadsheet wrote.
    @Test func `is refused or read, whatever stands in its parts`() throws {
        let rows = (0..<40).map { ["\($0)", "名\($0)", "2022-01-\(10 + $0 % 20)"] }
        let book = WorkbookFile(
            WorkbookFile.rows([["编号", "名称", "日期"]] + rows), merged: ["A2:A4", "B1:C1"],
            formats: ["yyyy-mm-dd"])
        let mapping = try folder.probe(try book.write(to: folder)).mapping
        var refused = 0
        try Damage.rounds(400, seed: 441_600) { round, random in
            var damaged = book
            let name = random.pick(book.parts.map(\.name))
            damaged[name] = Damage.done(to: book[name] ?? [], using: &random)
            let source = try damaged.write(to: folder, "damaged-\(round % 8).xlsx")
            do {
                _ = try folder.probe(source)
                let staged = try folder.stage(source, mapping)
                #expect(staged.rowsRead <= 60)
            } catch is SourceError { refused += 1 }
        }
        #expect(refused > 50)
    }
}
