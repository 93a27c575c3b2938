import Foundation
import Kernel
import TestKit
import Testing

@testable import Lake

@Suite struct `A look for marks of secrecy` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }

    private func look(_ bytes: [UInt8], _ name: String) throws -> SecrecyFinding? {
        let path = "\(folder.path)/\(UUID().uuidString)"
        try Data(bytes).write(to: URL(filePath: path))
        return try SecrecyLook.look(at: path, named: name)
    }

    private func look(_ text: String, _ name: String = "a.csv") throws -> SecrecyFinding? {
        try look(Array(text.utf8), name)
    }

    private static let encodings = ["gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "big5"]

    /// As Python encodes it.
    private static func encoded(_ text: String, _ encoding: String) throws -> [UInt8] {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c", "import sys; sys.stdout.buffer.write(sys.argv[1].encode(sys.argv[2]))", text,
            encoding,
        ]
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        let bytes = Array(output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        return bytes
    }

    private func word(_ parts: [(String, String)]) -> [UInt8] {
        func xml(_ body: String) -> [UInt8] {
            Array("<?xml version=\"1.0\"?><w:x xmlns:w=\"w\">\(body)</w:x>".utf8)
        }
        return PackedFolder(made: parts.map { ($0.0, xml($0.1)) }).bytes
    }

    private func sheet(_ rows: String, name: String = "Sheet1", after: String = "") -> [UInt8] {
        let relations =
            "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
        return PackedFolder(made: [
            (
                "xl/workbook.xml",
                Array(
                    "<workbook xmlns:r=\"r\"><sheets><sheet name=\"\(name)\" r:id=\"r1\"/></sheets></workbook>"
                        .utf8)
            ), ("xl/_rels/workbook.xml.rels", Array(relations.utf8)),
            (
                "xl/sharedStrings.xml",
                Array("<sst><si><t>机关</t></si><si><r><t>机</t></r><r><t>密★20年</t></r></si></sst>".utf8)
            ),
            (
                "xl/worksheets/sheet1.xml",
                Array("<worksheet><sheetData>\(rows)</sheetData>\(after)</worksheet>".utf8)
            ),
        ]).bytes
    }

    @Test func `finds them in names, however they are written`() throws {
        for name in [
            "机密★10年 方案.csv", "【绝密】名单.xlsx", "名单（秘密）.csv", "機密名單.csv", "秘　密.csv", "机\u{200B}密.csv",
            "工作秘密-名单.csv",
            "祕密.txt", "folder/绝密.csv",
        ] { #expect(try look("a,b\n1,2\n", name)?.place == .name, "\(name)") }
        for name in [
            "商业秘密保护企业名录.csv", "国家秘密定密管理规定.txt", "机密级、秘密级国家秘密载体管理办法.txt", "机密计算平台.csv", "密级代码.csv",
            "个人秘密.csv", "★重点企业.csv", "工作秘密管理办法.txt", "机密性评估.csv",
        ] { #expect(try look("a,b\n1,2\n", name) == nil, "\(name)") }
    }

    @Test func `finds them above a table and with a star in it, and says in which line`() throws {
        let table = "姓名,住址,日期,金额\n甲,乙,丙,1\n甲,乙,丙,2\n"
        for (head, line) in [
            ("机密\n", 1), ("\n密级：绝密,,,\n", 2), ("000001,秘密★1年,特急,\n", 1), ("统计表,,,秘密\n", 1), ("【机密级】,,\n", 1),
            ("ＸＸ市统计表,,,機密☆長期\n", 1), ("工作秘密,,,\n", 1), ("密级:秘密 保密期限:十年,,,\n", 1),
        ] { #expect(try look(head + table)?.place == .line(line), "\(head)") }
        #expect(try look("姓名,密级\n甲,机密★20年\n")?.place == .line(2))
        #expect(try look("说明\n（秘密）\n", "a.txt")?.place == .line(2))
        #expect(try look("关于某事的函\n机密 特急\n正文", "a.txt")?.mark == "机密")
    }

    @Test func `takes no word for a mark that is a value, a title or prose`() throws {
        for text in [
            "文件,密级,份数\n甲,机密,1\n乙,秘密,2\n", "代码,名称\n1,绝密\n2,机密\n3,秘密\n", "密级\n绝密\n机密\n秘密\n", "绝密\n机密\n秘密\n",
            "法规,条\n国家秘密定密管理规定,1\n涉及商业秘密、机密信息的,2\n", "商业秘密★3年,a,b,c\nx,y,z,w\n1,2,3,4\n", "评级,星\n甲,★★★\n",
        ] { #expect(try look(text) == nil, "\(text)") }
        #expect(try look("应当保守国家秘密、商业秘密。\n分为绝密、机密、秘密三级。\n", "a.txt") == nil)
    }

    @Test(arguments: encodings)
    func `reads every encoding that tables come in`(_ encoding: String) throws {
        let traditional = encoding == "big5"
        let bytes = try Self.encoded(
            traditional ? "機密★20年\n姓名,住址,日期\n甲,乙,丙\n" : "机密★20年\r\n姓名,住址,日期\r\n甲,乙,丙\r\n", encoding)
        #expect(try look(bytes, "a.csv")?.mark == "机密")
    }

    @Test func `reads JSON beside its records, escapes and all`() throws {
        for text in [
            "{\"密级\":\"机密\",\"rows\":[{\"a\":1}]}", "{\"level\":\"\\u673a\\u5bc6\",\"rows\":[]}",
            "[{\"a\":\"秘密★1年\"}]",
        ] { #expect(try look(text, "a.json") != nil, "\(text)") }
        for text in [
            "[{\"文件\":\"甲\",\"密级\":\"机密\"}]", "{\"密级\":\"机密\"}\n{\"密级\":\"秘密\"}\n",
            "{\"rows\":[{\"密级\":\"机密\"}]}",
        ] { #expect(try look(text, "a.json") == nil, "\(text)") }
    }

    @Test func `joins the runs of a document, and looks above and below its pages`() throws {
        let split = "<w:p><w:r><w:t>机</w:t></w:r><w:r><w:t>密</w:t></w:r><w:r><w:t>★1年</w:t></w:r></w:p>"
        let plain = "<w:p><w:r><w:t>保守国家秘密</w:t></w:r></w:p>"
        #expect(try look(word([("word/document.xml", plain + split)]), "a.docx")?.place == .paragraph(2))
        #expect(
            try look(word([("word/document.xml", plain), ("word/header1.xml", split)]), "a.docx")?.place
                == .headerOrFooter)
        #expect(
            try look(
                word([("word/document.xml", plain), ("docProps/core.xml", "<w:k>绝密</w:k>")]), "a.docx")?
                .place == .properties)
        #expect(try look(word([("word/document.xml", plain)]), "a.docx") == nil)
    }

    @Test func `reads a workbook's titles, first rows and printed headers`() throws {
        let title = "<row r=\"1\"><c r=\"B1\" t=\"s\"><v>1</v></c></row>"
        let table =
            "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>姓名</t></is></c><c r=\"B2\" t=\"s\"><v>0</v></c></row>"
        #expect(try look(sheet(title + table), "a.xlsx")?.place == .cell(sheet: 1, address: "B1"))
        #expect(try look(sheet(table, name: "机密名单"), "a.xlsx")?.place == .sheetTitle(1))
        let header =
            "<headerFooter><oddHeader>&amp;L&amp;\"宋体\"&amp;12秘密★1年&amp;R&amp;P</oddHeader></headerFooter>"
        #expect(try look(sheet(table, after: header), "a.xlsx")?.place == .sheetHeader(1))
        #expect(try look(sheet(table), "a.xlsx") == nil)
    }

    @Test func `reads what a PDF says of itself, and what an archive holds`() throws {
        let utf16 = "<FEFF" + "机密".utf16.map { String($0, radix: 16) }.joined() + ">"
        #expect(try look("%PDF-1.4\n1 0 obj <</Title \(utf16)>> endobj", "a.pdf")?.place == .properties)
        #expect(try look("%PDF-1.4\n1 0 obj <</Title (plain)>> endobj", "a.pdf") == nil)
        let archive = PackedFolder(made: [
            ("a.csv", Array("a,b\n1,2\n".utf8)), ("b.csv", Array("机密★1年\na,b\n".utf8)),
        ])
        #expect(try look(archive.bytes, "a.zip")?.place == .member(2))
    }

    @Test func `costs no more for a large file than for a small one`() throws {
        let path = "\(folder.path)/large.csv"
        try Data().write(to: URL(filePath: path))
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.write(contentsOf: Data("姓名,住址\n".utf8))
        // A hole: a gigabyte that takes no disk.
        try handle.truncate(atOffset: 1 << 30)
        try handle.close()
        let start = ContinuousClock.now
        _ = try SecrecyLook.look(at: path, named: "large.csv")
        #expect(ContinuousClock.now - start < .milliseconds(500))
    }
}

@Suite(.enabled(if: SharedData.isPresent)) struct `Real files and marks of secrecy` {
    @Test func `none of them is refused falsely`() throws {
        let files = try FileManager.default.subpathsOfDirectory(atPath: SharedData.folder)
        var looked = 0
        for file in files {
            var isFolder: ObjCBool = false
            let path = "\(SharedData.folder)/\(file)"
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue
            else { continue }
            let finding = try SecrecyLook.look(at: path, named: URL(filePath: path).lastPathComponent)
            #expect(finding == nil, "\(file)")
            looked += 1
        }
        #expect(looked > 100)
    }
}
