import CZlib
import Glibc

/// Unpacks one piece of a file into another, block by block, and stops at the limits.
struct Inflation {
    private static let blockBytes = 256 << 10
    /// Below so many bytes any ratio is harmless.
    private static let ratioJudgedFrom: Int64 = 16 << 20

    private let file: SourceFile
    private let packed: PackedText
    private let limits: SourceLimits
    private var written: Int64 = 0
    private var crc: UInt = 0

    init(of file: SourceFile, _ packed: PackedText, _ limits: SourceLimits) {
        self.file = file
        self.packed = packed
        self.limits = limits
    }

    /// Answers how many bytes it came to.
    mutating func run(into target: NamelessFile, isCancelled: () -> Bool) throws(SourceError) -> Int64 {
        crc = crc32(0, nil, 0)
        if packed.format == .stored {
            try copy(into: target, isCancelled)
        } else {
            try inflate(into: target, isCancelled)
        }
        if let bytes = packed.unpackedBytes, bytes != written {
            throw .packedDamaged(byteOffset: packed.offset)
        }
        if let sum = packed.crc, UInt(sum) != crc { throw .packedDamaged(byteOffset: packed.offset) }
        return written
    }

    private mutating func copy(into target: NamelessFile, _ isCancelled: () -> Bool) throws(SourceError) {
        var at: Int64 = 0
        while at < packed.bytes {
            if isCancelled() { throw .cancelled }
            let block = try file.bytes(
                at: packed.offset + at, count: Int(min(Int64(Self.blockBytes), packed.bytes - at)))
            if block.isEmpty { throw .packedDamaged(byteOffset: packed.offset + at) }
            try write(block[...], to: target)
            at += Int64(block.count)
        }
    }

    private mutating func inflate(into target: NamelessFile, _ isCancelled: () -> Bool) throws(SourceError) {
        var stream = z_stream()
        // gzip has a head and a sum of its own, which the library checks; in a ZIP the data are bare.
        guard shim_inflate_init(&stream, packed.format == .gzip ? 15 + 16 : -15) == Z_OK else {
            throw .engine("inflateInit2")
        }
        defer { inflateEnd(&stream) }
        var output = [UInt8](repeating: 0, count: Self.blockBytes)
        var at: Int64 = 0
        var isEnded = false
        while at < packed.bytes {
            if isCancelled() { throw .cancelled }
            var input = try file.bytes(
                at: packed.offset + at, count: Int(min(Int64(Self.blockBytes), packed.bytes - at)))
            if input.isEmpty { break }
            var used = 0
            while used < input.count {
                if isEnded {
                    // A gzip file may hold several members, one after the other; what follows a ZIP's data is none of ours.
                    guard packed.format == .gzip, inflateReset(&stream) == Z_OK else {
                        throw .packedDamaged(byteOffset: packed.offset + at + Int64(used))
                    }
                    isEnded = false
                }
                let step = Self.step(&stream, &input, used, &output)
                guard step.status == Z_OK || step.status == Z_STREAM_END || step.status == Z_BUF_ERROR,
                    step.consumed + step.produced > 0
                else { throw .packedDamaged(byteOffset: packed.offset + at + Int64(used)) }
                used += step.consumed
                isEnded = step.status == Z_STREAM_END
                try write(output[..<step.produced], to: target)
                // Output that did not fit waits inside the stream even when all input is taken.
                if used == input.count, step.produced == output.count, !isEnded {
                    try drain(&stream, &output, &isEnded, into: target)
                }
            }
            at += Int64(input.count)
        }
        guard isEnded else { throw .packedDamaged(byteOffset: packed.offset + at) }
    }

    private mutating func drain(
        _ stream: inout z_stream, _ output: inout [UInt8], _ isEnded: inout Bool, into target: NamelessFile
    ) throws(SourceError) {
        var nothing: [UInt8] = [0]
        while true {
            let step = Self.step(&stream, &nothing, 1, &output)
            if step.status == Z_STREAM_END { isEnded = true }
            try write(output[..<step.produced], to: target)
            if step.produced < output.count || isEnded { return }
        }
    }

    private static func step(
        _ stream: inout z_stream, _ input: inout [UInt8], _ used: Int, _ output: inout [UInt8]
    ) -> (status: Int32, consumed: Int, produced: Int) {
        let (given, room) = (input.count - used, output.count)
        var status = Z_STREAM_ERROR
        input.withUnsafeMutableBufferPointer { from in
            output.withUnsafeMutableBufferPointer { to in
                stream.next_in = from.baseAddress.map { $0 + used }
                stream.avail_in = UInt32(given)
                stream.next_out = to.baseAddress
                stream.avail_out = UInt32(room)
                status = CZlib.inflate(&stream, Z_NO_FLUSH)
            }
        }
        return (status, given - Int(stream.avail_in), room - Int(stream.avail_out))
    }

    private mutating func write(_ bytes: ArraySlice<UInt8>, to target: NamelessFile) throws(SourceError) {
        guard !bytes.isEmpty else { return }
        let total = written + Int64(bytes.count)
        guard total <= limits.fileBytesMax else {
            throw .fileTooLarge(bytes: total, bytesMax: limits.fileBytesMax)
        }
        if total > Self.ratioJudgedFrom, total / max(1, packed.bytes) >= Int64(limits.packedRatioMax) {
            throw .packedTooTight(ratioMax: limits.packedRatioMax)
        }
        let isWritten = bytes.withUnsafeBytes { buffer in
            crc = crc32(crc, buffer.bindMemory(to: UInt8.self).baseAddress, UInt32(buffer.count))
            return target.write(buffer, at: written)
        }
        guard isWritten else { throw .unwritable(path: file.path, errno: errno) }
        written = total
    }
}
