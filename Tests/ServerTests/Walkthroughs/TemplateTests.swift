import Exchange
import Identity
import Kernel
import Persistence
import Policy
import Server
import TestKit
import Testing

@Suite struct `Templates of terms` {
    private static func template(
        _ node: Node, _ name: String = "个人信息核验",
        terms: [String: String] = ["masks": "身份证号：keep-6-4\n姓名：surname"],
        purpose: String = "", days: Int = 0, sharing: SharingKind? = .conditional
    ) -> TermsTemplate {
        let now = node.clock.now()
        return TermsTemplate(
            id: .new(at: now), name: name, sharing: sharing, purpose: purpose, basis: "GB/T 43697-2024 附录 I",
            terms: terms, from: now.date().adding(days: days))
    }

    @Test(arguments: Dialect.available)
    func `have days: a revision ends the old one, which stays to be read`(_ dialect: Dialect) async throws {
        try await SampleNode.with(dialect) { node, people in
            let reviewer = try people.principal("reviewer")
            let today = node.clock.now().date()
            let first = Self.template(node, days: -10)
            try await node.templates.set(first, by: reviewer)
            let next = Self.template(node, terms: ["masks": "身份证号：pseudonym", "callsPerDay": "100"])
            try await node.templates.set(next, replacing: first.id, by: reviewer)
            #expect(try await node.templates.find(first.id).to == today.adding(days: -1))
            #expect(try await node.templates.inForce(on: today).map(\.id) == [next.id])
            #expect(try await node.templates.inForce(on: today.adding(days: -1)).map(\.id) == [first.id])
            #expect(try await node.templates.find(next.id) == next)
            // What has ended is not revised again, and what would begin no later replaces nothing.
            await #expect(throws: ExchangeError.templateEnded) {
                try await node.templates.set(Self.template(node), replacing: first.id, by: reviewer)
            }
            await #expect(throws: ExchangeError.templateEnded) {
                try await node.templates.set(Self.template(node), replacing: next.id, by: reviewer)
            }
            try await node.templates.end(next.id, after: today.adding(days: -1), by: reviewer)
            #expect(try await node.templates.inForce(on: today).isEmpty)
            #expect(try await node.templates.all().count == 2)
            await #expect(throws: ExchangeError.templateEnded) {
                try await node.templates.end(next.id, after: today, by: reviewer)
            }
            let leaves = try await node.database.read { connection in
                try connection.rows(
                    "SELECT type FROM evidence_leaf WHERE type LIKE 'template.%' ORDER BY at, id"
                ).map {
                    try $0.value("type", as: String.self)
                }
            }
            #expect(leaves == ["template.set", "template.set", "template.ended"])
        }
    }

    @Test func `are the bureau's to set, and say what is wrong with them by field`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            for name in ["cdo", "consumer", "steward"] {
                let principal = try people.principal(name)
                await #expect(throws: PolicyError.notPermitted(.setTemplate)) {
                    try await node.templates.set(Self.template(node), by: principal)
                }
            }
            let reviewer = try people.principal("reviewer")
            for (template, field) in [
                (Self.template(node, " "), "name"), (Self.template(node, terms: [:]), "masks"),
                (Self.template(node, terms: ["masks": "身份证号 keep-6-4"]), "masks"),
                (Self.template(node, terms: ["masks": "身份证号：blur"]), "masks"),
                (Self.template(node, terms: ["masks": "年龄：band 0"]), "masks"),
                (Self.template(node, terms: ["networks": "10.0.0.1/8"]), "networks"),
                (Self.template(node, terms: ["openDays": "working-days", "openFrom": "8点"]), "openFrom"),
                (Self.template(node, terms: ["callsPerMinute": "many"]), "callsPerMinute"),
                (Self.template(node, terms: ["columns": "姓名"]), "columns"),
            ] {
                do {
                    try await node.templates.set(template, by: reviewer)
                    Issue.record("\(template.terms) was taken")
                } catch let error as ExchangeError {
                    #expect(
                        error.problem.places.contains { $0.name == field },
                        "\(field): \(error.problem.places)")
                }
            }
            #expect(try await node.templates.all().isEmpty)
        }
    }

    @Test func `fill in the form of a decision, which can then be changed`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let request = try await TrialPages.pending(node, people)
            let reviewer = try people.principal("reviewer")
            let fitting = Self.template(
                node,
                terms: [
                    "masks": "县区：truncate 2\n姓名：surname", "callsPerMinute": "60", "openDays": "working-days",
                ])
            try await node.templates.set(fitting, by: reviewer)
            try await node.templates.set(
                Self.template(node, "统计用途", purpose: "统计"), by: reviewer)
            let cdo = try await TrialPages.browser(node, people, "cdo")
            let page = try await cdo.get("/requests/\(request.id)").text
            #expect(page.contains("个人信息核验") && !page.contains("统计用途"))
            let filled = try await cdo.post(
                "/requests/\(request.id)/fillings",
                [("offer", "counter"), ("template", fitting.id.text), ("comment", "按模板脱敏")])
            #expect(filled.status == 200)
            let text = filled.text
            #expect(
                text.contains(#"value="truncate" selected"#) && text.contains(#"value="surname" selected"#))
            #expect(text.contains(#"value="60""#) && text.contains("按模板脱敏"))
            #expect(text.contains("At most 60 calls a minute") && text.contains("not offered yet"))
            #expect(try await node.exchange.request(request.id, for: people.principal("cdo")).offer == nil)
            let unknown = try await cdo.post(
                "/requests/\(request.id)/fillings", [("offer", "counter"), ("template", "nonsense")])
            #expect(unknown.status == 404)
        }
    }

    @Test func `are made, revised and ended on pages`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let reviewer = try await TrialPages.browser(node, people, "reviewer")
            #expect(try await reviewer.get("/templates").text.contains("There is no template yet"))
            _ = try await reviewer.get("/templates/new")
            let wrong = try await reviewer.post(
                "/templates", [("name", ""), ("basis", "x"), ("masks", "姓名：surname")])
            #expect(wrong.status == 422)
            let made = try await reviewer.post(
                "/templates",
                [("name", "基本脱敏"), ("basis", "内部规范"), ("masks", "姓名：surname"), ("callsPerDay", "9")])
            #expect(made.status == 303)
            let id = try #require(try await node.templates.all().first?.id)
            #expect(try await reviewer.get("/templates/\(id)").text.contains("基本脱敏"))
            #expect(try await reviewer.post("/templates/\(id)/end", []).status == 303)
            #expect(try await reviewer.get("/templates").text.contains("ended"))
            let cdo = try await TrialPages.browser(node, people, "cdo")
            #expect(try await cdo.get("/templates").status == 200)
            #expect(try await cdo.get("/templates/new").status == 403)
        }
    }
}
