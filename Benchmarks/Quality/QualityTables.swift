import DuckDB
import Foundation
import Kernel
import Lake
import Policy
import Quality

/// Persons and enterprises with planted faults, the rules that look for them, and the SQL that an engineer would write instead.
struct QualityTables {
    let rows: Int
    let persons: RowSource
    let enterprises: RowSource
    private let folder: String
    private let planted: [String: Int64]
    /// The day on which the tables were as they are.
    private let today: CalendarDate

    init(_ folder: String) throws {
        self.folder = folder
        let text = try String(contentsOfFile: "\(folder)/truth.json", encoding: .utf8)
        let truth = try JSON.parse(text)
        guard let rows = truth["persons"]?.integer, let planted = truth["planted"]?.object,
            let today = CalendarDate("2026-06-30")
        else { throw BenchmarkFault("\(folder)/truth.json does not say what was planted") }
        self.rows = Int(rows)
        self.planted = planted.compactMapValues(\.integer)
        self.today = today
        func source(_ name: String, _ schema: Schema) -> RowSource {
            RowSource(
                StagedRows(
                    folder: folder, parts: ["\(name).parquet"], schema: schema, rows: 0,
                    sourceFingerprint: nil))
        }
        persons = source("person", Self.personSchema)
        enterprises = source("enterprise", Self.enterpriseSchema)
    }

    private static let personSchema: Schema = [
        Column("row_id", .integer), Column("citizen_id", .text), Column("name", .text), Column("sex", .text),
        Column("birth_date", .date), Column("mobile", .text), Column("address", .text),
        Column("hukou_code", .text), Column("employer_uscc", .text), Column("income", .double),
        Column("updated_at", .timestamp),
    ]
    private static let enterpriseSchema: Schema = [
        Column("uscc", .text), Column("name", .text), Column("legal_person", .text),
        Column("capital", .double),
        Column("industry_code", .text), Column("established", .date), Column("status", .text),
        Column("county_code", .text),
    ]
    private static let counties = ["441602", "441621", "441622", "441623", "441624", "441625"]
    private static let states = ["存续", "在业", "注销", "吊销", "迁出"]
    private static let idPattern =
        "[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]"

    // MARK: - Rules

    func personRules() throws -> [Metric] {
        let sexAgrees = try Policy.Expression(text: "sex = citizen_sex(citizen_id)")
        let birthAgrees = try Policy.Expression(text: "birth_date = citizen_birth(citizen_id)")
        let sexes = Policy.Expression.isIn(.column("sex"), [.text("男"), .text("女")])
        let employers = Metric(
            id: "employer_ref",
            .reference(.init(column: "employer_uscc", rows: enterprises, key: "uscc", day: today)))
        return try lowered(
            [
                ("id_null", .notNull(column: "citizen_id"), nil),
                ("id_unique", .unique(columns: ["citizen_id"]), nil),
                ("id_regex", .pattern(column: "citizen_id", try Pattern(Self.idPattern)), nil),
                ("id_checksum", .identifier(column: "citizen_id", .citizenID), nil),
                ("name_null", .notNull(column: "name"), nil),
                ("name_regex", .identifier(column: "name", .personName), nil),
                ("sex_enum", .enumeration(column: "sex", values: ["男", "女"]), nil),
                ("sex_vs_id", .condition(sexAgrees), sexes),
                ("birth_range", .range(column: "birth_date", low: "1900-01-01", high: "2026-06-30"), nil),
                ("birth_vs_id", .condition(birthAgrees), nil),
                ("mobile_regex", .identifier(column: "mobile", .mobile), nil),
                ("hukou_enum", .enumeration(column: "hukou_code", values: Self.counties), nil),
                ("address_null", .notNull(column: "address"), nil),
                ("updated_future", .range(column: "updated_at", low: nil, high: "2026-07-01"), nil),
                ("row_unique", .unique(columns: ["row_id"]), nil),
                ("fresh", .freshness(column: "updated_at", days: 1), nil),
            ], Self.personSchema) + [employers]
    }

