import Cryptography
import Evidence
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Quality
import TestKit

/// Rows at hand, counted by Policy's own row evaluator: the same meaning as the engine's, held equal by its golden suite.
struct CountedRows: Sendable {
    let schema: Schema
    let rows: [[Value]]
    /// Ids the engine is to refuse.
    var refused: Set<String> = []

    struct Refusal: Error, ProblemConvertible {
        var problem: Problem { Problem(.refused, Message("test.refused")) }
    }

    func count(_ metrics: [Metric], samplesMax: Int, after: Int64 = 0) throws -> MetricReport {
        if metrics.contains(where: { refused.contains($0.id) }) { throw Refusal() }
        return MetricReport(
            rows: Int64(rows.count), results: try metrics.map { try result($0, samplesMax, Int(after)) })
    }

    private func result(_ metric: Metric, _ samplesMax: Int, _ after: Int) throws -> MetricResult {
        let verdicts: [Bool?]
        switch metric.kind {
        case .holds(let expression), .holdsWhere(let expression, _):
            let condition = RowCompiler.condition(try TypedExpression(predicate: expression, schema: schema))
            var judged: RowCondition?
            if case .holdsWhere(_, let condition) = metric.kind {
                judged = RowCompiler.condition(try TypedExpression(predicate: condition, schema: schema))
            }
            verdicts = rows.map { row -> Bool? in
                if let judged, judged(row) != .yes { return nil }
                switch condition(row) {
                case .yes: return true
                case .no: return false
                case .unknown: return nil
                }
            }
        case .unique(let columns):
            let places = columns.compactMap { name in schema.firstIndex { $0.name == name } }
            let keys = rows.map { row in places.map { row[$0] } }
            var counts: [[Value]: Int] = [:]
            for key in keys { counts[key, default: 0] += 1 }
            verdicts = keys.map { $0.contains(.null) ? nil : counts[$0] == 1 }
        case .determined(let columns, let column):
            let places = columns.compactMap { name in schema.firstIndex { $0.name == name } }
            let place = schema.firstIndex { $0.name == column } ?? 0
            let judged = rows.map { row in !(places + [place]).contains { row[$0] == .null } }
            var counts: [[Value]: [Value: Int]] = [:]
            for (row, isJudged) in zip(rows, judged) where isJudged {
                counts[places.map { row[$0] }, default: [:]][row[place], default: 0] += 1
            }
            verdicts = zip(rows, judged).map { row, isJudged in
                guard isJudged, let values = counts[places.map { row[$0] }] else { return nil }
                let most = values.values.max() ?? 0
                return values[row[place]] == most && values.values.count { $0 == most } == 1
            }
        // Other rows are the engine's to read; its own suite holds what it makes of them.
        case .reference: throw Refusal()
        case .memberOf(let column, let values):
            let place = schema.firstIndex { $0.name == column } ?? 0
            verdicts = rows.map { $0[place] == .null ? nil : values.contains($0[place]) }
        }
        let failing = verdicts.indices.filter { verdicts[$0] == false }
        return MetricResult(
            id: metric.id, evaluated: Int64(verdicts.count { $0 != nil }), failed: Int64(failing.count),
            undecided: Int64(verdicts.count { $0 == nil }),
            samples: failing.filter { $0 >= after }.prefix(samplesMax).map {
                FailingRow(number: Int64($0 + 1), values: rows[$0])
            })
    }
}

struct QualityCast: Sendable {
    let health = PartyID.new(at: .morning)
    let entry = EntryID.new(at: .morning)
    let steward: Principal
    let stranger: Principal
    /// Knows of every rule and keeps none of the data.
    let officer: Principal
    /// Knows of every rule, and may look at a value with a reason.
    let reviewer: Principal
    let auditor: Principal

    init() {
        func person(_ role: Role, _ party: PartyID) -> Principal {
            Principal(
                account: .new(at: .morning), party: party, post: nil, roles: [role], channel: .commandLine,
                displayName: "")
        }
        steward = person(.steward, health)
        stranger = person(.steward, .new(at: .morning))
        officer = person(.securityOfficer, .new(at: .morning))
        reviewer = person(.bureauReviewer, .new(at: .morning))
        auditor = person(.auditor, .new(at: .morning))
    }
}

func withQuality<Result>(
    _ dialect: Dialect, _ cast: QualityCast, grades: [String: GradeLevel] = [:],
    references: @escaping ReferencedVersion.Reader = { _, _ in nil },
    separatesAdministrators: Bool = false, revealsPerHourMax: Int = 20,
    permissions: Permissions = Permissions(), _ body: (Quality, any Database) async throws -> Result
) async throws -> Result {
    try await withDatabase(dialect, evidenceMigrations + qualityMigrations) { database in
        let evidence = EvidenceLog(
            node: "n441600", digest: .sm3,
            personalCipher: try Cipher(
                .aes256GCM, secrets: [1: [UInt8](repeating: 7, count: 32)], current: 1))
        try await evidence.prepare(database)
        let quality = Quality(
            database: database, permissions: permissions, evidence: evidence, clock: .fixed(.morning),
            grades: { _, _ in grades }, references: references,
            separatesAdministrators: separatesAdministrators, revealsPerHourMax: revealsPerHourMax
        ) { id, _ in id == cast.entry ? cast.health : nil }
        return try await body(quality, database)
    }
}

/// The day on which the rules of these tests begin.
let firstDay = Instant.morning.date()

func draft(_ check: Check, _ severity: Rule.Severity = .blocking, failing ppm: Int = 0) -> RuleDraft {
    RuleDraft(check, severity: severity, failedShareMax: Share(partsPerMillion: ppm), effectiveFrom: firstDay)
}
