import Casework
import Cryptography
import Evidence
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import Synchronization
import TestKit
import Testing

/// Three units, their people, one entry and a clock that tests move.
final class SharingCity: Sendable {
    let database: any Database
    let exchange: Exchange
    let applicant = PartyID.new()
    let provider = PartyID.new()
    let bureau = PartyID.new()
    let entryID = EntryID.new()
    let drafter: Principal
    let colleague: Principal
    let chief: Principal
    let providerSteward: Principal
    let providerChief: Principal
    let providerDeputy: Principal
    let providerLeader: Principal
    let reviewer: Principal
    let secondReviewer: Principal
    let leader: Principal
    let stranger: Principal

    struct World: Sendable {
        var now: Instant
        var entry: RequestedEntry
        /// Of applications for several.
        var others: [EntryID: RequestedEntry] = [:]
        /// Posts that nobody holds.
        var vacant: Set<CaseHolder> = []
        /// Posts that one alone holds.
        var sole: [CaseHolder: AccountID] = [:]
        /// Who was in which post from when to when, beside everybody who is all the time.
        var terms: @Sendable (CaseHolder, CalendarDate) -> [HeldTerm]? = { _, _ in nil }
        /// What a dry run finds; the engine's own counting is tested where the engine is.
        var counted: @Sendable (DryRun, _ secondsMax: Int) throws -> CountedVersion? = { _, _ in nil }
    }

    /// 2026-01-05 (a Monday) 09:00 in China.
    static let monday = Instant(microseconds: 1_767_574_800_000_000)
    static let migrations =
        identityMigrations + evidenceMigrations + policyMigrations + caseworkMigrations + exchangeMigrations

    init(_ database: any Database, _ sharing: SharingKind = .conditional) async throws {
        func person(_ party: PartyID, _ roles: Role...) -> Principal {
            Principal(
                account: AccountID.new(), party: party, post: PostID.new(), roles: Set(roles),
                channel: .commandLine, displayName: "样例")
        }
        self.database = database
        drafter = person(applicant, .consumer)
        colleague = person(applicant, .consumer)
        chief = person(applicant, .departmentCDO)
        providerSteward = person(provider, .steward)
        providerChief = person(provider, .departmentCDO)
        providerDeputy = person(provider, .departmentCDO)
        providerLeader = person(provider, .leader)
        reviewer = person(bureau, .bureauReviewer)
        secondReviewer = person(bureau, .bureauReviewer)
        leader = person(bureau, .leader)
        stranger = person(PartyID.new(), .consumer, .departmentCDO)
        let entry = Self.entry(entryID, provider, sharing)
        let state = Shared(World(now: Self.monday, entry: entry))
        world = state
        let cipher = try Cipher(.aes256GCM, secrets: [1: [UInt8](repeating: 7, count: 32)], current: 1)
        let evidence = EvidenceLog(node: "n441600", digest: .sm3, personalCipher: cipher)
        try await evidence.prepare(database)
        self.evidence = evidence
        let cases = try Self.cases(evidence, state)
        let bureau = bureau
        let people = [providerChief, providerLeader, leader]
        let all = [
            drafter, colleague, chief, providerSteward, providerChief, providerDeputy, providerLeader,
            reviewer, leader,
        ]
        exchange = Exchange(
            cases: cases, database: database, permissions: Permissions(),
            grants: GrantStore { leaf, connection in try evidence.append(leaf, in: connection) },
            trialSecondsMax: 5, clock: Clock { state.value.now },
            neighbours: Exchange.Neighbours(
                entry: { id, _ in
                    let world = state.value
                    return world.entry.id == id ? world.entry : world.others[id]
                },
                bureau: { _ in bureau },
                leader: { id, _, _ in
                    people.first { $0.post == id }.flatMap { person in
                        person.party.map { LeaderPost(party: $0, roles: person.roles, isHeld: true) }
                    }
                },
                count: { run, secondsMax in try state.value.counted(run, secondsMax) },
                signers: { holder, first, _, _ in
                    state.value.terms(holder, first)
                        ?? all.compactMap { person in
                            guard person.party == holder.party, person.roles.contains(holder.role) else {
                                return nil
                            }
                            return Self.term(person, from: CalendarDate(daysSince1970: 0), through: nil)
                        }
                }))
    }

    static func term(_ person: Principal, from: CalendarDate, through: CalendarDate?) -> HeldTerm? {
        guard let account = person.account, let party = person.party, let post = person.post else {
            return nil
        }
        return HeldTerm(
            account: account, person: person.displayName,
            post: Post(id: post, party: party, title: "岗位", roles: person.roles, abolished: nil),
            isDeputy: false, starts: from, ends: through)
    }

    private let world: Shared<World>
    let evidence: EvidenceLog

