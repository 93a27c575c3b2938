import Foundation
import Lake
import Testing

@testable import Letters

@Suite struct `Templates in .docx` {
    private static let text = WordSample.paragraph("{{正文}}")

    @Test func `with macros, in whatever way, are refused`() {
        let macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
        let vba = "<Override PartName=\"/word/x\" ContentType=\"application/vnd.ms-office.vbaProject\"/>"
        for bytes in [
            WordSample.bytes(Self.text, types: WordSample.types(macro)),
            WordSample.bytes(Self.text, types: WordSample.types(more: vba)),
            WordSample.bytes(Self.text, more: [("word/vbaProject.bin", "x")]),
            WordSample.bytes(Self.text, more: [("word/VBAdata.xml", "<x/>")]),
            WordSample.bytes(
                Self.text,
                more: [
                    (
                        "word/_rels/document.xml.rels",
                        "<R><Relationship Type=\"http://x/vbaProject\" Target=\"a\"/></R>"
                    )
                ]),
        ] {
            #expect(WordSample.fault(bytes) == .macros)
        }
    }

    @Test func `that fetch, embed or run anything are refused by name`() {
        func relation(_ inner: String) -> [UInt8] {
            WordSample.bytes(
                Self.text, more: [("word/_rels/settings.xml.rels", "<R><Relationship \(inner)/></R>")])
        }
        #expect(
            WordSample.fault(relation("Target=\"http://evil/a.dotm\" TargetMode=\"External\""))
                == .external(part: "http://evil/a.dotm"))
        #expect(
            WordSample.fault(relation("Type=\"http://x/aFChunk\" Target=\"a.html\""))
                == .embedded(part: "a.html"))
        #expect(
            WordSample.fault(WordSample.bytes(Self.text, more: [("word/embeddings/a.xlsx", "x")]))
                == .embedded(part: "word/embeddings/a.xlsx"))
        let split =
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> DDE</w:instrText></w:r>"
            + "<w:r><w:instrText>AUTO c:\\\\x</w:instrText></w:r></w:p>"
        #expect(WordSample.fault(WordSample.bytes(Self.text + split)) == .field("DDEAUTO"))
        let simple = "<w:p><w:fldSimple w:instr=\"INCLUDETEXT x\"/></w:p>"
        #expect(WordSample.fault(WordSample.bytes(Self.text + simple)) == .field("INCLUDETEXT"))
        let page = "<w:p><w:fldSimple w:instr=\" PAGE \"/></w:p>"
        #expect(WordSample.fault(WordSample.bytes(Self.text + page)) == nil)
    }

    @Test func `may link and embed when they are only handed on, and hold no macros even then`() {
        let linked = WordSample.bytes(
            Self.text,
            more: [
                (
                    "word/_rels/document.xml.rels",
                    "<R><Relationship Target=\"http://x\" TargetMode=\"External\"/></R>"
                ),
                ("word/embeddings/a.xlsx", "x"),
            ])
        #expect(throws: Never.self) { try WordDocument(linked, isHandedOn: true) }
        #expect(throws: DocumentFault.self) { try WordDocument(linked) }
        let macros = WordSample.bytes(Self.text, more: [("word/vbaProject.bin", "x")])
        #expect(throws: DocumentFault.macros) { try WordDocument(macros, isHandedOn: true) }
    }

    @Test func `that are no sound document are refused`() {
        let doctype = WordSample.body(Self.text).replacing("<w:document", with: "<!DOCTYPE x><w:document")
        let torn = WordSample.body(Self.text).replacing("</w:body>", with: "")
        for content in [doctype, torn, "", "<w:document>", "\u{1}"] {
            let parts = [("[Content_Types].xml", WordSample.types()), ("word/document.xml", content)]
            let bytes = PackedFolder(made: parts.map { ($0.0, Array($0.1.utf8)) }).bytes
            #expect(WordSample.fault(bytes) == .notDocument, "\(content.prefix(40))")
        }
        var damaged = WordSample.bytes(Self.text)
        damaged[120] ^= 0xFF
        #expect(WordSample.fault(damaged) != nil)
        #expect(WordSample.fault(Array("PK\u{3}\u{4}".utf8)) == .notDocument)
        #expect(WordSample.fault([]) == .notDocument)
        let dotx = WordSample.main.replacing("document.main", with: "template.main")
        #expect(
            WordSample.fault(WordSample.bytes(Self.text, types: WordSample.types(dotx))) == .notDocument)
        let twice = PackedFolder(made: [("a", []), ("a", [])]).bytes
        #expect(WordSample.fault(twice) == .notDocument)
        let many = PackedFolder(made: (0..<500).map { ("f\($0)", []) }).bytes
        #expect(WordSample.fault(many) == .notDocument)
        let bomb = PackedFolder(made: [("a", [UInt8](repeating: 0, count: 17 << 20))]).bytes
        #expect(WordSample.fault(bomb) == .tooLargeUnpacked(bytesMax: 16 << 20))
        let deep = String(repeating: "<a>", count: 300) + String(repeating: "</a>", count: 300)
        #expect(WordSample.fault(WordSample.bytes(Self.text + deep)) == .notDocument)
    }

    @Test func `say by word which placeholder is not known, missing or unfinished`() {
        #expect(
            WordSample.fault(WordSample.bytes(Self.text + WordSample.paragraph("{{签名}}{{文", "号}}")))
                == .placeholdersUnknown(["签名"]))
        #expect(
            WordSample.fault(WordSample.bytes(WordSample.paragraph("{{文号}}"))) == .placeholderMissing("正文"))
        #expect(
            WordSample.fault(WordSample.bytes(Self.text + WordSample.paragraph("致 {{主送")))
                == .placeholderOpen("{{主送"))
    }

    @Test func `are filled in: joined over runs, escaped, a paragraph a line, the rest as it was`() throws {
        let kept = "<w:p><w:r><w:t>不变 &amp; 原样</w:t></w:r></w:p>"
        let header = "<w:hdr><w:p><w:r><w:t>{{文号}}</w:t></w:r></w:p></w:hdr>"
        let bytes = WordSample.bytes(
            WordSample.paragraph("{", "{文", "号}} 致 {{主", "送}}：") + kept + Self.text
                + WordSample.paragraph("抄送：{{抄送}}"),
            more: [("word/header1.xml", header), ("word/styles.xml", "<s>{{正文}}</s>")])
        let document = try WordDocument(bytes)
        #expect(try document.checkedPlaceholders() == ["文号", "主送", "正文", "抄送"])
        let filled = try document.filled(with: [
            "文号": "河数〔2026〕12号", "主送": "A<B & \"C\"", "正文": "第一段\n{{文号}}\n第三段\u{1}", "抄送": "甲\n乙",
        ])
        let text = try WordSample.text(filled)
        #expect(text.contains(kept))
        #expect(text.contains("A&lt;B &amp; &quot;C&quot;") && !text.contains("{{主"))
        #expect(
            try filled.paragraphs() == [
                "河数〔2026〕12号 致 A<B & \"C\"：", "不变 & 原样", "第一段", "{{文号}}", "第三段", "抄送：甲乙", "河数〔2026〕12号",
            ])
        #expect(text.contains("甲</w:t><w:br/><w:t xml:space=\"preserve\">乙"))
        // The identifier of a paragraph stands once; properties are those of the paragraph that was copied.
        #expect(
            text.ranges(of: "w14:paraId").count == 3 && text.ranges(of: "<w:jc w:val=\"both\"/>").count == 5)
        let folder = try PackedFolder(filled.bytes, WordDocument.limits)
        let styles = try folder.content(of: "word/styles.xml")
        #expect(styles.map { String(decoding: $0, as: UTF8.self) } == "<s>{{正文}}</s>")
        #expect(
            folder.names == [
                "[Content_Types].xml", "word/document.xml", "word/header1.xml", "word/styles.xml",
            ])
    }

    @Test func `within a box in a paragraph are filled in too`() throws {
        let box =
            "<w:p><w:r><w:t>外{{文号}}</w:t></w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{{正文}}</w:t></w:r></w:p>"
            + "</w:txbxContent></w:pict><w:r><w:t>{{标题}}</w:t></w:r></w:p>"
        let filled = try WordDocument(WordSample.bytes(box)).filled(with: [
            "文号": "1", "正文": "a\nb", "标题": "c\nd",
        ])
        #expect(try filled.paragraphs() == ["外1cd", "a", "b"])
        #expect(Markup(Array(try WordSample.text(filled).utf8)) != nil)
    }

    @Test func `come with one that is built in, which is plain XML`() throws {
        let document = try WordDocument(BuiltInTemplate.document.bytes)
        #expect(try document.checkedPlaceholders().contains("印章"))
        let words = Dictionary(uniqueKeysWithValues: Placeholder.all.map { ($0, "值") })
        let text = try document.filled(with: words).paragraphs().joined()
        #expect(!text.contains("{{") && text.contains("抄送：值"))
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")))
    func `are ZIPs that others read`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "letter-\(UUID().uuidString).docx")
        defer { try? FileManager.default.removeItem(at: path) }
        try Data(BuiltInTemplate.document.bytes).write(to: path)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-m", "zipfile", "-t", path.path]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
