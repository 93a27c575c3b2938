import CZlib

/// The beginning of packed bytes, and where that is asked for also their end, without writing anything to a disk.
enum PackedHead {
    private static let blockBytes = 128 << 10

    /// What `bytes`, cut anywhere, unpack to.
    static func gzip(_ bytes: [UInt8], bytesMax: Int) -> [UInt8] {
        var (head, tail, at): ([UInt8], [UInt8], Int) = ([], [], 0)
        unpack(windowBits: 31, headBytes: bytesMax, tailBytes: 0, bytesMax: bytesMax, &head, &tail) {
            let next = Array(bytes.dropFirst(at).prefix(blockBytes))
            at += next.count
            return next
        }
        return head
    }

    /// A member of a ZIP: its first `headBytes`, and of what follows within `bytesMax` the last `tailBytes`.
    static func member(
        _ packed: PackedText, of file: SourceFile, headBytes: Int, tailBytes: Int = 0, bytesMax: Int? = nil
    ) throws(SourceError) -> (head: [UInt8], tail: [UInt8]) {
        if packed.format == .stored {
            let head = try file.bytes(at: packed.offset, count: Int(min(packed.bytes, Int64(headBytes))))
            let from = max(0, packed.bytes - Int64(tailBytes))
            let tail = try file.bytes(at: packed.offset + from, count: Int(packed.bytes - from))
            return (head, tail)
        }
        var (head, tail, at, failure): ([UInt8], [UInt8], Int64, SourceError?) = ([], [], 0, nil)
        let most = tailBytes == 0 ? headBytes : bytesMax ?? headBytes
        unpack(
            windowBits: -15, headBytes: headBytes, tailBytes: tailBytes, bytesMax: most, &head, &tail
        ) {
            do throws(SourceError) {
                let count = Int(min(Int64(blockBytes), packed.bytes - at))
                let next = count > 0 ? try file.bytes(at: packed.offset + at, count: count) : []
                at += Int64(next.count)
                return next
            } catch {
                failure = error
                return []
            }
        }
        if let failure { throw failure }
        return (Array(head.prefix(headBytes)), tail)
    }

    /// Damage ends it like the end of the bytes: what came before has been seen.
    private static func unpack(
        windowBits: Int32, headBytes: Int, tailBytes: Int, bytesMax: Int, _ head: inout [UInt8],
        _ tail: inout [UInt8],
        _ next: () -> [UInt8]
    ) {
        var stream = z_stream()
        guard shim_inflate_init(&stream, windowBits) == Z_OK else { return }
        defer { inflateEnd(&stream) }
        var (output, total) = ([UInt8](repeating: 0, count: blockBytes), 0)
        while true {
            var input = next()
            if input.isEmpty { return }
            var used = 0
            while true {
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
                used += given - Int(stream.avail_in)
                let made = room - Int(stream.avail_out)
                total += made
                if head.count < headBytes { head += output[..<min(made, headBytes - head.count)] }
                if tailBytes > 0 {
                    tail += output[..<made]
                    if tail.count > 2 * max(tailBytes, blockBytes) {
                        tail.removeFirst(tail.count - tailBytes)
                    }
                }
                guard status == Z_OK || status == Z_BUF_ERROR, total < bytesMax else { return }
                if used == input.count, made < room { break }
                if given == 0, made == 0 { break }
            }
        }
    }
}
