package import Kernel
import Persistence

/// What became of a profile's units since its list was made: tab-separated `name answer becomes from document comment`. Dated data that the
/// city maintains; nothing of it takes effect by itself.
package struct UnitChanges: Sendable, Hashable {
    package enum Answer: String, Sendable, Hashable, CaseIterable {
        case same, renamed, merged
        /// No published decision is known: nothing follows from it.
        case unknown
    }

    package struct Line: Sendable, Hashable {
        package let number: Int
        package let name: String
        package let answer: Answer
        package let becomes: String
        package let date: CalendarDate?
        package let document: String
        package let comment: String

        package init(
            number: Int, name: String, answer: Answer, becomes: String, date: CalendarDate?,
            document: String, comment: String
        ) {
            self.number = number
            self.name = name
            self.answer = answer
            self.becomes = becomes
            self.date = date
            self.document = document
            self.comment = comment
        }
    }

    /// The decision by which the bodies are listed, and its day.
    package struct Source: Sendable, Hashable {
        package let document: String
        package let date: CalendarDate?

        package init(document: String, date: CalendarDate? = nil) {
            self.document = document
            self.date = date
        }
    }

    package let lines: [Line]
    package let source: Source

    package init(lines: [Line], source: Source = Source(document: "")) {
        self.lines = lines
        self.source = source
    }

    /// As `init(tsv:)` reads it.
    package var tsv: String {
        let first =
            source.document.isEmpty
            ? "" : "\(Self.sourceMark)\t\(source.document)\t\(source.date?.description ?? "")\n"
        return first
            + lines.map { line in
                [
                    line.name, line.answer.rawValue, line.becomes, line.date?.description ?? "",
                    line.document, line.comment,
                ].joined(separator: "\t") + "\n"
            }.joined()
    }

    /// Of the line that names the source: `#source`, document, day.
    private static let sourceMark = "#source"

    /// - Throws: `IdentityError.seedLine` with the line and what is wrong in it.
    package init(tsv: String) throws(IdentityError) {
        var lines: [Line] = []
        var source = Source(document: "")
        // As forms and other systems end lines.
        let plain = tsv.replacing("\r\n", with: "\n").trimmingPrefix("\u{FEFF}")
        for (index, text) in plain.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let cells = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            if cells[0] == Self.sourceMark, cells.count == 3 {
                source = Source(document: cells[1], date: CalendarDate(cells[2]))
            }
            if text.isEmpty || text.hasPrefix("#") { continue }
            guard cells.count == 6 else { throw .seedLine(index + 1, "six cells") }
            guard let answer = Answer(rawValue: cells[1]) else { throw .seedLine(index + 1, "answer") }
            let date = CalendarDate(cells[3])
            let isChange = answer == .renamed || answer == .merged
            guard !isChange || (!cells[2].isEmpty && date != nil && !cells[4].isEmpty) else {
                throw .seedLine(index + 1, "becomes, from, document")
            }
            guard !cells[0].isEmpty, !lines.contains(where: { $0.name == cells[0] }) else {
                throw .seedLine(index + 1, "name")
            }
            lines.append(
                Line(
                    number: index + 1, name: cells[0], answer: answer, becomes: cells[2], date: date,
                    document: cells[4], comment: cells[5]))
        }
        guard lines.count <= UnitLists.linesMax else { throw .seedLine(UnitLists.linesMax, "lines") }
        self.lines = lines
        self.source = source
    }
}

/// A line of the list beside what this node has.
package struct UnitChangeOutlook: Sendable, Hashable {
    package enum Standing: String, Sendable, Hashable, CaseIterable {
        case same, unknown
        /// The node has it already.
        case applied
        /// A draft or a confirmed change of units says it.
        case planned
        /// It would be drafted.
        case due
        /// The node has no unit of that name, or none that it would become.
        case missing
        /// Somebody changed the unit to something else: that stands, and a person decides.
        case conflict
    }

    package let line: UnitChanges.Line
    package let standing: Standing
    let order: SuccessionOrder?

    /// For pages that show what a line may look like.
    package static let samples: [UnitChangeOutlook] = {
        let day = CalendarDate(daysSince1970: 19_900)
        func line(_ number: Int, _ answer: UnitChanges.Answer, _ becomes: String = "") -> UnitChanges.Line {
            UnitChanges.Line(
                number: number, name: "示例市第\(number)局", answer: answer, becomes: becomes,
                date: becomes.isEmpty ? nil : day, document: becomes.isEmpty ? "" : "示例函〔2024〕1号",
                comment: becomes.isEmpty ? "待市里核实" : "")
        }
        return [
            UnitChangeOutlook(line: line(1, .unknown), standing: .unknown, order: nil),
            UnitChangeOutlook(line: line(2, .renamed, "示例市数据局"), standing: .due, order: nil),
            UnitChangeOutlook(line: line(3, .merged, "示例市社会局"), standing: .conflict, order: nil),
            UnitChangeOutlook(line: line(4, .same), standing: .same, order: nil),
        ]
    }()
}

