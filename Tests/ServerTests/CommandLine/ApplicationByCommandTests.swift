import Exchange
import Foundation
import Kernel
import Persistence
import Server
import TestKit
import Testing

/// Several entries in one go, as a script does it.
@Suite struct `An application for several entries by commands` {
    @Test func `is drafted, changed, signed off, shown and withdrawn; what is wrong ends with its code`()
        async throws
    {
        try await SampleSite.with(.sqlite, rows: 50) { site in
            let work = ByCommand(site)
            let entry = try await work.entry()
            try await acts(work, entry)
            try await lists(work, try await work.title())
        }
    }

    private func acts(_ work: ByCommand, _ entry: String) async throws {
        let draft = ["application", "draft", "--file", "-"]
        let content = Self.content(entry)
        let made = try await work.json(draft, as: "consumer", input: content.pretty)
        let id = try #require(made["id"]?.string)
        #expect(made["state"] == "draft" && made["lacks"] == [])
        #expect(try await work.status(draft, as: "consumer", input: "{}") == 2)
        #expect(try await work.status(draft, as: "cdo", input: "[1") == 2)
        #expect(try await work.status(draft, as: "auditor", input: content.pretty) == 4)

        let hollow: JSON = ["common": ["businessItem": "救助核对"], "entries": []]
        let save = ["application", "save", id, "--file", "-"]
        #expect(try await work.json(save, as: "consumer", input: hollow.pretty)["entries"] == 0)
        #expect(
            try await work.status(save + ["--revision", "1"], as: "consumer", input: hollow.pretty) == 6)
        #expect(try await work.status(["application", "act", "submit", id], as: "consumer") == 2)
        _ = try await work.json(save, as: "consumer", input: content.pretty)

        #expect(try await work.status(["application", "act", "sing", id], as: "consumer") == 2)
        #expect(
            try await work.json(["application", "act", "submit", id], as: "consumer")["state"] == "sign-off")
        #expect(try await work.status(["application", "act", "sign-off", id], as: "consumer") != 0)
        #expect(try await work.status(["application", "act", "send-back", id], as: "county-cdo") == 2)
        let signed = try await work.json(["application", "act", "sign-off", id], as: "county-cdo")
        #expect(signed["state"] == "running" && signed["requests"]?.array?.count == 1)

        let shown = try await work.json(["application", "show", id], as: "consumer")
        #expect(shown["openActs"]?.array?.contains("withdraw-rest") == true)
        #expect(try await work.status(["application", "show", id], as: "cdo") == 5)
        #expect(
            try await work.json(["application", "list"], as: "consumer").array?.map { $0["id"] } == [
                .string(id)
            ])
        #expect(try await work.json(["application", "list"], as: "cdo").array == [])
        let rest = ["application", "act", "withdraw-rest", id]
        #expect(try await work.status(rest, as: "consumer") == 2)
        let over = try await work.json(rest + ["--comment", "业务取消"], as: "consumer")
        #expect(over["state"] == "ended")
        #expect(try await work.status(rest + ["--comment", "再次"], as: "consumer") != 0)
    }

    private func lists(_ work: ByCommand, _ title: String) async throws {
        let template = "\(work.site.data)/template.xlsx"
        _ = try await work.json(["application", "template", "--output", template], as: "consumer")
        #expect(FileManager.default.fileExists(atPath: template))
        let header = ApplicationColumn.allCases.map {
            applicationListWords.text($0.title, in: .simplifiedChinese)
        }
        func row(_ entry: String) -> String {
            "救助核对,\(entry),户籍县区,,csv,100,,核对,救助办法,2026-01-01,2099-12-31,30,经办岗"
        }
        let file = try work.write(
            [header.joined(separator: ","), row(title).replacing("2099", with: work.nextYear), row("没有")]
                .joined(separator: "\n") + "\n", to: "申请.csv")
        let bring = ["application", "bring", file]
        #expect(try await work.status(bring, as: "consumer") != 0)
        #expect(
            try await work.status(
                ["application", "bring", "/none.csv", "--unclassified"], as: "consumer") == 5)
        let returned = "\(work.site.data)/returned.xlsx"
        let brought = try await work.run(
            bring + ["--unclassified", "--returned", returned], as: "consumer")
        #expect(brought.status == 2, "\(brought.errors)")
        let list = try JSON.parse(brought.output)
        #expect(list["taken"] == 1 && list["faults"]?.array?.map { $0["cell"] } == ["B3"])
        #expect(FileManager.default.fileExists(atPath: returned))
        let id = try #require(list["id"]?.string)
        let draft = ["application", "draft-list", id]
        #expect(try await work.status(draft, as: "consumer") == 2)
        #expect(try await work.status(draft + ["--committed"], as: "cdo") == 5)
        let drafted = try JSON.parse(
            try await work.run(draft + ["--committed"], as: "consumer").output)
        #expect(drafted["state"] == "drafted" && drafted["applications"]?.array?.count == 1)
    }

    private static func content(_ entry: String) -> JSON {
        [
            "common": [
                "businessItem": "救助核对", "purpose": "社会救助核对", "legalBasis": "社会救助暂行办法",
                "from": "2026-01-01", "to": .string("\(ByCommand.nextYear)-12-31"), "retentionDays": 30,
                "contactPost": "经办岗", "isCommitted": true,
            ],
            "entries": [
                [
                    "entry": .string(entry), "columns": ["户籍县区"], "deliveries": ["csv"],
                    "expectedRows": 100,
                ]
            ],
        ]
    }
}

extension ByCommand {
    static var nextYear: String {
        String(Calendar(identifier: .gregorian).component(.year, from: .now) + 1)
    }
    var nextYear: String { Self.nextYear }
}
