import Foundation
import Hummingbird
package import Identity
package import Kernel
package import Persistence
package import Policy
package import Web

package let releasePageFolder = PageFolder("release", Bundle.module)
package let releasePages: [any Page.Type] = [
    GrantListPage.self, GrantPage.self, VerifyPage.self, RecipientPage.self, KeysPage.self,
    TestCallPage.self, ReleaseListPage.self, ReleasePage.self, EvidencePage.self, LeafPage.self,
    NameListsPage.self, NewNameListPage.self, NameListChoicePage.self, NameListPage.self,
    PushTargetsPage.self, NewPushTargetPage.self, PushTargetPage.self, PushListPage.self, PushPage.self,
    NewHandOverPage.self, HandOverPage.self, DeliveryPage.self, JointTestPage.self,
    JointTestRunPage.self,
]

/// The pages of grants, releases, receipts and evidence.
package struct ReleaseSite: Sendable {
    /// What the pages ask of other domains; `Server` passes it in.
    package struct Neighbours: Sendable {
        package let entryTitle: @Sendable (EntryID) async throws -> String
        package let partyName: @Sendable (PartyID) async throws -> String
        package let explain: @Sendable (Grant, Principal) async throws -> Explanation
        package let keyColumns: @Sendable (EntryID) async throws -> [String]
        package let facts: @Sendable (EntryID) async throws -> EntryFacts
        package let actors: Actors.Reader
        /// What else there is about grants, for whoever asks: exchanges from before, ends of use, reports of use.
        package let grantWays: @Sendable (Principal) -> [Act]

        package init(
            entryTitle: @escaping @Sendable (EntryID) async throws -> String,
            partyName: @escaping @Sendable (PartyID) async throws -> String,
            explain: @escaping @Sendable (Grant, Principal) async throws -> Explanation,
            keyColumns: @escaping @Sendable (EntryID) async throws -> [String],
            facts: @escaping @Sendable (EntryID) async throws -> EntryFacts,
            actors: @escaping Actors.Reader, grantWays: @escaping @Sendable (Principal) -> [Act]
        ) {
            self.entryTitle = entryTitle
            self.partyName = partyName
            self.explain = explain
            self.keyColumns = keyColumns
            self.facts = facts
            self.actors = actors
            self.grantWays = grantWays
        }

        func titles(of entries: [EntryID]) async throws -> [EntryID: String] {
            var titles: [EntryID: String] = [:]
            for entry in Set(entries) { titles[entry] = try await entryTitle(entry) }
            return titles
        }

        func names(of parties: [PartyID]) async throws -> [PartyID: String] {
            var names: [PartyID: String] = [:]
            for party in Set(parties) { names[party] = try await partyName(party) }
            return names
        }
    }

    let database: any Database
    let grants: GrantStore
    let ledger: QuotaLedger
    private let acts: GrantActs
    let permissions: Permissions
    let desk: RowDesk
    private let files: FileReleases
    private let receipts: ReceiptDesk
    private let handOvers: HandOverDesk
    let deliveries: DeliveryDesk
    let tokens: OwnTokens
    let neighbours: Neighbours

    package init(
        database: any Database, grants: GrantStore, ledger: QuotaLedger, acts: GrantActs,
        permissions: Permissions, desk: RowDesk, files: FileReleases, receipts: ReceiptDesk,
        handOvers: HandOverDesk, deliveries: DeliveryDesk, tokens: OwnTokens,
        neighbours: Neighbours
    ) {
        self.database = database
        self.grants = grants
        self.ledger = ledger
        self.acts = acts
        self.permissions = permissions
        self.desk = desk
        self.files = files
        self.receipts = receipts
        self.handOvers = handOvers
        self.deliveries = deliveries
        self.tokens = tokens
        self.neighbours = neighbours
    }

    package func routes(_ routes: inout Routes) {
        routes.get("/grants", .signedIn) { try await list($0) }
        routes.get("/grants/:id", .signedIn) { try await show($0) }
        routes.post("/grants/:id/releases", .action(.releaseRows)) { try await make($0) }
        recipientRoutes(&routes)
        for change in Change.all { change.mount(&routes, self) }
        routes.get("/receipts", .action(.readReceipt)) { try await releases($0) }
        routes.get("/releases/:id", .action(.readReceipt)) { try await showRelease($0) }
        routes.get("/releases/:id/file", .action(.releaseRows)) { visit in
            try visit.demandOwnPage()
            return try await receipts.download(visit.id(), by: visit.principal).response(receipts)
        }
        routes.get("/releases/:id/receipt", .action(.readReceipt)) { visit in
            let id: ReleaseID = try visit.id()
            let document = try await receipts.document(of: id, for: visit.principal)
            return visit.download(
                ResponseBody(byteBuffer: ByteBuffer(string: document.json.pretty)),
                as: "receipt-\(id.text.suffix(12)).json", type: "application/json")
        }
    }

    private func list(_ visit: Visit) async throws -> Response {
        let asked = TableQuery(visit, sortable: [], order: "-signed")
        let filter = GrantFilter(
            entry: EntryID(visit.query["entry"]), state: Grant.State(rawValue: visit.query["state"]))
        let (found, count, next) = try await search(filter, asked, for: visit.principal)
        let (ledger, ids, now) = (ledger, found.map(\.id), visit.now)
        let uses = try await database.read { try ledger.uses(of: ids, at: now, in: $0) }
        let titles = try await neighbours.titles(of: found.map(\.entry))
        let names = try await neighbours.names(
            of: found.flatMap { [$0.provider] + ($0.consumer.map { [$0] } ?? []) })
        let page = GrantListPage(
            found.map { grant in
                GrantListPage.Line(
                    grant: grant, entry: titles[grant.entry] ?? "", provider: names[grant.provider] ?? "",
                    consumer: grant.consumer.flatMap { names[$0] },
                    use: uses[grant.id] ?? QuotaLedger.Use(total: 0, today: 0))
            }, count: count, query: asked, next: next, ways: neighbours.grantWays(visit.principal))
        if asked.isCSV { return visit.csv(page.table, as: visit.text(page.title) + ".csv") }
        return try visit.page(page)
    }

    /// One page of grants, all of them for an export, with the number of all and the cursor of the next page.
    func search(
        _ filter: GrantFilter, _ asked: TableQuery, for principal: Principal
    ) async throws -> (grants: [Grant], count: Int, next: String?) {
        let (grants, scope) = (grants, permissions.scope(of: .grant, for: principal))
        var found: [Grant] = []
        var before = asked.isCSV ? nil : asked.after.flatMap { GrantID($0) }
        var hasMore = false
        repeat {
            let (start, limit) = (before, min(asked.limit, GrantStore.listMax))
            let page = try await database.read {
                try grants.list(filter, scope: scope, before: start, limit: limit, in: $0)
            }
            found += page
            before = page.last?.id
            hasMore = page.count == limit
        } while asked.isCSV && hasMore && found.count < TableQuery.exportRowsMax
        let count = try await database.read { try grants.count(filter, scope: scope, in: $0) }
        return (found, count, hasMore ? before?.text : nil)
    }

    private func consumer(of grant: Grant) async throws -> String {
        guard let consumer = grant.consumer else { return "" }
        return try await neighbours.partyName(consumer)
    }

    func find(_ visit: Visit) async throws -> Grant {
        let id: GrantID = try visit.id()
        let (grants, scope) = (grants, permissions.scope(of: .grant, for: visit.principal))
        return try await database.read { try grants.find(id, scope: scope, in: $0) }
    }

    private func show(_ visit: Visit) async throws -> Response {
        let grant = try await find(visit)
        let (ledger, grants, now) = (ledger, grants, visit.now)
        let today = now.date()
        let (use, changes, hold, days) = try await database.read { connection in
            (
                try ledger.use(of: grant.id, at: now, in: connection),
                try grants.changes(of: grant.id, in: connection),
                try NameListStore().hold(on: grant.id, in: connection),
                try ledger.useByDay(
                    grant: grant.id, from: today.adding(days: 1 - UsePerDay.days), to: today, in: connection)
            )
        }
        let (released, releases) = try await receipts.list(
            grant: grant.id, for: visit.principal, limit: GrantPage.releasesShownMax)
        let subject = grants.subject(grant)
        let receiving = permissions.scope(of: .release, for: visit.principal)
        let targets = try await database.read { connection in
            grant.deliveries.contains(.push)
                ? try PushStore().targets(scope: receiving, in: connection)
                    .filter { $0.unit == visit.principal.party } : []
        }
        return try visit.page(
            GrantPage(
                grant, try await neighbours.explain(grant, visit.principal),
                GrantPage.Surroundings(
                    entry: try await neighbours.entryTitle(grant.entry),
                    provider: try await neighbours.partyName(grant.provider),
                    consumer: try await consumer(of: grant), use: use,
                    perDay: days.isEmpty ? nil : UsePerDay(days, until: today), releases: released,
                    releasesCount: releases,
                    deliveries: try await deliveries.list(of: grant.id, for: visit.principal), now: now,
                    changes: changes,
                    actors: try await Actors(of: changes.map(\.actor), reader: neighbours.actors),
                    hold: hold, targets: targets,
                    may: { permissions.allows($0, on: subject, for: visit.principal) },
                    request: grant.requestPath(for: visit.principal, permissions))))
    }

    private func make(_ visit: Visit) async throws -> Response {
        let grant = try await find(visit)
        guard let delivery = DeliveryKind(rawValue: visit.form["format"]) else {
            throw ReleaseError.formatUnknown(visit.form["format"])
        }
        let release = try await files.make(delivery, under: grant.id, by: visit.principal)
        return visit.redirect(
            to: "/releases/\(release.id)",
            saying: Notice(.done, Message("release.made", ["rows": Written.count(Int(release.rowsOut ?? 0))]))
        )
    }

    private func releases(_ visit: Visit) async throws -> Response {
        let asked = TableQuery(visit, sortable: [], order: "-at")
        let filter = ReleaseFilter(
            grant: GrantID(visit.query["grant"]), entry: EntryID(visit.query["entry"]),
            state: FileRelease.State(rawValue: visit.query["state"]))
        var found: [FileRelease] = []
        var before = asked.isCSV ? nil : asked.after.flatMap { ReleaseID($0) }
        var (count, hasMore) = (0, false)
        repeat {
            let limit = min(asked.limit, FileReleaseStore.listMax)
            let page = try await receipts.list(filter, for: visit.principal, before: before, limit: limit)
            found += page.releases
            count = page.count
            before = page.releases.last?.id
            hasMore = page.releases.count == limit
        } while asked.isCSV && hasMore && found.count < TableQuery.exportRowsMax
        let page = ReleaseListPage(
            found, titles: try await neighbours.titles(of: found.map(\.entry)),
            names: try await neighbours.names(of: found.map(\.recipient)), count: count, query: asked,
            next: hasMore ? before?.text : nil)
        if asked.isCSV { return visit.csv(page.table, as: visit.text(page.title) + ".csv") }
        return try visit.page(page)
    }

    private func showRelease(_ visit: Visit) async throws -> Response {
        let release = try await receipts.find(visit.id(), for: visit.principal)
        // A grant that was suspended, resumed or revoked since hands out no older file.
        let (nature, revision, list) = try await database.read { connection in
            (
                try grants.get(release.grant, in: connection).nature,
                try GrantStore.activeRevision(release.grant, connection),
                try NameListStore().list(ofPart: release.id, in: connection)
            )
        }
        let mayReadList = permissions.scope(of: .release, for: visit.principal).admits(
            recipient: release.recipient)
        return try visit.page(
            ReleasePage(
                release,
                ReleasePage.Surroundings(
                    entry: try await neighbours.entryTitle(release.entry),
                    provider: try await neighbours.partyName(release.provider),
                    recipient: try await neighbours.partyName(release.recipient),
                    list: mayReadList ? list : nil,
                    handOvers: try await handOvers.list(of: release.id, for: visit.principal),
                    mayDownload: permissions.mayEver(.releaseRows, visit.principal)
                        && revision == release.revision,
                    mayReadEvidence: permissions.mayEver(.readEvidence, visit.principal), nature: nature)))
    }

    /// Suspend, resume, revoke: a confirming page first, a reason always.
    private struct Change: Sendable {
        let act: GrantActs.Act
        let word: String

        static let all = [
            Change(act: .suspension, word: "suspend"), Change(act: .resumption, word: "resume"),
            Change(act: .revocation, word: "revoke"), Change(act: .surrender, word: "give-up"),
        ]

        func mount(_ routes: inout Routes, _ site: ReleaseSite) {
            let path = "/grants/:id/\(act.rawValue)"
            routes.get(path, .action(act.action)) { visit in
                try visit.page(page(of: try await site.find(visit), errors: nil))
            }
            routes.post(path, .action(act.action)) { visit in
                let grant = try await site.find(visit)
                do {
                    try await site.acts.perform(
                        act, on: grant.id, because: visit.form["reason"], by: visit.principal)
                    return visit.redirect(
                        to: "/grants/\(grant.id)", saying: Notice(.done, Message("release.\(word)-done")))
                } catch ReleaseError.reasonNeeded {
                    return try visit.page(
                        page(of: grant, errors: FormErrors(ReleaseError.reasonNeeded.problem)),
                        status: .unprocessableContent)
                }
            }
        }

        private func page(of grant: Grant, errors: FormErrors?) -> ConfirmPage {
            var field = Field.area("reason", Message("release.reason")).required()
            if let errors { field = field.checked(errors) }
            return ConfirmPage(
                title: Message("release.\(word)"),
                question: Message("release.\(word)-question", ["purpose": grant.purpose]),
                consequences: [Message("release.\(word)-consequence")],
                action: "/grants/\(grant.id)/\(act.rawValue)", fields: [field], errors: errors,
                button: Message("release.\(word)"), backHref: "/grants/\(grant.id)")
        }
    }
}

extension Grant {
    /// Where what it came of is shown, to those who have a part in it; for others the link would lead nowhere.
    func requestPath(for principal: Principal, _ permissions: Permissions) -> String? {
        let (path, parts): (String, [Action])
        switch origin {
        case .sharingRequest(let id):
            path = "/requests/\(id)"
            parts = [
                .requestShare, .signOffRequest, .checkRequest, .decideRequest, .answerOffer,
                .coordinateRequest,
            ]
        case .agreement(let id):
            path = "/running-exchanges/\(id)"
            parts = [.importExchange, .signGrant]
        case .openLicence: return nil
        }
        return parts.contains { permissions.mayEver($0, principal) } ? path : nil
    }
}
