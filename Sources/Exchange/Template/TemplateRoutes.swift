import Hummingbird
import Identity
import Kernel
import Policy
import Web

/// Templates are read by everybody who decides, and set by the bureau.
func templateRoutes(
    _ routes: inout Routes, _ templates: Templates, maySet: @escaping @Sendable (Principal) -> Bool
) {
    routes.get("/templates", .anyOf([.setTemplate, .decideRequest, .coordinateRequest])) { visit in
        try visit.page(
            TemplateListPage(
                try await templates.all(), on: visit.now.date(), maySet: maySet(visit.principal)))
    }
    routes.get("/templates/new", .action(.setTemplate)) { visit in
        try visit.page(
            TemplateFormPage(replacing: nil, typed: SubmittedForm(), today: visit.now.date()))
    }
    routes.post("/templates", .action(.setTemplate)) { try await save($0, replacing: nil, templates) }
    routes.get("/templates/:id", .action(.setTemplate)) { visit in
        let found = try await templates.find(visit.id())
        return try visit.page(
            TemplateFormPage(replacing: found, typed: found.form, today: visit.now.date()))
    }
    routes.post("/templates/:id", .action(.setTemplate)) { visit in
        try await save(visit, replacing: try await templates.find(visit.id()), templates)
    }
    routes.post("/templates/:id/end", .action(.setTemplate)) { visit in
        try await templates.end(visit.id(), after: visit.now.date().adding(days: -1), by: visit.principal)
        return visit.redirect(
            to: "/templates", saying: Notice(.done, Message("exchange.template-end-done")))
    }
}

private func save(
    _ visit: Visit, replacing old: TermsTemplate?, _ templates: Templates
) async throws -> Response {
    let today = visit.now.date()
    do {
        try await templates.set(
            TermsTemplate(visit.form, today: today, at: visit.now), replacing: old?.id, by: visit.principal)
    } catch let error as ExchangeError where error.problem.kind != .notFound {
        return try visit.page(
            TemplateFormPage(
                replacing: old, typed: visit.form, today: today, errors: FormErrors(error.problem)),
            status: .unprocessableContent)
    }
    return visit.redirect(to: "/templates", saying: Notice(.done, Message("exchange.template-saved")))
}
