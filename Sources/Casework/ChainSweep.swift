import Evidence
import Identity
package import Kernel
package import Persistence

/// The daily round over approval chains. A signature that could be given when the case came to it may be nobody's to give now: its post has
/// become vacant, or is held by whoever drafted or has signed already. Such a case would wait for ever and nobody would find it; it moves on
/// as it would have, had it come today. Doing it twice changes nothing the second time.
package struct ChainSweep: Sendable {
    private let store: CaseStore
    private let database: any Database

    package init(store: CaseStore, database: any Database) {
        self.store = store
        self.database = database
    }

    package static let casesPerReadMax = 500

    /// The cases that moved on.
    package func run(at now: Instant) async throws -> [CaseID] {
        var moved: [CaseID] = []
        var after = ""
        while true {
            let start = after
            let (stranded, last) = try await database.read { connection in
                try store.stranded(after: start, at: now, in: connection)
            }
            for id in stranded
            where try await database.write({ try store.passOver(id, at: now, in: $0) }) {
                moved.append(id)
            }
            guard let last else { return moved }
            after = last
        }
    }
}

extension CaseStore {
    /// The act's name in every workflow with a chain.
    package static let passedOver = "pass-over"

    /// Cases with a signature that nobody can give, and those that lie with a supervisor whom nobody is; with the last id that was looked at.
    fileprivate func stranded(
        after: String, at now: Instant, in connection: any Connection
    ) throws -> (stranded: [CaseID], last: String?) {
        let rows = try connection.rows(
            """
            SELECT h.case_id AS case_id, c.chain AS chain FROM (
                SELECT DISTINCT case_id FROM case_holder WHERE case_id > \(after)
                ORDER BY case_id LIMIT \(ChainSweep.casesPerReadMax)) h
            JOIN governed_case c ON c.id = h.case_id ORDER BY h.case_id
            """)
        let world = lastingWorld(at: now, in: connection)
        var stranded: [CaseID] = []
        for row in rows {
            guard let chain: ChainPosition = try row.optional("chain", as: String.self).map(Self.decoded)
            else { continue }
            let id: CaseID = try row.value("case_id")
            if let escalation = chain.escalatedTo {
                let holder = CaseHolder(party: escalation.party, role: escalation.role)
                if try !world.someoneHolds(holder, []) { stranded.append(id) }
                continue
            }
            let excluded = Set<AccountID>(
                try connection.rows("SELECT account_id FROM case_excluded WHERE case_id = \(id)").map {
                    try $0.value("account_id")
                })
            if try chain.waiting.contains(where: {
                try !world.someoneHolds(chain.holder(of: $0.signature), excluded)
            }) {
                stranded.append(id)
            }
        }
        let last: CaseID? = try rows.last?.value("case_id")
        return (stranded, rows.count < ChainSweep.casesPerReadMax ? nil : last?.text)
    }

    /// A post that changes hands is vacant for a day at most; only what nobody held yesterday either is vacant here.
    private func lastingWorld(at now: Instant, in connection: any Connection) -> CaseWorld {
        let today = now.date()
        let yesterday = today.adding(days: -1)
        return CaseWorld(
            rules: rules, calendar: calendar,
            chain: { name, party in try chain(name, of: party, in: connection) },
            someoneHolds: { holder, except in
                try someoneHolds(holder, except, today, connection)
                    || someoneHolds(holder, except, yesterday, connection)
            })
    }

    /// Moves a case past the signatures that nobody can give, as an act of the platform; false where there is none any more.
    fileprivate func passOver(_ id: CaseID, at now: Instant, in connection: any Connection) throws -> Bool {
        guard let current = try load(id, in: connection), let chain = current.chain else { return false }
        let workflow = try workflow(current.kind)
        if let escalation = chain.escalatedTo {
            let holder = CaseHolder(party: escalation.party, role: escalation.role)
            if try !lastingWorld(at: now, in: connection).someoneHolds(holder, []) {
                try tellDesk(of: current, missing: escalation, under: workflow, at: now, in: connection)
            }
            return false
        }
        let next = try current.passingOver(
            at: now, under: workflow, in: lastingWorld(at: now, in: connection))
        guard let next, let event = next.history.last else { return false }
        let calendar = try calendar(in: connection)
        try save(
            next, from: current.revision, under: workflow, on: now.date(), by: calendar, at: now,
            in: connection)
        try insert(event, of: next, in: connection)
        try evidence.append(leaf(event, of: next), in: connection)
        try lapseApprovals(of: next, at: now, in: connection)
        for holder in next.holders(under: workflow) {
            try tell(
                holder.party, holder.role, of: id, occasion: "passed-over.\(next.revision)",
                Message("casework.passed-over", ["title": next.title]), at: now, in: connection)
        }
        if let escalation = next.chain?.escalatedTo, let bureau = next.seats[workflow.supervisor.seat] {
            try tell(
                bureau, workflow.supervisor.desk, of: id, occasion: "escalated.\(next.revision)",
                Message("casework.escalated", ["title": next.title]), at: now, in: connection)
            let holder = CaseHolder(party: escalation.party, role: escalation.role)
            if try !someoneHolds(holder, [], now.date(), connection) {
                try tellDesk(of: next, missing: escalation, under: workflow, at: now, in: connection)
            }
        }
        return true
    }

    /// The last who could sign is missing too: whoever can have the post filled hears of it.
    private func tellDesk(
        of value: Case, missing: ChainPosition.Escalation, under workflow: Workflow, at now: Instant,
        in connection: any Connection
    ) throws {
        try tell(
            missing.party, workflow.supervisor.desk, of: value.id,
            occasion: "escalation-vacant.\(value.revision)",
            Message("casework.escalation-vacant", ["title": value.title]), at: now, in: connection)
    }
}

extension Case {
    /// The case past what nobody can sign; nil when everything that is waited for can be signed.
    func passingOver(at now: Instant, under workflow: Workflow, in world: CaseWorld) throws -> Case? {
        guard let chain, chain.escalatedTo == nil else { return nil }
        let (settled, passedOver) = try settle(chain, excluded(under: workflow), workflow, world)
        guard !passedOver.isEmpty, let settled else { return nil }
        var next = self
        next.revision += 1
        // Whoever is asked now is asked from today.
        next.chain =
            settled.step == chain.step
            ? settled
            : ChainPosition(
                chain: settled.chain, party: settled.party, steps: settled.steps, step: settled.step,
                open: settled.open, given: settled.given, escalatedTo: settled.escalatedTo, since: now)
        next.history.append(
            CaseEvent(
                revision: next.revision, act: CaseStore.passedOver, from: state, to: state, at: now,
                account: nil, party: nil, post: nil, comment: nil, legalBasis: nil,
                content: .object([:]), passedOver: passedOver))
        return next
    }
}
