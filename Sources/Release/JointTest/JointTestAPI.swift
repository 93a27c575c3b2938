import HTTPTypes
import Hummingbird
import Kernel
import Policy
import Web

/// What programs ask: tests are made and read under the grant; their rows under the test itself, as the grant's are under the grant.
extension JointTestSite {
    private static let bodyBytesMax = 2 << 20

    func callRoutes(_ routes: inout Routes) {
        routes.get(
            "/api/v1/grants/:id/joint-tests", .action(.readReceipt), describing: .listJointTests
        ) { visit in
            visit.json(try await desk.record(of: visit.id(), for: visit.principal).json)
        }
        routes.post(
            "/api/v1/grants/:id/joint-tests", .action(.runJointTest), body: .json(),
            describing: .makeJointTest
        ) { try await callMake($0) }
        routes.get("/api/v1/joint-tests/:id", .action(.readReceipt), describing: .readJointTest) { visit in
            let test = try await desk.test(visit.id(), for: visit.principal).test
            return JointTestSite.marked(visit.json(try await document(of: test)))
        }
        routes.delete(
            "/api/v1/joint-tests/:id/table", .action(.runJointTest), describing: .dropJointTestTable
        ) { visit in visit.json(try await desk.drop(visit.id(), by: visit.principal).json) }
        rowRoutes(&routes)
        recordRoutes(&routes)
    }

    private func rowRoutes(_ routes: inout Routes) {
        routes.get("/api/v1/joint-tests/:id/file", .action(.runJointTest), describing: .jointTestFile) {
            visit in
            try visit.demandOwnPage()
            return try await file(visit)
        }
        routes.get("/api/v1/joint-tests/:id/rows", .action(.releaseRows), describing: .jointTestRows) {
            try await callPage($0)
        }
        routes.post(
            "/api/v1/joint-tests/:id/lookups", .action(.releaseRows),
            body: .json(bytesMax: Self.bodyBytesMax), describing: .jointTestLookUp
        ) { try await callLookUp($0) }
        routes.get("/api/v1/joint-tests/:id/stream", .action(.releaseRows), describing: .jointTestStream) {
            try await stream($0)
        }
        routes.post(
            "/api/v1/joint-tests/:id/verifications", .action(.releaseRows), body: .json(),
            describing: .jointTestVerify
        ) { visit in
            let id: JointTestID = try visit.id()
            let grant = try await desk.test(id, for: visit.principal).grant.id
            let isSo = try await desk.verify(
                id, try VerifyCall(json: visit.json, under: grant), by: visit.principal)
            return JointTestSite.marked(
                visit.json(JointTestDesk.Page.json(isSo: isSo, of: id, under: grant)))
        }
        routes.get("/api/v1/joint-tests/:id/list", .action(.runJointTest), describing: .jointTestList) {
            visit in
            try visit.demandOwnPage()
            return try await template(visit)
        }
        routes.post(
            "/api/v1/joint-tests/:id/name-lists", .action(.releaseRows),
            body: .upload(bytesMax: desk.listBytesMax + Self.bodyBytesMax, door: .nameList),
            describing: .jointTestMatch
        ) { try await callMatch($0) }
    }

    private func recordRoutes(_ routes: inout Routes) {
        routes.post(
            "/api/v1/grants/:id/joint-test/faults", .action(.runJointTest), body: .json(),
            describing: .tellJointTestFault
        ) { visit in
            let body = try visit.members(["fault", "jointTest"])
            guard let text = body["fault"]?.string else { throw ReleaseError.bodyMalformed(member: "fault") }
            var test: JointTestID?
            if let named = body["jointTest"]?.string {
                guard let id = JointTestID(named) else { throw JointTestError.notFound }
                test = id
            }
            let fault = try await desk.tell(text, of: test, under: visit.id(), by: visit.principal)
            return visit.json(fault.json, status: .created)
        }
        routes.post(
            "/api/v1/joint-test-faults/:id/answer", .action(.answerJointTest), body: .json(),
            describing: .answerJointTestFault
        ) { visit in
            guard let text = try visit.members(["answer"])["answer"]?.string else {
                throw ReleaseError.bodyMalformed(member: "answer")
            }
            return visit.json(try await desk.answer(visit.id(), with: text, by: visit.principal).json)
        }
        routes.post(
            "/api/v1/grants/:id/joint-test/word", .anyOf([.acceptJointTest, .answerJointTest]),
            body: .json(), describing: .sayJointTest
        ) { visit in
            let body = try visit.members(["verdict", "note"])
            guard let verdict = body["verdict"]?.string.flatMap(JointTestWord.Verdict.init(rawValue:)) else {
                throw ReleaseError.bodyMalformed(member: "verdict")
            }
            return visit.json(
                try await desk.say(
                    verdict, note: body["note"]?.string ?? "", under: visit.id(), by: visit.principal
                ).json)
        }
    }

