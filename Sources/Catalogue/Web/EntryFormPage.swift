package import Kernel
package import Web

/// The editor: every element of the guide, and the items as a table. Saving keeps a draft however incomplete.
package struct EntryFormPage: Page {
    package struct ItemRow: Sendable {
        package let index: Int
        package let column: String
        package let name: String
        package let types: [Field.Option]
        package let length: String
        package let shareTypes: [Field.Option]
        package let openness: [Field.Option]
        package let description: String
    }

    package static let template = "catalogue/form"
    /// Blank rows after the last item.
    static let blankRows = 5
    package let title: Message
    package let head: Head
    package let errors: FormErrors?
    package let action: String
    package let revision: Int
    package let fields: [Field]
    package let items: [ItemRow]
    package let backHref: String

    /// `entry` is nil for a new one.
    init(_ card: EntryCard, of entry: Entry?, errors: FormErrors = FormErrors()) {
        title = Message(entry == nil ? "catalogue.new" : "catalogue.edit")
        let path = entry.map { "/catalogue/\($0.id)" } ?? "/catalogue"
        head = Head(
            .word(title), subtitle: entry.map { .data($0.card.title) },
            crumbs: [Head.Crumb(.word(Message("catalogue.list")), "/catalogue")]
                + (entry.map { [Head.Crumb(.data($0.card.title), path)] } ?? []))
        action = entry == nil ? "/catalogue" : "\(path)/draft"
        revision = entry?.revision ?? 0
        let fields = Self.fields(card).map { $0.checked(errors) }
        self.fields = fields
        self.errors = errors.summary(of: fields)
        let blanks = Array(repeating: Item(column: "", name: ""), count: Self.blankRows)
        items = (card.items + blanks).prefix(EntryLimits.itemsMax).enumerated().map { Self.row($1, at: $0) }
        backHref = path
    }

    private static func fields(_ card: EntryCard) -> [Field] {
        func text(_ field: CardField, _ value: String) -> Field {
            .text(field.rawValue, field.message, value: value)
        }
        let cycles = UpdateCycle.allCases.map { ($0.rawValue, $0.message) }
        return [
            text(.title, card.title).required(),
            text(.category, card.category).required().hint(Message("catalogue.hint.category")),
            text(.resourceCode, card.resourceCode).hint(Message("catalogue.hint.code")),
            text(.provider, card.provider).required(), text(.providerDivision, card.providerDivision),
            text(.providerUSCC, card.providerUSCC).required(),
            .area(CardField.abstract.rawValue, CardField.abstract.message, value: card.abstract).required(),
            select(
                .formatClass, ResourceFormat.Class.allCases.map { ($0.rawValue, $0.message) },
                card.format.formatClass?.rawValue),
            text(.formatType, card.format.type).required(),
            select(
                .shareType, ShareType.allCases.map { ($0.rawValue, $0.message) }, card.share.type?.rawValue),
            text(.shareCondition, card.share.condition), text(.legalBasis, card.share.legalBasis),
            select(
                .shareMode, ShareMode.allCases.map { ($0.rawValue, $0.message) }, card.share.mode?.rawValue),
            select(.openType, OpenType.allCases.map { ($0.rawValue, $0.message) }, card.open.type?.rawValue),
            text(.openCondition, card.open.condition),
            select(.updateCycle, cycles, card.updateCycle?.rawValue),
            text(.relatedCodes, card.relatedCodes.joined(separator: ", ")),
        ]
    }

    private static func select(_ field: CardField, _ words: [(String, Message)], _ chosen: String?) -> Field {
        .select(field.rawValue, field.message, options(words, chosen))
    }

    private static func options(_ words: [(String, Message)], _ chosen: String?) -> [Field.Option] {
        [Field.Option("", .nothing, isChosen: chosen == nil)]
            + words.map { Field.Option($0.0, .word($0.1), isChosen: chosen == $0.0) }
    }

    private static func row(_ item: Item, at index: Int) -> ItemRow {
        ItemRow(
            index: index, column: item.column, name: item.name,
            types: options(Item.DataType.allCases.map { ($0.rawValue, $0.message) }, item.type?.rawValue),
            length: item.length.map(String.init) ?? "",
            shareTypes: options(
                ShareType.allCases.map { ($0.rawValue, $0.message) }, item.shareType?.rawValue),
            openness: options(
                [("1", Message("catalogue.yes")), ("0", Message("catalogue.no"))],
                item.isOpen.map { $0 ? "1" : "0" }), description: item.description)
    }

    package static var samples: [EntryFormPage] {
        var errors = FormErrors()
        errors.add("title", Message("catalogue.fault.required"))
        return [
            EntryFormPage(EntryCard(), of: nil, errors: errors),
            EntryFormPage(Entry.samples[1].currentCard, of: Entry.samples[1]),
        ]
    }
}

extension EntryCard {
    /// What the editor sent. Rows without column and name are blank rows.
    init(_ form: SubmittedForm) throws(CatalogueError) {
        var members: [String: JSON] = [:]
        let single = CardField.imported.filter { $0 != .relatedCodes && !$0.rawValue.hasPrefix("item") }
        for field in single where !form[field.rawValue].isEmpty {
            members[field.rawValue] = .string(form[field.rawValue])
        }
        let codes = form[CardField.relatedCodes.rawValue].split(whereSeparator: { " ,;、，；\n\r".contains($0) })
        if !codes.isEmpty { members["relatedCodes"] = .array(codes.map { .string(String($0)) }) }
        var items: [JSON] = []
        for index in 0..<EntryLimits.itemsMax where form.has("items[\(index)].column") {
            func cell(_ key: String) -> String { form["items[\(index)].\(key)"] }
            if cell("column").isEmpty, cell("name").isEmpty { continue }
            var item: [String: JSON] = ["column": .string(cell("column")), "name": .string(cell("name"))]
            for key in ["type", "shareType", "description"] where !cell(key).isEmpty {
                item[key] = .string(cell(key))
            }
            if !cell("length").isEmpty {
                item["length"] = Int64(cell("length")).map(JSON.integer) ?? .string(cell("length"))
            }
            if !cell("isOpen").isEmpty { item["isOpen"] = .boolean(cell("isOpen") == "1") }
            items.append(.object(item))
        }
        if !items.isEmpty { members["items"] = .array(items) }
        self = try EntryCard(json: .object(members))
    }
}
