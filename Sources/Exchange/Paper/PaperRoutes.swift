import Casework
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import NIOCore
import Policy
import Web

/// 补录 on pages: the scan, what stands on it, and the answer of the signer or a second person.
extension ExchangeSite {
    private static let formBytes = 1 << 20

    func paperRoutes(_ routes: inout Routes) {
        routes.get("/requests/:id/paper-approvals/new", .action(.enterPaper)) { visit in
            try await paperForm(visit, scan: visit.query.id("scan"), typed: SubmittedForm(), errors: nil)
        }
        routes.post(
            "/requests/:id/paper-scans", .action(.enterPaper),
            body: .upload(bytesMax: neighbours.scans.bytesMax + Self.formBytes, door: .paperApproval)
        ) { try await bringScan($0) }
        routes.get("/requests/:id/paper-scans/:scan/file", .anyOf(Self.actsOfRequests)) { visit in
            try await paperScan(visit)
        }
        routes.post("/requests/:id/paper-approvals", .action(.enterPaper)) { try await enterPaper($0) }
        routes.get("/requests/:id/paper-approvals/:approval", .anyOf(Self.actsOfRequests)) { visit in
            try await showPaper(visit)
        }
        routes.post("/requests/:id/paper-approvals/:approval/confirmation", .action(.confirmPaper)) {
            try await answerPaper(.confirm, "confirmation", $0)
        }
        routes.post("/requests/:id/paper-approvals/:approval/objection", .action(.confirmPaper)) { visit in
            try await answerPaper(.object(visit.form["reason"]), "objection", visit)
        }
        paperCalls(&routes, exchange, neighbours.scans)
    }

    private func paperForm(
        _ visit: Visit, scan: PaperScanID?, typed: SubmittedForm, errors: FormErrors?
    ) async throws -> Response {
        let request = try await exchange.request(visit.id(), for: visit.principal)
        let desk = try await exchange.paperDesk(of: request.id, for: visit.principal)
        var brought: PaperScan?
        if let scan {
            brought = try await exchange.unusedScan(scan, of: request.id, for: visit.principal)
        }
        return try visit.page(
            PaperFormPage(
                PaperFormPage.Content(
                    file: request.file, desk: desk, scan: brought, typed: typed,
                    key: "paper-\(PaperApprovalID.new(at: visit.now))", accept: neighbours.scans.accept,
                    bytesMax: neighbours.scans.bytesMax, isLast: request.file.chain?.isLast ?? true),
                errors: errors, say: { visit.text($0) }),
            status: errors == nil ? .ok : .unprocessableContent)
    }

    private func bringScan(_ visit: Visit) async throws -> Response {
        let id: CaseID = try visit.id()
        do {
            guard let file = try visit.form.file("file"), file.bytes > 0 else {
                throw PaperError.fieldsInvalid([
                    Problem.Place("file", Message("exchange.field-required"))
                ])
            }
            let scan = try await neighbours.scans.bring(
                fileAt: file.path, named: file.fileName, to: id, in: exchange, by: visit.principal)
            return visit.redirect(to: "\(PaperLinks.new(id))?scan=\(scan.id)")
        } catch let error as any ProblemConvertible
            where error.problem.kind == .invalid || error.problem.kind == .refused
        {
            return try await paperForm(
                visit, scan: nil, typed: SubmittedForm(), errors: FormErrors(error.problem))
        }
    }

    private func paperScan(_ visit: Visit) async throws -> Response {
        let (id, scanID): (CaseID, PaperScanID) = (try visit.id(), try visit.id("scan"))
        let used = try await exchange.papers(of: id, for: visit.principal).first { $0.scan.id == scanID }?
            .scan
        var unused: PaperScan?
        if used == nil, exchange.permissions.mayEver(.enterPaper, visit.principal) {
            unused = try? await exchange.unusedScan(scanID, of: id, for: visit.principal)
        }
        guard let scan = used ?? unused else { throw PaperError.notFound }
        let body = ResponseBody(byteBuffer: ByteBuffer(bytes: try neighbours.scans.read(scan)))
        guard scan.isPicture else { return visit.download(body, as: scan.name, type: scan.mediaType) }
        return Response(
            status: .ok, headers: [.contentType: scan.mediaType, .contentDisposition: "inline"], body: body)
    }

