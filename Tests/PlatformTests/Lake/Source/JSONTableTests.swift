import Foundation
import Kernel
import Lake
import Policy
import TestKit
import Testing

@Suite struct `A table in JSON` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }

    private func write(_ text: String, to name: String = "table.json") throws -> Source {
        _ = try folder.write(text, to: name)
        return Source(file: "\(folder.path)/\(name)")
    }

    private func rows(_ text: String) throws -> [[String?]] {
        let source = try write(text)
        return try folder.rows(try folder.stage(source, try folder.probe(source).mapping))
    }

    @Test(arguments: [
        ("[{\"代码\":\"441602\",\"人口\":12},\n {\"代码\":\"441621\",\"人口\":34}]", ""),
        ("{\"代码\":\"441602\",\"人口\":12}\n{\"代码\":\"441621\",\"人口\":34}\n", ""),
        ("\u{FEFF}{\"代码\":\"441602\",\"人口\":12}{\"人口\":34,\"代码\":\"441621\"}", ""),
        (
            "{\"data\":{\"n\":2,\"tags\":[1,2],\"items\":[{\"代码\":\"441602\",\"人口\":12},{\"代码\":\"441621\",\"人口\":34}]},\"ok\":true}",
            "data.items"
        ),
        (
            "{\"\\u0069tems\" : [{\"代码\":\"441602\",\"人口\":12} , {\"代码\":\"441621\",\"人口\":34}], \"n\":{\"items\":[]}}",
            "items"
        ),
    ]) func `is a list, a list somewhere within, or objects one after the other`(text: String, place: String)
        throws
    {
        let source = try write(text)
        let probe = try folder.probe(source)
        #expect(probe.mapping.json == JSONReading(records: place))
        #expect(probe.mapping.columns.map(\.name) == ["代码", "人口"])
        #expect(probe.mapping.columns.map(\.type) == [.text, .integer])
        #expect(
            try folder.rows(try folder.stage(source, probe.mapping)) == [
                ["441602", "12"], ["441621", "34"],
            ])
    }

    @Test func `of places says what they refer to, and is refused when that has changed`() throws {
        func places(_ head: String) -> String {
            "{\"type\": \"FeatureCollection\", \(head)\"features\": [{\"type\":\"Feature\",\"properties\":{\"n\":1},"
                + "\"geometry\":{\"type\":\"Point\",\"coordinates\":[114.7,23.7]}}]}"
        }
        let probe = try folder.probe(try write(places("")))
        #expect(probe.mapping.json?.datum == "WGS 84")
        #expect(probe.warnings.contains { $0.key == "source.warning.datum-geojson" })
        _ = try folder.stage(try write(places("")), probe.mapping)
        let named = places(
            "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4490\"}}, ")
        #expect(
            throws: SourceError.datumChanged(expected: "WGS 84", found: "urn:ogc:def:crs:EPSG::4490")
        ) { try folder.stage(try write(named), probe.mapping) }
        #expect(try folder.probe(try write(named)).mapping.json?.datum == "urn:ogc:def:crs:EPSG::4490")
        #expect(try folder.probe(try write("[{\"type\":\"other\"}]")).mapping.json?.datum == nil)
    }

    @Test func `has a column for every path, in the order in which they appear; lists stay text`() throws {
        let text = """
            [{"a":1,"b":{"c":"x","d":{"e":true}},"f":null,"g":[1,{"h":2}]},
             {"b":{"d":{"e":false}},"a":2,"f":{"k":1.50},"z":"\\u4e2d\\ud842\\udfb7\\n\\"\\/"},
             {"a":3,"b":null,"leer":{}}]
            """
        let source = try write(text)
        let probe = try folder.probe(source)
        #expect(probe.mapping.columns.map(\.name) == ["a", "b.c", "b.d.e", "g", "f.k", "z"])
        #expect(
            try folder.rows(try folder.stage(source, probe.mapping)) == [
                ["1", "x", "true", "[1,{\"h\":2}]", nil, nil], ["2", nil, "false", nil, "1.50", "中𠮷\n\"/"],
                ["3", nil, nil, nil, nil, nil],
            ])
    }

    @Test func `keeps numbers as they are written`() throws {
        let source = try write(
            "[{\"n\":12345678901234567890123,\"m\":-0.10,\"e\":1e3},{\"n\":1,\"m\":2.25,\"e\":5}]")
        let mapping = try folder.probe(source).mapping
        #expect(mapping.columns.map(\.type) == [.text, .decimal(precision: 18, scale: 2), .double])
        #expect(
            try folder.rows(try folder.stage(source, mapping)) == [
                ["12345678901234567890123", "-0.10", "1000.0"], ["1", "2.25", "5.0"],
            ])
    }

    @Test func `rejects a record with a field nobody mapped, a field twice, or none at all`() throws {
        let good = (0..<400).map { "{\"a\":\($0),\"b\":\"x\"}" }
        let source = try write("[\n" + good.joined(separator: ",\n") + "]")
        let mapping = try folder.probe(source).mapping
        let bad = ["{\"a\":1,\"c\":2}", "{\"a\":1,\"a\":2}", "7", "{\"a\":1,\"c\":null}"]
        let changed = try write("[\n" + (good + bad).joined(separator: ",\n") + "]")
        let staged = try folder.stage(changed, mapping)
        let rejects = try folder.rejects(staged)
        #expect(rejects.map(\.reason) == [.unknownField, .duplicateField, .notARecord])
        #expect(rejects.map(\.line) == [402, 403, 404])
        #expect(rejects.map(\.column) == ["c", "a", nil])
        #expect(staged.rowsStaged == 401)
    }

    @Test func `tells of a new field before anything is published`() throws {
        let mapping = try folder.probe(try write("[{\"a\":1}]")).mapping
        let drift = Drift(confirmed: mapping, probe: try folder.probe(try write("[{\"a\":1,\"b\":2}]")))
        #expect(drift?.changes == [.added(name: "b", type: "integer")])
    }

    @Test func `may be in the encoding of its time`() throws {
        let text = "[{\"名称\":\"河源市源城区人民政府办公室印章\"},{\"名称\":\"东源县民政局社会救助股经办\"}]"
        _ = try folder.write(try converted(text, to: "GB18030"), to: "gb.json")
        let source = Source(file: "\(folder.path)/gb.json")
        let probe = try folder.probe(source)
        #expect(probe.detection?.encoding == .gb18030)
        #expect(
            try folder.rows(try folder.stage(source, probe.mapping)).last == ["东源县民政局社会救助股经办"])
    }

    @Test(arguments: [
        ("", "empty"), ("[]", "json-without-records"), ("[1,2]", "json-without-records"),
        ("{}", "json-without-records"),
        ("[{\"a\":1}", "json-damaged"), ("[{\"a\":1},]", "json-damaged"), ("[{\"a\":01}]", "json-damaged"),
        ("[{\"a\":\"x\ny\"}]", "json-damaged"), ("[{\"a\":\"\\ud800\"}]", "json-damaged"),
        ("[{\"a\" 1}]", "json-damaged"),
        ("[{'a':1}]", "json-damaged"), ("[{\"a\":NaN}]", "json-damaged"), ("[{\"a\":1}] x", "json-damaged"),
        ("{\"d\":[{\"a\":1}]", "json-damaged"), ("{\"d\":[{\"a\":1}],\"e\"}", "json-damaged"),
        (
            "[{\"a\":" + String(repeating: "[", count: 40) + String(repeating: "]", count: 40) + "}]",
            "json-too-deep"
        ),
    ]) func `that is none is refused with its line`(text: String, word: String) throws {
        let source = try write(text)
        let error = #expect(throws: SourceError.self) {
            try folder.stage(source, try folder.probe(source).mapping)
        }
        #expect(error?.problem.message.key == "source.\(word)")
    }

    @Test func `is bounded in every record, and says where a list is not`() throws {
        var limits = SourceLimits.standard
        limits.lineBytesMax = 1_000
        let long = try write("[{\"a\":\"\(String(repeating: "x", count: 4 << 20))\"}]")
        #expect(throws: SourceError.lineTooLong(line: 1, bytesMax: 1_000)) {
            try folder.probe(long, limits: limits)
        }
        let source = try write("{\"d\":{\"items\":[{\"a\":1}]}}")
        for path in ["d", "e", "d.items.x"] {
            #expect(throws: SourceError.jsonListMissing(path: path)) {
                try folder.probe(source, ReadingOverrides(records: path))
            }
        }
        let wide = try write("[{" + (0..<2_500).map { "\"c\($0)\":1" }.joined(separator: ",") + "}]")
        #expect(throws: SourceError.tooManyColumns(found: 2_500, max: 2_000)) { try folder.probe(wide) }
    }

    @Test func `is refused or read, whatever stands in it`() throws {
        let text =
            "{\"n\":3,\"rows\":["
            + (0..<60).map { "{\"编号\":\($0),\"甲\":{\"乙\":\"名\\u4e00\($0)\"}}" }.joined(separator: ",\n")
            + "]}"
        let whole = Array(text.utf8)
        let mapping = try folder.probe(try write(text)).mapping
        var refused = 0
        try Damage.rounds(600, seed: 441_600) { round, random in
            let source = try write("", to: "damaged-\(round % 8).json")
            _ = try folder.write(Damage.done(to: whole, using: &random), to: "damaged-\(round % 8).json")
            do {
                _ = try folder.probe(source)
                #expect(try folder.stage(source, mapping).rowsRead <= 80)
            } catch is SourceError { refused += 1 }
        }
        #expect(refused > 100)
    }
}
