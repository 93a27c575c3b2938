import Kernel
import Policy
import Web

/// Rows that left on each of the last days, also on those on which none did.
struct UsePerDay: Sendable {
    static let days = 30
    let from: CalendarDate
    let rows: [Int64]

    init(_ uses: [QuotaLedger.DayUse], until today: CalendarDate) {
        let from = today.adding(days: 1 - Self.days)
        var rows = [Int64](repeating: 0, count: Self.days)
        for use in uses {
            let position = use.day.daysSince1970 - from.daysSince1970
            if rows.indices.contains(position) { rows[position] += use.rows }
        }
        self.from = from
        self.rows = rows
    }

    var chart: Chart {
        Chart(
            id: "use-per-day", title: Message("release.use-per-day"), kind: .bar,
            unit: Message("release.rows"),
            categories: rows.indices.map { .date(from.adding(days: $0)) },
            series: [Chart.Series(.word(Message("release.use-rows")), rows.map(Int.init))])
    }
}

extension Table.Cell {
    /// Rows that left, and what of the quota is left where there is one.
    static func used(_ rows: Int64, of quota: Int64?) -> Table.Cell {
        Table.Cell(
            .count(Int(rows)),
            note: quota.map {
                .word(
                    Message(
                        "release.of-quota",
                        ["rows": Written.count(Int($0)), "left": Written.count(Int(max(0, $0 - rows)))]))
            })
    }
}
