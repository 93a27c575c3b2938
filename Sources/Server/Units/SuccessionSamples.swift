import Identity
import Kernel

extension Succession {
    static let sample = Succession(
        id: SuccessionID(high: 7, low: 51),
        order: SuccessionOrder(
            kind: .split, predecessors: [Party.sample.id],
            successors: [PartyID(high: 7, low: 52), PartyID(high: 7, low: 53)],
            date: CalendarDate(daysSince1970: 20_100), document: "示例函〔2024〕1号"),
        state: .planned, revision: 3,
        problem: Message("succession.fault.under-way", ["title": "低保对象信息"]),
        madeAt: Instant(microseconds: 1_728_000_000_000_000), confirmedBy: nil, confirmedPost: nil,
        endedAt: nil, lines: [], linesDigest: nil)

    static let sampleDone: Succession = {
        let lines = SuccessionRehearsal.sampleLines
        return Succession(
            id: SuccessionID(high: 7, low: 54),
            order: SuccessionOrder(
                kind: .merge, predecessors: [Party.sample.id], successors: [PartyID(high: 7, low: 52)],
                date: CalendarDate(daysSince1970: 20_000), document: "示例函〔2024〕2号"),
            state: .done, revision: 3, problem: nil, madeAt: Instant(microseconds: 1_728_000_000_000_000),
            confirmedBy: nil, confirmedPost: nil, endedAt: Instant(microseconds: 1_728_000_000_000_000),
            lines: lines, linesDigest: SuccessionLine.digest(lines))
    }()
}

extension SuccessionRehearsal {
    static let sampleNames: [PartyID: String] = [
        Party.sample.id: "示例市大数据管理局", PartyID(high: 7, low: 52): "示例市政务和数据局",
        PartyID(high: 7, low: 53): "示例市信息中心",
    ]

    static let sampleLines: [SuccessionLine] = {
        let entry = SuccessionItem(.entry, id: EntryID(high: 7, low: 60).text, title: "低保对象信息")
        return [
            SuccessionLine(Party.sample.id, entry, heir: PartyID(high: 7, low: 52)),
            SuccessionLine(
                Party.sample.id,
                SuccessionItem(
                    .hook, id: HookID(high: 7, low: 61).text, title: "低保对象信息", with: entry.key),
                heir: PartyID(high: 7, low: 52)),
            SuccessionLine(
                Party.sample.id, SuccessionItem(.post, id: Seat.sample.post.id.text, title: "数据专员"),
                heir: nil),
            SuccessionLine(
                Party.sample.id,
                SuccessionItem(
                    .session, id: SessionID(high: 7, low: 62).text, title: "数据专员", fate: .ends),
                heir: nil),
        ]
    }()

    static let sample = SuccessionRehearsal(
        succession: .sample, choices: SuccessionChoices(), lines: sampleLines,
        faults: [SuccessionFault(.unassigned, sampleLines[2].item)])
    static let sampleDone = SuccessionRehearsal(
        succession: .sampleDone, choices: SuccessionChoices(), lines: sampleLines, faults: [])
}
