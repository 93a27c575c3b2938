import Catalogue
import Cryptography
import Evidence
import Grading
import HTTPTypes
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Quality
import TestKit
import Testing
import Web

/// The three domains' pages over one database; who asks is told by a token.
private struct PageWorld: Sendable {
    let app: TestApp
    let catalogue: Catalogue
    let grading: Grading
    let people: [String: Principal]

    init(_ database: any Database) async throws {
        let cast = CatalogueCast()
        let people = [
            "steward": cast.person(.steward, of: cast.health),
            "stranger": cast.person(.steward, of: cast.transport),
            "reviewer": cast.person(.bureauReviewer, of: cast.bureau),
            "officer": cast.person(.securityOfficer, of: cast.bureau),
        ]
        let evidence = EvidenceLog(node: "n441600", digest: .sm3)
        try await evidence.prepare(database)
        let (permissions, clock) = (Permissions(), Clock.fixed(.morning))
        let catalogue = Catalogue(
            database: database, permissions: permissions, evidence: evidence, clock: clock)
        let quality = Quality(database: database, permissions: permissions, evidence: evidence, clock: clock)
        {
            try catalogue.stored($0, in: $1)?.owner
        }
        let grading = Grading(
            database: database, permissions: permissions, evidence: evidence, clock: clock,
            entry: { id, connection in
                try catalogue.stored(id, in: connection).map { entry in
                    Grading.EntryFacts(
                        owner: entry.owner, sharing: .conditional,
                        columns: entry.currentCard.items.map(\.column),
                        items: [:])
                }
            }, tell: { try catalogue.recordGrade($0, of: $1, in: $2) })
        var routes = Routes()
        let nobody: Actors.Reader = { _ in [:] }
        catalogueRoutes(
            &routes, catalogue: catalogue, aspects: { _, _ in EntryAspects() }, actors: nobody)
        let title: @Sendable (EntryID, Principal) async throws -> String = {
            try await catalogue.entry($0, for: $1).currentCard.title
        }
        QualitySite(
            quality, clock: clock,
            neighbours: QualitySite.Neighbours(
                title: title, profile: { _ in Self.profile }, served: { _ in nil },
                workbook: { titles, _, _ in throw LakeError.excelFailed(detail: titles.joined()) },
                actors: nobody)
        ).routes(&routes)
        gradingRoutes(&routes, grading: grading, title: title, actors: nobody)
        let door = Door(
            principalOfSession: { _ in nil }, principalOfToken: { people[$0] }, signIn: Door.shut.signIn,
            signOut: { _ in }, posts: { _ in [] }, choosePost: Door.shut.choosePost)
        let site = try Site.sample(
            folders: [cataloguePageFolder, qualityPageFolder, gradingPageFolder],
            words: [catalogueWords, qualityWords, gradingWords], door: door)
        app = TestApp(site, routes)
        self.catalogue = catalogue
        self.grading = grading
        self.people = people
    }

    private static let profile = Profile(
        rows: 200,
        columns: [
            .init(
                name: "id_number", type: "text", nulls: 0, distinctApproximately: 200, minimum: nil,
                maximum: nil, top: [], lengths: [:], identifiers: [.citizenID: 200])
        ])

    func get(_ path: String, as person: String? = nil) async throws -> TestApp.Answer {
        try await app.ask(.get, path, headers: headers(person))
    }

    func post(
        _ path: String, _ fields: [(String, String)], as person: String
    ) async throws -> TestApp.Answer {
        let body = fields.map { "\(SubmittedForm.encoded($0.0))=\(SubmittedForm.encoded($0.1))" }
        var headers = headers(person)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return try await app.ask(.post, path, headers: headers, body: Array(body.joined(separator: "&").utf8))
    }

    private func headers(_ person: String?) -> [String: String] {
        var headers = ["Accept": "text/html", "Accept-Language": "zh-Hans"]
        if let person { headers["Authorization"] = "Bearer \(person)" }
        return headers
    }

