import Kernel
import Policy
import TestKit
import Testing

@Suite struct `Policy clauses` {
    struct Unhappy: CustomStringConvertible, Sendable {
        let code: Refusal.Code
        let clause: String?
        let column: String?
        let operation: String?
        let clauses: [Clause]
        var sharing = SharingKind.conditional
        var description: String { "\(code.rawValue) \(clause ?? "")/\(column ?? "")/\(operation ?? "")" }
    }

    private static func with(_ extra: Clause...) -> [Clause] { PolicySample.clauses + extra }
    private static func without(_ kinds: Clause.Kind..., plus: [Clause] = []) -> [Clause] {
        PolicySample.clauses.filter { !kinds.contains($0.kind) } + plus
    }
    private static let status = Expression.column("状态")

    static let unhappy: [Unhappy] = [
        Unhappy(
            code: .clauseMissing, clause: "purpose", column: nil, operation: nil, clauses: without(.purpose)),
        Unhappy(
            code: .clauseMissing, clause: "validity", column: nil, operation: nil, clauses: without(.validity)
        ),
        Unhappy(
            code: .clauseMissing, clause: "delivery", column: nil, operation: nil, clauses: without(.delivery)
        ),
        Unhappy(
            code: .clauseMissing, clause: "columns", column: nil, operation: nil,
            clauses: without(.columns, .mask)),
        Unhappy(
            code: .clauseTwice, clause: "columns", column: nil, operation: nil,
            clauses: with(.columns(["状态"]))),
        Unhappy(
            code: .clauseTwice, clause: "rows", column: nil, operation: nil,
            clauses: with(.rows(.isNull(status)))),
        Unhappy(
            code: .clauseTwice, clause: "no-redistribution", column: nil, operation: nil,
            clauses: with(.noRedistribution)),
        Unhappy(
            code: .columnTwice, clause: "columns", column: "状态", operation: nil,
            clauses: without(.columns, .mask, plus: [.columns(["状态", "状态"])])),
        Unhappy(
            code: .columnUnknown, clause: "columns", column: "电话", operation: nil,
            clauses: without(.columns, .mask, plus: [.columns(["状态", "电话"])])),
        Unhappy(
            code: .columnUnknown, clause: "mask", column: "电话", operation: "surname",
            clauses: with(.mask(column: "电话", .surname))),
        Unhappy(
            code: .columnUnknown, clause: "rows", column: "电话", operation: nil,
            clauses: without(.rows, plus: [.rows(.isNull(.column("电话")))])),
        Unhappy(
            code: .typeMismatch, clause: "rows", column: "金额", operation: "STARTS WITH",
            clauses: without(.rows, plus: [.rows(.startsWith(.column("金额"), "1"))])),
        Unhappy(
            code: .noColumns, clause: "columns", column: nil, operation: nil,
            clauses: without(.columns, .mask, plus: [.columns(["状态"]), .mask(column: "状态", .drop)])),
        Unhappy(
            code: .gradeMissing, clause: "columns", column: "备注", operation: nil,
            clauses: without(.columns, .mask, plus: [.columns(["状态", "备注"])])),
        Unhappy(
            code: .gradeMissing, clause: "rows", column: "备注", operation: nil,
            clauses: without(.rows, plus: [.rows(.isNull(.column("备注")))])),
        Unhappy(
            code: .gradeNeverShared, clause: "columns", column: "坐标", operation: nil,
            clauses: without(.columns, .mask, plus: [.columns(["坐标"]), .mask(column: "坐标", .pseudonym)])),
        Unhappy(
            code: .gradeNeverShared, clause: "rows", column: "坐标", operation: nil,
            clauses: without(.rows, plus: [.rows(.isNull(.column("坐标")))])),
        Unhappy(
            code: .gradeTooHigh, clause: "columns", column: "身份证号", operation: nil,
            clauses: without(.columns, .mask, plus: [.columns(["身份证号"])])),
        Unhappy(
            code: .gradeTooHigh, clause: "mask", column: "身份证号", operation: "keep-ends",
            clauses: PolicySample.clauses,
            sharing: .unconditional),
        Unhappy(
            code: .notShared, clause: "columns", column: nil, operation: nil, clauses: PolicySample.clauses,
            sharing: .notShared),
        Unhappy(
            code: .maskUnsupported, clause: "mask", column: "金额", operation: "surname",
            clauses: with(.mask(column: "金额", .surname))),
        Unhappy(
            code: .maskTwice, clause: "mask", column: "姓名", operation: nil,
            clauses: with(.mask(column: "姓名", .drop))),
        Unhappy(
            code: .maskOnAbsentColumn, clause: "mask", column: "姓名", operation: "surname",
            clauses: without(.columns, .mask, plus: [.columns(["状态"]), .mask(column: "姓名", .surname)])),
        Unhappy(
            code: .maskParameter, clause: "mask", column: "状态", operation: "keep-ends",
            clauses: with(.mask(column: "状态", .keepEnds(first: -1, last: 2)))),
        Unhappy(
            code: .maskParameter, clause: "mask", column: "状态", operation: "constant",
            clauses: with(.mask(column: "状态", .constant("")))),
        Unhappy(
            code: .maskParameter, clause: "mask", column: "金额", operation: "band",
            clauses: with(.mask(column: "金额", .band(width: 0)))),
        Unhappy(
            code: .noEffect, clause: "mask", column: "金额", operation: "decimals",
            clauses: with(.mask(column: "金额", .decimals(2)))),
        Unhappy(
            code: .maskParameter, clause: "mask", column: "金额", operation: "top-bottom-code",
            clauses: with(.mask(column: "金额", .limits(low: 9, high: 9)))),
        Unhappy(
            code: .maskParameter, clause: "mask", column: "金额", operation: "top-code",
            clauses: with(.mask(column: "金额", .limits(low: nil, high: 10_000_000_000)))),
        Unhappy(
            code: .maskParameter, clause: "mask", column: "状态", operation: "county",
            clauses: with(.mask(column: "状态", .county([])))),
        Unhappy(
            code: .maskUnsupported, clause: "mask", column: "金额", operation: "county",
            clauses: with(.mask(column: "金额", .county(["源城区"])))),
        Unhappy(
            code: .coordinatesSame, clause: "coordinates", column: "金额", operation: nil,
            clauses: with(.coordinates(longitude: "金额", latitude: "金额", places: 1))),
        Unhappy(
            code: .maskUnsupported, clause: "coordinates", column: "状态", operation: "decimals",
            clauses: with(.coordinates(longitude: "金额", latitude: "状态", places: 1))),
        Unhappy(
            code: .maskTwice, clause: "coordinates", column: "姓名", operation: nil,
            clauses: with(.coordinates(longitude: "金额", latitude: "姓名", places: 1))),
        Unhappy(
            code: .columnUnknown, clause: "coordinates", column: "纬度", operation: nil,
            clauses: with(.coordinates(longitude: "金额", latitude: "纬度", places: 1))),
        Unhappy(
            code: .noEffect, clause: "coordinates", column: "金额", operation: nil,
            clauses: with(.coordinates(longitude: "金额", latitude: "状态", places: 2))),
        Unhappy(
            code: .columnUnknown, clause: "values", column: "电话", operation: nil,
            clauses: with(.values(column: "电话", allowed: ["1"]))),
        Unhappy(
            code: .emptyList, clause: "values", column: "状态", operation: "IN",
            clauses: with(.values(column: "状态", allowed: []))),
        Unhappy(
            code: .columnTwice, clause: "values", column: "状态", operation: nil,
            clauses: with(
                .values(column: "状态", allowed: ["在业"]), .values(column: "状态", allowed: ["注销"]))),
        Unhappy(
            code: .valueMalformed, clause: "values", column: "户号", operation: nil,
            clauses: with(.values(column: "户号", allowed: ["7", "七"]))),
        Unhappy(
            code: .gradeMissing, clause: "values", column: "备注", operation: nil,
            clauses: with(.values(column: "备注", allowed: ["无"]))),
        Unhappy(
            code: .gradeNeverShared, clause: "values", column: "坐标", operation: nil,
            clauses: with(.values(column: "坐标", allowed: ["x"]))),
        Unhappy(
            code: .outOfRange, clause: "rate", column: nil, operation: nil, clauses: with(.rate(RateLimit()))),
        Unhappy(
            code: .outOfRange, clause: "rate", column: nil, operation: nil,
            clauses: with(.rate(RateLimit(callsPerMinute: 0)))),
        Unhappy(
            code: .clauseTwice, clause: "rate", column: nil, operation: nil,
            clauses: with(.rate(RateLimit(callsPerDay: 1)), .rate(RateLimit(callsPerDay: 2)))),
        Unhappy(
            code: .emptyList, clause: "networks", column: nil, operation: "networks",
            clauses: with(.networks([]))),
        Unhappy(
            code: .noEffect, clause: "networks", column: nil, operation: nil,
            clauses: with(.networks([NetworkRange("0.0.0.0/0")].compactMap(\.self)))),
        Unhappy(
            code: .hoursReversed, clause: "hours", column: nil, operation: nil,
            clauses: with(.hours(OpeningHours(days: .working, from: 600, to: 600)))),
        Unhappy(
            code: .noEffect, clause: "hours", column: nil, operation: nil,
            clauses: with(.hours(OpeningHours(days: .every, from: 0, to: 1_440)))),
        Unhappy(
            code: .outOfRange, clause: "minimum-rows", column: nil, operation: nil,
            clauses: without(.delivery, plus: [.delivery([.csv]), .minimumRows(1)])),
        Unhappy(
            code: .minimumRowsDelivery, clause: "minimum-rows", column: nil, operation: "lookup",
            clauses: with(.minimumRows(10))),
        Unhappy(
            code: .asOfNothing, clause: "as-of", column: nil, operation: nil,
            clauses: with(.asOf(.day(PolicySample.today)))),
        Unhappy(
            code: .clauseMissing, clause: "tries", column: nil, operation: nil,
            clauses: without(.delivery, plus: [.delivery([.verify])])),
        Unhappy(
            code: .verifyAlone, clause: "delivery", column: nil, operation: nil,
            clauses: without(.delivery, plus: [.delivery([.verify, .lookup]), .tries(perKeyAndDay: 3)])),
        Unhappy(
            code: .noEffect, clause: "tries", column: nil, operation: nil,
            clauses: with(.tries(perKeyAndDay: 3))),
        Unhappy(
            code: .outOfRange, clause: "tries", column: nil, operation: nil,
            clauses: without(.delivery, plus: [.delivery([.verify]), .tries(perKeyAndDay: 101)])),
        Unhappy(
            code: .purposeEmpty, clause: "purpose", column: nil, operation: nil,
            clauses: without(.purpose, plus: [.purpose(" 　")])),
        Unhappy(
            code: .validityReversed, clause: "validity", column: nil, operation: nil,
            clauses: without(
                .validity,
                plus: [
                    .validity(
                        from: PolicySample.today.adding(days: 9), to: PolicySample.today.adding(days: 8))
                ])),
        Unhappy(
            code: .validityOver, clause: "validity", column: nil, operation: nil,
            clauses: without(
                .validity,
                plus: [
                    .validity(
                        from: PolicySample.today.adding(days: -9), to: PolicySample.today.adding(days: -8))
                ])),
        Unhappy(
            code: .quotaNotPositive, clause: "total-quota", column: nil, operation: nil,
            clauses: without(.totalQuota, plus: [.totalQuota(rows: 0)])),
        Unhappy(
            code: .quotaNotPositive, clause: "daily-quota", column: nil, operation: nil,
            clauses: without(.dailyQuota, plus: [.dailyQuota(rows: -5)])),
        Unhappy(
            code: .quotaNoEffect, clause: "daily-quota", column: nil, operation: nil,
            clauses: without(.dailyQuota, plus: [.dailyQuota(rows: 1_000)])),
        Unhappy(
            code: .deliveryEmpty, clause: "delivery", column: nil, operation: nil,
            clauses: without(.delivery, plus: [.delivery([])])),
        Unhappy(
            code: .retentionNotPositive, clause: "retention", column: nil, operation: nil,
            clauses: without(.retention, plus: [.retention(days: 0)])),
        Unhappy(
            code: .noEffect, clause: "rows", column: nil, operation: "literal",
            clauses: without(.rows, plus: [.rows(.literal(.boolean(true)))])),
        Unhappy(
            code: .neverTrue, clause: "rows", column: nil, operation: "literal",
            clauses: without(.rows, plus: [.rows(.literal(.boolean(false)))])),
    ]

