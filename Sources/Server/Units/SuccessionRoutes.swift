import Foundation
import Hummingbird
import Identity
import Kernel
import Policy
import Web

/// Merging, splitting and renaming units: first a rehearsal, then the day.
struct SuccessionSite {
    let successions: Successions
    let parties: Parties
    let permissions: Permissions
    let read: @Sendable (_ path: String, _ name: String, _ rowsMax: Int) async throws -> SuccessionSheet
    let workbook: @Sendable (_ titles: [String], _ sheet: String, _ rows: [[String]]) async throws -> MadeList

    /// A file of this machine, for as long as somebody holds it.
    struct MadeList: Sendable {
        let path: String
        let bytes: Int64
        let type: String
        let keeper: any Sendable
    }

    private static let uploadBytesMax = 16 << 20

    func routes(_ routes: inout Routes) {
        routes.get("/successions", .action(.manageParties)) { visit in
            let query = TableQuery(visit, sortable: [], order: "")
            let scope = visit.principal.scope
            let all = try await successions.all().filter { one in
                (one.order.predecessors + one.order.successors).allSatisfy { scope.contains($0) }
            }
            let page = SuccessionsPage(
                all, names: try await names(all, visit), query: query,
                mayPlan: permissions.mayEver(.manageParties, visit.principal))
            if query.isCSV { return visit.csv(page.table, as: visit.text(page.title) + ".csv") }
            return try visit.page(page)
        }
        routes.get("/successions/new", .action(.manageParties)) { visit in
            try await form(visit, typed: visit.query, errors: nil)
        }
        routes.post("/successions", .action(.manageParties)) { try await draft($0) }
        routes.get("/successions/:id", .action(.manageParties)) { try await show($0) }
        routes.post("/successions/:id/choices", .action(.manageParties)) { try await choose($0) }
        routes.post(
            "/successions/:id/list", .action(.manageParties),
            body: .upload(bytesMax: Self.uploadBytesMax, door: .unitChange)
        ) { try await bring($0) }
        routes.post("/successions/:id/confirmation", .action(.manageParties)) { visit in
            try await act(visit) { id, seen in
                let done = try await successions.confirm(id, seen: seen, by: visit.principal, at: visit.now)
                return Message(done.state == .done ? "succession.is-done" : "succession.is-planned")
            }
        }
        routes.post("/successions/:id/withdrawal", .action(.manageParties)) { visit in
            try await act(visit) { id, seen in
                try await successions.withdraw(id, seen: seen, by: visit.principal, at: visit.now)
                return Message("succession.is-withdrawn")
            }
        }
    }

    private func demand(_ units: [PartyID], _ principal: Principal) throws {
        for unit in units {
            guard principal.scope.contains(unit) else { throw SuccessionError.unknown }
            _ = try permissions.permit(
                .manageParties, on: .new(kind: PartyNoun.kind, owner: unit), for: principal)
        }
    }

    private func found(_ visit: Visit) async throws -> Succession {
        let one = try await successions.find(visit.id())
        try demand(one.order.predecessors + one.order.successors, visit.principal)
        return one
    }

    private func names(_ all: [Succession], _ visit: Visit) async throws -> [PartyID: String] {
        var names: [PartyID: String] = [:]
        let day = visit.now.date()
        for unit in Set(all.flatMap { $0.order.predecessors + $0.order.successors }) {
            names[unit] = try await parties.find(unit)?.name(on: day)
        }
        return names
    }

    // MARK: - A new one

    private func form(_ visit: Visit, typed: SubmittedForm, errors: FormErrors?) async throws -> Response {
        let day = visit.now.date()
        let units = try await parties.standing(on: day).filter { visit.principal.scope.contains($0.id) }
        return try visit.page(
            SuccessionFormPage(units, on: day, typed: typed, errors: errors),
            status: errors == nil ? .ok : .unprocessableContent)
    }

    private func draft(_ visit: Visit) async throws -> Response {
        do {
            let typed = visit.form
            guard let kind = Succession.Kind(rawValue: typed["kind"]), let date = typed.date("date") else {
                throw Problem(
                    .invalid, Message("unit.unreadable"),
                    places: [.init(typed.date("date") == nil ? "date" : "kind", Message("web.field-needed"))])
            }
            let order = SuccessionOrder(
                kind: kind, predecessors: typed.all("predecessors").compactMap { PartyID($0) },
                successors: typed.all("successors").compactMap { PartyID($0) }, date: date,
                document: typed["document"], newName: typed["name"])
            try demand(order.predecessors + order.successors, visit.principal)
            let id = try await successions.draft(order, by: visit.principal, at: visit.now)
            return visit.redirect(to: SuccessionLinks.one(id))
        } catch let error as any ProblemConvertible where error.problem.isAboutAnswers {
            return try await form(visit, typed: visit.form, errors: FormErrors(error.problem))
        }
    }

    // MARK: - One

