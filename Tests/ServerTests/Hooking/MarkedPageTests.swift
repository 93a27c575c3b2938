import Foundation
import HTTPTypes
import Identity
import Kernel
import Persistence
import Policy
import Quality
import Server
import TestKit
import Testing
import Web

@testable import Hooking

/// 可见水印 and 明文查看, as a browser without JavaScript meets them.
@Suite struct `Pages with values of rows` {
    private static let mark = "class=\"hw-mark-sheet\" aria-hidden=\"true\""

    private func path(_ world: HookPageWorld) async throws -> String {
        let steward = try world.people.principal("steward")
        let draft = RuleDraft(
            .pattern(column: "code", try Pattern("[A-Z]")), severity: .warning,
            effectiveFrom: CalendarDate(daysSince1970: 18_992))
        let rule = try #require(
            try await world.node.quality.add([draft], to: world.entry, by: steward).first)
        let browser = try await world.browser("steward")
        let hooked = try await world.hook("code,amount\nA,1\nb441600,2\nc441600,3\n", by: browser)
        let begun = try await browser.post("\(hooked.location ?? "")/publications", [("revision", "1")])
        guard case .published = try await world.ended(begun).outcome else { throw Visit.notFound }
        return "/catalogue/\(world.entry)/rules/\(rule.id)/rows"
    }

    @Test
    func
        `say across them and below who looks and when, also in part, and in workbooks on a sheet of their own`()
        async throws
    {
        try await HookPageWorld.with { world in
            let path = try await path(world)
            let browser = try await world.browser("steward")
            let page = try await browser.get(path).text
            // Nobody graded the columns: they may be personal.
            #expect(page.contains(Self.mark) && page.contains("Seen by"))
            let unit = try #require(page.firstMatch(of: /<text x="24" y="52">([^<]+)<\/text>/)?.1)
            #expect(!unit.isEmpty && page.components(separatedBy: String(unit)).count >= 3)
            let part = try await browser.get(path, headers: ["HX-Request": "true"]).text
            #expect(part.contains(Self.mark) && !part.contains("<body"))
            #expect(!page.contains(" style="))
            #expect(try await !browser.get("/catalogue/\(world.entry)").text.contains(Self.mark))
            let csv = try await browser.get("\(path)?format=csv").text
            #expect(!csv.contains("Seen by"))
            let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).xlsx")
            try Data(try await browser.get("\(path)?format=excel").bytes).write(to: file)
            defer { try? FileManager.default.removeItem(at: file) }
            let unzip = Process()
            let pipe = Pipe()
            unzip.executableURL = URL(filePath: "/usr/bin/env")
            unzip.arguments = [
                "python3", "-c",
                "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); sys.stdout.write(''.join(z.read(n).decode() for n in z.namelist()))",
                file.path,
            ]
            unzip.standardOutput = pipe
            try unzip.run()
            let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
            #expect(text.contains("<oddFooter>") && text.contains("Seen by \(unit)"))
        }
    }

    @Test func `show what is masked for a reason, once, and tell the overseers`() async throws {
        try await HookPageWorld.with(environment: [Setting.confirmSeconds.environmentName: "3600"]) { world in
            let path = try await path(world)
            let reviewer = try await world.browser("reviewer")
            let list = try await reviewer.get(path).text
            #expect(list.contains("***") && !list.contains("b441600"))
            #expect(list.contains("href=\"\(path)/reveal?row=2\"") && list.contains("Values of “code”"))
            let form = try await reviewer.get("\(path)/reveal?row=2").text
            let action = String(try #require(form.firstMatch(of: /action="([^"]+\/reveal\?[^"]+)"/)?.1))
                .replacing("&amp;", with: "&")
            let bare = try await reviewer.post(action, [("row", "2"), ("reason", ""), ("words", "")])
            #expect(
                bare.status == 422 && bare.text.contains("Choose what it is for")
                    && !bare.text.contains("b441600"))
            let again = String(try #require(bare.text.firstMatch(of: /action="([^"]+\/reveal\?[^"]+)"/)?.1))
                .replacing("&amp;", with: "&")
            let answers = [("row", "2"), ("reason", "complaint"), ("words", "信访件 441600-7")]
            let shown = try await reviewer.post(again, answers)
            #expect(shown.status == 200 && shown.text.contains("b441600") && !shown.text.contains("c441600"))
            #expect(shown.text.contains(Self.mark) && shown.header("Cache-Control") == "no-store")
            let reloaded = try await reviewer.post(again, answers)
            #expect(reloaded.status == 422 && !reloaded.text.contains("b441600"))
            for name in ["security", "auditor"] {
                let overseer = try await world.browser(name)
                let told = try await overseer.get("/reveals").text
                #expect(told.contains("信访件 441600-7") && told.contains("row 2"))
                #expect(try await overseer.get("\(path)/reveal?row=2").status == 403)
            }
            #expect(try await reviewer.get("/reveals").status == 403)
            let steward = try await world.browser("steward")
            #expect(try await !steward.get(path).text.contains("/reveal?"))
        }
    }

    @Test func `are nobody's of the three administrators where these are three`() async throws {
        try await HookPageWorld.with(
            environment: [
                Setting.separateAdministrators.environmentName: "on",
                Setting.markedPages.environmentName: "all",
            ]
        ) { world in
            let path = try await path(world)
            let officer = try await world.browser("security").get(path)
            #expect(officer.status == 403 && officer.text.contains("not even masked"))
            #expect(try await world.browser("administrator").get(path).status == 404)
            #expect(try await world.browser("reviewer").get(path).text.contains(Self.mark))
        }
    }
}
