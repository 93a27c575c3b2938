import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

/// Two units of which each has what a unit can have only once.
@Suite struct `Exchange: units that merge` {
    @Test(arguments: Dialect.available)
    func `what both have and one can have only once is named with both units, until people settle it`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            try await city.register()
            let (applicant, other) = (city.applicant, try #require(city.stranger.party))
            let told = try await city.haveTheSame()
            let successions = city.successions

            // Into the other, whose own chain goes before any; and both into a third one. Each with the two that have it.
            let into = try await successions.draft(
                city.merger([applicant], other), by: .system(), at: city.now)
            let first = try await successions.rehearse(into).faults
            #expect(Set(first.map(\.reason)) == SharingCity.once.subtracting([.chainTwice]))
            #expect(first.allSatisfy { $0.units == ["源城区人民政府", "另一单位"] })
            await #expect(throws: SuccessionError.self) {
                _ = try await successions.confirm(into, seen: 1, by: .system(), at: city.now)
            }
            try await successions.withdraw(into, seen: 1, by: .system(), at: city.now)
            let both = try await successions.draft(
                city.merger([applicant, other], city.heir), by: .system(), at: city.now)
            let faults = try await successions.rehearse(both).faults
            #expect(Set(faults.map(\.reason)) == SharingCity.once && faults.count == 5)
            #expect(faults.allSatisfy { $0.units == ["另一单位", "源城区人民政府"] })
            let running = try #require(faults.first { $0.reason == .runningTwice })
            #expect(running.item.title == "河数协〔2024〕2号")
            let blocked = await #expect(throws: SuccessionError.self) {
                _ = try await successions.confirm(both, seen: 1, by: .system(), at: city.now)
            }
            #expect(blocked?.problem.places.count == 5)

            try await city.settle(told)
            #expect(try await successions.rehearse(both).faults.isEmpty)
            let done = try await successions.confirm(both, seen: 1, by: .system(), at: city.now)
            #expect(done.state == .done)
            let own = try await city.database.read { connection in
                try (
                    connection.rows(
                        "SELECT id FROM exchange_running WHERE recipient = \(city.heir) AND state = 'open'"
                    ).count,
                    connection.rows("SELECT name FROM approval_chain WHERE party_id = \(city.heir)").count,
                    connection.rows(
                        "SELECT case_id FROM exchange_supervision WHERE unit = \(city.heir) AND is_open = 1"
                    ).count
                )
            }
            #expect(own == (1, 1, 1))
        }
    }

    @Test(arguments: Dialect.available)
    func `what one unit's chain asked of the other is asked of the unit itself, whichever goes first`(
        _ dialect: Dialect
    ) async throws {
        for isTurned in [false, true] {
            try await inCity(dialect) { city in
                try await city.register()
                let (applicant, other) = (city.applicant, try #require(city.stranger.party))
                try await city.exchange.setChain(
                    try ApprovalChain(
                        SharingWorkflow.signOffChain,
                        [
                            ApprovalStep(role: .departmentCDO),
                            ApprovalStep([Signature(role: .leader, party: other)]),
                        ]), of: applicant, by: city.chief)
                let units = isTurned ? [other, applicant] : [applicant, other]
                let id = try await city.successions.draft(
                    city.merger(units, city.heir), by: .system(), at: city.now)
                _ = try await city.successions.confirm(id, seen: 1, by: .system(), at: city.now)
                let chain = try await city.database.read {
                    try city.exchange.cases.setChain(
                        SharingWorkflow.signOffChain, of: city.heir, in: $0)
                }
                #expect(
                    chain?.chain.steps == [ApprovalStep(role: .departmentCDO), ApprovalStep(role: .leader)])
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a case between two units that merge goes on between the successor and itself`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            try await city.register()
            let request = try await city.accepted()
            let id = try await city.successions.draft(
                city.merger([city.applicant, city.provider], city.heir), by: .system(), at: city.now)
            #expect(try await city.successions.rehearse(id).faults.isEmpty)
            _ = try await city.successions.confirm(id, seen: 1, by: .system(), at: city.now)
            let moved = try await city.exchange.request(request.id, for: city.reviewer)
            #expect(moved.applicant == city.heir && moved.provider == city.heir)
            #expect(moved.file.history.filter { $0.act == CaseStore.succeeded }.count == 2)
        }
    }
}

extension SharingCity {
    static let once: Set<SuccessionFault.Reason> = [
        .runningTwice, .emergencyTwice, .grantTwice, .supervisionTwice, .chainTwice,
    ]
    var heir: PartyID { bureau }
    var now: Instant { exchange.clock.now() }

    var successions: Successions {
        Successions(
            parties: Parties(database: database, evidence: evidence),
            posts: Posts(database: database, evidence: evidence, known: KnownTokens()),
            belongings: [exchange.belongings { _, _ in [:] }])
    }

    func merger(_ units: [PartyID], _ heir: PartyID) -> SuccessionOrder {
        SuccessionOrder(
            kind: .merge, predecessors: units, successors: [heir], date: now.date(), document: "示例函〔2026〕5号")
    }

    func register() async throws {
        let parties = Parties(database: database, evidence: evidence)
        let units = [
            (applicant, "源城区人民政府"), (stranger.party, "另一单位"), (provider, "市市场监督管理局"),
            (bureau, "市政务服务数据管理局"),
        ]
        for (id, name) in units {
            let id = try #require(id)
            try await database.write { connection in
                _ = try parties.create(
                    PartyDraft(kind: .unit, name: name, founded: self.now.date()), id: id, by: .system(),
                    at: self.now, in: connection)
            }
        }
    }

    struct Same: Sendable {
        let running: RunningExchange
        let supervision: Supervision
    }

    /// An agreement, an emergency with its grant, a supervision and a chain for the applicant and another unit alike.
    func haveTheSame() async throws -> Same {
        let party = try #require(stranger.party)
        let names = ["市市场监督管理局": provider, "源城区人民政府": applicant, "另一单位": party]
        let entry = entryID
        let exchanges = RunningExchanges(
            exchange, evidence: evidence, monthsMax: 12,
            neighbours: RunningExchanges.Neighbours(
                entries: { _, _ in [entry] }, parties: { name, _ in names[name].map { [$0] } ?? [] }))
        let batch = try await exchanges.bring(
            BroughtSheet(
                header: header,
                rows: [row(2), row(3, [.recipient: "另一单位", .document: "河数协〔2024〕2号"])]), named: "x.csv",
            by: reviewer)
        #expect(batch.taken == 2)
        let brought = try await exchanges.list(RunningFilter(batch: batch.id), for: reviewer).lines

        _ = try await approvedOrally(by: providerChief)
        let draft = try await exchange.draft(entryID, Self.wish(), by: stranger)
        let asked = try await act(
            .askEmergency(circumstance: Self.circumstance), draft, by: stranger)
        _ = try await act(
            .approveOrally(try word(of: providerLeader), try Self.maskedClauses()), asked, by: providerChief)

        let about = try await drafted()
        var tasks: [Supervision] = []
        for unit in [applicant, party] {
            let task = try await supervisions.open(
                SupervisionDraft(
                    unit: unit, subject: "补正材料", basis: "政务数据共享条例", due: now.date().adding(days: 5)),
                by: reviewer)
            try await database.write { connection in
                _ = try connection.execute(
                    """
                    UPDATE exchange_supervision SET about_case = \(about.id), about_kind = 'sharing-request'
                    WHERE case_id = \(task.id)
                    """)
            }
            tasks.append(task)
        }
        for (unit, person, role) in [(applicant, chief, Role.leader), (party, stranger, .consumer)] {
            try await exchange.setChain(
                try ApprovalChain(
                    SharingWorkflow.signOffChain,
                    [ApprovalStep(role: .departmentCDO), ApprovalStep(role: role)]), of: unit, by: person)
        }
        return Same(running: try #require(brought.last), supervision: try #require(tasks.last))
    }

    /// One of each goes: removed from the list, lapsed, withdrawn, taken away.
    func settle(_ same: Same) async throws {
        try await running.drop(same.running, because: "两单位合并，保留一份", by: reviewer)
        _ = try await act(.withdraw, same.supervision, by: reviewer, "两单位合并，保留一件")
        try await exchange.dropChain(
            SharingWorkflow.signOffChain, of: try #require(stranger.party), seen: 1, by: stranger)
        wait(days: 4)
        #expect(try await exchange.emergencyRound().count == 2)
    }
}
