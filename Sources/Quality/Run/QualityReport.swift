package import Kernel

/// What one rule found.
package struct RuleResult: Hashable, Sendable {
    package enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
        case passed
        /// More fails than should without a word, and not more than may.
        case warned
        case failed
        /// B = 0: no row could be judged, or there is nothing to compare with; neither good nor bad.
        case notAssessable = "not-assessable"
        /// The rule itself could not be run; the others were.
        case faulty

        package var message: Message { Message("quality.verdict.\(rawValue)") }
        package var isAssessed: Bool { self == .passed || self == .warned || self == .failed }
    }

    package let rule: RuleID
    package let revision: Int
    package let check: Check.Kind
    package let columns: [String]
    package let demand: Message
    package let severity: Rule.Severity
    package let indicator: Indicator
    package let evaluated: Int64
    package let failed: Int64
    package let failedShareMax: Share
    package let verdict: Verdict
    package let fault: Message?
    /// From 1, in the source's order: where to look. The values stay in the lake.
    package let failingRows: [Int64]
    /// For a rule that refers to another entry.
    package let comparedWith: ComparedWith?

    package init(
        rule: RuleID, revision: Int, check: Check.Kind, columns: [String], demand: Message,
        severity: Rule.Severity, indicator: Indicator, evaluated: Int64, failed: Int64,
        failedShareMax: Share, verdict: Verdict, fault: Message?, failingRows: [Int64],
        comparedWith: ComparedWith? = nil
    ) {
        self.rule = rule
        self.revision = revision
        self.check = check
        self.columns = columns
        self.demand = demand
        self.severity = severity
        self.indicator = indicator
        self.evaluated = evaluated
        self.failed = failed
        self.failedShareMax = failedShareMax
        self.verdict = verdict
        self.fault = fault
        self.failingRows = failingRows
        self.comparedWith = comparedWith
    }

    /// X = A / B of GB/T 36344, as the indicator counts: for an inverse one the share of what is wrong.
    package var share: Share? {
        Share(indicator.isInverse ? failed : evaluated - failed, of: evaluated)
    }
    /// The more the better, also for inverse indicators.
    package var score: Share? { Share(evaluated - failed, of: evaluated) }
    /// Also what had nothing to be compared with: nobody should take it for a pass.
    var asksForALook: Bool {
        switch verdict {
        case .warned, .failed, .faulty: true
        case .notAssessable: fault != nil
        case .passed: false
        }
    }
    package var stopsPublication: Bool {
        severity == .blocking && (verdict == .failed || verdict == .faulty)
    }
}

/// The evaluation of an entry's rules on one set of rows.
package struct QualityReport: Hashable, Sendable {
    package enum Gate: String, Hashable, Sendable, Codable, CaseIterable {
        case open
        case openWithWarnings = "open-with-warnings"
        case blocked

        package var message: Message { Message("quality.gate.\(rawValue)") }
    }

    package let id: QualityRunID
    package let entry: EntryID
    package let rows: Int64
    package let at: Instant
    package let results: [RuleResult]

    package var gate: Gate {
        if results.contains(where: \.stopsPublication) { return .blocked }
        return results.contains(where: \.asksForALook) ? .openWithWarnings : .open
    }

    /// The rules that stop publication, for the message that says so.
    package var blockers: [Problem.Place] {
        results.filter(\.stopsPublication).map { result in
            let columns = result.columns.joined(separator: ", ")
            return Problem.Place(
                "\(columns) \(result.failed)/\(result.evaluated)", result.fault ?? result.demand)
        }
    }

    /// Mean of the assessable rules' scores, rule by rule within an indicator and indicator by indicator within a dimension;
    /// a dimension without an assessable rule has no score.
    package var scores: [Dimension: Share] {
        var byIndicator: [Indicator: [Share]] = [:]
        for result in results {
            if let score = result.score { byIndicator[result.indicator, default: []].append(score) }
        }
        var byDimension: [Dimension: [Share]] = [:]
        for (indicator, shares) in byIndicator {
            if let mean = Share(meanOf: shares) { byDimension[indicator.dimension, default: []].append(mean) }
        }
        return byDimension.compactMapValues(Share.init(meanOf:))
    }

    /// Weighted mean of the assessable dimensions; nil when none is.
    package func overall(_ weights: DimensionWeights = .common) -> Share? {
        var sum = 0
        var weight = 0
        for (dimension, share) in scores {
            let own = weights.percent[dimension] ?? 0
            sum += share.partsPerMillion * own
            weight += own
        }
        return weight > 0 ? Share(partsPerMillion: sum / weight) : nil
    }
}

/// GB/T 36344-2018 sets no weights; these are the ones in common use, and a node may have its own.
package struct DimensionWeights: Hashable, Sendable {
    package let percent: [Dimension: Int]
    package init(percent: [Dimension: Int]) { self.percent = percent }
    package static let common = DimensionWeights(percent: [
        .normative: 20, .complete: 20, .accurate: 15, .consistent: 15, .timely: 15, .accessible: 15,
    ])
}

extension Share {
    init?(meanOf shares: [Share]) {
        guard !shares.isEmpty else { return nil }
        self.init(partsPerMillion: shares.reduce(0) { $0 + $1.partsPerMillion } / shares.count)
    }
}
