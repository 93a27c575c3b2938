import Casework
import Exchange
import HTTPTypes
import Identity
import Kernel
import Persistence
import Policy
import Server
import TestKit
import Testing

@Suite struct `Supervision by the API` {
    private static let path = "/api/v1/supervisions"

    @Test func `every operation does what it says, and refuses what is not its caller's`() async throws {
        try await SampleNode.with(.sqlite, inBackground: false) { node, people in
            let api = try APICaller(node)
            let check = SchemaCheck(try await api.get("/openapi.json", nil).json())
            func token(_ key: String) -> String? { people.members[key]?.token }
            let unit = try #require(try people.principal("cdo").party)
            let due = node.clock.now().date().adding(days: 10)
            let draft: JSON = [
                "unit": .string(unit.text), "subject": "补齐目录条目", "basis": "政务数据共享条例",
                "due": .string(due.description),
            ]
            try await refused(api, draft, token)
            let made = try await api.post(Self.path, token("reviewer"), draft)
            #expect(made.status == 201)
            #expect(check.faults("POST", Self.path, status: 201, try made.json()) == [])
            let id = try #require(try made.json()["id"]?.string)
            let one = "\(Self.path)/\(id)"
            let read = try await api.get(one, token("cdo"))
            #expect(check.faults("GET", "\(Self.path)/{id}", status: 200, try read.json()) == [])
            #expect(try await api.get(one, token("market-cdo")).status == 404)
            let list = try await api.get("\(Self.path)?standing=open", token("reviewer"))
            #expect(check.faults("GET", Self.path, status: 200, try list.json()) == [])
            #expect(try await api.get("\(Self.path)?standing=asleep", token("reviewer")).status == 400)
            let figures = try await api.get("/api/v1/supervision-figures", token("leader"))
            #expect(
                check.faults("GET", "/api/v1/supervision-figures", status: 200, try figures.json()) == [])
            for (method, status) in [(HTTPRequest.Method.put, 204), (.delete, 204)] {
                let headers = ["Authorization": "Bearer \(token("cdo") ?? "")"]
                #expect(
                    try await api.app.ask(method, "\(one)/watch", headers: headers).status == status)
            }
            try await acts(api, check, one, due, token)
        }
    }

    private func refused(
        _ api: APICaller, _ draft: JSON, _ token: (String) -> String?
    ) async throws {
        func without(_ member: String) -> JSON {
            .object((draft.object ?? [:]).filter { $0.key != member })
        }
        for member in ["unit", "subject", "basis", "due"] {
            #expect(
                try await api.post(Self.path, token("reviewer"), without(member)).status == 400, "\(member)")
        }
        #expect(try await api.post(Self.path, token("cdo"), draft).status == 403)
        #expect(try await api.post(Self.path, nil, draft).status == 401)
        var more = draft.object ?? [:]
        more["level"] = 3
        #expect(try await api.post(Self.path, token("reviewer"), .object(more)).status == 400)
    }

    private func acts(
        _ api: APICaller, _ check: SchemaCheck, _ one: String, _ due: CalendarDate,
        _ token: (String) -> String?
    ) async throws {
        func act(_ body: JSON, as key: String) async throws -> TestApp.Answer {
            var members = body.object ?? [:]
            if members["revision"] == nil {
                members["revision"] = try await api.get(one, token("reviewer")).json()["revision"]
            }
            return try await api.post("\(one)/acts", token(key), .object(members))
        }
        #expect(try await act(["act": "acknowledge", "revision": 99], as: "cdo").status == 409)
        #expect(try await act(["act": "acknowledge"], as: "reviewer").status != 200)
        let seen = try await act(["act": "acknowledge"], as: "cdo")
        #expect(seen.status == 200)
        #expect(check.faults("POST", "\(Self.path)/{id}/acts", status: 200, try seen.json()) == [])
        for body: JSON in [["act": "sing"], ["act": "promise"], ["act": "issue-notice", "letter": ["x": 1]]] {
            #expect(try await act(body, as: "reviewer").status == 400, "\(body)")
        }
        let promise: JSON = [
            "act": "promise", "day": .string(due.adding(days: 5).description), "comment": "需会商",
        ]
        #expect(
            try await act(["act": "promise", "day": "2020-01-01", "comment": "x"], as: "cdo").status == 400)
        #expect(try await act(promise, as: "cdo").status == 200)
        #expect(try await act(["act": "decline-promise", "comment": "不得再延"], as: "reviewer").status == 200)
        #expect(try await act(promise, as: "cdo").status == 200)
        #expect(try await act(["act": "accept-promise"], as: "reviewer").status == 200)
        #expect(
            try await act(["act": "issue-notice", "comment": "请于期限内办结"], as: "reviewer").status == 200)
        #expect(try await act(["act": "report-by-hand", "comment": "逾期未办"], as: "reviewer").status == 200)
        #expect(try await act(["act": "instruct", "comment": "限期办结"], as: "cdo").status != 200)
        #expect(
            try await act(
                ["act": "instruct", "comment": "限期办结", "day": .string(due.description)], as: "leader"
            ).status == 200)
        #expect(try await act(["act": "report-done"], as: "cdo").status == 400, "what was done is needed")
        #expect(try await act(["act": "report-done", "comment": "已补齐"], as: "cdo").status == 200)
        #expect(try await act(["act": "send-back", "comment": "还缺两条"], as: "reviewer").status == 200)
        #expect(try await act(["act": "report-done", "comment": "已全部补齐"], as: "cdo").status == 200)
        let closed = try await act(["act": "confirm"], as: "reviewer")
        #expect(try closed.json()["state"] == "closed")
        #expect(try await act(["act": "withdraw", "comment": "误立"], as: "reviewer").status != 200)
    }
}
