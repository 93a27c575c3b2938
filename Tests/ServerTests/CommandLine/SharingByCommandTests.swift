import Foundation
import Identity
import Kernel
import Persistence
import TestKit
import Testing

/// What comes before and after the ordinary request, as a script does it.
@Suite struct `The life of a sharing by commands` {
    @Test func `sets a chain, brings and signs running exchanges, gives on a leader's word and gives back`()
        async throws
    {
        try await SampleSite.with(.sqlite) { site in
            let work = ByCommand(site)
            try await chains(work)
            try await running(work)
            try await emergency(work)
            try await after(work)
        }
    }

    private func chains(_ work: ByCommand) async throws {
        let (unit, name) = (SamplePeople.assistance, "sharing-request.decision")
        let listed = try await work.json(["chain", "list", unit], as: "cdo")
        #expect(listed.array?.count == 2 && listed.array?.last?["revision"] == 0)
        let shown = try await work.json(["chain", "show", unit, name], as: "cdo")
        #expect(shown["name"] == .string(name))
        let two: JSON = [
            "steps": [
                ["signatures": [["role": "steward"]]], ["signatures": [["role": "department-cdo"]]],
            ]
        ]
        let set = ["chain", "set", unit, name, "--file", "-"]
        #expect(try await work.json(set, as: "cdo", input: two.pretty)["revision"] == 1)
        // What is shown can be set again; another's name in it, or a revision that has passed, cannot.
        let own = try await work.json(["chain", "show", unit, name], as: "cdo")
        #expect(try await work.json(set, as: "cdo", input: own.pretty)["revision"] == 2)
        #expect(
            try await work.status(
                ["chain", "set", unit, "sharing-request.sign-off", "--file", "-"], as: "cdo",
                input: own.pretty) == 2)
        #expect(try await work.status(set + ["--revision", "1"], as: "cdo", input: two.pretty) == 6)
        let rehearsed = try await work.json(
            ["chain", "rehearse", unit, name, "--sharing", "conditional", "--grade", "L3"], as: "cdo")
        #expect(rehearsed.array?.map { $0["held"] } == [true, true])
        #expect(try await work.status(["chain", "rehearse", unit, name, "--grade", "L9"], as: "cdo") == 2)
        #expect(try await work.status(["chain", "list", unit], as: "consumer") == 4)
        #expect(try await work.json(["chain", "drop", unit, name], as: "cdo")["revision"] == 0)
    }

    private func running(_ work: ByCommand) async throws {
        let title = try await work.title()
        let header = "提供方,使用方,目录条目,信息项,使用目的,依据,范围,供数方式,起始日期,截止日期,文号"
        let rows = [
            "\(SamplePeople.assistance),\(SamplePeople.county),\(title),户籍县区,救助核验,社会救助暂行办法,全部,csv,2025-01-01,2027-12-31,河民函〔2025〕1号",
            "\(SamplePeople.assistance),没有这个单位,\(title),户籍县区,救助核验,社会救助暂行办法,全部,csv,2025-01-01,2027-12-31,河民函〔2025〕2号",
        ]
        let sheet = try work.write(([header] + rows).joined(separator: "\n") + "\n", to: "存量共享清单.csv")
        #expect(try await work.status(["running", "bring", sheet], as: "reviewer") == 2)
        let brought = try await work.run(["running", "bring", sheet, "--unclassified"], as: "reviewer")
        #expect(brought.status == 2, "\(brought.errors)")
        let batch = try JSON.parse(brought.output)
        #expect(batch["taken"] == 1 && batch["refused"] == 1)
        #expect(batch["faults"]?.array?.first?["cell"] == "B3")
        #expect(
            try await work.status(["running", "bring", "/none.csv", "--unclassified"], as: "reviewer") == 5)
        let id = try #require(batch["id"]?.string)
        for (who, granted) in [("cdo", 0), ("reviewer", 1)] as [(String, Int64)] {
            let signed = try await work.json(["running", "sign", id], as: who)
            #expect(signed["signed"] == 1 && signed["granted"] == .integer(granted), "\(who)")
        }
        let listed = try await work.json(["running", "list", "--state", "granted"], as: "reviewer")
        #expect(listed.array?.first?["grant"]?.string != nil)
        let exchange = try #require(listed.array?.first?["id"]?.string)
        #expect(
            try await work.status(["running", "drop", exchange, "--reason", "重复"], as: "reviewer") != 0)
    }

    private func emergency(_ work: ByCommand) async throws {
        let wish: JSON = [
            "columns": ["户籍县区"], "rows": "", "purpose": "", "legalBasis": "", "businessItem": "",
            "deliveries": ["csv"], "isCommitted": true, "contactPost": "值班室",
        ]
        let drafted = try await work.json(
            ["request", "draft", try await work.entry(), "--file", "-"], as: "consumer", input: wish.pretty)
        let id = try #require(drafted["id"]?.string)
        #expect(try await work.status(["request", "act", "ask-emergency", id], as: "consumer") == 2)
        let asked = try await work.json(
            ["request", "act", "ask-emergency", id, "--circumstance", "强降雨转移安置"], as: "consumer")
        #expect(asked["state"] == "emergency")
        let told: JSON = [
            "leader": .string(try await work.leader()), "saidAt": .string(work.justNow), "means": "telephone",
            "words": "同意先行提供",
        ]
        let approve = ["request", "act", "approve-orally", id, "--file", "-"]
        #expect(
            try await work.status(approve, as: "reviewer", input: JSON.object(["leader": "x"]).pretty) == 2)
        let approved = try await work.json(approve, as: "reviewer", input: told.pretty)
        #expect(approved["state"] == "paperwork" && approved["grant"]?.string != nil)
    }

    private func after(_ work: ByCommand) async throws {
        let grant = work.grant
        let renewed = try await work.json(["grant", "renew", grant, "--to", "2099-12-31"], as: "consumer")
        #expect(renewed["state"] == "draft")
        #expect(try await work.status(["grant", "renew", grant, "--to", "someday"], as: "consumer") == 2)
        // One such request at a time.
        #expect(try await work.status(["grant", "change", grant], as: "consumer") != 0)
        #expect(try await work.json(["destruction", "list"], as: "consumer").array == [])
        let certify = [
            "destruction", "certify", grant, "--what", "CSV", "--how", "覆写", "--by", "经办岗", "--witness",
            "审计岗",
        ]
        #expect(try await work.status(certify, as: "consumer") == 5)
        #expect(try await work.json(["use-report", "list"], as: "consumer").array == [])
        #expect(
            try await work.status(
                ["use-report", "give", grant, "2025", "--use", "核验", "--benefit", "减证明"], as: "consumer") == 5
        )
    }
}

