import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `Exchange: applications from a list` {
    @Test(arguments: Dialect.available)
    func `of 500 rows with 7 bad ones 493 are drafted and 7 come back, each fault at its cell`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let lists = city.lists(of: 500)
            let bad: [(Int, ApplicationColumn, String)] = [
                (5, .entry, "没有这个条目"), (17, .items, "name、没有这一项"), (40, .rows, "没有这一项 = '1'"),
                (77, .delivery, "飞鸽传书"), (130, .to, "长期"), (205, .expected, "约一万"), (499, .purpose, ""),
            ]
            var rows = (2...501).map { city.listRow($0) }
            for (line, column, text) in bad { rows[line - 2] = city.listRow(line, [column: text]) }
            let sheet = BroughtSheet(header: city.listHeader, rows: rows)
            let list = try await lists.bring(sheet, named: "批量申请清单.xlsx", by: city.drafter)
            #expect(list.state == .open && list.taken == 493)
            #expect(list.refused.map(\.line) == bad.map { Int64($0.0) })
            for (row, fault) in zip(list.refused, bad) {
                let place = try #require(ApplicationColumn.allCases.firstIndex(of: fault.1))
                let letter = String(UnicodeScalar(UInt8(65 + place)))
                #expect(row.faults.map(\.cell) == ["\(letter)\(fault.0)"], "\(fault)")
            }
            // Looked at, nothing is drafted, and a colleague sees the same.
            #expect(try await city.exchange.ownApplications(of: city.drafter).lines.isEmpty)
            #expect(try await lists.find(list.id, for: city.colleague).refused == list.refused)

            await #expect(throws: ExchangeError.self) {
                try await lists.draft(list.id, isCommitted: false, by: city.drafter)
            }
            let drafted = try await lists.draft(list.id, isCommitted: true, by: city.drafter)
            #expect(drafted.state == .drafted && drafted.taken == 493 && drafted.refused == list.refused)
            #expect(drafted.applications.count == drafted.contents.count)
            #expect(drafted.contents.allSatisfy { $0.parts.count <= ApplicationContent.Limits.entriesMax })
            let again = try await lists.draft(list.id, isCommitted: true, by: city.colleague)
            #expect(again == drafted)
            #expect(try await city.leaves("application-list.drafted") == 1)
            let applications = try await city.exchange.ownApplications(of: city.drafter).lines
            #expect(applications.count == drafted.applications.count)
            #expect(Set(applications.map(\.file.title)).count == applications.count)
            try await inbox(city, Array(applications.prefix(3)))
            let first = try await city.exchange.application(drafted.applications[0], for: city.drafter)
            #expect(try await city.exchange.faults(of: first).isEmpty)
            let submitted = try await city.act(.submit, first, by: city.drafter)
            let running = try await city.act(.signOff, submitted, by: city.chief)
            #expect(try await city.children(running).count == first.content.parts.count)
        }
    }

    /// Several of them are submitted together, then signed off together; each by itself.
    private func inbox(_ city: SharingCity, _ some: [Application]) async throws {
        var drafts: [BatchChoice] = []
        for one in some {
            let file = try await city.exchange.application(one.id, for: city.drafter).file
            if file.state == "draft" { drafts.append(BatchChoice(id: file.id, revision: file.revision)) }
        }
        #expect(drafts.count >= 2)
        let seen = try await city.exchange.rehearse(.submit, on: drafts, by: city.drafter)
        #expect(seen.allSatisfy { $0.problem == nil && $0.act == "submit" })
        let agreed = try await city.exchange.rehearse(.agree, on: drafts, by: city.drafter)
        #expect(agreed.allSatisfy { $0.problem != nil && $0.file != nil })
        for _ in 0..<2 {
            // The second time answers what the first did.
            let submitted = try await city.exchange.perform(.submit, on: drafts, by: city.drafter, .none)
            #expect(submitted.allSatisfy { $0.problem == nil && $0.file?.state == "sign-off" })
        }
        let waiting = try await city.exchange.inbox(.mine, of: city.chief).lines.filter { line in
            drafts.contains { $0.id == line.id }
        }.map { BatchChoice(id: $0.id, revision: $0.revision) }
        let signed = try await city.exchange.perform(.signOff, on: waiting, by: city.chief, .none)
        #expect(signed.count == drafts.count)
        #expect(signed.allSatisfy { $0.file?.state == "running" && $0.act == "sign-off" })
        let stale = try await city.exchange.perform(.sendBack, on: drafts, by: city.chief, .none)
        #expect(stale.allSatisfy { $0.problem?.kind == .conflict })
    }

    @Test(arguments: Dialect.available)
    func
        `what moved since it was looked at is returned when it is drafted, and of a dropped list nothing is left`(
            _ dialect: Dialect
        ) async throws
    {
        try await inCity(dialect) { city in
            let lists = city.lists(of: 2)
            let sheet = BroughtSheet(
                header: city.listHeader, rows: [city.listRow(2), city.listRow(3), city.listRow(2)])
            let list = try await lists.bring(sheet, named: "x.csv", by: city.drafter)
            #expect(list.taken == 2 && list.refused.map(\.faults.first?.column) == [.entry])
            city.set { world in world.others.removeValue(forKey: world.others.keys.sorted()[0]) }
            let drafted = try await lists.draft(list.id, isCommitted: true, by: city.drafter)
            #expect(drafted.taken == 1 && drafted.refused.count == 2)
            let dropped = try await lists.bring(sheet, named: "x.csv", by: city.drafter)
            try await lists.drop(dropped.id, by: city.colleague)
            await #expect(throws: ExchangeError.applicationListOver) {
                try await lists.draft(dropped.id, isCommitted: true, by: city.drafter)
            }
            await #expect(throws: ExchangeError.applicationListOver) {
                try await lists.drop(drafted.id, by: city.drafter)
            }
            let kept = try await city.database.read {
                try $0.rows("SELECT id FROM application_list WHERE sheet IS NOT NULL").count
            }
            #expect(kept == 0, "the sheet goes with what came of it")
        }
    }

    @Test(arguments: Dialect.available)
    func `a list without a column, without a good row, too long, or of another unit is refused`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let lists = city.lists(of: 1)
            let narrow = BroughtSheet(header: ["业务事项", "目录条目"], rows: [city.listRow(2)])
            await #expect(throws: ExchangeError.self) {
                try await lists.bring(narrow, named: "x.csv", by: city.drafter)
            }
            let long = BroughtSheet(header: city.listHeader, rows: (2...502).map { city.listRow($0) })
            await #expect(throws: ExchangeError.sheetTooLong(rowsMax: 500)) {
                try await lists.bring(long, named: "x.csv", by: city.drafter)
            }
            await #expect(throws: ExchangeError.sheetEmpty) {
                try await lists.bring(
                    BroughtSheet(header: city.listHeader, rows: []), named: "x.csv", by: city.drafter)
            }
            await #expect(throws: PolicyError.self) {
                try await lists.bring(
                    BroughtSheet(header: city.listHeader, rows: [city.listRow(2)]), named: "x.csv",
                    by: city.reviewer)
            }
            let bad = try await lists.bring(
                BroughtSheet(header: city.listHeader, rows: [city.listRow(2, [.entry: "没有"])]),
                named: "x.csv", by: city.drafter)
            await #expect(throws: ExchangeError.applicationListEmpty) {
                try await lists.draft(bad.id, isCommitted: true, by: city.drafter)
            }
            await #expect(throws: ExchangeError.applicationListNotFound) {
                try await lists.find(bad.id, for: city.stranger)
            }
            #expect(try await city.exchange.latestLists(for: city.colleague).map(\.id) == [bad.id])
            #expect(try await city.exchange.latestLists(for: city.stranger).isEmpty)
        }
    }
}

