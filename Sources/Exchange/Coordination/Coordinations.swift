import Casework
import Evidence
package import Identity
package import Kernel
package import Persistence
import Policy

/// 协调: the front door for pages, the API and the command line alike.
package struct Coordinations: Sendable {
    package static let linesMax = 200
    package static let placeCharactersMax = 200
    package static let agendaCharactersMax = 2_000
    package static let attendeesMax = 100
    package static let meetingsMax = 20

    package let exchange: Exchange
    /// The units of today by name.
    let units: @Sendable () async throws -> [PartyID: String]
    let files: MinutesFiles
    let store = CoordinationStore()

    package init(
        _ exchange: Exchange, ends: AnnouncedEnds, files: MinutesFiles,
        units: @escaping @Sendable () async throws -> [PartyID: String]
    ) {
        self.exchange = exchange
        self.ends = ends
        self.files = files
        self.units = units
    }

    var cases: CaseStore { exchange.cases }
    /// Disputes over announced ends are settled there.
    let ends: AnnouncedEnds

    /// Whether the grant carries out an outcome that binds its provider.
    package static func binds(_ grant: GrantID, in connection: any Connection) throws -> Bool {
        try CoordinationStore.binds(grant, in: connection)
    }

    package func find(_ id: CaseID, for principal: Principal) async throws -> Coordination {
        try await exchange.database.read { try exchange.coordination(id, for: principal, in: $0) }
    }

    /// Newest first.
    package func page(
        openOnly: Bool = false, for principal: Principal, before cursor: CaseID? = nil, limit: Int = 50
    ) async throws -> (lines: [Coordination], count: Int, next: CaseID?) {
        let condition = store.condition(
            exchange.permissions.scope(of: .coordination, for: principal), principal, openOnly: openOnly)
        return try await exchange.database.read { connection in
            let (lines, next) = try store.page(
                condition, before: cursor, limit: min(max(1, limit), Self.linesMax), cases, in: connection)
            return (lines, try store.count(condition, in: connection), next)
        }
    }

    /// The acts that `principal` can do now, by name.
    package func possibleActs(on one: Coordination, for principal: Principal) throws -> [String] {
        let workflow = try cases.workflow(CoordinationWorkflow.kind)
        let subject = exchange.subject(of: one, revision: one.file.revision)
        let hasMinutes = one.meetings.contains { $0.minutes != nil }
        return one.file.acts(open: principal, under: workflow).filter { act in
            guard let action = one.file.action(for: act, under: workflow) else { return false }
            switch act.name {
            case "record-minutes" where one.meetings.isEmpty: return false
            case "confirm-minutes", "object-minutes":
                guard hasMinutes, principal.party != one.bureau || one.parties.contains(one.bureau) else {
                    return false
                }
            case "state-position" where !one.parties.contains { $0 == principal.party }: return false
            case "invite" where one.invited.count >= CoordinationWorkflow.invitedMax: return false
            default: break
            }
            return exchange.permissions.allows(action, on: subject, for: principal)
        }.map(\.name)
    }

    /// Does `act` as the coordination stood at `revision`. What binds is carried out on the request in the same transaction; the same key
    /// again answers what the first call did.
    ///
    /// - Throws: `ExchangeError.coordinationNotFound`, `.fieldsInvalid`; `CaseError`; `PolicyError`.
    package func perform(
        _ act: CoordinationAct, on id: CaseID, seen revision: Int, by principal: Principal,
        comment: String? = nil, key: String? = nil
    ) async throws -> Coordination {
        guard let account = principal.account else { throw ExchangeError.noUnit }
        let seen = try await find(id, for: principal)
        let name = act.name(in: seen.file)
        let plain = act.keyName
        if let earlier = try await repeated(key, plain, on: id, by: account) { return earlier }
        let workflow = try cases.workflow(CoordinationWorkflow.kind)
        guard let declared = workflow.act(name),
            let action = seen.file.action(for: declared, under: workflow)
        else { throw CaseError.actUnknown(name, kind: workflow.kind) }
        guard seen.file.revision == revision else {
            throw CaseError.stale(seen: revision, now: seen.file.revision)
        }
        let permit = try exchange.permissions.permit(
            action, on: exchange.subject(of: seen, revision: revision), for: principal)
        let now = exchange.clock.now()
        try check(act, seen, by: principal, on: now.date(), units: try await units())
        do {
            return try await exchange.database.write(under: permit) { connection, mandate in
                let next = try step(
                    act, named: name, on: id, mandate, comment, revision: revision, at: now, in: connection)
                try cases.remember(key, act: plain, on: next.file, by: account, in: connection)
                return next
            }
        } catch {
            if let earlier = try await repeated(key, plain, on: id, by: account) { return earlier }
            if case PolicyError.moved = error { throw CaseError.stale(seen: revision, now: revision + 1) }
            throw error
        }
    }

    private func check(
        _ act: CoordinationAct, _ one: Coordination, by principal: Principal, on today: CalendarDate,
        units: [PartyID: String]
    ) throws(ExchangeError) {
        var faults: [Problem.Place] = []
        func wrong(_ field: String, _ key: String) { faults.append(Problem.Place(field, Message(key))) }
        func hold(_ field: String, _ text: String, _ most: Int) {
            if text.allSatisfy(\.isWhitespace) { wrong(field, "exchange.field-required") }
            if text.unicodeScalars.count > most {
                faults.append(
                    Problem.Place(
                        field, Message("exchange.field-too-long", ["charactersMax": "\(most)"])))
            }
        }
        func hasMinutes(_ number: Int) -> Bool {
            one.meetings.contains { $0.number == number && $0.minutes != nil }
        }
        switch act {
        case .statePosition where !one.parties.contains { $0 == principal.party }:
            wrong("comment", "coordination.not-a-party")
        case .invite(let unit):
            if units[unit] == nil || one.parties.contains(unit) || unit == one.bureau {
                wrong("unit", "coordination.unit-wrong")
            }
            if one.invited.count >= CoordinationWorkflow.invitedMax {
                wrong("unit", "coordination.unit-wrong")
            }
        case .callMeeting(let on, let place, let chair, let agenda):
            hold("place", place, Self.placeCharactersMax)
            hold("chair", chair, Self.placeCharactersMax)
            hold("agenda", agenda, Self.agendaCharactersMax)
            if on < today || on > today.adding(days: 60) { wrong("on", "coordination.day-wrong") }
            if one.meetings.count >= Self.meetingsMax { wrong("on", "coordination.meetings-many") }
        case .recordMinutes(let meeting, let attendees, let files):
            if !one.meetings.contains(where: { $0.number == meeting }) {
                wrong("meeting", "coordination.meeting-wrong")
            }
            hold("attendees", attendees.joined(separator: "\n"), Self.agendaCharactersMax)
            if attendees.count > Self.attendeesMax || files.count > Self.filesMax {
                wrong("attendees", "exchange.field-malformed")
            }
        case .confirmMinutes(let meeting), .objectMinutes(let meeting):
            if !hasMinutes(meeting) { wrong("meeting", "coordination.meeting-wrong") }
        case .rule(_, let order?):
            hold("orderSubject", order.subject, SupervisionDraft.subjectCharactersMax)
            if !one.parties.contains(order.unit) { wrong("orderUnit", "coordination.unit-wrong") }
            if order.due < today || order.due > today.adding(days: SupervisionDraft.daysAheadMax) {
                wrong("orderDue", "coordination.day-wrong")
            }
        default: break
        }
        guard faults.isEmpty else { throw .fieldsInvalid(faults) }
    }

    private func repeated(_ key: String?, _ act: String, on id: CaseID?, by account: AccountID) async throws
        -> Coordination?
    {
        guard key != nil else { return nil }
        return try await exchange.database.read { connection in
            try cases.repeated(key, act: act, on: id, by: account, in: connection)
                .flatMap { try store.load($0.id, cases, in: connection) }
        }
    }
}

extension CoordinationAct {
    /// One button whatever the state makes of it.
    var keyName: String {
        switch self {
        case .assent: "assent"
        case .decline: "decline"
        default: name(in: nil)
        }
    }
}
