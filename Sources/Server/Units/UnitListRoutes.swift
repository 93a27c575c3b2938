import Exchange
import Foundation
import Hummingbird
package import Identity
import Kernel
import Policy
import Web

/// The dated list of bodies: looked at, corrected line by line or by a newer file, and drafted from.
struct UnitListSite {
    let lists: UnitLists
    let successions: Successions
    let permissions: Permissions
    let read: @Sendable (_ path: String, _ name: String, _ rowsMax: Int) async throws -> SuccessionSheet
    let workbook:
        @Sendable (_ titles: [String], _ sheet: String, _ rows: [[String]]) async throws ->
            SuccessionSite.MadeList
    let accountName: @Sendable (AccountID) async throws -> String?

    private static let uploadBytesMax = 4 << 20

    func routes(_ routes: inout Routes) {
        routes.get(UnitListLinks.all, .action(.maintainUnitList)) { try await list($0, errors: nil) }
        routes.get(UnitListLinks.drafts, .action(.maintainUnitList)) { try await confirmDrafts($0) }
        routes.post(UnitListLinks.drafts, .action(.maintainUnitList)) { try await draft($0) }
        routes.post(
            UnitListLinks.preview, .action(.maintainUnitList),
            body: .upload(bytesMax: Self.uploadBytesMax, door: .unitChange)
        ) { try await preview($0) }
        routes.post(UnitListLinks.all, .action(.maintainUnitList)) { try await take($0) }
        routes.get("\(UnitListLinks.all)/:number", .action(.maintainUnitList)) { visit in
            try await line(visit, typed: nil, errors: nil)
        }
        routes.post("\(UnitListLinks.all)/:number", .action(.maintainUnitList)) { try await set($0) }
    }

    private func demand(_ principal: Principal) throws {
        _ = try permissions.permit(
            .maintainUnitList, on: .new(kind: "unit-list", owner: principal.party), for: principal)
    }

    private func changes(_ entries: [UnitLists.Entry]) -> UnitChanges {
        UnitChanges(lines: entries.map(\.line))
    }

    // MARK: - The list

    private func list(_ visit: Visit, errors: FormErrors?) async throws -> Response {
        // The answer to a file is the list again.
        let query = TableQuery(
            path: UnitListLinks.all, query: errors == nil ? visit.query : SubmittedForm(), sortable: [],
            order: "")
        let entries = try await lists.entries()
        let outlook = try await successions.outlook(changes(entries))
        let today = try await lists.today(entries.map(\.line.name), on: visit.now.date())
        let standing = UnitChangeOutlook.Standing(rawValue: query.value("standing"))
        let words = Party.matchKey(query.words)
        let lines = zip(entries, outlook).map { entry, outlook in
            UnitListsPage.Line(
                outlook: outlook,
                today: (today[entry.line.name] ?? []).map { ($0.id, $0.name(on: visit.now.date())) },
                changedAt: entry.changedAt)
        }.filter { line in
            (standing == nil || line.outlook.standing == standing)
                && (words.isEmpty
                    || ([line.outlook.line.name, line.outlook.line.becomes] + line.today.map(\.name))
                        .contains { Party.matchKey($0).contains(words) })
        }
        let page = UnitListsPage(
            UnitListsPage.Content(
                lines: lines, standings: outlook.map(\.standing), source: source(entries.first),
                mayMaintain: permissions.mayEver(.maintainUnitList, visit.principal)), query, errors: errors)
        let name = visit.text(page.title)
        if query.isCSV { return visit.csv(page.table, as: name + ".csv") }
        if query.isExcel {
            let made = try await workbook(
                page.table.columns.map { visit.text($0.title) }, String(name.prefix(31)),
                page.table.rows.map { row in row.cells.map { visit.text(of: $0.cell) } })
            return visit.download(
                fileAt: made.path, bytes: made.bytes, holding: made, as: name + ".xlsx", type: made.type)
        }
        return try visit.page(page, status: errors == nil ? .ok : .unprocessableContent)
    }

    private func source(_ entry: UnitLists.Entry?) -> String {
        guard let source = entry?.source else { return "" }
        return [source.document, source.date?.description ?? ""].filter { !$0.isEmpty }
            .joined(separator: "，")
    }

    // MARK: - Drafting

    private func due() async throws -> [UnitChangeOutlook] {
        try await successions.outlook(changes(try await lists.entries())).filter { $0.standing == .due }
    }

    private func confirmDrafts(_ visit: Visit) async throws -> Response {
        let due = try await due()
        return try visit.page(
            ConfirmPage(
                title: Message("unit-list.draft"),
                question: Message("unit-list.draft-question", ["count": String(due.count)]),
                consequences: [Message("unit-list.draft-consequence")],
                touched: Self.touched(due.map { ($0.line, $0.standing.chip) }),
                refusal: due.isEmpty ? Message("unit-list.nothing-due") : nil,
                action: UnitListLinks.drafts, button: Message("unit-list.draft"),
                backHref: UnitListLinks.all))
    }

    private func draft(_ visit: Visit) async throws -> Response {
        try demand(visit.principal)
        let made = try await successions.draft(
            changes(try await lists.entries()), by: visit.principal, at: visit.now)
        return visit.redirect(
            to: SuccessionLinks.all,
            saying: Notice(.done, Message("unit-list.drafted", ["count": String(made.count)])))
    }

