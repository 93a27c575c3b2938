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
    }

    package let lines: [Line]

    /// - Throws: `IdentityError.seedLine` with the line and what is wrong in it.
    package init(tsv: String) throws(IdentityError) {
        var lines: [Line] = []
        for (index, text) in tsv.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if text.isEmpty || text.hasPrefix("#") { continue }
            let cells = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
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
        self.lines = lines
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
                kind: .rename, predecessors: [unit.id], date: date, document: line.document,
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
            kind: .merge, predecessors: [unit.id], successors: [heir.id], date: date,
            document: line.document)
        let isTouched = unit.dissolved != nil || heir.dissolved != nil
        return isTouched || isElsewhere(unit.id, open) ? stands(.conflict) : stands(.due, order)
    }

    private func isElsewhere(_ unit: PartyID, _ open: [Succession]) -> Bool {
        open.contains { $0.order.predecessors.contains(unit) || $0.order.successors.contains(unit) }
    }
}
