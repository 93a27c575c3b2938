import Exchange
import Foundation
import Identity
import Kernel
import Persistence
import Server
import TestKit
import Testing

/// 督办 and 协调, as a script does them.
@Suite struct `Supervision and coordination by commands` {
    @Test func `are opened, worked and ended; what is wrong ends with its code`() async throws {
        try await SampleSite.with(.sqlite, rows: 50) { site in
            let work = ByCommand(site)
            let unit = try await site.open { node in
                _ = try await Disputes.disputed(
                    node, site.people, try #require(EntryID(try await work.entry())))
                return try #require(try site.people.principal("cdo").party).text
            }
            try await supervision(work, unit)
            try await coordination(work)
        }
    }

    private func supervision(_ work: ByCommand, _ unit: String) async throws {
        let open = ["supervision", "open", "--unit", unit, "--basis", "共享条例", "--subject", "补齐条目"]
        #expect(try await work.status(open + ["--due", "someday"], as: "reviewer") == 2)
        let later = ["--due", ByCommand.day(in: 20)]
        #expect(try await work.status(open + later, as: "cdo") == 4)
        #expect(try await work.status(open + later, as: "consumer") == 4)
        let made = try await work.json(open + later, as: "reviewer")
        let id = try #require(made["id"]?.string)
        func act(_ name: String, _ more: String...) -> [String] { ["supervision", "act", name, id] + more }
        #expect(try await work.status(act("sing"), as: "cdo") == 2)
        #expect(try await work.status(act("promise"), as: "cdo") == 2)
        #expect(try await work.status(act("acknowledge", "--revision", "9"), as: "cdo") == 6)
        _ = try await work.json(act("acknowledge"), as: "cdo")
        #expect(try await work.status(act("report-done"), as: "cdo") == 2)
        _ = try await work.json(act("report-done", "--comment", "已补齐"), as: "cdo")
        #expect(try await work.json(act("confirm"), as: "reviewer")["state"] == "closed")
        #expect(try await work.json(["supervision", "show", id], as: "cdo")["id"] == .string(id))
        #expect(try await work.status(["supervision", "show", id], as: "market-cdo") == 5)
        let list = ["supervision", "list", "--standing"]
        #expect(try await work.json(list + ["closed"], as: "reviewer").array?.count == 1)
        #expect(try await work.status(list + ["asleep"], as: "reviewer") == 2)
        #expect(try await work.json(["supervision", "figures"], as: "leader").array?.isEmpty == false)
    }

    private func coordination(_ work: ByCommand) async throws {
        let listed = try await work.json(["coordination", "list", "--open"], as: "cdo")
        let id = try #require(listed.array?.first?["id"]?.string)
        func act(_ body: JSON, as who: String, _ more: String...) async throws -> Program.Ended {
            try await work.run(
                ["coordination", "act", id, "--file", "-"] + more, as: who, input: body.pretty)
        }
        #expect(try await act(["act": "sing"], as: "reviewer").status == 2)
        #expect(try await act(["act": "state-position"], as: "cdo").status == 2)
        let said: JSON = ["act": "state-position", "comment": "须脱敏"]
        #expect(try await act(said, as: "cdo", "--revision", "9").status == 6)
        #expect(try await act(said, as: "cdo").status == 0)
        let today = String(work.justNow.prefix(10))
        #expect(
            try await act(
                [
                    "act": "call-meeting", "on": .string(today), "place": "视频会议", "chair": "负责人",
                    "agenda": "脱敏",
                ], as: "reviewer"
            ).status == 0)
        let file = try work.write("出席：市民政局首席数据官", to: "签到.txt")
        let minutes = [
            "coordination", "minutes", id, "--meeting", "1", "--attendee", "市民政局：首席数据官", "--record",
            "双方同意脱敏", "--attach", file,
        ]
        #expect(try await work.status(minutes, as: "reviewer") != 0, "undeclared")
        #expect(try await work.status(minutes + ["--unclassified"], as: "cdo") != 0)
        let recorded = try await work.json(minutes + ["--unclassified"], as: "reviewer")
        let kept = try #require(
            recorded["meetings"]?.array?.first?["files"]?.array?.first?["id"]?.string)
        let output = "\(work.site.data)/out.txt"
        _ = try await work.json(["coordination", "file", id, kept, "--output", output], as: "county-cdo")
        #expect(try String(contentsOfFile: output, encoding: .utf8).contains("首席数据官"))
        #expect(
            try await work.status(
                ["coordination", "file", id, kept, "--output", output], as: "market-cdo") == 5)
        let rule: JSON = [
            "act": "rule", "outcome": ["kind": "refusal", "legalBasis": "个人信息保护法"], "comment": "不予提供",
        ]
        #expect(try await act(rule, as: "cdo").status != 0)
        #expect(try await act(rule, as: "leader").status == 0)
        let shown = try await work.json(["coordination", "show", id], as: "county-cdo")
        #expect(shown["state"] == "ruled")
        #expect(try await work.status(["coordination", "show", id], as: "market-cdo") == 5)
    }
}

extension ByCommand {
    static func day(in days: Int) -> String {
        let parts = Date.ISO8601FormatStyle(timeZone: TimeZone(secondsFromGMT: 28_800) ?? .gmt)
        return String(Date.now.addingTimeInterval(86_400 * Double(days)).formatted(parts).prefix(10))
    }
}
