import Casework
import Catalogue
import Cryptography
import Evidence
import Exchange
import Foundation
import Grading
import Hooking
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Quality
import Release

/// The evidence of a node.
struct Record {
    let evidence: EvidenceLog
    let sequencer: Sequencer
    let freshness: EvidenceFreshness
    let readiness: Readiness

    init(
        _ identity: NodeIdentity, _ settings: Settings, _ keys: KeyStore, _ database: any Database,
        _ clock: Clock
    ) throws {
        evidence = EvidenceLog(
            node: identity.node, digest: keys.digest, personalCipher: try keys.cipher(for: .personalPayload))
        let witness = settings.text(.witness)
        sequencer = Sequencer(
            evidence, in: database, signer: keys.signer,
            witness: witness.isEmpty ? nil : WitnessFile(path: witness), clock: clock)
        freshness = EvidenceFreshness(
            evidence, in: database, secondsMax: settings.integer(.checkpointAge), clock: clock)
        readiness = Readiness(evidence, in: database, secondsMax: settings.integer(.checkpointAge))
    }
}

/// Who there is and how they come in.
struct People {
    let parties: Parties
    let posts: Posts
    let accounts: Accounts
    let sessions: Sessions
    let tokens: Tokens

    init(
        _ settings: Settings, _ keys: KeyStore, _ database: any Database, _ evidence: EvidenceLog,
        _ passwords: PasswordHashing, _ clock: Clock
    ) {
        let identity = IdentitySettings(settings)
        parties = Parties(database: database, evidence: evidence)
        let known = KnownTokens()
        posts = Posts(
            database: database, evidence: evidence, known: known, separation: identity.separation)
        accounts = Accounts(
            database: database, evidence: evidence, known: known, passwords: passwords,
            settings: identity, clock: clock, ciphers: { try keys.cipher(for: $0) })
        sessions = Sessions(database: database, evidence: evidence, settings: identity, clock: clock)
        tokens = Tokens(
            database: database, evidence: evidence, known: known, settings: identity, clock: clock)
    }
}

/// What departments hold: entries, rules, grades, hooks and versions.
struct Holdings {
    let catalogue: Catalogue
    let quality: Quality
    let grading: Grading
    let hooking: Hooking
    let rowStores: RowStores

    init(
        _ folder: NodeFolder, _ settings: Settings, _ keys: KeyStore, _ database: any Database,
        _ evidence: EvidenceLog, _ permissions: Permissions, _ people: People, _ engine: Engine,
        _ calendars: CalendarInForce, _ uploads: UploadGate, _ clock: Clock
    ) throws {
        let catalogue = Catalogue(
            database: database, permissions: permissions, evidence: evidence, clock: clock)
        let grading = Grading(
            database: database, permissions: permissions, evidence: evidence, clock: clock,
            ruleBook: .standard(sensitiveFloor: GradeLevel(rawValue: settings.text(.sensitiveFloor)) ?? .l4),
            entry: { id, connection in try catalogue.stored(id, in: connection).map(Grading.EntryFacts.init)
            },
            tell: { grade, id, connection in
                try catalogue.recordGrade(grade, of: id, in: connection)
            })
        let quality = Quality(
            database: database, permissions: permissions, evidence: evidence, clock: clock,
            grades: { id, connection in try grading.levels(of: id, in: connection) },
            references: Self.references(catalogue, database, engine),
            separatesAdministrators: IdentitySettings(settings).separatesAdministrators,
            revealsPerHourMax: settings.integer(.revealsPerHour)
        ) { id, connection in try catalogue.stored(id, in: connection)?.owner }
        let cache = RowCache(bytesMax: settings.integer(.rowCache) << 20)
        let rowStores = RowStores(engine: engine, cache: cache) { version in
            try keys.cipher(for: .version(version))
        }
        hooking = Hooking(
            Hooking.Parts(
                database: database, evidence: evidence, permissions: permissions, engine: engine,
                rowStores: rowStores,
                secrets: SourceSecrets(database) { try keys.cipher(for: .sourceCredential) },
                confinement: SourceConfinement(folder, settings),
                live: try Self.liveParts(settings, keys, grading, clock),
                limits: SourceLimits(settings),
                gates: [
                    Self.gradeSuggestions(grading, engine), Self.qualityGate(quality, engine),
                ],
                uploads: uploads,
                entry: { id, principal in
                    let entry = try await catalogue.entry(id, for: principal)
                    return Hooking.EntryFacts(entry: entry.id, owner: entry.owner)
                },
                folder: folder.path, trustedKeys: keys.trustedKeys,
                inboxFolders: settings.list(.inboxFolders),
                inboxNames: { id in
                    // Where a unit that this one followed had its folder, files go on arriving.
                    let units = try await people.parties.withForebears(id)
                    return units.flatMap { [$0.id.text, $0.uscc ?? "", $0.name(on: clock.now().date())] }
                },
                holder: { account, post in
                    try await people.accounts.holder(account, in: post, on: clock.now().date())
                },
                explain: Node.explanation(of:), calendars: calendars, clock: clock))
        self.catalogue = catalogue
        self.quality = quality
        self.grading = grading
        self.rowStores = rowStores
    }

