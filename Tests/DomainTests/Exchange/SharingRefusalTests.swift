import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `Exchange: who may do what to a request` {
    @Test(arguments: Dialect.available)
    func `whoever drafted may not sign off, even as the unit's CDO`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let both = Principal(
                account: city.drafter.account, party: city.applicant, post: PostID.new(),
                roles: [.consumer, .departmentCDO], channel: .commandLine, displayName: "样例")
            let signing = try await city.act(.submit, try await city.drafted(), by: city.drafter)
            await #expect(throws: PolicyError.notPermitted(.signOffRequest)) {
                try await city.act(.signOff, signing, by: both)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `whoever edited the draft may not sign it off either`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let editor = Principal(
                account: AccountID.new(), party: city.applicant, post: PostID.new(),
                roles: [.consumer, .departmentCDO], channel: .commandLine, displayName: "样例")
            let saved = try await city.act(
                .save(SharingCity.wish()), try await city.drafted(), by: editor)
            let signing = try await city.act(.submit, saved, by: city.drafter)
            await #expect(throws: CaseError.sameHand(act: Message("sharing-request.act.sign-off"))) {
                try await city.act(.signOff, signing, by: editor)
            }
            let mine = try await city.exchange.inbox(.mine, of: editor)
            #expect(mine.lines.isEmpty)
            #expect(try await city.exchange.inbox(.mine, of: city.chief).lines.map(\.id) == [signing.id])
        }
    }

    @Test(arguments: Dialect.available)
    func `nobody acts out of turn, out of role or for another unit`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let pending = try await city.accepted()
            await #expect(throws: PolicyError.notPermitted(.decideRequest)) {
                try await city.act(.agree, pending, by: city.chief)
            }
            await #expect(throws: PolicyError.notPermitted(.decideRequest)) {
                try await city.act(.agree, pending, by: city.providerSteward)
            }
            await #expect(throws: ExchangeError.requestNotFound(pending.id)) {
                try await city.act(.agree, pending, by: city.stranger)
            }
            await #expect(throws: ExchangeError.requestNotFound(pending.id)) {
                try await city.exchange.request(pending.id, for: city.stranger)
            }
            await #expect(
                throws: CaseError.notFromHere(
                    act: Message("sharing-request.act.accept"),
                    state: Message("sharing-request.state.decision"))
            ) {
                try await city.act(.accept, pending, by: city.secondReviewer)
            }
            #expect(try await city.grants() == 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `a token acts only within its scopes`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let token = Principal(
                account: city.providerChief.account, party: city.provider, post: city.providerChief.post,
                roles: city.providerChief.roles, channel: .token(TokenID.new(), scopes: ["request.check"]),
                displayName: "样例")
            let pending = try await city.accepted()
            await #expect(throws: PolicyError.outsideTokenScope(.decideRequest)) {
                try await city.act(.agree, pending, by: token)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a unit does not ask itself, nor for what is open or unknown`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            await #expect(throws: ExchangeError.ownEntry) {
                try await city.exchange.draft(city.entryID, SharingCity.wish(), by: city.providerSteward)
            }
            let unknown = EntryID.new()
            await #expect(throws: ExchangeError.entryNotFound(unknown)) {
                try await city.exchange.draft(unknown, SharingCity.wish(), by: city.drafter)
            }
            city.share(as: .open)
            await #expect(throws: ExchangeError.entryIsOpen) {
                try await city.exchange.draft(city.entryID, SharingCity.wish(), by: city.drafter)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a form is refused with every wrong field by name`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            var wish = RequestWish()
            wish.columns = ["name", "salary"]
            wish.rows = "status = "
            wish.from = CalendarDate("2026-02-01")
            wish.to = CalendarDate("2026-01-01")
            wish.retentionDays = 0
            let draft = try await city.exchange.draft(city.entryID, wish, by: city.drafter)
            let names = try await city.exchange.faults(of: draft).map(\.name)
            #expect(
                Set(names) == [
                    "columns", "rows", "purpose", "legalBasis", "businessItem", "contactPost", "deliveries",
                    "isCommitted", "to", "expectedRows", "retentionDays",
                ])
            await #expect(throws: ExchangeError.self) { try await city.act(.submit, draft, by: city.drafter) }
            wish.purpose = String(repeating: "长", count: 501)
            let tooLong = wish
            await #expect(throws: ExchangeError.self) {
                try await city.act(.save(tooLong), draft, by: city.drafter)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `clauses the engine cannot enforce are refused before they are offered`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let pending = try await city.accepted()
            await #expect(throws: ExchangeError.offerUnchanged) {
                try await city.act(
                    .counter(try SharingCity.wish().clauses()), pending, by: city.providerChief,
                    Opinion(comment: "照旧"))
            }
            await #expect(throws: PolicyError.self) {
                try await city.act(
                    .counter(try SharingCity.wish().clauses() + [.mask(column: "founded", .surname)]),
                    pending,
                    by: city.providerChief, Opinion(comment: "脱敏"))
            }
            #expect(try await city.exchange.request(pending.id, for: city.drafter).file.state == "decision")
        }
    }

    @Test(arguments: Dialect.available)
    func `a grant that policy refuses leaves the case where it was`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            var wish = SharingCity.wish()
            wish.to = CalendarDate("2026-01-20")
            let draft = try await city.exchange.draft(city.entryID, wish, by: city.drafter)
            let signed = try await city.act(
                .signOff, try await city.act(.submit, draft, by: city.drafter), by: city.chief)
            let pending = try await city.act(.accept, signed, by: city.reviewer)
            let (id, provider) = (city.entryID, city.provider)
            city.set { world in
                world.entry = RequestedEntry(
                    title: "企业登记信息",
                    facts: EntryFacts(
                        entry: id, provider: provider, sharing: .conditional,
                        columns: [
                            ColumnFacts("name", .text, grade: nil), ColumnFacts("status", .text, grade: nil),
                        ]))
            }
            await #expect(throws: PolicyError.self) {
                try await city.act(.agree, pending, by: city.providerChief)
            }
            let after = try await city.exchange.request(pending.id, for: city.drafter)
            #expect(after.file == pending.file)
            #expect(try await city.grants() == 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `when the entry's share type has moved, the reviewer's button does what it is now`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let submitted = try await city.submitted()
            city.share(as: .notShared)
            let refused = try await city.act(.accept, submitted, by: city.reviewer)
            #expect(refused.file.state == "not-shared")
        }
    }
}

