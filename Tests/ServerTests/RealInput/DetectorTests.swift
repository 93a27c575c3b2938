import DuckDB
import Foundation
import Grading
import Kernel
import Lake
import Policy
import TestKit
import Testing

/// How often the detectors are right, on columns of which it is known what they hold. Every column is cut into pieces of 100 values, so
/// that one lucky column does not decide.
@Suite(.enabled(if: SharedTable.isPresent)) struct `Detectors on columns of known content` {
    private struct Table {
        let file: String
        /// What the columns hold; of those not named, nothing personal that a detector knows.
        let holds: [String: PersonalKind]
        /// Columns that are not judged: another detector's business, or half of each.
        var leftOut: Set<String> = []
    }

    private static let tables = [
        Table(
            file: "pii/fake_names_0001-2000.csv", holds: ["EmailAddress": .email],
            leftOut: ["TelephoneNumber", "CCNumber", "NationalID"]),
        Table(file: "admin/modood/streets.csv", holds: [:]),
        Table(file: "admin/modood/areas.csv", holds: [:]),
        Table(file: "health/ChinaAreaCode.csv", holds: [:]),
        Table(file: "health/covid_daily_2019-12_to_2020-08.csv", holds: [:]),
        Table(file: "registry/tpex_equities.csv", holds: [:]),
        Table(file: "dirty/raha/hospital_clean.csv", holds: [:]),
        Table(file: "dirty/raha/beers_clean.csv", holds: [:]),
        Table(file: "dirty/raha/flights_clean.csv", holds: [:]),
        Table(file: "eco/PRSA_Data_Aotizhongxin_20130301-20170228.csv", holds: [:]),
    ]

    /// Words of hospitals' front pages, taken from no list of ours.
    private static let diagnoses = """
        急性上呼吸道感染 高血压病3级 2型糖尿病 慢性胃炎 腰椎间盘突出 冠状动脉粥样硬化性心脏病 脑梗死 支气管肺炎 急性阑尾炎 胆囊结石伴胆囊炎 子宫平滑肌瘤 \
        甲状腺结节 肺恶性肿瘤 右侧股骨颈骨折 泌尿道感染 缺铁性贫血 焦虑状态 失眠 过敏性鼻炎 带状疱疹 混合痔 腹股沟疝 前列腺增生 老年性白内障 孕39周单胎活产 \
        慢性肾脏病5期 乙型病毒性肝炎 肺结核 类风湿关节炎 系统性红斑狼疮
        """.split(separator: " ").map(String.init)

    private static let pieceRows = 100
    private static let piecesMax = 40

    @Test func `are as sure as they are right`() async throws {
        let test = try TestEngine()
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "headwaters-detectors-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let assistance = folder.appending(path: "assistance.csv")
        let enterprises = folder.appending(path: "enterprises.csv")
        try SampleTables().writeAssistance(to: assistance, rows: 4_000)
        try SampleTables().writeEnterprises(to: enterprises, rows: 2_000)
        var tables = Self.tables.map { ("\(SharedTable.folder)/\($0.file)", $0) }
        tables.append(
            (
                assistance.path,
                Table(file: "", holds: ["身份证号": .citizenID, "姓名": .name, "手机号": .phone, "家庭住址": .address])
            ))
        tables.append((enterprises.path, Table(file: "", holds: [:], leftOut: ["统一社会信用代码"])))
        var tally = Tally()
        for (path, table) in tables {
            let select = """
                SELECT * FROM read_csv(\(DuckDB.Connection.literal(path)), header = true, all_varchar = true,
                nullstr = '', sample_size = -1)
                """
            let names = try DuckDB.Database().connect().rows("DESCRIBE \(select)").compactMap {
                $0.first?.text
            }
            let schema = names.map { Column($0, .text) }
            for piece in 0..<Self.piecesMax {
                let rows = "\(select) LIMIT \(Self.pieceRows) OFFSET \(piece * Self.pieceRows)"
                let staged = try test.stage(schema, [rows])
                guard staged.rows == Int64(Self.pieceRows) else { break }
                tally.add(
                    try await test.engine().profile(RowSource(staged)), table.holds, leftOut: table.leftOut)
            }
        }
        let values = Self.diagnoses.map { "(\(DuckDB.Connection.literal($0)))" }.joined(separator: ", ")
        for piece in 0..<10 {
            // Of each piece another third is something else.
            let staged = try test.stage(
                [Column("内容", .text)],
                [
                    """
                    SELECT CASE WHEN (n * 7 + \(piece)) % 3 = 0 THEN '待查' ELSE d END AS 内容
                    FROM (VALUES \(values)) t(d), range(4) r(n)
                    """
                ])
            tally.add(try await test.engine().profile(RowSource(staged)), ["内容": .health], leftOut: [])
        }
        try await addRemarks(to: &tally, test)
        try Golden.expect(tally.text, at: "Tests/Golden/grading/detectors.txt")
        for (kind, counts) in tally.byKind where counts.right + counts.wrong > 0 {
            let precision = counts.right * 100 / (counts.right + counts.wrong)
            #expect(
                precision >= counts.certainty, "\(kind): \(precision) % right, said \(counts.certainty) %")
            #expect(counts.right * 100 >= 95 * (counts.right + counts.missed), "\(kind) is missed too often")
        }
    }

    /// Remarks of which few name somebody, and remarks full of case numbers that have a citizen number's form.
    private func addRemarks(to tally: inout Tally, _ test: TestEngine) async throws {
        var random = SampleRandom(seed: 441_600)
        for _ in 0..<20 {
            var rows: [String] = []
            for row in 0..<Self.pieceRows {
                let person =
                    "44160019\(50 + random.below(50))\(["01", "07", "12"][random.below(3)])\(10 + random.below(18))00"
                let citizen = (0...9).lazy.flatMap { digit in "0123456789X".map { "\(person)\(digit)\($0)" } }
                    .first(where: CitizenID.isValid)
                let serial = "44160220240\(1 + random.below(9))15\(1000 + random.below(9000))"
                let remark = row % 20 == 3 ? "，申请人身份证\(citizen ?? "")" : "，材料齐全"
                rows.append("('经核查情况属实\(remark)。', '受理号\(serial)，请尽快处理。')")
            }
            let staged = try test.stage(
                [Column("备注", .text), Column("办理情况", .text)],
                ["SELECT * FROM (VALUES \(rows.joined(separator: ", "))) t(备注, 办理情况)"])
            tally.add(try await test.engine().profile(RowSource(staged)), ["备注": .citizenID], leftOut: [])
        }
    }

    private struct Tally {
        struct Counts {
            var right = 0
            var wrong = 0
            var missed = 0
            /// The surest that was said.
            var certainty = 0
        }

        private(set) var byKind: [PersonalKind: Counts] = [:]
        private var pieces = 0

        mutating func add(_ profile: Profile, _ holds: [String: PersonalKind], leftOut: Set<String>) {
            for column in profile.columns where !leftOut.contains(column.name) {
                let present = profile.rows - column.nulls
                guard present > 0 else { continue }
                pieces += 1
                var told: [PersonalKind: Int] = [:]
                for identifier in IdentifierKind.allCases {
                    let share = Int(min(column.identifiers[identifier] ?? 0, present) * 100 / present)
                    guard let (kind, certainty) = PersonalKind.told(by: identifier, share: share) else {
                        continue
                    }
                    told[kind] = max(told[kind] ?? 0, certainty)
                }
                for identifier in ProseWalk.kinds {
                    guard let prose = column.prose(identifier, of: profile.rows),
                        let (kind, certainty) = PersonalKind.told(within: prose, identifier), certainty >= 50
                    else { continue }
                    told[kind] = max(told[kind] ?? 0, certainty)
                }
                let held = holds[column.name]
                for (kind, certainty) in told {
                    byKind[kind, default: Counts()].certainty = max(byKind[kind]?.certainty ?? 0, certainty)
                    if kind == held {
                        byKind[kind, default: Counts()].right += 1
                    } else {
                        byKind[kind, default: Counts()].wrong += 1
                    }
                }
                if let held, told[held] == nil { byKind[held, default: Counts()].missed += 1 }
            }
        }

        var text: String {
            "pieces of 100 values: \(pieces)\n"
                + byKind.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, counts in
                    "\(kind.rawValue): right \(counts.right), wrong \(counts.wrong), missed \(counts.missed), said \(counts.certainty) %\n"
                }.joined()
        }
    }
}
