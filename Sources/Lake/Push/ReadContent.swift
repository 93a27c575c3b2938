import Cryptography
import Policy

/// Rows as they are read back from a target, against what was sent.
///
/// First as one sequence: the same bytes in the same order are the same content, for one SHA-256 over all. Only when the database gave them back in
/// another order they are read once more, and digested as the multiset that the receipt names.
final class ReadContent {
    enum Mode: CaseIterable { case sequence, multiset }

    private let schema: Schema
    private var mode = Mode.sequence
    private var sequence: RunningDigest? = RunningDigest(.sha256)
    private var digest: ContentDigest?
    private var row = RowBytes()
    private var rows: Int64 = 0
    private var isForeign = false
    private var isFound = false

    init(_ schema: Schema) { self.schema = schema }

    /// True: what was read already is what was sent, or can never be.
    func begin(_ mode: Mode, _ content: PushedContent) throws -> Bool {
        self.mode = mode
        if mode == .sequence { return false }
        guard rows == content.rows, !isForeign else { return true }
        isFound = sequence.take()?.finish().hex == content.sequence
        if isFound { return true }
        rows = 0
        digest = try ContentDigest(schema)
        return false
    }

    /// `decode` answers false for what none of our values is.
    func add(_ decode: (inout RowBytes) -> Bool) {
        row.clear()
        rows += 1
        guard decode(&row) else {
            isForeign = true
            return
        }
        switch mode {
        case .sequence: sequence?.update(row.view)
        case .multiset: digest?.add(row.view)
        }
    }

    func demand(_ content: PushedContent) throws(PushError) {
        let isSame = isFound || digest?.text == content.contentDigest
        guard isSame, !isForeign, rows == content.rows else {
            throw .contentDiffers(sent: content.rows, found: rows)
        }
    }
}
