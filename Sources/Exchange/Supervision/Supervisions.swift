import Casework
import Evidence
package import Identity
package import Kernel
package import Persistence
package import Policy

/// 督办: the front door for pages, the API and the command line alike. What opens and rises by itself is `SupervisionLadder`.
package struct Supervisions: Sendable {
    package static let linesMax = 200
    /// A day is promised at most so far ahead.
    package static let promiseDaysMax = 60

    package let exchange: Exchange
    let neighbours: Neighbours
    let store = SupervisionStore()

    package struct Neighbours: Sendable {
        /// The units of today by name.
        package let units: @Sendable () async throws -> [PartyID: String]
        /// Looks the letter over and gives what registers it in the transaction of the notice.
        package let letter: Letter

        package typealias Letter =
            @Sendable (SupervisionLetter, _ of: CaseID, _ to: String, Principal) async throws -> Registering
        package typealias Registering =
            @Sendable (Mandate, Instant, any Connection) throws -> (id: String, number: String)

        package init(
            units: @escaping @Sendable () async throws -> [PartyID: String], letter: @escaping Letter
        ) {
            self.units = units
            self.letter = letter
        }
    }

    package init(_ exchange: Exchange, neighbours: Neighbours) {
        self.exchange = exchange
        self.neighbours = neighbours
    }

    var cases: CaseStore { exchange.cases }

    // MARK: - Reading

    /// One that `principal` may know of; not found for anyone else.
    package func find(_ id: CaseID, for principal: Principal) async throws -> Supervision {
        try await exchange.database.read { try exchange.supervision(id, for: principal, in: $0) }
    }

    /// Newest first; what is counted and what is listed are one condition.
    package func page(
        _ filter: SupervisionFilter, for principal: Principal, before cursor: CaseID? = nil, limit: Int = 50
    ) async throws -> (lines: [Supervision], count: Int, next: CaseID?) {
        let scope = exchange.permissions.scope(of: .supervision, for: principal)
        let condition = store.condition(filter, scope, on: exchange.clock.now().date())
        return try await exchange.database.read { connection in
            let (lines, next) = try store.page(
                condition, before: cursor, limit: min(max(1, limit), Self.linesMax), cases, in: connection)
            return (lines, try store.count(condition, in: connection), next)
        }
    }

    /// By unit, of what `principal` may know of.
    package func figures(for principal: Principal) async throws -> [SupervisionFigures] {
        let scope = exchange.permissions.scope(of: .supervision, for: principal)
        let today = exchange.clock.now().date()
        return try await exchange.database.read { try store.figures(scope, on: today, in: $0) }
    }

    /// The clock of the case that it is about, as it stands now, and whether `principal` may open that case.
    func about(_ one: Supervision, for principal: Principal) async throws -> (
        clock: CaseClock?, mayOpen: Bool
    ) {
        guard let about = one.about else { return (nil, false) }
        return try await exchange.database.read { connection in
            let file = try cases.load(about.id, in: connection)
            let clock = about.position.flatMap { position in
                file.flatMap { $0.clocks.indices.contains(position) ? $0.clocks[position] : nil }
            }
            do {
                _ = try exchange.file(about.id, for: principal, in: connection)
                return (clock, true)
            } catch ExchangeError.requestNotFound {
                return (clock, false)
            }
        }
    }

    /// Whether anything can be opened by hand: by the bureau.
    package func mayOpen(_ principal: Principal) async throws -> Bool {
        guard exchange.permissions.mayEver(.superviseUnit, principal) else { return false }
        return try await exchange.database.read { try exchange.neighbours.bureau($0) } == principal.party
    }

    /// The acts that `principal` can do now, by name, without those whose conditions do not hold.
    package func possibleActs(on one: Supervision, for principal: Principal) throws -> [String] {
        let workflow = try cases.workflow(SupervisionWorkflow.kind)
        let subject = exchange.subject(of: one, revision: one.file.revision)
        let facts = Self.facts(of: one, for: principal)
        return one.file.acts(open: principal, under: workflow).filter { act in
            guard let action = one.file.action(for: act, under: workflow) else { return false }
            return facts.isSuperset(of: act.conditions)
                && exchange.permissions.allows(action, on: subject, for: principal)
        }.map(\.name)
    }

    static func facts(of one: Supervision, for principal: Principal) -> Set<String> {
        let isOpener =
            one.isAutomatic || one.file.openedBy == principal.account || principal.roles.contains(.leader)
        return isOpener ? [SupervisionWorkflow.openedIt] : []
    }

    // MARK: - Opening by hand

    /// About a case that the principal may see, or about a task without one; ends on a day.
    ///
    /// - Throws: `ExchangeError.fieldsInvalid`, `.supervisionOpen`, `.caseOver`; `PolicyError.notPermitted`.
    package func open(
        _ draft: SupervisionDraft, by principal: Principal, key: String? = nil
    ) async throws -> Supervision {
        guard let account = principal.account, let party = principal.party else {
            throw ExchangeError.noUnit
        }
        if let earlier = try await repeated(key, Workflow.opening, on: nil, by: account) { return earlier }
        let now = exchange.clock.now()
        var faults = draft.faults(on: now.date())
        if let unit = draft.unit, try await neighbours.units()[unit] == nil {
            faults.append(Problem.Place("unit", Message("exchange.unit-unknown", ["unit": unit.text])))
        }
        guard faults.isEmpty, let unit = draft.unit else { throw ExchangeError.fieldsInvalid(faults) }
        let permit = try exchange.permissions.permit(
            .superviseUnit, on: .new(kind: CaseNoun.kind, owner: unit), for: principal)
        do {
            return try await exchange.database.write(under: permit) { connection, _ in
                let opening = try opening(draft, of: unit, for: principal, party, in: connection)
                let one = try SupervisionLadder.open(
                    opening, by: principal, cases, at: now, in: connection)
                try cases.remember(
                    key, act: Workflow.opening, on: one.file, by: account, in: connection)
                return one
            }
        } catch {
            if let earlier = try await repeated(key, Workflow.opening, on: nil, by: account) {
                return earlier
            }
            throw error
        }
    }

    private func opening(
        _ draft: SupervisionDraft, of unit: PartyID, for principal: Principal, _ party: PartyID,
        in connection: any Connection
    ) throws -> SupervisionOpening {
        guard try exchange.neighbours.bureau(connection) == party else {
            throw PolicyError.notPermitted(.superviseUnit)
        }
        guard let id = draft.about else {
            return SupervisionOpening(
                about: nil, unit: unit, bureau: party, subject: draft.subject, basis: draft.basis,
                due: draft.due)
        }
        let file = try exchange.request(id, visibleTo: principal, in: connection).file
        guard try cases.workflow(file.kind).state(file.state)?.isFinal == false else {
            throw ExchangeError.caseOver
        }
        guard file.seats.values.contains(unit) else {
            throw ExchangeError.fieldsInvalid([
                Problem.Place("unit", Message("supervision.unit-not-in-case"))
            ])
        }
        if let open = try store.open(about: id, unit: unit, cases, in: connection) {
            throw ExchangeError.supervisionOpen(open.id)
        }
        return SupervisionOpening(
            about: Supervision.About(id: id, kind: file.kind, clock: nil, position: nil), unit: unit,
            bureau: party, subject: file.title, basis: draft.basis, due: draft.due)
    }

    func repeated(_ key: String?, _ act: String, on id: CaseID?, by account: AccountID) async throws
        -> Supervision?
    {
        guard key != nil else { return nil }
        return try await exchange.database.read { connection in
            try cases.repeated(key, act: act, on: id, by: account, in: connection)
                .flatMap { try store.load($0.id, cases, in: connection) }
        }
    }
}
