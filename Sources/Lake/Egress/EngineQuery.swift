import Cryptography
import DuckDB
import Foundation
import Kernel
import Policy

/// A plan on its way to a worker: already lowered, so that a child needs no policy and can widen nothing.
struct EngineQuery: Codable, Sendable {
    let source: RowSource
    let select: String
    let condition: String?
    let parameters: WireRow
    let output: [LakeColumn]
    /// HMAC-SM3 key of the plan's purpose. Lives in the message, in the child's memory while the request runs, and nowhere else.
    let pseudonymKey: Data?

    init(_ plan: Plan, of source: RowSource, pseudonymKey: [UInt8]?) throws {
        let lowered = try plan.duckDB()
        self.source = source
        select = lowered.select
        condition = lowered.condition
        parameters = WireRow(lowered.parameters)
        output = plan.outputSchema.map(LakeColumn.init)
        self.pseudonymKey = pseudonymKey.map { Data($0) }
    }

    func schema() throws -> Schema { try output.map { try $0.column() } }

    func statement() throws -> String {
        "SELECT \(select) FROM \(try source.relation())" + (condition.map { " WHERE \($0)" } ?? "")
    }

    var bound: [DuckDB.Parameter] { parameters.values.map(\.parameter) }

    /// Before the first statement.
    func prepare(_ context: WorkerContext) {
        if let pseudonymKey { context.usePseudonymKey([UInt8](pseudonymKey)) }
    }

    /// Rows that the predicate lets through.
    func count(on connection: DuckDB.Connection) throws -> Int64 {
        // Counted around the whole statement, so that parameters of the list are all still there to bind.
        let answer = try connection.rows("SELECT count(*) FROM (\(try statement()))", bound)
        return answer.first?.first?.integer ?? 0
    }
}
