package import Cryptography
import Evidence
import Foundation
import HTTPTypes
import Hummingbird
package import Identity
package import Kernel
import NIOCore
package import Persistence
package import Policy
package import Web

/// The keyed API of releases under `/api/v1`. No personal key is ever in a URL: look-up keys travel in the body.
package struct ReleaseAPI: Sendable {
    /// A thousand keys of a thousand bytes, and room for the rest.
    private static let bodyBytesMax = 2 << 20

    private let database: any Database
    private let grants: GrantStore
    private let ledger: QuotaLedger
    private let acts: GrantActs
    private let permissions: Permissions
    private let desk: RowDesk
    private let files: FileReleases
    private let receipts: ReceiptDesk
    /// What a grant does, as its page tells it.
    private let explain: @Sendable (GrantID, Principal) async throws -> Explanation
    /// What clauses would do to an entry.
    private let explainClauses: @Sendable ([Clause], EntryID, Principal) async throws -> Explanation
    private let keyColumns: @Sendable (EntryID) async throws -> [String]
    private let facts: @Sendable (EntryID) async throws -> EntryFacts
    /// Of this node, old ones included.
    private let publicKeys: [PublicKey]

    package init(
        database: any Database, grants: GrantStore, ledger: QuotaLedger, acts: GrantActs,
        permissions: Permissions,
        desk: RowDesk, files: FileReleases, receipts: ReceiptDesk,
        explain: @escaping @Sendable (GrantID, Principal) async throws -> Explanation,
        explainClauses: @escaping @Sendable ([Clause], EntryID, Principal) async throws -> Explanation,
        keyColumns: @escaping @Sendable (EntryID) async throws -> [String],
        facts: @escaping @Sendable (EntryID) async throws -> EntryFacts, publicKeys: [PublicKey]
    ) {
        self.database = database
        self.grants = grants
        self.ledger = ledger
        self.acts = acts
        self.permissions = permissions
        self.desk = desk
        self.files = files
        self.receipts = receipts
        self.explain = explain
        self.explainClauses = explainClauses
        self.keyColumns = keyColumns
        self.facts = facts
        self.publicKeys = publicKeys
    }

    static let keysFile = "node.pem"

    package func routes(_ routes: inout Routes) {
        routes.get("/api/v1/grants", .signedIn, describing: .listGrants) { try await list($0) }
        routes.get("/api/v1/grants/:id", .signedIn, describing: .readGrant) { try await detail($0) }
        routes.post(
            "/api/v1/grants/:id/lookups", .action(.releaseRows), body: .json(bytesMax: Self.bodyBytesMax),
            describing: .lookUp
        ) { try await lookUp($0) }
        routes.post(
            "/api/v1/grants/:id/verifications", .action(.releaseRows), body: .json(), describing: .verify
        ) { try await verify($0) }
        routes.get("/api/v1/grants/:id/rows", .action(.releaseRows), describing: .readRows) {
            try await page($0)
        }
        routes.get("/api/v1/grants/:id/stream", .action(.releaseRows), describing: .streamRows) {
            try await stream($0)
        }
        routes.get(
            "/api/v1/grants/:id/synthetic-rows", .action(.releaseRows), describing: .syntheticRows
        ) { visit in
            let grant = try await grant(visit)
            let count = visit.query.has("limit") ? visit.query.integer("limit") ?? 0 : 5
            guard (1...SyntheticRows.rowsMax).contains(count) else {
                throw ReleaseError.pageTooLarge(rowsMax: SyntheticRows.rowsMax)
            }
            let rows = try SyntheticRows(
                grant, facts: try await facts(grant.entry), on: visit.now.date(), count: count)
            return visit.json(rows.json(of: grant))
        }
        routes.post(
            "/api/v1/grants/:id/releases", .action(.releaseRows), body: .json(), describing: .makeFile
        ) { try await make($0) }
        grantRoutes(&routes)
        routes.get("/api/v1/releases/:id", .action(.readReceipt), describing: .readRelease) { visit in
            visit.json(try await receipts.find(visit.id(), for: visit.principal).apiJSON)
        }
        routes.get("/api/v1/releases/:id/file", .action(.releaseRows), describing: .readFile) { visit in
            try visit.demandOwnPage()
            return try await receipts.download(visit.id(), by: visit.principal).response(receipts)
        }
        routes.get("/api/v1/releases/:id/receipt", .action(.readReceipt), describing: .readReceipt) { visit in
            visit.json(try await receipts.document(of: visit.id(), for: visit.principal).json)
        }
        routes.get(
            "/api/v1/leaves/:id/proof", .anyOf([.readReceipt, .readEvidence]), describing: .readProof
        ) { try await proof($0) }
        routes.get("/api/v1/keys", .public, describing: .readKeys) { visit in
            visit.json(["keys": .array(publicKeys.map { ["kid": .string($0.kid), "pem": .string($0.pem)] })])
        }
        routes.get("/\(Self.keysFile)", .public) { _ in nodeKeys() }
    }

    /// What clauses would do, and what may be done to a grant.
    private func grantRoutes(_ routes: inout Routes) {
        routes.post(
            "/api/v1/entries/:id/explanation", .action(.dryRunGrant), body: .json(),
            describing: .explainClauses
        ) { visit in
            guard let clauses = try visit.members(["clauses"])["clauses"] else {
                throw ReleaseError.bodyMalformed(member: "clauses")
            }
            return visit.json(
                try await explainClauses([Clause](json: clauses), visit.id(), visit.principal).json)
        }
        for act in GrantActs.Act.allCases {
            routes.post(
                "/api/v1/grants/:id/\(act.rawValue)", .action(act.action), body: .json(),
                describing: .changeGrant(act)
            ) { visit in
                guard let reason = try visit.members(["reason"])["reason"]?.string else {
                    throw ReleaseError.bodyMalformed(member: "reason")
                }
                return visit.json(
                    try await acts.perform(act, on: visit.id(), because: reason, by: visit.principal).apiJSON)
            }
        }
    }

    /// For people who check a receipt by hand: what `headwaters verify --trust` takes.
    private func nodeKeys() -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "application/x-pem-file",
                .contentDisposition: "attachment; filename=\"\(Self.keysFile)\"",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: publicKeys.map(\.pem).joined())))
    }

    private func list(_ visit: Visit) async throws -> Response {
        let scope = permissions.scope(of: .grant, for: visit.principal)
        let grants = self.grants
        let before = try visit.query.has("after") ? Self.id(visit.query["after"], GrantNoun.self) : nil
        let found = try await database.read {
            try grants.list(scope: scope, before: before, limit: 50, in: $0)
        }
        return visit.json(
            items: found.map(\.apiJSON), next: found.count == 50 ? found.last?.id.text : nil)
    }

    private func grant(_ visit: Visit) async throws -> Grant {
        let id: GrantID = try visit.id()
        let scope = permissions.scope(of: .grant, for: visit.principal)
        let grants = self.grants
        return try await database.read { try grants.find(id, scope: scope, in: $0) }
    }

    /// What the grant does today and what is left of it, beside what was signed.
    private func detail(_ visit: Visit) async throws -> Response {
        let grant = try await grant(visit)
        let (ledger, now) = (ledger, visit.now)
        let use = try await database.read { try ledger.use(of: grant.id, at: now, in: $0) }
        var explanation: Explanation?
        do { explanation = try await explain(grant.id, visit.principal) } catch ReleaseError.nothingPublished
        {}
        let keys = try await keyColumns(grant.entry)
        return visit.json(grant.detail(explanation, keyColumns: keys, use) { visit.text($0) })
    }

    private func proof(_ visit: Visit) async throws -> Response {
        guard let leaf = try await receipts.proof(of: visit.id(), for: visit.principal) else {
            var response = visit.json(["status": "waiting"], status: .accepted)
            response.headers[.retryAfter] = "1"
            return response
        }
        return visit.json(leaf.json)
    }

    private func lookUp(_ visit: Visit) async throws -> Response {
        let body = try visit.members(["column", "keys"])
        guard let column = body["column"]?.string else { throw ReleaseError.bodyMalformed(member: "column") }
        guard let keys = body["keys"]?.array else { throw ReleaseError.bodyMalformed(member: "keys") }
        let texts = try keys.enumerated().map { position, key in
            guard let text = key.string else {
                throw ReleaseError.keyMalformed(position: position, type: "string")
            }
            return text
        }
        let answer = try await desk.lookUp(
            LookUp(grant: try visit.id(), column: column, keys: texts), by: visit.principal)
        return RowsResponse.make(answer.documentBytes)
    }

    private func verify(_ visit: Visit) async throws -> Response {
        let call = try VerifyCall(json: visit.json, under: visit.id())
        return RowsResponse.make(try await desk.verify(call, by: visit.principal).document)
    }

    private func page(_ visit: Visit) async throws -> Response {
        try visit.demandOwnPage()
        let limit = visit.query.has("limit") ? visit.query.integer("limit") ?? 0 : 100
        let cursor = visit.query.has("after") ? visit.query["after"] : nil
        let answer = try await desk.page(
            of: try visit.id(), after: cursor, limit: limit, by: visit.principal)
        return RowsResponse.make(answer.documentBytes)
    }

    private func stream(_ visit: Visit) async throws -> Response {
        try visit.demandOwnPage()
        let limit = visit.query.has("limit") ? visit.query.integer("limit") ?? 0 : desk.limits.pageRowsMax
        let cursor = visit.query.has("after") ? visit.query["after"] : nil
        let form = try StreamForm(visit)
        for name in ["bom", "bytes"] where form != .csv && visit.query.has(name) {
            throw ReleaseError.streamUnknown(parameter: name)
        }
        switch form {
        case .lines:
            return try await RowStream(
                desk: desk, grant: try visit.id(), principal: visit.principal, limit: limit,
                document: { visit.document(of: $0) }
            ).response(after: cursor)
        case .csv:
            // How much arrived says nothing without what it arrived of, and the other way round.
            let arrived = visit.query.has("bytes") ? Int64(visit.query["bytes"]) ?? -1 : 0
            guard arrived >= 0, (cursor == nil) == !visit.query.has("bytes") else {
                throw ReleaseError.streamUnknown(parameter: "bytes")
            }
            return try await CSVStream(
                desk: desk, grant: try visit.id(), principal: visit.principal, limit: limit,
                isMarked: visit.query.isOn("bom")
            ).response(after: cursor, past: arrived)
        }
    }

    private func make(_ visit: Visit) async throws -> Response {
        guard let name = try visit.members(["format"])["format"]?.string else {
            throw ReleaseError.bodyMalformed(member: "format")
        }
        guard let delivery = DeliveryKind(rawValue: name) else { throw ReleaseError.formatUnknown(name) }
        let release = try await files.make(delivery, under: try visit.id(), by: visit.principal)
        var response = visit.json(release.apiJSON, status: .created)
        response.headers[.location] = "/api/v1/releases/\(release.id)"
        return response
    }

    private static func id<N: Noun>(_ text: String, _ noun: N.Type) throws -> ID<N> {
        guard let id = ID<N>(text) else { throw ReleaseError.cursorUnknown }
        return id
    }
}