    private static func touched(_ lines: [(line: UnitChanges.Line, chip: Chip)]) -> Table {
        Table(
            id: "touched", caption: Message("unit-list.touched"),
            columns: [
                .init(UnitListSheet.Column.name.title), .init(UnitListSheet.Column.answer.title),
                .init(UnitListSheet.Column.becomes.title), .init(UnitListSheet.Column.from.title),
                .init(UnitListSheet.Column.document.title), .init(Message("unit-list.standing")),
            ],
            rows: lines.map { line, chip in
                [
                    Table.Cell(.data(line.name)), Table.Cell(.word(line.answer.message)),
                    Table.Cell(line.becomes.isEmpty ? .nothing : .data(line.becomes)),
                    Table.Cell(line.date.map { .date($0) } ?? .nothing),
                    Table.Cell(line.document.isEmpty ? .nothing : .data(line.document)), Table.Cell(chip),
                ]
            }, count: lines.count, empty: EmptyState(Message("unit-list.no-difference")))
    }

    // MARK: - A newer list

    private func preview(_ visit: Visit) async throws -> Response {
        try demand(visit.principal)
        do {
            guard let file = try visit.form.file("file"), file.bytes > 0 else {
                throw Problem(
                    .invalid, Message("running.file-needed"),
                    places: [.init("file", Message("running.file-needed"))])
            }
            let brought: UnitChanges
            if file.fileName.lowercased().hasSuffix(".tsv") {
                let bytes = try Data(contentsOf: URL(filePath: file.path))
                guard let text = String(data: bytes, encoding: .utf8) else {
                    throw IdentityError.seedLine(1, "UTF-8")
                }
                brought = try UnitChanges(tsv: text)
            } else {
                let sheet = try await read(file.path, file.fileName, UnitLists.linesMax)
                brought = try UnitListSheet(header: sheet.header, rows: sheet.rows)
                    .changes(saying: visit.language)
            }
            return try await compare(brought, visit)
        } catch let error as any ProblemConvertible
            where error.problem.kind == .invalid || error.problem.kind == .tooLarge
        {
            let said = error.problem.places.first?.message ?? error.problem.message
            var errors = FormErrors()
            errors.add("file", said)
            return try await list(visit, errors: errors)
        }
    }

    private func compare(_ brought: UnitChanges, _ visit: Visit) async throws -> Response {
        let entries = try await lists.entries()
        let differences = try await lists.differences(brought)
        let lines = differences.map { each -> (line: UnitChanges.Line, chip: Chip) in
            switch each {
            case .changes(_, let line): (line, Chip(Message("unit-list.changes"), .warn))
            case .joins(let line): (line, Chip(Message("unit-list.joins"), .good))
            }
        }
        return try visit.page(
            ConfirmPage(
                title: Message("unit-list.bring"),
                question: Message(
                    "unit-list.bring-question",
                    ["count": String(lines.count), "lines": String(brought.lines.count)]),
                consequences: [Message("unit-list.bring-consequence")], touched: Self.touched(lines),
                refusal: lines.isEmpty ? Message("unit-list.no-difference") : nil,
                action: UnitListLinks.all,
                carried: [
                    Table.Pair("lines", brought.tsv), Table.Pair("seen", UnitLists.digest(of: entries)),
                ], button: Message("unit-list.bring-button"), backHref: UnitListLinks.all))
    }

    private func take(_ visit: Visit) async throws -> Response {
        try demand(visit.principal)
        let count = try await lists.take(
            UnitChanges(tsv: visit.form.exactly("lines")), seen: visit.form["seen"], by: visit.principal,
            at: visit.now)
        return visit.redirect(
            to: UnitListLinks.all,
            saying: Notice(.done, Message("unit-list.taken", ["count": String(count)])))
    }

    // MARK: - One line

    private func entry(_ visit: Visit) async throws -> UnitLists.Entry {
        let asked = Int(try visit.parameter("number"))
        guard let found = try await lists.entries().first(where: { $0.line.number == asked }) else {
            throw IdentityError.unitListUnknown
        }
        return found
    }

    private func line(
        _ visit: Visit, typed: SubmittedForm?, errors: FormErrors?
    ) async throws -> Response {
        let entry = try await entry(visit)
        let history = try await lists.history(of: entry.line.name)
        var names: [AccountID: String] = [:]
        for account in Set(history.compactMap(\.changedBy)) {
            names[account] = try await accountName(account)
        }
        let standing = try await successions.outlook(changes([entry])).first?.standing ?? .unknown
        return try visit.page(
            UnitListLinePage(
                entry, standing, history: history, by: { [names] in names[$0] ?? $0.text }, typed: typed,
                errors: errors), status: errors == nil ? .ok : .unprocessableContent)
    }

    private func set(_ visit: Visit) async throws -> Response {
        try demand(visit.principal)
        let entry = try await entry(visit)
        do {
            let line = try UnitListSheet.line(
                named: entry.line.name, number: entry.line.number, visit.form)
            guard let seen = Int(visit.form["revision"]) else { throw IdentityError.unitListMoved }
            try await lists.set(line, seen: seen, by: visit.principal, at: visit.now)
            return visit.redirect(
                to: UnitListLinks.line(line.number), saying: Notice(.done, Message("unit-list.set")))
        } catch let error as any ProblemConvertible where error.problem.isAboutAnswers {
            return try await self.line(visit, typed: visit.form, errors: FormErrors(error.problem))
        }
    }
}

extension Node {
    package var unitLists: UnitLists { UnitLists(database: database, evidence: evidence) }

    /// The list that the node's profile ships, into a node that has none.
    @discardableResult
    package func plantUnitList() async throws -> Int {
        guard let text = try? Profile(identity.profile).text("unit-changes.tsv") else { return 0 }
        return try await unitLists.plant(UnitChanges(tsv: text), by: .system(), at: clock.now())
    }

    var unitListSite: UnitListSite {
        UnitListSite(
            lists: unitLists, successions: successions, permissions: permissions,
            read: successionSite.read,
            workbook: successionSite.workbook,
            accountName: { [accounts] in try await accounts.find($0)?.name })
    }
}
