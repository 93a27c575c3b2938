import Catalogue
import Hooking
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Quality
package import Release

extension Node {
    /// 联调测试: what is published of an entry's columns comes of its card, its hook and its rules in force.
    package var jointTests: JointTestDesk {
        let (catalogue, database, hooking, quality) = (catalogue, database, hooking, quality)
        let clock = clock
        return JointTestDesk(
            JointTestDesk.Parts(
                database: database, grants: grants, permissions: permissions, evidence: evidence,
                engine: engine, pushes: pushes, lists: nameLists, facts: releaseSources.facts,
                columns: { entry, schema in
                    let card = try await database.read {
                        try catalogue.published(entry, in: $0)?.publishedCard
                    }
                    return MadeColumn.all(
                        schema, items: card?.items ?? [],
                        keyColumns: try await hooking.keyColumns(of: entry),
                        checks: try await quality.checks(of: entry, on: clock.now().date()))
                }, keyColumns: { try await hooking.keyColumns(of: $0) }, division: cityCode,
                folder: "\(folder.path)/joint-tests",
                rowsMax: settings.integer(.jointTestRows), pageRowsMax: settings.integer(.pageRowsMax),
                keysMax: settings.integer(.lookupKeysMax), calendars: calendars, clock: clock))
    }

    /// Of the whole city, by the table of the node's profile; without one a code that no place has.
    private var cityCode: String {
        let table = (try? Profile(identity.profile).text("divisions.tsv")).flatMap {
            try? DivisionTable(tsv: $0)
        }
        return table?.lines.first { $0.code.isCity }?.code.national ?? "000000"
    }
}

extension MadeColumn {
    static func all(
        _ schema: Schema, items: [Item], keyColumns: [String], checks: [Check]
    ) -> [MadeColumn] {
        schema.map { column in
            let item = items.first { $0.column == column.name || $0.name == column.name }
            var made = MadeColumn(column)
            made.isKey = keyColumns.contains(column.name)
            if column.type == .text {
                made.identifier = identifier(named: [item?.name, column.name].compactMap(\.self))
                if item?.type == .characters, let length = item?.length, length > 0 {
                    made.lengthMax = length
                }
            }
            for check in checks { made.take(check) }
            return made
        }
    }

    /// What a rule says of this column alone. Patterns and rules over several columns or rows are not followed.
    private mutating func take(_ check: Check) {
        switch check {
        case .notNull(let name) where name == column.name: isRequired = true
        case .unique(let names) where names == [column.name]: isKey = true
        case .enumeration(let name, let values) where name == column.name:
            codes = values
            identifier = nil
        case .identifier(let name, let kind) where name == column.name: identifier = kind
        case .length(let name, let low, let high) where name == column.name:
            (lengthMin, lengthMax) = (low ?? lengthMin, high ?? lengthMax)
        case .range(let name, let low, let high) where name == column.name:
            (self.low, self.high) = (low ?? self.low, high ?? self.high)
        default: break
        }
    }
}