    @Test(arguments: unhappy)
    func `what cannot be enforced is refused, naming clause, column and operator`(_ sample: Unhappy) {
        do throws(PolicyError) {
            _ = try Terms(sample.clauses, facts: PolicySample.facts(sample.sharing), on: PolicySample.today)
            Issue.record("was taken")
        } catch {
            guard case .refused(let refusals) = error else {
                Issue.record("\(error)")
                return
            }
            let found = refusals.contains {
                $0.code == sample.code && $0.clause == sample.clause && $0.column == sample.column
                    && $0.operation == sample.operation
            }
            #expect(found, "\(refusals)")
            for refusal in refusals {
                for language in Language.allCases {
                    let text = policyWords.text(refusal.message, in: language)
                    #expect(!text.contains("["), "\(text)")
                    #expect(!text.contains("{"), "\(text)")
                }
            }
        }
    }

    @Test func `good clauses hold`() throws {
        let terms = try Terms(PolicySample.clauses, facts: PolicySample.facts(), on: PolicySample.today)
        #expect(terms.columns.count == 6)
        #expect(terms.rule.id == "gbt-43697-2024-h")
    }

    @Test func `no rule in force means nothing leaves`() {
        let long = CalendarDate(daysSince1970: 10_000)
        #expect {
            try Terms(PolicySample.clauses, facts: PolicySample.facts(), on: long)
        } throws: { error in
            guard case .refused(let refusals)? = error as? PolicyError else { return false }
            return refusals.contains { $0.code == .noFloorRule }
        }
    }

    @Test func `every clause reads back from its JSON`() throws {
        for clause in PolicySample.clauses + PolicySample.furtherClauses {
            #expect(try Clause(json: JSON.parse(clause.json.canonical)) == clause)
        }
        #expect(try [Clause](json: PolicySample.clauses.json) == PolicySample.clauses)
    }

    @Test(
        arguments: [
            .truncate(first: 3), .constant("不公开"), .yearMonth, .band(width: 1_000_000_000_000_000), .step(7),
            .decimals(0), .limits(low: nil, high: 90), .limits(low: -5, high: nil), .limits(low: 0, high: 1),
            .county(["源城区", "东源县"]),
            .keepEnds(first: 0, last: 64), .surname, .yearOnly, .drop, .pseudonym,
        ] as [Mask]) func `every mask is read back as it was written`(_ mask: Mask) throws
    {
        #expect(try Mask(json: mask.json) == mask)
    }

    @Test(arguments: [
        #"{"name":"truncate","first":0}"#, #"{"name":"truncate","first":9000000000000}"#,
        #"{"name":"constant","text":""}"#, #"{"name":"constant","text":"a\nb"}"#,
        #"{"name":"band","width":-5}"#,
        #"{"name":"top-code","high":1000000000000001}"#, #"{"name":"county","divisions":[]}"#,
        #"{"name":"county","divisions":["源城区","源城区"]}"#, #"{"name":"top-bottom-code","low":5,"high":4}"#,
        #"{"name":"step","step":0}"#, #"{"name":"decimals","places":13}"#,
    ]) func `a mask beyond its limits is refused when it is read`(_ text: String) throws {
        let json = try JSON.parse(text)
        #expect {
            try Mask(json: json)
        } throws: { error in
            guard case .malformed(let refusals)? = error as? PolicyError else { return false }
            return refusals.first?.code == .maskParameter
        }
    }

    @Test(arguments: [
        (#"{"kind":"watermark","version":1}"#, "watermark"),
        (#"{"kind":"columns","version":1,"names":[],"also":1}"#, "also"),
        (#"{"kind":"mask","version":1,"column":"a","mask":{"name":"blur"}}"#, "blur"),
        (#"{"kind":"mask","version":1,"column":"a","mask":{"name":"surname","first":1}}"#, "first"),
        (#"{"kind":"mask","version":1,"column":"a","mask":{"name":"band","width":9,"first":1}}"#, "first"),
        (#"{"kind":"delivery","version":1,"kinds":["fax"]}"#, "fax"),
        (#"{"kind":"mask","version":1,"column":"a","mask":{"name":"top-code","high":9,"low":1}}"#, "low"),
        (#"{"kind":"rate","version":1,"callsPerHour":3}"#, "callsPerHour"),
        (#"{"kind":"as-of","version":1,"day":"2026-01-01","number":3}"#, "number"),
    ])
    func `an unknown kind, mask, member or delivery is refused by name`(_ text: String, _ name: String) throws
    {
        let json = try JSON.parse(text)
        #expect {
            try Clause(json: json)
        } throws: { error in
            guard case .malformed(let refusals)? = error as? PolicyError else { return false }
            return refusals.first?.operation == name
        }
    }

    @Test(arguments: [
        #"{"kind":"networks","version":1,"ranges":["10.0.0.1/8"]}"#,
        #"{"kind":"networks","version":1,"ranges":["10.0.0.0/33"]}"#,
        #"{"kind":"networks","version":1,"ranges":["source"]}"#,
        #"{"kind":"hours","version":1,"days":"holidays","from":"08:00","to":"18:00"}"#,
        #"{"kind":"hours","version":1,"days":"118","from":"08:00","to":"18:00"}"#,
        #"{"kind":"hours","version":1,"days":"every-day","from":"8:00","to":"18:00"}"#,
        #"{"kind":"hours","version":1,"days":"every-day","from":"08:00","to":"24:01"}"#,
        #"{"kind":"as-of","version":1,"day":"2026-02-30"}"#,
    ]) func `a network, an hour or a day that is none is refused when it is read`(_ text: String) throws {
        let json = try JSON.parse(text)
        #expect {
            try Clause(json: json)
        } throws: { error in
            guard case .malformed(let refusals)? = error as? PolicyError else { return false }
            return refusals.first?.code == .wrongMember
        }
    }

    @Test func `an older content is held to where there is one`() throws {
        let facts = PolicySample.facts()
        let published = EntryFacts(
            entry: facts.entry, provider: facts.provider, sharing: facts.sharing, columns: facts.columns,
            history: VersionHistory(firstPublished: PolicySample.today, newestNumber: 3))
        for bound in [AsOf.day(PolicySample.today), .version(number: 1), .version(number: 3)] {
            let terms = try Terms(
                PolicySample.clauses + [.asOf(bound)], facts: published, on: PolicySample.today)
            #expect(terms.circumstances.asOf == bound)
        }
        for bound in [
            AsOf.day(PolicySample.today.adding(days: -1)), .version(number: 0), .version(number: 4),
        ] {
            #expect(throws: PolicyError.self) {
                try Terms(PolicySample.clauses + [.asOf(bound)], facts: published, on: PolicySample.today)
            }
        }
    }

    @Test func `another version of a clause is refused`() throws {
        let json = try JSON.parse(#"{"kind":"purpose","version":2,"text":"a"}"#)
        #expect(
            throws: PolicyError.malformed([
                Refusal(.unknownVersion, clause: "purpose", detail: ["expected": "1", "path": "$"])
            ])
        ) {
            try Clause(json: json)
        }
    }

    @Test func `controls and promises are apart`() {
        let promises = Clause.Kind.allCases.filter { $0.nature == .promise }
        #expect(promises == [.retention, .noRedistribution])
    }
}
