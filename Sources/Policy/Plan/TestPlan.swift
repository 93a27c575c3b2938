package import Kernel

/// The plan of a grant for a joint test (联调测试): it runs over rows that were made up, and over nothing else. No engine takes it beside a
/// version, and it becomes no `OutwardPlan`.
package struct TestPlan: Hashable, Sendable {
    package let plan: Plan
    package let grant: GrantID
    package let delivery: DeliveryKind

    fileprivate init(plan: Plan, grant: GrantID, delivery: DeliveryKind) {
        self.plan = plan
        self.grant = grant
        self.delivery = delivery
    }
}

extension Plan {
    /// The same refusals as `outward`, but for the first day: a test comes before it.
    ///
    /// - Throws: `PolicyError.deliveryNotGranted`, `.grantEnded`, `.outsideNetworks`, `.outsideHours`.
    package func jointTest(
        by delivery: DeliveryKind, on occasion: Occasion
    ) throws(PolicyError) -> TestPlan {
        guard case .grant(let grant) = origin, deliveries.contains(delivery) else {
            throw .deliveryNotGranted(delivery)
        }
        guard occasion.day <= to else { throw .grantEnded(grant, to: to) }
        try circumstances.demand(occasion, under: grant)
        return TestPlan(plan: self, grant: grant, delivery: delivery)
    }
}

/// A condition asked of rows that somebody made up, as the engine would ask it of rows of a version.
package struct RowTest: Sendable {
    private let condition: RowCondition

    /// `schema` is that of the rows that will come.
    package init(_ predicate: Expression, rows schema: Schema) throws(PolicyError) {
        condition = RowCompiler.condition(try TypedExpression(predicate: predicate, schema: schema))
    }

    package func holds(_ row: [Value]) -> Bool { condition(row) == .yes }
}

extension Expression {
    /// Every value that is written in it: those of its lists and bounds too, and texts that others begin with or hold.
    package var literals: [Value] {
        switch self {
        case .column: []
        case .literal(let value): [value]
        case .not(let inner), .isNull(let inner): inner.literals
        case .all(let parts), .any(let parts), .call(_, let parts): parts.flatMap(\.literals)
        case .compare(_, let left, let right): left.literals + right.literals
        case .isIn(let inner, let values): inner.literals + values
        case .between(let inner, let low, let high): inner.literals + [low, high]
        case .startsWith(let inner, let text): inner.literals + [.text(text), .text(text + "测试")]
        case .contains(let inner, let text): inner.literals + [.text(text), .text("测" + text + "试")]
        case .matches(let inner, _): inner.literals
        }
    }

    /// What it asks whether something is one of.
    package var identifiers: Set<Identifier> {
        switch self {
        case .column, .literal: []
        case .not(let inner), .isNull(let inner), .isIn(let inner, _), .between(let inner, _, _),
            .startsWith(let inner, _), .contains(let inner, _), .matches(let inner, _):
            inner.identifiers
        case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.identifiers) }
        case .call(let function, let parts):
            parts.reduce(into: Self.identifiers(function)) { $0.formUnion($1.identifiers) }
        case .compare(_, let left, let right): left.identifiers.union(right.identifiers)
        }
    }

    private static func identifiers(_ function: Function) -> Set<Identifier> {
        switch function {
        case .isA(let identifier): [identifier]
        case .citizenBirth, .citizenSex: [.citizenID]
        default: []
        }
    }
}
