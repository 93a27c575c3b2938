import Foundation
import Identity
import Kernel
import Persistence
import Policy
import Server
import TestKit
import Testing

@testable import Letters

@Suite struct `The registers of letters` {
    @Test(arguments: Dialect.available)
    func `give each letter a number of its own, without gaps, also to those who come at once`(
        _ dialect: Dialect
    ) async throws {
        try await SampleNode.with(dialect, inBackground: false) { node, people in
            let (steward, cdo) = (try people.principal("steward"), try people.principal("cdo"))
            let letters = node.letters
            let series = try await letters.setSeries("河民", usedThisYear: 7, by: cdo)
            let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
                for turn in 0..<12 {
                    group.addTask {
                        try await letters.enter(
                            LetterWorld.outgoing(series, node), by: turn.isMultiple(of: 2) ? steward : cdo
                        ).serial
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(numbers.sorted() == Array(8...19))
            let receipts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        try await letters.enter(LetterWorld.incoming(node, number: ""), by: steward).serial
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(receipts.sorted() == Array(1...6))
            // The same press of a button, twice at once and once more.
            let draft = LetterWorld.outgoing(series, node)
            async let one = letters.enter(draft, by: steward, key: "k")
            async let two = letters.enter(draft, by: steward, key: "k")
            let (first, second) = try await (one, two)
            let third = try await letters.enter(draft, by: steward, key: "k")
            #expect(first.id == second.id && first.id == third.id && first.serial == 20)
            let year = node.clock.now().date().components.year
            #expect(first.number == "河民〔\(year)〕20号")
            // Another year begins with 1.
            var early = draft
            early.dated = CalendarDate(year: year - 1, month: 12, day: 31)
            #expect(try await letters.enter(early, by: steward).number == "河民〔\(year - 1)〕1号")
        }
    }

    @Test(arguments: Dialect.available)
    func `keep a voided number with its reason, and are found by number in any brackets`(
        _ dialect: Dialect
    ) async throws {
        try await SampleNode.with(dialect, inBackground: false) { node, people in
            let steward = try people.principal("steward")
            let (letters, year) = (node.letters, node.clock.now().date().components.year)
            let series = try await letters.setSeries("河民", by: steward)
            var drafted = LetterWorld.outgoing(series, node, title: "关于100%_覆盖的函")
            let first = try await letters.enter(drafted, by: steward)
            drafted.title = "关于提供数据的复函"
            let second = try await letters.enter(drafted, by: steward)
            let came = try await letters.enter(LetterWorld.incoming(node), by: steward)
            #expect(came.number == "河市监函〔2026〕8号" && came.state == .registered)

            #expect(
                await LetterWorld.fault { try await letters.void(first.id, because: " ", by: steward) }
                    == .reasonNeeded)
            async let one = LetterWorld.fault {
                try await letters.void(first.id, because: "文稿未通过", by: steward)
            }
            async let two = LetterWorld.fault {
                try await letters.void(first.id, because: "文稿未通过", by: steward)
            }
            // Of two who void it at once the other is told.
            let faults = await [one, two]
            #expect(faults.count { $0 == nil } == 1)
            #expect(faults.contains(.stateForbids(.voided)))
            #expect(
                await LetterWorld.fault { try await letters.void(first.id, because: "x", by: steward) }
                    == .stateForbids(.voided))
            #expect(try await letters.letter(first.id, for: steward).voided?.reason == "文稿未通过")
            // It is given to nothing else.
            #expect(try await letters.enter(drafted, by: steward).serial == 3)

            func found(_ filter: LetterFilter) async throws -> [LetterID] {
                try await letters.page(filter, for: steward).letters.map(\.id)
            }
            for typed in ["〔\(year)〕2号", "[\(year)]2号", "(\(year)) 2 号", "（\(year)）第02号", "河民[\(year)]2号"] {
                #expect(try await found(LetterFilter(text: typed)) == [second.id], "\(typed)")
            }
            #expect(try await found(LetterFilter(text: "100%_")) == [first.id])
            #expect(try await found(LetterFilter(text: "100__")) == [])
            #expect(try await found(LetterFilter(direction: .incoming)) == [came.id])
            #expect(try await found(LetterFilter(state: .voided, text: "市场")) == [first.id])
            #expect(try await found(LetterFilter(year: year - 1)) == [])
            #expect(try await letters.years(for: steward) == [year])
            let page = try await letters.page(LetterFilter(series: series.id), for: steward, limit: 2)
            #expect(page.count == 3 && page.letters.count == 2)
            #expect(
                try await letters.page(LetterFilter(series: series.id), for: steward, before: page.next)
                    .letters.map(\.id) == [first.id])
            #expect(
                try await LetterWorld.leaves(node) == [
                    "letter.series-set", "letter.numbered", "letter.numbered", "letter.registered",
                    "letter.voided", "letter.numbered",
                ])
        }
    }

    @Test func `take a letter that came in once, unless the first time was a mistake`() async throws {
        try await SampleNode.with(.sqlite, inBackground: false) { node, people in
            let (letters, steward) = (node.letters, try people.principal("steward"))
            let first = try await letters.enter(LetterWorld.incoming(node), by: steward)
            let again = LetterWorld.incoming(node, number: "河市监函（2026）第008号")
            #expect(
                await LetterWorld.fault { _ = try await letters.enter(again, by: steward) }
                    == .registeredBefore(receipt: "\(first.year)-1"))
            let reviewer = try people.principal("reviewer")
            #expect(try await letters.enter(again, by: reviewer).serial == 1)
            try await letters.void(first.id, because: "登记有误", by: steward)
            #expect(try await letters.enter(again, by: steward).serial == 2)
            #expect(try await letters.letter(first.id, for: steward).state == .voided)
        }
    }

    @Test func `are each unit's own, and refuse what is classified`() async throws {
        try await SampleNode.with(.sqlite, inBackground: false) { node, people in
            let (steward, other) = (try people.principal("steward"), try people.principal("reviewer"))
            let letters = node.letters
            let series = try await letters.setSeries("河民", by: steward)
            #expect(
                await LetterWorld.fault { try await letters.setSeries("河民", by: other) } == .codeTaken("河民"))
            #expect(
                await LetterWorld.fault { try await letters.setSeries("河民1", usedThisYear: -1, by: steward) }?
                    .problem.places.map(\.name) == ["code", "used"])
            let letter = try await letters.enter(LetterWorld.outgoing(series, node), by: steward)
            #expect(
                await LetterWorld.fault { _ = try await letters.letter(letter.id, for: other) } == .notFound)
            #expect(
                await LetterWorld.fault {
                    _ = try await letters.enter(LetterWorld.outgoing(series, node), by: other)
                } == .seriesNotFound)
            #expect(try await letters.page(LetterFilter(), for: other).count == 0)
            await #expect(throws: PolicyError.notPermitted(.registerLetter)) {
                _ = try await letters.enter(LetterWorld.incoming(node), by: people.principal("auditor"))
            }
            await #expect(throws: PolicyError.notPermitted(.setLetterTemplate)) {
                try await letters.setSeries("源府", by: people.principal("consumer"))
            }
            for (title, mark, body, field) in [
                ("机密事项的函", "", "正文", "title"), ("函", "秘密★1年", "正文", "mark"), ("函", "", "绝密\n正文", "body"),
            ] {
                var draft = LetterWorld.outgoing(series, node, title: title)
                (draft.mark, draft.body) = (mark, body)
                let fault = await LetterWorld.fault { [draft] in
                    _ = try await letters.enter(draft, by: steward)
                }
                #expect(fault?.problem.places.map(\.name) == [field])
            }
            var stray = LetterWorld.outgoing(series, node)
            stray.caseID = CaseID.new()
            let refused = await LetterWorld.fault { [stray] in _ = try await letters.enter(stray, by: steward)
            }
            #expect(refused?.problem.places.map(\.name) == ["case"])
            // Nothing of what was refused took a number.
            #expect(try await letters.enter(LetterWorld.outgoing(series, node), by: steward).serial == 2)
            try await letters.endSeries(series.id, by: steward)
            #expect(
                await LetterWorld.fault {
                    _ = try await letters.enter(LetterWorld.outgoing(series, node), by: steward)
                } == .seriesEnded)
            #expect(
                await LetterWorld.fault { try await letters.setSeries("河民", usedThisYear: 9, by: steward) }?
                    .problem.places.map(\.name) == ["used"])
            #expect(try await letters.setSeries("河民", by: steward).id == series.id)
            #expect(try await letters.series(of: steward).map(\.last) == [2])
        }
    }

    @Test func `have an API`() async throws {
        try await SampleNode.with(.sqlite, inBackground: false) { node, people in
            let api = try APICaller(node)
            let (token, other) = (people.members["steward"]?.token, people.members["security"]?.token)
            let check = SchemaCheck(try await api.get("/openapi.json", nil).json())
            let series = try await node.letters.setSeries("河民", by: people.principal("steward"))
            let today = node.clock.now().date().description
            let body: JSON = [
                "direction": "out", "series": .string(series.id.text), "title": "复函", "counterpart": "市市场监管局",
                "body": "同意", "dated": .string(today), "copies": ["市财政局"], "key": "a",
            ]
            let made = try await api.post("/api/v1/letters", token, body)
            #expect(made.status == 201)
            let letter = try made.json()
            #expect(check.faults("POST", "/api/v1/letters", status: 201, letter) == [])
            #expect(try await api.post("/api/v1/letters", token, body).json()["id"] == letter["id"])
            let id = try #require(letter["id"]?.string)
            let read = try await api.get("/api/v1/letters/\(id)", token).json()
            #expect(check.faults("GET", "/api/v1/letters/{id}", status: 200, read) == [])
            let list = try await api.get("/api/v1/letters?direction=out&q=%E5%A4%8D%E5%87%BD", token).json()
            #expect(check.faults("GET", "/api/v1/letters", status: 200, list) == [])
            #expect(list["items"]?.array?.count == 1)
            for wrong: JSON in [
                ["direction": "sideways"], ["direction": "in", "title": 7],
                ["direction": "in", "colour": "red"],
                ["direction": "in", "copies": [7]], ["direction": "out", "case": "x"],
            ] {
                #expect(try await api.post("/api/v1/letters", token, wrong).status == 400, "\(wrong)")
            }
            let path = "/api/v1/letters/\(id)/voiding"
            #expect(try await api.post(path, token, ["reason": ""]).status == 400)
            let voided = try await api.post(path, token, ["reason": "重复"])
            #expect(
                try check.faults("POST", "/api/v1/letters/{id}/voiding", status: 200, voided.json()) == [])
            #expect(try await api.post(path, token, ["reason": "重复"]).status == 409)
            #expect(try await api.get("/api/v1/letters", other).status == 403)
        }
    }
}
