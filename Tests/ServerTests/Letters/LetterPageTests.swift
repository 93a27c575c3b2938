import Casework
import Exchange
import Foundation
import Kernel
import Persistence
import Server
import TestKit
import Testing

@testable import Letters

/// Letters as people work with them.
@Suite struct `The pages of letters` {
    @Test func `set a series and a template, write a letter, seal it, void another`() async throws {
        try await SampleNode.with(.sqlite, inBackground: false) { node, people in
            let steward = try await TrialPages.browser(node, people, "steward")
            #expect(try await steward.get("/letters").text.contains("Your unit has no series yet"))
            #expect(try await steward.get("/letters/set-up").text.contains("{{正文}}"))
            #expect(try await steward.post("/letters/series", [("code", "A1"), ("used", "x")]).status == 422)
            #expect(try await steward.post("/letters/series", [("code", "河民"), ("used", "4")]).status == 303)
            let bad = try await steward.upload(
                "/letters/templates", [("name", "函")], file: ("file", "a.docx", [1, 2, 3]))
            #expect(bad.status == 422 && bad.text.contains("no sound .docx"))
            let template = BuiltInTemplate.document.bytes
            let brought = try await steward.upload(
                "/letters/templates", [("name", "平行文函")], file: ("file", "a.docx", template))
            #expect(brought.status == 303)
            let own = try #require(try await node.letters.templates(of: people.principal("steward")).first)
            let taken = try await steward.get("/letters/templates/\(own.id)/file")
            #expect(taken.bytes == template && taken.header("X-Content-Type-Options") == "nosniff")

            let form = try await steward.get("/letters/outgoing/new")
            #expect(form.status == 200 && form.text.contains("河民"))
            let series = try #require(try await node.letters.series(of: people.principal("steward")).first)
            let today = node.clock.now().date()
            let typed = [
                ("series", series.series.id.text), ("title", "关于数据的函"), ("counterpart", "市市场监管局"),
                ("dated", today.description), ("body", "一\r\n二"), ("copies", "市财政局、市审计局"), ("key", "k1"),
            ]
            let wrong = try await steward.post(
                "/letters/outgoing", typed.map { $0.0 == "title" ? ("title", "") : $0 })
            #expect(wrong.status == 422 && wrong.text.contains("市财政局、市审计局"))
            let made = try await steward.post("/letters/outgoing", typed)
            #expect(try await steward.post("/letters/outgoing", typed).location == made.location)
            let path = try #require(made.location)
            let number = "河民〔\(today.components.year)〕5号"
            let page = try await steward.follow(made)
            #expect(page.text.contains(number) && page.text.contains("No converter is set"))
            for query in ["", "?template=\(own.id)"] {
                let document = try await steward.get("\(path)/document\(query)")
                let text = try WordDocument(document.bytes).paragraphs()
                #expect(text.contains(number) && text.contains("二") && text.contains("抄送：市财政局，市审计局"))
                #expect(document.header("Content-Disposition")?.hasPrefix("attachment") == true)
            }
            #expect(try await steward.get("\(path)/pdf").status == 422)
            #expect(
                try await steward.get("\(path)/document?template=\(LetterTemplateID.new())").status == 404)

            let unsealed = try await steward.upload(
                "\(path)/sealed-copies", [], file: ("file", "scan.png", LetterWorld.pdf))
            #expect(unsealed.status == 422 && unsealed.text.contains("but it is PDF"))
            let sealed = try await steward.upload(
                "\(path)/sealed-copies", [], file: ("file", "scan.png", LetterWorld.png))
            let shown = try await steward.follow(sealed).text
            #expect(shown.contains("sealed") && shown.contains("sm3:") && shown.contains("/view"))
            let view = try #require(shown.firstMatch(of: /src="(\/letters\/[^"]+\/view)"/)?.1)
            let picture = try await steward.get(String(view))
            #expect(picture.bytes == LetterWorld.png && picture.header("Content-Disposition") == "inline")
            #expect(try await steward.get("\(path)/voiding").text.contains("sealed"))

            try await void(steward, typed, node)
        }
    }

    private func void(
        _ steward: TestBrowser, _ typed: [(String, String)], _ node: Node
    ) async throws {
        let second = try await steward.post(
            "/letters/outgoing", typed.map { $0.0 == "key" ? ("key", "k2") : $0 })
        let path = try #require(second.location)
        #expect(try await steward.get("\(path)/voiding").text.contains("Void 河民"))
        #expect(try await steward.post("\(path)/voiding", [("reason", "")]).status == 422)
        let voided = try await steward.post("\(path)/voiding", [("reason", "重复编号")])
        #expect(try await steward.follow(voided).text.contains("重复编号"))
        #expect(try await steward.get("\(path)/document").status == 409)
        let list = try await steward.get("/letters?state=voided")
        #expect(list.text.contains("6号") && !list.text.contains("〕5号"))
        let csv = try await steward.get("/letters?format=csv").text
        #expect(csv.contains("〕5号") && csv.contains("〕6号") && csv.contains("voided"))
        let workbook = try await steward.get("/letters?format=excel")
        #expect(workbook.bytes.starts(with: [0x50, 0x4B]) && workbook.bytes.count > 2_000)

        let today = node.clock.now().date().description
        let came = try await steward.post(
            "/letters/incoming",
            [
                ("number", "河市监函(2026)8号"), ("title", "来函"), ("counterpart", "市市场监管局"), ("dated", today),
                ("receivedOn", today), ("key", "k3"),
            ])
        #expect(try await steward.follow(came).text.contains("河市监函〔2026〕8号"))
        #expect(try await steward.get("/letters?q=%5B2026%5D8%E5%8F%B7").text.contains("来函"))
    }

    @Test func `stand on the page of a case, for whoever sees the case`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let request = try await TrialPages.pending(node, people)
            let cdo = try await TrialPages.browser(node, people, "cdo")
            let page = try await cdo.get("/requests/\(request.id)").text
            #expect(page.contains("/letters/outgoing/new?case=\(request.id)"))
            let series = try await node.letters.setSeries("河民", by: people.principal("cdo"))
            let form = try await cdo.get("/letters/outgoing/new?case=\(request.id)").text
            #expect(form.contains(request.file.title) && form.contains("源城区人民政府"))
            let letter = try await node.letters.enter(
                LetterWorld.outgoing(series, node, case: request.id), by: people.principal("cdo"))
            #expect(letter.caseWords["使用目的"] == "临时救助资格核验")
            #expect(try await cdo.get("/requests/\(request.id)").text.contains(letter.number))
            // The applicant sees the letter of the other unit, and adds nothing to it.
            let consumer = try await TrialPages.browser(node, people, "consumer")
            let theirs = try await consumer.get("/letters/\(letter.id)")
            #expect(theirs.status == 200 && !theirs.text.contains("/attachments"))
            #expect(!(try await consumer.get("/letters").text.contains(letter.number)))
            #expect(try await consumer.get("/requests/\(request.id)").text.contains(letter.number))
            let stranger = try await TrialPages.browser(node, people, "market-cdo")
            #expect(try await stranger.get("/letters/\(letter.id)").status == 404)
            #expect(try await stranger.get("/letters/\(letter.id)/document").status == 404)
            let filled = try WordDocument(
                try await node.letters.document(of: letter, with: nil, for: people.principal("cdo")))
            #expect(try filled.paragraphs().contains(Placeholder.sealPlace))
        }
    }
}
