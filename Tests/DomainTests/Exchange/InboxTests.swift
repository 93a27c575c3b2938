import Casework
import Exchange
import Foundation
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `Exchange: the inbox is filtered` {
    /// Every line of a tray, two at a time.
    private func all(
        _ tray: Inbox.Tray, _ filter: InboxFilter = .all, order: InboxOrder = .earliestDue,
        of who: Principal, in city: SharingCity
    ) async throws -> [CaseID] {
        var seen: [CaseID] = []
        var cursor: String?
        repeat {
            let page = try await city.exchange.inbox(
                tray, of: who, filter, order: order, after: cursor, linesMax: 2)
            seen += page.lines.map(\.id)
            cursor = page.next
        } while cursor != nil
        return seen
    }

    @Test(arguments: Dialect.available)
    func `and its counts are those of the list, filter by filter and order by order`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let early = try await city.submitted()
            city.wait(days: 7)
            let late = try await city.submitted()
            let given = try await city.accepted()
            let draft = try await city.drafted()
            let today = SharingCity.monday.date().adding(days: 7)
            let filters: [(InboxFilter, Inbox.Tray, Principal, [CaseID])] = [
                (InboxFilter(words: "登记"), .mine, city.reviewer, [early.id, late.id]),
                (InboxFilter(words: "%"), .mine, city.reviewer, []),
                (InboxFilter(words: "_"), .mine, city.reviewer, []),
                (InboxFilter(state: "decision"), .underway, city.reviewer, [given.id]),
                (InboxFilter(kind: "other"), .underway, city.reviewer, []),
                (InboxFilter(unit: city.applicant), .mine, city.reviewer, [early.id, late.id]),
                (InboxFilter(unit: PartyID.new()), .mine, city.reviewer, []),
                (InboxFilter(due: .soon), .mine, city.reviewer, [early.id]),
                (InboxFilter(due: .overdue), .mine, city.reviewer, []),
                (InboxFilter(due: .week), .mine, city.reviewer, [early.id]),
                (InboxFilter(due: .on(today.adding(days: 7))), .mine, city.reviewer, [late.id]),
                (InboxFilter(due: .without), .mine, city.drafter, [draft.id]),
                (InboxFilter(changedSince: today), .mine, city.reviewer, [late.id]),
                (InboxFilter(state: "check", due: .soon), .unit, city.reviewer, [early.id]),
            ]
            for (filter, tray, who, expected) in filters {
                let found = try await all(tray, filter, of: who, in: city)
                #expect(found.sorted() == expected.sorted(), "\(filter)")
                let counted = try await city.exchange.count(tray, of: who, filter)
                #expect(counted == found.count, "\(filter)")
            }
            for key in InboxOrder.Key.allCases {
                let up = try await all(.underway, order: InboxOrder(key), of: city.reviewer, in: city)
                let down = try await all(
                    .underway, order: InboxOrder(key, isDescending: true), of: city.reviewer, in: city)
                #expect(up.count == 4 && down == Array(up.reversed()), "\(key)")
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `by words alike, whether it begins with the titles or with the tray`(_ dialect: Dialect) async throws
    {
        try await inCity(dialect) { city in
            let first = try await city.submitted()
            let second = try await city.submitted()
            let id = city.entryID
            let facts = SharingCity.entry(id, city.provider, .conditional).facts
            city.set {
                $0.entry = RequestedEntry(
                    title: "100%核验_A名单", condition: "限于行政审批核验", notSharedBasis: "", facts: facts)
            }
            let other = try await city.submitted()
            _ = try await city.exchange.watch(other.id, by: city.reviewer)
            let expected: [(String, Inbox.Tray, [CaseID])] = [
                ("登记", .mine, [first.id, second.id]), ("企业登记信息", .unit, [first.id, second.id]),
                ("0%核", .underway, [other.id]), ("_a名", .mine, [other.id]), ("%", .unit, [other.id]),
                ("a", .watched, [other.id]), ("登记", .watched, []), ("登记", .closed, []), ("核\\", .mine, []),
            ]
            for walkedMax in [0, 1, 2, 10_000] {
                let inbox = Inbox(
                    of: city.reviewer, on: SharingCity.monday.date(), walkedMax: walkedMax)
                for (words, tray, cases) in expected {
                    let (lines, count) = try await city.database.read { connection in
                        (
                            try inbox.page(tray, InboxFilter(words: words), in: connection).lines.map(\.id),
                            try inbox.count(tray, InboxFilter(words: words), in: connection)
                        )
                    }
                    #expect(lines == cases && count == cases.count, "\(words) in \(tray), \(walkedMax)")
                }
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `says for whom a unit waits, and since when`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let checked = try await city.submitted()
            let sent = SharingCity.monday
            city.wait(days: 2)
            let given = try await city.accepted()
            let waiting = try await city.exchange.inbox(.waiting, of: city.drafter).lines
            #expect(Set(waiting.map(\.id)) == [checked.id, given.id])
            let first = try #require(waiting.first { $0.id == checked.id })
            #expect(first.holders == [CaseHolder(party: city.bureau, role: .bureauReviewer)])
            #expect(first.since == sent)
            let second = try #require(waiting.first { $0.id == given.id })
            #expect(second.holders.map(\.party) == [city.provider])
            // What lies with oneself waits for nobody else, and a stranger waits for nothing.
            #expect(
                try await city.exchange.inbox(.waiting, of: city.providerChief).lines.map(\.id) == [
                    checked.id
                ])
            #expect(try await city.exchange.inbox(.waiting, of: city.stranger).lines.isEmpty)
            // Only a unit's people who may open a request find it.
            let clerk = Principal(
                account: AccountID.new(), party: city.provider, post: nil, roles: [.consumer],
                channel: .commandLine, displayName: "")
            #expect(try await city.exchange.inbox(.underway, of: clerk).lines.isEmpty)
            #expect(try await city.exchange.counts(of: clerk)[.underway]?.all == 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `for a unit that signed beside another too, until the end and after it`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let market = PartyID.new()
            let signer = Principal(
                account: AccountID.new(), party: market, post: PostID.new(), roles: [.departmentCDO],
                channel: .commandLine, displayName: "")
            let chain = try ApprovalChain(
                SharingWorkflow.decisionChain,
                [
                    ApprovalStep([Signature(role: .departmentCDO, party: market)]),
                    ApprovalStep(role: .departmentCDO),
                ])
            let steps = String(decoding: try JSONEncoder().encode(chain.steps), as: UTF8.self)
            try await city.database.write { connection in
                _ = try connection.execute(
                    """
                    INSERT INTO approval_chain (name, party_id, steps, set_by, set_at)
                    VALUES (\(chain.name), \(city.provider), \(steps), \("system"), \(SharingCity.monday))
                    """)
            }
            let pending = try await city.accepted()
            #expect(try await city.exchange.inbox(.mine, of: signer).lines.map(\.id) == [pending.id])
            let signed = try await city.act(.agree, pending, by: signer)
            for tray in [Inbox.Tray.waiting, .underway] {
                #expect(
                    try await city.exchange.inbox(tray, of: signer).lines.map(\.id) == [pending.id],
                    "\(tray)")
            }
            let refused = try await city.act(
                .refuse, signed, by: city.providerChief,
                Opinion(comment: "不符合共享条件", legalBasis: "保守国家秘密法"))
            _ = try await city.act(.concede, refused, by: city.drafter)
            #expect(try await city.exchange.inbox(.closed, of: signer).lines.map(\.id) == [pending.id])
            #expect(try await city.exchange.inbox(.underway, of: signer).lines.isEmpty)
        }
    }
}

