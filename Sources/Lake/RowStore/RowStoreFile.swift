import Cryptography
import Foundation
import Glibc
import Kernel
import Policy

/// How a row store lies on disk: sealed blocks, a sealed directory behind them, and a trailer that says where it is.
///
/// ```
/// "HWROWS01"                                   8 bytes
/// data blocks, then index pages                each sealed, its place as additional data
/// directory                                    sealed
/// offset and length of the directory           2 × UInt64
/// "HWROWEND"                                   8 bytes
/// ```
/// A data block holds whole rows in the order of the version (`RowEncoding`). An index page holds (hash, row) pairs in order of the
/// hash; equal hashes are told apart by the row itself.
enum RowStoreFile {
    static let head = Array("HWROWS01".utf8)
    static let tail = Array("HWROWEND".utf8)
    static let trailerBytes = 24
    /// Small, because a look-up opens one block of each kind and SM4 opens about 70 MB a second.
    static let blockBytes = 4 << 10
    static let entriesPerPage = 256
    static let entryBytes = 16
    static let directoryBytesMax = 256 << 20

    struct Block: Hashable {
        let offset: UInt64
        let length: UInt32
        /// Of the first row, from 0.
        let firstRow: UInt64
    }

    struct Page: Hashable {
        let offset: UInt64
        let length: UInt32
        let firstHash: UInt64
    }

    struct Index: Hashable {
        let column: Int
        let pages: [Page]
    }

    struct Directory {
        let columns: [LakeColumn]
        let rows: UInt64
        let seed: [UInt64]
        let blocks: [Block]
        let indexes: [Index]
    }

    /// Binds a sealed piece to its file and place, so that pieces cannot be exchanged.
    static func place(_ version: VersionID, _ kind: String, _ offset: UInt64) -> [UInt8] {
        Array("\(version)/\(kind)/\(offset)".utf8)
    }

    /// Keyed, so that an index page tells nothing without the store's own key.
    static func hash(_ key: [UInt8], seed: [UInt64]) -> UInt64 {
        var hash = SipHash(seed.first ?? 0, seed.count > 1 ? seed[1] : 0)
        hash.combine(key)
        return hash.value()
    }
}

extension RowStoreFile.Directory {
    func encoded() throws -> [UInt8] {
        var bytes: [UInt8] = []
        let names = Array(try JSONEncoder().encode(columns))
        bytes.append(little: UInt32(names.count))
        bytes += names
        bytes.append(little: rows)
        for word in seed { bytes.append(little: word) }
        bytes.append(little: UInt32(blocks.count))
        for block in blocks {
            bytes.append(little: block.offset)
            bytes.append(little: block.length)
            bytes.append(little: block.firstRow)
        }
        bytes.append(little: UInt32(indexes.count))
        for index in indexes {
            bytes.append(little: UInt32(index.column))
            bytes.append(little: UInt32(index.pages.count))
            for page in index.pages {
                bytes.append(little: page.offset)
                bytes.append(little: page.length)
                bytes.append(little: page.firstHash)
            }
        }
        return bytes
    }

    init?(_ bytes: [UInt8]) {
        var reader = LittleEndianReader(bytes)
        guard let nameBytes = reader.next(UInt32.self), let names = reader.bytes(Int(nameBytes)),
            let columns = try? JSONDecoder().decode([LakeColumn].self, from: Data(names)),
            let rows = reader.next(UInt64.self), let first = reader.next(UInt64.self),
            let second = reader.next(UInt64.self), let blockCount = reader.next(UInt32.self)
        else { return nil }
        var blocks: [RowStoreFile.Block] = []
        for _ in 0..<blockCount {
            guard let offset = reader.next(UInt64.self), let length = reader.next(UInt32.self),
                let firstRow = reader.next(UInt64.self)
            else { return nil }
            blocks.append(RowStoreFile.Block(offset: offset, length: length, firstRow: firstRow))
        }
        guard let indexCount = reader.next(UInt32.self) else { return nil }
        var indexes: [RowStoreFile.Index] = []
        for _ in 0..<indexCount {
            guard let column = reader.next(UInt32.self), let pageCount = reader.next(UInt32.self),
                column < columns.count
            else { return nil }
            var pages: [RowStoreFile.Page] = []
            for _ in 0..<pageCount {
                guard let offset = reader.next(UInt64.self), let length = reader.next(UInt32.self),
                    let hash = reader.next(UInt64.self)
                else { return nil }
                pages.append(RowStoreFile.Page(offset: offset, length: length, firstHash: hash))
            }
            indexes.append(RowStoreFile.Index(column: Int(column), pages: pages))
        }
        guard reader.isAtEnd else { return nil }
        self.init(columns: columns, rows: rows, seed: [first, second], blocks: blocks, indexes: indexes)
    }
}

extension [UInt8] {
    mutating func append<Number: FixedWidthInteger>(little number: Number) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
}

struct LittleEndianReader {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func next<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type) -> Number? {
        let size = MemoryLayout<Number>.size
        guard size <= bytes.count - offset else { return nil }
        defer { offset += size }
        return bytes.withUnsafeBytes {
            Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: type))
        }
    }

    mutating func bytes(_ count: Int) -> [UInt8]? {
        guard count <= bytes.count - offset else { return nil }
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }
}

/// SipHash-2-4 (Aumasson, Bernstein 2012): Swift's own Hasher is seeded anew in every process.
struct SipHash {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64
    private var tail: [UInt8] = []
    private var count: UInt64 = 0

    init(_ k0: UInt64, _ k1: UInt64) {
        v0 = 0x736f_6d65_7073_6575 ^ k0
        v1 = 0x646f_7261_6e64_6f6d ^ k1
        v2 = 0x6c79_6765_6e65_7261 ^ k0
        v3 = 0x7465_6462_7974_6573 ^ k1
    }

    mutating func combine(_ bytes: [UInt8]) {
        count += UInt64(bytes.count)
        var offset = 0
        bytes.withUnsafeBytes { buffer in
            while buffer.count - offset >= 8 {
                compress(UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
                offset += 8
            }
        }
        tail = Array(bytes[offset...])
    }

    mutating func value() -> UInt64 {
        var last = count << 56
        for (position, byte) in tail.enumerated() { last |= UInt64(byte) << UInt64(8 * position) }
        compress(last)
        v2 ^= 0xFF
        for _ in 0..<4 { round() }
        return v0 ^ v1 ^ v2 ^ v3
    }

    private mutating func compress(_ word: UInt64) {
        v3 ^= word
        round()
        round()
        v0 ^= word
    }

    private mutating func round() {
        v0 &+= v1
        v1 = v1 << 13 | v1 >> 51
        v1 ^= v0
        v0 = v0 << 32 | v0 >> 32
        v2 &+= v3
        v3 = v3 << 16 | v3 >> 48
        v3 ^= v2
        v0 &+= v3
        v3 = v3 << 21 | v3 >> 43
        v3 ^= v0
        v2 &+= v1
        v1 = v1 << 17 | v1 >> 47
        v1 ^= v2
        v2 = v2 << 32 | v2 >> 32
    }
}
