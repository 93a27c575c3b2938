import HTTPTypes
import Hummingbird
import Identity
package import Kernel
import Lake
package import Policy
package import Web

/// The pages of pushes and their targets.
package struct PushSite: Sendable {
    let desk: PushDesk
    let permissions: Permissions
    private let entryTitle: @Sendable (EntryID) async throws -> String
    private let partyName: @Sendable (PartyID) async throws -> String
    private let actors: Actors.Reader

    package init(
        _ desk: PushDesk, permissions: Permissions,
        entryTitle: @escaping @Sendable (EntryID) async throws -> String,
        partyName: @escaping @Sendable (PartyID) async throws -> String, actors: @escaping Actors.Reader
    ) {
        self.desk = desk
        self.permissions = permissions
        self.entryTitle = entryTitle
        self.partyName = partyName
        self.actors = actors
    }

    package func routes(_ routes: inout Routes) {
        targetRoutes(&routes)
        routes.get("/pushes", .action(.readReceipt)) { try await list($0) }
        routes.get("/pushes/:id", .action(.readReceipt)) { try await show($0) }
        routes.post("/grants/:id/pushes", .action(.releaseRows)) { visit in
            let grant: GrantID = try visit.id()
            guard let target = PushTargetID(visit.form["target"]) else { throw PushFault.targetNotFound }
            let push = try await desk.begin(under: grant, into: target, by: visit.principal)
            return visit.redirect(to: "/pushes/\(push.id)")
        }
        routes.post("/pushes/:id/cancellation", .action(.releaseRows)) { visit in
            let id: ReleaseID = try visit.id()
            try await desk.cancel(id, by: visit.principal)
            return visit.redirect(
                to: "/pushes/\(id)", saying: Notice(.done, Message("pushing.cancel-asked")))
        }
    }

    private func targetRoutes(_ routes: inout Routes) {
        routes.get("/push-targets", .action(.manageTargets)) { visit in
            try visit.page(
                PushTargetsPage(
                    try await desk.targets(for: visit.principal), hasHosts: !desk.hosts.isEmpty,
                    mayManage: true))
        }
        routes.get("/push-targets/new", .action(.manageTargets)) { visit in
            try visit.page(NewPushTargetPage(hosts: desk.hosts))
        }
        routes.post("/push-targets", .action(.manageTargets)) { visit in
            do {
                // As it was typed: a password may begin or end with a space.
                let target = try await desk.addTarget(
                    try PushTargetDraft(visit.form), password: visit.form.exactly("password"),
                    by: visit.principal)
                return visit.redirect(
                    to: "/push-targets/\(target.id)", saying: Notice(.done, Message("pushing.target-added")))
            } catch let error as PushFault {
                return try visit.page(
                    NewPushTargetPage(
                        hosts: desk.hosts, form: visit.form, errors: FormErrors(error.problem)),
                    status: .unprocessableContent)
            }
        }
        routes.get("/push-targets/:id", .action(.manageTargets)) { try await showTarget($0) }
        routes.post("/push-targets/:id/test", .action(.manageTargets)) { visit in
            do {
                let sight = try await desk.tryTarget(visit.id(), by: visit.principal)
                return try await showTarget(visit, sight: sight)
            } catch let problem as Problem where problem.message.key.hasPrefix("push.") {
                return try await showTarget(visit, problem: problem)
            }
        }
        let removal = "/push-targets/:id/removal"
        routes.get(removal, .action(.manageTargets)) { visit in
            try visit.page(try await removalPage(visit))
        }
        routes.post(removal, .action(.manageTargets)) { visit in
            try await desk.removeTarget(visit.id(), by: visit.principal)
            return visit.redirect(
                to: "/push-targets", saying: Notice(.done, Message("pushing.target-removed")))
        }
    }

    /// Names the deliveries that go into it, and asks nothing while one of them is active.
    private func removalPage(_ visit: Visit) async throws -> ConfirmPage {
        let target = try await desk.target(visit.id(), for: visit.principal)
        let deliveries = try await desk.deliveries(into: target.id, for: visit.principal)
        let active = deliveries.count { $0.state == .active }
        let paused = deliveries.count - active
        var consequences = active > 0 ? [] : [Message("pushing.target-remove-consequence")]
        if paused > 0 {
            consequences.append(Message("pushing.target-deliveries-paused", ["count": String(paused)]))
        }
        let problem = active > 0 ? PushFault.targetScheduled(deliveries: active).problem : nil
        return ConfirmPage(
            title: Message("pushing.target-remove"),
            question: Message("pushing.target-remove-question", ["label": target.label]),
            consequences: consequences,
            touched: deliveries.isEmpty
                ? nil
                : Delivery.table(
                    of: deliveries, titles: try await titles(of: deliveries.map(\.entry)), at: visit.now,
                    caption: Message("pushing.target-deliveries")),
            refusal: problem?.message, remedy: problem?.remedy,
            action: "/push-targets/\(target.id)/removal", fields: [], errors: nil,
            button: Message("pushing.target-remove"), backHref: "/push-targets/\(target.id)")
    }

    private func showTarget(
        _ visit: Visit, sight: PushSight? = nil, problem: Problem? = nil
    ) async throws -> Response {
        let target = try await desk.target(visit.id(), for: visit.principal)
        let pushes = try await desk.pushes(for: visit.principal, limit: 200).pushes
            .filter { $0.target == target.id }.prefix(20)
        return try visit.page(
            PushTargetPage(
                target, pushes: Array(pushes), entries: try await titles(Array(pushes)),
                isOwn: permissions.allows(
                    .manageTargets, on: desk.subject(target), for: visit.principal), sight: sight,
                problem: problem))
    }

    private func titles(_ pushes: [Push]) async throws -> [EntryID: String] {
        try await titles(of: pushes.map(\.entry))
    }

    private func titles(of entries: [EntryID]) async throws -> [EntryID: String] {
        var titles: [EntryID: String] = [:]
        for entry in Set(entries) { titles[entry] = try await entryTitle(entry) }
        return titles
    }

    private func list(_ visit: Visit) async throws -> Response {
        let asked = TableQuery(visit, sortable: [], order: "-at")
        let grant = GrantID(visit.query["grant"])
        var found: [Push] = []
        var before = asked.isCSV ? nil : asked.after.flatMap { ReleaseID($0) }
        var (count, hasMore) = (0, false)
        repeat {
            let limit = min(asked.limit, PushStore.listMax)
            let page = try await desk.pushes(
                grant: grant, for: visit.principal, before: before, limit: limit)
            found += page.pushes
            count = page.count
            before = page.pushes.last?.id
            hasMore = page.pushes.count == limit
        } while asked.isCSV && hasMore && found.count < TableQuery.exportRowsMax
        let page = PushListPage(
            found, titles: try await titles(found), count: count, query: asked,
            next: hasMore ? before?.text : nil)
        if asked.isCSV { return visit.csv(page.table, as: visit.text(page.title) + ".csv") }
        return try visit.page(page)
    }

    private func show(_ visit: Visit) async throws -> Response {
        let push = try await desk.find(visit.id(), for: visit.principal)
        return try visit.page(
            PushPage(
                push,
                PushPage.Surroundings(
                    entry: try await entryTitle(push.entry), provider: try await partyName(push.provider),
                    recipient: try await partyName(push.recipient),
                    actors: try await Actors(of: ["account:\(push.account)"], reader: actors),
                    isOwn: permissions.allows(.releaseRows, on: push.subject, for: visit.principal),
                    mayReadEvidence: permissions.mayEver(.readEvidence, visit.principal))))
    }
}
