import Foundation
import Kernel
import Persistence
import Release
import TestKit
import Testing

@Suite struct `A command that cannot be done` {
    private func run(
        _ site: SampleSite, _ arguments: [String], as who: String? = nil, input: String? = nil,
        language: [String] = ["--language", "en"]
    ) async throws -> Program.Ended {
        try await Program.run(
            arguments + ["--data", site.data] + language,
            environment: ["HEADWATERS_TOKEN": try who.map(site.token) ?? ""], input: input)
    }

    @Test func `says why on standard error and by the documented exit code, and answers nothing`()
        async throws
    {
        try await SampleSite.with(.sqlite) { site in
            let grant = site.outcome.grant.text
            let unknown = "01a213ab-8750-7189-b150-a84c681e0510"
            let out = "\(site.data)/not-made.csv"
            let cases: [(arguments: [String], who: String?, code: Int32, says: String)] = [
                (["grant", "list"], nil, 3, "token"),
                (["evidence", "list"], "consumer", 4, "evidence.read"),
                (["grant", "revoke", grant, "--reason", "x"], "steward", 4, "grant.revoke"),
                (["grant", "show", unknown], "consumer", 5, unknown),
                (["grant", "show", "no-id"], "consumer", 2, "no-id"),
                (["grant", "list", "--state", "odd"], "consumer", 2, "odd"),
                (["release", "make", grant, "--out", out, "--format", "odd"], "consumer", 2, "odd"),
                (["release", "make", grant, "--out", out, "--format", "parquet"], "consumer", 7, "Parquet"),
                (["release", "make", unknown, "--out", out], "consumer", 5, unknown),
                (
                    ["look-up", grant, "--column", "姓名", "--keys", "/nonexistent"], "consumer", 5,
                    "/nonexistent"
                ),
                (["look-up", grant, "--column", "身份证号"], "consumer", 2, "no key"),
                (["init"], nil, 6, site.data),
                (["backup", "--to", site.data], nil, 6, site.data),
                (["restore", "--from", "/nonexistent"], nil, 5, "/nonexistent"),
                (["request", "act", "odd", unknown], "consumer", 5, "no such request"),
                (["verify", "/nonexistent"], nil, 1, "/nonexistent"),
                (["odd"], nil, 64, "odd"),
                (["grant", "list", "--odd"], "consumer", 64, "--odd"),
                (["release", "make", grant], "consumer", 64, "--out"),
            ]
            for (arguments, who, code, says) in cases {
                let ended = try await run(site, arguments, as: who)
                let command = arguments.joined(separator: " ")
                #expect(ended.status == code && !ended.isSignalled, "\(command): \(ended.errors)")
                #expect(ended.errors.contains(says), "\(command): \(ended.errors)")
                #expect(ended.output.isEmpty, "\(command): \(ended.output)")
            }
            #expect(!FileManager.default.fileExists(atPath: out))
            let stranger = try await Program.run(
                ["grant", "list", "--data", site.data, "--token", "hw_unknown", "--language", "en"])
            #expect(stranger.status == 3 && stranger.output.isEmpty)
            let nowhere = try await Program.run([
                "entry", "list", "--data", "/nonexistent", "--language", "en",
            ])
            #expect(nowhere.status == 5 && nowhere.errors.contains("/nonexistent"))
        }
    }

    @Test func `gives programs a problem document, and people their own language`() async throws {
        try await SampleSite.with(.sqlite) { site in
            let arguments = ["evidence", "list"]
            let problem = try JSON.parse(try await run(site, arguments + ["--json"], as: "consumer").errors)
            #expect(problem["code"] == "policy.not-permitted" && problem["status"] == 403)
            let chinese = try await run(site, arguments, as: "consumer", language: ["--language", "zh-Hans"])
            #expect(chinese.errors.contains("岗位"))
            let token = try site.token("consumer")
            for (locale, sample) in [("zh_CN.UTF-8", "岗位"), ("C.UTF-8", "post")] {
                let ended = try await Program.run(
                    arguments + ["--data", site.data],
                    environment: ["HEADWATERS_TOKEN": token, "LC_ALL": locale])
                #expect(ended.status == 4 && ended.errors.contains(sample), "\(locale): \(ended.errors)")
            }
            let odd = try await run(site, arguments, as: "consumer", language: ["--language", "fr"])
            #expect(odd.status == 64 && odd.errors.contains("fr"))
        }
    }

    @Test func `names the record where a receipt or an export was tampered with`() async throws {
        try await SampleSite.with(.sqlite) { site in
            let receipt = "\(site.data)/altered.json"
            let text = try String(contentsOf: site.outcome.receipt, encoding: .utf8)
            let rows = try #require(site.outcome.findings.payload["rowsOut"]?.integer)
            try text.replacingOccurrences(of: "\"rowsOut\": \(rows)", with: "\"rowsOut\": \(rows + 1)")
                .write(toFile: receipt, atomically: true, encoding: .utf8)
            let refused = try await run(site, ["verify", receipt])
            #expect(refused.status == 1 && refused.output.isEmpty && !refused.errors.isEmpty)

            let export = "\(site.data)/exported"
            let made = try await run(site, ["evidence", "export", export], as: "security")
            #expect(made.status == 0, "\(made.errors)")
            #expect(try await run(site, ["verify", export]).status == 0)
            let leaves = "\(export)/leaves.ndjson"
            var lines = try String(contentsOfFile: leaves, encoding: .utf8).split(separator: "\n").map(
                String.init)
            lines[17] = lines[17].replacingOccurrences(of: "\"actor\":\"", with: "\"actor\":\"x")
            try (lines.joined(separator: "\n") + "\n").write(
                toFile: leaves, atomically: true, encoding: .utf8)
            let changed = try await run(site, ["verify", export])
            #expect(changed.status == 1 && changed.output.isEmpty)
            #expect(changed.errors.contains("17"), "\(changed.errors)")
        }
    }
}
