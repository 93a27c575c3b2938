import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `Supervision: what people do` {
    @Test(arguments: Dialect.available)
    func `acknowledge, report, send back, report again, confirm`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let task = try await city.task()
            let seen = try await city.act(.acknowledge, task, by: city.providerChief)
            #expect(seen.answeredOn == nil)
            await #expect(throws: CaseError.self) {
                try await city.act(.acknowledge, seen, by: city.providerChief)
            }
            let noticed = try await city.act(
                .issueNotice(letter: seen.letter(of: "s", "请于期限内办结")), seen, by: city.reviewer, "请于期限内办结")
            #expect(noticed.level == .notice)
            #expect(noticed.file.history.last?.content["number"]?.string == "河数〔2026〕12号")
            let said = try await city.act(.reportDone, noticed, by: city.providerChief, "已补齐")
            #expect(said.isAnsweredInTime == true)
            let back = try await city.act(.sendBack, said, by: city.reviewer, "还缺两条")
            #expect(back.file.state == "open")
            #expect(back.file.clock("answer") != nil)
            let again = try await city.act(.reportDone, back, by: city.providerChief, "已全部补齐")
            let closed = try await city.act(.confirm, again, by: city.secondReviewer)
            #expect(closed.file.state == "closed")
            #expect(closed.closedOn == city.exchange.clock.now().date())
            let figures = try await city.supervisions.figures(for: city.leader)
            #expect(figures.map(\.closed) == [1])
            #expect(figures.map(\.inTime) == [1])
        }
    }

    @Test(arguments: Dialect.available)
    func `words, days and turns that are wrong are refused, and nothing moves`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let task = try await city.task()
            let (today, chief) = (city.exchange.clock.now().date(), city.providerChief)
            await #expect(throws: CaseError.inputMissing(["comment"])) {
                try await city.act(.reportDone, task, by: chief)
            }
            for day in [today, today.adding(days: Supervisions.promiseDaysMax + 1)] {
                await #expect(throws: ExchangeError.self) {
                    try await city.act(.promise(day), task, by: chief, "需会商")
                }
            }
            await #expect(throws: PolicyError.self) {
                try await city.act(.reportDone, task, by: city.providerSteward, "已办")
            }
            await #expect(throws: PolicyError.self) {
                try await city.act(.instruct(by: nil), task, by: city.reviewer, "限期")
            }
            // A leader of another unit leads nothing here; before a report nobody instructs.
            await #expect(throws: CaseError.self) {
                try await city.act(.instruct(by: nil), task, by: city.leader, "限期")
            }
            await #expect(throws: CaseError.self) {
                try await city.act(.confirm, task, by: city.reviewer)
            }
            await #expect(
                throws: CaseError.conditionFails(
                    "supervision-opened-it", act: Message("supervision.act.withdraw"))
            ) {
                try await city.act(.withdraw, task, by: city.secondReviewer, "误立")
            }
            #expect(try await city.supervisions.find(task.id, for: city.reviewer) == task)
            let gone = try await city.act(.withdraw, task, by: city.reviewer, "误立")
            #expect(gone.file.state == "withdrawn")
        }
    }

    @Test(arguments: Dialect.available)
    func `a day is promised at most twice`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            var one = try await city.task()
            let day = city.exchange.clock.now().date().adding(days: 10)
            for _ in 0..<SupervisionWorkflow.promisesMax {
                let promised = try await city.act(.promise(day), one, by: city.providerChief, "需会商")
                one = try await city.act(.declinePromise, promised, by: city.reviewer, "不得再延")
            }
            let last = one
            await #expect(throws: CaseError.self) {
                try await city.act(.promise(day), last, by: city.providerChief, "需会商")
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `of two reviewers who close at once one does, and a key makes two clicks one`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let said = try await city.act(
                .reportDone, try await city.task(), by: city.providerChief, "已补齐", key: "k")
            let repeated = try await city.supervisions.perform(
                .reportDone, on: said.id, seen: said.file.revision - 1, by: city.providerChief,
                comment: "已补齐", key: "k")
            #expect(repeated.file.revision == said.file.revision)
            let results = await withTaskGroup(of: Bool.self) { group in
                for reviewer in [city.reviewer, city.secondReviewer] {
                    group.addTask { (try? await city.act(.confirm, said, by: reviewer)) != nil }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(results == 1)
            await #expect(throws: CaseError.self) {
                try await city.act(.confirm, said, by: city.reviewer)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `by hand about a case: of its units, once for each, and by the bureau alone`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let pending = try await city.accepted()
            func draft(_ unit: PartyID) -> SupervisionDraft {
                SupervisionDraft(
                    about: pending.id, unit: unit, basis: "领导批示",
                    due: city.exchange.clock.now().date().adding(days: 3))
            }
            let one = try await city.supervisions.open(draft(city.provider), by: city.reviewer, key: "o")
            #expect(one.subject == pending.file.title)
            #expect(
                try await city.supervisions.open(draft(city.provider), by: city.reviewer, key: "o").id
                    == one.id)
            await #expect(throws: ExchangeError.supervisionOpen(one.id)) {
                try await city.supervisions.open(draft(city.provider), by: city.secondReviewer)
            }
            for who in [city.providerLeader, city.chief] {
                await #expect(throws: PolicyError.self) {
                    try await city.supervisions.open(draft(city.applicant), by: who)
                }
            }
            await #expect(throws: ExchangeError.self) {
                try await city.supervisions.open(draft(.new()), by: city.reviewer)
            }
            // The lapse joins what is open; the request's refusal ends it with the case.
            city.wait(days: 15)
            _ = try await city.exchange.dailyRound()
            #expect(try await city.supervised(pending.id).map(\.id) == [one.id])
            _ = try await city.act(.withdraw, pending, by: city.drafter)
            #expect(try await city.supervisions.find(one.id, for: city.reviewer).file.state == "overtaken")
            await #expect(throws: ExchangeError.caseOver) {
                try await city.supervisions.open(draft(city.applicant), by: city.reviewer)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a unit sees its own and nobody else's, on every list alike`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let (pending, one) = try await city.lapsed()
            let filter = InboxFilter(words: "", kind: SupervisionWorkflow.kind)
            for (who, sees) in [
                (city.providerChief, true), (city.providerSteward, true), (city.reviewer, true),
                (city.leader, true), (city.drafter, false), (city.chief, false), (city.stranger, false),
            ] {
                #expect(((try? await city.supervisions.find(one.id, for: who)) != nil) == sees)
                let page = try await city.supervisions.page(SupervisionFilter(), for: who)
                #expect(page.lines.map(\.id) == (sees ? [one.id] : []))
                #expect(page.count == (sees ? 1 : 0))
                #expect(try await city.supervisions.figures(for: who).count == (sees ? 1 : 0))
                var found: Set<CaseID> = []
                for tray in [Inbox.Tray.underway, .watched] {
                    found.formUnion(try await city.exchange.inbox(tray, of: who, filter).lines.map(\.id))
                    let count = try await city.exchange.count(tray, of: who, filter)
                    #expect(
                        count
                            == (try await city.exchange.inbox(tray, of: who, filter)).lines.count)
                }
                let hasPart = who.party == city.provider || who.party == city.bureau
                #expect(found == (sees && hasPart ? [one.id] : []))
                if sees {
                    try await city.exchange.watch(one.id, by: who)
                } else {
                    await #expect(throws: ExchangeError.supervisionNotFound) {
                        try await city.exchange.watch(one.id, by: who)
                    }
                }
            }
            _ = try await city.act(.agree, pending, by: city.providerChief)
            #expect(try await city.exchange.watchNews(of: city.leader).map(\.kind) == ["supervision"])
        }
    }

    @Test(arguments: Dialect.available)
    func `several are acknowledged and confirmed at once, each by itself`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let (one, other) = (try await city.task(), try await city.task())
            let choices = [one, other].map { BatchChoice(id: $0.id, revision: $0.file.revision) }
            let asked = try await city.exchange.rehearse(.acknowledge, on: choices, by: city.providerChief)
            #expect(asked.allSatisfy { $0.problem == nil })
            let done = try await city.exchange.perform(
                .acknowledge, on: choices, by: city.providerChief, Opinion())
            #expect(done.map(\.act) == ["acknowledge", "acknowledge"])
            let refused = try await city.exchange.rehearse(.confirmClosed, on: choices, by: city.reviewer)
            #expect(refused.allSatisfy { $0.problem != nil })
            let request = try await city.accepted()
            let wrong = try await city.exchange.rehearse(
                .acknowledge, on: [BatchChoice(id: request.id, revision: request.file.revision)],
                by: city.reviewer)
            #expect(wrong.first?.problem != nil)
        }
    }
}
