package import Kernel
import Lake
import Policy
package import Web

/// What the page of a live hook tells of its service, in place of versions: how it is doing, and what it is asked.
package struct LivePanel: Sendable {
    package let chip: Chip
    package let sentence: Message
    /// Where a steward says that the service is well again; nil when it is asked anyway.
    package let resetAction: String?
    package let facts: Facts

    init(_ source: LiveSource, _ standing: LiveStanding, of hook: Hook, mayAct: Bool) {
        let isActive = hook.state == .active
        chip = isActive ? standing.chip : hook.chip
        sentence =
            switch standing.breaker.state {
            case _ where !isActive: Message("hooking.live.state-paused")
            case .closed: Message("hooking.live.state-closed")
            case .open: Message("hooking.live.state-open")
            case .halfOpen: Message("hooking.live.state-half-open")
            }
        resetAction =
            mayAct && isActive && standing.breaker.state != .closed
            ? HookingLinks.hook(hook.id) + "/calls" : nil
        facts = Facts(Self.trouble(standing) + Self.figures(standing) + Self.facts(source))
    }

    private static func trouble(_ standing: LiveStanding) -> [(Message, Table.Cell)] {
        var facts: [(Message, Table.Cell)] = []
        if case .open(let until) = standing.breaker.state {
            facts.append((Message("hooking.live.next-try"), Table.Cell(.moment(until))))
        }
        if let fault = standing.lastFault {
            let told = Table.Cell(
                .word(fault.problem.message), note: standing.lastFaultAt.map { .moment($0) })
            facts.append((Message("hooking.live.last-fault"), told))
        }
        return facts
    }

    private static func facts(_ source: LiveSource) -> [(Message, Table.Cell)] {
        let credential: Message =
            switch source.credential {
            case .none: Message("hooking.live.credential.none")
            case .header(let name, _): Message("hooking.live.credential-header", ["name": name])
            case .basic(let user): Message("hooking.live.credential-basic", ["name": user])
            }
        return [
            (Message("hooking.live.method"), Table.Cell(.data(source.method.rawValue))),
            (
                Message("hooking.live.parameters"),
                Table.Cell(.data(source.parameters.map(\.line).joined(separator: "；")))
            ),
            (Message("hooking.live.credential"), Table.Cell(.word(credential))),
            (
                Message("hooking.live.records"),
                Table.Cell(source.records.isEmpty ? .nothing : .data(source.records), isCode: true)
            ),
            (
                Message("hooking.live.limits"),
                Table.Cell(
                    .word(
                        Message(
                            "hooking.live.limits-told",
                            [
                                "seconds": String(source.limits.secondsMax),
                                "calls": String(source.limits.callsMax),
                                "records": String(source.limits.recordsMax),
                                "bytes": Written.bytes(source.limits.answerBytesMax),
                            ])))
            ),
        ]
    }

    private static func figures(_ standing: LiveStanding) -> [(Message, Table.Cell)] {
        [
            (
                Message("hooking.live.answered"),
                Table.Cell(
                    .count(Int(standing.answered)), note: standing.lastAnswerAt.map { .moment($0) })
            ),
            (Message("hooking.live.failed"), Table.Cell(.count(Int(standing.failed)))),
            (
                Message("hooking.live.now"),
                Table.Cell(
                    .word(
                        Message(
                            "hooking.live.now-told",
                            ["running": String(standing.running), "waiting": String(standing.waiting)])))
            ),
        ]
    }

    static let sampleSource = LiveSource(
        base: "https://10.0.0.9:8443/person",
        parameters: [
            .init("kind", in: .query, .constant("1")),
            .init("id", in: .query, .key(column: "身份证号", type: .text)),
        ], credential: .header(name: "X-Api-Key", prefix: ""), records: "/data")

    /// Resting after faults.
    static let sampleStanding: LiveStanding = {
        var standing = LiveStanding()
        let at = Instant(microseconds: 1_767_574_800_000_000)
        for _ in 0..<LiveBreaker.faultsMax { standing.breaker.failed(at: at) }
        standing.answered = 1_204
        standing.failed = 5
        standing.lastFault = .timedOut(secondsMax: 5)
        standing.lastFaultAt = at
        standing.lastAnswerAt = at
        return standing
    }()
}

extension LiveStanding {
    package var chip: Chip {
        switch breaker.state {
        case .closed: Chip(Message("hooking.live.chip-closed"), .good)
        case .open: Chip(Message("hooking.live.chip-open"), .bad)
        case .halfOpen: Chip(Message("hooking.live.chip-half-open"), .warn)
        }
    }
}
