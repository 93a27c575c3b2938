import HTTPTypes
import Hummingbird
package import Identity
package import Kernel
import Persistence
import Policy
package import Web

/// Pages and API of joint tests.
package struct JointTestSite: Sendable {
    let desk: JointTestDesk
    private let entryTitle: @Sendable (EntryID) async throws -> String
    private let keyColumns: @Sendable (EntryID) async throws -> [String]
    private let actors: Actors.Reader

    package init(
        _ desk: JointTestDesk, entryTitle: @escaping @Sendable (EntryID) async throws -> String,
        keyColumns: @escaping @Sendable (EntryID) async throws -> [String],
        actors: @escaping Actors.Reader
    ) {
        self.desk = desk
        self.entryTitle = entryTitle
        self.keyColumns = keyColumns
        self.actors = actors
    }

    package func routes(_ routes: inout Routes) {
        routes.get("/grants/:id/joint-test", .action(.readReceipt)) { visit in
            let grant = try await desk.grant(visit.id(), for: visit.principal)
            return try visit.page(JointTestPage(try await content(grant, visit)))
        }
        routes.post("/grants/:id/joint-tests", .action(.runJointTest)) { try await make($0) }
        routes.post("/grants/:id/joint-test/faults", .action(.runJointTest)) { try await tell($0) }
        routes.post("/joint-test-faults/:id/answer", .action(.answerJointTest)) { try await answer($0) }
        routes.post(
            "/grants/:id/joint-test/word", .anyOf([.acceptJointTest, .answerJointTest])
        ) { try await say($0) }
        routes.get("/joint-tests/:id", .action(.readReceipt)) { visit in
            try await one(try visit.id(), visit)
        }
        routes.post("/joint-tests/:id/table-removal", .action(.runJointTest)) { try await drop($0) }
        listRoutes(&routes)
        routes.get("/joint-tests/:id/file", .action(.runJointTest)) { visit in
            try visit.demandOwnPage()
            return try await file(visit)
        }
        callRoutes(&routes)
    }

    /// For the inbox; nil when nothing waits.
    package func reminder(for principal: Principal) async throws -> Table? {
        let waiting = try await desk.waiting(for: principal)
        guard !waiting.isEmpty else { return nil }
        var rows: [[Table.Cell]] = []
        for (grant, record) in waiting {
            rows.append([
                Table.Cell(
                    .data(try await entryTitle(grant.entry)), href: "/grants/\(grant.id)/joint-test"),
                Table.Cell(record.chip), Table.Cell(.word(record.sentence)),
            ])
        }
        return Table(
            id: "joint-tests-waiting", caption: Message("joint-test.waiting"),
            columns: [
                Table.Column(Message("joint-test.column-entry")),
                Table.Column(Message("joint-test.column-standing")),
                Table.Column(Message("joint-test.column-what")),
            ], rows: rows, count: rows.count, empty: EmptyState(Message("joint-test.no-tests")))
    }

    /// For the page of the request that a grant came of, and its dossier; nil where there is nothing to tell, or the reader may not know.
    package func block(
        of id: GrantID, for principal: Principal, at now: Instant
    ) async throws -> (sentence: Message, isGood: Bool, table: Table, href: String)? {
        guard desk.permissions.mayEver(.readReceipt, principal) else { return nil }
        let grant: Grant
        do { grant = try await desk.grant(id, for: principal) } catch PolicyError.grantNotFound { return nil }
        let record = try await desk.record(of: id, for: principal)
        let content = JointTestPage.Content(
            grant: grant, entry: "", record: record, actors: try await names(record), rowsMax: desk.rowsMax,
            now: now, may: { _ in false })
        return (
            record.sentence, !record.isPressing, JointTestPage.table(record.tests, of: content),
            "/grants/\(id)/joint-test"
        )
    }

    private func names(_ record: JointTestRecord) async throws -> Actors {
        let accounts =
            record.tests.map(\.madeBy) + record.words.map(\.by)
            + record.faults.flatMap { [$0.toldBy, $0.answeredBy].compactMap(\.self) }
        return try await Actors(of: accounts.map { "account:\($0)" }, reader: actors)
    }

    private func content(_ grant: Grant, _ visit: Visit) async throws -> JointTestPage.Content {
        let record = try await desk.record(of: grant.id, for: visit.principal)
        let (permissions, principal) = (desk.permissions, visit.principal)
        return JointTestPage.Content(
            grant: grant, entry: try await entryTitle(grant.entry), record: record,
            request: grant.requestPath(for: principal, permissions),
            actors: try await names(record), targets: try await desk.targets(for: principal),
            rowsMax: desk.rowsMax, now: visit.now,
            may: { permissions.allows($0, on: grant.subject, for: principal) })
    }

    /// A refusal is told on the page, beside the form that it is about; what is no refusal is the site's to tell.
    private func refused(
        _ problem: Problem, _ form: String, _ grant: GrantID, _ visit: Visit
    ) async throws -> Response {
        guard [.invalid, .refused, .conflict, .tooMany, .unavailable].contains(problem.kind) else {
            throw problem
        }
        let grant = try await desk.grant(grant, for: visit.principal)
        let page = JointTestPage(
            try await content(grant, visit),
            refused: JointTestPage.Refused(form: form, typed: visit.form, errors: FormErrors(problem)))
        let status: HTTPResponse.Status =
            problem.kind == .conflict
            ? .conflict : problem.kind == .tooMany ? .tooManyRequests : .unprocessableContent
        return try visit.page(page, status: status)
    }

    private func make(_ visit: Visit) async throws -> Response {
        let id: GrantID = try visit.id()
        do {
            guard let delivery = DeliveryKind(rawValue: visit.form["delivery"]) else {
                throw ReleaseError.formatUnknown(visit.form["delivery"])
            }
            let seed = visit.form["seed"]
            let number = Int64(seed)
            guard seed.isEmpty || number != nil else { throw JointTestError.seedMalformed }
            let made = try await desk.make(
                delivery, under: id, rows: visit.form.integer("rows") ?? 0, seed: number,
                into: visit.form.id("target"), by: visit.principal)
            return visit.redirect(
                to: "/joint-tests/\(made.id)", saying: Notice(.done, Message("joint-test.made")))
        } catch let error as any ProblemConvertible {
            return try await refused(error.problem, JointTestPage.Refused.making, id, visit)
        }
    }

    private func tell(_ visit: Visit) async throws -> Response {
        let id: GrantID = try visit.id()
        do {
            _ = try await desk.tell(
                visit.form["fault"], of: visit.form.id("test"), under: id, by: visit.principal)
            return visit.redirect(
                to: "/grants/\(id)/joint-test#faults", saying: Notice(.done, Message("joint-test.told")))
        } catch let error as any ProblemConvertible {
            return try await refused(error.problem, JointTestPage.Refused.telling, id, visit)
        }
    }

    private func answer(_ visit: Visit) async throws -> Response {
        let id: JointTestFaultID = try visit.id()
        let grant = try await desk.grant(of: id, for: visit.principal)
        do {
            _ = try await desk.answer(id, with: visit.form["answer"], by: visit.principal)
            return visit.redirect(
                to: "/grants/\(grant.id)/joint-test#faults",
                saying: Notice(.done, Message("joint-test.answered")))
        } catch let error as any ProblemConvertible {
            return try await refused(error.problem, id.text, grant.id, visit)
        }
    }

    private func say(_ visit: Visit) async throws -> Response {
        let id: GrantID = try visit.id()
        let verdict = JointTestWord.Verdict(rawValue: visit.form["verdict"]) ?? .passed
        do {
            _ = try await desk.say(verdict, note: visit.form["note"], under: id, by: visit.principal)
            return visit.redirect(
                to: "/grants/\(id)/joint-test",
                saying: Notice(.done, Message("joint-test.said.\(verdict.rawValue)")))
        } catch let error as any ProblemConvertible {
            return try await refused(error.problem, JointTestPage.Refused.waiving, id, visit)
        }
    }

    private func one(
        _ id: JointTestID, _ visit: Visit, errors: FormErrors? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let (test, grant) = try await desk.test(id, for: visit.principal)
        let account = "account:\(test.madeBy)"
        let names = try await Actors(of: [account], reader: actors)
        var content = JointTestRunPage.Content(
            test: test, entry: try await entryTitle(grant.entry), by: names[account],
            push: try await desk.push(of: id),
            mayFetch: grant.state == .active
                && desk.permissions.allows(.runJointTest, on: grant.subject, for: visit.principal),
            listBytesMax: desk.listBytesMax, now: visit.now)
        do {
            let keyColumns = try await keyColumns(grant.entry)
            (content.page, content.keys) = try await desk.sample(
                of: test, under: grant, keyColumns: keyColumns, rowsMax: JointTestRunPage.rowsShown,
                by: visit.principal)
            if test.delivery == .verify {
                content.calls = try await desk.verifySamples(
                    of: test, under: grant, keyColumns: keyColumns, by: visit.principal)
            }
        } catch let error as any ProblemConvertible { content.refusal = error.problem.message }
        return try visit.page(JointTestRunPage(content, errors: errors), status: status)
    }

    /// What the database says against it is told on the page.
    private func drop(_ visit: Visit) async throws -> Response {
        let id: JointTestID = try visit.id()
        do {
            try await desk.drop(id, by: visit.principal)
            return visit.redirect(
                to: "/joint-tests/\(id)", saying: Notice(.done, Message("joint-test.dropped")))
        } catch let problem as Problem where problem.kind == .unavailable {
            return visit.redirect(to: "/joint-tests/\(id)", saying: Notice(.warning, problem.message))
        }
    }

    private func listRoutes(_ routes: inout Routes) {
        routes.get("/joint-tests/:id/list", .action(.runJointTest)) { visit in
            try visit.demandOwnPage()
            return try await template(visit)
        }
        let bytesMax = desk.listBytesMax + Self.formBytes
        routes.post(
            "/joint-tests/:id/matches", .action(.runJointTest),
            body: .upload(bytesMax: bytesMax, door: .nameList)
        ) { visit in
            let id: JointTestID = try visit.id()
            do {
                guard let file = try visit.form.file("list") else {
                    var errors = FormErrors()
                    errors.add("list", Message("web.field-needed"))
                    return try await one(id, visit, errors: errors, status: .unprocessableContent)
                }
                return try await match(
                    TriedList(path: file.path, name: file.fileName, language: visit.language), visit)
            } catch let error as any ProblemConvertible
                where [.invalid, .refused, .tooLarge].contains(error.problem.kind)
            {
                var errors = FormErrors(error.problem)
                if errors["list"] == nil { errors.add("list", error.problem.message) }
                return try await one(id, visit, errors: errors, status: .unprocessableContent)
            }
        }
    }

    private static let formBytes = 64 << 10

    func template(_ visit: Visit) async throws -> Response {
        let list = try await desk.template(of: visit.id(), in: visit.language, by: visit.principal)
        return workbook(list.path, list.bytes, list.folder, list.name, visit)
    }

    func match(_ list: TriedList, keyColumn: String? = nil, _ visit: Visit) async throws -> Response {
        let answer = try await desk.match(visit.id(), list, keyColumn: keyColumn, by: visit.principal)
        return workbook(answer.path, answer.bytes, answer.folder, answer.name, visit)
    }

    private func workbook(
        _ path: String, _ bytes: Int64, _ folder: some Sendable, _ name: String, _ visit: Visit
    ) -> Response {
        var response = visit.download(
            fileAt: path, bytes: bytes, holding: folder, as: name,
            type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        response.headers[.cacheControl] = "no-store"
        return JointTestSite.marked(response)
    }

    func file(_ visit: Visit) async throws -> Response {
        let (test, path) = try await desk.file(of: visit.id(), by: visit.principal)
        var response = visit.download(
            fileAt: path, bytes: test.bytes ?? 0, holding: (), as: test.fileName, type: test.mediaType)
        response.headers[.cacheControl] = "no-store"
        return JointTestSite.marked(response)
    }

    /// Whatever a program makes of the body: the answer itself says that it is no data.
    static func marked(_ response: Response) -> Response {
        var response = response
        if let name = HTTPField.Name(JointTest.header) { response.headers[name] = "synthetic" }
        return response
    }
}
