import Exchange
import Foundation
import Persistence
import Server
import TestKit
import Testing

@Suite struct `A table that is sent` {
    /// Were rows left out without a word, a list that is too long would be taken for a shorter one.
    @Test func `tells of one row more than it may have, and of every row that it has`() async throws {
        try await SampleNode.with(.sqlite) { node, _ in
            let rows = (1...400).map { "C\($0),单位\($0)\r\n" }
            let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).csv").path
            try ("代码,名称\r\n" + rows.joined()).write(toFile: path, atomically: true, encoding: .utf8)
            defer { try? FileManager.default.removeItem(atPath: path) }
            for rowsMax in [1, 398, 399, 400, 500] {
                let sheet = try await node.sheet(at: path, named: "清单.csv", rowsMax: rowsMax)
                #expect(sheet.header == ["代码", "名称"])
                #expect(sheet.rows.map(\.cells) == (1...min(400, rowsMax + 1)).map { ["C\($0)", "单位\($0)"] })
            }
        }
    }
}
