import Glibc

/// The text of the cells of a batch, one after the other; grows as they come. Whoever makes it lets it go.
struct CellText {
    private(set) var bytes: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    private var capacity = 1 << 20

    init() { bytes = .allocate(capacity: capacity) }

    func deallocate() { bytes.deallocate() }

    mutating func append(_ text: UnsafeRawBufferPointer) {
        guard let from = text.baseAddress, !text.isEmpty else { return }
        if count + text.count > capacity {
            let wider = max(capacity * 2, count + text.count)
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wider)
            memcpy(larger, bytes, count)
            bytes.deallocate()
            bytes = larger
            capacity = wider
        }
        memcpy(bytes + count, from, text.count)
        count += text.count
    }

    /// Forgets what stands behind `count`.
    mutating func cut(to count: Int) { self.count = count }
}
