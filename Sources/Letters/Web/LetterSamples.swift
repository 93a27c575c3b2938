import Kernel

extension LetterSeries {
    static let sample = LetterSeries(
        id: LetterSeriesID(high: 5 << 48, low: 1 << 63), owner: PartyID(high: 3 << 48, low: 1 << 63),
        code: "河数",
        setAt: Instant(microseconds: 1_795_600_000_000_000), endedAt: nil)
    static let sampleEnded = LetterSeries(
        id: LetterSeriesID(high: 5 << 48 | 1, low: 1 << 63), owner: sample.owner, code: "河数函",
        setAt: sample.setAt,
        endedAt: sample.setAt)
}

extension Letter {
    static let sample = sample(.numbered)
    static let sampleVoided = sample(
        .voided, voiding: Voiding(reason: "文稿撤回", by: account, at: LetterSeries.sample.setAt))
    static let sampleSealed = sample(.sealed)

    private static let account = AccountID(high: 6 << 48, low: 1 << 63)
    private static let day = CalendarDate(daysSince1970: 20_782)

    private static func sample(_ state: State, voiding: Voiding? = nil) -> Letter {
        Letter(
            id: LetterID(high: 7 << 48, low: 1 << 63), owner: LetterSeries.sample.owner, direction: .outgoing,
            state: state, series: LetterSeries.sample.id, year: 2026, serial: 12, number: "河数〔2026〕12号",
            title: "关于提供法人单位基本信息的复函", counterpart: "市市场监管局", mark: "加急", body: "来函收悉。\n经研究，同意提供。",
            dated: day, receivedOn: nil, caseID: CaseID(high: 1 << 48, low: 1 << 63), caseWords: [:],
            copies: ["市财政局"], madeBy: account, madeAt: LetterSeries.sample.setAt, voided: voiding)
    }

    static let sampleIncoming = Letter(
        id: LetterID(high: 7 << 48 | 1, low: 1 << 63), owner: LetterSeries.sample.owner, direction: .incoming,
        state: .registered, series: nil, year: 2026, serial: 3, number: "", title: "关于协助提供数据的函",
        counterpart: "市市场监管局", mark: "", body: "", dated: day, receivedOn: day, caseID: nil, caseWords: [:],
        copies: [], madeBy: account, madeAt: LetterSeries.sample.setAt, voided: nil)
}

extension LetterFile {
    static let sample = sample(.sealed, "复函.png", .png)
    static let sampleAttachment = sample(.attachment, "清单.xlsx", .xlsx)
    static let sampleText = sample(.attachment, "说明.txt", .text)
    static let sampleScan = sample(.attachment, "来函.pdf", .pdf)

    private static func sample(_ kind: Kind, _ name: String, _ format: Format) -> LetterFile {
        LetterFile(
            id: LetterFileID(high: 8 << 48, low: 1 << 63), letter: Letter.sample.id, kind: kind, name: name,
            format: format, bytes: 34_567, digest: "sm3:" + String(repeating: "0a", count: 32),
            isScanned: kind == .sealed, addedBy: Letter.sample.madeBy, addedAt: Letter.sample.madeAt,
            leaf: LeafID(high: 9 << 48, low: 1 << 63))
    }
}

extension LetterTemplate {
    static let sample = LetterTemplate(
        id: LetterTemplateID(high: 4 << 48, low: 1 << 63), owner: LetterSeries.sample.owner, name: "平行文函",
        bytes: 23_456, digest: "sm3:" + String(repeating: "0b", count: 32), placeholders: ["文号", "正文"],
        setBy: Letter.sample.madeBy, setAt: Letter.sample.madeAt, endedAt: nil)
}

extension LetterCase {
    static let sample = LetterCase(
        id: CaseID(high: 1 << 48, low: 1 << 63), title: "法人单位基本信息",
        href: "/requests/\(CaseID(high: 1 << 48, low: 1 << 63))", words: [:], units: ["源城区人民政府"])
}
