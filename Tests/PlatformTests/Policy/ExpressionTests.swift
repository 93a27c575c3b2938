import Kernel
import Policy
import TestKit
import Testing

@Suite struct `Policy expressions` {
    static let schema: Schema = [
        Column("status", .text), Column("birth", .date), Column("amount", .decimal(precision: 10, scale: 2)),
        Column("count", .integer), Column("ratio", .double), Column("flag", .boolean),
        Column("wide", .decimal(precision: 38, scale: 2)),
    ]

    @Test func `text is read as people write it`() throws {
        let read = try Expression(text: "status = '在业' AND year(birth) >= 1990")
        #expect(
            read
                == .all([
                    .compare(.equal, .column("status"), .literal(.text("在业"))),
                    .compare(.greaterOrEqual, .call(.year, [.column("birth")]), .literal(.integer(1990))),
                ]))
        #expect(read.text == "status = '在业' AND year(birth) >= 1990")
        #expect(
            try Expression(text: "（status ＝ '在业'）")
                == .compare(.equal, .column("status"), .literal(.text("在业"))))
        #expect(
            try Expression(text: "count != -5")
                == .compare(.notEqual, .column("count"), .literal(.integer(-5))))
        #expect(try Expression(text: "not flag or a is not null").text == "NOT flag OR a IS NOT NULL")
    }

    @Test func `what is printed reads back as the same expression`() throws {
        var generator = PolicyGenerator(seed: 7)
        for _ in 0..<3_000 {
            let schema = generator.schema()
            let expression = generator.predicate(schema, depth: 4)
            let text = expression.text
            let back = try Expression(text: text)
            #expect(back.text == text)
            #expect(
                back.json == expression.json || text.contains("DOUBLE") || Self.hasWholeDecimal(expression),
                "\(text)")
        }
    }

    /// `7` may have been a decimal without a fraction: the same number, read back as an integer.
    private static func hasWholeDecimal(_ expression: Expression) -> Bool {
        expression.json.canonical.contains("\"type\":\"decimal\"")
    }

    @Test func `the JSON form reads back as the same expression`() throws {
        var generator = PolicyGenerator(seed: 8)
        for _ in 0..<2_000 {
            let expression = generator.predicate(generator.schema(), depth: 4)
            #expect(
                try Expression(json: JSON.parse(expression.json.canonical, limits: JSON.Limits(depthMax: 96)))
                    == expression)
        }
    }

    @Test(arguments: [
        ("status = ", 9, "operand-expected"), ("status == 'a'", 8, "operand-expected"),
        ("status = '在业", 9, "text-unclosed"),
        ("(status = 'a'", 13, "parenthesis-unclosed"), ("status = 'a' 多余", 13, "end-expected"),
        ("frob(status)", 0, "function-unknown"), ("birth > DATE '2026-02-30'", 13, "date-expected"),
        ("a MATCHES 'it''s[z-a]'", 20, "pattern-range"), ("状态 ; 1", 3, "character"),
        ("a IS 5", 5, "null-expected"),
        ("a IN ()", 6, "value-expected"), ("a BETWEEN 1 OR 2", 12, "and-expected"),
        ("", 0, "operand-expected"),
        ("n > 123456789012345678901234567890123456789", 4, "number-too-long"),
    ])
    func `a syntax error says where and what`(_ text: String, _ offset: Int, _ what: String) {
        do throws(PolicyError) {
            let read = try Expression(text: text)
            Issue.record("read as \(read.text)")
        } catch {
            guard case .syntax(let fault) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(fault.offset == offset)
            #expect(fault.what == what)
        }
    }

    @Test(
        arguments: [
            ("nothing = 'a'", "column-unknown", "nothing", nil),
            ("status > 5", "type-mismatch", "status", ">"),
            ("amount = DOUBLE '1.5'", "type-mismatch", "amount", "="),
            ("count = ratio", "type-mismatch", "count", "="),
            ("flag < TRUE", "operator-unsupported", "flag", "<"),
            ("status = NULL", "null-literal", nil, "literal"),
            ("length(count) = 1", "type-mismatch", "count", "length"),
            ("year(status) = 1", "type-mismatch", "status", "year"),
            ("count", "not-predicate", "count", "column"), ("wide = 1.234", "type-mismatch", "wide", "="),
            ("NOT status", "type-mismatch", "status", "NOT"),
            ("flag AND status", "type-mismatch", "flag", "AND"),
            ("count CONTAINS 'a'", "type-mismatch", "count", "CONTAINS"),
            ("flag BETWEEN FALSE AND TRUE", "operator-unsupported", "flag", "BETWEEN"),
            ("birth IN ('2020-01-01')", "type-mismatch", "birth", "IN"),
        ] as [(String, String, String?, String?)])
    func `a type error names the column and the operator`(
        _ text: String, _ code: String, _ column: String?, _ operation: String?
    ) throws {
        let expression = try Expression(text: text)
        do throws(PolicyError) {
            _ = try TypedExpression(predicate: expression, schema: Self.schema)
            Issue.record("\(text) was taken")
        } catch {
            guard case .refused(let refusals) = error, let first = refusals.first else {
                Issue.record("\(error)")
                return
            }
            #expect(first.code.rawValue == code)
            #expect(first.column == column)
            #expect(first.operation == operation)
        }
    }

    @Test(arguments: [
        (#"{"op":"frob"}"#, "frob", "$.op"), (#"{"op":"column","name":"a","x":1}"#, "x", "$"),
        (#"{"op":"not","args":[{"op":"call","function":"rm","args":[]}]}"#, "rm", "$.args[0].function"),
        (#"{"op":"literal","type":"blob","value":1}"#, "blob", "$.type"),
    ])
    func `what JSON does not know is refused by name with its path`(
        _ text: String, _ name: String, _ path: String
    ) throws {
        do throws(PolicyError) {
            _ = try Expression(json: (try? JSON.parse(text)) ?? .null)
            Issue.record("\(text) was taken")
        } catch {
            guard case .malformed(let refusals) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(refusals.first?.operation == name)
            #expect(refusals.first?.detail["path"] == path)
        }
    }

    @Test func `a whole literal never widens a decimal column`() throws {
        let typed = try TypedExpression(predicate: Expression(text: "wide > 5"), schema: Self.schema)
        #expect(typed.duckDB().sql == "(\"wide\" > CAST($1 AS DECIMAL(38,2)))")
    }

    @Test func `depth and size have limits in text, JSON and types`() {
        let deep = String(repeating: "(", count: 200) + "flag" + String(repeating: ")", count: 200)
        #expect(throws: PolicyError.self) { try Expression(text: deep) }
        #expect(throws: PolicyError.self) {
            try Expression(text: String(repeating: "NOT ", count: 2_000) + "flag")
        }
        #expect(throws: PolicyError.self) {
            try Expression(text: "flag" + String(repeating: " OR flag", count: 2_000))
        }
        var nested = Expression.column("flag")
        for _ in 0..<100 { nested = .not(nested) }
        let tooDeep = nested
        #expect(throws: PolicyError.self) { try TypedExpression(tooDeep, schema: Self.schema) }
        #expect(throws: PolicyError.self) { try Expression(json: tooDeep.json) }
        #expect(throws: PolicyError.self) { try Expression(text: String(repeating: "a", count: 70_000)) }
    }

    @Test func `random text and JSON never crash the readers`() {
        var numbers = SampleRandom(seed: 99)
        let words = [
            "a", "'", "\"", "(", ")", "AND", "OR", "NOT", "IN", "=", "<", ">", "-", "1", ".", "5.5", "DATE",
            "'2020-01-01'", "MATCHES",
            "'[a'", "在", "（", "\u{0}", "BETWEEN", "IS", "NULL", ",", "length", "TIMESTAMP", "DOUBLE", "'x'",
            "{", "[", "]", "\\", "*",
        ]
        for _ in 0..<20_000 {
            let text = (0..<numbers.below(14)).map { _ in numbers.pick(words) }.joined(
                separator: numbers.below(2) == 0 ? " " : "")
            _ = try? Expression(text: text)
            _ = try? Pattern(text)
        }
        for _ in 0..<20_000 {
            let json = Self.randomJSON(&numbers, depth: 4)
            _ = try? Expression(json: json)
            _ = try? Clause(json: json)
            _ = try? [Clause](json: json)
            _ = try? Value(json: json)
            _ = try? Mask(json: json)
        }
    }

    private static func randomJSON(_ numbers: inout SampleRandom, depth: Int) -> JSON {
        let keys = [
            "op", "args", "kind", "version", "name", "mask", "names", "type", "value", "rows", "where",
            "kinds", "low", "high", "values",
        ]
        let texts = [
            "and", "not", "=", "column", "literal", "in", "between", "call", "mask", "columns", "rows",
            "keep-ends", "integer", "date", "csv", "x",
        ]
        switch numbers.below(depth > 0 ? 7 : 5) {
        case 0: return .null
        case 1: return .boolean(true)
        case 2: return .integer(numbers.pick([0, 1, -1, .max, .min]))
        case 3, 4: return .string(numbers.pick(texts))
        case 5: return .array((0..<numbers.below(4)).map { _ in randomJSON(&numbers, depth: depth - 1) })
        default:
            var members: [String: JSON] = [:]
            for _ in 0..<numbers.below(5) {
                members[numbers.pick(keys)] = randomJSON(&numbers, depth: depth - 1)
            }
            return .object(members)
        }
    }
}

