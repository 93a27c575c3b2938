import Foundation
import Kernel
import TestKit
import Testing

/// Some seventy processes, one after another: the one test that shows the chain as a script carries it.
@Suite struct `The chain by commands alone` {
    private static let units = (
        provider: "市民政局", bureau: "市政务服务数据管理局", county: "源城区人民政府"
    )

    @Test func `goes from an empty folder to a receipt, a proof and a restored site`() async throws {
        try await CommandSite.with { site in
            _ = try await site.json(["init"])
            try await site.appoint("steward", Self.units.provider, "数据专员岗", "steward")
            try await site.appoint("cdo", Self.units.provider, "首席数据官", "department-cdo")
            try await site.appoint("reviewer", Self.units.bureau, "审核岗", "bureau-reviewer")
            try await site.appoint("security", Self.units.bureau, "安全岗", "security-officer")
            try await site.appoint("consumer", Self.units.county, "经办岗", "consumer")
            try await site.appoint("county-cdo", Self.units.county, "首席数据官", "department-cdo")
            let entry = try await publishEntry(site)
            let keys = try await publishVersion(site, entry)
            let grant = try await decideRequest(site, entry)
            try await useGrant(site, grant, keys)
            try await deliver(site, grant)
            try await matchList(site, grant, keys)
            try await keepAndRestore(site, grant)
        }
    }

    private func publishEntry(_ site: CommandSite) async throws -> String {
        let columns: [JSON] = ["身份证号", "姓名", "县区", "金额"].map {
            ["column": .string($0), "name": .string($0), "type": "C", "length": 30]
        }
        let card: JSON = [
            "category": "307016000000", "title": "最低生活保障对象信息", "provider": .string(Self.units.provider),
            "providerUSCC": "114416000072802362", "abstract": "保障对象与保障金额，按月更新。",
            "formatClass": "spreadsheet", "formatType": "CSV", "shareType": "2",
            "shareCondition": "限于社会救助资格核验", "shareMode": "platform", "openType": "closed",
            "updateCycle": "monthly", "items": .array(columns),
        ]
        let drafted = try await site.json(
            ["entry", "draft", "--file", try site.write(card, to: "card.json")], as: "steward")
        let id = try #require(drafted["id"]?.string)
        _ = try await site.json(["entry", "submit", id], as: "steward")
        let published = try await site.json(["entry", "publish", id], as: "reviewer")
        #expect(published["state"] == "published")
        let found = try await site.json(["entry", "search", "最低生活保障"], as: "consumer")
        #expect(found.array?.first?["id"] == .string(id))
        return id
    }

    /// Citizen numbers of the rows: those of the county first, then the others.
    private func publishVersion(_ site: CommandSite, _ entry: String) async throws -> [String] {
        let numbers = (1...40).map(Self.number)
        let lines = numbers.enumerated().map { place, number in
            "\(number),样本\(place),\(place < 25 ? "源城区" : "东源县"),\(place).50"
        }
        let table = try site.write(
            (["身份证号,姓名,县区,金额"] + lines).joined(separator: "\n") + "\n", to: "table.csv")
        let rules: JSON = [
            ["check": "not-null", "column": "身份证号", "severity": "blocking"],
            ["check": "citizen-id", "column": "身份证号", "severity": "blocking"],
        ]
        _ = try await site.json(
            ["rule", "add", entry, "--file", try site.write(rules, to: "rules.json")], as: "steward")
        let mapping = "\(site.root)/mapping.json"
        let probe = try await site.json(
            ["hook", "probe", table, "--unclassified", "--entry", entry, "--mapping-out", mapping],
            as: "steward")
        #expect(probe["mapping"]?["columns"]?.array?.count == 4)
        let hook = try await site.json(
            [
                "hook", "define", table, "--unclassified", "--entry", entry, "--mapping", mapping, "--key",
                "身份证号",
            ], as: "steward")
        let id = try #require(hook["id"]?.string)
        let attempt = try await site.json(["hook", "publish", id], as: "steward")
        #expect(attempt["outcome"] == "published" && attempt["rowsRead"] == 40)
        #expect(try await site.json(["hook", "publish", id], as: "steward")["outcome"] == "unchanged")
        let versions = try await site.json(["version", "list", entry], as: "steward")
        #expect(versions.array?.count == 1)
        let report = try await site.json(["rule", "report", entry], as: "steward")
        #expect(report["gate"] == "open")
        let grades = try await site.json(["grade", "decide", entry, "--suggested"], as: "cdo")
        #expect(grades["columns"]?.array?.allSatisfy { $0["grade"]?.string != nil } == true)
        return numbers
    }

