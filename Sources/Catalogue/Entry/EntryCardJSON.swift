package import Kernel

/// The card's stored and outside form: the element keys of the API, the CLI's files and the history's diffs.
extension EntryCard {
    package var json: JSON {
        var members: [String: JSON] = [:]
        func put(_ key: String, _ text: String) { if !text.isEmpty { members[key] = .string(text) } }
        put("category", category)
        put("title", title)
        put("resourceCode", resourceCode)
        put("provider", provider)
        put("providerDivision", providerDivision)
        put("providerUSCC", providerUSCC)
        put("abstract", abstract)
        put("formatClass", format.formatClass?.rawValue ?? "")
        put("formatType", format.type)
        put("shareType", share.type?.rawValue ?? "")
        put("shareCondition", share.condition)
        put("legalBasis", share.legalBasis)
        put("shareMode", share.mode?.rawValue ?? "")
        put("openType", open.type?.rawValue ?? "")
        put("openCondition", open.condition)
        put("updateCycle", updateCycle?.rawValue ?? "")
        put("publishDate", publishDate?.description ?? "")
        if !relatedCodes.isEmpty { members["relatedCodes"] = .array(relatedCodes.map(JSON.string)) }
        if !items.isEmpty { members["items"] = .array(items.map(\.json)) }
        return .object(members)
    }

    /// Refuses unknown members and unknown words by name; leaves out what is not there.
    package init(json: JSON) throws(CatalogueError) {
        guard let members = json.object else { throw .incomplete([.fault("", "not-an-object")]) }
        var reader = MemberReader(members: members, place: "")
        self.init(
            category: reader.text("category"), title: reader.text("title"),
            resourceCode: reader.text("resourceCode"), provider: reader.text("provider"),
            providerDivision: reader.text("providerDivision"), providerUSCC: reader.text("providerUSCC"),
            abstract: reader.text("abstract"),
            format: ResourceFormat(reader.word("formatClass"), type: reader.text("formatType")), items: [],
            share: ShareTerms(
                type: reader.word("shareType"), condition: reader.text("shareCondition"),
                legalBasis: reader.text("legalBasis"), mode: reader.word("shareMode")),
            open: OpenTerms(type: reader.word("openType"), condition: reader.text("openCondition")),
            updateCycle: reader.word("updateCycle"), publishDate: reader.date("publishDate"),
            relatedCodes: reader.texts("relatedCodes"))
        for (index, element) in reader.elements("items").enumerated() {
            guard let members = element.object else {
                reader.faults.append(.fault("items[\(index)]", "not-an-object"))
                continue
            }
            var itemReader = MemberReader(members: members, place: "items[\(index)].")
            items.append(Item(reader: &itemReader))
            reader.faults += itemReader.finished()
        }
        let faults = reader.finished()
        guard faults.isEmpty else { throw .incomplete(faults) }
    }
}

extension Item {
    package var json: JSON {
        var members: [String: JSON] = ["column": .string(column), "name": .string(name)]
        if let type { members["type"] = .string(type.rawValue) }
        if let length { members["length"] = .integer(Int64(length)) }
        if let shareType { members["shareType"] = .string(shareType.rawValue) }
        if let isOpen { members["isOpen"] = .boolean(isOpen) }
        if !description.isEmpty { members["description"] = .string(description) }
        return .object(members)
    }

    fileprivate init(reader: inout MemberReader) {
        self.init(
            column: reader.text("column"), name: reader.text("name"), type: reader.word("type"),
            length: reader.integer("length"), shareType: reader.word("shareType"),
            isOpen: reader.boolean("isOpen"), description: reader.text("description"))
    }
}

/// Reads an object's members once each and remembers what was wrong and what nobody asked for.
struct MemberReader {
    var members: [String: JSON]
    let place: String
    var faults: [Problem.Place] = []

    init(members: [String: JSON], place: String) {
        self.members = members
        self.place = place
    }

    mutating func text(_ key: String) -> String {
        guard let value = take(key) else { return "" }
        if let text = value.string { return text }
        faults.append(.fault(place + key, "not-text"))
        return ""
    }

    mutating func word<Word: RawRepresentable & CaseIterable>(_ key: String) -> Word?
    where Word.RawValue == String {
        let text = text(key)
        if text.isEmpty { return nil }
        if let word = Word(rawValue: text) { return word }
        faults.append(
            .fault(
                place + key, "unknown-word",
                ["value": text, "known": Word.allCases.map(\.rawValue).joined(separator: ", ")]))
        return nil
    }

    mutating func date(_ key: String) -> CalendarDate? {
        let text = text(key)
        if text.isEmpty { return nil }
        if let date = CalendarDate(text) { return date }
        faults.append(.fault(place + key, "not-a-date", ["value": text]))
        return nil
    }

    mutating func integer(_ key: String) -> Int? {
        guard let value = take(key) else { return nil }
        if let number = value.integer { return Int(number) }
        faults.append(.fault(place + key, "not-a-number"))
        return nil
    }

    mutating func boolean(_ key: String) -> Bool? {
        guard let value = take(key) else { return nil }
        if let truth = value.boolean { return truth }
        faults.append(.fault(place + key, "not-a-boolean"))
        return nil
    }

    mutating func elements(_ key: String) -> [JSON] {
        guard let value = take(key) else { return [] }
        if let elements = value.array { return elements }
        faults.append(.fault(place + key, "not-a-list"))
        return []
    }

    mutating func texts(_ key: String) -> [String] {
        elements(key).compactMap { element in
            if let text = element.string { return text }
            faults.append(.fault(place + key, "not-text"))
            return nil
        }
    }

    /// What was wrong, unknown members included.
    func finished() -> [Problem.Place] {
        faults + members.keys.sorted().map { .fault(place + $0, "unknown-member") }
    }

    private mutating func take(_ key: String) -> JSON? {
        guard let value = members.removeValue(forKey: key), value != .null else { return nil }
        return value
    }
}