    private func callMake(_ visit: Visit) async throws -> Response {
        let body = try visit.members(["delivery", "rows", "seed", "target"])
        guard let word = body["delivery"]?.string else {
            throw ReleaseError.bodyMalformed(member: "delivery")
        }
        guard let delivery = DeliveryKind(rawValue: word) else { throw ReleaseError.formatUnknown(word) }
        let (rows, seed) = (body["rows"], body["seed"])
        guard rows == nil || rows?.integer != nil else { throw ReleaseError.bodyMalformed(member: "rows") }
        guard seed == nil || seed?.integer != nil else { throw ReleaseError.bodyMalformed(member: "seed") }
        var target: PushTargetID?
        if let named = body["target"]?.string {
            guard let id = PushTargetID(named) else { throw PushFault.targetNotFound }
            target = id
        }
        let made = try await desk.make(
            delivery, under: visit.id(),
            rows: rows?.integer.map { Int(clamping: $0) } ?? JointTest.rowsStandard,
            seed: seed?.integer, into: target, by: visit.principal)
        var response = visit.json(try await document(of: made), status: .created)
        response.headers[.location] = "/api/v1/joint-tests/\(made.id)"
        return JointTestSite.marked(response)
    }

    /// With what a push of it has at the database.
    private func document(of test: JointTest) async throws -> JSON {
        let push = try await desk.push(of: test.id)
        return .object((test.json.object ?? [:]).merging(["push": push?.json ?? .null]) { $1 })
    }

    private func callMatch(_ visit: Visit) async throws -> Response {
        guard let file = try visit.form.file("list") else { throw ReleaseError.bodyMalformed(member: "list") }
        func given(_ name: String) -> String? {
            visit.form[name].isEmpty ? nil : visit.form[name]
        }
        let kind = given("kind").map(NameListKey.init(rawValue:))
        if case .some(.none) = kind { throw NameListError.columnUnknown(field: "kind") }
        let list = TriedList(
            path: file.path, name: file.fileName, key: given("key"), kind: kind ?? nil,
            caseNumber: given("case"), language: visit.language)
        return try await match(list, keyColumn: given("keyColumn"), visit)
    }

    private func callPage(_ visit: Visit) async throws -> Response {
        let id: JointTestID = try visit.id()
        let limit = visit.query.has("limit") ? visit.query.integer("limit") ?? 0 : 100
        let cursor = visit.query.has("after") ? visit.query["after"] : nil
        let page = try await desk.page(id, limit: limit, cursor: cursor, by: visit.principal)
        let grant = try await desk.test(id, for: visit.principal).grant.id
        return JointTestSite.marked(visit.json(page.json(of: id, under: grant)))
    }

    private func callLookUp(_ visit: Visit) async throws -> Response {
        let id: JointTestID = try visit.id()
        let body = try visit.members(["column", "keys"])
        guard let column = body["column"]?.string else { throw ReleaseError.bodyMalformed(member: "column") }
        guard let keys = body["keys"]?.array else { throw ReleaseError.bodyMalformed(member: "keys") }
        let texts = try keys.enumerated().map { position, key in
            guard let text = key.string else {
                throw ReleaseError.keyMalformed(position: position, type: "string")
            }
            return text
        }
        let page = try await desk.lookUp(id, column: column, keys: texts, by: visit.principal)
        let grant = try await desk.test(id, for: visit.principal).grant.id
        return JointTestSite.marked(visit.json(page.json(of: id, under: grant)))
    }
}
