import Catalogue
import Cryptography
package import Exchange
import Foundation
import Grading
import Hooking
import Identity
package import Kernel
import Lake
import Letters
import Persistence
import Policy
import Quality
import Release
import Reminders
package import Web

extension Node {
    /// The template folders of all domains.
    package static let pageFolders: [PageFolder] = [
        webPageFolder, serverPageFolder, cataloguePageFolder, qualityPageFolder, gradingPageFolder,
        letterPageFolder, exchangePageFolder, releasePageFolder, hookingPageFolder,
        reminderPageFolder,
    ]
    /// Every page, for the tests that hold templates and words to them.
    package static let pages: [any Page.Type] =
        webPages + serverPages + cataloguePages + qualityPages + gradingPages + letterPages + exchangePages
        + releasePages + hookingPages + reminderPages

    /// The web of this node: templates, assets, the door, the main navigation.
    package func site(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        log: @escaping @Sendable (JSON) -> Void
    ) throws -> Site {
        let binary = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let permissions = permissions
        // What a form brings is written here first, so that it never has to be copied from another disk.
        try FileManager.default.createDirectory(
            atPath: hooking.uploadsFolder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        return Site(
            settings: Site.Settings(
                secureCookies: settings.text(.secureCookies) == "always",
                trustedProxies: Set(settings.list(.trustedProxies)), uploadFolder: hooking.uploadsFolder,
                language: Language(rawValue: settings.text(.language)) ?? .simplifiedChinese,
                name: settings.text(.siteName).isEmpty ? nil : settings.text(.siteName),
                marksAllData: settings.text(.markedPages) == "all"),
            templates: try PageTemplates(folders: Self.pageFolders, words: Self.words),
            assets: try Assets(
                fetchedFolder: Assets.fetchedFolder(
                    environment: environment, executable: URL(filePath: binary))),
            door: door, navigation: Self.navigation,
            mayEver: { action, principal in permissions.mayEver(action, principal) },
            uploads: refusedUploads.gate, clock: clock, figures: requests, log: log)
    }

    /// Every route of the program, each with its guard; `Tests/Golden/routes.txt` lists them.
    package var routes: Routes {
        var routes = Routes()
        homeRoutes(&routes)
        operationsRoutes(&routes)
        catalogueRoutes(&routes, catalogue: catalogue, aspects: entryAspects, actors: actors)
        let catalogue = catalogue
        let title: @Sendable (EntryID, Principal) async throws -> String = { id, principal in
            try await catalogue.entry(id, for: principal).currentCard.title
        }
        QualitySite(
            quality, clock: clock,
            neighbours: QualitySite.Neighbours(
                title: title, profile: { try await newestProfile(of: $0) },
                served: { try await servedRows(of: $0) },
                workbook: { [engine] in try engine.workbook($0, sheet: $1, note: $2) }, actors: actors)
        ).routes(&routes)
        gradingRoutes(&routes, grading: grading, title: title, actors: actors)
        ReleaseAPI(
            database: database, grants: grants, ledger: ledger, acts: grantActs, permissions: permissions,
            desk: rowDesk, files: files, receipts: receipts,
            explain: { id, principal in try await self.explanation(of: id, for: principal) },
            explainClauses: { clauses, entry, principal in
                try await self.explanation(of: clauses, on: entry, for: principal)
            },
            keyColumns: { entry in try await hooking.keyColumns(of: entry) },
            facts: releaseSources.facts, publicKeys: keys.publicKeys
        ).routes(&routes)
        releaseSite.routes(&routes)
        NameListAPI(nameLists).routes(&routes)
        NameListSite(nameLists, permissions: permissions, actors: actors).routes(&routes)
        PushAPI(pushes).routes(&routes)
        pushSite.routes(&routes)
        HandOverSite(
            handOvers, receipts: receipts, permissions: permissions, kid: keys.signer.kid, actors: actors
        ).routes(&routes)
        deliverySite.routes(&routes)
        jointTestSite.routes(&routes)
        hookingRoutes(&routes, hookingSite)
        EvidenceSite(
            database: database, evidence: evidence, permissions: permissions,
            checkpointAgeSecondsMax: settings.integer(.checkpointAge), actors: actors
        ).routes(&routes)
        letterSite.routes(&routes)
        LetterAPI(letters).routes(&routes)
        sharingRoutes(&routes)
        reminderSite.routes(&routes)
        administrationRoutes(&routes)
        return routes
    }

    private func sharingRoutes(_ routes: inout Routes) {
        exchangeSite.routes(&routes)
        SupervisionSite(supervisions, neighbours: exchangeSite.neighbours) { [letters] principal in
            guard letters.mayIssue(principal) else { return [] }
            return try await letters.series(of: principal).map(\.series).filter { $0.endedAt == nil }
                .map { ($0.id.text, $0.code) }
        }.routes(&routes)
        CoordinationSite(coordinations, neighbours: exchangeSite.neighbours).routes(&routes)
        runningSite.routes(&routes)
        EntryConsentSite(entryConsents).routes(&routes)
        ApplicationListSite(
            applicationLists,
            read: { path, name, rowsMax in try await sheet(at: path, named: name, rowsMax: rowsMax) },
            workbook: exchangeSite.neighbours.workbook
        ).routes(&routes)
        lifeSite.routes(&routes)
        AnnouncedEndSite(announcedEnds, neighbours: exchangeSite.neighbours, entryTitle: entryTitle)
            .routes(&routes)
        useReportSite.routes(&routes)
    }

    /// Who stands behind an account that evidence or a history names.
    var actors: Actors.Reader {
        let accounts = accounts
        return { try await accounts.names(ofActors: $0) }
    }

    package var templates: Templates {
        Templates(database: database, permissions: permissions, evidence: evidence, clock: clock)
    }

    private var letterSite: LetterSite {
        LetterSite(letters, actors: actors) { [engine] in
            try engine.workbook($0, sheet: $1)
        } sheet: {
            let brought = try await sheet(at: $0, named: "preview.xlsx", rowsMax: $1)
            return [brought.header] + brought.rows.map(\.cells)
        }
    }

    var exchangeSite: ExchangeSite {
        let (parties, posts, accounts, clock) = (parties, posts, accounts, clock)
        let (letterSite, useReportSite) = (letterSite, useReportSite)
        let (hookingSite, deliverySite, lifeSite) = (hookingSite, deliverySite, lifeSite)
        let (reminderSite, jointTestSite) = (reminderSite, jointTestSite)
        return ExchangeSite(
            exchange, templates: templates,
            neighbours: ExchangeSite.Neighbours(
                reminders: { principal in
                    let late = try await deliverySite.alarms(for: principal, at: clock.now())
                    let gaps = try await calendarReminder(for: principal)
                    return try await hookingSite.reminders(for: principal) + [late, gaps].compactMap(\.self)
                        + [RefusedUploadsPage.reminder(refusedUploads.notices(for: principal))]
                        .compactMap(\.self)
                        + lifeSite.reminders(for: principal)
                        + [useReportSite.reminder(for: principal)].compactMap(\.self)
                        + [reminderSite.alarms(for: principal)].compactMap(\.self)
                        + [jointTestSite.reminder(for: principal)].compactMap(\.self)
                },
                partyName: { id in try await parties.find(id)?.name(on: clock.now().date()) ?? id.text },
                postTitle: { id in try await posts.find(id)?.title },
                explain: { clauses, facts in Explanation(clauses, facts: facts, on: clock.now().date()) },
                counties: { counties(on: clock.now().date()) },
                seats: { try await posts.seats(of: $0, on: clock.now().date()) },
                units: { try await unitNames() },
                holder: { try await accounts.holder($0, in: $1, on: clock.now().date()) },
                workbook: { titles, sheet, rows in
                    let made = try await workbook(titles, sheet: sheet, rows)
                    return ExchangeSite.WrittenWorkbook(
                        path: made.path, bytes: made.bytes, mediaType: MadeWorkbook.mediaType, place: made)
                },
                letters: { id, principal in
                    try await letterSite.block(of: id, for: principal).map { CaseLetters($0.table, $0.acts) }
                },
                find: { [catalogue] words, linesMax, principal in
                    try await catalogue.list(
                        EntryFilter(query: words, states: [.published]),
                        page: EntryPageRequest(size: linesMax), for: principal
                    ).rows.map(\.id)
                }, replies: { try await registeredReplies(on: $0, for: $1) },
                jointTest: { id, principal in
                    try await jointTestSite.block(of: id, for: principal, at: clock.now()).map {
                        CaseJointTest($0.sentence, isGood: $0.isGood, tests: $0.table, href: $0.href)
                    }
                }, scans: paperScans))
    }

    /// By the table of the node's profile; none without one, and then whoever offers a county names it.
    private func counties(on day: CalendarDate) -> [String] {
        guard let text = try? Profile(identity.profile).text("divisions.tsv"),
            let table = try? DivisionTable(tsv: text)
        else { return [] }
        return table.counties(on: day)
    }

    /// What suggestions of rules are made from; nil before the first version.
    private func newestProfile(of entry: EntryID) async throws -> Lake.Profile? {
        guard let version = try await hooking.currentVersion(of: entry) else { return nil }
        return try await engine.profile(
            engine.source(try engine.manifest(version.id, of: entry)), for: .rules)
    }

    var hookingSite: HookingSite {
        let (accounts, parties, clock) = (accounts, parties, clock)
        return HookingSite(
            hooking: hooking, catalogue: catalogue, quality: quality, grading: grading,
            limits: HookingSite.Limits(
                uploadBytesMax: settings.integer(.uploadBytesMax),
                databases: DatabaseChoices(
                    hosts: settings.list(.sourceHosts), odbcSources: settings.list(.odbcSources)),
                inbox: Inbox(folders: settings.list(.inboxFolders))),
            neighbours: HookingSite.Neighbours(
                accountName: { try await accounts.find($0)?.name },
                partyName: { id in try await parties.find(id)?.name(on: clock.now().date()) ?? id.text }))
    }

    /// What a look at failing rows reads; nil before the first version.
    private func servedRows(of entry: EntryID) async throws -> ServedRows? {
        guard let version = try await hooking.currentVersion(of: entry) else { return nil }
        let engine = engine
        return ServedRows(version: version.id, schema: version.schema, keyColumns: version.keyColumns) {
            metrics, samplesMax, after in
            let source = engine.source(try engine.manifest(version.id, of: entry))
            return try await engine.measure(metrics, of: source, samplesMax: samplesMax, after: after)
        }
    }

    private var pushSite: PushSite {
        let (parties, clock) = (parties, clock)
        return PushSite(
            pushes, permissions: permissions, entryTitle: entryTitle,
            partyName: { id in try await parties.find(id)?.name(on: clock.now().date()) ?? id.text },
            actors: actors)
    }

    private var deliverySite: DeliverySite {
        DeliverySite(deliveries, entryTitle: entryTitle, actors: actors)
    }

    private var jointTestSite: JointTestSite {
        JointTestSite(
            jointTests, entryTitle: entryTitle,
            keyColumns: { [hooking] in try await hooking.keyColumns(of: $0) }, actors: actors)
    }

    private var lifeSite: LifeSite {
        let (parties, clock) = (parties, clock)
        return LifeSite(
            exchange, ends: useEnds, entryTitle: entryTitle,
            partyName: { id in try await parties.find(id)?.name(on: clock.now().date()) ?? id.text },
            digest: { path in
                DigestAlgorithm.sha256.digest(Array(try Data(contentsOf: URL(filePath: path)))).hex
            })
    }

    private var useReportSite: UseReportSite {
        let (parties, clock) = (parties, clock)
        return UseReportSite(
            useReports, entryTitle: entryTitle,
            partyName: { id in try await parties.find(id)?.name(on: clock.now().date()) ?? id.text })
    }

    private var runningSite: RunningSite {
        let (parties, clock) = (parties, clock)
        return RunningSite(
            runningExchanges, permissions: permissions,
            neighbours: RunningSite.Neighbours(
                entryTitle: entryTitle,
                partyName: { id in try await parties.find(id)?.name(on: clock.now().date()) ?? id.text },
                read: { path, name, rowsMax in try await sheet(at: path, named: name, rowsMax: rowsMax) },
                workbook: { titles, sheet, rows in
                    let made = try await workbook(titles, sheet: sheet, rows)
                    return RunningSite.MadeFile(
                        path: made.path, bytes: made.bytes, type: MadeWorkbook.mediaType, keeper: made)
                }))
    }

    private var releaseSite: ReleaseSite {
        let (parties, clock, hooking) = (parties, clock, hooking)
        return ReleaseSite(
            database: database, grants: grants, ledger: ledger, acts: grantActs, permissions: permissions,
            desk: rowDesk, files: files, receipts: receipts, handOvers: handOvers, deliveries: deliveries,
            tokens: OwnTokens(tokens: tokens, permissions: permissions),
            neighbours: ReleaseSite.Neighbours(
                entryTitle: entryTitle,
                partyName: { id in try await parties.find(id)?.name(on: clock.now().date()) ?? id.text },
                explain: { grant, principal in
                    do { return try await self.explanation(of: grant.id, for: principal) } catch ReleaseError
                        .nothingPublished
                    {
                        // Its page stays: it says that nothing can leave, and the grant can still be revoked.
                        let nothing = EntryFacts(
                            entry: grant.entry, provider: grant.provider, sharing: .notShared, columns: [])
                        return Explanation(grant.clauses, facts: nothing, on: clock.now().date())
                    }
                },
                keyColumns: { entry in try await hooking.keyColumns(of: entry) },
                facts: releaseSources.facts, actors: actors,
                grantWays: { [permissions] principal in
                    Self.grantWays.filter { permissions.mayEver($0.action, principal) }.map(\.act)
                }))
    }

    private static let grantWays: [(action: Action, act: Act)] = [
        (.importExchange, Act(Message("running.running"), "/running-exchanges")),
        (.readReceipt, Act(Message("announced-end.list"), "/announced-ends")),
        (.readReceipt, Act(Message("life.ends"), "/end-of-use")),
        (.readReceipt, Act(Message("use-report.nav"), "/use-reports")),
    ]

    static let navigation: [Site.NavigationItem] = [
        Site.NavigationItem(
            Message("exchange.inbox"), "/inbox",
            .anyOf([
                .requestShare, .signOffRequest, .checkRequest, .decideRequest, .coordinateRequest,
                .countersignCase,
            ])),
        Site.NavigationItem(
            Message("supervision.supervisions"), "/supervisions", .anyOf(SupervisionSite.acts)),
        Site.NavigationItem(
            Message("letter.letters"), "/letters",
            .anyOf([.registerLetter, .issueLetter, .setLetterTemplate])),
        Site.NavigationItem(Message("catalogue.list"), "/catalogue", .public),
        Site.NavigationItem(Message("hooking.hooks"), "/hooks", .anyOf(HookingSite.readers)),
        Site.NavigationItem(Message("release.held"), "/held", .action(.releaseRows)),
        Site.NavigationItem(Message("release.grants"), "/grants", .signedIn),
        Site.NavigationItem(Message("name-list.lists"), "/name-lists", .action(.releaseRows)),
        Site.NavigationItem(
            Message("exchange.templates"), "/templates",
            .anyOf([.setTemplate, .decideRequest, .coordinateRequest])),
        Site.NavigationItem(
            Message("exchange.chains"), "/approval-chains", .action(.setApprovalChain)),
        Site.NavigationItem(Message("release.releases"), "/receipts", .action(.readReceipt)),
        Site.NavigationItem(Message("evidence.browser"), "/evidence", .action(.readEvidence)),
        Site.NavigationItem(Message("refused.uploads"), RefusedLinks.all, .action(.releaseUpload)),
        Site.NavigationItem(Message("calendar.calendar"), "/calendar", .action(.publishCalendar)),
        Site.NavigationItem(Message("unit.units"), "/units", .action(.manageParties)),
        Site.NavigationItem(Message("account.accounts"), "/accounts", .action(.manageAccounts)),
        Site.NavigationItem(Message("health.health"), "/health", .action(.changeSettings)),
    ]

    /// What the web asks Identity.
    private var door: Door {
        let (accounts, sessions, tokens, posts, clock) = (accounts, sessions, tokens, posts, clock)
        return Door(
            principalOfSession: { try await sessions.principal(forSecret: $0) },
            principalOfToken: { try await tokens.principal(forSecret: $0) },
            signIn: { name, password, caller in
                let entrance = try await accounts.signIn(
                    name: name, password: password, from: caller.address, browser: caller.browser)
                return switch entrance {
                case .opened(let session): .opened(Door.Opened(session))
                case .secondStep(let ticket): .secondStep(ticket: ticket)
                }
            },
            secondStep: { ticket, code, caller in
                Door.Opened(
                    try await accounts.secondStep(
                        ticket: ticket, code: code, from: caller.address, browser: caller.browser))
            },
            asksForCode: { try await accounts.asksForCode($0) },
            confirm: { try await accounts.confirm($0, with: $1) },
            signOut: { try await sessions.close($0) },
            posts: { principal in
                guard let account = principal.account else { return [] }
                return try await posts.held(by: account, on: clock.now().date()).map { held in
                    Door.Post(
                        id: held.post.id, title: held.post.title, party: held.partyName,
                        roles: held.post.roles.sorted { $0.rawValue < $1.rawValue },
                        deputyUntil: held.deputyUntil)
                }
            },
            choosePost: { Door.Opened(try await sessions.choose($0, $1)) }, providers: providerDoor)
    }
}