    private func enterPaper(_ visit: Visit) async throws -> Response {
        let (id, form): (CaseID, SubmittedForm) = (try visit.id(), visit.form)
        let scan: PaperScanID? = form.id("scan")
        do {
            let key = form["key"]
            let result = try await exchange.enter(
                PaperEntry(
                    signer: PaperSigner(form["signer"]), decision: form["decision"], comment: form["comment"],
                    legalBasis: form["legalBasis"], signedOn: form.date("signedOn"),
                    isJudgedBySigned: form.isOn("isJudgedBySigned"), reason: form["reason"], scan: scan),
                on: id, seen: form.integer("revision") ?? 0, by: visit.principal,
                key: key.isEmpty ? nil : key)
            let counts = result.approval.countedRevision != nil
            return visit.redirect(
                to: "/requests/\(id)",
                saying: Notice(.done, Message(counts ? "paper.entered-counts" : "paper.entered-waits")))
        } catch let error as any ProblemConvertible
            where error.problem.kind == .invalid || error.problem.kind == .refused
        {
            return try await paperForm(visit, scan: scan, typed: form, errors: FormErrors(error.problem))
        }
    }

    private func showPaper(
        _ visit: Visit, refused: String? = nil, errors: FormErrors? = nil
    ) async throws -> Response {
        let request = try await exchange.request(visit.id(), for: visit.principal)
        let approval = try await exchange.paper(
            visit.id("approval"), of: request.id, for: visit.principal)
        let who = try await paperNames([approval])
        return try visit.page(
            PaperApprovalPage(
                PaperApprovalPage.Content(
                    file: request.file, approval: approval,
                    standing: exchange.standing(of: visit.principal, to: approval, on: request), who: who,
                    typed: visit.form, refused: refused, errors: errors)),
            status: errors == nil ? .ok : .unprocessableContent)
    }

    private func answerPaper(_ reply: PaperReply, _ name: String, _ visit: Visit) async throws -> Response {
        let id: CaseID = try visit.id()
        let key = visit.form["key"]
        do {
            _ = try await exchange.reply(
                reply, to: visit.id("approval"), on: id, by: visit.principal, key: key.isEmpty ? nil : key)
        } catch let error as any ProblemConvertible
            where error.problem.kind == .invalid || error.problem.kind == .refused
        {
            return try await showPaper(visit, refused: name, errors: FormErrors(error.problem))
        }
        return visit.redirect(
            to: "/requests/\(id)", saying: Notice(.done, Message("paper.answered.\(name)")))
    }

    /// Units and posts by name.
    func paperNames(_ papers: [PaperApproval]) async throws -> (PartyID, PostID?) -> String {
        var (units, posts): ([PartyID: String], [PostID: String]) = ([:], [:])
        for paper in papers {
            let party = paper.holder.party
            if units[party] == nil { units[party] = try await neighbours.partyName(party) }
            let hands = [paper.entered, paper.compared, paper.closed].compactMap { $0?.post }
            for post in hands + [paper.signer.post] where posts[post] == nil {
                posts[post] = try await neighbours.postTitle(post)
            }
        }
        let (unitNames, postTitles) = (units, posts)
        return { party, post in
            (unitNames[party] ?? "") + (post.flatMap { postTitles[$0] }.map { " · \($0)" } ?? "")
        }
    }

    /// For the inbox: what waits for the principal to be confirmed or compared. Nil for nothing.
    func paperReminder(for principal: Principal) async throws -> Table? {
        let waiting = try await exchange.waitingPapers(for: principal)
        guard !waiting.isEmpty else { return nil }
        return Table(
            id: "papers", caption: Message("paper.waiting"),
            columns: ["case", "signed-on", "due", "as"].map { Table.Column(Message("paper.column.\($0)")) },
            rows: waiting.map { one in
                [
                    Table.Cell(
                        .data(one.title), href: PaperLinks.one(one.approval.id, of: one.approval.caseID),
                        note: .word(Message("paper.chip"))),
                    Table.Cell(.date(one.approval.opinion.signedOn)), Table.Cell(.date(one.approval.dueOn)),
                    Table.Cell(
                        .word(
                            Message(
                                one.approval.signer.account == principal.account
                                    ? "paper.as-signer" : "paper.as-second"))),
                ]
            }, count: waiting.count, empty: EmptyState(Message("paper.none")))
    }
}
