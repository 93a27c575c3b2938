import DuckDB
import Foundation
import Testing

@Suite struct `DuckDB through its C interface` {
    let connection: Connection
    init() throws { connection = try Database(.init(memoryMebibytesMax: 128)).connect() }

    @Test func `every parameter comes back as the cell it was`() throws {
        let far = Int128(99_999_999_999_999_999) * 1_000_000_000_000_000_000
        let rows = try connection.rows(
            "SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9",
            [
                .null, .boolean(true), .int64(.min), .double(0.1), .text("河源市\0🀄"),
                .decimal(-far, width: 38, scale: 4), .date(-719_162), .timestamp(-1), .blob([0, 255]),
            ])
        #expect(
            rows == [
                [
                    .null, .boolean(true), .integer(.min), .double(0.1), .text("河源市\0🀄"),
                    .decimal(-far, scale: 4), .date(-719_162), .timestamp(-1), .blob([0, 255]),
                ]
            ])
    }

    @Test func `decimals of every width keep their digits`() throws {
        for width in [4, 9, 18, 38] {
            let rows = try connection.rows("SELECT CAST('-12.34' AS DECIMAL(\(width),2))")
            #expect(rows == [[.decimal(-1234, scale: 2)]])
        }
    }

    @Test func `texts of at most and of more than twelve bytes are read without a copy`() throws {
        let result = try connection.query("SELECT repeat('x', n::INT) FROM range(0, 30) t(n)")
        let chunk = try #require(try result.next())
        for row in 0..<30 { #expect(chunk.vectors[0].bytes(row)?.count == row) }
    }

    @Test func `a long answer arrives chunk by chunk and ends once`() throws {
        let result = try connection.query("SELECT range FROM range(100000)")
        var sum: Int64 = 0
        var chunks = 0
        while let chunk = try result.next() {
            for row in 0..<chunk.count { sum += chunk.vectors[0].integer(row) ?? 0 }
            chunks += 1
        }
        #expect(sum == 4_999_950_000)
        #expect(chunks > 10)
        #expect(try result.next() == nil)
    }

    @Test func `a statement that is wrong says where`() {
        let error = #expect(throws: DuckDBError.self) { try connection.execute("SELECT * FROM nowhere") }
        #expect(error?.detail.contains("nowhere") == true)
    }

    @Test func `too few parameters are refused before anything runs`() {
        #expect(throws: DuckDBError.self) { try connection.rows("SELECT $1, $2", [.null]) }
    }

    @Test func `an interrupt from another thread stops a statement at once`() throws {
        let stopped = connection
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.2)
            stopped.interrupt()
        }
        let began = ContinuousClock.now
        #expect(throws: DuckDBError.interrupted) {
            try connection.rows(
                "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range = -b.range")
        }
        #expect(ContinuousClock.now - began < .seconds(3))
    }

    @Test func `the appender fills every type, and an overlong number is refused`() throws {
        try connection.execute(
            "CREATE TABLE t (a BIGINT, b VARCHAR, c DECIMAL(10,2), d DATE, e TIMESTAMP, f BOOLEAN)")
        let appender = try Appender(connection, table: "t")
        for value in [
            Parameter.int64(1), .text("中"), .decimal(150, width: 10, scale: 2), .date(1), .timestamp(2),
            .boolean(false),
        ] {
            try appender.append(value)
        }
        try appender.endRow()
        try appender.close()
        #expect(
            try connection.rows("FROM t") == [
                [.integer(1), .text("中"), .decimal(150, scale: 2), .date(1), .timestamp(2), .boolean(false)]
            ])
        try connection.execute("CREATE TABLE small (a TINYINT)")
        let narrow = try Appender(connection, table: "small")
        #expect(throws: DuckDBError.self) {
            try narrow.append(.int64(1000))
            try narrow.endRow()
            try narrow.close()
        }
    }

    @Test func `extensions are neither fetched nor loaded on the quiet`() {
        #expect(throws: DuckDBError.self) { try connection.execute("LOAD spatial") }
        #expect(throws: DuckDBError.self) {
            try connection.rows("SELECT * FROM 'https://example.invalid/x.csv'")
        }
    }

    @Test func `a native function sees every row, nulls too, and its error ends the statement`() throws {
        try connection.register(Doubling())
        #expect(
            try connection.rows("SELECT sum(doubled(range)) FROM range(5000)").first?.first?.integer
                == 24_995_000)
        #expect(try connection.rows("SELECT doubled(NULL::BIGINT), doubled(4)") == [[.null, .integer(8)]])
        let error = #expect(throws: DuckDBError.self) { try connection.rows("SELECT doubled(-1)") }
        #expect(error?.detail.contains("doubled") == true)
    }
}

private final class Doubling: ScalarFunction {
    enum Failure: Error { case negative }
    let name = "doubled"
    let parameters: [DuckType] = [.int64]
    let result = DuckType.int64

    func run(rows: Int, _ input: [Vector], _ output: OutputVector) throws {
        for row in 0..<rows {
            guard let number = input[0].number(row, as: Int64.self) else {
                output.setNull(row)
                continue
            }
            if number < 0 { throw Failure.negative }
            output.set(row, number * 2)
        }
    }
}
