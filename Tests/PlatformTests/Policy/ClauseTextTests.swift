import Kernel
import Policy
import TestKit
import Testing

/// Every clause, mask and node of the language in words of both languages and in SQL: files that a reviewer reads.
@Suite struct `What clauses become` {
    private static let words = Words(merging: [policyWords, explanationWords])

    private static func said(_ message: Message) -> String {
        Language.allCases.map { words.text(message, in: $0) }.joined(separator: "\n")
    }

    private static func bound(_ parameters: [Value]) -> String {
        parameters.enumerated().map { "  $\($0 + 1) = \($1.text)\n" }.joined()
    }

    @Test func `each clause in words`() throws {
        var text = ""
        var kinds: Set<Clause.Kind> = []
        let masks: [Mask] = [
            .drop, .truncate(first: 6), .constant("不公开"), .yearMonth, .band(width: 100), .step(10),
            .decimals(2), .limits(low: nil, high: 90), .limits(low: 0, high: nil), .limits(low: 0, high: 90),
            .county(["源城区", "东源县"]),
        ]
        let others: [Clause] =
            PolicySample.furtherClauses + [.caseNumber, .jointTest, .delivery([.nameList])]
        for clause in PolicySample.clauses + others + masks.map({ .mask(column: "备注", $0) }) {
            kinds.insert(clause.kind)
            text += "## \(clause.json.canonical)\n\(clause.nature.rawValue)\n"
            text += Explanation.messages(clause).map(Self.said).joined(separator: "\n") + "\n\n"
        }
        #expect(kinds == Set(Clause.Kind.allCases))
        try Golden.expect(text, at: "Tests/Golden/policy/clauses.txt")
    }

    @Test func `each mask on each type in SQL, or refused`() throws {
        let types: [ColumnType] = [
            .text, .integer, .decimal(precision: 12, scale: 2), .double, .boolean, .date, .timestamp,
        ]
        let masks: [Mask] = [
            .keepEnds(first: 6, last: 4), .surname, .truncate(first: 6), .constant("不公开"), .yearOnly,
            .yearMonth,
            .band(width: 100), .step(10), .limits(low: nil, high: 90), .limits(low: 0, high: nil),
            .limits(low: 0, high: 90), .decimals(1), .county(["源城区", "东源县"]), .pseudonym, .drop,
        ]
        #expect(Set(masks.map(\.name)) == Set(Mask.Name.allCases))
        var text = ""
        for mask in masks {
            text += "## \(mask.name.rawValue)\n"
            for type in types {
                // A column beside it, so that a plan in which the masked one is dropped still has something to give.
                let facts = EntryFacts(
                    entry: PolicySample.entry, provider: PolicySample.provider, sharing: .conditional,
                    columns: [ColumnFacts("c", type, grade: .l1), ColumnFacts("d", .boolean, grade: .l1)])
                let clauses: [Clause] = [
                    .columns(["c", "d"]), .mask(column: "c", mask), .purpose("核对低保资格"), PolicySample.validity,
                    .delivery([.csv]),
                ]
                do throws(PolicyError) {
                    let plan = try Plan(
                        Terms(clauses, facts: facts, on: PolicySample.today), grant: PolicySample.grant)
                    let query = try plan.duckDB()
                    let left = plan.outputSchema.first { $0.name == "c" }.map(\.type.description) ?? "nothing"
                    text +=
                        "\(type) → \(left)\n  \(query.statement(from: "version"))\n"
                        + Self.bound(query.parameters)
                } catch {
                    guard case .refused(let refusals) = error else { throw error }
                    text += "\(type): \(refusals.map(\.code.rawValue).joined(separator: ", "))\n"
                }
            }
            text += "\n"
        }
        try Golden.expect(text, at: "Tests/Golden/policy/masks.txt")
    }

    private static let schema: Schema = [
        Column("t", .text), Column("n", .integer), Column("m", .decimal(precision: 10, scale: 2)),
        Column("x", .double), Column("b", .boolean), Column("d", .date), Column("s", .timestamp),
        Column("a\"; DROP TABLE version; --", .text),
    ]

