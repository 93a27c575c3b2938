import Casework
import Exchange
import Foundation
import HTTPTypes
import Identity
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `Coordination by the API` {
    private static let path = "/api/v1/coordinations"
    private static let pdf = Array("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n".utf8)

    @Test func `every operation does what it says, and refuses what is not its caller's`() async throws {
        try await withGrantedTable(.sqlite, rows: 50) { table in
            let request = try await Disputes.disputed(table)
            let api = try APICaller(table.node)
            let work = Work(
                api: api, check: SchemaCheck(try await api.get("/openapi.json", nil).json()), table: table)
            let id = try await reading(work, request)
            try await hearing(work, id)
            try await minutes(work, id)
            try await agreeing(work, id)
        }
    }

    private struct Work {
        let api: APICaller
        let check: SchemaCheck
        let table: GrantedTable
        let path = "/api/v1/coordinations"
        func token(_ key: String) -> String? { table.people.members[key]?.token }

        func act(_ body: JSON, on id: String, as key: String) async throws -> TestApp.Answer {
            var members = body.object ?? [:]
            if members["revision"] == nil {
                let seen = try await api.get("\(path)/\(id)", token("reviewer")).json()
                members["revision"] = seen["revision"]
            }
            return try await api.post("\(path)/\(id)/acts", token(key), .object(members))
        }
    }

    private func reading(_ work: Work, _ request: CaseID) async throws -> String {
        let path = Self.path
        let list = try await work.api.get("\(path)?standing=open", work.token("cdo"))
        #expect(work.check.faults("GET", path, status: 200, try list.json()) == [])
        let one = try #require(try list.json()["items"]?.array?.first)
        #expect(one["request"]?.string == request.text)
        let id = try #require(one["id"]?.string)
        let read = try await work.api.get("\(path)/\(id)", work.token("county-cdo"))
        #expect(work.check.faults("GET", "\(path)/{id}", status: 200, try read.json()) == [])
        #expect(try read.json()["acts"]?.array?.contains("state-position") == true)
        #expect(try await work.api.get("\(path)/\(id)", work.token("market-cdo")).status == 404)
        #expect(try await work.api.get("\(path)/\(id)", nil).status == 401)
        let watch = "\(path)/\(id)/watch"
        func send(_ method: HTTPRequest.Method) async throws -> Int {
            try await work.api.app.ask(
                method, watch, headers: ["Authorization": "Bearer \(work.token("cdo") ?? "")"]
            ).status
        }
        #expect(try await send(.put) == 204)
        #expect(try await send(.delete) == 204)
        return id
    }

    private func hearing(_ work: Work, _ id: String) async throws {
        let said = try await work.act(
            ["act": "state-position", "comment": "确需使用"], on: id, as: "county-cdo")
        #expect(said.status == 200)
        #expect(
            work.check.faults("POST", "\(Self.path)/{id}/acts", status: 200, try said.json()) == [])
        #expect(try await work.act(["act": "state-position"], on: id, as: "cdo").status == 400)
        #expect(
            try await work.act(["act": "state-position", "comment": "意见"], on: id, as: "consumer").status
                == 403)
        #expect(
            try await work.act(
                ["act": "state-position", "comment": "意见", "revision": 1], on: id, as: "cdo"
            ).status == 409)
        for body: JSON in [
            ["act": "sing"], ["act": "invite"], ["act": "propose"], ["act": "recall", "x": 1],
        ] {
            #expect(try await work.act(body, on: id, as: "reviewer").status == 400, "\(body)")
        }
        #expect(
            try await work.act(
                ["act": "invite", "unit": .string(PartyID.new().text)], on: id, as: "reviewer"
            ).status == 400)
        let market = try #require(try work.table.people.principal("market-cdo").party)
        #expect(
            try await work.act(["act": "invite", "unit": .string(market.text)], on: id, as: "reviewer")
                .status == 200)
        let today = work.table.node.clock.now().date()
        func meeting(_ day: CalendarDate) -> JSON {
            [
                "act": "call-meeting", "on": .string(day.description), "place": "视频会议", "chair": "主管部门负责人",
                "agenda": "脱敏",
            ]
        }
        #expect(try await work.act(meeting(today.adding(days: -1)), on: id, as: "reviewer").status == 400)
        #expect(try await work.act(meeting(today), on: id, as: "cdo").status != 200)
        #expect(try await work.act(meeting(today), on: id, as: "reviewer").status == 200)
    }

    /// Files are kept with their record or not at all, and go to whoever sees the coordination.
    private func minutes(_ work: Work, _ id: String) async throws {
        let path = "\(Self.path)/\(id)"
        func revision() async throws -> String {
            "\(try await work.api.get(path, work.token("reviewer")).json()["revision"]?.integer ?? 0)"
        }
        func record(
            _ name: String, _ bytes: [UInt8], as key: String = "reviewer", seen: String? = nil,
            _ more: [(String, String)] = [("attendees", "市民政局：首席数据官"), ("comment", "双方同意脱敏")]
        ) async throws -> TestApp.Answer {
            let revision = try await revision()
            return try await work.api.app.upload(
                "\(path)/minutes", [("meeting", "1"), ("revision", seen ?? revision)] + more,
                file: ("files", name, bytes), token: work.token(key) ?? "")
        }
        #expect(try await record("纪要.exe", Array("MZ\u{0}".utf8)).status == 422)
        #expect(try await record("纪要.docx", Self.pdf).status == 422)
        #expect(try await record("机密★10年.pdf", Self.pdf).status == 422)
        #expect(try await record("纪要.pdf", Self.pdf, seen: "1").status == 409)
        #expect(try await record("纪要.pdf", Self.pdf, as: "cdo").status == 403)
        #expect(try await record("纪要.pdf", Self.pdf, [("attendees", ""), ("comment", "")]).status == 400)
        #expect(try keptFiles(work.table.node).isEmpty, "what was not recorded is not kept")
        let done = try await record("纪要.pdf", Self.pdf)
        #expect(done.status == 200)
        #expect(
            work.check.faults("POST", "\(Self.path)/{id}/minutes", status: 200, try done.json()) == [])
        #expect(try keptFiles(work.table.node).count == 1)
        let meeting = try #require(try done.json()["meetings"]?.array?.first)
        let file = try #require(meeting["files"]?.array?.first?["id"]?.string)
        for key in ["county-cdo", "market-cdo", "leader"] {
            let got = try await work.api.get("\(path)/files/\(file)", work.token(key))
            #expect(got.status == 200 && got.bytes == Self.pdf, "\(key)")
        }
        let page = "/coordinations/\(id)"
        let party = try await TrialPages.browser(work.table.node, work.table.people, "county-cdo")
        #expect(try await party.get(page).text.contains("\(page)/files/\(file)"))
        #expect(try await party.get("\(page)/files/\(file)").status == 200)
        #expect(try await party.get("\(page)/files/\(file)/view").status == 404, "no picture")
        #expect(try await party.get("\(page)/dossier").text.contains("纪要.pdf"))
        let stranger = try await TrialPages.browser(work.table.node, work.table.people, "ecology-steward")
        #expect(try await stranger.get("\(page)/files/\(file)").status != 200)
        #expect(
            try await work.api.get("\(path)/files/\(LetterFileID.new())", work.token("cdo")).status == 404)
        let kept = try #require(try keptFiles(work.table.node).first)
        try Data(Self.pdf.dropLast()).write(to: URL(filePath: kept))
        #expect(try await work.api.get("\(path)/files/\(file)", work.token("cdo")).status == 404)
    }

    private func keptFiles(_ node: Node) throws -> [String] {
        let root = "\(node.folder.path)/letters/cases"
        return (FileManager.default.enumerator(atPath: root)?.allObjects ?? []).compactMap { $0 as? String }
            .map { "\(root)/\($0)" }.filter { path in
                var isFolder: ObjCBool = false
                return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                    && !isFolder.boolValue
            }
    }

    private func agreeing(_ work: Work, _ id: String) async throws {
        #expect(
            try await work.act(["act": "confirm-minutes", "meeting": 2], on: id, as: "cdo").status == 400)
        #expect(
            try await work.act(["act": "confirm-minutes", "meeting": 1], on: id, as: "cdo").status == 200)
        #expect(
            try await work.act(
                ["act": "object-minutes", "meeting": 1, "comment": "第二条有误"], on: id, as: "county-cdo"
            ).status == 200)
        let outcome: JSON = ["kind": "refusal", "legalBasis": "个人信息保护法"]
        let propose: JSON = ["act": "propose", "outcome": outcome, "comment": "双方同意不提供"]
        #expect(try await work.act(propose, on: id, as: "reviewer").status == 200)
        #expect(try await work.act(["act": "recall", "comment": "再议"], on: id, as: "reviewer").status == 200)
        #expect(try await work.act(propose, on: id, as: "reviewer").status == 200)
        #expect(
            try await work.act(["act": "decline", "comment": "仍需使用"], on: id, as: "county-cdo").status == 200)
        #expect(try await work.act(propose, on: id, as: "reviewer").status == 200)
        #expect(try await work.act(["act": "assent"], on: id, as: "cdo").status != 200, "not its turn")
        #expect(try await work.act(["act": "assent"], on: id, as: "county-cdo").status == 200)
        let agreed = try await work.act(["act": "assent"], on: id, as: "cdo")
        #expect(try agreed.json()["state"] == "agreed")
        let late = try await work.act(
            ["act": "rule", "outcome": outcome, "comment": "不予提供"], on: id, as: "leader")
        #expect(late.status != 200, "it is over")
    }
}

