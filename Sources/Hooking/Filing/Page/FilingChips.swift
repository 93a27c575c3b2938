import Kernel
import Web

/// Duties, periods and filings as pages show them.
extension FilingDuty {
    var deadlineMessage: Message {
        terms.deadlineWorkingDays == 0
            ? Message("hooking.deadline-last-day")
            : Message("hooking.deadline-nth", ["days": String(terms.deadlineWorkingDays)])
    }

    static let sample = FilingDuty(
        hook: HookPage.sampleHook.id, entry: HookPage.sampleHook.entry, owner: HookPage.sampleHook.owner,
        terms: Terms(
            cadence: .month, deadlineWorkingDays: 5, remindWorkingDays: 3, manner: .overlay,
            rowKey: ["身份证号"], since: CalendarDate(daysSince1970: 20_450)),
        revision: 2, setBy: HookPage.sampleHook.definedBy, setAt: HookPage.sampleHook.definedAt)
}

extension PeriodStanding {
    var chips: [Chip] {
        var chips = [Chip(Message("hooking.period-state.\(state.rawValue)"), tone)]
        if cameLate { chips.append(Chip(Message("hooking.came-late"), .warn)) }
        if isUrgent, !isOverdue {
            chips.append(Chip(Message("hooking.days-left", ["days": String(workingDaysLeft)]), .warn))
        }
        if isOverdue {
            chips.append(Chip(Message("hooking.days-late", ["days": String(-workingDaysLeft)]), .bad))
        }
        return chips
    }

    private var tone: Chip.Tone {
        switch state {
        case .open: .neutral
        case .due, .running: .info
        case .late, .missing: .bad
        case .arrived, .nothing: .good
        }
    }

    static let samples: [PeriodStanding] = State.allCases.enumerated().map { position, state in
        let period = Period(.month, containing: CalendarDate(daysSince1970: 20_700 - 31 * position))
        let isSettled = [.arrived, .nothing, .running].contains(state)
        return PeriodStanding(
            period: period, deadline: period.last.adding(days: 7), isProvisional: position == 0,
            state: state, filing: isSettled ? Filing.samples[state == .nothing ? 1 : 0] : nil,
            cameLate: state == .arrived,
            workingDaysLeft: state == .late || state == .missing ? -4 : 2, isUrgent: !isSettled)
    }
}

extension Filing.Manner {
    /// The choice between them, each with what it does.
    static func field(chosen: String) -> Field {
        Field.radios(
            "manner", Message("hooking.manner"),
            allCases.map { manner in
                Field.Option(
                    manner.rawValue, .word(manner.message),
                    hint: Message("hooking.manner-hint.\(manner.rawValue)"),
                    isChosen: manner.rawValue == chosen)
            }
        ).required()
    }
}

extension Filing {
    /// What came by itself, beside the form that says what is to come.
    static func arrivals(_ filings: [Filing], id: String, caption: Message) -> Table {
        Table(
            id: id, caption: caption,
            columns: [
                .init(Message("hooking.filed-at")), .init(Message("hooking.filed-what")),
                .init(Message("hooking.period")), .init(Message("hooking.outcome")),
            ],
            rows: filings.map { filing in
                [
                    Table.Cell(.moment(filing.filedAt), href: filing.attempt.map(HookingLinks.attempt)),
                    Table.Cell(filing.what),
                    Table.Cell(filing.period.map { .word($0.message) } ?? .nothing),
                    Table.Cell(filing.chip),
                ]
            }, empty: EmptyState(Message("hooking.no-filings")))
    }

    /// The file's name, or why there is none.
    var what: Label {
        switch kind {
        case .file: .data(fileName ?? "")
        case .nothing: .word(Message("hooking.nothing-because", ["reason": reason ?? ""]))
        }
    }

    var chip: Chip {
        if undoneAt != nil { return Chip(Message("hooking.undone"), .warn) }
        guard kind == .file else { return Chip(Message("hooking.period-state.nothing"), .good) }
        switch outcome {
        case .running: return Chip(Message("hooking.outcome.running"), .info)
        case .published: return Chip(Message("hooking.outcome.published"), .good)
        case .unchanged: return Chip(Message("hooking.outcome.unchanged"), .neutral)
        case .cancelled: return Chip(Message("hooking.outcome.cancelled"), .warn)
        case .failed, nil: return Chip(Message("hooking.outcome.failed"), .bad)
        }
    }

    static let samples: [Filing] = [
        sample(.file, .published(VersionID(high: 9, low: 4)), undone: false),
        sample(.nothing, nil, undone: false),
        sample(.file, .failed(HookingError.interrupted.problem), undone: false),
        sample(.file, .unchanged, undone: true),
        sample(.file, .running(.staging), undone: false), sample(.file, .cancelled, undone: false),
        sample(.file, .unchanged, undone: false),
    ]

    private static func sample(
        _ kind: Kind, _ outcome: PublishAttempt.Outcome?, undone: Bool
    ) -> Filing {
        let hook = HookPage.sampleHook
        return Filing(
            id: FilingID(high: 9, low: 6), hook: hook.id, entry: hook.entry, owner: hook.owner,
            period: Period("2026-10"), kind: kind, manner: .append, channel: .page,
            package: nil, upload: nil, sha256: nil, fileName: kind == .file ? "十月.csv" : nil,
            attempt: kind == .file ? JobID(high: 9, low: 5) : nil, outcome: outcome,
            servedBefore: VersionID(high: 9, low: 3), reason: kind == .nothing ? "本月无新增" : nil,
            filedBy: hook.definedBy, filedAt: hook.definedAt, undoneBy: undone ? hook.definedBy : nil,
            undoneAt: undone ? hook.definedAt : nil)
    }
}
