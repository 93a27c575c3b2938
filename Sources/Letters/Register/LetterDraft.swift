package import Kernel

/// What is said of a letter before it has its place in the register.
package struct LetterDraft: Sendable, Hashable {
    package enum Limits {
        package static let titleCharactersMax = 200
        package static let nameCharactersMax = 100
        package static let markCharactersMax = 20
        package static let bodyCharactersMax = 20_000
        package static let copiesMax = 50
        /// A letter is entered at most this long after its date, and dated at most so far ahead.
        package static let daysBackMax = 3_660
        package static let daysAheadMax = 31
    }

    package var direction: Letter.Direction
    package var series: LetterSeriesID?
    /// The sender's 文号, as it stands on the letter.
    package var number: String
    package var title: String
    package var counterpart: String
    package var mark: String
    package var body: String
    package var dated: CalendarDate?
    package var receivedOn: CalendarDate?
    package var copies: [String]
    package var caseID: CaseID?

    package init(
        _ direction: Letter.Direction, series: LetterSeriesID? = nil, number: String = "", title: String = "",
        counterpart: String = "", mark: String = "", body: String = "", dated: CalendarDate? = nil,
        receivedOn: CalendarDate? = nil, copies: [String] = [], caseID: CaseID? = nil
    ) {
        self.direction = direction
        self.series = series
        self.number = number
        self.title = title
        self.counterpart = counterpart
        self.mark = mark
        self.body = body
        self.dated = dated
        self.receivedOn = receivedOn
        self.copies = copies
        self.caseID = caseID
    }

    /// As GB/T 9704 writes it where it is a number; else as it was typed.
    var writtenNumber: String { DocumentNumber(number)?.text ?? number }

    /// One name a line, or parted by 、，；
    package static func copies(in text: String) -> [String] {
        text.split { $0.isNewline || "、，,；;".contains($0) }
            .map { String($0.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()) }
            .filter { !$0.isEmpty }
    }

    /// Everything that is wrong with it, by field of its form.
    package func faults(on today: CalendarDate) -> [Problem.Place] {
        var faults: [Problem.Place] = []
        func demand(_ field: String, _ text: String, _ most: Int, isNeeded: Bool) {
            if isNeeded, text.allSatisfy(\.isWhitespace) {
                faults.append(Problem.Place(field, Message("letter.field-needed")))
            } else if text.unicodeScalars.count > most {
                faults.append(
                    Problem.Place(field, Message("letter.field-too-long", ["charactersMax": "\(most)"])))
            } else if text.unicodeScalars.contains(where: {
                $0.value < 32 && !"\n\r\t".unicodeScalars.contains($0)
            }) {
                faults.append(Problem.Place(field, Message("letter.field-malformed")))
            }
        }
        demand("title", title, Limits.titleCharactersMax, isNeeded: true)
        demand("counterpart", counterpart, Limits.nameCharactersMax, isNeeded: true)
        demand("mark", mark, Limits.markCharactersMax, isNeeded: false)
        demand("number", number, DocumentNumber.charactersMax, isNeeded: false)
        demand("body", body, Limits.bodyCharactersMax, isNeeded: direction == .outgoing)
        if title.contains(where: \.isNewline) {
            faults.append(Problem.Place("title", Message("letter.field-malformed")))
        }
        for copy in copies { demand("copies", copy, Limits.nameCharactersMax, isNeeded: true) }
        if copies.count > Limits.copiesMax {
            faults.append(
                Problem.Place(
                    "copies", Message("letter.copies-too-many", ["copiesMax": "\(Limits.copiesMax)"])))
        }
        if direction == .outgoing, series == nil {
            faults.append(Problem.Place("series", Message("letter.field-needed")))
        }
        return faults + dayFaults(on: today) + secrecyFaults()
    }

    private func dayFaults(on today: CalendarDate) -> [Problem.Place] {
        var faults: [Problem.Place] = []
        let days = today.adding(days: -Limits.daysBackMax)...today.adding(days: Limits.daysAheadMax)
        if dated.map({ !days.contains($0) }) ?? true {
            faults.append(Problem.Place("dated", Message("letter.day-unreadable")))
        }
        guard direction == .incoming else { return faults }
        guard let receivedOn, receivedOn <= today else {
            return faults + [Problem.Place("receivedOn", Message("letter.day-unreadable"))]
        }
        if let dated, receivedOn < dated {
            faults.append(Problem.Place("receivedOn", Message("letter.received-early")))
        }
        return faults
    }

    private func secrecyFaults() -> [Problem.Place] {
        var faults: [Problem.Place] = []
        for (field, text) in [("title", title), ("mark", mark)] {
            if let mark = SecrecyMark.inTitle(text) {
                faults.append(Problem.Place(field, Message("letter.classified", ["mark": mark])))
            }
        }
        if let mark = SecrecyMark.inText(body.split(whereSeparator: \.isNewline).map(String.init)) {
            faults.append(Problem.Place("body", Message("letter.classified", ["mark": mark])))
        }
        return faults
    }
}
