import Kernel
import Lake
import Policy
import Web

/// What joint tests of pushes have on the two pages.
extension JointTestPage {
    static func target(_ targets: [PushTarget], _ chosen: String) -> Field {
        Field.select(
            "target", Message("joint-test.target"),
            targets.enumerated().map { position, target in
                Field.Option(
                    target.id.text, .data(target.title),
                    isChosen: chosen.isEmpty ? position == 0 : chosen == target.id.text)
            }
        ).hint(Message("joint-test.target-hint", ["suffix": PushTest.suffix]))
            .asked(when: "delivery", is: [DeliveryKind.push.rawValue])
    }

    /// Also those that failed: why is told in the database's own words where it has any.
    static func table(_ pushes: [JointPush]) -> Table {
        Table(
            id: "joint-test-pushes", caption: Message("joint-test.pushes"),
            columns: [
                Table.Column(Message("joint-test.made-at")), Table.Column(Message("joint-test.table")),
                Table.Column(Message("joint-test.manner")),
                Table.Column(Message("joint-test.rows-before"), isFigure: true),
                Table.Column(Message("joint-test.rows-written"), isFigure: true),
                Table.Column(Message("joint-test.rows-after"), isFigure: true),
                Table.Column(Message("joint-test.column-standing")), Table.Column(Message("joint-test.said")),
            ],
            rows: pushes.map { push in
                [
                    Table.Cell(
                        .moment(push.madeAt), href: push.state == .done ? "/joint-tests/\(push.id)" : nil),
                    Table.Cell(.data("\(push.place.server) \(push.place.name)")),
                    Table.Cell(.word(Message("pushing.manner-\(push.manner.rawValue)"))),
                    Table.Cell(push.found?.rowsBefore.map { .count(Int($0)) } ?? .nothing),
                    Table.Cell(push.found.map { .count(Int($0.rowsOut)) } ?? .nothing),
                    Table.Cell(push.found.map { .count(Int($0.rowsAfter)) } ?? .nothing),
                    Table.Cell(push.chips),
                    Table.Cell(push.problem.map { .word($0) } ?? .nothing),
                ]
            }, count: pushes.count, empty: EmptyState(Message("joint-test.no-tests")))
    }
}

extension JointPush {
    var chips: [Chip] {
        let tone: Chip.Tone =
            switch state {
            case .running: .info
            case .done: .good
            case .failed: .bad
            }
        let outcome = Chip(Message("joint-test.push-state.\(state.rawValue)"), tone)
        guard table != .none else { return [outcome] }
        return [
            outcome,
            Chip(
                Message("joint-test.table-state.\(table.rawValue)"),
                table == .left || table == .clearing ? .warn : .neutral),
        ]
    }

    /// Beside the facts of its test.
    var facts: [(Message, Table.Cell)] {
        guard let found else { return [] }
        let rows = Message("joint-test.unit-rows")
        return [
            (Message("joint-test.table"), Table.Cell(.data("\(place.server) \(place.name)"), isCode: true)),
            (Message("joint-test.own-table"), Table.Cell(.data(ownTable), isCode: true)),
            (
                Message("joint-test.manner"),
                Table.Cell(.word(Message("pushing.manner-\(manner.rawValue)")))
            ),
            (
                Message("joint-test.rows-before"),
                found.rowsBefore.map { Table.Cell(.count(Int($0)), unit: rows) }
                    ?? Table.Cell(.word(Message("joint-test.table-made")))
            ),
            (Message("joint-test.rows-written"), Table.Cell(.count(Int(found.rowsOut)), unit: rows)),
            (Message("joint-test.rows-after"), Table.Cell(.count(Int(found.rowsAfter)), unit: rows)),
            (Message("joint-test.read-back"), Table.Cell(.data(found.contentDigest), isCode: true)),
            (Message("joint-test.column-standing"), Table.Cell(chips)),
            (
                Message(droppedAt == nil ? "joint-test.drop-at" : "joint-test.dropped-at"),
                Table.Cell(.moment(droppedAt ?? dropAt))
            ),
        ]
    }

    /// As the database declares them.
    var columns: Table {
        Table(
            id: "joint-test-columns", caption: Message("joint-test.columns"),
            columns: [
                Table.Column(Message("joint-test.column")), Table.Column(Message("joint-test.type")),
            ],
            rows: (found?.columns ?? []).map { text in
                let name = text.split(separator: " ", maxSplits: 1).map(String.init)
                return [
                    Table.Cell(.data(name.first ?? ""), isCode: true),
                    Table.Cell(.data(name.count > 1 ? name[1] : ""), isCode: true),
                ]
            }, empty: EmptyState(Message("joint-test.no-tests")))
    }
}
