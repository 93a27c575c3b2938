import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Identity
package import Kernel
package import Policy
package import Web

/// The pages of running exchanges.
package struct RunningSite: Sendable {
    /// A file of this machine, for as long as somebody holds it.
    package struct MadeFile: Sendable {
        package let path: String
        package let bytes: Int64
        package let type: String
        package let keeper: any Sendable

        package init(path: String, bytes: Int64, type: String, keeper: any Sendable) {
            self.path = path
            self.bytes = bytes
            self.type = type
            self.keeper = keeper
        }
    }

    package struct Neighbours: Sendable {
        package let entryTitle: @Sendable (EntryID) async throws -> String
        package let partyName: @Sendable (PartyID) async throws -> String
        /// The rows of a table that was sent, by the ending of its name; at most so many.
        package let read:
            @Sendable (_ path: String, _ name: String, _ rowsMax: Int) async throws -> BroughtSheet
        /// A workbook of one sheet.
        package let workbook:
            @Sendable (_ titles: [String], _ sheet: String, _ rows: [[String]]) async throws -> MadeFile

        package init(
            entryTitle: @escaping @Sendable (EntryID) async throws -> String,
            partyName: @escaping @Sendable (PartyID) async throws -> String,
            read: @escaping @Sendable (String, String, Int) async throws -> BroughtSheet,
            workbook: @escaping @Sendable ([String], String, [[String]]) async throws -> MadeFile
        ) {
            self.entryTitle = entryTitle
            self.partyName = partyName
            self.read = read
            self.workbook = workbook
        }
    }

    private static let uploadBytesMax = 16 << 20

    private let desk: RunningExchanges
    private let permissions: Permissions
    private let neighbours: Neighbours

    package init(_ desk: RunningExchanges, permissions: Permissions, neighbours: Neighbours) {
        self.desk = desk
        self.permissions = permissions
        self.neighbours = neighbours
    }

    package static let readers: [Action] = [.importExchange, .signGrant]

    package func routes(_ routes: inout Routes) {
        routes.get("/running-exchanges", .anyOf(Self.readers)) { try await list($0) }
        routes.get("/running-exchanges/new", .action(.importExchange)) { visit in
            try visit.page(RunningNewPage(monthsMax: desk.monthsMax))
        }
        routes.get("/running-exchanges/template", .action(.importExchange)) { visit in
            try await sheet(
                RunningColumn.allCases.map { visit.text($0.title) }, [], "running.template-name", visit)
        }
        routes.post(
            "/running-exchanges", .action(.importExchange),
            body: .upload(bytesMax: Self.uploadBytesMax, door: .runningExchanges)
        ) { try await bring($0) }
        routes.get("/running-exchanges/batches/:id", .anyOf(Self.readers)) { visit in
            let batch = try await desk.batch(visit.id(), for: visit.principal)
            return try await show(batch, visit)
        }
        routes.get("/running-exchanges/batches/:id/returned", .anyOf(Self.readers)) { visit in
            try await returned(try await desk.batch(visit.id(), for: visit.principal), visit)
        }
        routes.post("/running-exchanges/batches/:id/signature", .action(.signGrant)) { visit in
            let batch = try await desk.batch(visit.id(), for: visit.principal)
            let waiting = try await desk.waiting(in: batch.id, for: visit.principal)
            guard visit.form["seen"] == RunningBatchPage.seen(waiting) else {
                return try await show(batch, visit, isMoved: true)
            }
            let signed = try await desk.sign(waiting, by: visit.principal)
            let left = try await desk.waiting(in: batch.id, for: visit.principal)
            return try visit.page(
                RunningBatchPage(batch, waiting: left, shown: try await first(of: left), signed: signed))
        }
        routes.get("/running-exchanges/:id", .anyOf(Self.readers)) { visit in
            try await show(try await desk.find(visit.id(), for: visit.principal), visit)
        }
        routes.post("/running-exchanges/:id/signature", .action(.signGrant)) { visit in
            try await change(visit, "running.signed-one") { _ = try await desk.sign($0, by: visit.principal) }
        }
        routes.post("/running-exchanges/:id/terms", .action(.importExchange)) { visit in
            try await change(visit, "running.saved") { running in
                let cells = RunningColumn.allCases.map { visit.form[$0.rawValue] }
                try await desk.complete(
                    running, with: BroughtSheet.Row(line: running.line, cells: cells), by: visit.principal)
            }
        }
        routes.post("/running-exchanges/:id/removal", .action(.importExchange)) { visit in
            try await change(visit, "running.dropped") { running in
                try await desk.drop(running, because: visit.form["reason"], by: visit.principal)
            }
        }
    }

    private func list(_ visit: Visit) async throws -> Response {
        let asked = TableQuery(visit, sortable: [], order: "id")
        let filter = RunningFilter(
            batch: ExchangeBatchID(visit.query["batch"]),
            state: RunningExchange.State(rawValue: visit.query["state"]),
            isLacking: ["1": true, "0": false][visit.query["lacks"]])
        let limit = min(asked.limit, RunningExchanges.rowsMax)
        let (found, count) = try await desk.list(
            filter, for: visit.principal, after: asked.isCSV ? nil : asked.after.flatMap { CaseID($0) },
            linesMax: limit)
        let page = RunningListPage(
            try await lines(found), count: count, batches: try await desk.batches(for: visit.principal),
            query: asked, next: found.count == limit ? found.last?.id.text : nil,
            mayBring: permissions.mayEver(.importExchange, visit.principal))
        if asked.isCSV { return visit.csv(page.table, as: visit.text(page.title) + ".csv") }
        return try visit.page(page)
    }

    private func show(
        _ batch: ExchangeBatch, _ visit: Visit, isMoved: Bool = false
    ) async throws -> Response {
        let waiting = try await desk.waiting(in: batch.id, for: visit.principal)
        return try visit.page(
            RunningBatchPage(
                batch, waiting: waiting, shown: try await first(of: waiting), isMoved: isMoved),
            status: isMoved ? .conflict : .ok)
    }

    private func first(of waiting: [RunningExchange]) async throws -> [RunningLine] {
        try await lines(Array(waiting.prefix(RunningBatchPage.waitingShownMax)))
    }

    private func lines(_ found: [RunningExchange]) async throws -> [RunningLine] {
        var titles: [EntryID: String] = [:]
        for entry in Set(found.map(\.entry)) { titles[entry] = try await neighbours.entryTitle(entry) }
        var names: [PartyID: String] = [:]
        for party in Set(found.flatMap { [$0.provider, $0.recipient] }) {
            names[party] = try await neighbours.partyName(party)
        }
        return found.map { running in
            RunningLine(
                running: running, entry: titles[running.entry] ?? "",
                provider: names[running.provider] ?? "", recipient: names[running.recipient] ?? "")
        }
    }

    private func bring(_ visit: Visit) async throws -> Response {
        do {
            guard let file = try visit.form.file("file"), file.bytes > 0 else {
                throw ExchangeError.fieldsInvalid([
                    Problem.Place("file", Message("running.file-needed"))
                ])
            }
            let sheet = try await neighbours.read(file.path, file.fileName, RunningExchanges.rowsMax)
            let batch = try await desk.bring(sheet, named: file.fileName, by: visit.principal)
            return visit.redirect(to: "/running-exchanges/batches/\(batch.id)")
        } catch let error as any ProblemConvertible
            where error.problem.kind != .forbidden && error.problem.kind != .internalFault
        {
            return try visit.page(
                RunningNewPage(monthsMax: desk.monthsMax, errors: FormErrors(error.problem.ofTheSheet)),
                status: .unprocessableContent)
        }
    }

    private func returned(_ batch: ExchangeBatch, _ visit: Visit) async throws -> Response {
        let titles = ExchangeBatch.RefusedLine.titles { visit.text($0) }
        let rows = batch.refused.map { $0.returned { visit.text($0) } }
        return try await sheet(titles, rows, "running.returned-name", visit)
    }

    private func sheet(
        _ titles: [String], _ rows: [[String]], _ name: String, _ visit: Visit
    ) async throws -> Response {
        let made = try await neighbours.workbook(titles, visit.text(Message("running.sheet")), rows)
        return visit.download(
            fileAt: made.path, bytes: made.bytes, holding: made, as: visit.text(Message(name)) + ".xlsx",
            type: made.type)
    }

    private func show(
        _ running: RunningExchange, _ visit: Visit, errors: FormErrors? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        guard let line = try await lines([running]).first else { throw ExchangeError.runningNotFound }
        return try visit.page(
            RunningPage(
                RunningPage.Surroundings(
                    line: line, today: visit.now.date(), monthsMax: desk.monthsMax,
                    maySign: desk.side(of: visit.principal, on: running) != nil,
                    mayChange: running.state == .open && desk.may(.importExchange, running, visit.principal),
                    say: { visit.text($0) },
                    typed: visit.form.has(RunningColumn.items.rawValue) ? visit.form : nil, errors: errors)),
            status: status)
    }

    private func change(
        _ visit: Visit, _ done: String, _ act: (RunningExchange) async throws -> Void
    ) async throws -> Response {
        let running = try await desk.find(visit.id(), for: visit.principal)
        do {
            guard visit.form.integer("revision") == running.revision else {
                throw PolicyError.moved(kind: CaseNoun.kind, id: running.id.text)
            }
            try await act(running)
        } catch let error as any ProblemConvertible
            where error.problem.kind == .invalid || error.problem.kind == .conflict
            || error.problem.kind == .refused
        {
            return try await show(
                try await desk.find(running.id, for: visit.principal), visit,
                errors: FormErrors(error.problem),
                status: error.problem.kind == .conflict ? .conflict : .unprocessableContent)
        }
        return visit.redirect(
            to: "/running-exchanges/\(running.id)", saying: Notice(.done, Message(done)))
    }
}
