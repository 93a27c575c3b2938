package import Cryptography
package import Evidence
package import Identity
package import Kernel
import Lake
package import Policy

/// Answers look-ups and pages under a grant: rows are found, masked and counted first, then the release is made durable, then the
/// answer leaves.
package final class RowDesk: Sendable {
    package struct Limits: Sendable {
        package let keysMax: Int
        package let pageRowsMax: Int
        /// Of one key; a key that finds more is a key of the wrong kind.
        package let rowsPerKeyMax: Int
        /// Of one answer, which is held in memory whole.
        package let answerRowsMax: Int
        /// Of an entry that is asked live: each is a call of another's service.
        package let liveKeysMax: Int

        package init(
            keysMax: Int, pageRowsMax: Int, rowsPerKeyMax: Int = 1_000, answerRowsMax: Int = 20_000,
            liveKeysMax: Int = 20
        ) {
            self.liveKeysMax = liveKeysMax
            self.keysMax = keysMax
            self.pageRowsMax = pageRowsMax
            self.rowsPerKeyMax = rowsPerKeyMax
            self.answerRowsMax = answerRowsMax
        }
    }

    let prepared: PreparedGrants
    private let permissions: Permissions
    let journal: ReleaseJournal
    private let freshness: EvidenceFreshness
    private let keyMAC: MAC
    let cursorCipher: Cipher
    let tally: ReleaseTally
    let limits: Limits
    private let calendars: CalendarInForce
    private var calendar: WorkingDayCalendar { calendars.now }
    let clock: Clock
    package let figures = RowFigures()

    /// `keyMAC` names keys in evidence; `cursorCipher` seals what a cursor says, so that only this node can make and read one.
    package init(
        prepared: PreparedGrants, permissions: Permissions, journal: ReleaseJournal,
        freshness: EvidenceFreshness, keyMAC: MAC, cursorCipher: Cipher, tally: ReleaseTally, limits: Limits,
        calendars: CalendarInForce, clock: Clock
    ) {
        self.prepared = prepared
        self.permissions = permissions
        self.journal = journal
        self.freshness = freshness
        self.keyMAC = keyMAC
        self.cursorCipher = cursorCipher
        self.tally = tally
        self.limits = limits
        self.calendars = calendars
        self.clock = clock
    }

    package func lookUp(_ lookUp: LookUp, by principal: Principal) async throws -> RowsAnswer {
        guard !lookUp.keys.isEmpty else { throw ReleaseError.noKeys }
        guard lookUp.keys.count <= limits.keysMax else { throw ReleaseError.tooManyKeys(max: limits.keysMax) }
        return try await answer(.lookup, of: lookUp.grant, by: principal) { prepared, asking in
            let column = try prepared.plan.key(lookUp.column)
            var found = Found(roomNeeded: lookUp.keys.count)
            var keys: [Value] = []
            for (position, text) in lookUp.keys.enumerated() {
                let key = try LookUpKey.value(text, as: column.type, position: position)
                keys.append(key)
                found.names.append(.string(self.name(of: key)))
            }
            if case .live(let live) = prepared.basis {
                try await ask(live, column, keys, for: asking, prepared, into: &found) {
                    found, position, rows in
                    for row in rows { found.take(prepared.program.output(of: row), key: position) }
                }
                return found
            }
            for (position, key) in keys.enumerated() {
                for row in try stored(column, key, position, prepared) { found.take(row, key: position) }
                try demandRoom(found)
            }
            return found
        }
    }

    /// Of each row with that key what leaves; nil when the grant withholds it.
    private func stored(
        _ column: Column, _ key: Value, _ position: Int, _ prepared: PreparedGrant
    ) throws -> [[Value]?] {
        let rows = try prepared.stored().rows.rows(
            where: column.name, equals: key, rowsMax: limits.rowsPerKeyMax + 1, through: prepared.program)
        guard rows.count <= limits.rowsPerKeyMax else {
            throw ReleaseError.keyTooCommon(position: position, rowsMax: limits.rowsPerKeyMax)
        }
        return rows
    }

    func demandRoom(_ found: Found) throws(ReleaseError) {
        guard found.rows.count <= limits.answerRowsMax else {
            throw ReleaseError.answerTooLarge(rowsMax: limits.answerRowsMax)
        }
    }

    /// Whether what is claimed of a key is so. Nothing else is told: a key that is not there, one that the grant keeps back and a
    /// claim that is wrong are one answer.
    ///
    /// A claim is compared as the value would leave: what a mask takes away of the value it takes away of the claim. Each call is
    /// charged as one row, whatever it finds, and counts as a try for its key.
    package func verify(_ call: VerifyCall, by principal: Principal) async throws -> VerifyAnswer {
        try call.demandClaims()
        let answer = try await answer(.verify, of: call.grant, by: principal) { prepared, asking in
            let column = try prepared.plan.key(call.column)
            let key = try LookUpKey.value(call.key, as: column.type, position: 0)
            let claim = try call.claimed(under: prepared)
            var found = Found(roomNeeded: 1)
            found.charge = 1
            found.names.append(.string(self.name(of: key)))
            found.keyTry = QuotaLedger.Request.KeyTry(
                key: self.name(of: key), triesMax: prepared.plan.circumstances.triesPerKey ?? 0)
            if case .live(let live) = prepared.basis {
                found.isSo = false
                try await ask(live, column, [key], for: asking, prepared, into: &found) { found, _, rows in
                    found.isSo = rows.contains {
                        prepared.program.output(of: $0).map(claim.holds) ?? false
                    }
                }
                return found
            }
            let rows = try stored(column, key, 0, prepared)
            found.isSo = rows.contains { row in row.map(claim.holds) ?? false }
            return found
        }
        return VerifyAnswer(answer)
    }

    /// One page of all rows that the grant lets out, and the cursor of the next; nil after the last.
    package func page(
        of grant: GrantID, after cursor: String?, limit: Int, by principal: Principal
    ) async throws -> RowsAnswer {
        guard (1...limits.pageRowsMax).contains(limit) else {
            throw ReleaseError.pageTooLarge(rowsMax: limits.pageRowsMax)
        }
        return try await answer(.pages, of: grant, by: principal) { prepared, _ in
            let (served, store) = try prepared.stored()
            var position: Int64 = 0
            if let cursor {
                let from = try PageCursor(cursor, of: grant, cursorCipher)
                guard from.version == served.version else { throw ReleaseError.cursorOutdated }
                guard from.revision == prepared.grant.revision else { throw ReleaseError.cursorGrantRevised }
                position = from.row
            }
            var found = Found(roomNeeded: 0)
            // A strict predicate may keep back many rows in a row: the look ahead is bounded, the page may be short.
            let passage = try store.page(
                from: position, limit: limit, readMax: Int64(limit) * Self.lookAhead,
                through: prepared.program)
            found.rows = passage.rows.map { RowsAnswer.Row(key: nil, values: $0) }
            found.withheld = passage.withheld
            position = passage.end
            let next: String? =
                position < store.rows
                ? try PageCursor(
                    version: served.version, revision: prepared.grant.revision, row: position
                ).text(of: grant, cursorCipher) : nil
            found.next = .some(next)
            return found
        }
    }

    /// Rows read at most for each row of a page.
    private static let lookAhead: Int64 = 20

    /// As evidence names a look-up key: the same key has the same name, and only this node's key store can compute it.
    package func name(of key: Value) -> String {
        String(keyMAC.tag(RowEncoding.encode([key])).prefix(16).hex)
    }

    struct Found {
        let roomNeeded: Int
        var rows: [RowsAnswer.Row] = []
        var withheld = 0
        var names: [JSON] = []
        /// Of a page; see `AnswerText`.
        var next: String??
        /// Of a verify call.
        var isSo: Bool?
        var keyTry: QuotaLedger.Request.KeyTry?
        /// Nil: the rows that leave.
        var charge: Int64?
        /// Of a live source: keyed digests of what it answered, one a key. Its call was counted when it was asked.
        var answers: [JSON]?

        init(roomNeeded: Int) { self.roomNeeded = roomNeeded }

        /// What leaves of a row; nil when the grant withholds it.
        mutating func take(_ output: [Value]?, key: Int) {
            if let values = output {
                rows.append(RowsAnswer.Row(key: key, values: values))
            } else {
                withheld += 1
            }
        }
    }

    private func answer(
        _ delivery: DeliveryKind, of id: GrantID, by principal: Principal,
        _ find: @Sendable (PreparedGrant, Asking) async throws -> Found
    ) async throws -> RowsAnswer {
        do {
            let answer = try await tally.watching {
                try await insisting(delivery, of: id, by: principal, find)
            }
            figures.answered(delivery, rows: answer.rows.count, withheld: answer.withheld)
            return answer
        } catch {
            figures.ended(delivery, by: error)
            throw error
        }
    }

    private func insisting(
        _ delivery: DeliveryKind, of id: GrantID, by principal: Principal,
        _ find: @Sendable (PreparedGrant, Asking) async throws -> Found
    ) async throws -> RowsAnswer {
        try await recorded { try await freshness.require() }
        do {
            return try await attempt(delivery, of: id, by: principal, find)
        } catch PolicyError.grantMoved {
            // Prepared a moment before somebody changed the grant: once more, as it is now.
            prepared.forget(id)
            return try await attempt(delivery, of: id, by: principal, find)
        }
    }

    private func attempt(
        _ delivery: DeliveryKind, of id: GrantID, by principal: Principal,
        _ find: @Sendable (PreparedGrant, Asking) async throws -> Found
    ) async throws -> RowsAnswer {
        let asked = clock.now()
        let release = ReleaseID.new(at: asked)
        let asking = Asking(delivery: delivery, release: release, principal: principal, at: asked)
        let (prepared, found) = try await admitted(id, asking, find)
        // A source may have taken its time.
        let now = found.answers == nil ? asked : clock.now()
        let (grant, leafID) = (prepared.grant, LeafID.new(at: now))
        let basis = AnswerText.Basis(prepared, at: now)
        let head = AnswerText.Head(
            release: release, leaf: leafID, grant: grant.id, revision: grant.revision, basis: basis)
        let charge = found.charge ?? Int64(found.rows.count)
        let text =
            if let isSo = found.isSo { try AnswerText(head, isSo: isSo) } else {
                try AnswerText(
                    head, columns: prepared.program.outputSchema, rows: found.rows, next: found.next)
            }
        var payload: [String: JSON] = [
            "delivery": .string(delivery.rawValue), "rows": .integer(charge),
            "withheld": .integer(Int64(found.withheld)), "keys": .array(found.names),
            "answer": .string(text.digest),
        ]
        payload["sourceAnswers"] = found.answers.map { .array($0) }
        let leaf = leaf("release.authorised", leafID, release, prepared, principal, at: now, payload)
        let digest = try await recorded {
            try await journal.authorise(
                ReleaseJournal.Authorisation(
                    request: QuotaLedger.Request(
                        grant: grant.id, revision: grant.revision, release: release,
                        rows: charge, roomNeeded: Int64(found.roomNeeded), leaseUntil: nil,
                        keyTry: found.answers == nil ? found.keyTry : nil,
                        isFollowing: found.answers != nil),
                    leaf: leaf, refusal: refusal(of: asking, prepared, found.names, leafID, at: now)))
        }
        journal.note(ReleaseJournal.Answered(release: release, grant: grant.id, rows: charge))
        return RowsAnswer(
            release: release, leaf: digest, leafID: leafID, grant: grant.id, revision: grant.revision,
            basis: basis, columns: prepared.program.outputSchema, rows: found.rows,
            withheld: found.withheld, next: found.next ?? nil, text: text)
    }

    /// The rows, for one who may have them under this grant in this way. A refusal is durable before it is said; a request that is
    /// malformed in itself asked for nothing, and is only counted.
    func admitted(
        _ id: GrantID, _ asking: Asking, _ find: @Sendable (PreparedGrant, Asking) async throws -> Found
    ) async throws -> (PreparedGrant, Found) {
        let preparation = try await self.prepared.prepared(id)
        let (principal, now) = (asking.principal, asking.at)
        do {
            // Its revision is checked for the whole group, in the transaction that takes the quota.
            _ = try permissions.permit(.releaseRows, on: preparation.grant, for: principal)
            let prepared = try preparation.outcome.get()
            _ = try prepared.plan.outward(
                by: asking.delivery, on: Occasion(at: now, from: principal.address, calendar: calendar))
            return (prepared, try await find(prepared, asking))
        } catch let error as Recorded {
            throw error.error
        } catch let error as any ProblemConvertible {
            if let error = error as? ReleaseError, error.isMalformedRequest { throw error }
            try await recorded {
                try await journal.record(
                    Leaf(
                        id: LeafID.new(at: now), type: "release.refused", at: now, actor: principal.actor,
                        subjects: [Leaf.Subject(id), Leaf.Subject(preparation.grant.entry)],
                        payload: [
                            "delivery": .string(asking.delivery.rawValue),
                            "revision": .integer(Int64(preparation.grant.revision)),
                            "problem": .string(error.problem.message.key),
                        ]))
            }
            throw error
        }
    }

    /// One call on its way.
    struct Asking: Sendable {
        let delivery: DeliveryKind
        let release: ReleaseID
        let principal: Principal
        let at: Instant
    }

    /// What evidence tells already.
    struct Recorded: Error { let error: any Error }

    func refusal(
        of asking: Asking, _ prepared: PreparedGrant, _ names: [JSON], _ id: LeafID, at now: Instant
    ) -> @Sendable (PolicyError) -> Leaf {
        { error in
            var payload: [String: JSON] = [
                "delivery": .string(asking.delivery.rawValue),
                "problem": .string(error.problem.message.key), "keys": .array(names),
            ]
            if case .rateExceeded(_, _, _, _, let refusals) = error {
                payload["refusals"] = .integer(refusals)
            }
            return self.leaf(
                "release.refused", id, asking.release, prepared, asking.principal, at: now, payload)
        }
    }

    func leaf(
        _ type: String, _ id: LeafID, _ release: ReleaseID, _ prepared: PreparedGrant,
        _ principal: Principal, at now: Instant, _ payload: [String: JSON]
    ) -> Leaf {
        var payload = payload
        payload["revision"] = .integer(Int64(prepared.grant.revision))
        payload["plan"] = .string(prepared.grant.planDigest)
        switch prepared.basis {
        case .version(let served, _): payload["version"] = .string(served.version.text)
        case .live(let live):
            payload["live"] = ["hook": .string(live.hook.text), "revision": .integer(Int64(live.revision))]
        }
        return Leaf(
            id: id, type: type, at: now, actor: principal.actor,
            subjects: [
                Leaf.Subject(release), Leaf.Subject(prepared.grant.id), Leaf.Subject(prepared.grant.entry),
            ], payload: .object(payload))
    }
}
