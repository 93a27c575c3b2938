import Cryptography
import Lake
import Policy

/// A grant's rows as one text of CSV while it grows. Count and digest are of the whole from its first byte, also when another
/// answer brought the beginning of it.
actor CSVWhole {
    struct Sum: Sendable, Hashable {
        let rows: Int64
        let bytes: Int64
        /// Nil while rows are missing.
        let sha256: Digest?
    }

    private var text: CSVText
    private var running: RunningDigest? = RunningDigest(.sha256)
    private var bytes: Int64 = 0
    private var rows: Int64 = 0
    private var finished: Digest?

    init(_ columns: Schema) { text = CSVText(columns) }

    /// What stands before the first row.
    func begin(marked isMarked: Bool) -> [UInt8] {
        var out = isMarked ? CSVText.byteOrderMark : []
        text.appendHeader(to: &out)
        take(out)
        return out
    }

    func append(_ found: [RowsAnswer.Row]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(found.count * 96)
        for row in found { text.append(row.values, to: &out) }
        rows += Int64(found.count)
        take(out)
        return out
    }

    /// Goes past rows that arrived before, up to the one that did not arrive whole: its place in `found`, and how many bytes of it
    /// did. Nil: all of them arrived.
    func pass(_ found: [[Value]], _ program: RowProgram, until arrived: Int64) -> (place: Int, cut: Int)? {
        var (passed, line): ([UInt8], [UInt8]) = ([], [])
        defer { take(passed) }
        for (place, row) in found.enumerated() {
            guard let values = program.output(of: row) else { continue }
            line.removeAll(keepingCapacity: true)
            text.append(values, to: &line)
            let end = bytes + Int64(passed.count) + Int64(line.count)
            guard end <= arrived else {
                return (place, Int(arrived - bytes) - passed.count)
            }
            passed += line
            rows += 1
        }
        return nil
    }

    private func take(_ out: [UInt8]) {
        running?.update(out)
        bytes += Int64(out.count)
    }

    var sum: Sum { Sum(rows: rows, bytes: bytes, sha256: finished) }

    /// Nothing is added afterwards.
    func finish() -> Sum {
        if let running = running.take() { finished = running.finish() }
        return sum
    }
}