@Suite struct `Policy patterns` {
    @Test(arguments: [
        ("[A-Z]\\d{3}", ["A123"], ["a123", "A12", "A1234", ""]),
        ("\\h{2,3}", ["张三", "欧阳锋", "𠀀𠀁"], ["张", "张三丰锋", "ab"]),
        ("a|bc|", ["a", "bc", ""], ["abc", "b"]), ("(ab)+c?", ["ab", "ababc"], ["c", "aba"]),
        ("[^\\d\\-]+", ["ab在"], ["a1", "-", ""]),
        ("\\.\\*\\|", [".*|"], ["a"]), (".", ["a", "\n", "𠀀"], ["", "ab"]), ("a{0}", [""], ["a"]),
        ("[a\\-z]", ["-", "a", "z"], ["b"]),
        ("粤P[0-9A-HJ-NP-Z]{5}", ["粤PA123B"], ["粤PI123B"]), ("x{2,}", ["xx", "xxxxx"], ["x"]),
    ])
    func `a pattern matches the whole text or nothing`(_ source: String, _ good: [String], _ bad: [String])
        throws
    {
        let pattern = try Pattern(source)
        for statesMax in [1_024, 0] {
            let matcher = PatternMatcher(pattern, deterministicStatesMax: statesMax)
            if statesMax > 0 { #expect(matcher.isDeterministic) }
            for text in good { #expect(matcher.matches(text), "\(source) must match \(text)") }
            for text in bad { #expect(!matcher.matches(text), "\(source) must not match \(text)") }
        }
    }

    @Test(arguments: [
        "(", ")", "[", "[]", "[^]", "a{", "a{2", "a{2,1}", "a{1001}", "*", "a**", "\\", "\\q", "[z-a]", "a]",
        "^a", "a$", "[\\d-z]",
        "((a{100}){100}){100}", "(?:a)", "[a[b]]",
    ])
    func `what is not of the dialect is refused with its position`(_ source: String) {
        #expect {
            try Pattern(source)
        } throws: { error in
            guard case .syntax(let fault)? = error as? PolicyError else { return false }
            return (0...source.unicodeScalars.count).contains(fault.offset)
        }
    }

    @Test func `the time does not explode where a backtracking matcher's would`() throws {
        let matcher = PatternMatcher(try Pattern("(a*)*(a*)*b"))
        let started = ContinuousClock.now
        #expect(!matcher.matches(String(repeating: "a", count: 20_000)))
        #expect(ContinuousClock.now - started < .seconds(1))
    }
}
