package import Cryptography
import Foundation
import Glibc
package import Kernel
package import Policy

/// Writes the row store of one version: rows in the version's order, then an index for each key column.
///
/// The store appears under its name only when it is whole. Index entries beyond `entriesInMemoryMax` go to files by their hash, so
/// that memory stays flat however many rows there are. Not for use from two threads at once.
package final class RowStoreWriter {
    package static let keysMax = 8
    /// Of the folder that a store is built in.
    static let workSuffix = ".building"
    private static let entriesInMemoryMax = 500_000
    private static let partitions = 64

    private let path: String
    private let version: VersionID
    private let columns: [LakeColumn]
    private let keys: [Int]
    private let cipher: Cipher
    private let seed: [UInt64]
    /// Of this build alone: two processes may build the same store at once, and the later one wins whole.
    private let work: WorkFolder
    private let handle: FileHandle
    private var offset = UInt64(RowStoreFile.head.count)
    private var rows: UInt64 = 0
    private var block: [UInt8] = []
    private var blockFirstRow: UInt64 = 0
    private var blocks: [RowStoreFile.Block] = []
    private var entries: [IndexEntries]

    private var partialPath: String { "\(work.path)/rows" }

    /// `keyColumns` are names of `schema`.
    package init(
        path: String, version: VersionID, schema: Schema, keyColumns: [String], cipher: Cipher
    ) throws(LakeError) {
        self.path = path
        self.version = version
        self.cipher = cipher
        columns = schema.map(LakeColumn.init)
        var keys: [Int] = []
        for name in keyColumns {
            guard let position = schema.firstIndex(where: { $0.name == name }) else {
                throw .columnUnknown(name)
            }
            keys.append(position)
        }
        self.keys = keys
        var random = SystemRandomNumberGenerator()
        seed = [random.next(), random.next()]
        work = try WorkFolder("\(path)-\(UUID().uuidString)\(Self.workSuffix)")
        let partial = "\(work.path)/rows"
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Durable.failure(partial) }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do { try handle.write(contentsOf: Data(RowStoreFile.head)) } catch {
            throw .writing(partial, error)
        }
        entries = keys.map { _ in IndexEntries() }
    }

    deinit {
        try? handle.close()
        for entry in entries { entry.close() }
    }

    package func append(_ row: [Value]) throws(LakeError) {
        if block.count >= RowStoreFile.blockBytes { try flush() }
        for value in row { RowEncoding.append(value, to: &block) }
        for (position, key) in keys.enumerated() where row[key] != .null {
            let hash = RowStoreFile.hash(RowEncoding.encode([row[key]]), seed: seed)
            do {
                try entries[position].append(
                    hash, rows, inMemoryMax: Self.entriesInMemoryMax, folder: partialPath,
                    name: "key\(position)", partitions: Self.partitions)
            } catch {
                throw .writing(path, error)
            }
        }
        rows += 1
    }

    /// Seals the rest, syncs, and gives the store its name.
    package func finish() throws(LakeError) {
        do {
            try flush()
            var indexes: [RowStoreFile.Index] = []
            for (position, key) in keys.enumerated() {
                indexes.append(RowStoreFile.Index(column: key, pages: try writePages(entries[position])))
            }
            let directory = RowStoreFile.Directory(
                columns: columns, rows: rows, seed: seed, blocks: blocks, indexes: indexes)
            let at = offset
            let length = try write(try directory.encoded(), kind: "directory")
            var trailer: [UInt8] = []
            trailer.append(little: at)
            trailer.append(little: UInt64(length))
            trailer += RowStoreFile.tail
            try handle.write(contentsOf: Data(trailer))
            try handle.synchronize()
            try handle.close()
            try Durable.rename(partialPath, to: path)
        } catch {
            throw .writing(path, error)
        }
    }

    private func flush() throws(LakeError) {
        guard !block.isEmpty else { return }
        let at = offset
        do {
            let length = try write(block, kind: "rows")
            blocks.append(RowStoreFile.Block(offset: at, length: length, firstRow: blockFirstRow))
        } catch {
            throw .writing(path, error)
        }
        block.removeAll(keepingCapacity: true)
        blockFirstRow = rows
    }

    private func writePages(_ entries: IndexEntries) throws -> [RowStoreFile.Page] {
        var pages: [RowStoreFile.Page] = []
        var page: [UInt8] = []
        var firstHash: UInt64 = 0
        func close() throws {
            guard !page.isEmpty else { return }
            let at = offset
            let length = try write(page, kind: "index")
            pages.append(RowStoreFile.Page(offset: at, length: length, firstHash: firstHash))
            page.removeAll(keepingCapacity: true)
        }
        try entries.forEachSorted { entry in
            if page.count >= RowStoreFile.entriesPerPage * RowStoreFile.entryBytes { try close() }
            if page.isEmpty { firstHash = entry.hash }
            page.append(little: entry.hash)
            page.append(little: entry.row)
        }
        try close()
        return pages
    }

    private func write(_ plain: [UInt8], kind: String) throws -> UInt32 {
        let sealed = try cipher.seal(plain, aad: RowStoreFile.place(version, kind, offset))
        try handle.write(contentsOf: Data(sealed))
        offset += UInt64(sealed.count)
        return UInt32(sealed.count)
    }
}

/// (hash, row) pairs of one key column: in memory while they are few, in files by the hash's first bits beyond that.
private struct IndexEntries {
    struct Entry {
        let hash: UInt64
        let row: UInt64
    }

    private var inMemory: [Entry] = []
    private var files: [FileHandle] = []

    mutating func append(
        _ hash: UInt64, _ row: UInt64, inMemoryMax: Int, folder: String, name: String, partitions: Int
    ) throws {
        inMemory.append(Entry(hash: hash, row: row))
        if inMemory.count >= inMemoryMax { try spill(folder: folder, name: name, partitions: partitions) }
    }

    private mutating func spill(folder: String, name: String, partitions: Int) throws {
        if files.isEmpty {
            for partition in 0..<partitions {
                let path = "\(folder).\(name).\(partition)"
                guard
                    FileManager.default.createFile(
                        atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
                else { throw CocoaError(.fileWriteUnknown) }
                files.append(try FileHandle(forUpdating: URL(filePath: path)))
            }
        }
        var parts = [[UInt8]](repeating: [], count: partitions)
        for entry in inMemory {
            let partition = Int(entry.hash >> 58) % partitions
            parts[partition].append(little: entry.hash)
            parts[partition].append(little: entry.row)
        }
        for (partition, bytes) in parts.enumerated() { try files[partition].write(contentsOf: Data(bytes)) }
        inMemory.removeAll(keepingCapacity: true)
    }

    /// In order of the hash; partitions are ranges of it.
    func forEachSorted(_ body: (Entry) throws -> Void) throws {
        func visit(_ entries: [Entry]) throws {
            for entry in entries.sorted(by: { ($0.hash, $0.row) < ($1.hash, $1.row) }) { try body(entry) }
        }
        guard !files.isEmpty else { return try visit(inMemory) }
        for (partition, file) in files.enumerated() {
            try file.seek(toOffset: 0)
            var entries = inMemory.filter { Int($0.hash >> 58) % files.count == partition }
            var reader = LittleEndianReader(Array(try file.readToEnd() ?? Data()))
            while let hash = reader.next(UInt64.self), let row = reader.next(UInt64.self) {
                entries.append(Entry(hash: hash, row: row))
            }
            try visit(entries)
        }
    }

    func close() {
        for file in files { try? file.close() }
    }
}
