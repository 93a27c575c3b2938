import Foundation
import Kernel

/// A real file that is no part of the repository, and what is true of it, counted once by other means than ours.
struct SharedTable: Sendable {
    let file: String
    let title: String
    /// Nil for a file that is no text.
    let encoding: String?
    let rows: Int64
    let rejected: Int64
    let columns: Int
    let keys: [String]
    /// As `rule add` takes them.
    let rules: JSON
    /// How many rows fail each rule.
    let failing: [Int64]

    init(
        _ file: String, title: String, encoding: String?, rows: Int64, rejected: Int64 = 0, columns: Int,
        keys: [String], rules: JSON, failing: [Int64]
    ) {
        self.file = file
        self.title = title
        self.encoding = encoding
        self.rows = rows
        self.rejected = rejected
        self.columns = columns
        self.keys = keys
        self.rules = rules
        self.failing = failing
    }

    static let folder: String = {
        let root = ProcessInfo.processInfo.environment["HEADWATERS_SHARED"] ?? "../shared"
        return URL(filePath: root).resolvingSymlinksInPath().path + "/data"
    }()
    static let isPresent = FileManager.default.fileExists(atPath: folder)

    var path: String { "\(Self.folder)/\(file)" }
    var bytes: [UInt8] { Array(FileManager.default.contents(atPath: path) ?? Data()) }

    static let townships = SharedTable(
        "admin/reencoded/townships_flat_gb18030.csv", title: "乡级行政区划", encoding: "GB18030", rows: 38_749,
        columns: 4, keys: ["乡级代码"],
        rules: [
            ["check": "not-null", "column": "乡级名称"],
            ["check": "pattern", "column": "乡级代码", "pattern": "[0-9]{12}"],
        ], failing: [0, 0])

    static let streets = SharedTable(
        "admin/reencoded/guangdong_streets_gb18030_crlf.csv", title: "广东省乡级区划代码", encoding: "GB18030",
        rows: 1_757, columns: 5, keys: ["code"],
        rules: [["check": "unique", "columns": ["code"]], ["check": "not-null", "column": "name"]],
        failing: [0, 0])

    static let epidemic = SharedTable(
        "health/covid_daily_2019-12_to_2020-08.csv", title: "疫情通报累计数", encoding: "UTF-8", rows: 154_408,
        columns: 11, keys: ["cityCode"],
        rules: [
            ["check": "not-null", "column": "countryCode", "severity": "warning"],
            ["check": "not-null", "column": "cityCode", "where": "city IS NOT NULL", "severity": "warning"],
            ["check": "not-null", "column": "provinceCode", "where": "province IS NOT NULL"],
        ], failing: [1_063, 994, 0])

    static let air = SharedTable(
        "eco/PRSA_Data_Aotizhongxin_20130301-20170228.csv", title: "空气质量逐时监测（奥体中心）", encoding: "UTF-8",
        rows: 35_064, columns: 18, keys: ["No"],
        rules: [
            ["check": "not-null", "column": "PM2.5", "severity": "warning"],
            ["check": "not-null", "column": "CO", "severity": "warning"],
            ["check": "range", "column": "month", "low": "1", "high": "12"],
        ], failing: [925, 1_776, 0])

    static let airParquet = SharedTable(
        "eco/PRSA_Data_Dongsi_20130301-20170228.parquet", title: "空气质量逐时监测（东四）", encoding: nil, rows: 35_064,
        columns: 18, keys: ["No"], rules: [["check": "range", "column": "hour", "low": "0", "high": "23"]],
        failing: [0])

    static let equities = SharedTable(
        "registry/tpex_equities.csv", title: "上柜证券名录", encoding: "UTF-8", rows: 11_484, columns: 8,
        keys: ["code"],
        rules: [
            ["check": "unique", "columns": ["code"]],
            ["check": "not-null", "column": "group", "severity": "warning"],
        ], failing: [0, 10_604])

    static let companyWords = SharedTable(
        "registry/公司名字频统计.xlsx", title: "企业名称用字频次", encoding: nil, rows: 3_978, columns: 2, keys: ["dict"],
        rules: [
            ["check": "unique", "columns": ["dict"]],
            ["check": "range", "column": "idf", "low": "100", "severity": "warning"],
        ], failing: [0, 1_412])

    static let people = SharedTable(
        "pii/fake_names_0001-2000.csv", title: "虚构人员名单", encoding: "UTF-8", rows: 1_936, rejected: 64,
        columns: 29, keys: ["Number"],
        rules: [["check": "not-null", "column": "Surname"], ["check": "unique", "columns": ["Number"]]],
        failing: [0, 0])
}
