import Evidence
import Kernel
import Lake
import Policy

/// Calls of entries that are asked live. Two effects, and a record before each: before a key leaves to another's service, and before what came
/// back leaves to whoever asked.
extension RowDesk {
    /// Sources asked at once for one look-up; the hook's own limit stands above it.
    private static let asksAtOnce = 4

    /// Asks for each key, once evidence says that it will be asked and the quota has room. `take` gets the rows of one key after the other, in
    /// their order. A source that fails ends all of it: nothing is given then.
    func ask(
        _ live: LiveRows, _ column: Column, _ keys: [Value], for asking: Asking, _ prepared: PreparedGrant,
        into found: inout Found, _ take: (inout Found, Int, [[Value]]) -> Void
    ) async throws {
        guard keys.count <= limits.liveKeysMax else {
            throw ReleaseError.tooManyKeys(max: limits.liveKeysMax)
        }
        guard live.keyColumns.contains(where: { $0.utf8.elementsEqual(column.name.utf8) }) else {
            throw LiveFault.notAsked(column: column.name)
        }
        try await recordAsked(keys, asking, prepared, found)
        let answers: [LiveRows.Found]
        do {
            answers = try await Self.answers(live, column.name, keys)
        } catch {
            try await recordFailed(error, asking, prepared, found)
            throw Recorded(error: error)
        }
        for (position, answer) in answers.enumerated() {
            guard answer.rows.count <= limits.rowsPerKeyMax else {
                throw ReleaseError.keyTooCommon(position: position, rowsMax: limits.rowsPerKeyMax)
            }
            take(&found, position, answer.rows)
            try demandRoom(found)
        }
        found.answers = answers.map { .string($0.digest) }
    }

    /// Counts the call and its try, and sees that there is room for what it could bring. Nothing is charged yet.
    private func recordAsked(
        _ keys: [Value], _ asking: Asking, _ prepared: PreparedGrant, _ found: Found
    ) async throws {
        let id = LeafID.new(at: asking.at)
        let (delivery, names) = (asking.delivery, found.names)
        do {
            _ = try await journal.authorise(
                ReleaseJournal.Authorisation(
                    request: QuotaLedger.Request(
                        grant: prepared.grant.id, revision: prepared.grant.revision, release: asking.release,
                        rows: 0, roomNeeded: Int64(found.roomNeeded), leaseUntil: nil, keyTry: found.keyTry),
                    leaf: leaf(
                        "release.asked", id, asking.release, prepared, asking.principal, at: asking.at,
                        ["delivery": .string(delivery.rawValue), "keys": .array(names)]),
                    refusal: refusal(of: asking, prepared, names, id, at: asking.at)))
        } catch {
            throw Recorded(error: error)
        }
    }

    private func recordFailed(
        _ error: any Error, _ asking: Asking, _ prepared: PreparedGrant, _ found: Found
    ) async throws {
        let now = clock.now()
        let problem = (error as? any ProblemConvertible)?.problem.message.key ?? "release.fault"
        _ = try await journal.record(
            leaf(
                "release.failed", LeafID.new(at: now), asking.release, prepared, asking.principal, at: now,
                [
                    "delivery": .string(asking.delivery.rawValue), "problem": .string(problem),
                    "keys": .array(found.names),
                ]))
    }

    /// In the order of the keys. The first that fails cancels the others.
    private static func answers(
        _ live: LiveRows, _ column: String, _ keys: [Value]
    ) async throws -> [LiveRows.Found] {
        try await withThrowingTaskGroup(of: (Int, LiveRows.Found).self) { group in
            var found = [LiveRows.Found?](repeating: nil, count: keys.count)
            var next = 0
            func add() {
                guard next < keys.count else { return }
                let position = next
                next += 1
                group.addTask { (position, try await live.ask(column, keys[position])) }
            }
            for _ in 0..<asksAtOnce { add() }
            while let (position, answer) = try await group.next() {
                found[position] = answer
                add()
            }
            return found.compactMap(\.self)
        }
    }
}