    func enterpriseRules() throws -> [Metric] {
        try lowered(
            [
                ("uscc_unique", .unique(columns: ["uscc"]), nil),
                ("uscc_checksum", .identifier(column: "uscc", .uscc), nil),
                ("capital_range", .range(column: "capital", low: "0", high: "1000000000"), nil),
                ("established", .range(column: "established", low: nil, high: "2026-06-30"), nil),
                ("status_enum", .enumeration(column: "status", values: Self.states), nil),
            ], Self.enterpriseSchema)
    }

    private func lowered(_ rules: [(String, Check, Policy.Expression?)], _ schema: Schema) throws -> [Metric]
    {
        try rules.enumerated().map { position, rule in
            let draft = RuleDraft(rule.1, severity: .warning, effectiveFrom: today, condition: rule.2)
            let metric = try draft.metric(
                id: RuleID(high: 7, low: UInt64(position)), schema: schema, today: today)
            return Metric(id: rule.0, metric.kind)
        }
    }

    /// Every count is the one that was planted. A number of the wrong form has no right check character either; of a number that was
    /// given twice both rows fail; of a table that is fresh some rows are new.
    func require(_ counts: [String: Int64]) throws {
        var expected = [
            "id_null": planted["id_null"], "id_unique": planted["id_duplicate_extra"].map { 2 * $0 },
            "id_regex": planted["id_malformed"], "name_null": planted["name_null"],
            "name_regex": planted["name_pattern"], "sex_enum": planted["sex_enum"],
            "sex_vs_id": planted["sex_vs_id"], "birth_range": 0, "birth_vs_id": planted["birth_vs_id"],
            "mobile_regex": planted["mobile_pattern"], "hukou_enum": planted["hukou_enum"],
            "address_null": planted["address_null"], "employer_ref": planted["employer_orphan"],
            "updated_future": planted["updated_future"], "row_unique": 0, "uscc_unique": 0,
            "uscc_checksum": planted["uscc_checksum"], "capital_range": planted["capital_range"],
            "established": planted["established_future"], "status_enum": planted["status_enum"],
        ]
        expected["id_checksum"] = (planted["id_malformed"] ?? 0) + (planted["id_checksum"] ?? 0)
        for (rule, count) in expected where counts[rule] != count {
            throw BenchmarkFault("\(rule): \(counts[rule] ?? -1) rows fail, \(count ?? -1) were planted")
        }
        guard let stale = counts["fresh"], stale < Int64(rows) else { throw BenchmarkFault("fresh") }
    }

    // MARK: - SQL by hand

