import Foundation
import Hooking
import Kernel
import Lake
import Persistence
import Server
import TestKit
import Testing

@testable import Letters

@Suite struct `What can be seen of a letter's file` {
    @Test func `is shown with who looks across it, cut where it is long, and to nobody else`() async throws {
        try await LetterWorld.withFolder { folder in
            try await SampleNode.with(.sqlite, inBackground: false) { node, people in
                let principal = try people.principal("steward")
                let series = try await node.letters.setSeries("河民", by: principal)
                let letter = try await node.letters.enter(LetterWorld.outgoing(series, node), by: principal)
                func add(_ name: String, _ bytes: [UInt8]) async throws -> String {
                    let path = try LetterWorld.write(bytes, name, in: folder)
                    let file = try await node.letters.add(
                        .attachment, fileAt: path, named: name, to: letter.id, by: principal)
                    return LetterLinks.file(file)
                }
                let steward = try await TrialPages.browser(node, people, "steward")
                let text = try await add(
                    "说明.txt", Array("<b>一</b>\r\n\r\n\(String(repeating: "长", count: 3_000))".utf8))
                let page = try await steward.get(text)
                #expect(page.status == 200 && page.text.contains("&lt;b&gt;一") && !page.text.contains("<b>一"))
                #expect(page.text.contains("up to 300 lines") && page.text.contains("hw-mark-line"))
                #expect(try await steward.get("\(text)/view").status == 404)

                let picture = try await steward.get(try await add("扫描.png", LetterWorld.png))
                #expect(picture.text.contains("/view\"") && picture.text.contains("hw-mark-line"))
                let scan = try await add("来函.pdf", LetterWorld.pdf)
                #expect(try await steward.get(scan).text.contains("Look at it in a window"))
                let view = try await steward.get("\(scan)/view")
                #expect(view.bytes == LetterWorld.pdf && view.header("Content-Disposition") == "inline")
                #expect(view.header("Content-Type") == "application/pdf")
                #expect(view.header("X-Content-Type-Options") == "nosniff")

                let document = try await steward.get(try await add("函.docx", BuiltInTemplate.document.bytes))
                #expect(document.text.contains("{{正文}}"))
                try await sheets(node, steward, add)

                let stranger = try await TrialPages.browser(node, people, "reviewer")
                for path in [text, "\(text)/file", scan, "\(scan)/view"] {
                    #expect(try await stranger.get(path).status == 404)
                }
                let other = try await node.letters.enter(LetterWorld.outgoing(series, node), by: principal)
                let id = try #require(text.split(separator: "/").last)
                #expect(try await steward.get("/letters/\(other.id)/files/\(id)").status == 404)
            }
        }
    }

    private func sheets(
        _ node: Node, _ steward: TestBrowser, _ add: (String, [UInt8]) async throws -> String
    ) async throws {
        let made = try node.engine.workbook(["代码", "名称"], sheet: "清单")
        try await made.append((1...150).map { [.text("C\($0)"), .text("单位\($0)")] })
        let file = try await made.finish()
        let bytes = Array(try Data(contentsOf: URL(filePath: file.path)))
        let page = try await steward.get(try await add("清单.xlsx", bytes))
        #expect(page.text.contains("单位100<") && !page.text.contains("单位101<"))
        #expect(page.text.contains("up to 100 rows"))
        let uploads = try FileManager.default.contentsOfDirectory(atPath: node.hooking.uploadsFolder)
        #expect(uploads.isEmpty)
        // The names of a workbook, and no sheet in it.
        var hollow = try PackedFolder(bytes, WordDocument.limits)
        hollow.replace("xl/workbook.xml", with: Array("<workbook/>".utf8))
        let damaged = try await steward.get(try await add("坏.xlsx", hollow.bytes))
        #expect(damaged.status == 200 && damaged.text.contains("cannot be shown here"))
    }
}
