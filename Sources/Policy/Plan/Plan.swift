package import Kernel

/// What the engine will do: which columns leave how, which rows. Neutral of any engine's dialect.
///
/// Only this module makes one. A plan of a grant can become an `OutwardPlan`; a plan of the platform's own never can.
package struct Plan: Hashable, Sendable {
    package enum Origin: Hashable, Sendable {
        case grant(GrantID)
        case `internal`(InternalPurpose)
    }

    /// The platform's own reads, listed in a golden file.
    package enum InternalPurpose: String, Hashable, Sendable, Codable, CaseIterable {
        case profile
        case qualityCheck = "quality-check"
        case failingRows = "failing-rows"
        case rowStoreBuild = "row-store-build"
        case contentDigest = "content-digest"
        case gradeSuggestion = "grade-suggestion"
        case dryRun = "dry-run"
    }

    /// One column of the output.
    package struct Output: Hashable, Sendable {
        package let source: Column
        package let mask: Mask?
        /// Name and type as it leaves.
        package let column: Column
    }

    package let origin: Origin
    package let entry: EntryID
    package let outputs: [Output]
    package let predicate: Expression?
    /// The columns that the plan reads, in the order of the version: what `predicate` and `outputs` name.
    package let reads: Schema
    /// Names the pseudonym key; empty for internal plans, which mask nothing.
    package let purpose: String
    package let deliveries: Set<DeliveryKind>
    /// Each key must come with a case number.
    package let requiresCase: Bool
    package let from: CalendarDate
    package let to: CalendarDate
    package let totalQuota: Int64?
    package let dailyQuota: Int64?
    package let circumstances: Circumstances

    /// Compiles terms that hold. Throws when a predicate no longer fits, which `Terms` has already excluded.
    package init(_ terms: Terms, grant: GrantID) throws(PolicyError) {
        origin = .grant(grant)
        entry = terms.facts.entry
        outputs = try terms.columns.map { facts throws(PolicyError) in
            let mask = terms.masks[facts.column.name]
            guard let type = mask.map({ $0.output(of: facts.column.type) }) ?? facts.column.type else {
                throw PolicyError.refused([
                    Refusal(.maskUnsupported, clause: "mask", column: facts.column.name)
                ])
            }
            return Output(source: facts.column, mask: mask, column: Column(facts.column.name, type))
        }
        predicate = terms.predicate
        let needed = Set(outputs.map(\.source.name)).union(terms.predicate?.columns ?? [])
        reads = terms.facts.schema.filter { needed.contains($0.name) }
        purpose = terms.purpose
        deliveries = terms.deliveries
        requiresCase = terms.requiresCase
        from = terms.from
        to = terms.to
        totalQuota = terms.totalQuota
        dailyQuota = terms.dailyQuota
        circumstances = terms.circumstances
        if let predicate { _ = try TypedExpression(predicate: predicate, schema: reads) }
    }

    /// As it was written by `json`; checked again.
    init(
        origin: Origin, entry: EntryID, outputs: [Output], predicate: Expression?, reads: Schema,
        purpose: String, deliveries: Set<DeliveryKind>, requiresCase: Bool, from: CalendarDate,
        to: CalendarDate, totalQuota: Int64?, dailyQuota: Int64?, circumstances: Circumstances
    ) throws(PolicyError) {
        self.origin = origin
        self.entry = entry
        self.outputs = outputs
        self.predicate = predicate
        self.reads = reads
        self.purpose = purpose
        self.deliveries = deliveries
        self.requiresCase = requiresCase
        self.from = from
        self.to = to
        self.totalQuota = totalQuota
        self.dailyQuota = dailyQuota
        self.circumstances = circumstances
        if let predicate { _ = try TypedExpression(predicate: predicate, schema: reads) }
    }

    private init(
        internal purpose: InternalPurpose, entry: EntryID, columns: Schema, predicate: Expression?,
        schema: Schema
    ) throws(PolicyError) {
        origin = .internal(purpose)
        self.entry = entry
        outputs = columns.map { Output(source: $0, mask: nil, column: $0) }
        self.predicate = predicate
        let needed = Set(columns.map(\.name)).union(predicate?.columns ?? [])
        reads = schema.filter { needed.contains($0.name) }
        self.purpose = ""
        deliveries = []
        requiresCase = false
        from = CalendarDate(daysSince1970: 0)
        to = CalendarDate(daysSince1970: 0)
        totalQuota = nil
        dailyQuota = nil
        circumstances = Circumstances()
        if let predicate { _ = try TypedExpression(predicate: predicate, schema: reads) }
    }

    /// A read of the platform's own: no grant, no mask, no way out.
    package static func `internal`(
        _ purpose: InternalPurpose, entry: EntryID, schema: Schema, columns: Schema? = nil,
        rows predicate: Expression? = nil
    ) throws(PolicyError) -> Plan {
        try Plan(
            internal: purpose, entry: entry, columns: columns ?? schema, predicate: predicate, schema: schema)
    }

    package var outputSchema: Schema { outputs.map(\.column) }
    package var usesPseudonyms: Bool { outputs.contains { $0.mask == .pseudonym } }

    /// The right to let rows out by one delivery, on one occasion: that day, that hour, to that address.
    package func outward(
        by delivery: DeliveryKind, on occasion: Occasion
    ) throws(PolicyError) -> OutwardPlan {
        let day = occasion.day
        guard case .grant(let grant) = origin else { throw .deliveryNotGranted(delivery) }
        guard deliveries.contains(delivery) else { throw .deliveryNotGranted(delivery) }
        guard day >= from else { throw .grantNotYetValid(grant, from: from) }
        guard day <= to else { throw .grantEnded(grant, to: to) }
        try circumstances.demand(occasion, under: grant)
        return OutwardPlan(plan: self, grant: grant, delivery: delivery)
    }

    /// Rows that do not have what the plan reads, in the same types, are no rows of this plan: an older version may have had other
    /// columns.
    package func demand(rows schema: Schema) throws(PolicyError) {
        for column in reads {
            guard let found = schema.first(where: { $0.name.utf8.elementsEqual(column.name.utf8) }) else {
                throw .refused([Refusal(.columnUnknown, clause: "columns", column: column.name)])
            }
            guard found.type == column.type else {
                throw .refused([
                    Refusal(
                        .typeMismatch, clause: "columns", column: column.name,
                        detail: ["expected": column.type.description, "found": found.type.description])
                ])
            }
        }
    }

    /// The key column of a look-up: one that leaves, and not as a pseudonym, which a look-up would undo value by value.
    package func key(_ name: String) throws(PolicyError) -> Column {
        guard let output = outputs.first(where: { $0.source.name.utf8.elementsEqual(name.utf8) }) else {
            throw .refused([Refusal(.keyNotGranted, clause: "columns", column: name, operation: "lookup")])
        }
        guard output.mask != .pseudonym else {
            throw .refused([Refusal(.keyPseudonymised, clause: "mask", column: name, operation: "lookup")])
        }
        return output.source
    }
}

/// What lets rows out: every writer of rows demands one, and only a grant's plan gives one.
package struct OutwardPlan: Hashable, Sendable {
    package let plan: Plan
    package let grant: GrantID
    package let delivery: DeliveryKind

    fileprivate init(plan: Plan, grant: GrantID, delivery: DeliveryKind) {
        self.plan = plan
        self.grant = grant
        self.delivery = delivery
    }
}