    /// One pass a table, check digits by whole numbers, uniqueness by 64-bit keys: the fastest of the variants that were tried.
    func countByHand() throws {
        let connection = try Database(Database.Settings(memoryMebibytesMax: 8_192, threads: 2)).connect()
        let (person, enterprise) = ("'\(folder)/person.parquet'", "'\(folder)/enterprise.parquet'")
        let n17 = "try_cast(substr(citizen_id,1,17) AS BIGINT)"
        let check =
            "(CASE WHEN substr(citizen_id,18,1)='X' THEN 10 ELSE ascii(substr(citizen_id,18,1))-48 END)"
        let powers = (1...16).map { "\(1 << $0)*(n17//1\(String(repeating: "0", count: $0)))" }
            .joined(separator: "+")
        let sum = "2*(n17 - 4*(\(powers)))"
        let born = "year(birth_date)*10000+month(birth_date)*100+day(birth_date)"
        var found = try counts(
            [
                ("id_null", "citizen_id IS NULL"), ("id_regex", "NOT ok"),
                ("id_checksum", "ok AND NOT ((\(sum) + cval) % 11 = 1)"), ("name_null", "name IS NULL"),
                ("name_regex", "NOT regexp_full_match(name, '^[\\x{4e00}-\\x{9fa5}·]{2,15}$')"),
                ("sex_enum", "sex NOT IN ('男','女')"),
                (
                    "sex_vs_id",
                    "ok AND sex IN ('男','女') AND sex <> CASE WHEN (ascii(substr(citizen_id,17,1))-48)%2=1 THEN '男' ELSE '女' END"
                ),
                ("birth_range", "birth_date < DATE '1900-01-01' OR birth_date > DATE '2026-06-30'"),
                ("birth_vs_id", "ok AND (n17//1000)%100000000 <> \(born)"),
                ("mobile_regex", "NOT regexp_full_match(mobile, '^1[3-9]\\d{9}$')"),
                ("hukou_enum", "hukou_code NOT IN \(Self.list(Self.counties))"),
                ("address_null", "address IS NULL"),
                ("updated_future", "updated_at > TIMESTAMP '2026-07-01'"),
                ("stale", "updated_at < TIMESTAMP '2026-06-29'"),
            ],
            of: """
                (SELECT *, \(n17) n17, \(check) cval, regexp_full_match(citizen_id, '^\(Self.idPattern)$') ok FROM \(person))
                """, connection)
        found.merge(try enterprisesByHand(connection)) { first, _ in first }
        func one(_ name: String, _ statement: String) throws {
            found[name] = try connection.rows(statement).first?.first?.integer
        }
        try one("uscc_unique", "SELECT count(uscc)-count(DISTINCT uscc) FROM \(enterprise)")
        try one(
            "employer_ref",
            "SELECT count(*) FROM \(person) p ANTI JOIN \(enterprise) e ON p.employer_uscc=e.uscc WHERE employer_uscc IS NOT NULL"
        )
        try one(
            "id_unique",
            """
            SELECT 2*(count(k)-count(DISTINCT k)) FROM (SELECT coalesce(\(n17)*16+\(check),
            -(hash(citizen_id)>>1)::BIGINT) k FROM \(person) WHERE citizen_id IS NOT NULL)
            """)
        try one("row_unique", "SELECT count(row_id)-count(DISTINCT row_id) FROM \(person)")
        // It tells the two faults of a number apart; a rule for check characters does not.
        found["id_checksum"] = (found["id_checksum"] ?? 0) + (found["id_regex"] ?? 0)
        found["fresh"] = found["stale"]
        try require(found)
    }

    private static func list(_ values: [String]) -> String {
        "(" + values.map { "'\($0)'" }.joined(separator: ",") + ")"
    }

    private func enterprisesByHand(_ connection: DuckDB.Connection) throws -> [String: Int64] {
        let alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        var weight = 1
        var terms: [String] = []
        for position in 1...17 {
            terms.append("\(weight)*(strpos('\(alphabet)',substr(uscc,\(position),1))-1)")
            weight = weight * 3 % 31
        }
        let isCode =
            "(31-(\(terms.joined(separator: "+")))%31)%31 = strpos('\(alphabet)',substr(uscc,18,1))-1"
        return try counts(
            [
                ("uscc_checksum", "NOT (\(isCode))"), ("capital_range", "capital < 0 OR capital > 1e9"),
                ("established", "established > DATE '2026-06-30'"),
                ("status_enum", "status NOT IN \(Self.list(Self.states))"),
            ], of: "'\(folder)/enterprise.parquet'", connection)
    }

    private func counts(
        _ failures: [(String, String)], of relation: String, _ connection: DuckDB.Connection
    ) throws -> [String: Int64] {
        let list = failures.map { "count_if(\($0.1))" }.joined(separator: ", ")
        let cells = try connection.rows("SELECT \(list) FROM \(relation)").first ?? []
        return Dictionary(uniqueKeysWithValues: zip(failures.map(\.0), cells.map { $0.integer ?? -1 }))
    }
}
