import Foundation
package import Kernel
import Policy

/// The columns of the sheet, in the order of the template.
package enum RunningColumn: String, SheetColumn {
    case provider, recipient, entry, items, purpose, basis, scope, delivery, since, until, document

    package var title: Message { Message("running.column.\(rawValue)") }
    package static var words: Words { runningWords }
}

typealias RunningHeader = SheetHeader<RunningColumn>

/// One row as its cells say it, before anything is looked up.
struct RunningRow {
    private(set) var wish = RequestWish(isCommitted: true)
    private(set) var masks: [String: String] = [:]
    private(set) var isWhole = false
    private(set) var since: CalendarDate?
    let faults: [(RunningColumn, Message)]

    private static let whole: Set<String> = ["全部", "全量", "全部行", "all", "All"]

    init(_ row: BroughtSheet.Row, _ header: RunningHeader) {
        var cells = SheetCells(row, header)
        for column in [RunningColumn.purpose, .basis, .document] {
            cells.demandShort(column, charactersMax: RequestWish.Limits.textCharactersMax)
        }
        wish.purpose = cells.text(.purpose)
        wish.legalBasis = cells.text(.basis)
        wish.businessItem = cells.text(.document)
        if wish.businessItem.isEmpty { cells.fault(.document, Message("exchange.field-required")) }
        let scope = cells.text(.scope)
        isWhole = Self.whole.contains(scope)
        wish.rows = isWhole ? "" : scope
        (wish.columns, masks) = cells.items(.items)
        wish.deliveries = cells.deliveries(.delivery)
        since = cells.day(.since)
        wish.to = cells.day(.until)
        faults = cells.faults
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
