import Catalogue
import Foundation
import Grading
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Lake
import Policy
import Web

extension HookingSite {
    /// Of the form about a table of thousands of columns.
    private static let readingBytesMax = 8 << 20

    func wizardRoutes(_ routes: inout Routes) {
        routes.get("/catalogue/:id/hook/source", .action(.hookSource)) { visit in
            let (entry, _, place) = try await place(visit)
            let hook = try await hooking.hook(of: entry.id, for: visit.principal)
            var attempt = SourcePage.Attempt()
            if let live = hook?.source.live {
                attempt.live = LiveDraft(live)
                attempt.hasLiveSecret = live.credential != .none
            }
            return try visit.page(SourcePage(place, try await choices(entry), attempt))
        }
        // The form's own parts and boundaries come on top of the file.
        let bodyMax = uploadBytesMax + 65_536
        routes.post(
            "/catalogue/:id/hook/upload", .action(.hookSource),
            body: .upload(bytesMax: bodyMax, door: .hook)
        ) { try await bring($0) }
        routes.post("/catalogue/:id/hook/table", .action(.hookSource)) { visit in
            let (entry, _, place) = try await place(visit)
            let errors = DatabaseDraft(visit.form).faults(databases, needsTable: true)
            guard errors.isEmpty else { return try await sourcePage(visit, entry, place, errors) }
            return try await look(visit)
        }
        routes.post("/catalogue/:id/hook/connection", .action(.hookSource)) { visit in
            try await tryConnection(visit)
        }
        routes.get("/catalogue/:id/hook/reading", .action(.hookSource)) { visit in
            let (entry, hook, _) = try await place(visit)
            // A service is asked only with a sample, which the form of its source has.
            if hook?.isLive == true, visit.query["upload"].isEmpty, visit.query["inbox"].isEmpty {
                return visit.moved(to: HookingLinks.source(entry.id) + "#live")
            }
            return try await look(visit)
        }
        let wide = Routes.Body.form(bytesMax: Self.readingBytesMax)
        routes.post("/catalogue/:id/hook/reading", .action(.hookSource), body: wide) { visit in
            try await look(visit)
        }
        routes.post("/catalogue/:id/hook/definition", .action(.hookSource), body: wide) { visit in
            try await define(visit)
        }
    }

    /// Takes the file over, and goes on to how it is read.
    private func bring(_ visit: Visit) async throws -> Response {
        let (entry, _, place) = try await place(visit)
        do {
            guard let file = try visit.form.file("file") else {
                var errors = FormErrors()
                errors.add("file", Message("web.field-needed"))
                return try await sourcePage(visit, entry, place, errors)
            }
            let upload = try await hooking.upload(
                file.path, named: file.fileName, .moving, for: entry.id, by: visit.principal)
            return visit.moved(to: HookingLinks.reading(entry.id) + "?upload=\(upload.id)")
        } catch let error as UploadRefused {
            return try await sourcePage(visit, entry, place, FormErrors(error.problem))
        } catch let error as HookingError
            where error.problem.kind == .invalid || error.problem.kind == .tooLarge
        {
            var errors = FormErrors(error.problem)
            errors.add("file", error.problem.message)
            let status: HTTPResponse.Status =
                error.problem.kind == .tooLarge ? .contentTooLarge : .unprocessableContent
            return try await sourcePage(visit, entry, place, errors, status: status)
        }
    }

    func sourcePage(
        _ visit: Visit, _ entry: Entry, _ place: HookingPlace, _ errors: FormErrors,
        status: HTTPResponse.Status = .unprocessableContent
    ) async throws -> Response {
        var attempt = SourcePage.Attempt(draft: DatabaseDraft(visit.form))
        if visit.form.has(LiveDraft.prefix + "base") { attempt.live = LiveDraft(visit.form) }
        return try visit.page(
            SourcePage(place, try await choices(entry), attempt, errors: errors), status: status)
    }

    private func choices(_ entry: Entry) async throws -> SourcePage.Choices {
        SourcePage.Choices(
            bytesMax: uploadBytesMax, databases: databases, inbox: try await inbox(entry.owner),
            hasLiveHosts: !hooking.parts.live.hosts.isEmpty)
    }

