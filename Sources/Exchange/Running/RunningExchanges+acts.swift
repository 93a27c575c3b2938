import Evidence
package import Identity
package import Kernel
import Persistence
package import Policy

extension RunningExchanges {
    /// What came of signing several at once.
    package struct Signed: Sendable, Hashable {
        package var signed = 0
        package var granted = 0
        package var refused: [Refused] = []

        package struct Refused: Sendable, Hashable {
            package let line: Int64
            package let problem: Problem
        }
    }

    /// One page of those that `principal` may know of.
    package func list(
        _ filter: RunningFilter, for principal: Principal, after: CaseID? = nil, linesMax: Int = linesMax
    ) async throws -> (lines: [RunningExchange], count: Int) {
        let (store, scope) = (store, exchange.permissions.scope(of: .shareRequest, for: principal))
        return try await exchange.database.read { connection in
            (
                try store.list(filter, scope: scope, after: after, linesMax: linesMax, in: connection),
                try store.count(filter, scope: scope, in: connection)
            )
        }
    }

    /// The lists that a unit brought, and those with rows of its own in them.
    package func batches(for principal: Principal) async throws -> [ExchangeBatch] {
        let (store, scope) = (store, exchange.permissions.scope(of: .shareRequest, for: principal))
        return try await exchange.database.read { connection in
            try store.batches(scope: scope, linesMax: Self.linesMax, in: connection).compactMap {
                try shown($0, scope: scope, in: connection)
            }
        }
    }

    package func batch(_ id: ExchangeBatchID, for principal: Principal) async throws -> ExchangeBatch {
        let (store, scope) = (store, exchange.permissions.scope(of: .shareRequest, for: principal))
        let found = try await exchange.database.read { connection in
            try store.batch(id, in: connection).flatMap { try shown($0, scope: scope, in: connection) }
        }
        guard let found else { throw ExchangeError.runningNotFound }
        return found
    }

    /// Whoever did not bring it is shown their own rows, and nothing of what others' rows got wrong.
    private func shown(
        _ batch: ExchangeBatch, scope: Scope, in connection: any Connection
    ) throws -> ExchangeBatch? {
        if scope.admits(owner: batch.party) { return batch }
        let own = try store.count(RunningFilter(batch: batch.id), scope: scope, in: connection)
        guard own > 0 else { return nil }
        return ExchangeBatch(
            id: batch.id, fileName: batch.fileName, party: batch.party, broughtBy: batch.broughtBy,
            broughtAt: batch.broughtAt, taken: own, refused: [])
    }

    package func find(_ id: CaseID, for principal: Principal) async throws -> RunningExchange {
        let (store, scope) = (store, exchange.permissions.scope(of: .shareRequest, for: principal))
        let found = try await exchange.database.read { try store.load(id, in: $0) }
        guard let found, scope.admits(owner: found.provider, recipient: found.recipient) else {
            throw ExchangeError.runningNotFound
        }
        return found
    }

    package func may(_ action: Action, _ running: RunningExchange, _ principal: Principal) -> Bool {
        exchange.permissions.allows(action, on: Self.subject(of: running), for: principal)
    }

    /// Whose signature the principal would give; nil for none that is still missing.
    package func side(of principal: Principal, on running: RunningExchange) -> Side? {
        guard running.state == .open, running.lacks.isEmpty, may(.signGrant, running, principal) else {
            return nil
        }
        let others = [running.byProvider?.account, running.byBureau?.account]
        guard !others.contains(principal.account) else { return nil }
        if running.byProvider == nil, principal.party == running.provider,
            principal.roles.contains(.departmentCDO)
        {
            return .provider
        }
        let isBureau = principal.roles.contains(.bureauReviewer) && principal.scope.contains(running.provider)
        return running.byBureau == nil && isBureau ? .bureau : nil
    }

    package enum Side: String, Sendable, Hashable, CaseIterable { case provider, bureau }

    /// Those of a batch that wait for the principal's signature.
    package func waiting(
        in batch: ExchangeBatchID, for principal: Principal
    ) async throws -> [RunningExchange] {
        let all = try await list(
            RunningFilter(batch: batch, state: .open, isLacking: false), for: principal,
            linesMax: Self.rowsMax)
        return all.lines.filter { side(of: principal, on: $0) != nil }
    }

    /// Signs each by itself: one that is refused keeps none of the others.
    package func sign(_ waiting: [RunningExchange], by principal: Principal) async throws -> Signed {
        var outcome = Signed()
        for running in waiting {
            do {
                let signed = try await sign(running, by: principal)
                outcome.signed += 1
                if signed.grant != nil { outcome.granted += 1 }
            } catch let error as any ProblemConvertible {
                outcome.refused.append(Signed.Refused(line: running.line, problem: error.problem))
            }
        }
        return outcome
    }

