import Casework
import Exchange
import HTTPTypes
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `An application for several entries by the API` {
    private static let path = "/api/v1/applications"

    @Test func `is drafted once, signed off, and parted; what comes of it names the consent from above`()
        async throws
    {
        try await withGrantedTable(.sqlite) { table in
            let (node, people) = (table.node, table.people)
            let api = try APICaller(node)
            let check = SchemaCheck(try await api.get("/openapi.json", nil).json())
            func token(_ name: String) -> String { people.members[name]?.token ?? "" }
            let consumer = token("consumer")
            func draft(_ key: String, _ body: JSON) async throws -> TestApp.Answer {
                try await api.app.ask(
                    .post, Self.path,
                    headers: [
                        "Authorization": "Bearer \(consumer)", "Content-Type": "application/json",
                        "Idempotency-Key": key,
                    ], body: body.canonicalBytes)
            }
            let content = Self.content(table.release.entry, on: node.clock.now().date())
            let made = try await draft("k", content)
            #expect(made.status == 201)
            #expect(check.faults("POST", Self.path, status: 201, try made.json()) == [])
            let id = try #require(try made.json()["id"]?.string)
            #expect(try await draft("k", content).json()["id"]?.string == id)
            #expect(try await draft("l", ["common": ["columns": []]]).status == 400)

            let one = "\(Self.path)/\(id)"
            let template = "\(Self.path)/{id}"
            #expect(
                try await api.post("\(one)/acts", consumer, ["act": "submit", "revision": 9]).status == 409)
            #expect(
                try await api.post("\(one)/acts", consumer, ["act": "sing", "revision": 1]).status == 400)
            #expect(
                try await api.post("\(one)/acts", consumer, ["act": "submit", "revision": 1]).status == 200)
            let signed = try await api.post(
                "\(one)/acts", token("county-cdo"), ["act": "sign-off", "revision": 2])
            #expect(signed.status == 200)
            #expect(check.faults("POST", "\(template)/acts", status: 200, try signed.json()) == [])
            let read = try await api.get(one, consumer)
            #expect(check.faults("GET", template, status: 200, try read.json()) == [])
            #expect(try await api.get(one, token("cdo")).status == 404)
            for (method, who, status) in [
                (HTTPRequest.Method.put, consumer, 204), (.delete, consumer, 204), (.put, token("cdo"), 404),
            ] {
                let answer = try await api.app.ask(
                    method, "\(one)/watch", headers: ["Authorization": "Bearer \(who)"])
                #expect(answer.status == status)
            }
            try await look(id, node, people)
            #expect(try await api.get("\(Self.path)?standing=nowhere", consumer).status == 400)
            let list = try await api.get("\(Self.path)?standing=open&limit=1", consumer)
            #expect(check.faults("GET", Self.path, status: 200, try list.json()) == [])
            let request = try #require(
                try read.json()["requests"]?.array?.first?["id"]?.string.flatMap { CaseID($0) })
            try await receive(request, table)
        }
    }

    /// Watched on its page, read of in the inbox, and printed as one bundle.
    private func look(_ id: String, _ node: Node, _ people: SamplePeople) async throws {
        let page = "/applications/\(id)"
        let consumer = try await TrialPages.browser(node, people, "consumer")
        let shown = try await consumer.get(page).text
        #expect(shown.contains("each request has its own provider"))
        #expect(try await consumer.post("\(page)/watch", [("on", "1")]).location == page)
        #expect(try await consumer.get("/inbox?tray=watched").text.contains(page))
        let reading = try await consumer.post(
            "\(page)/watch/reading", [("return", "/inbox?tray=watched")])
        #expect(reading.location == "/inbox?tray=watched")
        #expect(try await consumer.post("\(page)/watch", [("on", "0")]).location == page)
        #expect(!(try await consumer.get("/inbox?tray=watched").text.contains(page)))
        let listed = try await consumer.get("/applications?q=低保&standing=open")
        #expect(listed.text.contains(page) && listed.text.contains("format=excel"))
        #expect(try await consumer.get("/applications?q=nosuch").text.contains("No application is like that"))
        #expect(try await consumer.get("/applications?format=csv").text.contains("低保家庭经济状况核对"))
        let printed = try await consumer.get("\(page)/dossier")
        #expect(printed.status == 200 && printed.text.contains("href=\"#records\""))
        #expect(printed.text.contains("社会救助核对") && printed.text.contains("\(page)/dossier.json"))
        let provider = try await TrialPages.browser(node, people, "cdo")
        #expect(try await provider.get("\(page)/dossier").status == 404)
        #expect(try await provider.post("\(page)/watch", [("on", "1")]).status == 404)
    }

    /// Granted with consent from above, and a file of it: the receipt names the letter.
    private func receive(_ id: CaseID, _ table: GrantedTable) async throws {
        let (node, people) = (table.node, table.people)
        let today = node.clock.now().date()
        let consent = SuperiorConsent(number: "粤民函〔2026〕8号", issuer: "省民政厅", on: today, digest: "sm3:5a")
        var request = try await node.exchange.request(id, for: try people.principal("reviewer"))
        let acts: [(RequestAct, String)] = [
            (.accept, "reviewer"),
            (
                .askSuperior(
                    SuperiorQuestion(letter: "河民函〔2026〕12号", superior: "省民政厅", sentOn: today)), "cdo"
            ), (.superiorReplied(SuperiorReply(consent, isConsent: true)), "cdo"), (.agree, "cdo"),
        ]
        for (act, who) in acts {
            request = try await node.exchange.perform(
                act, on: id, seen: request.file.revision, by: try people.principal(who))
        }
        let grant = try #require(request.grant)
        let consumer = try people.principal("consumer")
        let release = try await node.files.make(.csv, under: grant, by: consumer)
        let leaves = try await table.leaves("grant.signed")
        #expect(leaves.contains { $0.canonical.contains("superior-consent") })
        let payload = try await receipt(of: release.id, table)
        #expect(payload.contains("粤民函〔2026〕8号"))
        let delivered = try await node.exchange.request(id, for: consumer)
        #expect(delivered.file.state == "acceptance")
        let page = try await TrialPages.browser(node, people, "consumer").get("/grants/\(grant)").text
        #expect(page.contains("粤民函〔2026〕8号"))
    }

    private func receipt(of id: ReleaseID, _ table: GrantedTable) async throws -> String {
        try await table.node.database.read { connection in
            try connection.row("SELECT receipt FROM release WHERE id = \(id)")?.value("receipt") ?? ""
        }
    }

    private static func content(_ entry: EntryID, on today: CalendarDate) -> JSON {
        [
            "common": [
                "businessItem": "低保家庭经济状况核对", "purpose": "社会救助核对", "legalBasis": "社会救助暂行办法第五十八条",
                "from": .string(today.description), "to": .string(today.adding(days: 30).description),
                "retentionDays": 30, "contactPost": "救助科经办岗", "isCommitted": true,
            ],
            "entries": [
                [
                    "entry": .string(entry.text), "columns": ["户籍县区", "救助类别"], "deliveries": ["csv"],
                    "expectedRows": 1_000,
                ]
            ],
        ]
    }
}
