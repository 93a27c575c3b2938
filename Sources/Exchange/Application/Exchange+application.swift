import Casework
import Evidence
package import Identity
package import Kernel
import Persistence
import Policy

/// Applications for several entries: drafting, signing off, parting.
extension Exchange {
    var applications: ApplicationStore { ApplicationStore(requests: requests) }

    /// A new draft; its business item is its name for good. `key` makes a repeated call find the first one's draft.
    ///
    /// - Throws: `ExchangeError.fieldsInvalid` for what not even a draft may be; `PolicyError.notPermitted`.
    package func draftApplication(
        _ content: ApplicationContent, by principal: Principal, key: String? = nil
    ) async throws -> Application {
        guard let party = principal.party, let account = principal.account else { throw ExchangeError.noUnit }
        var faults = content.sizeFaults()
        if content.common.businessItem.allSatisfy(\.isWhitespace) {
            faults.append(Problem.Place("common.businessItem", Message("exchange.field-required")))
        }
        guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
        if let earlier = try await repeatedApplication(key, Workflow.opening, on: nil, by: account) {
            return earlier
        }
        let now = clock.now()
        let permit = try permissions.permit(
            .requestShare, on: .new(kind: CaseNoun.kind, owner: nil, recipient: party), for: principal)
        do {
            return try await database.write(under: permit) { connection, _ in
                let application = try openApplication(
                    content, for: party, by: principal, at: now, in: connection)
                try cases.remember(
                    key, act: Workflow.opening, on: application.file, by: account, in: connection)
                return application
            }
        } catch {
            if let earlier = try await repeatedApplication(key, Workflow.opening, on: nil, by: account) {
                return earlier
            }
            throw error
        }
    }

    /// The case of a new draft with what it asks for, in the transaction of whoever was permitted.
    func openApplication(
        _ content: ApplicationContent, for party: PartyID, by principal: Principal, at now: Instant,
        in connection: any Connection
    ) throws -> Application {
        let file = try cases.open(
            CaseOpening(
                id: CaseID.new(at: now), kind: ApplicationWorkflow.kind, title: content.common.businessItem,
                about: Case.Subject(party),
                seats: [
                    ApplicationWorkflow.Seat.applicant: party,
                    ApplicationWorkflow.Seat.bureau: try neighbours.bureau(connection),
                ], by: principal, at: now, content: content.json), in: connection)
        let application = Application(file: file, applicant: party, content: content)
        try demandRequestable(content.parts.map(\.entry), of: application, in: connection)
        try applications.insert(application, in: connection)
        return application
    }

    /// One that `principal` may know of: the applicant's unit, whoever signs in it, and who sees every request. A provider knows of its
    /// own request in it, not of what others are asked for.
    package func application(_ id: CaseID, for principal: Principal) async throws -> Application {
        try await database.read { try visibleApplication(id, to: principal, in: $0) }
    }

    /// Of the principal's own unit, those under way first.
    package func ownApplications(
        of principal: Principal, _ filter: ApplicationLines.Filter = ApplicationLines.Filter(),
        after cursor: String? = nil, linesMax: Int = 100
    ) async throws -> ApplicationLines {
        guard let party = principal.party,
            permissions.scope(of: .shareRequest, for: principal).admits(recipient: party)
        else { return ApplicationLines(lines: [], count: 0, next: nil) }
        return try await database.read {
            try applications.page(
                of: party, filter, after: cursor, linesMax: min(max(1, linesMax), ApplicationLines.linesMax),
                in: $0)
        }
    }

    func visibleApplication(
        _ id: CaseID, to principal: Principal, in connection: any Connection
    ) throws -> Application {
        guard let application = try applications.load(id, in: connection), maySee(application, principal)
        else { throw ExchangeError.requestNotFound(id) }
        return application
    }

    private func maySee(_ application: Application, _ principal: Principal) -> Bool {
        if permissions.scope(of: .shareRequest, for: principal).admits(recipient: application.applicant) {
            return true
        }
        guard let party = principal.party else { return false }
        return permissions.mayEver(.countersignCase, principal)
            && application.file.isCosigned(by: party)
    }

    /// What keeps it from being submitted; empty when it can be.
    package func faults(of application: Application) async throws -> [Problem.Place] {
        let today = clock.now().date()
        return try await database.read { try faults(of: application, on: today, in: $0) }
    }

