package import Evidence
import Foundation
import HTTPTypes
import Hummingbird
import Identity
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
    private let permissions: Permissions
    private let desk: RowDesk
    private let files: FileReleases
    private let receipts: ReceiptDesk
    private let evidence: EvidenceLog

    package init(
        database: any Database, grants: GrantStore, permissions: Permissions, desk: RowDesk,
        files: FileReleases, receipts: ReceiptDesk, evidence: EvidenceLog
    ) {
        self.database = database
        self.grants = grants
        self.permissions = permissions
        self.desk = desk
        self.files = files
        self.receipts = receipts
        self.evidence = evidence
    }

    package func routes(_ routes: inout Routes) {
        routes.get("/api/v1/grants", .signedIn) { visit in try await list(visit) }
        routes.get("/api/v1/grants/:id", .signedIn) { visit in
            visit.json(try await grant(visit).apiJSON)
        }
        routes.post(
            "/api/v1/grants/:id/lookups", .action(.releaseRows), body: .json(bytesMax: Self.bodyBytesMax)
        ) { visit in try await lookUp(visit) }
        routes.get("/api/v1/grants/:id/rows", .action(.releaseRows)) { visit in try await page(visit) }
        routes.post("/api/v1/grants/:id/releases", .action(.releaseRows), body: .json()) { visit in
            try await make(visit)
        }
        routes.get("/api/v1/releases/:id", .action(.readReceipt)) { visit in
            visit.json(try await receipts.find(visit.id(), for: visit.principal).apiJSON)
        }
        routes.get("/api/v1/releases/:id/file", .action(.releaseRows)) { visit in
            try await FileDownload.response(
                receipts.download(visit.id(), by: visit.principal), files: files, visit)
        }
        routes.get("/api/v1/releases/:id/receipt", .action(.readReceipt)) { visit in
            visit.json(try await receipts.document(of: visit.id(), for: visit.principal).json)
        }
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

    private func lookUp(_ visit: Visit) async throws -> Response {
        guard let body = visit.json.object, let column = body["column"]?.string,
            let keys = body["keys"]?.array,
            Set(body.keys).isSubset(of: ["column", "keys"])
        else { throw Problem(.invalid, Message("release.look-up-malformed")) }
        let texts = try keys.enumerated().map { position, key in
            guard let text = key.string else {
                throw ReleaseError.keyMalformed(position: position, type: "string")
            }
            return text
        }
        let answer = try await desk.lookUp(
            LookUp(grant: try visit.id(), column: column, keys: texts), by: visit.principal)
        return RowsJSON.response(answer, next: nil, hasKeys: true)
    }

    private func page(_ visit: Visit) async throws -> Response {
        let limit = visit.query.has("limit") ? visit.query.integer("limit") ?? 0 : 100
        let cursor = visit.query.has("after") ? visit.query["after"] : nil
        let (answer, next) = try await desk.page(
            of: try visit.id(), after: cursor, limit: limit, by: visit.principal)
        return RowsJSON.response(answer, next: next, hasKeys: false)
    }

    private func make(_ visit: Visit) async throws -> Response {
        let name = visit.json["format"]?.string ?? ""
        guard let delivery = DeliveryKind(rawValue: name) else { throw ReleaseError.formatUnknown(name) }
        let release = try await files.make(delivery, under: try visit.id(), by: visit.principal)
        var response = visit.json(release.apiJSON, status: .created)
        response.headers[.location] = "/api/v1/releases/\(release.id)"
        return response
    }

    private static func id<N: Noun>(_ text: String, _ noun: N.Type) throws -> ID<N> {
        guard let id = ID<N>(text) else { throw Visit.notFound }
        return id
    }
}

/// A released file as it leaves, a block at a time.
enum FileDownload {
    private static let blockBytes = 256 << 10

    static func response(
        _ release: FileRelease, files: FileReleases, _ visit: Visit
    ) throws -> Response {
        guard let handle = FileHandle(forReadingAtPath: files.path(of: release.id)) else {
            throw ReleaseError.fileGone
        }
        let type =
            switch release.delivery {
            case .parquet: "application/vnd.apache.parquet"
            case .excel: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            default: "text/csv; charset=utf-8"
            }
        let body = ResponseBody(contentLength: release.bytes.map(Int.init)) { writer in
            defer { try? handle.close() }
            while let block = try handle.read(upToCount: blockBytes), !block.isEmpty {
                try await writer.write(ByteBuffer(bytes: block))
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: type, .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"\(release.fileName)\"",
            ], body: body)
    }
}

extension Grant {
    package var apiJSON: JSON {
        [
            "id": .string(id.text), "revision": .integer(Int64(revision)), "state": .string(state.rawValue),
            "entry": .string(entry.text), "provider": .string(provider.text),
            "consumer": consumer.map { .string($0.text) } ?? .null, "purpose": .string(purpose),
            "clauses": clauses.json, "plan": .string(planDigest), "signedAt": .string(signedAt.description),
        ]
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
