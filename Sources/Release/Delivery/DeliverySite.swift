import HTTPTypes
import Hummingbird
package import Identity
package import Kernel
import Persistence
import Policy
package import Web

/// Pages and API of deliveries.
package struct DeliverySite: Sendable {
    private let desk: DeliveryDesk
    private let entryTitle: @Sendable (EntryID) async throws -> String
    private let actors: Actors.Reader

    package init(
        _ desk: DeliveryDesk, entryTitle: @escaping @Sendable (EntryID) async throws -> String,
        actors: @escaping Actors.Reader
    ) {
        self.desk = desk
        self.entryTitle = entryTitle
        self.actors = actors
    }

    package func routes(_ routes: inout Routes) {
        routes.get("/grants/:id/deliveries/new", .action(.releaseRows)) { visit in
            let grant = try await grant(visit.id(), visit)
            return try visit.page(
                DeliveryPage(try await content(grant, nil, visit), DeliveryAnswers()))
        }
        routes.post("/grants/:id/deliveries", .action(.releaseRows)) { try await add($0) }
        routes.get("/deliveries/:id", .action(.readReceipt)) { visit in
            let delivery = try await desk.find(visit.id(), for: visit.principal)
            let grant = try await grant(delivery.grant, visit)
            return try visit.page(
                DeliveryPage(
                    try await content(grant, delivery, visit), DeliveryAnswers(delivery.terms)))
        }
        routes.post("/deliveries/:id", .action(.releaseRows)) { try await change($0) }
        routes.post("/deliveries/:id/pause", .action(.releaseRows)) { try await set(.paused, $0) }
        routes.post("/deliveries/:id/resumption", .action(.releaseRows)) { try await set(.active, $0) }
        routes.get("/deliveries/:id/removal", .action(.releaseRows)) { visit in
            let delivery = try await desk.find(visit.id(), for: visit.principal)
            return try visit.page(
                ConfirmPage(
                    title: Message("delivery.remove"), question: Message("delivery.remove-question"),
                    consequences: [Message("delivery.remove-consequence")],
                    action: "/deliveries/\(delivery.id)/removal", button: Message("delivery.remove"),
                    backHref: "/deliveries/\(delivery.id)"))
        }
        routes.post("/deliveries/:id/removal", .action(.releaseRows)) { visit in
            let delivery = try await desk.find(visit.id(), for: visit.principal)
            try await desk.remove(delivery.id, by: visit.principal)
            return visit.redirect(
                to: "/grants/\(delivery.grant)", saying: Notice(.done, Message("delivery.removed")))
        }
        apiRoutes(&routes)
    }

    private func apiRoutes(_ routes: inout Routes) {
        routes.get(
            "/api/v1/grants/:id/deliveries", .action(.readReceipt), describing: .listDeliveries
        ) { visit in
            let grant = try await grant(visit.id(), visit)
            let found = try await desk.list(of: grant.id, for: visit.principal)
            return visit.json(items: found.map(\.apiJSON), next: nil)
        }
        routes.post(
            "/api/v1/grants/:id/deliveries", .action(.releaseRows), body: .json(), describing: .addDelivery
        ) { visit in
            let terms = try DeliveryAnswers(visit.json).terms()
            let made = try await desk.add(terms, under: visit.id(), by: visit.principal)
            var response = visit.json(made.apiJSON, status: .created)
            response.headers[.location] = "/api/v1/deliveries/\(made.id)"
            return response
        }
        routes.get("/api/v1/deliveries/:id", .action(.readReceipt), describing: .readDelivery) { visit in
            visit.json(try await desk.find(visit.id(), for: visit.principal).apiJSON)
        }
        routes.put(
            "/api/v1/deliveries/:id", .action(.releaseRows), body: .json(), describing: .changeDelivery
        ) { visit in
            let answers = try DeliveryAnswers(visit.json)
            guard let revision = answers.revision else {
                throw ReleaseError.bodyMalformed(member: "revision")
            }
            return visit.json(
                try await desk.change(
                    visit.id(), to: answers.terms(), seen: revision, by: visit.principal
                ).apiJSON)
        }
        for (word, state) in [("pause", Delivery.State.paused), ("resumption", .active)] {
            routes.post(
                "/api/v1/deliveries/:id/\(word)", .action(.releaseRows), body: .json(),
                describing: .setDelivery(word)
            ) { visit in
                let id: DeliveryID = try visit.id()
                try await desk.set(state, id, by: visit.principal)
                return visit.json(try await desk.find(id, for: visit.principal).apiJSON)
            }
        }
        routes.delete("/api/v1/deliveries/:id", .action(.releaseRows), describing: .removeDelivery) {
            visit in
            try await desk.remove(visit.id(), by: visit.principal)
            return Response(status: .noContent)
        }
        routes.get("/api/v1/deliveries/:id/runs", .action(.readReceipt), describing: .listRuns) { visit in
            let runs = try await desk.runs(of: visit.id(), for: visit.principal)
            return visit.json(items: runs.map(\.apiJSON), next: nil)
        }
    }

    /// For the inbox: deliveries that made nothing though they were due; nil when there is none.
    package func alarms(for principal: Principal, at now: Instant) async throws -> Table? {
        let found = try await desk.alarming(for: principal)
        guard !found.isEmpty else { return nil }
        return Delivery.table(
            of: found, titles: try await titles(of: found), at: now, caption: Message("delivery.alarming"))
    }

    private func titles(of deliveries: [Delivery]) async throws -> [EntryID: String] {
        var titles: [EntryID: String] = [:]
        for entry in Set(deliveries.map(\.entry)) { titles[entry] = try await entryTitle(entry) }
        return titles
    }

    private func grant(_ id: GrantID, _ visit: Visit) async throws -> Grant {
        let (grants, scope) = (desk.grants, desk.permissions.scope(of: .grant, for: visit.principal))
        return try await desk.database.read { try grants.find(id, scope: scope, in: $0) }
    }

    private func content(
        _ grant: Grant, _ delivery: Delivery?, _ visit: Visit
    ) async throws -> DeliveryPage.Content {
        var content = DeliveryPage.Content(
            grant: grant, entry: try await entryTitle(grant.entry), delivery: delivery,
            mayChange: desk.permissions.allows(
                .releaseRows, on: desk.grants.subject(grant), for: visit.principal), now: visit.now)
        if grant.deliveries.contains(.push), desk.permissions.mayEver(.manageTargets, visit.principal) {
            content.targets = try await desk.pushes.targets(for: visit.principal)
                .filter { $0.unit == visit.principal.party }
        }
        if let delivery {
            content.runs = try await desk.runs(of: delivery.id, for: visit.principal)
            let account = "account:\(delivery.account)"
            let names = try await Actors(of: [account], reader: actors)
            if case .data(let name) = names[account] { content.holder = name }
        }
        return content
    }

    private func add(_ visit: Visit) async throws -> Response {
        let grant = try await grant(visit.id(), visit)
        let answers = DeliveryAnswers(visit.form)
        do {
            let made = try await desk.add(try answers.terms(), under: grant.id, by: visit.principal)
            return visit.redirect(
                to: "/deliveries/\(made.id)", saying: Notice(.done, Message("delivery.saved")))
        } catch let error as DeliveryError where error.problem.kind == .invalid {
            return try visit.page(
                DeliveryPage(
                    try await content(grant, nil, visit), answers, errors: FormErrors(error.problem)),
                status: .unprocessableContent)
        }
    }

    private func change(_ visit: Visit) async throws -> Response {
        let delivery = try await desk.find(visit.id(), for: visit.principal)
        let answers = DeliveryAnswers(visit.form)
        do {
            _ = try await desk.change(
                delivery.id, to: try answers.terms(), seen: answers.revision ?? 0, by: visit.principal)
            return visit.redirect(
                to: "/deliveries/\(delivery.id)", saying: Notice(.done, Message("delivery.saved")))
        } catch let error as DeliveryError where error.problem.kind == .invalid {
            let grant = try await grant(delivery.grant, visit)
            return try visit.page(
                DeliveryPage(
                    try await content(grant, delivery, visit), answers, errors: FormErrors(error.problem)),
                status: .unprocessableContent)
        }
    }

    private func set(_ state: Delivery.State, _ visit: Visit) async throws -> Response {
        let id: DeliveryID = try visit.id()
        try await desk.set(state, id, by: visit.principal)
        let word = state == .paused ? "paused" : "resumed"
        return visit.redirect(
            to: "/deliveries/\(id)", saying: Notice(.done, Message("delivery.\(word)")))
    }
}
