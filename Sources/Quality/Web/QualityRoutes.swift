import HTTPTypes
import Hummingbird
package import Identity
package import Kernel
package import Lake
import Policy
package import Web

/// The rule editor of an entry.
package struct QualitySite: Sendable {
    /// What the pages ask of others; `Server` passes it in.
    package struct Neighbours: Sendable {
        /// The entry's title, under the reader's scope.
        package let title: @Sendable (EntryID, Principal) async throws -> String
        /// Of the newest version, where there is one.
        package let profile: @Sendable (EntryID) async throws -> Profile?
        /// The newest version's columns, those that find a row first; empty before there is one.
        package let served: @Sendable (EntryID) async throws -> ServedRows?
        /// A workbook with these titles, on a sheet of that name.
        package let workbook: @Sendable ([String], String, TableWorkbook.Note?) throws -> TableWorkbook
        package let actors: Actors.Reader

        package init(
            title: @escaping @Sendable (EntryID, Principal) async throws -> String,
            profile: @escaping @Sendable (EntryID) async throws -> Profile?,
            served: @escaping @Sendable (EntryID) async throws -> ServedRows?,
            workbook: @escaping @Sendable ([String], String, TableWorkbook.Note?) throws -> TableWorkbook,
            actors: @escaping Actors.Reader
        ) {
            self.title = title
            self.profile = profile
            self.served = served
            self.workbook = workbook
            self.actors = actors
        }
    }

    let quality: Quality
    private let clock: Clock
    let neighbours: Neighbours

    package init(_ quality: Quality, clock: Clock, neighbours: Neighbours) {
        self.quality = quality
        self.clock = clock
        self.neighbours = neighbours
    }

    package func routes(_ routes: inout Routes) {
        routes.get("/catalogue/:id/rules", .action(.editRules)) { visit in
            try visit.page(try await list(visit))
        }
        routes.post("/catalogue/:id/rules", .action(.editRules)) { visit in
            do {
                let today = clock.now().date()
                let drafts: [RuleDraft]
                if visit.form.isOn("all") || !visit.form["pack"].isEmpty {
                    drafts = try await proposed(visit)
                } else if visit.form.isOn("adopt") {
                    drafts = try visit.form.all("suggested").map {
                        try RuleDraft(json: try JSON.parse($0), today: today)
                    }
                } else {
                    drafts = [try RuleDraft(json: visit.form.rule, today: today)]
                }
                let added = try await quality.add(drafts, to: visit.id(), by: visit.principal)
                return visit.redirect(
                    to: visit.path,
                    saying: Notice(.done, Message("quality.added-done", ["count": String(added.count)])))
            } catch let error as QualityError where error.isOfTheForm {
                return try visit.page(
                    try await list(visit, errors: error.ofTheForm(visit.form)), status: .unprocessableContent)
            }
        }
        routes.get("/catalogue/:id/profile", .action(.editRules)) { try await profile($0) }
        routes.get("/catalogue/:id/rules/:rule", .action(.editRules)) { visit in
            try visit.page(try await show(visit))
        }
        routes.post("/catalogue/:id/rules/:rule", .action(.editRules)) { visit in
            do {
                let draft = try RuleDraft(json: visit.form.rule, today: clock.now().date())
                let revised = try await quality.revise(
                    visit.id("rule"), seen: visit.form.integer("revision") ?? 0, to: draft,
                    by: visit.principal)
                return visit.redirect(
                    to: visit.path,
                    saying: Notice(
                        .done, Message("quality.revised-done", ["number": String(revised.revision)])))
            } catch let error as QualityError where error.isOfTheForm {
                return try visit.page(
                    try await show(visit, form: visit.form, errors: error.ofTheForm(visit.form)),
                    status: .unprocessableContent)
            }
        }
        retirement(&routes)
        failingRows(&routes)
        revealRoutes(&routes)
    }

    /// All that the profile suggests, or the pack of one column; what is a rule already is left out.
    private func proposed(_ visit: Visit) async throws -> [RuleDraft] {
        let entry: EntryID = try visit.id()
        let known = Set(try await quality.rules(of: entry, for: visit.principal).map(\.draft.demand))
        guard let profile = try await neighbours.profile(entry) else { return [] }
        let suggester = RuleSuggester(profile, today: clock.now().date())
        let pack = visit.form["pack"]
        let drafts =
            pack.isEmpty
            ? suggester.suggestions().map(\.draft)
            : suggester.packs().filter { $0.column == pack }.flatMap(\.drafts)
        return drafts.filter { !known.contains($0.demand) }
    }

    /// For whoever may know of the rules; how much of the values is theirs to see, `Quality` decides.
    private func failingRows(_ routes: inout Routes) {
        routes.get("/catalogue/:id/rules/:rule/rows", .signedIn) { visit in
            let rule = try await rule(visit)
            let title = try await neighbours.title(rule.entry, visit.principal)
            let query = TableQuery(visit, sortable: [], order: "row")
            guard let served = try await neighbours.served(rule.entry) else {
                return try await visit.data(FailingRowsPage(rule, named: title, nil, query: query))
            }
            let limit = query.isExport ? TableQuery.exportRowsMax : query.limit
            var found = try await quality.failingRows(
                of: rule.id, served: served, after: query.after.flatMap { Int64($0) } ?? 0,
                limit: limit, for: visit.principal)
            while query.isExport, let next = found.next, found.rows.count < limit {
                found.append(
                    try await quality.failingRows(
                        of: rule.id, served: served, after: next, limit: limit - found.rows.count,
                        for: visit.principal))
            }
            let name = "\(title)-\(rule.id.text.prefix(8))"
            if query.isExcel { return try await workbook(found, named: name, visit) }
            let page = FailingRowsPage(
                rule, named: title, found,
                mayReveal: found.isMasked && !query.isExport && quality.mayReveal(visit.principal),
                query: query)
            return query.isCSV ? visit.csv(page.table, as: name + ".csv") : try await visit.data(page)
        }
    }

    private func workbook(_ found: FailingRows, named name: String, _ visit: Visit) async throws -> Response {
        let workbook = try neighbours.workbook(
            [visit.text(Message("quality.row-number"))] + found.columns.map(\.name),
            visit.text(Message("quality.rows-sheet")), try await visit.note(isPersonal: found.isPersonal))
        let lines: [[TableWorkbook.Cell]] = found.rows.map { row in
            [.number(row.number)] + row.cells.map { .text($0 ?? "") }
        }
        try await workbook.append(lines)
        let made = try await workbook.finish()
        return visit.download(
            fileAt: made.path, bytes: made.bytes, holding: made, as: name + ".xlsx",
            type: MadeWorkbook.mediaType)
    }

    private func retirement(_ routes: inout Routes) {
        routes.get("/catalogue/:id/rules/:rule/retirement", .action(.editRules)) { visit in
            let rule = try await rule(visit)
            let path = "/catalogue/\(rule.entry)/rules/\(rule.id)"
            return try visit.page(
                ConfirmPage(
                    title: Message("quality.retire"), question: rule.draft.demand.message,
                    consequences: [Message("quality.retire-consequence")], action: "\(path)/retirement",
                    carried: [Table.Pair("revision", String(rule.revision))],
                    button: Message("quality.retire"), backHref: path))
        }
        routes.post("/catalogue/:id/rules/:rule/retirement", .action(.editRules)) { visit in
            let entry: EntryID = try visit.id()
            try await quality.retire(
                visit.id("rule"), seen: visit.form.integer("revision") ?? 0, by: visit.principal)
            return visit.redirect(
                to: "/catalogue/\(entry)/rules", saying: Notice(.done, Message("quality.retired-done")))
        }
    }

    /// For those who write its rules.
    private func profile(_ visit: Visit) async throws -> Response {
        let entry: EntryID = try visit.id()
        _ = try await quality.rules(of: entry, for: visit.principal)
        let page = ProfilePage(
            entry: entry, named: try await neighbours.title(entry, visit.principal),
            profile: try await neighbours.profile(entry),
            isPersonal: try await quality.isPersonal(entry),
            query: TableQuery(visit, sortable: [], order: ""))
        guard visit.query["format"] == "csv" else { return try await visit.data(page) }
        return visit.csv(page.table, as: visit.text(page.title) + ".csv")
    }

    private func list(_ visit: Visit, errors: FormErrors = FormErrors()) async throws -> RulesPage {
        let entry: EntryID = try visit.id()
        let rules = try await quality.rules(of: entry, for: visit.principal)
        let reports = try await quality.reports(of: entry, for: visit.principal, max: 24)
        let known = Set(rules.map(\.draft.demand))
        var suggestions: [RuleSuggestion]?
        var packs: [RulePack] = []
        // A profile reads every row: only when it is asked for.
        if visit.query.isOn("suggest") {
            let profile = try await neighbours.profile(entry)
            let suggester = profile.map { RuleSuggester($0, today: clock.now().date()) }
            suggestions = (suggester?.suggestions() ?? []).filter { !known.contains($0.draft.demand) }
            packs = (suggester?.packs() ?? []).filter { pack in
                pack.drafts.contains { !known.contains($0.demand) }
            }
        }
        return RulesPage(
            entry: entry, named: try await neighbours.title(entry, visit.principal), rules: rules,
            reports: reports, suggestions: suggestions, packs: packs, columns: try await columns(of: entry),
            form: visit.form, errors: errors)
    }

    private func columns(of entry: EntryID) async throws -> [String] {
        try await neighbours.served(entry)?.schema.map(\.name) ?? []
    }

    /// The rule of the path, of the entry of the path.
    func rule(_ visit: Visit) async throws -> Rule {
        let (entry, id): (EntryID, RuleID) = (try visit.id(), try visit.id("rule"))
        guard
            let rule = try await quality.rules(of: entry, for: visit.principal).first(where: { $0.id == id })
        else { throw QualityError.ruleUnknown(id) }
        return rule
    }

    private func show(
        _ visit: Visit, form: SubmittedForm? = nil, errors: FormErrors = FormErrors()
    ) async throws -> RulePage {
        let rule = try await rule(visit)
        let revisions = try await quality.revisions(of: rule.id, for: visit.principal)
        let last = try await quality.reports(of: rule.entry, for: visit.principal, max: 1).first?.report
            .results.first { $0.rule == rule.id }
        let served = try await neighbours.served(rule.entry)
        var failing: FailingRows?
        var fault: Message?
        if let served, (last?.failed ?? 0) > 0 {
            do {
                failing = try await quality.failingRows(
                    of: rule.id, served: served, limit: RuleLimits.failingRowsBesideRuleMax,
                    for: visit.principal)
            } catch let error as any ProblemConvertible {
                fault = error.problem.message
            }
        }
        return RulePage(
            rule,
            RulePage.Known(
                entry: rule.entry, entryTitle: try await neighbours.title(rule.entry, visit.principal),
                revisions: revisions, last: last, failing: failing, failingFault: fault,
                actors: try await Actors(
                    of: revisions.map { "account:\($0.createdBy)" }, reader: neighbours.actors),
                columns: served?.schema.map(\.name) ?? []), form: form, errors: errors)
    }
}

extension QualityError {
    fileprivate var isOfTheForm: Bool { problem.kind == .invalid || problem.kind == .conflict }

    /// Some rules name several columns in the one field; what a rule determines stands in the field beside it.
    fileprivate func ofTheForm(_ form: SubmittedForm) -> FormErrors {
        let problem = problem
        let isDetermined = form["check"] == Check.Kind.determined.rawValue
        return FormErrors(
            Problem(
                problem.kind, problem.message, remedy: problem.remedy,
                places: problem.places.map { place in
                    switch place.name {
                    case "columns": Problem.Place("column", place.message)
                    case "column" where isDetermined: Problem.Place("other", place.message)
                    default: place
                    }
                }))
    }
}
