import Evidence
import Foundation
package import Identity
package import Kernel
import Lake
import Persistence
import Policy

/// One release with a part for each grant: every quota is taken in one transaction or none is, before anything is looked up.
extension NameListDesk {
    /// One grant made ready, under the choice.
    struct ReadyPart: Sendable {
        let part: NameListPart
        let grant: Grant
        let plan: Plan
        let program: RowProgram
        /// Those behind a key, as they are kept.
        let rows: @Sendable (String) throws -> [[Value]]
        let entry: String
        let provider: String
    }

    struct Work: Sendable {
        let list: NameList
        let choice: NameListChoice
        let keys: Int64
        let ready: [ReadyPart]
        let streams: [GrantWatch.Stream]
        let authorisedAt: Instant
        let authorisedLeaf: LeafID
        /// Of what is no release: it stands on every page of the workbook.
        var mark: String?
    }

    /// Matches and writes; the list as it ended. A list that was released already is answered as it stands.
    ///
    /// - Throws: `NameListError`; a refusal of one grant stops them all and names it; `LakeError.cancelled` when it was cancelled.
    package func release(_ id: ReleaseID, by principal: Principal) async throws -> NameList {
        guard let work = try await authorised(id, by: principal) else {
            return try await find(id, for: principal)
        }
        return try await carryOut(work)
    }

    /// Authorises, and goes on in the background: the list then tells how far it is.
    package func begin(_ id: ReleaseID, by principal: Principal) async throws -> NameList {
        if let work = try await authorised(id, by: principal) {
            await running.start(id) { _ = try await carryOut(work) }
        }
        return try await find(id, for: principal)
    }

    private func authorised(_ id: ReleaseID, by principal: Principal) async throws -> Work? {
        try await parts.tally.watching {
            do {
                try await recorded { try await parts.freshness.require() }
                let list = try await own(id, by: principal)
                guard list.state == .draft else { return nil }
                guard let choice = list.choice, let findings = list.findings else {
                    throw NameListError.notChecked
                }
                do {
                    try admit(findings, choice)
                    let ready = try await prepare(list, choice, findings, principal)
                    return try await authorise(list, choice, findings, ready, principal)
                } catch let error as any ProblemConvertible {
                    try await recordRefusal(error.problem, of: list, choice, principal)
                    throw error
                }
            } catch { throw EvidenceError.meaning(of: error) }
        }
    }

    /// What the list itself says, whatever is asked of it.
    func admit(_ findings: NameListFindings, _ choice: NameListChoice) throws(NameListError) {
        guard findings.unreadable == 0 else {
            throw .unreadable(count: findings.unreadable, findings.faults)
        }
        guard findings.keys > 0 else { throw .noKeys }
        if let run = findings.run, run.length >= limits.runMax {
            throw .counted(run: run.length, max: limits.runMax, place: run.place)
        }
    }

    private func prepare(
        _ list: NameList, _ choice: NameListChoice, _ findings: NameListFindings, _ principal: Principal
    ) async throws -> [ReadyPart] {
        let now = parts.clock.now()
        var ready: [ReadyPart] = []
        for chosen in choice.parts {
            guard let id = chosen.grantID else { throw NameListError.grantNotOffered(chosen.grant) }
            let preparation = try await parts.prepared.prepared(id)
            let grant = preparation.grant
            // Before anything is told of it: whether this principal may have rows under it at all.
            _ = try parts.permissions.permit(.releaseRows, on: grant, for: principal)
            let title = try await parts.entryTitle(grant.entry)
            do {
                let prepared = try preparation.outcome.get()
                let served = try prepared.stored().served
                _ = try prepared.plan.outward(
                    by: .nameList, on: Occasion(at: now, from: principal.address, calendar: parts.calendar))
                guard Self.isKey(chosen.keyColumn, of: prepared.plan) else {
                    throw NameListError.grantNotOffered(chosen.grant)
                }
                try Self.demandCases(prepared.plan, choice, findings, entry: title)
                ready.append(
                    ReadyPart(
                        part: NameListPart(
                            release: ReleaseID.new(at: now), grant: id, revision: grant.revision,
                            entry: grant.entry, provider: grant.provider, keyColumn: chosen.keyColumn,
                            version: served.version, versionNumber: served.number,
                            asOf: served.publishedAt, keysAsked: findings.keys, figures: nil),
                        grant: grant, plan: prepared.plan, program: prepared.program,
                        rows: { key in
                            try prepared.stored().rows.rows(
                                where: chosen.keyColumn, equals: .text(key),
                                rowsMax: NameListLimits.rowsPerKeyMax)
                        }, entry: title,
                        provider: try await parts.partyName(grant.provider)))
            } catch let error as NameListError {
                throw error
            } catch let error as any ProblemConvertible {
                throw NameListError.partRefused(entry: title, error.problem)
            }
        }
        return ready
    }

    static func demandCases(
        _ plan: Plan, _ choice: NameListChoice, _ findings: NameListFindings, entry: String
    ) throws(NameListError) {
        guard plan.requiresCase else { return }
        let missing = choice.caseNumber == nil ? findings.rows : findings.casesMissing
        guard missing == 0 else { throw .caseNumbersMissing(entry: entry, rows: missing) }
    }