    private func faults(
        of application: Application, on day: CalendarDate, in connection: any Connection
    ) throws -> [Problem.Place] {
        try application.content.faults(on: day) {
            try requestable($0, by: application.applicant, in: connection)
        }
    }

    /// Of `ids` those that the unit could ask for, with what is known of them.
    package func requestable(
        _ ids: [EntryID], for principal: Principal
    ) async throws -> [RequestedEntry] {
        guard let party = principal.party else { return [] }
        return try await database.read { connection in
            ids.compactMap { try? requestable($0, by: party, in: connection) }
        }
    }

    private func demandRequestable(
        _ entries: [EntryID], of application: Application, in connection: any Connection
    ) throws {
        for entry in entries { _ = try requestable(entry, by: application.applicant, in: connection) }
    }

    /// The acts that `principal` can do now, by name.
    package func openActs(on application: Application, for principal: Principal) throws -> [String] {
        let workflow = try cases.workflow(ApplicationWorkflow.kind)
        let subject = subject(of: application, revision: application.file.revision)
        return application.file.acts(open: principal, under: workflow).filter { act in
            application.file.action(for: act, under: workflow).map {
                permissions.allows($0, on: subject, for: principal)
            } ?? false
        }.map(\.name)
    }

    func subject(of application: Application, revision: Int) -> Subject {
        let id = application.id
        return Subject(
            .init(id), owner: nil, recipient: application.applicant, proposer: application.file.openedBy,
            revision: revision
        ) { connection in
            try connection.row("SELECT revision FROM governed_case WHERE id = \(id)")?.value("revision")
        }
    }

    private func repeatedApplication(
        _ key: String?, _ act: String, on id: CaseID?, by account: AccountID
    ) async throws -> Application? {
        guard key != nil else { return nil }
        return try await database.read { connection in
            try cases.repeated(key, act: act, on: id, by: account, in: connection)
                .flatMap { try applications.load($0.id, in: connection) }
        }
    }

    /// Does `act` on an application as it stood at `revision`: case, content, evidence and permit are one transaction, and with the last
    /// signature the requests that it is parted into as well. The same key again answers what the first call did.
    package func perform(
        _ act: ApplicationAct, onWhole id: CaseID, seen revision: Int, by principal: Principal,
        _ opinion: Opinion = .none, key: String? = nil
    ) async throws -> Application {
        guard let account = principal.account else { throw ExchangeError.noUnit }
        let application = try await application(id, for: principal)
        let workflow = try cases.workflow(ApplicationWorkflow.kind)
        if let earlier = try await repeatedApplication(key, act.name, on: id, by: account) { return earlier }
        guard let declared = workflow.act(act.name),
            let action = application.file.action(for: declared, under: workflow)
        else { throw CaseError.actUnknown(act.name, kind: workflow.kind) }
        guard application.file.revision == revision else {
            throw CaseError.stale(seen: revision, now: application.file.revision)
        }
        let permit = try permissions.permit(
            action, on: subject(of: application, revision: revision), for: principal)
        let now = clock.now()
        do {
            return try await database.write(under: permit) { connection, mandate in
                let next = try step(
                    act, on: id, mandate, opinion, revision: revision, at: now, in: connection)
                try cases.remember(key, act: act.name, on: next.file, by: account, in: connection)
                return next
            }
        } catch {
            // A second click that lost against the first finds what the first did.
            if let earlier = try await repeatedApplication(key, act.name, on: id, by: account) {
                return earlier
            }
            if case PolicyError.moved = error { throw CaseError.stale(seen: revision, now: revision + 1) }
            throw error
        }
    }

