import Casework
import Exchange
import Foundation
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `Exchange: signatures on paper` {
    private static func stepped(_ city: SharingCity) async throws -> SharingRequest {
        try await city.exchange.setChain(
            try ApprovalChain(
                SharingWorkflow.decisionChain,
                [ApprovalStep(role: .leader), ApprovalStep(role: .departmentCDO)]), of: city.provider,
            by: city.providerChief)
        return try await city.accepted()
    }

    static func bring(
        _ city: SharingCity, _ request: SharingRequest, by principal: Principal
    ) async throws -> PaperScanID {
        let account = try #require(principal.account)
        let scan = PaperScan(
            id: .new(), caseID: request.id, name: "签批单.pdf", mediaType: "application/pdf", bytes: 100,
            sha256: String(repeating: "5a", count: 32), isScanned: false, broughtBy: account,
            broughtAt: city.exchange.clock.now())
        try await city.exchange.bring(scan, by: principal)
        return scan.id
    }

    static func sheet(_ city: SharingCity, by person: Principal, _ decision: String, _ scan: PaperScanID)
        throws -> PaperEntry
    {
        PaperEntry(
            signer: PaperSigner(
                account: try #require(person.account), post: try #require(person.post), isDeputy: false),
            decision: decision, comment: "同意提供", legalBasis: "数据安全法第二十一条",
            signedOn: city.exchange.clock.now().date(), reason: "出差期间网络不通", scan: scan)
    }

    @discardableResult
    private static func enter(
        _ city: SharingCity, _ request: SharingRequest, signedBy signer: Principal, _ decision: String,
        by principal: Principal, key: String? = nil, _ change: (inout PaperEntry) -> Void = { _ in }
    ) async throws -> (request: SharingRequest, approval: PaperApproval) {
        var entry = try sheet(
            city, by: signer, decision, try await bring(city, request, by: principal))
        change(&entry)
        return try await city.exchange.enter(
            entry, on: request.id, seen: request.file.revision, by: principal, key: key)
    }

    private static func faults(_ body: () async throws -> Void) async throws -> [String] {
        do { try await body() } catch PaperError.fieldsInvalid(let places) {
            return places.map { "\($0.name): \($0.message.key)" }
        }
        return []
    }

    @Test(arguments: Dialect.available)
    func `a signature that others follow counts at once, in its signer's name and marked as entered`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let request = try await Self.stepped(city)
            city.wait(days: 2)
            let (next, approval) = try await Self.enter(
                city, request, signedBy: city.providerLeader, "agree", by: city.providerSteward
            ) { $0.signedOn = request.file.openedAt.date().adding(days: 1) }
            #expect(next.file.chain?.step == 1)
            let event = try #require(next.file.history.last)
            #expect(event.account == city.providerLeader.account)
            #expect(event.post == city.providerLeader.post)
            #expect(event.paper?.enteredBy == city.providerSteward.account)
            #expect(event.paper?.signedOn == approval.opinion.signedOn)
            #expect(event.paper?.sha256 == approval.scan.sha256)
            #expect(event.at.date() == approval.opinion.signedOn.adding(days: 1))
            #expect(approval.countedRevision == event.revision)
            // Of what is kept the same is read.
            let kept = try await city.exchange.request(request.id, for: city.providerSteward)
            #expect(kept.file.history.last == event)
            #expect(try await city.leaves("paper-approval.entered") == 1)
            // One person gives one signature, on paper too.
            #expect(
                next.file.excluded(under: try SharingWorkflow.declared()).contains(
                    try #require(event.account)))
            #expect(
                try await city.exchange.waitingPapers(for: city.providerLeader).map(\.approval.id)
                    == [approval.id])
            let line = try await city.exchange.inbox(.mine, of: city.providerChief).lines.first
            #expect(line?.hasPaper == true)
            _ = try await city.exchange.reply(
                .confirm, to: approval.id, on: request.id, by: city.providerLeader)
            let confirmed = try await city.exchange.paper(
                approval.id, of: request.id, for: city.providerSteward)
            #expect(confirmed.state == .confirmed)
            await #expect(throws: PaperError.moved) {
                try await city.exchange.reply(
                    .object("晚了"), to: approval.id, on: request.id, by: city.providerLeader)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `the signature that decides waits for its signer or a second person, who is not whoever entered it`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let request = try await city.accepted()
            let (waiting, approval) = try await Self.enter(
                city, request, signedBy: city.providerChief, "agree", by: city.providerSteward)
            #expect(waiting.file.state == "decision")
            #expect(try await city.grants() == 0)
            for person in [city.providerSteward, city.chief, city.reviewer] {
                await #expect(throws: (any Error).self) {
                    try await city.exchange.reply(.confirm, to: approval.id, on: request.id, by: person)
                }
            }
            // Somebody else enters the same signature.
            await #expect(throws: PaperError.enteredAlready) {
                try await Self.enter(
                    city, request, signedBy: city.providerChief, "refuse", by: city.providerDeputy)
            }
            let granted = try await city.exchange.reply(
                .confirm, to: approval.id, on: request.id, by: city.providerDeputy, key: "second")
            #expect(granted.file.state == "granted")
            // A double click answers what the first did.
            let again = try await city.exchange.reply(
                .confirm, to: approval.id, on: request.id, by: city.providerDeputy, key: "second")
            #expect(again.file.revision == granted.file.revision)
            let event = try #require(granted.file.history.last)
            #expect(event.account == city.providerChief.account)
            #expect(event.paper?.countedBy == city.providerDeputy.account)
            let grant = try #require(granted.grant)
            let signer: String? = try await city.database.read {
                try $0.row("SELECT signed_by FROM policy_grant WHERE id = \(grant)")?.value("signed_by")
            }
            #expect(signer == city.providerChief.account?.text)
            // The signer, told afterwards, objects: what was granted rests.
            let fallen = try await city.exchange.reply(
                .object("未签署过此件"), to: approval.id, on: request.id, by: city.providerChief)
            #expect(fallen.file.state == "granted")
            let state: String? = try await city.database.read {
                try $0.row("SELECT state FROM policy_grant WHERE id = \(grant)")?.value("state")
            }
            #expect(state == "suspended")
            let told = try await city.exchange.notices(of: city.reviewer).map(\.message.key)
            #expect(told.contains("paper.told.suspended"))
        }
    }

    @Test(arguments: Dialect.available)
    func `an objection opens the signature again, and what was signed after it`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let request = try await Self.stepped(city)
            let (next, approval) = try await Self.enter(
                city, request, signedBy: city.providerLeader, "agree", by: city.providerSteward)
            let refused = try await city.act(
                .refuse, next, by: city.providerChief,
                Opinion(comment: "不同意", legalBasis: "数据安全法第二十一条"))
            #expect(refused.file.state == "refused")
            let back = try await city.exchange.reply(
                .object("未签署过此件"), to: approval.id, on: request.id, by: city.providerLeader)
            #expect(back.file.state == "decision")
            #expect(back.file.chain?.step == 0)
            #expect(back.file.chain?.given == [])
            #expect(back.file.clock("objection")?.isOpen == false)
            #expect(back.file.clocks.last { $0.name == "answer" }?.isOpen == true)
            #expect(try await city.leaves("paper-approval.objected") == 1)
            // The signer signs in the system now.
            let signed = try await city.act(.agree, back, by: city.providerLeader)
            #expect(signed.file.chain?.step == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `a second person finds the entry wrong while the case is still in the chain`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let request = try await Self.stepped(city)
            let (_, approval) = try await Self.enter(
                city, request, signedBy: city.providerLeader, "refuse", by: city.providerSteward)
            let back = try await city.exchange.reply(
                .object("纸面意见为同意"), to: approval.id, on: request.id, by: city.providerChief)
            #expect(back.file.chain?.step == 0)
            let (again, second) = try await Self.enter(
                city, back, signedBy: city.providerLeader, "agree", by: city.providerSteward)
            #expect(again.file.chain?.step == 1)
            #expect(second.state == .waiting)
        }
    }

    @Test(arguments: Dialect.available)
    func `what is not right is refused at its field, all at once`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            city.wait(days: -1)
            let request = try await Self.stepped(city)
            city.wait(days: 1)
            let today = city.exchange.clock.now().date()
            let all = try await Self.faults {
                _ = try await city.exchange.enter(
                    PaperEntry(signer: nil, decision: "counter", signedOn: nil, reason: " ", scan: nil),
                    on: request.id, seen: request.file.revision, by: city.providerSteward)
            }
            #expect(
                all
                    == ["signer", "decision", "signedOn", "reason", "scan"].map {
                        "\($0): exchange.field-required"
                    })
            func day(_ day: CalendarDate) async throws -> [String] {
                try await Self.faults {
                    try await Self.enter(
                        city, request, signedBy: city.providerLeader, "agree", by: city.providerSteward
                    ) { $0.signedOn = day }
                }
            }
            #expect(try await day(today.adding(days: 1)) == ["signedOn: paper.signed-ahead"])
            #expect(try await day(today.adding(days: -2)) == ["signedOn: paper.signed-before"])
            let ends = today.adding(days: -1)
            let leader = city.providerLeader
            // Left the post yesterday: what was signed then counts, what is said to be of today does not.
            city.set { world in
                world.terms = { holder, _ in
                    guard holder.role == .leader else { return nil }
                    return [
                        SharingCity.term(leader, from: CalendarDate(daysSince1970: 0), through: ends)
                    ].compactMap(\.self)
                }
            }
            #expect(try await day(today) == ["signer: paper.signer-not-then"])
            let (next, _) = try await Self.enter(
                city, request, signedBy: leader, "agree", by: city.providerSteward
            ) { $0.signedOn = ends }
            #expect(next.file.chain?.step == 1)
            // Long ago, by the setting.
            city.wait(days: 40)
            let late = try await Self.faults {
                try await Self.enter(
                    city, next, signedBy: city.providerChief, "agree", by: city.providerSteward
                ) { $0.signedOn = today }
            }
            #expect(late == ["signedOn: paper.signed-long-ago"])
        }
    }

    @Test(arguments: Dialect.available)
    func `neither the signer nor the drafter nor another unit enters it, and nobody where nothing is open`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let draft = try await city.drafted()
            await #expect(throws: PaperError.notOpen) {
                try await Self.bring(city, draft, by: city.colleague)
            }
            let signing = try await city.act(.submit, draft, by: city.drafter)
            await #expect(throws: PaperError.drafter) {
                try await Self.bring(city, signing, by: city.drafter)
            }
            await #expect(throws: PaperError.ownSignature) {
                try await Self.enter(city, signing, signedBy: city.chief, "sign-off", by: city.chief)
            }
            await #expect(throws: PaperError.otherUnit) {
                try await Self.bring(city, signing, by: city.reviewer)
            }
            let (_, approval) = try await Self.enter(
                city, signing, signedBy: city.chief, "sign-off", by: city.colleague)
            // The signer signs in the system instead: the entry is overtaken.
            let checked = try await city.act(.signOff, signing, by: city.chief)
            #expect(checked.file.state == "check")
            let lapsed = try await city.exchange.paper(
                approval.id, of: signing.id, for: city.colleague)
            #expect(lapsed.state == .lapsed)
            await #expect(throws: PaperError.moved) {
                try await city.exchange.reply(.confirm, to: approval.id, on: signing.id, by: city.chief)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `of two who enter at once one counts, and a second click finds what the first entered`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let request = try await Self.stepped(city)
            let people = [city.providerSteward, city.providerChief]
            var entries: [(PaperEntry, Principal)] = []
            for person in people {
                let scan = try await Self.bring(city, request, by: person)
                entries.append((try Self.sheet(city, by: city.providerLeader, "agree", scan), person))
            }
            let (exchange, id, revision) = (city.exchange, request.id, request.file.revision)
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for (entry, person) in entries {
                    group.addTask {
                        do {
                            _ = try await exchange.enter(entry, on: id, seen: revision, by: person, key: "k")
                            return true
                        } catch is CaseError { return false } catch is PaperError { return false } catch {
                            Issue.record(error)
                            return false
                        }
                    }
                }
                return await group.reduce(into: [Bool]()) { $0.append($1) }
            }
            #expect(outcomes.count { $0 } == 1)
            let papers = try await city.exchange.papers(of: id, for: city.providerSteward)
            #expect(papers.count == 1)
            let winner = people.first { $0.account == papers.first?.entered.account }
            let first = try #require(entries.first { $0.1.account == winner?.account })
            let again = try await city.exchange.enter(
                first.0, on: id, seen: revision, by: first.1, key: "k")
            #expect(again.approval.id == papers.first?.id)
            // A scan is of one entry.
            let moved = try await city.exchange.request(id, for: first.1)
            let faults = try await Self.faults {
                _ = try await city.exchange.enter(
                    first.0, on: id, seen: moved.file.revision, by: city.providerSteward)
            }
            #expect(faults == ["scan: paper.scan-unknown"])
            await #expect(throws: CaseError.stale(seen: revision, now: revision + 1)) {
                try await Self.enter(
                    city, request, signedBy: city.providerLeader, "agree", by: city.providerDeputy)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a confirmation that does not come is told to the unit, then to the bureau`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let request = try await city.accepted()
            let (_, approval) = try await Self.enter(
                city, request, signedBy: city.providerChief, "agree", by: city.providerSteward)
            #expect(try await city.exchange.dailyRound().reminded.isEmpty)
            city.wait(days: 8)
            #expect(try await city.exchange.dailyRound().reminded == [approval.id])
            #expect(try await city.exchange.dailyRound().reminded.isEmpty)
            let unit = try await city.exchange.notices(of: city.providerSteward).map(\.message.key)
            #expect(unit.contains("paper.told.overdue"))
            city.wait(days: 8)
            #expect(try await city.exchange.dailyRound().reminded == [approval.id])
            let bureau = try await city.exchange.notices(of: city.reviewer).map(\.message.key)
            #expect(bureau.contains("paper.told.overdue"))
            #expect(try await city.leaves("paper-approval.overdue") == 2)
            city.wait(days: 30)
            #expect(try await city.exchange.dailyRound().reminded.isEmpty)
        }
    }

    @Test(arguments: Dialect.available)
    func `the case moves back before anybody confirmed, and the entry counts no more`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            var request = try await Self.stepped(city)
            request = try await city.act(.agree, request, by: city.providerLeader)
            let (waiting, approval) = try await Self.enter(
                city, request, signedBy: city.providerChief, "agree", by: city.providerSteward)
            request = try await city.act(
                .returnTo(step: 1), waiting, by: city.providerChief, Opinion(comment: "重新审核"))
            request = try await city.act(.agree, request, by: city.providerLeader)
            #expect(request.file.chain?.step == 1)
            let lapsed = try await city.exchange.paper(
                approval.id, of: request.id, for: city.providerSteward)
            #expect(lapsed.state == .lapsed)
            #expect(try await city.leaves("paper-approval.lapsed") == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `a unit that followed another confirms what was entered for it`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let request = try await city.accepted()
            let (_, approval) = try await Self.enter(
                city, request, signedBy: city.providerChief, "agree", by: city.providerSteward)
            let (cases, heir, provider, id) = (city.exchange.cases, PartyID.new(), city.provider, request.id)
            let now = city.exchange.clock.now()
            try await city.database.write { connection in
                try cases.succeed(provider, by: heir, in: id, saying: "机构改革", at: now, in: connection)
            }
            let moved = try await city.database.read { try cases.approval(approval.id, in: $0) }
            #expect(moved?.holder.party == heir)
            #expect(moved?.position.party == heir)
            #expect(moved?.state == .waiting)
        }
    }
}
