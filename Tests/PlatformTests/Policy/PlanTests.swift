import Cryptography
import Kernel
import Policy
import TestKit
import Testing

@Suite struct `Policy plans` {
    static let grant = PolicySample.id("0196f000-0000-7000-8000-00000000000a", as: GrantNoun.self)

    static func plan(_ clauses: [Clause] = PolicySample.clauses) throws -> Plan {
        try Plan(Terms(clauses, facts: PolicySample.facts(), on: PolicySample.today), grant: grant)
    }

    static let row: [Value] = [
        .text("欧阳若兰"), .text("441600199001010013"), .date(CalendarDate(daysSince1970: 7305)), .text("在业"),
        .decimal(unscaled: 12_345, scale: 2), .null, .null, .integer(42),
    ]

    @Test func `the compiled SQL is as it was read and accepted`() throws {
        let query = try Self.plan().duckDB()
        let bound = query.parameters.enumerated().map { "$\($0 + 1) = \($1.text)" }
        try Golden.expect(
            ([query.statement(from: "version")] + bound).joined(separator: "\n") + "\n",
            at: "Tests/Golden/policy/plan.txt")
        #expect(try Self.plan().duckDB(firstParameter: 3).condition == "(\"状态\" = CAST($3 AS VARCHAR))")
    }

