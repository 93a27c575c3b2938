import Kernel
import Policy

/// A column of a table that is at the target.
struct TargetColumn {
    let name: String
    let declared: String
    /// Character set of a text, where the database has one a column.
    var characters: String?
    /// With its collation, as it is written in a definition.
    var definition: String
    let isNullable: Bool
    /// The database fills it by itself.
    let hasDefault: Bool
}

struct TargetTable {
    let columns: [TargetColumn]
    let uniqueKeys: [Set<String>]
}

/// What the target's own record says of a release.
struct PushRecord {
    enum State: String { case staging, done, abandoned }
    let state: State
    let rowsStaged: Int64
    let contentDigest: String?
}

/// What was sent, to be found again in the table.
struct PushedContent {
    let rows: Int64
    /// Of the rows' encodings one after the other: the same bytes in the same order are the same content.
    let sequence: String
    let contentDigest: String
}

/// One conversation with a target, for one thread. What it writes besides the table and its staging is the record in
/// `headwaters_push`; batches, record and swap are transactions of the target, fenced by the number of the run.
protocol PushSession: AnyObject {
    var place: PushPlace { get }
    /// Nil: there is no such table.
    func look(at table: String) throws -> TargetTable?
    /// Which values a column of this type can hold; nil when the types do not go together.
    func fit(_ column: Column, in target: TargetColumn?) -> ColumnFit?
    /// As `look` compares names.
    func isSameName(_ left: String, _ right: String) -> Bool
    /// `CREATE TABLE …`, for people and for the making.
    func definition(of fits: [ColumnFit]) -> String
    func indexDefinition() -> String
    func serverName() throws -> String
    func rightsMissing(_ table: TargetTable?) throws -> [String]

    /// From now on this run is the one that writes. Makes the record when there is none.
    func take() throws -> PushRecord
    /// The staging table, with as many rows as the record says, or made anew; answers how many are in it.
    func openStaging(_ record: PushRecord, _ fits: [ColumnFit]) throws -> Int64
    /// - Throws: `PushError.valueUnfit`, `.keyEmpty` with the row's number; the batch is not ended then.
    func append(_ row: UnsafeRawBufferPointer, number: Int64) throws
    /// One transaction with the record.
    func endBatch(rowsStaged: Int64) throws
    /// One transaction: the rows move into the table, are read back, and are noted as done.
    func finish(_ content: PushedContent, _ table: TargetTable?, _ fits: [ColumnFit]) throws
    func dropStaging() throws
    /// Gives the release up, unless it is done: true when it is.
    func abandon() throws -> Bool

    /// What the table says of itself.
    func mark() throws -> String?
    func rowCount() throws -> Int64
    /// The table of a test, empty, marked, and declared as the recipient's own.
    func makeTest(like own: TargetTable) throws
    /// The table of tests goes, and what the record says of them.
    func dropTest() throws
}

extension PushSession {
    func look() throws -> TargetTable? { try look(at: place.table) }

    /// What each column can hold, or every one that stands against it.
    func fits(
        _ schema: Schema, _ order: PushOrder, _ table: TargetTable?
    ) throws(PushError) -> [ColumnFit] {
        for column in schema where column.name.utf8.count > PushPlace.nameBytesMax {
            throw .nameTooLong(column.name, bytesMax: PushPlace.nameBytesMax)
        }
        for key in order.keyColumns where !schema.contains(where: { $0.name == key }) {
            throw .keyUnknown(key)
        }
        var misfits: [PushError.Misfit] = []
        var fits: [ColumnFit] = []
        var wanted: [ColumnFit] = []
        for column in schema {
            let isKey = order.keyColumns.contains(column.name)
            if var own = fit(column, in: nil) {
                own.isKey = isKey
                wanted.append(own)
            }
            guard let table else { continue }
            guard let target = table.columns.first(where: { isSameName($0.name, column.name) }) else {
                misfits.append(.init(column: column.name, why: .missing, declared: ""))
                continue
            }
            guard var fit = fit(column, in: target) else {
                let isText = column.type == .text && target.characters != nil
                misfits.append(
                    .init(
                        column: column.name, why: isText ? .otherCharacters : .otherType,
                        declared: target.declared))
                continue
            }
            fit.isKey = isKey
            fit.forbidsNull = !target.isNullable
            fits.append(fit)
        }
        guard let table else { return wanted }
        for target in table.columns
        where !target.isNullable && !target.hasDefault
            && !schema.contains(where: { isSameName($0.name, target.name) })
        {
            misfits.append(.init(column: target.name, why: .demanded, declared: target.declared))
        }
        guard misfits.isEmpty else {
            throw .tableUnfit(table: place.name, misfits, definition: definition(of: wanted))
        }
        let key = Set(
            order.keyColumns.map { key in
                table.columns.first { isSameName($0.name, key) }?.name ?? key
            })
        if order.manner == .upsert, !table.uniqueKeys.contains(key) {
            throw .keyWithoutIndex(order.keyColumns, definition: indexDefinition())
        }
        return fits
    }
}

extension PushOrder {
    /// - Throws: `PushError.hostNotAllowed`, `.away`.
    func session(
        password: String, _ schema: Schema, isCancelled: @escaping @Sendable () -> Bool
    ) throws -> any PushSession {
        guard hosts.contains(place.server) else { throw PushError.hostNotAllowed(place.server) }
        return switch place.kind {
        case .postgres: try PostgresPush(self, password: password, schema, isCancelled: isCancelled)
        case .mysql: try MySQLPush(self, password: password, schema, isCancelled: isCancelled)
        }
    }
}
