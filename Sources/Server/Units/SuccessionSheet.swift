import Foundation
import Identity
import Kernel

/// The list of a split as it comes back: its header, and its rows with their lines.
struct SuccessionSheet: Sendable {
    enum Column: String, Sendable, CaseIterable {
        case kind, word, id, title, heir

        var title: Message { Message("succession.column.\(rawValue)") }
    }

    let header: [String]
    let rows: [(line: Int64, cells: [String])]

    /// What the rows say; each fault at its cell. Rows without a successor say nothing.
    ///
    /// - Throws: a `Problem` when a column is missing.
    func choices(
        among lines: [SuccessionLine], _ heirs: [(id: PartyID, names: [String])]
    ) throws -> ([(choice: Successions.Choice, heir: PartyID?)], [Problem.Place]) {
        var places: [Column: Int] = [:]
        for column in Column.allCases {
            let titles = Language.allCases.map { Node.words.text(column.title, in: $0) }
            places[column] = header.firstIndex {
                titles.contains($0.trimmingCharacters(in: .whitespacesAndNewlines))
            }
        }
        guard let kindAt = places[.kind], let idAt = places[.id], let heirAt = places[.heir] else {
            throw Problem(.invalid, Message("succession.list-columns"))
        }
        let known = Set(lines.filter(\.item.isChosen).map(\.item.key))
        var (choices, faults): ([(choice: Successions.Choice, heir: PartyID?)], [Problem.Place]) = ([], [])
        var seen: Set<SuccessionItem.Key> = []
        for row in rows {
            func cell(_ place: Int) -> String {
                place < row.cells.count
                    ? row.cells[place].trimmingCharacters(in: .whitespacesAndNewlines) : ""
            }
            func fault(_ place: Int, _ key: String, _ name: String) {
                faults.append(
                    Problem.Place(Self.cell(place, row.line), Message(key, ["name": name])))
            }
            let key = SuccessionItem.Kind(rawValue: cell(kindAt)).map {
                SuccessionItem.Key($0, cell(idAt))
            }
            guard let key, known.contains(key) else {
                fault(idAt, "succession.list-item-unknown", cell(idAt))
                continue
            }
            guard seen.insert(key).inserted else {
                fault(idAt, "succession.list-item-twice", cell(idAt))
                continue
            }
            guard !cell(heirAt).isEmpty else { continue }
            let wanted = Party.matchKey(cell(heirAt))
            let named = heirs.filter { heir in
                heir.id.text == wanted || heir.names.contains { Party.matchKey($0) == wanted }
            }
            guard let heir = named.first, named.count == 1 else {
                fault(heirAt, "succession.list-heir-unknown", cell(heirAt))
                continue
            }
            choices.append((.item(key), heir.id))
        }
        return (choices, faults)
    }

    /// `E12`; there are fewer columns than letters.
    private static func cell(_ place: Int, _ line: Int64) -> String {
        String(UnicodeScalar(UInt8(65 + min(place, 25)))) + String(line)
    }
}