    private func step(
        _ act: ApplicationAct, on id: CaseID, _ mandate: Mandate, _ opinion: Opinion, revision: Int,
        at now: Instant, in connection: any Connection
    ) throws -> Application {
        guard var next = try applications.load(id, in: connection) else {
            throw ExchangeError.requestNotFound(id)
        }
        try check(act, next, on: now.date(), in: connection)
        let ids = next.content.parts.map { _ in CaseID.new(at: now) }
        var facts: Set<String> = []
        if try applications.underWay(of: id, in: connection) > 0 {
            facts.insert(ApplicationWorkflow.Fact.someOpen)
        }
        next.file = try cases.perform(
            ActRequest(
                act.name, by: .principal(mandate.principal), at: now, revision: revision,
                comment: opinion.comment, legalBasis: opinion.legalBasis,
                content: content(of: act, on: next, ids), facts: facts,
                occasion: try occasion(of: next.content, in: connection)), on: id, in: connection)
        if case .save(let content) = act {
            next.content = content
            try applications.save(next, in: connection)
        }
        if case .signOff = act, next.file.state == "running" {
            try part(next, into: ids, by: mandate.principal, at: now, in: connection)
        }
        return next
    }

    func check(
        _ act: ApplicationAct, _ application: Application, on day: CalendarDate,
        in connection: any Connection
    ) throws {
        switch act {
        case .save(let content):
            var faults = content.sizeFaults()
            if content.common.businessItem != application.content.common.businessItem {
                faults.append(
                    Problem.Place("common.businessItem", Message("application.title-stays")))
            }
            guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
            let known = Set(application.content.parts.map(\.entry))
            try demandRequestable(
                content.parts.map(\.entry).filter { !known.contains($0) }, of: application, in: connection)
        case .submit, .signOff:
            let faults = try faults(of: application, on: day, in: connection)
            guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
        default: break
        }
    }

    /// What an act adds to the history: of a change what changed; of the submission all of it; of the last signature which request came of
    /// which entry.
    func content(
        of act: ApplicationAct, on application: Application, _ ids: [CaseID]
    ) -> JSON {
        switch act {
        case .save(let content): return application.content.changes(to: content)
        case .submit: return application.content.json
        case .returnTo(let step): return ["step": .integer(Int64(step))]
        case .signOff where application.file.chain?.isLast ?? true:
            let requests = zip(ids, application.content.parts).map { id, part -> JSON in
                ["case": .string(id.text), "entry": .string(part.entry.text)]
            }
            return ["requests": .array(requests)]
        default: return .object([:])
        }
    }

    /// By which the unit chooses its signatures: the strictest of all entries.
    func occasion(
        of content: ApplicationContent, in connection: any Connection
    ) throws -> ChainOccasion {
        let occasions = try content.parts.compactMap { part in
            try neighbours.entry(part.entry, connection)?.occasion(of: part.wish)
        }
        return ChainOccasion(
            sharing: occasions.contains { $0.sharing == .conditional }
                ? .conditional : occasions.first?.sharing, grade: occasions.compactMap(\.grade).max())
    }

    /// One request for each entry, so that each has its own provider, its own clocks and its own end. Its proposer is who drafted the
    /// whole, and it begins where a request begins that its unit has signed off.
    private func part(
        _ application: Application, into ids: [CaseID], by signer: Principal, at now: Instant,
        in connection: any Connection
    ) throws {
        for (position, (id, part)) in zip(ids, application.content.parts).enumerated() {
            let wish = application.content.wish(of: part)
            let place = ApplicationPlace(application: application.id, position: position + 1)
            let request = try open(
                id, part.entry, wish, by: signer, for: application.applicant,
                proposer: application.file.openedBy, at: now, in: connection
            ) { $0.place = place }
            guard let entry = try neighbours.entry(part.entry, connection) else { continue }
            _ = try cases.perform(
                ActRequest(
                    "enter-signed", by: .platform, at: now, revision: request.file.revision,
                    content: [
                        "application": .string(application.id.text), "place": .integer(Int64(position + 1)),
                    ], facts: [SharingWorkflow.Fact.signedTogether],
                    clockRules: entry.isGrantedAtOnce
                        ? ["check": SharingDeadlines.answerUnconditional] : [:]), on: id, in: connection)
        }
    }
}

extension ApplicationContent {
    /// What `next` has otherwise, and the order of its entries.
    fileprivate func changes(to next: ApplicationContent) -> JSON {
        var members: [String: JSON] = [
            "order": .array(next.parts.map { .string($0.entry.text) }),
            "changed": .array(next.parts.filter { part(of: $0.entry) != $0 }.map(Self.json)),
        ]
        if common != next.common { members["common"] = next.json["common"] }
        return .object(members)
    }
}
