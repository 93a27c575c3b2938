import Kernel

/// Entries in each state, for page samples; ids and dates are fixed.
extension Entry {
    static var samples: [Entry] {
        let at = Instant(microseconds: 1_767_578_400_000_000)
        let card = EntryCard(
            category: "202001", title: "出生医学证明信息", resourceCode: "202001/000001", provider: "市卫生健康局",
            providerUSCC: "1144160000712345XB", abstract: "医疗机构签发的出生医学证明。",
            format: ResourceFormat(.database, type: "PostgreSQL"),
            items: [
                Item(column: "id_number", name: "身份证号", type: .characters, length: 18, description: "母亲的"),
                Item(column: "born_on", name: "出生日期", type: .date),
            ],
            share: ShareTerms(type: .conditional, condition: "履行法定职责需要", mode: .platform),
            open: OpenTerms(type: .closed), updateCycle: .daily, publishDate: at.date(),
            relatedCodes: ["202001/000002"])
        func entry(_ number: UInt64, _ standing: Standing, _ stage: Proposal.Stage?, reason: String? = nil)
            -> Entry
        {
            Entry(
                id: EntryID(high: 0x019B_8BE1_F500_7000, low: 1 << 63 | number),
                owner: PartyID(high: 0x019B_8BE1_F500_7000, low: 1 << 63 | 99), standing: standing,
                proposal: stage.map {
                    Proposal(card: card, stage: $0, proposers: [], returnReason: reason)
                }, revision: 3, createdAt: at, changedAt: at)
        }
        return [
            entry(1, .published(card, at: at), nil), entry(2, .published(card, at: at), .draft),
            entry(3, .unpublished, .inReview), entry(4, .unpublished, .draft, reason: "摘要过简"),
            entry(5, .withdrawn(card, at: at, reason: "系统停用"), nil),
        ]
    }
}
