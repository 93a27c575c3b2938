import Cryptography
import Foundation
import Kernel
import Policy
import TestKit
import Testing

@testable import Lake

@Suite struct `A damaged row store` {
    private static let schema: Schema = [
        Column("id", .text), Column("金额", .decimal(precision: 12, scale: 2)), Column("日期", .date),
    ]

    private static func row(_ number: Int) -> [Value] {
        [
            .text("K\(number)"), .decimal(unscaled: Int128(number), scale: 2),
            number % 3 == 0 ? .null : .date(CalendarDate(daysSince1970: number)),
        ]
    }

    @Test(arguments: [CipherSuite.aes256GCM, .sm4WithHMACSM3])
    func `gives its rows as they were, or says that it is damaged`(_ suite: CipherSuite) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "damage-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let cipher = try Cipher(suite, secrets: [1: Array(repeating: 7, count: 32)], current: 1)
        let version = VersionID.new()
        let path = folder.appending(path: "rows").path
        let writer = try RowStoreWriter(
            path: path, version: version, schema: Self.schema, keyColumns: ["id"], cipher: cipher)
        let rows = (0..<700).map(Self.row)
        for row in rows { try writer.append(row) }
        try writer.finish()
        let good = [UInt8](try Data(contentsOf: URL(filePath: path)))

        var numbers = SampleRandom(seed: 31)
        var refused = 0
        for round in 0..<400 {
            let bytes =
                round % 8 == 0
                ? Damage.noise(bytesMax: 400, using: &numbers) : Damage.done(to: good, using: &numbers)
            let damaged = folder.appending(path: "damaged")
            try Data(bytes).write(to: damaged)
            do throws(LakeError) {
                let store = try RowStore(path: damaged.path, version: version, cipher: cipher)
                var seen: [[Value]] = []
                while seen.count < rows.count {
                    let page = try store.page(from: Int64(seen.count), limit: 100)
                    if page.isEmpty { break }
                    seen += page
                }
                #expect(seen == rows)
                #expect(try store.rows(where: "id", equals: .text("K77"), rowsMax: 9) == [rows[77]])
            } catch {
                refused += 1
                guard case .rowStoreDamaged(version, _) = error else {
                    Issue.record("\(error)")
                    continue
                }
            }
        }
        #expect(refused > 300)
    }

    @Test func `or one of another version or key is not opened`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "other-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let version = VersionID.new()
        let cipher = try Cipher(.aes256GCM, secrets: [1: Array(repeating: 7, count: 32)], current: 1)
        let writer = try RowStoreWriter(
            path: path, version: version, schema: Self.schema, keyColumns: [], cipher: cipher)
        try writer.append(Self.row(1))
        try writer.finish()
        let other = try Cipher(.aes256GCM, secrets: [1: Array(repeating: 8, count: 32)], current: 1)
        #expect(throws: LakeError.self) { try RowStore(path: path, version: version, cipher: other) }
        #expect(throws: LakeError.self) { try RowStore(path: path, version: .new(), cipher: cipher) }
        #expect(try RowStore(path: path, version: version, cipher: cipher).rows == 1)
    }

    @Test func `and rows cut short or of unknown cells are no rows`() {
        var numbers = SampleRandom(seed: 32)
        let good = RowEncoding.encode(Self.row(5) + [.double(1.5), .boolean(true), .integer(9), .null])
        for round in 0..<20_000 {
            let bytes =
                round % 4 == 0
                ? Damage.noise(bytesMax: 60, using: &numbers) : Damage.done(to: good, using: &numbers)
            do throws(LakeError) { _ = try RowEncoding.decode(bytes) } catch {
                guard case .protocolBroken = error else {
                    Issue.record("\(error)")
                    continue
                }
            }
            _ = RowStoreFile.Directory(bytes)
        }
    }
}
