import Foundation
package import Kernel
import Policy

/// The columns of the sheet, in the order of the template.
package enum RunningColumn: String, Sendable, Hashable, Codable, CaseIterable {
    case provider, recipient, entry, items, purpose, basis, scope, delivery, since, until, document

    package var title: Message { Message("running.column.\(rawValue)") }
}

/// A table as it was brought: its header, and its rows with their lines.
package struct BroughtSheet: Sendable, Hashable {
    package struct Row: Sendable, Hashable {
        package let line: Int64
        package let cells: [String]
        package init(line: Int64, cells: [String]) {
            self.line = line
            self.cells = cells
        }
    }
    package let header: [String]
    package let rows: [Row]
    package init(header: [String], rows: [Row]) {
        self.header = header
        self.rows = rows
    }
}

/// Where each column of a sheet is, by its title in any of the languages.
struct RunningHeader {
    let positions: [RunningColumn: Int]

    /// - Throws: `ExchangeError.sheetColumnsMissing`.
    init(_ header: [String]) throws(ExchangeError) {
        var positions: [RunningColumn: Int] = [:]
        for column in RunningColumn.allCases {
            let titles = Language.allCases.map { runningWords.text(column.title, in: $0) }
            if let place = header.firstIndex(where: { titles.contains(Self.plain($0)) }) {
                positions[column] = place
            }
        }
        let missing = RunningColumn.allCases.filter { positions[$0] == nil }
        guard missing.isEmpty else { throw .sheetColumnsMissing(missing) }
        self.positions = positions
    }

    private static func plain(_ title: String) -> String {
        title.trimmingCharacters(in: .whitespacesAndNewlines.union(CharacterSet(charactersIn: "*＊")))
    }

    func text(_ column: RunningColumn, _ row: BroughtSheet.Row) -> String {
        guard let place = positions[column], place < row.cells.count else { return "" }
        return row.cells[place].trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// `C12`
    func cell(_ column: RunningColumn, _ line: Int64) -> String {
        var (number, letters) = ((positions[column] ?? 0) + 1, "")
        while number > 0 {
            letters = String(UnicodeScalar(UInt8(65 + (number - 1) % 26))) + letters
            number = (number - 1) / 26
        }
        return "\(letters)\(line)"
    }
}

/// One row as its cells say it, before anything is looked up.
struct RunningRow {
    private(set) var wish = RequestWish(isCommitted: true)
    private(set) var masks: [String: String] = [:]
    private(set) var isWhole = false
    private(set) var since: CalendarDate?
    private(set) var faults: [(RunningColumn, Message)] = []

    private static let whole: Set<String> = ["全部", "全量", "全部行", "all", "All"]

    init(_ row: BroughtSheet.Row, _ header: RunningHeader) {
        func text(_ column: RunningColumn) -> String { header.text(column, row) }
        for column in [RunningColumn.purpose, .basis, .document]
        where text(column).unicodeScalars.count > RequestWish.Limits.textCharactersMax {
            faults.append(
                (
                    column,
                    Message(
                        "exchange.field-too-long",
                        ["charactersMax": "\(RequestWish.Limits.textCharactersMax)"])
                ))
        }
        wish.purpose = text(.purpose)
        wish.legalBasis = text(.basis)
        wish.businessItem = text(.document)
        if wish.businessItem.isEmpty { faults.append((.document, Message("exchange.field-required"))) }
        let scope = text(.scope)
        isWhole = Self.whole.contains(scope)
        wish.rows = isWhole ? "" : scope
        readItems(text(.items))
        readDeliveries(text(.delivery))
        since = day(.since, text(.since))
        wish.to = day(.until, text(.until))
    }

    private static func parts(_ text: String) -> [String] {
        text.split { "、，,;；\n".contains($0) }.map {
            $0.trimmingCharacters(in: .whitespacesAndNewlines)
        }.filter { !$0.isEmpty }
    }

