import Kernel
import Web

/// The six dimensions of GB/T 36344 for one report, and over versions.
enum ScoreTable {
    /// Every dimension stands there: one without an assessable rule is not assessable, which is neither 0 nor 100 %.
    static func table(_ report: QualityReport) -> Table {
        let scores = report.scores
        return Table(
            id: "scores", caption: Message("quality.scores"),
            columns: [
                Table.Column(Message("quality.dimension")),
                Table.Column(Message("quality.score"), isFigure: true),
                Table.Column(Message("quality.rules-assessed"), isFigure: true),
            ],
            rows: Dimension.allCases.map { dimension in
                let rules = report.results.filter { $0.indicator.dimension == dimension }
                return [
                    Table.Cell(.word(dimension.message)),
                    scores[dimension].map { Table.Cell(.share($0.partsPerMillion, of: 1_000_000)) }
                        ?? Table.Cell(Chip(RuleResult.Verdict.notAssessable.message)),
                    Table.Cell(.count(rules.count { $0.score != nil })),
                ]
            }, empty: EmptyState(Message("quality.no-rules-yet")))
    }

    /// Over the versions that were let through, the oldest first; nil while there is only one. A dimension has a line when every
    /// one of them could be assessed.
    static func history(_ reports: [StoredReport]) -> Chart? {
        let published = reports.filter { $0.version != nil }.map(\.report).reversed().filter {
            $0.overall() != nil
        }
        guard published.count > 1 else { return nil }
        let scores = published.map(\.scores)
        func hundredths(_ share: Share?) -> Int { (share?.partsPerMillion ?? 0) / 100 }
        let lines = Dimension.allCases.filter { dimension in scores.allSatisfy { $0[dimension] != nil } }
        return Chart(
            id: "score-history", title: Message("quality.score-history"), kind: .line,
            unit: Message("quality.unit-percent"), categories: published.map { .moment($0.at) },
            series: [
                Chart.Series(
                    .word(Message("quality.overall")), published.map { hundredths($0.overall()) }, tone: .good
                )
            ]
                + lines.map { dimension in
                    Chart.Series(.word(dimension.message), scores.map { hundredths($0[dimension]) })
                }, decimals: 2)
    }
}
