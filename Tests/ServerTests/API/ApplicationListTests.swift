import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `Applications from a list, by page and by API` {
    @Test
    func `a sheet is looked at, its good rows are drafted with the promise, the others come back marked`()
        async throws
    {
        try await withGrantedTable(.sqlite) { table in
            let (node, people) = (table.node, table.people)
            let title = try await node.exchange.entry(table.release.entry).title
            let header = ApplicationColumn.allCases.map {
                applicationListWords.text($0.title, in: .simplifiedChinese)
            }
            let today = node.clock.now().date()
            func row(_ entry: String, _ items: String) -> String {
                "救助核对,\(entry),\(items),,csv,100,,核对,救助办法,\(today),\(today.adding(days: 30)),30,经办岗"
            }
            let text =
                [header.joined(separator: ","), row(title, "户籍县区"), row(title, "没有这一项"), row("没有", "户籍县区")]
                .joined(separator: "\n") + "\n"
            try await byAPI(node, people, text)
            try await byPage(node, people, text)
        }
    }

    private func byAPI(_ node: Node, _ people: SamplePeople, _ text: String) async throws {
        let api = try APICaller(node)
        let check = SchemaCheck(try await api.get("/openapi.json", nil).json())
        let path = "/api/v1/application-lists"
        let consumer = try #require(people.members["consumer"]?.token)
        func send(_ text: String, _ fields: [(String, String)] = []) async throws -> TestApp.Answer {
            try await api.app.upload(
                path, fields, file: ("file", "批量申请.csv", Array(text.utf8)), token: consumer)
        }
        #expect(try await send(text, [("unclassified", "0")]).status == 400)
        #expect(try await send("业务事项,目录条目\n甲,乙\n").status == 400)
        let brought = try await send(text)
        #expect(brought.status == 201)
        let list = try brought.json()
        #expect(check.faults("POST", path, status: 201, list) == [])
        #expect(list["state"] == "open" && list["taken"] == 1 && list["refused"] == 2)
        #expect(list["faults"]?.array?.map { $0["cell"] } == ["C3", "B4"])
        let one = "\(path)/\(try #require(list["id"]?.string))"
        let read = try await api.get(one, consumer)
        #expect(check.faults("GET", "\(path)/{id}", status: 200, try read.json()) == [])
        #expect(try await api.get(one, people.members["cdo"]?.token).status == 404)
        #expect(try await api.post("\(one)/drafts", consumer, [:]).status == 400)
        #expect(try await api.post("\(one)/drafts", consumer, ["promise": true]).status == 400)
        let drafted = try await api.post("\(one)/drafts", consumer, ["isCommitted": true])
        #expect(drafted.status == 200)
        #expect(check.faults("POST", "\(path)/{id}/drafts", status: 200, try drafted.json()) == [])
        let application = try #require(
            try drafted.json()["applications"]?.array?.first?["id"]?.string)
        let again = try await api.post("\(one)/drafts", consumer, ["isCommitted": true]).json()
        #expect(again["applications"]?.array?.first?["id"]?.string == application)
        let made = try await api.get("/api/v1/applications/\(application)", consumer).json()
        #expect(made["lacks"] == [] && made["entries"] == 1)
    }

    private func byPage(_ node: Node, _ people: SamplePeople, _ text: String) async throws {
        let consumer = try await TrialPages.browser(node, people, "consumer")
        #expect(try await consumer.get("/application-lists/template").status == 200)
        _ = try await consumer.get("/application-lists/new")
        let bad = try await consumer.upload(
            "/application-lists", [], file: ("file", "x.csv", Array("a,b\n1,2\n".utf8)))
        #expect(bad.status == 422 && bad.text.contains("The list lacks these columns"))
        let brought = try await consumer.upload(
            "/application-lists", [], file: ("file", "清单.csv", Array(text.utf8)))
        let path = try #require(brought.location)
        let page = try await consumer.get(path)
        #expect(page.text.contains("1 rows can be drafted") && page.text.contains("C3"))
        #expect(try await consumer.get("\(path)/returned").status == 200)
        let unpromised = try await consumer.post("\(path)/drafts", [])
        #expect(unpromised.status == 422)
        #expect(try await consumer.post("\(path)/drafts", [("isCommitted", "1")]).status == 303)
        #expect(try await consumer.get(path).text.contains("/applications/"))
        #expect(try await consumer.get("/applications").text.contains("清单.csv"))
        #expect(try await consumer.post("\(path)/removal", []).status == 409)
        let second = try #require(
            try await consumer.upload(
                "/application-lists", [], file: ("file", "误传.csv", Array(text.utf8))
            ).location)
        #expect(try await consumer.post("\(second)/removal", []).status == 303)
        let other = try await TrialPages.browser(node, people, "cdo")
        #expect(try await other.get(path).status == 404)
    }
}