@Suite struct `Exchange: what lists are read from` {
    @Test(arguments: Dialect.available)
    func `is filled in for the cases of before as acts fill it in`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            _ = try await city.submitted()
            _ = try await city.act(.agree, try await city.accepted(), by: city.providerChief)
            _ = try await city.act(.withdraw, try await city.drafted(), by: city.drafter)
            _ = try await city.offered()
            let before = try await rows(in: city)
            let step = try #require(caseworkMigrations.first { $0.text.contains("INSERT INTO case_part") })
            let fill = try #require(
                step.statements(in: dialect).first { $0.hasPrefix("INSERT INTO case_part") })
            try await city.database.write { connection in
                try connection.execute("DELETE FROM case_part")
                _ = try connection.execute("\(raw: fill)")
            }
            #expect(try await rows(in: city) == before)
            #expect(before.count == 12)
        }
    }

    private func rows(in city: SharingCity) async throws -> [String] {
        try await city.database.read { connection in
            try connection.rows("SELECT * FROM case_part ORDER BY case_id, party_id").map { row in
                let words: [String] = try ["case_id", "party_id", "seats", "stage", "state", "due_key"].map {
                    try row.value($0)
                }
                return words.joined(separator: " ") + " \(try row.value("changed_at", as: Int64.self))"
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `follows a deadline that moves with the calendar`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let request = try await city.submitted()
            let due = try #require(try await city.exchange.inbox(.mine, of: city.reviewer).lines.first?.due)
            try await city.database.write { connection in
                _ = try connection.execute(
                    "UPDATE case_clock SET is_provisional = 1 WHERE case_id = \(request.id)")
                _ = try connection.execute(
                    "UPDATE case_part SET due_key = '2026-01-01' WHERE case_id = \(request.id)")
                _ = try connection.execute(
                    "UPDATE governed_case SET due_on = '2026-01-01' WHERE id = \(request.id)")
            }
            _ = try await city.exchange.dailyRound()
            for tray in [Inbox.Tray.mine, .unit] {
                #expect(
                    try await city.exchange.count(
                        tray, of: city.reviewer, InboxFilter(due: .on(due))
                    ) == 1, "\(tray)")
            }
        }
    }
}

