import CZlib
import Kernel

/// A ZIP at hand whole, such as a document is one: its files by name, each unpacked within a limit, and the same again with some of
/// them written anew. What is not written anew keeps its packed bytes.
package struct PackedFolder: Sendable {
    package struct Limits: Sendable {
        package let filesMax: Int
        /// Of one file, unpacked.
        package let fileBytesMax: Int
        /// Of all files together, unpacked.
        package let bytesMax: Int

        package init(filesMax: Int, fileBytesMax: Int, bytesMax: Int) {
            self.filesMax = filesMax
            self.fileBytesMax = fileBytesMax
            self.bytesMax = bytesMax
        }
    }

    private struct Member {
        let name: String
        let isDeflated: Bool
        let crc: UInt32
        let bytes: Int
        let packed: [UInt8]
    }

    private var members: [Member]

    /// - Throws: `SourceError.packedDamaged`, `.packedUnsupported`, `.packedEncrypted`, `.fileTooLarge`.
    package init(_ bytes: [UInt8], _ limits: Limits) throws(SourceError) {
        let file = try SourceFile(memory: bytes)
        let directory = try ZipDirectory(of: file)
        let names = directory.names
        guard names.count <= limits.filesMax, Set(names).count == names.count else {
            throw .packedUnsupported(what: "\(names.count)")
        }
        var members: [Member] = []
        var total: Int64 = 0
        for name in names {
            guard let packed = try directory.member(name), let size = packed.unpackedBytes,
                let crc = packed.crc
            else { throw .packedDamaged(byteOffset: 0) }
            total += size
            let most = size > Int64(limits.fileBytesMax) ? limits.fileBytesMax : limits.bytesMax
            guard size <= Int64(limits.fileBytesMax), total <= Int64(limits.bytesMax) else {
                throw .fileTooLarge(bytes: max(size, total), bytesMax: Int64(most))
            }
            members.append(
                Member(
                    name: name, isDeflated: packed.format == .deflated, crc: crc, bytes: Int(size),
                    packed: try file.bytes(at: packed.offset, count: Int(packed.bytes))))
        }
        self.members = members
    }

    /// Made of these files, in this order.
    package init(made files: [(name: String, content: [UInt8])]) {
        members = files.map { Self.stored($0.name, $0.content) }
    }

    package var names: [String] { members.map(\.name) }

    /// Nil when there is none of that name.
    ///
    /// - Throws: `SourceError.packedDamaged` when it does not come to the size and the checksum that the ZIP says.
    package func content(of name: String) throws(SourceError) -> [UInt8]? {
        guard let member = members.first(where: { $0.name == name }) else { return nil }
        let content = member.isDeflated ? Self.inflated(member) : member.packed
        guard let content, content.count == member.bytes, Self.sum(content) == member.crc else {
            throw .packedDamaged(byteOffset: 0)
        }
        return content
    }

    package mutating func replace(_ name: String, with content: [UInt8]) {
        guard let at = members.firstIndex(where: { $0.name == name }) else { return }
        members[at] = Self.stored(name, content)
    }

    /// The whole as a ZIP. The same files give the same bytes: moments are all 1980-01-01.
    package var bytes: [UInt8] {
        var (out, directory): ([UInt8], [UInt8]) = ([], [])
        for member in members {
            let (name, offset) = (Array(member.name.utf8), out.count)
            // Version 2.0, names in UTF-8 (bit 11), method, moment, checksum, sizes, length of the name.
            var head: [UInt8] = []
            Self.put(20, 2, &head)
            Self.put(0x0800, 2, &head)
            Self.put(member.isDeflated ? 8 : 0, 2, &head)
            Self.put(0x0021_0000, 4, &head)
            Self.put(Int(member.crc), 4, &head)
            Self.put(member.packed.count, 4, &head)
            Self.put(member.bytes, 4, &head)
            Self.put(name.count, 2, &head)
            Self.put(0, 2, &head)
            Self.put(0x0403_4B50, 4, &out)
            out += head + name + member.packed
            Self.put(0x0201_4B50, 4, &directory)
            Self.put(20, 2, &directory)
            directory += head
            Self.put(0, 10, &directory)
            Self.put(offset, 4, &directory)
            directory += name
        }
        let start = out.count
        out += directory
        Self.put(0x0605_4B50, 4, &out)
        Self.put(0, 4, &out)
        Self.put(members.count, 2, &out)
        Self.put(members.count, 2, &out)
        Self.put(directory.count, 4, &out)
        Self.put(start, 4, &out)
        Self.put(0, 2, &out)
        return out
    }

    private static func stored(_ name: String, _ content: [UInt8]) -> Member {
        Member(name: name, isDeflated: false, crc: sum(content), bytes: content.count, packed: content)
    }

    /// Little-endian.
    private static func put(_ number: Int, _ bytes: Int, _ out: inout [UInt8]) {
        for position in 0..<bytes {
            out.append(position < 8 ? UInt8(truncatingIfNeeded: number >> (8 * position)) : 0)
        }
    }

    private static func sum(_ bytes: [UInt8]) -> UInt32 {
        UInt32(truncatingIfNeeded: crc32(crc32(0, nil, 0), bytes, UInt32(bytes.count)))
    }

    /// Nil when it is damaged or comes to more than it says.
    private static func inflated(_ member: Member) -> [UInt8]? {
        var stream = z_stream()
        guard shim_inflate_init(&stream, -15) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        // One byte more than is said, so that too much is seen.
        var (input, output) = (member.packed, [UInt8](repeating: 0, count: member.bytes + 1))
        let room = output.count
        var status = Z_STREAM_ERROR
        input.withUnsafeMutableBufferPointer { from in
            output.withUnsafeMutableBufferPointer { to in
                stream.next_in = from.baseAddress
                stream.avail_in = UInt32(from.count)
                stream.next_out = to.baseAddress
                stream.avail_out = UInt32(room)
                status = CZlib.inflate(&stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END, room - Int(stream.avail_out) == member.bytes else { return nil }
        output.removeLast()
        return output
    }
}
