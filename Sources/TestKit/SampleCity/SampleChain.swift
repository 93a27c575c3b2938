import Casework
import Catalogue
import Cryptography
package import Exchange
package import Foundation
import Grading
import Hooking
import Identity
package import Kernel
import Lake
package import Policy
import Quality
package import Release
package import Server

/// Carries one table through the whole chain, by the same front doors that pages, API and commands use: entry → hook → version →
/// quality → grade → request → decisions → grant → explain → release → receipt → verify.
package struct SampleChain: Sendable {
    package struct Outcome: Sendable {
        package let grant: GrantID
        package let release: FileRelease
        package let receipt: URL
        package let findings: ReceiptDocument.Findings
    }

    private let node: Node
    private let people: SamplePeople
    private let rows: Int
    private let rowsWanted: Int
    private let deliveries: Set<DeliveryKind>
    private let tell: @Sendable (Message) -> Void

    package static let assistanceFile = "最低生活保障对象.csv"

    /// `rowsWanted` is the grant's quota in rows, some times the table's if nil. `tell` is told what has just been done, step by step.
    package init(
        _ node: Node, _ people: SamplePeople, rows: Int, rowsWanted: Int? = nil,
        deliveries: Set<DeliveryKind> = [.csv, .excel, .lookup, .pages, .nameList],
        tell: @escaping @Sendable (Message) -> Void
    ) {
        self.node = node
        self.people = people
        self.rows = rows
        self.rowsWanted = rowsWanted ?? max(100_000, rows * 4)
        self.deliveries = deliveries
        self.tell = tell
    }

    package func run() async throws -> Outcome {
        let entries = try await catalogue()
        guard let assistance = entries["assistance"], let enterprises = entries["enterprises"] else {
            throw Problem(.notFound, Message("demo.entry-missing"))
        }
        try await publish(
            assistance, "steward", file: Self.assistanceFile, keys: ["身份证号"], rules: Self.assistanceRules
        ) { try SampleTables().writeAssistance(to: $0, rows: rows) }
        try await publish(
            enterprises, "market-steward", file: "法人单位基本信息.csv", keys: ["统一社会信用代码"],
            rules: Self.enterpriseRules
        ) { try SampleTables().writeEnterprises(to: $0, rows: max(200, rows / 4)) }
        try await grade(assistance, "cdo")
        try await grade(enterprises, "market-cdo")
        let grant = try await request(assistance)
        try await explain(grant)
        return try await release(grant)
    }

    // MARK: - Entries

    private func catalogue() async throws -> [String: EntryID] {
        let reviewer = try people.principal("reviewer")
        var ids: [String: EntryID] = [:]
        for sample in SampleEntry.all {
            let steward = try people.principal(sample.steward)
            guard let owner = steward.party else { continue }
            let drafted = try await node.catalogue.draft(sample.card, owner: owner, by: steward)
            let submitted = try await node.catalogue.submit(drafted.id, seen: drafted.revision, by: steward)
            _ = try await node.catalogue.publish(submitted.id, seen: submitted.revision, by: reviewer)
            ids[sample.key] = drafted.id
        }
        tell(Message("demo.step.entries", ["count": String(ids.count)]))
        return ids
    }

    // MARK: - Hook, rules, version

    private func publish(
        _ entry: EntryID, _ steward: String, file: String, keys: [String], rules: [RuleDraft],
        write: (URL) throws -> SampleTables.Faults
    ) async throws {
        let steward = try people.principal(steward)
        let path = URL(filePath: node.hooking.uploadsFolder).appending(path: file)
        let faults = try write(path)
        let probe = try await node.hooking.probe(.text(path: path.path), for: entry, by: steward)
        var mapping = probe.mapping
        // A date that is none is a row for the rejects, not a reason to read the column as text.
        for position in mapping.columns.indices where mapping.columns[position].name.hasSuffix("日期") {
            mapping.columns[position].type = .date
            mapping.columns[position].dateFormats = [.dash]
        }
        _ = try await node.quality.add(rules, to: entry, by: steward)
        let hook = try await node.hooking.define(
            entry, source: .text(path: path.path), mapping: mapping, keyColumns: keys, by: steward)
        tell(Message("demo.step.hook", ["file": file, "columns": String(mapping.schema.count)]))
        let attempt = try await node.hooking.publish(hook.id, by: steward)
        if case .failed(let problem) = attempt.outcome { throw problem }
        guard let version = try await node.hooking.currentVersion(of: entry) else {
            throw HookingError.notFound
        }
        tell(
            Message(
                "demo.step.version",
                [
                    "number": String(version.number), "rows": String(version.rows),
                    "rejected": String(version.rejectedRows), "planted": String(faults.unreadableDates),
                ]))
        if let report = try await node.quality.reports(of: entry, for: steward, max: 1).first?.report {
            let failing = report.results.filter { $0.failed > 0 }.count
            tell(
                Message(
                    "demo.step.quality",
                    ["rules": String(report.results.count), "failing": String(failing)]))
        }
    }

    private static let since = CalendarDate(daysSince1970: 18_992)  // 2021-12-31

    private static let assistanceRules: [RuleDraft] = [
        RuleDraft(.notNull(column: "身份证号"), severity: .blocking, effectiveFrom: since),
        RuleDraft(
            .identifier(column: "身份证号", .citizenID), severity: .warning, effectiveFrom: since,
            citation: "GB 11643-1999"),
        RuleDraft(.notNull(column: "姓名"), severity: .warning, effectiveFrom: since),
        RuleDraft(
            .enumeration(column: "性别", values: ["男", "女"]), severity: .blocking, effectiveFrom: since,
            citation: "GB/T 2261.1"),
        RuleDraft(
            .range(column: "月保障金额", low: "0", high: "100000"), severity: .blocking, effectiveFrom: since),
        RuleDraft(.unique(columns: ["身份证号"]), severity: .warning, effectiveFrom: since),
    ]

    private static let enterpriseRules: [RuleDraft] = [
        RuleDraft(
            .identifier(column: "统一社会信用代码", .uscc), severity: .blocking, effectiveFrom: since,
            citation: "GB 32100-2015"),
        RuleDraft(.unique(columns: ["统一社会信用代码"]), severity: .blocking, effectiveFrom: since),
        RuleDraft(.notNull(column: "单位名称"), severity: .blocking, effectiveFrom: since),
    ]

    // MARK: - Grades

    private func grade(_ entry: EntryID, _ decider: String) async throws {
        let principal = try people.principal(decider)
        let book = try await node.grading.book(of: entry, for: principal)
        guard let version = try await node.hooking.currentVersion(of: entry) else {
            throw HookingError.notFound
        }
        let levels = version.schema.map { ($0.name, book.suggestion(for: $0.name)?.level ?? .l1) }
        let decided = try await node.grading.decide(
            Dictionary(levels, uniquingKeysWith: { first, _ in first }), of: entry, seen: book.revision,
            reason: nil, by: principal)
        let entryGrade = decided.grade(of: version.schema.map(\.name))?.rawValue ?? ""
        tell(Message("demo.step.grade", ["columns": String(levels.count), "grade": entryGrade]))
    }

    // MARK: - Request, decisions, grant

    private func request(_ entry: EntryID) async throws -> GrantID {
        let today = node.clock.now().date()
        let wish = RequestWish(
            columns: ["身份证号", "姓名", "户籍县区", "救助类别", "月保障金额", "状态"],
            rows: "户籍县区 = '源城区' AND 状态 = '在保'", purpose: "临时救助资格核验",
            legalBasis: "社会救助暂行办法第四十八条", businessItem: "临时救助审批",
            deliveries: deliveries,
            expectedRows: Int64(rowsWanted), dailyRows: Int64(rowsWanted / 2), from: today,
            to: today.adding(days: 365), retentionDays: 90, isCommitted: true, contactPost: "民政业务经办岗")
        return try await granted(
            entry, wish,
            offering: [
                .mask(column: "身份证号", .keepEnds(first: 6, last: 4)), .mask(column: "姓名", .surname),
            ])
    }

    /// Carries a request of the county from its draft to the grant; the provider offers it with further clauses.
    package func granted(
        _ entry: EntryID, _ wish: RequestWish, offering clauses: [Clause], provider: String = "cdo"
    ) async throws -> GrantID {
        let draft = try await node.exchange.draft(entry, wish, by: try people.principal("consumer"))
        var file = try await act(.submit, draft, "consumer")
        file = try await act(.signOff, file, "county-cdo")
        tell(Message("demo.step.request", ["purpose": wish.purpose]))
        file = try await act(.accept, file, "reviewer")
        tell(Message("demo.step.accepted"))
        let offered = try wish.clauses() + clauses
        file = try await act(.counter(offered), file, provider, Opinion(comment: "身份证号、姓名须脱敏"))
        tell(Message("demo.step.offered"))
        file = try await act(.acceptOffer, file, "consumer")
        guard let grant = file.grant else { throw Problem(.refused, Message("demo.grant-missing")) }
        tell(Message("demo.step.granted", ["grant": grant.text]))
        return grant
    }

    private func act(
        _ act: RequestAct, _ request: SharingRequest, _ key: String, _ opinion: Opinion = .none
    ) async throws -> SharingRequest {
        try await node.exchange.perform(
            act, on: request.id, seen: request.file.revision, by: try people.principal(key), opinion)
    }

    private func explain(_ id: GrantID) async throws {
        let explanation = try await node.explanation(of: id, for: try people.principal("consumer"))
        for message in [explanation.rows] + explanation.controls { tell(message) }
        for message in explanation.promises { tell(message) }
    }

    // MARK: - Release, receipt, verification

    private func release(_ grant: GrantID) async throws -> Outcome {
        let consumer = try people.principal("consumer")
        let release = try await node.files.make(.csv, under: grant, by: consumer)
        tell(
            Message(
                "demo.step.released",
                [
                    "rows": String(release.rowsOut ?? 0), "withheld": String(release.rowsWithheld ?? 0),
                    "path": node.files.path(of: release.id),
                ]))
        let document = try await node.receipts.document(of: release.id, for: consumer)
        let receipt = node.folder.root.appending(path: "receipts").appending(path: "\(release.id).json")
        try FileManager.default.createDirectory(
            at: receipt.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(document.json.pretty.utf8).write(to: receipt, options: .atomic)
        tell(Message("demo.step.receipt", ["path": receipt.path]))
        let read = try ReceiptDocument(try JSON.parse(Array(try Data(contentsOf: receipt))))
        let findings = try read.verify(
            trusting: node.keys.trustedKeys, file: (release.bytes ?? 0, release.sha256 ?? ""))
        tell(Message("demo.step.verified", ["at": findings.checkpointAt.description]))
        return Outcome(grant: grant, release: release, receipt: receipt, findings: findings)
    }
}