extension SharingCity {
    /// Entries `条目2`, `条目3` … of the provider.
    func lists(of count: Int) -> ApplicationLists {
        let ids = offer(Array(repeating: .conditional, count: count)).sorted()
        let named = Dictionary(
            uniqueKeysWithValues: ids.enumerated().map { ("条目\($0.offset + 2)", $0.element) })
        return ApplicationLists(exchange, evidence: evidence) { name, _ in named[name].map { [$0] } ?? [] }
    }

    var listHeader: [String] {
        ApplicationColumn.allCases.map { applicationListWords.text($0.title, in: .simplifiedChinese) }
    }

    func listRow(_ line: Int, _ other: [ApplicationColumn: String] = [:]) -> BroughtSheet.Row {
        let usual: [ApplicationColumn: String] = [
            .matter: line.isMultiple(of: 5) ? "施工许可" : "竣工验收", .entry: "条目\(line)",
            .items: "name：surname、status", .rows: "status = '在业'", .delivery: "CSV 文件", .expected: "10,000",
            .daily: "1000", .purpose: "行政审批核验", .basis: "行政许可法", .from: "2026-01-05", .to: "2026年12月31日",
            .retention: "30", .contact: "审批科经办岗",
        ]
        return BroughtSheet.Row(
            line: Int64(line), cells: ApplicationColumn.allCases.map { other[$0] ?? usual[$0] ?? "" })
    }
}
