/// Where encoded bytes go.
protocol ByteSink: ~Copyable {
    /// The number as it lies in memory.
    mutating func put<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number)
    mutating func put(_ bytes: UnsafeRawBufferPointer)
}

extension [UInt8]: ByteSink {
    @inline(__always)
    mutating func put<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
        Swift.withUnsafeBytes(of: number) { append(contentsOf: $0) }
    }

    @inline(__always)
    mutating func put(_ bytes: UnsafeRawBufferPointer) { append(contentsOf: bytes) }
}

/// Bytes that grow and are cleared again, millions of times over: an array looks twice at each of them.
struct RowBytes: ~Copyable, ByteSink {
    private var start: UnsafeMutableRawPointer
    private var capacity = 4096
    private(set) var count = 0

    init() { start = .allocate(byteCount: capacity, alignment: 16) }
    deinit { start.deallocate() }

    /// Valid until the next change.
    var view: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    @inline(__always)
    mutating func clear() { count = 0 }

    @inline(__always)
    mutating func put<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
        if MemoryLayout<Number>.size > capacity - count { grow(by: MemoryLayout<Number>.size) }
        start.storeBytes(of: number, toByteOffset: count, as: Number.self)
        count += MemoryLayout<Number>.size
    }

    @inline(__always)
    mutating func put(_ bytes: UnsafeRawBufferPointer) {
        guard let from = bytes.baseAddress else { return }
        if bytes.count > capacity - count { grow(by: bytes.count) }
        (start + count).copyMemory(from: from, byteCount: bytes.count)
        count += bytes.count
    }

    @inline(never)
    private mutating func grow(by more: Int) {
        let wider = max(count + more, capacity * 2)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: wider, alignment: 16)
        larger.copyMemory(from: start, byteCount: count)
        start.deallocate()
        start = larger
        capacity = wider
    }
}
