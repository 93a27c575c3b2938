import DuckDB
import Synchronization
import Testing

@Suite struct `An observer of the engine's rows` {
    private struct Stop: Error {}

    private final class Sum: RowObserver {
        let sum = Mutex<Int64>(0)
        let rows = Mutex(0)
        let stopsAfter: Int

        init(stopsAfter: Int = .max) { self.stopsAfter = stopsAfter }

        func look(rows count: Int, _ columns: [Vector]) throws {
            var part: Int64 = 0
            for row in 0..<count { part += columns[0].integer(row) ?? 0 }
            sum.withLock { $0 += part }
            let seen = rows.withLock {
                $0 += count
                return $0
            }
            if seen > stopsAfter { throw Stop() }
        }
    }

    @Test
    func `sees every row once, whichever thread of the engine has it`() throws {
        let connection = try Database(.init(threads: 2)).connect()
        try connection.execute("CREATE TABLE t AS SELECT n FROM range(500000) r(n)")
        let sum = Sum()
        #expect(try connection.observe("t", columns: ["n"], by: sum) == 500_000)
        #expect(sum.sum.withLock { $0 } == 124_999_750_000)
        #expect(sum.rows.withLock { $0 } == 500_000)
    }

    @Test
    func `sees rows that are all alike as often as they are there`() throws {
        let connection = try Database().connect()
        let sum = Sum()
        #expect(
            try connection.observe("range(5000)", columns: ["CAST(7 AS BIGINT)", "NULL"], by: sum) == 5_000)
        #expect(sum.sum.withLock { $0 } == 35_000)
    }

    @Test
    func `sees nothing of a table without rows`() throws {
        let sum = Sum()
        #expect(try Database().connect().observe("range(0)", columns: ["range"], by: sum) == 0)
        #expect(sum.rows.withLock { $0 } == 0)
    }

    @Test
    func `ends the statement with what it throws, and the engine works on`() throws {
        let connection = try Database().connect()
        #expect(throws: Stop.self) {
            try connection.observe("range(500000)", columns: ["range"], by: Sum(stopsAfter: 10_000))
        }
        #expect(try connection.observe("range(3)", columns: ["range"], by: Sum()) == 3)
    }
}
