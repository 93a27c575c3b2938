import Evidence
import Hummingbird
import Identity
package import Kernel
import Lake
import Persistence
package import Policy
import Web

/// 拒收的涉密文件: what was refused, and saying that one was a false alarm.
struct RefusedUploadSite {
    let uploads: RefusedUploads
    let partyName: @Sendable (PartyID) async throws -> String
    let actors: Actors.Reader

    func routes(_ routes: inout Routes) {
        routes.get(RefusedLinks.all, .action(.releaseUpload)) { try await list($0) }
        routes.get("\(RefusedLinks.all)/:id/release", .action(.releaseUpload)) { visit in
            try visit.page(try await confirmation(visit))
        }
        routes.post("\(RefusedLinks.all)/:id/release", .action(.releaseUpload)) { visit in
            do {
                try await uploads.release(visit.id(), because: visit.form["reason"], by: visit.principal)
            } catch let error as RefusedUploadError where error.problem.kind == .invalid {
                return try visit.page(
                    try await confirmation(visit, errors: FormErrors(error.problem)),
                    status: .unprocessableContent)
            }
            return visit.redirect(
                to: RefusedLinks.all, saying: Notice(.done, Message("refused.released-done")))
        }
        let path = "/api/v1/refused-uploads"
        routes.get(path, .action(.releaseUpload), describing: .list) { visit in
            let before = visit.query.id("after", of: RefusedUploadNoun.self)
            let limit = min(max(1, visit.query.integer("limit") ?? 50), 200)
            let (found, _) = try await uploads.list(before: before, limit: limit, for: visit.principal)
            return visit.json(
                items: found.map(\.apiJSON), next: found.count == limit ? found.last?.id.text : nil)
        }
        routes.post(
            "\(path)/:id/release", .action(.releaseUpload), body: .json(), describing: .release
        ) { visit in
            let released = try await uploads.release(
                visit.id(), because: visit.json.object?["reason"]?.string ?? "", by: visit.principal)
            return visit.json(released.apiJSON)
        }
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = TableQuery(visit, sortable: [], order: "")
        let (found, count) = try await uploads.list(
            before: query.after.flatMap { RefusedUploadID($0) }, limit: query.limit, for: visit.principal)
        var names: [PartyID: String] = [:]
        for party in Set(found.compactMap(\.party)) { names[party] = try await partyName(party) }
        let known = try await Actors(
            of: found.compactMap { $0.account.map { "account:\($0)" } }, reader: actors)
        let page = RefusedUploadsPage(
            found.map {
                RefusedUploadsPage.Line(
                    refused: $0, party: $0.party.flatMap { names[$0] }, actors: known)
            }, count: count, query: query,
            next: found.count == query.limit ? found.last?.id.text : nil, at: visit.now)
        if query.isCSV { return visit.csv(page.table, as: visit.text(page.title) + ".csv") }
        return try visit.page(page)
    }

    private func confirmation(_ visit: Visit, errors: FormErrors = FormErrors()) async throws -> ConfirmPage {
        let refused = try await uploads.find(visit.id(), for: visit.principal)
        let field = Field.area("reason", Message("web.reason"), value: visit.form["reason"]).required()
            .hint(Message("refused.reason-hint")).checked(errors)
        return ConfirmPage(
            title: Message("refused.release"),
            question: Message("refused.question", ["door": refused.door.rawValue]),
            consequences: [
                refused.finding.message, Message("refused.consequence.digest", ["digest": refused.digest]),
                Message("refused.consequence.day", ["hours": "\(RefusedUploads.releaseHours)"]),
                Message("refused.consequence.record"),
            ],
            refusal: refused.release == nil ? nil : Message("upload.released-before"),
            action: RefusedLinks.release(refused.id), fields: [field], errors: errors.summary(of: [field]),
            button: Message("refused.release"), backHref: RefusedLinks.all)
    }
}

extension RefusedUploads {
    /// As a node looks at files.
    init(
        _ database: any Database, _ evidence: EvidenceLog, _ permissions: Permissions, _ clock: Clock
    ) {
        self.init(database: database, evidence: evidence, permissions: permissions, clock: clock) {
            path, name in
            try SecrecyLook.look(at: path, named: name)
        }
    }
}

extension Node {
    var refusedUploadSite: RefusedUploadSite {
        let (parties, clock) = (parties, clock)
        return RefusedUploadSite(
            uploads: refusedUploads,
            partyName: { id in try await parties.find(id)?.name(on: clock.now().date()) ?? id.text },
            actors: actors)
    }
}

extension RefusedUpload {
    package var apiJSON: JSON {
        [
            "id": .string(id.text), "door": .string(door.rawValue), "sha256": .string(digest),
            "bytes": .integer(bytes), "mark": .string(finding.mark), "place": .string(finding.placeText),
            "party": party.map { .string($0.text) } ?? .null,
            "account": account.map { .string($0.text) } ?? .null, "at": .string(at.description),
            "releasedUntil": release.map { .string($0.until.description) } ?? .null,
            "reason": release.map { .string($0.reason) } ?? .null,
        ]
    }
}

extension JSONShape {
    fileprivate static let refusedUpload = JSONShape.named(
        "RefusedUpload",
        .object([
            .needed("id", .id), .needed("door", .word(UploadDoor.self)), .needed("sha256", .text),
            .needed("bytes", .integer), .needed("mark", .text),
            .needed("place", .text, Message("refused.api.place")), .needed("party", .nullable(.id)),
            .needed("account", .nullable(.id)), .needed("at", .moment),
            .needed("releasedUntil", .nullable(.moment)), .needed("reason", .nullable(.text)),
        ]))
}

extension Operation {
    fileprivate static let list = Operation(
        "uploads", Message("refused.api.list"), about: Message("refused.why"),
        query: [
            Parameter("after", .id, Message("refused.api.after")),
            Parameter("limit", .integer, Message("refused.api.limit")),
        ], answers: [Answer(200, Message("refused.api.ok"), .json(.page(of: .refusedUpload)))])

    fileprivate static let release = Operation(
        "uploads", Message("refused.api.release"), about: Message("refused.api.release-about"),
        takes: .object([.needed("reason", .text)]), sample: ["reason": "密级代码表，核实不涉密"],
        answers: [Answer(200, Message("refused.api.ok"), .json(.refusedUpload))],
        problems: [.conflict, .invalid])
}
