import Catalogue
import Foundation
import Hummingbird
import Identity
import Kernel
import Lake
import Policy
import Web

extension HookingSite {
    /// Candidates that one act makes drafts of.
    static let candidatesMax = 100

    func discoveryRoutes(_ routes: inout Routes) {
        routes.get("/hooks/discovery", .action(.hookSource)) { visit in
            try visit.page(DiscoveryPage(databases))
        }
        routes.post("/hooks/discovery", .action(.hookSource)) { visit in
            var state = DiscoveryPage.State(draft: DatabaseDraft(visit.form), words: visit.form["words"])
            let errors = state.draft.faults(databases, needsTable: false)
            guard errors.isEmpty, let place = state.draft.source else {
                return try visit.page(
                    DiscoveryPage(databases, state, errors: errors), status: .unprocessableContent)
            }
            do {
                let (found, sealed) = try await discovered(at: place, visit)
                state.sealed = sealed
                state.isCut = found.isCut
                state.tables = try await hooking.marked(found, at: place, for: visit.principal)
            } catch let error as any ProblemConvertible where Self.isOfTheSource(error.problem) {
                state.problem = error.problem
            }
            return try visit.page(
                DiscoveryPage(databases, state), status: state.problem == nil ? .ok : .unprocessableContent)
        }
        let wide = Routes.Body.form(bytesMax: 1 << 20)
        routes.post("/hooks/discovery/entries", .action(.hookSource), body: wide) { visit in
            try await draftCandidates(visit)
        }
    }

    private func discovered(
        at place: Source, _ visit: Visit
    ) async throws -> (found: FoundTables, sealed: String) {
        guard let owner = visit.principal.party else { throw PolicyError.notPermitted(.hookSource) }
        let secret = try secret(visit, for: owner.text)
        let found = try await hooking.discover(
            place, password: secret.password, for: owner, by: visit.principal)
        return (found, secret.sealed)
    }

    private func draftCandidates(_ visit: Visit) async throws -> Response {
        let draft = DatabaseDraft(visit.form)
        guard draft.faults(databases, needsTable: false).isEmpty, let place = draft.source,
            let owner = visit.principal.party
        else { throw Problem(.invalid, Message("hooking.host-unknown")) }
        let chosen = Set(visit.form.all("table"))
        // What the database says now: a page may have stood open for hours.
        let (found, sealed) = try await discovered(at: place, visit)
        let tables = found.tables.filter { chosen.contains($0.key) }
        guard !tables.isEmpty, tables.count <= Self.candidatesMax else {
            var state = DiscoveryPage.State(draft: draft, sealed: sealed)
            state.tables = try await hooking.marked(found, at: place, for: visit.principal)
            state.problem = Problem(
                .invalid,
                Message("hooking.candidates-chosen", ["max": Written.count(Self.candidatesMax)]))
            return try visit.page(DiscoveryPage(databases, state), status: .unprocessableContent)
        }
        for table in tables {
            _ = try await catalogue.draft(
                EntryCard(candidate: table, databaseType: draft.kind.product), owner: owner,
                by: visit.principal)
        }
        return visit.redirect(
            to: "/hooks",
            saying: Notice(
                .done, Message("hooking.candidates-drafted", ["count": Written.count(tables.count)])))
    }
}

extension DatabaseDraft.Kind {
    /// As an entry names its format.
    var product: String {
        switch self {
        case .postgres: "PostgreSQL"
        case .mysql: "MySQL"
        case .odbc: "ODBC"
        }
    }
}

extension FoundTable {
    /// One word for schema and table, however they are written.
    var key: String {
        [schema, name].map { $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
            .joined(separator: "/")
    }
}
