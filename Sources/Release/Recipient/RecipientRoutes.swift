import Hummingbird
import Identity
import Kernel
import Persistence
import Policy
import Web

/// What a recipient does: see what the unit holds, keep keys, try a grant before using it.
extension ReleaseSite {
    func recipientRoutes(_ routes: inout Routes) {
        routes.get("/grants/:id/verification", .action(.releaseRows)) { visit in
            try visit.page(try await verifyPage(visit, answer: nil, errors: nil))
        }
        routes.post("/grants/:id/verification", .action(.releaseRows)) { try await verify($0) }
        routes.get("/grants/:id/test-call", .action(.releaseRows)) { try await testCall($0) }
        routes.get("/held", .action(.releaseRows)) { try await held($0) }
        routes.get("/held/keys", .action(.manageTokens)) { visit in
            try visit.page(KeysPage(try await tokens.all(of: visit.principal), now: visit.now))
        }
        routes.post("/held/keys", .action(.manageTokens)) { try await makeKey($0) }
        routes.get("/held/keys/:id/revocation", .action(.manageTokens)) { try await revokeKey($0) }
        routes.post("/held/keys/:id/revocation", .action(.manageTokens)) { visit in
            try await tokens.revoke(visit.id(), by: visit.principal)
            return visit.redirect(
                to: "/held/keys", saying: Notice(.done, Message("release.key-revoke-done")))
        }
    }

    /// What the visitor's own unit holds.
    private func held(_ visit: Visit) async throws -> Response {
        guard let party = visit.principal.party else { throw PolicyError.notPermitted(.releaseRows) }
        let asked = TableQuery(visit, sortable: [], order: "-signed")
        let filter = GrantFilter(consumer: party, state: Grant.State(rawValue: visit.query["state"]))
        let (found, count, next) = try await search(filter, asked, for: visit.principal)
        let (ledger, now) = (ledger, visit.now)
        let ids = found.map(\.id)
        let today = now.date()
        let (uses, days) = try await database.read { connection in
            (
                try ledger.uses(of: ids, at: now, in: connection),
                try ledger.useByDay(
                    ofRecipient: party, from: today.adding(days: 1 - UsePerDay.days), to: today,
                    in: connection)
            )
        }
        let titles = try await neighbours.titles(of: found.map(\.entry))
        let names = try await neighbours.names(of: found.map(\.provider))
        let own = try await deliveries.list(for: visit.principal).filter {
            $0.recipient == party && $0.state != .ended
        }
        let entries = try await neighbours.titles(of: own.map(\.entry))
        let page = RecipientPage(
            found.map { grant in
                RecipientPage.Line(
                    grant: grant, entry: titles[grant.entry] ?? "", provider: names[grant.provider] ?? "",
                    use: uses[grant.id] ?? QuotaLedger.Use(total: 0, today: 0))
            }, count: count, perDay: UsePerDay(days, until: today), today: today,
            mayManageKeys: permissions.mayEver(.manageTokens, visit.principal),
            mayPush: permissions.mayEver(.manageTargets, visit.principal), query: asked,
            next: next,
            deliveries: own.isEmpty ? nil : Delivery.table(of: own, titles: entries, at: now))
        if asked.isCSV { return visit.csv(page.table, as: visit.text(page.title) + ".csv") }
        return try visit.page(page)
    }

    private func makeKey(_ visit: Visit) async throws -> Response {
        let scopes = Set(visit.form.all("scopes").compactMap(Action.init(rawValue:))).intersection(
            OwnTokens.scopes)
        var places: [Problem.Place] = []
        if visit.form["label"].isEmpty {
            places.append(Problem.Place("label", Message("web.field-needed")))
        }
        if scopes.isEmpty { places.append(Problem.Place("scopes", Message("web.field-needed"))) }
        let days = visit.form.integer("days") ?? 0
        do {
            guard places.isEmpty else {
                throw Problem(.invalid, Message("release.keys-wrong"), places: places)
            }
            let (_, secret) = try await tokens.issue(
                label: visit.form["label"], scopes: scopes, days: days, by: visit.principal)
            return try visit.page(
                KeysPage(try await tokens.all(of: visit.principal), now: visit.now, secret: secret),
                status: .created)
        } catch let error as any ProblemConvertible where error.problem.kind == .invalid {
            return try visit.page(
                KeysPage(
                    try await tokens.all(of: visit.principal), now: visit.now, typed: visit.form,
                    errors: FormErrors(error.problem)), status: .unprocessableContent)
        }
    }

    private func revokeKey(_ visit: Visit) async throws -> Response {
        let token = try await tokens.find(visit.id(), of: visit.principal)
        return try visit.page(
            ConfirmPage(
                title: Message("release.key-revoke"),
                question: Message("release.key-revoke-question", ["label": token.label]),
                consequences: [Message("release.key-revoke-consequence")],
                action: "/held/keys/\(token.id)/revocation", button: Message("release.key-revoke"),
                backHref: "/held/keys"))
    }

    private func testCall(_ visit: Visit) async throws -> Response {
        let grant = try await find(visit)
        var (synthetic, refusals): (SyntheticRows?, [Message]) = (nil, [])
        do {
            synthetic = try SyntheticRows(
                grant, facts: try await neighbours.facts(grant.entry), on: visit.now.date(),
                count: TestCallPage.rowsShown)
        } catch let error as any ProblemConvertible {
            let places = error.problem.places.map(\.message)
            refusals = places.isEmpty ? [error.problem.message] : places
        }
        let leaving = Set(synthetic?.columns.map(\.name) ?? [])
        let keys = try await neighbours.keyColumns(grant.entry)
        return try visit.page(
            TestCallPage(
                grant, entry: try await neighbours.entryTitle(grant.entry), synthetic: synthetic,
                refusals: refusals, keyColumn: keys.first(where: leaving.contains)))
    }

    /// The form with what can be claimed, as the grant stands today.
    private func verifyPage(
        _ visit: Visit, answer: VerifyAnswer?, errors: FormErrors?
    ) async throws -> VerifyPage {
        let grant = try await find(visit)
        guard grant.deliveries.contains(.verify) else { throw PolicyError.deliveryNotGranted(.verify) }
        let explanation = try await neighbours.explain(grant, visit.principal)
        return VerifyPage(
            grant, entry: try await neighbours.entryTitle(grant.entry),
            questions: VerifyPage.Questions(
                explanation, keyColumns: try await neighbours.keyColumns(grant.entry)), typed: visit.form,
            answer: answer, errors: errors)
    }

    /// A wrong question is shown again as it was asked; what a rule refuses is told where the answer would be.
    private func verify(_ visit: Visit) async throws -> Response {
        let grant = try await find(visit)
        let explanation = try await neighbours.explain(grant, visit.principal)
        let questions = VerifyPage.Questions(
            explanation, keyColumns: try await neighbours.keyColumns(grant.entry))
        do {
            let answer = try await desk.verify(
                questions.call(visit.form, under: grant.id), by: visit.principal)
            return try visit.page(try await verifyPage(visit, answer: answer, errors: nil))
        } catch let error as any ProblemConvertible
            where [.invalid, .refused, .tooMany, .tooLarge].contains(error.problem.kind)
        {
            return try visit.page(
                try await verifyPage(visit, answer: nil, errors: questions.errors(error.problem)),
                status: error.problem.kind == .tooMany ? .tooManyRequests : .unprocessableContent)
        }
    }
}
