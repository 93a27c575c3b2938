import Kernel
import Web

/// A difference between two cards as people read it: fields by their names, coded values in words.
extension FieldChange {
    var cells: [Table.Cell] {
        let (field, column) = place
        let name = field.map { Label.word($0.message) } ?? .data(self.field)
        return [
            Table.Cell(name, note: column.map { .data($0) }), Table.Cell(shown(before, of: field)),
            Table.Cell(shown(after, of: field)),
        ]
    }

    /// The field, and of an item the column.
    private var place: (CardField?, String?) {
        guard let end = field.lastIndex(of: "]"), field.hasPrefix("items[") else {
            return (CardField(rawValue: field), nil)
        }
        let key = field[field.index(after: end)...].dropFirst()
        let column = String(field[..<end].dropFirst("items[".count))
        let known: CardField? =
            switch key {
            case "name": .itemName
            case "type": .itemType
            case "length": .itemLength
            case "shareType": .itemShareType
            case "isOpen": .itemOpen
            case "description": .itemDescription
            default: nil
            }
        return (known, column)
    }

    private func shown(_ text: String?, of field: CardField?) -> Label {
        guard let text else { return .nothing }
        let word: Message? =
            switch field {
            case .shareType, .itemShareType: ShareType(rawValue: text)?.message
            case .shareMode: ShareMode(rawValue: text)?.message
            case .openType: OpenType(rawValue: text)?.message
            case .updateCycle: UpdateCycle(rawValue: text)?.message
            case .formatClass: ResourceFormat.Class(rawValue: text)?.message
            case .itemType: Item.DataType(rawValue: text)?.message
            case .itemOpen: Message(text == "true" ? "catalogue.yes" : "catalogue.no")
            default: nil
            }
        return word.map { .word($0) } ?? .data(text)
    }
}
