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
        guard let index = directory.indexes.first(where: { directory.columns[$0.column].name == column })
        else {
            throw .keyNotIndexed([column])
        }
        if key == .null || index.pages.isEmpty { return [] }
        let hash = RowStoreFile.hash(RowEncoding.encode([key]), seed: directory.seed)
        var found: [[Value]] = []
        // The last page that begins before the hash may end with it, and pages after it may begin with it.
        var page = max(0, index.pages.partitioningIndex { $0.firstHash >= hash } - 1)
        while page < index.pages.count, index.pages[page].firstHash <= hash {
            let bytes = try open(index.pages[page].offset, index.pages[page].length, kind: "index")
            for row in Self.rowNumbers(of: hash, in: bytes) {
                let values = try self.row(row)
                if values[index.column] == key {
                    found.append(values)
                    if found.count == rowsMax { return found }
                }
            }
            page += 1
        }
        return found
    }

    /// Rows from number `first` on (from 0), at most `limit`.
    package func page(from first: Int64, limit: Int) throws(LakeError) -> [[Value]] {
        var page: [[Value]] = []
        guard first >= 0, first < rows, limit > 0 else { return page }
        page.reserveCapacity(min(limit, Int(rows - first)))
        var position = directory.blocks.partitioningIndex { $0.firstRow > UInt64(first) } - 1
        var number = UInt64(first)
        while position < directory.blocks.count, page.count < limit {
            let block = directory.blocks[position]
            let bytes = try open(block.offset, block.length, kind: "rows")
            page += try decode(
                bytes, skipping: Int(number - block.firstRow), rowsMax: limit - page.count)
            position += 1
            number = position < directory.blocks.count ? directory.blocks[position].firstRow : number
        }
        return page
    }

    private func row(_ number: UInt64) throws(LakeError) -> [Value] {
        let position = directory.blocks.partitioningIndex { $0.firstRow > number } - 1
        guard position >= 0 else { throw .rowStoreDamaged(version, detail: "row \(number)") }
        let block = directory.blocks[position]
        let bytes = try open(block.offset, block.length, kind: "rows")
        let found = try decode(bytes, skipping: Int(number - block.firstRow), rowsMax: 1)
        guard let row = found.first else { throw .rowStoreDamaged(version, detail: "row \(number)") }
        return row
    }

    /// Only the rows asked for become values: a look-up wants one of a block's few dozen.
    private func decode(
        _ block: [UInt8], skipping: Int, rowsMax: Int
    ) throws(LakeError) -> [[Value]] {
        var rows: [[Value]] = []
        try block.withUnsafeBufferPointer { block throws(LakeError) in
            let buffer = UnsafeRawBufferPointer(block)
            var offset = 0
            for _ in 0..<skipping where offset < buffer.count {
                try RowEncoding.skip(buffer, at: &offset, columns: schema.count)
            }
            while offset < buffer.count, rows.count < rowsMax {
                rows.append(try RowEncoding.decode(buffer, at: &offset, columns: schema.count))
            }
        }
        return rows
    }

    private func open(_ offset: UInt64, _ length: UInt32, kind: String) throws(LakeError) -> [UInt8] {
        let place = RowCache.Place(version: version, build: directory.seed.first ?? 0, offset: offset)
        if let bytes = cache[place] { return bytes }
        let sealed = try Self.read(descriptor, version, offset: offset, count: Int(length))
        do throws(CryptographyError) {
            let bytes = try cipher.open(sealed, aad: RowStoreFile.place(version, kind, offset))
            cache.keep(bytes, for: place)
            return bytes
        } catch {
            throw .rowStoreDamaged(version, detail: "\(kind) at \(offset)")
        }
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
