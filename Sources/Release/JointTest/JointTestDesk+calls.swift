package import Identity
package import Kernel
package import Policy

/// A test's own interface: what a recipient's program asks in place of the grant's, with the same key, the same body and the same refusals.
extension JointTestDesk {
    package struct Page: Sendable {
        let columns: Schema
        let rows: [[Value]]
        /// Of look-ups: which key found the row, from 0.
        var keys: [Int]?
        /// Of pages: nil after the last.
        var next: String?
    }

    /// Rows for keys of the test: `keys(of:)` says which there are.
    ///
    /// - Throws: as `RowDesk.lookUp`, but for quota and rate, which a test has none of.
    package func lookUp(
        _ id: JointTestID, column name: String, keys: [String], by principal: Principal
    ) async throws -> Page {
        guard !keys.isEmpty else { throw ReleaseError.noKeys }
        guard keys.count <= parts.keysMax else { throw ReleaseError.tooManyKeys(max: parts.keysMax) }
        let work = try await open(id, .lookup, principal)
        let column = try work.test.plan.key(name)
        let wanted = try keys.enumerated().map { position, text in
            try LookUpKey.value(text, as: column.type, position: position)
        }
        let at = work.made.schema.firstIndex { $0.name.utf8.elementsEqual(column.name.utf8) }
        let leaving = try answers(work)
        var rows: [[Value]] = []
        var keys: [Int] = []
        for (position, key) in wanted.enumerated() {
            for found in leaving where at.map({ found.row[$0] == key }) ?? false {
                rows.append(found.values)
                keys.append(position)
            }
        }
        return Page(columns: work.test.plan.outputSchema, rows: rows, keys: keys)
    }

    /// Whether what is claimed of a key of the test is so. Tries are not counted.
    ///
    /// - Throws: as `RowDesk.verify`, but for quota, rate and tries.
    package func verify(
        _ id: JointTestID, _ call: VerifyCall, by principal: Principal
    ) async throws -> Bool {
        try call.demandClaims()
        let work = try await open(id, .verify, principal)
        let column = try work.test.plan.key(call.column)
        let key = try LookUpKey.value(call.key, as: column.type, position: 0)
        let program = try program(work)
        let claim = try call.claimed(work.made.schema, work.test.plan, program)
        guard let at = work.made.schema.firstIndex(where: { $0.name.utf8.elementsEqual(column.name.utf8) })
        else { return false }
        return work.made.rows.contains { row in
            row[at] == key && program.output(of: row).map(claim.holds) ?? false
        }
    }

    /// `cursor` is the one of the page before.
    package func page(
        _ id: JointTestID, limit: Int, cursor: String?, by principal: Principal
    ) async throws -> Page {
        guard (1...parts.pageRowsMax).contains(limit) else {
            throw ReleaseError.pageTooLarge(rowsMax: parts.pageRowsMax)
        }
        let work = try await open(id, .pages, principal)
        let leaving = try answers(work).map(\.values)
        let start: Int
        if let cursor {
            guard let number = Int(cursor), (1...max(1, leaving.count)).contains(number) else {
                throw ReleaseError.cursorUnknown
            }
            start = number
        } else {
            start = 0
        }
        let end = min(leaving.count, start + limit)
        return Page(
            columns: work.test.plan.outputSchema, rows: Array(leaving[start..<max(start, end)]),
            next: end < leaving.count ? String(end) : nil)
    }

    /// Every row of a test of pages.
    func whole(_ id: JointTestID, by principal: Principal) async throws -> Page {
        let work = try await open(id, .pages, principal)
        return Page(columns: work.test.plan.outputSchema, rows: try answers(work).map(\.values))
    }

