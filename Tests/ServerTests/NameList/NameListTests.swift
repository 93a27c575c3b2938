import Cryptography
import Foundation
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `A name list` {
    @Test(arguments: Dialect.available)
    func `goes back row by row with each grant's answer, its columns masked, and the day of its data`(
        _ dialect: Dialect
    ) async throws {
        try await withNameLists(dialect) { world in
            let found = try await world.table.keys(3)
            let kept = try world.withheldKeys(1)[0]
            let nobody = NameListWorld.strangers(1)[0]
            let keys = [found[0], nobody, kept, "44160019900101123", found[0], "", found[1]]
            let before = (try await world.use(world.table.grant), try await world.use(world.second))
            let list = try await world.matched(keys, [world.table.grant, world.second])

            #expect(list.state == .settled && list.parts.count == 2)
            let rows = try await world.result(of: list)
            let header = rows[0]
            #expect(Array(header.prefix(3)) == ["受理编号", "身份证号", "备注"])
            let title = try await world.desk.parts.entryTitle(world.table.release.entry)
            #expect(header.contains("\(title)·比对结果") && header.contains("\(title)·数据日期"))
            // Her rows, in her order, with her cells.
            #expect(rows.dropFirst().map { $0[1] } == keys)
            #expect(rows.dropFirst().map { $0[0] } == (1...7).map { "LS2026-\($0)" })
            let states = rows.dropFirst().map { $0[3] }
            #expect(states == ["已匹配", "未匹配", "未匹配", "号码无效", "已匹配", "无号码", "已匹配"])
            // Kept back by the first grant's condition, there under the second.
            let state = header.lastIndex { $0.hasSuffix("比对结果") } ?? 0
            #expect(rows[3][state] == "已匹配" && rows[2][state] == "未匹配")
            let phone = header.firstIndex { $0.hasSuffix("手机号") } ?? 0
            let name = header.firstIndex { $0.hasSuffix("姓名") } ?? 0
            let own = try world.source().first { $0[0] == found[0] }
            #expect(rows[1][phone] == "\(own?[4].prefix(3) ?? "")******\(own?[4].suffix(2) ?? "")")
            #expect(rows[1][name].hasSuffix("*") && rows[2][name] == "")
            let day = list.parts[0].asOf.date().description
            #expect(rows[1].last == day && rows[2].last == day)

            // Different keys that were found are charged; nothing else.
            #expect(try await world.use(world.table.grant) - before.0 == 2)
            #expect(try await world.use(world.second) - before.1 == 3)
            #expect(list.parts[0].figures == NameListPart.Figures(matched: 2, ambiguous: 0, unmatched: 2))
            #expect(list.parts[1].figures == NameListPart.Figures(matched: 3, ambiguous: 0, unmatched: 1))

            let about = try await world.result(of: list, sheet: "比对说明")
            #expect(about.contains { $0.contains(list.id.text) })
            #expect(about.contains { $0.contains(list.parts[1].grant.text + " · 1") })
        }
    }

    @Test(arguments: Dialect.available)
    func `leaves nothing that was not granted in the bytes that go back`(_ dialect: Dialect) async throws {
        try await withNameLists(dialect) { world in
            let keys = try await world.table.keys(5)
            let list = try await world.matched(keys, [world.table.grant, world.second])
            let cells = Set(
                try await world.result(of: list).flatMap { $0 }
                    + (try await world.result(of: list, sheet: "比对说明")).flatMap { $0 })
            for row in try world.source() where keys.contains(row[0]) {
                // Name and phone are masked; address and birth date are in neither grant.
                for secret in [row[1], row[4], row[6], row[3]] where !secret.isEmpty {
                    #expect(!cells.contains { $0.contains(secret) }, "\(secret)")
                }
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `has one record before, one after, and one receipt that verifies with the file and not without it`(
        _ dialect: Dialect
    ) async throws {
        try await withNameLists(dialect) { world in
            let keys = try await world.table.keys(4)
            let list = try await world.matched(keys, [world.table.grant, world.second])
            let authorised = try await world.leaves("release.authorised").filter { $0["parts"] != nil }
            #expect(authorised.count == 1)
            #expect(authorised[0]["parts"]?.array?.count == 2)
            #expect(authorised[0]["keysAsked"]?.integer == 4)
            // Neither a key nor a case number is in the evidence, in the receipt, or beside the list.
            let document = try await world.desk.document(of: list.id, for: world.consumer)
            let everything = authorised[0].canonical + document.json.canonical
            let names = try String(
                contentsOf: world.node.folder.root.appending(path: "name-lists/\(list.id)/names"),
                encoding: .utf8)
            for key in keys { #expect(!everything.contains(key) && !names.contains(key)) }
            #expect(!everything.contains("LS2026") && !names.contains("LS2026"))
            // As look-ups name them, so that one search finds both.
            let name = world.node.rowDesk.name(of: .text(keys[0]))
            #expect(names.hasPrefix(name + " "))
            #expect(authorised[0]["names"]?.string == DigestAlgorithm.sha256.digest(names).hex)

            let result = try #require(list.result)
            let trusted = world.node.keys.trustedKeys
            let read = try ReceiptDocument(try JSON.parse(document.json.canonical))
            let findings = try read.verify(trusting: trusted, file: (result.bytes, result.sha256))
            #expect(findings.fileCompared && findings.payload["parts"]?.array?.count == 2)
            #expect(findings.payload["parts"]?.array?[0]["version"]?["asOf"] != nil)
            #expect(!findings.payload.canonical.contains("ithheld"))
            #expect(throws: ReceiptFault.otherFile) {
                try read.verify(trusting: trusted, file: (result.bytes, String(result.sha256.reversed())))
            }
            // What was brought is gone; what evidence names stays.
            #expect(
                world.remains(of: list).map { $0.split(separator: "/").last } == [
                    Substring(list.id.text), "names", "result.xlsx",
                ])
        }
    }

    @Test(arguments: Dialect.available)
    func `tells how many rows a key has when they are several, and gives none of them`(
        _ dialect: Dialect
    ) async throws {
        try await withNameLists(dialect) { world in
            let keys = try await world.table.keys(3)
            let rows = try world.source()
            let own = keys.compactMap { key in rows.first { $0[0] == key } }
            try await world.republish(repeating: [(own[0], 1), (own[1], 24)])
            let before = try await world.use(world.second)
            let list = try await world.matched(keys, [world.second])
            #expect(list.parts[0].versionNumber == 2)
            let answers = try await world.result(of: list)
            #expect(answers[1][3] == "不唯一（2 条）" && answers[2][3] == "不唯一（超过 20 条）")
            for answer in answers[1...2] { #expect(answer[4] == "" && answer[5] == "") }
            #expect(answers[3][3] == "已匹配" && answers[3][5] != "")
            #expect(list.parts[0].figures == NameListPart.Figures(matched: 1, ambiguous: 2, unmatched: 0))
            #expect(try await world.use(world.second) - before == 3)
        }
    }

    @Test func `is one list however often it comes with the same key, and is matched once`() async throws {
        try await withNameLists(.sqlite) { world in
            let keys = try await world.table.keys(2)
            let first = try await world.list(keys, key: "月度核对-11")
            let again = try await world.list(keys, key: "月度核对-11")
            #expect(first.id == again.id)
            await #expect(throws: NameListError.keyReused) {
                try await world.list(keys + NameListWorld.strangers(1), key: "月度核对-11")
            }
            try await world.desk.choose(world.choice([world.second]), for: first.id, by: world.consumer)
            let before = try await world.use(world.second)
            let one = try await world.desk.release(first.id, by: world.consumer)
            let two = try await world.desk.release(first.id, by: world.consumer)
            #expect(one.result == two.result && one.settledAt == two.settledAt)
            #expect(try await world.use(world.second) - before == 2)
        }
    }

    @Test func `keeps its authorisation files sealed, with their digest in the evidence`() async throws {
        try await withNameLists(.sqlite) { world in
            let text = "兹授权查询本人低保信息"
            let path = world.folder.appending(path: "授权书.pdf")
            try Data(text.utf8).write(to: path)
            let list = try await world.list(try await world.table.keys(1))
            try await world.desk.choose(
                world.choice([world.second]), for: list.id,
                with: [BroughtAuthorisation(path: path.path, name: "授权书.pdf")], by: world.consumer)
            _ = try await world.desk.release(list.id, by: world.consumer)
            let kept = try Data(
                contentsOf: world.node.folder.root.appending(
                    path: "name-lists/\(list.id)/authorisation-0"))
            #expect(!String(decoding: kept, as: UTF8.self).contains(text))
            let digest = DigestAlgorithm.sha256.digest(text).hex
            let leaf = try await world.leaves("release.authorised").last { $0["parts"] != nil }
            #expect(leaf?["authorisations"]?.array == [.string(digest)])
            for name in ["木马.exe", "授权书"] {
                await #expect(
                    throws: NameListError.endingUnknown(
                        name, allowed: NameListLimits.attachmentEndings)
                ) {
                    try await world.desk.choose(
                        world.choice([world.second]), for: try await world.list(world.table.keys(1)).id,
                        with: [BroughtAuthorisation(path: path.path, name: name)], by: world.consumer)
                }
            }
        }
    }
}
