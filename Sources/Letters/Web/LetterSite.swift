import Foundation
import HTTPTypes
import Hummingbird
package import Identity
package import Kernel
package import Lake
import NIOCore
import Policy
package import Web

package let letterPageFolder = PageFolder("letters", Bundle.module)
package let letterPages: [any Page.Type] = [
    RegisterPage.self, LetterFormPage.self, LetterOnePage.self, SetUpPage.self, FilePage.self,
]

/// The pages of letters.
package struct LetterSite: Sendable {
    /// What a form brings beside its file.
    private static let formBytes = 1 << 20

    let letters: Letters
    let actors: Actors.Reader
    /// A workbook with these titles, on a sheet of that name.
    private let workbook: @Sendable ([String], String) throws -> TableWorkbook
    private let sheet: FilePreview.SheetReader
    /// Who works with the registers of a unit.
    static let readers: [Action] = [.registerLetter, .issueLetter, .setLetterTemplate]
    private static let writers: [Action] = [.registerLetter, .issueLetter]

    package init(
        _ letters: Letters, actors: @escaping Actors.Reader,
        workbook: @escaping @Sendable ([String], String) throws -> TableWorkbook,
        sheet: @escaping FilePreview.SheetReader
    ) {
        self.letters = letters
        self.actors = actors
        self.workbook = workbook
        self.sheet = sheet
    }

    package func routes(_ routes: inout Routes) {
        routes.get(LetterLinks.letters, .anyOf(Self.readers)) { try await list($0) }
        for direction in Letter.Direction.allCases {
            let path = LetterLinks.entering(direction)
            let action: Action = direction == .incoming ? .registerLetter : .issueLetter
            routes.get("\(path)/new", .action(action)) { visit in
                try await form(direction, visit, typed: nil, errors: nil)
            }
            routes.post(path, .action(action)) { try await enter(direction, $0) }
        }
        setUpRoutes(&routes)
        routes.get("/letters/:id", .signedIn) { try await show($0) }
        routes.get("/letters/:id/voiding", .anyOf(Self.writers)) { visit in
            try visit.page(try await voiding(visit, errors: nil))
        }
        routes.post("/letters/:id/voiding", .anyOf(Self.writers)) { try await void($0) }
        routes.get("/letters/:id/document", .signedIn) { visit in
            try await made(visit, as: .docx) { letter, template in
                try await letters.document(of: letter, with: template, for: visit.principal)
            }
        }
        routes.get("/letters/:id/pdf", .signedIn) { visit in
            try await made(visit, as: .pdf) { letter, template in
                try await letters.pdf(of: letter, with: template, for: visit.principal)
            }
        }
        for kind in LetterFile.Kind.allCases {
            routes.post(
                "/letters/:id/\(LetterLinks.adding(kind))", .anyOf(Self.writers),
                body: .upload(bytesMax: letters.limits.fileBytesMax + Self.formBytes, door: .letter)
            ) { try await add(kind, $0) }
        }
        routes.post("/letters/:id/seal", .action(.issueLetter)) { try await seal($0) }
        routes.get("/letters/:id/files/:file", .signedIn) { try await preview($0) }
        routes.get("/letters/:id/files/:file/file", .signedIn) { visit in
            let (file, content) = try await letters.file(
                visit.id("file"), of: visit.id(), for: visit.principal)
            return visit.download(
                ResponseBody(byteBuffer: ByteBuffer(bytes: content)), as: file.name,
                type: file.format.mediaType)
        }
        routes.get("/letters/:id/files/:file/view", .signedIn) { visit in
            let (file, content) = try await letters.file(
                visit.id("file"), of: visit.id(), for: visit.principal)
            guard file.format.isShownByBrowsers else { throw Visit.notFound }
            return Response(
                status: .ok, headers: [.contentType: file.format.mediaType, .contentDisposition: "inline"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: content)))
        }
    }

    // MARK: - The registers

    private func list(_ visit: Visit) async throws -> Response {
        let query = TableQuery(visit, sortable: [], order: "-at")
        let filter = LetterFilter(
            direction: .init(rawValue: query.value("direction")), year: Int(query.value("year")),
            series: LetterSeriesID(query.value("series")), state: .init(rawValue: query.value("state")),
            text: query.words)
        var page = try await letters.page(
            filter, for: visit.principal,
            before: query.isExport ? nil : query.after.flatMap { LetterID($0) },
            limit: query.isExport ? LetterStore.listMax : TableQuery.rowsMax)
        while query.isExport, let next = page.next, page.letters.count < TableQuery.exportRowsMax {
            let more = try await letters.page(
                filter, for: visit.principal, before: next, limit: LetterStore.listMax)
            page = LetterPage(letters: page.letters + more.letters, count: page.count, next: more.next)
        }
        let permissions = letters.parts.permissions
        let shown = RegisterPage(
            RegisterPage.Content(
                page: page, filter: filter,
                series: try await letters.series(of: visit.principal).map(\.series),
                years: try await letters.years(for: visit.principal),
                mayIssue: permissions.mayEver(.issueLetter, visit.principal),
                maySetUp: permissions.mayEver(.setLetterTemplate, visit.principal)), query)
        let name = visit.text(shown.title)
        if query.isExcel { return try await workbook(page.letters, named: name, visit) }
        return query.isCSV ? visit.csv(shown.table, as: name + ".csv") : try visit.page(shown)
    }

    private func workbook(_ found: [Letter], named name: String, _ visit: Visit) async throws -> Response {
        let titles = [
            "letter.number", "letter.title", "letter.direction", "letter.counterpart", "letter.dated",
            "letter.receipt", "letter.received-on", "letter.state", "letter.copies", "letter.void-reason",
        ]
        let made = try workbook(titles.map { visit.text(Message($0)) }, name)
        try await made.append(
            found.map { letter in
                let isIncoming = letter.direction == .incoming
                return [
                    .text(letter.number), .text(letter.title), .text(visit.text(letter.directionMessage)),
                    .text(letter.counterpart), .text(letter.dated.description),
                    .text(isIncoming ? "\(letter.year)-\(letter.serial)" : ""),
                    .text(letter.receivedOn?.description ?? ""), .text(visit.text(letter.stateMessage)),
                    .text(letter.copies.joined(separator: "，")), .text(letter.voided?.reason ?? ""),
                ]
            })
        let file = try await made.finish()
        return visit.download(
            fileAt: file.path, bytes: file.bytes, holding: file, as: name + ".xlsx",
            type: MadeWorkbook.mediaType)
    }

    /// For the page of a case: its letters, and where new ones begin. Nil for whoever may not know of the case.
    package func block(
        of caseID: CaseID, for principal: Principal
    ) async throws -> (table: Table, acts: [Act])? {
        let found: [Letter]
        do { found = try await letters.letters(of: caseID, for: principal) } catch LetterError.notFound {
            return nil
        }
        let permissions = letters.parts.permissions
        var acts: [Act] = []
        if permissions.mayEver(.registerLetter, principal) {
            acts.append(Act(Message("letter.new-incoming"), LetterLinks.new(.incoming, of: caseID)))
        }
        if permissions.mayEver(.issueLetter, principal) {
            acts.append(Act(Message("letter.new-outgoing"), LetterLinks.new(.outgoing, of: caseID)))
        }
        return (
            RegisterPage.table(
                found, id: "letters", count: found.count, empty: Message("letter.none-of-case")), acts
        )
    }

    // MARK: - Entering

    private func form(
        _ direction: Letter.Direction, _ visit: Visit, typed: SubmittedForm?, errors: FormErrors?
    ) async throws -> Response {
        let caseID: CaseID? = (typed ?? visit.query).id("case")
        var file: LetterCase?
        if let caseID { file = try await letters.parts.neighbours.caseFacts(caseID, visit.principal) }
        let today = visit.now.date().description
        let fresh = SubmittedForm([
            ("dated", today), ("receivedOn", today), ("title", file.map { Self.title(direction, $0) } ?? ""),
            ("counterpart", file?.units.first ?? ""),
        ])
        let series = try await letters.series(of: visit.principal).map(\.series).filter { $0.endedAt == nil }
        let key = typed?["key"] ?? ""
        return try visit.page(
            LetterFormPage(
                direction, typed ?? fresh, series: series, of: file,
                key: key.isEmpty ? LetterID.new(at: visit.now).text : key, errors: errors),
            status: errors == nil ? .ok : .unprocessableContent)
    }

    /// 关于……的函: what a title begins with, to be written on.
    private static func title(_ direction: Letter.Direction, _ file: LetterCase) -> String {
        direction == .outgoing ? "关于“\(file.title)”数据共享申请的函" : ""
    }

    private func enter(_ direction: Letter.Direction, _ visit: Visit) async throws -> Response {
        let key = visit.form["key"]
        do {
            let letter = try await letters.enter(
                LetterDraft(direction, visit.form), by: visit.principal, key: key.isEmpty ? nil : key)
            return visit.redirect(
                to: LetterLinks.letter(letter.id),
                saying: Notice(
                    .done,
                    direction == .incoming
                        ? Message("letter.registered-as", ["number": "\(letter.year)-\(letter.serial)"])
                        : Message("letter.numbered-as", ["number": letter.number])))
        } catch let error as LetterError where error.problem.kind == .invalid {
            return try await form(direction, visit, typed: visit.form, errors: FormErrors(error.problem))
        }
    }

    // MARK: - One letter

    private func show(_ visit: Visit, refused: LetterAct.Refused? = nil) async throws -> Response {
        let letter = try await letters.letter(visit.id(), for: visit.principal)
        let files = try await letters.files(of: letter)
        let (parts, principal) = (letters.parts, visit.principal)
        var file: LetterCase?
        if let id = letter.caseID { file = try await parts.neighbours.caseFacts(id, principal) }
        let accounts = ([letter.madeBy] + files.map(\.addedBy)).map { "account:\($0)" }
        let page = LetterOnePage(
            LetterOnePage.Content(
                letter: letter, files: files, templates: try await letters.templates(for: letter),
                ofCase: file,
                owner: try await parts.neighbours.partyName(letter.owner),
                actors: try await Actors(of: accounts, reader: actors),
                mayAct: parts.permissions.allows(letter.action, on: letter.subject, for: principal),
                tools: letters.tools, fileBytesMax: letters.limits.fileBytesMax, refused: refused))
        return try visit.page(page, status: refused == nil ? .ok : .unprocessableContent)
    }

    private func add(_ kind: LetterFile.Kind, _ visit: Visit) async throws -> Response {
        let id: LetterID = try visit.id()
        do {
            guard let file = try visit.form.file("file"), file.bytes > 0 else {
                throw LetterError.fileRefused(.missing)
            }
            try await letters.add(
                kind, fileAt: file.path, named: file.fileName, to: id, by: visit.principal)
        } catch let error as any ProblemConvertible
            where error is UploadRefused || error is ClassifiedUpload
            || (error as? LetterError)?.isOfTheFile == true
        {
            return try await show(
                visit, refused: LetterAct.Refused(id: kind.rawValue, errors: FormErrors(error.problem)))
        }
        return visit.redirect(
            to: LetterLinks.letter(id), saying: Notice(.done, Message("letter.added.\(kind.rawValue)")))
    }

    private func seal(_ visit: Visit) async throws -> Response {
        let id: LetterID = try visit.id()
        do {
            try await letters.seal(id, with: visit.form.id("template"), by: visit.principal)
        } catch let error as LetterError where error.isOfTheFile {
            return try await show(
                visit, refused: LetterAct.Refused(id: "e-seal", errors: FormErrors(error.problem)))
        }
        return visit.redirect(
            to: LetterLinks.letter(id), saying: Notice(.done, Message("letter.added.sealed")))
    }

    private func preview(_ visit: Visit) async throws -> Response {
        let letter = try await letters.letter(visit.id(), for: visit.principal)
        let (file, preview) = try await letters.preview(
            visit.id("file"), of: letter.id, for: visit.principal, sheet: sheet)
        let page = FilePage(
            file, of: letter, preview, try await Actors(of: ["account:\(file.addedBy)"], reader: actors))
        return try await visit.data(page)
    }

    private func voiding(_ visit: Visit, errors: FormErrors?) async throws -> ConfirmPage {
        let letter = try await letters.letter(visit.id(), for: visit.principal)
        let reason = Field.area("reason", Message("letter.void-reason"), value: visit.form["reason"])
            .required()
            .hint(Message("letter.void-reason-hint"))
        return ConfirmPage(
            title: Message("letter.void"),
            question: Message("letter.void-question", ["number": letter.name]),
            consequences: [Message("letter.void-consequence")],
            refusal: letter.state == .numbered
                ? nil : Message("letter.state-forbids.\(letter.state.rawValue)"),
            action: "\(LetterLinks.letter(letter.id))/voiding",
            fields: [reason.checked(errors ?? FormErrors())], errors: errors?.summary(of: [reason]),
            button: Message("letter.void"), backHref: LetterLinks.letter(letter.id))
    }

    private func void(_ visit: Visit) async throws -> Response {
        let id: LetterID = try visit.id()
        do {
            try await letters.void(id, because: visit.form["reason"], by: visit.principal)
        } catch let error as LetterError where error.problem.kind == .invalid {
            return try visit.page(
                try await voiding(visit, errors: FormErrors(error.problem)), status: .unprocessableContent)
        }
        return visit.redirect(
            to: LetterLinks.letter(id), saying: Notice(.done, Message("letter.voided-done")))
    }

    private func made(
        _ visit: Visit, as format: LetterFile.Format,
        _ make: (Letter, LetterTemplateID?) async throws -> [UInt8]
    ) async throws -> Response {
        try visit.demandOwnPage()
        let letter = try await letters.letter(visit.id(), for: visit.principal)
        let bytes = try await make(letter, visit.query.id("template"))
        return visit.download(
            ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)), as: "\(letter.number).\(format.rawValue)",
            type: format.mediaType)
    }
}

extension LetterError {
    /// To be said beside the file that was chosen.
    fileprivate var isOfTheFile: Bool {
        switch self {
        case .fileRefused, .documentRefused, .tooManyFiles, .toolFailed, .notSet, .toolsBusy: true
        default: false
        }
    }
}