    /// `身份证号：keep-6-4、姓名：surname、状态`
    private mutating func readItems(_ text: String) {
        for part in Self.parts(text) {
            let sides = part.split(maxSplits: 1) { $0 == "：" || $0 == ":" }.map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard let column = sides.first else { continue }
            wish.columns.append(column)
            guard sides.count > 1 else { continue }
            if OfferForm.plain[sides[1]] == nil {
                faults.append((.items, Message("running.treatment-unknown", ["treatment": sides[1]])))
            }
            masks[column] = sides[1]
        }
        if wish.columns.isEmpty { faults.append((.items, Message("exchange.columns-none"))) }
    }

    private mutating func readDeliveries(_ text: String) {
        for part in Self.parts(text) {
            let kind = DeliveryKind.allCases.first { kind in
                kind.rawValue == part
                    || Language.allCases.contains {
                        exchangeWords.text(Message("exchange.delivery.\(kind.rawValue)"), in: $0) == part
                    }
            }
            if let kind {
                wish.deliveries.insert(kind)
            } else {
                faults.append((.delivery, Message("running.delivery-unknown", ["delivery": part])))
            }
        }
        if wish.deliveries.isEmpty, !faults.contains(where: { $0.0 == .delivery }) {
            faults.append((.delivery, Message("exchange.deliveries-none")))
        }
        if wish.deliveries.contains(.verify), wish.deliveries.count > 1 {
            faults.append((.delivery, Message("exchange.verify-alone")))
        }
    }

    /// As people write it: `2025-01-31`, `2025/1/31`, `2025年1月31日`, `20250131`; empty is none.
    private mutating func day(_ column: RunningColumn, _ text: String) -> CalendarDate? {
        guard !text.isEmpty else { return nil }
        var parts = text.prefix { $0 != " " && $0 != "T" }.split { !$0.isNumber }.compactMap { Int($0) }
        if parts.count == 1, text.count == 8, let number = parts.first {
            parts = [number / 10_000, number / 100 % 100, number % 100]
        }
        if parts.count == 3, let day = CalendarDate(year: parts[0], month: parts[1], day: parts[2]) {
            return day
        }
        faults.append((column, Message("running.date-malformed", ["text": text])))
        return nil
    }

    var terms: RunningTerms { RunningTerms(wish: wish, masks: masks, isWhole: isWhole, since: since) }
}

extension RunningColumn {
    /// Where a refusal of the policy is about.
    init(_ refusal: Refusal) {
        self =
            switch refusal.clause {
            case Clause.Kind.rows.rawValue, Clause.Kind.values.rawValue: .scope
            case Clause.Kind.delivery.rawValue, Clause.Kind.minimumRows.rawValue: .delivery
            case Clause.Kind.validity.rawValue: .until
            case Clause.Kind.purpose.rawValue: .purpose
            case Clause.Kind.columns.rawValue where refusal.code == .notShared: .entry
            default: .items
            }
    }
}

extension RunningHeader {
    /// As the template has it.
    static let template = RunningHeader(
        positions: Dictionary(
            RunningColumn.allCases.enumerated().map { ($0.element, $0.offset) },
            uniquingKeysWith: { first, _ in first }))

    private init(positions: [RunningColumn: Int]) { self.positions = positions }
}

extension RunningExchange {
    /// What is written in a column of its row; units and entry by the names given.
    func text(
        _ column: RunningColumn, provider: String, recipient: String, entry: String, say: (Message) -> String
    ) -> String {
        let wish = terms.wish
        return switch column {
        case .provider: provider
        case .recipient: recipient
        case .entry: entry
        case .items:
            wish.columns.map { name in terms.masks[name].map { "\(name)：\($0)" } ?? name }
                .joined(separator: "、")
        case .purpose: wish.purpose
        case .basis: wish.legalBasis
        case .scope: terms.isWhole ? "全部" : wish.rows
        case .delivery:
            DeliveryKind.allCases.filter(wish.deliveries.contains).map {
                say(Message("exchange.delivery.\($0.rawValue)"))
            }.joined(separator: "、")
        case .since: terms.since?.description ?? ""
        case .until: wish.to?.description ?? ""
        case .document: wish.businessItem
        }
    }
}
