import Hummingbird
import Identity
import Kernel
import Policy
package import Web

/// Lists of what is to be asked for, on pages and for programs.
package struct ApplicationListSite: Sendable {
    /// The rows of a table that was sent, by the ending of its name; at most so many.
    package typealias Read =
        @Sendable (_ path: String, _ name: String, _ rowsMax: Int) async throws -> BroughtSheet

    static let uploadBytesMax = 4 << 20

    let desk: ApplicationLists
    private let read: Read
    private let workbook: ExchangeSite.Neighbours.Workbook

    package init(
        _ desk: ApplicationLists, read: @escaping Read, workbook: @escaping ExchangeSite.Neighbours.Workbook
    ) {
        self.desk = desk
        self.read = read
        self.workbook = workbook
    }

    private var permissions: Permissions { desk.exchange.permissions }

    package func routes(_ routes: inout Routes) {
        let (all, readers) = (ApplicationListLinks.all, ExchangeSite.actsOfRequests)
        calls(&routes)
        routes.get("\(all)/new", .action(.requestShare)) { try $0.page(ApplicationSheetNewPage()) }
        routes.get("\(all)/template", .action(.requestShare)) { visit in
            try await sheet(
                ApplicationColumn.allCases.map { visit.text($0.title) }, [],
                "application.list-template-name", visit)
        }
        routes.post(
            all, .action(.requestShare),
            body: .upload(bytesMax: Self.uploadBytesMax, door: .applicationList)
        ) { try await bring($0) }
        routes.get("\(all)/:id", .anyOf(readers)) { visit in
            try show(try await find(visit), visit)
        }
        routes.get("\(all)/:id/returned", .anyOf(readers)) { visit in
            let list = try await find(visit)
            return try await sheet(
                ApplicationList.Refused.titles { visit.text($0) },
                list.refused.map { $0.returned { visit.text($0) } }, "application.list-returned-name", visit)
        }
        routes.post("\(all)/:id/drafts", .action(.requestShare)) { try await draft($0) }
        routes.post("\(all)/:id/removal", .action(.requestShare)) { visit in
            let id: ApplicationListID = try visit.id()
            try await desk.drop(id, by: visit.principal)
            return visit.redirect(
                to: "/applications", saying: Notice(.done, Message("application.list-dropped")))
        }
    }

    func find(_ visit: Visit) async throws -> ApplicationList {
        try await desk.find(visit.id(), for: visit.principal)
    }

    /// What was sent, kept to be looked at.
    func brought(_ visit: Visit) async throws -> ApplicationList {
        guard let file = try visit.form.file("file"), file.bytes > 0 else {
            throw ExchangeError.fieldsInvalid([Problem.Place("file", Message("running.file-needed"))])
        }
        let sheet = try await read(file.path, file.fileName, ApplicationLists.rowsMax)
        return try await desk.bring(sheet, named: file.fileName, by: visit.principal)
    }

    private func bring(_ visit: Visit) async throws -> Response {
        do {
            return visit.redirect(to: ApplicationListLinks.one(try await brought(visit).id))
        } catch let error as any ProblemConvertible
            where error.problem.kind != .forbidden && error.problem.kind != .internalFault
        {
            return try visit.page(
                ApplicationSheetNewPage(errors: FormErrors(error.problem.ofTheSheet)),
                status: .unprocessableContent)
        }
    }

    private func draft(_ visit: Visit) async throws -> Response {
        let list = try await find(visit)
        do {
            let drafted = try await desk.draft(
                list.id, isCommitted: visit.form.isOn("isCommitted"), by: visit.principal)
            return visit.redirect(
                to: ApplicationListLinks.one(list.id),
                saying: Notice(
                    .done,
                    Message(
                        "application.list-is-drafted", ["applications": "\(drafted.applications.count)"])))
        } catch let error as ExchangeError where error.problem.kind == .invalid {
            return try show(list, visit, errors: FormErrors(error.problem))
        }
    }

    private func show(
        _ list: ApplicationList, _ visit: Visit, errors: FormErrors? = nil
    ) throws -> Response {
        try visit.page(
            ApplicationSheetPage(
                list,
                mayDraft: visit.principal.party == list.party
                    && permissions.mayEver(.requestShare, visit.principal), errors: errors),
            status: errors == nil ? .ok : .unprocessableContent)
    }

    private func sheet(
        _ titles: [String], _ rows: [[String]], _ name: String, _ visit: Visit
    ) async throws -> Response {
        let made = try await workbook(titles, visit.text(Message("application.list-sheet")), rows)
        return visit.download(
            fileAt: made.path, bytes: made.bytes, holding: made.place,
            as: visit.text(Message(name)) + ".xlsx", type: made.mediaType)
    }
}
