package import Identity
package import Kernel
import Persistence
import Policy

/// Entries from a table that a department keeps: one row an item, with the entry's own cells in its first row or repeated in
/// each; one row an entry where there are no items.
package struct EntryImport: Hashable, Sendable {
    package struct Card: Hashable, Sendable {
        /// Where it begins in the file.
        package let line: Int
        package let card: EntryCard
    }
    package let cards: [Card]

    /// Throws every error of the file at once, each with its line and field.
    package init(_ bytes: [UInt8]) throws(CatalogueError) {
        let lines = try EntryTable.lines(of: bytes)
        guard let heading = lines.first else { throw .importUnreadable(Message("catalogue.import-empty")) }
        var reader = ImportReader(fields: try Self.fields(heading.cells))
        for line in lines.dropFirst() { reader.read(line) }
        guard reader.faults.isEmpty else { throw .importRejected(reader.faults) }
        guard !reader.cards.isEmpty else { throw .importUnreadable(Message("catalogue.import-empty")) }
        cards = reader.cards
    }

    private static func fields(_ headings: [String]) throws(CatalogueError) -> [CardField?] {
        var fields: [CardField?] = []
        for heading in headings {
            if heading.isBlank {
                fields.append(nil)
            } else if let field = CardField(heading: heading), !fields.contains(field) {
                fields.append(field)
            } else {
                throw .importUnreadable(Message("catalogue.import-column-unknown", ["column": heading]))
            }
        }
        guard fields.contains(.title) else {
            throw .importUnreadable(
                Message("catalogue.import-column-missing", ["column": CardField.title.rawValue]))
        }
        return fields
    }
}

private struct ImportReader {
    let fields: [CardField?]
    private(set) var cards: [EntryImport.Card] = []
    private(set) var faults: [Problem.Place] = []

    init(fields: [CardField?]) { self.fields = fields }

    mutating func read(_ line: EntryTable.Line) {
        var cells: [CardField: String] = [:]
        for (field, cell) in zip(fields, line.cells) {
            let trimmed = cell.trimmed
            if let field, !trimmed.isEmpty { cells[field] = trimmed }
        }
        if line.cells.count > fields.count, line.cells[fields.count...].contains(where: { !$0.isBlank }) {
            fault(line, "", "import-cells", ["expected": String(fields.count)])
            return
        }
        let item = item(cells, line)
        // A row without a title, or with the same one again, is one more item of the entry above.
        let title = cells[.title] ?? ""
        if let last = cards.last, title.isEmpty || (title == last.card.title && item != nil) {
            guard let item else {
                fault(line, "title", "required")
                return
            }
            var card = last.card
            card.items.append(item)
            cards[cards.count - 1] = EntryImport.Card(line: last.line, card: card)
            return
        }
        guard cards.count < EntryLimits.importEntriesMax else {
            if cards.count == EntryLimits.importEntriesMax {
                fault(line, "", "import-too-many", ["max": String(EntryLimits.importEntriesMax)])
            }
            return
        }
        if title.isEmpty {
            fault(line, "title", "required")
            return
        }
        var card = card(cells, line)
        if let item { card.items = [item] }
        cards.append(EntryImport.Card(line: line.number, card: card))
    }

    private mutating func card(_ cells: [CardField: String], _ line: EntryTable.Line) -> EntryCard {
        func text(_ field: CardField) -> String { cells[field] ?? "" }
        var card = EntryCard(
            category: text(.category), title: text(.title), resourceCode: text(.resourceCode),
            provider: text(.provider), providerDivision: text(.providerDivision),
            providerUSCC: text(.providerUSCC), abstract: text(.abstract))
        card.format = ResourceFormat(word(.formatClass, cells, line, \.message), type: text(.formatType))
        card.share = ShareTerms(
            type: word(.shareType, cells, line, \.message), condition: text(.shareCondition),
            legalBasis: text(.legalBasis), mode: word(.shareMode, cells, line, \.message))
        card.open = OpenTerms(type: word(.openType, cells, line, \.message), condition: text(.openCondition))
        card.updateCycle = word(.updateCycle, cells, line, \.message)
        card.relatedCodes = text(.relatedCodes).split(whereSeparator: { " ,;、，；".contains($0) }).map(
            String.init)
        if let written = cells[.publishDate] {
            card.publishDate = CalendarDate(written)
            if card.publishDate == nil { fault(line, "publishDate", "not-a-date", ["value": written]) }
        }
        for place in card.limitFaults {
            faults.append(Problem.Place("\(line.number): \(place.name)", place.message))
        }
        return card
    }

