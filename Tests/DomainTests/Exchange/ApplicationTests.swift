import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

extension SharingCity {
    /// Entries of the provider that an application asks for beside `entryID`.
    func offer(_ kinds: [SharingKind]) -> [EntryID] {
        let ids = kinds.map { _ in EntryID.new() }
        let entries = zip(ids, kinds).map { Self.entry($0, provider, $1) }
        set { $0.others = Dictionary(uniqueKeysWithValues: entries.map { ($0.id, $0) }) }
        return ids
    }

    static func content(_ entries: [EntryID]) -> ApplicationContent {
        var common = wish()
        (common.columns, common.rows, common.deliveries) = ([], "", [])
        (common.expectedRows, common.dailyRows) = (nil, nil)
        var own = RequestWish(
            columns: ["name", "status"], rows: "status = '在业'", deliveries: [.csv], expectedRows: 1_000)
        own.treatments = ["name": "surname"]
        return ApplicationContent(
            common: common, parts: entries.map { ApplicationPart(entry: $0, wish: own) })
    }

    func act(
        _ act: ApplicationAct, _ application: Application, by principal: Principal,
        _ opinion: Opinion = .none, key: String? = nil
    ) async throws -> Application {
        try await exchange.perform(
            act, onWhole: application.id, seen: application.file.revision, by: principal, opinion, key: key)
    }

    /// Signed off and parted.
    func applied(_ entries: [EntryID]) async throws -> Application {
        let draft = try await exchange.draftApplication(Self.content(entries), by: drafter)
        return try await act(.signOff, try await act(.submit, draft, by: drafter), by: chief)
    }

    func children(_ application: Application) async throws -> [SharingRequest] {
        try await exchange.progress(of: application).lines.map(\.request)
    }
}

