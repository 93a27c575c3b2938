import Foundation
import Kernel
import TestKit
import Testing

@testable import Hooking

/// A department's months as a script carries them, one over an air gap.
@Suite struct `Filings by commands alone` {
    private static let unit = "市民政局"

    private func hook(_ site: CommandSite) async throws -> (entry: String, hook: String) {
        let card: JSON = [
            "category": "307016000000", "title": "临时救助发放信息", "provider": .string(Self.unit),
            "providerUSCC": "114416000072802362", "abstract": "临时救助的发放，按月更新。",
            "formatClass": "spreadsheet", "formatType": "CSV", "shareType": "2",
            "shareCondition": "限于社会救助资格核验", "shareMode": "platform", "openType": "closed",
            "updateCycle": "monthly",
            "items": [["column": "code", "name": "编号", "type": "C", "length": 30]],
        ]
        let drafted = try await site.json(
            ["entry", "draft", "--file", try site.write(card, to: "card.json")], as: "steward")
        let entry = try #require(drafted["id"]?.string)
        let rules: JSON = [["check": "not-null", "column": "code", "severity": "blocking"]]
        _ = try await site.json(
            ["rule", "add", entry, "--file", try site.write(rules, to: "rules.json")], as: "steward")
        let table = try site.write("code,amount\nx,0\n", to: "example.csv")
        let defined = try await site.json(
            ["hook", "define", table, "--unclassified", "--entry", entry], as: "steward")
        return (entry, try #require(defined["id"]?.string))
    }

    @Test func `go from the agreement over a file, a package and a nil report to the undoing`() async throws {
        try await CommandSite.with { site in
            _ = try await site.json(["init"])
            try await site.appoint("steward", Self.unit, "数据专员岗", "steward")
            let (entry, hook) = try await hook(site)
            // Three months that are over, whenever this runs.
            let newest = Period(.month, containing: Clock.system.now().date()).previous
            let (third, second, first) = (newest, newest.previous, newest.previous.previous)
            let agreed = try await site.json(
                [
                    "filing", "agree", hook, "--cadence", "month", "--deadline-days", "5", "--manner",
                    "append", "--row-key", "code", "--since", first.first.description,
                ], as: "steward")
            #expect(agreed["since"] == .string(first.description))

            let table = try site.write("code,amount\na1,1\na2,2\n", to: "first.csv")
            let filed = try await site.json(
                ["filing", "file", hook, table, "--unclassified", "--period", first.description],
                as: "steward")
            #expect(filed["outcome"] == "published")
            let twice = try await site.run(
                ["filing", "file", hook, table, "--unclassified", "--period", second.description],
                as: "steward")
            #expect(twice.status == 6 && twice.errors.contains("the same file was filed"))

            let received = try await carry(site, entry, second)
            let nothing = try await site.json(
                ["filing", "nothing", hook, "--period", third.description, "--reason", "none"], as: "steward")
            #expect(nothing["kind"] == "nothing")
            let periods = try await site.json(["filing", "periods", hook], as: "steward")
            let states = (periods.array ?? []).filter { $0["period"]?.string != newest.next.description }
            #expect(states.map { $0["state"] } == ["nothing", "arrived", "arrived"])
            let filing = try #require(received["id"]?.string)
            let undone = try await site.json(["filing", "undo", filing], as: "steward")
            #expect(undone["undoneAt"]?.string != nil)
            let versions = try await site.json(["hook", "list"], as: "steward")
            #expect(versions.array?.first?["currentVersion"] == filed["version"])
            #expect(try await site.json(["filing", "board"], as: "steward").array?.count == 1)
        }
    }

    /// From the department's own machine, which reaches nothing: refused while nobody trusts it, taken, and refused with a flipped bit.
    private func carry(_ site: CommandSite, _ entry: String, _ period: Period) async throws -> JSON {
        let away = "\(site.root)/away"
        let made = try await Program.run(["init", "--data", away, "--json"])
        #expect(made.status == 0, "\(made.errors)")
        let month = try site.write("code,amount\nb1,3\n", to: "second.csv")
        let package = "\(site.root)/month.hwp"
        let packed = try await Program.run([
            "package", "make", month, "--data", away, "--entry", entry, "--period", period.description,
            "--out", package, "--json",
        ])
        #expect(packed.status == 0, "\(packed.errors)")
        let unknown = try await site.run(["package", "receive", package, "--unclassified"], as: "steward")
        #expect(unknown.status == 7, "\(unknown.errors)")
        let verified = try await Program.run(["package", "verify", package, "--data", away, "--json"])
        #expect(verified.status == 0, "\(verified.errors)")
        let trusted = try await trust(site, of: away)
        let received = try await site.json(
            ["package", "receive", package, "--unclassified", "--trust", trusted], as: "steward")
        #expect(received["outcome"] == "published" && received["channel"] == "package")

        var bytes = try [UInt8](Data(contentsOf: URL(filePath: package)))
        let row = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("b1,3".utf8)) })
        bytes[row] ^= 1
        try Data(bytes).write(to: URL(filePath: package))
        let damaged = try await Program.run(
            ["package", "verify", package, "--trust", trusted, "--language", "en"])
        #expect(damaged.status == 7 && damaged.errors.contains("\"data/1.csv\""))
        return received
    }

    /// The public key of a node's data folder, as its operator hands it over.
    private func trust(_ site: CommandSite, of folder: String) async throws -> String {
        let ring = try JSON.parse([UInt8](Data(contentsOf: URL(filePath: "\(folder)/keys/keyring.json"))))
        let der = try #require(ring["signingKeys"]?.array?.first?["publicKey"]?.string)
        return try site.write(
            "-----BEGIN PUBLIC KEY-----\n\(der)\n-----END PUBLIC KEY-----\n", to: "away.pem")
    }

    @Test func `set up schedules, watches and drop tables, with errors that say what to do`() async throws {
        try await CommandSite.with { site in
            _ = try await site.json(["init"])
            try await site.appoint("steward", Self.unit, "数据专员岗", "steward")
            let (_, hook) = try await hook(site)
            let wrong = try await site.run(
                ["schedule", "set", hook, "--days", "daily", "--time", "2:30"], as: "steward")
            #expect(wrong.status == 2 && wrong.errors.contains("no time of day"))
            let set = try await site.json(
                ["schedule", "set", hook, "--days", "monthly", "--time", "02:30", "--working-day", "3"],
                as: "steward")
            #expect(set["state"] == "active" && set["next"]?.string != nil)
            #expect(try await site.json(["schedule", "pause", hook], as: "steward")["state"] == "paused")
            let both = try await site.run(
                ["watch", "set", hook, "--unclassified", "--pattern", "*.csv"], as: "steward")
            #expect(both.status == 6 && both.errors.contains("remove the schedule first"))
            _ = try await site.json(["schedule", "remove", hook], as: "steward")
            _ = try await site.json(
                ["watch", "set", hook, "--unclassified", "--pattern", "list-*.csv"], as: "steward")
            let shown = try await site.json(["watch", "show", hook], as: "steward")
            #expect(shown["pattern"] == "list-*.csv")
            _ = try await site.json(["watch", "remove", hook], as: "steward")
            let sql = try await site.json(
                ["drop-table", "definition", hook, "--table", "list"], as: "steward")
            #expect(sql["sql"]?.string?.contains("\"public\".\"list_batch\"") == true)
            let host = try await site.run(
                ["drop-table", "set", hook, "--unclassified", "postgres://u@127.0.0.1:1/d/public.list"],
                as: "steward")
            #expect(host.status == 2 && host.errors.contains("not on the list of allowed hosts"))
        }
    }
}
