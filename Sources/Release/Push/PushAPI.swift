import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Lake
import Policy
package import Web

/// Pushes for programs: register a target, try it, push, ask how far it is, stop it.
package struct PushAPI: Sendable {
    private let desk: PushDesk

    package init(_ desk: PushDesk) { self.desk = desk }

    package func routes(_ routes: inout Routes) {
        routes.get("/api/v1/push-targets", .action(.manageTargets), describing: .listTargets) { visit in
            visit.json(
                items: try await desk.targets(for: visit.principal).map(\.apiJSON), next: nil)
        }
        routes.post(
            "/api/v1/push-targets", .action(.manageTargets), body: .json(), describing: .addTarget
        ) { visit in
            let (draft, password) = try PushTargetDraft.read(visit.json)
            let target = try await desk.addTarget(draft, password: password, by: visit.principal)
            var response = visit.json(target.apiJSON, status: .created)
            response.headers[.location] = "/api/v1/push-targets/\(target.id)"
            return response
        }
        routes.get("/api/v1/push-targets/:id", .action(.manageTargets), describing: .readTarget) { visit in
            visit.json(try await desk.target(visit.id(), for: visit.principal).apiJSON)
        }
        routes.delete(
            "/api/v1/push-targets/:id", .action(.manageTargets), describing: .removeTarget
        ) { visit in
            try await desk.removeTarget(visit.id(), by: visit.principal)
            return Response(status: .noContent)
        }
        routes.post(
            "/api/v1/push-targets/:id/test", .action(.manageTargets), body: .json(), describing: .tryTarget
        ) { visit in
            visit.json(try await desk.tryTarget(visit.id(), by: visit.principal).apiJSON)
        }
        pushRoutes(&routes)
    }

    private func pushRoutes(_ routes: inout Routes) {
        routes.post(
            "/api/v1/grants/:id/pushes", .action(.releaseRows), body: .json(), describing: .beginPush
        ) { visit in
            guard let members = visit.json.object, members.count == 1,
                let target = members["target"]?.string.flatMap({ PushTargetID($0) })
            else { throw ReleaseError.bodyMalformed(member: "target") }
            let key = HTTPField.Name("Idempotency-Key").flatMap { visit.request.headers[$0] }
            let push = try await desk.begin(
                under: visit.id(), into: target, idempotencyKey: key, by: visit.principal)
            var response = visit.json(push.apiJSON, status: .accepted)
            response.headers[.location] = "/api/v1/pushes/\(push.id)"
            return response
        }
        routes.get("/api/v1/pushes", .action(.readReceipt), describing: .listPushes) { visit in
            var before: ReleaseID?
            if visit.query.has("after") {
                guard let id = ReleaseID(visit.query["after"]) else { throw ReleaseError.cursorUnknown }
                before = id
            }
            let found = try await desk.pushes(for: visit.principal, before: before, limit: 50).pushes
            return visit.json(
                items: found.map(\.apiJSON), next: found.count == 50 ? found.last?.id.text : nil)
        }
        routes.get("/api/v1/pushes/:id", .action(.readReceipt), describing: .readPush) { visit in
            visit.json(try await desk.find(visit.id(), for: visit.principal).apiJSON)
        }
        routes.post(
            "/api/v1/pushes/:id/cancellation", .action(.releaseRows), body: .json(),
            describing: .cancelPush
        ) { visit in
            let id: ReleaseID = try visit.id()
            try await desk.cancel(id, by: visit.principal)
            return visit.json(try await desk.find(id, for: visit.principal).apiJSON, status: .accepted)
        }
    }
}

extension PushTargetDraft {
    fileprivate static func read(_ body: JSON) throws -> (PushTargetDraft, password: String) {
        let known: Set<String> = [
            "label", "kind", "host", "port", "database", "schema", "table", "user", "password", "manner",
            "keyColumns",
        ]
        guard let members = body.object else { throw ReleaseError.bodyMalformed(member: "label") }
        if let stranger = members.keys.first(where: { !known.contains($0) }) {
            throw ReleaseError.bodyMalformed(member: stranger)
        }
        func text(_ name: String, or standard: String? = nil) throws(ReleaseError) -> String {
            guard let text = members[name]?.string ?? (members[name] == nil ? standard : nil) else {
                throw .bodyMalformed(member: name)
            }
            return text
        }
        guard let kind = PushPlace.Kind(rawValue: try text("kind")) else {
            throw ReleaseError.bodyMalformed(member: "kind")
        }
        guard let manner = PushManner(rawValue: try text("manner", or: PushManner.replace.rawValue)) else {
            throw ReleaseError.bodyMalformed(member: "manner")
        }
        guard let port = members["port"]?.integer, (1...65_535).contains(port) else {
            throw ReleaseError.bodyMalformed(member: "port")
        }
        let keys = members["keyColumns"]?.array ?? []
        guard keys.allSatisfy({ $0.string != nil }) else {
            throw ReleaseError.bodyMalformed(member: "keyColumns")
        }
        let place = PushPlace(
            kind: kind, host: try text("host"), port: Int(port), database: try text("database"),
            user: try text("user"), schema: try text("schema", or: "public"), table: try text("table"))
        return (
            PushTargetDraft(
                label: try text("label"), place: place, manner: manner, keyColumns: keys.compactMap(\.string)),
            try text("password", or: "")
        )
    }
}

extension PushTarget {
    var apiJSON: JSON {
        [
            "id": .string(id.text), "label": .string(label), "kind": .string(place.kind.rawValue),
            "host": .string(place.host), "port": .integer(Int64(place.port)),
            "database": .string(place.database), "schema": .string(place.schema),
            "table": .string(place.table), "user": .string(place.user), "manner": .string(manner.rawValue),
            "keyColumns": .array(keyColumns.map { .string($0) }), "madeAt": .string(madeAt.description),
        ]
    }
}

extension PushSight {
    var apiJSON: JSON {
        [
            "server": .string(server),
            "columns": columns.map { .array($0.map { .string($0) }) } ?? .null,
            "rightsMissing": .array(rightsMissing.map { .string($0) }),
        ]
    }
}

extension Push {
    var apiJSON: JSON {
        [
            "id": .string(id.text), "grant": .string(grant.text), "revision": .integer(Int64(revision)),
            "entry": .string(entry.text), "version": .string(version.text),
            "versionNumber": .integer(Int64(versionNumber)), "target": .string(target.text),
            "place": place.json, "manner": .string(manner.rawValue),
            "keyColumns": .array(keyColumns.map { .string($0) }), "state": .string(state.rawValue),
            "stage": .string(stage.rawValue), "rowsReserved": .integer(rowsReserved),
            "rowsDone": .integer(rowsDone), "rowsOut": rowsOut.map { .integer($0) } ?? .null,
            "contentDigest": contentDigest.map { .string($0) } ?? .null,
            "problem": problem.map { .string($0.key) } ?? .null,
            "authorisedAt": .string(authorisedAt.description),
            "settledAt": settledAt.map { .string($0.description) } ?? .null,
            "hasReceipt": .boolean(hasReceipt),
        ]
    }
}
