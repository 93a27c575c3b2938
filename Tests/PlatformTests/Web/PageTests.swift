import Foundation
import Kernel
import TestKit
import Testing
import Web

/// One property, one word, nothing else.
private struct PlainPage: Page {
    static let template = "plain/plain"
    let title = Message("web.home")
    let name: String
    let note: String?
    let inner: Inner
    struct Inner: Sendable {
        let note: String?
    }
    static let samples = [PlainPage(name: "a", note: "outer", inner: Inner(note: nil))]
}

private func templates(_ text: String) throws -> PageTemplates {
    let folder = FileManager.default.temporaryDirectory.appending(path: "plain-\(UploadID.new())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: folder.appending(path: "plain.mustache"))
    return try PageTemplates(
        folders: [webPageFolder, PageFolder("plain", path: folder.path)],
        words: Words(merging: [webWords, Words("plain.greeting | 你好，{name}！ | Good day, {name}!")]))
}

@Suite struct `A page in the reader's language` {
    private let page = PlainPage(name: "<b>&\"'", note: "outer", inner: .init(note: nil))

    @Test func `escapes what it shows, also inside words`() throws {
        let html = try templates("{{@plain.greeting name=name}}").render(page, in: .sample)
        #expect(html.contains("Good day, &lt;b&gt;&amp;&quot;&#39;!"))
    }

    @Test func `does not take an absent value from further out`() throws {
        let html = try templates("{{#inner}}[{{note}}]{{/inner}}").render(page, in: .sample, part: .main)
        #expect(html.contains("[]"))
    }

    @Test func `shows a word nobody wrote in brackets and reports it in both languages`() throws {
        let templates = try templates("{{@plain.nothing}}")
        #expect(templates.faults.count == 2)
        #expect(try templates.render(page, in: .sample).contains("[plain.nothing]"))
    }

    @Test func `that is no Mustache is reported before a reader meets it`() throws {
        let templates = try templates("{{#inner}}{{note}}")
        #expect(templates.faults.contains { $0.contains("plain/plain") })
        #expect(throws: TemplateError.self) { try templates.prepare() }
        #expect(throws: TemplateError.self) { try templates.render(page, in: .sample) }
    }

    @Test func `is the same whether it was prepared or is the first`() throws {
        let templates = try templates("{{@plain.greeting name=name}}")
        let first = try templates.render(page, in: .sample)
        try templates.prepare()
        #expect(try templates.render(page, in: .sample) == first)
    }

    @Test func `is made in traditional characters from the simplified words, never from data`() throws {
        let page = PlainPage(name: "简体的名字", note: "", inner: .init(note: nil))
        let html = try templates("{{@plain.greeting name=name}} {{@web.sign-in}}")
            .render(page, in: .sample(in: .traditionalChinese))
        #expect(html.contains("你好，简体的名字！ 登錄"))
        #expect(html.contains("<html lang=\"zh-Hant\""))
    }

    @Test func `is the one the browser asks for`() {
        #expect(Language(accepting: "zh-TW,zh;q=0.9,en;q=0.8") == .traditionalChinese)
        #expect(Language(accepting: "zh-Hant-HK, en;q=0.9") == .traditionalChinese)
        #expect(Language(accepting: "zh-CN,zh-HK;q=0.8") == .simplifiedChinese)
        #expect(Language(accepting: "zh") == .simplifiedChinese)
        #expect(Language(accepting: "fr, en;q=0.5, zh-MO;q=0.6") == .traditionalChinese)
        #expect(Language(accepting: "fr", otherwise: .english) == .english)
    }

    @Test func `is only what is inside main when htmx asks`() throws {
        let html = try templates("<p>{{name}}</p>").render(page, in: .sample, part: .main)
        #expect(!html.contains("<html"))
        #expect(html.contains("<title>"))
    }

    @Test func `refuses a tag that cannot be checked`() {
        #expect(throws: TemplateError.notAllowed(template: "plain/plain", tag: "*name")) {
            try templates("{{*name}}")
        }
    }

    @Test func `keeps the lines of a text as they were typed`() throws {
        let site = try Site.sample(folders: [GalleryPage.folder()])
        let html = try site.templates.render(GalleryPage.full, in: .sample)
        #expect(html.contains(">\n第一行\n第二行</textarea>"))
    }
}