    /// - Throws: `ExchangeError.runningLacks`, `.runningNotYours`; `PolicyError.refused` when the terms cannot be enforced, `.moved`.
    @discardableResult
    package func sign(_ running: RunningExchange, by principal: Principal) async throws -> RunningExchange {
        guard running.lacks.isEmpty else { throw ExchangeError.runningLacks }
        let permit = try exchange.permissions.permit(
            .signGrant, on: Self.subject(of: running), for: principal)
        guard let side = side(of: principal, on: running), let account = principal.account else {
            throw ExchangeError.runningNotYours
        }
        let now = exchange.clock.now()
        return try await exchange.database.write(under: permit) { connection, mandate in
            guard var next = try store.load(running.id, in: connection), next.revision == running.revision,
                let entry = try exchange.neighbours.entry(next.entry, connection)
            else { throw PolicyError.moved(kind: CaseNoun.kind, id: running.id.text) }
            guard entry.provider == next.provider else { throw ExchangeError.entryMoved }
            let signature = RunningExchange.Signature(account: account, at: now)
            switch side {
            case .provider: next.byProvider = signature
            case .bureau: next.byBureau = signature
            }
            next.revision += 1
            let clauses = try next.terms.clauses(from: now.date(), monthsMax: monthsMax)
            if next.byProvider != nil, next.byBureau != nil {
                next.grant = try exchange.grants.sign(
                    GrantProposal(
                        entry: next.entry, consumer: next.recipient, origin: .agreement(next.id),
                        clauses: clauses, nature: .transitional), facts: entry.facts, under: mandate, at: now,
                    in: connection
                ).id
                next.state = .granted
            } else {
                // The first of the two must not sign what the second cannot.
                _ = try Terms(clauses, facts: entry.facts, on: now.date())
            }
            try store.save(next, in: connection)
            try record(
                "exchange.signed", [Leaf.Subject(next.id), Leaf.Subject(next.entry)],
                ["side": .string(side.rawValue), "document": .string(next.terms.document)], mandate, now,
                connection)
            return next
        }
    }

    /// Other terms; whoever had signed signs again.
    ///
    /// - Throws: `ExchangeError.fieldsInvalid` at the columns that are wrong.
    @discardableResult
    package func complete(
        _ running: RunningExchange, with row: BroughtSheet.Row, by principal: Principal
    ) async throws -> RunningExchange {
        let header = RunningHeader.template
        let read = RunningRow(row, header)
        let permit = try exchange.permissions.permit(
            .importExchange, on: Self.subject(of: running), for: principal)
        guard running.state == .open else { throw ExchangeError.runningNotYours }
        let now = exchange.clock.now()
        return try await exchange.database.write(under: permit) { connection, mandate in
            guard var next = try store.load(running.id, in: connection),
                let entry = try exchange.neighbours.entry(next.entry, connection)
            else { throw ExchangeError.runningNotFound }
            var faults = read.faults
            if faults.isEmpty { faults = try termFaults(read.terms, entry, at: now) }
            if read.terms.document != next.terms.document,
                try store.isKnown(
                    next.entry, next.recipient, document: read.terms.document, in: connection)
            {
                faults.append((.document, Message("running.known")))
            }
            guard faults.isEmpty else {
                throw ExchangeError.fieldsInvalid(faults.map { Problem.Place($0.0.rawValue, $0.1) })
            }
            next.terms = read.terms
            next.byProvider = nil
            next.byBureau = nil
            next.revision += 1
            try store.save(next, in: connection)
            try record(
                "exchange.completed", [Leaf.Subject(next.id), Leaf.Subject(next.entry)],
                ["lacks": .array(next.lacks.map { .string($0.rawValue) })], mandate, now, connection)
            return next
        }
    }

    /// Takes it off the list: it runs no longer, or was told twice.
    package func drop(_ running: RunningExchange, because reason: String, by principal: Principal)
        async throws
    {
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw ExchangeError.fieldsInvalid([
                Problem.Place("reason", Message("exchange.field-required"))
            ])
        }
        let permit = try exchange.permissions.permit(
            .importExchange, on: Self.subject(of: running), for: principal)
        guard running.state == .open else { throw ExchangeError.runningNotYours }
        let now = exchange.clock.now()
        try await exchange.database.write(under: permit) { connection, mandate in
            guard var next = try store.load(running.id, in: connection) else {
                throw ExchangeError.runningNotFound
            }
            next.state = .dropped
            next.revision += 1
            try store.save(next, in: connection)
            try record(
                "exchange.dropped", [Leaf.Subject(next.id)], ["reason": .string(reason)], mandate, now,
                connection)
        }
    }

    private static func subject(of running: RunningExchange) -> Subject {
        let id = running.id
        return Subject(
            Leaf.Subject(id), owner: running.provider, recipient: running.recipient,
            revision: running.revision
        ) { connection in
            try connection.row("SELECT revision FROM exchange_running WHERE id = \(id)")?.value("revision")
        }
    }
}
