import Casework
package import Kernel
package import Web

/// One deadline and how it was reckoned, as an official would reckon it on paper.
package struct RequestClock: Sendable {
    package let title: Message
    package let status: Chip
    package let supervision: Chip?
    package let isOpen: Bool
    package let sentence: Message
    package let pauses: [Message]
    package let basis: String
    package let standing: Message
    package let provisional: Message?
    package let spans: Table
    /// Its reckoning stands open: of a clock that runs, and wherever it is to be printed.
    package private(set) var isUnfolded: Bool

    var unfolded: RequestClock {
        var clock = self
        clock.isUnfolded = true
        return clock
    }

    /// In their order; a duty that came twice has two clocks of one name.
    static func all(
        _ readings: [(CaseClock, ClockReading)], _ papers: [PaperApproval] = [], of file: Case? = nil
    ) -> [RequestClock] {
        readings.enumerated().map { position, pair in
            let before = readings[..<position].filter { $0.0.name == pair.0.name }
            return RequestClock(
                pair.0, pair.1, number: before.count + 1,
                paper: file.flatMap { judgement(pair.0, pair.1, papers, $0) })
        }
    }

    /// By the day signed, where an entry says so; the clock and its reading stay what they are.
    private static func judgement(
        _ clock: CaseClock, _ reading: ClockReading, _ papers: [PaperApproval], _ file: Case
    ) -> Message? {
        guard clock.name == "answer", let stopped = clock.stoppedOn, let due = reading.due else { return nil }
        let paper = papers.last { paper in
            paper.caseState == "decision" && paper.opinion.isJudgedBySigned && paper.state != .objected
                && file.history.contains {
                    $0.revision == paper.countedRevision && $0.from != $0.to && $0.at.date() == stopped
                }
        }
        guard let signedOn = paper?.opinion.signedOn else { return nil }
        return Message(
            signedOn <= due ? "paper.clock-kept" : "paper.clock-missed",
            [
                "signedOn": signedOn.description, "due": due.description, "stopped": stopped.description,
            ])
    }

    init(_ clock: CaseClock, _ reading: ClockReading, number: Int = 1, paper: Message? = nil) {
        title = Message("exchange.clock.\(clock.name)")
        status = Chip(reading.status.word, Self.tone(reading.status))
        supervision = clock.supervision.map { Chip($0.word, .bad) }
        isOpen = clock.isOpen
        isUnfolded = clock.isOpen
        sentence = Self.sentence(clock, reading)
        pauses =
            clock.pauses.map { pause in
                guard let end = pause.to else {
                    return Message("exchange.clock-paused-since", ["from": pause.from.description])
                }
                return Message(
                    "exchange.clock-paused", ["from": pause.from.description, "to": end.description])
            }
            + (clock.extension.map {
                [
                    Message(
                        "exchange.clock-extended",
                        [
                            "on": $0.on.description, "days": String($0.workingDays), "reason": $0.reason,
                        ])
                ]
            } ?? []) + [paper].compactMap(\.self)
        basis = clock.rule.clause
        standing = Message("casework.standing.\(clock.rule.standing.rawValue)")
        provisional = reading.isProvisional ? Message("casework.span.provisional") : nil
        spans = Self.table(clock, reading, number: number)
    }

    private static func tone(_ status: ClockReading.Status) -> Chip.Tone {
        switch status {
        case .running: .info
        case .paused: .warn
        case .met: .good
        case .overdue: .bad
        }
    }

    private static func sentence(_ clock: CaseClock, _ reading: ClockReading) -> Message {
        var arguments = [
            "from": clock.startedOn.description, "allowed": String(reading.workingDays),
            "counted": String(reading.countedDays), "left": String(reading.remainingDays),
        ]
        let starts = clock.rule.startRule == .followingDay ? "following" : "same"
        arguments["due"] = reading.due?.description ?? ""
        arguments["late"] = String(reading.overdueDays)
        guard reading.due != nil else { return Message("exchange.clock-waits", arguments) }
        return reading.status == .overdue
            ? Message("exchange.clock-late-\(starts)", arguments)
            : Message("exchange.clock-counts-\(starts)", arguments)
    }

    private static func table(_ clock: CaseClock, _ reading: ClockReading, number: Int) -> Table {
        var before = 0
        let rows = reading.spans.map { span in
            let added = span.counted - before
            before = span.counted
            return [
                Table.Cell(.date(span.from)), Table.Cell(.date(span.to)),
                Table.Cell(
                    .word(span.reason),
                    note: span.isProvisional ? .word(Message("exchange.provisional")) : nil),
                Table.Cell(added == 0 ? .nothing : .count(added)), Table.Cell(.count(span.counted)),
            ]
        }
        return Table(
            id: number == 1 ? "clock-\(clock.name)" : "clock-\(clock.name)-\(number)",
            caption: Message("exchange.clock-arithmetic"),
            columns: [
                Table.Column(Message("exchange.clock-first-day")),
                Table.Column(Message("exchange.clock-last-day")),
                Table.Column(Message("exchange.clock-nature")),
                Table.Column(Message("exchange.clock-added"), isFigure: true),
                Table.Column(Message("exchange.clock-so-far"), isFigure: true),
            ], rows: rows, empty: EmptyState(Message("exchange.clock-none")))
    }
}