    /// The first record: every quota taken, every grant unmoved, the leaf, the list and its parts durable in one transaction.
    private func authorise(
        _ list: NameList, _ choice: NameListChoice, _ findings: NameListFindings, _ ready: [ReadyPart],
        _ principal: Principal
    ) async throws -> Work? {
        let now = parts.clock.now()
        let leaseUntil = now + .seconds(parts.leaseSeconds)
        // Opened before the look at the grants that counts: what moves one afterwards ends the stream.
        let streams = ready.map { parts.watch.stream($0.part.grant, revision: $0.part.revision) }
        // A command's process polls nothing by itself: without this look its streams would hold the grants for lost.
        try await parts.watch.poll(parts.database)
        let leaf = authorisedLeaf(list, findings, ready, principal, at: now)
        let (desk, evidence, ledger, store) = (self, parts.evidence, parts.ledger, store)
        let isFirst = try await recorded {
            try await desk.parts.database.write { connection -> Bool in
                guard
                    try store.authorise(
                        list.id, ready.map(\.part), leaf.id, of: list, at: now, leaseUntil: leaseUntil,
                        in: connection)
                else { return false }
                try desk.demandRoom(list, ready, at: now, in: connection)
                let outcomes = try ledger.reserve(
                    ready.map { part in
                        QuotaLedger.Request(
                            grant: part.part.grant, revision: part.part.revision,
                            release: part.part.release, rows: part.part.keysAsked, leaseUntil: leaseUntil)
                    }, at: now, in: connection)
                for (part, outcome) in zip(ready, outcomes) {
                    if case .failure(let error) = outcome {
                        throw NameListError.partRefused(entry: part.entry, error.problem)
                    }
                    try FileReleaseStore().insert(
                        part.release(of: list, leaf.id, at: now, leaseUntil: leaseUntil), in: connection)
                }
                try evidence.append(leaf, in: connection)
                return true
            }
        }
        guard isFirst else { return nil }
        return Work(
            list: list, choice: choice, keys: findings.keys, ready: ready, streams: streams,
            authorisedAt: now, authorisedLeaf: leaf.id)
    }

    /// The limits that count over lists; with the parts of this one already written.
    private func demandRoom(
        _ list: NameList, _ ready: [ReadyPart], at now: Instant, in connection: any Connection
    ) throws {
        let day = now.date()
        for part in ready {
            if let hold = try store.hold(on: part.part.grant, in: connection) {
                throw NameListError.held(entry: part.entry, since: hold.since)
            }
            let lists = try store.listsAsked(
                under: part.part.grant, by: list.recipient, on: day, in: connection)
            guard lists <= limits.listsPerDayMax else {
                throw NameListError.tooManyLists(entry: part.entry, max: limits.listsPerDayMax)
            }
        }
        let asked = try store.keysAsked(by: list.account, in: list.post, on: day, in: connection)
        let wanted = ready.reduce(0) { $0 + $1.part.keysAsked }
        guard asked <= Int64(limits.keysPerDayMax) else {
            throw NameListError.tooManyKeys(
                asked: wanted, left: max(0, Int64(limits.keysPerDayMax) - (asked - wanted)),
                max: limits.keysPerDayMax)
        }
    }

    private func authorisedLeaf(
        _ list: NameList, _ findings: NameListFindings, _ ready: [ReadyPart], _ principal: Principal,
        at now: Instant
    ) -> Leaf {
        Leaf(
            id: LeafID.new(at: now), type: "release.authorised", at: now, actor: principal.actor,
            subjects: list.subjects(ready.map(\.part)),
            payload: [
                "delivery": .string(DeliveryKind.nameList.rawValue), "list": .string(list.file.sha256),
                "keysAsked": .integer(findings.keys), "names": .string(findings.namesDigest),
                "authorisations": .array(list.attachments.map { .string($0.sha256) }),
                "parts": .array(
                    ready.map { ready in
                        [
                            "release": .string(ready.part.release.text),
                            "grant": .string(ready.part.grant.text),
                            "revision": .integer(Int64(ready.part.revision)),
                            "plan": .string(ready.grant.planDigest),
                            "version": .string(ready.part.version.text),
                            "rowsReserved": .integer(ready.part.keysAsked),
                        ]
                    }),
            ])
    }

    /// Refusals are evidence too, whoever they come from.
    private func recordRefusal(
        _ problem: Problem, of list: NameList, _ choice: NameListChoice, _ principal: Principal
    ) async throws {
        let now = parts.clock.now()
        _ = try await recorded {
            try await parts.evidence.recordOnly(
                Leaf(
                    id: LeafID.new(at: now), type: "release.refused", at: now, actor: principal.actor,
                    subjects: [Leaf.Subject(list.id)]
                        + choice.parts.compactMap { $0.grantID.map { Leaf.Subject($0) } },
                    payload: [
                        "delivery": .string(DeliveryKind.nameList.rawValue),
                        "list": .string(list.file.sha256), "problem": .string(problem.message.key),
                    ]), in: parts.database)
        }
    }
}

extension NameList {
    /// The list, then its parts with what they were made under.
    func subjects(_ parts: [NameListPart]) -> [Leaf.Subject] {
        [Leaf.Subject(id), Leaf.Subject(recipient)]
            + parts.flatMap { [Leaf.Subject($0.release), Leaf.Subject($0.grant), Leaf.Subject($0.entry)] }
    }
}

extension NameListDesk.ReadyPart {
    fileprivate func release(
        of list: NameList, _ leaf: LeafID, at now: Instant, leaseUntil: Instant
    ) -> FileRelease {
        FileRelease(
            id: part.release, grant: part.grant, revision: part.revision, entry: part.entry,
            version: part.version, versionNumber: part.versionNumber, provider: part.provider,
            recipient: list.recipient, delivery: .nameList, state: .authorised, rowsReserved: part.keysAsked,
            rowsOut: nil, rowsWithheld: nil, bytes: nil, sha256: nil, problem: nil,
            requestedBy: list.account, authorisedAt: now, leaseUntil: leaseUntil, settledAt: nil,
            authorisedLeaf: leaf, settledLeaf: nil, hasReceipt: false)
    }
}
