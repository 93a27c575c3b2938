package import Kernel
package import Lake
import Policy

/// The version of another entry that a rule's values are compared with.
package struct ReferencedVersion: Sendable {
    package let version: VersionID
    package let number: Int
    package let rows: RowSource

    package init(version: VersionID, number: Int, rows: RowSource) {
        self.version = version
        self.number = number
        self.rows = rows
    }

    /// Nil when it may not be referred to by a unit that is not its owner, was withdrawn, or has no version: which of these it is
    /// nobody is told.
    package typealias Reader = @Sendable (EntryID, _ owner: PartyID) async throws -> ReferencedVersion?
}

/// What a result was compared with.
package struct ComparedWith: Hashable, Sendable {
    package let entry: EntryID
    package let version: VersionID
    package let number: Int

    package init(entry: EntryID, version: VersionID, number: Int) {
        self.entry = entry
        self.version = version
        self.number = number
    }
}

extension ReferencedVersion {
    /// Throws what does not fit, before the engine is asked.
    func reference(
        from column: String, _ type: ColumnType, to keys: KeyTable, schema: Schema, today: CalendarDate
    ) throws(RuleFault) -> Metric.Reference {
        guard let others = try? rows.schema() else { throw .referenceGone(keys.entry) }
        func found(_ name: String, in schema: Schema) -> ColumnType? {
            schema.first { $0.name.utf8.elementsEqual(name.utf8) }?.type
        }
        guard let keyType = found(keys.key, in: others) else { throw .referenceColumnMissing(keys.key) }
        guard keyType == type else {
            throw .referenceUnfit(
                column: column, type: type.description, key: keys.key, keyType: keyType.description)
        }
        for name in [keys.validFrom, keys.validUntil].compactMap(\.self) {
            guard let type = found(name, in: others) else { throw .referenceColumnMissing(name) }
            guard type == .date || type == .timestamp else {
                throw .typeUnfit(column: name, type: type.description, check: .reference)
            }
        }
        if let on = keys.on, let type = found(on, in: schema), type != .date, type != .timestamp {
            throw .typeUnfit(column: on, type: type.description, check: .reference)
        }
        return Metric.Reference(
            column: column, rows: rows, key: keys.key, validFrom: keys.validFrom,
            validUntil: keys.validUntil, on: keys.on, day: today)
    }
}
