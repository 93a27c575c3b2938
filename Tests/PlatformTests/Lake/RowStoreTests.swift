import Cryptography
import Foundation
import Kernel
import Policy
import TestKit
import Testing

@testable import Lake

@Suite struct `A row store` {
    private let schema: Schema = [
        Column("id", .text), Column("amount", .decimal(precision: 12, scale: 2)), Column("on", .date),
        Column("note", .text),
    ]

    private func cipher(_ suite: CipherSuite = .aes256GCM) throws -> Cipher {
        try Cipher(suite, secrets: [1: Array(repeating: 7, count: 32)], current: 1)
    }

    private func row(_ number: Int) -> [Value] {
        [
            .text("K\(number % 5_000)"), .decimal(unscaled: Int128(number), scale: 2),
            number % 3 == 0 ? .null : .date(CalendarDate(daysSince1970: number)), .text("备注\(number)"),
        ]
    }

    private func store(rows: Int, keys: [String] = ["id"], _ suite: CipherSuite = .aes256GCM) throws -> (
        RowStore, URL
    ) {
        let path = FileManager.default.temporaryDirectory.appending(path: "rows-\(UUID().uuidString)")
        let version = VersionID.new()
        let writer = try RowStoreWriter(
            path: path.path, version: version, schema: schema, keyColumns: keys, cipher: try cipher(suite))
        for number in 0..<rows { try writer.append(row(number)) }
        try writer.finish()
        return (try RowStore(path: path.path, version: version, cipher: try cipher(suite)), path)
    }

    @Test(arguments: [CipherSuite.aes256GCM, .sm4WithHMACSM3])
    func `gives every row of a key in the version's order`(_ suite: CipherSuite) throws {
        let (store, path) = try store(rows: 12_000, suite)
        defer { try? FileManager.default.removeItem(at: path) }
        for key in [0, 1, 1_999, 2_000, 4_999] {
            let expected = stride(from: key, to: 12_000, by: 5_000).map(row)
            #expect(try store.rows(where: "id", equals: .text("K\(key)"), rowsMax: 100) == expected)
        }
        #expect(try store.rows(where: "id", equals: .text("K5000"), rowsMax: 100).isEmpty)
        #expect(try store.rows(where: "id", equals: .null, rowsMax: 100).isEmpty)
    }

    @Test func `pages through all rows, each once`() throws {
        let (store, path) = try store(rows: 3_001)
        defer { try? FileManager.default.removeItem(at: path) }
        var seen: [[Value]] = []
        while true {
            let page = try store.page(from: Int64(seen.count), limit: 97)
            if page.isEmpty { break }
            seen += page
        }
        #expect(seen == (0..<3_001).map(row))
    }

    @Test func `lets a key's rows through a grant's program one by one, and says which are withheld`() throws
    {
        let (store, path) = try store(rows: 12_000)
        defer { try? FileManager.default.removeItem(at: path) }
        let program = try program([.rows(.not(.isNull(.column("on"))))])
        for key in [0, 1, 4_999] {
            let expected = stride(from: key, to: 12_000, by: 5_000).map { number -> [Value]? in
                let row = row(number)
                return number % 3 == 0 ? nil : [row[0], row[3]]
            }
            let found = try store.rows(where: "id", equals: .text("K\(key)"), rowsMax: 100, through: program)
            #expect(found == expected)
        }
        let first = try store.rows(where: "id", equals: .text("K1"), rowsMax: 1, through: program)
        #expect(first.count == 1)
    }

    @Test func `judges rows by each condition anew, whatever it remembers of others`() throws {
        let (store, path) = try store(rows: 300)
        defer { try? FileManager.default.removeItem(at: path) }
        for _ in 0..<2 {
            for last in 0..<(2 * OpenedPiece.conditionsMax) {
                let note = "备注\(last)"
                let program = try program([
                    .rows(.compare(.equal, .column("note"), .literal(.text(note))))
                ])
                let page = try store.page(from: 0, limit: 300, readMax: 300, through: program)
                #expect(page.rows == [[row(last)[0], .text(note)]])
                #expect(page.withheld == 299 && page.end == 300)
            }
        }
    }

    @Test func `gives no page beyond its rows, and none of no rows`() throws {
        let (store, path) = try store(rows: 10)
        defer { try? FileManager.default.removeItem(at: path) }
        let program = try program([])
        for (first, limit, most) in [(Int64(10), 5, Int64(5)), (-1, 5, 5), (0, 0, 5), (0, 5, 0)] {
            let page = try store.page(from: first, limit: limit, readMax: most, through: program)
            #expect(page.rows.isEmpty && page.withheld == 0 && page.end == first)
        }
        #expect(try store.page(from: 8, limit: 5, readMax: .max, through: program).end == 10)
    }