    private static func cases(_ evidence: EvidenceLog, _ state: Shared<World>) throws -> CaseStore {
        try CaseStore(
            workflows: try CaseKinds.declared(),
            rules: try SharingDeadlines.standard(),
            calendars: CalendarInForce(
                try WorkingDayCalendar(tsv: "year\t2026\t2026\tsample announcement")),
            evidence: evidence,
            defaultChains: try CaseKinds.defaultChains(),
            following: SupervisionLadder.following,
            someoneHolds: { holder, except, _, _ in
                let world = state.value
                return !world.vacant.contains(holder)
                    && !(world.sole[holder].map(except.contains) ?? false)
            })
    }

    var calendar: WorkingCalendar { calendar(of: exchange.cases) }

    /// As another process beside this one has them, over the same database.
    func elsewhere() throws -> (cases: CaseStore, calendar: WorkingCalendar) {
        let cases = try Self.cases(evidence, world)
        return (cases, calendar(of: cases))
    }

    private func calendar(of cases: CaseStore) -> WorkingCalendar {
        let world = world
        return WorkingCalendar(
            cases: cases, database: database, permissions: Permissions(), evidence: evidence,
            clock: Clock { world.value.now })
    }

    static func entry(_ id: EntryID, _ provider: PartyID, _ sharing: SharingKind) -> RequestedEntry {
        RequestedEntry(
            title: "企业登记信息", condition: "限于行政审批核验", notSharedBasis: "保守国家秘密法",
            facts: EntryFacts(
                entry: id, provider: provider, sharing: sharing,
                columns: [
                    ColumnFacts("name", .text, grade: .l2), ColumnFacts("status", .text, grade: .l1),
                    ColumnFacts("id_number", .text, grade: .l3), ColumnFacts("founded", .date, grade: .l1),
                ]))
    }

    func set(_ change: @Sendable (inout World) -> Void) { world.change(change) }

    func share(as sharing: SharingKind) {
        let (id, provider) = (entryID, provider)
        set { $0.entry = Self.entry(id, provider, sharing) }
    }

    /// To 09:00 of a later day.
    func wait(days: Int) { set { $0.now = $0.now + .seconds(86_400 * days) } }

    static func wish() -> RequestWish {
        RequestWish(
            columns: ["name", "status"], rows: "status = '在业'", purpose: "行政审批核验",
            legalBasis: "行政许可法", businessItem: "施工许可", deliveries: [.csv, .lookup], expectedRows: 10_000,
            dailyRows: 1_000, from: CalendarDate("2026-01-05"), to: CalendarDate("2026-12-31"),
            retentionDays: 30, isCommitted: true, contactPost: "审批科经办岗")
    }

    func act(
        _ act: RequestAct, _ request: SharingRequest, by principal: Principal, _ opinion: Opinion = .none,
        key: String? = nil
    ) async throws -> SharingRequest {
        try await exchange.perform(
            act, on: request.id, seen: request.file.revision, by: principal, opinion, key: key)
    }

    func drafted() async throws -> SharingRequest {
        try await exchange.draft(entryID, Self.wish(), by: drafter)
    }

    /// Signed off by the applicant's own unit and before the bureau.
    func submitted() async throws -> SharingRequest {
        let signing = try await act(.submit, try await drafted(), by: drafter)
        return try await act(.signOff, signing, by: chief)
    }

    /// Before the provider.
    func accepted() async throws -> SharingRequest {
        try await act(.accept, try await submitted(), by: reviewer)
    }

    func offered() async throws -> SharingRequest {
        try await act(
            .counter(try Self.maskedClauses()), try await accepted(), by: providerChief,
            Opinion(comment: "姓名须脱敏"))
    }

    static func maskedClauses() throws -> [Clause] {
        try wish().clauses() + [.mask(column: "name", .surname)]
    }

    func leaves(_ type: String) async throws -> Int {
        try await database.read {
            try $0.row("SELECT COUNT(*) AS n FROM evidence_leaf WHERE type = \(type)")?.value("n") ?? 0
        }
    }

    func grants() async throws -> Int {
        try await database.read { try $0.row("SELECT COUNT(*) AS n FROM policy_grant")?.value("n") ?? 0 }
    }
}

/// A value that several tasks read and tests change.
final class Shared<Value: Sendable>: Sendable {
    private let box: Mutex<Value>
    init(_ value: Value) { box = Mutex(value) }
    var value: Value { box.withLock { $0 } }
    func change(_ body: @Sendable (inout Value) -> Void) { box.withLock { body(&$0) } }
}

extension CaseHolder {
    static func vacant(_ party: PartyID, _ role: Role) -> CaseHolder { CaseHolder(party: party, role: role) }
}

func inCity(
    _ dialect: Dialect, _ sharing: SharingKind = .conditional, _ body: (SharingCity) async throws -> Void
) async throws {
    try await withDatabase(dialect, SharingCity.migrations) { database in
        try await body(try await SharingCity(database, sharing))
    }
}