    private func decideRequest(_ site: CommandSite, _ entry: String) async throws -> String {
        let today = Clock.system.now().date()
        let wish: JSON = [
            "columns": ["身份证号", "姓名", "金额"], "rows": "县区 = '源城区'", "purpose": "救助资格核验",
            "legalBasis": "社会救助暂行办法第四十八条", "businessItem": "临时救助审批",
            "deliveries": ["csv", "lookup", "pages", "name-list"], "expectedRows": 1_000, "dailyRows": 500,
            "from": .string(today.description), "to": .string(today.adding(days: 200).description),
            "retentionDays": 90, "isCommitted": true, "contactPost": "经办岗",
        ]
        let draft = try await site.json(
            ["request", "draft", entry, "--file", try site.write(wish, to: "wish.json")], as: "consumer")
        let id = try #require(draft["id"]?.string)
        for (act, who, state) in [
            ("submit", "consumer", "sign-off"), ("sign-off", "county-cdo", "check"),
            ("accept", "reviewer", "decision"),
        ] {
            let moved = try await site.json(["request", "act", act, id], as: who)
            #expect(moved["state"] == .string(state))
        }
        let waiting = try await site.json(["inbox"], as: "cdo")
        #expect(waiting.array?.contains { $0["id"] == .string(id) } == true)
        let asked = try #require(
            try await site.json(["request", "show", id], as: "cdo")["clauses"]?.array)
        let offer =
            asked + [
                [
                    "kind": "mask", "version": 1, "column": "身份证号",
                    "mask": ["name": "keep-ends", "first": 6, "last": 4],
                ],
                ["kind": "mask", "version": 1, "column": "姓名", "mask": ["name": "surname"]],
            ]
        let countered = try await site.json(
            [
                "request", "act", "counter", id, "--file", try site.write(.array(offer), to: "offer.json"),
                "--comment", "身份证号、姓名须脱敏",
            ], as: "cdo")
        #expect(countered["state"] == "offer")
        let granted = try await site.json(["request", "act", "accept-offer", id], as: "consumer")
        #expect(granted["state"] == "granted")
        return try #require(granted["grant"]?.string)
    }

    private func useGrant(_ site: CommandSite, _ grant: String, _ keys: [String]) async throws {
        let told = try await site.json(["explain", grant], as: "consumer")
        #expect(told["enforceable"] == true)
        let asked = "\(keys[0])\n\(keys[30])\n441600190001010000\n"
        let found = try await site.json(
            ["look-up", grant, "--column", "身份证号"], as: "consumer", input: asked)
        #expect(found["rows"] == [[.string("441600********\(keys[0].suffix(4))"), "样**", "0.50"]])
        #expect(found["rowKeys"] == [0])
        var rows = 0
        var after: [String] = []
        repeat {
            let page = try await site.json(["page", grant, "--limit", "10"] + after, as: "consumer")
            rows += page["rows"]?.array?.count ?? 0
            after = page["next"]?.string.map { ["--after", $0] } ?? []
        } while !after.isEmpty
        #expect(rows == 25)
        let made = try await site.json(
            ["release", "make", grant, "--out", "\(site.root)/rows.csv"], as: "consumer")
        #expect(made["rowsOut"] == 25 && made["rowsWithheld"] == 15)
        let release = try #require(made["release"]?.string)
        _ = try await site.json(
            ["receipt", "save", release, "--out", "\(site.root)/receipt.json"], as: "consumer")
        for receipt in ["rows.csv.receipt.json", "receipt.json"] {
            let verified = try await site.json(
                ["verify", "\(site.root)/\(receipt)", "--released", "\(site.root)/rows.csv"])
            #expect(verified["holds"] == true && verified["fileCompared"] == true)
        }
    }

    private func deliver(_ site: CommandSite, _ grant: String) async throws {
        let make = ["delivery", "make", grant, "--format"]
        let made = try await site.json(
            make + ["csv", "--days", "monthly", "--working-day", "3", "--time", "08:30"], as: "consumer")
        #expect(made["state"] == "active" && made["days"] == "monthly" && made["workingDay"] == 3)
        #expect(made["nextAt"]?.string != nil && made["weekday"] == .null)
        let id = try #require(made["id"]?.string)
        for wrong in [
            ["csv", "--days", "hourly"], ["csv", "--days", "daily", "--time", "8:30"],
            ["parquet", "--days", "daily"], ["push", "--days", "daily"],
            ["csv", "--days", "daily", "--target", "front"], ["csv", "--days", "weekly", "--weekday", "8"],
        ] {
            let refused = try await site.run(make + wrong, as: "consumer")
            #expect(refused.status == 2 && !refused.errors.isEmpty, "\(wrong): \(refused.errors)")
        }
        // Only what is made without anybody asking is offered.
        let called = try await site.run(make + ["lookup", "--days", "daily"], as: "consumer")
        #expect(called.status == 2 && called.errors.contains("csv, parquet, excel, push"), "\(called.errors)")
        #expect(try await site.run(make + ["csv", "--days", "daily"], as: "steward").status != 0)
        let listed = try await site.json(["delivery", "list", "--grant", grant], as: "consumer")
        #expect(listed == [made])
        #expect(try await site.json(["delivery", "list"], as: "consumer") == listed)
        let paused = try await site.json(["delivery", "pause", id], as: "consumer")
        #expect(paused["state"] == "paused" && paused["nextAt"] == .null && paused["runs"] == [])
        #expect(try await site.json(["delivery", "resume", id], as: "consumer")["state"] == "active")
        let shown = try await site.run(["delivery", "show", id], as: "consumer")
        #expect(shown.output.contains("monthly") && !shown.output.contains("["), "\(shown.output)")
        _ = try await site.json(["delivery", "stop", id], as: "consumer")
        #expect(try await site.run(["delivery", "show", id], as: "consumer").status == 5)
        #expect(try await site.json(["delivery", "list"], as: "consumer") == [])
    }

    private func matchList(_ site: CommandSite, _ grant: String, _ keys: [String]) async throws {
        let list = try site.write(
            "Caseload\r\nCase,Number\r\nC1,\(keys[0])\r\nC2,441600190001010000\r\nC3,\(keys[30])\r\n",
            to: "caseload.csv")
        let asked = [
            "match", list, "--unclassified", "--key", "Number", "--case", "Case", "--grant", "\(grant):身份证号",
        ]
        let looked = try await site.json(asked + ["--dry-run"], as: "consumer")
        #expect(looked["keys"] == 2 && looked["invalid"] == 1 && looked["parts"] == [])
        #expect(looked["faults"]?.array?.first?["place"] == "4")
        let out = "\(site.root)/caseload-back.xlsx"
        let matched = try await site.json(asked + ["--out", out], as: "consumer")
        #expect(matched["state"] == "settled" && matched["parts"]?.array?[0]["matched"] == 1)
        #expect(matched["parts"]?.array?[0]["unmatched"] == 1)
        let verify = ["verify", out + ".receipt.json", "--released"]
        #expect(try await site.json(verify + [out])["fileCompared"] == true)
        let changed = try site.write("another file", to: "changed.xlsx")
        let refused = try await site.run(verify + [changed])
        #expect(refused.status == 1 && refused.errors.contains("not the one that the receipt describes"))
        let wrong = try await site.run(
            ["match", list, "--unclassified", "--key", "Nummer", "--grant", grant, "--out", out],
            as: "consumer")
        #expect(wrong.status == 2 && !wrong.errors.isEmpty)
    }

    private func keepAndRestore(_ site: CommandSite, _ grant: String) async throws {
        let export = "\(site.root)/evidence"
        _ = try await site.json(["evidence", "export", export], as: "security")
        let before = try #require(try await site.json(["verify", export])["leaves"]?.integer)
        _ = try await site.json(["backup", "--to", "\(site.root)/backup"])
        let manager = FileManager.default
        let key = try Data(contentsOf: URL(filePath: "\(site.data)/master.key"))
        try manager.removeItem(atPath: site.data)
        try manager.createDirectory(
            atPath: site.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        _ = manager.createFile(
            atPath: "\(site.data)/master.key", contents: key, attributes: [.posixPermissions: 0o600])
        let restored = try await site.json(["restore", "--from", "\(site.root)/backup"])
        #expect(restored["holds"] == true)
        #expect(try #require(restored["leaves"]?.integer) >= before)
        _ = try await site.json(["verify", "\(site.root)/receipt.json"])
        #expect(try await site.json(["grant", "show", grant], as: "consumer")["state"] == "active")
    }

    /// In the sample's own area code, born on the first day of a century, with its check character.
    private static func number(_ place: Int) -> String {
        let digits = "44160019000101" + String(String(1_000 + place).dropFirst())
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits.compactMap(\.wholeNumberValue), weights).reduce(0) { $0 + $1.0 * $1.1 }
        return digits + String(Array("10X98765432")[sum % 11])
    }
}
