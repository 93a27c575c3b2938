import Catalogue
import Foundation
import Hummingbird
import Identity
import Kernel
import Lake
import Policy
import Web

extension HookingSite {
    func wizardRoutes(_ routes: inout Routes) {
        routes.get("/catalogue/:id/hook/source", .action(.hookSource)) { visit in
            let (_, _, place) = try await place(visit)
            return try visit.page(SourcePage(place, bytesMax: uploadBytesMax, hosts: hosts))
        }
        // The form's own parts and boundaries come on top of the file.
        let bodyMax = uploadBytesMax + 65_536
        routes.post("/catalogue/:id/hook/upload", .action(.hookSource), body: .upload(bytesMax: bodyMax)) {
            visit in
            let (entry, _, place) = try await place(visit)
            guard let file = visit.form.file("file") else {
                var errors = FormErrors()
                errors.add("file", Message("web.field-needed"))
                return try sourcePage(visit, place, errors)
            }
            do {
                let upload = try await hooking.upload(
                    file.path, named: file.fileName, .moving, for: entry.id, by: visit.principal)
                return visit.redirect(to: HookingLinks.reading(entry.id) + "?upload=\(upload.id)")
            } catch let error as HookingError where error.problem.kind == .invalid {
                var errors = FormErrors(error.problem)
                errors.add("file", error.problem.message)
                return try sourcePage(visit, place, errors)
            }
        }
        routes.post("/catalogue/:id/hook/table", .action(.hookSource)) { visit in
            let (_, _, place) = try await place(visit)
            var errors = FormErrors()
            for name in ["database", "schema", "table", "user"] where visit.form[name].isEmpty {
                errors.add(name, Message("web.field-needed"))
            }
            if !hosts.contains(visit.form["host"]) { errors.add("host", Message("hooking.host-unknown")) }
            guard errors.isEmpty else { return try sourcePage(visit, place, errors) }
            return try await look(visit)
        }
        routes.get("/catalogue/:id/hook/reading", .action(.hookSource)) { visit in try await look(visit) }
        routes.post("/catalogue/:id/hook/reading", .action(.hookSource)) { visit in try await look(visit) }
        routes.post("/catalogue/:id/hook/definition", .action(.hookSource)) { visit in try await define(visit)
        }
    }

    private func sourcePage(_ visit: Visit, _ place: HookingPlace, _ errors: FormErrors) throws -> Response {
        let form = visit.form
        let draft = TableDraft(
            host: form["host"], database: form["database"],
            schema: form.has("schema") ? form["schema"] : "public", table: form["table"], user: form["user"])
        return try visit.page(
            SourcePage(place, bytesMax: uploadBytesMax, hosts: hosts, draft: draft, errors: errors),
            status: .unprocessableContent)
    }

    /// What the form or the link names: an upload, a table, or the hook's own source.
    private struct Chosen {
        let source: Source
        let password: String?
        let carried: [Table.Pair]
        let isNew: Bool
        var isText: Bool { if case .text = source { true } else { false } }
    }

    private func chosen(_ visit: Visit, _ entry: EntryID, _ hook: Hook?) async throws -> Chosen {
        let form = visit.form
        let revision = form.has("revision") ? form["revision"] : String(hook?.revision ?? 0)
        let carried = [Table.Pair("revision", revision)]
        if let id = form.id("upload", of: UploadNoun.self) ?? visit.query.id("upload", of: UploadNoun.self) {
            let upload = try await hooking.upload(id, for: visit.principal)
            return Chosen(
                source: hooking.source(of: upload), password: nil,
                carried: carried + [Table.Pair("upload", id.text)],
                isNew: true)
        }
        if form.has("table") {
            return try table(visit, entry, carried)
        }
        guard let hook else { throw HookingError.uploadNotFound }
        return Chosen(
            source: hook.source, password: try await hooking.parts.secrets.password(of: hook.id),
            carried: carried,
            isNew: false)
    }

