import DuckDB
import Foundation
import Lake
import Policy
import TestKit
import Testing

/// Tables that go back to whoever brought them.
@Suite struct `A list that is read to go back` {
    private func read(
        _ folder: SourceFolder, _ source: Source, watched: [Int] = [], rowsMax: Int64 = 1_000
    ) throws -> (answer: ReadListTask.Answer, rows: [ListRow]) {
        let probe = try folder.probe(source)
        let batches = Batches()
        let context = WorkerContext(
            connect: { [folder] in folder.connection }, limits: WorkerLimits(temporaryFolder: folder.path),
            report: { _ in }, isCancelled: { false }, usePseudonymKey: { _ in }, emit: { batches.add($0) })
        let answer = try ReadListTask(
            source: source, mapping: probe.mapping, watched: watched, confinement: folder.confinement,
            rowsMax: rowsMax
        ).run(in: context)
        return (
            answer,
            try batches.all.flatMap { try ListRow.rows($0, columns: probe.mapping.columns.count) }
        )
    }

    @Test func `keeps the titles above its header, merged or not, and the place of every row`() throws {
        let folder = try SourceFolder()
        let rows =
            WorkbookFile.rows([["源城区临时救助申请名单"], ["填报单位：民政办"]])
            + WorkbookFile.rows([["序号", "身份证号", "姓名"], ["1", "441600199001010010", "张三"]], from: 4)
            + WorkbookFile.rows([["2", "441600199001010029", ""]], from: 7)
        let source = try WorkbookFile(rows, merged: ["A1:C1"]).write(to: folder)
        let (answer, found) = try read(folder, source)
        #expect(answer.rows == 2 && !answer.isCutOff)
        #expect(found.map(\.line) == [1, 2, 4, 5, 7])
        #expect(found.map(\.kind) == [.title, .title, .header, .row, .row])
        #expect(found[0].cells == ["源城区临时救助申请名单", "", ""])
        #expect(found[1].cells == ["填报单位：民政办", "", ""])
        #expect(found[2].cells == ["序号", "身份证号", "姓名"])
        #expect(found[4].cells == ["2", "441600199001010029", ""])
    }

    @Test func `names what a spreadsheet destroyed in a watched column, and leaves the others alone`() throws
    {
        let folder = try SourceFolder()
        let head = WorkbookFile.rows([["身份证号", "银行卡号"]])
        let cells =
            "<row r=\"2\"><c r=\"A2\"><v>4.41600199001011E+17</v></c><c r=\"B2\"><v>6.2E+18</v></c></row>"
            + "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>441600199001010010</t></is></c><c r=\"B3\"><v>6.2E+18</v></c></row>"
        let source = try WorkbookFile(head + cells).write(to: folder)
        let found = try read(folder, source, watched: [0]).rows.filter { $0.kind == .row }
        #expect(found.map { $0.fault?.reason } == [.damagedBySpreadsheet, nil])
        #expect(found[0].fault?.position == 0)
    }

    @Test func `says of a text which rows have more cells than the header, and fills up the others`() throws {
        let folder = try SourceFolder()
        let source = try folder.write("号码,姓名\r\nA1,张三\r\nA2\r\nA3,李四,多余\r\n")
        let found = try read(folder, source).rows.filter { $0.kind == .row }
        #expect(found.map(\.cells) == [["A1", "张三"], ["A2", ""], ["A3", "李四"]])
        #expect(found.map { $0.fault?.reason } == [nil, nil, .cellCount])
    }

    @Test func `ends at its limit of rows`() throws {
        let folder = try SourceFolder()
        let source = try folder.write("号码,姓名\r\n" + String(repeating: "A1,张三\r\n", count: 30))
        #expect(try read(folder, source, rowsMax: 29).answer.isCutOff)
        #expect(try !read(folder, source, rowsMax: 30).answer.isCutOff)
    }

    @Test func `goes back without a formula, with identifiers as text`() throws {
        let folder = try SourceFolder()
        let draft = "\(folder.path)/draft.xlsx"
        let book = try ReturnedWorkbook(draft: draft, temporaryFolder: folder.path)
        try book.begin(sheet: "名单", widths: [10], frozen: (0, 0))
        let cells = ["=1+1", "+8613800000000", "441600199001010010", "007", "@SUM(A1)", "-3"]
        try book.put("号码", row: 0, column: 0, .head)
        for (row, cell) in cells.enumerated() { try book.put(cell, row: row + 1, column: 0) }
        try book.put(.integer(441_600_199_001_010_010), row: 7, column: 0)
        let path = "\(folder.path)/back.xlsx"
        let (bytes, sha256) = try book.finish(to: path)
        #expect(bytes > 0 && sha256.count == 64 && !FileManager.default.fileExists(atPath: draft))
        let found = try read(folder, .workbook(path: path)).rows
        #expect(found.map { $0.cells[0] } == ["号码"] + cells + ["441600199001010010"])
        #expect(found.allSatisfy { $0.fault == nil })
    }

    @Test
    func `is made of a page's rows: text as it is, numbers as numbers, and nothing when it is too much`()
        async throws
    {
        let folder = try SourceFolder()
        let book = try TableWorkbook(["行号", "内容"], sheet: "行", in: folder.path, rowsMax: 3)
        let long = String(repeating: "长", count: 32_767)
        try await book.append([
            [.number(7), .text("=HYPERLINK(\"http://x\")")],
            [.number(441_600_199_001_010_010), .text("a\0b")],
            [.number(-3), .text(long)],
        ])
        await #expect(throws: LakeError.tableTooLong(rows: 4, rowsMax: 3)) {
            try await book.append([[.number(1)]])
        }
        var made: MadeWorkbook? = try await book.finish()
        let path = try #require(made?.path)
        let found = try read(folder, .workbook(path: path)).rows.map(\.cells)
        #expect(
            found == [
                ["行号", "内容"], ["7", "=HYPERLINK(\"http://x\")"], ["441600199001010010", "a␀b"], ["-3", long],
            ])
        made = nil

        let other = try TableWorkbook(["内容"], sheet: "行", in: folder.path)
        await #expect(throws: LakeError.excelTextTooLong(row: 1, charactersMax: 32_767)) {
            try await other.append([[.text(long + "长")]])
        }
    }
}

private final class Batches: @unchecked Sendable {
    private let lock = NSLock()
    private var batches: [[UInt8]] = []
    var all: [[UInt8]] { lock.withLock { batches } }
    func add(_ batch: [UInt8]) { lock.withLock { batches.append(batch) } }
}