    func draft(_ card: EntryCard = .sample()) async throws -> Entry {
        let steward = try #require(people["steward"])
        return try await catalogue.draft(card, owner: try #require(steward.party), by: steward)
    }
}

private func withPages(_ body: (PageWorld) async throws -> Void) async throws {
    let migrations = evidenceMigrations + catalogueMigrations + qualityMigrations + gradingMigrations
    try await withDatabase(.sqlite, migrations) { try await body(PageWorld($0)) }
}

@Suite struct `The pages of the catalogue` {
    private let form: [(String, String)] = [
        ("revision", "0"), ("title", "出生医学证明信息"), ("category", "202001"), ("provider", "市卫生健康局"),
        ("providerUSCC", "1144160000712345XB"), ("abstract", "签发信息。"), ("formatClass", "database"),
        ("formatType", "PostgreSQL"), ("shareType", "2"), ("shareCondition", "履职需要"),
        ("shareMode", "platform"),
        ("openType", "closed"), ("updateCycle", "daily"), ("items[0].column", "id_number"),
        ("items[0].name", "身份证号"), ("items[0].type", "C"), ("items[0].length", "18"), ("items[1].column", ""),
        ("items[1].name", ""),
    ]

    @Test func `carry an entry from the form to the public list`() async throws {
        try await withPages { world in
            var form = form
            form[11] = ("openType", "conditional")
            form.append(("openCondition", "签订协议"))
            let made = try await world.post("/catalogue", form, as: "steward")
            #expect(made.status == 303)
            let path = try #require(made.location)
            #expect(try await world.get(path, as: "steward").text.contains("202001/000001"))
            #expect(try await world.get(path).status == 404)
            #expect(try await world.get(path, as: "stranger").status == 404)
            #expect(
                try await world.post("\(path)/submission", [("revision", "1")], as: "steward").status == 303)
            let review = try await world.get("\(path)/review", as: "reviewer")
            #expect(review.text.contains("审核通过并发布"))
            #expect(
                try await world.post("\(path)/publication", [("revision", "2")], as: "reviewer").status == 303
            )
            let list = try await world.get("/catalogue?q=%E5%87%BA%E7%94%9F")
            #expect(list.text.contains("出生医学证明信息"))
            let csv = try await world.get("/catalogue?format=csv")
            #expect(csv.header("Content-Type") == "text/csv; charset=utf-8")
            #expect(csv.text.contains("出生医学证明信息"))
            #expect(try await world.get("/api/v1/entries").json()["items"]?.array?.count == 1)
        }
    }

    @Test func `show what keeps a draft from review beside its field`() async throws {
        try await withPages { world in
            let entry = try await world.draft(EntryCard(title: "名称"))
            let answer = try await world.post(
                "/catalogue/\(entry.id)/submission", [("revision", "1")], as: "steward")
            #expect(answer.status == 422)
            #expect(answer.text.contains("#field-providerUSCC"))
            #expect(answer.text.contains("必填。"))
        }
    }

    @Test func `refuse a change to what has moved`() async throws {
        try await withPages { world in
            let entry = try await world.draft()
            let path = "/catalogue/\(entry.id)/draft"
            #expect(try await world.post(path, form + [("revision", "1")], as: "steward").status == 422)
            var seen = form
            seen[0] = ("revision", "1")
            #expect(try await world.post(path, seen, as: "steward").status == 303)
        }
    }

    @Test func `ask for a reason before sending back or withdrawing`() async throws {
        try await withPages { world in
            let entry = try await world.draft()
            let path = "/catalogue/\(entry.id)"
            _ = try await world.post("\(path)/submission", [("revision", "1")], as: "steward")
            let answer = try await world.post("\(path)/return", [("revision", "2")], as: "reviewer")
            #expect(answer.status == 422)
            #expect(answer.text.contains("请填写理由。"))
            _ = try await world.post("\(path)/publication", [("revision", "2")], as: "reviewer")
            #expect(try await world.get("\(path)/withdrawal", as: "reviewer").status == 200)
            let refused = try await world.post("\(path)/withdrawal", [("revision", "3")], as: "reviewer")
            #expect(refused.status == 422)
        }
    }
}