extension Grant {
    package var apiJSON: JSON {
        [
            "id": .string(id.text), "revision": .integer(Int64(revision)), "state": .string(state.rawValue),
            "entry": .string(entry.text), "provider": .string(provider.text),
            "consumer": consumer.map { .string($0.text) } ?? .null, "purpose": .string(purpose),
            "clauses": clauses.json, "plan": .string(planDigest), "signedAt": .string(signedAt.description),
            "announcedEnd": announcedEnd.map { .string($0.description) } ?? .null,
        ]
    }
}

extension Grant {
    /// With what it does, in the reader's language.
    fileprivate func detail(
        _ explanation: Explanation?, keyColumns: [String], _ use: QuotaLedger.Use, _ text: (Message) -> String
    ) -> JSON {
        func sentences(_ messages: [Message]) -> JSON { .array(messages.map { .string(text($0)) }) }
        func allowance(_ used: Int64, _ max: Int64?) -> JSON {
            [
                "used": .integer(used), "max": max.map { .integer($0) } ?? .null,
                "left": max.map { .integer(Swift.max(0, $0 - used)) } ?? .null,
            ]
        }
        let leaving = explanation?.columns.filter { $0.output != nil && $0.mask != .pseudonym } ?? []
        var members = apiJSON.object ?? [:]
        members["from"] = validity.map { .string($0.from.description) } ?? .null
        members["to"] = validity.map { .string($0.to.description) } ?? .null
        members["deliveries"] = .array(deliveries.map(\.rawValue).sorted().map { .string($0) })
        members["controls"] = sentences(explanation?.controls ?? [])
        members["promises"] = sentences(explanation?.promises ?? [])
        members["columns"] = .array(
            (explanation?.columns ?? []).map { line in
                [
                    "name": .string(line.source.name), "type": .string(line.source.type.description),
                    "mask": line.mask?.json ?? .null,
                    "leavesAs": line.output.map { .string($0.type.description) } ?? .null,
                ]
            })
        members["keyColumns"] = .array(
            keyColumns.filter { name in leaving.contains { $0.source.name == name } }.map { .string($0) })
        members["refusals"] = sentences(
            explanation.map { $0.refusals.map(\.message) } ?? [ReleaseError.nothingPublished.problem.message])
        members["quota"] = [
            "total": allowance(use.total, totalQuota), "today": allowance(use.today, dailyQuota),
        ]
        return .object(members)
    }
}

extension FileRelease {
    package var apiJSON: JSON {
        func number(_ value: Int64?) -> JSON { value.map { .integer($0) } ?? .null }
        return [
            "id": .string(id.text), "grant": .string(grant.text), "revision": .integer(Int64(revision)),
            "entry": .string(entry.text), "version": .string(version.text),
            "versionNumber": .integer(Int64(versionNumber)), "delivery": .string(delivery.rawValue),
            "state": .string(state.rawValue), "rowsReserved": .integer(rowsReserved),
            "rowsOut": number(rowsOut), "rowsWithheld": number(rowsWithheld), "bytes": number(bytes),
            "sha256": sha256.map { .string($0) } ?? .null, "authorisedAt": .string(authorisedAt.description),
            "settledAt": settledAt.map { .string($0.description) } ?? .null,
            "problem": problem.map { .string($0.key) } ?? .null,
        ]
    }
}

extension Visit {
    /// The body's members, when all of them are known to the route.
    func members(_ known: Set<String>) throws(ReleaseError) -> [String: JSON] {
        guard let members = json.object else { throw .bodyMalformed(member: "") }
        if let unknown = members.keys.sorted().first(where: { !known.contains($0) }) {
            throw .bodyMalformed(member: unknown)
        }
        return members
    }
}