    @Test func `each node of the language in SQL`() throws {
        let texts = [
            "t = 'a'", "t <> 'a'", "t < 'a'", "t <= 'a'", "t > 'a'", "t >= t", "n = 1", "n > 1.5", "m > 1",
            "m = 12.345", "m < 99999999999999999999", "x > 1", "x = DOUBLE '0.1'", "b", "b = FALSE", "NOT b",
            "d >= DATE '0001-01-01' AND d <= DATE '9999-12-31'",
            "s < TIMESTAMP '2026-11-25T00:00:00.000001Z'",
            "b OR n IS NULL AND t IS NOT NULL", "n IN (1, 2)", "m NOT IN (1, 2.5)", "t IN ('a', '''; --')",
            "d BETWEEN DATE '2026-01-01' AND DATE '2026-12-31'", "n NOT BETWEEN 1 AND 9",
            "t STARTS WITH '%_'", "t CONTAINS '\\'", "t MATCHES '[a-z]+\\d{2}'", "length(t) = 18",
            "upper(t) = 'A'", "trim(t) = ''", "year(d) = 2026", "year(s) = 2026", "is_citizen_id(t)",
            "is_uscc(trim(upper(t)))", "\"a\"\"; DROP TABLE version; --\" = '''; DROP TABLE version; --'",
        ]
        var text = ""
        for source in texts {
            let expression = try Expression(text: source)
            let lowered = try TypedExpression(predicate: expression, schema: Self.schema).duckDB()
            text += "## \(expression.text)\n\(lowered.sql)\n" + Self.bound(lowered.parameters)
        }
        try Golden.expect(text, at: "Tests/Golden/policy/expressions.txt")
    }

    @Test func `no text of a person is ever part of a statement`() throws {
        // Whatever is written in literals and patterns, the statement stays the same: only what is bound differs.
        var generator = PolicyGenerator(seed: 5)
        var statements: Set<String> = []
        for _ in 0..<500 {
            let text = generator.numbers.pick(PolicyGenerator.literals)
            for expression in [
                Expression.compare(.equal, .column("t"), .literal(.text(text))),
                .startsWith(.column("t"), text),
                .contains(.column("t"), text), .isIn(.column("t"), [.text(text)]),
                .between(.column("t"), low: .text(text), high: .text(text)),
            ] {
                statements.insert(
                    try TypedExpression(predicate: expression, schema: Self.schema).duckDB().sql)
            }
        }
        #expect(statements.count == 5)
    }

    @Test func `a grant to the public and one that is refused, in words`() throws {
        let open = PolicySample.facts(.open) { columns in
            columns = columns.map { ColumnFacts($0.column, grade: .l1) }
        }
        let toPublic: [Clause] = [
            .columns(["状态", "金额"]), .rows(try Expression(text: "状态 IN ('在业', '注销') AND 金额 >= 0")),
            .purpose("向社会开放"), PolicySample.validity, .delivery([.csv, .parquet, .excel]),
        ]
        let refused: [Clause] = [
            .columns(["姓名", "坐标", "备注", "没有"]), .mask(column: "金额", .surname), .purpose(" "),
            .rows(try Expression(text: "坐标 = 'x' AND 没有 = 1")), .totalQuota(rows: 0), .delivery([]),
        ]
        var text = ""
        for (name, clauses, facts) in [
            ("open licence", toPublic, open), ("refused", refused, PolicySample.facts()),
        ] {
            let explanation = Explanation(clauses, facts: facts, on: PolicySample.today)
            let messages =
                explanation.columns.map(\.treatment) + [explanation.rows] + explanation.controls
                + explanation.promises + explanation.refusals.map(\.message)
            text += "## \(name)\n" + messages.map(Self.said).joined(separator: "\n")
            text += "\nwithheld: \(explanation.withheld.map(\.name).joined(separator: ", "))"
            text += "\nSQL: \(explanation.sql ?? "none")\n"
            text += explanation.parameters.enumerated().map { "  $\($0 + 1) = \($1)\n" }.joined() + "\n"
        }
        try Golden.expect(text, at: "Tests/Golden/policy/explanations.txt")
    }
}
