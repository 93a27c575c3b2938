import Cryptography
import Evidence
import Foundation
package import Identity
package import Kernel
import Lake
import Persistence
package import Policy

/// From a file that somebody brings to a list that has been looked at row by row. Nothing is asked of any grant here.
extension NameListDesk {
    static let idempotencyKeyBytesMax = 200

    /// Takes the file over. The same key again with the same bytes is the list that is there already.
    ///
    /// - Throws: `ClassifiedUpload`; `NameListError.endingUnknown`, `.fileEmpty`, `.fileTooLarge`, `.headerMissing`, `.keyReused`; what reading ends
    ///   with (`SourceError`); `PolicyError.notPermitted`.
    package func bring(
        _ path: String, named name: String, idempotencyKey: String? = nil, by principal: Principal
    ) async throws -> NameList {
        guard let account = principal.account, let party = principal.party else {
            throw PolicyError.notPermitted(.releaseRows)
        }
        let subject = Subject.new(kind: ReleaseNoun.kind, owner: nil, recipient: party)
        _ = try parts.permissions.permit(.releaseRows, on: subject, for: principal)
        if let key = idempotencyKey, key.isEmpty || key.utf8.count > Self.idempotencyKeyBytesMax {
            throw NameListError.keyInvalid(max: Self.idempotencyKeyBytesMax)
        }
        let safe = try Self.safe(name, endings: NameListLimits.endings)
        let now = parts.clock.now()
        let id = ReleaseID.new(at: now)
        let folder = parts.folder
        do {
            let figures = try bring(path, to: folder.list(id, named: safe), bytesMax: limits.fileBytesMax)
            let file = BroughtFile(name: safe, bytes: figures.bytes, sha256: figures.sha256)
            if let key = idempotencyKey, let known = try await known(key, account) {
                folder.discard(id)
                guard known.file.sha256 == file.sha256 else { throw NameListError.keyReused }
                return known
            }
            try await parts.uploads.admit(
                folder.list(id, named: safe), named: name, at: .nameList, by: principal)
            let probe = try await look(at: Source(file: folder.list(id, named: safe)), ReadingOverrides())
            let list = NameList(
                id: id, recipient: party, account: account, post: principal.post, state: .draft, file: file,
                reading: probe.mapping, sheets: probe.sheets, choice: Self.guess(probe), findings: nil,
                attachments: [], parts: [],
                rowsDone: 0,
                madeAt: now, authorisedAt: nil, leaseUntil: nil, settledAt: nil, result: nil, problem: nil,
                authorisedLeaf: nil, settledLeaf: nil)
            let store = store
            try await parts.database.write {
                try store.insert(list, idempotencyKey: idempotencyKey, in: $0)
            }
            return list
        } catch {
            // Without its record the file is nobody's.
            folder.discard(id)
            throw error
        }
    }

    /// What the rows look like: which column holds keys, and which case numbers. No grant is chosen for anybody.
    static func guess(_ probe: Probe) -> NameListChoice? {
        let columns = probe.mapping.columns
        let kinds = columns.map { column in
            // Destroyed numbers look like none: then the column's name tells.
            NameListKey.named(column.name)
                ?? NameListKey.guess(
                    probe.sampleRows.map {
                        column.position < $0.count ? $0[column.position] ?? "" : ""
                    })
        }
        guard let first = columns.first else { return nil }
        let key =
            kinds.firstIndex(of: .citizenID) ?? kinds.firstIndex(of: .uscc) ?? first.position
        let words = ["受理编号", "业务编号", "案件编号", "办件编号", "编号", "case"]
        let caseNumber = words.lazy.compactMap { word in
            columns.first { $0.position != key && $0.name.lowercased().contains(word) }?.name
        }.first
        return NameListChoice(
            key: columns[key].name, kind: kinds[key], caseNumber: caseNumber, parts: [],
            language: .simplifiedChinese)
    }

    func look(at source: Source, _ overrides: ReadingOverrides) async throws -> Probe {
        let probe = try await parts.engine.run(
            ProbeTask(
                source: source, overrides: overrides, confinement: confinement, limits: sourceLimits))
        let header = probe.mapping.sheet?.header ?? probe.mapping.dialect?.header
        guard case .line = header else { throw NameListError.headerMissing }
        return probe
    }

    /// Reads a list in another way: another sheet, or another row as its header. What was chosen of it is asked anew.
    ///
    /// - Throws: `SourceError.headerMissing`, `.sheetMissing`; `NameListError.notDraft`.
    @discardableResult
    package func reread(
        _ id: ReleaseID, header line: Int64, sheet: String?, by principal: Principal
    ) async throws -> NameList {
        let list = try await own(id, by: principal)
        guard list.state == .draft else { throw NameListError.notDraft }
        let probe = try await look(
            at:
                list.source(in: parts.folder), ReadingOverrides(header: .line(line), sheet: sheet))
        let store = store
        let isKept = try await parts.database.write {
            try store.reread(probe.mapping, Self.guess(probe), of: list.id, in: $0)
        }
        guard isKept else { throw NameListError.notDraft }
        return try await find(id, for: principal)
    }

    private func known(_ key: String, _ account: AccountID) async throws -> NameList? {
        let store = store
        return try await parts.database.read { try store.list(idempotencyKey: key, of: account, in: $0) }
    }