@Suite struct `The pages of rules and grades` {
    @Test func `add, suggest and retire rules`() async throws {
        try await withPages { world in
            let entry = try await world.draft()
            let path = "/catalogue/\(entry.id)/rules"
            let fault = try await world.post(path, [("check", "range"), ("column", "a")], as: "steward")
            #expect(fault.status == 422)
            #expect(fault.text.contains("范围和长度至少应有一个界限。"))
            let added = try await world.post(
                path, [("check", "citizen-id"), ("column", "id_number"), ("pattern", "left over")],
                as: "steward")
            #expect(added.status == 303)
            let page = try await world.get("\(path)?suggest=1", as: "steward")
            #expect(page.text.contains("应符合“公民身份号码”的编码规则"))
            #expect(page.text.contains("采用所选建议"))
            #expect(try await world.get(path, as: "stranger").status == 404)
            let rule = try #require(page.text.firstMatch(of: /rules\/([0-9a-f-]{36})"/)).1
            let one = "\(path)/\(rule)"
            let shown = try await world.get(one, as: "steward")
            #expect(shown.text.contains("第 1 次修订"))
            #expect(try await world.get(one, as: "stranger").status == 404)
            let revised = [
                ("revision", "1"), ("check", "not-null"), ("column", "id_number"), ("severity", "warning"),
            ]
            #expect(try await world.post(one, revised, as: "steward").status == 303)
            #expect(try await world.get(one, as: "steward").text.contains("第 2 次修订"))
            let stale = try await world.post(one, revised, as: "steward")
            #expect(stale.status == 422)
            #expect(try await world.get("\(one)/retirement", as: "steward").status == 200)
            let rows = try await world.get("\(one)/rows", as: "steward")
            #expect(rows.text.contains("还没有数据版本。"))
            #expect(try await world.get("\(one)/rows", as: "officer").status == 200)
            #expect(try await world.get("\(one)/rows", as: "stranger").status == 404)
            let retired = try await world.post("\(one)/retirement", [("revision", "2")], as: "steward")
            #expect(retired.status == 303)
            #expect(try await world.get(path, as: "steward").text.contains("尚无规则"))
        }
    }

    @Test func `adopt the pack of an identifier by one button, and all that is left by another`() async throws
    {
        try await withPages { world in
            let entry = try await world.draft()
            let path = "/catalogue/\(entry.id)/rules"
            let page = try await world.get("\(path)?suggest=1", as: "steward")
            #expect(page.text.contains("规则包：公民身份号码"))
            #expect(try await world.post(path, [("pack", "id_number")], as: "steward").status == 303)
            let adopted = try await world.get("\(path)?suggest=1", as: "steward")
            #expect(adopted.text.contains("“id_number”应有值。"))
            #expect(!adopted.text.contains("规则包"))
            #expect(try await world.post(path, [("adopt", "1"), ("all", "1")], as: "steward").status == 303)
            let done = try await world.get("\(path)?suggest=1", as: "steward")
            #expect(!done.text.contains("采用所选建议"))
        }
    }

    @Test func `write a rule of two columns, and say in which field it is wrong`() async throws {
        try await withPages { world in
            let entry = try await world.draft()
            let path = "/catalogue/\(entry.id)/rules"
            let order = [("check", "date-order"), ("column", "起始日期"), ("other", "截止日期")]
            #expect(try await world.post(path, order, as: "steward").status == 303)
            let lost = try await world.post(
                path, [("check", "determined"), ("column", "a, b")], as: "steward")
            #expect(lost.status == 422)
            #expect(lost.text.contains("field-other-error"))
            let gone = try await world.post(
                path,
                [
                    ("check", "reference"), ("column", "a"), ("key", "k"),
                    ("entry", "https://x.cn/catalogue/00000000-0000-0009-8000-000000000000"),
                ], as: "steward")
            #expect(gone.status == 422)
            #expect(gone.text.contains("没有可供比对的数据版本"))
            let page = try await world.get(path, as: "steward")
            #expect(page.text.contains("“起始日期”应不晚于“截止日期”。"))
        }
    }

    @Test func `decide grades, and show the floor that refuses one`() async throws {
        try await withPages { world in
            let entry = try await world.draft()
            let path = "/catalogue/\(entry.id)/grades"
            let profile = Profile(
                rows: 9,
                columns: ["id_number", "born_on"].map {
                    .init(
                        name: $0, type: "text", nulls: 0, distinctApproximately: 9, minimum: nil,
                        maximum: nil,
                        top: [], lengths: [:], identifiers: $0 == "id_number" ? [.citizenID: 9] : [:])
                })
            try await world.grading.suggest(for: entry.id, profile: profile)
            let page = try await world.get(path, as: "officer")
            #expect(page.text.contains("属敏感个人信息"))
            func decide(_ id: String, _ born: String) async throws -> TestApp.Answer {
                try await world.post(
                    path,
                    [
                        ("revision", "0"), ("column", "id_number"), ("level", id), ("column", "born_on"),
                        ("level", born), ("reason", ""),
                    ], as: "officer")
            }
            let low = try await decide("L1", "")
            #expect(low.status == 422)
            #expect(low.text.contains("不得低于 L4"))
            #expect(try await decide("L4", "L2").status == 303)
            let steward = try await world.get("/catalogue/\(entry.id)", as: "steward")
            #expect(steward.status == 200)
            #expect(try await world.get(path, as: "steward").status == 403)
        }
    }
}
