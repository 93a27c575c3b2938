import HTTPTypes
import Hummingbird
import Identity
import Kernel
package import Policy
package import Web

/// Pages and API of hand-overs.
package struct HandOverSite: Sendable {
    private let desk: HandOverDesk
    private let receipts: ReceiptDesk
    private let permissions: Permissions
    private let actors: Actors.Reader
    /// Of the key that packages are signed with.
    private let kid: String

    package init(
        _ desk: HandOverDesk, receipts: ReceiptDesk, permissions: Permissions, kid: String,
        actors: @escaping Actors.Reader
    ) {
        self.desk = desk
        self.receipts = receipts
        self.permissions = permissions
        self.kid = kid
        self.actors = actors
    }

    package func routes(_ routes: inout Routes) {
        routes.get("/releases/:id/hand-overs/new", .action(.releaseRows)) { visit in
            let release = try await receipts.find(visit.id(), for: visit.principal)
            let isSensitive = try await desk.isSensitive(release)
            return try visit.page(
                NewHandOverPage(
                    release, entry: try await desk.neighbours.entryTitle(release.entry),
                    NewHandOverPage.Answers(isSealed: isSensitive), isSensitive: isSensitive))
        }
        routes.post("/releases/:id/hand-overs", .action(.releaseRows)) { try await make($0) }
        routes.get("/hand-overs/:id", .action(.readReceipt)) { try await show($0) }
        routes.get("/hand-overs/:id/volumes/:number", .action(.releaseRows)) { try await volume($0) }
        routes.get(
            "/api/v1/releases/:id/hand-overs", .action(.readReceipt), describing: .listHandOvers
        ) { visit in
            let release = try await receipts.find(visit.id(), for: visit.principal)
            let found = try await desk.list(of: release.id, for: visit.principal)
            return visit.json(items: found.map(\.apiJSON), next: nil)
        }
        routes.post(
            "/api/v1/releases/:id/hand-overs", .action(.releaseRows), body: .json(),
            describing: .makeHandOver
        ) { visit in
            let handOver = try await desk.make(
                try Self.terms(visit.json), of: visit.id(), by: visit.principal)
            var response = visit.json(handOver.apiJSON, status: .created)
            response.headers[.location] = "/api/v1/releases/\(handOver.release)/hand-overs"
            return response
        }
        routes.get(
            "/api/v1/hand-overs/:id/volumes/:number", .action(.releaseRows), describing: .readVolume
        ) { try await volume($0) }
    }

    private func make(_ visit: Visit) async throws -> Response {
        let release = try await receipts.find(visit.id(), for: visit.principal)
        let form = visit.form
        let size = NewHandOverPage.Answers.Size(rawValue: form["volumeBytes"]) ?? .fat
        let answers = NewHandOverPage.Answers(
            takenBy: form["takenBy"], medium: form["medium"], size: size, isSealed: form["seal"] != "no")
        // As they were typed: white space is part of a password.
        let (password, again) = (form.exactly("password"), form.exactly("again"))
        do {
            guard !answers.isSealed || password == again else {
                throw HandOverError.invalid([
                    Problem.Place("again", Message("hand-over.passwords-differ"))
                ])
            }
            let terms = HandOver.Terms(
                takenBy: answers.takenBy, medium: answers.medium, volumeBytesMax: size.bytes,
                password: answers.isSealed ? password : nil)
            let handOver = try await desk.make(terms, of: release.id, by: visit.principal)
            return visit.redirect(
                to: "/hand-overs/\(handOver.id)", saying: Notice(.done, Message("hand-over.made")))
        } catch let error as HandOverError where error.problem.kind == .invalid {
            return try visit.page(
                NewHandOverPage(
                    release, entry: try await desk.neighbours.entryTitle(release.entry), answers,
                    isSensitive: try await desk.isSensitive(release), errors: FormErrors(error.problem)),
                status: .unprocessableContent)
        }
    }

    private func show(_ visit: Visit) async throws -> Response {
        let handOver = try await desk.find(visit.id(), for: visit.principal)
        let release = try await receipts.find(handOver.release, for: visit.principal)
        let account = "account:\(handOver.madeBy)"
        let names = try await Actors(of: [account], reader: actors)
        var madeBy: String?
        if case .data(let name) = names[account] { madeBy = name }
        return try visit.page(
            HandOverPage(
                handOver,
                HandOverPage.Surroundings(
                    entry: try await desk.neighbours.entryTitle(release.entry),
                    provider: try await desk.neighbours.partyName(handOver.provider),
                    recipient: try await desk.neighbours.partyName(handOver.recipient), madeBy: madeBy,
                    kid: kid, mayCopy: permissions.mayEver(.releaseRows, visit.principal), now: visit.now)))
    }

    private func volume(_ visit: Visit) async throws -> Response {
        try visit.demandOwnPage()
        guard let number = Int(try visit.parameter("number")) else { throw ReleaseError.notFound }
        let (download, volume) = try await desk.download(
            visit.id(), volume: number, by: visit.principal)
        let body = ResponseBody(contentLength: volume.bytes) { writer in
            var sent: Int64 = 0
            do {
                try await download.blocks { block in
                    try await writer.write(block)
                    sent += Int64(block.readableBytes)
                }
            } catch let error as PolicyError {
                try await desk.stopped(download.release, after: sent, error.problem)
                throw error
            }
            try await writer.finish(nil)
        }
        return visit.download(body, as: volume.name, type: "application/x-tar")
    }

    /// Sealed unless the body says otherwise in so many words.
    private static func terms(_ json: JSON) throws(ReleaseError) -> HandOver.Terms {
        let known: Set = ["takenBy", "medium", "volumeBytes", "sealed", "password"]
        guard let members = json.object else { throw .bodyMalformed(member: "") }
        if let stranger = members.keys.sorted().first(where: { !known.contains($0) }) {
            throw .bodyMalformed(member: stranger)
        }
        func text(_ name: String) throws(ReleaseError) -> String {
            guard let text = members[name]?.string else { throw .bodyMalformed(member: name) }
            return text
        }
        var bytes = HandOver.fatBytesMax
        if let given = members["volumeBytes"] {
            guard let number = given.integer.flatMap({ Int(exactly: $0) }) else {
                throw .bodyMalformed(member: "volumeBytes")
            }
            bytes = number
        }
        let isSealed = members["sealed"] ?? true
        guard isSealed.boolean != nil else { throw .bodyMalformed(member: "sealed") }
        return HandOver.Terms(
            takenBy: try text("takenBy"), medium: try text("medium"), volumeBytesMax: bytes,
            password: isSealed.boolean == true ? try text("password") : nil)
    }
}

