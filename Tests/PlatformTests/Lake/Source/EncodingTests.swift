import Foundation
import Glibc
import Kernel
import Lake
import Policy
import TestKit
import Testing

/// What the C library makes of UTF-8 in another encoding: the reference that ours is held against.
func converted(_ text: String, to encoding: String) throws -> [UInt8] {
    let handle = try #require(iconv_open(encoding, "UTF-8"))
    try #require(Int(bitPattern: handle) != -1)
    defer { iconv_close(handle) }
    var input = Array(text.utf8).map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: input.count * 4 + 16)
    let written = input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            var from = source.baseAddress
            var to = target.baseAddress
            var left = source.count
            var room = target.count
            return iconv(handle, &from, &left, &to, &room) == -1 ? -1 : target.count - room
        }
    }
    try #require(written >= 0)
    return output[..<written].map { UInt8(bitPattern: $0) }
}

private let simplified = "编号,乡镇,说明\n" + (1...60).map { "\($0),源城区上城街道,河源市人民政府第\($0)号\n" }.joined()
private let traditional = "編號,景點,說明\n" + (1...60).map { "\($0),臺南孔子廟,古蹟開放時間週一至週五第\($0)號\n" }.joined()
private let western = "id,place\n" + (1...60).map { "\($0),Orléans \($0) à côté de l'été\n" }.joined()

@Suite struct `The encoding of a file` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }

    static let cases: [(String, String, TextEncoding)] = [
        (simplified, "UTF-8", .utf8), (traditional, "UTF-8", .utf8), (simplified, "GB18030", .gb18030),
        (traditional, "GB18030", .gb18030), (simplified, "GBK", .gb18030), (traditional, "CP950", .big5),
        (western, "ISO-8859-1", .latin1), (western, "UTF-8", .utf8),
        (simplified, "UTF-16LE", .utf16LittleEndian),
        (western, "UTF-16BE", .utf16BigEndian),
    ]

    @Test(arguments: cases.indices) func `is found and every character kept`(_ index: Int) throws {
        let (text, name, encoding) = Self.cases[index]
        let source = try folder.write(try converted(text, to: name))
        let probe = try folder.probe(source)
        #expect(probe.detection?.encoding == encoding, "\(name)")
        let staged = try folder.stage(source, probe.mapping)
        let expected = text.split(separator: "\n").dropFirst().map {
            $0.split(separator: ",").map(String.init)
        }
        #expect(try folder.rows(staged) == expected.map { $0.map { Optional($0) } })
    }

    @Test(arguments: [
        ("UTF-8", [0xEF, 0xBB, 0xBF] as [UInt8]), ("UTF-16LE", [0xFF, 0xFE]), ("UTF-16BE", [0xFE, 0xFF]),
    ])
    func `a byte order mark decides and is no part of the header`(_ name: String, _ mark: [UInt8]) throws {
        let source = try folder.write(mark + (try converted("名称,值\n甲,1\n", to: name)))
        let probe = try folder.probe(source)
        #expect(probe.detection?.encoding.rawValue == name && probe.detection?.hasByteOrderMark == true)
        #expect(probe.mapping.columns.map(\.name) == ["名称", "值"])
    }

    @Test func `four-byte characters survive block borders`() throws {
        // 㐱 and 𨟠 take four bytes each; the lengths of the lines vary so that they straddle every border.
        let lines = (0..<40_000).map { "\(String(repeating: "x", count: $0 % 7))柳树𨟠镇㐱,\($0)\n" }
        let text = "名称,序\n" + lines.joined()
        let source = try folder.write(try converted(text, to: "GB18030"))
        let probe = try folder.probe(source, ReadingOverrides(encoding: .gb18030))
        let found = try folder.rows(try folder.stage(source, probe.mapping))
        #expect(found.count == lines.count)
        #expect(found.map { "\($0[0] ?? ""),\($0[1] ?? "")\n" } == lines)
    }

    @Test func `an invalid byte is named by line and offset`() throws {
        var bytes = Array("a,b\n1,x\n2,".utf8)
        let offset = Int64(bytes.count)
        bytes += [0xFF] + Array("\n3,y\n".utf8)
        let source = try folder.write(bytes)
        #expect(throws: SourceError.invalidBytes(.utf8, TextPlace(line: 3, byteOffset: offset))) {
            try folder.probe(source, ReadingOverrides(encoding: .utf8))
        }
    }

    @Test func `a file that changes from UTF-8 to GB18030 is named`() throws {
        let head = Array(simplified.utf8)
        let source = try folder.write(head + (try converted(simplified, to: "GB18030")))
        let mapping = SourceMapping(
            encoding: .utf8, dialect: TextDialect(),
            columns: try folder.probe(try folder.write(simplified, to: "good.csv")).mapping.columns)
        #expect {
            try folder.stage(source, mapping)
        } throws: { error in
            guard case SourceError.encodingChanges(let from, let to, let place) = error else { return false }
            return from == .utf8 && to == .gb18030 && place.line == 62
        }
        #expect(folder.stagedFiles.isEmpty)
    }

    @Test func `a file that changes from GB18030 to UTF-8 is named`() throws {
        let source = try folder.write(try converted(simplified, to: "GB18030") + Array(simplified.utf8))
        let mapping = SourceMapping(
            encoding: .gb18030, dialect: TextDialect(),
            columns: try folder.probe(try folder.write(simplified, to: "good.csv")).mapping.columns)
        #expect {
            try folder.stage(source, mapping)
        } throws: { error in
            guard case SourceError.encodingChanges(let from, let to, let place) = error else { return false }
            return from == .gb18030 && to == .utf8 && (62...63).contains(place.line)
        }
    }

    @Test func `ASCII at the head does not hide what follows`() throws {
        let text = "a,b\n" + String(repeating: "x,1\n", count: 400_000) + "河源市人民政府办公室主任,2\n"
        let source = try folder.write(try converted(text, to: "GB18030"))
        #expect(try folder.probe(source).detection?.encoding == .gb18030)
    }

    @Test(arguments: [TextEncoding.gb18030, .big5, .utf8, .utf16LittleEndian, .utf16BigEndian, .latin1])
    func `random bytes are decoded or refused, never mangled in silence`(_ encoding: TextEncoding) throws {
        var random = SampleRandom(seed: 20_220_113)
        for round in 0..<60 {
            let bytes = (0..<Int.random(in: 1...400, using: &random)).map { _ in
                UInt8.random(in: 1...255, using: &random)
            }
            let source = try folder.write(bytes, to: "random-\(round).csv")
            let mapping = SourceMapping(
                encoding: encoding, dialect: TextDialect(quoting: false, header: .none),
                columns: [ColumnMapping(position: 0, sourceName: "", name: "a", type: .text)])
            var limits = SourceLimits.standard
            limits.rejectedShareMax = 1
            do {
                let staged = try folder.stage(source, mapping, limits: limits)
                #expect(staged.rowsRead == staged.rowsStaged + staged.rowsRejected)
                _ = try folder.rows(staged)
            } catch let error as SourceError {
                #expect(error.problem.kind == .refused, "\(error)")
            }
        }
    }
}
