import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Lake
import NIOCore
import Persistence
package import Policy
package import Web

/// The pages of name lists.
package struct NameListSite: Sendable {
    /// What a form brings beside its files.
    static let formBytes = 1 << 20

    let desk: NameListDesk
    let permissions: Permissions
    private let actors: Actors.Reader

    package init(_ desk: NameListDesk, permissions: Permissions, actors: @escaping Actors.Reader) {
        self.desk = desk
        self.permissions = permissions
        self.actors = actors
    }

    static func choiceBytesMax() -> Int {
        NameListLimits.attachmentsMax * NameListLimits.attachmentBytesMax + formBytes
    }

    package func routes(_ routes: inout Routes) {
        routes.get("/name-lists", .action(.readReceipt)) { try await list($0) }
        routes.get("/name-lists/new", .action(.releaseRows)) { visit in
            try visit.page(new())
        }
        routes.post(
            "/name-lists", .action(.releaseRows),
            body: .upload(bytesMax: desk.limits.fileBytesMax + Self.formBytes, door: .nameList)
        ) { try await bring($0) }
        routes.get("/name-lists/:id", .action(.readReceipt)) { try await show($0, errors: nil) }
        routes.post(
            "/name-lists/:id/choice", .action(.releaseRows),
            body: .upload(bytesMax: Self.choiceBytesMax(), door: .nameList)
        ) { try await choose($0) }
        routes.post("/name-lists/:id/reading", .action(.releaseRows)) { try await reread($0) }
        routes.post("/name-lists/:id/release", .action(.releaseRows)) { try await release($0) }
        routes.post("/name-lists/:id/cancellation", .action(.releaseRows)) { visit in
            let id: ReleaseID = try visit.id()
            try await desk.cancel(id, by: visit.principal)
            return visit.redirect(
                to: "/name-lists/\(id)", saying: Notice(.done, Message("name-list.cancel-asked")))
        }
        routes.post("/name-lists/:id/discard", .action(.releaseRows)) { visit in
            try await desk.discard(visit.id(), by: visit.principal)
            return visit.redirect(
                to: "/name-lists", saying: Notice(.done, Message("name-list.discarded")))
        }
        routes.get("/name-lists/:id/file", .action(.releaseRows)) { visit in
            try visit.demandOwnPage()
            return try await desk.download(visit.id(), by: visit.principal).response(desk, visit)
        }
        routes.get("/name-lists/:id/receipt", .action(.readReceipt)) { visit in
            let id: ReleaseID = try visit.id()
            let document = try await desk.document(of: id, for: visit.principal)
            return visit.download(
                ResponseBody(byteBuffer: ByteBuffer(string: document.json.pretty)),
                as: "receipt-\(id.text.suffix(12)).json", type: "application/json")
        }
        liftRoutes(&routes)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let asked = TableQuery(visit, sortable: [], order: "-at")
        var found: [NameList] = []
        var before = asked.isCSV ? nil : asked.after.flatMap { ReleaseID($0) }
        var (count, hasMore) = (0, false)
        repeat {
            let limit = min(asked.limit, NameListStore.listMax)
            let page = try await desk.lists(for: visit.principal, before: before, limit: limit)
            found += page.lists
            count = page.count
            before = page.lists.last?.id
            hasMore = page.lists.count == limit
        } while asked.isCSV && hasMore && found.count < TableQuery.exportRowsMax
        let page = NameListsPage(
            found, actors: try await Actors(of: found.map { "account:\($0.account)" }, reader: actors),
            mayBring: permissions.mayEver(.releaseRows, visit.principal), count: count, query: asked,
            next: hasMore ? before?.text : nil)
        if asked.isCSV { return visit.csv(page.table, as: visit.text(page.title) + ".csv") }
        return try visit.page(page)
    }

    private func new(_ errors: FormErrors? = nil) -> NewNameListPage {
        NewNameListPage(
            bytesMax: desk.limits.fileBytesMax, rowsMax: desk.limits.rowsMax, errors: errors)
    }

    private func bring(_ visit: Visit) async throws -> Response {
        do {
            guard let file = try visit.form.file("list") else {
                var errors = FormErrors()
                errors.add("list", Message("web.field-needed"))
                return try visit.page(new(errors), status: .unprocessableContent)
            }
            let list = try await desk.bring(file.path, named: file.fileName, by: visit.principal)
            return visit.moved(to: "/name-lists/\(list.id)")
        } catch let error as any ProblemConvertible where error.problem.isOfTheFile {
            var errors = FormErrors(error.problem)
            if errors["list"] == nil { errors.add("list", error.problem.message) }
            return try visit.page(new(errors), status: .unprocessableContent)
        }
    }

    private func show(
        _ visit: Visit, errors: FormErrors?, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let list = try await desk.find(visit.id(), for: visit.principal)
        let isOwn = permissions.allows(.releaseRows, on: list.subject, for: visit.principal)
        let wantsChoice = list.findings == nil || visit.query.isOn("edit")
        if list.state == .draft, isOwn, wantsChoice, errors == nil {
            return try visit.page(
                NameListChoicePage(list, try await desk.offers(for: visit.principal)))
        }
        var entries: [EntryID: String] = [:]
        for part in list.parts { entries[part.entry] = try await desk.parts.entryTitle(part.entry) }
        let offers = list.state == .draft ? try await desk.offers(for: visit.principal).offers : []
        return try visit.page(
            NameListPage(
                list,
                NameListPage.Surroundings(
                    entries: entries,
                    actors: try await Actors(of: ["account:\(list.account)"], reader: actors),
                    offers: offers, limits: desk.limits, isOwn: isOwn,
                    mayReadEvidence: permissions.mayEver(.readEvidence, visit.principal)),
                errors: errors), status: status)
    }

    private func choose(_ visit: Visit) async throws -> Response {
        let list = try await desk.find(visit.id(), for: visit.principal)
        do {
            let choice = try NameListChoice(visit.form, language: visit.language)
            let brought = try visit.form.files("authorisations").map {
                BroughtAuthorisation(path: $0.path, name: $0.fileName)
            }
            try await desk.choose(choice, for: list.id, with: brought, by: visit.principal)
            return visit.redirect(to: "/name-lists/\(list.id)")
        } catch let error as any ProblemConvertible where error.problem.isOfTheFile {
            return try visit.page(
                NameListChoicePage(
                    list, try await desk.offers(for: visit.principal), form: visit.form,
                    errors: FormErrors(error.problem)), status: .unprocessableContent)
        }
    }

    private func reread(_ visit: Visit) async throws -> Response {
        let list = try await desk.find(visit.id(), for: visit.principal)
        var problem: Problem?
        if let line = visit.form.integer("header"), line > 0 {
            do {
                let sheet = visit.form["sheet"]
                try await desk.reread(
                    list.id, header: Int64(line), sheet: sheet.isEmpty ? list.reading.sheet?.name : sheet,
                    by: visit.principal)
                return visit.redirect(to: "/name-lists/\(list.id)")
            } catch let error as any ProblemConvertible where error.problem.isOfTheFile {
                problem = error.problem
            }
        }
        var errors = FormErrors()
        errors.add("header", problem?.message ?? Message("name-list.header-number"))
        return try visit.page(
            NameListChoicePage(list, try await desk.offers(for: visit.principal), errors: errors),
            status: .unprocessableContent)
    }

    /// A refusal is shown on the list itself: that is where it can be put right.
    private func release(_ visit: Visit) async throws -> Response {
        let id: ReleaseID = try visit.id()
        do {
            let list = try await desk.begin(id, by: visit.principal)
            return visit.redirect(to: "/name-lists/\(list.id)")
        } catch let error as NameListError where error != .notFound {
            return try await show(
                visit, errors: FormErrors(error.problem), status: .unprocessableContent)
        }
    }

    /// Lists under a grant are let go on by those who may resume it.
    private func liftRoutes(_ routes: inout Routes) {
        let path = "/grants/:id/name-lists/resumption"
        routes.get(path, .action(.resumeGrant)) { visit in
            try visit.page(liftPage(try visit.id(), errors: nil))
        }
        routes.post(path, .action(.resumeGrant)) { visit in
            let id: GrantID = try visit.id()
            do {
                try await desk.lift(
                    id, because: visit.form["reason"], isExpected: visit.form.isOn("expected"),
                    by: visit.principal)
                return visit.redirect(
                    to: "/grants/\(id)", saying: Notice(.done, Message("name-list.lifted")))
            } catch ReleaseError.reasonNeeded {
                return try visit.page(
                    liftPage(id, errors: FormErrors(ReleaseError.reasonNeeded.problem)),
                    status: .unprocessableContent)
            }
        }
    }

    private func liftPage(_ id: GrantID, errors: FormErrors?) -> ConfirmPage {
        var reason = Field.area("reason", Message("release.reason")).required()
        if let errors { reason = reason.checked(errors) }
        let fields = [
            reason,
            Field.tick("expected", Message("name-list.expected")).hint(Message("name-list.expected-hint")),
        ]
        return ConfirmPage(
            title: Message("name-list.lift"), question: Message("name-list.lift-question"),
            consequences: [Message("name-list.lift-consequence")],
            action: "/grants/\(id)/name-lists/resumption", fields: fields,
            errors: errors?.summary(of: fields), button: Message("name-list.lift"),
            backHref: "/grants/\(id)")
    }
}

extension Problem {
    /// What whoever brought a file can put right on the same form.
    fileprivate var isOfTheFile: Bool {
        switch kind {
        case .invalid, .refused, .tooLarge: true
        default: false
        }
    }
}

extension NameListChoice {
    /// As forms and the API's multipart body write it: `grants` as `<grant>|<key column>`.
    init(_ form: SubmittedForm, language: Language) throws(NameListError) {
        guard let kind = NameListKey(rawValue: form["kind"]) else { throw .columnUnknown(field: "kind") }
        let parts = try form.all("grants").map { text throws(NameListError) in
            let sides = text.split(separator: "|", maxSplits: 1).map(String.init)
            guard sides.count == 2, let grant = GrantID(sides[0]) else { throw .grantNotOffered(text) }
            return Part(grant: grant, keyColumn: sides[1])
        }
        self.init(
            key: form["key"], kind: kind, caseNumber: form["case"].isEmpty ? nil : form["case"],
            parts: parts, language: language)
    }
}
