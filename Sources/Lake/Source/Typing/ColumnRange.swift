import Policy

/// How many values of a sampled column differ, and the first and last of them in each order that they may turn out to have.
struct ColumnRange {
    static let textCharactersMax = 60

    private struct Ends<Key: Comparable> {
        private(set) var low: (key: Key, text: String)?
        private(set) var high: (key: Key, text: String)?

        mutating func look(_ key: Key, _ cell: CellBytes) {
            if low.map({ key < $0.key }) ?? true { low = (key, Self.text(cell)) }
            if high.map({ key > $0.key }) ?? true { high = (key, Self.text(cell)) }
        }

        /// A value may be megabytes; only its front is of use here.
        private static func text(_ cell: CellBytes) -> String {
            let front = CellBytes(cell.start, min(cell.count, ColumnRange.textCharactersMax * 4))
            return String(front.text.prefix(ColumnRange.textCharactersMax))
        }
    }

    private var seen: Set<Int> = []
    private var texts = Ends<Front>()
    private var numbers = Ends<Double>()
    private var moments: [Int: Ends<Int64>] = [:]

    /// The first bytes of a text, in their binary order, which for UTF-8 is that of the code points.
    private struct Front: Comparable {
        let bytes: UInt64
        let rest: UInt64
        static func < (left: Front, right: Front) -> Bool {
            left.bytes == right.bytes ? left.rest < right.rest : left.bytes < right.bytes
        }

        init(_ cell: CellBytes) {
            func word(from: Int) -> UInt64 {
                var word: UInt64 = 0
                for offset in from..<from + 8 {
                    word = word << 8 | UInt64(offset < cell.count ? cell[offset] : 0)
                }
                return word
            }
            bytes = word(from: 0)
            rest = word(from: 8)
        }
    }

    mutating func look(_ cell: CellBytes) {
        if seen.count < Probe.Column.distinctValuesMax {
            var hasher = Hasher()
            hasher.combine(bytes: UnsafeRawBufferPointer(start: cell.start, count: cell.count))
            seen.insert(hasher.finalize())
        }
        texts.look(Front(cell), cell)
    }

    mutating func look(number cell: CellBytes) {
        guard let number = CellParser.double(cell) else { return }
        numbers.look(number, cell)
    }

    /// `format` is the index of the form that the moment is written in.
    mutating func look(moment: Int64, format: Int, _ cell: CellBytes) {
        moments[format, default: Ends()].look(moment, cell)
    }

    var distinctValues: Int64 { Int64(seen.count) }

    func ends(as type: ColumnType, _ formats: [DateFormat]) -> (low: String?, high: String?) {
        switch type {
        case .integer, .decimal, .double: (numbers.low?.text, numbers.high?.text)
        case .date, .timestamp:
            Self.ends(
                of: DateFormat.allCases.enumerated().compactMap { index, format in
                    formats.contains(format) ? moments[index] : nil
                })
        default: (texts.low?.text, texts.high?.text)
        }
    }

    private static func ends(of forms: [Ends<Int64>]) -> (low: String?, high: String?) {
        let lows = forms.compactMap(\.low)
        let highs = forms.compactMap(\.high)
        return (lows.min { $0.key < $1.key }?.text, highs.max { $0.key < $1.key }?.text)
    }
}