    /// Connects and lists tables; the form is shown again with what came of it, and the password is kept for the next step.
    private func tryConnection(_ visit: Visit) async throws -> Response {
        let (entry, _, place) = try await place(visit)
        let draft = DatabaseDraft(visit.form)
        let errors = draft.faults(databases, needsTable: false)
        guard errors.isEmpty, let source = draft.source else {
            return try await sourcePage(visit, entry, place, errors)
        }
        let secret = try secret(visit, for: entry.id.text)
        var attempt = SourcePage.Attempt(draft: draft, sealed: secret.sealed)
        do {
            attempt.tablesFound = try await hooking.discover(
                source, password: secret.password, for: entry.owner, by: visit.principal
            ).tables.count
        } catch let error as any ProblemConvertible where Self.isOfTheSource(error.problem) {
            attempt.problem = error.problem
        }
        return try visit.page(
            SourcePage(place, try await choices(entry), attempt),
            status: attempt.problem == nil ? .ok : .unprocessableContent)
    }

    /// The password that was typed, or else the one that was sealed a step before.
    func secret(_ visit: Visit, for place: String) throws -> (password: String?, sealed: String) {
        guard let account = visit.principal.account else { throw PolicyError.notPermitted(.hookSource) }
        let secrets = hooking.parts.secrets
        // As it was typed: a password may begin or end with a space.
        let typed = visit.form.exactly("password")
        let sealed =
            typed.isEmpty && visit.form.has("sealed")
            ? visit.form["sealed"] : try secrets.sealed(typed, for: place, of: account)
        let password = try secrets.opened(sealed, for: place, of: account)
        return (password.isEmpty ? nil : password, sealed)
    }

    /// What the form or the link names: an upload, a table, or the hook's own source.
    struct Chosen {
        let source: Source
        let password: String?
        /// What was given with this form; nil keeps what is there.
        var newPassword: String?
        let carried: [Table.Pair]
        let isNew: Bool
        /// Of a live source.
        var sample: LiveSample?
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
        if form.has(LiveDraft.prefix + "base") { return try await liveChosen(visit, entry, hook, carried) }
        if form.has("table") {
            return try table(visit, entry, carried)
        }
        let dropped = form.has("inbox") ? form["inbox"] : visit.query["inbox"]
        if !dropped.isEmpty {
            let owner = try await catalogue.entry(entry, for: visit.principal).owner
            guard let file = try await inbox(owner).first(where: { $0.name == dropped }) else {
                throw HookingError.uploadNotFound
            }
            return Chosen(
                source: file.source, password: nil, carried: carried + [Table.Pair("inbox", dropped)],
                isNew: true)
        }
        guard let hook else { throw HookingError.uploadNotFound }
        return Chosen(
            source: hook.source, password: try await hooking.parts.secrets.password(of: hook.id),
            carried: carried,
            isNew: false)
    }

    private func table(_ visit: Visit, _ entry: EntryID, _ carried: [Table.Pair]) throws -> Chosen {
        let draft = DatabaseDraft(visit.form)
        guard draft.faults(databases, needsTable: true).isEmpty, let source = draft.source else {
            throw Problem(.invalid, Message("hooking.host-unknown"))
        }
        let secret = try secret(visit, for: entry.text)
        return Chosen(
            source: source, password: secret.password, newPassword: secret.password,
            carried: carried + draft.carried + [Table.Pair("sealed", secret.sealed)], isNew: true)
    }

    func look(_ visit: Visit) async throws -> Response {
        let (entry, hook, place) = try await place(visit)
        let chosen = try await chosen(visit, entry.id, hook)
        let answers = ReadingAnswers(visit.form)
        let isFirst = !visit.form.has("revision")
        var state = ReadingPage.State(carried: chosen.carried, cells: chosen.source.cells)
        state.match = ItemMatch(items: entry.card.items)
        state.overrides =
            isFirst && !chosen.isNew ? hook?.mapping.overrides ?? answers.overrides : answers.overrides
        do {
            let probe = try await probe(chosen, state.overrides, for: entry.id, visit)
            state.probe = probe
            state.mask = try await mask(probe, entry, visit)
            state.drift =
                chosen.sample == nil ? hook.flatMap { Drift(confirmed: $0.mapping, probe: probe) } : nil
            // What was confirmed before is proposed again, as long as the source is still what it was.
            if isFirst, let hook, state.drift == nil, chosen.sample == nil, !hook.isLive,
                hook.mapping.columns.count == probe.mapping.columns.count
            {
                var mapping = hook.mapping
                mapping.encoding = probe.mapping.encoding
                mapping.dialect = probe.mapping.dialect
                mapping.sheet = probe.mapping.sheet
                mapping.json = probe.mapping.json
                mapping.shape = probe.mapping.shape
                mapping.totals = probe.mapping.totals
                mapping.table = probe.mapping.table
                state.mapping = mapping
                state.keys = hook.keyColumns
            } else {
                let mapping = proposal(probe, hook, state.match, answers)
                state.mapping = mapping
                state.keys = chosen.source.live?.keys.map(\.name) ?? answers.keys(of: mapping)
            }
        } catch let error as any ProblemConvertible where Self.isOfTheSource(error.problem) {
            state.problem = error.problem
        }
        return try await visit.data(
            ReadingPage(place, source: chosen.source.displayName, state),
            status: state.problem == nil ? .ok : .unprocessableContent)
    }