    private func show(
        _ visit: Visit, errors: FormErrors? = nil, listErrors: FormErrors? = nil,
        listFaults: [Problem.Place] = []
    ) async throws -> Response {
        let one = try await found(visit)
        let query = TableQuery(
            path: SuccessionLinks.one(one.id), query: visit.query, sortable: [], order: "")
        let rehearsal = try await successions.rehearse(one.id)
        let lines = Self.filtered(rehearsal.lines, visit.query)
        let start = query.isExport ? 0 : min(max(0, query.after.flatMap { Int($0) } ?? 0), lines.count)
        let end = query.isExport ? lines.count : min(start + query.limit, lines.count)
        let names = try await names([one], visit)
        var content = SuccessionPage.Content(
            rehearsal: rehearsal, shown: Array(lines[start..<end]), count: lines.count,
            next: end < lines.count ? String(end) : nil, names: names,
            mayAct: permissions.mayEver(.manageParties, visit.principal))
        content.errors = errors
        content.listErrors = listErrors
        content.listFaults = listFaults
        if query.isExcel { return try await list(lines, names, visit) }
        let page = SuccessionPage(content, query)
        if query.isCSV, let table = page.lines {
            return visit.csv(table, as: visit.text(Message("succession.lines")) + ".csv")
        }
        let isRefused = errors != nil || listErrors != nil || !listFaults.isEmpty
        return try visit.page(page, status: isRefused ? .unprocessableContent : .ok)
    }

    private static func filtered(_ lines: [SuccessionLine], _ query: SubmittedForm) -> [SuccessionLine] {
        let (kind, words) = (SuccessionItem.Kind(rawValue: query["kind"]), Party.matchKey(query["q"]))
        return lines.filter { line in
            (kind == nil || line.item.kind == kind)
                && (words.isEmpty || Party.matchKey(line.item.title).contains(words))
        }
    }

    private func list(
        _ lines: [SuccessionLine], _ names: [PartyID: String], _ visit: Visit
    ) async throws -> Response {
        let made = try await workbook(
            SuccessionSheet.Column.allCases.map { visit.text($0.title) },
            visit.text(Message("succession.lines")),
            lines.filter(\.item.isChosen).map { line in
                [
                    line.item.kind.rawValue,
                    visit.text(Message("succession.item.\(line.item.kind.rawValue)")),
                    line.item.id, line.item.title, line.heir.map { names[$0] ?? $0.text } ?? "",
                ]
            })
        return visit.download(
            fileAt: made.path, bytes: made.bytes, holding: made,
            as: visit.text(Message("succession.lines")) + ".xlsx", type: made.type)
    }

    private func choose(_ visit: Visit) async throws -> Response {
        let one = try await found(visit)
        do {
            guard let heir = visit.form.id("heir", of: PartyNoun.self), let seen = Int(visit.form["revision"])
            else { throw SuccessionError.choiceInvalid }
            let choices: [Successions.Choice]
            switch visit.form["what"] {
            case "all": choices = [.everything]
            case "shown":
                let lines = try await successions.rehearse(one.id).lines
                choices = Self.filtered(lines, visit.query).filter(\.item.isChosen).map {
                    .item($0.item.key)
                }
            default: choices = visit.form.all("item").compactMap(Self.key).map { .item($0) }
            }
            guard !choices.isEmpty else {
                throw Problem(
                    .invalid, Message("succession.nothing-ticked"),
                    places: [.init("what", Message("succession.nothing-ticked"))])
            }
            try await successions.choose(
                choices.map { ($0, heir) }, in: one.id, seen: seen, by: visit.principal, at: visit.now)
        } catch let error as any ProblemConvertible where error.problem.kind == .invalid {
            return try await show(visit, errors: FormErrors(error.problem))
        }
        return visit.redirect(
            to: SuccessionLinks.one(one.id), saying: Notice(.done, Message("succession.chosen")))
    }

    private static func key(_ text: String) -> SuccessionItem.Key? {
        let parts = text.split(separator: "|", maxSplits: 1).map(String.init)
        guard parts.count == 2, let kind = SuccessionItem.Kind(rawValue: parts[0]) else { return nil }
        return .init(kind, parts[1])
    }

    private func bring(_ visit: Visit) async throws -> Response {
        let one = try await found(visit)
        do {
            guard let file = try visit.form.file("file"), file.bytes > 0,
                let seen = Int(visit.form["revision"])
            else {
                throw Problem(
                    .invalid, Message("running.file-needed"),
                    places: [.init("file", Message("running.file-needed"))])
            }
            let sheet = try await read(file.path, file.fileName, Succession.itemsMax)
            var heirs: [(id: PartyID, names: [String])] = []
            for unit in one.order.successors {
                heirs.append((unit, try await parties.find(unit)?.names.map(\.text) ?? []))
            }
            let lines = try await successions.rehearse(one.id).lines
            let (choices, faults) = try sheet.choices(among: lines, heirs)
            guard faults.isEmpty else { return try await show(visit, listFaults: faults) }
            try await successions.choose(
                choices, in: one.id, seen: seen, by: visit.principal, at: visit.now)
        } catch let error as any ProblemConvertible
            where error.problem.kind == .invalid || error.problem.kind == .tooLarge
        {
            let problem = error.problem
            let told = Problem(
                .invalid, problem.message, places: [Problem.Place("file", problem.message)])
            return try await show(visit, listErrors: FormErrors(told))
        }
        return visit.redirect(
            to: SuccessionLinks.one(one.id), saying: Notice(.done, Message("succession.chosen")))
    }

    private func act(
        _ visit: Visit, _ body: (SuccessionID, Int) async throws -> Message
    ) async throws -> Response {
        let one = try await found(visit)
        guard let seen = Int(visit.form["revision"]) else { throw SuccessionError.stale }
        let said = try await body(one.id, seen)
        return visit.redirect(to: SuccessionLinks.one(one.id), saying: Notice(.done, said))
    }
}
