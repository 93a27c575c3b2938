import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `Exchange: running exchanges on day one` {
    @Test(arguments: Dialect.available)
    func `of 500 rows with 7 bad ones 493 are taken and 7 come back, each fault at its cell`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            var rows = (2...501).map { city.row($0) }
            let faults: [(Int, RunningColumn, String)] = [
                (5, .provider, "没有这个单位"), (17, .recipient, "市数据局"), (40, .entry, "没有这个条目"),
                (77, .items, "status、姓名不详"), (130, .scope, "没有这一项 = '1'"), (205, .delivery, "飞鸽传书"),
                (499, .until, "长期"),
            ]
            for (line, column, text) in faults {
                rows[line - 2] = city.row(line, [column: column == .recipient ? "市市场监督管理局" : text])
            }
            let batch = try await city.running.bring(
                BroughtSheet(header: city.header, rows: rows), named: "存量共享清单.xlsx", by: city.reviewer)
            #expect(batch.taken == 493)
            #expect(batch.refused.map(\.line) == faults.map { Int64($0.0) })
            let letters = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"]
            for (line, fault) in zip(batch.refused, faults) {
                let place = try #require(RunningColumn.allCases.firstIndex(of: fault.1))
                #expect(line.faults.map(\.cell) == ["\(letters[place])\(fault.0)"], "\(fault)")
            }
            #expect(try await city.leaves("exchange.brought") == 1)
            #expect(try await city.running.batch(batch.id, for: city.reviewer) == batch)
            // Brought once more, what was taken is known, and nothing is there twice.
            let again = try await city.running.bring(
                BroughtSheet(header: city.header, rows: Array(rows[0...1])), named: "再次.csv",
                by: city.reviewer)
            #expect(again.taken == 0 && again.refused.allSatisfy { $0.faults.first?.column == .document })
        }
    }

    @Test(arguments: Dialect.available)
    func `both sign in batch, and the second signature is the transitional grant with its end`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let batch = try await city.brought([
                city.row(2, [.items: "name：surname、status", .scope: "status = '在业'", .until: "2030/1/31"]),
                city.row(3, [.scope: "全部", .until: "2026-03-31"]),
                city.row(4, [.purpose: "", .basis: "", .scope: ""]),
            ])
            #expect(batch.taken == 3)
            #expect(try await city.running.batch(batch.id, for: city.providerChief).taken == 3)
            #expect(try await city.running.batches(for: city.providerChief).map(\.id) == [batch.id])
            #expect(try await city.running.batches(for: city.stranger).isEmpty)
            let lacking = try await city.running.list(
                RunningFilter(isLacking: true), for: city.providerChief
            ).lines
            #expect(lacking.map(\.lacks) == [[.purpose, .basis, .scope]])
            await #expect(throws: ExchangeError.runningLacks) {
                try await city.running.sign(try #require(lacking.first), by: city.providerChief)
            }
            for (person, granted) in [(city.providerChief, 0), (city.reviewer, 2)] {
                let waiting = try await city.running.waiting(in: batch.id, for: person)
                let signed = try await city.running.sign(waiting, by: person)
                #expect(signed.signed == 2 && signed.granted == granted && signed.refused.isEmpty)
                #expect(try await city.running.waiting(in: batch.id, for: person).isEmpty)
            }
            let lines = try await city.running.list(
                RunningFilter(state: .granted), for: city.drafter
            ).lines
            #expect(lines.count == 2)
            let first = try await city.grant(try #require(lines.first?.grant))
            #expect(first.nature == .transitional && first.origin == .agreement(lines[0].id))
            #expect(first.consumer == city.applicant && first.state == .active)
            // As long as the agreement says, and never longer than the city lets it.
            #expect(first.validity?.to == CalendarDate("2027-01-05"))
            #expect(first.clauses.contains(.mask(column: "name", .surname)))
            let second = try await city.grant(try #require(lines.last?.grant))
            #expect(second.validity?.to == CalendarDate("2026-03-31"))
            #expect(try await city.leaves("grant.signed") == 2)
            // They end by the same machinery as any other.
            let store = GrantStore { _, _ in }
            let late = SharingCity.monday + .seconds(86_400 * 90)
            #expect(try await city.database.write { try store.expire(at: late, in: $0) } == [second.id])
        }
    }

    @Test(arguments: Dialect.available)
    func
        `what was missing is completed, signed anew and granted; what cannot be enforced is refused with its reason`(
            _ dialect: Dialect
        ) async throws
    {
        try await inCity(dialect) { city in
            let batch = try await city.brought([city.row(2, [.purpose: ""])], by: city.providerSteward)
            var running = try #require(
                try await city.running.list(RunningFilter(batch: batch.id), for: city.providerSteward).lines
                    .first)
            await #expect(throws: ExchangeError.self) {
                try await city.running.complete(
                    running, with: city.row(2, [.scope: "没有这一项 > 1"]), by: city.providerSteward)
            }
            running = try await city.running.complete(running, with: city.row(2), by: city.providerSteward)
            #expect(running.lacks.isEmpty)
            running = try await city.running.sign(running, by: city.reviewer)
            await #expect(throws: ExchangeError.runningNotYours) {
                try await city.running.sign(running, by: city.secondReviewer)
            }
            // The grade rose since: the provider's signature is refused with the policy's own reason.
            let (id, provider) = (city.entryID, city.provider)
            city.set { world in
                world.entry = RequestedEntry(
                    title: "企业登记信息",
                    facts: EntryFacts(
                        entry: id, provider: provider, sharing: .conditional,
                        columns: [
                            ColumnFacts("name", .text, grade: .important),
                            ColumnFacts("status", .text, grade: .l1),
                        ]))
            }
            let refused = try await city.running.sign([running], by: city.providerChief)
            #expect(refused.signed == 0 && refused.refused.map(\.line) == [2])
            #expect(
                refused.refused.first?.problem.places.first?.message.key == "policy.grade-never-shared")
            city.share(as: .conditional)
            #expect(try await city.running.sign(running, by: city.providerChief).grant != nil)
            await #expect(throws: ExchangeError.runningNotYours) {
                try await city.running.drop(
                    try await city.running.find(running.id, for: city.reviewer), because: "已停用",
                    by: city.reviewer)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a unit brings only its own data, a sheet has every column, and what is not to be seen is not found`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let batch = try await city.brought([city.row(2)], by: city.chief)
            #expect(batch.taken == 0 && batch.refused.first?.faults.map(\.cell) == ["A2"])
            let sheet = BroughtSheet(header: ["提供方", "使用方"], rows: [city.row(2)])
            await #expect(throws: ExchangeError.self) {
                try await city.running.bring(sheet, named: "x.csv", by: city.reviewer)
            }
            await #expect(throws: PolicyError.self) {
                try await city.brought([city.row(2)], by: city.drafter)
            }
            let own = try await city.brought([city.row(2)])
            let running = try #require(
                try await city.running.list(RunningFilter(batch: own.id), for: city.reviewer).lines.first)
            await #expect(throws: ExchangeError.runningNotFound) {
                try await city.running.find(running.id, for: city.stranger)
            }
            try await city.running.drop(running, because: "已停用", by: city.reviewer)
            #expect(try await city.brought([city.row(2)]).taken == 1, "what was removed may be told again")
        }
    }
}

extension SharingCity {
    var running: RunningExchanges {
        let names = ["市市场监督管理局": provider, "源城区人民政府": applicant]
        let entry = entryID
        return RunningExchanges(
            exchange, evidence: evidence, monthsMax: 12,
            neighbours: RunningExchanges.Neighbours(
                entries: { name, _ in ["企业登记信息", "3070600001/000001"].contains(name) ? [entry] : [] },
                parties: { name, _ in names[name].map { [$0] } ?? [] }))
    }

    var header: [String] {
        RunningColumn.allCases.map { runningWords.text($0.title, in: .simplifiedChinese) }
    }

    func row(_ line: Int, _ other: [RunningColumn: String] = [:]) -> BroughtSheet.Row {
        let usual: [RunningColumn: String] = [
            .provider: "市市场监督管理局", .recipient: "源城区人民政府",
            .entry: line.isMultiple(of: 2) ? "企业登记信息" : "3070600001/000001", .items: "name、status",
            .purpose: "行政审批核验", .basis: "行政许可法", .scope: "status = '在业'", .delivery: "CSV 文件、lookup",
            .since: "2024-03-01", .until: "2026-12-31", .document: "河数协〔2024〕\(line)号",
        ]
        return BroughtSheet.Row(
            line: Int64(line), cells: RunningColumn.allCases.map { other[$0] ?? usual[$0] ?? "" })
    }

    func brought(
        _ rows: [BroughtSheet.Row], by principal: Principal? = nil
    ) async throws -> ExchangeBatch {
        try await running.bring(
            BroughtSheet(header: header, rows: rows), named: "存量共享清单.csv", by: principal ?? reviewer)
    }
}