extension JSONShape {
    private static let handOver = JSONShape.named(
        "HandOver",
        .object([
            .needed("id", .id), .needed("release", .id), .needed("grant", .id), .needed("takenBy", .text),
            .needed("medium", .text), .needed("sealed", .boolean), .needed("madeAt", .moment),
            .needed("leafId", .id, Message("release.api.leaf-id")),
            .needed(
                "volumes",
                .array(
                    .object([
                        .needed("number", .integer), .needed("name", .text), .needed("bytes", .exactInteger),
                        .needed("sha256", .text),
                    ]))),
        ]))

    fileprivate static let handOvers = JSONShape.page(of: handOver)
    fileprivate static let oneHandOver = handOver
    fileprivate static let handOverTerms = JSONShape.named(
        "HandOverTerms",
        .object([
            .needed("takenBy", .text, Message("hand-over.taken-by-hint")),
            .needed("medium", .text, Message("hand-over.medium-hint")),
            .optional("volumeBytes", .exactInteger, Message("hand-over.api-volume")),
            .optional("sealed", .boolean, Message("hand-over.api-sealed")),
            .optional("password", .text, Message("hand-over.password-hint")),
        ]))
}

extension Operation {
    fileprivate static let listHandOvers = Operation(
        "releases", Message("hand-over.api-list"),
        answers: [Answer(200, Message("release.api.ok"), .json(.handOvers))])

    fileprivate static let makeHandOver = Operation(
        "releases", Message("hand-over.api-make"), about: Message("hand-over.api-make-about"),
        takes: .handOverTerms,
        sample: ["takenBy": "…", "medium": "U-2026-001", "password": "…"],
        answers: [Answer(201, Message("release.api.made"), .json(.oneHandOver))],
        problems: [.invalid, .refused, .conflict])

    fileprivate static let readVolume = Operation(
        "releases", Message("hand-over.api-volume-file"),
        answers: [Answer(200, Message("release.api.ok"), .file(["application/x-tar"]))],
        problems: [.refused, .conflict])
}