/// A sample site, worked by commands.
struct ByCommand {
    let site: SampleSite
    var grant: String { site.outcome.grant.text }
    /// Half an hour ago, by the civil time of China.
    var justNow: String {
        let parts = Date.ISO8601FormatStyle(
            timeZone: TimeZone(secondsFromGMT: 28_800) ?? .gmt)
        return String(Date.now.addingTimeInterval(-1_800).formatted(parts).prefix(16))
    }

    init(_ site: SampleSite) { self.site = site }

    func run(_ arguments: [String], as who: String, input: String? = nil) async throws -> Program.Ended {
        try await Program.run(
            arguments + ["--data", site.data, "--language", "en", "--json"],
            environment: ["HEADWATERS_TOKEN": try site.token(who)], input: input)
    }

    func json(_ arguments: [String], as who: String, input: String? = nil) async throws -> JSON {
        let ended = try await run(arguments, as: who, input: input)
        try #require(ended.status == 0, "\(arguments.joined(separator: " ")): \(ended.errors)")
        return try JSON.parse(ended.output)
    }

    func status(_ arguments: [String], as who: String, input: String? = nil) async throws -> Int32 {
        try await run(arguments, as: who, input: input).status
    }

    func entry() async throws -> String {
        let shown = try await json(["grant", "show", grant], as: "consumer")
        return try #require(shown["entry"]?.string)
    }

    func title() async throws -> String {
        let shown = try await json(["entry", "show", try await entry()], as: "cdo")
        return try #require(shown["title"]?.string)
    }

    func leader() async throws -> String {
        try await site.open { node in
            let principal = try site.people.principal("leader")
            return try #require(principal.post?.text)
        }
    }

    func write(_ text: String, to name: String) throws -> String {
        let path = "\(site.data)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }
}
