package import Cryptography
package import Evidence
import Foundation
package import Identity
package import Kernel
import Lake
package import Persistence
package import Policy

/// Makes packages of file releases, keeps the register of who took them, and gives their volumes out.
package struct HandOverDesk: Sendable {
    /// What a package says of its release in people's words; `Server` passes it in.
    package struct Neighbours: Sendable {
        package let entryTitle: @Sendable (EntryID) async throws -> String
        package let partyName: @Sendable (PartyID) async throws -> String
        package let facts: @Sendable (EntryID) async throws -> EntryFacts

        package init(
            entryTitle: @escaping @Sendable (EntryID) async throws -> String,
            partyName: @escaping @Sendable (PartyID) async throws -> String,
            facts: @escaping @Sendable (EntryID) async throws -> EntryFacts
        ) {
            self.entryTitle = entryTitle
            self.partyName = partyName
            self.facts = facts
        }
    }

    private static let workSuffix = ".making"

    private let database: any Database
    private let evidence: EvidenceLog
    private let permissions: Permissions
    private let grants: GrantStore
    private let receipts: ReceiptDesk
    private let signer: Signer
    private let publicKeys: [PublicKey]
    private let folder: String
    /// From this grade on a package is sealed unless somebody says otherwise.
    private let sealedFrom: GradeLevel
    let neighbours: Neighbours
    private let clock: Clock
    private let store = HandOverStore()

    package init(
        database: any Database, evidence: EvidenceLog, permissions: Permissions, grants: GrantStore,
        receipts: ReceiptDesk, signer: Signer, publicKeys: [PublicKey], folder: String,
        sealedFrom: GradeLevel, neighbours: Neighbours, clock: Clock
    ) {
        self.database = database
        self.evidence = evidence
        self.permissions = permissions
        self.grants = grants
        self.receipts = receipts
        self.signer = signer
        self.publicKeys = publicKeys
        self.folder = folder
        self.sealedFrom = sealedFrom
        self.neighbours = neighbours
        self.clock = clock
    }

    // MARK: - The register

    package func list(of release: ReleaseID, for principal: Principal) async throws -> [HandOver] {
        let (store, scope) = (store, permissions.scope(of: .release, for: principal))
        return try await database.read { try store.list(of: release, scope: scope, in: $0) }
    }

    package func find(_ id: PackageID, for principal: Principal) async throws -> HandOver {
        let (store, scope) = (store, permissions.scope(of: .release, for: principal))
        return try await database.read { try store.handOver(id, scope: scope, in: $0) }
    }

    /// Whether the grading says of any column that leaves, or cannot say, that it is sensitive.
    package func isSensitive(_ release: FileRelease) async throws -> Bool {
        let grants = grants
        let grant = try await database.read { try grants.get(release.grant, in: $0) }
        let facts = try await neighbours.facts(release.entry)
        let explanation = Explanation(grant.clauses, facts: facts, on: clock.now().date())
        return explanation.columns.contains { column in
            column.output != nil && column.grade.map { $0 >= sealedFrom } ?? true
        }
    }

    // MARK: - Making

    /// Makes the volumes and enters them into the register; nothing can be copied before that is durable. Its right is that of a
    /// download, and it is recorded as one besides.
    ///
    /// - Throws: `HandOverError.invalid` with the fields, `.tooManyVolumes`; what a download can be refused for.
    package func make(
        _ terms: HandOver.Terms, of id: ReleaseID, by principal: Principal
    ) async throws -> HandOver {
        guard terms.faults.isEmpty else { throw HandOverError.invalid(terms.faults) }
        guard let account = principal.account else { throw PolicyError.notPermitted(.releaseRows) }
        let download = try await receipts.download(id, by: principal)
        let release = download.release
        let document = try await receipts.document(of: id, for: principal)
        let package = PackageID.new(at: clock.now())
        let work = try WorkFolder("\(folder)/\(package)\(Self.workSuffix)")
        let volumes = try await write(terms, download, document, package, into: work.path)
        let now = clock.now()
        let handOver = HandOver(
            id: package, release: id, grant: release.grant, provider: release.provider,
            recipient: release.recipient, takenBy: terms.takenBy, medium: terms.medium,
            isSealed: terms.password != nil, volumes: volumes, madeBy: account, madeAt: now,
            leaf: LeafID.new(at: now))
        do {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(package)", withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            for volume in volumes { try work.handOver(volume.name, to: path(of: handOver, volume)) }
            try download.watch.check()
            try await register(handOver, actor: principal.actor)
        } catch {
            try? FileManager.default.removeItem(atPath: "\(folder)/\(package)")
            throw error
        }
        return handOver
    }

    private func register(_ handOver: HandOver, actor: String) async throws {
        let (store, evidence) = (store, evidence)
        let leaf = Leaf(
            id: handOver.leaf, type: "release.handed-over", at: handOver.madeAt, actor: actor,
            subjects: [
                Leaf.Subject(handOver.release), Leaf.Subject(handOver.grant), Leaf.Subject(handOver.id),
            ],
            payload: [
                "takenBy": .string(handOver.takenBy), "medium": .string(handOver.medium),
                "sealed": .boolean(handOver.isSealed), "bytes": .integer(Int64(handOver.bytes)),
                // Of every volume in a few bytes, however many there are.
                "volumes": .integer(Int64(handOver.volumes.count)),
                "digest": .string(
                    DigestAlgorithm.sha256.digest(
                        JSON.array(handOver.volumes.map { .string($0.sha256) }).canonical
                    ).hex),
            ])
        try await recorded {
            try await database.write { connection in
                guard try GrantStore.activeRevision(handOver.grant, connection) != nil else {
                    throw PolicyError.grantMoved(handOver.grant)
                }
                try evidence.append(leaf, in: connection)
                try store.insert(handOver, in: connection)
            }
        }
    }

    private func write(
        _ terms: HandOver.Terms, _ download: FileDownload, _ document: ReceiptDocument, _ id: PackageID,
        into work: String
    ) async throws -> [HandOver.Volume] {
        let release = download.release
        guard let bytes = release.bytes, let sha256 = release.sha256 else { throw ReleaseError.fileGone }
        let name = "headwaters-\(release.id.text.suffix(12))-v\(release.versionNumber)"
        let key = try terms.password.map { _ in try PasswordKey.fresh() }
        let suite = signer.algorithm.cipher
        let content = HandOverManifest.Content(
            name: release.fileName, bytes: bytes, sha256: sha256,
            sealing: key.map { HandOverManifest.Sealing(suite: suite, key: $0) })
        let about = try await self.about(release, document, terms)
        let readme = HandOverReadme(about: about, content: content, name: name, kid: signer.kid)
        let files = [
            HandOverVolumes.File(name: "README.txt", content: Array(readme.text.utf8)),
            HandOverVolumes.File(
                name: VerifiedHandOver.receiptMember, content: Array(document.json.pretty.utf8)),
            HandOverVolumes.File(
                name: ReleaseAPI.keysFile, content: Array(publicKeys.map(\.pem).joined().utf8)),
        ]
        let (signer, path, watch) = (signer, download.path, download.watch)
        return try await Self.aside {
            var carried = path
            let between: () throws -> Void = { try watch.check() }
            if let key, let password = terms.password {
                carried = "\(work)/sealed"
                try HandOverSeal(of: id, suite, key, password: password).seal(
                    path, to: carried, between: between)
            }
            return try HandOverVolumes(
                id: id, about: about, content: content, files: files, carried: carried,
                volumeBytesMax: terms.volumeBytesMax, signer: signer, between: between
            ).write(into: work, named: name)
        }
    }

    private func about(
        _ release: FileRelease, _ document: ReceiptDocument, _ terms: HandOver.Terms
    ) async throws -> JSON {
        func unit(_ id: PartyID) async throws -> JSON {
            ["id": .string(id.text), "name": .string(try await neighbours.partyName(id))]
        }
        return [
            "node": .string(evidence.node), "madeAt": .string(clock.now().description),
            "release": .string(release.id.text),
            "grant": [
                "id": .string(release.grant.text), "revision": .integer(Int64(release.revision)),
            ],
            "entry": [
                "id": .string(release.entry.text),
                "title": .string(try await neighbours.entryTitle(release.entry)),
            ],
            "version": .integer(Int64(release.versionNumber)),
            "purpose": document.envelope.payload["purpose"] ?? .null,
            "provider": try await unit(release.provider), "recipient": try await unit(release.recipient),
            "takenBy": .string(terms.takenBy), "medium": .string(terms.medium),
        ]
    }

    /// Gigabytes are read, sealed and digested on a thread of their own, not on those that answer requests.
    private static func aside<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Swift.Result { try work() }) }
            thread.name = "hand-over"
            thread.start()
        }
    }

    // MARK: - Giving out

    private func path(of handOver: HandOver, _ volume: HandOver.Volume) -> String {
        "\(folder)/\(handOver.id)/\(volume.name)"
    }

    /// Leave to copy one volume; the grant is asked as for the file itself.
    package func download(
        _ id: PackageID, volume number: Int, by principal: Principal
    ) async throws -> (download: FileDownload, volume: HandOver.Volume) {
        let handOver = try await find(id, for: principal)
        guard let volume = handOver.volumes.first(where: { $0.number == number }) else {
            throw ReleaseError.notFound
        }
        let place = path(of: handOver, volume)
        guard handOver.isKept(at: clock.now()), FileManager.default.fileExists(atPath: place) else {
            throw HandOverError.volumesGone
        }
        let download = try await receipts.download(handOver.release, by: principal)
        return (FileDownload(release: download.release, path: place, watch: download.watch), volume)
    }

    func stopped(_ release: FileRelease, after bytes: Int64, _ problem: Problem) async throws {
        try await receipts.stopped(release, after: bytes, problem)
    }

    /// Removes volumes that were kept long enough, and what processes that are gone left half made. Answers how many.
    @discardableResult
    package func removeLeftovers() async throws -> Int {
        var removed = WorkFolder.removeAbandoned(in: folder) { $0.hasSuffix(Self.workSuffix) }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let oldest = clock.now() + .seconds(-HandOver.keptDays * 86_400)
        for id in names.compactMap({ PackageID($0) }) where id.instant < oldest {
            if (try? FileManager.default.removeItem(atPath: "\(folder)/\(id)")) != nil { removed += 1 }
        }
        return removed
    }
}
