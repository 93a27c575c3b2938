import HTTPTypes
package import Identity
package import Kernel
package import Lake
import Policy
package import Web

/// The rule editor. `title` names the entry under the reader's scope; `profile` is of the newest version, where there is one.
package func qualityRoutes(
    _ routes: inout Routes, quality: Quality, clock: Clock,
    title: @escaping @Sendable (EntryID, Principal) async throws -> String,
    profile: @escaping @Sendable (EntryID, Principal) async throws -> Profile?
) {
    @Sendable func page(
        _ visit: Visit, errors: FormErrors = FormErrors()
    ) async throws -> RulesPage {
        let entry: EntryID = try visit.id()
        let rules = try await quality.rules(of: entry, for: visit.principal)
        let last = try await quality.reports(of: entry, for: visit.principal, max: 1).first?.report
        let known = Set(rules.map(\.draft.check))
        // A profile reads every row: only when it is asked for.
        let found = visit.query.isOn("suggest") ? try await profile(entry, visit.principal) : nil
        let suggested = found.map { RuleSuggester($0, today: clock.now().date()).suggestions() }
        return RulesPage(
            entry: entry, named: try await title(entry, visit.principal), rules: rules, last: last,
            suggestions: (suggested ?? []).filter { !known.contains($0.draft.check) }, form: visit.form,
            errors: errors)
    }
    routes.get("/catalogue/:id/rules", .action(.editRules)) { visit in
        try visit.page(try await page(visit))
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
        } catch let error as QualityError
            where error.problem.kind == .invalid || error.problem.kind == .conflict
        {
            return try visit.page(
                try await page(visit, errors: FormErrors(error.problem)), status: .unprocessableContent)
        }
    }
    routes.post("/catalogue/:id/rules/:rule/retirement", .action(.editRules)) { visit in
        let entry: EntryID = try visit.id()
        try await quality.retire(
            visit.id("rule"), seen: visit.form.integer("revision") ?? 0, by: visit.principal)
        return visit.redirect(
            to: "/catalogue/\(entry)/rules", saying: Notice(.done, Message("quality.retired-done")))
    }
}

extension SubmittedForm {
    /// The form's fields as a rule's JSON; only what the chosen check takes, so that a left-over field is no fault.
    fileprivate var rule: JSON {
        var members: [String: JSON] = [:]
        for key in ["check", "severity", "citation"] where !self[key].isEmpty {
            members[key] = .string(self[key])
        }
        func list(_ key: String) -> JSON {
            .array(
                self[key].split(whereSeparator: { ",，;；\n".contains($0) }).map { part in
                    .string(
                        String(
                            part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
                        ))
                })
        }
        let kind = Check.Kind(rawValue: self["check"])
        if kind == .unique {
            members["columns"] = list("column")
        } else if !self["column"].isEmpty {
            members["column"] = .string(self["column"])
        }
        if kind == .pattern, !self["pattern"].isEmpty { members["pattern"] = .string(self["pattern"]) }
        if kind == .enumeration { members["values"] = list("values") }
        if kind == .range {
            for key in ["low", "high"] where !self[key].isEmpty { members[key] = .string(self[key]) }
        }
        if !self["failedShareMaxPpm"].isEmpty {
            members["failedShareMaxPpm"] =
                Int64(self["failedShareMaxPpm"]).map(JSON.integer) ?? .string(self["failedShareMaxPpm"])
        }
        return .object(members)
    }
}