    @Test func `rows at hand leave masked, or not at all`() throws {
        let plan = try Self.plan()
        let key = MAC(.sm3, key: Array(repeating: 7, count: 32))
        let program = try RowProgram(plan, rows: PolicySample.facts().schema, pseudonymKey: key)
        let expected = MAC(.sm3, key: Array(repeating: 7, count: 32)).tag("42").hex
        #expect(
            program.output(of: Self.row) == [
                .text("欧阳**"), .text("441600********0013"), .integer(1990), .text("在业"),
                .decimal(unscaled: 12_345, scale: 2), .text(expected),
            ])
        var other = Self.row
        other[3] = .text("注销")
        #expect(program.output(of: other) == nil)
        other[3] = .null
        #expect(program.output(of: other) == nil)
    }

    @Test func `a pseudonym without its key is refused`() throws {
        let plan = try Self.plan()
        #expect(throws: PolicyError.self) {
            try RowProgram(plan, rows: PolicySample.facts().schema, pseudonymKey: nil)
        }
    }

    @Test func `rows of another schema are refused`() throws {
        let plan = try Self.plan()
        let key = MAC(.sm3, key: [1])
        #expect(throws: PolicyError.self) {
            try RowProgram(plan, rows: [Column("姓名", .text)], pseudonymKey: key)
        }
        var schema = PolicySample.facts().schema
        schema[4] = Column("金额", .double)
        let changed = schema
        #expect(throws: PolicyError.self) { try RowProgram(plan, rows: changed, pseudonymKey: key) }
    }

    @Test func `an internal plan has no way out`() throws {
        for purpose in Plan.InternalPurpose.allCases {
            let plan = try Plan.internal(
                purpose, entry: PolicySample.entry, schema: PolicySample.facts().schema)
            for kind in DeliveryKind.allCases {
                #expect(throws: PolicyError.deliveryNotGranted(kind)) {
                    try plan.outward(by: kind, on: PolicySample.today)
                }
            }
        }
        try Golden.expect(
            Plan.InternalPurpose.allCases.map(\.rawValue).joined(separator: "\n") + "\n",
            at: "Tests/Golden/policy/internal-plans.txt")
    }

    @Test func `rows leave only by what was granted and only while it holds`() throws {
        let plan = try Self.plan()
        #expect(try plan.outward(by: .csv, on: PolicySample.today).grant == Self.grant)
        #expect(throws: PolicyError.deliveryNotGranted(.parquet)) {
            try plan.outward(by: .parquet, on: PolicySample.today)
        }
        let after = PolicySample.today.adding(days: 31)
        #expect(throws: PolicyError.grantEnded(Self.grant, to: PolicySample.today.adding(days: 30))) {
            try plan.outward(by: .csv, on: after)
        }
        let before = PolicySample.today.adding(days: -1)
        #expect(throws: PolicyError.grantNotYetValid(Self.grant, from: PolicySample.today)) {
            try plan.outward(by: .csv, on: before)
        }
    }

    @Test func `only a column that leaves, and not as a pseudonym, is a key`() throws {
        let plan = try Self.plan()
        #expect(try plan.key("身份证号").type == .text)
        #expect(throws: PolicyError.self) { try plan.key("户号") }
        #expect(throws: PolicyError.self) { try plan.key("备注") }
    }

    @Test func `the digest tells what is done, not which grant does it`() throws {
        let terms = try Terms(PolicySample.clauses, facts: PolicySample.facts(), on: PolicySample.today)
        let other = try Plan(terms, grant: GrantID(high: 1, low: 1))
        #expect(try Self.plan().digest == other.digest)
        #expect(try Self.plan(PolicySample.clauses.filter { $0.kind != .rows }).digest != other.digest)
    }

    @Test func `a plan survives its journey to a worker`() throws {
        let plan = try Self.plan()
        #expect(try PlanCarrier.carried(plan) == plan)
    }

    @Test func `an explanation says what leaves, in both languages, and its SQL`() throws {
        let words = Words(merging: [policyWords, explanationWords])
        let explanation = Explanation(
            PolicySample.clauses, facts: PolicySample.facts(), on: PolicySample.today)
        var lines: [String] = []
        for language in Language.allCases {
            lines += explanation.columns.map { words.text($0.treatment, in: language) }
            lines.append(words.text(explanation.rows, in: language))
            lines += explanation.controls.map { words.text($0, in: language) }
            lines += explanation.promises.map { words.text($0, in: language) }
        }
        #expect(!lines.contains { $0.contains("[") || $0.contains("{") })
        lines += explanation.conditions + [explanation.sql ?? "", explanation.json.pretty]
        try Golden.expect(lines.joined(separator: "\n") + "\n", at: "Tests/Golden/policy/explanation.txt")
    }

    @Test func `an explanation of what cannot be done says why and has no SQL`() {
        let explanation = Explanation(
            [.columns(["备注"]), .delivery([.csv])], facts: PolicySample.facts(), on: PolicySample.today)
        #expect(!explanation.isEnforceable)
        #expect(explanation.sql == nil)
        #expect(explanation.refusals.map(\.code).contains(.gradeMissing))
    }

    @Test func `a dry run counts conditions and columns, and reads only what the plan reads`() throws {
        let clauses =
            PolicySample.clauses.filter { $0.kind != .rows } + [
                .rows(try Expression(text: "状态 = '在业' AND 金额 > 100"))
            ]
        let dry = try DryRun(clauses, facts: PolicySample.facts(), on: PolicySample.today)
        #expect(dry.conditions == ["状态 = '在业'", "金额 > 100"])
        #expect(dry.read.origin == .internal(.dryRun))
        #expect(!dry.read.reads.contains { $0.name == "备注" })
        // The same terms, tried or signed, are one plan.
        #expect(try dry.proposed.digest == Self.plan(clauses).digest)
        let bound = dry.parameters.enumerated().map { "$\($0 + 1) = \($1.text)" }
        try Golden.expect(
            ([dry.statement(from: "version")] + bound).joined(separator: "\n") + "\n",
            at: "Tests/Golden/policy/dry-run.txt")
        #expect(dry.counts([1, 2, 3]) == nil)
    }

    @Test func `a dry run of what cannot be signed is refused by name`() {
        let error = #expect(throws: PolicyError.self) {
            try DryRun(
                PolicySample.clauses + [.mask(column: "没有", .surname)], facts: PolicySample.facts(),
                on: PolicySample.today)
        }
        guard case .refused(let refusals)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(refusals.map(\.column) == ["没有"])
    }

    @Test(arguments: [
        ("张三", "张*"), ("欧阳锋", "欧阳*"), ("欧阳", "欧*"), ("张", "*"), ("", ""), ("司马相如", "司马**"), ("諸葛亮", "諸葛*"),
        ("阿卜杜拉·买买提", "阿*******"),
    ])
    func `the surname stays`(_ name: String, _ masked: String) {
        #expect(Self.masked(name) { MaskBytes.surname($0, into: &$1) } == masked)
    }

    @Test(arguments: [
        ("441602199001011234", 6, 4, "441602********1234"), ("1234567890", 6, 4, "**********"),
        ("", 1, 1, ""), ("河源市源城区", 3, 0, "河源市***"),
        ("a𠀀b", 1, 1, "a*b"),
    ])
    func `both ends stay and everything between is masked`(
        _ text: String, _ first: Int, _ last: Int, _ masked: String
    ) {
        #expect(Self.masked(text) { MaskBytes.keepEnds($0, first: first, last: last, into: &$1) } == masked)
    }

    @Test(arguments: [
        ("441602", 4, "4416"), ("河源市源城区", 3, "河源市"), ("ab", 6, "ab"), ("", 1, ""), ("a𠀀b", 2, "a𠀀"),
    ]) func `the first characters stay, and nothing tells how many there were`(
        _ text: String, _ first: Int, _ masked: String
    ) {
        #expect(Self.masked(text) { MaskBytes.truncate($0, first: first, into: &$1) } == masked)
    }

    @Test(arguments: [
        ("345", 100, "[300,400)", "300"), ("-1", 100, "[-100,0)", "0"), ("0", 7, "[0,7)", "0"),
        ("-14", 7, "[-14,-7)", "-14"), ("399.99", 100, "[300,400)", "300.00"), ("-0.01", 1, "[-1,0)", "0.00"),
        ("9223372036854775807", 10, "[9223372036854775800,9223372036854775810)", "9223372036854775800"),
        (
            "-99999999999999999999999999999999999999", 1,
            "[-99999999999999999999999999999999999999,-99999999999999999999999999999999999998)",
            "-99999999999999999999999999999999999999"
        ),
        (
            "-0.99999999999999999999999999999999999999", 1_000_000, "[-1000000,0)",
            "0.00000000000000000000000000000000000000"
        ),
    ]) func `a number lies in its range, and its multiple is no further from zero`(
        _ text: String, _ width: Int64, _ band: String, _ step: String
    ) throws {
        let number = try #require(DecimalText(text))
        #expect(MaskNumbers.band(number, width: width) == band)
        #expect(MaskNumbers.step(number, width).text == step)
    }

    @Test(arguments: [
        (113.3, 1, 113.3), (113.3, 0, 113), (-23.6789, 2, -23.67), (0.1 + 0.2, 1, 0.3), (1.5e-05, 4, 0),
        (1.5e-05, 5, 0.00001), (-1.5e-05, 12, -0.000015), (1e300, 3, 1e300), (-0.04, 1, 0), (2.5e-300, 12, 0),
        (9_007_199_254_740_991.0, 0, 9_007_199_254_740_991),
    ]) func `a number keeps the decimals that people read in it`(
        _ number: Double, _ places: Int, _ cut: Double
    ) {
        #expect(MaskNumbers.cut(number, places: places) == cut)
        #expect(MaskNumbers.cut(.nan, places: places) == nil)
    }

    private static func masked(_ text: String, _ mask: (UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Void)
        -> String
    {
        var text = text
        return text.withUTF8 { bytes in
            var out: [UInt8] = []
            mask(bytes, &out)
            return String(decoding: out, as: UTF8.self)
        }
    }
}
