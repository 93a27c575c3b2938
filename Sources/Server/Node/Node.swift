import Casework
package import Catalogue
package import Cryptography
package import Evidence
package import Exchange
import Foundation
package import Grading
package import Hooking
package import Identity
package import Kernel
package import Lake
import Letters
package import Persistence
package import Policy
package import Quality
package import Release
import Reminders
import Web

/// One node, put together: every front door over one database, one lake and one key store. `serve`, the commands and the tests
/// all stand on this.
package struct Node: Sendable {
    package let folder: NodeFolder
    package let identity: NodeIdentity
    package let settings: Settings
    package let keys: KeyStore
    package let database: any Database
    package let clock: Clock

    package let evidence: EvidenceLog
    package let sequencer: Sequencer
    package let freshness: EvidenceFreshness
    let readiness: Readiness
    package let permissions: Permissions

    package let parties: Parties
    package let posts: Posts
    package let accounts: Accounts
    package let sessions: Sessions
    package let tokens: Tokens
    package let providers: ProviderSignIns

    package let supervisor: Supervisor
    package let engine: Engine

    package let catalogue: Catalogue
    package let quality: Quality
    package let grading: Grading
    package let hooking: Hooking
    package let rowStores: RowStores

    package let grants: GrantStore
    package let watch: GrantWatch
    package let ledger: QuotaLedger
    package let grantActs: GrantActs
    package let exchange: Exchange
    let entryFacts: EntryFactsReader

    private let counter: Counter
    let requests = RequestFigures()
    let roundBook = RoundBook()
    /// 涉密不上网: what was refused at any door.
    package let refusedUploads: RefusedUploads
    let calendarFollower = CalendarFollower()
    let outsideGate = OutsideGate()

    /// In the order in which they are applied.
    package static let migrations: [Migration] =
        evidenceMigrations + identityMigrations + policyMigrations + caseworkMigrations + catalogueMigrations
        + qualityMigrations + gradingMigrations + hookingMigrations + filingMigrations
        + scheduleMigrations + watchMigrations + dropTableMigrations + lettersMigrations + exchangeMigrations
        + releaseMigrations
        + nameListMigrations + pushMigrations + handOverMigrations + deliveryMigrations + jointTestMigrations
        + reminderMigrations

    package static let words = Words(merging: [
        kernelWords, cryptographyWords, persistenceWords, evidenceWords, identityWords, providerWords,
        policyWords,
        explanationWords,
        lakeWords, pushWords,
        sourceWords, liveSourceWords, caseworkWords, calendarWords, webWords, catalogueWords, qualityWords,
        gradingWords,
        hookingWords,
        filingWords, scheduleWords, dropTableWords, liveHookWords,
        letterWords, letterPageWords, exchangeWords, inboxWords, supervisionWords, coordinationWords,
        emergencyWords,
        runningWords, lifeWords, announcedEndWords,
        useReportWords, chainWords, applicationWords, stepWords, applicationListWords, paperWords,
        acceptanceWords,
        transferWords,
        superiorWords,
        releaseWords,
        nameListWords,
        pushDeskWords,
        handOverWords,
        deliveryWords, jointTestWords, jointTestDeliveryWords, reminderWords,
        evidencePageWords,
        serverWords,
        commandWords,
        refusedUploadWords,
        unitWords, unitListWords, successionWords, accountWords, healthWords, calendarPageWords,
        settingPurposeWords,
    ])

    /// Opens a node that `init` made. Pending migrations are refused unless `migrates`. What a password costs to try is no setting, so that no
    /// site can save on it.
    package static func open(
        _ folder: NodeFolder, environment: [String: String] = ProcessInfo.processInfo.environment,
        migrates: Bool = false, worker: Supervisor.Launch? = nil, clock: Clock = .system,
        passwords: PasswordHashing = PasswordHashing()
    ) async throws -> Node {
        let identity = try folder.identity()
        let settings = try Settings(folder: folder.root, environment: environment)
        let keys = try KeyStore.open(dataFolder: folder.path, environment: environment)
        let url = settings.text(.database)
        let database = try await openDatabase(
            location: url.isEmpty ? folder.path : url,
            connectionsMax: settings.integer(.databaseConnections),
            waitMilliseconds: settings.integer(.databaseWait))
        let migrator = Migrator(migrations, clock: clock)
        if migrates {
            _ = try await migrator.migrate(database)
        } else {
            let pending = try await migrator.pending(database)
            guard pending.isEmpty else {
                throw Problem(
                    .unavailable,
                    Message("node.migrations-pending", ["names": pending.joined(separator: ", ")]),
                    remedy: Message("node.migrations-pending-remedy"))
            }
        }
        return try await Node(
            folder: folder, identity: identity, settings: settings, keys: keys, database: database,
            worker: try worker ?? .thisBinary(), clock: clock, passwords: passwords)
    }

    private init(
        folder: NodeFolder, identity: NodeIdentity, settings: Settings, keys: KeyStore,
        database: any Database, worker: Supervisor.Launch, clock: Clock,
        passwords: PasswordHashing
    ) async throws {
        self.folder = folder
        self.identity = identity
        self.settings = settings
        self.keys = keys
        self.database = database
        self.clock = clock
        let record = try Record(identity, settings, keys, database, clock)
        try await record.evidence.prepare(database)
        evidence = record.evidence
        sequencer = record.sequencer
        freshness = record.freshness
        readiness = record.readiness
        permissions = Permissions(confirmSecondsMax: settings.integer(.confirmSeconds), clock: clock)
        let people = People(settings, keys, database, evidence, passwords, clock)
        parties = people.parties
        posts = people.posts
        accounts = people.accounts
        sessions = people.sessions
        tokens = people.tokens
        providers = try Self.providers(settings, people.accounts)
        supervisor = try Supervisor(
            worker,
            limits: WorkerLimits(folder, settings), childrenMax: settings.integer(.workers))
        engine = try Engine(folder: LakeFolder(root: folder.path), supervisor: supervisor)
        refusedUploads = RefusedUploads(database, evidence, permissions, clock)
        let calendars = CalendarInForce(try Self.shippedCalendar())
        let holdings = try Holdings(
            folder, settings, keys, database, evidence, permissions, people, engine, calendars,
            refusedUploads.gate, clock)
        catalogue = holdings.catalogue
        quality = holdings.quality
        grading = holdings.grading
        hooking = holdings.hooking
        rowStores = holdings.rowStores
        entryFacts = EntryFactsReader(holdings)

        let log = evidence
        grants = GrantStore { leaf, connection in try log.append(leaf, in: connection) }
        watch = GrantWatch(clock: clock)
        ledger = QuotaLedger()
        grantActs = GrantActs(
            database: database, grants: grants, permissions: permissions, watch: watch, clock: clock,
            binds: { try Coordinations.binds($0, in: $1) })
        exchange = try Self.exchange(
            identity, database, log, permissions, grants, holdings, engine,
            trialSecondsMax: settings.integer(.trialSeconds), Exchange.Rules(settings), calendars, clock)

        counter = try Counter(
            holdings, folder, settings, keys, database, log, record.freshness, permissions, grants,
            exchange, watch, ledger, engine, parties, calendars, refusedUploads.gate, clock)
        _ = try await workingCalendar.refresh()
    }

    /// Which days are worked.
    package var calendar: WorkingDayCalendar { calendars.now }
    package var calendars: CalendarInForce { workingCalendar.calendars }
    package var journal: ReleaseJournal { counter.journal }
    package var prepared: PreparedGrants { counter.prepared }
    package var rowDesk: RowDesk { counter.rowDesk }
    package var files: FileReleases { counter.files }
    package var receipts: ReceiptDesk { counter.receipts }
    package var abandoned: AbandonedAnswers { counter.abandoned }
    package var nameLists: NameListDesk { counter.nameLists }
    package var pushes: PushDesk { counter.pushes }
    package var tally: ReleaseTally { counter.tally }
    package var releaseSources: ReleaseSources { counter.sources }

    /// Ends publications, children and connections; what was authorised is settled first.
    package func close() async {
        await hooking.stop()
        await nameLists.stop()
        await pushes.stop()
        try? await journal.settle()
        _ = try? await sequencer.step()
        try? await sequencer.resign()
        await supervisor.stop()
        await database.close()
    }
}
