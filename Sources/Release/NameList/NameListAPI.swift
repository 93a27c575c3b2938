import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Policy
package import Web

/// Name lists for programs: bring a list with its choice, release it, ask how far it is, fetch the workbook.
package struct NameListAPI: Sendable {
    private let desk: NameListDesk

    package init(_ desk: NameListDesk) { self.desk = desk }

    package func routes(_ routes: inout Routes) {
        routes.get("/api/v1/name-list-offers", .action(.releaseRows), describing: .listOffers) { visit in
            let offers = try await desk.offers(for: visit.principal)
            return visit.json([
                "offers": .array(offers.offers.map(\.apiJSON)),
                "refused": .array(
                    offers.refused.map {
                        ["entry": .string($0.entry), "why": .string(visit.text($0.why))]
                    }),
            ])
        }
        routes.get("/api/v1/name-lists", .action(.readReceipt), describing: .listLists) { visit in
            var before: ReleaseID?
            if visit.query.has("after") {
                guard let id = ReleaseID(visit.query["after"]) else { throw ReleaseError.cursorUnknown }
                before = id
            }
            let found = try await desk.lists(for: visit.principal, before: before, limit: 50)
            return visit.json(
                items: found.lists.map(\.apiJSON),
                next: found.lists.count == 50 ? found.lists.last?.id.text : nil)
        }
        routes.post(
            "/api/v1/name-lists", .action(.releaseRows),
            body: .upload(
                bytesMax: desk.limits.fileBytesMax + NameListSite.choiceBytesMax(), door: .nameList),
            describing: .bringList
        ) { try await bring($0) }
        routes.get("/api/v1/name-lists/:id", .action(.readReceipt), describing: .readList) { visit in
            visit.json(try await desk.find(visit.id(), for: visit.principal).apiJSON)
        }
        routes.delete("/api/v1/name-lists/:id", .action(.releaseRows), describing: .discardList) { visit in
            try await desk.discard(visit.id(), by: visit.principal)
            return Response(status: .noContent)
        }
        actRoutes(&routes)
        fileRoutes(&routes)
    }

    private func actRoutes(_ routes: inout Routes) {
        routes.post(
            "/api/v1/name-lists/:id/release", .action(.releaseRows), body: .json(), describing: .releaseList
        ) { visit in
            let list = try await desk.begin(visit.id(), by: visit.principal)
            return visit.json(list.apiJSON, status: .accepted)
        }
        routes.post(
            "/api/v1/name-lists/:id/cancellation", .action(.releaseRows), body: .json(),
            describing: .cancelList
        ) { visit in
            let id: ReleaseID = try visit.id()
            try await desk.cancel(id, by: visit.principal)
            return visit.json(try await desk.find(id, for: visit.principal).apiJSON, status: .accepted)
        }
        routes.post(
            "/api/v1/grants/:id/name-lists/resumption", .action(.resumeGrant), body: .json(),
            describing: .liftLists
        ) { visit in
            guard let members = visit.json.object,
                Set(members.keys).isSubset(of: ["reason", "expected"]),
                let reason = members["reason"]?.string
            else { throw ReleaseError.bodyMalformed(member: "reason") }
            try await desk.lift(
                visit.id(), because: reason, isExpected: members["expected"]?.boolean ?? false,
                by: visit.principal)
            return Response(status: .noContent)
        }
    }

    private func fileRoutes(_ routes: inout Routes) {
        routes.get("/api/v1/name-lists/:id/file", .action(.releaseRows), describing: .readListFile) { visit in
            try visit.demandOwnPage()
            return try await desk.download(visit.id(), by: visit.principal).response(desk, visit)
        }
        routes.get(
            "/api/v1/name-lists/:id/receipt", .action(.readReceipt), describing: .readListReceipt
        ) { visit in
            visit.json(try await desk.document(of: visit.id(), for: visit.principal).json)
        }
    }

    private func bring(_ visit: Visit) async throws -> Response {
        guard let file = try visit.form.file("list") else { throw ReleaseError.bodyMalformed(member: "list") }
        let choice = try NameListChoice(visit.form, language: visit.language)
        let key = HTTPField.Name("Idempotency-Key").flatMap { visit.request.headers[$0] }
        let list = try await desk.bring(
            file.path, named: file.fileName, idempotencyKey: key, by: visit.principal)
        var answered = list
        if list.findings == nil {
            let brought = try visit.form.files("authorisations").map {
                BroughtAuthorisation(path: $0.path, name: $0.fileName)
            }
            do {
                answered = try await desk.choose(choice, for: list.id, with: brought, by: visit.principal)
            } catch {
                // What cannot be asked leaves nothing behind: the caller comes again with the whole of it.
                try? await desk.discard(list.id, by: visit.principal)
                throw error
            }
        }
        var response = visit.json(answered.apiJSON, status: .created)
        response.headers[.location] = "/api/v1/name-lists/\(list.id)"
        return response
    }
}

