import Foundation
import Kernel
import Lake
import Policy
import TestKit
import Testing

/// A shapefile of a test's own: attributes by field, shapes by their coordinates.
private struct ShapeParts {
    var fields: [(name: String, type: Character, width: Int)] = [("NAME", "C", 20), ("POP", "N", 8)]
    var rows: [[[UInt8]]] = []
    var shapes: [[UInt8]] = []

    static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    var table: [UInt8] {
        let width = 1 + fields.reduce(0) { $0 + $1.width }
        var bytes: [UInt8] = [0x03, 124, 1, 1] + Self.little(rows.count, 4)
        bytes += Self.little(32 + fields.count * 32 + 1, 2) + Self.little(width, 2)
        bytes += [UInt8](repeating: 0, count: 20)
        for field in fields {
            bytes += Self.padded(Self.text(field.name), 11, 0) + Self.text(String(field.type))
            bytes += [0, 0, 0, 0, UInt8(field.width), 0] + [UInt8](repeating: 0, count: 14)
        }
        bytes.append(0x0D)
        for row in rows {
            bytes.append(0x20)
            for (cell, field) in zip(row, fields) { bytes += Self.padded(cell, field.width, 0x20) }
        }
        return bytes + [0x1A]
    }

    var shapeFile: [UInt8] {
        var body: [UInt8] = []
        for (index, shape) in shapes.enumerated() {
            body += Self.big(index + 1, 4) + Self.big(shape.count / 2, 4) + shape
        }
        return Self.big(9994, 4) + [UInt8](repeating: 0, count: 20) + Self.big((100 + body.count) / 2, 4)
            + Self.little(1000, 4) + Self.little(5, 4) + [UInt8](repeating: 0, count: 64) + body
    }

    static func polygon(_ rings: [[(Double, Double)]]) -> [UInt8] {
        var bytes = little(5, 4) + [UInt8](repeating: 0, count: 32)
        bytes += little(rings.count, 4) + little(rings.reduce(0) { $0 + $1.count }, 4)
        var start = 0
        for ring in rings {
            bytes += little(start, 4)
            start += ring.count
        }
        for (x, y) in rings.joined() { bytes += double(x) + double(y) }
        return bytes
    }

    static func double(_ value: Double) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64($0))) }
    }

    static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    static func big(_ value: Int, _ count: Int) -> [UInt8] { little(value, count).reversed() }

    static func padded(_ bytes: [UInt8], _ width: Int, _ filler: UInt8) -> [UInt8] {
        Array((bytes + [UInt8](repeating: filler, count: width)).prefix(width))
    }
}

