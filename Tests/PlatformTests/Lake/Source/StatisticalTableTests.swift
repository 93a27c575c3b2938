import Foundation
import Kernel
import Lake
import Policy
import Testing

/// Tables as statisticians print them: headings over several columns, and rows that add up the others.
@Suite struct `Taking in a printed table` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }

    private let printed = """
        2025年城乡低保情况,,,,
        县区,2024年,,2025年,
        ,户数,人数,户数,人数
        源城区,120,310,118,301
        紫金县,540,1322,533,1290
        小计,660,1632,651,1591
        龙川县,410,998,402,975
        合  计：,1070,2630,1053,2566

        """

    @Test func `names are put together from headings and what stands below them`() throws {
        let probe = try folder.probe(try folder.write(printed))
        #expect(
            probe.mapping.columns.map(\.name) == ["县区", "2024年 户数", "2024年 人数", "2025年 户数", "2025年 人数"])
        #expect(probe.mapping.dialect?.header == .line(3))
        #expect(probe.mapping.dialect?.headingsFrom == 2)
        #expect(probe.warnings.contains { $0.key == "source.warning.headings" })
        #expect(
            probe.warnings.first { $0.key == "source.warning.titles-skipped" }?.arguments["count"] == "1")
        #expect(probe.mapping.columns.dropFirst().allSatisfy { $0.type == .integer })
    }

    @Test func `rows of totals are no rows, and are told with line and text`() throws {
        let source = try folder.write(printed)
        let probe = try folder.probe(source)
        #expect(probe.sampledRows == 3)
        let told = try #require(probe.warnings.first { $0.key == "source.warning.totals" })
        #expect(told.arguments == ["count": "2", "line": "6"])
        let staged = try folder.stage(source, probe.mapping)
        #expect(
            try folder.rows(staged).map { $0[0] } == ["源城区", "紫金县", "龙川县"])
        // Two of five rows: many more than may be faulty, and no reason to refuse the table.
        #expect(staged.rowsRead == 5 && staged.rowsRejected == 2)
        let rejects = try folder.rejects(staged)
        #expect(rejects.map(\.line) == [6, 8])
        #expect(rejects.map(\.reason) == [.totalsRow, .totalsRow])
        #expect(rejects.first?.excerpt == "小计 660 1632 651 1591")
    }

    @Test func `a person can keep them as rows`() throws {
        let source = try folder.write(printed)
        let probe = try folder.probe(source, ReadingOverrides(totals: .kept))
        #expect(probe.mapping.totals == .kept)
        #expect(!probe.warnings.contains { $0.key == "source.warning.totals" })
        let staged = try folder.stage(source, probe.mapping)
        #expect(staged.rowsStaged == 5 && staged.rowsRejected == 0)
    }

    @Test func `a mapping from before the question keeps them, and one line is its header`() throws {
        let source = try folder.write(printed)
        let probe = try folder.probe(source)
        var old = try #require(
            try JSONSerialization.jsonObject(with: try JSONEncoder().encode(probe.mapping)) as? [String: Any])
        old["totals"] = nil
        let mapping = try JSONDecoder().decode(
            SourceMapping.self, from: try JSONSerialization.data(withJSONObject: old))
        #expect(try folder.stage(source, mapping).rowsStaged == 5)
    }

    @Test(arguments: [
        "Total,10,20", "合計,1,2", "Sub-total (yuan),3,4", "总计（万元）,,7", "  合计 ,1,",
    ]) func `is a row of totals`(_ line: String) throws {
        let source = try folder.write("区县,甲,乙\n源城,1,2\n紫金,3,4\n\(line)\n")
        let staged = try folder.stage(source, try folder.probe(source).mapping)
        #expect(staged.rowsStaged == 2 && staged.rejectsByReason == ["totals-row": 1])
    }

    @Test(arguments: [
        "合计数据服务有限公司,1,2", "合计,,", "Totally,1,2", "源城合计,1,2", "Tom,1,2",
    ]) func `is a row like others`(_ line: String) throws {
        let source = try folder.write("区县,甲,乙\n源城,1,2\n紫金,3,4\n\(line)\n")
        let staged = try folder.stage(source, try folder.probe(source).mapping)
        #expect(staged.rowsStaged == 3 && staged.rejectsPath == nil)
    }

    @Test(arguments: [
        // All words: nothing says that the second line names anything.
        ("姓名,,地址\n甲,乙,丙\n丁,戊,己\n庚,辛,壬\n", 1),
        // Numbers in the second line: it is a row.
        ("县区,2024年,\n源城,1,2\n紫金,3,4\n", 1),
        // No heading has a blank beside it.
        ("县区,户数,人数\n单位,户,人\n源城,1,2\n紫金,3,4\n", 1),
    ]) func `one line of names stays one`(_ text: String, _ line: Int64) throws {
        let probe = try folder.probe(try folder.write(text))
        #expect(probe.mapping.dialect?.header == .line(line))
        #expect(probe.mapping.dialect?.headingsFrom == nil)
    }

    @Test func `a heading with names below it that changed is a changed header`() throws {
        let source = try folder.write(printed)
        let probe = try folder.probe(source)
        let other = try folder.write(
            printed.replacing("2024年,,2025年,", with: "2024年,,2026年,"), to: "other.csv")
        #expect(throws: SourceError.self) { try folder.stage(other, probe.mapping) }
    }

    @Test func `three lines of headings, one of them with quotes and breaks, are one header`() throws {
        let probe = try folder.probe(
            try folder.write(
                """
                地区,救助,,,
                ,"城市
                低保",,农村低保,
                ,户数,人数,户数,人数
                源城区,1,2,3,4
                紫金县,5,6,7,8

                """))
        #expect(
            probe.mapping.columns.map(\.name) == [
                "地区", "救助 城市 低保 户数", "救助 城市 低保 人数", "救助 农村低保 户数", "救助 农村低保 人数",
            ])
        #expect(probe.sampledRows == 2)
    }
}
