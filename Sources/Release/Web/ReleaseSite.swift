package import Evidence
import Foundation
import Hummingbird
package import Identity
package import Kernel
package import Persistence
package import Policy
package import Web

package let releasePageFolder = PageFolder("release", Bundle.module)
package let releasePages: [any Page.Type] = [
    GrantListPage.self, GrantPage.self, ReleaseListPage.self, ReleasePage.self, EvidencePage.self,
    LeafPage.self,
]

/// The pages of grants, releases, receipts and evidence.
package struct ReleaseSite: Sendable {
    /// What the pages ask of other domains; `Server` passes it in.
    package struct Neighbours: Sendable {
        package let entryTitle: @Sendable (EntryID) async throws -> String
        package let partyName: @Sendable (PartyID) async throws -> String
        package let explain: @Sendable (GrantID, Principal) async throws -> Explanation

        package init(
            entryTitle: @escaping @Sendable (EntryID) async throws -> String,
            partyName: @escaping @Sendable (PartyID) async throws -> String,
            explain: @escaping @Sendable (GrantID, Principal) async throws -> Explanation
        ) {
            self.entryTitle = entryTitle
            self.partyName = partyName
            self.explain = explain
        }
    }

    private static let pageRows = 50

    private let database: any Database
    private let grants: GrantStore
    private let ledger: QuotaLedger
    private let watch: GrantWatch
    private let permissions: Permissions
    private let files: FileReleases
    private let receipts: ReceiptDesk
    private let evidence: EvidenceLog
    private let checkpointAgeSecondsMax: Int
    private let neighbours: Neighbours

    package init(
        database: any Database, grants: GrantStore, ledger: QuotaLedger, watch: GrantWatch,
        permissions: Permissions, files: FileReleases, receipts: ReceiptDesk, evidence: EvidenceLog,
        checkpointAgeSecondsMax: Int, neighbours: Neighbours
    ) {
        self.database = database
        self.grants = grants
        self.ledger = ledger
        self.watch = watch
        self.permissions = permissions
        self.files = files
        self.receipts = receipts
        self.evidence = evidence
        self.checkpointAgeSecondsMax = checkpointAgeSecondsMax
        self.neighbours = neighbours
    }

    package func routes(_ routes: inout Routes) {
        routes.get("/grants", .signedIn) { try await list($0) }
        routes.get("/grants/:id", .signedIn) { try await show($0) }
        routes.post("/grants/:id/releases", .action(.releaseRows)) { try await make($0) }
        for change in Change.all { change.mount(&routes, self) }
        routes.get("/receipts", .action(.readReceipt)) { try await releases($0) }
        routes.get("/releases/:id", .action(.readReceipt)) { visit in
            let release = try await receipts.find(visit.id(), for: visit.principal)
            return try visit.page(
                ReleasePage(
                    release, mayDownload: permissions.mayEver(.releaseRows, visit.principal),
                    mayReadEvidence: permissions.mayEver(.readEvidence, visit.principal)))
        }
        routes.get("/releases/:id/file", .action(.releaseRows)) { visit in
            try await FileDownload.response(
                receipts.download(visit.id(), by: visit.principal), files: files, visit)
        }
        routes.get("/releases/:id/receipt", .action(.readReceipt)) { visit in
            let id: ReleaseID = try visit.id()
            let document = try await receipts.document(of: id, for: visit.principal)
            return visit.download(
                ResponseBody(byteBuffer: ByteBuffer(string: document.json.pretty)),
                as: "receipt-\(id.text.suffix(12)).json", type: "application/json")
        }
        routes.get("/evidence", .action(.readEvidence)) { try await browse($0) }
        routes.get("/evidence/:id", .action(.readEvidence)) { try await leaf($0) }
    }

    private func list(_ visit: Visit) async throws -> Response {
        let scope = permissions.scope(of: .grant, for: visit.principal)
        let (grants, before) = (grants, GrantID(visit.query["after"]))
        let (found, count) = try await database.read { connection in
            (
                try grants.list(scope: scope, before: before, limit: Self.pageRows, in: connection),
                try grants.count(scope: scope, in: connection)
            )
        }
        var lines: [(Grant, String, String, String)] = []
        for grant in found {
            lines.append(
                (
                    grant, try await neighbours.entryTitle(grant.entry),
                    try await neighbours.partyName(grant.provider), try await consumer(of: grant)
                ))
        }
        let next = found.count == Self.pageRows ? found.last.map { "/grants?after=\($0.id)" } : nil
        return try visit.page(GrantListPage(lines, count: count, next: next))
    }

    private func consumer(of grant: Grant) async throws -> String {
        guard let consumer = grant.consumer else { return "" }
        return try await neighbours.partyName(consumer)
    }

    private func find(_ visit: Visit) async throws -> Grant {
        let id: GrantID = try visit.id()
        let (grants, scope) = (grants, permissions.scope(of: .grant, for: visit.principal))
        return try await database.read { try grants.find(id, scope: scope, in: $0) }
    }

    private func show(_ visit: Visit) async throws -> Response {
        let grant = try await find(visit)
        let (ledger, now) = (ledger, visit.now)
        let use = try await database.read { try ledger.use(of: grant.id, at: now, in: $0) }
        let released = try await receipts.list(grant: grant.id, for: visit.principal, limit: 20).releases
        let subject = grants.subject(grant)
        return try visit.page(
            GrantPage(
                grant, try await neighbours.explain(grant.id, visit.principal),
                GrantPage.Surroundings(
                    entry: try await neighbours.entryTitle(grant.entry),
                    provider: try await neighbours.partyName(grant.provider),
                    consumer: try await consumer(of: grant), use: use, releases: released,
                    may: { permissions.allows($0, on: subject, for: visit.principal) },
                    request: mayReadRequests(visit.principal) ? grant.requestPath : nil)))
    }

    /// Those who have a part in requests; for others the link would lead nowhere.
    private func mayReadRequests(_ principal: Principal) -> Bool {
        let parts: [Action] = [
            .requestShare, .signOffRequest, .checkRequest, .decideRequest, .answerOffer, .coordinateRequest,
        ]
        return parts.contains { permissions.mayEver($0, principal) }
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
        let (found, count) = try await receipts.list(
            for: visit.principal, before: ReleaseID(visit.query["after"]), limit: Self.pageRows)
        let next = found.count == Self.pageRows ? found.last.map { "/receipts?after=\($0.id)" } : nil
        return try visit.page(ReleaseListPage(found, count: count, next: next))
    }

    private func browse(_ visit: Visit) async throws -> Response {
        func text(_ name: String) -> String? { visit.query[name].isEmpty ? nil : visit.query[name] }
        var subject: Leaf.Subject?
        if let kind = text("kind"), let id = text("subject") { subject = Leaf.Subject(kind: kind, id: id) }
        let query = EvidenceQuery(type: text("type"), subject: subject, actor: text("actor"))
        let (evidence, cursor) = (evidence, text("after").flatMap { EvidenceCursor($0) })
        let (page, health) = try await database.read { connection in
            (
                try evidence.page(query, after: cursor, rowsMax: Self.pageRows, in: connection),
                try evidence.health(in: connection)
            )
        }
        let next = page.next.map { Links.path("/evidence", visit.query, setting: ["after": $0.description]) }
        return try visit.page(
            EvidencePage(
                EvidencePage.Found(entries: page.entries), health: health,
                isStale: health.isStale(at: visit.now, secondsMax: checkpointAgeSecondsMax), query: query,
                next: next))
    }

    private func leaf(_ visit: Visit) async throws -> Response {
        let id: LeafID = try visit.id()
        let evidence = self.evidence
        let (found, proof) = try await database.read { connection in
            let entry = try evidence.entry(id, in: connection)
            let proof: LeafProof?
            do { proof = try evidence.inclusionProof(of: id, in: connection) } catch EvidenceError.leafWaiting
            {
                proof = nil
            } catch EvidenceError.leafUnknown { proof = nil }
            return (entry, proof)
        }
        guard let found else { throw Visit.notFound }
        return try visit.page(LeafPage(found, proof: proof))
    }

    /// Suspend, resume, revoke: a confirming page first, a reason always.
    private struct Change: Sendable {
        let path: String
        let action: Action
        let word: String
        let act: @Sendable (GrantStore, GrantID, String, Mandate, Instant, any Connection) throws -> Grant

        static let all = [
            Change(path: "suspension", action: .suspendGrant, word: "suspend") {
                try $0.suspend($1, reason: $2, under: $3, at: $4, in: $5)
            },
            Change(path: "resumption", action: .resumeGrant, word: "resume") {
                try $0.resume($1, reason: $2, under: $3, at: $4, in: $5)
            },
            Change(path: "revocation", action: .revokeGrant, word: "revoke") {
                try $0.revoke($1, reason: $2, under: $3, at: $4, in: $5)
            },
        ]

        func mount(_ routes: inout Routes, _ site: ReleaseSite) {
            routes.get("/grants/:id/\(path)", .action(action)) { visit in
                let grant = try await site.find(visit)
                return try visit.page(page(of: grant, errors: nil))
            }
            routes.post("/grants/:id/\(path)", .action(action)) { visit in
                let grant = try await site.find(visit)
                let reason = visit.form["reason"]
                guard !reason.isEmpty, reason.count <= 500 else {
                    let problem = Problem(
                        .invalid, Message("release.reason-needed"),
                        places: [Problem.Place("reason", Message("release.reason-needed"))])
                    return try visit.page(
                        page(of: grant, errors: FormErrors(problem)), status: .unprocessableContent)
                }
                let (grants, now, act) = (site.grants, visit.now, act)
                let permit = try site.permissions.permit(
                    action, on: grants.subject(grant), for: visit.principal)
                let moved = try await site.database.write(under: permit) { connection, mandate in
                    try act(grants, grant.id, reason, mandate, now, connection)
                }
                site.watch.note(moved.id, revision: moved.revision)
                return visit.redirect(
                    to: "/grants/\(grant.id)", saying: Notice(.done, Message("release.\(word)-done")))
            }
        }

        private func page(of grant: Grant, errors: FormErrors?) -> ConfirmPage {
            var field = Field.area("reason", Message("release.reason")).required()
            if let errors { field = field.checked(errors) }
            return ConfirmPage(
                title: Message("release.\(word)"),
                question: Message("release.\(word)-question", ["purpose": grant.purpose]),
                consequences: [Message("release.\(word)-consequence")],
                action: "/grants/\(grant.id)/\(path)", fields: [field], errors: errors,
                button: Message("release.\(word)"), backHref: "/grants/\(grant.id)")
        }
    }
}

extension Grant {
    fileprivate var requestPath: String? {
        if case .sharingRequest(let id) = origin { "/requests/\(id)" } else { nil }
    }
}
