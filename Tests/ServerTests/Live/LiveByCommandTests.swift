import Foundation
import Kernel
import TestKit
import Testing

/// A service that a script tries and hooks, its secret and the tried key in files and nowhere else.
@Suite struct `A live source by commands alone` {
    private static let unit = "市民政局"

    private func entry(_ site: CommandSite) async throws -> String {
        let card: JSON = [
            "category": "307016000000", "title": "临时救助对象信息", "provider": .string(Self.unit),
            "providerUSCC": "114416000072802362", "abstract": "临时救助对象，按身份证号查询。",
            "formatClass": "spreadsheet", "formatType": "CSV", "shareType": "2",
            "shareCondition": "限于社会救助资格核验", "shareMode": "platform", "openType": "closed",
            "updateCycle": "monthly",
            "items": [["column": "idNo", "name": "身份证号", "type": "C", "length": 18]],
        ]
        let drafted = try await site.json(
            ["entry", "draft", "--file", try site.write(card, to: "card.json")], as: "steward")
        return try #require(drafted["id"]?.string)
    }

    @Test func `is tried, shown with its proposed columns, and hooked when that is confirmed`() async throws {
        try await TestService.serve({ LiveWorld.answer($0) }) { service in
            try await CommandSite.with { site in
                _ = try await site.json(["init"])
                try await site.appoint("steward", Self.unit, "数据专员岗", "steward")
                let entry = try await entry(site)
                let secret = try site.write(LiveWorld.secret + "\n", to: "secret")
                let live =
                    [
                        "hook", "live", entry, "--base", "http://127.0.0.1:\(service.port)/person",
                        "--parameter", "query kind = 1", "--parameter", "query id = @身份证号", "--records",
                        "/data", "--success-at", "/code", "--success-is", "0", "--secret-header", "X-Api-Key",
                        "--sample-file", try site.write(LiveWorld.key + "\n", to: "sample"),
                    ]
                let whole = live + ["--source-password-file", secret]

                // Nobody allowed its host yet.
                let early = try await site.run(whole, as: "steward")
                #expect(early.status == 2 && early.errors.contains("not among the hosts"))
                _ = try site.write(
                    ["hooking.live-hosts": .string("127.0.0.1:\(service.port)")], to: "data/settings.json")

                let tried = try await site.run(whole, as: "steward")
                #expect(tried.status == 0 && tried.output.contains("home.county"), "\(tried.errors)")
                let hooks = try await site.json(["hook", "list"], as: "steward")
                #expect(hooks.array?.isEmpty == true)

                let unwelcome = try await site.run(
                    live + ["--source-password-file", try site.write("wrong-one", to: "wrong")], as: "steward"
                )
                #expect(unwelcome.status == 11 && unwelcome.errors.contains("401"))
                let malformed = try await site.run(
                    whole + ["--parameter", "cookie id = 1"], as: "steward")
                #expect(malformed.status == 2 && malformed.errors.contains("cookie id = 1"))

                let hooked = try await site.json(whole + ["--confirm"], as: "steward")
                #expect(hooked["source"]?.string == "127.0.0.1:\(service.port)/person")
                let published = try await site.run(
                    ["hook", "publish", try #require(hooked["id"]?.string)], as: "steward")
                #expect(published.status == 6, "\(published.errors)")
                for ended in [early, tried, unwelcome, malformed, published] {
                    for word in [LiveWorld.secret, "wrong-one", LiveWorld.key] {
                        #expect(!ended.errors.contains(word), "\(word)")
                    }
                    #expect(!ended.output.contains(LiveWorld.secret))
                }
            }
        }
    }
}
