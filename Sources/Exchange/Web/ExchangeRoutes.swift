import Casework
import Foundation
import Hummingbird
import Identity
package import Kernel
package import Policy
package import Web

package let exchangePageFolder = PageFolder("exchange", Bundle.module)
package let exchangePages: [any Page.Type] = [InboxPage.self, RequestFormPage.self, RequestPage.self]

/// Requests on pages: the inbox, the form, the case with its decisions.
package struct ExchangeSite: Sendable {
    private let exchange: Exchange
    private let partyName: @Sendable (PartyID) async throws -> String
    private let explain: @Sendable ([Clause], EntryFacts) -> Explanation

    package init(
        _ exchange: Exchange, partyName: @escaping @Sendable (PartyID) async throws -> String,
        explain: @escaping @Sendable ([Clause], EntryFacts) -> Explanation
    ) {
        self.exchange = exchange
        self.partyName = partyName
        self.explain = explain
    }

    private static let actsOfRequests: [Action] = [
        .requestShare, .signOffRequest, .checkRequest, .decideRequest, .answerOffer, .coordinateRequest,
    ]

    package func routes(_ routes: inout Routes) {
        routes.get("/inbox", .anyOf(Self.actsOfRequests)) { try await inbox($0) }
        routes.get("/catalogue/:id/request", .action(.requestShare)) { visit in
            let entry = try await exchange.entry(visit.id())
            let today = visit.now.date()
            return try visit.page(
                RequestFormPage(
                    entry, RequestWish(from: today, to: today.adding(days: 365)),
                    action: "/catalogue/\(entry.id)/request"))
        }
        routes.post("/catalogue/:id/request", .action(.requestShare)) { try await draft($0) }
        routes.get("/requests/:id", .anyOf(Self.actsOfRequests)) { try await show($0) }
        routes.get("/requests/:id/wish", .action(.requestShare)) { visit in
            let request = try await exchange.request(visit.id(), for: visit.principal)
            return try visit.page(try await form(request, request.wish, nil))
        }
        routes.post("/requests/:id/wish", .action(.requestShare)) { try await revise($0) }
        routes.post("/requests/:id/acts/:act", .anyOf(Self.actsOfRequests)) { try await act($0) }
    }

    private func inbox(_ visit: Visit) async throws -> Response {
        let tray = Inbox.Tray(rawValue: visit.query["tray"]) ?? .mine
        let cursor = visit.query["after"].isEmpty ? nil : visit.query["after"]
        let page = try await exchange.inbox(tray, of: visit.principal, after: cursor)
        let names = try await names(page.lines.flatMap { Array($0.seats.values) })
        return try visit.page(
            InboxPage(tray, page, counts: try await exchange.counts(of: visit.principal)) { names[$0] ?? "" })
    }

    private func draft(_ visit: Visit) async throws -> Response {
        let entry = try await exchange.entry(visit.id())
        let wish = RequestWish(visit.form)
        do {
            let faults = wish.faults(against: entry, on: visit.now.date())
            guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
            let request = try await exchange.draft(entry.id, wish, by: visit.principal)
            return visit.redirect(
                to: "/requests/\(request.id)", saying: Notice(.done, Message("exchange.draft-saved")))
        } catch let error as ExchangeError where error.problem.kind == .invalid {
            return try visit.page(
                RequestFormPage(
                    entry, wish, action: "/catalogue/\(entry.id)/request", errors: FormErrors(error.problem)),
                status: .unprocessableContent)
        }
    }

    private func form(
        _ request: SharingRequest, _ wish: RequestWish, _ errors: FormErrors?
    ) async throws -> RequestFormPage {
        RequestFormPage(
            try await exchange.entry(request.entry), wish, action: "/requests/\(request.id)/wish",
            revision: request.file.revision, errors: errors)
    }

    /// A draft is saved; a request that was to be completed goes back to the bureau.
    private func revise(_ visit: Visit) async throws -> Response {
        let request = try await exchange.request(visit.id(), for: visit.principal)
        let wish = RequestWish(visit.form)
        do {
            let act: RequestAct = request.file.state == "supplement" ? .resubmit(wish) : .save(wish)
            _ = try await exchange.perform(
                act, on: request.id, seen: visit.form.integer("revision") ?? 0, by: visit.principal)
            return visit.redirect(
                to: "/requests/\(request.id)", saying: Notice(.done, Message("exchange.draft-saved")))
        } catch let error as ExchangeError where error.problem.kind == .invalid {
            return try visit.page(
                try await form(request, wish, FormErrors(error.problem)), status: .unprocessableContent)
        }
    }

    private func show(_ visit: Visit) async throws -> Response {
        let request = try await exchange.request(visit.id(), for: visit.principal)
        let entry = try? await exchange.entry(request.entry)
        let names = try await names(
            [request.applicant, request.provider] + request.file.history.compactMap(\.party))
        let acts = try exchange.openActs(on: request, for: visit.principal)
        var explanation: Explanation?
        if let entry, let clauses = try? request.clausesAtStake() {
            explanation = explain(clauses, entry.facts)
        }
        return try visit.page(
            RequestPage(
                request,
                RequestPage.Surroundings(
                    party: { names[$0] ?? "" }, acts: acts, explanation: explanation,
                    clocks: request.file.clocks, today: visit.now.date(), calendar: exchange.cases.calendar,
                    key: "\(request.id)-\(request.file.revision)")))
    }

    private func act(_ visit: Visit) async throws -> Response {
        let request = try await exchange.request(visit.id(), for: visit.principal)
        let name = try visit.parameter("act")
        guard let act = try Self.act(name, visit.form, request) else { throw Visit.notFound }
        func text(_ field: String) -> String? { visit.form[field].isEmpty ? nil : visit.form[field] }
        _ = try await exchange.perform(
            act, on: request.id, seen: visit.form.integer("revision") ?? 0, by: visit.principal,
            Opinion(comment: text("comment"), legalBasis: text("legalBasis")), key: text("key"))
        return visit.redirect(
            to: "/requests/\(request.id)",
            saying: Notice(.done, Message("exchange.act-done")))
    }

    private static func act(
        _ name: String, _ form: SubmittedForm, _ request: SharingRequest
    ) throws -> RequestAct? {
        switch name {
        case "submit": .submit
        case "sign-off": .signOff
        case "send-back": .sendBack
        case "accept", "grant-unconditional", "refuse-not-shared": .accept
        case "ask-supplement": .askSupplement(fields: form.all("fields"))
        case "give-back": .giveBack
        case "agree": .agree
        case "counter": .counter(try OfferForm.clauses(form, request.wish))
        case "refuse": .refuse
        case "extend": .extend(workingDays: form.integer("days") ?? 0)
        case "accept-offer": .acceptOffer
        case "decline-offer": .declineOffer
        case "dispute", "dispute-silence": .dispute
        case "concede": .concede
        case "take-up": .takeUp
        case "rule-grant": .ruleGrant(try OfferForm.clauses(form, request.wish))
        case "rule-refusal": .ruleRefusal
        case "withdraw": .withdraw
        default: nil
        }
    }

    private func names(_ ids: [PartyID]) async throws -> [PartyID: String] {
        var names: [PartyID: String] = [:]
        for id in Set(ids) { names[id] = try await partyName(id) }
        return names
    }
}
