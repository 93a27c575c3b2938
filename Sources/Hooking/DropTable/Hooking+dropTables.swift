import Evidence
import Foundation
package import Identity
package import Kernel
import Lake
import Persistence
import Policy

/// Drop tables: whole batches are taken, published, and told to the department as taken or refused. Never half a batch.
extension Hooking {
    private static let dropLeaseSeconds = 900
    private static let batchesOfARoundMax = 20

    package func dropTable(of id: HookID, for principal: Principal) async throws -> DropTable? {
        _ = try await find(id, for: principal)
        return try await parts.database.read { try DropTableStore().table(of: id, in: $0) }
    }

    /// From now on complete batches are filed for the hook, as the principal. Looks at the tables first.
    ///
    /// - Throws: `DropFault` for a host that the settings do not allow, a server that is away, tables or columns that are not there;
    ///   `.otherReading` when the hook does not read CSV.
    @discardableResult
    package func setDropTable(
        _ place: DropTable.Place, password: String?, _ manner: Filing.Manner, of id: HookID,
        seen revision: Int? = nil, by principal: Principal
    ) async throws -> DropTable {
        let hook = try await copied(id, for: principal)
        guard let account = principal.account else { throw PolicyError.notPermitted(.hookSource) }
        _ = try parts.permissions.permit(.publishVersion, on: hooks.subject(hook), for: principal)
        try Self.requireNames(place)
        guard parts.confinement.hosts.contains("\(place.host):\(place.port)") else {
            throw DropFault.hostUnknown("\(place.host):\(place.port)")
        }
        guard hook.mapping.readsDroppedText else { throw DropFault.otherReading }
        let secret: String?
        if let password { secret = password } else { secret = try await dropPassword(of: id) }
        try await server(place, secret).look(columns: hook.mapping.columns.map(\.sourceName))
        let credential = try secret.map { try parts.secrets.sealDrop($0, of: id) }
        let (evidence, now, post) = (parts.evidence, parts.clock.now(), principal.post)
        let permit = try parts.permissions.permit(.hookSource, on: hooks.subject(hook), for: principal)
        return try await parts.database.write(under: permit) { connection, mandate in
            try Self.requireUnscheduled(id, in: connection)
            let present = try DropTableStore().table(of: id, in: connection)
            if let revision, revision != present?.revision ?? 0 {
                throw PolicyError.moved(kind: HookNoun.kind, id: id.text)
            }
            let duty = try FilingStore().duty(of: id, in: connection)
            if manner == .overlay, duty?.terms.rowKey.isEmpty ?? true { throw HookingError.rowKeyNeeded }
            let table = DropTable(
                hook: id, entry: hook.entry, owner: hook.owner, place: place, manner: manner,
                account: account, post: post, problem: nil, revision: 1)
            try DropTableStore().put(table, credential: credential, in: connection)
            try evidence.append(table.leaf("drop-table.set", at: now, actor: mandate.actor), in: connection)
            return try DropTableStore().table(of: id, in: connection) ?? table
        }
    }

    package func removeDropTable(of id: HookID, by principal: Principal) async throws {
        let hook = try await find(id, for: principal)
        let (evidence, now) = (parts.evidence, parts.clock.now())
        let permit = try parts.permissions.permit(.hookSource, on: hooks.subject(hook), for: principal)
        try await parts.database.write(under: permit) { connection, mandate in
            guard let table = try DropTableStore().table(of: id, in: connection) else {
                throw DropFault.notThere
            }
            try DropTableStore().remove(id, in: connection)
            try evidence.append(
                table.leaf("drop-table.removed", at: now, actor: mandate.actor), in: connection)
        }
    }

    private static func requireNames(_ place: DropTable.Place) throws(HookingError) {
        let names = [
            ("database", place.database), ("user", place.user), ("schema", place.schema),
            ("table", place.table),
        ]
        let faults = names.filter { _, name in
            !(1...DropTable.nameBytesMax).contains(name.utf8.count) || name.utf8.contains(0)
        }
        guard faults.isEmpty else {
            throw .invalid(faults.map { Problem.Place($0.0, Message("hooking.answer-unreadable")) })
        }
    }

    private func server(_ place: DropTable.Place, _ password: String?) -> DropTableServer {
        DropTableServer(
            place: place, password: password, bytesMax: Int(clamping: parts.limits.fileBytesMax))
    }

    private func dropPassword(of id: HookID) async throws -> String? {
        let sealed = try await parts.database.read { try DropTableStore().credential(of: id, in: $0) }
        return try sealed.map { try parts.secrets.openDrop($0, of: id) }
    }

