package import Kernel
package import Lake
package import Policy

/// Runs rules on rows: one scan for all, a second look only at the rows of rules that failed.
package struct Evaluation: Sendable {
    /// Counts metrics on the rows under judgement; `samplesMax` 0 asks for none.
    package typealias Count =
        @Sendable (_ metrics: [Metric], _ samplesMax: Int) async throws -> MetricReport
    /// The version that another entry serves; nil when there is nothing to compare with.
    package typealias References = @Sendable (EntryID) async throws -> ReferencedVersion?

    private let count: Count
    private let references: References
    private let clock: Clock

    package init(clock: Clock, references: @escaping References = { _ in nil }, count: @escaping Count) {
        self.clock = clock
        self.references = references
        self.count = count
    }

    /// Throws `QualityError` when no rule or no row was there to be judged: that is an error, not a pass.
    package func run(_ rules: [Rule], entry: EntryID, schema: Schema) async throws -> QualityReport {
        let now = clock.now()
        let effective = rules.filter { $0.isEffective(on: now.date()) }
        guard !effective.isEmpty else { throw QualityError.noRules(entry) }
        let versions = try await Self.versions(referredBy: effective.map(\.draft), references)
        var metrics: [Metric] = []
        var faults: [RuleID: RuleFault] = [:]
        for rule in effective {
            do throws(RuleFault) {
                metrics.append(
                    try rule.draft.metric(
                        id: rule.id, schema: schema, today: now.date(), references: versions))
            } catch {
                faults[rule.id] = error
            }
        }
        guard !metrics.isEmpty else {
            throw QualityError.nothingExecuted(entry, faults: effective.compactMap { faults[$0.id]?.message })
        }
        let counted = try await counted(metrics)
        guard counted.rows > 0 else { throw QualityError.noRows(entry) }
        for (id, fault) in counted.faults { faults[id] = fault }
        // Of a table that fails as a whole no row is to blame.
        let ofTables = Set(effective.filter { $0.draft.check.isOfTable }.map(\.id.text))
        let failing = metrics.filter {
            (counted.results[$0.id]?.failed ?? 0) > 0 && !ofTables.contains($0.id)
        }
        let samples = failing.isEmpty ? [:] : try await failingRows(failing)
        let results = effective.map { rule in
            Self.result(
                of: rule, counted: counted.results[rule.id.text], fault: faults[rule.id],
                failingRows: samples[rule.id.text] ?? [], comparedWith: rule.draft.compared(with: versions))
        }
        guard results.contains(where: \.verdict.isAssessed) else {
            throw QualityError.nothingExecuted(entry, faults: results.compactMap(\.fault))
        }
        return QualityReport(
            id: QualityRunID.new(at: now), entry: entry, rows: counted.rows, at: now, results: results)
    }

    /// Asked once an entry, so that all rules of a run compare with the same version.
    static func versions(
        referredBy drafts: [RuleDraft], _ references: References
    ) async throws -> [EntryID: ReferencedVersion] {
        var versions: [EntryID: ReferencedVersion] = [:]
        for draft in drafts {
            guard case .reference(_, let keys) = draft.check, versions[keys.entry] == nil else { continue }
            versions[keys.entry] = try await references(keys.entry)
        }
        return versions
    }

    private struct Counted {
        var rows: Int64 = 0
        var results: [String: MetricResult] = [:]
        var faults: [RuleID: RuleFault] = [:]
    }

    /// All at once; when the engine refuses, one by one, so that one bad rule does not take the others down with it.
    private func counted(_ metrics: [Metric]) async throws -> Counted {
        var out = Counted()
        do {
            try Self.take(try await count(metrics, 0), asked: metrics, into: &out)
            return out
        } catch let error where metrics.count > 1 && Self.blamesARule(error) {
            for metric in metrics {
                do {
                    try Self.take(try await count([metric], 0), asked: [metric], into: &out)
                } catch let error where Self.blamesARule(error) {
                    if let id = RuleID(metric.id) { out.faults[id] = .engine(Self.reason(error)) }
                }
            }
            // When every single one fails, it is the engine that is at fault, not the rules.
            if out.results.isEmpty { throw error }
            return out
        }
    }

    private static func take(_ report: MetricReport, asked: [Metric], into out: inout Counted) throws {
        out.rows = max(out.rows, report.rows)
        for result in report.results { out.results[result.id] = result }
        for metric in asked where out.results[metric.id] == nil {
            throw QualityError.answerMissing(rule: metric.id)
        }
    }

    private static func blamesARule(_ error: any Error) -> Bool {
        if error is CancellationError { return false }
        guard let problem = (error as? any ProblemConvertible)?.problem else { return true }
        return problem.kind == .invalid || problem.kind == .refused || problem.kind == .internalFault
    }

    private static func reason(_ error: any Error) -> String {
        (error as? any ProblemConvertible)?.problem.message.key ?? String(describing: type(of: error))
    }

    private func failingRows(_ metrics: [Metric]) async throws -> [String: [Int64]] {
        let report = try await count(metrics, RuleLimits.failingRowsKeptMax)
        var rows: [String: [Int64]] = [:]
        for result in report.results {
            rows[result.id] = result.samples.prefix(RuleLimits.failingRowsKeptMax).map(\.number)
        }
        return rows
    }

    private static func result(
        of rule: Rule, counted: MetricResult?, fault: RuleFault?, failingRows: [Int64],
        comparedWith: ComparedWith?
    ) -> RuleResult {
        let evaluated = counted?.evaluated ?? 0
        let failed = rule.draft.check.failures(of: evaluated, counted: counted?.failed ?? 0)
        let verdict: RuleResult.Verdict
        if case .referenceGone = fault {
            verdict = .notAssessable
        } else if fault != nil || counted == nil {
            verdict = .faulty
        } else if evaluated == 0 {
            verdict = .notAssessable
        } else if !rule.draft.failedShareMax.allows(failed, of: evaluated) {
            verdict = .failed
        } else if let limit = rule.draft.warnedShareMax, !limit.allows(failed, of: evaluated) {
            verdict = .warned
        } else {
            verdict = .passed
        }
        return RuleResult(
            rule: rule.id, revision: rule.revision, check: rule.draft.check.kind,
            columns: rule.draft.check.columns, demand: rule.draft.demand.message,
            severity: rule.draft.severity, indicator: rule.draft.indicator, evaluated: evaluated,
            failed: failed, failedShareMax: rule.draft.failedShareMax, verdict: verdict,
            fault: fault?.message, failingRows: failingRows, comparedWith: comparedWith)
    }
}

extension Share {
    /// Compared exactly: 3 of 1,000,003 rows are more than 2.9 parts per million, whatever rounding says.
    func allows(_ failed: Int64, of evaluated: Int64) -> Bool {
        Int128(failed) * 1_000_000 <= Int128(evaluated) * Int128(partsPerMillion)
    }
}

extension RuleDraft {
    /// The version that its values were compared with; nil for rules that compare with none.
    func compared(with versions: [EntryID: ReferencedVersion]) -> ComparedWith? {
        guard case .reference(_, let keys) = check, let version = versions[keys.entry] else { return nil }
        return ComparedWith(entry: keys.entry, version: version.version, number: version.number)
    }
}
