import DuckDB
import Foundation
import Kernel
import Lake
import Policy
import Server
import TestKit
import Testing

/// One city takes in every table by command; what it says of them is held against what was counted by other means.
@Suite(.enabled(if: SharedTable.isPresent)) struct `Real tables by command` {
    @Test(arguments: [SharedTable.epidemic, .air, .equities, .companyWords])
    func `come in whole, and rules count what is known of them`(_ table: SharedTable) async throws {
        try await RealCity.with([table]) { city in _ = try await takeIn(table, city) }
    }

    /// Probe, hook, version, rules and the same bytes once more, each held against what is known of the table.
    private func takeIn(
        _ table: SharedTable, _ city: RealCity
    ) async throws -> (hook: String, attempt: JSON, version: JSON) {
        let entry = try city.entry(table)
        let probe = try await city.command(
            "steward", "hook", "probe", table.path, "--unclassified", "--entry", entry)
        #expect(probe["mapping"]?["encoding"]?.string == table.encoding)
        let published = try await city.publish(table)
        #expect(published.attempt["outcome"]?.string == "published")
        #expect(published.attempt["rowsRead"]?.integer == table.rows + table.rejected)
        #expect(published.attempt["rowsRejected"]?.integer == table.rejected)
        #expect(published.version["rows"]?.integer == table.rows)
        let report = try await city.command("steward", "rule", "report", entry)
        #expect(report["rows"]?.integer == table.rows)
        #expect(report["results"]?.array?.map { $0["failed"]?.integer } == table.failing)
        let again = try await city.command("steward", "hook", "publish", published.hook)
        #expect(again["outcome"]?.string == "unchanged")
        return published
    }

    @Test func `keep rows that a spreadsheet destroyed as rejects with line, column and reason`() async throws
    {
        try await RealCity.with([.people]) { city in
            let published = try await takeIn(.people, city)
            let attempt = try #require(published.attempt["id"]?.string)
            let ended = try await city.run("steward", ["hook", "rejects", attempt])
            let rejects = try ended.output.split(separator: "\n").map { try JSON.parse(String($0)) }
            #expect(rejects.count == 64)
            #expect(rejects.allSatisfy { $0["column"]?.string == "NationalID" })
            #expect(rejects.allSatisfy { $0["reason"]?.string == "damaged-by-spreadsheet" })
            #expect(rejects.first?["line"]?.integer == 4)
        }
    }

    @Test
    func
        `with four-byte characters leave as they came, by a verified release, and are the same content in UTF-8`()
        async throws
    {
        try await RealCity.with([.townships]) { city in
            let table = SharedTable.townships
            let entry = try city.entry(table)
            let published = try await takeIn(table, city)

            // glibc's converter, not ours.
            let plain = try await Self.converted(table.path, city)
            #expect(plain.unicodeScalars.filter { $0.value > 0xFFFF }.count == 23)
            let inUTF8 = try city.file("townships.csv", plain.replacing("\r\n", with: "\n"))
            let redefined = try await city.define(table, from: inUTF8)
            #expect(redefined == published.hook)
            let again = try await city.command("steward", "hook", "publish", redefined)
            #expect(again["outcome"]?.string == "unchanged")
            let versions = try await city.command("steward", "version", "list", entry)
            #expect(versions.array?.count == 1)

            let grant = try await grant(of: entry, city)
            let out = city.site.folder.root.appending(path: "townships-out.csv").path
            let made = try await city.command("consumer", "release", "make", grant, "--out", out)
            #expect(made["rowsOut"]?.integer == table.rows)
            let released = try String(contentsOfFile: out, encoding: .utf8)
            func lines(_ text: String) -> [Substring] {
                text.drop { $0 == "\u{FEFF}" }.split(whereSeparator: \.isNewline).sorted()
            }
            #expect(lines(released) == lines(plain))
            let verified = try await city.run(
                "consumer", ["verify", out + ".receipt.json", "--released", out])
            #expect(verified.status == 0, "\(verified.errors)")
        }
    }

    @Test func `re-encoded with other line breaks are the same content as the original`() async throws {
        try await RealCity.with([.streets]) { city in
            let published = try await takeIn(.streets, city)
            let all = try String(
                contentsOfFile: "\(SharedTable.folder)/admin/modood/streets.csv", encoding: .utf8)
            let lines = all.split(separator: "\n")
            let guangdong =
                [lines[0]] + lines.dropFirst().filter { $0.drop { $0 == "\"" }.hasPrefix("44") }
            #expect(guangdong.count == 1_758)
            let original = try city.file("streets.csv", guangdong.joined(separator: "\n") + "\n")
            let hook = try await city.define(.streets, from: original)
            #expect(hook == published.hook)
            #expect(
                try await city.command("steward", "hook", "publish", hook)["outcome"]?.string == "unchanged")
        }
    }

    @Test func `as Parquet and as CSV of the same types are the same content`() async throws {
        try await RealCity.with([.airParquet]) { city in
            let table = SharedTable.airParquet
            let published = try await takeIn(table, city)
            let connection = try Database(
                Database.Settings(
                    memoryMebibytesMax: 256, threads: 1, extensionFolder: EngineFiles.extensions)
            ).connect()
            let csv = try city.file("air.csv", "")
            try connection.execute(
                "COPY (SELECT * FROM read_parquet(\(Connection.literal(table.path)))) "
                    + "TO \(Connection.literal(csv)) (FORMAT csv, HEADER, NULLSTR 'NA')")
            let mappingFile = try city.file("mapping.json", "")
            let entry = try city.entry(table)
            try await city.command(
                "steward", "hook", "probe", csv, "--unclassified", "--entry", entry, "--mapping-out",
                mappingFile)
            var mapping = try JSONDecoder().decode(
                SourceMapping.self, from: Data(contentsOf: URL(filePath: mappingFile)))
            let integers: Set<String> = ["No", "year", "month", "day", "hour"]
            for position in mapping.columns.indices {
                let name = mapping.columns[position].name
                mapping.columns[position].nullMarkers = ["", "NA"]
                mapping.columns[position].type =
                    integers.contains(name) ? .integer : name == "wd" || name == "station" ? .text : .double
            }
            try JSONEncoder().encode(mapping).write(to: URL(filePath: mappingFile))
            let hook = try await city.define(table, from: csv, mapping: mappingFile)
            #expect(hook == published.hook)
            #expect(
                try await city.command("steward", "hook", "publish", hook)["outcome"]?.string == "unchanged")
        }
    }

    @Test func `packed by gzip come in as what they pack`() async throws {
        try await RealCity.with([.air]) { city in
            let packed = "\(SharedTable.folder)/eco/PRSA_Data_Gucheng_20130301-20170228.csv.gz"
            let entry = try city.entry(.air)
            // By what it holds, whatever it is called.
            let renamed = city.site.folder.root.appending(path: "renamed.csv").path
            try FileManager.default.copyItem(atPath: packed, toPath: renamed)
            for path in [packed, renamed] {
                let seen = try await city.run(
                    "steward", ["hook", "probe", path, "--unclassified", "--entry", entry])
                #expect(seen.status == 0, "\(seen.errors)")
                let columns = try JSON.parse(seen.output)["mapping"]?["columns"]?.array?.count
                #expect(columns == 18)
            }
        }
    }

    // MARK: - The way to a release

    private static func converted(_ path: String, _ city: RealCity) async throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/iconv")
        process.arguments = ["-f", "GB18030", "-t", "UTF-8", path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Graded, requested, signed off and accepted: an unconditional entry is granted at once.
    private func grant(of entry: String, _ city: RealCity) async throws -> String {
        try await city.command("cdo", "grade", "decide", entry, "--suggested")
        let wish: JSON = [
            "columns": ["县级代码", "县级名称", "乡级代码", "乡级名称"], "purpose": "地址标准化",
            "legalBasis": "政务信息资源共享管理暂行办法第十条",
            "businessItem": "户籍地址比对", "deliveries": ["csv"], "expectedRows": 200_000, "dailyRows": 100_000,
            "from": .string(Clock.system.now().date().description),
            "to": .string(Clock.system.now().date().adding(days: 90).description), "retentionDays": 30,
            "isCommitted": true, "contactPost": "民政业务经办岗",
        ]
        let draft = try await city.command(
            "consumer", "request", "draft", entry, "--file", "-", input: wish.canonical)
        let id = try #require(draft["id"]?.string)
        try await city.command("consumer", "request", "act", "submit", id)
        try await city.command("county-cdo", "request", "act", "sign-off", id)
        let accepted = try await city.command("reviewer", "request", "act", "accept", id)
        return try #require(accepted["grant"]?.string, "\(accepted.canonical)")
    }
}