/// Requests of the sample city that its county disputes.
enum Disputes {
    static func disputed(_ table: GrantedTable) async throws -> CaseID {
        try await disputed(table.node, table.people, table.release.entry)
    }

    static func disputed(_ node: Node, _ people: SamplePeople, _ entry: EntryID) async throws -> CaseID {
        let today = node.clock.now().date()
        var request = try await node.exchange.draft(
            entry,
            RequestWish(
                columns: ["户籍县区"], purpose: "核对", legalBasis: "示例办法第一条", businessItem: "核对",
                deliveries: [.csv], expectedRows: 100, dailyRows: 50, from: today,
                to: today.adding(days: 30), retentionDays: 30, isCommitted: true, contactPost: "经办岗"),
            by: try people.principal("consumer"))
        let acts: [(RequestAct, String, Opinion)] = [
            (.submit, "consumer", .none), (.signOff, "county-cdo", .none), (.accept, "reviewer", .none),
            (.refuse, "cdo", Opinion(comment: "不宜提供", legalBasis: "示例条例")),
            (.dispute, "consumer", Opinion(comment: "确需使用")),
        ]
        for (act, who, opinion) in acts {
            request = try await node.exchange.perform(
                act, on: request.id, seen: request.file.revision, by: try people.principal(who), opinion)
        }
        return request.id
    }
}