@Suite struct `Exchange: cases are watched` {
    @Test(arguments: Dialect.available)
    func `by whoever sees them, who hears of another state once`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let request = try await city.submitted()
            try await city.exchange.watch(request.id, by: city.colleague)
            try await city.exchange.watch(request.id, by: city.colleague)
            #expect(try await city.exchange.isWatched(request.id, by: city.colleague))
            #expect(
                try await city.exchange.inbox(.watched, of: city.colleague).lines.map(\.id) == [request.id])
            #expect(try await city.exchange.counts(of: city.colleague)[.watched]?.all == 1)
            #expect(try await city.exchange.watchNews(of: city.colleague).isEmpty)
            try await city.exchange.watch(request.id, by: city.reviewer)
            let given = try await city.act(.accept, request, by: city.reviewer)
            #expect(try await city.exchange.watchNews(of: city.colleague).map(\.state) == ["decision"])
            // Whoever moved it knows.
            #expect(try await city.exchange.watchNews(of: city.reviewer).isEmpty)
            try await city.exchange.markWatchSeen(request.id, by: city.colleague)
            #expect(try await city.exchange.watchNews(of: city.colleague).isEmpty)
            _ = try await city.act(.withdraw, given, by: city.drafter)
            #expect(try await city.exchange.watchNews(of: city.colleague).map(\.state) == ["withdrawn"])
            #expect(try await city.exchange.inbox(.watched, of: city.colleague).lines.count == 1)
            try await city.exchange.unwatch(request.id, by: city.colleague)
            #expect(try await city.exchange.inbox(.watched, of: city.colleague).lines.isEmpty)
            #expect(try await city.exchange.watchNews(of: city.colleague).isEmpty)
        }
    }

    @Test(arguments: Dialect.available)
    func `and are shown no longer than they may be seen`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let request = try await city.submitted()
            await #expect(throws: ExchangeError.requestNotFound(request.id)) {
                try await city.exchange.watch(request.id, by: city.stranger)
            }
            try await city.exchange.watch(request.id, by: city.drafter)
            let moved = Principal(
                account: city.drafter.account, party: PartyID.new(), post: PostID.new(), roles: [.consumer],
                channel: .commandLine, displayName: "")
            #expect(try await city.exchange.inbox(.watched, of: moved).lines.isEmpty)
            #expect(try await city.exchange.counts(of: moved)[.watched]?.all == 0)
            _ = try await city.act(.accept, request, by: city.reviewer)
            #expect(try await city.exchange.watchNews(of: moved).isEmpty)
            #expect(try await city.exchange.watchNews(of: city.drafter).count == 1)
        }
    }
}

