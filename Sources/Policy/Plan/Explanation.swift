package import Kernel

/// What a grant will do, before it does it: in words and in the SQL that would run. Made from the same terms and plan as the
/// release itself, so it cannot describe something else.
package struct Explanation: Hashable, Sendable {
    package struct ColumnLine: Hashable, Sendable {
        package let source: Column
        package let grade: GradeLevel?
        package let mask: Mask?
        /// Nil when the column does not leave.
        package let output: Column?
        package let treatment: Message
    }

    /// Each enforced by the engine; columns, masks and rows are told apart, in `columns` and `rows`.
    package let controls: [Message]
    /// Each undertaken by the recipient; nothing of ours enforces them.
    package let promises: [Message]
    /// Of the columns named by the clauses, in their order.
    package let columns: [ColumnLine]
    /// The columns of the data that the clauses do not name.
    package let withheld: [Column]
    package let rows: Message
    /// The predicate's parts as text; a row leaves when all are true.
    package let conditions: [String]
    package let from: CalendarDate?
    package let to: CalendarDate?
    package let totalQuota: Int64?
    package let dailyQuota: Int64?
    package let deliveries: [DeliveryKind]
    /// The rule that let the grades pass.
    package let rule: String?
    /// Empty when the grant could be signed; otherwise what stands against it, and then there is no SQL.
    package let refusals: [Refusal]
    package let sql: String?
    /// What is bound to `$1`, `$2` …, as text.
    package let parameters: [String]

    package var isEnforceable: Bool { refusals.isEmpty }

    /// Never throws: what cannot be done is part of the explanation.
    package init(
        _ clauses: [Clause], facts: EntryFacts, on day: CalendarDate, rules: DisclosureRules = .standard
    ) {
        var refusals: [Refusal] = []
        var terms: Terms?
        var query: DuckDBQuery?
        do throws(PolicyError) {
            let valid = try Terms(clauses, facts: facts, on: day, rules: rules)
            terms = valid
            query = try Plan(valid, grant: GrantID(high: 0, low: 0)).duckDB()
        } catch {
            switch error {
            case .refused(let found), .malformed(let found): refusals = found
            default: refusals = [Refusal(.noEffect)]
            }
        }
        self.refusals = refusals
        rule = terms?.rule.citation
        sql = query?.statement(from: "version")
        parameters = (query?.parameters ?? []).map(\.text)
        let saidApart: Set<Clause.Kind> = [.columns, .mask, .rows]
        controls = clauses.filter { $0.nature == .control && !saidApart.contains($0.kind) }
            .flatMap(Self.messages)
        promises = clauses.filter { $0.nature == .promise }.flatMap(Self.messages)
        let predicate = Self.predicate(clauses)
        let isListed = clauses.contains { $0.kind == .values }
        rows =
            predicate.map { Message("policy.explain-rows-some", ["condition": $0.text]) }
            ?? Message(isListed ? "policy.explain-rows-listed" : "policy.explain-rows-all")
        conditions = (terms?.predicate ?? predicate)?.conjuncts.map(\.text) ?? []
        (columns, withheld) = Self.columns(clauses, facts)
        from = terms?.from
        to = terms?.to
        totalQuota = terms?.totalQuota
        dailyQuota = terms?.dailyQuota
        deliveries = DeliveryKind.allCases.filter { terms?.deliveries.contains($0) ?? false }
    }

    private static func predicate(_ clauses: [Clause]) -> Expression? {
        for case .rows(let predicate) in clauses { return predicate }
        return nil
    }

    private static func columns(_ clauses: [Clause], _ facts: EntryFacts) -> ([ColumnLine], [Column]) {
        var masks: [String: Mask] = [:]
        for case .mask(let column, let mask) in clauses { masks[column] = masks[column] ?? mask }
        for case .coordinates(let longitude, let latitude, let places) in clauses {
            for column in [longitude, latitude] { masks[column] = masks[column] ?? .decimals(places) }
        }
        var named: [String] = []
        for case .columns(let names) in clauses { named += names }
        let lines = named.compactMap { name -> ColumnLine? in
            guard let found = facts.facts(of: name) else { return nil }
            let mask = masks[name]
            let type = mask.map { $0 == .drop ? nil : $0.output(of: found.column.type) } ?? found.column.type
            return ColumnLine(
                source: found.column, grade: found.grade, mask: mask,
                output: type.map { Column(name, $0) }, treatment: treatment(found, mask))
        }
        let withheld = facts.schema.filter { !named.contains($0.name) }
        return (lines, withheld)
    }

    private static func treatment(_ facts: ColumnFacts, _ mask: Mask?) -> Message {
        var arguments = ["column": facts.column.name, "grade": facts.grade?.rawValue ?? "ungraded"]
        arguments.merge(mask?.arguments ?? [:]) { first, _ in first }
        return Message("policy.explain-column-\(mask?.name.rawValue ?? "plain")", arguments)
    }

    /// One clause in sentences, on pages and in documents: one, or one for each delivery and each limit of a rate.
    package static func messages(_ clause: Clause) -> [Message] {
        if case .rate(let rate) = clause {
            return rate.limits.map {
                Message("policy.explain-rate-\($0.measure.rawValue)", ["limit": String($0.limit)])
            }
        }
        guard case .delivery(let kinds) = clause else { return [message(clause)] }
        return DeliveryKind.allCases.filter(kinds.contains).map {
            Message("policy.explain-delivery-\($0.rawValue)")
        }
    }

    private static let valuesShownMax = 20

    private static func message(_ clause: Clause) -> Message {
        switch clause {
        case .columns(let names):
            Message("policy.explain-columns", ["columns": names.joined(separator: "、")])
        case .rows(let predicate): Message("policy.explain-rows-some", ["condition": predicate.text])
        case .mask(let column, let mask):
            Message(
                "policy.explain-mask-\(mask.name.rawValue)",
                mask.arguments.merging(["column": column]) { first, _ in first })
        case .purpose(let text): Message("policy.explain-purpose", ["purpose": text])
        case .validity(let from, let to):
            Message("policy.explain-validity", ["from": from.description, "to": to.description])
        case .totalQuota(let rows): Message("policy.explain-total-quota", ["rows": String(rows)])
        case .dailyQuota(let rows): Message("policy.explain-daily-quota", ["rows": String(rows)])
        case .delivery: Message("policy.clause-delivery")
        case .caseNumber: Message("policy.explain-case-number")
        case .values(let column, let allowed):
            Message(
                "policy.explain-values",
                [
                    "column": column, "count": String(allowed.count),
                    "values": allowed.prefix(valuesShownMax).joined(separator: "、")
                        + (allowed.count > valuesShownMax ? "…" : ""),
                ])
        case .coordinates(let longitude, let latitude, let places):
            Message(
                "policy.explain-coordinates",
                ["longitude": longitude, "latitude": latitude, "places": String(places)])
        case .rate: Message("policy.clause-rate")
        case .networks(let ranges):
            Message(
                "policy.explain-networks", ["networks": ranges.map(\.text).joined(separator: "、")])
        case .hours(let hours): Message("policy.explain-hours-\(hours.word)", hours.arguments)
        case .minimumRows(let rows): Message("policy.explain-minimum-rows", ["rows": String(rows)])
        case .asOf(.day(let day)): Message("policy.explain-as-of-day", ["day": day.description])
        case .asOf(.version(let number)):
            Message("policy.explain-as-of-number", ["number": String(number)])
        case .tries(let tries): Message("policy.explain-tries", ["tries": String(tries)])
        case .superiorConsent(let consent): Message("policy.explain-superior-consent", consent.arguments)
        case .jointTest: Message("policy.explain-joint-test")
        case .retention(let days): Message("policy.explain-retention", ["days": String(days)])
        case .noRedistribution: Message("policy.explain-no-redistribution")
        }
    }
}

