import Kernel
import Persistence
import Policy
import Release
import TestKit
import Testing

@Suite struct `A quota` {
    @Test(arguments: ["total", "daily"], Dialect.available)
    func `of N rows gives exactly N to sixty-four who ask at once`(
        _ which: String, _ dialect: Dialect
    ) async throws {
        try await withGrantedTable(dialect) { table in
            let key = try await table.keys(1)
            let used = try await table.use().total
            let left: Int64 = 23
            let column: SQL = which == "total" ? "total_quota" : "daily_quota"
            try await table.set("\(column) = \(used + left)")
            let outcomes = await withTaskGroup(of: Result<Int, any Error>.self) { group in
                for _ in 0..<64 {
                    group.addTask {
                        do { return .success(try await table.lookUp(key).rows.count) } catch {
                            return .failure(error)
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.compactMap { try? $0.get() }.reduce(0, +) == Int(left))
            #expect(try await table.use().total == used + left)
            let quota: PolicyError.Quota = which == "total" ? .total : .daily
            for case .failure(let error) in outcomes {
                #expect(
                    error as? PolicyError
                        == .quotaExceeded(table.grant, quota, remaining: 0))
            }
            #expect(try await table.leaves("release.refused").count == 64 - Int(left))
        }
    }

    @Test func `that is used up tells a key that exists from none no longer`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let keys = try await table.keys(3)
            let used = try await table.use().total
            try await table.set("total_quota = \(used + 1)")
            let (known, unknown) = (keys[0], "441600000000000000")
            // Two keys may find two rows: refused whether they would or not.
            for pair in [[known, keys[1]], [unknown, known], [unknown, "441600000000000001"]] {
                await #expect(throws: PolicyError.quotaExceeded(table.grant, .total, remaining: 1)) {
                    try await table.lookUp(pair)
                }
            }
            #expect(try await table.lookUp([known]).rows.count == 1)
            for key in [keys[2], unknown] {
                await #expect(throws: PolicyError.quotaExceeded(table.grant, .total, remaining: 0)) {
                    try await table.lookUp([key])
                }
            }
        }
    }
}
