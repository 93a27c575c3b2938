package import Cryptography
import Evidence
package import Identity
package import Kernel
package import Lake
package import Persistence
package import Policy

/// What live sources need of the node.
package struct LiveParts: Sendable {
    package let client: LiveClient
    /// `host:port` that may be asked.
    package let hosts: [String]
    /// Names keys and answers in evidence, so that nobody can guess at them.
    package let mac: MAC
    package let gates: LiveGates
    package let suggestGrades: @Sendable (EntryID, [String]) async throws -> Void

    package init(
        client: LiveClient, hosts: [String], mac: MAC, clock: Clock,
        suggestGrades: @escaping @Sendable (EntryID, [String]) async throws -> Void
    ) {
        self.suggestGrades = suggestGrades
        self.client = client
        self.hosts = hosts
        self.mac = mac
        gates = LiveGates(clock: clock)
    }
}

/// What one key was answered: typed rows in the order of the mapping, and the keyed digest of the bytes that came.
package struct LiveRecords: Sendable {
    package let rows: [[Value]]
    package let digest: String
}

/// One key to look at a service with, as a steward typed it.
package struct LiveSample: Sendable {
    package let column: String
    package let key: String

    package init(column: String, key: String) {
        self.column = column
        self.key = key
    }
}

/// Sources that are asked for each call: nothing of what they answer is kept.
extension Hooking {
    /// Asks once, for a sample that a steward knows the answer of. The record that it was asked is durable before the key leaves.
    /// - Throws: `HookingError.invalid` with the fields; `LiveFault`; what Policy says.
    package func probe(
        live source: LiveSource, sample: LiveSample, secret: String?, for entry: EntryID,
        by principal: Principal
    ) async throws -> Probe {
        let facts = try await parts.entry(entry, principal)
        let (evidence, now) = (parts.evidence, parts.clock.now())
        let faults = source.faults(hosts: parts.live.hosts)
        guard faults.isEmpty else { throw HookingError.invalid(faults) }
        let wanted = sample.column.isEmpty ? source.keys.first : source.key(sample.column)
        guard let column = wanted, let key = Value(written: sample.key, as: column.type) else {
            throw HookingError.invalid([Problem.Place("sample", Message("hooking.live.sample-malformed"))])
        }
        let request = try LiveRequest(source, asking: column.name, for: key, secret: secret)
        let permit = try parts.permissions.permit(
            .hookSource, on: .new(kind: HookNoun.kind, owner: facts.owner), for: principal)
        let name = String(parts.live.mac.tag(RowEncoding.encode([key])).prefix(16).hex)
        _ = try await parts.database.write(under: permit) { connection, mandate in
            try evidence.append(
                Leaf(
                    id: LeafID.new(at: now), type: "hook.live-probed", at: now, actor: mandate.actor,
                    subjects: [Leaf.Subject(entry)],
                    payload: [
                        "host": .string(source.address?.place ?? ""), "column": .string(column.name),
                        "key": .string(name),
                    ]), in: connection)
        }
        let answer = try await parts.live.client.send(request, isAbsentBy404: source.isAbsentBy404)
        return try answer.probe(of: source, sample: (column, key.plainText), limits: parts.limits)
    }

    /// The hook by which an entry is asked live; nil when it has none, whatever else it has. A paused one is still there: its columns are what
    /// grants are about.
    package func liveHook(of entry: EntryID) async throws -> Hook? {
        try await parts.database.read { try liveHook(of: entry, in: $0) }
    }

    package func liveHook(of entry: EntryID, in connection: any Connection) throws -> Hook? {
        try hooks.hook(of: entry, in: connection).flatMap { $0.isLive ? $0 : nil }
    }

    /// By which columns the entry can be asked now.
    package func keyColumns(of entry: EntryID) async throws -> [String] {
        if let hook = try await liveHook(of: entry) { return hook.keyColumns }
        return try await currentVersion(of: entry)?.keyColumns ?? []
    }

    /// Asks for one key, as the hook stood when the caller's plan was made.
    /// - Throws: `LiveFault`, and nothing that says where or for what was asked.
    package func ask(
        _ hook: HookID, revision: Int, column: String, key: Value
    ) async throws -> LiveRecords {
        let hooks = self.hooks
        let found = try await parts.database.read { connection in
            (try hooks.hook(hook, in: connection), try hooks.credential(of: hook, in: connection))
        }
        guard let present = found.0, let source = present.source.live, present.state != .retired,
            present.revision == revision
        else { throw LiveFault.moved }
        guard present.state == .active else { throw LiveFault.paused }
        // The settings of today, not those under which it was defined.
        guard let place = source.address?.place, isAllowed(place) else { throw LiveFault.hostNotAllowed }
        let secret = try found.1.map { try parts.secrets.opened($0, of: hook) }
        let request = try LiveRequest(source, asking: column, for: key, secret: secret)
        let (client, mac, limits) = (parts.live.client, parts.live.mac, parts.limits)
        return try await parts.live.gates.gate(of: hook).run(callsMax: source.limits.callsMax) {
            () async throws(LiveFault) in
            let answer = try await client.send(request, isAbsentBy404: source.isAbsentBy404)
            return LiveRecords(
                rows: try answer.rows(of: source, present.mapping, asked: column, for: key, limits: limits),
                digest: String(answer.digest(mac).prefix(16).hex))
        }
    }

    private func isAllowed(_ place: String) -> Bool {
        parts.live.hosts.contains { $0.lowercased() == place }
    }

    package func standing(of hook: HookID) async -> LiveStanding { await parts.live.gates.gate(of: hook).now }

    package func liveFigures() async -> LiveGates.Figures { await parts.live.gates.now() }

    /// The service is well again, says whoever keeps the hook: calls go out at once.
    package func resetBreaker(of id: HookID, by principal: Principal) async throws {
        let hook = try await find(id, for: principal)
        guard hook.isLive else { throw HookingError.notLive }
        let (evidence, now) = (parts.evidence, parts.clock.now())
        let permit = try parts.permissions.permit(.hookSource, on: hooks.subject(hook), for: principal)
        _ = try await parts.database.write(under: permit) { connection, mandate in
            try evidence.append(
                Leaf(
                    id: LeafID.new(at: now), type: "hook.breaker-reset", at: now, actor: mandate.actor,
                    subjects: [Leaf.Subject(id), Leaf.Subject(hook.entry)], payload: [:]), in: connection)
        }
        await parts.live.gates.gate(of: id).reset()
    }

    /// A hook whose versions can be made: a live one has none.
    func copied(_ id: HookID, for principal: Principal) async throws -> Hook {
        let hook = try await find(id, for: principal)
        guard !hook.isLive else { throw HookingError.live }
        return hook
    }

    /// What stands against this definition of a live source beside its columns. A secret goes nowhere but where it was given for.
    func liveFaults(
        _ source: Source, after existing: Hook?, hasSecret: Bool
    ) -> [Problem.Place] {
        guard let live = source.live else { return [] }
        var faults = live.faults(hosts: parts.live.hosts)
        let before = existing?.source.live
        let isSamePlace =
            before?.address?.place == live.address?.place && before?.credential == live.credential
        if live.credential != .none, !hasSecret, !isSamePlace {
            faults.append(Problem.Place("password", Message("hooking.live.secret-needed")))
        }
        return faults
    }
}
