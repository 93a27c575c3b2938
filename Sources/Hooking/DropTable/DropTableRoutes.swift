import HTTPTypes
import Identity
import Kernel
import Policy
import Web

extension HookingSite {
    func dropTableRoutes(_ routes: inout Routes) {
        routes.get("/hooks/:id/drop-table", .action(.hookSource)) { visit in
            let (place, content) = try await dropPlace(visit)
            return try visit.page(DropTablePage(place, content))
        }
        routes.post("/hooks/:id/drop-table", .action(.hookSource)) { visit in
            let (place, found) = try await dropPlace(visit)
            var content = found
            content.answers = DropAnswers(visit.form)
            do {
                guard let manner = Filing.Manner(rawValue: content.answers.manner) else {
                    throw HookingError.invalid([
                        Problem.Place("manner", Message("hooking.answer-unreadable"))
                    ])
                }
                try FeedBody.requireDeclaration(visit.form)
                // As it was typed: a password may begin or end with a space.
                let typed = visit.form.exactly("password")
                try await hooking.setDropTable(
                    content.answers.place, password: typed.isEmpty ? nil : typed, manner,
                    of: content.hook.id, seen: content.answers.revision ?? 0, by: visit.principal)
                return visit.redirect(
                    to: DropTableLinks(content.hook.id).table,
                    saying: Notice(.done, Message("hooking.drop-done")))
            } catch let error as any ProblemConvertible where error is HookingError || error is DropFault {
                guard error.problem.kind != .notFound else { throw error }
                return try visit.page(
                    DropTablePage(place, content, errors: FormErrors(error.problem)),
                    status: .unprocessableContent)
            }
        }
        routes.post("/hooks/:id/drop-table/removal", .action(.hookSource)) { visit in
            let id: HookID = try visit.id()
            try await hooking.removeDropTable(of: id, by: visit.principal)
            return visit.redirect(
                to: HookingLinks.hook(id), saying: Notice(.done, Message("hooking.drop-removed")))
        }
    }

    private func dropPlace(_ visit: Visit) async throws -> (HookingPlace, DropTablePage.Content) {
        let hook = try await hooking.find(visit.id(), for: visit.principal)
        guard
            permissions.allows(
                .hookSource, on: .new(kind: HookNoun.kind, owner: hook.owner), for: visit.principal)
        else { throw HookingError.notFound }
        let table = try await hooking.dropTable(of: hook.id, for: visit.principal)
        return (
            try await place(hook.entry, hook.id, visit),
            DropTablePage.Content(
                hook: hook, table: table, hosts: limits.databases.hosts,
                arrived: try await hooking.filings(of: hook.id, for: visit.principal)
                    .filter { $0.channel == .table },
                answers: table.map { DropAnswers($0) } ?? DropAnswers())
        )
    }
}