    // MARK: - The round

    /// Takes the complete batches of every drop table, oldest first. Safe beside the rounds of other processes. Answers how many batches it
    /// dealt with.
    @discardableResult
    package func dropRound() async throws -> Int {
        let tables = try await parts.database.read { try DropTableStore().running(in: $0) }
        var taken = 0
        var failure: (any Error)?
        for table in tables {
            let now = parts.clock.now()
            let isMine = try await parts.database.write {
                try DropTableStore().lease(
                    table.hook, until: now + .seconds(Self.dropLeaseSeconds), at: now, in: $0)
            }
            guard isMine else { continue }
            do { taken += try await takeBatches(of: table) } catch { failure = failure ?? error }
            try await parts.database.writeEvenIfCancelled {
                try DropTableStore().release(table.hook, in: $0)
            }
        }
        if let failure { throw failure }
        return taken
    }

    private func takeBatches(of table: DropTable) async throws -> Int {
        let hooks = self.hooks
        let subject = Subject.new(kind: HookNoun.kind, owner: table.owner)
        guard let principal = try await parts.holder(table.account, table.post),
            parts.permissions.allows(.publishVersion, on: subject, for: principal)
        else {
            try await parts.database.write {
                try DropTableStore().stop(
                    table.hook, because: Message("hooking.schedule-holder-gone"), in: $0)
            }
            return 0
        }
        guard let hook = try await parts.database.read({ try hooks.hook(table.hook, in: $0) }) else {
            return 0
        }
        let server = server(table.place, try await dropPassword(of: table.hook))
        var taken = 0
        while taken < Self.batchesOfARoundMax, try await takeBatch(of: table, hook, server, principal) {
            taken += 1
        }
        return taken
    }

    /// False: there is none, or it must wait for another round.
    private func takeBatch(
        of table: DropTable, _ hook: Hook, _ server: DropTableServer, _ principal: Principal
    ) async throws -> Bool {
        // Named as what the hourly round removes when this process dies over it.
        let path = "\(uploadsFolder)/\(UploadID.new()).part"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let columns = hook.mapping.columns.map(\.sourceName)
        guard let batch = try await server.next(columns: columns, into: path) else { return false }
        if let fault = batch.refusal {
            try await server.mark(batch.id, taken: false, because: parts.explain(fault.problem))
            return true
        }
        do {
            let filing = try await filed(batch, path, table, hook, principal)
            switch filing.outcome {
            case .running: return false
            case .failed(let problem) where problem.kind == .unavailable: return false
            case .failed(let problem):
                try await server.mark(batch.id, taken: false, because: parts.explain(problem))
            case .cancelled:
                try await server.mark(
                    batch.id, taken: false, because: parts.explain(HookingError.cancelled.problem))
            case .published, .unchanged, nil: try await server.mark(batch.id, taken: true, because: nil)
            }
        } catch let error as any ProblemConvertible where Self.mayPass(error) { return false } catch let error
            as any ProblemConvertible where error is HookingError || error is ClassifiedUpload
        {
            try await server.mark(batch.id, taken: false, because: parts.explain(error.problem))
        }
        return true
    }

    private func filed(
        _ batch: DropBatch, _ path: String, _ table: DropTable, _ hook: Hook, _ principal: Principal
    ) async throws -> Filing {
        var period: Period?
        if let text = batch.period, !text.isEmpty {
            guard let known = Period(text) else { throw HookingError.periodUnknown(text) }
            period = known
        }
        let upload = try await upload(
            path, named: "\(table.place.table) \(batch.id).csv", .moving, for: hook.entry,
            under: .publishVersion, through: .dropTable, by: principal)
        return try await fileToEnd(
            Sending(upload, for: period, table.manner, through: .table), of: hook.id, by: principal)
    }
}

extension DropTable {
    fileprivate func leaf(_ type: String, at now: Instant, actor: String) -> Leaf {
        Leaf(
            id: LeafID.new(at: now), type: type, at: now, actor: actor,
            subjects: [Leaf.Subject(hook), Leaf.Subject(entry)],
            payload: [
                "host": .string("\(place.host):\(place.port)"), "table": .string(place.table),
                "manner": .string(manner.rawValue),
            ])
    }
}

extension SourceMapping {
    /// Whether it reads what batches are written as.
    var readsDroppedText: Bool {
        encoding == .utf8 && dialect?.delimiter == .comma && dialect?.quoting == true
            && dialect?.header == .line(1)
    }
}
