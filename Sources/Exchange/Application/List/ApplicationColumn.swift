import Foundation
package import Kernel
import Policy

/// The columns of a list of what is to be asked for, in the order of its template: a row an entry.
package enum ApplicationColumn: String, SheetColumn {
    case matter, entry, items, rows, delivery, expected, daily, purpose, basis, from, to, retention, contact

    package var title: Message { Message("application.list-column.\(rawValue)") }
    package static var words: Words { applicationListWords }

    /// Where a fault of a request is.
    init(field: String) {
        self =
            switch field {
            case "columns", "treatments": .items
            case "rows": .rows
            case "deliveries": .delivery
            case "expectedRows": .expected
            case "dailyRows": .daily
            case "purpose": .purpose
            case "legalBasis": .basis
            case "businessItem": .matter
            case "from": .from
            case "to": .to
            case "retentionDays": .retention
            case "contactPost": .contact
            default: .entry
            }
    }
}

/// One row as its cells say it, before the entry is looked up.
struct ApplicationRow {
    private(set) var wish = RequestWish(isCommitted: true)
    let entry: String
    let faults: [(ApplicationColumn, Message)]

    init(_ row: BroughtSheet.Row, _ header: SheetHeader<ApplicationColumn>) {
        var cells = SheetCells(row, header)
        entry = cells.text(.entry)
        if entry.isEmpty { cells.fault(.entry, Message("exchange.field-required")) }
        wish.businessItem = cells.text(.matter)
        // Room for the number of an application that goes on in another.
        cells.demandShort(.matter, charactersMax: ApplicationContent.Limits.titleCharactersMax - 4)
        wish.rows = cells.text(.rows)
        wish.purpose = cells.text(.purpose)
        wish.legalBasis = cells.text(.basis)
        wish.contactPost = cells.text(.contact)
        (wish.columns, wish.treatments) = cells.items(.items)
        wish.deliveries = cells.deliveries(.delivery)
        wish.expectedRows = cells.number(.expected)
        wish.dailyRows = cells.number(.daily)
        wish.from = cells.day(.from)
        wish.to = cells.day(.to)
        wish.retentionDays = cells.number(.retention).map { Int(clamping: $0) }
        faults = cells.faults
    }
}
