import Foundation
import Hummingbird
import Identity
import Kernel
import Policy
import Web

/// The pages of units. What is done to one is recorded by `Parties` itself.
struct UnitSite {
    let parties: Parties
    let posts: Posts
    let permissions: Permissions

    static let readers: [Action] = [.manageParties, .manageAccounts]

    func routes(_ routes: inout Routes) {
        routes.get("/units", .anyOf(Self.readers)) { try await list($0, failed: nil) }
        routes.post("/units", .action(.manageParties)) { try await register($0) }
        routes.get("/units/:id", .anyOf(Self.readers)) { visit in
            try await one(visit, visit.id(), failed: nil)
        }
        routes.post("/units/:id/name", .action(.manageParties)) { visit in
            try await change(visit, "name", Message("unit.renamed")) { id, now in
                guard let from = visit.form.date("from") else { throw Self.noDay("from") }
                try await parties.rename(
                    id, to: visit.form["name"], from: from, by: visit.principal, at: now)
            }
        }
        routes.post("/units/:id/parent", .action(.manageParties)) { visit in
            try await change(visit, "parent", Message("unit.placed")) { id, now in
                try await parties.place(id, below: visit.form.id("parent"), by: visit.principal, at: now)
            }
        }
        routes.post("/units/:id/members", .action(.manageParties)) { visit in
            try await change(visit, "members", Message("unit.members-set")) { id, now in
                try await parties.setMembers(
                    of: id, to: visit.form.all("members").compactMap { PartyID($0) }, by: visit.principal,
                    at: now)
            }
        }
    }

    private static func noDay(_ field: String) -> Problem {
        Problem(.invalid, Message("unit.day-unreadable"), places: [.init(field, Message("web.field-needed"))])
    }

    /// Of units at all; of which ones, Identity says by the scope of the visitor's post.
    private func demand(_ principal: Principal) throws {
        _ = try permissions.permit(
            .manageParties, on: .new(kind: PartyNoun.kind, owner: principal.scope.root ?? principal.party),
            for: principal)
    }

    /// On `day`, of those that the visitor administers.
    private func within(
        _ visit: Visit, kinds: Set<Party.Kind> = [], on day: CalendarDate
    ) async throws -> [Party] {
        try await parties.all(kinds: kinds, on: day).filter { visit.principal.scope.contains($0.id) }
    }

    /// What the visitor can give a post to administer.
    func scopes(_ visit: Visit, on day: CalendarDate) async throws -> PostForms.Scopes {
        let units = try await within(visit, on: day).filter { $0.kind != .group }
        return PostForms.Scopes(
            isNode: visit.principal.scope.isNode, units: units.map { ($0.id, $0.name(on: day)) })
    }

    // MARK: - List

    private func list(_ visit: Visit, failed: FailedForm?) async throws -> Response {
        let query = TableQuery(visit, sortable: ["name", "kind", "founded"], order: "")
        let today = visit.now.date()
        let day = visit.query.date("on") ?? today
        let kinds = Party.Kind(rawValue: query.value("kind")).map { [$0] } ?? []
        let all = try await within(visit, kinds: Set(kinds), on: day)
        let key = Party.matchKey(query.words)
        let found =
            key.isEmpty
            ? all : all.filter { $0.names.contains { Party.matchKey($0.text).contains(key) } }
        let sorted = Self.sorted(found, query, on: day)
        let start = min(max(0, query.after.flatMap { Int($0) } ?? 0), sorted.count)
        let end = min(start + query.limit, sorted.count)
        let names = Dictionary(
            try await within(visit, on: day).map { ($0.id, $0.name(on: day)) },
            uniquingKeysWith: { one, _ in one })
        let mayManage = permissions.mayEver(.manageParties, visit.principal)
        let page = UnitsPage(
            UnitsPage.Content(
                parties: Array(sorted[start..<end]), count: sorted.count, names: names, day: day,
                next: end < sorted.count ? String(end) : nil), query,
            form: mayManage
                ? UnitForms.new(
                    above: try await within(visit, on: today), isNode: visit.principal.scope.isNode,
                    on: today,
                    failed: failed) : nil,
            showsList: permissions.mayEver(.maintainUnitList, visit.principal))
        if query.isCSV { return visit.csv(page.table, as: visit.text(page.title) + ".csv") }
        return try visit.page(page, status: failed == nil ? .ok : .unprocessableContent)
    }

