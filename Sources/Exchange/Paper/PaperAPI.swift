package import Casework
import Hummingbird
import Identity
package import Kernel
import Policy
import Web

/// `/api/v1/requests/{id}/paper-approvals`: 补录 for programs.
func paperCalls(_ routes: inout Routes, _ exchange: Exchange, _ scans: PaperScans) {
    let path = "/api/v1/requests/:id/paper-approvals"
    routes.get(path, .anyOf(ExchangeSite.actsOfRequests), describing: .listPapers) { visit in
        let found = try await exchange.papers(of: visit.id(), for: visit.principal)
        return visit.json(items: found.map { $0.apiJSON() }, next: nil)
    }
    routes.get("\(path)/signers", .action(.enterPaper), describing: .listSigners) { visit in
        let desk = try await exchange.paperDesk(of: visit.id(), for: visit.principal)
        return visit.json(items: desk.open.map { $0.apiJSON() }, next: nil)
    }
    routes.post(
        "/api/v1/requests/:id/paper-scans", .action(.enterPaper),
        body: .upload(bytesMax: scans.bytesMax + 65_536, door: .paperApproval), describing: .bringScan
    ) { visit in
        guard let file = try visit.form.file("file"), file.bytes > 0 else {
            throw PaperError.fieldsInvalid([Problem.Place("file", Message("exchange.field-required"))])
        }
        let scan = try await scans.bring(
            fileAt: file.path, named: file.fileName, to: visit.id(), in: exchange, by: visit.principal)
        return visit.json(scan.apiJSON(), status: .created)
    }
    routes.post(path, .action(.enterPaper), body: .json(), describing: .enterPaper) { visit in
        let body = visit.json
        guard let revision = body["revision"]?.integer else {
            throw ExchangeError.bodyMalformed(member: "revision")
        }
        let result = try await exchange.enter(
            try PaperEntry(json: body), on: visit.id(), seen: Int(clamping: revision), by: visit.principal,
            key: body["key"]?.string)
        return visit.json(result.approval.apiJSON(), status: .created)
    }
    routes.post(
        "\(path)/:approval/confirmation", .action(.confirmPaper), body: .json(), describing: .confirmPaper
    ) { visit in
        try await answered(.confirm, exchange, visit)
    }
    routes.post(
        "\(path)/:approval/objection", .action(.confirmPaper), body: .json(), describing: .objectToPaper
    ) { visit in
        try await answered(.object(visit.json["reason"]?.string ?? ""), exchange, visit)
    }
}

private func answered(_ reply: PaperReply, _ exchange: Exchange, _ visit: Visit) async throws -> Response {
    let (id, paper): (CaseID, PaperApprovalID) = (try visit.id(), try visit.id("approval"))
    _ = try await exchange.reply(
        reply, to: paper, on: id, by: visit.principal, key: visit.json["key"]?.string)
    return visit.json(try await exchange.paper(paper, of: id, for: visit.principal).apiJSON())
}

extension PaperEntry {
    private static let members: Set<String> = [
        "revision", "key", "signer", "decision", "comment", "legalBasis", "signedOn", "judgedBySigned",
        "reason", "scan",
    ]

    /// Of a call's body; what is missing is said field by field when it is entered.
    package init(json: JSON) throws(ExchangeError) {
        if let unknown = (json.object ?? [:]).keys.sorted().first(where: { !Self.members.contains($0) }) {
            throw .bodyMalformed(member: unknown)
        }
        func text(_ name: String) throws(ExchangeError) -> String {
            guard let value = json[name], value != .null else { return "" }
            guard let text = value.string else { throw .bodyMalformed(member: name) }
            return text
        }
        let (signer, scan, day) = (try text("signer"), try text("scan"), try text("signedOn"))
        guard signer.isEmpty || PaperSigner(signer) != nil else { throw .bodyMalformed(member: "signer") }
        guard scan.isEmpty || PaperScanID(scan) != nil else { throw .bodyMalformed(member: "scan") }
        guard day.isEmpty || CalendarDate(day) != nil else { throw .bodyMalformed(member: "signedOn") }
        self.init(
            signer: PaperSigner(signer), decision: try text("decision"), comment: try text("comment"),
            legalBasis: try text("legalBasis"), signedOn: CalendarDate(day),
            isJudgedBySigned: json["judgedBySigned"] == .boolean(true), reason: try text("reason"),
            scan: PaperScanID(scan))
    }
}

extension PaperDesk.Candidate {
    package func apiJSON() -> JSON {
        [
            "signer": .string(signer.text), "unit": .string(holder.party.text),
            "role": .string(holder.role.rawValue), "post": .string(term.post.title),
            "person": .string(term.person), "deputy": .boolean(term.isDeputy),
            "from": .string(term.starts.description),
            "through": term.ends.map { .string($0.description) } ?? .null,
        ]
    }
}