@Suite struct `Taking in a shapefile` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }

    private static let wgs84 =
        "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.25]]]"
    private static let cgcs2000 = wgs84.replacing("D_WGS_1984", with: "D_China_2000")

    private static var square: ShapeParts {
        var parts = ShapeParts()
        parts.rows = [
            [ShapeParts.text("源城区"), ShapeParts.text("      12")],
            [ShapeParts.text("紫金县"), ShapeParts.text("       7")],
        ]
        // Outer rings turn with the clock, holes against it.
        let outer = [(0.0, 0.0), (0.0, 4.0), (4.0, 4.0), (4.0, 0.0), (0.0, 0.0)]
        let hole = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0)]
        let island = [(5.0, 5.0), (5.0, 6.0), (6.0, 6.0), (6.0, 5.0), (5.0, 5.0)]
        parts.shapes = [ShapeParts.polygon([outer, hole]), ShapeParts.polygon([outer, island])]
        return parts
    }

    private func write(_ parts: ShapeParts, projection: String? = wgs84, codePage: String? = "UTF-8") throws
        -> Source
    {
        _ = try folder.write(parts.table, to: "areas.dbf")
        _ = try folder.write(parts.shapeFile, to: "areas.shp")
        if let projection { _ = try folder.write(projection, to: "areas.prj") }
        if let codePage { _ = try folder.write(codePage, to: "areas.cpg") }
        return Source(file: folder.path + "/areas.shp")
    }

    @Test func `attributes and shapes stand side by side, shapes as GeoJSON writes them`() throws {
        let source = try write(Self.square)
        let probe = try folder.probe(source)
        #expect(probe.mapping.columns.map(\.name) == ["NAME", "POP", "geometry"])
        #expect(probe.mapping.columns[1].type == .integer)
        #expect(probe.estimatedRows == 2)
        let rows = try folder.rows(try folder.stage(source, probe.mapping))
        #expect(rows.map { $0[0] } == ["源城区", "紫金县"] && rows.map { $0[1] } == ["12", "7"])
        let square = "[[0.0,0.0],[4.0,0.0],[4.0,4.0],[0.0,4.0],[0.0,0.0]]"
        #expect(
            rows[0][2]
                == "{\"type\":\"Polygon\",\"coordinates\":[\(square),"
                + "[[1.0,1.0],[1.0,2.0],[2.0,2.0],[2.0,1.0],[1.0,1.0]]]}")
        #expect(
            rows[1][2]
                == "{\"type\":\"MultiPolygon\",\"coordinates\":[[\(square)],"
                + "[[[5.0,5.0],[6.0,5.0],[6.0,6.0],[5.0,6.0],[5.0,5.0]]]]}")
    }

    @Test func `the datum is told, and a file of another is refused`() throws {
        let source = try write(Self.square)
        let probe = try folder.probe(source)
        #expect(
            probe.warnings.first { $0.key == "source.warning.datum" }?.arguments["datum"] == "D_WGS_1984")
        let other = try write(Self.square, projection: Self.cgcs2000)
        let error = #expect(throws: SourceError.self) { try folder.stage(other, probe.mapping) }
        #expect(error == .datumChanged(expected: "D_WGS_1984", found: "D_China_2000"))
    }

    @Test func `without a .prj nobody knows the datum, and that is said`() throws {
        let probe = try folder.probe(try write(Self.square, projection: nil))
        #expect(probe.mapping.shape == ShapeReading(datum: nil))
        #expect(probe.warnings.contains { $0.key == "source.warning.datum-unknown" })
    }

    @Test func `a ZIP with all of its files is found out to be one`() throws {
        _ = try write(Self.square)
        let zip = folder.path + "/upload.zip"
        let made = Process()
        made.executableURL = URL(filePath: "/usr/bin/env")
        made.currentDirectoryURL = URL(filePath: folder.path)
        made.arguments = [
            "python3", "-m", "zipfile", "-c", zip, "areas.shp", "areas.dbf", "areas.prj", "areas.cpg",
        ]
        try made.run()
        made.waitUntilExit()
        let source = Source(file: zip)
        let probe = try folder.probe(source)
        #expect(probe.mapping.cells == .shape)
        #expect(try folder.stage(source, probe.mapping).rowsStaged == 2)
    }

    @Test func `a table alone is a table without shapes`() throws {
        _ = try folder.write(Self.square.table, to: "alone.dbf")
        let source = Source(file: folder.path + "/alone.dbf")
        let probe = try folder.probe(source)
        #expect(probe.mapping.columns.map(\.name) == ["NAME", "POP"])
        #expect(try folder.stage(source, probe.mapping).rowsStaged == 2)
    }

    @Test func `shapes without a table are refused`() throws {
        _ = try folder.write(Self.square.shapeFile, to: "bare.shp")
        #expect(throws: SourceError.shapeWithoutTable) {
            try folder.probe(Source(file: folder.path + "/bare.shp"))
        }
    }

    @Test func `fewer shapes than records are refused, and more too`() throws {
        for change in [-1, 1] {
            var parts = Self.square
            if change < 0 { parts.shapes.removeLast() } else { parts.shapes.append(parts.shapes[0]) }
            #expect(throws: SourceError.shapesDiffer(attributes: 2)) { try folder.probe(try write(parts)) }
        }
    }

    @Test
    func `a deleted record is gone with its shape, a date is a date and a number that did not fit is empty`()
        throws
    {
        var parts = Self.square
        parts.fields = [("NAME", "C", 20), ("POP", "N", 8), ("SINCE", "D", 8), ("OPEN", "L", 1)]
        parts.rows = [
            [
                ShapeParts.text("甲"), ShapeParts.text("********"), ShapeParts.text("19880107"),
                ShapeParts.text("T"),
            ],
            [ShapeParts.text("乙"), ShapeParts.text("3"), ShapeParts.text("        "), ShapeParts.text("?")],
        ]
        let source = try write(parts)
        let all = try folder.probe(source)
        #expect(
            try folder.rows(try folder.stage(source, all.mapping)).map { Array($0.prefix(4)) } == [
                ["甲", nil, "1988-01-07", "true"], ["乙", "3", nil, nil],
            ])
        var bytes = parts.table
        bytes[32 + 4 * 32 + 1] = UInt8(ascii: "*")
        _ = try folder.write(bytes, to: "areas.dbf")
        let rest = try folder.stage(source, try folder.probe(source).mapping)
        #expect(try folder.rows(rest).map { $0[0] } == ["乙"])
    }

    @Test func `text that a narrow field cut within a character is a reject, not a guess`() throws {
        var parts = Self.square
        parts.rows = (0..<40).map { _ in [ShapeParts.text("县"), ShapeParts.text("1")] }
        parts.rows[3][0] = ShapeParts.text("东源县东源县东源县")
        parts.shapes = (0..<40).map { _ in parts.shapes[0] }
        let source = try write(parts)
        let staged = try folder.stage(source, try folder.probe(source).mapping)
        let rejects = try folder.rejects(staged)
        #expect(rejects.map(\.line) == [4] && rejects.first?.reason == .cutText)
        #expect(rejects.first?.column == "NAME")
    }

    @Test func `damaged bytes are refused or read, and never crash`() throws {
        let parts = Self.square
        let (table, shapes) = (parts.table, parts.shapeFile)
        try Damage.rounds(200, seed: 41) { _, random in
            _ = try folder.write(Damage.done(to: table, using: &random), to: "areas.dbf")
            _ = try folder.write(Damage.done(to: shapes, using: &random), to: "areas.shp")
            let source = Source(file: folder.path + "/areas.shp")
            do {
                _ = try folder.stage(source, try folder.probe(source).mapping)
            } catch is SourceError {}
        }
    }
}

@Suite(.enabled(if: SharedData.isPresent)) struct `Real shapefiles` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }

    @Test func `in GBK without a code page file are read right`() throws {
        let source = Source(
            file: "\(SharedData.folder)/geo/shapefile/heyuan_counties_gbk/heyuan_counties_gbk.shp")
        let probe = try folder.probe(source)
        #expect(probe.detection?.encoding == .gb18030)
        #expect(probe.mapping.shape?.datum == "D_China_2000")
        let rows = try folder.rows(try folder.stage(source, probe.mapping))
        #expect(rows.count == 6)
        #expect(rows.contains { $0.contains("和平县") } && rows.contains { $0.contains("源城区") })
    }
}