@Suite struct `Exchange: several cases at once` {
    @Test(arguments: Dialect.available)
    func `are done one by one, and those that cannot be say why`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            var choices: [BatchChoice] = []
            for _ in 0..<3 {
                let request = try await city.submitted()
                choices.append(BatchChoice(id: request.id, revision: request.file.revision))
            }
            let moved = try await city.submitted()
            choices.append(BatchChoice(id: moved.id, revision: moved.file.revision))
            _ = try await city.act(.giveBack, moved, by: city.reviewer, Opinion(comment: "材料不全"))
            let draft = try await city.drafted()
            choices.append(BatchChoice(id: draft.id, revision: draft.file.revision))
            choices.append(BatchChoice(id: CaseID.new(), revision: 1))

            let would = try await city.exchange.rehearse(.accept, on: choices, by: city.reviewer)
            #expect(would.map(\.act) == ["accept", "accept", "accept", nil, nil, nil])
            #expect(
                would.map { $0.problem?.message.key } == [
                    nil, nil, nil, "casework.stale", "casework.not-from-here", "exchange.request-not-found",
                ])
            // Looking it over has done nothing.
            #expect(try await city.exchange.counts(of: city.reviewer)[.mine]?.all == 3)

            let leaves = try await city.leaves("case.acted")
            let done = try await city.exchange.perform(.accept, on: choices, by: city.reviewer, .none)
            #expect(done.map { $0.problem == nil } == [true, true, true, false, false, false])
            #expect(done.prefix(3).allSatisfy { $0.request?.file.state == "decision" })
            #expect(try await city.leaves("case.acted") == leaves + 3)
            // Sent once more, the answer is the same and nothing is done twice.
            let again = try await city.exchange.perform(.accept, on: choices, by: city.reviewer, .none)
            #expect(again.map { $0.problem == nil } == done.map { $0.problem == nil })
            #expect(try await city.leaves("case.acted") == leaves + 3)

            // Two who press at once: each case is decided by one of them.
            var open: [BatchChoice] = []
            for _ in 0..<3 { open.append(choice(try await city.submitted())) }
            let both = open
            let before = try await city.leaves("case.acted")
            async let one = city.exchange.perform(.accept, on: both, by: city.reviewer, .none)
            async let other = city.exchange.perform(.accept, on: both, by: city.secondReviewer, .none)
            let lines = try await one + other
            #expect(lines.count { $0.problem == nil } == 3)
            #expect(lines.filter { $0.problem == nil }.map(\.choice.id).sorted() == both.map(\.id).sorted())
            #expect(lines.allSatisfy { $0.problem == nil || $0.problem?.kind == .conflict })
            #expect(try await city.leaves("case.acted") == before + 3)

            let forOthers = try await city.exchange.perform(
                .agree, on: done.prefix(3).compactMap(\.request).map(choice), by: city.stranger, .none)
            #expect(forOthers.allSatisfy { $0.problem?.kind == .notFound })
            let own = try await city.exchange.rehearse(
                .agree, on: done.prefix(3).compactMap(\.request).map(choice), by: city.drafter)
            #expect(own.allSatisfy { $0.problem?.kind == .forbidden })
        }
    }

    private func choice(_ request: SharingRequest) -> BatchChoice {
        BatchChoice(id: request.id, revision: request.file.revision)
    }

    @Test(arguments: Dialect.available)
    func `can be refused on one legal basis, and what cannot be signed is told before`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let requests = [try await city.accepted(), try await city.accepted()]
            let choices = requests.map(choice)
            let bare = try await city.exchange.perform(
                .refuse, on: choices, by: city.providerChief, Opinion(comment: "不予提供"))
            #expect(bare.allSatisfy { $0.problem?.message.key == "casework.input-missing" })
            let refused = try await city.exchange.perform(
                .refuse, on: choices, by: city.providerChief,
                Opinion(comment: "不予提供", legalBasis: "保守国家秘密法第二十一条"))
            #expect(refused.allSatisfy { $0.request?.file.state == "refused" })
            #expect(refused.allSatisfy { $0.request?.file.history.last?.legalBasis != nil })
            let many = (0...BatchAct.casesMax).map { _ in BatchChoice(id: .new(), revision: 1) }
            await #expect(throws: ExchangeError.batchTooLarge(casesMax: BatchAct.casesMax)) {
                _ = try await city.exchange.perform(.accept, on: many, by: city.reviewer, .none)
            }
        }
    }
}
