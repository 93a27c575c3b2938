package import Kernel
package import Web

/// One attempt to publish: how far it is, or how it ended and what can be done.
package struct AttemptPage: Page {
    package struct Stage: Sendable {
        package let title: Message
        package let isCurrent: Bool
        package let isAhead: Bool
    }
    package struct Running: Sendable {
        package let href: String
        package let stages: [Stage]
        package let permille: Int
        package let figures: Message
        package let cancelAction: String?
    }
    package struct Again: Sendable {
        package let action: String
        package let revision: Int
        /// Whether there is nothing to put right first.
        package let isFirst: Bool
    }

    package static let template = "hooking/attempt"
    package let title: Message
    package let head: Head
    package let running: Running?
    package let problem: ShownProblem?
    package let sentence: Message?
    /// What is served all the same, when this made nothing new.
    package let served: Message?
    package let facts: Facts
    package let rejectsHref: String?
    /// What has to be put right before another attempt can end better.
    package let remedyAct: Act?
    package let nexts: [Act]
    package let again: Again?

    init(
        _ place: HookingPlace, _ attempt: PublishAttempt, version: PublishedVersion?, hookRevision: Int,
        mayAct: Bool
    ) {
        title = Message("hooking.attempt")
        head = Head(
            .word(title), subtitle: .data(place.entryTitle), crumbs: place.crumbs,
            chain: place.chain(at: .version),
            chips: [attempt.chip])
        running = Self.running(attempt, mayAct: mayAct)
        if case .failed(let refusal) = attempt.outcome {
            problem = ShownProblem(refusal)
        } else {
            problem = nil
        }
        sentence =
            switch attempt.outcome {
            case .published: Message("hooking.published-why")
            case .unchanged: Message("hooking.unchanged-why")
            case .cancelled: Message("hooking.cancelled-why")
            default: nil
            }
        let isNew =
            switch attempt.outcome {
            case .published, .running: true
            default: false
            }
        served = isNew ? nil : place.served ?? Message("hooking.nothing-served")
        facts = Facts(Self.facts(attempt, version))
        let remedies = mayAct ? Self.remedies(place, attempt) : []
        remedyAct = remedies.first
        nexts = remedies.dropFirst() + Self.nexts(place, attempt)
        rejectsHref =
            mayAct && attempt.hasRejects ? HookingLinks.rejects(attempt.id) : nil
        let mayRunAgain =
            switch attempt.outcome {
            case .failed, .cancelled: mayAct
            default: false
            }
        again =
            mayRunAgain
            ? Again(
                action: HookingLinks.hook(attempt.hook) + "/publications", revision: hookRevision,
                isFirst: remedies.isEmpty) : nil
    }

    private static func remedies(_ place: HookingPlace, _ attempt: PublishAttempt) -> [Act] {
        guard case .failed(let problem) = attempt.outcome else { return [] }
        let key = problem.message.key
        if key.hasPrefix("quality.") {
            return [Act(Message("hooking.to-report"), HookingLinks.rules(place.entry))]
        }
        guard key.hasPrefix("source.") || key == "hooking.drifted" else { return [] }
        return [
            Act(Message("hooking.change-mapping"), HookingLinks.reading(place.entry)),
            Act(Message("hooking.change-source"), HookingLinks.source(place.entry)),
        ]
    }

    private static func nexts(_ place: HookingPlace, _ attempt: PublishAttempt) -> [Act] {
        let hook = Act(Message("hooking.to-hook"), HookingLinks.hook(attempt.hook))
        switch attempt.outcome {
        case .running: return []
        case .published:
            return [Act(Message("hooking.to-entry"), HookingLinks.entry(place.entry) + "#versions"), hook]
        default: return [hook]
        }
    }

    private static func running(_ attempt: PublishAttempt, mayAct: Bool) -> Running? {
        guard case .running(let stage) = attempt.outcome else { return nil }
        let all = PublishAttempt.Stage.allCases
        let now = all.firstIndex(of: stage) ?? 0
        return Running(
            href: HookingLinks.attempt(attempt.id),
            stages: all.enumerated().map { position, stage in
                Stage(
                    title: Message("hooking.stage.\(stage.rawValue)"), isCurrent: position == now,
                    isAhead: position > now)
            }, permille: attempt.permille,
            figures: Message("hooking.progress", ["rows": Written.count(Int(attempt.rowsRead))]),
            cancelAction: mayAct ? HookingLinks.attempt(attempt.id) + "/cancellation" : nil)
    }

    private static func facts(
        _ attempt: PublishAttempt, _ version: PublishedVersion?
    ) -> [(Message, Table.Cell)] {
        var facts: [(Message, Table.Cell)] = []
        if let version {
            let number = Message("hooking.version-number", ["number": String(version.number)])
            facts += [
                (Message("hooking.number"), Table.Cell(.word(number))),
                (Message("hooking.rows"), Table.Cell(.count(Int(version.rows)))),
                (Message("hooking.digest"), Table.Cell(.data(version.contentDigest), isCode: true)),
                (Message("hooking.files-digest"), Table.Cell(.data(version.manifestDigest), isCode: true)),
            ]
        }
        facts.append((Message("hooking.rejected"), Table.Cell(.count(Int(attempt.rowsRejected)))))
        facts.append((Message("hooking.started"), Table.Cell(.moment(attempt.startedAt))))
        if let end = attempt.endedAt { facts.append((Message("hooking.ended"), Table.Cell(.moment(end)))) }
        return facts
    }

    package static let samples: [AttemptPage] =
        PublishAttempt.samples.map {
            AttemptPage(.sample, $0, version: nil, hookRevision: 1, mayAct: true)
        }
}