extension NameListDesk.Offer {
    fileprivate var apiJSON: JSON {
        [
            "grant": .string(grant.id.text), "entry": .string(entry), "provider": .string(provider),
            "purpose": .string(grant.purpose),
            "keyColumns": .array(keyColumns.map { .string($0) }),
            "columns": .array(columns.map { .string($0.column.name) }),
            "caseNumberNeeded": .boolean(requiresCase), "versionNumber": .integer(Int64(versionNumber)),
            "asOf": .string(asOf.description),
        ]
    }
}

extension NameList {
    var apiJSON: JSON {
        [
            "id": .string(id.text), "state": .string(state.rawValue), "file": .string(file.name),
            "sha256": .string(file.sha256), "columns": .array(columns.map { .string($0) }),
            "choice": choice?.apiJSON ?? .null, "findings": findings?.apiJSON ?? .null,
            "authorisations": .array(
                attachments.map { ["name": .string($0.name), "sha256": .string($0.sha256)] }),
            "rowsDone": .integer(rowsDone), "parts": .array(parts.map(\.apiJSON)),
            "madeAt": .string(madeAt.description), "authorisedAt": .moment(authorisedAt),
            "settledAt": .moment(settledAt), "problem": problem.map { .string($0.key) } ?? .null,
            "result": result.map { ["bytes": .integer($0.bytes), "sha256": .string($0.sha256)] } ?? .null,
        ]
    }
}

extension NameListChoice {
    fileprivate var apiJSON: JSON {
        [
            "key": .string(key), "kind": .string(kind.rawValue),
            "case": caseNumber.map { .string($0) } ?? .null,
            "grants": .array(parts.map { .string("\($0.grant)|\($0.keyColumn)") }),
        ]
    }
}

extension NameListFindings {
    fileprivate var apiJSON: JSON {
        [
            "rows": .integer(rows), "keys": .integer(keys), "repeated": .integer(repeated),
            "blank": .integer(blank), "invalid": .integer(invalid),
            "casesMissing": .integer(casesMissing), "unreadable": .integer(unreadable),
            "longestRun": .integer(Int64(run?.length ?? 0)),
            "faults": .array(
                faults.map { ["place": .string($0.place), "code": .string($0.message.key)] }),
        ]
    }
}

extension NameListPart {
    fileprivate var apiJSON: JSON {
        func number(_ value: Int64?) -> JSON { value.map { .integer($0) } ?? .null }
        return [
            "release": .string(release.text), "grant": .string(grant.text),
            "revision": .integer(Int64(revision)), "entry": .string(entry.text),
            "keyColumn": .string(keyColumn), "version": .string(version.text),
            "versionNumber": .integer(Int64(versionNumber)), "asOf": .string(asOf.description),
            "keysAsked": .integer(keysAsked), "matched": number(figures?.matched),
            "ambiguous": number(figures?.ambiguous), "unmatched": number(figures?.unmatched),
        ]
    }
}

extension JSON {
    fileprivate static func moment(_ instant: Instant?) -> JSON {
        instant.map { .string($0.description) } ?? .null
    }
}
