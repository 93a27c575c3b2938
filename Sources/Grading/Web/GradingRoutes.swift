import HTTPTypes
package import Identity
package import Kernel
import Policy
package import Web

/// The decision page. `title` names the entry under the reader's scope; `actors` names who decided before.
package func gradingRoutes(
    _ routes: inout Routes, grading: Grading,
    title: @escaping @Sendable (EntryID, Principal) async throws -> String,
    actors: @escaping Actors.Reader
) {
    @Sendable func page(
        _ visit: Visit, chosen: [String: GradeLevel] = [:], errors: FormErrors = FormErrors()
    ) async throws -> GradesPage {
        let entry: EntryID = try visit.id()
        let (book, facts) = try await grading.bookAndFacts(of: entry, for: visit.principal)
        let history = try await grading.history(of: entry, for: visit.principal)
        return GradesPage(
            book, facts: facts, named: try await title(entry, visit.principal), rules: try grading.rules(),
            history: history, actors: try await Actors(of: history.map(\.actor), reader: actors),
            chosen: chosen,
            reason: visit.form["reason"], errors: errors)
    }
    routes.get("/catalogue/:id/grades", .action(.decideGrade)) { visit in
        try visit.page(try await page(visit))
    }
    routes.post("/catalogue/:id/grades", .action(.decideGrade)) { visit in
        let entry: EntryID = try visit.id()
        let (book, _) = try await grading.bookAndFacts(of: entry, for: visit.principal)
        var chosen: [String: GradeLevel] = [:]
        for (column, level) in zip(visit.form.all("column"), visit.form.all("level")) {
            if let level = GradeLevel(rawValue: level), level != book.level(of: column) {
                chosen[column] = level
            }
        }
        do {
            let reason = visit.form["reason"]
            try await grading.decide(
                chosen, of: entry, seen: visit.form.integer("revision") ?? -1,
                reason: reason.isEmpty ? nil : reason, by: visit.principal)
            return visit.redirect(
                to: "/catalogue/\(entry)",
                saying: Notice(.done, Message("grading.decided-done", ["count": String(chosen.count)])))
        } catch let error as GradingError
            where error.problem.kind == .invalid || error.problem.kind == .refused
        {
            return try visit.page(
                try await page(visit, chosen: chosen, errors: FormErrors(error.problem)),
                status: .unprocessableContent)
        }
    }
}