    /// As they were registered, which is how documents list them, unless asked otherwise.
    private static func sorted(_ parties: [Party], _ query: TableQuery, on day: CalendarDate) -> [Party] {
        let key: (Party) -> String
        switch query.sort {
        case "name": key = { $0.name(on: day) }
        case "kind": key = { $0.kind.rawValue }
        case "founded": key = { $0.founded?.description ?? "" }
        default: return parties
        }
        let ascending = parties.sorted { (key($0), $0.id) < (key($1), $1.id) }
        return query.isDescending ? ascending.reversed() : ascending
    }

    private func register(_ visit: Visit) async throws -> Response {
        try demand(visit.principal)
        let form = visit.form
        do {
            let kind = Party.Kind(rawValue: form["kind"])
            let division = DivisionCode(form["division"])
            var places: [Problem.Place] = []
            if kind == nil { places.append(.init("kind", Message("web.field-needed"))) }
            if form.date("founded") == nil { places.append(.init("founded", Message("web.field-needed"))) }
            if !form["division"].isEmpty, division == nil {
                places.append(
                    .init("division", Message("command.division-unknown", ["code": form["division"]])))
            }
            guard places.isEmpty, let kind, let founded = form.date("founded") else {
                throw Problem(.invalid, Message("unit.unreadable"), places: places)
            }
            let aliases = form["alias"].split { ";；".contains($0) }.map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            let party = try await parties.create(
                PartyDraft(
                    kind: kind, name: form["name"], aliases: aliases.filter { !$0.isEmpty },
                    uscc: form["uscc"].isEmpty ? nil : form["uscc"], division: division,
                    parent: form.id("parent"), founded: founded), by: visit.principal, at: visit.now)
            return visit.redirect(
                to: UnitLinks.unit(party.id), saying: Notice(.done, Message("unit.registered")))
        } catch let error as any ProblemConvertible where error.problem.isAboutAnswers {
            return try await list(
                visit, failed: FailedForm(id: "new", answers: form, errors: FormErrors(error.problem)))
        }
    }

    // MARK: - One

    /// The unit's page, also with a form that was refused.
    func one(_ visit: Visit, _ id: PartyID, failed: FailedForm?) async throws -> Response {
        let party = try await parties.find(id, within: visit.principal)
        let scope = visit.principal.scope
        let today = visit.now.date()
        let everybody = try await within(visit, on: today)
        let lineage = try await parties.lineage(of: id)
        let members = party.kind == .group ? try await parties.members(of: id) : []
        let memberSet = Set(members)
        var forms: [ActForm] = []
        if party.dissolved == nil {
            if permissions.mayEver(.manageParties, visit.principal), scope.containsBelow(id) {
                forms = UnitForms.of(
                    party, others: everybody.filter { $0.id != id }, members: memberSet, isNode: scope.isNode,
                    on: today, failed: failed)
            }
            if permissions.mayEver(.manageAccounts, visit.principal) {
                forms.insert(
                    PostForms.new(in: id, scopes: try await scopes(visit, on: today), failed: failed), at: 0)
            }
        }
        let names = Dictionary(
            everybody.map { ($0.id, $0.name(on: today)) }, uniquingKeysWith: { one, _ in one })
        let page = UnitPage(
            UnitPage.Content(
                party: party, below: everybody.filter { $0.parent == id },
                predecessors: lineage.predecessors.filter { scope.contains($0.id) },
                successors: lineage.successors.filter { scope.contains($0.id) },
                members: everybody.filter { memberSet.contains($0.id) },
                seats: try await posts.seats(of: id, on: today).filter { scope.contains($0.post) },
                opensPosts: permissions.mayEver(.manageAccounts, visit.principal), names: names, day: today),
            forms: forms)
        return try visit.page(page, status: failed == nil ? .ok : .unprocessableContent)
    }

    private func change(
        _ visit: Visit, _ form: String, _ done: Message, _ body: (PartyID, Instant) async throws -> Void
    ) async throws -> Response {
        try demand(visit.principal)
        let id = try await parties.find(visit.id(), within: visit.principal).id
        do {
            try await body(id, visit.now)
            return visit.redirect(to: UnitLinks.unit(id), saying: Notice(.done, done))
        } catch let error as any ProblemConvertible where error.problem.isAboutAnswers {
            return try await one(
                visit, id,
                failed: FailedForm(id: form, answers: visit.form, errors: FormErrors(error.problem)))
        }
    }
}

extension Problem {
    /// To be said beside the form that was sent, with what was typed kept.
    var isAboutAnswers: Bool { kind == .invalid || kind == .conflict }
}