    private static func liveParts(
        _ settings: Settings, _ keys: KeyStore, _ grading: Grading, _ clock: Clock
    ) throws -> LiveParts {
        LiveParts(
            client: LiveClient(authoritiesFile: settings.text(.liveAuthorities)),
            hosts: settings.list(.liveHosts), mac: try keys.secret(for: .evidenceLookUp), clock: clock
        ) { entry, columns in
            _ = try await grading.suggest(for: entry, columns: columns, profile: nil)
        }
    }

    /// What a rule may compare with: the unit's own entries, and those that anyone may have without being asked. That a key is in
    /// another's data would else be told to whoever writes a rule.
    private static func references(
        _ catalogue: Catalogue, _ database: any Database, _ engine: Engine
    ) -> ReferencedVersion.Reader {
        { id, owner in
            let version = try await database.read { connection -> PublishedVersion? in
                guard let entry = try catalogue.stored(id, in: connection), entry.state != .withdrawn else {
                    return nil
                }
                let card = try catalogue.published(id, in: connection)?.publishedCard
                guard
                    entry.owner == owner || card?.share.type == .unconditional
                        || card?.open.type == .unconditional
                else { return nil }
                return try Hooking.currentVersion(of: id, in: connection)
            }
            guard let version else { return nil }
            return ReferencedVersion(
                version: version.id, number: version.number,
                rows: engine.source(try engine.manifest(version.id, of: id)))
        }
    }

    /// Every rule in force on the staged rows; a blocking verdict, or nothing to judge by, stops the swap.
    private static func qualityGate(_ quality: Quality, _ engine: Engine) -> Gate {
        { candidate in
            let report = try await quality.judge(candidate.entry, schema: candidate.schema) {
                metrics, samples in
                try await engine.measure(metrics, of: engine.source(candidate.rows), samplesMax: samples)
            }
            guard report.gate != .blocked else {
                try await quality.keep(report, version: nil)
                throw QualityError.blocked(report.blockers)
            }
            try await quality.keep(report, version: candidate.version)
        }
    }

    /// A profile of what is about to be published, so that grades are suggested from the values and not from names alone.
    private static func gradeSuggestions(_ grading: Grading, _ engine: Engine) -> Gate {
        { candidate in
            let profile = try await engine.profile(engine.source(candidate.rows))
            try await grading.suggest(
                for: candidate.entry, columns: candidate.schema.map(\.name), profile: profile)
        }
    }
}

extension WorkerLimits {
    init(_ folder: NodeFolder, _ settings: Settings) {
        self.init(
            temporaryFolder: LakeFolder(root: folder.path).temporary,
            engineMebibytesMax: settings.integer(.workerMemory),
            processMebibytesMax: settings.integer(.workerMemory) * 2,
            threads: settings.integer(.workerThreads), secondsMax: settings.integer(.workerTimeout))
    }
}

extension SourceConfinement {
    fileprivate init(_ folder: NodeFolder, _ settings: Settings) {
        self.init(
            folders: ["\(folder.path)/uploads"] + settings.list(.inboxFolders),
            hosts: settings.list(.sourceHosts), odbcSources: settings.list(.odbcSources),
            odbcFolder: settings.text(.odbcFolder))
    }
}

extension Grading.EntryFacts {
    init(_ entry: Entry) {
        let card = entry.card
        self.init(
            owner: entry.owner, sharing: card.share.type.map(SharingKind.init),
            columns: card.items.map(\.column),
            items: Dictionary(
                card.items.map { ($0.column, $0.name) }, uniquingKeysWith: { first, _ in first })
        )
    }
}

extension NameListLimits {
    init(_ settings: Settings) {
        self.init(
            fileBytesMax: settings.integer(.listBytesMax), rowsMax: settings.integer(.listRowsMax),
            listsPerDayMax: settings.integer(.listsPerDayMax),
            keysPerDayMax: settings.integer(.listKeysPerDayMax), runMax: settings.integer(.listRunMax),
            unmatchedPermilleMax: settings.integer(.listUnmatchedMax),
            unmatchedKeysMin: settings.integer(.listUnmatchedKeysMin),
            unmatchedWindowDays: settings.integer(.listUnmatchedDays))
    }
}

extension SharingKind {
    init(_ type: ShareType) {
        switch type {
        case .unconditional: self = .unconditional
        case .conditional: self = .conditional
        case .withheld: self = .notShared
        }
    }
}

/// The counter over which rows leave.
struct Counter: Sendable {
    let journal: ReleaseJournal
    let prepared: PreparedGrants
    let rowDesk: RowDesk
    let files: FileReleases
    let receipts: ReceiptDesk
    let abandoned: AbandonedAnswers
    let nameLists: NameListDesk
    let pushes: PushDesk
    let tally = ReleaseTally()
    let sources: ReleaseSources