    /// Verify calls that a program has to be ready for: what is so, what is not, a key that is nobody's, and one that is malformed.
    func verifySamples(
        of test: JointTest, under grant: Grant, keyColumns: [String], by principal: Principal
    ) async throws -> [(means: Message, body: JSON)] {
        let work = try await prepare(
            grant, test.delivery, rows: test.rowsMade, seed: test.seed, principal)
        let plan = work.test.plan
        guard let key = keyColumns.first(where: { (try? plan.key($0)) != nil }),
            let at = work.made.schema.firstIndex(where: { $0.name == key })
        else { return [] }
        let claimable = plan.outputs.filter { $0.source.name != key && $0.mask != .pseudonym }
        let rows = try answers(work).map(\.row).filter { $0[at] != .null }
        for output in claimable {
            guard let column = work.made.schema.firstIndex(where: { $0.name == output.source.name }),
                let row = rows.first(where: { Self.isPlain($0[column]) }),
                let other = rows.first(where: { Self.isPlain($0[column]) && $0[column] != row[column] })
            else { continue }
            func call(_ asked: String, _ claim: String) -> JSON {
                [
                    "column": .string(key), "key": .string(asked),
                    "claims": [output.source.name: .string(claim)],
                ]
            }
            let (known, claim) = (row[at].plainText, row[column].plainText)
            return [
                (Message("joint-test.call-true"), call(known, claim)),
                (Message("joint-test.call-false"), call(known, other[column].plainText)),
                (Message("joint-test.call-unknown"), call(Self.stranger(row[at]), claim)),
                (Message("joint-test.call-malformed"), call("", claim)),
            ]
        }
        return []
    }

    private static func isPlain(_ value: Value) -> Bool {
        value != .null && !value.plainText.isEmpty && value.plainText.utf8.count <= 60
    }

    /// Of the same form, and nobody's.
    private static func stranger(_ key: Value) -> String {
        switch key {
        case .integer: "-987654321"
        case .date: "1899-12-31"
        default: "LT-UNKNOWN-1"
        }
    }

    /// The first rows of a test as they leave, and of its key columns values that find something.
    package func sample(
        of test: JointTest, under grant: Grant, keyColumns: [String], rowsMax: Int, by principal: Principal
    ) async throws -> (page: Page, keys: [(column: String, values: [String])]) {
        let work = try await prepare(
            grant, test.delivery, rows: test.rowsMade, seed: test.seed, principal)
        let leaving = try answers(work)
        let page = Page(
            columns: work.test.plan.outputSchema, rows: leaving.prefix(rowsMax).map(\.values))
        let keys = keyColumns.compactMap { name -> (String, [String])? in
            guard (try? work.test.plan.key(name)) != nil,
                let at = work.made.schema.firstIndex(where: { $0.name == name })
            else { return nil }
            return (name, leaving.prefix(Self.keysShown).map { $0.row[at].plainText })
        }
        return (page, keys)
    }

    private static let keysShown = 5

    func open(
        _ id: JointTestID, _ delivery: DeliveryKind, _ principal: Principal
    ) async throws -> Work {
        let (test, grant) = try await test(id, for: principal)
        _ = try permissions.permit(.releaseRows, on: grant, for: principal)
        guard test.delivery == delivery else { throw JointTestError.otherDelivery }
        return try await prepare(grant, delivery, rows: test.rowsMade, seed: test.seed, principal)
    }
}

extension JointTestDesk.Page {
    /// What verify calls are answered.
    static func json(isSo: Bool, of test: JointTestID, under grant: GrantID) -> JSON {
        [
            "answer": .string(isSo ? "yes" : "no"), "synthetic": true, "jointTest": .string(test.text),
            "grant": .string(grant.text),
        ]
    }

    /// As the grant's own interface answers, with the test in place of release, version and record.
    package func json(of test: JointTestID, under grant: GrantID) -> JSON {
        var members: [String: JSON] = [
            "synthetic": true, "jointTest": .string(test.text), "grant": .string(grant.text),
            "columns": .array(columns.map { .string($0.name) }),
            "rows": .array(rows.map { .array($0.map(AnswerText.json)) }),
        ]
        if let keys {
            members["rowKeys"] = .array(keys.map { .integer(Int64($0)) })
        } else {
            members["next"] = .optional(next)
        }
        return .object(members)
    }
}