extension PaperScan {
    package func apiJSON() -> JSON {
        [
            "id": .string(id.text), "name": .string(name), "bytes": .integer(Int64(bytes)),
            "sha256": .string(sha256), "scanned": .boolean(isScanned),
        ]
    }
}

extension JSONShape {
    private static let hand = JSONShape.object([
        .needed("account", .id), .needed("post", .nullable(.id)), .needed("at", .moment),
    ])
    fileprivate static let paperScan = JSONShape.named(
        "PaperScan",
        .object([
            .needed("id", .id), .needed("name", .text), .needed("bytes", .integer),
            .needed("sha256", .text), .needed("scanned", .boolean),
        ]))
    fileprivate static let paperApproval = JSONShape.named(
        "PaperApproval",
        .object([
            .needed("id", .id), .needed("request", .id), .needed("state", .word(PaperApproval.State.self)),
            .needed("act", .text), .needed("step", .integer), .needed("unit", .id),
            .needed("role", .word(Role.self)), .needed("signer", .text), .needed("signedOn", .date),
            .needed("judgedBySigned", .boolean), .needed("reason", .text),
            .needed("comment", .nullable(.text)), .needed("legalBasis", .nullable(.text)),
            .needed("scan", paperScan), .needed("entered", hand), .needed("due", .date),
            .needed("counts", .boolean), .needed("revision", .nullable(.integer)),
            .needed("compared", .nullable(hand)), .needed("closed", .nullable(hand)),
            .needed("closingWords", .nullable(.text)),
        ]))
    fileprivate static let paperSigner = JSONShape.named(
        "PaperSigner",
        .object([
            .needed("signer", .text), .needed("unit", .id), .needed("role", .word(Role.self)),
            .needed("post", .text), .needed("person", .text), .needed("deputy", .boolean),
            .needed("from", .date), .needed("through", .nullable(.date)),
        ]))
}

extension Operation {
    fileprivate static let listPapers = Operation(
        "requests", Message("paper.api.list"), about: Message("paper.api.list-about"),
        answers: [Answer(200, Message("exchange.api.ok"), .json(.page(of: .paperApproval)))])

    fileprivate static let listSigners = Operation(
        "requests", Message("paper.api.signers"), about: Message("paper.api.signers-about"),
        answers: [Answer(200, Message("exchange.api.ok"), .json(.page(of: .paperSigner)))],
        problems: [.conflict])

    fileprivate static let bringScan = Operation(
        "requests", Message("paper.api.scan"), about: Message("paper.api.scan-about"),
        form: [FormPart("file", "@sheet.pdf", Message("paper.scan"), isFile: true)],
        answers: [Answer(201, Message("exchange.api.ok"), .json(.paperScan))],
        problems: [.conflict, .refused])

    fileprivate static let enterPaper = Operation(
        "requests", Message("paper.api.enter"), about: Message("paper.api.enter-about"),
        takes: .object([
            .needed("revision", .integer), .needed("signer", .text), .needed("decision", .text),
            .needed("signedOn", .date), .needed("reason", .text), .needed("scan", .id),
            .optional("comment", .nullable(.text)), .optional("legalBasis", .nullable(.text)),
            .optional("judgedBySigned", .boolean), .optional("key", .nullable(.text)),
        ]),
        sample: [
            "revision": 5,
            "signer": "019a0000-0000-7000-8000-000000000002:019a0000-0000-7000-8000-000000000003",
            "decision": "agree", "signedOn": "2026-11-24", "reason": "出差期间网络不通",
            "scan": "019a0000-0000-7000-8000-000000000004",
        ], answers: [Answer(201, Message("exchange.api.ok"), .json(.paperApproval))],
        problems: [.conflict, .refused])

    fileprivate static let confirmPaper = Operation(
        "requests", Message("paper.api.confirm"), about: Message("paper.api.confirm-about"),
        takes: .object([.optional("key", .nullable(.text))]), sample: [:],
        answers: [Answer(200, Message("exchange.api.ok"), .json(.paperApproval))],
        problems: [.conflict, .refused])

    fileprivate static let objectToPaper = Operation(
        "requests", Message("paper.api.object"), about: Message("paper.api.object-about"),
        takes: .object([.needed("reason", .text), .optional("key", .nullable(.text))]),
        sample: ["reason": "未签署过此件"],
        answers: [Answer(200, Message("exchange.api.ok"), .json(.paperApproval))], problems: [.conflict])
}