    /// What the form says of a column; of others, what the hook said; and else the item that it is called like.
    private func proposal(
        _ probe: Probe, _ hook: Hook?, _ match: ItemMatch, _ answers: ReadingAnswers
    ) -> SourceMapping {
        var mapping = probe.mapping
        let before = Dictionary(
            (hook?.mapping.columns ?? []).filter { !$0.sourceName.isEmpty }.map { ($0.sourceName, $0) },
            uniquingKeysWith: { first, _ in first })
        for position in mapping.columns.indices {
            guard let known = before[mapping.columns[position].sourceName] else { continue }
            mapping.columns[position].name = known.name
            mapping.columns[position].isIncluded = known.isIncluded
            // A sample of one record says little of types: what was confirmed says more.
            if hook?.isLive == true {
                mapping.columns[position].type = known.type
                mapping.columns[position].dateFormats = known.dateFormats
                mapping.columns[position].nullMarkers = known.nullMarkers
            }
        }
        mapping = match.proposed(for: mapping) { before[$0.sourceName] == nil }
        return answers.applied(to: mapping)
    }

    private func mask(_ probe: Probe, _ entry: Entry, _ visit: Visit) async throws -> SampleMask {
        try await mask(
            probe.mapping.columns.map { $0.sourceName.isEmpty ? $0.name : $0.sourceName }, entry, visit)
    }

    /// For values of `columns`, in their order.
    func mask(_ columns: [String], _ entry: Entry, _ visit: Visit) async throws -> SampleMask {
        let items = Dictionary(
            entry.card.items.map { ($0.column, $0.name) }, uniquingKeysWith: { first, _ in first })
        let book = try await grading.book(of: entry.id, for: visit.principal)
        return SampleMask(
            columns: columns, items: items,
            levels: Dictionary(
                book.decisions.map { ($0.column, $0.level) }, uniquingKeysWith: { first, _ in first }),
            rules: try grading.rules())
    }

    private func define(_ visit: Visit) async throws -> Response {
        let (entry, hook, place) = try await place(visit)
        let chosen = try await chosen(visit, entry.id, hook)
        let answers = ReadingAnswers(visit.form)
        var state = ReadingPage.State(
            overrides: answers.overrides, carried: chosen.carried, cells: chosen.source.cells)
        state.match = ItemMatch(items: entry.card.items)
        do {
            let probe = try await probe(chosen, answers.overrides, for: entry.id, visit)
            let mapping = answers.applied(to: probe.mapping)
            state.probe = probe
            state.mask = try await mask(probe, entry, visit)
            state.mapping = mapping
            state.keys = chosen.source.live?.keys.map(\.name) ?? answers.keys(of: mapping)
            guard probe.mapping.columns.allSatisfy(answers.knows) else {
                throw Problem(.refused, Message("hooking.columns-changed"))
            }
            let defined = try await hooking.define(
                entry.id, source: chosen.source, mapping: mapping, keyColumns: state.keys,
                password: chosen.newPassword, seen: visit.form.integer("revision") ?? 0,
                by: visit.principal)
            return visit.redirect(
                to: HookingLinks.hook(defined.id), saying: Notice(.done, Message("hooking.confirmed")))
        } catch PolicyError.moved(let kind, let id) {
            // Somebody else changed the hook meanwhile; what was typed stays, and the next attempt is against what is there now.
            state.problem = PolicyError.moved(kind: kind, id: id).problem
            state.carried = chosen.carried.map {
                $0.name == "revision" ? Table.Pair("revision", String(hook?.revision ?? 0)) : $0
            }
            return try await visit.data(
                ReadingPage(place, source: chosen.source.displayName, state), status: .conflict)
        } catch let error as any ProblemConvertible where Self.isOfTheSource(error.problem) {
            state.problem = error.problem
        }
        return try await visit.data(
            ReadingPage(place, source: chosen.source.displayName, state), status: .unprocessableContent)
    }

    /// What whoever fills in the form can do something about.
    static func isOfTheSource(_ problem: Problem) -> Bool {
        problem.kind == .invalid || problem.kind == .refused || problem.kind == .tooLarge
            || problem.message.key.hasPrefix("source.")
    }
}
