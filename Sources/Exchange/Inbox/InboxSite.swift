import Casework
import Hummingbird
import Identity
import Kernel
import Policy
package import Web

/// The inbox on pages: trays with their filters, several cases at once, what is watched.
struct InboxSite: Sendable {
    let exchange: Exchange
    let neighbours: ExchangeSite.Neighbours
    /// What waits beside cases.
    let reminders: @Sendable (Principal) async throws -> [Table]

    func routes(_ routes: inout Routes, for actions: [Action]) {
        inboxCalls(&routes, exchange, for: actions)
        routes.get(InboxLinks.inbox, .anyOf(actions)) { try await inbox($0) }
        routes.post(InboxLinks.batch, .anyOf(actions)) { try await ask($0) }
        routes.post(InboxLinks.batchActs, .anyOf(actions)) { try await perform($0) }
        routes.post("/notices/:id/reading", .anyOf(actions)) { visit in
            try await exchange.markSeen(visit.id(), by: visit.principal)
            return visit.redirect(to: Links.local(visit.form["return"]) ?? InboxLinks.inbox)
        }
        exchange.watchRoutes(&routes, at: "/requests", .anyOf(actions))
    }

    // MARK: - Lists

    private func inbox(_ visit: Visit) async throws -> Response {
        let query = InboxQuery(visit)
        var lines: [Inbox.Line] = []
        var next = query.table.isExport ? nil : query.table.after
        repeat {
            let page = try await exchange.inbox(
                query.tray, of: visit.principal, query.filter, order: query.order, after: next,
                linesMax: min(query.table.limit, Inbox.linesMax))
            lines += page.lines
            next = page.next
        } while query.table.isExport && next != nil && lines.count < TableQuery.exportRowsMax
        let content = try await content(query, Inbox.Page(lines: lines, next: next), visit)
        let page = InboxPage(content)
        if query.table.isCSV { return visit.csv(page.table, as: visit.text(query.tray.word) + ".csv") }
        if query.table.isExcel { return try await workbook(page.table, query, visit) }
        return try visit.page(page)
    }

    private func content(
        _ query: InboxQuery, _ page: Inbox.Page, _ visit: Visit
    ) async throws -> InboxPage.Content {
        let shown = page.lines
        let postTitles = try await neighbours.titles(shown.flatMap(\.holders).compactMap(\.post))
        let units = try await neighbours.units()
        let seen = shown.flatMap { $0.seats.values + $0.holders.map(\.party) }
        let partyNames = try await neighbours.names(seen.filter { units[$0] == nil })
            .merging(units) { _, today in today }
        let naming = InboxPage.Naming(
            party: { partyNames[$0] ?? "" }, post: { postTitles[$0] },
            units: units.filter { $0.key != visit.principal.party }.map { (id: $0.key, name: $0.value) }
                .sorted { ($0.name, $0.id) < ($1.name, $1.id) },
            states: try states(query))
        if query.table.isExport {
            return InboxPage.Content(
                query: query, page: page, counts: [:], found: shown.count, naming: naming)
        }
        let counts = try await exchange.counts(of: visit.principal)
        let found =
            query.filter == .all
            ? counts[query.tray]?.all ?? 0
            : try await exchange.count(query.tray, of: visit.principal, query.filter)
        return InboxPage.Content(
            query: query, page: page, counts: counts, found: found,
            notices: try await exchange.notices(of: visit.principal),
            news: try await exchange.watchNews(of: visit.principal),
            reminders: try await reminders(visit.principal),
            acts: try exchange.batchActs(for: shown, of: visit.principal),
            naming: naming)
    }

    /// Those that a case of the tray can be in, of the kind that is asked for or of all; a state that two kinds have is one choice.
    private func states(_ query: InboxQuery) throws -> [(name: String, word: Message)] {
        var seen: Set<String> = []
        return try CaseLinks.kinds.filter { query.filter.kind == nil || query.filter.kind == $0 }.flatMap {
            kind in
            let workflow = try exchange.cases.workflow(kind)
            return workflow.states.filter {
                ($0.isFinal == (query.tray == .closed) || query.tray == .watched)
                    && seen.insert($0.name).inserted
            }.map { ($0.name, workflow.stateWord($0.name)) }
        }
    }

    private func workbook(_ table: Table, _ query: InboxQuery, _ visit: Visit) async throws -> Response {
        try await neighbours.workbook(of: table, as: visit.text(query.tray.word), visit)
    }

    // MARK: - Several at once

    /// What was ticked, in its order, each once; nil when it is nothing.
    private func choices(_ visit: Visit) throws -> [BatchChoice]? {
        var seen: Set<CaseID> = []
        let choices = visit.form.all("case").compactMap { BatchChoice($0) }.filter {
            seen.insert($0.id).inserted
        }
        guard choices.count <= BatchAct.casesMax else {
            throw ExchangeError.batchTooLarge(casesMax: BatchAct.casesMax)
        }
        return choices.isEmpty ? nil : choices
    }

    private func nothingChosen(_ visit: Visit) -> Response {
        visit.redirect(
            to: InboxLinks.tray(.mine), saying: Notice(.warning, Message("exchange.batch-none")))
    }

    private func act(_ visit: Visit) throws -> BatchAct {
        guard let act = BatchAct(rawValue: visit.form["act"]) else { throw ExchangeError.batchActUnknown }
        return act
    }

    private func ask(_ visit: Visit) async throws -> Response {
        let act = try act(visit)
        guard let choices = try choices(visit) else { return nothingChosen(visit) }
        let lines = try await exchange.rehearse(act, on: choices, by: visit.principal)
        return try visit.page(BatchPage(asking: act, lines, naming: try await naming(lines)))
    }

    /// What the act needs is asked for before anything is done, so that no case is left behind for want of a word.
    private func perform(_ visit: Visit) async throws -> Response {
        let act = try act(visit)
        guard let choices = try choices(visit) else { return nothingChosen(visit) }
        let needs = BatchPage.needs(act)
        var errors = FormErrors()
        for (field, isNeeded) in [("comment", needs.comment), ("legalBasis", needs.legalBasis)]
        where isNeeded && visit.form[field].isEmpty {
            errors.add(field, Message("casework.field-required"))
        }
        for field in ["comment", "legalBasis"]
        where visit.form[field].unicodeScalars.count > Case.commentCharactersMax {
            errors.add(
                field,
                Message("casework.text-too-long", ["charactersMax": "\(Case.commentCharactersMax)"]))
        }
        guard errors.isEmpty else {
            let lines = try await exchange.rehearse(act, on: choices, by: visit.principal)
            return try visit.page(
                BatchPage(
                    asking: act, lines, typed: visit.form, errors: errors, naming: try await naming(lines)),
                status: .unprocessableContent)
        }
        func text(_ field: String) -> String? { visit.form[field].isEmpty ? nil : visit.form[field] }
        let lines = try await exchange.perform(
            act, on: choices, by: visit.principal,
            Opinion(comment: text("comment"), legalBasis: text("legalBasis")))
        return try visit.page(BatchPage(answering: act, lines, naming: try await naming(lines)))
    }

    private func naming(_ lines: [BatchLine]) async throws -> BatchPage.Naming {
        let found = try await neighbours.names(lines.compactMap(\.file).flatMap { $0.seats.values })
        return BatchPage.Naming { found[$0] ?? "" }
    }
}

extension Visit {
    /// What a cell says, for a file.
    package func text(of cell: Table.Cell) -> String {
        guard let label = cell.label else {
            return cell.chips.map { text(of: $0.label) }.joined(separator: " ")
        }
        return text(of: label)
    }
}