    private func table(_ visit: Visit, _ entry: EntryID, _ carried: [Table.Pair]) throws -> Chosen {
        let form = visit.form
        guard let account = visit.principal.account, hosts.contains(form["host"]),
            let colon = form["host"].lastIndex(of: ":"), let port = Int(form["host"][colon...].dropFirst())
        else { throw Problem(.invalid, Message("hooking.host-unknown")) }
        let secrets = hooking.parts.secrets
        // As it was typed: a password may begin or end with a space.
        let typed = form.all("password").first ?? ""
        let sealed = form.has("sealed") ? form["sealed"] : try secrets.sealed(typed, for: entry, of: account)
        let password = try secrets.opened(sealed, for: entry, of: account)
        let names = ["host", "database", "schema", "table", "user"]
        return Chosen(
            source: .postgres(
                PostgresTable(
                    host: String(form["host"][..<colon]), port: port, database: form["database"],
                    user: form["user"],
                    schema: form["schema"], table: form["table"])),
            password: password.isEmpty ? nil : password,
            carried: carried + names.map { Table.Pair($0, form[$0]) } + [Table.Pair("sealed", sealed)],
            isNew: true)
    }

    private func look(_ visit: Visit) async throws -> Response {
        let (entry, hook, place) = try await place(visit)
        let chosen = try await chosen(visit, entry.id, hook)
        let answers = ReadingAnswers(visit.form)
        let isFirst = !visit.form.has("revision")
        var state = ReadingPage.State(carried: chosen.carried, isText: chosen.isText)
        state.overrides =
            isFirst && !chosen.isNew ? hook?.mapping.overrides ?? answers.overrides : answers.overrides
        do {
            let probe = try await hooking.probe(
                chosen.source, overrides: state.overrides, password: chosen.password, for: entry.id,
                by: visit.principal)
            state.probe = probe
            state.drift = hook.flatMap { Drift(confirmed: $0.mapping, probe: probe) }
            // What was confirmed before is proposed again, as long as the source is still what it was.
            if isFirst, let hook, state.drift == nil,
                hook.mapping.columns.count == probe.mapping.columns.count
            {
                var mapping = hook.mapping
                mapping.encoding = probe.mapping.encoding
                mapping.dialect = probe.mapping.dialect
                state.mapping = mapping
                state.keys = hook.keyColumns
            } else {
                state.mapping = answers.applied(to: probe.mapping)
                state.keys = answers.keys(of: state.mapping ?? probe.mapping)
            }
        } catch let error as any ProblemConvertible where Self.isOfTheSource(error.problem) {
            state.problem = error.problem
        }
        // To htmx a refusal would be a page of its own; here it is an answer to try another reading.
        let isPart = visit.request.headers.contains { $0.name.canonicalName == "hx-request" }
        return try visit.page(
            ReadingPage(place, source: chosen.source.displayName, state),
            status: state.problem == nil || isPart ? .ok : .unprocessableContent)
    }

    private func define(_ visit: Visit) async throws -> Response {
        let (entry, hook, place) = try await place(visit)
        let chosen = try await chosen(visit, entry.id, hook)
        let answers = ReadingAnswers(visit.form)
        var state = ReadingPage.State(
            overrides: answers.overrides, carried: chosen.carried, isText: chosen.isText)
        do {
            let probe = try await hooking.probe(
                chosen.source, overrides: answers.overrides, password: chosen.password, for: entry.id,
                by: visit.principal)
            let mapping = answers.applied(to: probe.mapping)
            state.probe = probe
            state.mapping = mapping
            state.keys = answers.keys(of: mapping)
            guard probe.mapping.columns.allSatisfy(answers.knows) else {
                throw Problem(.refused, Message("hooking.columns-changed"))
            }
            let defined = try await hooking.define(
                entry.id, source: chosen.source, mapping: mapping, keyColumns: state.keys,
                password: chosen.isNew ? chosen.password : nil, seen: visit.form.integer("revision") ?? 0,
                by: visit.principal)
            return visit.redirect(
                to: HookingLinks.hook(defined.id), saying: Notice(.done, Message("hooking.confirmed")))
        } catch let error as any ProblemConvertible where Self.isOfTheSource(error.problem) {
            state.problem = error.problem
        }
        return try visit.page(
            ReadingPage(place, source: chosen.source.displayName, state), status: .unprocessableContent)
    }

    /// What whoever fills in the form can do something about.
    private static func isOfTheSource(_ problem: Problem) -> Bool {
        problem.kind == .invalid || problem.kind == .refused || problem.kind == .tooLarge
            || problem.message.key.hasPrefix("source.")
    }
}