    var confinement: SourceConfinement { SourceConfinement(folders: [parts.folder.path]) }

    var sourceLimits: SourceLimits {
        var limits = SourceLimits.standard
        limits.fileBytesMax = Int64(parts.limits.fileBytesMax)
        // A sheet takes no more columns than that with those that are added.
        limits.columnsMax = 500
        return limits
    }

    /// The name people know, without what a path or a terminal would take for more.
    static func safe(_ name: String, endings: [String]) throws(NameListError) -> String {
        let lowered = name.lowercased()
        guard let ending = endings.first(where: { lowered.hasSuffix($0) }) else {
            throw .endingUnknown(name, allowed: endings)
        }
        var stem = String(
            String.UnicodeScalarView(
                name.dropLast(ending.count).unicodeScalars.map { scalar in
                    scalar.value >= 32 && scalar.value != 127 && !"/\\:\"".unicodeScalars.contains(scalar)
                        ? scalar : "_"
                }))
        while stem.first == "." { stem.removeFirst() }
        while stem.utf8.count > 160 { stem.removeLast() }
        return (stem.isEmpty ? "list" : stem) + ending
    }

    /// In pieces, readable by the node alone.
    func bring(
        _ path: String, to target: String, bytesMax: Int
    ) throws -> (bytes: Int64, sha256: String) {
        guard let from = FileHandle(forReadingAtPath: path) else { throw NameListError.fileUnwritable }
        defer { try? from.close() }
        let manager = FileManager.default
        do {
            try manager.createDirectory(
                atPath: URL(filePath: target).deletingLastPathComponent().path,
                withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            guard
                manager.createFile(
                    atPath: target, contents: nil, attributes: [.posixPermissions: 0o600]),
                let to = FileHandle(forWritingAtPath: target)
            else { throw NameListError.fileUnwritable }
            defer { try? to.close() }
            var digest = RunningDigest(.sha256)
            var bytes = 0
            while let piece = try from.read(upToCount: 1 << 20), !piece.isEmpty {
                bytes += piece.count
                guard bytes <= bytesMax else { throw NameListError.fileTooLarge(bytesMax: bytesMax) }
                piece.withUnsafeBytes { digest.update($0) }
                try to.write(contentsOf: piece)
            }
            guard bytes > 0 else { throw NameListError.fileEmpty }
            try to.synchronize()
            return (Int64(bytes), digest.finish().hex)
        } catch let error as NameListError {
            throw error
        } catch {
            throw LakeError.writing(target, error)
        }
    }

    // MARK: - What can be matched against

    /// A grant that lists may be matched against today, and by which of its columns.
    package struct Offer: Sendable {
        package let grant: Grant
        package let entry: String
        package let provider: String
        package let keyColumns: [String]
        package let columns: [Plan.Output]
        package let requiresCase: Bool
        package let versionNumber: Int
        package let asOf: Instant
        package let use: QuotaLedger.Use
    }

    /// What stands against the others.
    package struct Offers: Sendable {
        package let offers: [Offer]
        package let refused: [(entry: String, why: Message)]
    }

    private static let grantsLookedAtMax = 1_000

    /// Of the principal's unit: every grant in force that lets name lists out.
    package func offers(for principal: Principal) async throws -> Offers {
        guard let party = principal.party else { return Offers(offers: [], refused: []) }
        let (grants, ledger, now) = (parts.grants, parts.ledger, parts.clock.now())
        let scope = parts.permissions.scope(of: .grant, for: principal)
        var found: [Grant] = []
        var before: GrantID?
        repeat {
            let start = before
            let page = try await parts.database.read {
                try grants.list(
                    GrantFilter(consumer: party, state: .active), scope: scope, before: start,
                    limit: GrantStore.listMax, in: $0)
            }
            found += page.filter { $0.deliveries.contains(.nameList) }
            before = page.count == GrantStore.listMax ? page.last?.id : nil
        } while before != nil && found.count < Self.grantsLookedAtMax
        var offers: [Offer] = []
        var refused: [(entry: String, why: Message)] = []
        for grant in found {
            let title = try await parts.entryTitle(grant.entry)
            do {
                let ready = try await parts.prepared.prepared(grant.id).outcome.get()
                _ = try ready.plan.outward(
                    by: .nameList, on: Occasion(at: now, from: principal.address, calendar: parts.calendar))
                let served = try ready.stored().served
                let keys = served.keyColumns.filter { Self.isKey($0, of: ready.plan) }
                let use = try await parts.database.read { try ledger.use(of: grant.id, at: now, in: $0) }
                guard !keys.isEmpty else {
                    refused.append((title, Message("name-list.no-key-column")))
                    continue
                }
                offers.append(
                    Offer(
                        grant: grant, entry: title, provider: try await parts.partyName(grant.provider),
                        keyColumns: keys, columns: ready.plan.outputs,
                        requiresCase: ready.plan.requiresCase, versionNumber: served.number,
                        asOf: served.publishedAt, use: use))
            } catch let error as any ProblemConvertible {
                refused.append((title, error.problem.message))
            }
        }
        return Offers(offers: offers, refused: refused)
    }

    /// A column that numbers of a list can be looked up by: it leaves, and holds text.
    static func isKey(_ name: String, of plan: Plan) -> Bool {
        (try? plan.key(name))?.type == .text
    }
}