@Suite struct `Exchange: stale pages, double clicks and races` {
    @Test(arguments: Dialect.available)
    func `a page that is out of date is told so`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let submitted = try await city.submitted()
            _ = try await city.act(.accept, submitted, by: city.reviewer)
            await #expect(
                throws: CaseError.stale(seen: submitted.file.revision, now: submitted.file.revision + 1)
            ) {
                try await city.act(.giveBack, submitted, by: city.secondReviewer, Opinion(comment: "退回"))
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a second click under the same key answers what the first did`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let first = try await city.exchange.draft(
                city.entryID, SharingCity.wish(), by: city.drafter, key: "d1")
            let second = try await city.exchange.draft(
                city.entryID, SharingCity.wish(), by: city.drafter, key: "d1")
            #expect(first == second)
            let pending = try await city.accepted()
            let agreed = try await city.act(.agree, pending, by: city.providerChief, key: "k")
            let again = try await city.act(.agree, pending, by: city.providerChief, key: "k")
            #expect(agreed == again)
            #expect(try await city.grants() == 1)
            await #expect(throws: CaseError.keyUsedOtherwise) {
                try await city.act(
                    .refuse, pending, by: city.providerChief, Opinion(comment: "改", legalBasis: "法"), key: "k"
                )
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `two clicks at once under one key make one grant`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let pending = try await city.accepted()
            let grants = try await withThrowingTaskGroup(of: GrantID?.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        try await city.act(.agree, pending, by: city.providerChief, key: "k").grant
                    }
                }
                return try await group.reduce(into: [GrantID?]()) { $0.append($1) }
            }
            #expect(grants.count == 2)
            #expect(grants.first != .some(nil))
            #expect(Set(grants).count == 1)
            #expect(try await city.grants() == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `of two who decide at once exactly one wins`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            for _ in 0..<10 {
                let pending = try await city.accepted()
                let before = try await city.grants()
                let outcomes = await withTaskGroup(of: Bool.self) { group in
                    group.addTask {
                        (try? await city.act(.agree, pending, by: city.providerChief)) != nil
                    }
                    group.addTask {
                        (try? await city.act(
                            .refuse, pending, by: city.providerDeputy,
                            Opinion(comment: "敏感", legalBasis: "个人信息保护法"))) != nil
                    }
                    return await group.reduce(into: [Bool]()) { $0.append($1) }
                }
                #expect(outcomes.count { $0 } == 1)
                let settled = try await city.exchange.request(pending.id, for: city.drafter)
                #expect(settled.file.revision == pending.file.revision + 1)
                #expect(
                    try await city.grants() - before == (settled.file.state == "granted" ? 1 : 0))
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `when two race, the one who lost is told that the case moved`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let pending = try await city.accepted()
            let faults = await withTaskGroup(of: (any Error)?.self) { group in
                for who in [city.providerChief, city.providerDeputy] {
                    group.addTask {
                        do {
                            _ = try await city.act(.agree, pending, by: who)
                            return nil
                        } catch { return error }
                    }
                }
                return await group.reduce(into: [any Error]()) { list, fault in
                    if let fault { list.append(fault) }
                }
            }
            #expect(faults.count == 1)
            #expect((faults.first as? CaseError)?.problem.kind == .conflict)
        }
    }
}