@Suite struct `Exchange: an application for several entries` {
    @Test func `is declared soundly and has words for all of it`() throws {
        let workflow = try ApplicationWorkflow.declared()
        #expect(workflow.faults().isEmpty)
        let keys =
            workflow.states.map { workflow.stateWord($0.name).key }
            + workflow.acts.map { workflow.actWord($0.name).key }
            + workflow.acts.flatMap(\.conditions).map { "casework.condition.\($0)" }
            + [workflow.actWord(Workflow.opening).key]
        for key in keys { #expect(applicationWords.entries[key] != nil, "\(key)") }
        for state in workflow.states {
            #expect(stepWords.entries["\(workflow.kind).next.\(state.name)"] != nil, "\(state.name)")
        }
    }

    @Test func `is written and read as JSON, and unknown members are refused by their place`() throws {
        let content = SharingCity.content([.new(), .new()])
        #expect(try ApplicationContent(json: content.json) == content)
        #expect(throws: ExchangeError.bodyMalformed(member: "entries[0].entry")) {
            try ApplicationContent(json: ["entries": [["columns": ["name"]]]])
        }
        #expect(throws: ExchangeError.bodyMalformed(member: "common.columns")) {
            try ApplicationContent(json: ["common": ["columns": []]])
        }
    }

    @Test(arguments: Dialect.available)
    func `is listed page by page, those under way first, by its words and by whether it is over`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let entries = city.offer([.conditional])
            var made: [Application] = []
            for number in 1...5 {
                var content = SharingCity.content(entries)
                content.common.businessItem = number == 3 ? "Audit 50%_" : "核对\(number)"
                made.append(try await city.exchange.draftApplication(content, by: city.drafter))
            }
            _ = try await city.act(.withdraw, made[4], by: city.drafter)
            func titles(_ filter: ApplicationLines.Filter = .init(), linesMax: Int = 2) async throws
                -> [[String]]
            {
                var (pages, next): ([[String]], String?) = ([], nil)
                repeat {
                    let page = try await city.exchange.ownApplications(
                        of: city.chief, filter, after: next, linesMax: linesMax)
                    #expect(page.count >= page.lines.count)
                    pages.append(page.lines.map(\.file.title))
                    next = page.next
                } while next != nil
                return pages
            }
            #expect(try await titles() == [["核对4", "Audit 50%_"], ["核对2", "核对1"], ["核对5"]])
            #expect(try await titles(.init(standing: .over)) == [["核对5"]])
            #expect(try await titles(.init(words: "audit 50%_")) == [["Audit 50%_"]])
            #expect(try await titles(.init(words: "核对_")) == [[]])
            #expect(try await city.exchange.ownApplications(of: city.chief, linesMax: 2).count == 5)
        }
    }

    @Test(arguments: Dialect.available)
    func `is signed off among requests in one go, and what is no act of it says so`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let ids = city.offer([.conditional, .unconditional])
            var whole: [Application] = []
            for id in ids {
                let draft = try await city.exchange.draftApplication(
                    SharingCity.content([id]), by: city.drafter)
                whole.append(try await city.act(.submit, draft, by: city.drafter))
            }
            let drafted = try await city.drafted()
            let request = try await city.act(.submit, drafted, by: city.drafter)
            let choices =
                whole.map { BatchChoice(id: $0.id, revision: $0.file.revision) } + [
                    BatchChoice(id: request.id, revision: request.file.revision)
                ]
            let own = try await city.exchange.rehearse(.signOff, on: choices, by: city.drafter)
            #expect(own.allSatisfy { $0.problem?.kind == .forbidden })
            let wrong = try await city.exchange.rehearse(.agree, on: choices, by: city.chief)
            #expect(
                wrong.map { $0.problem?.message.key }.prefix(2) == [
                    "casework.act-unknown", "casework.act-unknown",
                ])
            let would = try await city.exchange.rehearse(.signOff, on: choices, by: city.chief)
            #expect(would.map(\.act) == ["sign-off", "sign-off", "sign-off"])
            #expect(try await city.exchange.application(whole[0].id, for: city.chief) == whole[0])

            try await city.exchange.watch(whole[0].id, by: city.drafter)
            #expect(
                try await city.exchange.inbox(.watched, of: city.drafter).lines.map(\.id) == [whole[0].id])
            _ = try await city.act(.sendBack, whole[1], by: city.chief, Opinion(comment: "请补充用途"))
            let done = try await city.exchange.perform(.signOff, on: choices, by: city.chief, .none)
            #expect(done.map { $0.problem?.message.key } == [nil, "casework.stale", nil])
            #expect(done.map { $0.file?.state } == ["running", "draft", "check"])
            // Whoever watches it is told once.
            let news = try await city.exchange.watchNews(of: city.drafter)
            #expect(news.map(\.id) == [whole[0].id] && news.first?.state == "running")
            try await city.exchange.markWatchSeen(whole[0].id, by: city.drafter)
            #expect(try await city.exchange.watchNews(of: city.drafter).isEmpty)
            // Sent twice it is done once.
            let leaves = try await city.leaves("case.acted")
            let again = try await city.exchange.perform(.signOff, on: choices, by: city.chief, .none)
            #expect(again.map { $0.problem == nil } == [true, false, true])
            #expect(try await city.leaves("case.acted") == leaves)
            #expect(try await city.children(whole[0]).count == 1)
            let others = try await city.exchange.perform(.signOff, on: choices, by: city.stranger, .none)
            #expect(others.allSatisfy { $0.problem?.kind == .notFound })
        }
    }

    @Test(arguments: Dialect.available)
    func `is signed off once, parted into a request for each entry, and ends with the last of them`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let ids = city.offer([.conditional, .unconditional, .conditional, .notShared])
            let application = try await city.applied(ids)
            #expect(application.file.state == "running")
            var children = try await city.children(application)
            #expect(children.map(\.entry) == ids)
            #expect(children.map { $0.place?.position } == [1, 2, 3, 4])
            #expect(
                children.allSatisfy { $0.file.state == "check" && $0.file.openedBy == city.drafter.account })
            #expect(children.map { $0.file.clock("check")?.rule.workingDays } == [5, 1, 5, 5])
            // The record of the last signature says which request came of which entry.
            let signed = try #require(application.file.history.last { $0.act == "sign-off" })
            #expect(
                signed.content["requests"]?.array?.map { $0["case"]?.string } == children.map(\.id.text))

            for child in children { _ = try await city.act(.accept, child, by: city.reviewer) }
            children = try await city.children(application)
            #expect(children.map(\.file.state) == ["decision", "granted", "decision", "not-shared"])
            // A refusal of one does not hold up the others; each is its own case with its own clocks.
            _ = try await city.act(
                .refuse, children[0], by: city.providerChief, Opinion(comment: "敏感", legalBasis: "个人信息保护法"))
            let granted = try await city.act(.agree, children[2], by: city.providerChief)
            let grant = try #require(granted.grant)
            let clauses = try await city.clauses(of: grant)
            #expect(clauses.contains(.mask(column: "name", .surname)))
            #expect(clauses.contains(.purpose("行政审批核验")))
            let progress = try await city.exchange.progress(of: application)
            #expect(progress.lines.map(\.standing) == [.refused, .granted, .granted, .refused])
            #expect(!progress.isOver)

            children = try await city.children(application)
            _ = try await city.act(.concede, children[0], by: city.drafter)
            for child in [children[1], children[2]] {
                let grant = try #require(child.grant)
                try await city.database.write {
                    try city.exchange.delivered(grant, at: SharingCity.monday, in: $0)
                }
                let delivered = try await city.exchange.request(child.id, for: city.drafter)
                #expect(
                    try await city.exchange.application(application.id, for: city.drafter).file.state
                        == "running")
                _ = try await city.act(.acceptDelivery, delivered, by: city.drafter)
            }
            let ended = try await city.exchange.application(application.id, for: city.drafter)
            #expect(ended.file.state == "ended")
            let finish = try #require(ended.file.history.last)
            #expect(finish.account == nil)
            #expect(finish.content["granted"]?.integer == 2)
            #expect(finish.content["refused"]?.integer == 2)
            #expect(
                try await city.exchange.notices(of: city.drafter).contains { $0.occasion == "finish" })
        }
    }

    @Test(arguments: Dialect.available)
    func `two requests that end at the same moment end it once`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let application = try await city.applied(city.offer([.notShared, .notShared]))
            let children = try await city.children(application)
            async let first = city.act(.accept, children[0], by: city.reviewer)
            async let second = city.act(.accept, children[1], by: city.secondReviewer)
            _ = try await (first, second)
            let ended = try await city.exchange.application(application.id, for: city.drafter)
            #expect(ended.file.state == "ended")
            #expect(ended.file.times("finish") == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `says entry by entry what is missing, and takes no entry that cannot be asked for`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let ids = city.offer([.conditional, .open])
            var content = SharingCity.content([ids[0]])
            content.common.purpose = ""
            content.parts[0].wish.columns = ["nothing"]
            let draft = try await city.exchange.draftApplication(content, by: city.drafter)
            let faults = try await city.exchange.faults(of: draft)
            #expect(faults.contains { $0.name == "common.purpose" })
            #expect(faults.contains { $0.name == "entries[0].columns" })
            await #expect(throws: ExchangeError.fieldsInvalid(faults)) {
                try await city.act(.submit, draft, by: city.drafter)
            }
            await #expect(throws: ExchangeError.entryIsOpen) {
                try await city.exchange.draftApplication(SharingCity.content([ids[1]]), by: city.drafter)
            }
            await #expect(throws: ExchangeError.entryIsOpen) {
                try await city.act(.save(SharingCity.content(ids)), draft, by: city.drafter)
            }
            await #expect(throws: ExchangeError.self) {
                try await city.exchange.draftApplication(
                    ApplicationContent(), by: city.drafter)
            }
            var renamed = content
            renamed.common.businessItem = "另一件事"
            await #expect(throws: ExchangeError.self) {
                try await city.act(.save(renamed), draft, by: city.drafter)
            }
            let empty = try await city.act(
                .save(ApplicationContent(common: content.common)), draft, by: city.drafter)
            #expect(try await city.exchange.faults(of: empty).contains { $0.name == "entries" })
        }
    }

    @Test func `holds to its limits`() {
        let content = SharingCity.content((0...ApplicationContent.Limits.entriesMax).map { _ in .new() })
        #expect(content.sizeFaults().map(\.message.key) == ["application.entries-too-many"])
        var wide = SharingCity.content((0..<10).map { _ in .new() })
        for position in wide.parts.indices {
            wide.parts[position].wish.columns = (0..<61).map { "c\($0)" }
            wide.parts[position].wish.treatments = [:]
        }
        #expect(wide.sizeFaults().map(\.message.key) == ["application.items-too-many"])
        let id = EntryID.new()
        #expect(SharingCity.content([id, id]).sizeFaults().map(\.name) == ["entries[1].entry"])
    }

    @Test(arguments: Dialect.available)
    func `a stale page, a second click and a second signer are told apart`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let ids = city.offer([.conditional])
            let draft = try await city.exchange.draftApplication(
                SharingCity.content(ids), by: city.drafter, key: "k")
            let again = try await city.exchange.draftApplication(
                SharingCity.content(ids), by: city.drafter, key: "k")
            #expect(again.id == draft.id)
            let submitted = try await city.act(.submit, draft, by: city.drafter)
            await #expect(throws: CaseError.stale(seen: 1, now: 2)) {
                try await city.act(.save(SharingCity.content([])), draft, by: city.colleague)
            }
            // Who drafted or submitted it does not sign it off.
            await #expect(throws: PolicyError.notPermitted(.signOffRequest)) {
                try await city.act(.signOff, submitted, by: city.drafter)
            }
            let signed = try await city.act(.signOff, submitted, by: city.chief, key: "s")
            let twice = try await city.act(.signOff, submitted, by: city.chief, key: "s")
            #expect(twice.file == signed.file)
            #expect(try await city.children(signed).count == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `is sent back with a reason, changed, and withdrawn as a whole or in what is left`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let ids = city.offer([.conditional, .conditional, .unconditional])
            let draft = try await city.exchange.draftApplication(SharingCity.content(ids), by: city.drafter)
            let back = try await city.act(
                .sendBack, try await city.act(.submit, draft, by: city.drafter), by: city.chief,
                Opinion(comment: "范围过大"))
            #expect(back.file.state == "draft")
            var content = back.content
            content.parts.swapAt(0, 1)
            let changed = try await city.act(.save(content), back, by: city.colleague)
            #expect(changed.content.parts.map(\.entry) == [ids[1], ids[0], ids[2]])
            let running = try await city.act(
                .signOff, try await city.act(.submit, changed, by: city.colleague), by: city.chief)
            let children = try await city.children(running)
            _ = try await city.act(.withdraw, children[0], by: city.drafter)
            _ = try await city.act(.accept, children[2], by: city.reviewer)
            await #expect(throws: CaseError.inputMissing(["comment"])) {
                try await city.exchange.withdrawRest(
                    of: running.id, seen: running.file.revision, by: city.drafter, .none)
            }
            let counts = try await city.exchange.withdrawRest(
                of: running.id, seen: running.file.revision, by: city.drafter, Opinion(comment: "业务取消"))
            #expect(counts.withdrawn == 1)
            #expect(counts.kept == 1)
            #expect(
                try await city.exchange.progress(of: running).lines.map(\.standing)
                    == [.givenUp, .givenUp, .granted])
            let dropped = try await city.exchange.draftApplication(
                SharingCity.content(ids), by: city.drafter)
            #expect(try await city.act(.withdraw, dropped, by: city.drafter).file.state == "withdrawn")
            await #expect(throws: CaseError.self) {
                try await city.act(.withdraw, running, by: city.drafter)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `its whole is the applicant's and the bureau's; a provider sees its own request`(
        _ dialect: Dialect
    ) async throws {
        try await inCity(dialect) { city in
            let application = try await city.applied(city.offer([.conditional, .conditional]))
            for reader in [city.drafter, city.colleague, city.chief, city.reviewer] {
                #expect(
                    try await city.exchange.application(application.id, for: reader).id == application.id)
            }
            for other in [city.stranger, city.providerChief, city.providerSteward] {
                await #expect(throws: ExchangeError.requestNotFound(application.id)) {
                    try await city.exchange.application(application.id, for: other)
                }
            }
            let child = try #require(try await city.children(application).first)
            #expect(try await city.exchange.request(child.id, for: city.providerChief).id == child.id)
            #expect(
                try await city.exchange.ownApplications(of: city.chief).lines.map(\.id) == [application.id])
            #expect(try await city.exchange.ownApplications(of: city.stranger).lines.isEmpty)
            // What it says of its entries is in the list of whose turn it is.
            let waiting = try await city.exchange.inbox(.mine, of: city.reviewer)
            #expect(waiting.lines.count == 2)
        }
    }

    @Test(arguments: Dialect.available)
    func `who drafted the whole may not check a request of it`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            let draft = try await city.exchange.draftApplication(
                SharingCity.content(city.offer([.conditional])), by: city.drafter)
            let running = try await city.act(
                .signOff, try await city.act(.submit, draft, by: city.colleague), by: city.chief)
            let child = try #require(try await city.children(running).first)
            let both = Principal(
                account: city.drafter.account, party: city.bureau, post: PostID.new(),
                roles: [.bureauReviewer], channel: .commandLine, displayName: "样例")
            await #expect(throws: PolicyError.notPermitted(.checkRequest)) {
                try await city.act(.accept, child, by: both)
            }
        }
    }
}
