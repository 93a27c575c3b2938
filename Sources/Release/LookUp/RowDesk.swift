package import Cryptography
package import Evidence
package import Identity
package import Kernel
import Lake
package import Policy

/// Answers look-ups and pages under a grant: rows are found, masked and counted first, then the release is made durable, then the
/// answer leaves.
package struct RowDesk: Sendable {
    package struct Limits: Sendable {
        package let keysMax: Int
        package let pageRowsMax: Int
        /// Of one key; a key that finds more is a key of the wrong kind.
        package let rowsPerKeyMax: Int

        package init(keysMax: Int, pageRowsMax: Int, rowsPerKeyMax: Int = 1_000) {
            self.keysMax = keysMax
            self.pageRowsMax = pageRowsMax
            self.rowsPerKeyMax = rowsPerKeyMax
        }
    }

    private let prepared: PreparedGrants
    private let permissions: Permissions
    private let journal: ReleaseJournal
    private let freshness: EvidenceFreshness
    private let keyMAC: MAC
    private let cursorMAC: MAC
    let limits: Limits
    private let clock: Clock
    package let figures = RowFigures()

    /// `keyMAC` names keys in evidence; `cursorMAC` proves that a cursor was given out by this node.
    package init(
        prepared: PreparedGrants, permissions: Permissions, journal: ReleaseJournal,
        freshness: EvidenceFreshness, keyMAC: MAC, cursorMAC: MAC, limits: Limits, clock: Clock
    ) {
        self.prepared = prepared
        self.permissions = permissions
        self.journal = journal
        self.freshness = freshness
        self.keyMAC = keyMAC
        self.cursorMAC = cursorMAC
        self.limits = limits
        self.clock = clock
    }

    package func lookUp(_ lookUp: LookUp, by principal: Principal) async throws -> RowsAnswer {
        guard !lookUp.keys.isEmpty else { throw ReleaseError.noKeys }
        guard lookUp.keys.count <= limits.keysMax else { throw ReleaseError.tooManyKeys(max: limits.keysMax) }
        return try await answer(.lookup, of: lookUp.grant, by: principal) { prepared in
            let column = try prepared.plan.key(lookUp.column)
            var found = Found()
            for (position, text) in lookUp.keys.enumerated() {
                let key = try LookUpKey.value(text, as: column.type, position: position)
                found.names.append(.string(self.name(of: key)))
                let rows = try prepared.rows.rows(
                    where: column.name, equals: key, rowsMax: limits.rowsPerKeyMax)
                for row in rows { found.take(row, prepared.program, key: position) }
            }
            return found
        }
    }

    /// One page of all rows that the grant lets out, and the cursor of the next; nil after the last.
    package func page(
        of grant: GrantID, after cursor: String?, limit: Int, by principal: Principal
    ) async throws -> (answer: RowsAnswer, next: String?) {
        guard (1...limits.pageRowsMax).contains(limit) else {
            throw ReleaseError.pageTooLarge(rowsMax: limits.pageRowsMax)
        }
        var next: String?
        let from = try cursor.map { try PageCursor($0, of: grant, cursorMAC) }
        let pageStart = PageStart()
        let answer = try await self.answer(.pages, of: grant, by: principal) { prepared in
            if let from, from.version != prepared.served.version { throw ReleaseError.cursorOutdated }
            var found = Found()
            var position = from?.row ?? 0
            // A strict predicate may keep back many rows in a row: the look ahead is bounded, the page may be short.
            let end = min(prepared.rows.rows, position + Int64(limit) * 20)
            while position < end, found.rows.count < limit {
                let batch = try prepared.rows.page(from: position, limit: limit - found.rows.count)
                if batch.isEmpty { break }
                for row in batch { found.take(row, prepared.program, key: nil) }
                position += Int64(batch.count)
            }
            pageStart.set(position < prepared.rows.rows ? position : nil)
            return found
        }
        if let row = pageStart.row {
            next = PageCursor(version: answer.version, row: row).text(of: grant, cursorMAC)
        }
        return (answer, next)
    }

    /// As evidence names a look-up key: the same key has the same name, and only this node's key store can compute it.
    package func name(of key: Value) -> String {
        String(keyMAC.tag(RowEncoding.encode([key])).prefix(16).hex)
    }

    private struct Found {
        var rows: [RowsAnswer.Row] = []
        var withheld = 0
        var names: [JSON] = []

        mutating func take(_ row: [Value], _ program: RowProgram, key: Int?) {
            if let values = program.output(of: row) {
                rows.append(RowsAnswer.Row(key: key, values: values))
            } else {
                withheld += 1
            }
        }
    }

    private func answer(
        _ delivery: DeliveryKind, of id: GrantID, by principal: Principal,
        _ find: @Sendable (PreparedGrant) throws -> Found
    ) async throws -> RowsAnswer {
        do {
            let answer = try await insisting(delivery, of: id, by: principal, find)
            figures.answered(delivery, rows: answer.rows.count, withheld: answer.withheld)
            return answer
        } catch {
            figures.ended(delivery, by: error)
            throw error
        }
    }

    private func insisting(
        _ delivery: DeliveryKind, of id: GrantID, by principal: Principal,
        _ find: @Sendable (PreparedGrant) throws -> Found
    ) async throws -> RowsAnswer {
        try await freshness.require()
        do {
            return try await attempt(delivery, of: id, by: principal, find)
        } catch PolicyError.grantMoved {
            // Prepared a moment before somebody changed the grant: once more, as it is now.
            await prepared.forget(id)
            return try await attempt(delivery, of: id, by: principal, find)
        }
    }

    private func attempt(
        _ delivery: DeliveryKind, of id: GrantID, by principal: Principal,
        _ find: @Sendable (PreparedGrant) throws -> Found
    ) async throws -> RowsAnswer {
        let now = clock.now()
        let prepared = try await admitted(delivery, of: id, by: principal, at: now)
        let grant = prepared.grant
        let found = try find(prepared)
        let release = ReleaseID.new(at: now)
        let leaf = leaf(
            "release.authorised", release, prepared, principal, at: now,
            [
                "delivery": .string(delivery.rawValue), "rows": .integer(Int64(found.rows.count)),
                "withheld": .integer(Int64(found.withheld)), "keys": .array(found.names),
            ])
        let digest = try await journal.authorise(
            ReleaseJournal.Authorisation(
                request: QuotaLedger.Request(
                    grant: grant.id, revision: grant.revision, release: release,
                    rows: Int64(found.rows.count), leaseUntil: nil),
                leaf: leaf,
                refusal: { error in
                    self.leaf(
                        "release.refused", release, prepared, principal, at: now,
                        [
                            "delivery": .string(delivery.rawValue),
                            "problem": .string(error.problem.message.key), "keys": .array(found.names),
                        ])
                }))
        journal.note(ReleaseJournal.Answered(release: release, rows: Int64(found.rows.count)))
        return RowsAnswer(
            release: release, leaf: digest, leafID: leaf.id, grant: grant.id, revision: grant.revision,
            version: prepared.served.version, versionNumber: prepared.served.number,
            columns: prepared.program.outputSchema, rows: found.rows, withheld: found.withheld)
    }

    /// The grant made ready, for one who may have rows under it in this way. A refusal is durable before it is said.
    private func admitted(
        _ delivery: DeliveryKind, of id: GrantID, by principal: Principal, at now: Instant
    ) async throws -> PreparedGrant {
        do {
            let prepared = try await self.prepared.prepared(id)
            try demand(prepared.grant, principal)
            _ = try prepared.plan.outward(by: delivery, on: now.date())
            return prepared
        } catch PolicyError.grantNotFound(let id) {
            throw PolicyError.grantNotFound(id)
        } catch let error as PolicyError {
            try await journal.record(
                Leaf(
                    id: LeafID.new(at: now), type: "release.refused", at: now, actor: principal.actor,
                    subjects: [Leaf.Subject(id)],
                    payload: [
                        "delivery": .string(delivery.rawValue),
                        "problem": .string(error.problem.message.key),
                    ]))
            throw error
        }
    }

    /// The permit is demanded here and its revision is checked for the whole group, in the transaction that takes the quota.
    private func demand(_ grant: Grant, _ principal: Principal) throws(PolicyError) {
        let revision = grant.revision
        _ = try permissions.permit(
            .releaseRows,
            on: Subject(
                Leaf.Subject(grant.id), owner: grant.provider, recipient: grant.consumer, revision: revision
            ) { _ in revision }, for: principal)
    }

    private func leaf(
        _ type: String, _ release: ReleaseID, _ prepared: PreparedGrant, _ principal: Principal,
        at now: Instant, _ payload: [String: JSON]
    ) -> Leaf {
        var payload = payload
        payload["revision"] = .integer(Int64(prepared.grant.revision))
        payload["plan"] = .string(prepared.grant.planDigest)
        payload["version"] = .string(prepared.served.version.text)
        return Leaf(
            id: LeafID.new(at: now), type: type, at: now, actor: principal.actor,
            subjects: [
                Leaf.Subject(release), Leaf.Subject(prepared.grant.id), Leaf.Subject(prepared.grant.entry),
            ], payload: .object(payload))
    }
}