extension Successions {
    /// What each line would change today. Nothing is written.
    package func outlook(_ changes: UnitChanges) async throws -> [UnitChangeOutlook] {
        try await parties.database.read { connection in
            let open = try Self.successions(where: "state IN ('draft', 'planned')", in: connection)
            return try changes.lines.map { line in try outlook(line, open, in: connection) }
        }
    }

    /// Drafts what is due; a person rehearses and confirms each. A second time nothing is due any more.
    package func draft(
        _ changes: UnitChanges, by actor: Principal, at now: Instant
    ) async throws -> [SuccessionID] {
        var drafted: [SuccessionID] = []
        for each in try await outlook(changes) where each.standing == .due {
            guard let order = each.order else { continue }
            drafted.append(try await draft(order, by: actor, at: now))
        }
        return drafted
    }

    private func outlook(
        _ line: UnitChanges.Line, _ open: [Succession], in connection: any Connection
    ) throws -> UnitChangeOutlook {
        func stands(_ standing: UnitChangeOutlook.Standing, _ order: SuccessionOrder? = nil)
            -> UnitChangeOutlook
        {
            UnitChangeOutlook(line: line, standing: standing, order: order)
        }
        guard let date = line.date, line.answer == .renamed || line.answer == .merged else {
            return stands(line.answer == .same ? .same : .unknown)
        }
        guard let unit = try Parties.named(line.name, in: connection).first else { return stands(.missing) }
        let wanted = Party.matchKey(line.becomes)
        if line.answer == .renamed {
            let names = unit.names.filter { $0.kind == .official }.map { Party.matchKey($0.text) }
            if names.contains(wanted) { return stands(.applied) }
            let order = SuccessionOrder(
                kind: .rename, predecessors: [unit.id], date: Self.earliest(date, renaming: unit),
                document: line.document,
                newName: line.becomes)
            if open.contains(where: { $0.order.predecessors == [unit.id] && $0.order.newName == line.becomes }
            ) {
                return stands(.planned)
            }
            let isTouched = unit.dissolved != nil || names.last != Party.matchKey(line.name)
            return isTouched || isElsewhere(unit.id, open) ? stands(.conflict) : stands(.due, order)
        }
        guard let heir = try Parties.named(line.becomes, in: connection).first, heir.id != unit.id else {
            return stands(.missing)
        }
        if try Parties.descendants(of: [unit.id], in: connection).contains(where: { $0.heir == heir.id }) {
            return stands(.applied)
        }
        if open.contains(where: {
            $0.order.predecessors.contains(unit.id) && $0.order.successors == [heir.id]
        }) {
            return stands(.planned)
        }
        let order = SuccessionOrder(
            kind: .merge, predecessors: [unit.id], successors: [heir.id],
            date: [date, unit.founded, heir.founded].compactMap(\.self).max() ?? date,
            document: line.document)
        let isTouched = unit.dissolved != nil || heir.dissolved != nil
        return isTouched || isElsewhere(unit.id, open) ? stands(.conflict) : stands(.due, order)
    }

    /// A decision may be older than the unit is here: then the first day on which it can have another name than the one it came with.
    private static func earliest(_ date: CalendarDate, renaming unit: Party) -> CalendarDate {
        let present = unit.names.last { $0.kind == .official }
        return max(date, present?.from.adding(days: 1) ?? date)
    }

    private func isElsewhere(_ unit: PartyID, _ open: [Succession]) -> Bool {
        open.contains { $0.order.predecessors.contains(unit) || $0.order.successors.contains(unit) }
    }
}
