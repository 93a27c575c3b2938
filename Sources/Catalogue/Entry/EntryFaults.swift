package import Kernel

extension EntryCard {
    /// Everything that keeps the card out of review, each with the field's name; empty when it may go.
    /// `scheme` holds the 类 and 项 in force on the day.
    package func faults(scheme: CategoryScheme) -> [Problem.Place] {
        limitFaults + identityFaults(scheme: scheme) + contentFaults + shareFaults + openFaults
            + items.enumerated().flatMap { itemFaults($1, at: $0) } + repeatedItemFaults
    }

    /// What even a draft may not exceed.
    package var limitFaults: [Problem.Place] {
        var faults: [Problem.Place] = []
        func limit(_ field: String, _ text: String, _ max: Int) {
            if text.count > max {
                faults.append(.fault(field, "too-long", ["max": String(max), "found": String(text.count)]))
            }
        }
        limit("category", category, EntryLimits.codeCharactersMax)
        limit("title", title, EntryLimits.titleCharactersMax)
        limit("resourceCode", resourceCode, EntryLimits.codeCharactersMax)
        limit("provider", provider, EntryLimits.nameCharactersMax)
        limit("providerDivision", providerDivision, EntryLimits.nameCharactersMax)
        limit("providerUSCC", providerUSCC, EntryLimits.codeCharactersMax)
        limit("abstract", abstract, EntryLimits.abstractCharactersMax)
        limit("formatType", format.type, EntryLimits.nameCharactersMax)
        limit("shareCondition", share.condition, EntryLimits.textCharactersMax)
        limit("legalBasis", share.legalBasis, EntryLimits.textCharactersMax)
        limit("openCondition", open.condition, EntryLimits.textCharactersMax)
        if items.count > EntryLimits.itemsMax {
            faults.append(.fault("items", "too-many-items", ["max": String(EntryLimits.itemsMax)]))
        }
        if relatedCodes.count > EntryLimits.relatedCodesMax {
            faults.append(
                .fault("relatedCodes", "too-many-codes", ["max": String(EntryLimits.relatedCodesMax)]))
        }
        for (index, item) in items.prefix(EntryLimits.itemsMax).enumerated() {
            limit("items[\(index)].column", item.column, EntryLimits.nameCharactersMax)
            limit("items[\(index)].name", item.name, EntryLimits.nameCharactersMax)
            limit("items[\(index)].description", item.description, EntryLimits.textCharactersMax)
        }
        return faults
    }

    private func identityFaults(scheme: CategoryScheme) -> [Problem.Place] {
        var faults: [Problem.Place] = []
        if category.isEmpty {
            faults.append(.fault("category", "required"))
        } else if let code = CategoryCode(category) {
            if !scheme.knows(code) {
                faults.append(
                    .fault("category", "category-unknown", ["group": code.group, "scheme": scheme.name]))
            }
        } else {
            faults.append(.fault("category", "category-form"))
        }
        if resourceCode.isEmpty {
            faults.append(.fault("resourceCode", "required"))
        } else if let code = ResourceCode(resourceCode) {
            if code.category.digits != category {
                faults.append(.fault("resourceCode", "code-category", ["category": category]))
            }
        } else {
            faults.append(.fault("resourceCode", "code-form"))
        }
        if provider.isBlank { faults.append(.fault("provider", "required")) }
        if providerUSCC.isEmpty {
            faults.append(.fault("providerUSCC", "required"))
        } else if SocialCreditCode.verdict(providerUSCC) != .valid {
            faults.append(.fault("providerUSCC", "uscc-form"))
        }
        for (index, related) in relatedCodes.enumerated() {
            if ResourceCode(related) == nil {
                faults.append(.fault("relatedCodes[\(index)]", "code-form"))
            } else if related == resourceCode {
                faults.append(.fault("relatedCodes[\(index)]", "code-own"))
            }
        }
        return faults
    }

    private var contentFaults: [Problem.Place] {
        var faults: [Problem.Place] = []
        if title.isBlank { faults.append(.fault("title", "required")) }
        if abstract.isBlank { faults.append(.fault("abstract", "required")) }
        if format.formatClass == nil { faults.append(.fault("formatClass", "required")) }
        if format.type.isBlank { faults.append(.fault("formatType", "required")) }
        if updateCycle == nil { faults.append(.fault("updateCycle", "required")) }
        if format.formatClass?.isStructured == true, items.isEmpty {
            faults.append(.fault("items", "items-needed"))
        }
        return faults
    }

    private var shareFaults: [Problem.Place] {
        guard let type = share.type else { return [.fault("shareType", "required")] }
        var faults: [Problem.Place] = []
        if type == .conditional, share.condition.isBlank {
            faults.append(.fault("shareCondition", "share-condition-needed"))
        }
        if type == .withheld, share.legalBasis.isBlank {
            faults.append(.fault("legalBasis", "legal-basis-needed"))
        }
        if type != .withheld, share.mode == nil { faults.append(.fault("shareMode", "required")) }
        return faults
    }

    private var openFaults: [Problem.Place] {
        guard let type = open.type else { return [.fault("openType", "required")] }
        var faults: [Problem.Place] = []
        if type == .conditional, open.condition.isBlank {
            faults.append(.fault("openCondition", "open-condition-needed"))
        }
        if type != .closed, share.type == .withheld {
            faults.append(.fault("openType", "open-but-withheld"))
        }
        return faults
    }

    private func itemFaults(_ item: Item, at index: Int) -> [Problem.Place] {
        var faults: [Problem.Place] = []
        let place = "items[\(index)]"
        if item.column.isBlank { faults.append(.fault("\(place).column", "required")) }
        if item.name.isBlank { faults.append(.fault("\(place).name", "required")) }
        if item.type == nil { faults.append(.fault("\(place).type", "required")) }
        if let length = item.length {
            if !(1...EntryLimits.itemLengthMax).contains(length) {
                faults.append(
                    .fault("\(place).length", "length-range", ["max": String(EntryLimits.itemLengthMax)]))
            }
        } else if item.type == .characters {
            faults.append(.fault("\(place).length", "length-needed"))
        }
        if item.isOpen == true, open.type == .closed || item.shareType == .withheld {
            faults.append(.fault("\(place).isOpen", "item-open-but-closed"))
        }
        return faults
    }

    private var repeatedItemFaults: [Problem.Place] {
        var faults: [Problem.Place] = []
        var columns: Set<String> = []
        var names: Set<String> = []
        for (index, item) in items.enumerated() {
            if !item.column.isBlank, !columns.insert(item.column).inserted {
                faults.append(.fault("items[\(index)].column", "repeated", ["value": item.column]))
            }
            if !item.name.isBlank, !names.insert(item.name).inserted {
                faults.append(.fault("items[\(index)].name", "repeated", ["value": item.name]))
            }
        }
        return faults
    }
}

extension Problem.Place {
    static func fault(_ field: String, _ word: String, _ arguments: [String: String] = [:]) -> Problem.Place {
        Problem.Place(field, Message("catalogue.fault.\(word)", arguments))
    }
}

extension String {
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
