import Foundation
import Kernel
import Policy

/// One row as people write it: each cell is read as what its column holds, and what cannot be read is a fault of that column.
struct SheetCells<Column: SheetColumn> {
    private let row: BroughtSheet.Row
    private let header: SheetHeader<Column>
    private(set) var faults: [(Column, Message)] = []

    init(_ row: BroughtSheet.Row, _ header: SheetHeader<Column>) {
        self.row = row
        self.header = header
    }

    func text(_ column: Column) -> String { header.text(column, row) }

    mutating func fault(_ column: Column, _ message: Message) { faults.append((column, message)) }

    mutating func demandShort(_ column: Column, charactersMax: Int) {
        guard text(column).unicodeScalars.count > charactersMax else { return }
        fault(column, Message("exchange.field-too-long", ["charactersMax": "\(charactersMax)"]))
    }

    private static func parts(_ text: String) -> [String] {
        text.split { "、，,;；\n".contains($0) }.map {
            $0.trimmingCharacters(in: .whitespacesAndNewlines)
        }.filter { !$0.isEmpty }
    }

    /// `身份证号：keep-6-4、姓名：surname、状态`
    mutating func items(_ column: Column) -> (columns: [String], treatments: [String: String]) {
        var (columns, treatments): ([String], [String: String]) = ([], [:])
        for part in Self.parts(text(column)) {
            let sides = part.split(maxSplits: 1) { $0 == "：" || $0 == ":" }.map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard let item = sides.first else { continue }
            columns.append(item)
            guard sides.count > 1 else { continue }
            if OfferForm.plain[sides[1]] == nil {
                fault(column, Message("running.treatment-unknown", ["treatment": sides[1]]))
            }
            treatments[item] = sides[1]
        }
        if columns.isEmpty { fault(column, Message("exchange.columns-none")) }
        return (columns, treatments)
    }

    mutating func deliveries(_ column: Column) -> Set<DeliveryKind> {
        var deliveries: Set<DeliveryKind> = []
        let known = faults.count
        for part in Self.parts(text(column)) {
            let kind = DeliveryKind.allCases.first { kind in
                kind.rawValue == part
                    || Language.allCases.contains {
                        exchangeWords.text(Message("exchange.delivery.\(kind.rawValue)"), in: $0) == part
                    }
            }
            if let kind {
                deliveries.insert(kind)
            } else {
                fault(column, Message("running.delivery-unknown", ["delivery": part]))
            }
        }
        if deliveries.isEmpty, faults.count == known {
            fault(column, Message("exchange.deliveries-none"))
        }
        if deliveries.contains(.verify), deliveries.count > 1 {
            fault(column, Message("exchange.verify-alone"))
        }
        return deliveries
    }

    /// As people write it: `2025-01-31`, `2025/1/31`, `2025年1月31日`, `20250131`; empty is none.
    mutating func day(_ column: Column) -> CalendarDate? {
        let text = text(column)
        guard !text.isEmpty else { return nil }
        var parts = text.prefix { $0 != " " && $0 != "T" }.split { !$0.isNumber }.compactMap { Int($0) }
        if parts.count == 1, text.count == 8, let number = parts.first {
            parts = [number / 10_000, number / 100 % 100, number % 100]
        }
        if parts.count == 3, let day = CalendarDate(year: parts[0], month: parts[1], day: parts[2]) {
            return day
        }
        fault(column, Message("running.date-malformed", ["text": text]))
        return nil
    }

    /// `10000`, `10,000`, `10 000`; empty is none.
    mutating func number(_ column: Column) -> Int64? {
        let text = text(column)
        guard !text.isEmpty else { return nil }
        var digits = text.filter { !",， ".contains($0) }
        // A spreadsheet writes a whole number as 10000.0.
        if digits.hasSuffix(".0") { digits.removeLast(2) }
        if digits.count <= 15, digits.allSatisfy(\.isASCII), let number = Int64(digits), number >= 0 {
            return number
        }
        fault(column, Message("application.list-number", ["text": String(text.prefix(40))]))
        return nil
    }
}
