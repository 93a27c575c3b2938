package import Kernel
import Policy

/// What changed in a source's columns since the mapping was confirmed. Any change stops a version before it is published.
package struct Drift: Hashable, Sendable, Codable {
    package enum Change: Hashable, Sendable, Codable {
        case added(name: String, type: String)
        case removed(name: String)
        /// Same position, same type, other name: perhaps only renamed; a person decides.
        case renamed(from: String, to: String)
        case retyped(name: String, from: String, to: String)
        case moved(name: String, from: Int, to: Int)

        package var message: Message {
            switch self {
            case .added(let name, let type):
                Message("source.drift.added", ["column": name, "type": type])
            case .removed(let name): Message("source.drift.removed", ["column": name])
            case .renamed(let from, let to): Message("source.drift.renamed", ["from": from, "to": to])
            case .retyped(let name, let from, let to):
                Message("source.drift.retyped", ["column": name, "from": from, "to": to])
            case .moved(let name, let from, let to):
                Message("source.drift.moved", ["column": name, "from": String(from), "to": String(to)])
            }
        }
    }

    package let changes: [Change]

    /// Nil when `found` still fits `confirmed`. A confirmed type that can hold all that is found is no change: a column of whole
    /// numbers that was confirmed as decimal, or anything that was confirmed as text. Nor is what a person confirmed otherwise than it was
    /// proposed, as long as the same is proposed again.
    package init?(confirmed: SourceMapping, probe: Probe) {
        let found = probe.mapping
        // Text declares no types: a column without a value may be of any.
        let empty =
            !found.isOfText
            ? [] : Set(zip(found.columns, probe.columns).filter { $0.1.filledCells == 0 }.map(\.0.position))
        func holds(_ column: ColumnMapping, _ now: ColumnMapping) -> Bool {
            empty.contains(now.position) || Self.holds(column.type, now.type)
                || now.type == column.proposedType
        }
        var changes: [Change] = []
        var foundByName: [String: ColumnMapping] = [:]
        for column in found.columns where foundByName[column.sourceName] == nil {
            foundByName[column.sourceName] = column
        }
        let confirmedNames = Set(confirmed.columns.map(\.sourceName))
        var explained: Set<Int> = []
        for column in confirmed.columns {
            if let now = foundByName[column.sourceName] {
                explained.insert(now.position)
                if now.position != column.position {
                    changes.append(
                        .moved(name: column.sourceName, from: column.position + 1, to: now.position + 1))
                }
                if column.isIncluded, !holds(column, now) {
                    changes.append(
                        .retyped(
                            name: column.sourceName, from: column.type.description, to: now.type.description))
                }
            } else if column.position < found.columns.count,
                !confirmedNames.contains(found.columns[column.position].sourceName),
                holds(column, found.columns[column.position])
            {
                explained.insert(column.position)
                changes.append(
                    .renamed(from: column.sourceName, to: found.columns[column.position].sourceName))
            } else {
                changes.append(.removed(name: column.sourceName))
            }
        }
        for column in found.columns where !explained.contains(column.position) {
            changes.append(.added(name: column.sourceName, type: column.type.description))
        }
        if changes.isEmpty { return nil }
        self.changes = changes
    }

    private static func holds(_ confirmed: ColumnType, _ found: ColumnType) -> Bool {
        switch (confirmed, found) {
        case (.text, _): true
        case (let left, let right) where left == right: true
        case (.decimal(let precision, let scale), .decimal(let foundPrecision, let foundScale)):
            scale >= foundScale && precision >= min(foundPrecision, 18)
        case (.decimal, .integer), (.double, .integer), (.double, .decimal): true
        default: false
        }
    }
}
