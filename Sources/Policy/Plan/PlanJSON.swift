package import Kernel

extension Plan {
    package static let formatVersion: Int64 = 1

    /// What is done, without which grant does it: two grants of the same terms have one digest.
    package var json: JSON {
        var members: [String: JSON] = [
            "version": .integer(Self.formatVersion),
            "entry": .string(entry.text),
            "outputs": .array(
                outputs.map { output in
                    var members: [String: JSON] = [
                        "column": .string(output.source.name),
                        "type": .string(output.source.type.description),
                    ]
                    members["mask"] = output.mask?.json
                    return .object(members)
                }),
            "reads": .array(
                reads.map { ["name": .string($0.name), "type": .string($0.type.description)] }),
            "purpose": .string(purpose),
            "deliveries": .array(deliveries.map(\.rawValue).sorted().map { .string($0) }),
            "from": .string(from.description),
            "to": .string(to.description),
        ]
        switch origin {
        case .grant(let grant): members["grant"] = .string(grant.text)
        case .internal(let purpose): members["internal"] = .string(purpose.rawValue)
        }
        members["where"] = predicate?.json
        if requiresCase { members["caseNumber"] = true }
        members["totalQuota"] = totalQuota.map { .exact($0) }
        members["dailyQuota"] = dailyQuota.map { .exact($0) }
        let further = circumstances.clauses
        if !further.isEmpty { members["circumstances"] = further.json }
        return .object(members)
    }

    init(carried json: JSON) throws(PolicyError) {
        let reader = JSONReader(json, path: "$")
        guard try reader.integer("version") == Self.formatVersion else {
            throw reader.fault(.unknownVersion, ["expected": String(Self.formatVersion)])
        }
        let origin: Origin
        if let text = json["grant"]?.string, let grant = GrantID(text) {
            origin = .grant(grant)
        } else if let text = json["internal"]?.string, let purpose = InternalPurpose(rawValue: text) {
            origin = .internal(purpose)
        } else {
            throw reader.wrong("grant", expected: "grant")
        }
        guard let entry = EntryID(try reader.text("entry")) else {
            throw reader.wrong("entry", expected: "id")
        }
        var deliveries: Set<DeliveryKind> = []
        for element in try reader.elements("deliveries") {
            guard let kind = element.json.string.flatMap({ DeliveryKind(rawValue: $0) }) else {
                throw reader.unknown(element.json.canonical, at: "deliveries")
            }
            deliveries.insert(kind)
        }
        try self.init(
            origin: origin, entry: entry,
            outputs: reader.elements("outputs").map { element throws(PolicyError) in
                let source = try Self.column(element, name: "column")
                guard let json = element.json["mask"] else {
                    return Output(source: source, mask: nil, column: source)
                }
                let mask = try Mask(json: json)
                guard let type = mask.output(of: source.type) else {
                    throw element.fault(.maskUnsupported)
                }
                return Output(source: source, mask: mask, column: Column(source.name, type))
            },
            predicate: json["where"].map { json throws(PolicyError) in try Expression(json: json) },
            reads: reader.elements("reads").map { element throws(PolicyError) in
                try Self.column(element, name: "name")
            },
            purpose: reader.text("purpose"), deliveries: deliveries,
            requiresCase: json["caseNumber"]?.boolean ?? false, from: reader.date("from"),
            to: reader.date("to"), totalQuota: json["totalQuota"]?.exactInteger,
            dailyQuota: json["dailyQuota"]?.exactInteger,
            circumstances: Circumstances(
                try json["circumstances"].map { json throws(PolicyError) in try [Clause](json: json) } ?? []))
    }

    private static func column(_ reader: JSONReader, name: String) throws(PolicyError) -> Column {
        guard let type = ColumnType(try reader.text("type")) else {
            throw reader.wrong("type", expected: "type")
        }
        return Column(try reader.text(name), type)
    }
}