extension Explanation {
    /// For `--json` and the API.
    package var json: JSON {
        var members: [String: JSON] = [
            "enforceable": .boolean(isEnforceable),
            "columns": .array(
                columns.map { line in
                    var members: [String: JSON] = [
                        "name": .string(line.source.name), "type": .string(line.source.type.description),
                        "leaves": .boolean(line.output != nil),
                    ]
                    members["grade"] = line.grade.map { .string($0.rawValue) }
                    members["mask"] = line.mask?.json
                    members["leavesAs"] = line.output.map { .string($0.type.description) }
                    return .object(members)
                }),
            "withheld": .array(withheld.map { .string($0.name) }),
            "rows": Self.json(rows), "conditions": .array(conditions.map { .string($0) }),
            "controls": .array(controls.map(Self.json)),
            "promises": .array(promises.map(Self.json)),
            "deliveries": .array(deliveries.map { .string($0.rawValue) }),
            "refusals": .array(
                refusals.map { refusal in
                    var members: [String: JSON] = ["code": .string("policy.\(refusal.code.rawValue)")]
                    members["clause"] = refusal.clause.map { .string($0) }
                    members["column"] = refusal.column.map { .string($0) }
                    members["operator"] = refusal.operation.map { .string($0) }
                    return .object(members)
                }),
            "parameters": .array(parameters.map { .string($0) }),
        ]
        members["sql"] = sql.map { .string($0) }
        members["rule"] = rule.map { .string($0) }
        members["from"] = from.map { .string($0.description) }
        members["to"] = to.map { .string($0.description) }
        members["totalQuota"] = totalQuota.map { .exact($0) }
        members["dailyQuota"] = dailyQuota.map { .exact($0) }
        return .object(members)
    }

    private static func json(_ message: Message) -> JSON {
        ["key": .string(message.key), "arguments": .object(message.arguments.mapValues { .string($0) })]
    }
}