    /// Lets out the key and the note.
    private func program(_ further: [Clause]) throws -> RowProgram {
        let facts = EntryFacts(
            entry: PolicySample.entry, provider: PolicySample.provider, sharing: .conditional,
            columns: schema.map { ColumnFacts($0, grade: .l1) })
        let terms = try Terms(
            [.columns(["id", "note"]), .purpose("核对低保资格"), PolicySample.validity, .delivery([.pages])]
                + further, facts: facts, on: PolicySample.today)
        return try RowProgram(try Plan(terms, grant: .new()), rows: schema, pseudonymKey: nil)
    }

    @Test func `refuses a column that it has no index of`() throws {
        let (store, path) = try store(rows: 10)
        defer { try? FileManager.default.removeItem(at: path) }
        #expect(throws: LakeError.keyNotIndexed(["note"])) {
            try store.rows(where: "note", equals: .text("x"), rowsMax: 1)
        }
    }

    @Test func `is found damaged when any byte of it is changed`() throws {
        let (store, path) = try store(rows: 400)
        defer { try? FileManager.default.removeItem(at: path) }
        let whole = try Data(contentsOf: path)
        for offset in stride(from: 0, to: whole.count, by: 997) {
            var bytes = whole
            bytes[offset] ^= 0x40
            let altered = path.appendingPathExtension("altered")
            try bytes.write(to: altered)
            defer { try? FileManager.default.removeItem(at: altered) }
            #expect(throws: LakeError.self, "byte \(offset)") {
                let damaged = try RowStore(path: altered.path, version: store.version, cipher: try cipher())
                _ = try damaged.page(from: 0, limit: 400)
                for key in 0..<400 {
                    _ = try damaged.rows(where: "id", equals: .text("K\(key)"), rowsMax: 1)
                }
                // The head is the one part that nothing is read from.
                if offset < 8 { throw LakeError.rowStoreDamaged(store.version, detail: "head") }
            }
        }
    }

    @Test func `is found damaged when it is cut short, and missing when it is gone`() throws {
        let (store, path) = try store(rows: 400)
        let whole = try Data(contentsOf: path)
        try whole.prefix(whole.count - 1).write(to: path)
        #expect(throws: LakeError.rowStoreDamaged(store.version, detail: "cut short")) {
            try RowStore(path: path.path, version: store.version, cipher: try cipher())
        }
        try FileManager.default.removeItem(at: path)
        #expect(throws: LakeError.rowStoreMissing(store.version)) {
            try RowStore(path: path.path, version: store.version, cipher: try cipher())
        }
    }

    @Test func `does not open with another key or as another version`() throws {
        let (store, path) = try store(rows: 4)
        defer { try? FileManager.default.removeItem(at: path) }
        let other = try Cipher(.aes256GCM, secrets: [1: Array(repeating: 8, count: 32)], current: 1)
        #expect(throws: LakeError.self) {
            try RowStore(path: path.path, version: store.version, cipher: other)
        }
        #expect(throws: LakeError.self) {
            try RowStore(path: path.path, version: VersionID.new(), cipher: try cipher())
        }
    }

    @Test func `keeps opened blocks up to the cache's bytes, what was asked for again the longest`() {
        let cache = RowCache(bytesMax: 40)
        let version = VersionID.new()
        let places = (0..<6).map { RowCache.Place(version: version, build: 1, offset: UInt64($0)) }
        for place in places[..<4] {
            cache.keep(OpenedPiece(Array(repeating: 1, count: 2), rowStarts: [0]), for: place)
        }
        #expect(cache[places[0]] != nil)
        cache.keep(OpenedPiece(Array(repeating: 1, count: 10)), for: places[4])
        cache.keep(OpenedPiece(Array(repeating: 1, count: 41)), for: places[5])
        #expect(places.map { cache[$0] != nil } == [true, false, true, true, true, false])
    }

    @Test func `built again, it is not read through what was kept of the one before`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "rows-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: path) }
        let (version, cache) = (VersionID.new(), RowCache(bytesMax: 1 << 20))
        for _ in 0..<2 {
            let writer = try RowStoreWriter(
                path: path.path, version: version, schema: schema, keyColumns: ["id"], cipher: try cipher())
            for number in 0..<400 { try writer.append(row(number)) }
            try writer.finish()
            let store = try RowStore(path: path.path, version: version, cipher: try cipher(), cache: cache)
            for key in 0..<400 {
                #expect(try store.rows(where: "id", equals: .text("K\(key)"), rowsMax: 9) == [row(key)])
            }
        }
    }

    @Test func `leaves nothing behind when it was not finished`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rows-\(UUID().uuidString)")
        do {
            let writer = try RowStoreWriter(
                path: folder.appending(path: "store").path, version: VersionID.new(), schema: schema,
                keyColumns: ["id"], cipher: try cipher())
            for number in 0..<1_000 { try writer.append(row(number)) }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        try FileManager.default.removeItem(at: folder)
    }
}
