import DuckDB
import Foundation
import Kernel
import Lake
import TestKit
import Testing

/// Files that no program wrote so. Whatever stands in them: read, or refused as `SourceError`; no more rows than were there twice over.
@Suite struct `A damaged source` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }

    private static let rows = 80

    /// Half of the rounds read it as the hook was confirmed, half look at it anew.
    private func refusals(
        of whole: [UInt8], as name: String, rounds: Int, seed: UInt64
    ) throws -> Int {
        let file = "\(folder.path)/\(name)"
        _ = try folder.write(whole, to: name)
        let mapping = try folder.probe(Source(file: file)).mapping
        var refused = 0
        try Damage.rounds(rounds, seed: seed) { round, random in
            _ = try folder.write(Damage.done(to: whole, using: &random), to: name)
            do {
                let source = Source(file: file)
                let reading = round.isMultiple(of: 2) ? mapping : try folder.probe(source).mapping
                let staged = try folder.stage(source, reading)
                #expect(staged.rowsRead <= 4 * Self.rows, "round \(round)")
                try FileManager.default.removeItem(atPath: staged.rowsPath)
            } catch is SourceError { refused += 1 }
        }
        return refused
    }

    @Test(arguments: [TextEncoding.utf8, .gb18030, .big5, .utf16LittleEndian, .latin1])
    func `of text is read or refused, in every encoding`(encoding: TextEncoding) throws {
        let name = encoding == .latin1 ? "Müller" : encoding == .big5 ? "縣市" : "源城区"
        var text = "id,name,amount,day\r\n"
        for row in 0..<Self.rows {
            text += "\(row),\"\(name) \"\"\(row)\"\", x\",\(row).5,2024-01-\(10 + row % 20)\r\n"
        }
        let whole = try converted(text, to: encoding == .latin1 ? "LATIN1" : encoding.rawValue)
        _ = try refusals(of: whole, as: "table.csv", rounds: 250, seed: 11)
    }

    @Test func `of SQLite is read or refused`() throws {
        let path = "\(folder.path)/data.sqlite"
        try folder.sqlite(
            path,
            """
            CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, amount DECIMAL(10,2), day DATE);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(Self.rows))
            INSERT INTO people SELECT i, '源城区' || i, i * 1.5, '2024-01-1' || (i % 10) FROM n;
            """)
        let whole = [UInt8](try Data(contentsOf: URL(filePath: path)))
        #expect(try refusals(of: whole, as: "data.sqlite", rounds: 200, seed: 12) > 5)
    }

    @Test func `of Parquet is read or refused`() throws {
        let path = "\(folder.path)/table.parquet"
        _ = try folder.connection.rows(
            """
            COPY (SELECT i AS id, '源城区' || i AS name, i * 1.5 AS amount, DATE '2024-01-01' + CAST(i AS INTEGER) AS day
            FROM range(\(Self.rows)) r(i)) TO \(Connection.literal(path)) (FORMAT parquet)
            """)
        let whole = [UInt8](try Data(contentsOf: URL(filePath: path)))
        #expect(try refusals(of: whole, as: "table.parquet", rounds: 200, seed: 13) > 20)
    }

    @Test func `of GeoJSON is read or refused`() throws {
        let features = (0..<Self.rows).map {
            """
            {"type":"Feature","properties":{"name":"源城区\($0)","code":\($0)},
            "geometry":{"type":"Polygon","coordinates":[[[114.\($0),23.7],[114.8,23.7],[114.8,23.9],[114.\($0),23.7]]]}}
            """
        }
        let text = "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ",\n"))]}"
        #expect(try refusals(of: Array(text.utf8), as: "areas.geojson", rounds: 250, seed: 14) > 20)
    }
}
