import Foundation
import Kernel
import Lake
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `A name list is refused` {
    /// Released, and why not; nothing was charged, and the refusal is evidence.
    private func refusal(
        _ world: NameListWorld, _ keys: [String], _ grants: [GrantID], withCases: Bool = true
    ) async throws -> NameListError? {
        let before = (try await world.use(world.table.grant), try await world.use(world.second))
        let refused = try await world.leaves("release.refused").count
        var found: NameListError?
        do {
            let list = try await world.list(keys)
            try await world.desk.choose(
                world.choice(grants, withCases: withCases), for: list.id, by: world.consumer)
            _ = try await world.desk.release(list.id, by: world.consumer)
        } catch let error as NameListError { found = error }
        #expect(try await world.use(world.table.grant) == before.0)
        #expect(try await world.use(world.second) == before.1)
        #expect(try await world.leaves("release.refused").count == refused + 1)
        return found
    }

    @Test(arguments: Dialect.available)
    func `whole, when the quota of one grant has no room for every key: that grant is named`(
        _ dialect: Dialect
    ) async throws {
        try await withNameLists(dialect) { world in
            let keys = try await world.table.keys(3)
            let second = world.second
            try await world.node.database.write {
                _ = try $0.execute("UPDATE policy_grant SET total_quota = 2 WHERE id = \(second)")
            }
            world.node.prepared.forget(second)
            let error = try await refusal(world, keys, [world.table.grant, second])
            let title = try await world.desk.parts.entryTitle(world.table.release.entry)
            guard case .partRefused(let entry, let problem)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(entry == title)
            #expect(problem.message.key == "policy.quota-total" && problem.kind == .tooMany)
        }
    }

    @Test func `when its quota is less than its keys, found or not`() async throws {
        try await withNameLists(.sqlite, rowsWanted: 5) { world in
            let known = try await world.table.keys(4)
            for keys in [known + NameListWorld.strangers(2), NameListWorld.strangers(6)] {
                guard case .partRefused(_, let problem)? = try await refusal(world, keys, [world.second])
                else {
                    Issue.record("not refused")
                    continue
                }
                #expect(problem.kind == .tooMany)
            }
            #expect(try await world.matched(known, [world.second]).state == .settled)
        }
    }

    @Test func `when a spreadsheet destroyed its keys, with the address of each`() async throws {
        try await withNameLists(.sqlite) { world in
            let keys = [try await world.table.keys(1)[0], "4.41602E+17"]
            let error = try await refusal(world, keys, [world.second])
            guard case .unreadable(1, let faults)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(faults[0].place == "3")
            #expect(faults[0].message.key == "name-list.fault-damaged-by-spreadsheet")
            #expect(error?.problem.remedy != nil)
        }
    }

    @Test func `when its numbers were counted up, by sequence or by birthday`() async throws {
        try await withNameLists(.sqlite) { world in
            let day = CalendarDate(daysSince1970: 7_000)
            let bySequence = (0..<12).map { SampleNumbers.citizenID(birth: day, serial: 100 + $0) }
            let byBirth = (0..<12).map { SampleNumbers.citizenID(birth: day.adding(days: $0), serial: 0) }
            for keys in [bySequence, byBirth] {
                let error = try await refusal(world, keys.shuffled(), [world.second])
                guard case .counted(let run, 10, _)? = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
                #expect(run == 12)
            }
        }
    }

    @Test func `without case numbers, where the grant demands them`() async throws {
        try await withNameLists(.sqlite, clauses: [.caseNumber]) { world in
            let keys = try await world.table.keys(2)
            let error = try await refusal(world, keys, [world.second], withCases: false)
            guard case .caseNumbersMissing(_, 2)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try await world.matched(keys, [world.second]).state == .settled)
        }
    }

    @Test func `beyond the lists and keys of a day, and says what is left`() async throws {
        let environment = [
            "HEADWATERS_RELEASE_LISTS_PER_DAY_MAX": "2", "HEADWATERS_RELEASE_LIST_KEYS_PER_DAY_MAX": "6",
        ]
        try await withNameLists(.sqlite, environment: environment) { world in
            let keys = try await world.table.keys(3)
            _ = try await world.matched(Array(keys.prefix(2)), [world.second])
            let error = try await refusal(world, keys, [world.table.grant, world.second])
            #expect(error == .tooManyKeys(asked: 6, left: 4, max: 6))
            _ = try await world.matched([keys[0]], [world.second])
            guard case .tooManyLists(_, 2)? = try await refusal(world, [keys[0]], [world.second]) else {
                Issue.record("the third list of the day went through")
                return
            }
        }
    }

    @Test func `before it is read when it is no list`() async throws {
        let environment = [
            "HEADWATERS_RELEASE_LIST_BYTES_MAX": "2048", "HEADWATERS_RELEASE_LIST_ROWS_MAX": "3",
        ]
        try await withNameLists(.sqlite, environment: environment) { world in
            func brought(_ text: String, _ name: String) async throws {
                let path = world.folder.appending(path: "x").path
                try Data(text.utf8).write(to: URL(filePath: path))
                _ = try await world.desk.bring(path, named: name, by: world.consumer)
            }
            await #expect(throws: NameListError.endingUnknown("名单.xls", allowed: NameListLimits.endings)) {
                try await brought("a", "名单.xls")
            }
            await #expect(throws: NameListError.fileEmpty) { try await brought("", "名单.csv") }
            await #expect(throws: NameListError.fileTooLarge(bytesMax: 2048)) {
                try await brought(String(repeating: "a,b\n", count: 1_000), "名单.csv")
            }
            await #expect(throws: (any Error).self) { try await brought("PK no workbook", "名单.xlsx") }
            let list = try await world.list(try await world.table.keys(4))
            await #expect(throws: NameListError.tooManyRows(max: 3)) {
                try await world.desk.choose(world.choice([world.second]), for: list.id, by: world.consumer)
            }
            // Nothing of what was refused stays.
            let kept = try FileManager.default.contentsOfDirectory(
                atPath: world.node.folder.root.appending(path: "name-lists").path)
            #expect(kept == [list.id.text])
            try await world.desk.discard(list.id, by: world.consumer)
            #expect(world.remains(of: list).isEmpty)
        }
    }

    @Test func `when its choice is none: a column it has not, a grant of others, one twice`() async throws {
        try await withNameLists(.sqlite) { world in
            let list = try await world.list(try await world.table.keys(1))
            func choose(_ choice: NameListChoice) async throws {
                try await world.desk.choose(choice, for: list.id, by: world.consumer)
            }
            func choice(
                key: String = "身份证号", cases: String? = nil, _ grants: [GrantID], by column: String = "身份证号"
            )
                -> NameListChoice
            {
                NameListChoice(
                    key: key, kind: .citizenID, caseNumber: cases,
                    parts: grants.map { NameListChoice.Part(grant: $0, keyColumn: column) },
                    language: .english)
            }
            let grant = world.second
            await #expect(throws: NameListError.columnUnknown(field: "key")) {
                try await choose(choice(key: "号码", [grant]))
            }
            await #expect(throws: NameListError.caseColumnIsKey) {
                try await choose(choice(cases: "身份证号", [grant]))
            }
            await #expect(throws: NameListError.noGrant) { try await choose(choice([])) }
            await #expect(throws: NameListError.grantTwice(grant.text)) {
                try await choose(choice([grant, grant]))
            }
            await #expect(throws: NameListError.grantNotOffered(grant.text)) {
                try await choose(choice([grant], by: "手机号"))
            }
            let other = GrantID.new()
            await #expect(throws: NameListError.grantNotOffered(other.text)) {
                try await choose(choice([other]))
            }
            await #expect(throws: NameListError.notChecked) {
                try await world.desk.release(list.id, by: world.consumer)
            }
        }
    }

    @Test func `to whoever is of another unit, who is told nothing of it`() async throws {
        try await withNameLists(.sqlite) { world in
            let list = try await world.matched(try await world.table.keys(1), [world.second])
            let (stranger, _) = try await world.table.stranger()
            await #expect(throws: NameListError.notFound) {
                try await world.desk.find(list.id, for: stranger)
            }
            await #expect(throws: NameListError.notFound) {
                try await world.desk.download(list.id, by: stranger)
            }
            await #expect(throws: NameListError.notFound) {
                try await world.desk.document(of: list.id, for: stranger)
            }
            // The provider sees its own part as a release, without the others' and without the receipt of all.
            let provider = try world.table.people.principal("cdo")
            await #expect(throws: NameListError.notFound) {
                try await world.desk.find(list.id, for: provider)
            }
            let part = try await world.node.receipts.find(list.parts[0].release, for: provider)
            #expect(part.state == .settled && part.rowsOut == 1 && part.rowsWithheld == nil)
            #expect(!part.hasReceipt && part.delivery == .nameList)
            // Whoever checks and does not receive rows may look, and download nothing.
            let auditor = try world.table.people.principal("auditor")
            #expect(try await world.desk.find(list.id, for: auditor).state == .settled)
            await #expect(throws: PolicyError.notPermitted(.releaseRows)) {
                try await world.desk.download(list.id, by: auditor)
            }
        }
    }
}
