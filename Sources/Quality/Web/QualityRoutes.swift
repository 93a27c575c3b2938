import HTTPTypes
package import Identity
package import Kernel
package import Lake
package import Policy
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
        package let served: @Sendable (EntryID) async throws -> Served?
        package let actors: Actors.Reader

        package init(
            title: @escaping @Sendable (EntryID, Principal) async throws -> String,
            profile: @escaping @Sendable (EntryID) async throws -> Profile?,
            served: @escaping @Sendable (EntryID) async throws -> Served?, actors: @escaping Actors.Reader
        ) {
            self.title = title
            self.profile = profile
            self.served = served
            self.actors = actors
        }
    }

    /// The rows that are served now, for a look at those that failed.
    package struct Served: Sendable {
        package let schema: Schema
        package let keyColumns: [String]
        package let count: Evaluation.Count

        package init(schema: Schema, keyColumns: [String], count: @escaping Evaluation.Count) {
            self.schema = schema
            self.keyColumns = keyColumns
            self.count = count
        }
    }

    private let quality: Quality
    private let clock: Clock
    private let neighbours: Neighbours

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
                let drafts =
                    visit.form.isOn("adopt")
                    ? try visit.form.all("suggested").map {
                        try RuleDraft(json: try JSON.parse($0), today: today)
                    }
                    : [try RuleDraft(json: visit.form.rule, today: today)]
                let added = try await quality.add(drafts, to: visit.id(), by: visit.principal)
                return visit.redirect(
                    to: visit.path,
                    saying: Notice(.done, Message("quality.added-done", ["count": String(added.count)])))
            } catch let error as QualityError where error.isOfTheForm {
                return try visit.page(
                    try await list(visit, errors: error.ofTheForm), status: .unprocessableContent)
            }
        }
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
                    try await show(visit, form: visit.form, errors: error.ofTheForm),
                    status: .unprocessableContent)
            }
        }
        retirement(&routes)
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

    private func list(_ visit: Visit, errors: FormErrors = FormErrors()) async throws -> RulesPage {
        let entry: EntryID = try visit.id()
        let rules = try await quality.rules(of: entry, for: visit.principal)
        let last = try await quality.reports(of: entry, for: visit.principal, max: 1).first?.report
        let known = Set(rules.map(\.draft.demand))
        var suggestions: [RuleSuggestion]?
        // A profile reads every row: only when it is asked for.
        if visit.query.isOn("suggest") {
            let profile = try await neighbours.profile(entry)
            suggestions = (profile.map { RuleSuggester($0, today: clock.now().date()).suggestions() } ?? [])
                .filter { !known.contains($0.draft.demand) }
        }
        return RulesPage(
            entry: entry, named: try await neighbours.title(entry, visit.principal), rules: rules, last: last,
            suggestions: suggestions, columns: try await columns(of: entry), form: visit.form, errors: errors)
    }

    private func columns(of entry: EntryID) async throws -> [String] {
        try await neighbours.served(entry)?.schema.map(\.name) ?? []
    }

    /// The rule of the path, of the entry of the path.
    private func rule(_ visit: Visit) async throws -> Rule {
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
        var failing: RulePage.Failing?
        var fault: Message?
        if let served, (last?.failed ?? 0) > 0 {
            do { failing = try await failingRows(of: rule, served, visit.principal) } catch let error
                as any ProblemConvertible
            {
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

    /// Only what tells which row it is and what is wrong with it: the keys, and the rule's own columns.
    private func failingRows(
        of rule: Rule, _ served: Served, _ principal: Principal
    ) async throws -> RulePage.Failing {
        let found = try await quality.failingRows(
            of: rule.id, schema: served.schema, for: principal, count: served.count)
        let wanted = Set(
            served.keyColumns + rule.draft.check.columns + (rule.draft.condition?.columns ?? []))
        let positions = served.schema.indices.filter { wanted.contains(served.schema[$0].name) }
        let rows = found.samples.map { row in
            let values = row.values.values
            return FailingRow(number: row.number, values: positions.map { values[$0] })
        }
        return RulePage.Failing(
            columns: positions.map { served.schema[$0] }, rows: rows, count: Int(found.failed))
    }
}

extension QualityError {
    fileprivate var isOfTheForm: Bool { problem.kind == .invalid || problem.kind == .conflict }

    /// Uniqueness names several columns in the one field.
    fileprivate var ofTheForm: FormErrors {
        let problem = problem
        return FormErrors(
            Problem(
                problem.kind, problem.message, remedy: problem.remedy,
                places: problem.places.map { $0.name == "columns" ? Problem.Place("column", $0.message) : $0 }
            ))
    }
}
