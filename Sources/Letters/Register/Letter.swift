package import Kernel

/// 公文: a letter that came in or goes out, as it stands in its unit's register.
package struct Letter: Sendable, Hashable {
    package enum Direction: String, Sendable, CaseIterable {
        case incoming = "in"
        case outgoing = "out"
    }

    package enum State: String, Sendable, CaseIterable {
        /// 已登记: came in.
        case registered
        /// 已编号: has its number and is not sealed yet.
        case numbered
        /// 已盖章: the sealed copy is bound to it.
        case sealed
        /// 已作废: the number was taken and not used, or the registration was a mistake; it stays in the register.
        case voided

        package var mayBeVoided: Bool { self == .numbered || self == .registered }
    }

    package let id: LetterID
    /// Whose register it stands in.
    package let owner: PartyID
    package let direction: Direction
    package let state: State
    package let series: LetterSeriesID?
    package let year: Int
    /// 序号 of a letter that goes out, 收文号 of one that came in.
    package let serial: Int
    /// 文号; empty when the sender gave none.
    package let number: String
    package let title: String
    /// 主送机关 or 来文单位.
    package let counterpart: String
    /// 紧急程度 and the like.
    package let mark: String
    /// 正文 of a letter that goes out.
    package let body: String
    package let dated: CalendarDate
    package let receivedOn: CalendarDate?
    package let caseID: CaseID?
    /// Of the case, as it stood: for the placeholders of templates.
    package let caseWords: [String: String]
    /// 抄送
    package let copies: [String]
    package let madeBy: AccountID
    package let madeAt: Instant
    package let voided: Voiding?

    package struct Voiding: Sendable, Hashable {
        package let reason: String
        package let by: AccountID
        package let at: Instant
    }

    /// What people call it.
    package var name: String { number.isEmpty ? title : number }
}

/// 机关代字 under which a unit numbers what it issues.
package struct LetterSeries: Sendable, Hashable {
    package let id: LetterSeriesID
    package let owner: PartyID
    package let code: String
    package let setAt: Instant
    package let endedAt: Instant?
}

/// What a letter takes from the case that it belongs to.
package struct LetterCase: Sendable, Hashable {
    package let id: CaseID
    package let title: String
    package let href: String
    /// Values by the words of `Placeholder.ofCase`.
    package let words: [String: String]
    /// The units that take part, by name: whom a letter may go to.
    package let units: [String]

    package init(id: CaseID, title: String, href: String, words: [String: String], units: [String]) {
        self.id = id
        self.title = title
        self.href = href
        self.words = words
        self.units = units
    }
}

/// What a register is asked for.
package struct LetterFilter: Sendable, Hashable {
    package var direction: Letter.Direction?
    package var year: Int?
    package var series: LetterSeriesID?
    package var state: Letter.State?
    package var caseID: CaseID?
    /// 文号 in any brackets, or words of title or counterpart.
    package var text: String

    package init(
        direction: Letter.Direction? = nil, year: Int? = nil, series: LetterSeriesID? = nil,
        state: Letter.State? = nil, caseID: CaseID? = nil, text: String = ""
    ) {
        self.direction = direction
        self.year = year
        self.series = series
        self.state = state
        self.caseID = caseID
        self.text = text
    }
}

package struct LetterPage: Sendable {
    package let letters: [Letter]
    package let count: Int
    package let next: LetterID?
}
