import DuckDB
import Foundation
import Lake

/// Identifiers among other words, found inside the engine by one thread: 100,000 remarks of which it is known what was planted in each.
/// Beside it the engine's own way: one expression that is the alternation of all forms, without a check digit.
enum DetectorsBenchmark: Benchmark {
    static let name = "detectors"
    private static let rows = 100_000
    private static let rounds = 5
    private static let alternationRounds = 3
    private static let megabytesPerSecondMin = 150.0

    /// The forms alone, as Python's `re` and RE2 read them alike.
    private static let forms = [
        #"\b1[3-9]\d{9}\b"#,
        #"\b[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]\b"#,
        #"\b62\d{14,17}\b"#, #"\b[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}\b"#,
        "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-Z][A-HJ-NP-Z0-9]{5,6}\\b",
        #"\b[1-9ANY][1-9]\d{6}[0-9A-HJ-NPQRTUWXY]{10}\b"#, #"\b0\d{2,3}-\d{7,8}\b"#, #"\b[EG]\d{8}\b"#,
        #"\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b"#,
    ]

    static func run() async throws -> [Measurement] {
        let remarks = PlantedRemarks(rows: rows, seed: 441_600)
        let connection = try Database(Database.Settings(threads: 1)).connect()
        try registerDetectors(on: connection)
        try connection.execute("CREATE TABLE remarks (n BIGINT, body VARCHAR)")
        let appender = try Appender(connection, table: "remarks")
        for (position, body) in remarks.bodies.enumerated() {
            try appender.append(.int64(Int64(position)))
            try appender.append(.text(body))
            try appender.endRow()
        }
        try appender.close()
        try requireExactly(remarks, connection)

        let counts = ProseWalk.kinds.map { "count_if((p >> \($0.rawValue)) & 1 = 1)" }.joined(separator: ", ")
        let walk = "SELECT \(counts) FROM (SELECT hw_identifiers_within(body) AS p FROM remarks)"
        let alternation = DuckDB.Connection.literal(forms.joined(separator: "|"))
        let expression = "SELECT sum(len(regexp_extract_all(body, \(alternation)))) FROM remarks"
        var (ours, engines): ([Double], [Double]) = ([], [])
        for round in 0..<rounds {
            ours.append(try Timing.ofBlocking { _ = try connection.rows(walk) }.cpuSeconds)
            guard round < alternationRounds else { continue }
            engines.append(
                try Timing.ofBlocking {
                    let found = try connection.rows(expression).first?.first?.integer ?? 0
                    guard found >= Int64(remarks.planted) else {
                        throw BenchmarkFault("the expression finds \(found) of \(remarks.planted)")
                    }
                }.cpuSeconds)
        }
        let megabytes = Double(remarks.bodies.reduce(0) { $0 + $1.utf8.count }) / 1e6
        let speed = megabytes / ours.median
        func each(_ seconds: Double) -> Double { seconds * 1e6 / Double(rows) }
        return [
            Measurement(
                "planted identifiers of nine kinds: each found, nothing else", Double(remarks.planted),
                "found",
                goal: "all", holds: true),
            Measurement(
                "the walk over \(String(format: "%.1f", megabytes)) MB of remarks", speed, "MB/cpu s",
                cpuMicrosecondsPerItem: each(ours.median), goal: "≥ \(Int(megabytesPerSecondMin))",
                holds: speed >= megabytesPerSecondMin),
            Measurement(
                "… the engine's expression, forms alone", megabytes / engines.median, "MB/cpu s",
                cpuMicrosecondsPerItem: each(engines.median)),
            Measurement("… expression ÷ walk, cpu", engines.median / ours.median, "ratio"),
        ]
    }

    /// Row by row, so that two faults cannot make up for each other.
    private static func requireExactly(
        _ remarks: PlantedRemarks, _ connection: DuckDB.Connection
    ) throws {
        let mask = ProseWalk.kinds.reduce(Int64(0)) { $0 | 1 << Int64($1.rawValue) }
        let found = try connection.rows("SELECT hw_identifiers_within(body) FROM remarks ORDER BY n")
        for (position, cells) in found.enumerated() {
            let bits = (cells[0].integer ?? -1) & mask
            let planted = remarks.kinds[position].reduce(Int64(0)) { $0 | 1 << Int64($1.rawValue) }
            guard bits == planted else {
                throw BenchmarkFault(
                    "bits \(bits) instead of \(planted): \(remarks.bodies[position])")
            }
        }
        guard found.count == rows else { throw BenchmarkFault("\(found.count) rows") }
        for kind in ProseWalk.kinds where !remarks.kinds.contains(where: { $0.contains(kind) }) {
            throw BenchmarkFault("no \(kind) was planted")
        }
    }
}
