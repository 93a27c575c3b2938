package import Kernel
import Policy
package import Web

/// What a dry run counted, beside what was asked.
package struct TrialView: Sendable {
    /// Why there are no counts.
    package struct Failure: Sendable {
        package let message: Message
        package let remedy: Message?
        package let places: [RequestPage.Line]
        package let hasPlaces: Bool
    }

    package let action: String
    package let failure: Failure?
    package let summary: Message?
    package let overQuota: Message?
    package let chart: Chart?
    package let columns: Table?

    /// Before anything was run.
    init(of request: SharingRequest) {
        self.init(action: Self.action(request))
    }

    init(of request: SharingRequest, _ problem: Problem) {
        self.init(
            action: Self.action(request),
            failure: Failure(
                message: problem.message, remedy: problem.remedy,
                places: problem.places.map { RequestPage.Line(text: $0.message) },
                hasPlaces: !problem.places.isEmpty))
    }

    init(of request: SharingRequest, _ trial: RequestTrial) {
        let counts = trial.counted.counts
        let quota = trial.explanation.totalQuota.flatMap { $0 < counts.leaving ? $0 : nil }
        self.init(
            action: Self.action(request),
            summary: Message(
                "exchange.trial-summary",
                [
                    "version": String(trial.counted.number), "rows": Self.written(counts.rows),
                    "leaving": Self.written(counts.leaving), "withheld": Self.written(counts.withheld),
                ]),
            overQuota: quota.map { Message("exchange.trial-over-quota", ["quota": Self.written($0)]) },
            chart: Self.chart(counts, trial.explanation.conditions),
            columns: Self.table(counts, trial.explanation.columns))
    }

    private init(
        action: String, failure: Failure? = nil, summary: Message? = nil, overQuota: Message? = nil,
        chart: Chart? = nil, columns: Table? = nil
    ) {
        self.action = action
        self.failure = failure
        self.summary = summary
        self.overQuota = overQuota
        self.chart = chart
        self.columns = columns
    }

    static func action(_ request: SharingRequest) -> String { "/requests/\(request.id)/trials" }

    private static func written(_ count: Int64) -> String { Written.count(Int(count)) }

    /// Each condition alone shows which one keeps rows back; a single one says nothing that the whole does not.
    private static func chart(_ counts: DryRunCounts, _ conditions: [String]) -> Chart {
        let alone = conditions.count > 1 ? Array(zip(conditions, counts.conditions)) : []
        let met = [counts.leaving] + alone.map(\.1)
        return Chart(
            id: "trial-chart", title: Message("exchange.trial-chart"), kind: .row,
            unit: Message("exchange.unit-rows"),
            categories: [.word(Message("exchange.trial-all"))] + alone.map { .data($0.0) },
            series: [
                Chart.Series(.word(Message("exchange.trial-leaving")), met.map(Int.init), tone: .good),
                Chart.Series(
                    .word(Message("exchange.trial-withheld")), met.map { Int(counts.rows - $0) },
                    tone: .neutral),
            ], isStacked: true)
    }

    private static func table(_ counts: DryRunCounts, _ lines: [Explanation.ColumnLine]) -> Table {
        let treatments = Dictionary(
            lines.map { ($0.source.name, $0.treatment) }, uniquingKeysWith: { first, _ in first })
        return Table(
            id: "trial-columns", caption: Message("exchange.trial-columns"),
            columns: [
                Table.Column(Message("exchange.trial-column")),
                Table.Column(Message("exchange.trial-treatment")),
                Table.Column(Message("exchange.trial-values"), isFigure: true),
                Table.Column(Message("exchange.trial-changed-values"), isFigure: true),
                Table.Column(Message("exchange.trial-empty"), isFigure: true),
            ],
            rows: counts.columns.map { column in
                [
                    Table.Cell(.data(column.name)),
                    Table.Cell(treatments[column.name].map { .word($0) } ?? .nothing),
                    Table.Cell(.count(Int(counts.leaving - column.empty))),
                    Table.Cell(.count(Int(column.changed))), Table.Cell(.count(Int(column.empty))),
                ]
            }, empty: EmptyState(Message("exchange.trial-none")))
    }
}

/// Changed terms as they stand in a form, so that the form is shown again as it was filled in.
struct TriedTerms: Sendable {
    /// `counter` or `rule-grant`: which form it was.
    let act: String
    let form: SubmittedForm
}

extension RequestTrial {
    static func sample(_ explanation: Explanation) -> RequestTrial {
        let counts = DryRunCounts(
            rows: 12_480, conditions: [9_120, 11_004], leaving: 8_031,
            columns: [DryRunCounts.Column(name: "status", empty: 12, changed: 8_019)])
        return RequestTrial(
            clauses: [], explanation: explanation,
            counted: CountedVersion(
                version: VersionID(high: 7 << 48, low: 1 << 63), number: 3, counts: counts),
            at: Instant(microseconds: 1_795_600_000_000_000))
    }
}
