package import Cryptography
import Foundation
import Glibc
package import Kernel
package import Policy

/// The rows of one version, to be asked by key or page by page: what look-ups and pages read, without an engine.
///
/// Rows are whole and unmasked; whoever asks applies a grant's plan. Safe from any thread; blocks are cached up to a bound.
package final class RowStore: Sendable {
    package let version: VersionID
    package let schema: Schema
    package let rows: Int64
    package let keyColumns: [String]

    private let descriptor: Int32
    private let directory: RowStoreFile.Directory
    private let cipher: Cipher
    private let cache: RowCache

    /// Opens and checks the directory; a store that is missing, cut short or altered is named, and can be built again.
    package init(
        path: String, version: VersionID, cipher: Cipher, cache: RowCache = RowCache(bytesMax: 1 << 20)
    ) throws(LakeError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw .rowStoreMissing(version) }
            throw .rowStoreDamaged(version, detail: String(cString: strerror(errno)))
        }
        let opened: (RowStoreFile.Directory, Schema)
        do throws(LakeError) {
            opened = try Self.directory(of: descriptor, version: version, cipher: cipher)
        } catch {
            close(descriptor)
            throw error
        }
        (directory, schema) = opened
        self.version = version
        self.cipher = cipher
        self.descriptor = descriptor
        rows = Int64(directory.rows)
        keyColumns = opened.0.indexes.map { opened.0.columns[$0.column].name }
        self.cache = cache
    }

    deinit { close(descriptor) }

    /// Rows whose `column` equals `key`, in the version's order, at most `rowsMax`.
    ///
    /// - Throws: `LakeError.keyNotIndexed` when the version has no index of that column.
    package func rows(
        where column: String, equals key: Value, rowsMax: Int
    ) throws(LakeError) -> [[Value]] {
        var found: [[Value]] = []
        try find(column, key, rowsMax: rowsMax) { bytes, start throws(LakeError) in
            var offset = start
            found.append(try RowEncoding.decode(bytes, at: &offset, columns: schema.count))
        }
        return found
    }

    /// What `program` lets out of the same rows, for each nil when its condition withholds it.
    package func rows(
        where column: String, equals key: Value, rowsMax: Int, through program: RowProgram
    ) throws(LakeError) -> [[Value]?] {
        var sieve = RowSieve(program, columns: schema.count)
        var found: [[Value]?] = []
        try find(column, key, rowsMax: rowsMax) { bytes, start throws(LakeError) in
            found.append(try sieve.passes(bytes, at: start) ? sieve.output(of: bytes, at: start) : nil)
        }
        return found
    }

    /// Rows from number `first` on (from 0), at most `limit`.
    package func page(from first: Int64, limit: Int) throws(LakeError) -> [[Value]] {
        var page: [[Value]] = []
        guard first >= 0, first < rows, limit > 0 else { return page }
        page.reserveCapacity(min(limit, Int(rows - first)))
        try visit(from: first) { piece, bytes, skipped throws(LakeError) in
            for start in piece.rowStarts.dropFirst(skipped).prefix(limit - page.count) {
                var offset = Int(start)
                page.append(try RowEncoding.decode(bytes, at: &offset, columns: schema.count))
            }
            return page.count < limit
        }
        return page
    }

    /// What a program let out of a stretch of rows.
    package struct Passage: Sendable {
        /// As they leave.
        package fileprivate(set) var rows: [[Value]] = []
        package fileprivate(set) var withheld = 0
        /// Number of the row behind the last one that was read.
        package fileprivate(set) var end: Int64
    }

    /// What `program` lets out of the rows from number `first` on, at most `limit`; reads `readMax` rows at most. Of a row that is
    /// withheld, only what the condition reads is looked at.
    package func page(
        from first: Int64, limit: Int, readMax: Int64, through program: RowProgram
    ) throws(LakeError) -> Passage {
        var passage = Passage(end: first)
        guard first >= 0, first < rows, limit > 0, readMax > 0 else { return passage }
        let end = first + min(rows - first, readMax)
        var sieve = RowSieve(program, columns: schema.count)
        passage.rows.reserveCapacity(min(limit, Int(end - first)))
        try visit(from: first) { piece, bytes, skipped throws(LakeError) in
            let passes = try program.conditionDigest.map { digest throws(LakeError) in
                try piece.passes(digest) { start throws(LakeError) in try sieve.passes(bytes, at: start) }
            }
            for number in skipped..<piece.rowStarts.count {
                if passes?[number] ?? true {
                    passage.rows.append(try sieve.output(of: bytes, at: Int(piece.rowStarts[number])))
                } else {
                    passage.withheld += 1
                }
                passage.end += 1
                guard passage.rows.count < limit, passage.end < end else { return false }
            }
            return true
        }
        return passage
    }

    /// Bytes of a piece, and where in them the row begins.
    private typealias Take = (UnsafeRawBufferPointer, Int) throws(LakeError) -> Void

    private func find(
        _ column: String, _ key: Value, rowsMax: Int, _ take: Take
    ) throws(LakeError) {
        guard let index = directory.indexes.first(where: { directory.columns[$0.column].name == column })
        else {
            throw .keyNotIndexed([column])
        }
        if key == .null || index.pages.isEmpty { return }
        // One value has one encoding: keys are compared as they lie.
        let encoded = RowEncoding.encode([key])
        let hash = RowStoreFile.hash(encoded, seed: directory.seed)
        var found = 0
        // The last page that begins before the hash may end with it, and pages after it may begin with it.
        var page = max(0, index.pages.partitioningIndex { $0.firstHash >= hash } - 1)
        while page < index.pages.count, index.pages[page].firstHash <= hash {
            let opened = try open(index.pages[page].offset, index.pages[page].length, kind: .index)
            for row in Self.rowNumbers(of: hash, in: opened.bytes) where found < rowsMax {
                let (piece, start) = try place(of: row)
                try piece.read { bytes throws(LakeError) in
                    var offset = start
                    try RowEncoding.skip(bytes, at: &offset, columns: index.column)
                    guard bytes[offset...].starts(with: encoded) else { return }
                    try take(bytes, start)
                    found += 1
                }
            }
            if found >= rowsMax { return }
            page += 1
        }
    }

    /// Piece by piece from row number `first` on, which exists, until there are no more or `goesOn` says no. It is told a piece, its
    /// bytes, and how many of its rows come before `first`.
    private func visit(
        from first: Int64, _ goesOn: (OpenedPiece, UnsafeRawBufferPointer, Int) throws(LakeError) -> Bool
    ) throws(LakeError) {
        var position = directory.blocks.partitioningIndex { $0.firstRow > UInt64(first) } - 1
        var skipped = Int(UInt64(first) - directory.blocks[position].firstRow)
        while position < directory.blocks.count {
            let block = directory.blocks[position]
            let piece = try open(block.offset, block.length, kind: .rows)
            let hasRoom = try piece.read { bytes throws(LakeError) in
                try goesOn(piece, bytes, skipped)
            }
            guard hasRoom else { return }
            skipped = 0
            position += 1
        }
    }

    private func place(of row: UInt64) throws(LakeError) -> (piece: OpenedPiece, start: Int) {
        let position = directory.blocks.partitioningIndex { $0.firstRow > row } - 1
        guard position >= 0 else { throw .rowStoreDamaged(version, detail: "row \(row)") }
        let block = directory.blocks[position]
        let piece = try open(block.offset, block.length, kind: .rows)
        let number = Int(row - block.firstRow)
        guard number < piece.rowStarts.count else { throw .rowStoreDamaged(version, detail: "row \(row)") }
        return (piece, Int(piece.rowStarts[number]))
    }

    private enum Kind: String { case index, rows }

    private func open(_ offset: UInt64, _ length: UInt32, kind: Kind) throws(LakeError) -> OpenedPiece {
        let place = RowCache.Place(version: version, build: directory.seed.first ?? 0, offset: offset)
        if let piece = cache[place] { return piece }
        let sealed = try Self.read(descriptor, version, offset: offset, count: Int(length))
        let bytes: [UInt8]
        do throws(CryptographyError) {
            bytes = try cipher.open(sealed, aad: RowStoreFile.place(version, kind.rawValue, offset))
        } catch {
            throw .rowStoreDamaged(version, detail: "\(kind.rawValue) at \(offset)")
        }
        let starts = kind == .rows ? try Self.rowStarts(in: bytes, columns: schema.count) : []
        let piece = OpenedPiece(bytes, rowStarts: starts)
        cache.keep(piece, for: place)
        return piece
    }

    private static func rowStarts(in bytes: [UInt8], columns: Int) throws(LakeError) -> [UInt32] {
        var starts: [UInt32] = []
        try bytes.withUnsafeBufferPointer { buffer throws(LakeError) in
            let bytes = UnsafeRawBufferPointer(buffer)
            var offset = 0
            while offset < bytes.count {
                starts.append(UInt32(offset))
                try RowEncoding.skip(bytes, at: &offset, columns: columns)
            }
        }
        return starts
    }

    private static func rowNumbers(of hash: UInt64, in page: [UInt8]) -> [UInt64] {
        page.withUnsafeBytes { buffer in
            let count = buffer.count / RowStoreFile.entryBytes
            func word(_ entry: Int, _ half: Int) -> UInt64 {
                UInt64(
                    littleEndian: buffer.loadUnaligned(
                        fromByteOffset: entry * RowStoreFile.entryBytes + 8 * half, as: UInt64.self))
            }
            var entry = (0..<count).partitioningIndex { word($0, 0) >= hash }
            var rows: [UInt64] = []
            while entry < count, word(entry, 0) == hash {
                rows.append(word(entry, 1))
                entry += 1
            }
            return rows
        }
    }

    private static func directory(
        of descriptor: Int32, version: VersionID, cipher: Cipher
    ) throws(LakeError) -> (RowStoreFile.Directory, Schema) {
        var status = stat()
        let least = RowStoreFile.head.count + RowStoreFile.trailerBytes
        guard fstat(descriptor, &status) == 0, Int(status.st_size) >= least else {
            throw .rowStoreDamaged(version, detail: "cut short")
        }
        let size = UInt64(status.st_size)
        let trailerOffset = size - UInt64(RowStoreFile.trailerBytes)
        let trailer = try read(
            descriptor, version, offset: trailerOffset, count: RowStoreFile.trailerBytes)
        var reader = LittleEndianReader(trailer)
        guard let offset = reader.next(UInt64.self), let length = reader.next(UInt64.self),
            reader.bytes(8) == RowStoreFile.tail, length <= UInt64(RowStoreFile.directoryBytesMax),
            offset <= trailerOffset, length == trailerOffset - offset
        else { throw .rowStoreDamaged(version, detail: "cut short") }
        let sealed = try read(descriptor, version, offset: offset, count: Int(length))
        do throws(CryptographyError) {
            let plain = try cipher.open(
                sealed, aad: RowStoreFile.place(version, "directory", offset))
            guard let directory = RowStoreFile.Directory(plain),
                let schema = try? directory.columns.map({ try $0.column() })
            else { throw CryptographyError.notAuthentic }
            return (directory, schema)
        } catch {
            throw .rowStoreDamaged(version, detail: "directory")
        }
    }

    private static func read(
        _ descriptor: Int32, _ version: VersionID, offset: UInt64, count: Int
    ) throws(LakeError) -> [UInt8] {
        var done = 0
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            while done < count {
                let got = pread(
                    descriptor, buffer.baseAddress.map { $0 + done }, count - done,
                    off_t(offset) + off_t(done))
                if got < 0, errno == EINTR { continue }
                if got <= 0 {
                    code = got < 0 ? errno : 0
                    break
                }
                done += got
            }
            initialized = done
        }
        guard done == count else {
            throw .rowStoreDamaged(
                version, detail: code == 0 ? "cut short" : String(cString: strerror(code)))
        }
        return bytes
    }
}

extension RandomAccessCollection {
    /// The first position from which on `belongs` holds; the collection is ordered so that it holds for a suffix.
    func partitioningIndex(where belongs: (Element) -> Bool) -> Index {
        var low = startIndex
        var count = self.count
        while count > 0 {
            let half = count / 2
            let middle = index(low, offsetBy: half)
            if belongs(self[middle]) {
                count = half
            } else {
                low = index(after: middle)
                count -= half + 1
            }
        }
        return low
    }
}