    init(
        _ holdings: Holdings, _ folder: NodeFolder, _ settings: Settings, _ keys: KeyStore,
        _ database: any Database, _ evidence: EvidenceLog, _ freshness: EvidenceFreshness,
        _ permissions: Permissions, _ grants: GrantStore, _ exchange: Exchange, _ watch: GrantWatch,
        _ ledger: QuotaLedger, _ engine: Engine, _ parties: Parties, _ calendars: CalendarInForce,
        _ uploads: UploadGate, _ clock: Clock
    ) throws {
        sources = Self.sources(holdings, database, engine, keys)
        let delivered: ReleaseJournal.Delivered = { grant, at, connection in
            try exchange.delivered(grant, at: at, in: connection)
        }
        journal = ReleaseJournal(
            database, evidence: evidence, ledger: ledger, delivered: delivered, clock: clock)
        abandoned = AbandonedAnswers(database, evidence: evidence, clock: clock)
        prepared = PreparedGrants(database, grants: grants, sources: sources, clock: clock)
        rowDesk = RowDesk(
            prepared: prepared, permissions: permissions, journal: journal, freshness: freshness,
            keyMAC: try keys.secret(for: .evidenceLookUp), cursorCipher: try keys.cipher(for: .ticket),
            tally: tally,
            limits: RowDesk.Limits(
                keysMax: settings.integer(.lookupKeysMax), pageRowsMax: settings.integer(.pageRowsMax),
                liveKeysMax: settings.integer(.liveKeysMax)),
            calendars: calendars, clock: clock)
        files = FileReleases(
            database: database, grants: grants, permissions: permissions, ledger: ledger, evidence: evidence,
            freshness: freshness, watch: watch, engine: engine, sources: sources, signer: keys.signer,
            folder: "\(folder.path)/releases", leaseSeconds: settings.integer(.releaseLease),
            delivered: delivered, tally: tally, calendars: calendars, clock: clock)
        let lists = NameListFolder("\(folder.path)/name-lists")
        receipts = ReceiptDesk(
            database: database, evidence: evidence, permissions: permissions, grants: grants, ledger: ledger,
            freshness: freshness, watch: watch, files: files, lists: lists, tally: tally,
            calendars: calendars, clock: clock)
        pushes = PushDesk(
            PushDesk.Parts(
                database: database, grants: grants, permissions: permissions, ledger: ledger,
                evidence: evidence, freshness: freshness, watch: watch, engine: engine, sources: sources,
                signer: keys.signer, cipher: { try keys.cipher(for: .targetCredential) },
                hosts: settings.list(.pushHosts), leaseSeconds: settings.integer(.releaseLease),
                delivered: delivered, tally: tally, calendars: calendars, clock: clock))
        let catalogue = holdings.catalogue
        nameLists = NameListDesk(
            NameListDesk.Parts(
                database: database, grants: grants, permissions: permissions, prepared: prepared,
                ledger: ledger, evidence: evidence, freshness: freshness, watch: watch, engine: engine,
                uploads: uploads, signer: keys.signer, keyMAC: try keys.secret(for: .evidenceLookUp),
                cipher: try keys.cipher(for: .personalPayload), folder: lists,
                leaseSeconds: settings.integer(.releaseLease), delivered: delivered, tally: tally,
                limits: NameListLimits(settings),
                entryTitle: { id in
                    let entry = try await database.read { try catalogue.stored(id, in: $0) }
                    return entry?.card.title ?? id.text
                },
                partyName: { id in try await parties.find(id)?.name(on: clock.now().date()) ?? id.text },
                text: { message, language in Node.words.text(message, in: language) }, calendars: calendars,
                clock: clock))
    }

    private static func sources(
        _ holdings: Holdings, _ database: any Database, _ engine: Engine, _ keys: KeyStore
    ) -> ReleaseSources {
        let facts = EntryFactsReader(holdings)
        return ReleaseSources(
            served: { entry, bound in
                guard let version = try await holdings.hooking.version(of: entry, asOf: bound) else {
                    return nil
                }
                let manifest = try engine.manifest(version.id, of: entry)
                return ServedVersion(
                    version: version.id, number: version.number, entry: entry, schema: version.schema,
                    rows: version.rows, publishedAt: version.publishedAt,
                    contentDigest: version.contentDigest,
                    keyColumns: version.keyColumns, source: engine.source(manifest))
            },
            live: { entry in
                guard let hook = try await holdings.hooking.liveHook(of: entry) else { return nil }
                return LiveRows(
                    hook: hook.id, revision: hook.revision, schema: hook.mapping.schema,
                    keyColumns: hook.keyColumns
                ) { column, key in
                    let found = try await holdings.hooking.ask(
                        hook.id, revision: hook.revision, column: column, key: key)
                    return LiveRows.Found(rows: found.rows, digest: found.digest)
                }
            },
            facts: { entry in
                let found = try await database.read { try facts.facts(of: entry, in: $0) }
                guard let found else { throw ReleaseError.nothingPublished }
                return found
            },
            rowStore: { served in
                try await holdings.rowStores.open(
                    try engine.manifest(served.version, of: served.entry), keyColumns: served.keyColumns)
            },
            pseudonymKey: { purpose in try keys.pseudonymKey(purpose: purpose) })
    }
}
