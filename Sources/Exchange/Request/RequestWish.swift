package import Kernel
package import Policy

/// What an applicant asks for: 数据共享申请表. The same value is a draft with holes and a request under decision; `faults` says what
/// is still wrong with it, field by field.
package struct RequestWish: Sendable, Hashable {
    /// Information items of the entry, by column name.
    package var columns: [String]
    /// How the applicant would have items treated, by column name: as the form of an offer names what needs no measure. What is
    /// not named is asked for as it is.
    package var treatments: [String: String] = [:]
    /// The row condition as it was written; empty: all rows.
    package var rows: String
    /// 使用目的
    package var purpose: String
    /// 申请依据: law, regulation or duty that the purpose serves.
    package var legalBasis: String
    /// 业务事项
    package var businessItem: String
    package var deliveries: Set<DeliveryKind>
    /// 预计用量, rows in all.
    package var expectedRows: Int64?
    /// Rows a day at most; nil: no daily limit.
    package var dailyRows: Int64?
    package var from: CalendarDate?
    package var to: CalendarDate?
    /// 留存期限: days after receipt.
    package var retentionDays: Int?
    /// 安全承诺: not to pass the data on, and to keep them as the law asks.
    package var isCommitted: Bool
    /// 联系岗位: a post, not a person.
    package var contactPost: String

    package init(
        columns: [String] = [], rows: String = "", purpose: String = "", legalBasis: String = "",
        businessItem: String = "", deliveries: Set<DeliveryKind> = [], expectedRows: Int64? = nil,
        dailyRows: Int64? = nil, from: CalendarDate? = nil, to: CalendarDate? = nil,
        retentionDays: Int? = nil,
        isCommitted: Bool = false, contactPost: String = ""
    ) {
        self.columns = columns
        self.rows = rows
        self.purpose = purpose
        self.legalBasis = legalBasis
        self.businessItem = businessItem
        self.deliveries = deliveries
        self.expectedRows = expectedRows
        self.dailyRows = dailyRows
        self.from = from
        self.to = to
        self.retentionDays = retentionDays
        self.isCommitted = isCommitted
        self.contactPost = contactPost
    }

    package enum Limits {
        package static let textCharactersMax = 500
        package static let rowsCharactersMax = 4_000
        package static let contactCharactersMax = 100
        package static let quotaRowsMax: Int64 = 1_000_000_000_000
    }

    /// Nil: all rows.
    package func condition() throws(PolicyError) -> Expression? {
        rows.allSatisfy(\.isWhitespace) ? nil : try Expression(text: rows)
    }

    /// The clauses that grant exactly what is asked.
    package func clauses() throws(PolicyError) -> [Clause] {
        var clauses: [Clause] = [.columns(columns)]
        if let condition = try condition() { clauses.append(.rows(condition)) }
        clauses.append(.purpose(purpose))
        if let from, let to { clauses.append(.validity(from: from, to: to)) }
        if let expectedRows { clauses.append(.totalQuota(rows: expectedRows)) }
        if let dailyRows { clauses.append(.dailyQuota(rows: dailyRows)) }
        clauses.append(.delivery(deliveries))
        if deliveries.contains(.verify) {
            clauses.append(.tries(perKeyAndDay: Clause.Limits.triesStandard))
        }
        if let retentionDays { clauses.append(.retention(days: retentionDays)) }
        if isCommitted { clauses.append(.noRedistribution) }
        for column in columns {
            guard let mask = treatments[column].flatMap({ OfferForm.plain[$0] }) else { continue }
            clauses.append(.mask(column: column, mask))
        }
        return clauses
    }
}

extension RequestWish {
    package var json: JSON {
        func number(_ value: Int64?) -> JSON { value.map { .integer($0) } ?? .null }
        var members: [String: JSON] = [
            "columns": .array(columns.map { .string($0) }), "rows": .string(rows),
            "purpose": .string(purpose), "legalBasis": .string(legalBasis),
            "businessItem": .string(businessItem),
            "deliveries": .array(deliveries.map(\.rawValue).sorted().map { .string($0) }),
            "expectedRows": number(expectedRows), "dailyRows": number(dailyRows),
            "from": from.map { .string($0.description) } ?? .null,
            "to": to.map { .string($0.description) } ?? .null,
            "retentionDays": number(retentionDays.map(Int64.init)), "isCommitted": .boolean(isCommitted),
            "contactPost": .string(contactPost),
        ]
        if !treatments.isEmpty { members["treatments"] = .object(treatments.mapValues { .string($0) }) }
        return .object(members)
    }

    package static let fields = Set(fieldOrder).union(["treatments"])
    /// As the form asks for them.
    package static let fieldOrder = [
        "columns", "rows", "purpose", "legalBasis", "businessItem", "deliveries", "expectedRows", "dailyRows",
        "from", "to", "retentionDays", "contactPost", "isCommitted",
    ]

    /// Reads what `json` writes; members may be left out, as in a draft. A member that is not one, or of the wrong type, is refused
    /// by its name.
    package init(json: JSON) throws(ExchangeError) {
        guard let object = json.object else { throw .fieldsInvalid([Self.wrong("wish")]) }
        var faults = object.keys.filter { !Self.fields.contains($0) }.sorted().map {
            Problem.Place($0, Message("exchange.field-unknown"))
        }
        func member(_ name: String) -> JSON? { object[name] == .null ? nil : object[name] }
        func text(_ name: String) -> String {
            guard let value = member(name) else { return "" }
            if let text = value.string { return text }
            faults.append(Self.wrong(name))
            return ""
        }
        func number(_ name: String) -> Int64? {
            guard let value = member(name) else { return nil }
            if let number = value.integer { return number }
            faults.append(Self.wrong(name))
            return nil
        }
        func day(_ name: String) -> CalendarDate? {
            guard let value = member(name), value != "" else { return nil }
            if let day = value.string.flatMap({ CalendarDate($0) }) { return day }
            faults.append(Self.wrong(name))
            return nil
        }
        func texts(_ name: String) -> [String] {
            guard let value = member(name) else { return [] }
            let texts = value.array?.compactMap(\.string) ?? []
            if texts.count != value.array?.count { faults.append(Self.wrong(name)) }
            return texts
        }
        let kinds = texts("deliveries")
        let deliveries = kinds.compactMap(DeliveryKind.init)
        if deliveries.count != kinds.count { faults.append(Self.wrong("deliveries")) }
        let retention = number("retentionDays").map { Int(clamping: $0) }
        let treatments = (member("treatments")?.object ?? [:]).compactMapValues(\.string)
        if let value = member("treatments"), value.object?.count != treatments.count {
            faults.append(Self.wrong("treatments"))
        }
        if let value = member("isCommitted"), value.boolean == nil {
            faults.append(Self.wrong("isCommitted"))
        }
        self.init(
            columns: texts("columns"), rows: text("rows"), purpose: text("purpose"),
            legalBasis: text("legalBasis"), businessItem: text("businessItem"), deliveries: Set(deliveries),
            expectedRows: number("expectedRows"), dailyRows: number("dailyRows"), from: day("from"),
            to: day("to"), retentionDays: retention, isCommitted: member("isCommitted")?.boolean ?? false,
            contactPost: text("contactPost"))
        self.treatments = treatments
        guard faults.isEmpty else { throw .fieldsInvalid(faults) }
    }

    private static func wrong(_ name: String) -> Problem.Place {
        Problem.Place(name, Message("exchange.field-malformed"))
    }
}