    private mutating func item(_ cells: [CardField: String], _ line: EntryTable.Line) -> Item? {
        guard cells[.itemColumn] != nil || cells[.itemName] != nil else { return nil }
        let name = cells[.itemName] ?? cells[.itemColumn] ?? ""
        var item = Item(
            column: cells[.itemColumn] ?? name, name: name, type: word(.itemType, cells, line, \.message),
            shareType: word(.itemShareType, cells, line, \.message),
            description: cells[.itemDescription] ?? "")
        if let written = cells[.itemLength] {
            item.length = Int(written)
            if item.length == nil { fault(line, "itemLength", "not-a-number") }
        }
        if let written = cells[.itemOpen] {
            switch written.lowercased() {
            case "是", "true", "1", "yes": item.isOpen = true
            case "否", "false", "0", "no": item.isOpen = false
            default: fault(line, "itemOpen", "not-a-boolean")
            }
        }
        return item
    }

    /// A word by its code or by its name in either language.
    private mutating func word<Word: RawRepresentable & CaseIterable>(
        _ field: CardField, _ cells: [CardField: String], _ line: EntryTable.Line,
        _ message: (Word) -> Message
    ) -> Word? where Word.RawValue == String {
        guard let text = cells[field] else { return nil }
        let found = Word.allCases.first { word in
            word.rawValue.lowercased() == text.lowercased()
                || Language.allCases.contains { catalogueWords.text(message(word), in: $0) == text }
        }
        if found == nil {
            let known = Word.allCases.map { catalogueWords.text(message($0), in: .simplifiedChinese) }
            fault(
                line, field.rawValue, "unknown-word", ["value": text, "known": known.joined(separator: ", ")])
        }
        return found
    }

    private mutating func fault(
        _ line: EntryTable.Line, _ field: String, _ word: String, _ arguments: [String: String] = [:]
    ) {
        faults.append(.fault(field.isEmpty ? "\(line.number)" : "\(line.number): \(field)", word, arguments))
    }
}

extension String {
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}

extension Catalogue {
    /// Drafts of every entry of the file, in one transaction: all or none. Codes that are missing are given out.
    package func importEntries(
        _ file: EntryImport, owner: PartyID, by principal: Principal
    ) async throws -> [Entry] {
        let now = clock.now()
        guard let account = principal.account else { throw CatalogueError.accountNeeded }
        let ids = file.cards.map { _ in EntryID.new(at: now) }
        let permit = try permissions.permit(
            .draftEntry, on: .new(kind: EntryNoun.kind, owner: owner), for: principal)
        return try await database.write(under: permit) { connection, mandate in
            var faults: [Problem.Place] = []
            var entries: [Entry] = []
            for (id, imported) in zip(ids, file.cards) {
                do {
                    let card = try Self.coded(imported.card, in: connection)
                    let entry = try Entry.drafted(id, owner: owner, card: card, by: account, at: now)
                    try EntryStore.insert(entry, under: mandate, in: connection)
                    try remember(.drafted, of: entry, before: nil, by: mandate, reason: nil, in: connection)
                    entries.append(entry)
                } catch let error as CatalogueError {
                    guard case .codeTaken = error else { throw error }
                    faults.append(Problem.Place("\(imported.line): resourceCode", error.problem.message))
                }
            }
            guard faults.isEmpty else { throw CatalogueError.importRejected(faults) }
            return entries
        }
    }
}