@Suite struct `The contract between templates and pages` {
    @Test func `names a tag that is no property`() throws {
        let faults = PageContract.faults(try templates("{{nmae}}"), [PlainPage.self])
        #expect(faults.contains("plain/plain: {{nmae}} is no property of its page"))
    }

    @Test func `names markup that is not ours`() throws {
        let faults = PageContract.faults(try templates("{{{name}}}"), [PlainPage.self])
        #expect(faults.contains("plain/plain: {{{name}}} is not SafeHTML"))
    }

    @Test func `names what no sample shows`() throws {
        let faults = PageContract.faults(
            try templates("{{#inner}}{{#note}}{{x}}{{/note}}{{/inner}}"), [PlainPage.self])
        #expect(faults.contains("plain/plain: no page's sample shows {{x}}"))
    }

    @Test func `holds for Web's own pages and every component`() throws {
        let site = try Site.sample(folders: [GalleryPage.folder()])
        #expect(PageContract.faults(site.templates, webPages + [GalleryPage.self]) == [])
    }

    @Test func `and what must hold of every page as rendered hold for Web's own`() throws {
        let site = try Site.sample(folders: [GalleryPage.folder()])
        #expect(try PageChecks.faults(site.templates, webPages + [GalleryPage.self]) == [])
    }

    @Test(arguments: [
        ("<h1>x</h1><p>[web.nothing]</p>", "no word [web.nothing]"),
        ("<h1>x</h1><script>1</script>", "inline script"),
        ("<h1>x</h1><p style=\"a\">", "inline: <p style="), ("", "0 h1"),
        ("<h1>x</h1><input name=\"a\">", "no label: <input name=\"a\">"),
        ("<h1 id=\"a\">x</h1><p id=\"a\">", "id 'a' 2 times"),
        ("<h1>x</h1><form method=\"post\"></form>", "a form without proof: <form method=\"post\">"),
    ])
    func `finds what is wrong with a page as rendered`(_ html: String, _ fault: String) {
        #expect(PageChecks.faults(of: html) == [fault])
    }

    @Test func `holds for Web's words`() throws {
        var keys = try WordContract.keys(inSwiftUnder: Golden.root.appending(path: "Sources/Web"))
        #expect(keys.count > 20)
        #expect(WordContract.faults(webWords, asked: keys) == [])
        keys["web.nobody-wrote-this"] = "here"
        #expect(WordContract.faults(webWords, asked: keys) == ["here: no word 'web.nobody-wrote-this'"])
    }
}

@Suite struct `Dates and figures as people write them` {
    @Test func `a moment is China's civil time`() {
        let instant = Instant(microseconds: 1_795_622_400_000_000)
        #expect(instant.description == "2026-11-25T16:00:00.000000Z")
        #expect(Written.moment(instant, in: .simplifiedChinese) == "2026-11-26 00:00")
        #expect(Written.moment(instant, in: .english) == "26 Nov 2026 00:00")
    }

    @Test func `a moment inside a sentence is written like any other`() {
        let words = Words("x.until | 至{until} | until {until}")
        let message = Message("x.until", ["until": Instant(microseconds: 1_795_622_400_000_000).description])
        #expect(Shown(words: words, language: .english).text(message) == "until 26 Nov 2026 00:00")
        #expect(
            Shown(words: words, language: .english).text(Message("x.until", ["until": "2026"]))
                == "until 2026")
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "−1,234,567")])
    func `thousands are apart`(_ number: Int, _ text: String) {
        #expect(Written.count(number) == text)
    }

    @Test func `a share is one hundred only when it is all`() {
        #expect(Written.share(99_999, of: 100_000) == "99.9 %")
        #expect(Written.share(5, of: 5) == "100.0 %")
        #expect(Written.share(0, of: 0) == "—")
    }

    @Test(arguments: [(512, "512 B"), (1536, "1.5 KiB"), (3_400_000, "3.2 MiB")])
    func `bytes have a unit`(_ bytes: Int, _ text: String) {
        #expect(Written.bytes(bytes) == text)
    }
}
